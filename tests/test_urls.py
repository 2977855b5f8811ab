import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.model.dates import When
from digest.urls import (
    MAX_SLUG_BYTES,
    Base,
    article_url,
    claim_key,
    entity_url,
    is_safe_link,
    is_web_url,
    output_path,
    page_url,
    parse_base,
    path_fault,
    slugify,
    tag_url,
    term_fault,
    term_slug,
    timeline_url,
    title_slug,
)

# Letters that fold, compose or decompose, marks, signs that are spelled out, and invisible ones.
AWKWARD = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from(
            list("aZ1 -'’+#_./\\%:?İıßẞςŉﬁǅΰ\u0301\u0345\u0e38\u1100\u1161\u11a8\ufe0f\u200d")
        ),
    ),
    max_size=30,
)
SLUGS = {
    "two words": "two-words",
    "  Many -- signs!  ": "many-signs",
    "SAG-AFTRA": "sag-aftra",
    "Café": "café",
    "Cafe\u0301": "café",
    "Straße": "strasse",
    "İstanbul": "i̇stanbul",
    "don't": "dont",
    "don’t": "dont",
    "C": "c",
    "C#": "c-sharp",
    "C++": "c-plus-plus",
    "C+": "c-plus",
    "F# and C#": "f-sharp-and-c-sharp",
    "a+b": "a-b",
    "#1": "1",
    "50%": "50",
    "罢工与人工智能": "罢工与人工智能",
    "إضراب العمال": "إضراب-العمال",
    "हिन्दी समाचार": "हिन्दी-समाचार",
    "x² and ½": "x²-and-½",
    "❤️ labor": "labor",
    "../../etc/passwd": "etc-passwd",
    "</script><script>": "script-script",
    "🎉": "",
    "!!!": "",
    "\u0301": "",
    "": "",
}
TERMS = {
    "~": "tilde",
    "!!!": "exclamation-mark-exclamation-mark-exclamation-mark",
    "🎉": "party-popper",
    "C#": "c-sharp",
    "null": "null",
    "3.10": "3-10",
    "12:30": "12-30",
    "\ue000": "",
}
REFUSED = {
    "relative": "a/",
    "empty": "",
    "host": "//evil.example/",
    "scheme": "https://evil.example/",
    "script": "javascript:alert(1)",
    "up": "/../x/",
    "up inside": "/a/../b/",
    "dot": "/./",
    "dot file": "/.htaccess",
    "our manifest": "/.digest-manifest.json",
    "backslash": "/a\\b/",
    "encoded": "/%2e%2e/x/",
    "NUL": "/x\x00y/",
    "line feed": "/a\nb/",
    "query": "/a?b/",
    "fragment": "/a#b/",
    "colon": "/a:b/",
    "star": "/a*/",
    "quote": '/a"b/',
    "angle": "/a<b/",
    "pipe": "/a|b/",
    "two slashes": "/a//b/",
    "trailing dot": "/a./",
    "trailing space": "/a /",
    "device": "/con/",
    "device with ending": "/a/NUL.txt",
    "device with superscript": "/com¹/",
    "300 bytes": f"/{'x' * 300}/",
    "right to left override": "/a\u202eb/",
    "zero width space": "/a\u200bb/",
    "no-break space": "/a\u00a0b/",
}


@pytest.mark.parametrize(("name", "slug"), SLUGS.items(), ids=map(ascii, SLUGS))
def test_slug_of_a_name(name: str, slug: str) -> None:
    assert slugify(name) == slug


@settings(max_examples=600, deadline=None)
@given(AWKWARD)
@example("\u0345\u0e38")
@example("ŉ'́")
def test_a_slug_is_the_slug_of_itself(name: str) -> None:
    assert slugify(slugify(name)) == slugify(name)
    assert title_slug(title_slug(name)) == title_slug(name)
    assert term_slug(term_slug(name)) == term_slug(name)


@settings(max_examples=600, deadline=None)
@given(AWKWARD)
def test_a_slug_holds_no_character_that_a_path_may_not_have(name: str) -> None:
    assert path_fault(f"/x{slugify(name)[:60]}x/") == ""


@settings(max_examples=400, deadline=None)
@given(AWKWARD)
def test_both_unicode_forms_of_a_name_give_one_slug_and_one_key(name: str) -> None:
    composed, taken_apart = (unicodedata.normalize(form, name) for form in ("NFC", "NFD"))
    assert slugify(composed) == slugify(taken_apart)
    assert claim_key(composed) == claim_key(taken_apart)


@settings(max_examples=400, deadline=None)
@given(AWKWARD)
def test_a_slug_is_its_own_key_so_equal_keys_are_equal_slugs(name: str) -> None:
    assert claim_key(slugify(name)) == slugify(name)


@settings(max_examples=300, deadline=None)
@given(AWKWARD)
def test_a_usable_term_has_a_url_that_may_be_a_file(name: str) -> None:
    slug = term_slug(name)
    assert bool(term_fault(slug)) == (not slug or bool(path_fault(f"/{slug}/")))


@pytest.mark.parametrize(("name", "slug"), TERMS.items(), ids=map(ascii, TERMS))
def test_a_term_without_letters_is_spelled_out(name: str, slug: str) -> None:
    assert term_slug(name) == slug


@pytest.mark.parametrize("slug", ["", "con", "x" * (MAX_SLUG_BYTES + 1), "罢" * 67])
def test_a_term_that_makes_no_url_says_why(slug: str) -> None:
    assert term_fault(slug)


