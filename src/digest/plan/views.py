"""What each template may see: frozen records with ready links, one for each kind of page.

A template gets its view as `page` and the same `SiteView` as `site`. `url` fields are links as a
page writes them, base path included; `canonical` is the full address, empty where the site has
none. `docs/theme.md` lists all of this.
"""

import msgspec

from digest.words.records import Words


class View(msgspec.Struct, frozen=True, gc=False):
    """The base of all views."""


class DateView(View, frozen=True, gc=False):
    """A date at its own precision: `iso` for machines, `label` for people."""

    iso: str
    label: str


class LinkView(View, frozen=True, gc=False):
    """A link; `url` is empty where the thing has no page."""

    text: str
    url: str


class CountView(View, frozen=True, gc=False):
    """A link to a list, with the number of articles behind it."""

    text: str
    url: str
    count: int
    kind: str = ""


class EntityLinkView(View, frozen=True, gc=False):
    """A link to an entity, with its kind; `found` if only the text names it."""

    text: str
    url: str
    kind: str
    found: bool = False


class StaticView(View, frozen=True, gc=False):
    """A static file that pages may load.

    Attributes:
        url: Link to it, with its fingerprint.
        integrity: What a browser holds its bytes against (Subresource Integrity); empty for a font.
    """

    url: str
    integrity: str


class SiteView(View, frozen=True, gc=False):
    """What every page of the site shares.

    Attributes:
        words: The words of the theme in the site's language.
        origin: Scheme and host, or empty.
        home: Link to the front page.
        feed: Link to the Atom feed, or empty.
        static: Styles, scripts and fonts, by path below `static/`.
        nav: The main menu.
        corrections: Link to the corrections.
        search: Link to the search page, or empty.
    """

    title: str
    description: str
    language: str
    words: Words
    origin: str
    home: str
    feed: str
    static: dict[str, StaticView]
    nav: tuple[LinkView, ...]
    corrections: str
    search: str = ""


class Head(View, frozen=True, gc=False):
    """What the head of a page needs.

    Attributes:
        title: Title of the page.
        tab: The same for a tab or a list of results: 70 characters at most, escapes counted.
        listed: Whether search engines may list the page.
        section: Link of the menu item that the page belongs to.
        image: Full address of its picture, or empty; the next fields: what it shows, its pixels.
        is_article: Whether it is an article, to those that show a card of it.
        locale: Its language and region as OpenGraph has them, `en_GB`, or empty.
        structured: JSON-LD, written so that it may stand in a script element, or empty.
    """

    title: str
    tab: str
    description: str
    url: str
    canonical: str
    listed: bool = True
    section: str = ""
    lang: str = ""
    image: str = ""
    image_alt: str = ""
    image_width: int = 0
    image_height: int = 0
    is_article: bool = False
    locale: str = ""
    structured: str = ""


class EntryView(View, frozen=True, gc=False):
    """An article as a list shows it.

    Attributes:
        entities: The first entities that it declares; on the front page alone, as is
            `source_count`, the number of its sources.
    """

    url: str
    title: str
    date: DateView
    summary: str
    tags: tuple[LinkView, ...] = ()
    entities: tuple[EntityLinkView, ...] = ()
    source_count: int = 0


class DayView(View, frozen=True, gc=False):
    """Entries that share a date; `anchor` is the id of the group on its page."""

    date: DateView
    anchor: str
    entries: tuple[EntryView, ...]


class RoleView(View, frozen=True, gc=False):
    """The entities that play a role in an article; `role` is empty for those without."""

    role: str
    entities: tuple[EntityLinkView, ...]


class SourceView(View, frozen=True, gc=False):
    """A source; `title` is never empty."""

    url: str
    title: str
    publisher: str
    date: DateView | None
    accessed: DateView | None
    archive: str
    kind: str
    paywall: bool


