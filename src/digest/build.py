"""The order of the stages. Start reading here.

    start → load → markup → enrich → index → plan → render → write

Every stage returns a value and its findings. The build collects findings until a stage cannot go
on, and changes nothing on disk if any of them is an error. What a stage has made of the same
content before is taken from the cache; the plan is made anew in every build, and a page is rendered
only where what it is made from has changed.
"""

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import NoReturn

import msgspec

from digest.cache.keys import digest_of, make_key
from digest.cache.outputs import NO_STAMP, FileState, OutputState, Summary, save_state
from digest.cache.texts import TextLostError
from digest.diagnostics import (
    Diagnostic,
    DigestError,
    as_errors,
    has_errors,
    sort_diagnostics,
)
from digest.executor import Jobs, asked_beside, beside, core_count
from digest.explain import explain, find_explained
from digest.index.checks import check_sources
from digest.index.index import build_index
from digest.index.naming import resolve_names
from digest.index.publication import held_reason, split_published, unchanged_span
from digest.index.records import Evidence, Index
from digest.index.vocabulary import make_vocabulary
from digest.load.sources import attach_sources
from digest.model.findings import Mention
from digest.model.held import Held
from digest.model.records import Article
from digest.plan.plan import Inputs, make_plan
from digest.plan.records import Plan
from digest.plan.registry import is_plain
from digest.reading import (
    Content,
    Sources,
    find_mentions,
    find_unknown_names,
    read_content,
)
from digest.render.templates import check_templates, closures
from digest.rendering import Rendered, Site, make_bases, render_site
from digest.report import Report, repeat
from digest.start import Options, Progress, Start, begin
from digest.urls import article_url, output_path
from digest.write.install import Written, install, open_output
from digest.write.manifest import MANIFEST
from digest.write.stage import prepare_folders
from digest.write.stamps import find_altered, old_enough, stamp_of

_MANY = 1000
"""From how many pages on another process is worth while."""

_PATIENCE = 20
"""Seconds that workers may be silent beyond four times what one article's Markdown may take."""


def _silent(_work: str, _done: int, _total: int) -> None:
    """Tell nobody."""


class Survey(msgspec.Struct, frozen=True):
    """What the stages that read found out; `index` is None where names make one impossible.

    Attributes:
        articles: The articles on the site, by date and then id.
        held: Articles that are held back, by path.
        mentions: What was found in each article by path, encoded.
        diagnostics: Findings so far, in no order.
    """

    content: Content
    articles: tuple[Article, ...]
    held: tuple[Held, ...]
    index: Index | None
    mentions: dict[str, bytes]
    diagnostics: tuple[Diagnostic, ...]


def build(options: Options, progress: Progress = _silent) -> Report:
    """Build the site and return what was done.

    Raises:
        DigestError: with every finding, sorted, where the site has errors; nothing was written.
    """
    started = time.perf_counter()
    with begin(options) as start:
        return repeat(start, started) or make_site(start, started, progress)


def make_site(start: Start, started: float, progress: Progress = _silent) -> Report:
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
    options: Options, progress: Progress = _silent, *, unknown: bool = False
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
    content, faults = _read_site(start, progress)
    found = _survey(start, content, sound=not has_errors(faults))
    findings = _settle((*start.findings, *faults, *found.diagnostics), start.options)
    index = found.index
    if index is None:
        _refuse(findings)
    if not unknown:
        return index, {}
    return index, find_unknown_names(index.articles, content, jobs_for(start))


def _make_site(start: Start, started: float, progress: Progress) -> Report:
    with open_output(start.output), _altered_beside(start) as altered:
        reached, notes = _check_theme(start)
        content, faults = _read_site(start, progress)
        with _folders_beside(content, start):
            found = _survey(start, content, sound=not has_errors(faults))
            plan, held, more = _plan_site(found, start)
        findings = (*start.findings, *notes, *faults, *found.diagnostics, *more)
        findings = _settle(findings, start.options)
        if plan is None:
            _refuse(findings)
        if start.options.explain:  # nothing is written for a question that has no answer
            find_explained(start.options.explain, start, plan.paths())
        rendered = _render_site(plan, found, start, altered(), (reached, progress))
        written = install(start.output, rendered.staged)
        files = _stamped(start, rendered, frozenset(written.written))
    findings = sort_diagnostics((*findings, *written.diagnostics))
    counts = Counter(page.kind.value for page in plan.pages)
    summary = Summary(dict(sorted(counts.items())), len(plan.assets), held, findings)
    _remember(start, found, summary, files, keep=not written.diagnostics)
    explained = (
        explain(start, files, rendered.why, found.content.made) if start.options.explain else ()
    )
    return _report(start, summary, rendered, (written, explained), started)


def _refuse(findings: tuple[Diagnostic, ...]) -> NoReturn:
    """Raise the findings: a stage has stopped, which it does only for errors."""
    raise DigestError(findings)


def jobs_for(start: Start) -> Jobs:
    """Return how the work of a build is shared out."""
    patience = _PATIENCE + 4 * start.config.limits.markdown_seconds
    return Jobs(start.options.jobs or core_count(), patience)


def _settle(findings: Sequence[Diagnostic], options: Options) -> tuple[Diagnostic, ...]:
    """Return the findings, sorted and with their lines, or raise them if any is an error."""
    ordered = sort_diagnostics(as_errors(findings) if options.strict else findings)
    ordered = attach_sources(options.site, ordered)
    if has_errors(ordered):
        raise DigestError(ordered)
    return ordered


