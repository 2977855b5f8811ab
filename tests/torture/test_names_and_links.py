"""Names, addresses and links that collide, escape or lead nowhere."""

import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pytest

from crawler import without_own
from images import picture
from support import article, build_site, make_site, page, read_tree

A, B = "content/a.md", "content/b.md"
COLLISIONS = {
    "titles": ({A: article("Same thing"), B: article("Same, thing!")}, ("a.md", "b.md")),
    "slug": ({A: article("X"), B: article("Y", extra="slug: x")}, ("a.md", "b.md")),
    "alias": (
        {A: article("X"), B: article("Y", extra="aliases: [/2023/07/27/x/]")},
        ("a.md", "b.md"),
    ),
    "alias of the home page": ({A: article(extra="aliases: [/index.html]")}, ("a.md", "home")),
    "alias of a tag": (
        {A: article(extra="tags: [x]\naliases: [/tags/x/]"), B: article("B")},
        ("a.md", "tag 'x'"),
    ),
    "static file": ({A: article(), "static/feed.xml": "x"}, ("static/feed.xml", "feed")),
    "page and list": (
        {"content/pages/tags.md": '---\ntitle: "T"\n---\nX'},
        ("pages/tags.md", "list of tags"),
    ),
    "case": (
        {A: article(extra="aliases: [/Old/]"), B: article("B", extra="aliases: [/old/]")},
        ("a.md", "b.md"),
    ),
    "folder and file": (
        {A: article(extra="aliases: [/feed.xml/]")},
        ("a.md", "feed"),
    ),
}


@pytest.mark.parametrize(("files", "owners"), COLLISIONS.values(), ids=COLLISIONS)
def test_two_owners_of_one_address_are_both_named(
    tmp_path: Path, files: dict[str, str], owners: tuple[str, str]
) -> None:
    outcome = build_site(make_site(tmp_path, files))
    assert outcome.codes == ["url-collision"]
    assert all(owner in outcome.text for owner in owners)
    assert not (tmp_path / "public").exists()


def test_names_that_differ_stay_apart_and_others_merge(tmp_path: Path) -> None:
    nfd = unicodedata.normalize("NFD", "Café")
    files = {
        A: article("A", extra='tags: ["C", "C#", "C++", Amazon, a b, Café]\nentities: [Café]'),
        B: article("B", extra=f'tags: [amazon, a-b, "{nfd}"]\nentities: ["{nfd}"]'),
        f"content/entities/{nfd}.md": f'---\nname: "{nfd}"\n---\nText.',
    }
    outcome = build_site(make_site(tmp_path, files))
    assert outcome.ok, outcome.text
    tags = {path.name for path in (tmp_path / "public/tags").iterdir() if path.is_dir()}
    assert tags == {"c", "c-sharp", "c-plus-plus", "amazon", "a-b", "café"}
    assert set(outcome.codes) == {"tag-spelling"}
    entities = [path.name for path in (tmp_path / "public/entities").iterdir() if path.is_dir()]
    assert entities == ["café"]
    assert "2 pieces" in page(tmp_path, "/tags/amazon/")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("网飞 招聘", "网飞-招聘"),
        ("إضراب", "إضراب"),
        ("Ünïted & Söhne", "ünïted-söhne"),
        ("C# 4", "c-sharp-4"),
    ],
)
def test_titles_of_any_script_make_addresses(tmp_path: Path, title: str, slug: str) -> None:
    site = make_site(tmp_path, {A: article(title)})
    assert build_site(site).ok
    assert title.replace("&", "&amp;") in page(site, f"/2023/07/27/{slug}/")


@pytest.mark.parametrize("title", ["!!!", "🙂🙃", "❤️", "…", "\u200b"])
def test_a_title_without_letters_asks_for_a_slug(tmp_path: Path, title: str) -> None:
    outcome = build_site(make_site(tmp_path, {A: article(title)}))
    assert outcome.codes == ["slug"]
    assert "add slug:" in outcome.text
    assert build_site(make_site(tmp_path, {A: article(title, extra="slug: heart")})).ok


