import time

import pytest

from digest.diagnostics import Diagnostic, Severity
from digest.markup.body import cut_text, make_body
from digest.model.records import Body, Link
from support import bare


def convert(text: str, *, seconds: float = 5) -> tuple[Body, tuple[Diagnostic, ...]]:
    return make_body(text, "content/x.md", 10, is_markdown=True, seconds=seconds)


def html(text: str) -> str:
    return bare("".join(convert(text)[0].html))


FEATURES = {
    "table": ("|a|\n|-|\n|1|\n", "<td>1</td>"),
    "footnote": ("A[^1].\n\n[^1]: B.\n", '<li id="fn-1">'),
    "footnote mark": ("A[^1].\n\n[^1]: B.\n", '<sup id="fnref-1">'),
    "definition list": ("Term\n:   Meaning\n", "<dd>Meaning</dd>"),
    "fenced code": ("```python\na < b\n```\n", '<code class="language-python">a &lt; b\n</code>'),
    "heading anchor": ("## What next\n", '<h2 id="what-next">'),
    "smart quotes": ('"it\'s" -- so...\n', "“it’s” – so…"),
    "start of a list": ("3. a\n4. b\n", '<ol start="3">'),
    "raw abbreviation": ('<abbr title="a > b">x</abbr>\n', ">x</abbr>"),
    "raw time": ('<time datetime="2023-07">x</time>\n', '<time datetime="2023-07">'),
    "raw details": (
        "<details><summary>s</summary>t</details>\n",
        "<details><summary>s</summary>t</details>",
    ),
    "mail address": ("<me@example.org>\n", '<a href="mailto:me@example.org">me@example.org</a>'),
    "template marks": (
        "{{ 7*7 }} {% include x %} {# y #}\n",
        "{{ 7*7 }} {% include x %} {# y #}",
    ),
    "code of HTML": ("`<script>`\n", "<code>&lt;script&gt;</code>"),
}


@pytest.mark.parametrize(("text", "expected"), FEATURES.values(), ids=FEATURES)
def test_markdown_feature(text: str, expected: str) -> None:
    body, findings = convert(text)
    assert expected in "".join(body.html)
    assert findings == ()


def test_plain_text_is_paragraphs_and_never_markup() -> None:
    text = "One *line*\nand <b>another</b>.\n\n\n \t\n# Two & [x](y.md)\n"
    body, findings = make_body(text, "x.txt", 3, is_markdown=False, seconds=5)
    assert bare(body.html[0]) == (
        "<p>One *line* and &lt;b&gt;another&lt;/b&gt;.</p>\n<p># Two &amp; [x](y.md)</p>"
    )
    assert body.lead == "One *line* and <b>another</b>."
    assert not body.links
    assert not findings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://e.org/a?b=1&c=2.", '<a href="https://e.org/a?b=1&amp;c=2">'),
        ("(https://e.org/a), then", '(<a href="https://e.org/a">https://e.org/a</a>), then'),
        ("https://e.org/%22onload", '<a href="https://e.org/%22onload">'),
        ('https://e.org/"onload=x', '<a href="https://e.org/">'),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
        ("https://", "<p>https://</p>"),
        ("https://[", "<p>https://[</p>"),
        ("xhttps://e.org", "<p>xhttps://e.org</p>"),
    ],
)
def test_addresses_in_plain_text_are_links(text: str, expected: str) -> None:
    body, findings = make_body(text, "x.txt", 3, is_markdown=False, seconds=5)
    assert expected in bare(body.html[0])
    assert not findings


LEADS = {
    "first paragraph": ("# Title\n\nThe *first*\nparagraph.\n\nSecond.\n", "The first paragraph."),
    "not the code": ("```\ncode\n```\n\nText.\n", "Text."),
    "not a bare picture": ("![](data.png)\n\nText.\n", "Text."),
    "not the footnote mark": ("Text[^1].\n\n[^1]: Note.\n", "Text."),
    "not the footnotes": ("# Title\n\n[^1]: Note.\n", ""),
    "other superscripts": ("x<sup>2</sup> grows.\n", "x2 grows."),
    "signs": ("AT&amp;T &lt; 3 -- *x*\n", "AT&T < 3 – x"),
    "greater sign in an attribute": ('<abbr title="a > b">WHO</abbr> said.\n', "WHO said."),
    "nothing": ("- a list\n", ""),
}


@pytest.mark.parametrize(("text", "lead"), LEADS.values(), ids=LEADS)
def test_lead(text: str, lead: str) -> None:
    assert convert(text)[0].lead == lead


