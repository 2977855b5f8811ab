"""Circles of parents and members."""

from functools import partial

from counting import count_calls
from digest.index.names import name_entities
from domain import an_entity


def make_pairs(count: int) -> None:
    pairs = [an_entity(f"Body {number}", parent=f"Body {number ^ 1}") for number in range(count)]
    _, findings = name_entities(pairs)
    assert len(findings) == count / 2


def test_every_circle_is_told_once_at_its_first_file() -> None:
    groups = {"A": ("B", "C"), "B": ("A",), "C": ("D",), "D": ("A", "E"), "E": (), "F": ("F", "A")}
    bodies = [
        an_entity(f"Body {name}", member_of=tuple(f"Body {group}" for group in above))
        for name, above in groups.items()
    ]
    _, findings = name_entities(bodies)
    assert [item.message for item in findings] == [
        "'member_of' of 'Body A' leads back to it by way of Body B",
        "'member_of' of 'Body A' leads back to it by way of Body C, Body D",
        "'member_of' of 'Body F' names itself",
    ]


def test_a_long_chain_is_no_circle() -> None:
    chain = [
        an_entity(f"Body {n}", parent=f"Body {n + 1}" if n < 4_999 else "") for n in range(5_000)
    ]
    assert name_entities(chain)[1] == ()


def test_many_circles_cost_in_proportion() -> None:
    assert count_calls(partial(make_pairs, 2_000)) < 2.2 * count_calls(partial(make_pairs, 1_000))
