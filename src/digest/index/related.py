"""Which articles belong with one, and why.

Candidates are the nearest few in each storyline, entity and tag of the article, older and newer,
so the work for an article does not grow with the site, and a new article changes few pages.
"""

from collections.abc import Iterable

import msgspec

from digest.model.records import Article

_NEAR = 3
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


class Related(msgspec.Struct, frozen=True, gc=False):
    """An article that belongs with another, with all that the two share, weightiest first."""

    article: Article
    reasons: tuple[Reason, ...]


class Membership(msgspec.Struct, frozen=True):
    """The lists that articles stand in.

    Attributes:
        reasons: Reasons by position of the article.
        lists: Positions by reason, ascending.
    """

    reasons: tuple[tuple[Reason, ...], ...]
    lists: dict[Reason, tuple[int, ...]]
    places: dict[tuple[Reason, int], int]


def make_membership(reasons: Iterable[tuple[Reason, ...]]) -> Membership:
    """Return the lists for the reasons of each article, given in the order of articles."""
    per_article = tuple(reasons)
    lists: dict[Reason, list[int]] = {}
    places: dict[tuple[Reason, int], int] = {}
    for position, own in enumerate(per_article):
        for reason in own:
            members = lists.setdefault(reason, [])
            places[reason, position] = len(members)
            members.append(position)
    return Membership(per_article, {key: tuple(value) for key, value in lists.items()}, places)


def find_related(
    position: int, articles: tuple[Article, ...], membership: Membership
) -> tuple[Related, ...]:
    """Return up to five articles, the one that shares most first, then the nearest in order."""
    own = membership.reasons[position]
    candidates: set[int] = set()
    for reason in own:
        members = membership.lists[reason]
        place = membership.places[reason, position]
        candidates.update(members[max(0, place - _NEAR) : place])
        candidates.update(members[place + 1 : place + 1 + _NEAR])
    shared = {
        other: [reason for reason in membership.reasons[other] if reason in own]
        for other in candidates
    }
    best = sorted(
        shared,
        key=lambda other: (
            -sum(reason.weight for reason in shared[other]),
            abs(other - position),
            other,
        ),
    )
    return tuple(
        Related(articles[other], tuple(sorted(shared[other], key=_by_weight)))
        for other in best[:_MOST]
    )


def _by_weight(reason: Reason) -> tuple[int, str, str]:
    return (-reason.weight, reason.kind, reason.slug)
