"""Units of figures: currencies, nouns and slips."""

import pytest

from digest.model.units import is_money, unit_fault


@pytest.mark.parametrize("unit", ["USD", "KES a month", "US workers", "CO2", "%", "GPUs", "all"])
def test_units_that_are_good(unit: str) -> None:
    assert unit_fault(unit) == ("", "")


@pytest.mark.parametrize(
    ("unit", "hint"),
    [
        ("USDD", "did you mean 'USD'?"),
        ("usd an hour", "did you mean 'USD'?"),
        ("EURO", "did you mean 'EUR'?"),
        ("USD a yaer", "did you mean 'year'?"),
        ("$ an hour", "write USD an hour"),
    ],
)
def test_a_slip_is_answered_with_the_unit_that_was_meant(unit: str, hint: str) -> None:
    assert unit_fault(unit)[1] == hint


def test_only_a_whole_code_is_money() -> None:
    assert is_money("USD an hour")
    assert is_money("KES")
    assert not is_money("USDA grants")
    assert not is_money("allowances")
