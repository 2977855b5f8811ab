"""Which articles belong with one, and why.

Candidates are the nearest few in each storyline, entity and tag of the article, older and newer,
so the work for an article does not grow with the site, and a new article changes few pages.
"""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import repeat

import msgspec

from digest.model.records import Article

NEAR = 3
"""How many articles before and after one are looked at in each list."""

_MOST = 5


class Reason(msgspec.Struct, frozen=True, order=True, gc=False):
    """What two articles share.

    Attributes:
        weight: 4 for a storyline, 2 for an entity, 1 for a tag.
        kind: `storyline`, `entity` or `tag`.
        slug: Slug of the shared thing.
    """

    weight: int
    kind: str
    slug: str


ReasonKey = tuple[int, str, str]
"""Weight, kind and slug of a reason."""


class Related(msgspec.Struct, frozen=True, gc=False):
    """An article that belongs with another, with all that the two share, weightiest first."""

    article: Article
    reasons: tuple[Reason, ...]


class Membership(msgspec.Struct, frozen=True):
    """The lists that articles stand in; articles and reasons are numbers here, for speed.

    Attributes:
        known: Every reason, by number.
        reasons: Numbers of the reasons of each article.
        places: Where the article stands in the list of each of its reasons.
        lists: Articles by reason, ascending.
    """

    known: tuple[Reason, ...]
    reasons: tuple[tuple[int, ...], ...]
    places: tuple[tuple[int, ...], ...]
    lists: tuple[tuple[int, ...], ...]


def make_membership(reasons: Iterable[tuple[ReasonKey, ...]]) -> Membership:
    """Return the lists for the reasons of each article, given in the order of articles."""
    numbers: dict[ReasonKey, int] = {}
    lists: list[list[int]] = []
    own_numbers: list[tuple[int, ...]] = []
    own_places: list[tuple[int, ...]] = []
    for position, own in enumerate(reasons):
        found = tuple([numbers.setdefault(reason, len(numbers)) for reason in own])
        lists += [[] for _ in range(len(numbers) - len(lists))]
        own_numbers.append(found)
        own_places.append(tuple([len(lists[number]) for number in found]))
        for number in found:
            lists[number].append(position)
    return Membership(
        tuple(Reason(*key) for key in numbers),
        tuple(own_numbers),
        tuple(own_places),
        tuple(map(tuple, lists)),
    )


def find_related(
    position: int, articles: tuple[Article, ...], membership: Membership
) -> tuple[Related, ...]:
    """Return up to five articles, the one that shares most first, then the nearest.

    How near is counted in candidates, so that articles which share nothing change nothing.
    """
    own, reasons = membership.reasons[position], membership.reasons
    known = membership.known
    weights = {number: known[number].weight for number in own}
    candidates: set[int] = set()
    for number, place in zip(own, membership.places[position], strict=True):
        members = membership.lists[number]
        candidates.update(members[max(0, place - NEAR) : place + 1 + NEAR])
    candidates.discard(position)
    ordered = sorted(candidates)
    here = bisect_left(ordered, position)
    shared = [sum(map(weights.get, reasons[other], repeat(0))) for other in ordered]
    ranked = sorted(
        [
            (-weight, here - place if place < here else place - here + 1, other)
            for place, (other, weight) in enumerate(zip(ordered, shared, strict=True))
        ]
    )
    return tuple(
        Related(
            articles[other],
            tuple(sorted([known[n] for n in reasons[other] if n in weights], key=_by_weight)),
        )
        for _, _, other in ranked[:_MOST]
    )


def _by_weight(reason: Reason) -> tuple[int, str, str]:
    return (-reason.weight, reason.kind, reason.slug)
