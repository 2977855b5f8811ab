"""One file of the content folder to a record and its text."""

import datetime as dt

import msgspec

from digest.config.records import DEFAULT_ROLES
from digest.diagnostics import Diagnostic, Span, error, has_errors, warning, with_source
from digest.load.articles import ARTICLE_FIELDS, read_article
from digest.load.dated import is_dated_text, read_dated
from digest.load.fields import Fields
from digest.load.files import CONTENT
from digest.load.frontmatter import Fault, split_document
from digest.load.pages import (
    ENTITY_FIELDS,
    PAGE_FIELDS,
    STORYLINE_FIELDS,
    read_entity,
    read_page,
    read_storyline,
)
from digest.model.records import Record

_READERS = {
    f"{CONTENT}/entities/": (frozenset(ENTITY_FIELDS), read_entity),
    f"{CONTENT}/storylines/": (frozenset(STORYLINE_FIELDS), read_storyline),
    f"{CONTENT}/pages/": (frozenset(PAGE_FIELDS), read_page),
}
_FIRST_FIELDS = {
    f"{CONTENT}/entities/": "name: and kind:",
    f"{CONTENT}/storylines/": "title: and start:",
    f"{CONTENT}/pages/": "title: and description:",
}
_ARTICLE_READER = (frozenset(ARTICLE_FIELDS), read_article)


class Loaded(msgspec.Struct, frozen=True):
    """A file as read.

    Attributes:
        record: What the front matter says, or None if it has errors.
        text: The text below the front matter.
        line: 1-based line at which the text begins.
        is_markdown: Whether the text is Markdown; otherwise it is plain paragraphs.
        diagnostics: Findings with their source lines.
    """

    record: Record | None = None
    text: str = ""
    line: int = 1
    is_markdown: bool = True
    diagnostics: tuple[Diagnostic, ...] = ()


def parse_document(
    path: str, text: str, zone: dt.tzinfo, roles: tuple[str, ...] = DEFAULT_ROLES
) -> Loaded:
    """Return the record and the text of a file; never raises for anything in `text`.

    `roles` are those that an entity may play.
    """
    try:
        loaded = _parse(path, text, zone, roles)
    except Fault as fault:
        span = Span(path, fault.line, fault.column)
        loaded = Loaded(diagnostics=(error(fault.code, fault.message, span, fault.hint),))
    if not loaded.diagnostics:
        return loaded
    lines = text.split("\n")
    findings = tuple(with_source(item, lines) for item in loaded.diagnostics)
    record = None if has_errors(findings) else loaded.record
    return msgspec.structs.replace(loaded, record=record, diagnostics=findings)


def _parse(path: str, text: str, zone: dt.tzinfo, roles: tuple[str, ...]) -> Loaded:
    if not text or text.isspace():
        hint = "write something, or delete the file"
        return Loaded(diagnostics=(error("empty", "the file is empty", Span(path), hint),))
    document = None if _is_plain(path) else split_document(text)
    if document is None:
        return _parse_plain(path, text, zone)
    known, read = next(
        (reader for folder, reader in _READERS.items() if path.startswith(folder)), _ARTICLE_READER
    )
    findings: list[Diagnostic] = []
    record = read(Fields(path, document.fields, known, zone, findings, roles))
    if read is read_article and (not document.body or document.body.isspace()):
        hint = "write the article below the front matter"
        findings.append(warning("empty-body", "the article has no text", Span(path), hint))
    return Loaded(record, document.body, document.body_line, diagnostics=tuple(findings))


def _is_plain(path: str) -> bool:
    return path.lower().endswith(".txt")


def _parse_plain(path: str, text: str, zone: dt.tzinfo) -> Loaded:
    reserved = any(path.startswith(folder) for folder in _READERS)
    if reserved or not (_is_plain(path) or is_dated_text(text)):
        folder = next((item for item in _FIRST_FIELDS if path.startswith(item)), "")
        fields = _FIRST_FIELDS.get(folder, "title: and date:")
        hint = f"begin with a line ---, then fields such as {fields}, then a line ---"
        message = "no front matter at the head of the file"
        return Loaded(diagnostics=(error("no-front-matter", message, Span(path, 1), hint),))
    article, body, line, findings = read_dated(path, text, zone)
    return Loaded(article, body, line, is_markdown=False, diagnostics=findings)
