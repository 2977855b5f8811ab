"""Long names with their short forms, as a text gives them: "Screen Actors Guild (SAG)".

After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in
biomedical text" (PSB 2003), in both orders, and for names alone: a long form begins and ends with a
capital, or begins with one and its words have the letters of the short form as initials, as in
French. "Long Form, or LF," counts too.
"""

import re

from digest.enrich.words import GENERIC_ACRONYMS
from digest.model.findings import Definition

_BRACKET = re.compile(r"\(([^()\n]{2,120})\)")
_OR = re.compile(r",\s(?:or|(?:also\s)?known\sas)\s(?:the\s)?([A-Z][\w&.+/-]{1,11})(?=[,.;:)])")
_SHORT = re.compile(r"[A-Z0-9][\w&.+/-]{1,11}(?: [A-Z][\w&.-]{1,8})?")
_JOINING = frozenset(
    "of the and for in on to at a an de des du la le les et der die und für y del & "
    "los las el von van d’ d' l’ l'".split()
)
_LONGEST = 160
_MARKS = "“”\"'‘’«»"
_PARTS = re.compile(r"[\n.!?;:()\[\]“”\"]\s")
_FOREIGN = frozenset("de des du la le les el los las y del der die das und für von van et".split())
_ELIDED = re.compile(r"(?:[lLdD])[’']")


def find_definitions(text: str) -> tuple[Definition, ...]:
    """Return the definitions in a text, in order and without repeats."""
    found = [(match.start(), _in_brackets(text, match)) for match in _BRACKET.finditer(text)]
    if ", or " in text or " known as " in text:
        found += [(match.start(), _behind_or(text, match)) for match in _OR.finditer(text)]
        found.sort(key=lambda item: item[0])
    return tuple(dict.fromkeys(definition for _, definition in found if definition))


def _in_brackets(text: str, match: re.Match[str]) -> Definition | None:
    """Return what a bracket defines: the short form in it, or the long form."""
    inside = " ".join(match[1].split())
    bare = inside.strip(_MARKS)
    if _is_short(bare):
        return _defined(bare, text, match.start())
    short = _short_before(_name_before(_before(text, match.start())))
    words = inside.split()
    words = words[1:] if words and words[0].lower() == "the" else words
    long = _long_form(short, words) if short else ""
    return Definition(long, short) if long and long == " ".join(words) else None


def _behind_or(text: str, match: re.Match[str]) -> Definition | None:
    """Return what a short form behind a comma and "or" stands for."""
    return _defined(match[1], text, match.start()) if _is_short(match[1]) else None


def _defined(short: str, text: str, end: int) -> Definition | None:
    """Return the definition of a short form by the words that end at a place."""
    before = _before(text, end)
    words = _name_before(before)
    long = _long_form(short, words) or _long_form(short.partition("-")[0], words)
    long = long or _by_initials(short, before)
    return Definition(long, short) if long else None


def _before(text: str, end: int) -> str:
    return text[max(0, end - _LONGEST) : end]


def _by_initials(short: str, before: str) -> str:
    """Return the last words of a text if their initials are a short form, or an empty string.

    The first one has a capital. Words such as "de" do not count, and one of them must be there:
    "Collective bargaining agreements (CBA)" is no name.
    """
    sentence = _PARTS.split(before)[-1].split()
    for start in range(len(sentence) - len(short), -1, -1):
        run = sentence[start:]
        counted = [_ELIDED.sub("", word) for word in run if word.lower() not in _JOINING]
        if len(counted) > len(short):
            return ""
        initials = "".join(word[:1] for word in counted)
        if initials.upper() == short and run[0][0].isupper():
            foreign = any(word.lower() in _FOREIGN or _ELIDED.match(word) for word in run)
            return " ".join(run) if foreign else ""
    return ""


def _is_short(text: str) -> bool:
    """Return whether a text looks like a short form: a word or two with two capitals at least."""
    capitals = sum(char.isupper() for char in text)
    return (
        capitals >= 2  # noqa: PLR2004 "(Paris)" is none
        and _SHORT.fullmatch(text) is not None
        and text.upper() not in GENERIC_ACRONYMS
    )


def _name_before(text: str) -> list[str]:
    """Return the last words of a text that may belong to one name."""
    words = _PARTS.split(text)[-1].split()
    start = len(words)
    while start and (words[start - 1][0].isupper() or words[start - 1].lower() in _JOINING):
        start -= 1
        if start and words[start - 1].endswith((",", ";", ":", ".", "”", '"')):
            break
    return words[start:]


def _short_before(words: list[str]) -> str:
    """Return the short form that stands directly before a bracket, or an empty string."""
    return words[-1] if words and _is_short(words[-1]) else ""


def _long_form(short: str, words: list[str]) -> str:
    """Return the shortest run of last words whose letters spell a short form, or an empty string.

    The first letter must begin a word; the others may stand anywhere, in order.
    """
    letters = [char.lower() for char in short if char.isalnum()]
    if len(letters) < 2:  # noqa: PLR2004 one letter defines nothing
        return ""
    for start in range(len(words) - 1, -1, -1):
        run = words[start:]
        if run[0][0].lower() == letters[0] and _spells(letters, run) and _is_name(run):
            return " ".join(run).rstrip(",")
    return ""


def _spells(letters: list[str], words: list[str]) -> bool:
    """Return whether letters occur in words in order, the first at the beginning of the first."""
    rest = " ".join(words).lower()
    place = 0
    for number, letter in enumerate(letters):
        place = rest.find(letter, place)
        if place < 0 or (number == 0 and place):
            return False
        place += 1
    starts = {word[0].lower() for word in words if word[0].isupper()}
    return letters[-1] in starts or rest.endswith(letters[-1])


def _is_name(words: list[str]) -> bool:
    capitals = sum(word[0].isupper() for word in words)
    return capitals >= 2 and words[0][0].isupper() and words[-1][0].isupper()  # noqa: PLR2004 one word is no long form
