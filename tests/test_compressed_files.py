"""Text files with compressed ones beside them: what those hold, and when they are made."""

import gzip
import os
import random
import shutil
import signal
import time
from pathlib import Path
from typing import Any

import brotli
import pytest

from digest.report import Report
from digest.urls import compressed_paths
from digest.write.manifest import MANIFEST, STAGING, read_manifest
from processes import all_ended, start_build
from support import (
    NO_SEARCH,
    NOW,
    SITE,
    article,
    build_site,
    make_site,
    read_tree,
    run_digest,
    write_files,
)

ROOT = Path(__file__).parents[1]
ON = "[build]\nprecompress = true\n"
CONFIG = ON + SITE
A = "content/a.md"
WORDS = "Words and words, and more of them. " * 40
FILES: dict[str, str | bytes] = {
    A: article("First", body=WORDS, extra="tags: [x]\nentities: [One]\naliases: [/old/]"),
    "content/b.md": article("Second", "2024-01-02", body="Beta.", extra="tags: [x]"),
    "static/new.txt": WORDS,
    "static/short.txt": "short",
    "static/SHOUT.TXT": WORDS,
    "static/plain": WORDS,
    "static/noise.txt": random.Random(1).randbytes(20_000),  # noqa: S311 any will do
    "static/font.woff": bytes(2000),
}
EDITED = article("First", body="Less.", extra="tags: [x]\naliases: [/old/]")
OPENERS = {".gz": gzip.decompress, ".br": brotli.decompress}
Tree = dict[str, bytes]


def make(folder: Path) -> Path:
    return make_site(folder, FILES, CONFIG)


def built(site: Path, **options: Any) -> Report:
    outcome = build_site(site, **options)
    assert outcome.report is not None, outcome.text
    return outcome.report


def is_compressed(path: str) -> bool:
    return path.endswith((".gz", ".br"))


def compressed(tree: Tree) -> Tree:
    return {path: data for path, data in tree.items() if is_compressed(path)}


def check(tree: Tree) -> None:
    """Hold every compressed file against its original, and every file that could have one."""
    for path, data in compressed(tree).items():
        original = tree[path[:-3]]
        assert OPENERS[path[-3:]](data) == original
        assert 500 <= len(original) > len(data)
    for path, data in tree.items():
        if len(data) > 2000 and path not in {"noise.txt", MANIFEST}:
            assert {path + ".br", path + ".gz"} & tree.keys() == set(compressed_paths(path)), path


@pytest.mark.parametrize("name", ["small", "spanish", "reference"])
def test_each_holds_its_original_and_is_smaller(tmp_path: Path, name: str) -> None:
    source = ROOT if name == "reference" else ROOT / "tests/golden" / name / "site"
    site = tmp_path / "site"
    site.mkdir()
    for part in ("content", "static", "templates"):
        if (source / part).exists():
            shutil.copytree(source / part, site / part)
    text = (source / "site.toml").read_text()
    assert "[build]" not in text
    write_files(site, {"site.toml": text})
    now = NOW.replace(month=11)
    built(site, now=now, jobs=2)
    plain = read_tree(site / "public")
    write_files(site, {"site.toml": ON + text})
    built(site, now=now, jobs=2)
    tree = read_tree(site / "public")
    check(tree)
    originals = {path: data for path, data in tree.items() if not is_compressed(path)}
    assert originals | {MANIFEST: b""} == plain | {MANIFEST: b""}
    assert {"index.html.br", "index.html.gz", "feed.xml.br", "sitemap.xml.gz"} <= tree.keys()
    ours = read_manifest(site / "public").files
    assert ours.keys() | {MANIFEST} == tree.keys()


def test_which_files_have_one(tmp_path: Path) -> None:
    site = make(tmp_path)
    built(site)
    tree = read_tree(site / "public")
    check(tree)
    for path in ("new.txt", "SHOUT.TXT", "2023/07/27/first/index.html", "digest.css", "site.js"):
        assert {path + ".br", path + ".gz"} <= tree.keys(), path
    assert any(path.startswith("assets/") for path in compressed(tree))
    for path in ("short.txt", "plain", "noise.txt", "font.woff", "favicon.ico", MANIFEST):
        assert path in tree
        assert {path + ".br", path + ".gz"}.isdisjoint(tree), path


