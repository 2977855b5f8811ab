"""Sums of money, shares and counts of people in a text."""

import re
from collections.abc import Callable
from typing import NamedTuple

from digest.enrich.bounds import (
    BOUND_ENDS,
    LEAST,
    LESS,
    MORE,
    OPENING,
    UP_TO,
    bound_before,
    read_before,
)
from digest.enrich.heads import (
    COUNTING_ENDS,
    is_count_of,
    is_label,
    is_year,
    noun_after,
    people_after,
    people_before,
)
from digest.enrich.numbers import (
    CENTS,
    REST,
    WHOLE,
    Number,
    currency_after,
    currency_before,
    hundredths,
    number_of,
    number_places,
    read_number,
    shifted,
)
from digest.enrich.sentences import Sentences
from digest.model.findings import FigureKind, FoundFigure

_LONGEST_WORD = 16
_NOWHERE = (-1, -1)
_BEGINS_BEHIND = OPENING + "—"
_OF = (" of", "\u00a0of")
_JOIN = re.compile(
    r"(\s?%|\s(?:percent|per\scent))?(?:\s?[-–—]\s?|\s(to|and|or)\s(?:about\s|as\smuch\sas\s)?)"
)
_SHARE = r"(?:\s?%|(?:\s ?|-)(?i:percent|per\scent|pct)\b)"
# What ranges, shares and money have behind a bare number, by first letters.
_GOES_ON = (
    r"(?:\s?[%€£–—+-]|\s(?:(?:to|and|or|in|of|out\sof)\s|[A-Z]{3}\b)|\s ?(?i:(?:yen|won|new)\b|"
    r"p(?:er|ct|ou|es|hi)|a(?:me|us|rg)|c(?:en|an)|k(?:ro|en|or)|s(?:hi|in|wi|ou)|u(?:ga|\.s)|"
    r"bri|dol|eur|fra|hon|ind|mex|rea|rup|tan|yua))"
)
_MAY_GO_ON = re.compile(_GOES_ON)
_YEAR = r"(?:19|20)[0-9][0-9](?![0-9,%–—-]|\.[0-9]|\s(?:per|%|to|or)\b)"
# A number in digits with what follows it: a mark, a percent sign that ends the figure, something
# of the kind above, or other words. Years in dates are none.
_NUMBER = (
    rf"(?P<year>(?:(?<=in )|(?<=[\s\S], )){_YEAR})|{WHOLE}(?:(?P<closed>(?=[.,;:)]\s|\n))|{REST}"
    rf"(?:(?P<share>{_SHARE})(?!\s?[-–—]|\s(?:to|and|or|points?)\b)|(?P<more>(?={_GOES_ON})))?)"
)
_DIGITS = re.compile(_NUMBER)
# The same behind white space or a mark that opens, where no sign of a currency can stand.
_BARE = re.compile(
    rf"(?<![^\s{re.escape(OPENING)}—])(?<![A-Z$£€¥₹]\s)(?<!(?:Sh|sh|Rs)\s)(?<!Rs\.\s)(?:{_NUMBER})"
)
# What ranges, open ends and periods have behind a sum of money.
_SUM_GOES_ON = re.compile(
    r"\s?[%/+–—-]|\s(?i:percent|(?:to|and|or|an?|per|each|every|hourly|annually|yearly|monthly|"
    r"weekly|daily)\b)"
)
_BETWEEN = re.compile(r"(?i:between)\s\Z")
_SIGNS = re.compile(r"(?:US|A|C)?[$£€¥₹]")
_PLUS = re.compile(r"\+|-plus\b|\sor\s(?:more|over|(less|fewer|under))\b")
_PER = re.compile(
    r"(?i:\s?/\s?|[\s-](?:an?|per|each|every)[\s-])(?i:(h(?:ou)?r|y(?:ea)?r|month|mo|week|wk|day))\b"
    r"|\s(?i:(hourly|annually|yearly|monthly|weekly|daily|per\sannum))\b"
)
_PERIODS = {"h": "hour", "y": "year", "a": "year", "p": "year", "m": "month", "w": "week"}
_PERIODS["d"] = "day"
_PERCENT = re.compile(_SHARE)
_POINTS = re.compile(r"[\s-]points?\b")
_CLAUSE_END = re.compile(
    r"\s*\Z|[,.;:)\]”\"’!?]|\s?[–—]|\s(?:in|at|on|and|or|for|from|by|to|of|this|last|after|across|"
    r"when|while|because|before|since|who|with|as|over|but|during|worldwide|globally)\b|\n"
)
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


class _Amount(NamedTuple):
    """A number or a range: its ends; where it, its first number and the whole end; a scale.

    The scale is that of the last number.
    """

    low: str
    high: str
    start: int
    first_end: int
    end: int
    scale: int


class _Figure(NamedTuple):
    """A figure before its sentence is known."""

    kind: FigureKind
    amount: tuple[str, str]
    unit: str
    per: str
    bound: str
    start: int
    end: int


