"""The search index in whole builds: what is in it, when it is made, and what can go wrong."""

import base64
import gzip
import json
import os
import random
import re
import shutil
import signal
import stat
import subprocess
import time
from pathlib import Path

import pytest

from digest.diagnostics import DigestError
from digest.indexer import make_index
from processes import all_ended, end, living, start_build
from support import (
    NO_SEARCH,
    SITE,
    Outcome,
    article,
    build_site,
    make_site,
    read_tree,
    run_digest,
    write_files,
)

CONFIG = SITE.removeprefix(NO_SEARCH)
PROGRAM = "PAGEFIND_BINARY_PATH"
NOW = ("--now", "2026-06-01")
A, B = "content/a.md", "content/b.md"
FILES = {
    A: article("First", body="Alpha.", extra="tags: [x, y]\nentities: [One, Two, Three]"),
    B: article("Second", body="Beta.", extra="tags: [z, y]\nentities: [Three, Four]"),
    "content/draft.md": article("Draft", extra="status: draft"),
    "content/unlisted.md": article("Unlisted", extra="status: unlisted"),
    "content/moved.md": article("Moved", extra="aliases: [/old/]"),
    "content/soon.md": article("Soon", date="2027-01-01"),
    "content/pages/about.md": "---\ntitle: About\n---\n\nUs.\n",
    "static/s.txt": "s",
}


def make(folder: Path, files: dict[str, str] | None = None) -> Path:
    return make_site(folder, FILES if files is None else files, CONFIG)


def built(site: Path, **options: object) -> Outcome:
    outcome = build_site(site, **options)
    assert outcome.ok, outcome.text
    return outcome


def index_of(site: Path) -> dict[str, bytes]:
    return read_tree(site / "public/pagefind")


def fragments(site: Path) -> dict[str, dict[str, object]]:
    """Return what the index knows of each page, by URL."""
    texts = [gzip.decompress(path.read_bytes()) for path in site.glob("public/pagefind/fragment/*")]
    pages = [json.loads(text.removeprefix(b"pagefind_dcd")) for text in texts]
    return {page["url"]: page for page in pages}


def fake(folder: Path, script: str) -> str:
    """Write a program that stands in for one that is ill; return its path."""
    path = folder / "ill"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_listed_pieces_are_in_the_index_and_nothing_else(tmp_path: Path) -> None:
    site = make(tmp_path)
    built(site)
    pages = fragments(site)
    assert set(pages) == {"/2023/07/27/first/", "/2023/07/27/second/", "/2023/07/27/moved/"}
    first = pages["/2023/07/27/first/"]
    assert first["content"] == "Alpha."
    assert first["meta"] == {"title": "First", "date": "27 July 2023", "iso": "2023-07-27"}
    assert first["filters"] == {
        "tag": ["x", "y"],
        "entity": ["One", "Two", "Three"],
        "kind": ["other", "other", "other"],
        "year": ["2023"],
    }


def test_only_what_a_search_needs_is_published(tmp_path: Path) -> None:
    site = make(tmp_path)
    built(site)
    names = [re.sub("en_[0-9a-f]+", "*", path) for path in index_of(site)]
    assert sorted(set(names)) == [
        "filter/*.pf_filter",
        "fragment/*.pf_fragment",
        "index/*.pf_index",
        "pagefind-entry.json",
        "pagefind-worker.js",
        "pagefind.*.pf_meta",
        "pagefind.js",
        "wasm.en.pagefind",
    ]
    assert names.count("filter/*.pf_filter") == 4
    assert names.count("fragment/*.pf_fragment") == 3


@pytest.mark.parametrize("language", ["en", "es", "pt-BR", "mt"])
def test_the_same_pages_give_the_same_files(tmp_path: Path, language: str) -> None:
    many = {
        f"content/{n}.md": article(
            f"Piece {n}", extra=f"tags: [tag-{n % 7}, t-{n % 5}]\nentities: [Name {n % 11}]"
        )
        for n in range(40)
    }
    config = f'{CONFIG}language = "{language}"\n'
    trees = []
    for number in range(4):
        site = make_site(tmp_path / str(number), many, config)
        built(site)
        trees.append(read_tree(site / "public"))
    assert trees[1:] == trees[:-1]
    assert any(path.startswith("pagefind/wasm.") for path in trees[0])