class FigureView(View, frozen=True, gc=False):
    """A figure, its number written for people.

    Attributes:
        kind: `money`, `share`, `people` or `other`.
        what: What is counted; for a figure found in the text the sentence that it stands in.
        found: Whether it was found in the text and no editor declared it.
        url: Link to its place in the article.
        article: Title of the article.
        date: Date of the article.
    """

    kind: str
    what: str
    number: str
    unit: str
    as_of: DateView | None
    source: str
    found: bool
    url: str
    article: str
    date: DateView


class CorrectionView(View, frozen=True, gc=False):
    """A correction, with a link to its article."""

    date: DateView
    text: str
    article: LinkView


class QuoteView(View, frozen=True, gc=False):
    """A statement with the article that quotes it."""

    text: str
    article: LinkView
    date: DateView


class NearView(View, frozen=True, gc=False):
    """An entity that appears with another.

    Attributes:
        count: Number of articles that name both.
        pairs: What the two are in them, such as `employer with union`, with counts.
        articles: The newest of those articles.
        more: How many are not in `articles`.
    """

    text: str
    url: str
    kind: str
    count: int
    pairs: tuple["PairView", ...]
    articles: tuple[LinkView, ...]
    more: int


class PairView(View, frozen=True, gc=False):
    """A pair of roles, its own first, and the number of articles."""

    role: str
    other: str
    count: int


class RoleYearsView(View, frozen=True, gc=False):
    """How often an entity plays a role, and by year, oldest first; `role` may be empty."""

    role: str
    count: int
    years: tuple[CountView, ...]


class RelatedView(View, frozen=True, gc=False):
    """A related article and what it shares with this one, in words."""

    url: str
    title: str
    date: DateView
    why: str


class ImageView(View, frozen=True, gc=False):
    """A picture; 0 where its pixels are unknown, `srcset` and `sizes` empty without versions."""

    url: str
    alt: str
    width: int = 0
    height: int = 0
    srcset: str = ""
    sizes: str = ""


class StripView(View, frozen=True, gc=False):
    """A storyline of an article, with its pieces before and after; `url` may be empty."""

    text: str
    url: str
    before: LinkView | None = None
    after: LinkView | None = None


class ArticleView(View, frozen=True, gc=False):
    """An article's own page; `body` is safe HTML.

    Attributes:
        minutes: How long it takes to read, at 230 words a minute.
        citation: How to cite it, in one line; `bibtex`: the same for BibTeX.
    """

    head: Head
    title: str
    date: DateView
    event_date: DateView | None
    updated: DateView | None
    authors: tuple[str, ...]
    summary: str
    image: ImageView | None
    body: str
    tags: tuple[LinkView, ...]
    roles: tuple[RoleView, ...]
    storylines: tuple[StripView, ...]
    sources: tuple[SourceView, ...]
    figures: tuple[FigureView, ...]
    corrections: tuple[CorrectionView, ...]
    related: tuple[RelatedView, ...]
    older: LinkView | None
    newer: LinkView | None
    minutes: int
    citation: str
    bibtex: str


class YearView(View, frozen=True, gc=False):
    """A year of the timeline with its months."""

    year: str
    url: str
    count: int
    months: tuple[CountView, ...]


class PeriodView(View, frozen=True, gc=False):
    """A year, a month or a day of the timeline.

    Attributes:
        above: Link to the timeline, to the year of a month, or to the month of a day.
        months: The months of a year; none for a month.
        days: Groups, newest first; a long year or month shows only what has no month or day.
        parts: The days of a long month, which have pages of their own.
    """

    head: Head
    title: str
    total: int
    above: LinkView
    months: tuple[CountView, ...]
    days: tuple[DayView, ...]
    older: LinkView | None
    newer: LinkView | None
    parts: tuple[CountView, ...] = ()


class PageView(View, frozen=True, gc=False):
    """A content page; `body` is safe HTML."""

    head: Head
    title: str
    body: str


class MessageView(View, frozen=True, gc=False):
    """A page that only says something: not found."""

    head: Head


class RedirectView(View, frozen=True, gc=False):
    """An old address: where the page is now."""

    head: Head
    target: str
