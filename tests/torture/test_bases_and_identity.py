"""A whole site under several bases, followed link by link, and the identity of its articles."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from crawler import ATOM, Crawl, ids_of, links_of
from digest.urls import parse_base
from images import picture
from support import SITE, article, build_site, make_site, page, read_tree

EVERYTHING = """
## Heading & more

[file](../2022/b.md), [anchor](../2022/b.md#why), [own](#heading-more), [page](/about/),
[tag](/tags/caf%C3%A9/), [month](/timeline/2023/07/), [home](/), [data](my%20data.csv),
[mail](mailto:a@b.org), [site](https://other.example/x?a=1&b=2), <a href="../2022/b.md">raw</a>.
Note[^1] and again[^1].

![chart](chart.png) <img src="chart.png" alt="raw">

[^1]: A note.
"""
BASES = {
    "root": ("https://example.org/", "/"),
    "root without slash": ("https://example.org", "/"),
    "folder": ("https://example.org/a/b/", "/a/b/"),
    "folder without slash": ("https://example.org/a/b", "/a/b/"),
    "tilde": ("https://example.org/~x/", "/~x/"),
    "port": ("http://localhost:8000/a/", "/a/"),
}
OURS = "content/a.md"


def everything() -> dict[str, str | bytes]:
    """Return the files of a site with every kind of page and of link."""
    many: dict[str, str | bytes] = {
        f"content/many/{number}.md": article(
            f"Piece {number}",
            f"{number % 3 + 2020}-0{number % 9 + 1}-05",
            extra="tags: [Caf\u00e9]",
        )
        for number in range(25)
    }
    fields = (
        "tags: [Caf\u00e9, 'C#', a & b]\nentities: [Netflix, 'x \"<y>\" & z']\n"
        "image: {src: chart.png, alt: A chart}\n"
        "aliases: [/old/address/, /old.html, /x.y]\nupdated: 2023-08\n"
    )
    return {
        **many,
        "content/2023/a.md": article("Title", body=EVERYTHING, extra=fields),
        "content/entities/x.md": "---\nname: 'x \"<y>\" & z'\n---\n",
        "content/2022/b.md": article("罢工", "2022", body="## Why\n\n[back](../2023/a.md)"),
        "content/2022/c.txt": "date 2022-05 A dated text. With a second sentence.\n",
        "content/2023/chart.png": picture(),
        "content/2023/my data.csv": b"a,b\n",
        "content/entities/netflix.md": "---\nname: Netflix\n---\n[a](../2023/a.md)\n",
        "content/pages/about.md": "---\ntitle: About\n---\n![c](../2023/chart.png)\n",
        "content/pages/about/team.md": "---\ntitle: Team\n---\n[up](../about.md)\n",
    }


@pytest.fixture(scope="module")
def big_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_site(tmp_path_factory.mktemp("site"), everything())


@pytest.mark.parametrize(("url", "path"), BASES.values(), ids=BASES)
def test_no_link_is_broken_under_any_base(
    url: str, path: str, big_site: Path, tmp_path: Path
) -> None:
    base = parse_base(url)
    assert base is not None
    outcome = build_site(big_site, output=tmp_path / "out", base=base)
    assert outcome.text == ""
    crawl = Crawl(tmp_path / "out", base.origin, path)
    assert crawl.broken == []
    assert crawl.seen > 1000


def test_a_base_with_and_without_slash_gives_the_same_site(big_site: Path, tmp_path: Path) -> None:
    for name, url in (("with", "https://example.org/a/b/"), ("without", "https://example.org/a/b")):
        assert build_site(big_site, output=tmp_path / name, base=parse_base(url)).ok
    assert read_tree(tmp_path / "with") == read_tree(tmp_path / "without")


def test_without_an_address_there_are_no_feeds_and_no_broken_links(tmp_path: Path) -> None:
    outcome = build_site(
        make_site(tmp_path, everything(), '[sources]\nrequired = false\n[site]\ntitle = "T"\n')
    )
    assert outcome.ok
    assert outcome.codes == ["no-site-url"]
    assert not (tmp_path / "public/feed.xml").exists()
    assert not (tmp_path / "public/sitemap.xml").exists()
    crawl = Crawl(tmp_path / "public", "", "/")
    assert crawl.broken == []
    assert crawl.seen > 1000


def test_ids_of_a_page_are_never_given_twice(big_site: Path, tmp_path: Path) -> None:
    assert build_site(big_site, output=tmp_path / "out").ok
    for path, data in read_tree(tmp_path / "out").items():
        if path.endswith(".html"):
            ids = ids_of(data.decode())
            assert len(ids) == len(set(ids)), path


def test_a_relative_picture_and_link_are_right_on_the_page_and_whole_in_the_feed(
    tmp_path: Path,
) -> None:
    files: dict[str, str | bytes] = {
        "content/2023/a.md": article(body="![x](p.png) [y](../b.md#why)"),
        "content/b.md": article("B", "2022", body="## Why"),
        "content/2023/p.png": picture(),
    }
    site = make_site(tmp_path, files)
    assert build_site(site, base=parse_base("https://example.org/z/")).ok
    body = page(tmp_path, "/2023/07/27/a-title/").partition('<div class="text"')[2]
    shown = links_of(body.partition("</article>")[0])
    assert shown == ["/z/2023/p.png", "/z/2022/b/#why"]
    feed = ET.fromstring((tmp_path / "public/feed.xml").read_bytes())  # noqa: S314 our own output
    content = feed.findtext(f"{ATOM}entry/{ATOM}content", "")
    assert links_of(content) == [f"https://example.org{link}" for link in shown]


def feed_ids(folder: Path) -> list[str | None]:
    feed = ET.fromstring((folder / "public/feed.xml").read_bytes())  # noqa: S314 our own output
    return [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]


EDITS = {
    "retitled": article("Another title"),
    "given another slug": article(extra="slug: other"),
    "redated": article(date="2023-08-01"),
    "rewritten": article(body="All new."),
    "filed under another tag": article(extra="tags: [x]"),
}


@pytest.mark.parametrize("edited", EDITS.values(), ids=EDITS)
def test_an_edited_article_keeps_its_id_in_feeds(edited: str, tmp_path: Path) -> None:
    assert build_site(make_site(tmp_path, {OURS: article()})).ok
    before = feed_ids(tmp_path)
    assert len(before) == 1
    assert build_site(make_site(tmp_path, {OURS: edited})).ok
    assert feed_ids(tmp_path) == before


def test_a_site_below_another_base_keeps_its_ids(tmp_path: Path) -> None:
    assert build_site(make_site(tmp_path, {OURS: article()}, SITE)).ok
    before = feed_ids(tmp_path)
    assert build_site(tmp_path, base=parse_base("https://example.org/a/b/")).ok
    assert feed_ids(tmp_path) == before


def test_a_moved_file_keeps_the_id_that_was_written(tmp_path: Path) -> None:
    ids = []
    for name, place in (("a", "content/a.md"), ("b", "content/2023/b.md")):
        site = make_site(tmp_path / name, {place: article(extra="id: tag:x.org,2023:1")})
        assert build_site(site).ok
        ids.append(feed_ids(site))
    assert ids[0] == ids[1] == ["tag:x.org,2023:1"]


def test_an_old_url_leads_to_the_new_one(tmp_path: Path) -> None:
    edited = article("New title", "2023-08-01", extra="aliases: [/2023/07/27/a-title/]")
    site = make_site(tmp_path, {OURS: edited})
    assert build_site(site, base=parse_base("https://example.org/z/")).ok
    old = page(tmp_path, "/2023/07/27/a-title/")
    assert set(links_of(old)) == {
        "/z/2023/08/01/new-title/",
        "https://example.org/z/2023/08/01/new-title/",
    }
    assert "noindex" in old
    assert "a-title" not in (tmp_path / "public/sitemap.xml").read_text()
