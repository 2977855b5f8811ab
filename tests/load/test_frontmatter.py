import time
import tracemalloc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.load.frontmatter import (
    MAX_DEPTH,
    MAX_EVENTS,
    Fault,
    Mapping,
    Scalar,
    Sequence,
    parse_mapping,
    split_document,
)


def fault_of(text: str) -> Fault:
    with pytest.raises(Fault) as caught:
        parse_mapping(text, 1)
    return caught.value


def place_of(text: str) -> tuple[int, int]:
    """Return the place of the last key of a mapping, or of the fault."""
    try:
        fields = parse_mapping(text, 1)
    except Fault as fault:
        return fault.line, fault.column
    return max(((key.line, key.column) for key, _ in fields.pairs), default=(1, 1))


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        pytest.param("---\na: b\n---\nBody\n", "Body\n", 4, id="plain"),
        pytest.param("\n\n---\na: b\n---\nBody", "Body", 6, id="empty lines before it"),
        pytest.param("--- \t\na: b\n---  \nBody", "Body", 4, id="spaces behind the dashes"),
        pytest.param("---\na: b\n---", "", 3, id="ends with the closing line"),
        pytest.param("---\na: b\n---\n\n---\n", "\n---\n", 4, id="a rule in the body"),
        pytest.param("---\na: b\n---\n---\nBody", "---\nBody", 4, id="a rule at once"),
    ],
)
def test_front_matter_and_body_are_told_apart(text: str, body: str, line: int) -> None:
    document = split_document(text)
    assert document is not None
    assert (document.body, document.body_line) == (body, line)
    assert [key.text for key, _ in document.fields.pairs] == ["a"]


@pytest.mark.parametrize("text", ["", "Text", "----\na: b\n---\n", "--- a\n---\n", "+++\n+++\n"])
def test_a_text_that_opens_no_front_matter_has_none(text: str) -> None:
    assert split_document(text) is None


@pytest.mark.parametrize(
    ("text", "line"), [("---", 1), ("---\ntitle: A\n\nText", 1), ("\n \n---\ntitle: A\n ---", 3)]
)
def test_front_matter_without_end_is_told_at_its_opening(text: str, line: int) -> None:
    with pytest.raises(Fault) as caught:
        split_document(text)
    assert (caught.value.code, caught.value.line) == ("front-matter-open", line)


@pytest.mark.parametrize(
    "typed",
    "no on yes true null ~ 0123 12:30 3.10 1e3 0x1F 2023-07-27 1_000 .inf <<  =".split(),
)
def test_a_value_stays_the_text_that_was_typed(typed: str) -> None:
    fields = parse_mapping(f"a: [{typed}]\nb: {typed}", 1)
    items, plain = (node for _, node in fields.pairs)
    assert isinstance(items, Sequence)
    assert isinstance(plain, Scalar)
    assert [item.text for item in items.items if isinstance(item, Scalar)] == [typed]
    assert plain.text == typed


def test_every_node_knows_its_line_and_column_in_characters() -> None:
    fields = parse_mapping('é🎬: "ü"\nb:\n  - {c: d}\n', 10)
    (_, first), (second, items) = fields.pairs
    assert isinstance(items, Sequence)
    inner = items.items[0]
    assert isinstance(inner, Mapping)
    key, value = inner.pairs[0]
    places = [(node.line, node.column) for node in (first, second, items, inner, key, value)]
    assert places == [(10, 5), (11, 1), (12, 3), (12, 5), (12, 6), (12, 9)]


@pytest.mark.parametrize("separator", ["\u2028", "\u2029"])
@pytest.mark.parametrize("value", ["a{}b", "'a{}b'", '"a{}b"'])
def test_a_line_separator_ends_no_line(value: str, separator: str) -> None:
    fields = parse_mapping(f"t: {value.format(separator)}\nx: 1 # c{separator}d: 2\ny: 3", 1)
    assert [(key.text, key.line) for key, _ in fields.pairs] == [("t", 1), ("x", 2), ("y", 3)]