def test_a_long_lead_is_cut_between_words() -> None:
    lead = convert("word, " * 100)[0].lead
    assert lead.endswith("word…")
    assert len(lead) <= 241


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("short", 10, "short"),
        ("exactly10!", 10, "exactly10!"),
        ("one two three", 9, "one two…"),
        ("one two, three", 9, "one two…"),
        ("unbreakable", 5, "unbre…"),
    ],
)
def test_text_is_cut_between_words(text: str, limit: int, cut: str) -> None:
    assert cut_text(text, limit) == cut


def test_links_leave_gaps_that_say_what_was_written_and_where() -> None:
    text = "A [b](c.md).\n\n![d](e.png) <a href='f.md'>g</a>\n"
    body, findings = convert(text)
    assert body.links == (
        Link("c.md", 10, image=False, strict=True),
        Link("e.png", 12, image=True, strict=True),
        Link("f.md", 12, image=False, strict=False),
    )
    assert "|".join(body.html).count("|") == 3
    assert findings == ()


@pytest.mark.parametrize(
    "char", ["\x01", "\x0b", "\x1b", "\x7f", "\x9b", "\ufffe", "\uffff"], ids=ascii
)
def test_a_control_character_is_left_out_with_a_warning_at_its_line(char: str) -> None:
    body, findings = convert(f"One.\n\nT{char}wo.\n")
    assert bare(body.html[0]) == "<p>One.</p>\n<p>Two.</p>"
    assert [(item.code, item.severity, str(item.span)) for item in findings] == [
        ("control-character", Severity.WARNING, "content/x.md:12")
    ]


def test_a_control_character_written_as_an_entity_is_left_out() -> None:
    assert html("a&#1;b&#xFFFE;c&#x80;d&#xD800;e\n") == "<p>abc€d\N{REPLACEMENT CHARACTER}e</p>"


SLOW = {
    "picture brackets": "![" * 8000,
    "link brackets": "[a](" * 8000,
    "open tags": "<a " * 8000,
    "brackets": "[" * 100_000,
    "spans": "<span>" * 100_000,
}


@pytest.mark.parametrize("text", SLOW.values(), ids=SLOW)
def test_markdown_that_takes_too_long_is_stopped_and_named(text: str) -> None:
    started = time.process_time()
    body, findings = convert(text, seconds=0.3)
    assert body == Body()
    assert [(item.code, str(item.span)) for item in findings] == [
        ("markdown-slow", "content/x.md:10")
    ]
    assert time.process_time() - started < 1.5


def test_the_next_text_is_whole_after_one_that_was_stopped() -> None:
    before = html("A *b* [c](d.md)[^1].\n\n[^1]: E.\n")
    convert("[" * 50_000, seconds=0.05)
    convert("- " * 5000)
    assert html("A *b* [c](d.md)[^1].\n\n[^1]: E.\n") == before


NESTED = {
    "list": ("".join("    " * level + "- x\n" for level in range(300)), 309),
    "numbered list": ("".join("    " * level + "1. x\n" for level in range(300)), 309),
    "list in one line": ("Text.\n\n" + "- " * 5000 + "x\n", 12),
}


@pytest.mark.parametrize(("text", "line"), NESTED.values(), ids=NESTED)
def test_nesting_beyond_all_measure_is_an_error_at_the_deepest_line(text: str, line: int) -> None:
    body, findings = convert(text)
    assert body == Body()
    assert [(item.code, item.severity) for item in findings] == [
        ("markdown-nested", Severity.ERROR)
    ]
    assert str(findings[0].span) == f"content/x.md:{line}"


DEEP = {
    "2,000 quotation marks": ">" * 2000 + " x",
    "2,000 spaced quotation marks": "> " * 2000 + "x",
    "200 list levels": "".join("    " * level + "- x\n" for level in range(200)),
    "5,000 divs": "<div>" * 5000 + "x",
    "100,000 divs": "<div>" * 100_000 + "x",
    "60,000 closed divs": "<div>" * 60_000 + "x" + "</div>" * 60_000,
    "open formatting before many paragraphs": "<div>"
    + "".join(f"<b id=a{n}>" for n in range(2000))
    + "<p>x" * 50_000,
    "20,000 fences": "```\n" * 20_000,
    "unclosed declaration": "<![",
    "unclosed comment": "<!--",
    "unclosed instruction": "<?php",
    "unclosed data": "<![CDATA[",
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_deep_or_broken_markup_is_converted_in_time(text: str) -> None:
    started = time.process_time()
    _, findings = convert(text)
    assert [item.code for item in findings] == []
    assert time.process_time() - started < 4
