import itertools
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.diagnostics import Diagnostic, Severity, Span
from digest.plan.registry import Claim, find_collisions
from digest.urls import claim_key, output_path, path_fault

PAIRS = {
    "the same": ("/a/", "/a/"),
    "letter case": ("/Tags/x/", "/tags/x/"),
    "Unicode form": ("/caf\u00e9/", "/cafe\u0301/"),
    "folded letter": ("/stra\u00dfe/", "/strasse/"),
    "folder and its index": ("/a/", "/a/index.html"),
    "capital index": ("/a/", "/a/INDEX.html"),
    "home and its index": ("/", "/index.html"),
    "file and folder": ("/a", "/a/"),
    "file and folder above": ("/a", "/a/b/c/d/"),
    "file and folder in capitals": ("/A.x", "/a.x/b.css"),
}


def collisions(*urls: str) -> tuple[Diagnostic, ...]:
    return find_collisions(
        Claim(url, f"owner {number}", Span(f"{number}.md", 3), f"hint {number}")
        for number, url in enumerate(urls, 1)
    )


def test_different_paths_do_not_collide() -> None:
    assert collisions("/", "/a/", "/a/b/", "/a.css", "/ab/", "/feed.xml", "/a/feed.xml") == ()


@pytest.mark.parametrize("urls", PAIRS.values(), ids=PAIRS)
def test_two_owners_of_one_path_are_both_named(urls: tuple[str, str]) -> None:
    for first, second in itertools.permutations(urls):
        found = collisions(first, second)
        assert [(item.code, item.severity) for item in found] == [("url-collision", Severity.ERROR)]
        assert "owner 1" in found[0].message
        assert "owner 2" in found[0].message
        assert ".md:3" in found[0].message
        assert found[0].span is not None
        assert found[0].hint.startswith("hint")


def test_the_finding_stands_where_an_editor_can_change_it() -> None:
    written = Claim("/tags/", "x.md", Span("content/x.md", 4, 7), "another slug")
    made = Claim("/tags/", "the list of tags")
    for claims in ((written, made), (made, written)):
        (found,) = find_collisions(claims)
        assert (str(found.span), found.hint) == ("content/x.md:4:7", "another slug")
        assert found.message == "x.md and the list of tags both want /tags/"


def test_three_owners_are_two_findings() -> None:
    assert len(collisions("/a/", "/a/", "/A/")) == 2


@pytest.mark.parametrize("url", ["/../x/", "//evil/", "/a\\b/", "/con/", "/a?b/", "/.git/config"])
def test_a_path_that_no_file_may_have_is_an_error_of_its_owner(url: str) -> None:
    found = collisions("/a/", url)
    assert [(item.code, str(item.span), item.hint) for item in found] == [
        ("output-path", "2.md:3", "hint 2")
    ]
    assert "owner 2 may not stand at" in found[0].message


SEGMENTS = st.sampled_from(
    [
        "a",
        "A",
        "b.css",
        "\u00e9",
        "e\u0301",
        "\u00df",
        "ss",
        "index.html",
        "..",
        ".",
        "con",
        "x\x00",
        "c d",
        "",
    ]
)
URLS = st.lists(SEGMENTS, min_size=0, max_size=3).flatmap(
    lambda parts: st.sampled_from(["/" + "/".join(parts), "/" + "/".join(parts) + "/"])
)


def _same_file(one: str, other: str) -> bool:
    """Return whether one output path is the other, or a folder on the way to it."""
    first, second = claim_key(output_path(one)), claim_key(output_path(other))
    return first == second or first.startswith(f"{second}/") or second.startswith(f"{first}/")


@settings(max_examples=400)
@given(st.lists(URLS, max_size=5))
def test_paths_without_findings_are_files_side_by_side(urls: list[str]) -> None:
    if not collisions(*urls):
        assert all(not path_fault(url) for url in urls)
        assert not any(_same_file(*pair) for pair in itertools.combinations(urls, 2))


@settings(max_examples=400)
@given(URLS, URLS)
def test_paths_that_are_one_file_are_always_found(one: str, other: str) -> None:
    if _same_file(one, other) or path_fault(one) or path_fault(other):
        assert collisions(one, other)


@settings(max_examples=200)
@given(st.lists(URLS, max_size=5))
def test_what_is_found_does_not_depend_on_the_unicode_form(urls: list[str]) -> None:
    forms = [
        len(collisions(*(unicodedata.normalize(form, url) for url in urls)))
        for form in ("NFC", "NFD")
    ]
    assert forms[0] == forms[1]
