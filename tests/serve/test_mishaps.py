"""What else may happen to a site while it is previewed: the preview goes on and shows the truth."""

import os
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from previews import PIECE, preview, shows, site_of, until, wait_for
from support import SITE, article, build_site, make_site, run_digest, write_files

URL = "/2023/07/27/piece/"
BROKEN = article("Piece", date="2023-13-99")


def test_a_style_sheet_is_whole_while_it_is_saved(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    style = "body { color: rgb(1, 2, 3); }\n" * 200
    write_files(site, {"static/style.css": style, "static/large.bin": bytes(2 << 20)})
    with preview(site) as served:
        with (site / "static/style.css").open("w") as file:
            for _ in range(20):
                assert served.get("/style.css").text == style
                time.sleep(0.01)
            file.write(style.replace("1", "4"))
        until(lambda: served.get("/style.css").text == style.replace("1", "4"))
        assert served.get("/large.bin").body == bytes(2 << 20)
        (site / "static/large.bin").unlink()
        until(lambda: served.get("/large.bin").status == 404)


@pytest.mark.parametrize("name", ["content/b.md", "content/new.md"])
@pytest.mark.parametrize("extra", ["tags: [t]", "tags: [t, u]"])
def test_the_cache_is_taken_away(name: str, extra: str, tmp_path: Path) -> None:
    site = site_of(tmp_path)
    with preview(site) as served:
        assert served.get(URL).status == 200
        shutil.rmtree(site / ".digest")
        assert served.get("/2023/07/27/other-b/").status == 200
        text = article("Other B", body="New text.", extra=f"{extra}\nslug: other-b-two")
        write_files(site, {name: text})
        wait_for(served, "/2023/07/27/other-b-two/", "New text.")
        assert shows(served, URL, "First.")
        assert shows(served, "/2023/07/27/other-a/", "Other a")
        assert served.process.poll() is None


def test_the_cache_is_taken_away_from_a_broken_site(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    with preview(site) as served:
        write_files(site, {"site.toml": "[site"})
        until(lambda: served.state()["failed"])
        shutil.rmtree(site / ".digest")
        with ThreadPoolExecutor(1) as pool:
            asked = pool.submit(served.get, URL)
            time.sleep(2)
            assert served.said.count("failed with") <= 2
            write_files(site, {"site.toml": SITE})
            assert asked.result().status == 200
        assert not served.state()["failed"]


@pytest.mark.parametrize("name", ["templates/article.html", "site.toml", "content/0.md", PIECE])
def test_an_edit_during_the_first_build(name: str, tmp_path: Path) -> None:
    files = {f"content/{number}.md": article(f"Piece {number}") for number in range(1500)}
    broken = {PIECE: BROKEN} if name == PIECE else {}
    site = make_site(tmp_path, {**files, **broken})
    new = {
        "templates/article.html": "<p>{{ page.title }} in a new look</p>",
        "site.toml": SITE.replace("Test digest", "Renamed"),
        "content/0.md": article("Piece 0", body="A new text."),
        PIECE: article("Piece", body="Mended."),
    }[name]

    def edit() -> None:
        until((site / ".digest/cache.sqlite").exists)
        time.sleep(0.1)
        write_files(site, {name: new})

    editor = threading.Thread(target=edit)
    editor.start()
    with preview(site) as served:
        editor.join()
        wanted = {
            "templates/article.html": "in a new look",
            "site.toml": "Renamed",
            "content/0.md": "A new text.",
            PIECE: "Piece 0",
        }[name]
        wait_for(served, "/2023/07/27/piece-0/", wanted)
        assert not served.state()["failed"]


def test_saves_while_it_builds(tmp_path: Path) -> None:
    files = {f"content/{number}.md": article(f"Piece {number}") for number in range(1500)}
    good = article("Piece", body="Good.")
    site = make_site(tmp_path, {**files, PIECE: good})
    with preview(site) as served:
        for delay in (0.05, 0.1, 0.12, 0.15, 0.2, 0.25):
            write_files(site, {PIECE: good.replace("Good.", f"Good {delay}.")})
            time.sleep(delay)
            write_files(site, {PIECE: BROKEN})
            time.sleep(0.03)
            write_files(site, {PIECE: good.replace("Good.", f"Good {delay}.")})
            wait_for(served, URL, f"Good {delay}.")
            until(lambda: not served.state()["failed"])
        assert served.process.poll() is None


def test_a_time_that_comes_while_the_site_is_broken(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    soon = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(time.time() + 4))
    write_files(site, {"content/soon.md": article("Soon", extra=f"publish: {soon}")})
    with preview(site, "--no-drafts", now=False) as served:
        write_files(site, {PIECE: BROKEN})
        until(lambda: served.state()["failed"])
        time.sleep(4.5)
        assert served.said.count("failed with") <= 2
        write_files(site, {PIECE: article("Piece")})
        until(lambda: served.get("/2023/07/27/soon/").status == 200)


@pytest.mark.parametrize("size", [10, 2 << 20])
def test_a_link_that_takes_the_place_of_a_file_leads_nowhere(size: int, tmp_path: Path) -> None:
    site = site_of(tmp_path / "site")
    secret = tmp_path / "secret.bin"
    secret.write_bytes(b"secret" * (size // 6))
    write_files(site, {"static/a/x.bin": bytes(size), "static/y.bin": bytes(size)})
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/x.bin").write_bytes(b"secret" * (size // 6))
    with preview(site) as served:
        assert served.get("/y.bin").body == bytes(size)
        (site / "static/.y").symlink_to(secret)
        (site / "static/.y").rename(site / "static/y.bin")
        (site / "static/a").rename(site / "old-a")
        (site / "static/a").symlink_to(tmp_path / "outside")
        for _ in range(100):
            for path in ("/y.bin", "/a/x.bin"):
                assert b"secret" not in served.get(path).body
            time.sleep(0.01)
        assert "link-outside" in served.said


def test_a_pipe_in_the_place_of_a_file_stops_nobody(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    write_files(site, {"static/a.txt": "a"})
    with preview(site) as served:
        os.mkfifo(site / "static/.a")
        (site / "static/.a").rename(site / "static/a.txt")
        time.sleep(0.5)
        served.get("/a.txt")
        write_files(site, {PIECE: article("Piece", body="Second.")})
        wait_for(served, URL, "Second.")
        assert served.end() == 143


def test_folders_that_move_away_and_come_back(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    write_files(site, {"static/a.txt": "a", "templates/x.html": "x"})
    with preview(site) as served:
        for _ in range(60):
            for name in ("static", "content", "templates"):
                (site / name).rename(site / f"_{name}")
                (site / f"_{name}").rename(site / name)
            time.sleep(0.02)
        write_files(site, {PIECE: article("Piece", body="Second.")})
        wait_for(served, URL, "Second.")
        assert served.process.poll() is None


def test_a_build_beside(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    with preview(site) as served:
        for number in range(30):
            write_files(site, {PIECE: article("Piece", body=f"Build {number}.")})
            built = run_digest("build", "--now", "2026-06-01T12:00:00Z", cwd=site)
            assert built.code == 0, built.err
            wait_for(served, URL, f"Build {number}.")
        assert (
            served.get("/2023/07/27/other-a/").page
            == (site / "public/2023/07/27/other-a/index.html").read_bytes()
        )
        assert served.get(URL).page == (site / "public/2023/07/27/piece/index.html").read_bytes()
        assert "digest/" not in (site / "public/index.html").read_text().replace("digest.css", "")


def test_the_preview_does_not_disturb_a_build(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    assert build_site(site).ok
    with preview(site):
        pass
    built = build_site(site)
    assert built.report is not None
    assert built.report.rendered == {}
    assert built.report.written == ()


def test_the_output_folder_is_nothing_to_a_preview(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    write_files(site, {"public/somebody-elses.txt": "x"})
    with preview(site) as served:
        assert shows(served, URL, "First.")


def test_a_site_that_may_not_be_written_to(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    (site / ".digest").write_text("a file in the place of the cache")
    with preview(site) as served:
        assert shows(served, URL, "First.")
        write_files(site, {PIECE: article("Piece", body="Second.")})
        until(lambda: shows(served, URL, "Second."))
        assert shows(served, "/2023/07/27/other-a/", "Other a")
        assert "notice: .digest/ cannot be used" in served.said


def test_few_files_may_be_open(tmp_path: Path) -> None:
    site = make_site(
        tmp_path,
        {
            f"content/{number % 50}/{number}.md": article(f"Piece {number}")
            for number in range(2000)
        },
    )
    write_files(site, {PIECE: article("Piece", body="First.")})
    with preview(site, open_files=64) as served:
        assert shows(served, URL, "First.")
        write_files(site, {PIECE: article("Piece", body="Second.")})
        until(lambda: shows(served, URL, "Second."))
