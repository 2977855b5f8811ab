from typing import Any

import pytest

from digest.index.index import build_index
from digest.index.related import find_related, make_membership
from digest.model.records import Article
from domain import an_article, in_order


def related(articles: tuple[Article, ...], name: str) -> list[tuple[str, list[str]]]:
    """Return the related articles of one, with what they share."""
    index, findings = build_index(articles, ())
    assert index is not None, findings
    found = find_related(index.positions[name], index.articles, index.membership)
    return [
        (item.article.id, [f"{reason.kind} {reason.slug}" for reason in item.reasons])
        for item in found
    ]


def test_an_article_that_shares_nothing_has_no_relation() -> None:
    articles = in_order(an_article("a", tags=("x",)), an_article("b", tags=("y",)), an_article("c"))
    assert [related(articles, name) for name in "abc"] == [[], [], []]


def test_a_storyline_weighs_more_than_an_entity_and_an_entity_more_than_a_tag() -> None:
    fields: dict[str, Any] = {"tags": ("t",), "entities": ("e",), "storylines": ("s",)}
    articles = in_order(
        an_article("m", **fields),
        an_article("tag", tags=("t",)),
        an_article("entity", entities=("e",)),
        an_article("story", storylines=("s",)),
        an_article("entity-tag", entities=("e",), tags=("t",)),
    )
    assert related(articles, "m") == [
        ("story", ["storyline s"]),
        ("entity-tag", ["entity e", "tag t"]),
        ("entity", ["entity e"]),
        ("tag", ["tag t"]),
    ]


def test_among_equals_the_nearest_comes_first_and_the_older_before_the_newer() -> None:
    articles = tuple(an_article(f"a{day}", f"2023-07-0{day}", tags=("t",)) for day in range(1, 8))
    assert [name for name, _ in related(articles, "a4")] == ["a3", "a5", "a2", "a6", "a1"]


@pytest.mark.parametrize("count", [2, 6, 30])
def test_there_are_five_at_most_and_never_the_article_itself(count: int) -> None:
    articles = tuple(
        an_article(f"a{number:02}", f"2023-07-{number + 1:02}", tags=("t",))
        for number in range(count)
    )
    for article in articles:
        found = [name for name, _ in related(articles, article.id)]
        assert len(set(found)) == len(found)
        assert min(3, count - 1) <= len(found) <= 5
        assert article.id not in found


def test_a_new_article_far_away_changes_no_relation() -> None:
    articles = tuple(
        an_article(f"a{number:02}", f"2023-07-{number + 1:02}", tags=("t",)) for number in range(20)
    )
    more = (*articles, an_article("z", "2024", tags=("t",)))
    assert [related(articles, f"a{number:02}") for number in range(10)] == [
        related(more, f"a{number:02}") for number in range(10)
    ]


def test_lists_grow_with_the_names_used_and_not_with_their_pairs() -> None:
    articles = tuple(an_article(f"a{number:03}", tags=("t", f"t{number}")) for number in range(300))
    index, _ = build_index(articles, ())
    assert index is not None
    assert sum(map(len, index.membership.lists)) == 600
    assert make_membership(()).lists == ()
