"""The pages of a plan that may have changed to staged files, over several processes."""

import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from digest.cache.keys import digest_of, make_key
from digest.cache.outputs import NO_STAMP, FileState, OutputState, Stamp
from digest.cache.texts import TextFile
from digest.diagnostics import Diagnostic, DigestError, sort_diagnostics
from digest.executor import Jobs, run_batches, split_batches
from digest.load.theme import TemplateSource
from digest.plan.records import Asset, Page, Plan
from digest.plan.views import View
from digest.render.templates import Templates
from digest.start import Progress
from digest.write.stage import ASSETS, PAGES, Staged, stage_file

_BATCH = 100
_FEW_ASSETS = 8
_MARK = 4
_encode = msgspec.msgpack.Encoder().encode

NEW, ALTERED, LOOK, CONTENT = (
    "new",
    "altered on disk",
    "another template, menu or program",
    "other content",
)
"""Why a page was rendered."""


class Site(msgspec.Struct, frozen=True):
    """What rendering needs.

    Attributes:
        plan: The plan.
        templates: Sources of the templates by name.
        texts: The HTML of the documents.
        output: The output folder.
        state: What the last build left there.
        altered: Files that do not lie there as that has left them.
        bases: Key by template of what its pages share: templates, menu, program.
    """

    plan: Plan
    templates: Mapping[str, TemplateSource]
    texts: TextFile
    output: Path
    state: OutputState
    altered: frozenset[str]
    bases: Mapping[str, bytes]


class Why(msgspec.Struct, frozen=True, gc=False):
    """Why a page was rendered; `fields` of its view that are other than before, if known."""

    reason: str
    fields: tuple[str, ...] = ()


class Rendered(msgspec.Struct, frozen=True):
    """What came of rendering.

    Attributes:
        staged: Every file of the site.
        files: Their states by path, without the stamps of new ones.
        why: Why each page that was rendered was, by path.
    """

    staged: tuple[Staged, ...]
    files: dict[str, FileState]
    why: dict[str, Why]

    def reasons(self) -> dict[str, int]:
        """Return how many pages were rendered, by the reason."""
        return dict(sorted(Counter(why.reason for why in self.why.values()).items()))


class _Done(msgspec.Struct, frozen=True, gc=False):
    """A page that was looked at; `why` is None where it was not rendered."""

    staged: Staged
    state: FileState
    why: Why | None


def make_bases(
    plan: Plan,
    templates: Mapping[str, TemplateSource],
    reached: Mapping[str, Sequence[str]],
    engine: bytes,
) -> dict[str, bytes]:
    """Return the key, by template, of what is equal in all its pages.

    `reached` are the names of all templates that each is made of.
    """
    site = _encode(plan.site)
    sources = {name: f"{it.path}\n{it.text}".encode() for name, it in templates.items()}
    return {
        name: make_key(engine, site, *(sources[other] for other in others))
        for name, others in reached.items()
    }


def render_site(site: Site, jobs: Jobs, progress: Progress) -> Rendered:
    """Render and stage what may have changed, and return every file of the site.

    Raises:
        DigestError: with what is wrong with templates.
    """
    staged = _stage_assets(site, jobs)
    files = {
        item.path: FileState(asset.digest, b"", item.digest)
        for asset, item in zip(site.plan.assets, staged, strict=True)
    }
    todo = [number for number, page in enumerate(site.plan.pages) if not _is_same(page, site)]
    again = set(todo)
    for number, page in enumerate(site.plan.pages):
        if number not in again:
            files[page.path] = old = site.state.files[page.path]
            staged.append(Staged(page.path, old.digest, changed=False))
    why: dict[str, Why] = {}
    findings: dict[tuple[object, ...], Diagnostic] = {}
    for done, faults in run_batches(
        _make_renderer, (site,), split_batches(todo, _BATCH), jobs, "rendering page"
    ):
        for page_done in done:
            staged.append(page_done.staged)
            files[page_done.staged.path] = page_done.state
            if page_done.why:
                why[page_done.staged.path] = page_done.why
        for fault in faults:
            findings.setdefault((fault.code, fault.span), fault)
        progress("rendering", len(staged) - len(site.plan.assets), len(site.plan.pages))
    if findings:
        raise DigestError(sort_diagnostics(findings.values()))
    return Rendered(tuple(staged), files, why)


def _page_key(page: Page, site: Site) -> bytes:
    return page.key + site.bases[page.template]


def _is_same(page: Page, site: Site) -> bool:
    """Return whether a page is made from the same as the last time, and lies there as left."""
    old = site.state.files.get(page.path)
    known = old is not None and old.key == _page_key(page, site)
    return known and page.path not in site.altered


