"""A planned site as a snapshot: a page is made when somebody asks for it.

Nothing is rendered in advance, so a save costs no more than the plan. What the pages are made of
never changes: records, the sources of templates, and texts that the cache has by their content.
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Mapping
from functools import cached_property
from urllib.parse import unquote

from digest.cache.keys import digest_of
from digest.executor import Jobs
from digest.index.suggestions import Suggestion, make_suggestions
from digest.mentions import find_unknown_names
from digest.model.held import Held
from digest.plan.records import Asset, Page
from digest.plan.statics import FINGERPRINT_CHARACTERS, FOLDER
from digest.plan.views import SiteView, View
from digest.planning import Planned
from digest.render.templates import Templates
from digest.serve.copies import Copies
from digest.serve.media import media_type
from digest.serve.records import PageLine, Resource
from digest.urls import Base, output_path

_FINGERPRINTED = re.compile(rf"({FOLDER}/.*)\.[0-9a-f]{{{FINGERPRINT_CHARACTERS}}}((?:\.\w+)?)")
_MOST_BYTES = 32 << 20
"""How much of what was made is kept for those who ask again."""


class SiteSnapshot:
    """The site of a plan.

    The same question has the same answer for ever. Every method may be called from any thread, and
    raises `TextLostError` where the cache has lost what the answer is made of.

    Args:
        planned: The site.
        templates: Its templates.
        bases: Key by template of what all its pages share.
        base: Where the site stands.
        held: What a build would leave out now, by path of the document.
        copies: What is known of the files that are copied.
    """

    def __init__(
        self,
        planned: Planned,
        templates: Templates,
        bases: Mapping[str, bytes],
        base: Base,
        held: Mapping[str, Held],
        copies: Copies,
    ) -> None:
        self.planned = planned
        self.bases = bases
        self.pages = {page.path: page for page in planned.plan.pages}
        self.assets = {asset.path: asset for asset in planned.plan.assets}
        self._templates = templates
        self._base = base
        self._held = held
        self._copies = copies
        self._kept: OrderedDict[str, Resource] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    @property
    def base(self) -> str:
        """Return the path under which the site stands, with a slash at both ends."""
        return f"{unquote(self._base.path)}/"

    @property
    def site(self) -> SiteView:
        """Return what all pages of the site share."""
        return self.planned.plan.site

    @cached_property
    def held(self) -> dict[str, Held]:
        """Return what `digest build` would leave out now, by the link to its page."""
        return {
            self._base.href(page.url): self._held[page.owner]
            for page in self.planned.plan.pages
            if page.owner in self._held
        }

    def find(self, path: str) -> Resource | None:
        """Return what stands at a path such as `/digest/2023/`, decoded, or None.

        Raises:
            DigestError: where a template does not work for this page.
        """
        if not path.startswith(self.base):
            return None
        file = output_path(path[len(self.base) - 1 :])
        if file in self.pages:
            return self._make(file)
        asset = self.assets.get(file) or self._renamed(file)
        if asset is None:
            return None
        return self._make(asset.path) if asset.make else self._copy(asset)

    def _renamed(self, file: str) -> Asset | None:
        """Return the asset that a browser knows under an old fingerprint."""
        match = _FINGERPRINTED.fullmatch(file)
        return self._latest.get(f"{match[1]}{match[2]}") if match else None

    @cached_property
    def _latest(self) -> dict[str, Asset]:
        """Return the files that have a fingerprint, by their path without it."""
        found = [(_FINGERPRINTED.fullmatch(path), it) for path, it in self.assets.items()]
        return {f"{match[1]}{match[2]}": asset for match, asset in found if match}

    def _make(self, file: str) -> Resource:
        with self._lock:
            found = self._kept.get(file)
            if found is None:
                page = self.pages.get(file)
                found = self._render(page) if page else self._produce(self.assets[file])
                self._keep(file, found)
            self._kept.move_to_end(file)
        return found

    def attempt(self, file: str) -> None:
        """Make the page of an output path for nobody.

        Raises:
            DigestError: where a template does not work for it.
        """
        with self._lock:
            if file not in self._kept:
                self._render(self.pages[file])

    def href(self, path: str) -> str:
        """Return the link to the page or file of an output path."""
        page = self.pages.get(path)
        return self._base.href(page.url if page else f"/{path}")

    def is_of(self, path: str, sources: frozenset[str]) -> bool:
        """Return whether the page of an output path is made from one of some documents."""
        return self.pages[path].owner in sources

    def asked_for(self) -> frozenset[str]:
        """Return the output paths of the pages that were asked for of late."""
        with self._lock:
            return frozenset(self._kept.keys() & self.pages.keys())

    def view(self, page: Page) -> View:
        """Return what a page shows."""
        with self.planned.found.content.texts.open() as texts:
            return self.planned.plan.view(page, texts)

    def lines(self) -> tuple[PageLine, ...]:
        """Return the pages by URL."""
        lines = [
            PageLine(
                self._base.href(page.url), page.path, page.kind.value, page.template, page.owner
            )
            for page in self.planned.plan.pages
        ]
        return tuple(sorted(lines, key=lambda line: line.url))

    def suggestions(self) -> tuple[Suggestion, ...]:
        """Return what `digest list suggestions` says of the site."""
        return self._suggestions

    @cached_property
    def _suggestions(self) -> tuple[Suggestion, ...]:
        found = self.planned.found
        if found.index is None:
            return ()
        names = find_unknown_names(found.index.articles, found.content, Jobs(1))
        return make_suggestions(found.index, names)

    def _render(self, page: Page) -> Resource:
        body = self._templates.render(page.template, self.view(page), page.owner)
        held = self._held.get(page.owner)
        return Resource(body, "", media_type(page.path), self._mark(body), held)

    def _mark(self, body: bytes) -> str:
        """Return the mark of a page; new names of style sheets leave it as it is.

        The page's own script exchanges those.
        """
        for path, view in self.site.static.items():
            if path.endswith(".css"):
                body = body.replace(view.url.encode(), b"").replace(view.integrity.encode(), b"")
        return digest_of(body).hex()

    def _produce(self, asset: Asset) -> Resource:
        body = asset.make() if asset.make else b""
        return Resource(body, "", media_type(asset.path), digest_of(body).hex())

    def _keep(self, file: str, resource: Resource) -> None:
        """Keep what was made, and let go of what nobody has asked for the longest."""
        self._kept[file] = resource
        self._bytes += len(resource.body or b"")
        while self._bytes > _MOST_BYTES and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= len(oldest.body or b"")

    def _copy(self, asset: Asset) -> Resource | None:
        """Return a file; None where it was another by the time the snapshot was made."""
        kind, mark = media_type(asset.path), asset.digest.hex()
        if asset.digest in self._copies.bytes:
            return Resource(self._copies.bytes[asset.digest], "", kind, mark)
        large = self._copies.large.get(asset.path)
        return Resource(None, large.file, kind, mark, stamp=large.stamp) if large else None
