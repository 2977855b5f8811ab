import re
import time

import pytest

from digest.markup.nesting import MAX_DEPTH, flatten, limit_open_tags

CELLS = "<table><tbody><tr><td>x</td></tr></tbody></table>"


def nested(inner: str, levels: int, tag: str = "div") -> str:
    return f"<{tag}>" * levels + inner + f"</{tag}>" * levels


def depth(html: str) -> int:
    deepest = level = 0
    for slash, name in re.findall(r"<(/?)(\w+)", html):
        level += 0 if name in {"br", "col", "hr", "img"} else -1 if slash else 1
        deepest = max(deepest, level)
    assert level == 0
    return deepest


@pytest.mark.parametrize("levels", [0, 1, 63, 64])
def test_what_is_not_too_deep_stays_as_it_is(levels: int) -> None:
    html = nested("<br>text", levels)
    assert flatten(html) == html


@pytest.mark.parametrize("tag", ["div", "blockquote", "span", "figcaption", "summary"])
def test_deeper_elements_go_and_their_text_stays(tag: str) -> None:
    html = flatten(nested('a<img src="x"><b title="y">c</b>', 300, tag))
    assert depth(html) <= MAX_DEPTH + 4
    assert re.sub(r"</?(?!img)[^>]*>", "", html) == 'a<img src="x">c'


def test_a_sibling_after_a_deep_element_is_whole() -> None:
    html = flatten(nested("a", 100) + nested("b", 3))
    assert html == nested("a", MAX_DEPTH) + nested("b", 3)


@pytest.mark.parametrize("levels", range(60, 68))
def test_a_table_goes_or_stays_as_one(levels: int) -> None:
    html = flatten(nested(f"<em>a</em>{CELLS}<em>b</em>", levels))
    assert (CELLS in html) == (levels < MAX_DEPTH)
    assert ("<td>" in html) == (levels < MAX_DEPTH)


@pytest.mark.parametrize("outer", [0, 1])
def test_no_text_stands_in_a_list_outside_its_items(outer: int) -> None:
    html = flatten(nested("<ul><li>a" * 80 + "</li></ul>" * 80, outer))
    assert html.count("a") == 80
    assert re.findall(r"<ul>[^<]", html) == []


def test_columns_of_a_deep_table_go_with_it() -> None:
    table = "<table><colgroup><col></colgroup><tbody><tr><td>x</td></tr></tbody></table>"
    assert "col" not in flatten(nested(table, 80))


def test_html_of_a_usual_size_is_parsed_as_written() -> None:
    html = "<p>a<b>b" * 400
    assert limit_open_tags(html) == html


def test_long_html_that_is_closed_is_parsed_as_written() -> None:
    html = "<ul><li><a href='x'>a</a> <b>c</b><br></li></ul>" * 3000
    assert limit_open_tags(html) == html


@pytest.mark.parametrize(
    ("html", "opened", "most"),
    [
        ("<div>" * 50_000, "<div>", 5000),
        ("<DIV CLASS='>'>" * 50_000, "<DIV", 5000),
        ("<b>x" * 50_000, "<b>", 10),
        ("<i></b>" * 50_000, "<i>", 10),
        ("<div>" * 20_000 + "</div>" * 20_000, "<div>", 5000),
    ],
    ids=["elements", "capitals", "formatting", "closed by another", "closed"],
)
def test_no_more_elements_are_left_open_than_a_text_needs(
    html: str, opened: str, most: int
) -> None:
    kept = limit_open_tags(html)
    assert kept.count(opened) == most
    assert kept.count("</div>") == (most if "</div>" in html else 0)


@pytest.mark.parametrize("text", ["<a ", "<a '", '<a "', "<!--", "<", "<a b='\"", "</", "<b><"])
def test_long_broken_html_takes_no_time(text: str) -> None:
    started = time.process_time()
    limit_open_tags(text * (300_000 // len(text)))
    assert time.process_time() - started < 2


def test_many_different_elements_take_no_time() -> None:
    started = time.process_time()
    limit_open_tags("".join(f"<x{number}>" for number in range(100_000)))
    assert time.process_time() - started < 2
