"""Shares without a percent sign: `half the staff`, `two thirds of members`, `one in five`."""

import re
from typing import NamedTuple

from digest.enrich.bounds import bound_before, read_before
from digest.enrich.numbers import Number, read_number

_RATIO = re.compile(r"\s(?:in|out\sof)\s(?:every\s)?")
_ROUND_RATIOS = frozenset((12, 15, 20, 25, 30, 40, 50, 100, 1000, 10000))
_TIMES = (
    r"(?:second|minute|hour|day|night|week|month|year|decade|centur|season|time|mile|kilomet|way|"
    r"distance|game|inch|acre|battle|price|cost|story|problem|point|length|size|speed|the\sfun)"
)
_TIME_AFTER = re.compile(rf"\s{_TIMES}")
_FRACTION = re.compile(
    r"(?i:half|(a|one|two|three|four|five|six|seven|eight|nine)[\s-]"
    r"(third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s?)"
    r"(?=\s(?:(of)|the|its|their|our|his|her|those|these|all|my|your)\s)"
)
_NO_SHARE = re.compile(
    rf"\s(?:of\s)?(?:(?:the|its|their|our|his|her|an?|this|that|last|my|each)\s)?(?:{_TIMES}|"
    r"(?:million|billion|dozen)|(?:19|20)[0-9][0-9])"
)
_PARTS = {"third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7}
_PARTS |= {"eighth": 8, "ninth": 9, "tenth": 10}
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_COUNTS |= {"eight": 8, "nine": 9}
_WHICH_HALF = frozenset("first second latter other last top bottom front back better final".split())


class Share(NamedTuple):
    """A share: its percent, the bound before it, where it begins and ends."""

    percent: str
    bound: str
    start: int
    end: int


def read_fraction(text: str, place: int, floor: int) -> Share | None:
    """Return a share in words: `half the staff`, `two thirds of members`."""
    match = _FRACTION.match(text, place)
    if match is None or _NO_SHARE.match(text, match.end()):
        return None
    before = read_before(text, place, floor)
    if before.words and before.words[-1].lower() in _WHICH_HALF:
        return None
    parts = _PARTS[match[2].lower()] if match[2] else 2
    count = _COUNTS[match[1].lower()] if match[1] else 1
    return Share(_percent(count, parts), before.bound, before.start, match.end())


def read_ratio(text: str, place: int, number: Number, floor: int) -> Share | None:
    """Return a share such as `one in five` or `9 out of 10`, which begins with a number."""
    between = _RATIO.match(text, number.end)
    second = read_number(text, between.end()) if between else None
    if between is None or second is None or number.scale or second.scale:
        return None
    if not (number.digits.isdigit() and second.digits.isdigit()):
        return None
    count, parts = int(number.digits), int(second.digits)
    usual = parts <= 10 or parts in _ROUND_RATIOS  # noqa: PLR2004 "in 11" is rather a place
    if not 0 < count < parts or not usual or _TIME_AFTER.match(text, second.end):
        return None
    bound, start = bound_before(text, place, floor)
    return Share(_percent(count, parts), bound, start, second.end)


def _percent(count: int, parts: int) -> str:
    return f"{100 * count / parts:.2f}".rstrip("0").rstrip(".")
