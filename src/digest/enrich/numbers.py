"""Numbers as news writes them: `11,500`, `1.2bn`, `twenty-three`, `half a million`."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from digest.enrich.automaton import find_longest


class Number(NamedTuple):
    """A number read at a place in a text.

    Attributes:
        digits: The number without separators, before its scale: `1.2` of `1.2bn`.
        scale: The power of ten that follows it: 9 for `bn`.
        end: Place in the text behind the number and its scale.
    """

    digits: str
    scale: int
    end: int

    @property
    def value(self) -> str:
        """The whole number as a plain decimal string."""
        return shifted(self.digits, self.scale)


_SCALES = {
    "k": 3,
    "thousand": 3,
    "lakh": 5,
    "m": 6,
    "mn": 6,
    "mln": 6,
    "mm": 6,
    "million": 6,
    "crore": 7,
    "b": 9,
    "bn": 9,
    "billion": 9,
    "tn": 12,
    "trillion": 12,
}
_SCALE = (
    r"(?:(?:\s ?|-)?"
    r"(?i:(?=[tmbcl])(?P<word>thousand|million|billion|trillion|crore|lakh|mln|mn|bn|tn))"
    r"|(?P<letter>[kKmMbB]|MM))(?![A-Za-z])"
)
# Not inside times (12:01), fractions and dates (24/7), ordinals (3rd) or longer numbers.
WHOLE = r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,15})"
"""A pattern for the whole part of a number in digits."""

REST = rf"(?P<part>\.[0-9]{{1,6}})?(?:{_SCALE})?(?![A-Za-z0-9]|[.,:/][0-9])"
"""A pattern for what follows it: decimals, then a scale as a word or as a letter."""

_DIGITS = re.compile(WHOLE + REST)

# Where a number may begin in a flat text, and how one in words goes on there.
_DIGIT = b" 0"
_FIRST = (
    b" one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen,"
    b" fifteen, twenty, thirty, forty, fifty, half, a hundred, a dozen, a thousand, a million,"
    b" a quarter, a third, a fifth, a tenth"
)
_find_starts = find_longest([_DIGIT, *_FIRST.split(b",")])
_SPELLED = re.compile(
    rb" (?:a (?:hundred|dozen|thousand|million|quarter|third|fifth|tenth)|e(?:ight(?:een|y|)|leven)"
    rb"|f(?:i(?:ve|fteen|fty)|our(?:teen|)|orty)|half|nine(?:teen|ty|)|s(?:ix|even)(?:teen|ty|)"
    rb"|one(?= (?:in |out |hundred|thousand|[mb]illion|trillion|dozen|half|third|quarter|fifth"
    rb"|sixth|seventh|eighth|ninth|tenth|per))"
    rb"|t(?:wo|h(?:ree|irteen|irty)|en|we(?:lve|nty)))(?=[ ,.])"
    rb"(?! (?:years?|months?|weeks?|days?|hours?|minutes?|times|decades) )"
)
_SMALL = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * number
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_LARGE = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
_WORD = re.compile(r"[A-Za-z]{1,9}(?![A-Za-z])")
# A word that no other word of the same number can follow.
_ALONE = re.compile(r"[A-Za-z]{3,9}(?=[.,;:]|\s(?![hH]und|[tT]hou|[mM]ill|[bB]ill|[tT]ril|[dD]oz))")
_GAP = re.compile(r"\s ?|-")
_HALF = re.compile(
    r"(?i:half\s ?(?:a\s ?)?|a\s ?quarter\s ?of\s ?a\s ?)(?i:(dozen|million|billion))(?![A-Za-z])"
)
_MOST_WORDS = 9
_TEN = 10


def _flat(letter: str) -> int:
    """Return small ASCII letters, 0 for every digit, commas and stops; for the rest a space."""
    if letter.isascii() and letter.isalnum():
        return ord("0") if letter.isdigit() else ord(letter.lower())
    return ord(letter if letter in ",." else " ")


_FLAT = bytes(_flat(chr(code)) for code in range(256))


def number_places(text: str) -> list[int]:
    """Return where a number may begin, in order."""
    flat = b" " + text.encode("ascii", "replace").translate(_FLAT) + b" "
    spelled = _SPELLED.match
    return [place for number, place, _ in _find_starts(flat) if number == 0 or spelled(flat, place)]


def shifted(digits: str, scale: int) -> str:
    """Return a decimal string times a power of ten, without zeros at the end."""
    if not scale and digits.isdigit() and digits[0] != "0":
        return digits
    whole, _, part = digits.partition(".")
    if scale:
        whole, part = whole + part[:scale].ljust(scale, "0"), part[scale:]
    part = part.rstrip("0")
    whole = whole.lstrip("0") or "0"
    return f"{whole}.{part}" if part else whole


def hundredths(value: str) -> str:
    """Return a hundredth of a plain decimal string."""
    whole, _, part = value.partition(".")
    whole = whole.zfill(3)
    return shifted(f"{whole[:-2]}.{whole[-2:]}{part}", 0)


def read_number(text: str, place: int) -> Number | None:
    """Return the number that begins at a place, in digits or in words."""
    if place >= len(text):
        return None
    return read_digits(text, place) if "0" <= text[place] <= "9" else read_words(text, place)


def read_digits(text: str, place: int) -> Number | None:
    """Return the number in digits that begins at a place, with a scale behind it."""
    match = _DIGITS.match(text, place)
    if match is None:
        return None
    return number_of(match)


def number_of(match: re.Match[str]) -> Number:
    """Return the number that a pattern made of `WHOLE` and `REST` has matched."""
    whole, part, word, letter = match.group("whole", "part", "word", "letter")
    scale = _SCALES[(word or letter).lower()] if word or letter else 0
    digits = whole.replace(",", "") + (part or "")
    return Number(digits, scale, match.end())


def read_words(text: str, place: int) -> Number | None:
    """Return the number in words that begins at a place: `one hundred and twenty`."""
    half = _HALF.match(text, place)
    if half:
        of_what = _LARGE[half[1].lower()]
        share = 2 if half[0][0] in "hH" else 4
        return Number(str(of_what // share), 0, half.end())
    alone = _ALONE.match(text, place)
    if alone and alone[0].lower() in _SMALL:
        return Number(str(_SMALL[alone[0].lower()]), 0, alone.end())
    total = group = last = 0
    end, final = place, ""
    for word, word_end in _number_words(text, place):
        if word in ("a", "and"):
            if not _joins(word, group or total, begins=end == place):
                break
            group, last = (1, 1) if word == "a" else (group, last)
            continue
        step = _step(word, group, last)
        if step is None:
            break
        total, group, last = _added(total, *step)
        end, final = word_end, word
    scale = _SCALES.get(final, 0)
    return Number(str((total + group) // 10**scale), scale, end) if end > place else None


def _number_words(text: str, place: int) -> Iterator[tuple[str, int]]:
    """Yield the words from a place on, small, with their ends, while no mark parts them."""
    for _ in range(_MOST_WORDS):
        match = _WORD.match(text, place)
        if match is None:
            return
        yield match[0].lower(), match.end()
        gap = _GAP.match(text, match.end())
        if gap is None:
            return
        place = gap.end()


def _joins(word: str, so_far: int, *, begins: bool) -> bool:
    """Return whether `a` begins a number here, or `and` goes on with one."""
    return begins if word == "a" else so_far >= _LARGE["hundred"]


def _step(word: str, group: int, last: int) -> tuple[int, int, int] | None:
    """Return the group after a word, the word's own number, and what closes the group."""
    if word in _LARGE:
        large = _LARGE[word]
        if last == 0 or last >= large:
            return None
        return group * large, large, int(large >= _LARGE["thousand"])
    number = _SMALL.get(word, _TENS.get(word))
    if number is None:
        return None
    fits = last == 0 or last >= _LARGE["hundred"] or (last > _TEN * 2 - 1 and 0 < number < _TEN)
    return (group + number, number, 0) if fits else None


