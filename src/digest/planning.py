"""From a start to a plan: the stages that read, in their order.

    read_site    load → markup → enrich    (digest.surveying)
    plan_site    index → plan

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
from digest.index.publication import held_reason
from digest.load.sources import attach_sources
from digest.measuring import measure_pictures
from digest.model.held import Held
from digest.pictures.studio import make_card, make_version, studio_key
from digest.plan.pictures import Makers
from digest.plan.plan import Inputs, make_plan
from digest.plan.records import Plan
from digest.reading import Content
from digest.render.templates import check_templates, closures
from digest.start import Options, Start
from digest.surveying import Survey, jobs_for, survey_site
from digest.words.catalogue import make_words
from digest.words.records import Words


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
    before: Planned | None = None,
) -> Planned:
    """Return the plan of a site of which `content` has been read, with some faults.

    What this process has planned `before` saves it a part of the work.

    Raises:
        DigestError: with every finding, sorted, where the site has errors.
    """
    reached, notes = _check_theme(start)
    words, more = _make_words(start)
    notes += more
    survey = before.found if before else None
    found = survey_site(start, content, sound=not has_errors(faults), before=survey)
    plan, held, more = _make_plan(found, start, words, before.plan if before else None)
    findings = (*start.findings, *notes, *faults, *found.diagnostics, *more)
    findings = settle(findings, start.options)
    if plan is None:
        refuse(findings)
    return Planned(found, plan, held, findings, reached)


def refuse(findings: tuple[Diagnostic, ...]) -> NoReturn:
    """Raise the findings: a stage has stopped, which it does only for errors."""
    raise DigestError(findings)


def settle(findings: Sequence[Diagnostic], options: Options) -> tuple[Diagnostic, ...]:
    """Return the findings, sorted and with their lines, or raise them if any is an error."""
    ordered = sort_diagnostics(as_errors(findings) if options.strict else findings)
    ordered = attach_sources(options.site, ordered)
    if has_errors(ordered):
        raise DigestError(ordered)
    return ordered


def _make_plan(
    found: Survey, start: Start, words: Words | None, before: Plan | None
) -> tuple[Plan | None, tuple[Held, ...], tuple[Diagnostic, ...]]:
    """Return what the site consists of, what is held back, and findings."""
    content, clock, theme = found.content, start.clock, start.theme
    off = {page.path: held_reason(page, clock, start.options.shown) for page in content.pages}
    held = (*found.held, *(item for item in off.values() if item))
    held = tuple(sorted(held, key=lambda item: item.path))
    if found.index is None or words is None:
        return None, held, ()
    work = (start.store, jobs_for(start))
    static = {f"static/{path}": digest for path, digest in theme.digests.items()}
    inputs = Inputs(
        config=start.config,
        words=words,
        zone=clock.zone,
        index=found.index,
        makers=Makers(studio_key(), make_version, make_card),
        pages=tuple(page for page in content.pages if not off[page.path]),
        bodies=content.bodies,
        held=held,
        broken=content.broken,
        files=content.files,
        static=theme.static,
        texts=theme.texts,
        digests={**start.digests, **static},
        templates=frozenset(theme.templates),
        pictures=measure_pictures(content.files, content.digests, start.config.limits, work),
        keys=content.keys,
        mentions=found.mentions.encoded,
        before=before,
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


def _make_words(start: Start) -> tuple[Words | None, tuple[Diagnostic, ...]]:
    """Return the words of the site's language, and findings.

    What an earlier build has made of the same catalogues is not made again.
    """
    asked = (start.config.site.language, start.config.entities.roles)
    catalogues = msgspec.msgpack.encode((asked, sorted(start.theme.words.items())))
    key = make_key(start.engine, b"words", catalogues)
    data = start.store.find("templates", [key]).get(key)
    if data:
        return msgspec.msgpack.decode(data, type=tuple[Words, tuple[Diagnostic, ...]])
    words, findings = make_words(start.theme.words, *asked)
    if words:
        start.store.put("templates", [(key, msgspec.msgpack.encode((words, findings)))])
    return words, findings
