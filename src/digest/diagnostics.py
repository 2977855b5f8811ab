"""Findings to text: what an author is told, where, and what to do about it.

A stage never prints and never stops at the first mistake. It returns `Diagnostic` values beside its
result; the build collects them all and the command shows them sorted. `DigestError` is for the
point at which a stage cannot go on.
"""

import difflib
from collections.abc import Iterable
from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """How much a finding matters: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Span(msgspec.Struct, frozen=True, order=True, gc=False, array_like=True):
    """A place in a file.

    Attributes:
        path: Path of the file relative to the site, with forward slashes.
        line: 1-based line in the file, 0 where unknown.
        column: 1-based column in characters, 0 where unknown.
    """

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return `path:line:column`, without the parts that are unknown."""
        parts = [self.path, str(self.line) if self.line else ""]
        parts.append(str(self.column) if self.line and self.column else "")
        return ":".join(part for part in parts if part)


class Diagnostic(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One finding about one place.

    Attributes:
        severity: Error or warning.
        code: Stable kebab-case name of the kind of finding, listed in `docs/errors.md`.
        message: What is wrong, what was expected and what was found; lower case, no full stop.
        span: The place, or None where the finding is about no file.
        hint: What to do about it, or an empty string.
        source: The text of the line at the place, or an empty string.
    """

    severity: Severity
    code: str
    message: str
    span: Span | None = None
    hint: str = ""
    source: str = ""


class DigestError(Exception):
    """A stage cannot go on; `diagnostics` says why."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("; ".join(item.message for item in self.diagnostics))

    def __reduce__(self) -> tuple[type["DigestError"], tuple[tuple[Diagnostic, ...]]]:
        """Return how a worker hands it over: its message alone would not do."""
        return DigestError, (self.diagnostics,)


def error(code: str, message: str, span: Span | None = None, hint: str = "") -> Diagnostic:
    """Return an error without its source line."""
    return Diagnostic(Severity.ERROR, code, message, span, hint)


def warning(code: str, message: str, span: Span | None = None, hint: str = "") -> Diagnostic:
    """Return a warning without its source line."""
    return Diagnostic(Severity.WARNING, code, message, span, hint)


def failure(code: str, message: str, span: Span | None = None, hint: str = "") -> DigestError:
    """Return the exception that carries one error."""
    return DigestError([error(code, message, span, hint)])


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Return whether any finding stops the build."""
    return any(item.severity is Severity.ERROR for item in diagnostics)


def sort_diagnostics(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings without repeats, by path, line, column and code."""

    def key(item: Diagnostic) -> tuple[Span, str, str]:
        return (item.span or Span(""), item.code, item.message)

    return tuple(sorted(dict.fromkeys(diagnostics), key=key))


def as_errors(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings with every warning made an error, as `--strict` asks."""
    return tuple(msgspec.structs.replace(item, severity=Severity.ERROR) for item in diagnostics)


def with_source(diagnostic: Diagnostic, lines: list[str]) -> Diagnostic:
    """Return the finding with the text of its line, where the line is known."""
    span = diagnostic.span
    if diagnostic.source or span is None or not 0 < span.line <= len(lines):
        return diagnostic
    return msgspec.structs.replace(diagnostic, source=lines[span.line - 1])


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name most like `name`, or an empty string if none is near."""
    close = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return close[0] if close else ""


def visible(text: str, limit: int = 160) -> str:
    """Return `text` for a terminal, cut at `limit`; control characters are shown as escapes.

    A hostile file name or line must not move the cursor or reorder the message.
    """
    shown = "".join(char if char.isprintable() else _escape(char) for char in text)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def _escape(char: str) -> str:
    return " " if char == "\t" else char.encode("unicode_escape", "surrogatepass").decode("ascii")


def format_diagnostic(diagnostic: Diagnostic) -> str:
    """Return the finding as lines for a terminal, without a line feed at the end."""
    head = f"{diagnostic.severity}[{diagnostic.code}]: {visible(diagnostic.message, 1000)}"
    if diagnostic.span is None:
        lines = [head]
    else:
        lines = [f"{visible(str(diagnostic.span), 1000)}: {head}"]
        if diagnostic.source:
            lines.append(f"  {diagnostic.span.line} | {visible(diagnostic.source)}")
    if diagnostic.hint:
        lines.append(f"  hint: {visible(diagnostic.hint, 1000)}")
    return "\n".join(lines)
