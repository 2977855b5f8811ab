import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.diagnostics import Diagnostic, has_errors
from digest.load.articles import ARTICLE_FIELDS
from digest.load.documents import Loaded, parse_document
from digest.load.files import Found, read_text
from digest.model.records import Article, ContentPage, Entity, Record
from parsing import load, the_finding


@pytest.mark.parametrize(
    ("path", "front", "kind"),
    [
        ("content/a.md", "title: A\ndate: 2023", Article),
        ("content/2023/07/a.MD", "title: A\ndate: 2023", Article),
        ("content/entities.md", "title: A\ndate: 2023", Article),
        ("content/entities/a.md", "name: A", Entity),
        ("content/entities/unions/a.md", "name: A", Entity),
        ("content/pages/a.md", "title: A", ContentPage),
    ],
)
def test_the_folder_says_what_a_file_is(path: str, front: str, kind: type[Record]) -> None:
    loaded = load(front, path=path)
    assert type(loaded.record) is kind
    assert loaded.diagnostics == ()


@pytest.mark.parametrize("text", ["", " \n\t\n", "\u2028"])
@pytest.mark.parametrize("path", ["content/a.md", "content/a.txt", "content/entities/a.md"])
def test_an_empty_file_is_an_error(path: str, text: str) -> None:
    finding = the_finding(parse_document(path, text, dt.UTC))
    assert (finding.code, str(finding.span)) == ("empty", path)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/a.md", "Hello"),
        ("content/a.md", "+++\ntitle = 'A'\n+++\n"),
        ("content/a.md", '{"title": "A"}'),
        ("content/a.md", "title: A\n---\nText"),
        ("content/pages/a.md", "date 2023 Text"),
        ("content/entities/a.txt", "date 2023 Text"),
    ],
)
def test_a_file_without_front_matter_is_never_published_as_it_is(path: str, text: str) -> None:
    loaded = parse_document(path, text, dt.UTC)
    assert (the_finding(loaded).code, loaded.record) == ("no-front-matter", None)


def test_an_article_without_text_is_a_warning_and_other_documents_need_none() -> None:
    loaded = load("title: A\ndate: 2023", body="")
    assert the_finding(loaded).code == "empty-body"
    assert loaded.record is not None
    assert load("name: A", body="", path="content/entities/a.md").diagnostics == ()


def test_findings_carry_the_line_that_they_are_about() -> None:
    loaded = load("title: A\ndate: 01/02/2023\nstatus: no")
    assert [item.source for item in loaded.diagnostics] == ["date: 01/02/2023", "status: no"]


SNIPPETS = st.sampled_from(
    ["---", "\n", "date", " 2023-07-27 ", "title: A", "tags: [a, b]", ": ", "- ", "{", "#", "'"]
)
FRONT = st.builds(
    "{}: {}".format,
    st.sampled_from((*ARTICLE_FIELDS, "draft", "name", "?")),
    st.sampled_from(
        [
            "A",
            "",
            "2023",
            "2023-07-27",
            "[a, b]",
            "[]",
            "{name: A}",
            "{}",
            "' '",
            "x: y",
            "# c",
            "~",
            "[{url: https://a.example/}]",
            "[{what: a, value: 1}]",
            "{union: [A]}",
            "draft",
            '"\\0"',
        ]
    ),
)
PATHS = st.sampled_from(["a.md", "a.txt", "2023-07-27-a.md", "entities/a.md", "pages/a.md"])
TEXTS = st.one_of(
    st.text(),
    st.lists(SNIPPETS).map("".join),
    st.lists(FRONT, max_size=8).map(lambda lines: "---\n" + "\n".join(lines) + "\n---\nText."),
)


@given(PATHS, TEXTS)
def test_any_text_is_a_record_or_an_error_in_its_lines(path: str, text: str) -> None:
    loaded = parse_document(f"content/{path}", text, dt.UTC)
    assert (loaded.record is None) == has_errors(loaded.diagnostics)
    for item in loaded.diagnostics:
        assert item.span is not None
        assert item.span.path == f"content/{path}"
        assert item.span.line <= text.count("\n") + 1
        assert item.message
        assert item.hint


def load_bytes(file: Path, data: bytes) -> Loaded:
    file.write_bytes(data)
    text = read_text(Found("content/a.md", str(file)), 1_000_000)
    assert not isinstance(text, Diagnostic)
    return parse_document("content/a.md", text, dt.UTC)


@given(st.lists(FRONT, max_size=4), st.lists(st.sampled_from(["é. ", "\n", "- a", "> b"])))
def test_byte_order_mark_and_line_endings_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, front: list[str], body: list[str]
) -> None:
    file = tmp_path_factory.getbasetemp() / "endings.md"
    text = "---\ntitle: A\ndate: 2023\n" + "\n".join(front) + "\n---\n" + "".join(body)
    plain = load_bytes(file, text.encode())
    for ending in ("\n", "\r\n", "\r"):
        for mark in ("", "\ufeff"):
            assert load_bytes(file, (mark + text.replace("\n", ending)).encode()) == plain
