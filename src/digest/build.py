"""The order of the stages. Start reading here.

    start → load → markup → enrich → index → plan → render → write

Every stage returns a value and its findings. The build collects findings until a stage cannot go
on, and changes nothing on disk if any of them is an error. What a stage has made of the same
content before is taken from the cache; the plan is made anew in every build, and a page is rendered
only where what it is made from has changed. The search index is made from rendered pages, and
compressed files from all of them, before any is seen.
"""

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

import msgspec

from digest.cache.keys import digest_of
from digest.cache.outputs import NO_STAMP, FileState, OutputState, Summary, save_state
from digest.cache.texts import TextLostError
from digest.compressing import add_compressed
from digest.diagnostics import (
    has_errors,
    sort_diagnostics,
)
from digest.executor import asked_beside, beside
from digest.explain import explain, find_explained
from digest.index.publication import split_published, unchanged_span
from digest.index.records import Index
from digest.mentions import find_unknown_names
from digest.plan.registry import is_plain
from digest.planning import Planned, plan_site, refuse, settle
from digest.reading import Content
from digest.rendering import Rendered, Site, make_bases, render_site
from digest.report import Report, repeat
from digest.searching import add_index
from digest.start import Options, Progress, Start, begin, no_progress
from digest.surveying import Survey, jobs_for, read_site, survey_site
from digest.urls import article_url, output_path
from digest.write.install import Written, install, open_output
from digest.write.manifest import MANIFEST
from digest.write.stage import prepare_folders
from digest.write.stamps import find_altered, old_enough, stamp_of

_MANY = 1000
"""From how many pages on another process is worth while."""


def build(options: Options, progress: Progress = no_progress) -> Report:
    """Build the site and return what was done.

    Raises:
        DigestError: with every finding, sorted, where the site has errors; nothing was written.
    """
    started = time.perf_counter()
    with begin(options) as start:
        return repeat(start, started) or make_site(start, started, progress)


def make_site(start: Start, started: float, progress: Progress = no_progress) -> Report:
    """Build the site from its start and return what was done.

    Raises:
        DigestError: with every finding, sorted, where the site has errors; nothing was written.
    """
    try:
        return _make_site(start, started, progress)
    except TextLostError:
        start.store.start_anew()
        return _make_site(start, started, progress)


def survey(
    options: Options, progress: Progress = no_progress, *, unknown: bool = False
) -> tuple[Index, dict[str, frozenset[str]]]:
    """Return what the site knows; nothing is planned or written.

    With `unknown` the second value is what looks like a name in each article's text, by path.

    Raises:
        DigestError: with every finding, sorted, where the content has errors.
    """
    with begin(options) as start:
        try:
            return _know(start, progress, unknown=unknown)
        except TextLostError:
            start.store.start_anew()
            return _know(start, progress, unknown=unknown)


def _know(
    start: Start, progress: Progress, *, unknown: bool
) -> tuple[Index, dict[str, frozenset[str]]]:
    content, faults = read_site(start, progress)
    found = survey_site(start, content, sound=not has_errors(faults))
    findings = settle((*start.findings, *faults, *found.diagnostics), start.options)
    index = found.index
    if index is None:
        refuse(findings)
    if not unknown:
        return index, {}
    return index, find_unknown_names(index.articles, content, jobs_for(start))


def _make_site(start: Start, started: float, progress: Progress) -> Report:
    with open_output(start.output), _altered_beside(start) as altered:
        content, faults = read_site(start, progress)
        with _folders_beside(content, start):
            planned = plan_site(start, content, faults)
        plan, found = planned.plan, planned.found
        if start.options.explain:  # nothing is written for a question that has no answer
            find_explained(start.options.explain, start, plan.paths())
        spoiled = frozenset(altered())
        rendered = _render_site(planned, start, spoiled, progress)
        rendered = add_index(rendered, plan, start, spoiled, progress)
        rendered = add_compressed(rendered, start, spoiled, progress)
        written = install(start.output, rendered.staged)
        files = _stamped(start, rendered, frozenset(written.written))
    findings = sort_diagnostics((*planned.findings, *written.diagnostics))
    counts = Counter(page.kind.value for page in plan.pages)
    summary = Summary(dict(sorted(counts.items())), len(plan.assets), planned.held, findings)
    _remember(start, found, summary, files, keep=not written.diagnostics)
    explained = (
        explain(start, files, rendered.why, found.content.made) if start.options.explain else ()
    )
    return _report(start, summary, rendered, (written, explained), started)


