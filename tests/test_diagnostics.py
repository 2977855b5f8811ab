import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.diagnostics import (
    Diagnostic,
    DigestError,
    Severity,
    Span,
    as_errors,
    error,
    failure,
    format_diagnostic,
    has_errors,
    nearest,
    sort_diagnostics,
    visible,
    warning,
    with_source,
)


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (Span("a.md", 4, 7), "a.md:4:7"),
        (Span("a.md", 4), "a.md:4"),
        (Span("a.md"), "a.md"),
        (Span("a.md", 0, 7), "a.md"),
    ],
)
def test_a_place_leaves_out_what_is_unknown(span: Span, text: str) -> None:
    assert str(span) == text


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        pytest.param(
            Diagnostic(
                Severity.ERROR,
                "date-format",
                "'date' must be YYYY-MM-DD, got '01/05/2024'",
                Span("content/2024/05-01-strike.md", 4, 7),
                "write 2024-05-01",
                "date: 01/05/2024",
            ),
            "content/2024/05-01-strike.md:4:7: error[date-format]: "
            "'date' must be YYYY-MM-DD, got '01/05/2024'\n"
            "  4 | date: 01/05/2024\n"
            "  hint: write 2024-05-01",
            id="everything",
        ),
        pytest.param(warning("x", "no place"), "warning[x]: no place", id="a message alone"),
        pytest.param(
            error("x", "m", Span("a.md"), "h"), "a.md: error[x]: m\n  hint: h", id="no line"
        ),
    ],
)
def test_a_finding_is_shown_as_the_design_says(finding: Diagnostic, text: str) -> None:
    assert format_diagnostic(finding) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("é 罢工 🎬", "é 罢工 🎬"),
        ("a\tb", "a b"),
        ("\x1b[2J", "\\x1b[2J"),
        ("a\nb\r", "a\\nb\\r"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u2028b", "a\\u2028b"),
        ("a\ud800b", "a\\ud800b"),
        ("\x00\x85", "\\x00\\x85"),
    ],
)
def test_a_control_character_is_shown_as_an_escape(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters()), st.integers(2, 50))
def test_what_is_shown_is_printable_and_short(text: str, limit: int) -> None:
    shown = visible(text, limit)
    assert shown.isprintable()
    assert len(shown) <= limit
    assert shown.encode().decode() == shown


@given(st.text(), st.text(), st.text(), st.text())
def test_a_hostile_text_cannot_break_the_form(path: str, message: str, hint: str, row: str) -> None:
    finding = Diagnostic(Severity.ERROR, "x", message, Span(path, 1, 1), hint, row)
    lines = format_diagnostic(finding).split("\n")
    assert len(lines) == 1 + bool(row) + bool(hint)
    assert all(line.isprintable() for line in lines)


SPANS = st.none() | st.builds(Span, st.sampled_from("ab"), st.integers(0, 3), st.integers(0, 3))
FINDINGS = st.lists(
    st.builds(Diagnostic, st.sampled_from(Severity), st.sampled_from("xy"), st.just("m"), SPANS)
)


@given(FINDINGS)
def test_findings_are_sorted_by_place_without_repeats(findings: list[Diagnostic]) -> None:
    ordered = sort_diagnostics(findings)
    places = [item.span or Span("") for item in ordered]
    assert places == sorted(places)
    assert set(ordered) == set(findings)
    assert len(ordered) == len(set(findings))
    assert sort_diagnostics(reversed(ordered)) == ordered or len(set(places)) < len(places)


@given(FINDINGS)
def test_strictness_makes_every_warning_an_error(findings: list[Diagnostic]) -> None:
    strict = as_errors(findings)
    assert has_errors(findings) == any(item.severity is Severity.ERROR for item in findings)
    assert has_errors(strict) == bool(findings)
    assert [item.code for item in strict] == [item.code for item in findings]


@pytest.mark.parametrize(("line", "source"), [(0, ""), (1, "one"), (2, "two"), (3, "")])
def test_a_finding_gets_its_line_where_there_is_one(line: int, source: str) -> None:
    finding = with_source(error("x", "m", Span("a.md", line)), ["one", "two"])
    assert finding.source == source


def test_a_line_that_a_finding_has_already_stays() -> None:
    finding = Diagnostic(Severity.ERROR, "x", "m", Span("a.md", 1), source="own")
    assert with_source(finding, ["other"]) == finding
    assert with_source(error("x", "m"), ["other"]).source == ""


@pytest.mark.parametrize(
    ("name", "close"), [("tilte", "title"), ("tag", "tags"), ("xyz", ""), ("", "")]
)
def test_the_nearest_name_is_proposed_if_it_is_near(name: str, close: str) -> None:
    assert nearest(name, {"title", "tags", "date"}) == close


def test_a_failure_carries_its_finding() -> None:
    fault = failure("x", "it broke", Span("a.md"), "mend it")
    assert isinstance(fault, DigestError)
    assert fault.diagnostics == (error("x", "it broke", Span("a.md"), "mend it"),)
    assert str(fault) == "it broke"


def test_an_error_comes_out_of_a_worker_as_it_went_in() -> None:
    fault = failure("disk", "full", Span("content/a.md", 3), "make room")
    found = pickle.loads(pickle.dumps(fault))  # noqa: S301 our own
    assert isinstance(found, DigestError)
    assert (found.diagnostics, str(found)) == (fault.diagnostics, "full")
