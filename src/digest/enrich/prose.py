"""The safe HTML of a body to plain text that knows where in the HTML it stood."""

import re
from bisect import bisect_right
from functools import lru_cache

import msgspec

# The sanitiser writes tags in small letters and attribute values in double quotes. Tags of blocks
# that nothing but white space parts are taken together.
_BLOCK = (
    r"</?(?:p|li|ul|ol|blockquote|div|table|thead|tbody|tr|td|th|dl|dt|dd)"
    r'(?: id="p-[0-9a-f-]++")?+>'
)
_TAGS = re.compile(rf'({_BLOCK}(?:\s*+{_BLOCK})*+|</?[a-z0-9]+[^>"]*(?:"[^"]*"[^>"]*)*>)')
_NAME = re.compile(r"</?([a-z0-9]+)")
_BREAK = "\n\n"
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
        quiet: Where ranges begin and end that stand in a link, in code or in a heading, in order.
        foreign: The same of those that stand in a link or in code.
    """

    text: str
    starts: list[int]
    places: list[int]
    quiet: list[int]
    foreign: list[int]

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


def _touches(ranges: list[int], start: int, end: int) -> bool:
    """Return whether a stretch has a part in a range, by where ranges begin and end in turn."""
    number = bisect_right(ranges, start)
    return number % 2 == 1 or (number < len(ranges) and ranges[number] < end)


def make_prose(html: str) -> Prose:
    """Return the text of safe HTML; markers of footnotes are left out."""
    reader = _Reader()
    reader.read(html)
    text = "".join(reader.parts)
    return Prose(text, reader.starts, reader.places, reader.quiet, reader.foreign)


@lru_cache(maxsize=1024)
def _read_tags(tags: str) -> tuple[bool, str]:
    """Return whether tags part blocks, and the name of a tag that starts or ends something else.

    That is a tag of what may hold no link, or of a marker of a footnote.
    """
    found = _NAME.match(tags)
    if found is None:
        return False, ""
    name = found[1]
    special = name in _QUIET or 'class="footnote-' in tags
    return name not in _INLINE, name if special else ""


class _Reader:
    """Collects the runs of one document."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.starts: list[int] = []
        self.places: list[int] = []
        self.quiet: list[int] = []
        self.foreign: list[int] = []
        self._length = 0
        self._open: list[tuple[str, int]] = []
        self._skipped = ""

    def read(self, html: str) -> None:
        """Take the texts and the tags between them in turn."""
        parts, starts, begins = self.parts, self.starts, self.places
        pieces = [*_TAGS.split(html.replace("\n", " ")), ""]
        place = 0
        for text, tags in zip(pieces[::2], pieces[1::2], strict=True):
            if text and not self._skipped:
                if "&" in text:
                    self._take_references(text, place)
                elif not text.isspace() or (parts and parts[-1] is not _BREAK):
                    parts.append(text)
                    starts.append(self._length)
                    begins.append(place)
                    self._length += len(text)
            place += len(text) + len(tags)
            # Most runs begin so, and may end with an id that no other has.
            parts_blocks, special = (True, "") if tags[:4] == "</p>" else _read_tags(tags)
            if special or self._skipped:
                self._take_special(tags, special)
            if parts_blocks and parts and parts[-1] is not _BREAK:
                parts.append(_BREAK)
                self._length += 2

    def _take_references(self, text: str, place: int) -> None:
        """Take a text with references, each of which is a run of its own."""
        last = 0
        for match in _REFERENCE.finditer(text):
            self._add(text[last : match.start()], place + last)
            self._add(_CHARACTERS[match[0]], place + match.start())
            last = match.end()
        self._add(text[last:], place + last)

    def _take_special(self, tags: str, name: str) -> None:
        if self._skipped:
            self._skipped = "" if f"</{self._skipped}>" in tags else self._skipped
        elif 'class="footnote-' in tags:
            self._skipped = name
        elif not tags.startswith("</"):
            self._open.append((name, self._length))
        elif self._open and self._open[-1][0] == name:
            start = self._open.pop()[1]
            if start == self._length:
                return
            if not self._open:
                self.quiet += start, self._length
            if name in _FOREIGN and not any(outer in _FOREIGN for outer, _ in self._open):
                self.foreign += start, self._length

    def _add(self, text: str, place: int) -> None:
        if not text or (text.isspace() and (not self.parts or self.parts[-1] is _BREAK)):
            return
        self.parts.append(text)
        self.starts.append(self._length)
        self.places.append(place)
        self._length += len(text)
