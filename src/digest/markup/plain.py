"""Plain documents to safe HTML at once, which takes a tenth of the time of the long way.

Most articles are paragraphs, headings, quotations and short lists with some bold words, links and
quotation marks. Python-Markdown and the sanitiser do little for these, slowly. A document is plain
if each of its blocks matches one of the shapes below in full. They hold no character that
Python-Markdown might read in another way, so the HTML is the same; whatever is in doubt is not
plain, so the shapes need care, not completeness. Possessive patterns keep the time linear.

The HTML is safe: a plain text holds no `<` and no control character, `&` and `>` are escaped, and
the tags come from here. Links and headings pass the sanitiser, as they have attributes.
"""

import re
from collections.abc import Callable
from html import unescape

from digest.markup.headings import heading_id, outline
from digest.markup.links import LinkBook
from digest.markup.paragraphs import ParagraphIds
from digest.markup.sanitize import sanitize

_CONTROLS = r"\x00-\x1f\x7f-\x9f\ufffe\uffff"
# Nothing that opens markup within a line.
_WORDS = rf"[^\\`*_\[\]<|~\"'&{_CONTROLS}]++"
# Straight quotation marks whose side is beyond doubt, and `&` where no entity begins.
_SIGNS = (
    r"(?<=\w)'(?![\"\d])"
    r"|(?<=\s)'(?=[^\W\d])"
    r"|(?<=[)*])'(?=s\b)"
    r"|(?<![^\s\[])\"(?=[\w\[*])"
    r"|(?<=[\w.,!?])(?<!'s)\"(?=[\s.,;:!?)*\[\]]|\Z)"
    r"|(?<=\))\"(?=[.,;:!?]\s|\s(?!['\"]))"
    r"|&(?!#|\w+;)"
)
_ADDRESS = rf"(?:[^\s()<>\[\]\\`*\"'&{_CONTROLS}]|&(?!#))++"


def _strong(inside: str) -> str:
    """Return the pattern of strong or emphasized text."""
    once, twice = (rf"{mark}(?=[^\s*])(?:{inside})++(?<=\S){mark}" for mark in (r"\*", r"\*\*"))
    return rf"(?<!\*)(?:{once}|{twice})(?!\*)"


def _link(inside: str) -> str:
    """Return the pattern of a link."""
    return rf"(?<!!)\[(?![\s^])(?:{inside})++\]\({_ADDRESS}\)"


_INSIDE = rf"{_WORDS}|{_SIGNS}"
_TEXT = "|".join(
    (_INSIDE, _strong(f"{_INSIDE}|{_link(_INSIDE)}"), _link(f"{_INSIDE}|{_strong(_INSIDE)}"))
)
# A line of a paragraph does not begin like a block of another kind.
_START = r"(?![\s#>:+=-]|\* |\d+\.)"
_LINE = re.compile(rf"{_START}(?:{_TEXT})++")
_LINES = re.compile(rf"{_START}(?:{_TEXT}|(?<!  )\n{_START})++")
_TITLE = re.compile(rf"(?:{_INSIDE})++")
_HEADING = re.compile(r"(#{1,6}) ([^#\n]+)")
_AFTER_HEADING = re.compile(r"^(#{1,6} [^\n]*\n)(?=[^\n])", re.MULTILINE)
_GAP = re.compile(r"\n\n+")
_NUMBER = re.compile(r"\n\d+\. ")
_MARK = re.compile(r"\*(\*?)([^*]+)\*\1|\[([^\]]*)\]\(([^)]*)\)|'|\"|--+|\.\.\.+|>|&|\xa0")
_AMPERSAND = re.compile(r"&(?![0-9a-z]+;)", re.IGNORECASE)  # no entity
_REPLACED = {"&": "&amp;", ">": "&gt;", "\xa0": "&nbsp;", "--": "–", "---": "—", "...": "…"}
_CONTINUED = {"ul", "ol", "blockquote"}

# A tag, the text in it (of a list: its items) and the anchor of a heading.
_Block = tuple[str, list[str], str]


