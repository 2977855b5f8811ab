"""What a build did, for people and as JSON."""

from collections.abc import Iterable
from typing import Any

import msgspec

from digest.diagnostics import Diagnostic, format_diagnostic, has_errors, visible
from digest.model.held import Held
from digest.report import Report

_PLURALS = {"entity": "entities", "timeline": "timeline", "figures": "figures"}


def report_text(report: Report, *, verified: bool = False) -> str:
    """Return the summary of a build, after its warnings."""
    lines = [format_diagnostic(item) for item in report.diagnostics]
    lines += [f"notice: {notice}" for notice in report.notices]
    counts = [_count(kind, number) for kind, number in report.pages.items()]
    lines.append(f"{sum(report.pages.values()):,} pages: {', '.join(counts)}")
    lines.append(
        f"{len(report.written):,} written, {report.unchanged:,} unchanged, "
        f"{len(report.deleted):,} deleted"
    )
    if report.rendered:
        reasons = ", ".join(f"{number:,} {why}" for why, number in report.rendered.items())
        lines.append(f"{sum(report.rendered.values()):,} pages rendered: {reasons}")
    lines += [_held(item) for item in report.held]
    lines += report.explained
    if verified:
        lines.append("verified: a build without a cache makes the same bytes")
    lines.append(f"{report.output} is up to date after {report.seconds:.2f} seconds")
    return "\n".join(lines)


def _count(kind: str, number: int) -> str:
    if kind in {"404", "robots", "home", "corrections", "webmanifest", "llms.txt"}:
        return kind
    plural = _PLURALS.get(kind, f"{kind}s")
    return f"{number:,} {kind if number == 1 else plural}"


def _held(held: Held) -> str:
    when = f", publishes {held.until:%Y-%m-%d %H:%M %z}" if held.until else ""
    return f"held back: {visible(held.path)} ({held.reason}{when})"


def report_json(report: Report) -> str:
    """Return the summary and the warnings of a build as one JSON object."""
    result = {
        "ok": True,
        "output": str(report.output),
        "pages": report.pages,
        "assets": report.assets,
        "written": len(report.written),
        "unchanged": report.unchanged,
        "deleted": len(report.deleted),
        "held": [
            {
                "path": item.path,
                "title": item.title,
                "reason": item.reason,
                "until": item.until,
            }
            for item in report.held
        ],
        "rendered": report.rendered,
        "explained": report.explained,
        "notices": report.notices,
        "seconds": round(report.seconds, 3),
        "diagnostics": _findings(report.diagnostics),
    }
    return msgspec.json.encode(result).decode()


def failure_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Return the findings of a build that wrote nothing as one JSON object."""
    findings = tuple(diagnostics)
    result = {"ok": not has_errors(findings), "diagnostics": _findings(findings)}
    return msgspec.json.encode(result).decode()


def _findings(diagnostics: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Return findings as plain values, with the place in the finding itself."""
    return [
        {
            "severity": item.severity,
            "code": item.code,
            "message": item.message,
            "path": item.span.path if item.span else "",
            "line": item.span.line if item.span else 0,
            "column": item.span.column if item.span else 0,
            "source": item.source,
            "hint": item.hint,
        }
        for item in diagnostics
    ]
