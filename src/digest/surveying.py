"""What the stages find out that look at the content: of each document, then of all together.

A process that does this again and again hands in what it found out the time before: a document that
is still the same is not even taken from the cache, and the index is made anew only where something
changes that it is made of. An edit of the words of a text mostly does not.
"""

import msgspec

from digest.config.records import NameSettings, TagRule
from digest.diagnostics import Diagnostic, has_errors
from digest.executor import Jobs, core_count
from digest.index.checks import check_sources
from digest.index.index import build_index
from digest.index.naming import Naming, resolve_names
from digest.index.publication import leave_out_replaced, split_published
from digest.index.records import Evidence, Index
from digest.index.vocabulary import make_vocabulary
from digest.mentions import NO_MENTIONS, Mentions, Search, find_mentions
from digest.model.findings import Definition
from digest.model.held import Held
from digest.model.records import Article, Entity, Storyline
from digest.reading import Content, Sources, read_content
from digest.start import Progress, Start

_PATIENCE = 20
"""Seconds that workers may be silent beyond four times what one article's Markdown may take."""


class Facts(msgspec.Struct, frozen=True):
    """What an index is made of, beside the slugs of the entities that each text names."""

    articles: tuple[Article, ...]
    entities: tuple[Entity, ...]
    storylines: tuple[Storyline, ...]
    definitions: dict[str, tuple[Definition, ...]]
    names: NameSettings
    tags: tuple[TagRule, ...]
    files_required: bool
    incomplete: bool


class Survey(msgspec.Struct, frozen=True):
    """What was found out.

    Attributes:
        held: Articles that are held back, by path.
        index: The index, or None where names make one impossible.
        mentions: What was found in each article.
        indexed: Findings about the whole.
        diagnostics: The same, and what articles lack; in no order.
    """

    content: Content
    facts: Facts
    held: tuple[Held, ...]
    naming: Naming
    mentions: Mentions
    index: Index | None
    indexed: tuple[Diagnostic, ...]
    diagnostics: tuple[Diagnostic, ...]


def jobs_for(start: Start) -> Jobs:
    """Return how the work of a build is shared out."""
    patience = _PATIENCE + 4 * start.config.limits.markdown_seconds
    return Jobs(start.options.jobs or core_count(), patience)


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
    if start.options.everything:
        articles, replaced = leave_out_replaced(articles, start.clock)
        held = tuple(sorted((*held, *replaced), key=lambda item: item.path))
    facts = _facts(start, content, articles)
    same = before if before and before.facts == facts else None
    naming = same.naming if same else _resolve(facts, content)
    known = before.mentions if before else NO_MENTIONS
    mentions = _find_mentions(start, content, (naming, articles), known)
    evidence = Evidence(content.extracts, mentions.decoded)
    if same and same.index and same.mentions.same_entities(mentions):
        index: Index | None = msgspec.structs.replace(same.index, evidence=evidence)
        findings = same.indexed
    else:
        index, findings = _index(facts, naming, evidence)
    lacks: tuple[Diagnostic, ...] = ()
    if sound and not has_errors(findings):
        required = start.config.sources_required
        found = check_sources(articles, content.extracts, content.bodies, required=required)
        lacks = tuple(found)
    return Survey(content, facts, held, naming, mentions, index, findings, (*findings, *lacks))


def _facts(start: Start, content: Content, articles: tuple[Article, ...]) -> Facts:
    return Facts(
        articles,
        content.entities,
        content.storylines,
        {path: extract.definitions for path, extract in content.extracts.items()},
        start.config.entities,
        start.config.tags,
        start.options.strict,
        bool(content.broken),
    )


def _resolve(facts: Facts, content: Content) -> Naming:
    """Return how names lead to entities."""
    return resolve_names(
        facts.entities, facts.articles, content.extracts, incomplete=facts.incomplete
    )


def _find_mentions(
    start: Start, content: Content, whose: tuple[Naming, tuple[Article, ...]], known: Mentions
) -> Mentions:
    """Return the names in the texts, none where the settings do not want them looked for."""
    naming, articles = whose
    if not start.config.entities.mentions or has_errors(naming.diagnostics):
        return NO_MENTIONS
    work = (start.store, jobs_for(start))
    return find_mentions(Search(naming, articles, start.engine), content, work, known)


def _index(
    facts: Facts, naming: Naming, evidence: Evidence
) -> tuple[Index | None, tuple[Diagnostic, ...]]:
    """Return the index, and findings."""
    return build_index(
        facts.articles,
        facts.entities,
        storylines=facts.storylines,
        naming=naming,
        evidence=evidence,
        vocabulary=make_vocabulary(facts.tags),
        files_required=facts.files_required,
        incomplete=facts.incomplete,
    )
