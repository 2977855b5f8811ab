"""Paragraphs have ids that outlive other edits, whatever way a document takes."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.markup.body import make_body
from digest.model.records import Body

WORDS = st.text(st.sampled_from("abcd é罢\"'*&<>-[]()"), min_size=1, max_size=12)
WRITTEN = WORDS.map(lambda words: f"T {words} t")
BLOCKS = st.one_of(
    WRITTEN,
    WRITTEN.map("> {}".format),
    WRITTEN.map("- {}".format),
    WRITTEN.map("## {}".format),
    WRITTEN.map("<p title='{}'>x</p>".format),
    WRITTEN.map("<div><p>{}</p></div>".format),
    st.sampled_from(["## P 6426e370", "One.", "<p id='p-6426e370'>x</p>", "A[^1].\n\n[^1]: B."]),
)


def body(text: str, *, is_markdown: bool = True) -> Body:
    return make_body(text, "x.md", 1, is_markdown=is_markdown, seconds=5)[0]


def html(text: str) -> str:
    return "".join(body(text).html)


def ids(text: str) -> list[str]:
    return re.findall(r' id="([^"]*)"', html(text))


def paragraphs(text: str, *, is_markdown: bool = True) -> list[str]:
    return body(text, is_markdown=is_markdown).paragraphs.split()


@pytest.mark.parametrize("is_markdown", [True, False])
def test_each_paragraph_has_an_id(*, is_markdown: bool) -> None:
    found = body("One.\n\nTwo\nlines.", is_markdown=is_markdown)
    first, second = found.paragraphs.split()
    lines = ["Two lines.", "Two\nlines."][is_markdown]
    assert found.html == (f'<p id="{first}">One.</p>\n<p id="{second}">{lines}</p>',)
    assert found.anchors == ()


@pytest.mark.parametrize(
    "text",
    [
        "> Quoted.",
        "- one\n\n- two",
        "1. one\n\n    two",
        "| a |\n|---|\n| b |",
        "Term\n:   Meaning\n\n    More.",
        "<div><p>x</p></div>",
        "<details><summary>s</summary><p>x</p></details>",
        "<p dir='rtl'>x</p>",
        "<p id='own'>x</p>",
        "<p></p>",
    ],
)
def test_what_is_no_paragraph_of_the_text_has_none(text: str) -> None:
    alone = html(text)
    assert ' id="p-' not in alone
    assert len(paragraphs(f"Before.\n\n{text}\n\nAfter.")) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Some words here.", "Some\nwords here."),
        ("Some words here.", "Some [words](https://example.org/) here."),
        ("Some words here.", "Some **words** here."),
        ("Some words here.", "Some words here.[^1]\n\n[^1]: A note."),
        ("A[^1] b[^2].\n\n[^1]: X.\n[^2]: Y.", "A[^2] b[^1].\n\n[^1]: X.\n[^2]: Y."),
    ],
)
def test_the_same_words_have_the_same_id(one: str, other: str) -> None:
    assert paragraphs(one) == paragraphs(other)


def test_dated_text_and_markdown_have_the_same_ids() -> None:
    text = "It is one.\n\nA second, of\ntwo lines."
    assert paragraphs(text) == paragraphs(text, is_markdown=False)


def test_the_same_words_again_are_numbered() -> None:
    first, second, third = paragraphs("Yes.\n\nYes.\n\nYes.")
    assert [second, third] == [f"{first}-2", f"{first}-3"]


def test_an_id_that_a_heading_has_is_not_given_again() -> None:
    (plain,) = paragraphs("One.")
    for heading in (f"## {plain.replace('-', ' ')}", f"<h2 id='{plain}'>x</h2>"):
        assert paragraphs(f"One.\n\n{heading}") == [f"{plain}-2"]


def test_an_attribute_is_never_taken_for_a_paragraph() -> None:
    text = '<abbr title="<p>x</p>">A</abbr> and <abbr title="</div><p>">B</abbr>.'
    assert html(text).count(" id=") == 1
    assert html(text).startswith("<p id=")


@given(st.lists(BLOCKS, max_size=8))
def test_no_id_is_given_twice(blocks: list[str]) -> None:
    counts = Counter(ids("\n\n".join(blocks)))
    assert [name for name, count in counts.items() if count > 1] == []


@given(st.lists(BLOCKS, max_size=6), WRITTEN, st.integers(0, 6))
def test_ids_stay_when_a_paragraph_is_put_in(blocks: list[str], new: str, place: int) -> None:
    before = Counter(paragraphs("\n\n".join(blocks)))
    after = Counter(paragraphs("\n\n".join([*blocks[:place], new, *blocks[place:]])))
    assert before - after == Counter()
