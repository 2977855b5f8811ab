"""Findings as a browser shows them, to be put in as text and never as HTML."""

from collections.abc import Iterable

from digest.diagnostics import Diagnostic, Severity, visible
from digest.plan.views import View

_AROUND = 100
"""How many characters of a line are shown before and after the place."""

_LONG = 2000


class FindingView(View, frozen=True, gc=False):
    """One finding; control characters are shown as escapes.

    Attributes:
        place: Path with line and column, or empty.
        line: Number of the line, 0 if unknown.
        before: The line up to the place; all of it where the column is unknown.
        at: The character at the place, a space at the end of the line, or empty if unknown.
        after: The rest of the line.
    """

    place: str
    severity: str
    code: str
    message: str
    line: int
    before: str
    at: str
    after: str
    hint: str


def show_findings(findings: Iterable[Diagnostic]) -> tuple[FindingView, ...]:
    """Return findings as shown, errors first, else in their order."""
    ordered = sorted(findings, key=lambda item: item.severity is not Severity.ERROR)
    return tuple(map(_show, ordered))


def _show(finding: Diagnostic) -> FindingView:
    span = finding.span
    line = span.line if span else 0
    before, at, after = _split(finding.source, span.column if span else 0)
    return FindingView(
        place=visible(str(span), _LONG) if span else "",
        severity=finding.severity.value,
        code=finding.code,
        message=visible(finding.message, _LONG),
        line=line,
        before=before,
        at=at,
        after=after,
        hint=visible(finding.hint, _LONG),
    )


def _split(source: str, column: int) -> tuple[str, str, str]:
    """Return a line before, at and after a column, cut to what can be read."""
    if not source or not 0 < column <= len(source) + 1:
        return visible(source, 2 * _AROUND), "", ""
    before, at, after = source[: column - 1], source[column - 1 : column], source[column:]
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:]
    return visible(before, _LONG), visible(at) or " ", visible(after, _AROUND)


def count_findings(findings: Iterable[Diagnostic]) -> str:
    """Return how many errors and warnings there are, in words."""
    severities = [item.severity for item in findings]
    errors, warnings = map(severities.count, (Severity.ERROR, Severity.WARNING))
    counts = [
        f"{number:,} {word}" + ("" if number == 1 else "s")
        for number, word in ((errors, "error"), (warnings, "warning"))
        if number
    ]
    return " and ".join(counts) or "no findings"
