"""The links of one document while it is being converted.

Where a link leads can only be said once the whole site is planned. Until then a marker stands in
its place. The marker holds a digest of the text, so no text can write its own.
"""

import hashlib
import re
from collections.abc import Mapping
from functools import cached_property
from html import unescape

import msgspec

from digest.diagnostics import Diagnostic, Span, error, warning
from digest.markup.places import Places
from digest.model.records import Link
from digest.urls import has_scheme, is_safe_link

_LINK_HINT = "links may be http, https, mailto, or a place on this site"
_PICTURE_HINT = "put the picture into the site: pages show none from another host"


class LinkBook:
    """Notes the links of a document, hands out markers, and cuts the HTML at them."""

    def __init__(self, path: str, source: str, first_line: int) -> None:
        self.path, self.source, self.first_line = path, source, first_line
        self.links: list[Link] = []
        self.anchors: dict[str, None] = {}
        self.findings: list[Diagnostic] = []

    def markdown_link(self, target: str, line: int | None = None) -> str | None:
        """Return what to write for a link made of Markdown, or None to leave its text alone.

        Unless the line is known, the address is looked for in the text.
        """
        address = _address(target)
        if not is_safe_link(address):
            self.warn_unsafe("link", target, line)
            return None
        if has_scheme(address):
            return target.replace(" ", "%20")
        return self._note(address, image=False, strict=True, line=line)

    def markdown_image(self, target: str) -> str | None:
        """Return what to write for the address of a picture, or None to show its text instead."""
        address = _address(target)
        if not is_safe_link(address):
            self.warn_unsafe("picture", target)
            return None
        if has_scheme(address):
            message = f"a picture from another host: '{target}'"
            self.findings.append(error("remote-image", message, self._span(target), _PICTURE_HINT))
            return None
        return self._note(address, image=True, strict=True)

    def raw_link(self, target: str, *, image: bool) -> str | None:
        """Return what to write for the address in a raw HTML tag, or None to drop it."""
        if self.links and target.startswith(self.marker):
            return target
        target = target.strip().replace(" ", "%20")
        if not target:
            return None
        if not is_safe_link(target):
            self.warn_unsafe("picture" if image else "link", target)
            return None
        if image and has_scheme(target):
            message = f"the picture from another host is left out: '{target}'"
            self.findings.append(
                warning("remote-image", message, self._span(target), _PICTURE_HINT)
            )
            return None
        return target if has_scheme(target) else self._note(target, image=image, strict=False)

    def describe(self, attributes: Mapping[str, str]) -> None:
        """Note what the tag of a picture says of it.

        An empty `alt` in raw HTML says that the picture is only decoration (HTML, 4.8.4.4); in
        Markdown it says nothing, as whoever writes none writes that.
        """
        number = int(attributes["src"].removeprefix(self.marker))
        link, alt = self.links[number], attributes.get("alt")
        self.links[number] = msgspec.structs.replace(
            link,
            described=bool(alt and alt.strip()) if link.strict else alt is not None,
            width=int(attributes.get("width", 0)),
            height=int(attributes.get("height", 0)),
        )

    def warn_unsafe(self, what: str, target: str, line: int | None = None) -> None:
        """Note that an address is left out; `what` is `link` or `picture`."""
        message = f"the {what} '{target}' is left out: its address is not safe"
        hint = _LINK_HINT if what == "link" else _PICTURE_HINT
        self.findings.append(warning("unsafe-link", message, self._span(target, line), hint))

    def warn_removed(self, tag: str) -> None:
        """Note that a raw HTML element is left out."""
        match = re.search(rf"(?i)<{tag}\b", self.source)
        line = self.first_line + self.source.count("\n", 0, match.start()) if match else 0
        message = f"the HTML element <{tag}> is left out: articles may not use it"
        self.findings.append(warning("html-removed", message, Span(self.path, line)))

    def warn_unused_note(self, label: str) -> None:
        """Note that no text refers to a footnote."""
        place = self.source.find(f"[^{label}]:")
        line = self.first_line + self.source.count("\n", 0, max(place, 0))
        hint = f"write [^{label}] where it belongs, or delete it"
        message = f"the footnote '{label}' is used nowhere"
        self.findings.append(warning("unused-footnote", message, Span(self.path, line), hint))

    def _note(self, target: str, *, image: bool, strict: bool, line: int | None = None) -> str:
        at = self._places.line(target) if line is None else line
        self.links.append(Link(target, at, image, strict))
        return f"{self.marker}{len(self.links) - 1}"

    def _span(self, target: str, line: int | None = None) -> Span:
        return Span(self.path, self._places.line(target) if line is None else line)

    @cached_property
    def marker(self) -> str:
        """What the markers of this document begin with."""
        digest = hashlib.blake2b(self.source.encode("utf-8", "surrogatepass"), digest_size=12)
        return f"link-{digest.hexdigest()}-"

    @cached_property
    def _places(self) -> Places:
        return Places(self.source, self.first_line)

    def cut(self, html: str) -> tuple[tuple[str, ...], tuple[Link, ...]]:
        """Return the HTML in pieces, and the links that stand between them."""
        if not self.links:
            return (html,), ()
        parts = re.split(rf' (?:href|src)="{self.marker}(\d+)"', html)
        return tuple(parts[::2]), tuple(self.links[int(number)] for number in parts[1::2])


def _address(target: str) -> str:
    """Return the address that a browser reads where Markdown has written `target`."""
    return unescape(target.replace(" ", "%20"))
