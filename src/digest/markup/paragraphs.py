"""Addresses for the paragraphs of a text, so that each can be pointed at and quoted.

The id of a paragraph is made from its words. So a paragraph that is put in or taken out, a line
that is broken elsewhere or a link that is added leaves the addresses of all others as they are.
"""

import re
from collections.abc import Collection
from zlib import crc32

# The sanitiser closes every element, and writes names in small letters and values in double quotes.
# Every tag is taken whole, as a value may hold what looks like another.
_OUTER = "blockquote|dd|details|div|dl|dt|figcaption|figure|li|ol|table|ul"
_TAGS = re.compile(rf'<(?:(p)(?=>)|(/?)(?:{_OUTER})(?=[ >]))?[^>"]*(?:"[^"]*"[^>"]*)*>')
_TAG = re.compile(r"<[^>]*>")
_OUTER_TAG = 2  # its group
# The number of a footnote is not a word of the paragraph: it changes with the notes before.
_REFERENCE = re.compile(r'<sup id="fnref.*?</sup>', re.DOTALL)


class ParagraphIds:
    """Hands out the ids of the paragraphs of one document, in their order.

    Args:
        taken: Ids that it has already.
    """

    def __init__(self, taken: Collection[str] = ()) -> None:
        self._taken = taken
        self._names: dict[str, None] = {}

    def open(self, inner: str) -> str:
        """Return the tag that opens a paragraph of safe HTML; it has an id if there are words."""
        words = _words(inner) if "<" in inner or "\n" in inner else inner
        if not words:
            return "<p>"
        name = f"p-{crc32(words.encode()):08x}"
        if name in self._names or name in self._taken:
            name = self._free(name)
        self._names[name] = None
        return f'<p id="{name}">'

    def joined(self) -> str:
        """Return the ids with spaces between them."""
        return " ".join(self._names)

    def _free(self, name: str) -> str:
        """Return an id that no other element has: paragraphs of the same words are numbered."""
        number = 2
        while (found := f"{name}-{number}") in self._names or found in self._taken:
            number += 1
        return found


def mark_paragraphs(html: str, ids: ParagraphIds) -> str:
    """Return sanitised HTML whose outermost paragraphs have ids.

    A paragraph with attributes of its own is left alone: it may have an id.
    """
    pieces: list[str] = []
    depth = last = 0
    for match in _TAGS.finditer(html):
        group = match.lastindex
        if group == _OUTER_TAG:
            depth += -1 if match[_OUTER_TAG] else 1
        elif group and not depth:
            start, end = match.span()
            pieces += (html[last:start], ids.open(html[end : html.find("</p>", end)]))
            last = end
    pieces.append(html[last:])
    return "".join(pieces)


def _words(inner: str) -> str:
    """Return the words of a paragraph without tags, one space between them."""
    if "<sup" in inner:
        inner = _REFERENCE.sub("", inner)
    return " ".join(_TAG.sub("", inner).split())
