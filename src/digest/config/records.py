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
    """What one article may cost.

    Attributes:
        article_bytes: Size of a content file in bytes.
        markdown_seconds: Processor time of its Markdown in seconds.
    """

    article_bytes: int = 1_000_000
    markdown_seconds: int = 5


class Config(msgspec.Struct, frozen=True):
    """A whole `site.toml`.

    Attributes:
        base: Where the site stands, from `[site] url` or the command line.
        output: Output folder as written, relative to the site.
        feed_entries: How many articles the feed carries.
        feed_authority: What makes feed ids unique in the world: the origin of `[site] url`, or
            `[feed] authority`, which keeps ids alive when the site moves to another host.
    """

    site: SiteInfo
    base: Base = Base()
    output: str = "public"
    limits: Limits = Limits()
    feed_entries: int = 20
    feed_authority: str = ""


class Clock(msgspec.Struct, frozen=True):
    """The only time a build knows.

    Attributes:
        now: The moment of the build, with an offset.
        zone: The time zone of the site.
    """

    now: dt.datetime
    zone: dt.tzinfo
