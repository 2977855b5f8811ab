"""Nodes of front matter to typed values: one `Fields` reads one mapping and notes every fault."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeVar

from digest.config.records import DEFAULT_ROLES
from digest.diagnostics import Diagnostic, Span, error, nearest
from digest.load.dates import date_hint, parse_when
from digest.load.foreign import foreign_hint, our_name
from digest.load.frontmatter import Mapping, Node, Scalar, Sequence
from digest.model.dates import When
from digest.model.text import FORBIDDEN
from digest.urls import is_web_url, path_fault

_Value = TypeVar("_Value")
_Choice = TypeVar("_Choice", bound=StrEnum)
_LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?", re.ASCII)
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}
_LOOSE_NUMBER = re.compile(r"[\s,_$€£%]")


class Fields:
    """The fields of one mapping, taken one by one.

    Every method returns the value, or its empty value after noting a finding. `findings` is shared
    with the fields of inner mappings.
    """

    def __init__(
        self,
        path: str,
        mapping: Mapping,
        known: Iterable[str],
        zone: dt.tzinfo,
        findings: list[Diagnostic],
        roles: tuple[str, ...] = DEFAULT_ROLES,
    ) -> None:
        self.path, self.zone, self.findings, self.roles = path, zone, findings, roles
        self.line, self.column = mapping.line, mapping.column
        self.nodes: dict[str, Node] = {}
        self.blank: dict[str, Scalar] = {}
        known = frozenset(known)
        first: dict[str, int] = {}
        for key, node in mapping.pairs:
            name = key.text
            if name not in known:
                self._unknown(key, known)
            elif name in first:
                message = f"'{name}' stands twice, first in line {first[name]}"
                self.fault("duplicate-field", message, key, "keep one of the two")
            else:
                first[name] = key.line
                if isinstance(node, Scalar) and not node.text.strip():
                    self._leave_out(name, node)
                else:
                    self.nodes[name] = node

    def _leave_out(self, name: str, node: Scalar) -> None:
        """Note a field that is left empty, which counts as absent."""
        self.blank[name] = node
        if node.comment:
            self._cut(name, node)

    def _cut(self, name: str, node: Node) -> None:
        hint = "put the value in quotes, or the comment on a line of its own"
        message = f"' #' begins a comment, so '{name}' ends before it"
        self.fault("cut-by-comment", message, node, hint)

    def fault(self, code: str, message: str, node: Node | None, hint: str = "") -> None:
        """Note an error at a node, or at the mapping itself."""
        self.findings.append(error(code, message, self.span(node), hint))

    def span(self, node: Node | None) -> Span:
        """Return the place of a node, or of the mapping."""
        place = node or self
        return Span(self.path, place.line, place.column)

    def places(self, names: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Return line and column of those of the named fields that are there."""
        nodes = self.nodes
        return {name: (nodes[name].line, nodes[name].column) for name in names if name in nodes}

    def _unknown(self, key: Scalar, known: frozenset[str]) -> None:
        ours, close = our_name(key.text), nearest(key.text.lower(), known)
        if close and close.replace("_", "") == key.text.lower().replace("_", ""):
            ours = ""
        if ours in known:
            hint = foreign_hint(ours)
        else:
            hint = f"did you mean '{close}'?" if close else f"known are {', '.join(sorted(known))}"
        self.fault("unknown-field", f"unknown field '{key.text}'", key, hint)

    def text(self, name: str) -> str:
        """Return a single line of text, white space folded."""
        node = self.nodes.get(name)
        if node is None:
            return ""
        return self.scalar(name, node)

    def required(self, name: str, hint: str) -> str:
        """Return a text that must be there."""
        if name not in self.nodes:
            self.fault("missing-field", f"'{name}' is missing", self.blank.get(name), hint)
        return self.text(name)

    def scalar(self, name: str, node: Node) -> str:
        """Return the text of a node; a list, a cut comment or a control character is a fault."""
        if not isinstance(node, Scalar):
            message = f"'{name}' must be text, not a list or mapping"
            self.fault("field-type", message, node, "write one value, or put it in quotes")
            return ""
        if node.comment:
            self._cut(name, node)
        text = node.text
        if text.isprintable():  # then its only white space is spaces, and nothing is forbidden
            return " ".join(text.split()) if "  " in text else text.strip()
        bad = FORBIDDEN.search(text)
        if bad:
            message = f"'{name}' holds the character U+{ord(bad[0]):04X}"
            self.fault("control-character", message, node, "delete the character")
            return ""
        return " ".join(text.split())

    def convert(
        self, name: str, of: Callable[["Fields", str, Node], _Value | None]
    ) -> tuple[_Value, ...]:
        """Return the values of a list field; a single item may stand without brackets."""
        node = self.nodes.get(name)
        if node is None:
            return ()
        items = node.items if isinstance(node, Sequence) else (node,)
        values = [of(self, name, item) for item in items]
        return tuple([value for value in values if value is not None])

    def names(
        self, name: str, of: Callable[["Fields", str, Node], _Value | None]
    ) -> tuple[_Value, ...]:
        """Return a list of names, repeats left out, in the order written."""
        node = self.nodes.get(name)
        if node is None:
            return ()
        if isinstance(node, Scalar) and "," in node.text:
            hint = f'write [{node.text}], or ["{node.text}"] for one name with a comma'
            self.fault("field-type", f"'{name}' must be a list, got text with commas", node, hint)
            return ()
        return tuple(dict.fromkeys(self.convert(name, of)))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts, repeats left out, in the order written."""
        return self.names(name, text_item)

    def when(self, name: str) -> When | None:
        """Return a date, or None."""
        node = self.nodes.get(name)
        return None if node is None else self.date(name, node)

    def date(self, name: str, node: Node) -> When | None:
        """Return the date at a node, or None after noting what is wrong."""
        if not isinstance(node, Scalar):
            hint = "write a date such as 2023-07-27, without brackets"
            self.fault("field-type", f"'{name}' must be a date", node, hint)
            return None
        when = parse_when(node.text.strip(), self.zone)
        if when is None:
            message = f"'{name}' must be YYYY-MM-DD, got '{node.text}'"
            self.fault("date-format", message, node, date_hint(node.text.strip()))
        return when

    def choice(
        self, name: str, kind: type[_Choice], default: _Choice | None = None
    ) -> _Choice | None:
        """Return one of a closed list of words."""
        node = self.nodes.get(name)
        if node is None and name not in self.blank:
            return default
        accepted = f"accepted are {', '.join(kind)}"
        if node is None:
            self.fault("field-value", f"'{name}' is empty", self.blank[name], accepted)
            return default
        word = self.scalar(name, node)
        if word in set(kind):
            return kind(word)
        if word:
            close = nearest(word, kind)
            hint = f"did you mean '{close}'? {accepted}" if close else accepted
            self.fault("field-value", f"'{name}' may not be '{word}'", node, hint)
        return default

    def url(self, name: str) -> str:
        """Return an http or https address."""
        node = self.nodes.get(name)
        return "" if node is None else self.web_url(name, node)

    def web_url(self, name: str, node: Node) -> str:
        """Return the http or https address at a node."""
        text = self.scalar(name, node)
        if text and not is_web_url(text):
            hint = "write an address that begins with https:// or http://"
            self.fault("url", f"'{name}' is no web address: '{text}'", node, hint)
            return ""
        return text

    def flag(self, name: str, *, default: bool) -> bool:
        """Return whether a field says true or false, or yes or no."""
        node = self.nodes.get(name)
        if node is None:
            return default
        word = self.scalar(name, node).lower()
        if word not in _FLAGS:
            hint = "write true or false"
            self.fault("field-value", f"'{name}' must be true or false, got '{word}'", node, hint)
            return default
        return _FLAGS[word]

    def number(self, name: str) -> str:
        """Return a number as it was written."""
        text = self.text(name)
        if text and not _NUMBER.fullmatch(text):
            bare = _LOOSE_NUMBER.sub("", text)
            hint = f"write {bare}" if _NUMBER.fullmatch(bare) else "write digits, such as 1200.50"
            self.fault(
                "field-value", f"'{name}' must be a number, got '{text}'", self.nodes[name], hint
            )
            return ""
        return text

    def lang(self) -> str:
        """Return the language tag of the document."""
        text = self.text("lang")
        if text and not _LANG.fullmatch(text):
            hint = "write a language tag such as en or es"
            self.fault("field-value", f"'lang' may not be '{text}'", self.nodes["lang"], hint)
            return ""
        return text

    def inner(self, node: Mapping, known: Iterable[str]) -> "Fields":
        """Return the fields of a mapping that stands inside this one."""
        return Fields(self.path, node, known, self.zone, self.findings, self.roles)


def text_item(fields: Fields, name: str, node: Node) -> str | None:
    """Return a text that stands in a list; an empty one is a fault."""
    text = fields.scalar(name, node)
    if not text and isinstance(node, Scalar) and not FORBIDDEN.search(node.text):
        fields.fault("field-value", f"an item of '{name}' is empty", node, "delete it")
    return text or None


def alias_item(fields: Fields, name: str, node: Node) -> str | None:
    """Return an old URL of the document, as a path on this site."""
    text = text_item(fields, name, node)
    if text is None:
        return None
    fault = path_fault(text)
    if fault:
        hint = "write the old path on this site, such as /2020/old-name/"
        fields.fault("alias", f"'{text}' may not be an alias: {fault}", node, hint)
        return None
    return text
