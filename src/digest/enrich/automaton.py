"""One pass over a text finds every one of many words, however many there are.

The search is the automaton of Aho and Corasick, "Efficient string matching" (CACM 18(6), 1975).
"""

from collections.abc import Callable
from functools import partial

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick, Implementation, MatchKind

Match = tuple[int, int, int]
"""The number of what was found, where it begins, and where it ends."""

# A table of all states is twice as fast, and takes some 250 bytes a letter.
_MOST_LETTERS = 200_000


def find_all(words: list[str]) -> Callable[[str], list[Match]]:
    """Return what finds every place of words in a text, overlapping ones too."""
    if not words:
        return lambda _: []
    small = sum(map(len, words)) < _MOST_LETTERS
    kind = Implementation.DFA if small else Implementation.ContiguousNFA
    search = AhoCorasick(words, implementation=kind)
    return partial(search.find_matches_as_indexes, overlapping=True)


def find_longest(words: list[bytes]) -> Callable[[bytes], list[Match]]:
    """Return what finds words in an encoded text: the longest where several begin."""
    return BytesAhoCorasick(words, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes
