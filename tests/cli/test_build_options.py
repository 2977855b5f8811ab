"""What the options of a build about its cache do, and what it says of itself."""

import json
import sqlite3
from pathlib import Path

import pytest

from digest.cache.store import FILE, checksum
from support import SITE, Run, article, make_site, page, read_tree, run_digest, write_files

A = "content/a.md"
URL = "/2023/07/27/a-title/"
FILES = {A: article(body="Text."), "content/b.md": article("Other", "2024-01-01")}
NOW = ("--now", "2026-06-01")


def build(site: Path, *arguments: object) -> Run:
    return run_digest("build", *NOW, *arguments, cwd=site)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a site that is built."""
    site = make_site(tmp_path / "site", FILES)
    assert build(site).code == 0
    return site


def test_the_summary_says_why_pages_were_rendered(tmp_path: Path) -> None:
    site = make_site(tmp_path, FILES)
    assert "20 pages rendered: 20 new\n" in build(site).out
    assert "pages rendered" not in build(site).out
    write_files(site, {A: article(body="Changed.")})
    (site / "public/404.html").write_text("mine")
    out = build(site).out
    assert "pages rendered: 1 altered on disk, " in out
    assert " other content\n" in out


def test_json_says_the_same(site: Path) -> None:
    write_files(site, {A: article(body="Changed.")})
    first = json.loads(build(site, "--json", "--explain", URL).out)
    assert first["rendered"].keys() == {"other content"}
    assert first["notices"] == []
    assert first["explained"][0] == f"{URL} was rendered: other content"
    (site / ".digest" / FILE).write_text("damaged")
    again = json.loads(build(site, "--json").out)
    assert again["notices"] == [
        ".digest/ was damaged or from another version; it is made anew",
    ]
    assert (again["rendered"].keys(), again["written"]) == ({"new"}, 0)
    quick = json.loads(build(site, "--json").out)
    assert (quick["rendered"], quick["notices"], quick["explained"]) == ({}, [], [])


def test_clean_throws_the_cache_away_and_makes_the_same(site: Path) -> None:
    before = read_tree(site / "public")
    write_files(site / ".digest", {FILE: "damaged"})
    done = build(site, "--clean")
    assert (done.code, done.err) == (0, "")
    assert "notice" not in done.out
    assert "0 written" in done.out
    assert "20 pages rendered: 20 new\n" in done.out
    assert read_tree(site / "public") == before
    assert "pages rendered" not in build(site).out


def test_verify_says_that_all_is_well(site: Path) -> None:
    write_files(site, {A: article(body="Changed.")})
    for _ in range(2):
        done = build(site, "--verify")
        assert (done.code, done.err) == (0, "")
        assert "\nverified: a build without a cache makes the same bytes\n" in done.out


def tamper(site: Path, old: bytes, new: bytes) -> None:
    """Change bytes in the cache in such a way that its lengths and checksums are right."""
    assert len(old) == len(new)
    with sqlite3.connect(site / ".digest" / FILE) as base:
        rows = base.execute("SELECT key, value FROM bodies").fetchall()
        assert any(old in value for _, value in rows)
        for key, value in rows:
            data = value.replace(old, new)
            found = checksum("bodies", key, data)
            base.execute(
                "UPDATE bodies SET value = ?, sum = ? WHERE key = ?",
                (data, found, key),
            )
    base.close()


def test_verify_names_what_a_false_cache_has_made(site: Path) -> None:
    tamper(site, b">Text.</p>", b">Lies.</p>")
    (site / "site.toml").write_text(SITE.replace("Test digest", "Another"))
    done = build(site, "--verify")
    path = f"{URL.strip('/')}/index.html"
    assert done.code == 1
    assert f"error[verify]: {path} is not what a build without a cache makes\n" in done.err
    assert "digest build --clean" in done.err
    assert "Lies." in page(site, URL)
    failed = json.loads(build(site, "--verify", "--json").out)
    assert {item["code"] for item in failed["diagnostics"]} == {"verify"}
    assert build(site, "--clean", "--verify").code == 0
    assert "Lies." not in page(site, URL)


def explain(site: Path, url: str, *arguments: object) -> str:
    done = build(site, "--explain", url, *arguments)
    assert (done.code, done.err) == (0, "")
    return done.out


def test_nothing_is_written_for_a_page_that_there_is_not(site: Path) -> None:
    before = read_tree(site / "public")
    write_files(site, {"content/new.md": article("New")})
    done = build(site, "--explain", "/timeline/1066/")
    assert (done.code, "there is no page /timeline/1066/" in done.err) == (1, True)
    assert read_tree(site / "public") == before


def test_a_new_page_is_explained(tmp_path: Path) -> None:
    said = explain(make_site(tmp_path, FILES), URL)
    assert f"\n{URL} was rendered: new\n  new or changed: {A}\n" in said


def test_a_changed_page_is_explained_by_field_and_file(site: Path) -> None:
    write_files(site, {A: article(body="Changed.")})
    said = explain(site, URL)
    assert f"\n{URL} was rendered: other content\n  its view differs in: " in said
    fields = said.partition("its view differs in: ")[2].partition("\n")[0].split(", ")
    assert "body" in fields
    assert f"\n  new or changed: {A}\n" in said


def test_a_page_altered_on_disk_is_explained(site: Path) -> None:
    (site / "public/timeline/index.html").write_text("mine")
    assert "\n/timeline/ was rendered: altered on disk\n" in explain(site, "/timeline/")


def test_another_template_is_explained(site: Path) -> None:
    theme = '{% extends "base.html" %}{% block main %}{{ page.title }}{% endblock %}'
    write_files(site, {"templates/article.html": theme})
    assert f"\n{URL} was rendered: another template, menu or program\n" in explain(site, URL)


@pytest.mark.parametrize("edited", [False, True])
def test_a_page_that_stayed_is_explained(site: Path, *, edited: bool) -> None:
    if edited:
        write_files(site, {A: article(body="Changed.")})
    said = explain(site, "/2024/01/01/other/")
    assert "/2024/01/01/other/ was not rendered: nothing that it shows has changed\n" in said


def test_an_unknown_page_is_an_error_with_the_nearest(site: Path) -> None:
    done = build(site, "--explain", "/timelin/")
    assert done.code == 1
    assert (
        "error[explain]: there is no page /timelin/\n  hint: did you mean /timeline/?" in done.err
    )
    assert build(site, "--explain", "/.digest-manifest.json").code == 1


@pytest.mark.parametrize(
    "url",
    [
        "/timeline/",
        "timeline",
        "/timeline",
        "/t/timeline/",
        "/t/timeline",
        "https://e.example/t/timeline/",
    ],
)
def test_a_page_may_be_named_by_its_address(site: Path, url: str) -> None:
    said = explain(site, url, "--base-url", "https://e.example/t/")
    assert "\n/timeline/ was rendered: another template, menu or program\n" in said


def test_a_page_may_begin_like_the_base_path(tmp_path: Path) -> None:
    site = make_site(tmp_path, {**FILES, "content/pages/news.md": "---\ntitle: T\n---\n\nT.\n"})
    base = ("--base-url", "https://e.example/new/")
    assert "\n/news/ was rendered: new\n" in explain(site, "/news/", *base)
    assert "\n/news/ was not rendered: " in explain(site, "/new/news/", *base)


@pytest.mark.parametrize("url", ["/", "https://e.example/t/", "https://e.example/t", "/t/"])
def test_the_front_page_may_be_named_by_its_address(site: Path, url: str) -> None:
    assert "\n/ was rendered: " in explain(site, url, "--base-url", "https://e.example/t/")


@pytest.mark.parametrize("what", ["entities", "tags", "mentions", "suggestions"])
def test_lists_need_no_sound_cache(tmp_path: Path, what: str) -> None:
    names = article(body="Kestrel Media met Kestrel Media.", extra="entities: [Alba]")
    site = make_site(tmp_path, {**FILES, A: names, "content/c.md": names.replace("A t", "T")})
    expected = run_digest("list", what, cwd=site)
    assert (expected.code, expected.err) == (0, "")
    cache = site / ".digest" / FILE
    with sqlite3.connect(cache) as base:
        base.execute("DELETE FROM bodies")
        base.execute("DELETE FROM mentions")
    base.close()
    assert run_digest("list", what, cwd=site) == expected
    cache.write_text("damaged")
    assert run_digest("list", what, cwd=site) == expected
    cache.unlink()
    cache.parent.rmdir()
    cache.parent.write_text("no folder")
    assert run_digest("list", what, cwd=site) == expected
