"""Long names with their short forms, as a text gives them: "Screen Actors Guild (SAG)".

After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in
biomedical text" (PSB 2003), in both orders, and for names alone: a long form begins and ends with a
capital.
"""

import re

from digest.enrich.words import GENERIC_ACRONYMS
from digest.model.findings import Definition

_BRACKET = re.compile(r"\(([^()\n]{2,120})\)")
_SHORT = re.compile(r"[A-Z0-9][\w&.+/-]{1,11}(?: [A-Z][\w&.-]{1,8})?")
_JOINING = frozenset(
    "of the and for in on to at a an de des du la le les et der die und für y del & "
    "los las el von van d’ d' l’ l'".split()
)
_LONGEST = 160


def find_definitions(text: str) -> tuple[Definition, ...]:
    """Return the definitions in a text, in order and without repeats."""
    if "(" not in text:
        return ()
    found: dict[Definition, None] = {}
    for match in _BRACKET.finditer(text):
        inside = " ".join(match[1].split())
        before = _name_before(text[max(0, match.start() - _LONGEST) : match.start()])
        if _is_short(inside):
            long = _long_form(inside, before) or _long_form(inside.partition("-")[0], before)
            short = inside
        else:
            short = _short_before(before)
            long = _long_form(short, inside.split()) if short else ""
            long = long if long == inside.removeprefix("The ") else ""
        if long:
            found[Definition(long, short)] = None
    return tuple(found)


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
    words = re.split(r"[\n.!?;:()\[\]“”\"]\s", text)[-1].split()
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