def _added(total: int, group: int, last: int, closes: int) -> tuple[int, int, int]:
    return (total + group, 0, last) if closes else (total, group, last)


CENTS = "cents"
"""What money in hundredths of a dollar is counted in, which has no code of its own."""

_SYMBOLS = {"$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR"}
_DOLLARS = {"US": "USD", "U.S.": "USD", "A": "AUD", "AU": "AUD", "C": "CAD", "CA": "CAD"}
_DOLLARS |= {"R": "BRL", "NZ": "NZD", "HK": "HKD", "S": "SGD"}
_DOLLAR_PREFIX = re.compile(r"(?<![A-Za-z.])(?:U\.S\.|US|CA|AU|NZ|HK|A|C|R|S)\Z")
_CODES = {
    code: code
    for code in "USD EUR GBP JPY INR AUD CAD KES CHF CNY NZD HKD SGD BRL MXN ZAR SEK NOK DKK KRW "
    "PHP NGN".split()
}
_SMALL_ENDS = ("Sh", "sh", "Rs")
_CODES |= {"KSh": "KES", "Ksh": "KES", "KSH": "KES", "Rs": "INR", "Rs.": "INR", "RMB": "CNY"}
_MONEY_WORDS = {
    "dollar": "USD",
    "euro": "EUR",
    "yen": "JPY",
    "yuan": "CNY",
    "rupee": "INR",
    "rand": "ZAR",
    "reais": "BRL",
    "kronor": "SEK",
    "cent": CENTS,
}
_NATIONAL_MONEY = {
    "australian dollar": "AUD",
    "canadian dollar": "CAD",
    "new zealand dollar": "NZD",
    "hong kong dollar": "HKD",
    "singapore dollar": "SGD",
    "kenyan shilling": "KES",
    "kenya shilling": "KES",
    "ugandan shilling": "UGX",
    "tanzanian shilling": "TZS",
    "british pound": "GBP",
    "mexican peso": "MXN",
    "philippine peso": "PHP",
    "argentine peso": "ARS",
    "swiss franc": "CHF",
    "korean won": "KRW",
}
_UNCERTAIN_MONEY = frozenset("pound won".split())
_MONEY_AFTER = re.compile(
    r"\s?([€£])(?![0-9])|(?:\s ?|-)(?:((?i:US|U\.S\.|American|Australian|Canadian|New\sZealand|"
    r"Hong\sKong|Singapore|Kenyan?|Ugandan|Tanzanian|British|Indian|Mexican|Philippine|"
    r"Argentine|Swiss|South\sAfrican|(?:South\s)?Korean))\s)?((?i:dollar|euro|pound|yen|yuan|won|"
    r"rupee|shilling|peso|franc|rand|reais|kronor|cent))s?(?![A-Za-z])"
    r"|\s?([A-Z]{3})(?![A-Za-z0-9])"
)
_KENYA_BEFORE = 200


