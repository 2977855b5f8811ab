"""Plain documents: the same HTML as Python-Markdown makes, and no others taken for plain."""

import itertools
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.markup.links import LinkBook
from digest.markup.markdown import Converter
from digest.markup.plain import plain_html

PLAIN = [
    "Words of one line.",
    "Two lines\nof words",
    "First.\n\nSecond.\n\n\n\nThird.",
    "## Next\n\nText.",
    "# a\n\n### b\n\n## c",
    '## It\'s "new" -- so... > that',
    "> Quoted\n> words.",
    "> Quoted\nand gone on.",
    "- one\n- two **bold**\n- [three](x.md)",
    "A **bold word**, (**two**) and “**three**”.",
    "[It's](https://example.org/a_b?c=1&d=2&amp;e--f...g) and [here](../x.md#y).",
    "[Bad](javascript:x) and [odd](//x.example).",
    'It\'s the boys\' "word," a \'tis and "more"',
    "Dashes -- and --- and ----; dots... and ....",
    "A & B, 3 > 2; $5,000: 50% {x} ^ + = / @ ! ? –—…",
    "Trailing spaces  \n\nof a paragraph   ",
    "Ünïcödé 罢工 🎉 إضراب\N{NO-BREAK SPACE}x\N{LINE SEPARATOR}y",
    "2023 was a year",
]
OTHER = [
    "",
    "\n\n",
    " indented",
    "line break  \nafter two spaces",
    "# a\n\n# a",
    "# a\ntext",
    "- a\n\n- b",
    "> a\n\n> b",
    "> - a",
    "- # a",
    "- a\n  b",
    "words\n- list",
    "1. one",
    "a | b",
    "words\n===",
    "words\n\n: meaning",
    "*em*",
    "**open",
    "a**b**",
    "**a**'s",
    "[x]",
    "[x](y 'title')",
    "[x](a(b))",
    "![x](y)",
    "[^1]",
    "[**x**](y)",
    "**[x](y)**",
    "AT&T",
    "&#65",
    "<b>",
    "`code`",
    "~~~",
    "\\*",
    "snake_case",
    "it's\"",
    "'tis",
    "\"'a'\"",
    "a\tb",
    "a\x02b",
    "a\x1cb",
    "a\x85b",
    "a\r\nb",
    "\N{NO-BREAK SPACE}a",
    "a\n \nb",
]
WORDS = "the workers it's a 2023 Paris don't x **bold** [link](https://example.org/a_b)".split()
MARKS = [
    *"**a b** (**x**) **a**, **a** **b** *em* **a**b a**b** **a ** [t](x.md) [t](#y)".split(),
    *"[t](javascript:x) [a](b)[c](d) [](x) [^1] [^t](x) [it's](z--y...md) ![a](b) [r]".split(),
    *'boys\' \'90s \'tis it\'s" "quo ted" "Quoted." "q," "\'a\'" s\'s s"s \'s \'s" \' "'.split(),
    *"-- --- ---- a--b ... .... a...b & AT&T &amp; &copy &#65; > < <b> | ~ #".split(),
    *"1. - * + = : ! ` \\ _ é 罢 “c” ‘c’ — ^ [ ] ( ) [x]:".split(),
    *"\N{NO-BREAK SPACE}\N{LINE SEPARATOR}\x85\x0b\x1c\x02\x03\t\x7f\ufffe",
    "[ t](x)",
    '[t](x "T")',
    "",
]
STARTS = ("", "", "", "", "## ", "# ", "#", "> ", "> ", ">", "- ", "- ", "* ", "1. ", ": ", "    ")
ENDS = (*[""] * 12, " ", "  ", "\n", "\n---", "\n- x", "\n> x", "\nmore of it", "\n# x")
GAPS = (*["\n\n"] * 12, "\n", "\n\n\n", "\n \n", "\n\t\n", "\r\n\r\n")


def read(text: str) -> tuple[str | None, LinkBook]:
    book = LinkBook("content/x.md", text, 3)
    return plain_html(text, book), book


def check(text: str, converter: Converter) -> bool:
    """Return whether a text is plain; if it is, its HTML, links and findings are the right ones."""
    html, book = read(text)
    if html is None:
        assert (book.links, book.findings) == ([], [])
        return False
    expected = LinkBook("content/x.md", text, 3)
    assert html == converter.convert(text, expected), repr(text)
    assert (book.links, book.findings) == (expected.links, expected.findings), repr(text)
    return True


@pytest.mark.parametrize("text", PLAIN)
def test_plain_document(text: str) -> None:
    assert check(text, Converter())


@pytest.mark.parametrize("text", OTHER)
def test_whatever_is_in_doubt_is_not_plain(text: str) -> None:
    assert read(text)[0] is None


def test_pairs_of_plain_documents() -> None:
    converter = Converter()
    texts = ["\n\n".join(pair) for pair in itertools.product(PLAIN, PLAIN)]
    assert sum([check(text, converter) for text in texts]) > len(texts) * 0.9


def test_generated_documents() -> None:
    dice = random.Random(20230727)  # noqa: S311 no secret
    converter = Converter()

    def line() -> str:
        share = dice.choice((0.0, 0.0, 0.1, 0.4))
        pick = (dice.choice(MARKS if dice.random() < share else WORDS) for _ in range(8))
        return dice.choice((" ", " ", " ", "")).join(itertools.islice(pick, dice.randint(1, 8)))

    def block() -> str:
        start = dice.choice(STARTS)
        lines = (start + line() for _ in range(dice.choice((1, 1, 2, 3))))
        return "\n".join(lines) + dice.choice(ENDS)

    plain = 0
    for _ in range(40_000):
        text = "".join(block() + dice.choice(GAPS) for _ in range(dice.randint(1, 3)))
        plain += check(text, converter)
    assert plain > 3_000


@settings(max_examples=3000, deadline=None)
@given(
    st.lists(st.sampled_from([*MARKS, *WORDS, *STARTS, *ENDS, *GAPS, " ", " "]), max_size=12),
)
def test_any_marks_in_any_order(parts: list[str]) -> None:
    check("".join(parts), Converter())


@settings(max_examples=1000, deadline=None)
@given(st.text(max_size=20), st.text(alphabet="ab1 \n*[]()>#-.&;\"'", max_size=30))
def test_any_text(first: str, second: str) -> None:
    check(first + second, Converter())


@pytest.mark.parametrize(
    "text",
    [
        "**a " * 50_000,
        "[a " * 50_000,
        '"a ' * 50_000,
        "a '" * 50_000,
        "- a\n" * 50_000,
        "- " * 9**5,
    ],
    ids=["bold", "brackets", "double quotes", "single quotes", "list", "hyphens"],
)
def test_a_long_text_takes_little_time(text: str) -> None:
    started = time.process_time()
    read(text)
    assert time.process_time() - started < 1
