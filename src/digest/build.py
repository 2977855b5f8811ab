"""The order of the stages. Start reading here.

    config → load → markup → enrich → index → plan → render → write

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
from digest.config.records import Clock, Config
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
from digest.index.checks import check_sources
from digest.index.index import build_index
from digest.index.naming import resolve_names
from digest.index.publication import Held, held_reason, split_published
from digest.index.records import Evidence, Index
from digest.index.vocabulary import make_vocabulary
from digest.load.sources import attach_sources
from digest.load.theme import TemplateSource, Theme, load_theme
from digest.model.findings import Mention
from digest.model.records import Article
from digest.plan.plan import Inputs, make_plan
from digest.plan.records import Asset, Page, Plan
from digest.reading import Content, Progress, find_mentions, read_content
from digest.render.templates import Templates, check_templates
from digest.urls import Base
from digest.write.guard import check_output
from digest.write.install import Written, install, open_output
from digest.write.stage import Staged, stage_file

_RENDER_BATCH = 250


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


class Survey(msgspec.Struct, frozen=True):
    """What the stages that read found out; `index` is None where names make one impossible.

    Attributes:
        articles: The articles on the site, by date and then id.
        held: Articles that are held back, by path.
        diagnostics: Findings so far, in no order.
    """

    config: Config
    clock: Clock
    content: Content
    articles: tuple[Article, ...]
    held: tuple[Held, ...]
    index: Index | None
    diagnostics: tuple[Diagnostic, ...]


def build(options: Options, progress: Progress = lambda *_: None) -> Report:
    """Build the site and return what was done.

    Raises:
        DigestError: with every finding, sorted, where the site has errors; nothing was written.
    """
    started = time.perf_counter()
    config, findings = _configure(options)
    output = check_output(options.site, options.output or options.site / config.output)
    found = _survey(config, options, progress)
    plan, theme, held, faults = _plan_site(found, options)
    findings = _settle((*findings, *found.diagnostics, *faults), options)
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


def survey(options: Options, progress: Progress = lambda *_: None) -> tuple[Index, Content]:
    """Return what the site knows, and its content; nothing is planned or written.

    Raises:
        DigestError: with every finding, sorted, where the content has errors.
    """
    config, findings = _configure(options)
    found = _survey(config, options, progress)
    findings = _settle((*findings, *found.diagnostics), options)
    if found.index is None:  # cannot happen without an error, which _settle has raised
        raise DigestError(findings)
    return found.index, found.content


def _configure(options: Options) -> tuple[Config, tuple[Diagnostic, ...]]:
    """Return the configuration, as the command line changes it, and findings about it."""
    config, findings = load_config(options.site)
    if options.base:
        config = msgspec.structs.replace(config, base=options.base)
        findings = tuple(item for item in findings if item.code != "no-site-url")
    return config, findings


def _settle(findings: Sequence[Diagnostic], options: Options) -> tuple[Diagnostic, ...]:
    """Return the findings, sorted and with their lines, or raise them if any is an error."""
    ordered = sort_diagnostics(as_errors(findings) if options.strict else findings)
    ordered = attach_sources(options.site, ordered)
    if has_errors(ordered):
        raise DigestError(ordered)
    return ordered


def _survey(config: Config, options: Options, progress: Progress) -> Survey:
    """Run the stages that read: load, markup, enrich, index."""
    clock = Clock(options.now, load_zone(config.site.timezone) or dt.UTC)
    content, findings = read_content(options.site, config, clock.zone, options.jobs, progress)
    articles, held = split_published(content.articles, clock, drafts=options.drafts)
    index, found = _index_site(config, content, articles, options)
    findings += found
    if not has_errors(findings):
        required = config.sources_required
        findings += tuple(
            check_sources(articles, content.extracts, content.bodies, required=required)
        )
    return Survey(config, clock, content, articles, held, index, findings)


def _plan_site(
    found: Survey, options: Options
) -> tuple[Plan | None, Theme, tuple[Held, ...], tuple[Diagnostic, ...]]:
    """Return what the site consists of, what is held back, and findings."""
    theme, findings = load_theme(options.site)
    findings += check_templates(theme.templates)
    content, clock = found.content, found.clock
    off = {page.path: held_reason(page, clock, drafts=options.drafts) for page in content.pages}
    held = (*found.held, *(item for item in off.values() if item))
    held = tuple(sorted(held, key=lambda item: item.path))
    if found.index is None:
        return None, theme, held, findings
    inputs = Inputs(
        config=found.config,
        zone=clock.zone,
        index=found.index,
        pages=tuple(page for page in content.pages if not off[page.path]),
        bodies=content.bodies,
        held=held,
        broken=content.broken,
        files=content.files,
        static=theme.static,
        templates=frozenset(theme.templates),
    )
    plan, faults = make_plan(inputs)
    return plan, theme, held, (*findings, *faults)


def _index_site(
    config: Config, content: Content, articles: tuple[Article, ...], options: Options
) -> tuple[Index | None, tuple[Diagnostic, ...]]:
    """Find the names in the texts, and return the index."""
    incomplete = bool(content.broken)
    naming = resolve_names(content.entities, articles, content.extracts, incomplete=incomplete)
    mentions: dict[str, tuple[Mention, ...]] = {}
    if config.entities.mentions and not has_errors(naming.diagnostics):
        mentions = find_mentions(naming, articles, content, options.jobs)
    return build_index(
        articles,
        content.entities,
        storylines=content.storylines,
        naming=naming,
        evidence=Evidence(content.extracts, mentions),
        vocabulary=make_vocabulary(config.tags),
        files_required=options.strict,
        incomplete=incomplete,
    )


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
