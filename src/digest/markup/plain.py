"""Plain documents to HTML without Python-Markdown, which does little for them, slowly.

Most articles are paragraphs, headings, quotations and short lists with some bold words, links and
quotation marks. A document is plain if each of its blocks matches one of the shapes below in full.
They hold no character that Python-Markdown might read in another way, so the HTML is the same.
Whatever is in doubt is not plain: the shapes need care, not completeness. Possessive patterns keep
the time linear.
"""

import re
from collections.abc import Callable
from html import unescape
from typing import NamedTuple

from digest.markup.headings import heading_id, outline
from digest.markup.links import LinkBook

# Nothing that opens markup within a line, and no control character.
_WORDS = r"[^\n\\`*_\[\]<|~\"'&\x00-\x1f\x7f-\x9f\ufffe\uffff]++"
# Straight quotation marks whose side is beyond doubt, and `&` where no entity begins.
_SIGNS = (
    r"(?<=\w)'(?![\"\d])"
    r"|(?<=\s)'(?=[^\W\d])"
    r"|(?<!\S)\"(?=\w)"
    r"|(?<=[\w.,!?])(?<!'s)\"(?=[\s.,;:!?)]|\Z)"
    r"|&(?![#\w])"
)
_INSIDE = rf"(?:{_WORDS}|{_SIGNS})++"
_BOLD = rf"(?<!\w)\*\*(?=\w){_INSIDE}(?<=\w)\*\*(?![\w*])"
_ADDRESS = r"(?:[^\s()<>\[\]\\`*\"'&\x00-\x1f\x7f-\x9f\ufffe\uffff]|&(?!#))++"
_LINK = rf"(?<!!)\[(?![\s^]){_INSIDE}\]\({_ADDRESS}\)"
# A line of a paragraph does not begin like a block of another kind.
_START = r"(?![\s#>:+=-]|\* |\d+\.)"
_LINE = re.compile(rf"{_START}(?:{_WORDS}|{_BOLD}|{_LINK}|{_SIGNS})++")
_LINES = re.compile(rf"{_START}(?:{_WORDS}|{_BOLD}|{_LINK}|{_SIGNS}|(?<!  )\n{_START})++")
_TITLE = re.compile(_INSIDE)
_HEADING = re.compile(r"(#{1,6}) ([^#\n]+)")
_GAP = re.compile(r"\n\n+")
_MARK = re.compile(r"\*\*|\[([^\]]*)\]\(([^)]*)\)|'|\"|--+|\.\.\.+|>|&")
_AMPERSAND = re.compile(r"&(?![0-9a-z]+;)", re.IGNORECASE)  # no entity
_REPLACED = {"&": "&amp;", ">": "&gt;", "--": "&ndash;", "---": "&mdash;", "...": "&hellip;"}
# What stands for a mark that opens, and for one that closes.
_PAIRS = {
    "**": ("<strong>", "</strong>"),
    "'": ("&lsquo;", "&rsquo;"),
    '"': ("&ldquo;", "&rdquo;"),
}

_CONTINUED = {"ul", "blockquote"}


class _Block(NamedTuple):
    tag: str
    lines: list[str]  # the items of a list, otherwise one
    anchor: str = ""


def plain_html(text: str, book: LinkBook) -> str | None:
    """Return the HTML of a plain document with its links noted in `book`, or None for another."""
    blocks: list[_Block] = []
    anchors: set[str] = set()
    last = ""
    for written in _GAP.split(text.strip("\n")):
        block = _READERS.get(written[:1], _paragraph)(written)
        if block is None or block.anchor in anchors or (block.tag == last in _CONTINUED):
            return None
        if block.anchor:
            anchors.add(block.anchor)
        last = block.tag
        blocks.append(block)
    return _write(blocks, book)


def _paragraph(written: str) -> _Block | None:
    return _Block("p", [written]) if _LINES.fullmatch(written) else None


def _heading(written: str) -> _Block | None:
    match = _HEADING.fullmatch(written)
    title = match[2].strip() if match else ""
    if match is None or not _TITLE.fullmatch(title):
        return None
    name = unescape(" ".join(_MARK.sub(_sign, title).split()))
    return _Block(f"h{len(match[1])}", [title], heading_id(name))


def _quotation(written: str) -> _Block | None:
    inner = written.removeprefix("> ").replace("\n> ", "\n")
    return _Block("blockquote", [inner]) if _LINES.fullmatch(inner) else None


def _list(written: str) -> _Block | None:
    items = written.removeprefix("- ").split("\n- ")
    return _Block("ul", items) if all(map(_LINE.fullmatch, items)) else None


_READERS: dict[str, Callable[[str], _Block | None]] = {
    "#": _heading,
    ">": _quotation,
    "-": _list,
}


def _write(blocks: list[_Block], book: LinkBook) -> str:
    """Return the HTML of blocks in their order."""

    def mark(match: re.Match[str]) -> str:
        if match[2] is None:
            return _sign(match)
        address = book.markdown_link(match[2])
        attribute = "" if address is None else f' href="{_AMPERSAND.sub("&amp;", address)}"'
        return f"<a{attribute}>{_MARK.sub(_sign, match[1])}</a>"

    pieces = []
    above: list[int] = []
    for tag, lines, anchor in blocks:
        texts = [_MARK.sub(mark, line) for line in lines]
        if tag == "p":
            pieces.append(f"<p>{texts[0]}</p>")
        elif tag == "ul":
            pieces.append("<ul>\n<li>" + "</li>\n<li>".join(texts) + "</li>\n</ul>")
        elif tag == "blockquote":
            pieces.append(f"<blockquote>\n<p>{texts[0]}</p>\n</blockquote>")
        else:
            level = outline(above, int(tag[1]))
            pieces.append(f'<{level} id="{anchor}">{texts[0]}</{level}>')
    return "\n".join(pieces)


def _sign(match: re.Match[str]) -> str:
    """Return what stands for a mark that is no link."""
    mark = match[0]
    pair = _PAIRS.get(mark)
    if pair is None:
        return _REPLACED.get(mark, mark)
    start = match.start()
    before = match.string[start - 1] if start else " "
    return pair[before.isalnum() if mark == "**" else not before.isspace()]
