"""Sums of money, shares and counts of people in a text."""

import re
from typing import NamedTuple

from digest.enrich.heads import (
    COUNTING_ENDS,
    is_count_of,
    is_done_to_people,
    is_label,
    is_year,
    people_after,
    people_before,
)
from digest.enrich.numbers import (
    CENTS,
    Number,
    currency_after,
    currency_before,
    hundredths,
    number_places,
    read_number,
    shifted,
)
from digest.enrich.sentences import Sentences
from digest.model.findings import FigureKind, FoundFigure

_UP_TO, _LESS, _LEAST, _MORE = "up to", "less than", "at least", "more than"
_BOUND_PHRASES = {
    "about": "about|around|some|roughly|nearly|almost|approximately|an estimated|estimated|"
    "close to|circa",
    _UP_TO: "up to|as much as|as many as|as high as|at most|no more than|not more than|"
    "a maximum of|maximum of",
    _LESS: "less than|under|below|fewer than",
    _LEAST: "at least|no less than|no fewer than|not less than|a minimum of|minimum of|"
    "starting at|starting from|start at|starts at|start from|starts from|pay from|pays from|"
    "priced from|as little as|as few as",
    _MORE: "more than|over|above|upwards of|upward of|in excess of|exceeding|greater than",
}
_BOUNDS = {
    phrase: bound for bound, phrases in _BOUND_PHRASES.items() for phrase in phrases.split("|")
}
_BOUND_ENDS = frozenset(phrase.split()[-1] for phrase in _BOUNDS)
_BEFORE = 45
_FAR = 3
_LONGEST_WORD = 16
_OF = (" of", "\u00a0of")
_OPENED_BY = {")": "(", ",": ","}
_OPENING = "(“\"'‘[~"
_JOIN = re.compile(
    r"(\s?%|\s(?:percent|per\scent))?(?:\s?[-–—]\s?|\s(to|and|or)\s(?:about\s|as\smuch\sas\s)?)"
)
# What ranges, shares and money have behind a bare number, by first letters; the rest may be people.
_GOES_ON = re.compile(
    r"\s?[%€£–—-]|\s ?(?i:to|and|or|in|out|per|pct|[a-z]{3}\b|dol|eur|pou|yua|rup|shi|pes|fra|rea|"
    r"kro|cen|ame|aus|can|hon|sin|ken|uga|tan|bri|mex|phi|arg|swi|sou|kor|u\.s)"
)
# A number in digits with nothing of that kind behind it, and the mark that closes it, if one does.
_PLAIN = re.compile(
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:([.,;:)](?=\s)|\n)|(?![A-Za-z0-9+]|[.,:/][0-9]|"
    rf"{_GOES_ON.pattern}|\s ?(?i:thou|mil|bil|tri|cro|lak|mln|mn|bn|tn)))"
)
_BETWEEN = re.compile(r"(?i:between)\s\Z")
_YEAR = re.compile(r"(?:19|20)[0-9][0-9](?![0-9,%–—-]|\.[0-9]|\s(?:per|%|to|or)\b)")
_SIGNS = re.compile(r"(?:US|A|C)?[$£€¥₹]")
_PLUS = re.compile(r"\+|-plus\b|(-odd)\b|\sor\s(?:more|over|(less|fewer|under))\b")
_PER = re.compile(
    r"(?i:\s?/\s?|[\s-](?:an?|per|each|every)[\s-])(?i:(h(?:ou)?r|y(?:ea)?r|month|mo|week|wk|day))\b"
    r"|\s(?i:(hourly|annually|yearly|monthly|weekly|daily|per\sannum))\b"
)
_PERIODS = {"h": "hour", "y": "year", "a": "year", "p": "year", "m": "month", "w": "week"}
_PERIODS["d"] = "day"
_PERCENT = re.compile(r"\s?%|(?:\s ?|-)(?i:percent|per\scent|pct)\b")
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


class _Before(NamedTuple):
    """What stands before a number: its bound, where that begins, the words before it."""

    bound: str
    start: int
    words: list[str]


class _Amount(NamedTuple):
    """A number or a range of numbers: its ends, and the first and the last number read."""

    low: str
    high: str
    first: Number
    last: Number


class _Figure(NamedTuple):
    """A figure before its sentence is known."""

    kind: FigureKind
    amount: tuple[str, str]
    unit: str
    per: str
    bound: str
    start: int
    end: int


