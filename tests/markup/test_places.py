import pytest

from digest.markup.places import Places

WRITTEN = {
    "Markdown": ("a [b](c.md) d", "c.md"),
    "title": ('[b](c.md "t")', "c.md"),
    "pointed brackets": ("[b](<c d.md>)", "c%20d.md"),
    "spaces": ("![b](c d.png)", "c%20d.png"),
    "written escape": ("[b](c%20d.md)", "c%20d.md"),
    "definition": ("[b]: c.md", "c.md"),
    "definition without space": ("[b]:c.md", "c.md"),
    "quoted attribute": ('<a href="c.md">', "c.md"),
    "single quotes": ("<a class=x href='c.md'>", "c.md"),
    "no quotes": ("<img src=c.png>", "c.png"),
    "autolink": ("<ftp://x.org/>", "ftp://x.org/"),
    "entity": ("[b](c.md?x&amp;y)", "c.md?x&y"),
    "backslash": ("[b](c\\_d.md)", "c_d.md"),
    "parentheses": ("[b](c_(d).md)", "c_(d).md"),
    "fragment": ("[b](#d)", "#d"),
    "script": ("[b](javascript:f('x'))", "javascript:f('x')"),
    "several": ("[b](x.md)[c](c.md)", "c.md"),
    "empty": ("[b]()", ""),
}


@pytest.mark.parametrize(("text", "address"), WRITTEN.values(), ids=WRITTEN)
def test_line_of_an_address(text: str, address: str) -> None:
    assert Places(f"first\nsecond\n{text}\nlast", 10).line(address) == 12


def test_an_address_that_is_the_beginning_of_another_has_its_own_line() -> None:
    places = Places("[a](/tags/strikes/)\n[b](x.md#one)\n[c](/tags/strike)\n[d](x.md)\n", 1)
    assert [places.line(address) for address in ("/tags/strike", "x.md")] == [3, 4]


def test_an_address_written_twice_has_both_lines_in_turn() -> None:
    places = Places("[a](x.md)\n\n[b](x.md)\n", 1)
    assert [places.line("x.md") for _ in range(3)] == [1, 3, 3]


def test_an_address_that_is_not_there_has_no_line() -> None:
    assert Places("[a](x.md)", 1).line("y.md") == 0
