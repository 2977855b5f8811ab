"""The settings of a site, checked and frozen."""

import datetime as dt

import msgspec

from digest.urls import Base


class SiteInfo(msgspec.Struct, frozen=True):
    """What `[site]` says.

    Attributes:
        url: The address of the site as written, or empty: then there are no feeds, no sitemap.
        language: BCP 47 tag.
        timezone: Name in the IANA time zone database.
    """

    title: str
    url: str = ""
    description: str = ""
    language: str = "en"
    timezone: str = "UTC"


class Limits(msgspec.Struct, frozen=True):
    """What one article or picture may cost.

    Attributes:
        article_bytes: Size of a content file in bytes.
        markdown_seconds: Processor time of its Markdown in seconds.
        image_pixels: Width times height of a picture.
        image_bytes: Size of the file of a picture in bytes.
    """

    article_bytes: int = 1_000_000
    markdown_seconds: int = 5
    image_pixels: int = 50_000_000
    image_bytes: int = 20_000_000


DEFAULT_ROLES = (
    "employer",
    "union",
    "vendor",
    "regulator",
    "court",
    "affected-workers",
    "spokesperson",
    "system",
)
"""The roles that an entity may play in an article, unless `site.toml` lists others."""


ENGINES = ("pagefind", "none")
"""What may make the index of the search page; `none` for a site without one."""


class NameSettings(msgspec.Struct, frozen=True):
    """What `[entities]` says.

    Attributes:
        roles: The roles that an article may give, in the order in which pages show them.
        mentions: Whether names are looked for in texts.
        autolink: Whether the first mention of an entity is a link to its page.
    """

    roles: tuple[str, ...] = DEFAULT_ROLES
    mentions: bool = True
    autolink: bool = True


class TagRule(msgspec.Struct, frozen=True):
    """A tag of a closed vocabulary.

    Attributes:
        name: The tag as articles write it.
        label: What pages show.
        synonyms: Other words for the same tag.
        deprecated: The tag that stands in its place, or empty.
        line: Its line in `site.toml`, 0 where unknown.
    """

    name: str
    label: str = ""
    description: str = ""
    synonyms: tuple[str, ...] = ()
    deprecated: str = ""
    line: int = 0


class Config(msgspec.Struct, frozen=True):
    """A whole `site.toml`.

    Attributes:
        base: Where the site stands, from `[site] url` or the command line.
        output: Output folder as written, relative to the site.
        feed_entries: How many articles the feed carries.
        feed_authority: What makes feed ids unique in the world: the origin of `[site] url`, or
            `[feed] authority`, which keeps ids alive when the site moves to another host.
        entities: What is done with names.
        sources_required: Whether an article without a source is worth a warning.
        cards: Whether every article has a card of its own.
        precompress: Whether compressed files stand beside those of text.
        tags: The closed vocabulary of tags, in the order written; empty where any tag will do.
        search_engine: One of `ENGINES`.
    """

    site: SiteInfo
    base: Base = Base()
    output: str = "public"
    limits: Limits = Limits()
    feed_entries: int = 20
    feed_authority: str = ""
    entities: NameSettings = NameSettings()
    tags: tuple[TagRule, ...] = ()
    sources_required: bool = True
    search_engine: str = "pagefind"
    cards: bool = False
    precompress: bool = False

    @property
    def has_search(self) -> bool:
        """Return whether the site has a search page."""
        return self.search_engine != "none"


class Clock(msgspec.Struct, frozen=True):
    """The only time a build knows.

    Attributes:
        now: The moment of the build, with an offset.
        zone: The time zone of the site.
    """

    now: dt.datetime
    zone: dt.tzinfo
