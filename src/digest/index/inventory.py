"""What a site has, one row for each thing: entities, tags, mentions."""

from collections import Counter

import msgspec

from digest.index.records import Index
from digest.model.records import EntityKind


class EntityRow(msgspec.Struct, frozen=True):
    """An entity.

    Attributes:
        file: Path of its file, or empty.
        declared: Number of listed articles whose front matter names it.
        found: Number of those whose text alone does.
    """

    slug: str
    name: str
    kind: EntityKind
    file: str
    declared: int
    found: int


class TagRow(msgspec.Struct, frozen=True):
    """A tag with the number of its listed articles and the date of the newest, as written."""

    slug: str
    name: str
    articles: int
    newest: str


class MentionRow(msgspec.Struct, frozen=True):
    """An entity in an article.

    Attributes:
        article: Path of the article.
        entity: Slug of the entity.
        declared: Whether the front matter names it.
        times: How often the text does, its title included.
    """

    article: str
    entity: str
    role: str
    declared: bool
    times: int


def list_entities(index: Index) -> tuple[EntityRow, ...]:
    """Return the entities, by slug."""
    declared: Counter[str] = Counter()
    for article in index.articles:
        declared.update({part.slug for part in index.parts[article.path] if not part.found})
    return tuple(
        EntityRow(
            slug=slug,
            name=term.name,
            kind=term.kind,
            file=term.entity.path if term.entity else "",
            declared=declared[slug],
            found=len(term.articles) - declared[slug],
        )
        for slug, term in index.entities.items()
    )


def list_tags(index: Index) -> tuple[TagRow, ...]:
    """Return the tags, by slug."""
    return tuple(
        TagRow(slug, term.name, len(term.articles), term.articles[-1].date.text)
        for slug, term in index.tags.items()
    )


def list_mentions(index: Index) -> tuple[MentionRow, ...]:
    """Return the entities of every article, listed or not, by path and slug."""
    rows = []
    for path, parts in index.parts.items():
        times = {item.slug: item.count for item in index.evidence.mentions.get(path, ())}
        rows += [
            MentionRow(path, part.slug, part.role, not part.found, times.get(part.slug, 0))
            for part in parts
        ]
    return tuple(sorted(rows, key=lambda row: (row.article, row.entity, row.role)))