@pytest.mark.parametrize(
    ("text", "comment"),
    [
        pytest.param("t: a # b", True, id="behind a plain value"),
        pytest.param("t: é🎬 # b", True, id="behind wide characters"),
        pytest.param("t: a\n  b # c", True, id="behind a value of two lines"),
        pytest.param("t: #AI at work", True, id="a hashtag for a value"),
        pytest.param("t: # a note", False, id="a note behind no value"),
        pytest.param("t:", False, id="no value"),
        pytest.param("t: a#b", False, id="no space before it"),
        pytest.param("t: 'a' # b", False, id="behind single quotes"),
        pytest.param('t: "a # b"', False, id="inside double quotes"),
        pytest.param("t: |\n  a # b", False, id="inside a block"),
        pytest.param("t: a\n# b", False, id="on a line of its own"),
    ],
)
def test_a_value_tells_whether_a_comment_cut_it(text: str, *, comment: bool) -> None:
    ((_, node),) = parse_mapping(text, 1).pairs
    assert isinstance(node, Scalar)
    assert node.comment is comment


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        pytest.param(
            "t: a: b", "1:5", "second colon", "put the value in quotes: t: 'a: b'", id=":"
        ),
        pytest.param("t: it's: b", "1:8", "second colon", "t: 'it''s: b'", id="quote and colon"),
        pytest.param("- t: a: b", "1:7", "second colon", "- t: 'a: b'", id="colon in a list"),
        pytest.param("t: a\n  b: c", "2:4", "a key may not stand here", "indentation", id="deeper"),
        pytest.param("t:\n  b: c\n d: e", "3:2", "not YAML", "indentation", id="between levels"),
        pytest.param("\tt: a", "1:1", "a tab may not begin", "indent with spaces", id="tab"),
        pytest.param("t:\n\t- a", "2:1", "a tab may not begin", "spaces", id="tab before item"),
        pytest.param("t: a\n\tb: c", "2:1", "a tab may not", "spaces", id="tab before key"),
        pytest.param("t: @who", "1:4", "'@' may not begin", "in quotes", id="@"),
        pytest.param("t: `x`", "1:4", "'`' may not begin", "in quotes", id="backtick"),
        pytest.param("t: %x", "1:4", "'%' may not begin", "in quotes", id="%"),
        pytest.param("t: [@x]", "1:5", "'@' may not begin", "in quotes", id="@ in a list"),
        pytest.param("t: |x", "1:5", "not YAML", "in quotes", id="|"),
        pytest.param("t: ] x", "1:4", "not YAML", "in quotes", id="]"),
        pytest.param("t: - x", "1:4", "not YAML", "in quotes", id="-"),
        pytest.param("t: 'a' b", "1:8", "not YAML", "whole value in quotes", id="after quotes"),
        pytest.param('t: "\\q"', "1:5", "unknown escape", "write \\\\", id="escape"),
        pytest.param("u: v\nt: 'x\nd: 1", "2:4", "quote that opens here", "close", id="open quote"),
        pytest.param("t: [x\nd: 1", "1:4", "list that opens here", "close it with ]", id="open ["),
        pytest.param("t: {x: y\nd: 1", "1:4", "mapping that opens", "close it with }", id="open {"),
        pytest.param("t: [a: b: c]", "1:9", "',' or ']'", "put commas", id="colons in a list"),
        pytest.param("t: a\nfoo\nd: 1", "2:1", "without a colon", "a colon and a value", id="word"),
        pytest.param("%TAG ! x\nt: 1", "2:1", "not YAML", "in quotes", id="directive"),
    ],
)
def test_what_is_no_yaml_is_told_with_its_place_and_a_way_out(
    text: str, place: str, message: str, hint: str
) -> None:
    fault = fault_of(text)
    assert (fault.code, f"{fault.line}:{fault.column}") == ("yaml", place)
    assert message in fault.message
    assert hint in fault.hint


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        pytest.param("a: &x b", "1:4", "an anchor", id="anchor"),
        pytest.param("a: b\nc: *x", "2:4", "an alias", id="alias"),
        pytest.param("a: !!str b", "1:4", "a type tag", id="type tag"),
        pytest.param("a: !x [b]", "1:4", "a type tag", id="own type tag"),
        pytest.param("a: b\n--- c", "2:1", "a second document", id="second document"),
        pytest.param("a: " + "[" * 30_000, "1:11", "more than 8 levels", id="nested lists"),
        pytest.param("a: " + "{b: " * 900, "1:32", "more than 8 levels", id="nested mappings"),
        pytest.param("a:\n  " + "- " * 900, "2:17", "more than 8 levels", id="nested items"),
        pytest.param("? " * 900, "1:17", "more than 8 levels", id="nested keys"),
        pytest.param("a: [" + "b," * 3000, "1:3995", "more than 2000 values", id="values"),
    ],
)
def test_what_front_matter_never_needs_is_refused(text: str, place: str, what: str) -> None:
    fault = fault_of(text)
    assert (fault.code, f"{fault.line}:{fault.column}") == ("yaml-forbidden", place)
    assert what in fault.message
    assert fault.hint