def test_settings_that_lie_about_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = make(tmp_path / "one"), make(tmp_path / "two")
    built(one)
    (tmp_path / "pagefind.toml").write_text('keep_index_url = true\nroot_selector = "footer"\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAGEFIND_KEEP_INDEX_URL", "true")
    built(two)
    assert index_of(one) == index_of(two)


def test_an_index_is_made_anew_only_where_a_piece_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make(tmp_path)
    built(site)
    before = index_of(site)
    monkeypatch.setenv(PROGRAM, "/nowhere")  # a Pagefind that is run now would be an error
    about = "content/pages/other.md"
    for files in ({"static/s.txt": "t"}, {"content/draft.md": article("D", extra="status: draft")}):
        write_files(site, files)
        built(site)
    write_files(site, {about: "---\ntitle: Other\nstatus: unlisted\n---\n\nWords.\n"})
    assert built(site).report is not None
    assert index_of(site) == before
    write_files(site, {A: article("First", body="Gamma.")})
    assert build_site(site).codes == ["search-engine"]
    assert index_of(site) == before
    monkeypatch.delenv(PROGRAM)
    report = built(site).report
    assert report is not None
    assert "pagefind/pagefind-entry.json" in report.written
    assert "pagefind/pagefind.js" not in report.written
    assert fragments(site)["/2023/07/27/first/"]["content"] == "Gamma."
    assert index_of(site).keys() - before.keys() == {
        path.removeprefix("pagefind/")
        for path in report.written
        if path.startswith("pagefind/") and path != "pagefind/pagefind-entry.json"
    }
    assert built(site).report.written == ()  # type: ignore[union-attr]


def test_an_index_altered_by_hand_is_mended(tmp_path: Path) -> None:
    site = make(tmp_path)
    built(site)
    before = index_of(site)
    (site / "public/pagefind/pagefind.js").write_text("ours")
    (site / "public/pagefind/pagefind-entry.json").unlink()
    report = built(site).report
    assert report is not None
    assert report.written == ("pagefind/pagefind-entry.json", "pagefind/pagefind.js")
    assert index_of(site) == before


def test_search_can_be_switched_off_and_on(tmp_path: Path) -> None:
    site = make(tmp_path)
    built(site)
    whole = read_tree(site / "public")
    assert b"data-pagefind" in whole["2023/07/27/first/index.html"]
    write_files(site, {"site.toml": SITE})
    built(site)
    without = read_tree(site / "public")
    assert not any(path.startswith(("pagefind", "search/")) for path in without)
    assert not (site / "public/pagefind").exists()
    pages = [data for path, data in without.items() if path.endswith(".html")]
    assert not any(b"pagefind" in data or b"/search/" in data for data in pages)
    write_files(site, {"site.toml": CONFIG})
    built(site)
    assert read_tree(site / "public") == whole


def test_the_last_piece_takes_the_index_with_it(tmp_path: Path) -> None:
    site = make(tmp_path, {A: FILES[A]})
    built(site)
    assert index_of(site)
    (site / A).unlink()
    built(site)
    assert index_of(site) == {}
    assert (site / "public/search/index.html").exists()


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo Out of luck >&2; exit 3", "Pagefind ended with 3: Out of luck"),
        ("kill -9 $$", "Pagefind ended with -9: it does not say why"),
        ("exit 0", "Pagefind ended with 0: it does not say why"),
    ],
)
def test_an_ill_pagefind_is_an_error_and_the_old_site_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, said: str
) -> None:
    site = make(tmp_path / "site")
    built(site)
    before = read_tree(site / "public")
    write_files(site, {A: article("First", body="Gamma.")})
    monkeypatch.setenv(PROGRAM, fake(tmp_path, script))
    outcome = build_site(site)
    assert outcome.codes == ["search-engine"]
    assert said in outcome.text
    assert 'engine = "none"' in outcome.text
    assert read_tree(site / "public") == before


def test_a_missing_pagefind_is_an_error_that_says_how_to_get_it(tmp_path: Path) -> None:
    site = make(tmp_path / "site")
    write_files(tmp_path, {"without/pagefind/__init__.py": "raise ImportError\n"})
    done = run_digest("build", *NOW, cwd=site, env={"PYTHONPATH": str(tmp_path / "without")})
    assert done.code == 1
    assert "error[search-engine]" in done.err
    assert 'pip install "pagefind[bin]"' in done.err
    assert not (site / "public").exists()
    write_files(site, {"site.toml": SITE})
    done = run_digest("build", *NOW, cwd=site, env={"PYTHONPATH": str(tmp_path / "without")})
    assert done.code == 0, done.err


