"""Which entities appear together, and in which roles."""

import math
from collections import Counter

import msgspec

from digest.index.records import Index, Term
from digest.model.records import Article

# An article that lists hundreds of names says little of any two of them.
_MOST_PARTS = 60
_MOST_SHOWN = 20
_MOST_PAIRS = 3
_MOST_ARTICLES = 5


class Near(msgspec.Struct, frozen=True):
    """An entity that appears with another.

    Attributes:
        count: Number of articles that name both.
        pairs: Roles, its own first, with the number of articles; the most frequent ones.
        articles: The newest of the articles, newest first.
    """

    slug: str
    count: int
    pairs: tuple[tuple[str, str, int], ...]
    articles: tuple[Article, ...]


def find_near(term: Term, index: Index) -> tuple[Near, ...]:
    """Return the entities that appear most closely with one, the closest first.

    An entity that is in every article is close to nothing: the count is divided by the square root
    of the other's own (Ochiai's coefficient, 1957, without the part that all of them share). The
    work is bounded by the number of names in the articles of the term.
    """
    counts: Counter[str] = Counter()
    roles: dict[str, Counter[tuple[str, str]]] = {}
    newest: dict[str, list[Article]] = {}
    for article in reversed(term.articles):
        parts = index.parts_of(article)[:_MOST_PARTS]
        own = [part.role for part in parts if part.slug == term.slug and part.role]
        for slug in {part.slug for part in parts} - {term.slug}:
            counts[slug] += 1
            articles = newest.setdefault(slug, [])
            if len(articles) < _MOST_ARTICLES:
                articles.append(article)
        for part in parts if own else ():
            if part.role and part.slug != term.slug:
                pairs = roles.setdefault(part.slug, Counter())
                pairs.update((role, part.role) for role in own)
    ranked = sorted(counts, key=lambda slug: (-_weight(counts[slug], index.entities[slug]), slug))
    return tuple(
        Near(slug, counts[slug], _most(roles.get(slug, Counter())), tuple(newest[slug]))
        for slug in ranked[:_MOST_SHOWN]
    )


def _weight(count: int, other: Term) -> float:
    return count / math.sqrt(max(count, len(other.articles)))


def _most(pairs: Counter[tuple[str, str]]) -> tuple[tuple[str, str, int], ...]:
    ordered = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    return tuple((own, other, count) for (own, other), count in ordered[:_MOST_PAIRS])
