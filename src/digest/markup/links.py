"""The links of one document while it is being converted.

Where a link leads can only be said once the whole site is planned. Until then a marker stands in
its place. The marker holds a digest of the text, so no text can write its own.
"""

import hashlib
import re

from digest.diagnostics import Diagnostic, Span, error, warning
from digest.model.records import Link
from digest.urls import has_scheme, is_safe_link


class LinkBook:
    """Notes the links of a document, hands out markers, and cuts the HTML at them."""

    def __init__(self, path: str, source: str, first_line: int) -> None:
        self.path, self.source, self.first_line = path, source, first_line
        digest = hashlib.blake2b(source.encode("utf-8", "surrogatepass"), digest_size=12)
        self.marker = f"link-{digest.hexdigest()}-"
        self.links: list[Link] = []
        self.anchors: list[str] = []
        self.findings: list[Diagnostic] = []

    def markdown_link(self, target: str) -> str | None:
        """Return what to write for a link made of Markdown, or None to leave its text alone."""
        if target.startswith("//") or has_scheme(target) or not is_safe_link(target):
            if is_safe_link(target):
                return target
            hint = "links may be http, https, mailto, or a place on this site"
            message = f"the link to '{target}' is left out: it is not safe"
            self.findings.append(warning("unsafe-link", message, self._span(target), hint))
            return None
        return self._note(target, image=False, strict=True)

    def markdown_image(self, target: str) -> str | None:
        """Return what to write for the address of a picture, or None to show its text instead."""
        if not is_safe_link(target):
            message = f"the picture '{target}' is left out: its address is not safe"
            self.findings.append(warning("unsafe-link", message, self._span(target)))
            return None
        if has_scheme(target):
            hint = "put the picture into the site: pages show none from another host"
            message = f"a picture from another host: '{target}'"
            self.findings.append(error("remote-image", message, self._span(target), hint))
            return None
        return self._note(target, image=True, strict=True)

    def raw_link(self, target: str, *, image: bool) -> str | None:
        """Return what to write for the address in a raw HTML tag, or None to drop it."""
        if target.startswith(self.marker):
            return target
        target = target.strip()
        if not target or not is_safe_link(target) or (image and has_scheme(target)):
            return None
        return target if has_scheme(target) else self._note(target, image=image, strict=False)

    def warn_removed(self, tag: str) -> None:
        """Note that a raw HTML element is left out."""
        match = re.search(rf"(?i)<{tag}\b", self.source)
        line = self.first_line + self.source.count("\n", 0, match.start()) if match else 0
        message = f"the HTML element <{tag}> is left out: articles may hold text, not programs"
        self.findings.append(warning("html-removed", message, Span(self.path, line)))

    def _note(self, target: str, *, image: bool, strict: bool) -> str:
        self.links.append(Link(target, self._line(target), image, strict))
        return f"{self.marker}{len(self.links) - 1}"

    def _span(self, target: str) -> Span:
        return Span(self.path, self._line(target))

    def _line(self, target: str) -> int:
        """Return the line of the first place where a link to `target` is written, or 0."""
        match = re.search(rf"[(<\"'=:\s]{re.escape(target)}", self.source) if target else None
        return self.first_line + self.source.count("\n", 0, match.start() + 1) if match else 0

    def cut(self, html: str) -> tuple[tuple[str, ...], tuple[Link, ...]]:
        """Return the HTML in pieces, and the links that stand between them."""
        if not self.links:
            return (html,), ()
        parts = re.split(rf' (?:href|src)="{self.marker}(\d+)"', html)
        return tuple(parts[::2]), tuple(self.links[int(number)] for number in parts[1::2])
