import datetime as dt

import pytest

from digest.load.dated import first_sentence, is_dated_text
from digest.load.documents import Loaded, parse_document
from digest.model.records import Article
from parsing import the_finding


def load_text(text: str, path: str = "content/a.txt") -> Loaded:
    return parse_document(path, text, dt.UTC)


def article_of(text: str, path: str = "content/a.txt") -> Article:
    record = load_text(text, path).record
    assert isinstance(record, Article)
    return record


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("date 2023-07-27 ", "2023-07-27"),
        (" date 2023-07-27 ", "2023-07-27"),
        ("\n\n\tDate: 2023-07\n\n", "2023-07"),
        ("DATE 2023\n", "2023"),
        ("date\n2023-07-27\n", "2023-07-27"),
        ("date 2023-07-27T10:00:00+02:00\n", "2023-07-27T10:00:00+02:00"),
        ("\u00a0date\u00a02023\u00a0", "2023"),
    ],
)
@pytest.mark.parametrize("path", ["content/a.txt", "content/a.md", "content/A.TXT"])
def test_a_dated_text_begins_with_the_word_date(head: str, date: str, path: str) -> None:
    loaded = load_text(f"{head}Netflix hires. More.\n\nSecond.\n", path)
    assert isinstance(loaded.record, Article)
    assert (loaded.record.title, loaded.record.slug) == ("Netflix hires", "netflix-hires")
    assert (loaded.record.date.text, loaded.record.event_date.text) == (date, date)
    assert loaded.text == "Netflix hires. More.\n\nSecond."
    assert not loaded.is_markdown
    assert loaded.diagnostics == ()


def test_places_and_lines_point_into_the_file() -> None:
    loaded = load_text("\n  date 2023-07-27\n\n Title here.\n\nMore.")
    assert loaded.line == 4
    assert loaded.record is not None
    assert loaded.record.places == {"date": (2, 8), "title": (4, 2)}


@pytest.mark.parametrize(
    ("text", "code", "place", "hint"),
    [
        pytest.param("hello", "no-date", "1:1", "date 2023-07-27", id="no date"),
        pytest.param("date", "no-date", "1:1", "date 2023-07-27", id="the word alone"),
        pytest.param("date2023 x", "no-date", "1:1", "date 2023", id="no space behind the word"),
        pytest.param("---\ntitle: A\n---\nx", "no-date", "1:1", "date 2", id="front matter"),
        pytest.param("date 2023-02-30 x", "date-format", "1:6", "no such date", id="no such day"),
        pytest.param("\n date 27.7.2023 x", "date-format", "2:7", "2023-07-27", id="day first"),
        pytest.param("date 2023-07-27. x", "date-format", "1:6", "2023-07-27", id="a full stop"),
        pytest.param("date 2023-07-27\n\n", "empty", "1:6", "write the text", id="no text"),
        pytest.param("date 2023\n\n!!! ...", "slug", "3:1", "a sentence of words", id="signs"),
        pytest.param("date 2023\n\nA \ufffe b.", "control-character", "3:1", "delete", id="U+FFFE"),
        pytest.param("date 2023 A \x01 b.", "control-character", "1:11", "delete", id="U+0001"),
    ],
)
def test_a_broken_dated_text_is_told_with_its_place(
    text: str, code: str, place: str, hint: str
) -> None:
    loaded = load_text(text)
    finding = the_finding(loaded)
    assert loaded.record is None
    assert (finding.code, str(finding.span)) == (code, f"content/a.txt:{place}")
    assert finding.source
    assert hint in finding.hint


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("One two. Three.", "One two"),
        ("One two! Three.", "One two!"),
        ("One two? Three.", "One two?"),
        ("One two… Three.", "One two…"),
        ("One “two.” Three.", "One “two.”"),
        ("One two", "One two"),
        ("One\ntwo.\nThree.", "One two"),
        ("One\n\ntwo.", "One"),
        ("One\n \t\ntwo.", "One"),
        ("Pay is $1.50 an hour. More.", "Pay is $1.50 an hour"),
        ("The U.S. Senate voted. More.", "The U.S. Senate voted"),
        ("It ended. then not.", "It ended. then not"),
        ("罢工结束了。更多。", "罢工结束了。更多。"),
    ],
)
def test_the_first_sentence_is_the_title(text: str, title: str) -> None:
    assert first_sentence(text) == title


def test_a_long_sentence_is_cut_at_a_word() -> None:
    assert first_sentence("word, " * 30, 20) == "word, word, word…"
    assert first_sentence("x" * 30, 20) == "x" * 19 + "…"
    assert len(first_sentence("Netflix has advertised " * 9)) <= 90
    assert first_sentence("Exactly this long.", 18) == "Exactly this long"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("date 2023 x", True),
        ("\n DATE: x", True),
        ("date", False),
        ("dated 2023", False),
        ("The date 2023", False),
        ("---\ndate: 2023\n---\n", False),
    ],
)
def test_a_text_tells_whether_it_is_dated(text: str, *, answer: bool) -> None:
    assert is_dated_text(text) is answer


def test_the_text_is_text_and_not_markdown() -> None:
    loaded = load_text("date 2023\n\n# No heading.\n\n*plain*")
    assert (loaded.text, loaded.is_markdown) == ("# No heading.\n\n*plain*", False)
    assert article_of("date 2023\n\n# No heading.").title == "# No heading"