SLUGS = [
    "../../x",
    "/etc/x",
    "a\\b",
    "%2e%2e/x",
    "a/../b",
    ".",
    "..",
    "CON",
    "nul",
    "a" * 300,
    "A b",
    "-",
    "x.html",
]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_slug_cannot_leave_its_place(tmp_path: Path, slug: str) -> None:
    outcome = build_site(make_site(tmp_path / "site", {A: article(extra=f"slug: '{slug}'")}))
    assert outcome.codes == ["slug"]
    assert outcome.diagnostics[0].span is not None
    assert outcome.diagnostics[0].span.line == 4
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


ALIASES = [
    "https://evil.example",
    "//evil.example",
    "../../x",
    "/../x",
    "x",
    "/a//b/",
    "/a%2e/",
    "/a\\b",
    "/con/",
    "/a b/.",
    "",
]


@pytest.mark.parametrize("alias", ALIASES)
def test_an_alias_cannot_leave_the_site(tmp_path: Path, alias: str) -> None:
    outcome = build_site(make_site(tmp_path, {A: article(extra=f"aliases: ['{alias}']")}))
    assert outcome.codes in (["alias"], ["field-value"])


def test_an_alias_leads_to_the_article(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: article(extra="aliases: [/old/place/, /old.html, /bare]")})
    assert build_site(site).ok
    for old in ("/old/place/", "/old.html", "/bare/"):
        assert '<a href="/2023/07/27/a-title/"' in page(site, old)
        assert "url=/2023/07/27/a-title/" in page(site, old)


def test_a_hostile_name_is_text_everywhere(tmp_path: Path) -> None:
    name = "</script><!--<script>"
    site = make_site(tmp_path, {A: article(name, extra=f'tags: ["{name}"]\nentities: ["{name}"]')})
    assert build_site(site).ok
    for path, data in read_tree(site / "public").items():
        if path.endswith((".html", ".xml")):
            text = without_own(data.decode())
            assert "<script" not in text, path
            assert "<!--" not in text, path


DEAD = {
    "article": ("[x](gone.md)", "content/gone.md"),
    "near article": ("[x](B.md)", "content/b.md"),
    "anchor": ("[x](b.md#gone)", "#gone"),
    "own anchor": ("[x](#gone)", "#gone"),
    "picture": ("![x](gone.png)", "content/gone.png"),
    "page": ("[x](/gone/)", "/gone/"),
    "outside": ("[x](../../../etc/passwd)", "passwd"),
    "no file to publish": ("[x](evil.swf)", "evil.swf"),
    "reference": ("[x][y]\n\n[y]: gone.md", "content/gone.md"),
}


@pytest.mark.parametrize(("body", "word"), DEAD.values(), ids=DEAD)
def test_a_link_that_leads_nowhere_is_named_with_its_line(
    tmp_path: Path, body: str, word: str
) -> None:
    files = {A: article(body=f"Text.\n\n{body}"), B: article("B"), "content/evil.swf": "x"}
    outcome = build_site(make_site(tmp_path, files))
    assert outcome.codes == ["dead-link"]
    found = outcome.diagnostics[0]
    assert found.span is not None
    assert (found.span.path, found.span.line) == (A, 8 + body.count("\n"))
    assert found.source == body.rpartition("\n")[2]
    assert word in outcome.text


