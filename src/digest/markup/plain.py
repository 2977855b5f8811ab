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
from digest.markup.sanitize import sanitize

_CONTROLS = r"\x00-\x1f\x7f-\x9f\ufffe\uffff"
# Nothing that opens markup within a line.
_WORDS = rf"[^\\`*_\[\]<|~\"'&{_CONTROLS}]++"
# Straight quotation marks whose side is beyond doubt, and `&` where no entity begins.
_SIGNS = (
    r"(?<=\w)'(?![\"\d])"
    r"|(?<=\s)'(?=[^\W\d])"
    r"|(?<!\S)\"(?=\w)"
    r"|(?<=[\w.,!?])(?<!'s)\"(?=[\s.,;:!?)]|\Z)"
    r"|&(?![#\w])"
)
_INSIDE = rf"(?:{_WORDS}|{_SIGNS})++"
_STRONG = rf"(?<![\w*])(?:\*(?=[^\s*]){_INSIDE}(?<=\w)\*|\*\*(?=\S){_INSIDE}(?<=\w)\*\*)(?![\w*])"
_ADDRESS = rf"(?:[^\s()<>\[\]\\`*\"'&{_CONTROLS}]|&(?!#))++"
_LINK = rf"(?<!!)\[(?![\s^])(?:{_WORDS}|{_STRONG}|{_SIGNS})++\]\({_ADDRESS}\)"
_TEXT = rf"{_WORDS}|{_STRONG}|{_LINK}|{_SIGNS}"
# A line of a paragraph does not begin like a block of another kind.
_START = r"(?![\s#>:+=-]|\* |\d+\.)"
_LINE = re.compile(rf"{_START}(?:{_TEXT})++")
_LINES = re.compile(rf"{_START}(?:{_TEXT}|(?<!  )\n{_START})++")
_TITLE = re.compile(_INSIDE)
_HEADING = re.compile(r"(#{1,6}) ([^#\n]+)")
_GAP = re.compile(r"\n\n+")
_MARK = re.compile(r"\*\*?|\[([^\]]*)\]\(([^)]*)\)|'|\"|--+|\.\.\.+|>|&|\xa0")
_AMPERSAND = re.compile(r"&(?![0-9a-z]+;)", re.IGNORECASE)  # no entity
_REPLACED = {"&": "&amp;", ">": "&gt;", "\xa0": "&nbsp;", "--": "–", "---": "—", "...": "…"}
# What stands for a mark that opens, and for one that closes.
_PAIRS = {
    "*": ("<em>", "</em>"),
    "**": ("<strong>", "</strong>"),
    "'": ("‘", "’"),
    '"': ("“", "”"),
}
_CONTINUED = {"ul", "blockquote"}

# A tag, the text in it (of a list: its items) and the anchor of a heading.
_Block = tuple[str, list[str], str]


def plain_html(text: str, book: LinkBook) -> str | None:
    """Return the safe HTML of a plain document, or None for any other.

    Links and anchors are noted in `book`, as are findings; nothing is if the document is not plain.
    """
    blocks: list[_Block] = []
    anchors: set[str] = set()
    last = ""
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
    return _write(blocks, book)


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


_READERS: dict[str, Callable[[str], _Block | None]] = {
    "#": _heading,
    ">": _quotation,
    "-": _list,
}


def _write(blocks: list[_Block], book: LinkBook) -> str:
    """Return the HTML of blocks in their order."""
    line, end = book.first_line, 0

    def mark(match: re.Match[str]) -> str:
        nonlocal line, end
        if match[2] is None:
            return _sign(match)
        start = book.source.find(match[0], end)
        line += book.source.count("\n", end, start)
        end = start + len(match[0])
        address = book.markdown_link(match[2], line)
        inner = _MARK.sub(_sign, match[1])
        if address is None:
            return f"<a>{inner}</a>"
        return sanitize(f'<a href="{_AMPERSAND.sub("&amp;", address)}">{inner}</a>', book)

    pieces = []
    above: list[int] = []
    for tag, lines, anchor in blocks:
        texts = [_MARK.sub(mark, text) for text in lines]
        if tag == "p":
            pieces.append(f"<p>{texts[0]}</p>")
        elif tag == "ul":
            pieces.append("<ul>\n<li>" + "</li>\n<li>".join(texts) + "</li>\n</ul>")
        elif tag == "blockquote":
            pieces.append(f"<blockquote>\n<p>{texts[0]}</p>\n</blockquote>")
        else:
            level = outline(above, int(tag[1]))
            pieces.append(sanitize(f'<{level} id="{anchor}">{texts[0]}</{level}>', book))
    return "\n".join(pieces)


def _sign(match: re.Match[str]) -> str:
    """Return what stands for a mark that is no link."""
    mark = match[0]
    pair = _PAIRS.get(mark)
    if pair is None:
        return _REPLACED.get(mark, mark)
    start = match.start()
    before = match.string[start - 1] if start else " "
    return pair[before.isalnum() if "*" in mark else not before.isspace()]
