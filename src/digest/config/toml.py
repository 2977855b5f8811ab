"""TOML texts to values, and values to their places in the text."""

import re
import tomllib
from typing import Any

import msgspec

from digest.diagnostics import Span


class TomlFault(msgspec.Struct, frozen=True):
    """Why a text is no TOML, and where."""

    message: str
    span: Span


def read_toml(text: str, path: str) -> dict[str, Any] | TomlFault:
    """Return what the TOML text of a file holds, or why there is nothing to be had.

    Numbers and nesting that the reader gives up on are faults too.
    """
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as fault:
        return _fault(str(fault), text, path)


def _fault(message: str, text: str, path: str) -> TomlFault:
    """Return what the TOML reader says, which gives the place only in its text."""
    match = re.fullmatch(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", message)
    if match is None:
        return TomlFault(f"not TOML: {message}", Span(path))
    lines = text.rstrip().split("\n")
    what, line, column = match[1], int(match[2] or len(lines)), int(match[3] or len(lines[-1]) + 1)
    return TomlFault(f"not TOML: {what[:1].lower()}{what[1:]}", Span(path, line, column))


def find_place(text: str, path: str, section: str, key: str = "") -> Span:
    """Return the line of a section, or of a key inside it, as far as a plain search finds it."""
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        header = re.match(r"\s*\[\s*([^\]]*?)\s*\]", line)
        if header:
            inside = header[1].strip("\"'") == section
        name = key or section
        at_header = not key and inside and header
        if at_header or (
            (inside or not key) and re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*=", line)
        ):
            return Span(path, number, len(line) - len(line.lstrip()) + 1)
    return Span(path)
