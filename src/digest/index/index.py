"""Articles and entity files to an `Index`: the answer to every question about the whole site."""

from collections.abc import Iterable

from digest.diagnostics import Diagnostic, error, has_errors
from digest.index.checks import check_files
from digest.index.names import EntityNames, Spellings, count_uses, name_key, unusable_names
from digest.index.naming import Naming, resolve_names
from digest.index.records import ANY_TAG, NO_EVIDENCE, Evidence, Index, Part, Term
from digest.index.related import ReasonKey, make_membership
from digest.index.stories import Stories, make_stories
from digest.index.vocabulary import Vocabulary, check_tags
from digest.model.records import Article, Entity, Status, Storyline

# An article that names hundreds of entities is related to others by the first of them.
_MOST_RELATED = 40


def build_index(  # noqa: PLR0913 one parameter for each thing a site is made of
    articles: Iterable[Article],
    entities: Iterable[Entity],
    *,
    storylines: Iterable[Storyline] = (),
    naming: Naming | None = None,
    evidence: Evidence = NO_EVIDENCE,
    vocabulary: Vocabulary = ANY_TAG,
    files_required: bool = False,
    incomplete: bool = False,
) -> tuple[Index | None, tuple[Diagnostic, ...]]:
    """Return the index, or None where names make it impossible, and findings.

    Args:
        articles: The articles on the site, by date and then id.
        entities: The entity files, in any order.
        storylines: The storyline files, in any order.
        naming: How names lead to entities, if that is known already.
        evidence: What was found in the texts.
        vocabulary: What written tags stand for.
        files_required: Whether an entity without a file is an error.
        incomplete: Whether some files could not be read: then nothing is said of missing ones.

    Codes: `duplicate-id`, `slug`, `tag-spelling`, `entity-spelling`, and those of what it calls.
    """
    everything = tuple(articles)
    naming = naming or resolve_names(entities, everything, evidence.extracts, incomplete=incomplete)
    findings = (*naming.diagnostics, *_same_ids(everything), *unusable_names(everything))
    findings += (*check_tags(everything, vocabulary),)
    if has_errors(findings):
        return None, findings
    listed = tuple(item for item in everything if item.status is not Status.UNLISTED)
    stories, found = make_stories(storylines, listed, naming.names)
    if has_errors(found):
        return None, (*findings, *found)
    index, spelling = _make_index(everything, listed, naming, stories, evidence, vocabulary)
    findings += (*found, *spelling)
    if not incomplete:
        findings += tuple(check_files(everything, naming.names, required=files_required))
    return index, findings


def _make_index(
    everything: tuple[Article, ...],
    listed: tuple[Article, ...],
    naming: Naming,
    stories: Stories,
    evidence: Evidence,
    vocabulary: Vocabulary,
) -> tuple[Index, tuple[Diagnostic, ...]]:
    """Return the index, and findings about spellings."""
    names = naming.names
    named = {item.path: _parts(item, names, evidence) for item in everything}
    tag_names, entity_names = _spellings(listed, names, vocabulary)
    entities = _entities(listed, naming, named)
    unlisted = tuple(item for item in everything if item.status is Status.UNLISTED)
    parts = named | {
        item.path: tuple(part for part in named[item.path] if part.slug in entities)
        for item in unlisted
    }
    index = Index(
        articles=listed,
        unlisted=unlisted,
        positions={article.id: place for place, article in enumerate(listed)},
        tags=_tags(listed, tag_names, vocabulary),
        entities=entities,
        names=names,
        membership=make_membership(
            _reasons(article, parts[article.path], stories, vocabulary) for article in listed
        ),
        timeline=_timeline(listed),
        members=_members(names),
        parts=parts,
        stories=stories,
        vocabulary=vocabulary,
        evidence=evidence,
        naming=naming,
    )
    return index, (*tag_names.findings("tag"), *entity_names.findings("entity"))