@contextmanager
def _altered_beside(start: Start) -> Iterator[Callable[[], Collection[str]]]:
    """Look on another core which files are not as the last build left them; give the answer."""
    files = start.load_state().files
    if len(files) < _MANY or jobs_for(start).count == 1:
        yield partial(find_altered, start.output, files)
        return
    with asked_beside(find_altered, start.output, files) as answer:
        yield answer


@contextmanager
def _folders_beside(content: Content, start: Start) -> Iterator[None]:
    """Make the folders of many new pages on another core, while this one makes the plan."""
    known = start.load_state().files
    urls = {article.path: article_url(article.date, article.slug) for article in content.articles}
    new = [item for item in content.articles if output_path(urls[item.path]) not in known]
    if len(new) < _MANY or jobs_for(start).count == 1:
        yield
        return
    shown, _ = split_published(new, start.clock, start.options.shown)
    new_urls = [urls[item.path] for item in shown if is_plain(urls[item.path])]
    with beside(prepare_folders, start.output, new_urls):
        yield


def _render_site(
    planned: Planned, start: Start, altered: frozenset[str], progress: Progress
) -> Rendered:
    """Render and stage what may have changed."""
    plan, templates = planned.plan, start.theme.templates
    site = Site(
        plan=plan,
        templates=templates,
        texts=planned.found.content.texts,
        output=start.output,
        state=start.load_state(),
        altered=altered,
        bases=make_bases(plan, templates, planned.reached, start.engine),
    )
    return render_site(site, jobs_for(start), progress)


def _stamped(start: Start, rendered: Rendered, written: frozenset[str]) -> dict[str, FileState]:
    """Return the states of all files with their stamps."""
    newest = stamp_of(f"{start.output}/{MANIFEST}")[3]
    files: dict[str, FileState] = {}
    for path, state in rendered.files.items():
        if path in written or state.stamp == NO_STAMP:
            stamp = old_enough(stamp_of(f"{start.output}/{path}"), newest)
            files[path] = msgspec.structs.replace(state, stamp=stamp)
        else:
            files[path] = state
    manifest = start.output / MANIFEST
    files[MANIFEST] = FileState(b"", b"", digest_of(manifest.read_bytes()))
    return files


def _remember(
    start: Start, found: Survey, summary: Summary, files: Mapping[str, FileState], *, keep: bool
) -> None:
    """Keep what the next build may ask of this one; `keep` says whether the whole may stand."""
    since, until = unchanged_span(found.content.articles, start.clock)
    state = OutputState(
        inputs=start.key(found.content.digests) if keep else b"",
        since=since.timestamp() if since else None,
        until=until.timestamp() if until else None,
        summary=summary,
        files=dict(files),
    )
    save_state(start.store, str(start.output), state)
    start.store.end_build()


def _report(
    start: Start,
    summary: Summary,
    rendered: Rendered,
    came_of: tuple[Written, tuple[str, ...]],
    started: float,
) -> Report:
    written, explained = came_of
    return Report(
        output=start.output,
        pages=summary.pages,
        assets=summary.assets,
        rendered=rendered.reasons(),
        explained=explained,
        written=written.written,
        unchanged=written.unchanged,
        deleted=written.deleted,
        held=summary.held,
        diagnostics=summary.diagnostics,
        notices=start.notices,
        seconds=time.perf_counter() - started,
    )
