"""Sums of money, shares and counts of people in a text."""

import re
from typing import NamedTuple

from digest.enrich.heads import is_label, is_year, people_after, people_before
from digest.enrich.numbers import Number, currency_after, currency_before, read_number, shifted
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
    "starting at|starting from|as little as|as few as",
    _MORE: "more than|over|above|upwards of|upward of|in excess of|exceeding|greater than",
}
_BOUNDS = {
    tuple(phrase.split()): bound
    for bound, phrases in _BOUND_PHRASES.items()
    for phrase in phrases.split("|")
}
_BOUND_ENDS = frozenset(words[-1] for words in _BOUNDS)
_BEFORE = 45
_OPENING = "(“\"'‘[~"
# After these, "from" tells what a number was before a change, or begins a range.
_CHANGES = frozenset(
    "up down rose rise fell fall risen fallen raised raise cut increase increased dropped drop "
    "ranging ranges ranged range grew went jumped climbed reduced lowered moved far".split()
)

_SPELLED = re.compile(
    rb" (?:a (?:hundred|dozen|thousand|million|quarter|third|fifth|tenth)|e(?:ight(?:een|y|)|leven)"
    rb"|f(?:i(?:ve|fteen|fty)|our(?:teen|)|orty)|half|nine(?:teen|ty|)|one|s(?:ix|even)(?:teen|ty|)"
    rb"|t(?:wo|h(?:ree|irteen|irty)|en|we(?:lve|nty)))(?=[ ,.])"
)
_JOIN = re.compile(
    r"(\s?%|\s(?:percent|per\scent))?(?:\s?[-–—]\s?|\s(to|and|or)\s(?:about\s|as\smuch\sas\s)?)"
)
_SIGNS = re.compile(r"(?:US|A|C)?[$£€¥₹]")
_PLUS = re.compile(r"\+|-plus\b|\sor\s(?:more|over|(less|fewer|under))\b")
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
    r"(?i:half|(a|one|two|three|four|five|six|seven|nine)[\s-]"
    r"(third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s?)"
    r"(?=\s(?:(of)|the|its|their|our|his|her|those|these|all|my|your)\s)"
)
_NO_SHARE = re.compile(
    rf"\s(?:of\s)?(?:(?:the|its|their|our|his|her|an?|this|that|last|my|each)\s)?(?:{_TIMES}|"
    r"(?:million|billion|dozen)|(?:19|20)[0-9][0-9])"
)
_PARTS = {"third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7}
_PARTS |= {"eighth": 8, "ninth": 9, "tenth": 10}
_COUNTS = {
    word: n for n, word in enumerate("a two three four five six seven eight nine".split(), 1)
}
_COUNTS["one"] = 1
_WHICH_HALF = frozenset(
    "first second latter other last top bottom front back better final each one and-a".split()
)


def _flat(letter: str) -> int:
    """Return small ASCII letters, 0 for every digit, commas and stops; for the rest a space."""
    if letter.isascii() and letter.isalnum():
        return ord("0") if letter.isdigit() else ord(letter.lower())
    return ord(letter if letter in ",." else " ")


_FLAT = bytes(_flat(chr(code)) for code in range(256))


class _Before(NamedTuple):
    """What stands before a number: its bound, where that begins, the words before it."""

    bound: str
    start: int
    words: list[str]


class _Amount(NamedTuple):
    """A number or a range of numbers: its ends, how they are joined, the last number read."""

    low: str
    high: str
    join: str
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
    for place in _places(text):
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


def _places(text: str) -> list[int]:
    """Return where a number may begin, in order."""
    flat = b" " + text.encode("ascii", "replace").translate(_FLAT) + b" "
    places = [match.start() for match in _SPELLED.finditer(flat)]
    spelled = len(places)
    place = flat.find(b"0")
    while place >= 0:
        if flat.startswith(b" ", place - 1):
            places.append(place - 1)
        place = flat.find(b"0", flat.find(b" ", place))
    if 0 < spelled < len(places):
        places.sort()
    return places


def _figure(  # noqa: PLR0911 one return for each kind
    text: str, place: int, floor: int
) -> _Figure | None:
    """Return the figure whose first number begins at a place, if it is one."""
    sign = currency_before(text, place)
    if sign is None and place and not _may_begin(text[place - 1]):
        return None
    if sign is None and not text[place].isdigit():
        fraction = _fraction(text, place, floor)
        if fraction:
            return fraction
    number = read_number(text, place)
    if number is None:
        return None
    before = _before(text, sign[1] if sign else place, floor)
    amount = _amount(text, number, before, signed=sign is not None)
    if sign:
        return _money(text, amount, before, (sign[0], amount.last.end))
    if _PERCENT.match(text, amount.last.end):
        return _share(text, amount, before)
    after = currency_after(text, amount.last, place)
    if after:
        return _money(text, amount, before, after)
    return _ratio(text, number, before) or _people(text, place, amount, before)


def _may_begin(letter: str) -> bool:
    return letter.isspace() or letter in _OPENING


def _before(text: str, place: int, floor: int) -> _Before:
    """Return the bound that stands before a number, and the words before that."""
    base = max(floor, place - _BEFORE)
    head = text[base:place]
    if "\n\n" in head:
        base += head.rindex("\n\n") + 2
        head = text[base:place]
    words = head.replace("—", " ").replace("–", " ").split()
    if not words:
        return _Before("", place, words)
    if words[-1] == "~" or head.endswith("~"):
        return _Before("about", place - len(head) + head.rindex("~"), words[:-1])
    last = words[-1].lower().lstrip(_OPENING)
    if last in _BOUND_ENDS:
        for count in (3, 2, 1):
            phrase = tuple(word.lower().lstrip(_OPENING) for word in words[-count:])
            if phrase in _BOUNDS:
                return _Before(_BOUNDS[phrase], _start(text, base, place, phrase), words[:-count])
    if last == "from" and (len(words) == 1 or words[-2].lower() not in _CHANGES):
        return _Before("from", place, words)
    start = _start(text, base, place, ("between",)) if last == "between" else place
    return _Before("", start, words)


def _start(text: str, base: int, place: int, phrase: tuple[str, ...]) -> int:
    """Return where the words of a phrase begin that ends before a place."""
    for word in reversed(phrase):
        place -= 1
        while place > base and not text.startswith(word[1:], place + 1):
            place -= 1
    return place


def _amount(text: str, number: Number, before: _Before, *, signed: bool) -> _Amount:
    """Return a number, or the range that it begins."""
    single = _Amount(number.value, number.value, "", number)
    join = _JOIN.match(text, number.end)
    if join is None or not _may_join(join[2], before, signed=signed):
        return single
    sign = _SIGNS.match(text, join.end()) if signed else None
    second = read_number(text, sign.end() if sign else join.end())
    if second is None or (join[1] and not _PERCENT.match(text, second.end)):
        return single
    if signed and not sign and join[2] == "to" and not _is_sum(text, second):
        return single
    low, high = number.value, second.value
    if second.scale and not number.scale and float(number.digits) < float(second.digits):
        low = shifted(number.digits, second.scale)
    if float(low) >= float(high):
        return single
    return _Amount(low, high, join[2] or "-", second)


def _may_join(word: str | None, before: _Before, *, signed: bool) -> bool:
    """Return whether a dash, `to`, `and` or `or` behind a number may make a range of it."""
    if word == "and":
        return bool(before.words) and before.words[-1].lower() == "between"
    return word != "or" or not signed


def _is_sum(text: str, number: Number) -> bool:
    """Return whether a number without a sign ends a range of money: `$15 to 20 an hour`."""
    end = number.end
    return bool(number.scale or _PER.match(text, end) or _CLAUSE_END.match(text, end))


def _money(text: str, amount: _Amount, before: _Before, unit: tuple[str, int]) -> _Figure:
    code, end = unit
    ends = amount.low, amount.high
    bound, end = _open_end(text, end, _bound(before, amount))
    per, end = _per(text, end)
    return _Figure(FigureKind.MONEY, ends, code, per, bound, before.start, end)


def _bound(before: _Before, amount: _Amount) -> str:
    """Return the bound before an amount; `from` bounds only a number that no other follows."""
    if before.bound == "from":
        return ""
    return before.bound if amount.low == amount.high or before.bound == "about" else ""


def _open_end(text: str, end: int, bound: str) -> tuple[str, int]:
    """Return the bound that stands behind an amount, such as a plus sign, and where that ends."""
    plus = _PLUS.match(text, end)
    if plus is None or bound:
        return bound, end
    return (_LESS if plus[1] else _LEAST), plus.end()


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
    bound = "" if before.bound == "from" else before.bound
    return _percent(count, parts, bound, before.start, match.end())


def _percent(count: int, parts: int, bound: str, start: int, end: int) -> _Figure:
    share = f"{100 * count / parts:.2f}".rstrip("0").rstrip(".")
    return _Figure(FigureKind.SHARE, (share, share), "%", "", bound, start, end)


def _ratio(text: str, number: Number, before: _Before) -> _Figure | None:
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
    bound = "" if before.bound == "from" else before.bound
    return _percent(count, parts, bound, before.start, second.end)


def _people(text: str, place: int, amount: _Amount, before: _Before) -> _Figure | None:
    """Return a count of people, if the words beside a number say so."""
    end = amount.last.end
    head = before.words[-1].lower() if before.words else ""
    if is_label(head) or is_year(text[place:end], head):
        return None
    found = people_after(text, end) or people_before(text, end, before.words)
    if found is None:
        return None
    ends = amount.low, amount.high
    bound = _bound(before, amount)
    return _Figure(FigureKind.PEOPLE, ends, found[0], "", bound, before.start, found[1])