def find_figures(
    text: str,
    sentences: Sentences,
    span: Callable[[int, int], tuple[int, int] | None] | None = None,
) -> tuple[FoundFigure, ...]:
    """Return the figures of a text in their order; none overlaps another.

    `span` tells where a stretch of the text stands in another one, if it does; the places of the
    figures are those.
    """
    found = []
    end = until = 0
    sentence = ""
    for place in number_places(text):
        if place < end:
            continue
        figure = _figure(text, place, end)
        if figure is None:
            continue
        start, end = figure.start, figure.end
        if start >= until:
            begin, until = sentences.bounds(start)
            sentence = " ".join(text[begin:until].split())
        places = (span(start, end) or _NOWHERE) if span else (start, end)
        found.append(_found(figure, " ".join(text[start:end].split()), sentence, places))
    return tuple(found)


def _found(figure: _Figure, text: str, sentence: str, places: tuple[int, int]) -> FoundFigure:
    kind, (low, high), unit, per, bound, _, _ = figure
    if bound and low == high:
        if bound in (UP_TO, LESS):
            low = ""
        elif bound in (LEAST, MORE):
            high = ""
    return FoundFigure(kind, low, high, unit, per, bound, text, sentence, *places)


def _figure(text: str, place: int, floor: int) -> _Figure | None:
    """Return the figure whose first number begins at a place, if it is one."""
    digits = _BARE.match(text, place)
    if digits:
        return _in_digits(text, digits, floor)
    sign = currency_before(text, place, floor)
    if sign:
        return _signed(text, place, sign, floor)
    if place and not text[place - 1].isspace() and text[place - 1] not in _BEGINS_BEHIND:
        return None
    if not "0" <= text[place] <= "9":
        return _in_words(text, place, floor)
    digits = _DIGITS.match(text, place)
    return _in_digits(text, digits, floor) if digits else None


def _in_digits(text: str, digits: re.Match[str], floor: int) -> _Figure | None:
    """Return the figure that a number in digits begins, without a sign before it."""
    kind, place = digits.lastgroup, digits.start()
    if kind == "year":
        return None
    if kind == "more":
        return _with_unit(text, place, number_of(digits), floor)
    if kind == "share":
        value = number_of(digits).value
        before = bound_before(text, place, floor)
        return _Figure(FigureKind.SHARE, (value, value), "%", "", *before, digits.end())
    if kind == "closed":
        counts = _may_count_before(text, place)
        return _with_unit(text, place, number_of(digits), floor) if counts else None
    found = noun_after(text, digits.end())
    if found is None and not _may_count_before(text, place):
        return None
    amount = _single(number_of(digits), place)
    return _count(text, amount, ("", digits.end()), found, floor)


def _in_words(text: str, place: int, floor: int) -> _Figure | None:
    """Return the figure that a number in words begins, without a sign before it."""
    fraction = _fraction(text, place, floor)
    number = None if fraction else read_number(text, place)
    if number is None:
        return fraction
    if _MAY_GO_ON.match(text, number.end):
        return _with_unit(text, place, number, floor)
    return _people(text, _single(number, place), floor)


def _with_unit(text: str, place: int, number: Number, floor: int) -> _Figure | None:
    """Return the figure that a number without a sign begins, by what follows it."""
    amount = _amount(text, place, number, signed=False)
    if _PERCENT.match(text, amount.end):
        return _share(text, amount, floor)
    unit = currency_after(text, place, amount.end, scaled=amount.scale > 0)
    if unit:
        return _money(text, amount, bound_before(text, place, floor), unit)
    return _ratio(text, place, number, floor) or _people(text, amount, floor)


def _signed(text: str, place: int, sign: tuple[str, int], floor: int) -> _Figure | None:
    """Return the sum of money whose number begins at a place, behind a sign."""
    number = read_number(text, place)
    if number is None:
        return None
    code, start = sign
    before = bound_before(text, start, floor)
    if not _SUM_GOES_ON.match(text, number.end):
        value = number.value
        return _Figure(FigureKind.MONEY, (value, value), code, "", *before, number.end)
    amount = _amount(text, start, number, signed=True)
    return _money(text, amount, before, (code, amount.end))


def _single(number: Number, start: int) -> _Amount:
    value, end = number.value, number.end
    return _Amount(value, value, start, end, end, number.scale)


def _amount(text: str, start: int, number: Number, *, signed: bool) -> _Amount:
    """Return a number, or the range that it begins."""
    single = _single(number, start)
    join = _JOIN.match(text, number.end)
    if join is None or (join[2] == "or" and signed):
        return single
    if join[2] == "and" and not _BETWEEN.search(text[max(0, start - 9) : start]):
        return single
    sign = _SIGNS.match(text, join.end()) if signed else None
    second = read_number(text, sign.end() if sign else join.end())
    if second is None or (join[1] and not _PERCENT.match(text, second.end)):
        return single
    if signed and not sign and join[2] == "to" and not _is_sum(text, second):
        return single
    low, high = single.low, second.value
    if second.scale and not number.scale and float(number.digits) < float(second.digits):
        low = shifted(number.digits, second.scale)
    if float(low) >= float(high):
        return single
    return _Amount(low, high, start, number.end, second.end, second.scale)


