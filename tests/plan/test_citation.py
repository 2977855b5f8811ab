"""How an article is cited."""

from pathlib import Path

import pytest

from digest.plan.citation import Cited, cite, cite_bibtex
from domain import when
from images import picture
from support import article, build_site, make_site, page, shipped_words

QUOTED = shipped_words().article.quoted


def test_a_reference_in_one_line() -> None:
    address = "https://example.org/a/"
    assert (
        cite(Cited(("Ann Lee", "Bo"), "Talks end", "The Digest", address), "27 July 2023", QUOTED)
        == "Ann Lee, Bo. “Talks end.” The Digest, 27 July 2023. https://example.org/a/"
    )
    assert cite(Cited((), "Why?", "D", ""), "2023", QUOTED) == "“Why?” D, 2023."


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("50% of $900 & more_#1", r"50\% of \$900 \& more\_\#1"),
        ("a{b}c", r"a\{b\}c"),
        ("~x^2\\y", r"\textasciitilde{}x\textasciicircum{}2\textbackslash{}y"),
        ("Ünïon 工会", "Ünïon 工会"),
    ],
)
def test_what_tex_would_read_as_commands_is_escaped(title: str, wanted: str) -> None:
    entry = cite_bibtex(Cited((), title, "D", ""), when("2023-07"))
    assert f"  title = {{{{{wanted}}}}},\n" in entry


def test_an_entry_has_what_is_known() -> None:
    entry = cite_bibtex(
        Cited(("Ann Lee", "Bo"), "Talks end", "D", "https://e.org/"), when("2023-07-05")
    )
    assert entry == (
        "@misc{2023-talks-end,\n  author = {Ann Lee and Bo},\n  title = {{Talks end}},\n"
        "  howpublished = {D},\n  year = {2023},\n  month = {7},\n  day = {5},\n"
        "  url = {https://e.org/}\n}"
    )
    assert "month" not in cite_bibtex(Cited((), "T", "D", ""), when("2023"))


def test_pieces_of_a_storyline_lead_to_each_other(tmp_path: Path) -> None:
    story = "---\ntitle: Long\n---\n\nText.\n"
    dates = {"c": "2023-03", "a": "2023-01", "d": "2023-03", "b": "2023-02", "x": "2023-02"}
    files = {
        f"content/{name}.md": article(name, date, extra="" if name == "x" else "storylines: [Long]")
        for name, date in dates.items()
    }
    site = make_site(tmp_path, {**files, "content/storylines/long.md": story})
    assert build_site(site).ok
    found = {}
    for name, date in dates.items():
        text = page(site, f"/{date.replace('-', '/')}/{name}/")
        strip = text.partition('class="strip"')[2].partition("</div>")[0]
        found[name] = [it.partition("<")[0] for it in strip.split('dir="auto">')[2:]]
    assert found == {"a": ["b"], "b": ["a", "c"], "c": ["b", "d"], "d": ["c"], "x": []}


def test_a_piece_takes_a_minute_at_least(tmp_path: Path) -> None:
    files = {
        "content/short.md": article("Short", body="Text."),
        "content/long.md": article("Long", body="word " * 1150),
    }
    site = make_site(tmp_path, files)
    assert build_site(site).ok
    assert "1 min read" in page(site, "/2023/07/27/short/")
    assert "5 min read" in page(site, "/2023/07/27/long/")


def test_the_head_says_what_a_card_shows(tmp_path: Path) -> None:
    extra = 'authors: ["Ann & Bo"]\nimage: {src: dot.png, alt: Dot}\nupdated: 2023-08\n'
    files: dict[str, str | bytes] = {
        "content/a.md": article("A <b> & c", extra=extra),
        "content/dot.png": picture(),
    }
    site = make_site(tmp_path, files)
    assert build_site(site).ok
    url = next(it for it in (site / "public/2023/07/27").iterdir()).name
    head = page(site, f"/2023/07/27/{url}/").partition("</head>")[0]
    for line in (
        '<meta property="og:type" content="article">',
        '<meta property="og:title" content="A &lt;b&gt; &amp; c">',
        f'<meta property="og:url" content="https://example.org/2023/07/27/{url}/">',
        '<meta property="og:image" content="https://example.org/dot.png">',
        '<meta property="og:image:width" content="8">',
        '<meta property="og:image:height" content="6">',
        '<meta property="og:image:alt" content="Dot">',
        '<meta property="article:published_time" content="2023-07-27">',
        '<meta property="article:modified_time" content="2023-08">',
        '<meta name="citation_publication_date" content="2023/07/27">',
        '<meta name="citation_author" content="Ann &amp; Bo">',
    ):
        assert line in head
    assert '<meta property="og:type" content="website">' in page(site, "/")
    assert "/assets/cards/site." in page(site, "/")
