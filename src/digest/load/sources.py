"""The lines of sources beside the findings about them."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from digest.diagnostics import Diagnostic, with_source


def attach_sources(site: Path, findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings with the text of their lines; later stages know only the places."""

    @cache
    def lines(path: str) -> list[str]:
        try:
            text = (site / path).read_text(encoding="utf-8-sig", errors="replace")
        except OSError:
            return []  # the finding stands without its line, and says itself what is wrong
        return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    return tuple(
        with_source(item, lines(item.span.path))
        if item.span and item.span.line and not item.source
        else item
        for item in findings
    )
