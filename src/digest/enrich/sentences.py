"""Where the sentences of a text begin and end."""

import re
from bisect import bisect_right

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
    """The sentences of one text, a block at a time; blocks are parted by two line feeds."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] = []
        self._end = 0

    def bounds(self, place: int) -> tuple[int, int]:
        """Return where the sentence around a place begins, and where it ends or the next begins."""
        if not (self._starts and self._starts[0] <= place < self._end):
            self._read_block(place)
        number = bisect_right(self._starts, place)
        end = self._starts[number] if number < len(self._starts) else self._end
        return self._starts[number - 1], end

    def _read_block(self, place: int) -> None:
        """Find the sentences of the block around a place."""
        text = self._text
        before, after = text.rfind("\n\n", 0, place), text.find("\n\n", place)
        start = before + 2 if before >= 0 else 0
        end = self._end = after if after >= 0 else len(text)
        other = any(text.find(mark, start, end) >= 0 for mark in _OTHER_MARKS)
        ends = (_END if other else _FULL_STOP).finditer(text, start, end)
        self._starts = [start, *[match.end() for match in ends]]
