"""Whole builds: what is on disk before and after, and that nothing else decides it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from examples import make_awkward_site
from support import article, build_site, make_site, page, read_tree, run_digest, write_files

A, B = "content/a.md", "content/b.md"


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    found = {path: path.stat() for path in sorted(folder.rglob("*")) if path.is_file()}
    return {str(path): (stat.st_ino, stat.st_mtime_ns) for path, stat in found.items()}


def test_a_second_build_touches_nothing(tmp_path: Path) -> None:
    site = make_awkward_site(tmp_path)
    first = build_site(site)
    assert first.report is not None
    before = stamps(site / "public")
    second = build_site(site)
    assert second.report is not None
    assert second.report.written == ()
    assert second.report.deleted == ()
    assert second.report.unchanged == len(first.report.written)
    assert stamps(site / "public") == before


@pytest.mark.parametrize(
    "files",
    [
        {B: article(date="nie")},
        {"templates/tag.html": "{{ page.titel }}"},
        {"site.toml": "[site]\ntitel = 'x'\n"},
        {B: article("Other", extra="slug: a-title")},
    ],
    ids=["article", "template", "settings", "collision"],
)
def test_an_error_anywhere_changes_nothing(tmp_path: Path, files: dict[str, str]) -> None:
    site = make_site(tmp_path, {A: article(extra="tags: [x]")})
    assert build_site(site).ok
    before = stamps(site / "public")
    write_files(site, {A: article("Changed", extra="tags: [x]\nslug: a-title"), **files})
    assert not build_site(site).ok
    assert stamps(site / "public") == before


@pytest.mark.parametrize("act", ["delete", "rename", "draft"])
def test_what_leaves_the_content_leaves_the_site(tmp_path: Path, act: str) -> None:
    files = {A: article("Goner", extra="tags: [gone]\nentities: [Gone Inc]"), B: article("Stays")}
    site = make_site(tmp_path, files)
    assert build_site(site).ok
    (site / "public/.git").mkdir()
    (site / "public/.git/config").write_text("mine")
    (site / "public/CNAME").write_text("mine")
    (site / A).unlink()
    if act == "rename":
        write_files(site, {"content/c.md": article("Renamed")})
    if act == "draft":
        write_files(site, {A: article("Goner", extra="tags: [gone]\nstatus: draft")})
    outcome = build_site(site)
    assert outcome.ok
    assert outcome.report is not None
    assert "2023/07/27/goner/index.html" in outcome.report.deleted
    tree = read_tree(site / "public")
    assert tree.pop(".git/config") == tree.pop("CNAME") == b"mine"
    assert [path for path, data in tree.items() if b"oner" in data or b"gone" in data] == []
    assert not (site / "public/tags/gone").exists()
    clean = build_site(site, output=tmp_path / "clean")
    assert clean.ok
    assert tree == read_tree(tmp_path / "clean")


def test_a_file_changed_by_hand_is_mended_or_kept(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: article("One"), B: article("Two")})
    assert build_site(site).ok
    one, two = (site / f"public/2023/07/27/{name}/index.html" for name in ("one", "two"))
    one.write_text("changed")
    two.write_text("changed")
    (site / B).unlink()
    outcome = build_site(site)
    assert outcome.codes == ["output-kept"]
    assert one.read_text().startswith("<!DOCTYPE html>")
    assert two.read_text() == "changed"


def test_a_strangers_file_is_not_overwritten(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: article()})
    assert build_site(site).ok
    (site / "public/mine").mkdir()
    (site / "public/mine/index.html").write_text("mine")
    write_files(site, {"content/pages/mine.md": '---\ntitle: "M"\n---\nText.'})
    outcome = build_site(site)
    assert outcome.codes == ["output-foreign"]
    assert (site / "public/mine/index.html").read_text() == "mine"


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {A: article()})
    assert build_site(site).ok
    outside = tmp_path / "outside"
    outside.mkdir()
    (site / "public/2024").symlink_to(outside)
    write_files(site, {B: article("B", date="2024-01-01")})
    assert build_site(site).codes == ["output-foreign"]
    assert list(outside.iterdir()) == []


def test_a_file_may_become_a_folder_and_back(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: article(extra="aliases: [/old.html]")})
    assert build_site(site).ok
    write_files(site, {A: article(extra="aliases: [/old.html/x/]")})
    assert build_site(site).ok
    assert (site / "public/old.html/x/index.html").is_file()
    write_files(site, {A: article(extra="aliases: [/old.html]")})
    assert build_site(site).ok
    assert (site / "public/old.html").is_file()


def test_a_changed_file_in_the_way_of_a_folder_is_refused(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: article(extra="aliases: [/old.html]")})
    assert build_site(site).ok
    (site / "public/old.html").write_text("mine")
    before = read_tree(site / "public")
    write_files(site, {A: article(extra="aliases: [/old.html/x/]")})
    assert build_site(site).codes == ["output-foreign"]
    assert read_tree(site / "public") == before


def test_a_strangers_file_in_the_way_of_a_folder_is_refused(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: article()})
    assert build_site(site).ok
    (site / "public/mine").write_text("mine")
    before = read_tree(site / "public")
    write_files(site, {"content/pages/mine.md": '---\ntitle: "M"\n---\nText.'})
    assert build_site(site).codes == ["output-foreign"]
    assert read_tree(site / "public") == before


def test_a_damaged_manifest_is_said_and_harms_nothing(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: article()})
    assert build_site(site).ok
    (site / "public/.digest-manifest.json").write_text("{")
    assert build_site(site).codes == ["output-foreign"]


FORBIDDEN = [
    ".",
    "..",
    "/",
    "~",
    "content",
    "content/2023",
    "templates",
    "static/x",
    "foreign",
    "link",
    "file",
]


@pytest.mark.parametrize("name", FORBIDDEN)
def test_dangerous_output_folders_are_refused(tmp_path: Path, name: str) -> None:
    site = make_site(tmp_path / "above/site", {A: article(), "static/x.css": "", "foreign/x": "x"})
    (site / "link").symlink_to(site / "content")
    (site / "file").write_text("x")
    before = read_tree(tmp_path)
    output = str(Path.home()) if name == "~" else name
    done = run_digest("build", "--output", output, cwd=site)
    assert done.code == 1
    assert "output-refused" in done.err
    assert read_tree(tmp_path) == before


SETTINGS: dict[str, dict[str, str]] = {
    "hash seed 0": {"PYTHONHASHSEED": "0"},
    "hash seed 4": {"PYTHONHASHSEED": "4", "TZ": "Etc/GMT+12"},
    "zone and locale": {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    "plain locale": {"LC_ALL": "C", "PYTHONHASHSEED": "2"},
}


@pytest.mark.parametrize("env", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("jobs", [1, 4])
def test_nothing_around_the_build_shows_in_it(
    tmp_path: Path, env: dict[str, str], jobs: int
) -> None:
    one = make_awkward_site(tmp_path / "one")
    assert build_site(one).ok
    made = read_tree(one)
    other = tmp_path / "elsewhere/two"
    write_files(
        other, {name: made[name] for name in reversed(made) if not name.startswith("public")}
    )
    os.umask(umask := os.umask(0o077))
    try:
        done = run_digest(
            "build", "--jobs", jobs, "--now", "2026-06-01T12:00:00Z", cwd=other, env=env
        )
    finally:
        os.umask(umask)
    assert done.code == 0, done.err
    assert read_tree(other / "public") == read_tree(one / "public")


def test_many_workers_make_the_same_site(tmp_path: Path) -> None:
    files = {f"content/{n}.md": article(f"T {n}", f"20{n % 20:02}-01-02") for n in range(650)}
    site = make_site(tmp_path, files)
    assert build_site(site, jobs=1).ok
    one = read_tree(site / "public")
    outcome = build_site(site, jobs=4, output=tmp_path / "four")
    assert outcome.ok
    assert read_tree(tmp_path / "four") == one


def test_a_killed_build_is_completed_by_the_next(tmp_path: Path) -> None:
    files = {f"content/{n}.md": article(f"T {n}", extra="tags: [x]") for n in range(60)}
    site = make_site(tmp_path, files)
    assert build_site(site).ok
    for round_number in range(12):
        text = f"Round {round_number}."
        write_files(site, {n: article(f"T {n[8:-3]}", body=text, extra="tags: [x]") for n in files})
        process = subprocess.Popen([sys.executable, "-m", "digest", "build"], cwd=site)
        time.sleep(0.15 + round_number * 0.02)
        process.send_signal(signal.SIGKILL)
        process.wait()
        for path in (site / "public").rglob("index.html"):
            if ".digest-staging" not in path.parts:
                assert path.read_text().endswith("</html>\n")
    outcome = build_site(site)
    assert outcome.ok
    clean = build_site(site, output=tmp_path / "clean")
    assert clean.ok
    assert read_tree(site / "public") == read_tree(tmp_path / "clean")


def test_builds_at_once_make_one_whole_site(tmp_path: Path) -> None:
    site = make_site(tmp_path, {f"content/{n}.md": article(f"T {n}") for n in range(40)})
    command = [sys.executable, "-m", "digest", "build"]
    running = [subprocess.Popen(command, cwd=site, stdout=subprocess.DEVNULL) for _ in range(4)]
    assert [process.wait() for process in running] == [0, 0, 0, 0]
    assert build_site(site, output=tmp_path / "clean").ok
    assert read_tree(site / "public") == read_tree(tmp_path / "clean")


TEMPLATES = {
    "syntax": ({"home.html": "\n{% if %}"}, "template", "templates/home.html:2"),
    "undefined": ({"home.html": "\n\n{{ page.titel }}"}, "template", "templates/home.html:3"),
    "missing include": (
        {"home.html": "{% include 'nope.html' %}"},
        "template-missing",
        "home.html:1",
    ),
    "circle": (
        {"x.html": "{% include 'y.html' %}", "y.html": "{% include 'x.html' %}"},
        "template-circle",
        "x.html:1",
    ),
    "computed include": ({"home.html": "{% include page.x %}"}, "template", "templates/home.html"),
    "exception": ({"home.html": "{{ 1 / 0 }}"}, "template", "templates/home.html:1"),
}


@pytest.mark.parametrize(("files", "code", "place"), TEMPLATES.values(), ids=TEMPLATES)
def test_a_broken_template_is_placed(
    tmp_path: Path, files: dict[str, str], code: str, place: str
) -> None:
    templates = {f"templates/{name}": text for name, text in files.items()}
    outcome = build_site(make_site(tmp_path, {A: article(), **templates}))
    assert code in outcome.codes
    assert place in outcome.text
    assert not (tmp_path / "public").exists()


def test_a_failing_article_template_names_the_article(tmp_path: Path) -> None:
    files = {A: article(), "templates/article.html": "{{ page.nope }}"}
    outcome = build_site(make_site(tmp_path, files))
    assert A in outcome.text
    assert "ArticleView has no 'nope'" in outcome.text


def test_a_sites_own_template_wins(tmp_path: Path) -> None:
    files = {
        A: article(extra="template: long.html"),
        B: article("B"),
        "templates/long.html": "{% extends 'article.html' %}{% block title %}Mine{% endblock %}",
        "static/digest.css": "mine",
    }
    site = make_site(tmp_path, files)
    assert build_site(site).ok
    assert "<title>Mine</title>" in page(site, "/2023/07/27/a-title/")
    assert "<title>B</title>" in page(site, "/2023/07/27/b/")
    assert (site / "public/digest.css").read_text() == "mine"


def test_a_full_disk_leaves_the_old_site(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: article()})
    assert build_site(site).ok
    before = read_tree(site / "public")
    write_files(site, {A: article(body="word " * 20_000, extra="slug: a-title")})
    limited = f"ulimit -f 40; exec {sys.executable} -m digest build"
    done = subprocess.run(
        ["sh", "-c", limited],
        cwd=site,
        env={**os.environ, "COVERAGE_PROCESS_CONFIG": ""},  # its data file would hit the limit
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "error[disk]" in done.stderr
    assert "Traceback" not in done.stderr
    assert read_tree(site / "public") == before


def test_one_article_with_500_tags(tmp_path: Path) -> None:
    tags = ", ".join(f"t{number}" for number in range(500))
    site = make_site(
        tmp_path, {A: article(extra=f"tags: [{tags}]"), B: article("B", extra="tags: [t1]")}
    )
    assert build_site(site).ok
    assert sum(1 for _ in (site / "public/tags").rglob("index.html")) == 501
