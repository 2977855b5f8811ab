"""Where the addresses of a text are written: a link is made long after its line has been read."""

import re
from collections import deque
from html import unescape

# An address ends at a space, a quote or a bracket, but for a pair of parentheses inside it.
_ADDRESS = re.compile(r"[^\s<>\"'()\[\]]+(?:\([^\s<>\"'()\[\]]*\)[^\s<>\"'()\[\]]*)*+")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")


class Places:
    """The lines of everything in a text that may be an address, found in one pass."""

    def __init__(self, text: str, first_line: int) -> None:
        self._lines: dict[str, deque[int]] = {}
        for number, line in enumerate(text.split("\n"), first_line):
            for match in _ADDRESS.finditer(line):
                written = match[0].removeprefix("href=").removeprefix("src=").lstrip(":")
                self._lines.setdefault(_key(written), deque()).append(number)
            if "]()" in line:
                self._lines.setdefault("", deque()).append(number)

    def line(self, address: str) -> int:
        """Return the line at which an address is written, or 0.

        An address that is written several times has its lines given out in turn.
        """
        match = _ADDRESS.match(address)
        lines = self._lines.get(_key(match[0]) if match else "")
        if not lines:
            return 0
        return lines.popleft() if len(lines) > 1 else lines[0]


def _key(written: str) -> str:
    """Return an address as Markdown and HTML read it, up to its first white space."""
    if written.isalnum():
        return written
    words = unescape(_ESCAPE.sub("", written)).replace("%20", " ").split()
    return words[0] if words else ""
