"""Names to patterns: how each name may be written in a text."""

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum

import msgspec

from digest.enrich.words import FUNCTION_WORDS, GENERIC_ACRONYMS, is_common

_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
# Most texts are plain ASCII without these, which is read several times faster.
_LOOK_ALIKE = (
    ("’", "'"),
    ("‘", "'"),
    ("“", '"'),
    ("”", '"'),
    ("\xa0", " "),
    ("\u2011", "-"),
    ("\u2013", "-"),
    ("\u202f", " "),
)
_WORD = re.compile(r"[^\W_]+")
# "Writers' Guild" is the Writers Guild, and the other way round.
_PLURAL = re.compile(r"(?<=[a-z])s (?=[A-Z])")
_SHORTEST = 2
_ACRONYM_LETTERS = 6


class Name(msgspec.Struct, frozen=True, order=True):
    """A name and the slug of the entity that it stands for."""

    text: str
    slug: str


class Case(Enum):
    """What the capitals of a name are worth."""

    ANY = "any"
    """Letters of either case will do: no other word is spelled like this."""

    CAPITALS = "capitals"
    """The capitals must be there: every word of the name is a common word."""

    EXACT = "exact"
    """Letter by letter: an acronym."""

    TITLE = "title"
    """An acronym written like a word, such as Sag: it needs another sign of the entity."""

    WORD = "word"
    """A single common word: capitals and neighbours decide."""


class Pattern(msgspec.Struct, frozen=True):
    """One way to write a name.

    Attributes:
        folded: What is looked for in a folded text.
        text: The name with its capitals, folded otherwise.
    """

    folded: str
    text: str
    slug: str
    case: Case


def fold(text: str) -> str:
    """Return a text of the same length without accents on Latin letters, look-alikes made one."""
    if not text.isascii():
        for char, instead in _LOOK_ALIKE:
            text = text.replace(char, instead)
        if not text.isascii() and _ACCENTED.search(text):
            text = _ACCENTED.sub(_bare, text)
    return text


def _bare(match: re.Match[str]) -> str:
    base = unicodedata.normalize("NFD", match[0])[0]
    return base if base.isascii() else match[0]


def lower(text: str) -> str:
    """Return a text in small letters and of the same length."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(_lower(char) for char in text)


def _lower(char: str) -> str:
    small = char.lower()
    return small if len(small) == 1 else char


def is_too_common(name: str) -> bool:
    """Return whether a name says nothing in a text: a single letter, or function words alone."""
    found = _WORD.findall(name)
    letters = "".join(found)
    if len(letters) < _SHORTEST and letters.isascii():
        return True
    if is_acronym(name):
        return False
    return all(word.lower() in FUNCTION_WORDS for word in found)


def is_acronym(name: str) -> bool:
    """Return whether a name is made of capitals: at least two, and no small letter."""
    capitals = sum(char.isupper() for char in name)
    return capitals >= _SHORTEST and not any(char.islower() for char in name)


def make_patterns(names: Iterable[Name], words: frozenset[str]) -> tuple[Pattern, ...]:
    """Return how the names are looked for, in a fixed order; names that are too common are not.

    `words` are common words in small letters.
    """
    found: dict[tuple[str, str, Case], Pattern] = {}
    for name in sorted(set(names)):
        text = " ".join(fold(name.text).split())
        if not text or is_too_common(text):
            continue
        for pattern in _patterns(text, name.slug, words):
            found.setdefault((pattern.folded, pattern.slug, pattern.case), pattern)
    return tuple(found.values())


def _patterns(text: str, slug: str, words: frozenset[str]) -> Iterable[Pattern]:
    case = _case(text, words)
    if case is Case.WORD and text.islower():  # an alias `strike` is no strike in a sentence
        text = text.capitalize()
    yield Pattern(lower(text), text, slug, case)
    if is_acronym(text) and text.isalpha() and _SHORTEST < len(text) <= _ACRONYM_LETTERS:
        yield Pattern(lower(text), text.capitalize(), slug, Case.TITLE)
    for other in {_PLURAL.sub("s' ", text), text.replace("s' ", "s ")} - {text}:
        yield Pattern(lower(other), other, slug, _case(text, words))
    bare = text.removeprefix("The ")
    if bare != text and (" " in bare or not is_common(lower(bare), words)):
        yield Pattern(lower(bare), bare, slug, _case(bare, words))


def _case(text: str, words: frozenset[str]) -> Case:
    if is_acronym(text):
        return Case.EXACT
    found = _WORD.findall(lower(text))
    if not all(is_common(word, words) or word.upper() in GENERIC_ACRONYMS for word in found):
        return Case.ANY
    return Case.WORD if len(found) == 1 else Case.CAPITALS
