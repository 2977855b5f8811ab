"""Plain documents: the same HTML as Python-Markdown makes, and no others taken for plain."""

import itertools
import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.markup.links import LinkBook
from digest.markup.markdown import Converter
from digest.markup.paragraphs import ParagraphIds, mark_paragraphs
from digest.markup.plain import plain_html
from digest.markup.sanitize import sanitize

PLAIN = [
    "Words of one line.",
    "Two lines\nof words",
    "First.\n\nSecond.\n\n\n\nThird.",
    "## Next\n\nText.",
    "# a\n\n### b\n\n## c",
    '## It\'s "new" -- so... > that',
    "> Quoted\n> words.",
    "> Quoted\nand gone on.",
    "## Next\ntext\n\n# a\n## b\nc",
    "1. one\n2. two\n12. three\n\n- four",
    "- one\n- two **bold**\n- [three](x.md)",
    "A **bold word**, (**two**) and “**three**”.",
    "[It's](https://example.org/a_b?c=1&d=2&amp;e--f...g) and [here](../x.md#y).",
    "*One word*, (*two*) and [**three** *four*](x.md) for **$5**",
    "[Bad](javascript:x) and [odd](//x.example).",
    'It\'s the boys\' "word," a \'tis and "more"',
    "Dashes -- and --- and ----; dots... and ....",
    "A & B, 3 > 2; $5,000: 50% {x} ^ + = / @ ! ? –—…",
    "AT&T, R&D and &x",
    '**Note:** [A](x)\'s "[B](y)," "**C**," and ["D" E](z)\'s *F*\'s (x)" y',
    "a**b**c, *a*b, **[x](y) z** and *[x](y)*",
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
    "- a\n\n- b",
    "> a\n\n> b",
    "> - a",
    "- # a",
    "- a\n  b",
    "words\n- list",
    "2. two",
    "1. one\n\n2. two",
    "# a\n text",
    "**[**x**](y)**",
    "AT&T;",
    "[a](b)\" 'c",
    '[a](b)" "c"',
    '[a](b)"c',
    "a | b",
    "words\n===",
    "words\n\n: meaning",
    "*open",
    "**open",
    "*a**",
    "***a***",
    "*a *",
    "*a**b*",
    "[x]",
    "[x](y 'title')",
    "[x](a(b))",
    "![x](y)",
    "[^1]",
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
    *"*a b* (*x*) *a*, *a* **b** **$5** [**a**](b) *a** **a* a*b* *a*b".split(),
    *'**Note:** **[a](b)** *[a](b)* [a](b)\'s [a](b)\'s" **a**\'s "[a](b)" "[a](b)."'.split(),
    *'(x)" (x)\'s "**a**" ["a"](c) a**b**c **\'s R&D; &T; *a*\'s "*a*" **a**b**c**'.split(),
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
STARTS = (
    "",
    "",
    "",
    "",
    "## ",
    "# ",
    "#",
    "> ",
    "> ",
    ">",
    "- ",
    "- ",
    "* ",
    "1. ",
    "1. ",
    ": ",
    "    ",
)
ENDS = (*[""] * 12, " ", "  ", "\n", "\n---", "\n- x", "\n> x", "\nmore of it", "\n# x", "\n2. x")
GAPS = (*["\n\n"] * 12, "\n", "\n\n\n", "\n \n", "\n\t\n", "\r\n\r\n")


CONVERTER = Converter()


def read(text: str) -> tuple[str | None, LinkBook]:
    book = LinkBook("content/x.md", text, 3)
    plain = plain_html(text, book)
    return plain[0] if plain else None, book


def noted(book: LinkBook) -> tuple[object, ...]:
    """Return what a book holds but for lines, which the long way has to guess."""
    links = [(link.target, link.image, link.strict) for link in book.links]
    return links, [(item.code, item.message) for item in book.findings], list(book.anchors)


def check(text: str) -> bool:
    """Return whether a text is plain; if so, Python-Markdown and the sanitiser make the same."""
    html, book = read(text)
    if html is None:
        assert noted(book) == ([], [], [])
        return False
    other = LinkBook("content/x.md", text, 3)
    clean = sanitize(CONVERTER.convert(text, other), other)
    assert html == mark_paragraphs(clean, ParagraphIds(other.anchors)), repr(text)
    assert noted(book) == noted(other), repr(text)
    return True


@pytest.mark.parametrize("text", PLAIN)
def test_plain_document(text: str) -> None:
    assert check(text)


@pytest.mark.parametrize("text", OTHER)
def test_whatever_is_in_doubt_is_not_plain(text: str) -> None:
    assert read(text)[0] is None


def test_pairs_of_plain_documents() -> None:
    texts = ["\n\n".join(pair) for pair in itertools.product(PLAIN, PLAIN)]
    assert sum([check(text) for text in texts]) > len(texts) * 0.8


def test_generated_documents() -> None:
    dice = random.Random(20230727)  # noqa: S311 no secret

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
        plain += check(text)
    assert plain > 3_000


VECTORS = (Path(__file__).parents[1] / "torture/data/xss.txt").read_text().splitlines()


@pytest.mark.parametrize(
    "form", ["{}", "Words {} words", "## {}", "- {}", "> {}", "**{}**", "[{}](x.md)", "[x]({})"]
)
def test_hostile_texts(form: str) -> None:
    texts = [form.replace("{}", vector) for vector in VECTORS]
    assert len(texts) > 100
    for text in texts:
        check(text)
        check(f"Words.\n\n{text}\n\n## Words")


def test_lines_of_links() -> None:
    text = "x.md\n\n[a](x.md) [b](x.md)\n[a](x.md)\n\n- c\n- [d](//y)\n\n> [e](z.md)\n"
    _, book = read(text)
    assert [(link.target, link.line) for link in book.links] == [
        ("x.md", 5),
        ("x.md", 5),
        ("x.md", 6),
        ("z.md", 11),
    ]
    assert [str(item.span) for item in book.findings] == ["content/x.md:9"]


@settings(max_examples=3000, deadline=None)
@given(
    st.lists(st.sampled_from([*MARKS, *WORDS, *STARTS, *ENDS, *GAPS, " ", " "]), max_size=12),
)
def test_any_marks_in_any_order(parts: list[str]) -> None:
    check("".join(parts))


@settings(max_examples=1000, deadline=None)
@given(st.text(max_size=20), st.text(alphabet="ab1 \n*[]()>#-.&;\"'", max_size=30))
def test_any_text(first: str, second: str) -> None:
    check(first + second)


LONG = {
    "bold": "**a ",
    "brackets": "[a ",
    "links": "[a](b)\n",
    "double quotes": '"a ',
    "single quotes": "a '",
    "list": "- a\n",
    "hyphens": "- ",
    "headings": "# a\n\n",
    "dashes": "a--",
}


@pytest.mark.parametrize("part", LONG.values(), ids=LONG)
def test_a_long_text_takes_little_time(part: str) -> None:
    started = time.process_time()
    read(part * 50_000)
    assert time.process_time() - started < 2
