"""What the templates of files for machines may see: feeds, sitemap, robots file, manifest."""

from digest.plan.story_views import StoryView
from digest.plan.views import CountView, EntryView, LinkView, View


class FeedEntry(View, frozen=True, gc=False):
    """An article in a feed.

    Attributes:
        published: RFC 3339, or empty where the day is not known.
        updated: RFC 3339.
        body: Safe HTML with full addresses.
    """

    id: str
    url: str
    title: str
    published: str
    updated: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    summary: str
    body: str
    lang: str


class FeedView(View, frozen=True, gc=False):
    """An Atom feed (RFC 4287)."""

    id: str
    title: str
    subtitle: str
    url: str
    home: str
    updated: str
    language: str
    entries: tuple[FeedEntry, ...]


class SitemapEntry(View, frozen=True, gc=False):
    """A page in the sitemap; `updated` is a W3C date or empty."""

    url: str
    updated: str


class SitemapView(View, frozen=True, gc=False):
    """A sitemap (sitemaps.org protocol 0.9), or an index of several."""

    entries: tuple[SitemapEntry, ...]


class DataView(View, frozen=True, gc=False):
    """Data; `text` is JSON (RFC 8259)."""

    text: str


class RobotsView(View, frozen=True, gc=False):
    """The robots file (RFC 9309); `sitemap` is empty where there is none."""

    sitemap: str


class ManifestView(View, frozen=True, gc=False):
    """The web app manifest (W3C); its own addresses are relative to it.

    Attributes:
        short_name: As much of the name as fits below an icon, or empty.
    """

    name: str
    short_name: str
    description: str
    language: str


class LlmsView(View, frozen=True, gc=False):
    """The site for language models (llmstxt.org); links are full addresses.

    Attributes:
        title: Markdown, as are the description and titles, texts, descriptions and summaries of
            what is listed: signs that Markdown would read are escaped.
        indexes: The main menu.
        stories: Storylines that go on.
        entities: Who is named most in the latest pieces.
        entries: The latest pieces, newest first.
        feed: The Atom feed; `corrections_feed`: that of the corrections, which stand at
            `corrections`.
    """

    title: str
    description: str
    indexes: tuple[LinkView, ...]
    stories: tuple[StoryView, ...]
    entities: tuple[CountView, ...]
    entries: tuple[EntryView, ...]
    feed: str
    corrections: str
    corrections_feed: str
    sitemap: str
