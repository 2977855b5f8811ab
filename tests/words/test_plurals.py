"""Plural rules: always what Babel says for whole numbers."""

import pytest
from babel import Locale, localedata

from digest.words.plurals import CATEGORIES, PluralRule, parse_rule

COUNTS = [*range(121), *range(995, 1_005), 2_000, 10_000, 100_000, 1_000_000, 1_000_001, 2_000_000]
LOCALES = sorted(name for name in localedata.locale_identifiers() if "_" not in name)


@pytest.mark.parametrize("name", LOCALES)
def test_every_language_counts_as_its_rule_says(name: str) -> None:
    form = Locale(name).plural_form
    rule = parse_rule(dict(form.rules))
    assert [rule.category(count) for count in COUNTS] == [form(count) for count in COUNTS]


def test_a_rule_has_the_categories_in_their_order() -> None:
    rule = parse_rule(dict(Locale("ar").plural_form.rules))
    assert [name for name, _ in rule.categories] == list(CATEGORIES[:-1])
    assert PluralRule().category(1) == "other"


def test_what_is_no_condition_is_refused() -> None:
    with pytest.raises(ValueError, match="i like 3"):
        parse_rule({"one": "i like 3"})
