"""What an editor may want to add to entity files, and names that may be one thing."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

import msgspec

from digest.index.alike import pairs_alike
from digest.index.names import name_key
from digest.index.records import Index, Term
from digest.model.records import EntityKind
from digest.urls import term_fault, term_slug

_FEWEST_ARTICLES = 3


class SuggestionKind(StrEnum):
    """What a suggestion proposes, in the order in which they are told."""

    ALIAS = "alias"
    """That an entity has another name."""

    ENTITY = "entity"
    """That a name should have an entity file."""

    DUPLICATE = "duplicate"
    """That two entities may be one."""

    TAG = "tag"
    """That two tags may be one."""


class Suggestion(msgspec.Struct, frozen=True):
    """A proposal.

    Attributes:
        name: The alias, the entity or the first of the two names.
        of: The entity whose alias it is, or the second of the two; else empty.
        file: The file to change or to add, or empty.
        articles: Paths of the articles that it rests on, by date.
    """

    kind: SuggestionKind
    name: str
    of: str
    file: str
    articles: tuple[str, ...]


def tell_suggestion(suggestion: Suggestion) -> str:
    """Return a suggestion as a sentence."""
    name, of, file = suggestion.name, suggestion.of, suggestion.file
    told = {
        SuggestionKind.ALIAS: f'alias: "{name}" for {of}, in {file}',
        SuggestionKind.ENTITY: f'entity: "{name}" has no file; add {file}',
        SuggestionKind.DUPLICATE: f'duplicate: "{name}" and "{of}" may be one',
        SuggestionKind.TAG: f'duplicate: the tags "{name}" and "{of}" may be one',
    }
    return told[suggestion.kind]


def make_suggestions(
    index: Index, capitalised: Mapping[str, Iterable[str]]
) -> tuple[Suggestion, ...]:
    """Return proposals by kind, then those with most articles first, then A to Z.

    `capitalised` are names that listed articles seem to hold, by path of the article.
    """
    found = [
        *_aliases(index),
        *_entities(index),
        *_unknown(index, capitalised),
        *_duplicates(index),
        *_tags(index),
    ]
    kinds = list(SuggestionKind)
    return tuple(
        sorted(found, key=lambda item: (kinds.index(item.kind), -len(item.articles), item.name))
    )


def _aliases(index: Index) -> Iterator[Suggestion]:
    """Yield the names that definitions give to entities with a file that does not have them."""
    uses: dict[tuple[str, str], dict[str, list[str]]] = {}
    for article in index.articles:
        for local in index.naming.local.get(article.path, ()):
            if local.slug in index.names.by_slug and not index.names.known(local.text):
                paths = uses.setdefault((local.slug, name_key(local.text)), {})
                paths.setdefault(local.text, []).append(article.path)
    for (slug, _), spellings in uses.items():
        name, articles = _most_used(spellings)
        entity = index.names.by_slug[slug]
        yield Suggestion(SuggestionKind.ALIAS, name, entity.name, entity.path, articles)


def _most_used(spellings: dict[str, list[str]]) -> tuple[str, tuple[str, ...]]:
    """Return the spelling that most articles have, and all articles."""
    paths = dict.fromkeys(path for own in spellings.values() for path in own)
    return min(spellings, key=lambda text: (-len(spellings[text]), text)), tuple(paths)


def _entities(index: Index) -> Iterator[Suggestion]:
    """Yield the entities that articles declare or define and that have no file."""
    for term in index.entities.values():
        if term.entity is None:
            yield _new_entity(term.name, tuple(item.path for item in term.articles))


def _new_entity(name: str, paths: tuple[str, ...]) -> Suggestion:
    file = f"content/entities/{term_slug(name)}.md"
    return Suggestion(SuggestionKind.ENTITY, name, "", file, paths)


def _unknown(index: Index, capitalised: Mapping[str, Iterable[str]]) -> Iterator[Suggestion]:
    """Yield names that nobody declares and several articles hold."""
    uses: dict[str, dict[str, list[str]]] = {}
    for article in index.articles:
        local = {name_key(name.text) for name in index.naming.local.get(article.path, ())}
        for name in sorted(capitalised.get(article.path, ())):
            key = name_key(name)
            if key not in local and not _is_known(name, index) and not term_fault(term_slug(name)):
                uses.setdefault(key, {}).setdefault(name, []).append(article.path)
    people = _surnames(index)
    known = "\n".join(index.names.slugs)
    for key, spellings in uses.items():
        name, paths = _most_used(spellings)
        if len(paths) < _FEWEST_ARTICLES:
            continue
        owners = people.get(key, [])
        if len(owners) == 1:
            kind, person = SuggestionKind.ALIAS, owners[0]
            file = person.entity.path if person.entity else ""
            yield Suggestion(kind, name, person.name, file, paths)
        elif key not in known:  # a part of a longer name is none
            yield _new_entity(name, paths)


def _is_known(name: str, index: Index) -> bool:
    """Return whether a name, or what stands behind "of" in it, leads to an entity."""
    return bool(index.names.known(name) or index.names.known(name.rpartition(" of ")[2]))


def _surnames(index: Index) -> dict[str, list[Term]]:
    """Return the people who have a file by the key of their last name."""
    found: dict[str, list[Term]] = {}
    for term in index.entities.values():
        if term.kind is EntityKind.PERSON and " " in term.name:
            found.setdefault(name_key(term.name.split()[-1]), []).append(term)
    return found


def _duplicates(index: Index) -> Iterator[Suggestion]:
    """Yield pairs of entities with nearly one name, unless both have a file."""
    terms = {term.name: term for term in index.entities.values()}
    for one, other in pairs_alike(terms):
        if terms[one].entity is None or terms[other].entity is None:
            first, second = sorted((terms[one], terms[other]), key=lambda item: bool(item.entity))
            yield _pair(SuggestionKind.DUPLICATE, first, second)


def _tags(index: Index) -> Iterator[Suggestion]:
    """Yield pairs of tags with nearly one name, unless `site.toml` has settled the tags."""
    terms = {} if index.vocabulary.slugs else {term.name: term for term in index.tags.values()}
    for one, other in pairs_alike(terms):
        yield _pair(SuggestionKind.TAG, terms[one], terms[other])


def _pair(kind: SuggestionKind, one: Term, other: Term) -> Suggestion:
    paths = dict.fromkeys(item.path for term in (one, other) for item in term.articles)
    file = other.entity.path if other.entity else ""
    return Suggestion(kind, one.name, other.name, file, tuple(paths))
