"""Where the sentences of a text begin and end."""

import re
from bisect import bisect_right

# A stop, with closing marks, then a space and no small letter; or the end of a block.
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’')\]]*(?=\s+[^a-z\s])|\n\s{0,99}\n")
# What a stop behind it does not end: single capitals and the usual abbreviations.
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|Gov|Sen|Rep|Gen|St|Jr|Sr|vs|No|Inc|Ltd|Co|Corp|Cal|Jan|"
    r"Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec))\.\Z"
)


class Sentences:
    """The sentences of one text, found when first asked for; blocks are parted by line feeds."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] = []

    def bounds(self, place: int) -> tuple[int, int]:
        """Return where the sentence around a place begins, and where the next one does."""
        if not self._starts:
            self._starts = [0, *self._breaks()]
        number = bisect_right(self._starts, place)
        end = self._starts[number] if number < len(self._starts) else len(self._text)
        return self._starts[number - 1], end

    def around(self, place: int) -> str:
        """Return the sentence around a place, white space folded."""
        start, end = self.bounds(place)
        return " ".join(self._text[start:end].split())

    def _breaks(self) -> list[int]:
        found = []
        for match in _END.finditer(self._text):
            stop = match.start() + 1
            cut = self._text[max(0, stop - 6) : stop]
            if match[0][0] == "\n" or not _ABBREVIATION.search(cut):
                found.append(match.end())
        return found
