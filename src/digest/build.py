"""The order of the stages. Start reading here.

    config → load → markup → index → plan → render → write

Every stage returns a value and its findings. The build collects findings until a stage cannot go
on, and changes nothing on disk if any of them is an error.
"""

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from digest.config.load import load_config
from digest.config.records import Clock, Config, Limits
from digest.config.zones import load_zone
from digest.diagnostics import (
    Diagnostic,
    DigestError,
    as_errors,
    failure,
    has_errors,
    sort_diagnostics,
)
from digest.executor import core_count, run_batches, split_batches
from digest.index.index import build_index
from digest.index.publication import Held, held_reason, split_published
from digest.load.documents import parse_document
from digest.load.files import Found, find_files, read_text, storyline_warning
from digest.load.sources import attach_sources
from digest.load.theme import TemplateSource, Theme, load_theme
from digest.markup.body import make_body
from digest.model.records import Article, Body, ContentPage, Entity, Record
from digest.plan.plan import Inputs, make_plan
from digest.plan.records import Asset, Page, Plan
from digest.render.templates import Templates, check_templates
from digest.urls import Base
from digest.write.guard import check_output
from digest.write.install import Written, install, open_output
from digest.write.stage import Staged, stage_file

_PARSE_BATCH = 100
_RENDER_BATCH = 250

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many are done, and of how many."""


class Options(msgspec.Struct, frozen=True):
    """What the command line asks for.

    Attributes:
        site: Folder that holds `site.toml`.
        now: The moment of the build, with an offset.
        output: Output folder, or None for the one in `site.toml`.
        base: Where the site will stand, or None for `[site] url`.
        drafts: Whether drafts are published.
        jobs: Number of processes; 0 for one for each core, if there is work for them.
        strict: Whether warnings are errors, and every entity needs a file.
    """

    site: Path
    now: dt.datetime
    output: Path | None = None
    base: Base | None = None
    drafts: bool = False
    jobs: int = 0
    strict: bool = False


class Report(msgspec.Struct, frozen=True):
    """What a build did.

    Attributes:
        output: The output folder.
        pages: Number of pages by kind.
        assets: Number of assets.
        written: Paths of files that are new or changed, sorted; likewise `deleted`.
        unchanged: Number of files that were there already.
        held: Documents that are held back, by path.
        diagnostics: Warnings, sorted.
        seconds: Wall time.
    """

    output: Path
    pages: dict[str, int]
    assets: int
    written: tuple[str, ...]
    unchanged: int
    deleted: tuple[str, ...]
    held: tuple[Held, ...]
    diagnostics: tuple[Diagnostic, ...]
    seconds: float


class Parsed(msgspec.Struct, frozen=True, gc=False):
    """A content file after loading and conversion; `record` is None if it has errors."""

    path: str
    record: Record | None = None
    body: Body = Body()
    diagnostics: tuple[Diagnostic, ...] = ()


class Content(msgspec.Struct, frozen=True):
    """The whole content folder, parsed; `broken` are the documents that have errors."""

    articles: tuple[Article, ...]
    entities: tuple[Entity, ...]
    pages: tuple[ContentPage, ...]
    bodies: dict[str, Body]
    files: dict[str, str]
    broken: frozenset[str]


def build(options: Options, progress: Progress = lambda *_: None) -> Report:
    """Build the site and return what was done.

    Raises:
        DigestError: with every finding, sorted, where the site has errors; nothing was written.
    """
    started = time.perf_counter()
    config, findings = load_config(options.site)
    if options.base:
        config = msgspec.structs.replace(config, base=options.base)
        findings = tuple(item for item in findings if item.code != "no-site-url")
    output = check_output(options.site, options.output or options.site / config.output)
    plan, theme, held, found = _plan_site(config, options, progress)
    findings = _settle((*findings, *found), options)
    if plan is None:  # cannot happen without an error, which _settle has raised
        raise DigestError(findings)
    try:
        written = _write_site(plan, theme, output, options.jobs, progress)
    except OSError as fault:
        message = f"{fault.filename or output}: {fault.strerror}"
        hint = "the site that was there before is whole"
        raise failure("disk", message, hint=hint) from fault
    return Report(
        output=output,
        pages=dict(sorted(Counter(page.kind.value for page in plan.pages).items())),
        assets=len(plan.assets),
        written=written.written,
        unchanged=written.unchanged,
        deleted=written.deleted,
        held=held,
        diagnostics=sort_diagnostics((*findings, *written.diagnostics)),
        seconds=time.perf_counter() - started,
    )


def _settle(findings: Sequence[Diagnostic], options: Options) -> tuple[Diagnostic, ...]:
    """Return the findings, sorted and with their lines, or raise them if any is an error."""
    ordered = sort_diagnostics(as_errors(findings) if options.strict else findings)
    ordered = attach_sources(options.site, ordered)
    if has_errors(ordered):
        raise DigestError(ordered)
    return ordered


def _plan_site(
    config: Config, options: Options, progress: Progress
) -> tuple[Plan | None, Theme, tuple[Held, ...], tuple[Diagnostic, ...]]:
    """Run the stages that read and think; return what the site consists of."""
    zone = load_zone(config.site.timezone) or dt.UTC
    clock = Clock(options.now, zone)
    theme, findings = load_theme(options.site)
    findings += check_templates(theme.templates)
    content, found = _parse_content(config, zone, options, progress)
    findings += found
    articles, held = split_published(content.articles, clock, drafts=options.drafts)
    index, found = build_index(
        articles,
        content.entities,
        files_required=options.strict,
        incomplete=bool(content.broken),
    )
    findings += found
    off = {page.path: held_reason(page, clock, drafts=options.drafts) for page in content.pages}
    held = tuple(
        sorted((*held, *(item for item in off.values() if item)), key=lambda item: item.path)
    )
    if index is None:
        return None, theme, held, findings
    inputs = Inputs(
        config=config,
        zone=zone,
        index=index,
        pages=tuple(page for page in content.pages if not off[page.path]),
        bodies=content.bodies,
        held=held,
        broken=content.broken,
        files=content.files,
        static=theme.static,
        templates=frozenset(theme.templates),
    )
    plan, found = make_plan(inputs)
    return plan, theme, held, (*findings, *found)


def _parse_content(
    config: Config, zone: dt.tzinfo, options: Options, progress: Progress
) -> tuple[Content, tuple[Diagnostic, ...]]:
    """Return the parsed content folder and every finding about its files."""
    found, findings = find_files(options.site)
    documents = [item for item in found if item.is_document and not item.is_storyline]
    findings += tuple(storyline_warning(item) for item in found if item.is_storyline)
    batches = split_batches(documents, _PARSE_BATCH)
    parsed: list[Parsed] = []
    shared = (config.limits, zone)
    for data in run_batches(_make_parser, shared, batches, options.jobs or core_count(), "reading"):
        parsed += msgspec.msgpack.decode(data, type=list[Parsed])
        progress("reading", len(parsed), len(documents))
    records = [item.record for item in parsed]
    content = Content(
        articles=tuple(record for record in records if isinstance(record, Article)),
        entities=tuple(record for record in records if isinstance(record, Entity)),
        pages=tuple(record for record in records if isinstance(record, ContentPage)),
        bodies={item.path: item.body for item in parsed},
        files={item.path: item.file for item in found if not item.is_document},
        broken=frozenset(item.path for item in parsed if item.record is None),
    )
    return content, (*findings, *(fault for item in parsed for fault in item.diagnostics))


def _make_parser(limits: Limits, zone: dt.tzinfo) -> Callable[[Sequence[Found]], bytes]:
    """Return the task that reads a batch of files and returns its `Parsed` as MessagePack."""

    def parse(batch: Sequence[Found]) -> bytes:
        return msgspec.msgpack.encode([_parse_file(found, limits, zone) for found in batch])

    return parse


def _parse_file(found: Found, limits: Limits, zone: dt.tzinfo) -> Parsed:
    """Return one file of the content folder, loaded and converted."""
    text = read_text(found, limits.article_bytes)
    if isinstance(text, Diagnostic):
        return Parsed(found.path, diagnostics=(text,))
    loaded = parse_document(found.path, text, zone)
    body, findings = make_body(
        loaded.text,
        found.path,
        loaded.line,
        is_markdown=loaded.is_markdown,
        seconds=limits.markdown_seconds,
    )
    return Parsed(found.path, loaded.record, body, (*loaded.diagnostics, *findings))


def _write_site(plan: Plan, theme: Theme, output: Path, jobs: int, progress: Progress) -> Written:
    """Render every page, stage what changed, and install it."""
    shared = (plan, theme.templates, output)
    ranges = split_batches(range(len(plan.pages)), _RENDER_BATCH)
    staged: list[Staged] = []
    findings: dict[tuple[object, ...], Diagnostic] = {}
    with open_output(output):
        for number, asset in enumerate(plan.assets, len(plan.pages)):
            staged.append(_stage_asset(asset, output, number))
        for done, faults in run_batches(
            _make_renderer, shared, ranges, jobs or core_count(), "rendering"
        ):
            staged += done
            for fault in faults:
                findings.setdefault((fault.code, fault.span), fault)
            progress("rendering", len(staged), len(plan.pages) + len(plan.assets))
        if findings:
            raise DigestError(sort_diagnostics(findings.values()))
        return install(output, staged)


def _make_renderer(
    plan: Plan, sources: dict[str, TemplateSource], output: Path
) -> Callable[[Sequence[int]], tuple[list[Staged], list[Diagnostic]]]:
    """Return the task that renders and stages the pages of some numbers."""
    templates = Templates(sources)

    def render(numbers: Sequence[int]) -> tuple[list[Staged], list[Diagnostic]]:
        staged: list[Staged] = []
        findings: list[Diagnostic] = []
        for number in numbers:
            page: Page = plan.pages[number]
            try:
                data = templates.render(page.template, plan.site, page.view, page.owner)
                staged.append(stage_file(output, page.path, data, number))
            except DigestError as fault:
                findings += fault.diagnostics
        return staged, findings

    return render


def _stage_asset(asset: Asset, output: Path, number: int) -> Staged:
    """Return an asset as staged."""
    return stage_file(output, asset.path, Path(asset.file).read_bytes(), number)
