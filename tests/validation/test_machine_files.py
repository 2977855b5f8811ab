import re
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from digest.urls import parse_base
from examples import EXAMPLES, build_example
from support import article, build_site, make_site, page

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


@pytest.fixture(scope="module", params=EXAMPLES)
def output(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_example(request.param, tmp_path_factory.mktemp("site"))


def test_a_feed_reader_has_no_complaint(output: Path) -> None:
    feed = feedparser.parse((output / "feed.xml").read_bytes())
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.entries
    assert all(entry.title and entry.link and entry.id for entry in feed.entries)


def test_the_feed_keeps_the_rules_of_atom(output: Path) -> None:
    root = etree.fromstring((output / "feed.xml").read_bytes())
    entries = root.findall(f"{ATOM}entry")
    for item in (root, *entries):
        assert len(item.findall(f"{ATOM}id")) == 1
        assert len(item.findall(f"{ATOM}title")) == 1
        assert len(item.findall(f"{ATOM}updated")) == 1
    assert len(root.findall(f"{ATOM}link[@rel='self']")) == 1
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", name or "") for name in ids)
    for entry in entries:
        published, updated = (entry.findtext(ATOM + name) for name in ("published", "updated"))
        assert RFC3339.fullmatch(updated or "")
        assert published is None or RFC3339.fullmatch(published)


def test_every_link_in_the_feed_is_absolute(output: Path) -> None:
    root = etree.fromstring((output / "feed.xml").read_bytes())
    links = [str(link) for link in root.xpath("//@href")]
    for content in root.iter(f"{ATOM}content"):
        links += re.findall(r'(?:href|src)="([^"]*)"', content.text or "")
    assert links
    bad = [link for link in links if not re.match(r"https?://|mailto:", link)]
    assert bad == []


def test_every_page_of_the_sitemap_is_there(output: Path) -> None:
    root = etree.fromstring((output / "sitemap.xml").read_bytes())
    assert root.tag == f"{SITEMAP}urlset"
    places = [place.text or "" for place in root.iter(f"{SITEMAP}loc")]
    origin = re.match(r"https://[^/]+", places[0])
    assert origin
    assert len(set(places)) == len(places)
    assert all(place.startswith(origin[0]) for place in places)
    assert all(
        re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", date.text or "")
        for date in root.iter(f"{SITEMAP}lastmod")
    )


def test_the_feed_shows_nothing_that_is_not_listed(tmp_path: Path) -> None:
    site = make_site(
        tmp_path,
        {
            "content/a.md": article("Seen"),
            "content/b.md": article("Withheld", extra="status: unlisted\n"),
        },
    )
    assert build_site(site).ok
    for name in ("/feed.xml", "/sitemap.xml", "/", "/timeline/2023/07/"):
        assert "ithheld" not in page(site, name)
    assert "noindex" in page(site, "/2023/07/27/withheld/")


def test_a_low_precision_date_gets_no_published_day(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/a.md": article(date="2023-07")})
    assert build_site(site).ok
    feed = page(site, "/feed.xml")
    assert "<published>" not in feed
    assert "<updated>2023-07-01T00:00:00Z</updated>" in feed
    assert "<lastmod>2023-07</lastmod>" in page(site, "/sitemap.xml")


def test_an_id_outlives_title_slug_date_and_base(tmp_path: Path) -> None:
    def feed_id(extra: str, base: str) -> str:
        site = make_site(tmp_path / base, {"content/a.md": article(**fields, extra=extra)})
        assert build_site(site, base=parse_base(f"https://example.org/{base}/")).ok
        return str(feedparser.parse(page(site, "/feed.xml")).entries[0].id)

    fields = {"title": "One", "date": "2023-07-27"}
    first = feed_id("", "x")
    fields = {"title": "Two", "date": "2024-01"}
    assert feed_id("slug: three\n", "y/z") == first


def test_an_id_of_ones_own_is_kept(tmp_path: Path) -> None:
    extra = "id: tag:example.org,2020:one\n"
    site = make_site(tmp_path, {"content/a.md": article(extra=extra)})
    assert build_site(site).ok
    assert "<id>tag:example.org,2020:one</id>" in page(site, "/feed.xml")


def test_without_an_address_there_is_no_feed(tmp_path: Path) -> None:
    site = make_site(
        tmp_path, {"content/a.md": article()}, '[sources]\nrequired = false\n[site]\ntitle = "T"\n'
    )
    outcome = build_site(site)
    assert outcome.codes == ["no-site-url"]
    names = {path.name for path in (site / "public").iterdir()}
    assert names.isdisjoint({"feed.xml", "sitemap.xml"})
    assert "feed.xml" not in page(site, "/")
    assert "Sitemap" not in page(site, "/robots.txt")