def wait_until_it_indexes(build: "subprocess.Popen[bytes]") -> None:
    end_of_patience = time.monotonic() + 20
    while len(living(build.pid)) == 1:
        assert time.monotonic() < end_of_patience
        time.sleep(0.001)


@pytest.mark.parametrize("alone", [True, False])
def test_an_interrupt_leaves_nothing_running_and_the_old_site(
    tmp_path: Path, *, alone: bool
) -> None:
    site = make(tmp_path / "site")
    built(site)
    before = read_tree(site / "public")
    write_files(site, {A: article("First", body="Gamma.")})
    program = fake(tmp_path, f"touch {tmp_path}/runs; exec sleep 60")
    build = start_build(site, *NOW, env={PROGRAM: program})
    while not (tmp_path / "runs").exists():
        time.sleep(0.01)
    assert len(living(build.pid)) == 2
    said = end(build, signal.SIGINT, alone=alone)
    assert build.returncode == 130
    assert b"Traceback" not in said
    assert all_ended(build.pid, 2)
    assert read_tree(site / "public") == before


def test_a_build_killed_while_it_indexes_is_completed_by_the_next(tmp_path: Path) -> None:
    many = {f"content/{n}.md": article(f"P {n}", body=f"word{n} " * 300) for n in range(300)}
    site, other = make(tmp_path / "site", many), make(tmp_path / "other", many)
    built(other)
    for delay in (0, 0.05, 0.1, 0.2):
        shutil.rmtree(site / "public", ignore_errors=True)
        build = start_build(site, *NOW, "--jobs", "1")
        wait_until_it_indexes(build)
        time.sleep(delay)
        os.kill(build.pid, signal.SIGKILL)
        build.communicate(timeout=20)
        assert all_ended(build.pid, 5)
        done = run_digest("build", *NOW, cwd=site)
        assert done.code == 0, done.err
        assert read_tree(site / "public") == read_tree(other / "public")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("static/pagefind/pagefind.js", "ours"),
        ("static/Pagefind/new.js", "ours"),
        ("content/pages/pagefind.md", "---\ntitle: P\n---\n\nText.\n"),
        ("content/pages/search.md", "---\ntitle: P\n---\n\nText.\n"),
        ("content/c.md", article("C", extra="aliases: [/pagefind/old/]")),
    ],
)
def test_the_places_of_the_search_are_taken(tmp_path: Path, path: str, text: str) -> None:
    site = make(tmp_path, {**FILES, path: text})
    outcome = build_site(site)
    assert outcome.codes == ["url-collision"]
    assert path in outcome.text
    write_files(site, {"site.toml": SITE})
    assert build_site(site).ok


PAGE = (
    "<html lang=en><body><p data-pagefind-body data-pagefind-filter=tag:x>Words.</p></body></html>"
)


def test_what_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    monkeypatch.setenv(PROGRAM, fake(tmp_path, f"echo $$ > {tmp_path}/runs; exec sleep 60"))
    with pytest.raises(DigestError, match=r"not made the search index within 0\.5 seconds"):
        make_index([("page.html", tmp_path / "page.html")], "en", 0.5)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "runs").read_text()), 0)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("bm8=", "of an unknown form"),
        (
            base64.b64encode(b'{"payload": {"type": "Error", "message": "Bad page"}}').decode(),
            "Bad",
        ),
        (base64.b64encode(b'{"payload": {"type": "GetFiles", "files": []}}').decode(), "unknown"),
    ],
)
def test_answers_that_are_none_are_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, said: str
) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    script = f"printf '{answer},{answer},{answer},'; exec cat > /dev/null"
    monkeypatch.setenv(PROGRAM, fake(tmp_path, script))
    with pytest.raises(DigestError, match=said):
        make_index([("page.html", tmp_path / "page.html")], "en", 20)


def test_the_order_of_pages_is_that_of_the_index_whatever_the_disk_says(tmp_path: Path) -> None:
    names = [f"{number}.html" for number in range(30)]
    found = []
    for number in range(4):
        folder = tmp_path / str(number)
        for name in random.Random(number).sample(names, 30):  # noqa: S311 any order will do
            write_files(folder, {name: PAGE.replace("Words", f"Words of {name}")})
        found.append(make_index([(name, folder / name) for name in names], "en", 60))
    assert found[1:] == found[:-1]
