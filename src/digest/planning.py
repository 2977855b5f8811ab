"""From a start to a plan: the stages that read, in their order.

    load → markup → enrich → index → plan

Each returns a value and its findings, which are collected until a stage cannot go on.
"""

from collections.abc import Sequence
from typing import NoReturn

import msgspec

from digest.cache.keys import make_key
from digest.diagnostics import (
    Diagnostic,
    DigestError,
    as_errors,
    has_errors,
    sort_diagnostics,
)
from digest.executor import Jobs, core_count
from digest.index.checks import check_sources
from digest.index.index import build_index
from digest.index.naming import resolve_names
from digest.index.publication import held_reason, split_published
from digest.index.records import Evidence, Index
from digest.index.vocabulary import make_vocabulary
from digest.load.sources import attach_sources
from digest.mentions import NO_MENTIONS, Asked, Mentions, find_mentions
from digest.model.held import Held
from digest.model.records import Article
from digest.plan.plan import Inputs, make_plan
from digest.plan.records import Plan
from digest.reading import Content, Sources, read_content
from digest.render.templates import check_templates, closures
from digest.start import Options, Progress, Start

_PATIENCE = 20
"""Seconds that workers may be silent beyond four times what one article's Markdown may take."""


class Survey(msgspec.Struct, frozen=True):
    """What the stages that read found out; `index` is None where names make one impossible.

    Attributes:
        articles: The articles on the site, by date and then id.
        held: Articles that are held back, by path.
        mentions: What was found in each article.
        diagnostics: Findings so far, in no order.
    """

    content: Content
    articles: tuple[Article, ...]
    held: tuple[Held, ...]
    index: Index | None
    mentions: Mentions
    diagnostics: tuple[Diagnostic, ...]


class Planned(msgspec.Struct, frozen=True):
    """A site that has no errors.

    Attributes:
        held: Documents that are held back, by path.
        findings: Every finding, sorted, with source lines.
        reached: Names of the templates that each is made of, by name.
    """

    found: Survey
    plan: Plan
    held: tuple[Held, ...]
    findings: tuple[Diagnostic, ...]
    reached: dict[str, tuple[str, ...]]


def plan_site(
    start: Start,
    content: Content,
    faults: tuple[Diagnostic, ...],
    before: Survey | None = None,
) -> Planned:
    """Return the plan of a site of which `content` has been read, with some faults.

    Raises:
        DigestError: with every finding, sorted, where the site has errors.
    """
    reached, notes = _check_theme(start)
    found = survey_site(start, content, sound=not has_errors(faults), before=before)
    plan, held, more = _make_plan(found, start)
    findings = (*start.findings, *notes, *faults, *found.diagnostics, *more)
    findings = settle(findings, start.options)
    if plan is None:
        refuse(findings)
    return Planned(found, plan, held, findings, reached)


def refuse(findings: tuple[Diagnostic, ...]) -> NoReturn:
    """Raise the findings: a stage has stopped, which it does only for errors."""
    raise DigestError(findings)


def jobs_for(start: Start) -> Jobs:
    """Return how the work of a build is shared out."""
    patience = _PATIENCE + 4 * start.config.limits.markdown_seconds
    return Jobs(start.options.jobs or core_count(), patience)


def settle(findings: Sequence[Diagnostic], options: Options) -> tuple[Diagnostic, ...]:
    """Return the findings, sorted and with their lines, or raise them if any is an error."""
    ordered = sort_diagnostics(as_errors(findings) if options.strict else findings)
    ordered = attach_sources(options.site, ordered)
    if has_errors(ordered):
        raise DigestError(ordered)
    return ordered


def read_site(
    start: Start, progress: Progress, before: Survey | None = None
) -> tuple[Content, tuple[Diagnostic, ...]]:
    """Run the stages that look at one document after the other: load, markup, enrich.

    What this process has parsed `before` is not even taken from the cache.
    """
    known = before.content if before else None
    sources = Sources(start.found, start.digests, start.engine, known)
    work = (start.store, jobs_for(start))
    return read_content(sources, start.config, start.clock.zone, work, progress)


def survey_site(
    start: Start, content: Content, *, sound: bool, before: Survey | None = None
) -> Survey:
    """Find out which articles are on the site and what the whole of them knows.

    `sound` says whether no document has an error: only then is it said what articles lack.
    """
    articles, held = split_published(content.articles, start.clock, start.options.shown)
    known = before.mentions if before else NO_MENTIONS
    index, mentions, findings = _index_site(start, content, articles, known)
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
    start: Start, content: Content, articles: tuple[Article, ...], known: Mentions
) -> tuple[Index | None, Mentions, tuple[Diagnostic, ...]]:
    """Find the names in the texts, and return the index and what was found."""
    incomplete = bool(content.broken)
    naming = resolve_names(content.entities, articles, content.extracts, incomplete=incomplete)
    mentions = NO_MENTIONS
    if start.config.entities.mentions and not has_errors(naming.diagnostics):
        work = (start.store, jobs_for(start))
        asked = Asked(naming, articles, start.engine)
        mentions = find_mentions(asked, content, work, known)
    index, findings = build_index(
        articles,
        content.entities,
        storylines=content.storylines,
        naming=naming,
        evidence=Evidence(content.extracts, mentions.decoded),
        vocabulary=make_vocabulary(start.config.tags),
        files_required=start.options.strict,
        incomplete=incomplete,
    )
    return index, mentions, findings


def _make_plan(
    found: Survey, start: Start
) -> tuple[Plan | None, tuple[Held, ...], tuple[Diagnostic, ...]]:
    """Return what the site consists of, what is held back, and findings."""
    content, clock, theme = found.content, start.clock, start.theme
    off = {page.path: held_reason(page, clock, start.options.shown) for page in content.pages}
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
        mentions=found.mentions.encoded,
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
