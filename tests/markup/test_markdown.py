"""Our pruned Python-Markdown against the plain one, and what ours does beyond it."""

import itertools
import re
from html import escape, unescape

import markdown
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from digest.markup.links import LinkBook
from digest.markup.markdown import EXTENSIONS, Converter

FRAGMENTS = (
    "Plain words.",
    "Two lines\nof words.",
    "# Heading",
    "Heading\n=======",
    "Heading\n-------\n\ntext",
    "## *Bold* `code` #",
    "*one* _two_ **three** __four__ ***five*** snake_case_name",
    "a * b and a*b*c, 2*3",
    "`code` and ``co`de`` and a ` alone",
    "\\*escaped\\* \\`x\\` \\[y\\] 1\\. \\\\",
    "line break  \nafter two spaces",
    "line break\t\nafter a tab",
    "tab\tinside",
    "- one\n- two\n    - three\n- four",
    "* one\n\n    para\n\n* two",
    "+ plus\n+ list",
    "1. one\n2. two",
    "3. three\n4. four\n\n    more",
    "- a\n1. b",
    "> quoted\n> text\n\n> > deeper",
    "> # quoted heading\n> - list",
    "    indented code\n    <b> & *x*",
    "\ttab code",
    "```\nfenced *code*\n```",
    "~~~python\ndef f(): pass\n~~~",
    "``` { .py }\nx\n```",
    "```\nnever closed",
    "---",
    "***",
    "_ _ _",
    "| a | b |\n|:--|--:|\n| 1 | `2|3` |",
    "a | b\n--|--\n*c* | d \\| e",
    "|a|\n|-|",
    "a | pipe in text",
    "Term\n:   Definition\n:   Another\n\nOther\n\n:   Third",
    "Time: 12:30, ratio 1:2",
    "Note[^n] and again[^n].\n\n[^n]: The *note*.\n\n    More of it.",
    "Unknown[^zz] note",
    "[text](../x.md) [titled](y.md 'T \"t\"') [site](https://example.org/?a=1&b=2)",
    '[ref][r] [r] [r][]\n\n[r]: z.md "Title"',
    "![alt *x*](p.png) ![ref][q]\n\n[q]: q.png",
    "[not a link] [nor][this [that]",
    "<https://example.org/x> <me@example.org>",
    "<div>\nraw *html*\n</div>",
    "<p>one\n\ntwo",
    'Inline <b>raw</b> <br> <span title="x">y</span> a < b > c',
    "<!-- comment -->",
    "text <!-- in line --> text",
    "<![CDATA[ x ]]> <?php y ?>",
    "AT&T &amp; &copy; &#65; &nosuch; & &copy no semicolon",
    "\"Quotes\" and 'single' and it's '90s \"'nested'\"",
    "Dashes -- and --- and - and ----; dots... and ....",
    "Ends with backslash\\",
    "words\n  <div>block</div>",
    "&#65 without semicolon",
    "Ünïcödé 罢工 🎉 إضراب",
)
SEPARATORS = ("\n\n", "\n", " ", "\n\n\n", "  \n")


def normal(html: str, book: LinkBook | None = None) -> str:
    """Return HTML without what our pass over the tree changes by design."""
    if book:
        html = re.sub(
            rf"{book.marker}(\d+)", lambda match: escape(book.links[int(match[1])].target), html
        )
    html = re.sub(r' style="text-align: (\w+);"', r' class="align-\1"', html)
    html = re.sub(r'(?<=href="|.src=")[^"]*', _address, html)
    html = re.sub(r' id="fn[^"]*"', "", html)
    html = re.sub(r'<a class="footnote-backref"[^>]*>.*?</a>', "", html)
    return re.sub(r'<(/?)h\d(?: id="[^"]*")?>', r"<\1heading>", html)


def _address(match: re.Match[str]) -> str:
    return unescape(match[0]).replace(" ", "%20")


def ours(text: str, converter: Converter) -> tuple[str, LinkBook]:
    book = LinkBook("content/x.md", text, 1)
    return normal(converter.convert(text, book), book), book


def plain() -> markdown.Markdown:
    return markdown.Markdown(
        extensions=list(EXTENSIONS),
        extension_configs={"toc": {"marker": ""}, "footnotes": {"SEPARATOR": "-"}},
        output_format="html",
    )


def documents() -> list[str]:
    pairs = enumerate(itertools.product(FRAGMENTS, FRAGMENTS))
    return [SEPARATORS[number % len(SEPARATORS)].join(pair) for number, pair in pairs]


