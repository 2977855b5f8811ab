"""Articles and entity files to an `Index`: the answer to every question about the whole site."""

from collections.abc import Iterable

import msgspec

from digest.diagnostics import Diagnostic, error
from digest.index.names import EntityNames, Spellings, name_entities, unusable_names
from digest.index.related import Membership, Reason, make_membership
from digest.model.records import Article, Entity, EntityKind, Status
from digest.urls import slugify, term_slug


class Term(msgspec.Struct, frozen=True):
    """A tag or entity with its articles.

    Attributes:
        slug: Its slug.
        name: The spelling to show.
        articles: Listed articles, by date and then id.
        entity: Its file, if it is an entity and has one.
    """

    slug: str
    name: str
    articles: tuple[Article, ...]
    entity: Entity | None = None

    @property
    def kind(self) -> EntityKind:
        """Return the kind of the entity, `other` where no file says."""
        return self.entity.kind if self.entity else EntityKind.OTHER


class Index(msgspec.Struct, frozen=True):
    """Everything that only the whole site knows.

    Attributes:
        articles: Listed articles by date and then id; an older one stands before a newer one.
        unlisted: Articles that have a page and stand on no list, by date and then id.
        positions: Place in `articles` by article id.
        tags: Tags that listed articles use, by slug, A to Z.
        entities: Entities by slug, A to Z: those with a file and those that listed articles name.
        names: How names lead to entities.
        membership: The lists that make articles related.
        timeline: Listed articles by year, then by month (empty for year precision), each by event
            date and then id.
        members: Slugs of the entities that belong to one, as member or part, by its slug.
    """

    articles: tuple[Article, ...]
    unlisted: tuple[Article, ...]
    positions: dict[str, int]
    tags: dict[str, Term]
    entities: dict[str, Term]
    names: EntityNames
    membership: Membership
    timeline: dict[str, dict[str, tuple[Article, ...]]]
    members: dict[str, tuple[str, ...]]

    def entities_of(self, article: Article) -> tuple[tuple[Term, str], ...]:
        """Return the entities of an article with their roles, in the order written."""
        pairs = dict.fromkeys((self.names.slug(item.name), item.role) for item in article.entities)
        return tuple((self.entities[slug], role) for slug, role in pairs if slug in self.entities)

    def tags_of(self, article: Article) -> tuple[Term, ...]:
        """Return the tags of an article, in the order written."""
        slugs = dict.fromkeys(map(term_slug, article.tags))
        return tuple(self.tags[slug] for slug in slugs if slug in self.tags)


def build_index(
    articles: Iterable[Article],
    entities: Iterable[Entity],
    *,
    files_required: bool = False,
    incomplete: bool = False,
) -> tuple[Index | None, tuple[Diagnostic, ...]]:
    """Return the index, or None where names make it impossible, and findings.

    Args:
        articles: The articles on the site, by date and then id.
        entities: The entity files, in any order.
        files_required: Whether an entity without a file is an error.
        incomplete: Whether some files could not be read: then nothing is said of missing ones.

    Codes: `duplicate-id`, `slug`, `tag-spelling`, `entity-spelling`, `entity-file`, and those of
    `name_entities`.
    """
    everything = tuple(articles)
    names, findings = name_entities(entities, incomplete=incomplete)
    findings += (*_same_ids(everything), *unusable_names(everything))
    if findings:
        return None, findings
    listed = tuple(item for item in everything if item.status is not Status.UNLISTED)
    tag_names, entity_names = _spellings(listed, names)
    index = Index(
        articles=listed,
        unlisted=tuple(item for item in everything if item.status is Status.UNLISTED),
        positions={article.id: place for place, article in enumerate(listed)},
        tags=_tags(listed, tag_names),
        entities=_entities(listed, entity_names, names),
        names=names,
        membership=make_membership(_reasons(article, names) for article in listed),
        timeline=_timeline(listed),
        members=_members(names),
    )
    found = [*tag_names.findings("tag"), *_entity_spellings(entity_names, names)]
    if files_required and not incomplete:
        found += _without_file(everything, names)
    return index, tuple(found)


def _spellings(listed: tuple[Article, ...], names: EntityNames) -> tuple[Spellings, Spellings]:
    """Return how tags and entities are written."""
    tag_names, entity_names = Spellings(), Spellings()
    for article in listed:
        for name in article.tags:
            tag_names.add(term_slug(name), name, article.span("tags"))
        for named in article.entities:
            entity_names.add(names.slug(named.name), named.name, article.span("entities"))
    return tag_names, entity_names


def _same_ids(articles: tuple[Article, ...]) -> Iterable[Diagnostic]:
    first: dict[str, Article] = {}
    for article in sorted(articles, key=lambda item: item.path):
        owner = first.setdefault(article.id, article)
        if owner is not article:
            message = f"the id '{article.id}' is also that of {owner.path}"
            hint = "give one of the two another id: feeds know an article by it"
            yield error("duplicate-id", message, article.span("id"), hint)


def _tags(listed: tuple[Article, ...], spellings: Spellings) -> dict[str, Term]:
    found: dict[str, list[Article]] = {slug: [] for slug in sorted(spellings.counts)}
    for article in listed:
        for slug in dict.fromkeys(map(term_slug, article.tags)):
            found[slug].append(article)
    return {slug: Term(slug, spellings.shown(slug), tuple(own)) for slug, own in found.items()}


def _entities(
    listed: tuple[Article, ...], spellings: Spellings, names: EntityNames
) -> dict[str, Term]:
    found: dict[str, list[Article]] = {
        slug: [] for slug in sorted(spellings.counts.keys() | names.by_slug.keys())
    }
    for article in listed:
        for slug in dict.fromkeys(names.slug(named.name) for named in article.entities):
            found[slug].append(article)
    terms: dict[str, Term] = {}
    for slug, own in found.items():
        entity = names.by_slug.get(slug)
        name = entity.name if entity else spellings.shown(slug)
        terms[slug] = Term(slug, name, tuple(own), entity)
    return terms


def _reasons(article: Article, names: EntityNames) -> tuple[Reason, ...]:
    found = [Reason(4, "storyline", slugify(name)) for name in article.storylines]
    found += [Reason(2, "entity", names.slug(named.name)) for named in article.entities]
    found += [Reason(1, "tag", term_slug(name)) for name in article.tags]
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


def _entity_spellings(spellings: Spellings, names: EntityNames) -> Iterable[Diagnostic]:
    """Yield spelling warnings for entities without a file; a file settles the spelling."""
    free = Spellings()
    free.places = spellings.places
    free.counts = {
        slug: counter for slug, counter in spellings.counts.items() if slug not in names.by_slug
    }
    return free.findings("entity")


def _without_file(articles: tuple[Article, ...], names: EntityNames) -> Iterable[Diagnostic]:
    seen: set[str] = set()
    for article in articles:
        for named in article.entities:
            slug = names.slug(named.name)
            if slug not in names.by_slug and slug not in seen:
                seen.add(slug)
                message = f"the entity '{named.name}' has no file"
                hint = f"add content/entities/{slug}.md with name and kind"
                yield error("entity-file", message, article.span("entities"), hint)
