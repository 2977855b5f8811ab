"""Charts say what the lists say."""

import re
from pathlib import Path

import pytest

from support import article, build_site, make_site, page, write_files


def story(title: str, start: str, extra: str = "") -> str:
    return f"---\ntitle: {title}\nstart: {start}\n{extra}---\n\nText.\n"


def bars(text: str) -> list[tuple[int, int]]:
    """Return the place and height of the bars of a page."""
    chart = text.partition('class="chart-bars"')[2].partition("</svg>")[0]
    found = re.findall(r'<rect x="(\d+)" y="\d+" width="8" height="(\d+)"', chart)
    return [(int(x), int(height)) for x, height in found]


def rows(text: str) -> dict[str, int]:
    found = re.findall(r'<th scope="row"><a href="([^"]+)">[^<]*</a></th><td>(\d+)</td>', text)
    return {url: int(count) for url, count in found}


def test_months_stand_where_they_belong(tmp_path: Path) -> None:
    dates = ["2023", "2023-01-05", "2023-02", "2023-02-03", "2023-06-01", "2024-01-31"]
    files = {f"content/{n}.md": article(f"Piece {n}", date) for n, date in enumerate(dates)}
    site = make_site(tmp_path, files)
    assert build_site(site).ok
    text = page(site, "/timeline/")
    assert bars(text) == [(1, 50), (11, 100), (51, 50), (121, 50)]
    assert 'viewBox="0 0 130 100"' in text
    assert "Pieces from January 2023 to January 2024, at most 2 at a time" in text
    assert rows(text) == {
        "/timeline/2023/01/": 1,
        "/timeline/2023/02/": 2,
        "/timeline/2023/06/": 1,
        "/timeline/2024/01/": 1,
    }


def test_a_long_time_has_a_bar_a_year(tmp_path: Path) -> None:
    dates = ["1990-01", "2001-02-03", "2001", "2020-05", *(f"2010-0{n}" for n in range(1, 9))]
    files = {f"content/{n}.md": article(f"Piece {n}", date) for n, date in enumerate(dates)}
    site = make_site(tmp_path, files)
    assert build_site(site).ok
    text = page(site, "/timeline/")
    assert bars(text) == [(1, 12), (111, 25), (201, 100), (301, 12)]
    assert rows(text)["/timeline/2001/"] == 2


def test_one_piece_is_seen_beside_thousands(tmp_path: Path) -> None:
    files = {f"content/{n}.md": article(f"Piece {n}", "2023-03-01") for n in range(300)}
    site = make_site(tmp_path, {**files, "content/first.md": article("First", "2023-01")})
    assert build_site(site).ok
    assert bars(page(site, "/timeline/")) == [(1, 3), (21, 100)]


def test_too_little_for_a_chart(tmp_path: Path) -> None:
    files = {"content/a.md": article("A", "2023-01"), "content/b.md": article("B", "2023-02")}
    site = make_site(tmp_path, files)
    assert build_site(site).ok
    assert 'class="chart' not in page(site, "/timeline/")


def test_storylines_lie_beside_the_months(tmp_path: Path) -> None:
    files = {
        "content/a.md": article("A", "2023-01"),
        "content/b.md": article("B", "2023-12", extra="storylines: [From its pieces]"),
        "content/storylines/x.md": story("Ended", "2023-03", "end: 2023-04\n"),
        "content/storylines/y.md": story("Goes on", "2022"),
        "content/storylines/z.md": story("Before", "2020", "end: 2021\n"),
        "content/storylines/w.md": "---\ntitle: From its pieces\n---\n\nText.\n",
    }
    site = make_site(tmp_path, files)
    assert build_site(site).ok
    text = page(site, "/timeline/")
    found = re.findall(r'<rect x="(\d+)" y="0" width="(\d+)" height="10"', text)
    assert found == [("0", "120"), ("20", "20"), ("110", "10")]
    assert "since 2022" in text  # no more precise than its file
    assert "March 2023 – April 2023" in text
    assert "Before" not in text.partition('class="chart-table"')[0].partition("chart-bands")[2]


def test_the_front_page_tells_what_goes_on(tmp_path: Path) -> None:
    who = "entities: [{name: SAG, role: union}, Netflix]\nsources: [https://example.org/s]\n"
    figure = "figures: [{what: jobs, value: 300, unit: jobs}]\nstorylines: [Goes on]\n"
    going = story("Goes on", "2022", "status: ongoing\nnext_date: 2027-01-31\n")
    files = {
        "content/a.md": article("A", "2023-01-02", extra=who + figure),
        "content/b.md": article("B", "2023-02-03"),
        "content/storylines/y.md": going,
        "content/storylines/x.md": story("Over", "2020", "status: settled\n"),
    }
    site = make_site(tmp_path, files)
    assert build_site(site).ok
    text = page(site, "/")
    assert "1 source<" in text
    assert text.index('href="/entities/sag/"') < text.index("1 source<")
    assert "Numbers of January 2023" in text
    assert "<strong>300</strong> jobs" in text
    side = text.partition("<h2>Running</h2>")[2]
    assert "Goes on" in side
    assert "Over" not in side
    assert '<time datetime="2027-01-31" class="next-date">31 January 2027</time>' in side