def test_what_is_at_the_limits_is_read() -> None:
    deepest = MAX_DEPTH - 1
    items = MAX_EVENTS - 12
    assert len(parse_mapping(f"a: {'[' * deepest}b{']' * deepest}", 1).pairs) == 1
    ((_, node),) = parse_mapping(f"a: [{', '.join('x' * items)}]", 1).pairs
    assert isinstance(node, Sequence)
    assert len(node.items) == items


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a\n- b", "key: value pairs"),
        ("hello", "key: value pairs"),
        ("", "key: value pairs"),
        ("# a note", "key: value pairs"),
        ("[a]: b", "a key must be a word"),
        ("? {a: b}\n: c", "a key must be a word"),
    ],
)
def test_front_matter_of_another_shape_is_refused(text: str, message: str) -> None:
    fault = fault_of(text)
    assert fault.code == "front-matter-shape"
    assert message in fault.message
    assert fault.hint


@pytest.mark.parametrize("char", ["\x00", "\x0b", "\x1b", "\x7f", "\x85", "\ud800", "\ufffe"])
def test_a_character_that_no_page_may_hold_is_refused_with_its_place(char: str) -> None:
    fault = fault_of(f"a: b\nt: x{char}y")
    assert (fault.code, fault.line, fault.column) == ("control-character", 2, 5)
    assert f"U+{ord(char):04X}" in fault.message


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "a: &a [x,x,x,x,x,x,x,x,x]\n"
            + "\n".join(
                f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]"
                for a, b in zip("abcdefg", "bcdefgh", strict=True)
            ),
            id="aliases of aliases",
        ),
        pytest.param("a: &x [*x]", id="an alias of itself"),
        pytest.param("a: " + "[" * 900_000, id="900,000 levels"),
    ],
)
def test_a_bomb_costs_next_to_nothing(text: str) -> None:
    tracemalloc.start()
    started = time.process_time()
    fault = fault_of(text)
    seconds = time.process_time() - started
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert fault.code == "yaml-forbidden"
    assert seconds < 0.1
    assert peak < 50_000_000


@given(st.text(st.sampled_from(list("ab:-#[]{}'\"|>&*!%@`,? \t\n\\\u2028é🎬")), max_size=60))
@example("#\n?")
def test_any_text_is_a_mapping_or_a_fault_in_it(text: str) -> None:
    lines = text.count("\n") + 1
    place = place_of(text)
    assert 1 <= place[0] <= lines + 1
    assert place[1] >= 1
