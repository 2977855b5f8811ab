"""A plan: which pages and assets the site consists of."""

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

import msgspec

from digest.model.findings import FoundFigure
from digest.plan.keys import Keys
from digest.plan.structured import tell
from digest.plan.teller import Teller
from digest.plan.views import SiteView, View


class Texts(Protocol):
    """What becomes of the texts of documents, which stays on disk until a page needs it."""

    def html(self, path: str) -> tuple[str, ...]:
        """Return the pieces of HTML of a document: what `write_html` joins with links."""

    def figures(self, path: str) -> tuple[FoundFigure, ...]:
        """Return the figures that stand in an article."""


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
    SEARCH = "search"
    PAGE = "page"
    REDIRECT = "redirect"
    NOT_FOUND = "404"
    FEED = "feed"
    SITEMAP = "sitemap"
    ROBOTS = "robots"
    DATA = "data file"
    MANIFEST = "webmanifest"
    LLMS = "llms.txt"


class Page(msgspec.Struct, frozen=True):
    """A page to render, if it may have changed.

    Attributes:
        url: URL on the site, without the base path.
        path: File below the output folder.
        template: Name of its template.
        owner: What the page is made from: a path, or words such as `the tag 'strikes'`.
        key: Key of everything that its view is made from: equal keys, equal views.
        make: Makes the view.
        listed: Whether search engines may list it; `updated`: when it changed, for the sitemap.
    """

    url: str
    path: str
    kind: Kind
    template: str
    owner: str
    key: bytes
    make: Callable[[Texts], View]
    listed: bool = True
    updated: str = ""


class Asset(msgspec.Struct, frozen=True, gc=False):
    """A file that is no page: a copy, or made from one.

    Attributes:
        path: File below the output folder.
        file: Where the disk has it.
        owner: Its path in the site.
        digest: Digest of its bytes, or of what they are made from.
        make: Makes its bytes, where it is no copy of the file.
    """

    path: str
    file: str
    owner: str
    digest: bytes
    make: Callable[[], bytes] | None = None


class Plan(msgspec.Struct, frozen=True):
    """The whole site, in the order of output paths.

    Attributes:
        keys: What the pages have theirs from.
        teller: What tells machines of the pages; None where the site has no address.
    """

    site: SiteView
    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]
    keys: Keys
    teller: Teller | None

    def view(self, page: Page, texts: Texts) -> View:
        """Return what a page shows, and tells machines."""
        view = page.make(texts)
        return tell(self.teller, view) if self.teller else view

    def paths(self) -> frozenset[str]:
        """Return the paths of all files below the output folder."""
        return frozenset([*(page.path for page in self.pages), *(it.path for it in self.assets)])
