"""Statements by the entity that made them."""

import msgspec

from digest.index.names import name_key
from digest.index.records import Index
from digest.model.findings import Quote
from digest.model.records import Article, EntityKind


class Said(msgspec.Struct, frozen=True):
    """A statement and the article that quotes it."""

    quote: Quote
    article: Article


def quotes_by_speaker(index: Index) -> dict[str, tuple[Said, ...]]:
    """Return statements by slug of the speaker, by date of their articles.

    A speaker counts only where the name leads to an entity of that article. A surname alone does so
    where one person of the article has it.
    """
    found: dict[str, list[Said]] = {}
    for article in index.articles:
        extract = index.evidence.extracts.get(article.path)
        for quote in extract.quotes if extract else ():
            slug = _speaker(quote.speaker, article, index)
            if slug:
                found.setdefault(slug, []).append(Said(quote, article))
    return {slug: tuple(own) for slug, own in found.items()}


def _speaker(name: str, article: Article, index: Index) -> str:
    slugs = {part.slug for part in index.parts_of(article)}
    local = {name_key(item.text): item.slug for item in index.naming.local.get(article.path, ())}
    slug = local.get(name_key(name)) or index.names.known(name)
    if slug:
        return slug if slug in slugs else ""
    people = [slug for slug in slugs if _has_surname(index, slug, name)]
    return people[0] if len(people) == 1 else ""


def _has_surname(index: Index, slug: str, name: str) -> bool:
    entity = index.entities[slug].entity
    if entity is None or entity.kind is not EntityKind.PERSON or " " in name:
        return False
    return entity.name.endswith(f" {name}")
