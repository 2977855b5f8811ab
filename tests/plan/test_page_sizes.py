"""Pages stay small however many articles a list has, and an article changes few of them."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler import Crawl, links_of
from support import article, build_site, make_site, page, read_tree, write_files

MOST_BYTES = 300_000
PIECES, IN_YEAR, IN_MONTH, ON_DAY = 20_000, 5_000, 3_000, 1_000
SUMMARY = "The union says that the studio trained its model on their work, and asks for consent. "
NAMED = (
    "tags: [strikes, contracts, training data, bargaining, likeness]\n"
    "entities: {union: [Everyone], employer: [Studio]}\nstorylines: [The long one]\n"
    "figures: [{what: Pay that the agency takes for the work of a day, value: 900, unit: USD}]\n"
)
STORY = "---\ntitle: The long one\nstatus: ongoing\n---\n"
LISTS = "timeline entities/everyone tags/strikes storylines/the-long-one figures".split()


def dates() -> Iterator[str]:
    """Yield the dates of the articles: a month of 3,000, a year of 5,000, and years before it."""
    days = [dt.date(2023, 1, 1) + dt.timedelta(number) for number in range(365)]
    july = [str(day) for day in days if day.month == 7]
    others = [str(day) for day in days if day.month != 7]
    for number in range(IN_MONTH):
        yield "2023-07-27" if number < ON_DAY else july[number % len(july)]
    for number in range(IN_YEAR - IN_MONTH):
        yield f"2023-{number % 6 + 1:02}" if number < 20 else others[number % len(others)]
    for number in range(PIECES - IN_YEAR):
        day = number * 4018 // (PIECES - IN_YEAR)
        yield str(dt.date(2012, 1, 1) + dt.timedelta(day))


def piece(number: int, date: str) -> str:
    title = f"Writers and actors vote on what the studio may do with their voices, {number}"
    return article(title, date=date, extra=f'summary: "{SUMMARY * 2}"\n{NAMED}')


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files: dict[str, str | bytes] = {
        f"content/{number // 500}/{number}.md": piece(number, date)
        for number, date in enumerate(dates())
    }
    files["content/storylines/long.md"] = STORY
    site = make_site(tmp_path_factory.mktemp("site"), files)
    outcome = build_site(site, jobs=0)
    assert outcome.ok, outcome.text
    return site / "public"


def test_no_page_is_large(output: Path) -> None:
    sizes = {str(path.relative_to(output)): path.stat().st_size for path in output.rglob("*.html")}
    assert len(sizes) > PIECES
    assert {path: size for path, size in sizes.items() if size >= MOST_BYTES} == {}


@pytest.mark.parametrize("where", LISTS[:-1])
def test_every_piece_stands_on_one_page_of_a_long_list(output: Path, where: str) -> None:
    pages = [path for path in (output / where).rglob("index.html") if path.parent != output / where]
    found = [
        link
        for path in pages
        for link in re.findall(r'entry-title"><a href="([^"]*)"', path.read_text())
    ]
    assert len(found) == len(set(found)) == PIECES


def month(pieces: int) -> dict[str, str | bytes]:
    """Return the files of a site of one month; one of its pieces is linked to from a page."""
    files: dict[str, str | bytes] = {
        f"content/{number}.md": piece(number, f"2023-07-{number % 28 + 1:02}")
        for number in range(pieces)
    }
    return {**files, "content/storylines/long.md": STORY, "content/m.md": piece(1000, "2023-07")}


def test_a_list_that_grows_long_is_built_again_as_a_first_time(tmp_path: Path) -> None:
    site = make_site(tmp_path, month(199))
    assert build_site(site).ok
    days = {f"{where}/2023/07/01/index.html" for where in LISTS[:-1]}
    assert not days & read_tree(site / "public").keys()
    for pieces in (200, 201):
        write_files(site, month(pieces))
        assert build_site(site).ok
        fresh = make_site(tmp_path / f"fresh-{pieces}", month(pieces))
        assert build_site(fresh).ok
        clean = read_tree(fresh / "public")
        assert read_tree(site / "public") == clean
        assert days <= clean.keys()
    (site / "content/200.md").unlink()
    (site / "content/199.md").unlink()
    assert build_site(site).ok
    assert not days & read_tree(site / "public").keys()


def test_a_piece_changes_a_handful_of_pages_of_long_lists(tmp_path: Path) -> None:
    site = make_site(tmp_path, month(260))
    assert build_site(site).ok
    before = read_tree(site / "public")
    write_files(site, {"content/260.md": piece(260, "2023-07-09")})
    assert build_site(site).ok
    after = read_tree(site / "public")
    places = tuple(f"{where}/2023/07/" for where in LISTS[:-1])
    changed = {path for path in after if path.startswith(places) and after[path] != before[path]}
    months = {f"{place}index.html" for place in places}
    assert changed - months == {f"{place}09/index.html" for place in places}


def test_texts_link_to_the_days_of_a_long_month(tmp_path: Path) -> None:
    urls = [f"/{where}/2023/07/09/" for where in LISTS[:-1]]
    urls += ["/timeline/2023/07/09/#d-2023-07-09", "/timeline/2023/07/#d-2023-07"]
    about = "\n".join(f"* [there]({url})" for url in urls)
    files = month(230) | {"content/pages/about.md": f"---\ntitle: About\n---\n\n{about}\n"}
    site = make_site(tmp_path, files)
    outcome = build_site(site)
    assert outcome.ok, outcome.text
    assert set(urls) <= set(links_of(page(site, "/about/")))
    assert Crawl(site / "public", "https://example.org", "/").broken == []
    write_files(
        site, {"content/pages/about.md": "---\ntitle: A\n---\n\n[x](/timeline/2023/07/30/)"}
    )
    assert build_site(site).codes == ["dead-link"]


def test_pages_of_days_lead_up_and_to_their_neighbours(tmp_path: Path) -> None:
    site = make_site(tmp_path, month(230))
    assert build_site(site).ok
    timeline = links_of(page(site, "/timeline/2023/07/09/"))
    assert {f"/timeline/2023/07/{rest}" for rest in ("", "08/", "10/")} <= set(timeline)
    for where in LISTS[1:-1]:
        links = links_of(page(site, f"/{where}/2023/07/09/"))
        assert {f"/{where}/{rest}" for rest in ("", "2023/", "2023/07/")} <= set(links)
        text = page(site, f"/{where}/2023/07/09/")
        assert '<span class="year">9 July 2023</span>' in text
        assert '"name":"July 2023"' in text