def _parts(article: Article, names: EntityNames, evidence: Evidence) -> tuple[Part, ...]:
    """Return the entities of an article: those declared in the order written, then those found.

    One that is named with a role and without has the role.
    """
    written = [Part(names.slug(item.name), item.role) for item in article.entities]
    cast = {part.slug for part in written if part.role}
    found = dict.fromkeys(part for part in written if part.role or part.slug not in cast)
    declared = {part.slug for part in found}
    mentions = evidence.mentions.get(article.path, ())
    found |= {Part(item.slug, found=True): None for item in mentions if item.slug not in declared}
    return tuple(found)


def _spellings(
    listed: tuple[Article, ...], names: EntityNames, vocabulary: Vocabulary
) -> tuple[Spellings, Spellings]:
    """Return how tags and entities are written; the file or the vocabulary settles a spelling."""
    tag_names, entity_names = Spellings(), Spellings()
    for name, use in count_uses((item, item.tags) for item in listed).items():
        slug = vocabulary.slug(name)
        rule = vocabulary.rules.get(slug)
        tag_names.add(slug, rule.label if rule else name, use, "tags")
    written = ((item, [named.name for named in item.entities]) for item in listed)
    for name, use in count_uses(written).items():
        slug = names.slug(name)
        if slug not in names.by_slug:
            entity_names.add(slug, name, use, "entities")
    return tag_names, entity_names


def _same_ids(articles: tuple[Article, ...]) -> Iterable[Diagnostic]:
    first: dict[str, Article] = {}
    for article in sorted(articles, key=lambda item: item.path):
        owner = first.setdefault(article.id, article)
        if owner is not article:
            message = f"the id '{article.id}' is also that of {owner.path}"
            hint = "give one of the two another id: feeds know an article by it"
            yield error("duplicate-id", message, article.span("id"), hint)


def _tags(
    listed: tuple[Article, ...], spellings: Spellings, vocabulary: Vocabulary
) -> dict[str, Term]:
    found: dict[str, list[Article]] = {slug: [] for slug in sorted(spellings.counts)}
    for article in listed:
        for slug in dict.fromkeys(map(vocabulary.slug, article.tags)):
            found[slug].append(article)
    return {slug: Term(slug, spellings.shown(slug), tuple(own)) for slug, own in found.items()}


def _entities(
    listed: tuple[Article, ...], naming: Naming, parts: dict[str, tuple[Part, ...]]
) -> dict[str, Term]:
    files = naming.names.by_slug
    found: dict[str, list[Article]] = {slug: [] for slug in files}
    for article in listed:
        for slug in dict.fromkeys(part.slug for part in parts[article.path]):
            found.setdefault(slug, []).append(article)
    terms: dict[str, Term] = {}
    for slug, own in sorted(found.items()):
        entity, defined = files.get(slug), naming.defined.get(slug)
        name = entity.name if entity else defined.name if defined else naming.shown[slug]
        terms[slug] = Term(slug, name, tuple(own), entity, defined)
    return terms


def _reasons(
    article: Article, parts: tuple[Part, ...], stories: Stories, vocabulary: Vocabulary
) -> tuple[ReasonKey, ...]:
    titles = ((stories.slugs.get(name_key(name)), name) for name in article.storylines)
    found = [(4, "storyline", slug or name_key(name)) for slug, name in titles]
    found += [(2, "entity", part.slug) for part in parts[:_MOST_RELATED]]
    found += [(1, "tag", vocabulary.slug(name)) for name in article.tags]
    return tuple(dict.fromkeys(found))


def _timeline(listed: tuple[Article, ...]) -> dict[str, dict[str, tuple[Article, ...]]]:
    years: dict[str, dict[str, list[Article]]] = {}
    for article in sorted(listed, key=lambda item: (item.event_date.key, item.id)):
        when = article.event_date
        years.setdefault(when.year, {}).setdefault(when.month, []).append(article)
    return {
        year: {month: tuple(own) for month, own in sorted(months.items())}
        for year, months in sorted(years.items())
    }


def _members(names: EntityNames) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for slug, entity in sorted(names.by_slug.items()):
        above = (*entity.member_of, *((entity.parent,) if entity.parent else ()))
        for name in dict.fromkeys(map(names.slug, above)):
            found.setdefault(name, []).append(slug)
    return {slug: tuple(own) for slug, own in found.items()}
