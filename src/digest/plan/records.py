"""A plan: which pages and assets the site consists of."""

from enum import StrEnum

import msgspec

from digest.plan.views import SiteView, View


class Kind(StrEnum):
    """What sort of page it is; the summary of a build counts by it."""

    HOME = "home"
    ARTICLE = "article"
    TIMELINE = "timeline"
    ENTITY = "entity"
    TAG = "tag"
    STORYLINE = "storyline"
    FIGURES = "figures"
    CORRECTIONS = "corrections"
    PAGE = "page"
    REDIRECT = "redirect"
    NOT_FOUND = "404"
    FEED = "feed"
    SITEMAP = "sitemap"
    ROBOTS = "robots"


class Page(msgspec.Struct, frozen=True, gc=False):
    """A page to render.

    Attributes:
        url: URL on the site, without the base path.
        path: File below the output folder.
        owner: What the page is made from: a path, or words such as `the tag 'strikes'`.
    """

    url: str
    path: str
    kind: Kind
    template: str
    view: View
    owner: str


class Asset(msgspec.Struct, frozen=True, gc=False):
    """A file to copy.

    Attributes:
        path: File below the output folder.
        file: Where the disk has it.
        owner: Its path in the site.
    """

    path: str
    file: str
    owner: str


class Plan(msgspec.Struct, frozen=True):
    """The whole site, in the order of output paths."""

    site: SiteView
    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]