def find_figures(text: str, sentences: Sentences) -> tuple[FoundFigure, ...]:
    """Return the figures of a text in their order; none overlaps another."""
    found = []
    end = until = 0
    sentence = ""
    for place in number_places(text):
        if place < end:
            continue
        figure = _figure(text, place, end)
        if figure is None:
            continue
        end = figure.end
        if figure.start >= until:
            sentence, until = sentences.around(figure.start), sentences.bounds(figure.start)[1]
        found.append(_found(figure, text, sentence))
    return tuple(found)


def _found(figure: _Figure, text: str, sentence: str) -> FoundFigure:
    low, high = figure.amount
    if figure.bound in (_UP_TO, _LESS) and low == high:
        low = ""
    elif figure.bound in (_LEAST, _MORE) and low == high:
        high = ""
    return FoundFigure(
        kind=figure.kind,
        low=low,
        high=high,
        unit=figure.unit,
        per=figure.per,
        bound=figure.bound,
        text=" ".join(text[figure.start : figure.end].split()),
        sentence=sentence,
        start=figure.start,
        end=figure.end,
    )


def _figure(text: str, place: int, floor: int) -> _Figure | None:
    """Return the figure whose first number begins at a place, if it is one."""
    sign = currency_before(text, place, floor)
    if sign is None:
        idle = not _may_begin(text, place) or _counts_nobody(text, place)
        return None if idle else _bare(text, place, floor)
    number = read_number(text, place)
    if number is None:
        return None
    amount = _amount(text, sign[1], number, signed=True)
    return _money(text, amount, _before(text, sign[1], floor), (sign[0], amount.last.end))


def _bare(text: str, place: int, floor: int) -> _Figure | None:
    """Return the figure whose first number begins at a place, without a sign before it."""
    fraction = None if "0" <= text[place] <= "9" else _fraction(text, place, floor)
    number = None if fraction else read_number(text, place)
    if number is None:
        return fraction
    if not _GOES_ON.match(text, number.end):
        value = number.value
        return _people(text, place, _Amount(value, value, number, number), floor)
    amount = _amount(text, place, number, signed=False)
    if _PERCENT.match(text, amount.last.end):
        return _share(text, amount, _before(text, place, floor))
    after = currency_after(text, amount.last, place)
    if after:
        return _money(text, amount, _before(text, place, floor), after)
    return _ratio(text, place, number, floor) or _people(text, place, amount, floor)


def _may_begin(text: str, place: int) -> bool:
    """Return whether a number may begin at a place, and is none of the years in dates."""
    before = text[max(0, place - 3) : place]
    if (before == "in " or before[1:] == ", ") and _YEAR.match(text, place):
        return False
    return not before or before[-1].isspace() or before[-1] in _OPENING or before[-1] == "—"


def _before(text: str, place: int, floor: int) -> _Before:
    """Return the bound that stands before a number, and the words before that."""
    base = max(0, place - _BEFORE)
    head = text[base:place]
    if "\n\n" in head:
        base += head.rindex("\n\n") + 2
        head = text[base:place]
    if "—" in head or "–" in head:
        head = head.replace("—", " ").replace("–", " ")
    words = head.split()
    if not words:
        return _Before("", place, words)
    if head.endswith("~"):
        return _Before("about", place - 1, words[:-1])
    last = words[-1].lower().lstrip(_OPENING)
    if last in _BOUND_ENDS:
        for count in (3, 2, 1):
            phrase = " ".join([word.lower().lstrip(_OPENING) for word in words[-count:]])
            start = base + _last_words(head, words[-count:]) if phrase in _BOUNDS else -1
            if start >= floor:
                return _Before(_BOUNDS[phrase], start, words[:-count])
    start = base + _last_words(head, words[-1:]) if last == "between" else place
    return _Before("", start if start >= floor else place, words)


def _last_words(head: str, words: list[str]) -> int:
    """Return where the last words of a text begin, behind marks that open."""
    place = len(head)
    for word in reversed(words):
        place = head.rindex(word, 0, place)
    return place + len(words[0]) - len(words[0].lstrip(_OPENING))


def _amount(text: str, start: int, number: Number, *, signed: bool) -> _Amount:
    """Return a number, or the range that it begins."""
    low = number.value
    single = _Amount(low, low, number, number)
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
    high = second.value
    if second.scale and not number.scale and float(number.digits) < float(second.digits):
        low = shifted(number.digits, second.scale)
    if float(low) >= float(high) or (not signed and _is_change(text, start, single, second)):
        return single
    return _Amount(low, high, number, second)


