"""Text to front matter with places, and a body; knows YAML, not articles.

PyYAML's composer turns nesting into recursion: 500 levels overflow its Python loader and 30,000
crash the process in its C loader. So nodes are made here from the flat stream of parse events,
which has no recursion, and whatever a front matter never needs is refused on the way: anchors,
aliases, tags, merge keys, a second document, deep nesting, very many events. Every value stays the
text that was typed; the field's type converts it.
"""

import itertools
import re
from collections.abc import Callable
from typing import Any

import msgspec
import yaml

from digest.model.text import FORBIDDEN

MAX_DEPTH = 8
_WRITE_OUT = "write the value out, or put it in quotes"
MAX_EVENTS = 2000
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OPENING = re.compile(r"(?:[ \t]*\n)*---[ \t]*(?:\n|\Z)")
_CLOSING = re.compile(r"---[ \t]*(?:\n|\Z)")
_STARTS = frozenset({yaml.SequenceStartEvent, yaml.MappingStartEvent})
_ENDS = frozenset({yaml.SequenceEndEvent, yaml.MappingEndEvent})
_WRITTEN = _STARTS | {yaml.AliasEvent, yaml.ScalarEvent}
_IN_QUOTES = "put the value in quotes"
# What the YAML reader says, what to tell an author (if it can be told better), and what to do.
_SLIPS = (
    ("unknown escape character", "", "write \\\\ for a backslash, or use single quotes"),
    ("expected ',' or ']'", "", "put commas between the items of a list, and close it with ]"),
    ("expected ',' or '}'", "", "put commas between the fields, and close the mapping with }"),
    ("expected key", "", "put the whole value in quotes, and look at the indentation"),
    ("tab character", "a tab may not indent a line", "indent with spaces"),
)
# The same for what is noticed some lines below the place where it begins.
_OPEN = (
    ("unexpected end of stream", "the quote that opens here has no end", "close the quote"),
    ("expected ',' or ']'", "the list that opens here has no end", "close it with ]"),
    ("expected ',' or '}'", "the mapping that opens here has no end", "close it with }"),
    ("find expected ':'", "a line without a colon", "write a key, a colon and a value"),
)