def test_the_chart_follows_the_first_piece_of_a_storyline(tmp_path: Path) -> None:
    files = {f"content/{n}.md": article(f"Piece {n}", f"20{n + 10}-01-01") for n in range(30)}
    first = article("First", "2005-03-04", extra="storylines: [Long]")
    written = {
        "content/first.md": first,
        "content/storylines/l.md": "---\ntitle: Long\n---\n\nX.\n",
    }
    site = make_site(tmp_path, {**files, **written})
    assert build_site(site).ok
    assert "since 4 March 2005" in page(site, "/timeline/")
    write_files(site, {"content/first.md": first.replace("03-04", "03-05")})
    assert build_site(site).ok
    assert "since 5 March 2005" in page(site, "/timeline/")


def table(text: str) -> list[tuple[str, int]]:
    """Return the rows of the table of a page with a chart, links taken away."""
    found = re.findall(r'<th scope="row">(?:<a [^>]*>)?([^<]*)(?:</a>)?</th><td>(\d+)</td>', text)
    return [(name, int(count)) for name, count in found]


def named(dates: list[str], extra: str = "entities: [SAG]\nstorylines: [Long]") -> dict[str, str]:
    files = {f"content/{n}.md": article(f"Piece {n}", d, extra=extra) for n, d in enumerate(dates)}
    return {**files, "content/storylines/l.md": "---\ntitle: Long\n---\n\nX.\n"}


def test_entities_and_storylines_have_charts_of_their_months(tmp_path: Path) -> None:
    dates = ["2023-01-05", "2023-02-03", "2023-02-04", "2023-02", "2023"]
    site = make_site(tmp_path, named(dates))
    assert build_site(site).ok
    for url in ("/entities/sag/", "/storylines/long/"):
        text = page(site, url)
        assert table(text) == [("January 2023", 1), ("February 2023", 3)]
        # A year at least, so that two months do not look like a decade.
        assert bars(text) == [(101, 33), (111, 100)]
        assert "Pieces from March 2022 to February 2023, at most 3 at a time" in text
        assert "Without a month, so in no bar: 1" in text


def test_a_storyline_counts_events(tmp_path: Path) -> None:
    late = article("Late", "2024-03-01", extra="event_date: 2023-02-09\nstorylines: [Long]")
    site = make_site(tmp_path, {**named(["2023-02-01", "2023-03-01"]), "content/late.md": late})
    assert build_site(site).ok
    assert table(page(site, "/storylines/long/")) == [("February 2023", 2), ("March 2023", 1)]


def test_few_pieces_over_many_years_have_a_bar_a_year(tmp_path: Path) -> None:
    dates = ["2010-01-02", "2013-05-06", "2013-07-08", "2023-01-01"]
    site = make_site(tmp_path, named(dates))
    assert build_site(site).ok
    text = page(site, "/entities/sag/")
    assert table(text) == [("2010", 1), ("2013", 2), ("2023", 1)]
    assert "chart-short" not in text


@pytest.mark.parametrize(
    "dates",
    [
        ["2023-01-01", "2023-02-01"],
        ["2023-01-01", "2023-01-02", "2023-01-03"],
        ["2023", "2023", "2023-01-02"],
    ],
    ids=["two pieces", "one month", "one year"],
)
def test_what_would_say_nothing_is_no_chart(dates: list[str], tmp_path: Path) -> None:
    site = make_site(tmp_path, named(dates))
    assert build_site(site).ok
    for url in ("/entities/sag/", "/storylines/long/"):
        assert 'class="chart' not in page(site, url)


def test_the_chart_of_a_long_list_has_all_of_it_and_follows_it(tmp_path: Path) -> None:
    dates = [f"20{year}-0{month}-01" for year in (20, 21, 22) for month in range(1, 9)]
    site = make_site(tmp_path, named(dates))
    assert build_site(site).ok
    text = page(site, "/entities/sag/")
    assert len(table(text)) == len(dates) == 24
    assert text.count('<article class="entry">') == 20
    assert 'href="/entities/sag/2020/"' in text.partition('id="page--years"')[2]
    assert "#page--years" in text
    oldest = {"content/0.md": article("Piece 0", "2020-02-03", extra="entities: [SAG]")}
    write_files(site, oldest)
    assert build_site(site).ok
    assert table(page(site, "/entities/sag/"))[0] == ("February 2020", 2)
    assert 'class="chart' not in page(site, "/entities/sag/2021/")


def test_years_lead_to_their_pages(tmp_path: Path) -> None:
    dates = [f"{year}-01-0{day}" for year in range(2000, 2012) for day in (1, 2)]
    site = make_site(tmp_path, named(dates))
    assert build_site(site).ok
    assert rows(page(site, "/entities/sag/"))["/entities/sag/2003/"] == 2
