"""Where the sentences of a text begin and end."""

import re
from collections.abc import Iterator

# Single capitals and the usual abbreviations, which a stop behind them does not make an end.
_ABBREVIATION = (
    r"(?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr|St|Jr|Sr|vs|No|Co)\.)"
    r"(?<!\b(?:Mrs|Gov|Sen|Rep|Gen|Inc|Ltd|Cal|Jan|Feb|Mar|Apr|Aug|Oct|Nov|Dec)\.)"
    r"(?<!\b(?:Prof|Corp|Sept)\.)"
)
# A stop, with closing marks, then a space and no small letter. The pattern begins with a set of
# characters, which `re` looks for several times faster than for what stands before them.
_BEHIND = rf"(?<![.!?…][.!?…]){_ABBREVIATION}[.!?…]*+[\"”’')\]]*(?=\s+[^a-z\s])"
_END = re.compile(rf"[.!?…]{_BEHIND}")
# The same where no other mark can end a sentence: `re` looks for one character yet faster.
_FULL_STOP = re.compile(rf"\.{_BEHIND}")
_OTHER_MARKS = ("!", "?", "…")


class Sentences:
    """The sentences of one text, a block at a time; blocks are parted by two line feeds.

    They are read as far as they are asked for: ask in the order of the text.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._start = self._end = self._block_end = 0
        self._ends: Iterator[re.Match[str]] = iter(())

    def bounds(self, place: int) -> tuple[int, int]:
        """Return where the sentence around a place begins, and where it ends or the next begins."""
        if not self._start <= place < self._block_end:
            self._enter_block(place)
        while self._end <= place and self._end < self._block_end:
            match = next(self._ends, None)
            self._start, self._end = self._end, match.end() if match else self._block_end
        return self._start, self._end

    def _enter_block(self, place: int) -> None:
        """Stand before the first sentence of the block around a place."""
        text = self._text
        before, after = text.rfind("\n\n", 0, place), text.find("\n\n", place)
        start = before + 2 if before >= 0 else 0
        end = after if after >= 0 else len(text)
        other = False
        for mark in _OTHER_MARKS:
            other = other or text.find(mark, start, end) >= 0
        self._ends = (_END if other else _FULL_STOP).finditer(text, start, end)
        self._start, self._end, self._block_end = start, start, end