@pytest.mark.parametrize(
    ("path", "has"),
    [
        ("a/index.html", True),
        ("x.json", True),
        ("x.svg", True),
        ("x.webmanifest", True),
        ("x.png", False),
        ("pagefind/wasm.en.pagefind", False),
        ("html", False),
        (f"{'x' * 248}.css", True),
        (f"{'x' * 249}.css", False),
    ],
)
def test_the_name_decides(path: str, *, has: bool) -> None:
    assert compressed_paths(path) == ((f"{path}.br", f"{path}.gz") if has else ())


def test_gzip_says_nothing_of_time_and_name(tmp_path: Path) -> None:
    site = make(tmp_path)
    built(site)
    head = (site / "public/new.txt.gz").read_bytes()[:10]
    assert head[:3] == b"\x1f\x8b\x08"
    assert head[3:8] == bytes(5)


def test_the_same_site_gives_the_same_bytes(tmp_path: Path) -> None:
    trees = []
    for jobs in (1, 2):
        site = make_site(tmp_path / str(jobs), {**FILES, "static/noise.txt": b"-"}, CONFIG)
        built(site, jobs=jobs)
        trees.append(read_tree(site / "public"))
    assert trees[0] == trees[1]


def test_the_search_index_has_them_where_it_is_text(tmp_path: Path) -> None:
    site = make_site(tmp_path, FILES, ON + SITE.removeprefix(NO_SEARCH))
    built(site)
    tree = read_tree(site / "public")
    check(tree)
    found = {path for path in compressed(tree) if path.startswith("pagefind/")}
    assert found == {
        f"pagefind/pagefind{part}.js{ending}" for part in ("", "-worker") for ending in OPENERS
    }


def test_one_is_made_only_where_its_original_has_changed(tmp_path: Path) -> None:
    site = make(tmp_path)
    built(site)
    before = read_tree(site / "public")
    times = {path: (site / "public" / path).stat().st_mtime_ns for path in before}
    assert built(site).written == ()
    write_files(site, {A: EDITED})
    report = built(site)
    after = read_tree(site / "public")
    check(after)
    changed = {path for path in after if after[path] != before.get(path)} - {MANIFEST}
    assert set(report.written) == changed
    assert {f"2023/07/27/first/index.html{ending}" for ending in ("", *OPENERS)} <= changed
    same = after.keys() - changed - {MANIFEST}
    assert {path: (site / "public" / path).stat().st_mtime_ns for path in same} == {
        path: times[path] for path in same
    }
    built(site, output=tmp_path / "clean", cache=tmp_path / "none")
    assert after == read_tree(tmp_path / "clean")


def test_one_that_was_altered_or_deleted_is_mended(tmp_path: Path) -> None:
    site = make(tmp_path)
    built(site)
    before = read_tree(site / "public")
    (site / "public/new.txt.br").write_bytes(b"ours")
    (site / "public/index.html.gz").unlink()
    (site / "public/digest.css").write_bytes(b"ours")
    assert built(site).written == ("digest.css", "index.html.gz", "new.txt.br")
    assert read_tree(site / "public") == before
    assert built(site).written == ()


def test_they_go_with_their_original_and_with_the_option(tmp_path: Path) -> None:
    site = make(tmp_path)
    built(site)
    whole = read_tree(site / "public")
    (site / "static/new.txt").unlink()
    assert built(site).deleted == ("new.txt", "new.txt.br", "new.txt.gz")
    write_files(site, {"static/new.txt": FILES["static/new.txt"], "site.toml": SITE})
    report = built(site)
    without = read_tree(site / "public")
    assert compressed(without) == {}
    assert set(report.deleted) == compressed(whole).keys() - {"new.txt.br", "new.txt.gz"}
    assert report.written == ("new.txt",)
    write_files(site, {"site.toml": CONFIG})
    assert set(built(site).written) == compressed(whole).keys()
    assert read_tree(site / "public") == whole