class Fault(Exception):  # noqa: N818 it is turned into a diagnostic at once
    """Why a front matter cannot be read, with its 1-based place in the file."""

    def __init__(self, code: str, message: str, line: int, column: int, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint
        self.line, self.column = line, column


class Scalar(msgspec.Struct, frozen=True, gc=False):
    """A value as typed; `comment` tells that ` #` cut the rest of its line."""

    text: str
    line: int
    column: int
    comment: bool = False


class Sequence(msgspec.Struct, frozen=True, gc=False):
    """A list of nodes."""

    items: tuple["Node", ...]
    line: int
    column: int


class Mapping(msgspec.Struct, frozen=True, gc=False):
    """Pairs of key and node, in the order of the file; a key may stand twice."""

    pairs: tuple[tuple[Scalar, "Node"], ...]
    line: int
    column: int


Node = Scalar | Sequence | Mapping


class Document(msgspec.Struct, frozen=True):
    """A file with front matter.

    Attributes:
        fields: The front matter.
        body: The text below it.
        body_line: 1-based line at which the body begins.
    """

    fields: Mapping
    body: str
    body_line: int


def split_document(text: str) -> Document | None:
    """Return front matter and body of a text, or None if it does not begin with front matter.

    Raises:
        Fault: `front-matter-open`, where the closing line is missing, or as `parse_mapping`.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return None
    first = text.count("\n", 0, opening.end()) + (0 if opening[0].endswith("\n") else 1)
    closing = _find_closing(text, opening.end())
    if closing is None:
        hint = "close the front matter with a line that holds nothing but ---"
        raise Fault("front-matter-open", "the front matter has no end", first, 1, hint)
    front = text[opening.end() : closing.start()]
    body_line = text.count("\n", 0, closing.end()) + 1
    return Document(parse_mapping(front, first + 1), text[closing.end() :], body_line)


def _find_closing(text: str, start: int) -> re.Match[str] | None:
    """Return the closing line, looking from the beginning of a line on."""
    closing = _CLOSING.match(text, start)
    while closing is None:
        start = text.find("\n---", start) + 1
        if not start:
            return None
        closing = _CLOSING.match(text, start)
    return closing


def parse_mapping(text: str, first_line: int) -> Mapping:
    """Return the mapping that a YAML text holds; its lines count from `first_line`.

    Raises:
        Fault: `yaml` where it is no YAML, `yaml-forbidden` where it uses what is refused here,
            `control-character`, or `front-matter-shape` where it is no mapping.
    """
    bad = FORBIDDEN.search(text)
    if bad:
        raise _at(text, bad.start(), first_line, f"the character U+{ord(bad[0]):04X}")
    try:
        # YAML 1.1 ends a line at these two, editors do not; every field folds white space anyway.
        node = _build(text.replace("\u2028", " ").replace("\u2029", " "), first_line)
    except yaml.MarkedYAMLError as problem:
        raise _syntax_fault(problem, text, first_line) from None
    except yaml.YAMLError as problem:
        raise Fault("yaml", f"not YAML: {problem}", first_line, 1) from None
    if isinstance(node, Mapping):
        return node
    place = (node.line, node.column) if node else (first_line, 1)
    hint = 'write lines such as title: "A title"'
    raise Fault("front-matter-shape", "expected key: value pairs", *place, hint)


def _at(text: str, index: int, first_line: int, what: str) -> Fault:
    line = text.count("\n", 0, index)
    column = index - (text.rfind("\n", 0, index) + 1) + 1
    message = f"{what} may not stand in front matter"
    return Fault("control-character", message, first_line + line, column, "delete the character")


def _build(text: str, first_line: int) -> Node | None:
    """Return the one document of a YAML text as nodes, or None for an empty one."""
    tree = _Tree(first_line)
    lines = text.split("\n") if "#" in text else []
    loader = _LOADER(text)  # as `yaml.parse` makes it, which adds a generator around each event
    next_event: Callable[[], Any] = loader.get_event
    try:
        for count in itertools.count():
            event = next_event()
            if type(event) is not yaml.ScalarEvent or count >= MAX_EVENTS:
                tree.take(event, count)
                if type(event) is yaml.StreamEndEvent:
                    break
            elif event.anchor is not None or event.tag is not None:
                tree.refuse(event, count)
            else:
                mark: Any = event.start_mark  # the loader always gives one
                line, column = mark.line + first_line, mark.column + 1
                cut = bool(lines) and _is_cut(event, lines)
                tree.children.append(Scalar(event.value, line, column, cut))
    finally:
        loader.dispose()
    return tree.children[0] if tree.children else None


class _Tree:
    """The nodes that parse events have made so far.

    Attributes:
        children: Nodes of the innermost collection that is open, or of the document.
    """

    def __init__(self, first_line: int) -> None:
        self.children: list[Node] = []
        self._open: list[tuple[yaml.Event, list[Node]]] = []
        self._documents = 0
        self._first_line = first_line

    def take(self, event: yaml.Event, count: int) -> None:
        """Take any event but a scalar."""
        kind = type(event)
        self._documents += kind is yaml.DocumentStartEvent
        if count >= MAX_EVENTS or self._documents > 1 or kind in _WRITTEN:
            self.refuse(event, count)
        if kind in _STARTS:
            self._open.append((event, self.children))
            self.children = []
            if len(self._open) > MAX_DEPTH:
                raise _refused(event, f"more than {MAX_DEPTH} levels", self._first_line)
        elif kind in _ENDS:
            start, above = self._open.pop()
            above.append(_collection(start, self.children, self._first_line))
            self.children = above

    def refuse(self, event: yaml.Event, count: int) -> None:
        """Raise a fault if an event brings what no front matter needs."""
        what = _unwanted(event)
        if count >= MAX_EVENTS:
            what = f"more than {MAX_EVENTS} values"
        elif self._documents > 1:
            what = "a second document"
        if what:
            raise _refused(event, what, self._first_line)


def _unwanted(event: yaml.Event) -> str:
    """Return what an event brings that is refused wherever it stands, or an empty string."""
    if isinstance(event, yaml.AliasEvent):
        return "an alias (*)"
    if getattr(event, "anchor", None) is not None:
        return "an anchor (&)"
    return "a type tag (!)" if getattr(event, "tag", None) is not None else ""


def _refused(event: yaml.Event, what: str, first_line: int) -> Fault:
    line, column = _place(event, first_line)
    message = f"front matter may not hold {what}"
    return Fault("yaml-forbidden", message, line, column, _WRITE_OUT)


def _is_cut(event: yaml.ScalarEvent, lines: list[str]) -> bool:
    """Return whether ` #` cut a plain value."""
    end = event.end_mark
    if end is None or event.style or end.line >= len(lines):
        return False
    rest = lines[end.line][end.column :].lstrip()
    # A comment behind an empty value is none that cuts, unless it looks like a #hashtag.
    return rest.startswith("#") and (bool(event.value) or rest[1:2].strip() != "")


def _place(event: yaml.Event, first_line: int) -> tuple[int, int]:
    """Return the 1-based line and column at which an event begins."""
    mark = event.start_mark
    return (mark.line + first_line, mark.column + 1) if mark else (first_line, 1)


def _collection(start: yaml.Event, children: list[Node], first_line: int) -> Node:
    line, column = _place(start, first_line)
    if isinstance(start, yaml.SequenceStartEvent):
        return Sequence(tuple(children), line, column)
    keys, values = children[::2], children[1::2]
    for key in keys:
        if not isinstance(key, Scalar):
            message = "a key must be a word, not a list or a mapping"
            raise Fault("front-matter-shape", message, key.line, key.column, _IN_QUOTES)
    return Mapping(tuple(zip(keys, values, strict=True)), line, column)  # type: ignore[arg-type] # keys are scalars, checked above


def _syntax_fault(problem: yaml.MarkedYAMLError, text: str, first_line: int) -> Fault:
    """Return the fault for a YAML error, in words and with a hint for the usual slips."""
    said = problem.problem or ""
    if "nesting depth" in said:  # the reader looks ahead, past the place where this stops
        return _too_deep(text, first_line)
    mark, begun = problem.problem_mark or problem.context_mark, problem.context_mark
    if mark is None:
        return Fault("yaml", f"not YAML: {said}", first_line, 1, _IN_QUOTES)
    lines = text.split("\n")
    row = lines[mark.line] if mark.line < len(lines) else ""
    if "mapping values are not allowed" in said and row[mark.column : mark.column + 1] == ":":
        message, hint = _second_colon(row, mark.column)
    elif "cannot start any token" in said:
        message, hint = _bad_start(row[mark.column : mark.column + 1])
    else:
        is_open = begun is not None and begun.line < mark.line
        table = (*_OPEN, *_SLIPS) if is_open else _SLIPS
        slip = next((slip for slip in table if slip[0] in said), ("", "", _IN_QUOTES))
        message, hint = slip[1] or f"not YAML: {said}", slip[2]
        mark = begun if begun and slip in _OPEN else mark
    return Fault("yaml", message, mark.line + first_line, mark.column + 1, hint)


def _too_deep(text: str, first_line: int) -> Fault:
    """Return the fault for brackets inside each other, at the first one that is too deep."""
    depth, place = 0, len(text)
    for index, char in enumerate(text):
        depth += (char in "[{") - (char in "]}")
        if depth >= MAX_DEPTH:
            place = index
            break
    line, column = text.count("\n", 0, place) + first_line, place - text.rfind("\n", 0, place)
    message = f"front matter may not hold more than {MAX_DEPTH} levels"
    return Fault("yaml-forbidden", message, line, column, _WRITE_OUT)


def _second_colon(row: str, column: int) -> tuple[str, str]:
    """Return what a colon means that begins a value where none may stand."""
    key, _, value = row.partition(":")
    if len(key) == column:
        return "a key may not stand here", "look at the indentation of this line and the one above"
    if value.lstrip().startswith(("[", "{", "'", '"')):
        return "a second colon with a space makes this no plain value", _IN_QUOTES
    quoted = value.strip().replace("'", "''")
    hint = f"{_IN_QUOTES}: {key.strip()}: '{quoted}'"
    return "a second colon with a space makes this no plain value", hint


def _bad_start(char: str) -> tuple[str, str]:
    if char == "\t":
        return "a tab may not begin a value or a line", "indent with spaces"
    return f"'{char}' may not begin a value or a line", _IN_QUOTES