def _is_change(text: str, start: int, first: _Amount, second: Number) -> bool:
    """Return whether two numbers are a change and what it led to: `fell by 410 to 6,090`."""
    if text[max(0, start - 4) : start] != " by " or not _CLAUSE_END.match(text, second.end):
        return False
    return float(second.value) > _FAR * float(first.low)


def _is_sum(text: str, number: Number) -> bool:
    """Return whether a number without a sign ends a range of money: `$15 to 20 an hour`."""
    end = number.end
    return bool(number.scale or _PER.match(text, end) or _CLAUSE_END.match(text, end))


def _money(text: str, amount: _Amount, before: _Before, unit: tuple[str, int]) -> _Figure:
    code, end = unit
    ends = amount.low, amount.high
    if code == CENTS:
        code, ends = "USD", (hundredths(amount.low), hundredths(amount.high))
    bound, end = _open_end(text, end, _bound(before, amount))
    per, end = _per(text, end)
    return _Figure(FigureKind.MONEY, ends, code, per, bound, before.start, end)


def _bound(before: _Before, amount: _Amount) -> str:
    """Return the bound before an amount; a range has no other than `about`."""
    return before.bound if amount.low == amount.high or before.bound == "about" else ""


def _open_end(text: str, end: int, bound: str) -> tuple[str, int]:
    """Return the bound that stands behind an amount, such as a plus sign, and where that ends."""
    plus = _PLUS.match(text, end)
    if plus is None or bound:
        return bound, end
    if plus[1]:
        return "about", plus.end()
    return (_LESS if plus[2] else _LEAST), plus.end()


def _per(text: str, end: int) -> tuple[str, int]:
    """Return what an amount is paid per, and where that ends."""
    match = _PER.match(text, end)
    if match is None:
        return "", end
    return _PERIODS[(match[1] or match[2]).lower()[0]], match.end()


def _share(text: str, amount: _Amount, before: _Before) -> _Figure | None:
    """Return a share in percent; percentage points are none."""
    percent = _PERCENT.match(text, amount.last.end)
    if percent is None or _POINTS.match(text, percent.end()):
        return None
    ends = amount.low, amount.high
    bound = _bound(before, amount)
    return _Figure(FigureKind.SHARE, ends, "%", "", bound, before.start, percent.end())


def _fraction(text: str, place: int, floor: int) -> _Figure | None:
    """Return a share in words: `half the staff`, `two thirds of members`."""
    match = _FRACTION.match(text, place)
    if match is None or _NO_SHARE.match(text, match.end()):
        return None
    before = _before(text, place, floor)
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
    before = _before(text, place, floor)
    return _percent(count, parts, before.bound, before.start, second.end)


def _people(text: str, place: int, amount: _Amount, floor: int) -> _Figure | None:
    """Return a count of people, if the words beside a number say so."""
    _, end = _open_end(text, amount.last.end, "")
    found = people_after(text, end)
    if found is None and not _may_count_before(text, place, end):
        return None
    if "." in amount.low + amount.high or amount.high in ("0", "1"):
        return None
    before = _before(text, place, floor)
    label = before.words[-1].lower() if before.words else ""
    named = is_label(label) and "," not in text[place : amount.first.end]
    if named or (not before.bound and is_year(text[place : amount.first.end], "")):
        return None
    found = found or people_before(text, end, before.words)
    if found is None or not is_count_of(before.words, text[end : found[1]], found[0]):
        return None
    bound, _ = _open_end(text, amount.last.end, _bound(before, amount))
    ends = amount.low, amount.high
    return _Figure(FigureKind.PEOPLE, ends, found[0], "", bound, before.start, found[1])


def _counts_nobody(text: str, place: int) -> bool:
    """Return whether a number in digits stands bare and counts no people: most numbers do."""
    plain = _PLAIN.match(text, place)
    if plain is None:
        return False
    closed = plain[1] is not None
    if not closed and people_after(text, plain.end()):
        return False
    return not _may_count_before(text, place, plain.end() - closed)


def _may_count_before(text: str, place: int, end: int) -> bool:
    """Return whether the words before a number can say whom it counts; most cannot."""
    if text.startswith(_OF, end) or is_done_to_people(text, end):
        return True
    opened = _OPENED_BY.get(text[end : end + 1], "")
    if opened and opened in text[max(0, place - _LONGEST_WORD) : place]:
        return True
    last = text[max(0, place - _LONGEST_WORD) : place].split()[-1:]
    word = last[0].lower() if last else ""
    return word in COUNTING_ENDS or word in _BOUND_ENDS