def _is_sum(text: str, number: Number) -> bool:
    """Return whether a number without a sign ends a range of money: `$15 to 20 an hour`."""
    end = number.end
    return bool(number.scale or _PER.match(text, end) or _CLAUSE_END.match(text, end))


def _money(text: str, amount: _Amount, before: tuple[str, int], unit: tuple[str, int]) -> _Figure:
    code, end = unit
    ends = amount.low, amount.high
    if code == CENTS:
        code, ends = "USD", (hundredths(amount.low), hundredths(amount.high))
    bound, end = _open_end(text, end, _bound(before[0], amount))
    per, end = _per(text, end)
    return _Figure(FigureKind.MONEY, ends, code, per, bound, before[1], end)


def _bound(bound: str, amount: _Amount) -> str:
    """Return the bound before an amount; a range has no other than `about`."""
    return bound if amount.low == amount.high or bound == "about" else ""


def _open_end(text: str, end: int, bound: str) -> tuple[str, int]:
    """Return the bound that stands behind an amount, such as a plus sign, and where that ends."""
    plus = _PLUS.match(text, end)
    if plus is None or bound:
        return bound, end
    return (LESS if plus[1] else LEAST), plus.end()


def _per(text: str, end: int) -> tuple[str, int]:
    """Return what an amount is paid per, and where that ends."""
    match = _PER.match(text, end)
    if match is None:
        return "", end
    return _PERIODS[(match[1] or match[2]).lower()[0]], match.end()


def _share(text: str, amount: _Amount, floor: int) -> _Figure | None:
    """Return a share in percent; percentage points are none."""
    percent = _PERCENT.match(text, amount.end)
    if percent is None or _POINTS.match(text, percent.end()):
        return None
    ends = amount.low, amount.high
    bound, start = bound_before(text, amount.start, floor)
    return _Figure(FigureKind.SHARE, ends, "%", "", _bound(bound, amount), start, percent.end())


def _fraction(text: str, place: int, floor: int) -> _Figure | None:
    """Return a share in words: `half the staff`, `two thirds of members`."""
    match = _FRACTION.match(text, place)
    if match is None or _NO_SHARE.match(text, match.end()):
        return None
    before = read_before(text, place, floor)
    if before.words and before.words[-1].lower() in _WHICH_HALF:
        return None
    parts = _PARTS[match[2].lower()] if match[2] else 2
    count = _COUNTS[match[1].lower()] if match[1] else 1
    return _percent(count, parts, before.bound, before.start, match.end())


def _percent(count: int, parts: int, bound: str, start: int, end: int) -> _Figure:
    share = f"{100 * count / parts:.2f}".rstrip("0").rstrip(".")
    return _Figure(FigureKind.SHARE, (share, share), "%", "", bound, start, end)


def _ratio(text: str, place: int, number: Number, floor: int) -> _Figure | None:
    """Return a share such as `one in five` or `9 out of 10`."""
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
    return _percent(count, parts, bound, start, second.end)


def _people(text: str, amount: _Amount, floor: int) -> _Figure | None:
    """Return a count of people, if the words beside a number say so."""
    behind = _open_end(text, amount.end, "")
    end = behind[1]
    found = people_after(text, end)
    if found or text.startswith(_OF, end) or _may_count_before(text, amount.start):
        return _count(text, amount, behind, found, floor)
    return None


def _count(
    text: str,
    amount: _Amount,
    behind: tuple[str, int],
    found: tuple[str, int] | None,
    floor: int,
) -> _Figure | None:
    """Return a count of the people found behind a number and its open end, or else before it."""
    if amount.high in ("0", "1") or "." in amount.high or "." in amount.low:
        return None
    bound, start, words = read_before(text, amount.start, floor)
    if words and is_label(words[-1].lower()):
        return None
    if not bound and is_year(text[amount.start : amount.first_end], ""):
        return None
    after, end = behind
    found = found or people_before(text, end, words)
    if found is None or not is_count_of(text[end : found[1]], found[0]):
        return None
    bound = _bound(bound, amount) or after
    ends = amount.low, amount.high
    return _Figure(FigureKind.PEOPLE, ends, found[0], "", bound, start, found[1])


def _may_count_before(text: str, place: int) -> bool:
    """Return whether the word before a number can say whom it counts; most cannot."""
    last = text[max(0, place - _LONGEST_WORD) : place].rsplit(None, 1)
    word = last[-1].lower() if last else ""
    return word in COUNTING_ENDS or word in BOUND_ENDS
