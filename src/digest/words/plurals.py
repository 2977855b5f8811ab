"""Which form of a word goes with a count: the plural rules of languages.

Unicode's CLDR gives each language a few categories and a rule for each (UTS 35, part 3, "Language
Plural Rules"). Counts here are whole numbers, for which the operands `n` and `i` are the count and
all others are 0. The rules come from `digest.words.locales`, and are kept as records, so that a
build need not load a library to know that `1` is `one`.
"""

import re

import msgspec

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
_RELATION = re.compile(r"([nivwftce])(?: mod (\d+))?( not)? in ([\d.,]+)")
_COUNT = frozenset("ni")


class Relation(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A condition: the count, or what is left of it by `modulus`, lies in ranges, or in none.

    Attributes:
        modulus: 0 for the count itself.
        ranges: First and last number of each range.
    """

    modulus: int
    negated: bool
    ranges: tuple[tuple[int, int], ...]

    def holds(self, count: int) -> bool:
        """Return whether the condition is met."""
        number = count % self.modulus if self.modulus else count
        for low, high in self.ranges:
            if low <= number <= high:
                return not self.negated
        return self.negated


class PluralRule(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """The rule of a language: for each category, sets of conditions of which one must be met."""

    categories: tuple[tuple[str, tuple[tuple[Relation, ...], ...]], ...] = ()

    def category(self, count: int) -> str:
        """Return the category of a whole number: a name of `CATEGORIES`."""
        for name, alternatives in self.categories:
            for conditions in alternatives:
                for it in conditions:  # a call of `all` would take longer
                    if not it.holds(count):
                        break
                else:
                    return name
        return "other"


def parse_rule(rules: dict[str, str]) -> PluralRule:
    """Return the rule of whole numbers from CLDR's conditions by category.

    Raises:
        ValueError: for what is no such condition.
    """
    found = []
    for name in CATEGORIES:
        sets = (_conditions(text) for text in rules.get(name, "").split(" or ") if text)
        possible = tuple(it for it in sets if it is not None)
        if possible:
            found.append((name, possible))
    return PluralRule(tuple(found))


def _conditions(text: str) -> tuple[Relation, ...] | None:
    """Return what a count must meet; None where no whole number meets it."""
    conditions = []
    for part in text.split(" and "):
        match = _RELATION.fullmatch(part)
        if match is None:
            raise ValueError(part)
        operand, modulus, negated, ranges = match.groups()
        relation = Relation(int(modulus or 0), bool(negated), _ranges(ranges))
        if operand in _COUNT:
            conditions.append(relation)
        elif not relation.holds(0):
            return None
    return tuple(conditions)


def _ranges(text: str) -> tuple[tuple[int, int], ...]:
    ends = (part.partition("..") for part in text.split(","))
    return tuple((int(low), int(high or low)) for low, _, high in ends)
