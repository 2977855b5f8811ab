"""Names that nobody has declared, by their capitals alone."""

import re
from collections.abc import Iterator

from digest.enrich.words import (
    DAYS_AND_MONTHS,
    FUNCTION_WORDS,
    GENERIC_ACRONYMS,
    OFFICES,
    at_sentence_start,
    is_common,
    is_headline,
    is_name_here,
)

_TOKEN = re.compile(r"[^\W_](?:[\w&]|[’'./-](?=[^\W_]))*")
_POSSESSIVE = re.compile(r"[’'](?:s|S)\Z")
_JOINING = frozenset("of for the de del du la von van &".split())
# "and" joins parts of one name only behind these: the Alliance of Motion Picture and Television
# Producers, but Netflix and Disney.
_PREPOSITIONS = frozenset({"of", "for"})
_ARTICLES = re.compile(r"\b(?:the|an?|this|that|our|their|its|his|her)\s\Z", re.IGNORECASE)
# Adjectives and tongues, which are capitalised in English and name nobody.
_PEOPLES = frozenset(
    "american americans european europeans british canadian canadians australian german germans "
    "french italian spanish english irish scottish welsh dutch chinese japanese korean indian "
    "african asian latin mexican brazilian kenyan kenyans nigerian ghanaian swedish danish "
    "norwegian polish turkish israeli swiss belgian filipino indonesian californian texan "
    "democratic democrat democrats republican republicans "
    "western eastern northern southern internet i".split()
)
_SHORTEST = 3
_REACH = 8
_MOST_WORDS = 12
_FEWEST_WORDS = 6


def find_capitalised(text: str, words: frozenset[str]) -> frozenset[str]:
    """Return what looks like a name in a text whose blocks are parted by two line feeds.

    Titles, offices and generic short forms at the ends are left out; so is a single common word
    unless its neighbours say that it is a name, and so are common words that open a sentence.
    `words` are common words in small letters.
    """
    found: set[str] = set()
    for block in text.split("\n\n"):
        if _is_heading(block):
            continue
        for run in _runs(block):
            name = _name(block, _trim(run), words)
            if name:
                found.add(name)
    return frozenset(found)


def _is_heading(block: str) -> bool:
    """Return whether a block has no stop and is short or has capitals throughout."""
    return block[-1:].isalnum() and (len(block.split()) < _FEWEST_WORDS or is_headline(block))


def _runs(text: str) -> Iterator[list[tuple[int, str]]]:
    """Yield words that have capitals and stand side by side, with their places."""
    run: list[tuple[int, str]] = []
    joining: list[tuple[int, str]] = []
    last = 0
    for match in _TOKEN.finditer(text):
        word = match[0]
        beside = text[last : match.start()] == " "
        last = match.end()
        if run and not (beside and (word[0].isupper() or _joins(word, run))):
            yield run
            run, joining = [], []
        if not word[0].isupper():
            if run:
                joining.append((match.start(), word))
            continue
        plain = _POSSESSIVE.sub("", word)
        stem, _, rest = plain.rpartition("-")
        closed = plain != word
        if stem and rest.islower():  # Microsoft-backed
            plain, closed = stem, True
        run += [*joining, (match.start(), plain)]
        joining = []
        if closed:
            yield run
            run = []
    if run:
        yield run


def _joins(word: str, run: list[tuple[int, str]]) -> bool:
    """Return whether a small word may stand between parts of a name that has begun with a run."""
    if word == "and":
        return any(part in _PREPOSITIONS for _, part in run)
    return word in _JOINING


def _trim(run: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return a run without words at its ends that belong to no name."""
    start, end = 0, len(run)
    while start < end and _is_loose(run[start][1]):
        start += 1
    while start < end and _is_loose(run[end - 1][1]):
        end -= 1
    return run[start:end]


def _is_loose(word: str) -> bool:
    small = word.lower()
    return (
        small in OFFICES
        or small in FUNCTION_WORDS
        or small in DAYS_AND_MONTHS
        or word.upper() in GENERIC_ACRONYMS
        or (len(word) == 1 and not word.isalpha())
    )


def _name(text: str, run: list[tuple[int, str]], words: frozenset[str]) -> str:
    """Return the name that a run is, or an empty string."""
    if not 0 < len(run) <= _MOST_WORDS:
        return ""
    start, first = run[0]
    if len(run) > 1:
        plain = all(is_common(word.lower(), words) for _, word in run)
        opens = plain and at_sentence_start(text, start)
        return "" if opens else " ".join(word for _, word in run)
    if len(first) < _SHORTEST or first.lower() in _PEOPLES:
        return ""
    if not is_common(first.lower(), words):
        return first
    if at_sentence_start(text, start) or _ARTICLES.search(text, max(0, start - _REACH), start):
        return ""
    return first if is_name_here(text, start, start + len(first), words) else ""
