"""What the preview knows of the site and of itself, as pages of its own."""

import datetime as dt
from importlib.resources import files

from digest.diagnostics import Diagnostic, visible
from digest.index.suggestions import tell_suggestion
from digest.load.theme import TemplateSource
from digest.model.held import Held
from digest.plan.views import StaticView, View
from digest.render.templates import Templates
from digest.serve.findings import FindingView, count_findings, show_findings
from digest.serve.looks import held_label
from digest.serve.records import PageLine, Rebuild
from digest.serve.state import State

_LINES = 200
_SHOWN = 20


class FrameView(View, frozen=True, gc=False):
    """What the pages have of the site: they are in English, whatever its words are."""

    title: str
    home: str
    static: dict[str, StaticView]


_NOTHING = FrameView("Digest", "/", {})


class TabView(View, frozen=True, gc=False):
    """A page of the inspector; every page has a list of all."""

    url: str
    text: str
    current: bool


class BuildView(View, frozen=True, gc=False):
    """A build; `changes` and `touched` are cut, and the numbers tell how many there were."""

    at: str
    seconds: str
    failed: bool
    touched: tuple[str, ...]
    touched_count: int
    changes: tuple[tuple[str, str], ...]
    change_count: int


class HeldView(View, frozen=True, gc=False):
    """A document that a build would leave out; `url` leads to its page, if the preview has it."""

    path: str
    title: str
    why: str
    url: str


class LineView(View, frozen=True, gc=False):
    """A page of the site."""

    url: str
    kind: str
    source: str
    template: str
    at: str
    why: str


class OverviewView(View, frozen=True, gc=False):
    """How things are."""

    title: str
    tabs: tuple[TabView, ...]
    failed: bool
    page_count: int
    counted: str
    findings: tuple[FindingView, ...]
    notices: tuple[str, ...]
    held: tuple[HeldView, ...]
    builds: tuple[BuildView, ...]


class PagesView(View, frozen=True, gc=False):
    """Some pages of the site; `before` and `after` lead to others, if there are any."""

    title: str
    tabs: tuple[TabView, ...]
    query: str
    total: int
    first: int
    lines: tuple[LineView, ...]
    before: int
    after: int


class SuggestionsView(View, frozen=True, gc=False):
    """Proposals, with the articles that they rest on."""

    title: str
    tabs: tuple[TabView, ...]
    suggestions: tuple[tuple[str, int, tuple[str, ...]], ...]


class FailureView(View, frozen=True, gc=False):
    """Why there is nothing to show."""

    title: str
    counted: str
    findings: tuple[FindingView, ...]


class Inspector:
    """Makes the pages; one thread at a time."""

    def __init__(self) -> None:
        folder = files("digest").joinpath("serve", "assets")
        self._sources = {
            item.name: TemplateSource(item.name, item.read_text(encoding="utf-8"))
            for item in folder.iterdir()
            if item.name.endswith(".html")
        }
        self._frame = _NOTHING
        self._templates = Templates(self._sources, self._frame)

    def overview(self, state: State) -> bytes:
        """Return the page that says how things are."""
        snapshot = state.snapshot
        urls = {held.path: url for url, held in snapshot.held.items()} if snapshot else {}
        view = OverviewView(
            title="Preview",
            tabs=_tabs("/_digest/"),
            failed=state.failed,
            page_count=len(state.made),
            counted=count_findings(state.findings),
            findings=show_findings(state.findings)[:_LINES],
            notices=tuple(map(visible, state.notices)),
            held=tuple(_show_held(item, urls.get(item.path, "")) for item in state.held),
            builds=tuple(map(_show_build, state.history)),
        )
        return self._render("overview.html", state, view)

    def pages(self, state: State, query: str, at: str) -> bytes:
        """Return the page with those pages, from a number on, that have `query` in their line."""
        lines = state.snapshot.lines() if state.snapshot else ()
        if query:
            lines = tuple(line for line in lines if _has(line, query.casefold()))
        start = min(int(at), len(lines)) if at.isascii() and at.isdecimal() and len(at) < 9 else 0  # noqa: PLR2004 more pages than any site has
        view = PagesView(
            title="Pages",
            tabs=_tabs("/_digest/pages"),
            query=query,
            total=len(lines),
            first=start,
            lines=tuple(_show_line(line, state) for line in lines[start : start + _LINES]),
            before=max(0, start - _LINES) if start else -1,
            after=start + _LINES if start + _LINES < len(lines) else -1,
        )
        return self._render("pages.html", state, view)

    def suggestions(self, state: State) -> bytes:
        """Return the page with proposals; this may take seconds."""
        found = state.snapshot.suggestions() if state.snapshot else ()
        view = SuggestionsView(
            title="Suggestions",
            tabs=_tabs("/_digest/suggestions"),
            suggestions=tuple(
                (visible(tell_suggestion(it)), len(it.articles), _cut(it.articles, 3))
                for it in found
            ),
        )
        return self._render("suggestions.html", state, view)

    def failure(self, state: State, findings: tuple[Diagnostic, ...]) -> bytes:
        """Return the page that stands in for one that cannot be made."""
        shown = show_findings(findings)
        view = FailureView("This page cannot be made", count_findings(findings), shown)
        return self._render("failure.html", state, view)

    def _render(self, name: str, state: State, view: View) -> bytes:
        frame = _NOTHING
        if state.snapshot:
            site = state.snapshot.site
            frame = FrameView(site.title, site.home, site.static)
        if frame != self._frame:
            self._frame, self._templates = frame, Templates(self._sources, frame)
        return self._templates.render(name, view, "the preview")


def _tabs(current: str) -> tuple[TabView, ...]:
    tabs = (
        ("/_digest/", "Preview"),
        ("/_digest/pages", "Pages"),
        ("/_digest/suggestions", "Suggestions"),
    )
    return tuple(TabView(url, text, url == current) for url, text in tabs)


def _show_held(held: Held, url: str) -> HeldView:
    return HeldView(visible(held.path), visible(held.title), held_label(held), url)


def _show_build(build: Rebuild) -> BuildView:
    return BuildView(
        at=_clock(build.at),
        seconds=f"{build.seconds:.2f}",
        failed=build.failed,
        touched=_cut(build.touched, _SHOWN),
        touched_count=build.touched_count,
        changes=tuple((it.url, it.why) for it in build.changes[:_SHOWN]),
        change_count=build.change_count,
    )


def _has(line: PageLine, query: str) -> bool:
    return any(query in text.casefold() for text in (line.url, line.source, line.kind))


def _show_line(line: PageLine, state: State) -> LineView:
    made = state.made.get(line.path)
    at, why = (_clock(made.at), made.why) if made else ("", "")
    return LineView(line.url, line.kind, visible(line.source), line.template, at, why)


def _clock(moment: dt.datetime) -> str:
    """Return a moment as the clock of this machine shows it."""
    return f"{moment.astimezone():%H:%M:%S}"


def _cut(paths: tuple[str, ...], most: int) -> tuple[str, ...]:
    return tuple(map(visible, paths[:most]))
