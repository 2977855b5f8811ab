"""The text of a document to a `Body`."""

import html
import re
from functools import cache
from typing import Any

from digest.diagnostics import Diagnostic, Span, error, warning
from digest.markup.budget import OutOfTimeError, limit_seconds
from digest.markup.links import LinkBook
from digest.markup.paragraphs import ParagraphIds, mark_paragraphs
from digest.markup.plain import plain_html
from digest.markup.sanitize import note_removed, sanitize
from digest.model.records import Body
from digest.urls import is_web_url

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_PARAGRAPH = re.compile(r"<p(?: [^>]*)?>")
_REFERENCE = re.compile(r"<sup id=.*?</sup>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_NOTES = '<div class="footnote">'
# An address in running text, without the marks that close a sentence or a bracket around it.
_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"“”]{1,2000}(?<![.,;:!?'’)\]])")
# What comes before the text of a line inside quotations, lists and indented code.
_OPENING = re.compile(r"[\s>*+:\d.-]*")
_LEAD_CHARACTERS = 240


@cache
def _converter() -> Any:
    """Return the converter of this process; making one costs some milliseconds."""
    from digest.markup.markdown import Converter  # noqa: PLC0415 slow to import

    return Converter()


def make_body(
    text: str, path: str, line: int, *, is_markdown: bool, seconds: float
) -> tuple[Body, tuple[Diagnostic, ...]]:
    """Return the safe HTML of a text, and findings.

    Args:
        text: Markdown, or plain paragraphs between empty lines.
        path: Path of the file, for findings.
        line: 1-based line of the file at which the text begins.
        is_markdown: Which of the two it is.
        seconds: Processor time that the Markdown may take.

    Codes: `control-character`, `markdown-slow`, `markdown-nested`, `html-removed`, `unsafe-link`,
    `remote-image`, `unused-footnote`.
    """
    if is_markdown:
        book = LinkBook(path, text, line)
        plain = plain_html(text, book)
        if plain is not None:
            return _body(*plain, book), tuple(book.findings)
    text, findings = _without_controls(text, path, line)
    if not is_markdown:
        return _paragraphs(text), findings
    book = LinkBook(path, text, line)
    try:
        with limit_seconds(seconds):
            markup = _converter().convert(text, book)
            note_removed(markup, book)
    except (OutOfTimeError, RecursionError) as fault:
        _converter.cache_clear()  # it was stopped half-way, so its state is unknown
        slow = isinstance(fault, OutOfTimeError)
        stopped = _too_slow(seconds, Span(path, line)) if slow else _too_deep(text, path, line)
        return Body(), (*findings, stopped)
    clean = sanitize(markup, book)
    ids = ParagraphIds(book.anchors)
    return _body(mark_paragraphs(clean, ids), ids, book), (*findings, *book.findings)


def _body(clean: str, ids: ParagraphIds, book: LinkBook) -> Body:
    """Return safe HTML cut at its links."""
    pieces, links = book.cut(clean)
    return Body(pieces, links, tuple(book.anchors), _lead(clean), ids.joined())


def _too_slow(seconds: float, span: Span) -> Diagnostic:
    message = f"the Markdown took more than {seconds:g} seconds"
    hint = "look for long runs of brackets or markup, or raise [limits] markdown_seconds"
    return error("markdown-slow", message, span, hint)


def _too_deep(text: str, path: str, line: int) -> Diagnostic:
    """Return the error for lists or quotations inside each other, at the deepest line."""
    depths = [_opening(row) for row in text.split("\n")]
    span = Span(path, line + depths.index(max(depths)))
    message = "lists or quotations stand hundreds of levels inside each other"
    return error("markdown-nested", message, span, "take some levels out")


def _opening(row: str) -> int:
    """Return how many characters of a line stand before its text."""
    match = _OPENING.match(row)
    return match.end() if match else 0


def _without_controls(text: str, path: str, line: int) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the text without characters that no page or feed may hold, and a warning for them."""
    bad = _FORBIDDEN.search(text)
    if bad is None:
        return text, ()
    place = Span(path, line + text.count("\n", 0, bad.start()))
    message = f"the character U+{ord(bad[0]):04X} is left out"
    hint = "delete it: it is invisible"
    return _FORBIDDEN.sub("", text), (warning("control-character", message, place, hint),)


def _paragraphs(text: str) -> Body:
    """Return paragraphs of plain text as HTML; web addresses in them are links."""
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", text.strip())]
    ids = ParagraphIds()
    texts = [_linked(part) for part in paragraphs if part]
    markup = "\n".join([f"{ids.open(text)}{text}</p>" for text in texts])
    lead = cut_text(paragraphs[0], _LEAD_CHARACTERS)
    return Body((markup,), lead=lead, paragraphs=ids.joined())


def _linked(text: str) -> str:
    """Return a text as HTML with its web addresses as links."""
    pieces = []
    last = 0
    for match in _ADDRESS.finditer(text):
        if is_web_url(match[0]):
            address = html.escape(match[0])
            pieces += [
                html.escape(text[last : match.start()]),
                f'<a href="{address}">{address}</a>',
            ]
            last = match.end()
    return "".join((*pieces, html.escape(text[last:])))


def _lead(markup: str) -> str:
    """Return the plain text of the first paragraph that has any, cut at a word."""
    article = markup.partition(_NOTES)[0]
    end = 0
    while (opening := _PARAGRAPH.search(article, end)) is not None:
        end = article.find("</p>", opening.end())
        if end < 0:
            break
        text = html.unescape(_TAG.sub("", _REFERENCE.sub("", article[opening.end() : end])))
        if words := text.split():
            return cut_text(" ".join(words), _LEAD_CHARACTERS)
    return ""


def cut_text(text: str, limit: int) -> str:
    """Return a text cut between words, with an ellipsis where something is missing."""
    if len(text) <= limit:
        return text
    return (text[:limit].rpartition(" ")[0] or text[:limit]).rstrip(" ,;:.–—-") + "…"
