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
    is_done_to_people,
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
from digest.enrich.shares import Share, read_fraction, read_ratio
from digest.model.findings import FigureKind, FoundFigure

_FAR = 3
_LONGEST_WORD = 16
_NOWHERE = (-1, -1)
_BEGINS_BEHIND = OPENING + "—"
_OF = (" of", "\u00a0of")
_COUNTING_ENDS = COUNTING_ENDS | BOUND_ENDS
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
_YEAR = r"(?:19|20)[0-9][0-9](?![0-9%–—-]|,(?!\s)|\.[0-9]|\s(?:per|%|to|or)\b)"
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
_PLUS = re.compile(r"\+|-plus\b|(-odd)\b|\sor\s(?:more|over|(less|fewer|under))\b")
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
    end = digits.end()
    found = None if kind == "closed" else noun_after(text, end)
    if found is None and not _may_count_before(text, place, end):
        return None
    if text[end : end + 1] == "\n":
        return _with_unit(text, place, number_of(digits), floor)
    return _count(text, _single(number_of(digits), place), ("", end), found, floor)


def _in_words(text: str, place: int, floor: int) -> _Figure | None:
    """Return the figure that a number in words begins, without a sign before it."""
    fraction = read_fraction(text, place, floor)
    if fraction:
        return _in_percent(fraction)
    number = read_number(text, place)
    if number is None:
        return None
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
    ratio = read_ratio(text, place, number, floor)
    return _in_percent(ratio) if ratio else _people(text, amount, floor)


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
    if float(low) >= float(high) or (not signed and _is_change(text, start, single, second)):
        return single
    return _Amount(low, high, start, number.end, second.end, second.scale)


def _is_change(text: str, start: int, first: _Amount, second: Number) -> bool:
    """Return whether two numbers are a change and what it led to: `fell by 410 to 6,090`."""
    if text[max(0, start - 4) : start] != " by " or not _CLAUSE_END.match(text, second.end):
        return False
    return float(second.value) > _FAR * float(first.low)


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
    if plus[1]:
        return "about", plus.end()
    return (LESS if plus[2] else LEAST), plus.end()


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


def _in_percent(share: Share) -> _Figure:
    """Return the figure that a share without a percent sign is."""
    percent, bound, start, end = share
    return _Figure(FigureKind.SHARE, (percent, percent), "%", "", bound, start, end)


def _people(text: str, amount: _Amount, floor: int) -> _Figure | None:
    """Return a count of people, if the words beside a number say so."""
    behind = _open_end(text, amount.end, "")
    end = behind[1]
    found = people_after(text, end)
    if found or text.startswith(_OF, end) or _may_count_before(text, amount.start, end):
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
    label = words[-1].lower() if words else ""
    number = text[amount.start : amount.first_end]
    if is_label(label) and "," not in number:
        return None
    if not bound and is_year(number, ""):
        return None
    after, end = behind
    found = found or people_before(text, end, words)
    if found is None or not is_count_of(words, text[end : found[1]], found[0]):
        return None
    bound = _bound(bound, amount) or after
    ends = amount.low, amount.high
    return _Figure(FigureKind.PEOPLE, ends, found[0], "", bound, start, found[1])


def _may_count_before(text: str, place: int, end: int) -> bool:
    """Return whether the words before a number, or those behind, can say whom it counts."""
    before = text[max(0, place - _LONGEST_WORD) : place]
    last = before.rsplit(None, 1)
    word = last[-1].lower() if last else ""
    if word in _COUNTING_ENDS:
        return True
    behind = text[end : end + 1]
    if behind == ",":
        return "," in before and not word.isalpha()
    return (behind == ")" and "(" in before) or is_done_to_people(text, end)
