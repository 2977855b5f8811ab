"""Written names to one tag or entity each.

Names with the same slug are the same thing, however they are written; an alias or an acronym in an
entity file stands for the entity. The spelling shown is the one that the file gives, else the one
used most, ties in code point order.
"""

from collections import Counter
from collections.abc import Iterable

import msgspec

from digest.diagnostics import Diagnostic, Span, error, nearest, warning
from digest.model.records import Article, Entity
from digest.urls import term_fault, term_slug


class Spellings:
    """Counts how names with one slug are written, and where each spelling stands first."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = {}
        self.places: dict[tuple[str, str], Span] = {}

    def add(self, slug: str, name: str, span: Span) -> None:
        """Note one use."""
        counter = self.counts.setdefault(slug, Counter())
        if name not in counter:
            self.places[slug, name] = span
        counter[name] += 1

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


class EntityNames(msgspec.Struct, frozen=True):
    """What leads to an entity with a file: slugs of its name, aliases and acronym.

    Attributes:
        by_slug: Entity files by their own slug.
        slugs: Own slug by the slug of any name.
    """

    by_slug: dict[str, Entity]
    slugs: dict[str, str]

    def slug(self, name: str) -> str:
        """Return the slug of the entity that a name stands for; empty if it can have none."""
        slug = term_slug(name)
        return self.slugs.get(slug, slug)


def name_entities(
    entities: Iterable[Entity], *, incomplete: bool = False
) -> tuple[EntityNames, tuple[Diagnostic, ...]]:
    """Return the names of the entity files; a name claimed twice is an error naming both files.

    Nothing is said of names without a file where the files are `incomplete`.

    Codes: `entity-twice`, `alias-twice`, `entity-unknown`.
    """
    by_slug: dict[str, Entity] = {}
    owners: dict[str, Entity] = {}
    findings: list[Diagnostic] = []
    ordered = sorted(entities, key=lambda entity: entity.path)
    for entity in ordered:
        first = by_slug.setdefault(entity.slug, entity)
        owners[entity.slug] = first
        if first is not entity:
            message = f"'{entity.name}' has the same URL as '{first.name}' in {first.path}"
            findings.append(error("entity-twice", message, entity.span("name"), "keep one file"))
    for entity in ordered:
        for alias in (*entity.aliases, *((entity.acronym,) if entity.acronym else ())):
            owner = owners.setdefault(term_slug(alias), entity)
            if owner is not entity:
                message = f"the alias '{alias}' belongs to '{owner.name}' in {owner.path}"
                span = entity.span("aliases" if alias in entity.aliases else "acronym")
                findings.append(error("alias-twice", message, span, "keep it in one file"))
    names = EntityNames(by_slug, {slug: owner.slug for slug, owner in owners.items()})
    if not incomplete:
        findings += _unknown_relations(ordered, names)
    return names, tuple(findings)


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
