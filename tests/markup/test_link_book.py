import pytest

from digest.diagnostics import Severity
from digest.markup.body import make_body
from digest.markup.links import LinkBook
from support import bare

UNSAFE = (
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "&#106;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "java&#10;script:alert(1)",
    "vbscript:x",
    "data:text/html,x",
    "file:///etc/passwd",
    "ftp://example.org/",
    "tel:123",
    "//evil.example/",
    "/\\evil.example",
)
OUTSIDE = ("https://example.org/?a=1&b=2", "HTTP://example.org", "mailto:me@example.org")


def book(source: str) -> LinkBook:
    return LinkBook("content/x.md", source, 1)


def findings(source: str) -> list[tuple[str, str, str]]:
    _, found = make_body(source, "content/x.md", 1, is_markdown=True, seconds=5)
    return [(item.code, item.severity.value, str(item.span)) for item in found]


@pytest.mark.parametrize("target", OUTSIDE)
def test_a_link_to_the_web_is_written_as_it_is(target: str) -> None:
    links = book("")
    assert links.markdown_link(target) == links.raw_link(target, image=False) == target
    assert not links.links
    assert not links.findings


@pytest.mark.parametrize("target", UNSAFE)
def test_an_unsafe_link_is_left_out_with_a_warning_at_its_line(target: str) -> None:
    links = book(f"a\n[b]({target})")
    assert links.markdown_link(target) is None
    assert [(item.code, item.severity, str(item.span)) for item in links.findings] == [
        ("unsafe-link", Severity.WARNING, "content/x.md:2")
    ]


@pytest.mark.parametrize("target", UNSAFE)
def test_an_unsafe_address_of_a_picture_is_left_out(target: str) -> None:
    links = book("")
    assert links.markdown_image(target) is None
    assert [item.code for item in links.findings] == ["unsafe-link"]


def test_an_unsafe_picture_is_shown_as_its_description() -> None:
    body, _ = make_body(
        "A ![word](data:image/png;base64,x).", "x.md", 1, is_markdown=True, seconds=5
    )
    assert bare(body.html[0]) == "<p>A <span>word</span>.</p>"


@pytest.mark.parametrize("target", UNSAFE)
def test_a_raw_link_that_is_unsafe_is_left_out_with_one_warning(target: str) -> None:
    assert findings(f'a\n\n<a href="{target}">b</a>') == [
        ("unsafe-link", "warning", "content/x.md:3")
    ]


def test_a_picture_from_another_host_is_an_error_in_markdown() -> None:
    assert findings("![a](https://example.org/b.png)") == [
        ("remote-image", "error", "content/x.md:1")
    ]


def test_a_raw_picture_from_another_host_goes_with_a_warning() -> None:
    assert findings('<img src="https://example.org/b.png" alt="c">') == [
        ("remote-image", "warning", "content/x.md:1")
    ]


@pytest.mark.parametrize(
    ("target", "noted"),
    [
        ("y.md", "y.md"),
        ("../2023/y.md#z", "../2023/y.md#z"),
        ("my file.md", "my%20file.md"),
        ("y.md?a=1&amp;b=2", "y.md?a=1&b=2"),
        ("", ""),
        ("#z", "#z"),
    ],
)
def test_a_link_to_this_site_is_noted_as_a_browser_reads_it(target: str, noted: str) -> None:
    links = book("")
    written = links.markdown_link(target)
    assert written == f"{links.marker}0"
    assert [link.target for link in links.links] == [noted]


def test_html_is_cut_at_its_links() -> None:
    links = book("")
    first, second = links.markdown_link("a.md"), links.markdown_image("b.png")
    pieces, found = links.cut(f'<a href="{first}">x</a><img alt="y" src="{second}">')
    assert pieces == ("<a", '>x</a><img alt="y"', ">")
    assert [link.target for link in found] == ["a.md", "b.png"]


def test_a_link_that_the_sanitiser_took_out_leaves_no_gap() -> None:
    links = book("")
    links.markdown_link("a.md")
    second = links.markdown_link("b.md")
    pieces, found = links.cut(f'<a href="{second}">x</a>')
    assert len(pieces) == 2
    assert [link.target for link in found] == ["b.md"]


def test_no_text_can_write_the_marker_of_its_own_links() -> None:
    guess = book("[a](b.md)").marker
    source = f'[a](b.md) <a href="{guess}0">c</a> {guess}0'
    body, _ = make_body(source, "x.md", 1, is_markdown=True, seconds=5)
    assert [link.target for link in body.links] == ["b.md", f"{guess}0"]


def test_a_marker_that_stands_in_text_is_text() -> None:
    body, _ = make_body('` href="link-0-0"` [a](b.md)', "x.md", 1, is_markdown=True, seconds=5)
    assert len(body.links) == 1