def test_leaving_out_what_a_text_does_not_need_changes_nothing() -> None:
    texts = documents()
    converter, reference = Converter(), plain()
    different = [
        text
        for text in texts
        if ours(text, converter)[0] != normal(reference.reset().convert(text))
    ]
    assert len(texts) >= 2000
    assert different == []


@settings(max_examples=1500, deadline=None)
@given(st.text(alphabet="ab1 \n\t*_`[]()<>!#|:-+=.&;\\\"'^~{}", max_size=60))
def test_leaving_out_changes_nothing_for_random_marks(text: str) -> None:
    html, book = ours(text, Converter())
    assume(not book.findings)
    assert html == normal(plain().convert(text))


def test_a_text_leaves_nothing_behind_for_the_next() -> None:
    converter = Converter()
    first, second = "Note[^1] [x].\n\n[^1]: Text.\n\n[x]: y.md\n", "Note[^1] [x].\n\n# Heading\n"
    alone = ours(second, Converter())[0]
    ours(first, converter)
    assert ours(second, converter)[0] == alone
    assert "<a" not in alone


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# a\n\n## b\n\n### c\n\n# d", [2, 3, 4, 2]),
        ("### a\n\n### b", [2, 2]),
        ("# a\n\n##### b\n\n## c", [2, 3, 3]),
        ("###### a\n\n# b\n\n###### c", [2, 2, 3]),
        ("# a\n\n## b\n\n### c\n\n#### d\n\n##### e\n\n###### f", [2, 3, 4, 5, 6, 6]),
        ("> ## a\n\n# b", [2, 2]),
    ],
)
def test_headings_begin_below_the_title_and_skip_no_level(text: str, levels: list[int]) -> None:
    html = Converter().convert(text, LinkBook("x.md", text, 1))
    assert [int(level) for level in re.findall(r"<h(\d)", html)] == levels


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("What comes next?", "what-comes-next"),
        ("2023", "section-2023"),
        ("!!!", "section"),
        ("a -- b", "a-b"),
        ("हिन्दी समाचार", "हिन्दी-समाचार"),
        ("*Bold* `code`", "bold-code"),
        ("x " * 200, "x-" * 74 + "x"),
    ],
    ids=["words", "digits", "signs", "hyphens", "marks", "markup", "long"],
)
def test_anchor_of_a_heading(heading: str, anchor: str) -> None:
    text = f"## {heading}\n"
    html = Converter().convert(text, LinkBook("x.md", text, 1))
    assert re.findall(r'id="([^"]*)"', html) == [anchor]


def test_equal_headings_have_different_anchors() -> None:
    text = "# Next\n\n# Next\n\n# Next\n"
    html = Converter().convert(text, LinkBook("x.md", text, 1))
    assert re.findall(r'id="([^"]*)"', html) == ["next", "next_1", "next_2"]


def test_columns_are_aligned_by_class_not_by_style() -> None:
    text = "| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n"
    html = Converter().convert(text, LinkBook("x.md", text, 1))
    assert "style" not in html
    assert re.findall(r'<td class="([^"]*)"', html) == ["align-left", "align-center", "align-right"]


@pytest.mark.parametrize("label", ["a b", "x--y", "1.2", "*", "†", 'a"b', "<i>", "e\u0301"])
def test_any_footnote_label_works(label: str) -> None:
    text = f"One[^{label}] two[^{label}] three[^ok].\n\n[^{label}]: Note.\n[^ok]: Fine.\n"
    book = LinkBook("x.md", text, 1)
    html = Converter().convert(text, book)
    ids = set(re.findall(r'id="([^"]*)"', html))
    assert len(ids) == 5
    assert {link.target.removeprefix("#") for link in book.links} == ids
    assert book.findings == []


def test_a_plain_footnote_label_is_part_of_the_anchor() -> None:
    text = "One[^source].\n\n[^source]: Note.\n"
    html = Converter().convert(text, LinkBook("x.md", text, 1))
    assert re.findall(r'id="([^"]*)"', html) == ["fnref-source", "fn-source"]


def test_a_footnote_that_is_used_nowhere_is_a_warning_at_its_line() -> None:
    text = "One[^a].\n\n[^a]: Note.\n[^b]: Lost.\n"
    book = LinkBook("content/x.md", text, 5)
    html = Converter().convert(text, book)
    assert [(item.code, str(item.span)) for item in book.findings] == [
        ("unused-footnote", "content/x.md:8")
    ]
    assert "Lost" in html
    assert [link.target for link in book.links] == ["#fn-a", "#fnref-a"]


def test_a_table_of_contents_mark_is_text() -> None:
    text = "[TOC]\n\n# Heading\n"
    assert "[TOC]" in Converter().convert(text, LinkBook("x.md", text, 1))
