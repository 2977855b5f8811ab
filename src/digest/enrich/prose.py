"""The safe HTML of a body to plain text that knows where in the HTML it stood."""

import re
from bisect import bisect_right
from operator import itemgetter

import msgspec

# The sanitiser writes tags in small letters and attribute values in double quotes.
_TAG = re.compile(r'<(/?)([a-z0-9]+)([^>"]*(?:"[^"]*"[^>"]*)*)>')
_REFERENCE = re.compile(r"&(?:amp|lt|gt|nbsp|quot|#x27|#39);")
_CHARACTERS = {
    "&amp;": "&",
    "&lt;": "<",
    "&gt;": ">",
    "&nbsp;": " ",
    "&quot;": '"',
    "&#x27;": "'",
    "&#39;": "'",
}
_INLINE = frozenset(
    "a abbr b bdi bdo cite code del dfn em i img ins kbd mark q ruby s samp small span strong sub "
    "sup time u var wbr".split()
)
# What another site or a program says: names in it are not the article's.
_FOREIGN = frozenset("a code pre kbd samp var".split())
# No link may stand in a link, and none belongs into code or a heading.
_QUIET = _FOREIGN | frozenset("h2 h3 h4 h5 h6 summary".split())


class Prose(msgspec.Struct, frozen=True):
    """Plain text with its places in the HTML.

    Attributes:
        text: The text; blocks are parted by two line feeds, no other line feed is left.
        starts: Where each run of text begins that stands in the HTML as it is.
        places: Where each run begins in the HTML, the pieces of a body joined.
        quiet: Ranges that stand in a link, in code or in a heading, in order.
        foreign: Those of them that stand in a link or in code.
    """

    text: str
    starts: list[int]
    places: list[int]
    quiet: list[tuple[int, int]]
    foreign: list[tuple[int, int]]

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a stretch of text stands in the HTML, or None if a tag cuts it."""
        run = bisect_right(self.starts, start) - 1
        if run < 0 or (run + 1 < len(self.starts) and end > self.starts[run + 1]):
            return None
        place = self.places[run] + start - self.starts[run]
        return place, place + end - start

    def is_quiet(self, start: int, end: int) -> bool:
        """Return whether part of a stretch may hold no link."""
        return _touches(self.quiet, start, end)

    def is_foreign(self, start: int, end: int) -> bool:
        """Return whether part of a stretch stands in a link or in code."""
        return _touches(self.foreign, start, end)


def _touches(ranges: list[tuple[int, int]], start: int, end: int) -> bool:
    """Return whether a stretch has a part in one of some ranges, which are in order."""
    number = bisect_right(ranges, start, key=itemgetter(0))
    before = number and ranges[number - 1][1] > start
    return bool(before) or (number < len(ranges) and ranges[number][0] < end)


def make_prose(html: str) -> Prose:
    """Return the text of safe HTML; markers of footnotes are left out."""
    reader = _Reader()
    last = 0
    for match in _TAG.finditer(html):
        if match.start() > last:
            reader.take_text(html, last, match.start())
        reader.take_tag(match)
        last = match.end()
    if last < len(html):
        reader.take_text(html, last, len(html))
    text = "".join(reader.parts)
    return Prose(text, reader.starts, reader.places, reader.quiet, reader.foreign)


class _Reader:
    """Collects the runs of one document."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.starts: list[int] = []
        self.places: list[int] = []
        self.quiet: list[tuple[int, int]] = []
        self.foreign: list[tuple[int, int]] = []
        self._length = 0
        self._open: list[tuple[str, int]] = []
        self._skipped = ""

    def take_text(self, html: str, start: int, end: int) -> None:
        if self._skipped:
            return
        text = html[start:end]
        if "&" not in text:
            self._add(text, start)
            return
        last = 0
        for match in _REFERENCE.finditer(text):
            if match.start() > last:
                self._add(text[last : match.start()], start + last)
            self._add(_CHARACTERS[match[0]], start + match.start())
            last = match.end()
        if last < len(text):
            self._add(text[last:], start + last)

    def take_tag(self, match: re.Match[str]) -> None:
        closing, name, attributes = match.groups()
        if self._skipped:
            self._skipped = "" if closing and name == self._skipped else self._skipped
        elif attributes and 'class="footnote-' in attributes:
            self._skipped = name
        elif closing:
            self._close(name)
        elif name in _QUIET:
            self._open.append((name, self._length))
        if name not in _INLINE and self.parts and self.parts[-1] != "\n\n":
            self.parts.append("\n\n")
            self._length += 2

    def _close(self, name: str) -> None:
        if self._open and self._open[-1][0] == name:
            start = self._open.pop()[1]
            if start == self._length:
                return
            if not self._open:
                self.quiet.append((start, self._length))
            if name in _FOREIGN and not any(outer in _FOREIGN for outer, _ in self._open):
                self.foreign.append((start, self._length))

    def _add(self, text: str, place: int) -> None:
        if self.parts and self.parts[-1] == "\n\n" and text.isspace():
            return
        self.parts.append(text.replace("\n", " ") if "\n" in text else text)
        self.starts.append(self._length)
        self.places.append(place)
        self._length += len(text)
