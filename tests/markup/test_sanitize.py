import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.diagnostics import Severity
from digest.markup.links import LinkBook
from digest.markup.sanitize import is_anchor, note_removed, sanitize

ALLOWED = {
    "text": "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>",
    "table": '<table><thead><tr><th scope="col">a</th></tr></thead></table>',
    "spans": '<table><tbody><tr><td colspan="2" rowspan="3">a</td></tr></tbody></table>',
    "alignment": '<p class="align-right">a</p>',
    "code language": '<pre><code class="language-c++">a</code></pre>',
    "list": '<ol start="-3" reversed=""><li>a</li></ol>',
    "quotation": "<blockquote><p>a</p></blockquote>",
    "marks": "<p><abbr>a</abbr><kbd>b</kbd><mark>c</mark><sub>d</sub><sup>e</sup><ins>f</ins></p>",
    "ruby": "<ruby>a<rt>b</rt></ruby>",
    "date": '<time datetime="2023-07-27T23:30:00-05:00">a</time>',
    "direction": '<p dir="rtl" lang="ar">a</p>',
    "link": '<p><a href="https://example.org/?a=1&amp;b=2" title="t">a</a></p>',
    "id": '<h2 id="what-next">a</h2>',
}
CLEANED = {
    "script": ("a<script>alert(1)</script>b", "ab"),
    "style": ("a<style>p{}</style>b", "ab"),
    "frame": ("a<iframe src='x'>c</iframe>b", "ab"),
    "handler": ('<p onclick="x">a</p>', "<p>a</p>"),
    "style attribute": ('<p style="x">a</p>', "<p>a</p>"),
    "data attribute": ('<p data-x="y" hidden aria-label="z">a</p>', "<p>a</p>"),
    "unknown class": ('<p class="masthead footnote x">a</p>', '<p class="footnote">a</p>'),
    "hostile code language": ('<code class="language-a&quot;b">a</code>', "<code>a</code>"),
    "date that is none": ('<time datetime="x">a</time>', "<time>a</time>"),
    "size that is none": (
        "<table><tbody><tr><td colspan='-1'>a</td></tr></tbody></table>",
        "<table><tbody><tr><td>a</td></tr></tbody></table>",
    ),
    "huge size": ('<ol start="99999999"><li>a</li></ol>', "<ol><li>a</li></ol>"),
    "comment": ("a<!-- b -->c", "ac"),
    "form": ('<form action="/x"><input name="y"><button>a</button></form>', "a"),
    "SVG": ('<svg onload="x"><circle r="1"></circle></svg>a', "a"),
    "picture without address": ('<p>a<img alt="b" width="1">c</p>', "<p>ac</p>"),
    "control characters": ("a\x01b\x0bc\x7fd", "abcd"),
    "first level heading": ("<h1>a</h1>", "a"),
}
FORBIDDEN_IDS = (
    "page--main",
    "a--b",
    "1a",
    "-a",
    "_a",
    "",
    "a b",
    "a.b",
    'a"b',
    "a" * 201,
    "\u0301a",
)
ANCHORS = (
    "a",
    "what-next",
    "fn-1",
    "fnref2-1",
    "a_b",
    "é",
    "e\u0301",
    "हिन्दी",
    "ภาษาไทย",
    "罢工",
    "a" * 200,
)


def book(source: str = "") -> LinkBook:
    return LinkBook("content/x.md", source, 1)


@pytest.mark.parametrize("html", ALLOWED.values(), ids=ALLOWED)
def test_html_of_a_text_stays_as_it_is(html: str) -> None:
    assert sanitize(html, book()) == html


@pytest.mark.parametrize(("html", "clean"), CLEANED.values(), ids=CLEANED)
def test_what_is_not_allowed_goes(html: str, clean: str) -> None:
    assert sanitize(html, book()) == clean


@pytest.mark.parametrize("name", FORBIDDEN_IDS, ids=ascii)
def test_an_id_that_an_article_may_not_use(name: str) -> None:
    assert not is_anchor(name)
    assert "id=" not in sanitize(f"<p id='{name}'>a</p>", book())


@pytest.mark.parametrize("name", ANCHORS, ids=lambda name: ascii(name)[:12])
def test_an_id_that_an_article_may_use(name: str) -> None:
    links = book()
    assert is_anchor(name)
    assert " id=" in sanitize(f"<p id='{name}'>a</p>", links)
    assert len(links.anchors) == 1


def test_an_id_stands_once_and_in_composed_form() -> None:
    links = book()
    html = sanitize("<p id='e\u0301'>a</p><p id='é'>b</p><p id='x'>c</p>", links)
    assert html == '<p id="é">a</p><p>b</p><p id="x">c</p>'
    assert list(links.anchors) == ["é", "x"]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=20))
def test_no_id_of_an_article_is_one_of_the_templates(name: str) -> None:
    assert not (is_anchor(name) and "--" in name)


def test_elements_and_addresses_that_go_are_named_with_their_line() -> None:
    source = '<p>\n<Canvas>\n<a href="java&#115;cript:x">\n<img src=data:x>\n<h1>\n</p>'
    links = book(source)
    note_removed(source, links)
    found = sorted((str(item.span), item.code) for item in links.findings)
    assert found == [
        ("content/x.md:2", "html-removed"),
        ("content/x.md:3", "unsafe-link"),
        ("content/x.md:4", "unsafe-link"),
        ("content/x.md:5", "html-removed"),
    ]
    assert {item.severity for item in links.findings} == {Severity.WARNING}


def test_nothing_is_named_that_stays() -> None:
    source = '<p>\n<a href="https://x.org/" class="x">y</a> a < b <br/> 3 <4'
    links = book(source)
    note_removed(source, links)
    assert links.findings == []
