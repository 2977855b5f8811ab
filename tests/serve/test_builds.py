"""What becomes of edits: each is shown soon and whole, and no mistake ends the preview."""

import itertools
import os
import re
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

import pytest

from previews import PIECE, Events, preview, shows, site_of, until, wait_for
from support import SITE, article, make_site, write_files

URL = "/2023/07/27/piece/"
BROKEN = article("Piece", date="2023-13-99")


def test_two_hundred_files_at_once(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    with preview(site) as served:
        events = Events(served)
        for number in range(200):
            write_files(site, {f"content/many/{number}.md": article(f"Many {number}")})
        until(lambda: shows(served, "/timeline/2023/07/27/", "Many 199"))
        time.sleep(0.5)
        assert all(
            f">Many {number}<" in served.get("/timeline/2023/07/27/").text for number in range(200)
        )
        assert len(events.numbers) in {2, 3}, served.said
        events.close()


def test_broken_and_mended_a_hundred_times(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    with preview(site) as served:
        for number in range(100):
            write_files(site, {PIECE: BROKEN})
            until(lambda: served.state(URL)["failed"])
            assert shows(served, URL, "First." if number == 0 else f"Mended {number - 1}.")
            write_files(site, {PIECE: article("Piece", body=f"Mended {number}.")})
            until(lambda: not served.state(URL)["failed"])
            assert shows(served, URL, f"Mended {number}.")
        assert served.said.count("error[date-format]") == 100
        until(lambda: served.said.count("fixed: ") == 100)


@pytest.mark.parametrize(
    ("file", "broken"),
    [
        ("site.toml", "[site\n"),
        ("site.toml", '[site]\ntitle = "T"\nurl = "not an address"\n'),
        ("content/piece.md", "---\ntitle: [\n---\n"),
        ("content/piece.md", b"\xff\xfe\0"),
        ("content/entities/e.md", "---\nname: E\nkind: nothing\n---\n"),
        ("templates/article.html", "{% block %}"),
        ("templates/article.html", "{{ page.no_such_thing }}"),
        ("templates/article.html", "{{ 1 // 0 }}"),
        ("templates/article.html", '{% include "nowhere.html" %}'),
        ("content/twin.md", article("Piece")),
    ],
)
def test_a_mistake_is_told_and_mended(file: str, broken: str | bytes, tmp_path: Path) -> None:
    site = site_of(tmp_path)
    before = (site / file).read_bytes() if (site / file).exists() else None
    with preview(site) as served:
        good = served.get(URL).page
        write_files(site, {file: broken})
        until(lambda: served.state(URL)["failed"])
        assert served.get(URL).page == good
        told = served.get("/_digest/findings").text
        assert '"severity":"error"' in told
        until(lambda: "error[" in served.said)
        assert "Traceback" not in served.said
        if before is None:
            (site / file).unlink()
        else:
            (site / file).write_bytes(before)
        until(lambda: not served.state(URL)["failed"])
        assert served.get(URL).page == good


def test_a_template_that_fails_for_a_far_page(tmp_path: Path) -> None:
    files = {f"content/{number}.md": article(f"Piece {number}") for number in range(2500)}
    site = make_site(tmp_path, {**files, PIECE: article("Piece", body="First.")})
    template = (
        '{% extends "base.html" %}{% block main %}A new template for {{ page.head.title }}.'
        '{% if page.head.title == "Piece 999" %}{{ page.nothing }}{% endif %}{% endblock %}'
    )
    with preview(site) as served:
        assert shows(served, URL, "First.")
        write_files(site, {"templates/article.html": template})
        until(lambda: served.state()["failed"], 30)
        assert shows(served, URL, "First.")
        assert shows(served, "/2023/07/27/piece-999/", "Piece 999")
        told = served.get("/_digest/findings").text
        assert "has no 'nothing', in the page of content/999.md" in told
        write_files(site, {PIECE: article("Piece", body="Second.")})
        time.sleep(1)
        until(lambda: served.state()["failed"], 30)
        assert shows(served, URL, "First.")
        write_files(site, {"templates/article.html": template.replace("page.nothing", "'!'")})
        until(lambda: shows(served, URL, "A new template for Piece."))
        time.sleep(2)
        assert not served.state()["failed"]


def test_a_page_that_was_gone_from_a_site_that_was_taken_back(tmp_path: Path) -> None:
    files = {f"content/{number}.md": article(f"Piece {number}") for number in range(2500)}
    site = make_site(tmp_path, {**files, PIECE: article("Piece", body="First.")})
    template = (
        '{% extends "base.html" %}{% block main %}'
        "{% for n in range(30000) %}{% endfor %}"  # so slow that it is not tried at once
        '{% if page.head.title == "Piece 999" %}{{ page.nothing }}{% endif %}{% endblock %}'
    )
    with preview(site) as served:
        assert shows(served, URL, "First.")
        (site / PIECE).unlink()
        write_files(site, {"templates/article.html": template})
        until(lambda: served.state()["failed"], 90)
        assert shows(served, URL, "First.")
        write_files(site, {PIECE: article("Piece", body="First.")})
        (site / "templates/article.html").unlink()
        until(lambda: not served.state()["failed"], 90)
        assert shows(served, URL, "First.")
        assert served.process.poll() is None


def test_a_site_that_is_broken_from_the_start(tmp_path: Path) -> None:
    site = make_site(tmp_path, {PIECE: BROKEN})
    with preview(site) as served:
        answer = served.get("/")
        assert answer.status == 503
        assert "date-format" in answer.text
        assert "content/piece.md:3:7" in answer.text
        write_files(site, {PIECE: article("Piece")})
        until(lambda: served.get(URL).status == 200)
        assert served.get("/").status == 200


def ask_all_the_time(port: int, done: threading.Event) -> tuple[int, list[str]]:
    """Ask for two pages a thousand times a second; return how often, and what was wrong."""
    bad: list[str] = []
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    for asked in itertools.count():
        began = time.monotonic()
        connection.request("GET", (URL, "/")[asked % 2])
        answer = connection.getresponse()
        body = answer.read().decode()
        numbers = set(re.findall(r"number (\d+)\.", body))
        if answer.status != 200 or not body.endswith("</html>\n") or len(numbers) > 1:
            bad.append(f"{answer.status} {numbers} {len(body)}")
        if done.is_set():
            connection.close()
            return asked, bad
        time.sleep(max(0, 0.001 - time.monotonic() + began))
    raise AssertionError


def test_pages_that_are_asked_for_all_the_time(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    done = threading.Event()
    with preview(site) as served, ThreadPoolExecutor(1) as pool:
        began = time.monotonic()
        answers = pool.submit(ask_all_the_time, served.port, done)
        for number in range(100):
            lines = "\n\n".join([f"This is number {number}."] * 30)
            write_files(site, {PIECE: article("Piece", body=lines)})
            wait_for(served, URL, f"number {number}.")
        done.set()
        asked, bad = answers.result()
        assert bad == []
        assert asked > 150 * (time.monotonic() - began)  # both share two cores with other tests


def test_what_is_deleted_is_gone_from_every_list(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    with preview(site) as served:
        lists = [
            "/",
            "/tags/t/",
            "/timeline/2023/07/",
            "/feed.xml",
            "/feed.json",
            "/sitemap.xml",
            "/2023/07/27/other-a/",
        ]
        lists = [url for url in lists if served.get(url).status == 200]
        assert "/feed.xml" in lists
        assert any(URL in served.get(url).text for url in lists)
        (site / PIECE).unlink()
        began = time.monotonic()
        until(lambda: served.get(URL).status == 404)
        assert time.monotonic() - began < 1
        assert [url for url in lists if URL in served.get(url).text] == []
        assert f"{URL} gone" in served.said


def test_what_editors_leave_beside_a_file_builds_nothing(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    with preview(site) as served:
        number = served.state()["number"]
        for name in (
            ".#x.md",
            "#x.md#",
            "x.md~",
            ".x.md.swp",
            "4913",
            ".DS_Store",
            "x.tmp",
            "x.md___jb_tmp___",
        ):
            (site / "content" / name).write_text("litter")
        (site / "content/.#piece.md").symlink_to("nowhere.1234")
        time.sleep(0.7)
        (site / PIECE).touch()
        time.sleep(0.7)
        (site / "public").mkdir()
        (site / "notes.txt").write_text("not of the site")
        time.sleep(0.7)
        assert served.state()["number"] == number, served.said


def test_an_edit_that_tries_not_to_be_seen(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    with preview(site) as served:
        file = site / PIECE
        was = file.stat()
        file.write_text(file.read_text().replace("First.", "Other!"))
        os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))
        until(lambda: shows(served, URL, "Other!"))
        assert file.stat().st_size == was.st_size


def test_settings_templates_and_files_take_effect(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    with preview(site) as served:
        write_files(site, {"site.toml": SITE.replace("Test digest", "New name")})
        until(lambda: shows(served, "/", "New name"))
        write_files(
            site, {"templates/article.html": "<p>{{ page.title }} by a template of ours</p>"}
        )
        until(lambda: shows(served, URL, "Piece by a template of ours"))
        write_files(site, {"static/extra.txt": "a new file"})
        until(lambda: shows(served, "/extra.txt", "a new file"))
        shutil.rmtree(site / "templates")
        until(lambda: not shows(served, URL, "by a template of ours"))
        write_files(site, {"site.toml": SITE.replace("example.org/", "example.org/a/b/")})
        until(lambda: served.get("/a/b" + URL).status == 200)
        assert served.get(URL).status == 404
        assert served.get("/").headers["location"] == "/a/b/"


def test_an_article_appears_when_its_time_has_come(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    soon = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(time.time() + 4))
    write_files(
        site, {"content/soon.md": article("Soon", date="2023-07-28", extra=f"publish: {soon}")}
    )
    with preview(site, "--no-drafts", now=False) as served:
        assert served.get("/2023/07/28/soon/").status == 404
        until(lambda: served.get("/2023/07/28/soon/").status == 200, 10)


def test_a_piece_and_the_one_in_its_place(tmp_path: Path) -> None:
    site = make_site(
        tmp_path,
        {
            "content/old.md": article("Piece", body="Old.", extra="expires: 2024-01-01"),
            "content/new.md": article("Piece", body="New."),
            "content/draft.md": article("Other", body="Draft.", extra="status: draft"),
            "content/live.md": article("Other", body="Live."),
        },
    )
    with preview(site) as served:
        assert shows(served, URL, "New.")
        assert shows(served, "/2023/07/27/other/", "Live.")
        overview = served.get("/_digest/").text
        assert "content/old.md" in overview
        assert "content/draft.md" in overview
