"""Storylines and the articles that belong to them."""

from collections.abc import Iterable

import msgspec

from digest.diagnostics import Diagnostic, error, nearest, warning
from digest.index.names import EntityNames, name_key
from digest.model.records import Article, Storyline


class Story(msgspec.Struct, frozen=True):
    """A storyline with its listed articles, by date and then id."""

    storyline: Storyline
    articles: tuple[Article, ...]


class Stories(msgspec.Struct, frozen=True):
    """All storylines.

    Attributes:
        by_slug: Storylines by slug, A to Z.
        slugs: Slug by the key of the title.
    """

    by_slug: dict[str, Story] = {}
    slugs: dict[str, str] = {}

    def find(self, title: str) -> Story | None:
        """Return the storyline of that title, or None."""
        return self.by_slug.get(self.slugs.get(name_key(title), ""))


def make_stories(
    storylines: Iterable[Storyline], articles: Iterable[Article], names: EntityNames
) -> tuple[Stories, tuple[Diagnostic, ...]]:
    """Return the storylines with the listed articles, and findings.

    Codes: `storyline-twice`, `storyline-unknown`, `entity-file`.
    """
    slugs: dict[str, str] = {}
    found: dict[str, Storyline] = {}
    findings: list[Diagnostic] = []
    for item in sorted(storylines, key=lambda item: item.path):
        first = found.get(slugs.setdefault(name_key(item.title), item.slug))
        if first:
            message = f"'{item.title}' is also the storyline of {first.path}"
            findings.append(error("storyline-twice", message, item.span("title"), "keep one file"))
        else:
            found[item.slug] = item
            findings += _unknown_parties(item, names)
    members: dict[str, list[Article]] = {slug: [] for slug in sorted(found)}
    for article in articles:
        own = {title: slugs.get(name_key(title), "") for title in article.storylines}
        findings += (_unknown(title, article, found) for title, slug in own.items() if not slug)
        for slug in {slug for slug in own.values() if slug}:
            members[slug].append(article)
    by_slug = {slug: Story(found[slug], tuple(own)) for slug, own in members.items()}
    return Stories(by_slug, slugs), tuple(findings)


def _unknown(title: str, article: Article, found: dict[str, Storyline]) -> Diagnostic:
    close = nearest(title, (item.title for item in found.values()))
    hint = f"did you mean '{close}'?" if close else "add a file to content/storylines/"
    message = f"the storyline '{title}' has no file, so it has no page"
    return warning("storyline-unknown", message, article.span("storylines"), hint)


def _unknown_parties(item: Storyline, names: EntityNames) -> Iterable[Diagnostic]:
    for party in item.parties:
        if not names.known(party.name):
            close = nearest(party.name, (entity.name for entity in names.by_slug.values()))
            hint = f"did you mean '{close}'?" if close else "add content/entities/… for it"
            message = f"the party '{party.name}' has no file and no article names it"
            yield warning("entity-file", message, item.span("parties"), hint)