def test_a_long_title_is_cut_between_words() -> None:
    slug = title_slug("wages and hours " * 20)
    assert slug == "wages-and-hours-" * 4 + "wages-and-hours"
    assert len(slug) <= 80


@settings(max_examples=300, deadline=None)
@given(AWKWARD.map(lambda text: text * 12))
def test_the_slug_of_a_title_fits_into_a_file_name(title: str) -> None:
    slug = title_slug(title)
    assert len(slug.encode()) <= MAX_SLUG_BYTES
    assert len(slug) <= 80
    assert slugify(slug) == slug


@pytest.mark.parametrize("url", REFUSED.values(), ids=REFUSED)
def test_a_url_that_may_not_be_a_file_is_refused_with_a_reason(url: str) -> None:
    assert path_fault(url)


@pytest.mark.parametrize(
    "url", ["/", "/a/", "/a/b.html", "/2023/07/27/罢工/", "/~x/", "/a'b/", "/console/", "/a,b&c=d/"]
)
def test_a_plain_path_is_taken(url: str) -> None:
    assert path_fault(url) == ""


@pytest.mark.parametrize(
    ("date", "url"),
    [("2023", "/2023/x/"), ("2023-07", "/2023/07/x/"), ("2023-07-27", "/2023/07/27/x/")],
)
def test_an_article_has_as_many_parts_of_the_date_as_were_written(date: str, url: str) -> None:
    assert article_url(When(date, date), "x") == url


def test_an_article_with_a_time_of_day_has_the_day_in_its_url() -> None:
    text = "2023-07-27T23:30:00-05:00"
    assert article_url(When("2023-07-28T04:30:00", text), "x") == "/2023/07/27/x/"


@pytest.mark.parametrize(
    ("made", "url"),
    [
        (timeline_url(), "/timeline/"),
        (timeline_url("2023"), "/timeline/2023/"),
        (timeline_url("2023", "07"), "/timeline/2023/07/"),
        (entity_url("x"), "/entities/x/"),
        (entity_url("x", "2023"), "/entities/x/2023/"),
        (tag_url("x"), "/tags/x/"),
        (tag_url("x", "2023"), "/tags/x/2023/"),
        (page_url(("about", "team")), "/about/team/"),
    ],
)
def test_url_of_each_kind_of_page(made: str, url: str) -> None:
    assert made == url


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/", "index.html"),
        ("/a/b/", "a/b/index.html"),
        ("/404.html", "404.html"),
        ("/feed.xml", "feed.xml"),
    ],
)
def test_the_file_of_a_url(url: str, path: str) -> None:
    assert output_path(url) == path


@pytest.mark.parametrize(
    ("written", "origin", "path"),
    [
        ("https://example.org", "https://example.org", ""),
        ("https://example.org/", "https://example.org", ""),
        ("https://example.org/a/b", "https://example.org", "/a/b"),
        ("https://example.org/a/b/", "https://example.org", "/a/b"),
        ("https://example.org/~x/", "https://example.org", "/~x"),
        ("http://localhost:8000/", "http://localhost:8000", ""),
        ("https://EXAMPLE.org/", "https://example.org", ""),
        ("https://bücher.example/", "https://xn--bcher-kva.example", ""),
        ("https://[::1]:8000/", "https://[::1]:8000", ""),
        ("https://example.org/caf%C3%A9/", "https://example.org", "/caf%C3%A9"),
        ("https://example.org/café/", "https://example.org", "/caf%C3%A9"),
    ],
)
def test_where_a_site_stands(written: str, origin: str, path: str) -> None:
    assert parse_base(written) == Base(origin, path)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "example.org",
        "//example.org/",
        "ftp://example.org/",
        "javascript:alert(1)",
        "https://",
        "https://example.org/?q",
        "https://example.org/#x",
        "https://user@example.org/",
        "https://example.org/../x",
        "https://example.org/%2e%2e/x",
        "https://example.org//evil.example/",
        "https://é..example/",
        "https://example.org/a b",
        'https://example.org/"x',
        "https://example.org/<x>",
        "https://example.org:port/",
        "https://[::1/",
    ],
)
def test_what_is_no_address_of_a_site(written: str) -> None:
    assert parse_base(written) is None


def test_links_stand_below_the_base_and_are_escaped() -> None:
    base = Base("https://example.org", "/a/b")
    assert base.href("/") == "/a/b/"
    assert base.href("/tags/café & co/") == "/a/b/tags/caf%C3%A9%20&%20co/"
    assert base.href('/"<>/') == "/a/b/%22%3C%3E/"
    assert base.absolute(base.href("/x/")) == "https://example.org/a/b/x/"


@pytest.mark.parametrize(
    "url",
    ["https://x.org/", "HTTP://x.org/", "mailto:a@b.org", "/x/", "x.md", "#x", "?x", "", "a/b:c"],
)
def test_a_link_that_a_page_may_have(url: str) -> None:
    assert is_safe_link(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript:alert(1)",
        " javascript:alert(1)",
        "\x01javascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://x.org",
        "tel:1",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "a b",
        "blob:x",
    ],
)
def test_a_link_that_no_page_may_have(url: str) -> None:
    assert not is_safe_link(url)


@pytest.mark.parametrize("url", ["https://x.org", "http://x.org/a?b#c", "HTTPS://x.org/"])
def test_a_web_address(url: str) -> None:
    assert is_web_url(url)


@pytest.mark.parametrize(
    "url",
    ["", "x.org", "/x/", "mailto:a@b.org", "https://", "https:x.org", "https://[x", "https://a b/"],
)
def test_no_web_address(url: str) -> None:
    assert not is_web_url(url)