def plain_html(text: str, book: LinkBook) -> tuple[str, ParagraphIds] | None:
    """Return the safe HTML of a plain document and the ids in it, or None for any other.

    Links and anchors are noted in `book`, as are findings; nothing is if the document is not plain.
    """
    blocks: list[_Block] = []
    anchors: set[str] = set()
    last = ""
    if "#" in text:
        text = _AFTER_HEADING.sub(r"\1\n", text)
    for written in _GAP.split(text.strip("\n")):
        block = _READERS.get(written[:1], _paragraph)(written)
        if block is None:
            return None
        tag, _, anchor = block
        if anchor in anchors or (tag == last in _CONTINUED):
            return None
        if anchor:
            anchors.add(anchor)
        last = tag
        blocks.append(block)
    ids = ParagraphIds(anchors)
    return _Writer(book, ids).write(blocks), ids


def _paragraph(written: str) -> _Block | None:
    return ("p", [written], "") if _LINES.fullmatch(written) else None


def _heading(written: str) -> _Block | None:
    match = _HEADING.fullmatch(written)
    title = match[2].strip() if match else ""
    if match is None or not _TITLE.fullmatch(title):
        return None
    name = unescape(" ".join(_MARK.sub(_sign, title).split()))
    return f"h{len(match[1])}", [title], heading_id(name)


def _quotation(written: str) -> _Block | None:
    inner = written.removeprefix("> ").replace("\n> ", "\n")
    return ("blockquote", [inner], "") if _LINES.fullmatch(inner) else None


def _list(written: str) -> _Block | None:
    items = written.removeprefix("- ").split("\n- ")
    return ("ul", items, "") if all(map(_LINE.fullmatch, items)) else None


def _numbers(written: str) -> _Block | None:
    if not written.startswith("1. "):
        return _paragraph(written)
    items = _NUMBER.split(written.removeprefix("1. "))
    return ("ol", items, "") if all(map(_LINE.fullmatch, items)) else None


_READERS: dict[str, Callable[[str], _Block | None]] = {
    "#": _heading,
    ">": _quotation,
    "-": _list,
    "1": _numbers,
}


class _Writer:
    """Writes the blocks of one document in their order."""

    def __init__(self, book: LinkBook, ids: ParagraphIds) -> None:
        self._book = book
        self._ids = ids
        self._line, self._end = book.first_line, 0  # where the last link was
        self._above: list[int] = []  # levels of the open headings

    def write(self, blocks: list[_Block]) -> str:
        """Return the HTML of all blocks."""
        return "\n".join([self._block(*block) for block in blocks])

    def _block(self, tag: str, lines: list[str], anchor: str) -> str:
        texts = [_MARK.sub(self._mark, text) for text in lines]
        if tag == "p":
            return f"{self._ids.open(texts[0])}{texts[0]}</p>"
        if tag in {"ul", "ol"}:
            return f"<{tag}>\n<li>" + "</li>\n<li>".join(texts) + f"</li>\n</{tag}>"
        if tag == "blockquote":
            return f"<blockquote>\n<p>{texts[0]}</p>\n</blockquote>"
        level = outline(self._above, int(tag[1]))
        return sanitize(f'<{level} id="{anchor}">{texts[0]}</{level}>', self._book)

    def _mark(self, match: re.Match[str]) -> str:
        second, words, name, address = match.groups()
        if words is not None:
            tag = "strong" if second else "em"
            return f"<{tag}>{_MARK.sub(self._mark, words)}</{tag}>"
        return _sign(match) if address is None else self._link(match[0], name, address)

    def _link(self, written: str, name: str, address: str) -> str:
        source = self._book.source
        start = source.find(written, self._end)
        self._line += source.count("\n", self._end, start)
        self._end = start + len(written)
        target = self._book.markdown_link(address, self._line)
        inner = _MARK.sub(self._mark, name)
        if target is None:
            return f"<a>{inner}</a>"
        return sanitize(f'<a href="{_AMPERSAND.sub("&amp;", target)}">{inner}</a>', self._book)


def _sign(match: re.Match[str]) -> str:
    """Return what stands for a mark that encloses nothing."""
    mark = match[0]
    before = match.string[match.start() - 1 : match.start()]
    if mark == "'":
        return "‘" if before.isspace() else "’"
    if mark == '"':
        return "“" if before.isspace() or not before else "”"
    return _REPLACED.get(mark, mark)
