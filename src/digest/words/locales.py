"""The only door to Babel: what Unicode's CLDR knows of a language.

Babel and the data of one language take some 25 ms to load, so what comes of them is kept in the
cache with the words, and few builds load them.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from digest.words.plurals import PluralRule, parse_rule
from digest.words.records import Dates, Numbers

if TYPE_CHECKING:
    from babel import Locale


class Language(msgspec.Struct, frozen=True):
    """What is known of a language.

    Attributes:
        dates: How it writes dates, unless a catalogue says otherwise.
    """

    rule: PluralRule
    numbers: Numbers
    dates: Dates


def shorter_tags(tag: str) -> Iterator[str]:
    """Yield a language tag and those that say less, in small letters: `es-mx`, `es`."""
    parts = tag.lower().split("-")
    for end in range(len(parts), 0, -1):
        yield "-".join(parts[:end])


def know_english() -> Language:
    """Return what CLDR knows of English."""
    from babel import Locale  # noqa: PLC0415 slow to import, and rarely needed

    return _language(Locale("en"))


def know_language(tag: str) -> Language | None:
    """Return what CLDR knows of a language, or None; of an unknown region the language counts."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 as above

    for name in shorter_tags(tag):
        try:
            return _language(Locale.parse(name, sep="-"))
        except (UnknownLocaleError, ValueError):
            continue
    return None


def _language(found: "Locale") -> Language:
    signs, months = found.number_symbols["latn"], range(1, 13)
    dates = Dates(
        day=read_pattern(found.date_formats["long"].pattern)[0],
        month=read_pattern(found.datetime_skeletons["yMMMM"].pattern)[0],
        month_alone="%(LLLL)s",
        names=tuple(found.months["format"]["wide"][month] for month in months),
        alone=tuple(found.months["stand-alone"]["wide"][month] for month in months),
    )
    rule = parse_rule(dict(found.plural_form.rules))
    return Language(rule, Numbers(signs["group"], signs["decimal"]), dates)


def read_pattern(pattern: str) -> tuple[str, tuple[str, ...]]:
    """Return a date pattern of CLDR (UTS 35, part 4) as a `%` format, and its fields.

    Raises:
        ValueError: for a letter that is repeated more often than it may be.
    """
    from babel.dates import parse_pattern  # noqa: PLC0415 slow to import, and rarely needed

    form = str(parse_pattern(pattern).format)
    fields: list[str] = []

    class Names(dict[str, str]):
        def __missing__(self, name: str) -> str:
            fields.append(name)
            return ""

    str(form % Names())
    return form, tuple(fields)