def _stage_assets(site: Site, jobs: Jobs) -> list[Staged]:
    """Return the files that are no pages as staged, in the order of the plan."""
    staged: dict[str, Staged] = {}
    made: list[int] = []
    for number, asset in enumerate(site.plan.assets):
        old = site.state.files.get(asset.path)
        if old and old.key == asset.digest and asset.path not in site.altered:
            staged[asset.path] = Staged(asset.path, old.digest, changed=False)
        elif asset.make:
            made.append(number)
        else:
            staged[asset.path] = _stage_asset(asset, Path(asset.file).read_bytes(), site)
    batches = split_batches(made, _FEW_ASSETS)
    for part in run_batches(_make_maker, (site,), batches, jobs, "making file"):
        staged |= {item.path: item for item in part}
    return [staged[asset.path] for asset in site.plan.assets]


def _stage_asset(asset: Asset, data: bytes, site: Site) -> Staged:
    return stage_file(site.output, ASSETS, asset.path, data)


def _make_maker(site: Site) -> Callable[[Sequence[int]], list[Staged]]:
    """Return the task that makes and stages the assets of some numbers."""

    def make(numbers: Sequence[int]) -> list[Staged]:
        assets = [site.plan.assets[number] for number in numbers]
        return [_stage_asset(asset, asset.make(), site) for asset in assets if asset.make]

    return make


def _make_renderer(
    site: Site,
) -> Callable[[Sequence[int]], tuple[list[_Done], list[Diagnostic]]]:
    """Return the task that renders and stages the pages of some numbers.

    A batch goes through one step at a time, so that the code of the step stays in the processor's
    cache: that takes a third of the time away.
    """
    templates = Templates(site.templates, site.plan.site)

    def render(numbers: Sequence[int]) -> tuple[list[_Done], list[Diagnostic]]:
        pages = [site.plan.pages[number] for number in numbers]
        with site.texts.open() as texts:
            views = [site.plan.view(page, texts) for page in pages]
        seen = [_see(page, view, site) for page, view in zip(pages, views, strict=True)]
        done = [
            _done(it, Staged(it.page.path, it.old.digest, changed=False), it.old.stamp, site)
            for it in seen
            if it.same and it.old
        ]
        data, findings = _render([it for it in seen if not it.same], templates)
        done += [
            _done(it, stage_file(site.output, PAGES, it.page.path, text), NO_STAMP, site)
            for it, text in data
        ]
        return done, findings

    return render


class _Seen(msgspec.Struct, frozen=True, gc=False):
    """A page with its view, and what is known of it.

    Attributes:
        fields: Four bytes for what all pages of its template share, and for each field.
        old: Its state after the last build.
        left: Whether it lies there as that has left it.
        same: Whether nothing that it shows is new, so that it needs no rendering.
    """

    page: Page
    view: View
    fingerprint: bytes
    fields: bytes
    old: FileState | None
    left: bool
    same: bool


def _see(page: Page, view: View, site: Site) -> _Seen:
    """Return a page with its view, compared with the last build."""
    fingerprint, fields = mark_view(view, site.bases[page.template])
    old = site.state.files.get(page.path)
    left = old is not None and page.path not in site.altered
    same = old is not None and left and old.fingerprint == fingerprint
    return _Seen(page, view, fingerprint, fields, old, left, same)


def _render(
    seen: list[_Seen], templates: Templates
) -> tuple[list[tuple[_Seen, bytes]], list[Diagnostic]]:
    """Return the bytes of pages, and what is wrong with templates."""
    done: list[tuple[_Seen, bytes]] = []
    findings: list[Diagnostic] = []
    for it in seen:
        try:
            page = it.page
            text = templates.render(page.template, it.view, page.owner)
            done.append((it, text))
        except DigestError as fault:
            findings += fault.diagnostics
    return done, findings


def _done(seen: _Seen, staged: Staged, stamp: Stamp, site: Site) -> _Done:
    """Return a page as staged with its new state."""
    key = _page_key(seen.page, site)
    state = FileState(key, seen.fingerprint, staged.digest, stamp, seen.fields)
    return _Done(staged, state, None if seen.same else _why(seen))


def _why(seen: _Seen) -> Why:
    """Return why a page was rendered."""
    if seen.old is None:
        return Why(NEW)
    if not seen.left:
        return Why(ALTERED)
    return compare_fields(seen.view, seen.old.fields, seen.fields)


def mark_view(view: View, base: bytes) -> tuple[bytes, bytes]:
    """Return the fingerprint of a page with a view, and the marks of its fields.

    `base` is the key of what all pages of its template share: the first mark is of that, and one
    for each field follows. A mark is a CRC-32, four bytes, as it only tells what has changed.
    """
    encoded = [_encode(getattr(view, name)) for name in view.__struct_fields__]
    fields = array("I", map(zlib.crc32, (base, *encoded))).tobytes()
    return digest_of(b"".join([base, *encoded])), fields


def compare_fields(view: View, old: bytes, new: bytes) -> Why:
    """Return why a page with a view is other than before, by the marks of its fields."""
    if old[:_MARK] != new[:_MARK]:
        return Why(LOOK)
    marks = (slice(start, start + _MARK) for start in range(_MARK, len(new), _MARK))
    changed = zip(view.__struct_fields__, marks, strict=True)
    return Why(CONTENT, tuple(name for name, at in changed if old[at] != new[at]))