def _read_site(start: Start, progress: Progress) -> tuple[Content, tuple[Diagnostic, ...]]:
    """Run the stages that look at one document after the other: load, markup, enrich."""
    sources = Sources(start.found, start.digests, start.engine)
    work = (start.store, jobs_for(start))
    return read_content(sources, start.config, start.clock.zone, work, progress)


@contextmanager
def _altered_beside(start: Start) -> Iterator[Callable[[], Collection[str]]]:
    """Look on another core which files are not as the last build left them; give the answer."""
    files = start.state.files
    if len(files) < _MANY or jobs_for(start).count == 1:
        yield partial(find_altered, start.output, files)
        return
    with asked_beside(find_altered, start.output, files) as answer:
        yield answer


@contextmanager
def _folders_beside(content: Content, start: Start) -> Iterator[None]:
    """Make the folders of many new pages on another core, while this one makes the plan."""
    known = start.state.files
    urls = {article.path: article_url(article.date, article.slug) for article in content.articles}
    new = [item for item in content.articles if output_path(urls[item.path]) not in known]
    if len(new) < _MANY or jobs_for(start).count == 1:
        yield
        return
    shown, _ = split_published(new, start.clock, drafts=start.options.drafts)
    new_urls = [urls[item.path] for item in shown if is_plain(urls[item.path])]
    with beside(prepare_folders, start.output, new_urls):
        yield


def _survey(start: Start, content: Content, *, sound: bool) -> Survey:
    """Find out which articles are on the site and what the whole of them knows.

    `sound` says whether no document has an error: only then is it said what articles lack.
    """
    articles, held = split_published(content.articles, start.clock, drafts=start.options.drafts)
    index, mentions, findings = _index_site(start, content, articles)
    if sound and not has_errors(findings):
        findings += tuple(
            check_sources(
                articles,
                content.extracts,
                content.bodies,
                required=start.config.sources_required,
            )
        )
    return Survey(content, articles, held, index, mentions, findings)


def _index_site(
    start: Start, content: Content, articles: tuple[Article, ...]
) -> tuple[Index | None, dict[str, bytes], tuple[Diagnostic, ...]]:
    """Find the names in the texts, and return the index and what was found."""
    incomplete = bool(content.broken)
    naming = resolve_names(content.entities, articles, content.extracts, incomplete=incomplete)
    encoded: dict[str, bytes] = {}
    if start.config.entities.mentions and not has_errors(naming.diagnostics):
        work = (start.store, jobs_for(start))
        encoded = find_mentions(naming, articles, content, work, start.engine)
    decode = msgspec.msgpack.Decoder(tuple[Mention, ...]).decode
    mentions = {path: decode(data) for path, data in encoded.items()}
    index, findings = build_index(
        articles,
        content.entities,
        storylines=content.storylines,
        naming=naming,
        evidence=Evidence(content.extracts, mentions),
        vocabulary=make_vocabulary(start.config.tags),
        files_required=start.options.strict,
        incomplete=incomplete,
    )
    return index, encoded, findings


def _plan_site(
    found: Survey, start: Start
) -> tuple[Plan | None, tuple[Held, ...], tuple[Diagnostic, ...]]:
    """Return what the site consists of, what is held back, and findings."""
    content, clock, theme = found.content, start.clock, start.theme
    drafts = start.options.drafts
    off = {page.path: held_reason(page, clock, drafts=drafts) for page in content.pages}
    held = (*found.held, *(item for item in off.values() if item))
    held = tuple(sorted(held, key=lambda item: item.path))
    if found.index is None:
        return None, held, ()
    static = {f"static/{path}": digest for path, digest in theme.digests.items()}
    inputs = Inputs(
        config=start.config,
        zone=clock.zone,
        index=found.index,
        pages=tuple(page for page in content.pages if not off[page.path]),
        bodies=content.bodies,
        held=held,
        broken=content.broken,
        files=content.files,
        static=theme.static,
        digests={**start.digests, **static},
        templates=frozenset(theme.templates),
        keys=content.keys,
        mentions=found.mentions,
    )
    plan, faults = make_plan(inputs)
    return plan, held, faults


def _check_theme(start: Start) -> tuple[dict[str, tuple[str, ...]], tuple[Diagnostic, ...]]:
    """Return the names of the templates that each is made of, and findings.

    Templates that an earlier build has found right are not parsed again.
    """
    key = make_key(start.engine, start.theme.key())
    data = start.store.find("templates", [key]).get(key)
    if data:
        return msgspec.msgpack.decode(data, type=dict[str, tuple[str, ...]]), ()
    findings = check_templates(start.theme.templates)
    if findings:
        return {}, findings
    reached = closures(start.theme.templates)
    start.store.put("templates", [(key, msgspec.msgpack.encode(reached))])
    return reached, ()


def _render_site(
    plan: Plan,
    found: Survey,
    start: Start,
    altered: Collection[str],
    how: tuple[Mapping[str, tuple[str, ...]], Progress],
) -> Rendered:
    """Render and stage what may have changed; `how` has the templates that each is made of."""
    reached, progress = how
    site = Site(
        plan=plan,
        templates=start.theme.templates,
        texts=found.content.texts,
        output=start.output,
        state=start.state,
        altered=frozenset(altered),
        bases=make_bases(plan, start.theme.templates, reached, start.engine),
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
