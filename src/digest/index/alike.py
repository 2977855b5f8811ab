"""Names that are nearly the same."""

import re
from collections.abc import Iterable, Iterator

from digest.enrich.names import is_acronym
from digest.enrich.words import FUNCTION_WORDS

# Shares of letters in common, in percent (rapidfuzz's normalised indel similarity).
_CLOSE = 70
_NEARLY_THE_SAME = 88
_FEWEST_INITIALS = 3


def closest(name: str, known: Iterable[str]) -> str:
    """Return the known name that is most like a name, or an empty string if none is close."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 slow to import, and rarely needed

    found = process.extractOne(name, known, scorer=fuzz.ratio, score_cutoff=_CLOSE)
    return found[0] if found else ""


def pairs_alike(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of names that may stand for the same thing, each pair and its names A to Z.

    They differ in a letter or two, or one is made of the initials of the other. Names that differ
    in a number do not: Local 226 is not Local 227.
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415 as above

    ordered = sorted(set(names))
    folded = [name.casefold() for name in ordered]
    spelled: dict[str, list[str]] = {}
    for name in ordered:
        spelled.setdefault(_initials(name), []).append(name)
    found: set[tuple[str, str]] = set()
    for number, name in enumerate(ordered):
        rest = folded[number + 1 :]
        for _, _, place in process.extract(
            folded[number], rest, scorer=fuzz.ratio, score_cutoff=_NEARLY_THE_SAME, limit=None
        ):
            other = ordered[number + 1 + place]
            if _digits(name) == _digits(other):
                found.add((name, other))
        for other in spelled.get(name, ()) if is_acronym(name) else ():
            found.add((min(name, other), max(name, other)))
    yield from sorted(found)


def _digits(name: str) -> list[str]:
    return re.findall(r"\d+", name)


def _initials(name: str) -> str:
    """Return the first letters of the words that count, or an empty string if they are too few."""
    words = re.findall(r"[^\W_]+", name)
    letters = [word[0] for word in words if word.lower() not in FUNCTION_WORDS]
    return "".join(letters).upper() if len(letters) >= _FEWEST_INITIALS else ""