def currency_before(text: str, place: int, floor: int) -> tuple[str, int] | None:
    """Return the code of the currency whose sign ends where a number begins, and its place.

    A sign before `floor` belongs to another figure.
    """
    at = place - 1
    if at > 0 and text[at].isspace():
        at -= 1
    if at < floor or (text[at].islower() and not text.endswith(_SMALL_ENDS, 0, at + 1)):
        return None
    if text[at] in _SYMBOLS:
        return _with_prefix(text, at, floor) if text[at] == "$" else (_SYMBOLS[text[at]], at)
    if at == place - 2 and (text[at] == "." or text[at].isalpha()):
        word = text[max(floor, at - 6) : at + 1].rsplit(maxsplit=1)[-1]
        word = word.lstrip("(“\"'‘—–")
        if word in _CODES:
            return _CODES[word], at + 1 - len(word)
    return None


def _with_prefix(text: str, at: int, floor: int) -> tuple[str, int]:
    """Return the code for a dollar sign with the letters before it, and where these begin."""
    before = text[max(floor, at - 5) : at]
    prefix = _DOLLAR_PREFIX.search(before) if before and not before[-1].isspace() else None
    return (_DOLLARS[prefix[0]], at - len(prefix[0])) if prefix else ("USD", at)


def currency_after(text: str, place: int, end: int, *, scaled: bool) -> tuple[str, int] | None:
    """Return the currency named behind a number, and where that ends.

    Args:
        text: The text.
        place: Where the number begins.
        end: Where the number ends, with its scale.
        scaled: Whether it has one, such as `million`.
    """
    match = _MONEY_AFTER.match(text, end)
    if match is None:
        return None
    sign, nation, word, code = match.groups()
    if sign or code:
        known = _SYMBOLS[sign] if sign else _CODES.get(code)
        return (known, match.end()) if known else None
    unit = _named_money(" ".join((nation or "").lower().split()), word.lower())
    if unit == "shillings" and "Kenya" in text[max(0, place - _KENYA_BEFORE) : place]:
        unit = "KES"
    if word.lower() in _UNCERTAIN_MONEY and not nation:
        # Weights are in pounds too, and strikes are won: only millions of them are money.
        sure = scaled or text[match.end() : match.end() + 9] == " sterling"
        unit = ("KRW" if word.lower() == "won" else "GBP") if sure else ""
    return (unit, match.end()) if unit else None


def _named_money(nation: str, word: str) -> str:
    nation = nation.removeprefix("south ")
    return _NATIONAL_MONEY.get(f"{nation} {word}") or _MONEY_WORDS.get(word, word + "s")
