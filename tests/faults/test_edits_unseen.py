"""What size and time of a file do not show is seen; what changes no byte writes nothing."""

import os
import shutil
import time
from pathlib import Path

import pytest

from digest.report import Report
from images import picture
from support import NOW, article, build_site, make_site, read_tree, run_digest, write_files

A = "content/a.md"
URL = "/2023/07/27/a-title/"
FILES: dict[str, str | bytes] = {
    A: article(body="Text one. ![A picture](picture.png)", extra="tags: [hiring]"),
    "content/b.md": article("Other", "2024-01-01", "Text.", "tags: [hiring]"),
    "content/pages/about.md": "---\ntitle: About\n---\n\nUs.\n",
    "content/picture.png": picture() + b"one",
    "static/own.txt": "one\n",
    "templates/404.html": '{% extends "base.html" %}{% block main %}<h1>One</h1>{% endblock %}',
}
# Longer than a step of the clock of files: then a build trusts the stamps that it keeps.
OLD = 0.1


def built(site: Path) -> Report:
    outcome = build_site(site)
    assert outcome.report is not None, outcome.text
    return outcome.report


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a site whose build is old enough for its files to be trusted by their stamps."""
    site = make_site(tmp_path / "site", FILES)
    built(site)
    time.sleep(OLD)
    write_files(site, {"content/c.md": article("Third")})
    built(site)
    (site / "content/c.md").unlink()
    time.sleep(OLD)
    built(site)
    return site


def edit_unseen(path: Path, old: bytes, new: bytes) -> None:
    """Change bytes of a file in place and restore the times that can be restored."""
    before = path.stat()
    data = path.read_bytes()
    assert old in data
    assert len(old) == len(new)
    with path.open("r+b") as file:
        file.write(data.replace(old, new))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = path.stat()
    assert (after.st_ino, after.st_size) == (before.st_ino, before.st_size)
    assert after.st_mtime_ns == before.st_mtime_ns


def state(site: Path) -> dict[str, tuple[int, int, int]]:
    """Return inode and times of everything in the output folder and the cache."""
    return {
        str(path): (path.stat().st_ino, path.stat().st_mtime_ns, path.stat().st_ctime_ns)
        for folder in ("public", ".digest")
        for path in ((site / folder), *(site / folder).rglob("*"))
        if folder == "public" or path.is_file()
    }


SOURCES = {
    A: (b"Text one", b"Text two"),
    "content/b.md": (b"Other", b"Elder"),
    "content/pages/about.md": (b"Us.", b"We."),
    "content/picture.png": (b"one", b"two"),
    "static/own.txt": (b"one", b"two"),
    "templates/404.html": (b"One", b"Two"),
    "site.toml": (b"Test digest", b"Best digest"),
}


@pytest.mark.parametrize("path", SOURCES)
def test_a_source_edited_unseen_is_built(site: Path, path: str) -> None:
    before = read_tree(site / "public")
    edit_unseen(site / path, *SOURCES[path])
    report = built(site)
    after = read_tree(site / "public")
    clean = build_site(site, output=site.parent / "clean", cache=site.parent / "none")
    assert clean.ok
    assert after == read_tree(site.parent / "clean")
    changed = {name for name in after.keys() | before.keys() if after.get(name) != before.get(name)}
    assert len(changed) > 1
    assert {*report.written, *report.deleted} == changed - {".digest-manifest.json"}


@pytest.mark.parametrize("url", [URL, "/timeline/", "/404.html", "/feed.xml"])
def test_a_page_altered_unseen_is_put_right(site: Path, url: str) -> None:
    before = read_tree(site / "public")
    path = site / "public" / url.strip("/")
    path = path / "index.html" if path.is_dir() else path
    edit_unseen(path, b"digest", b"DIGEST")
    report = built(site)
    assert report.written == (path.relative_to(site / "public").as_posix(),)
    assert report.rendered == {"altered on disk": 1}
    assert read_tree(site / "public") == before
    time.sleep(OLD)
    assert built(site).rendered == {}


def test_a_copied_file_altered_unseen_is_put_right(site: Path) -> None:
    before = read_tree(site / "public")
    picture = next((site / "public").rglob("own.txt"))
    edit_unseen(picture, b"one", b"two")
    report = built(site)
    assert report.written == (picture.relative_to(site / "public").as_posix(),)
    assert (report.rendered, read_tree(site / "public")) == ({}, before)


def test_a_page_altered_right_after_its_build_is_put_right(tmp_path: Path) -> None:
    site = make_site(tmp_path, FILES)
    for number in range(20):
        write_files(site, {A: article(body=f"Text {number:02}.")})
        built(site)
        path = site / "public" / URL.strip("/") / "index.html"
        before = path.read_bytes()
        edit_unseen(path, f"Text {number:02}".encode(), b"Text xx")
        assert built(site).written == (f"{URL.strip('/')}/index.html",)
        assert path.read_bytes() == before


def test_a_deleted_file_is_written_again(site: Path) -> None:
    before = read_tree(site / "public")
    for name in before:
        if name != ".digest-manifest.json":
            (site / "public" / name).unlink()
            assert built(site).written == (name,)
    assert read_tree(site / "public") == before
    shutil.rmtree(site / "public")
    assert len(built(site).written) == len(before) - 1
    assert read_tree(site / "public") == before


def test_touched_sources_render_and_write_nothing(site: Path) -> None:
    before = state(site)
    for path in (*(site / "content").rglob("*"), *(site / "templates").rglob("*")):
        path.touch()
    (site / "site.toml").touch()
    report = built(site)
    assert (report.rendered, report.written, report.deleted) == ({}, (), ())
    assert state(site) == before


def test_sources_written_anew_by_a_checkout_write_nothing(site: Path) -> None:
    before = state(site)
    shutil.rmtree(site / "content")
    write_files(site, {name: text for name, text in FILES.items() if name.startswith("content")})
    report = built(site)
    assert (report.rendered, report.written) == ({}, ())
    assert state(site) == before


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_build_with_nothing_to_do_writes_nothing(site: Path, jobs: int) -> None:
    before = state(site)
    now = NOW.isoformat()
    done = run_digest("build", "--now", now, "--jobs", jobs, cwd=site)
    assert (done.code, done.err) == (0, "")
    assert "0 written" in done.out
    assert "pages rendered" not in done.out
    assert state(site) == before


def test_an_edit_that_no_page_shows_writes_nothing(site: Path) -> None:
    before = {path: times for path, times in state(site).items() if "public/" in path}
    edited = (site / A).read_text().replace("tags: [hiring]", "tags:   [hiring] # a remark")
    write_files(site, {A: edited})
    report = built(site)
    assert (report.written, report.deleted) == ((), ())
    assert {path: times for path, times in state(site).items() if "public/" in path} == before


def test_an_edit_taken_back_makes_the_site_that_was_there(site: Path) -> None:
    before = read_tree(site / "public")
    write_files(site, {A: article("Another", body="Changed.")})
    assert built(site).written
    write_files(site, {A: FILES[A]})
    assert built(site).written
    assert read_tree(site / "public") == before
