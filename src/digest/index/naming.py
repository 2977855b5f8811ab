"""Who is known by which name: entity files, names that articles declare, definitions in texts."""

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from digest.diagnostics import Diagnostic
from digest.enrich.names import Name, is_acronym
from digest.index.names import (
    EntityNames,
    Spellings,
    count_uses,
    name_entities,
    name_key,
    names_of,
)
from digest.model.findings import Definition, Extract
from digest.model.records import Article, Entity, Status
from digest.urls import term_fault, term_slug


class Defined(msgspec.Struct, frozen=True):
    """An entity without a file that texts define, with its short forms, A to Z."""

    name: str
    shorts: tuple[str, ...]


class Naming(msgspec.Struct, frozen=True):
    """How names lead to entities.

    Attributes:
        names: Names that hold on the whole site.
        local: Names that hold in one article alone, by its path.
        defined: Entities that texts define, by slug.
        shown: The spelling to show of declared entities without a file, by slug.
        diagnostics: Findings about entity files.
    """

    names: EntityNames
    local: dict[str, tuple[Name, ...]]
    defined: dict[str, Defined]
    shown: dict[str, str]
    diagnostics: tuple[Diagnostic, ...] = ()

    def searched(self) -> tuple[Name, ...]:
        """Return every name to look for in texts, in a fixed order."""
        found = [
            Name(text, slug)
            for slug, entity in self.names.by_slug.items()
            if entity.mentions
            for text in names_of(entity)
        ]
        found += [Name(text, slug) for slug, text in self.shown.items()]
        found += [Name(item.name, slug) for slug, item in self.defined.items()]
        return tuple(sorted(set(found)))


def resolve_names(
    entities: Iterable[Entity],
    articles: Iterable[Article],
    extracts: Mapping[str, Extract],
    *,
    incomplete: bool = False,
) -> Naming:
    """Return how names lead to entities; the order of the input does not matter.

    Args:
        entities: The entity files.
        articles: The articles on the site; unlisted ones may use names but make none.
        extracts: What was found in each text, by path.
        incomplete: Whether some files could not be read.
    """
    names, findings = name_entities(entities, incomplete=incomplete)
    everything = tuple(articles)
    listed = [item for item in everything if item.status is not Status.UNLISTED]
    shown = _declared(listed, names)
    known = EntityNames(
        names.by_slug, names.slugs | {name_key(name): slug for slug, name in shown.items()}
    )
    titles = {slug: entity.name for slug, entity in names.by_slug.items()} | shown
    used = [(item, extracts[item.path].definitions) for item in everything if item.path in extracts]
    fresh = [
        definition
        for item, definitions in used
        if item.status is not Status.UNLISTED
        for definition in definitions
        if not _meant(definition, known, titles)
    ]
    defined = _defined(fresh)
    slugs = known.slugs | {name_key(item.name): slug for slug, item in defined.items()}
    final = EntityNames(names.by_slug, slugs)
    local = {item.path: _local(definitions, known, final, titles) for item, definitions in used}
    return Naming(
        final, {path: own for path, own in local.items() if own}, defined, shown, findings
    )


def _declared(articles: Iterable[Article], names: EntityNames) -> dict[str, str]:
    """Return the spelling to show of each declared name without a file, by its slug."""
    spellings = Spellings()
    uses = count_uses((item, [named.name for named in item.entities]) for item in articles)
    for name, use in uses.items():
        if not names.known(name):
            spellings.add(name_key(name), name, use, "entities")
    found = (spellings.shown(key) for key in sorted(spellings.counts))
    return {term_slug(name): name for name in found}


def _meant(definition: Definition, known: EntityNames, titles: Mapping[str, str]) -> str:
    """Return the slug of the known entity that a definition is about, or an empty string.

    The long form decides. A short form that is known decides only where nothing speaks against it:
    other bodies have the same initials.
    """
    long = known.known(definition.long)
    if long:
        return long
    short = known.known(definition.short)
    if not short:
        return ""
    entity = known.by_slug.get(short)
    written = names_of(entity) if entity else (titles[short],)
    spelled = [name for name in written if not is_acronym(name)]
    alike = not spelled or any(_share_words(definition.long, name) for name in spelled)
    return short if alike else ""


def _share_words(one: str, two: str) -> bool:
    """Return whether at least half of the capitalised words of a name stand in another."""
    first = {name_key(word) for word in one.split() if word[0].isupper()}
    second = {name_key(word) for word in two.replace("-", " ").split()}
    return 2 * len(first & second) >= len(first)


def _defined(definitions: Iterable[Definition]) -> dict[str, Defined]:
    """Return the entities that definitions make, by slug; the spelling used most is shown."""
    longs: dict[str, Counter[str]] = {}
    shorts: dict[str, set[str]] = {}
    for item in definitions:
        if not term_fault(term_slug(item.long)):
            key = name_key(item.long)
            longs.setdefault(key, Counter())[item.long] += 1
            shorts.setdefault(key, set()).add(item.short)
    found: dict[str, Defined] = {}
    for key, counter in sorted(longs.items()):
        name = min(counter, key=lambda text: (-counter[text], text))
        found[term_slug(name)] = Defined(name, tuple(sorted(shorts[key])))
    return found


def _local(
    definitions: Iterable[Definition],
    known: EntityNames,
    final: EntityNames,
    titles: Mapping[str, str],
) -> tuple[Name, ...]:
    """Return the names that the definitions of one article give to entities."""
    found: dict[Name, None] = {}
    for item in definitions:
        slug = _meant(item, known, titles) or final.known(item.long)
        if slug and getattr(final.by_slug.get(slug), "mentions", True):
            found[Name(item.long, slug)] = None
            found[Name(item.short, slug)] = None
    return tuple(sorted(found))