@pytest.mark.parametrize(
    "path",
    ["static/new.txt.gz", "static/NEW.TXT.BR", "static/index.html.gz", "static/new.txt.br/x"],
)
def test_an_own_file_of_such_a_name_is_an_error(tmp_path: Path, path: str) -> None:
    site = make_site(tmp_path, {**FILES, path: "ours"}, CONFIG)
    outcome = build_site(site)
    assert outcome.codes == ["url-collision"]
    assert path in outcome.text
    assert "precompress = false" in outcome.text
    assert not (site / "public").exists()
    write_files(site, {"site.toml": SITE})
    built(site)
    assert (site / "public" / path.removeprefix("static/")).read_bytes() == b"ours"


def test_an_own_compressed_file_without_an_original_is_published(tmp_path: Path) -> None:
    site = make_site(tmp_path, {**FILES, "static/data.json.gz": "ours"}, CONFIG)
    built(site)
    assert (site / "public/data.json.gz").read_bytes() == b"ours"


def test_a_build_can_be_verified(tmp_path: Path) -> None:
    site = make(tmp_path)
    done = run_digest("build", "--now", "2026-06-01", "--verify", cwd=site)
    assert done.code == 0, done.err
    assert "verified" in done.out
    (site / "public/new.txt.br").write_bytes(b"ours")
    done = run_digest("build", "--now", "2026-06-01", "--verify", cwd=site)
    assert (done.code, "1 written" in done.out) == (0, True)


def test_a_file_and_its_compressed_ones_change_in_one_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make(tmp_path)
    built(site)
    write_files(site, {"static/new.txt": "short now", A: EDITED})
    output = site / "public"
    acts: list[str] = []
    replace, unlink = os.replace, os.unlink

    def note_replace(source: str | Path, target: str | Path) -> None:
        acts.append(Path(target).relative_to(output).as_posix())
        replace(source, target)

    def note_unlink(path: str | Path, **options: Any) -> None:
        if Path(path).is_relative_to(output):
            acts.append("-" + Path(path).relative_to(output).as_posix())
        unlink(path, **options)

    monkeypatch.setattr(os, "replace", note_replace)
    monkeypatch.setattr(os, "unlink", note_unlink)
    built(site)
    seen = [act for act in acts if STAGING not in act]
    for page in ("index.html", "2023/07/27/first/index.html", "feed.xml"):
        at = seen.index(page)
        assert seen[at : at + 3] == [page, f"{page}.br", f"{page}.gz"]
    assert {"-new.txt.br", "-new.txt.gz"} == set(seen[1 : seen.index("new.txt")][:2])
    assert read_tree(output).keys().isdisjoint(compressed_paths("new.txt"))


def test_a_killed_build_is_completed_by_the_next(tmp_path: Path) -> None:
    names = [f"content/{number}.md" for number in range(30)]
    site, other = (make_site(tmp_path / name, {}, CONFIG) for name in ("site", "other"))
    killed = 0
    for number in range(6):
        edit = {name: article(name, body=f"{WORDS}{number}") for name in names}
        old = read_tree(site / "public")
        for folder in (site, other):
            write_files(folder, edit)
        built(other)
        new = read_tree(other / "public")
        build = start_build(site, "--now", "2026-06-01T12:00:00Z", "--jobs", "2")
        while build.poll() is None and not (site / "public" / STAGING).exists():
            time.sleep(0.001)
        time.sleep(number * 0.05)
        os.kill(build.pid, signal.SIGKILL)
        build.communicate(timeout=60)
        killed += build.returncode == -signal.SIGKILL
        assert all_ended(build.pid, 5)
        shutil.rmtree(site / "public" / STAGING, ignore_errors=True)
        left = read_tree(site / "public")
        assert all(
            data in (old.get(path), new.get(path))
            for path, data in left.items()
            if path != MANIFEST
        )
        assert left.keys() <= {*read_manifest(site / "public").files, MANIFEST}
        built(site)
        assert read_tree(site / "public") == new
    assert killed > 2