def test_links_to_files_lead_to_pages(tmp_path: Path) -> None:
    body = (
        "[1](../b.md) [2](../b.md#part) [3](#here) [4](/tags/) [5](/timeline/2023/07/#d-2023-07-27)"
    )
    body += " [6](../entities/e.md) [7](/about) [8](doc.pdf) ![9](my%20pic.png)\n\n## Here"
    files: dict[str, str | bytes] = {
        "content/x/a.md": article("A", body=body),
        B: article("B", body="## Part"),
        "content/entities/e.md": '---\nname: "E"\n---\nText.',
        "content/pages/about.md": '---\ntitle: "About"\n---\nText.',
        "content/x/doc.pdf": b"pdf",
        "content/x/my pic.png": picture(),
        "content/x/unused.png": b"png",
    }
    site = make_site(tmp_path, files, '[site]\ntitle = "T"\nurl = "https://e.org/a/b"\n')
    outcome = build_site(site)
    assert outcome.ok, outcome.text
    html = page(site, "/2023/07/27/a/")
    for href in (
        '"/a/b/2023/07/27/b/"',
        '"/a/b/2023/07/27/b/#part"',
        '"/a/b/2023/07/27/a/#here"',
        '"/a/b/tags/"',
        '"/a/b/timeline/2023/07/#d-2023-07-27"',
        '"/a/b/entities/e/"',
        '"/a/b/about/"',
        '"/a/b/x/doc.pdf"',
        'src="/a/b/x/my%20pic.png"',
    ):
        assert href in html
    assert "https://e.org/a/b/x/my%20pic.png" in page(site, "/feed.xml")
    assert "x/unused.png" not in read_tree(site / "public")


def test_links_of_raw_html_are_dropped_where_they_lead_nowhere(tmp_path: Path) -> None:
    body = '<a href="gone/">x</a> <img src="gone.png" alt="y"> <a href="/tags/">z</a>'
    outcome = build_site(make_site(tmp_path, {A: article(body=body)}))
    assert outcome.ok
    assert outcome.codes == ["dead-link", "dead-link"]
    html = page(tmp_path, "/2023/07/27/a-title/")
    assert "gone" not in html
    assert '<a href="/tags/">z</a>' in html


@pytest.mark.parametrize(
    "base", ["https://e.org", "https://e.org/a/b", "https://e.org/a/b/", "https://e.org/~x/"]
)
def test_no_link_leaves_the_base(tmp_path: Path, base: str) -> None:

    class Links(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.found: list[str] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            del tag
            self.found += [value or "" for name, value in attrs if name in {"href", "src"}]

    files = {
        A: article("A", body="[x](b.md)", extra="tags: [t]\nentities: [E]\naliases: [/old/]"),
        B: article("B"),
    }
    site = make_site(tmp_path, files, f'[site]\ntitle = "T"\nurl = "{base}"\n')
    assert build_site(site).ok
    path = base.removeprefix("https://e.org").rstrip("/")
    for file in (site / "public").rglob("*.html"):
        links = Links()
        links.feed(file.read_text())
        for link in links.found:
            local = link.removeprefix("https://e.org")
            if local.startswith("#"):
                continue
            assert local.startswith(f"{path}/"), (file, link)
            target = site / "public" / local.removeprefix(f"{path}/").partition("#")[0]
            assert (target / "index.html" if local.endswith("/") else target).is_file(), link


def test_entity_files_that_claim_one_name_are_both_named(tmp_path: Path) -> None:
    files = {
        "content/entities/a.md": '---\nname: "Alpha"\naliases: [Shared]\n---\n',
        "content/entities/b.md": '---\nname: "Beta"\naliases: [shared]\n---\n',
        "content/entities/c.md": '---\nname: "alpha"\nparent: Nobody\n---\n',
    }
    outcome = build_site(make_site(tmp_path, files))
    assert sorted(outcome.codes) == ["alias-twice", "entity-twice", "entity-unknown"]
    assert "content/entities/a.md" in outcome.text


def test_two_articles_with_one_id_are_refused(tmp_path: Path) -> None:
    files = {A: article("A", extra="id: x"), B: article("B", extra="id: x")}
    outcome = build_site(make_site(tmp_path, files))
    assert outcome.codes == ["duplicate-id"]
    assert A in outcome.text
