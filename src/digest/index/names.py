"""Written names to one tag or entity each.

Names that differ only in case, spacing or accents are the same thing; an alias or an acronym in an
entity file stands for the entity. The spelling shown is the one that the file gives, else the one
used most, ties in code point order.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from digest.diagnostics import Diagnostic, Span, error, nearest, warning
from digest.enrich.names import is_too_common
from digest.index.loops import find_loops
from digest.model.records import Article, Entity
from digest.urls import term_fault, term_slug


class Use(msgspec.Struct):
    """How often a name is written, and the article in which it stands first."""

    first: Article
    count: int = 0


def count_uses(names: Iterable[tuple[Article, Iterable[str]]]) -> dict[str, Use]:
    """Return how often each name is used, in the order of their first use.

    A site uses few names often, so what follows looks at each of them once.
    """
    uses: dict[str, Use] = {}
    for article, own in names:
        for name in own:
            use = uses.get(name)
            if use is None:
                use = uses[name] = Use(article)
            use.count += 1
    return uses


class Spellings:
    """Counts how names with one slug are written, and where each spelling stands first."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = {}
        self.places: dict[tuple[str, str], Span] = {}

    def add(self, slug: str, name: str, use: "Use", field: str) -> None:
        """Note how often a name is used, and the field in which it stands first."""
        self.counts.setdefault(slug, Counter())[name] += use.count
        self.places.setdefault((slug, name), use.first.span(field))

    def shown(self, slug: str) -> str:
        """Return the spelling to show."""
        counter = self.counts[slug]
        return min(counter, key=lambda name: (-counter[name], name))

    def findings(self, what: str) -> Iterable[Diagnostic]:
        """Yield a warning for every spelling that is not the one shown."""
        for slug, counter in self.counts.items():
            if len(counter) > 1:
                shown = self.shown(slug)
                for name in sorted(counter.keys() - {shown}):
                    message = f"the {what} '{name}' is the same as '{shown}'"
                    span = self.places[slug, name]
                    yield warning(f"{what}-spelling", message, span, f"write '{shown}'")


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """Return what names that differ only in case, spacing, hyphens or accents have in common.

    Accents count as such on Latin letters alone; in other scripts marks tell words apart. Digits
    stay apart: Local 22-6 is not Local 226.
    """
    slug = term_slug(name)
    if not slug.isascii():
        bare = re.sub("(?<=[a-z])[\u0300-\u036f]+", "", unicodedata.normalize("NFD", slug))
        slug = unicodedata.normalize("NFC", bare)
    return re.sub(r"(?<!\d)-|-(?!\d)", "", slug)


class EntityNames(msgspec.Struct, frozen=True):
    """What leads to an entity.

    Attributes:
        by_slug: Entity files by their own slug.
        slugs: Own slug by the key of any name.
    """

    by_slug: dict[str, Entity]
    slugs: dict[str, str]

    def slug(self, name: str) -> str:
        """Return the slug of the entity that a name stands for; empty if it can have none."""
        return self.slugs.get(name_key(name)) or term_slug(name)

    def known(self, name: str) -> str:
        """Return the slug of the entity that a name stands for, or an empty string."""
        return self.slugs.get(name_key(name), "")


def names_of(entity: Entity) -> tuple[str, ...]:
    """Return the name, the acronym and the aliases that the file of an entity gives."""
    acronym = (entity.acronym,) if entity.acronym else ()
    return tuple(dict.fromkeys((entity.name, *acronym, *entity.aliases)))


def name_entities(
    entities: Iterable[Entity], *, incomplete: bool = False
) -> tuple[EntityNames, tuple[Diagnostic, ...]]:
    """Return the names of the entity files; a name claimed twice is an error naming both files.

    Nothing is said of names without a file where the files are `incomplete`.

    Codes: `entity-twice`, `alias-twice`, `entity-unknown`, `entity-loop`, `alias-common`.
    """
    by_slug: dict[str, Entity] = {}
    owners: dict[str, Entity] = {}
    findings: list[Diagnostic] = []
    ordered = sorted(entities, key=lambda entity: entity.path)
    for entity in ordered:
        first = owners.setdefault(name_key(entity.name), entity)
        by_slug.setdefault(entity.slug, entity)
        if first is not entity:
            message = f"'{entity.name}' has the same URL as '{first.name}' in {first.path}"
            findings.append(error("entity-twice", message, entity.span("name"), "keep one file"))
    for entity in ordered:
        for alias in names_of(entity)[1:]:
            owner = owners.setdefault(name_key(alias), entity)
            if owner is not entity:
                message = f"the alias '{alias}' belongs to '{owner.name}' in {owner.path}"
                span = entity.span(_field_of(alias, entity))
                findings.append(error("alias-twice", message, span, "keep it in one file"))
        findings += _common_names(entity)
    names = EntityNames(by_slug, {key: owner.slug for key, owner in owners.items()})
    if not incomplete:
        findings += _unknown_relations(ordered, names)
    findings += find_loops(ordered, names.known)
    return names, tuple(findings)


def _field_of(name: str, entity: Entity) -> str:
    """Return the field of an entity's file that gives a name."""
    if name == entity.name:
        return "name"
    return "aliases" if name in entity.aliases else "acronym"


def _common_names(entity: Entity) -> Iterable[Diagnostic]:
    """Yield a warning for every name that says too little to be looked for in texts."""
    for name in names_of(entity) if entity.mentions else ():
        if is_too_common(name):
            message = f"'{name}' is too common a word to be looked for in texts"
            field = _field_of(name, entity)
            hint = "write mentions: false, and the name in the entities of its articles"
            if field != "name":
                hint = "take it out, or write mentions: false if no name is to be looked for"
            yield warning("alias-common", message, entity.span(field), hint)


def _unknown_relations(entities: list[Entity], names: EntityNames) -> Iterable[Diagnostic]:
    """Yield an error for every `member_of` and `parent` that names no entity file."""
    for entity in entities:
        related = [("member_of", name) for name in entity.member_of]
        related += [("parent", entity.parent)] if entity.parent else []
        for field, name in related:
            if names.slug(name) not in names.by_slug:
                close = nearest(name, (other.name for other in entities))
                hint = f"did you mean '{close}'?" if close else "add a file for it"
                message = f"'{field}' names '{name}', which has no file"
                yield error("entity-unknown", message, entity.span(field), hint)


def unusable_names(articles: Iterable[Article]) -> Iterable[Diagnostic]:
    """Yield an error for every tag or entity whose name cannot stand in a URL."""
    checked: dict[str, str] = {}
    for article in articles:
        uses = [("tags", name) for name in article.tags]
        uses += [("entities", named.name) for named in article.entities]
        for field, name in uses:
            if name not in checked:
                checked[name] = term_fault(term_slug(name))
            if checked[name]:
                message = f"'{name[:80]}' makes no URL: {checked[name]}"
                yield error("slug", message, article.span(field), "choose another name")
