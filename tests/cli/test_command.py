import json
import os
import pty
import re
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from processes import all_ended, end, living, start_build
from support import article, make_site, read_tree, run_digest, write_files

A = "content/a.md"


def test_the_summary_says_what_was_done(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: article(), "content/b.md": article("D", extra="status: draft")})
    done = run_digest("build", cwd=site)
    assert done.code == 0
    assert done.err == ""
    assert re.match(
        "16 pages: 404, 1 article, corrections, 1 data file, 1 entity, 2 feeds, home, llms.txt, "
        "robots, 1 sitemap",
        done.out,
    )
    assert "written, 0 unchanged, 0 deleted\n" in done.out
    assert "held back: content/b.md (draft)\n" in done.out
    assert re.search(r"public is up to date after \d+\.\d\d seconds\n$", done.out)


def test_json_is_one_object_with_summary_and_findings(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: article(date="2023"), "content/b.md": article(date="2030")})
    write_files(site, {"content/c.md": '---\ntitle: "C"\ndate: 2023\n---\n'})
    done = run_digest("build", "--json", "--now", "2026-01-01", cwd=site)
    result = json.loads(done.out)
    assert (done.code, done.err) == (0, "")
    assert result["ok"] is True
    assert result["pages"]["article"] == 2
    assert {"written", "unchanged", "deleted", "seconds", "output", "assets"} <= set(result)
    assert result["held"][0]["reason"] == "scheduled"
    assert result["held"][0]["until"] == "2030-01-01T00:00:00Z"
    assert [item["code"] for item in result["diagnostics"]] == ["empty-body"]


def test_json_of_a_failure_has_the_places(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: article(date="never")})
    done = run_digest("build", "--json", cwd=site)
    result = json.loads(done.out)
    assert (done.code, result["ok"]) == (1, False)
    assert result["diagnostics"][0] == {
        "severity": "error",
        "code": "date-format",
        "message": "'date' must be YYYY-MM-DD, got 'never'",
        "path": A,
        "line": 3,
        "column": 7,
        "source": "date: never",
        "hint": "write YYYY-MM-DD, or YYYY-MM or YYYY where no more is known",
    }


def test_an_error_is_shown_with_its_line(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: article(date="01/05/2024")})
    done = run_digest("build", cwd=site)
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        "content/a.md:3:7: error[date-format]: 'date' must be YYYY-MM-DD, got '01/05/2024'\n"
        "  3 | date: 01/05/2024\n"
        "  hint: write 2024-05-01 or 2024-01-05\n"
    )


def test_strict_turns_warnings_into_errors(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: article(extra="entities: [Nobody Ltd]")})
    assert run_digest("build", cwd=site).code == 0
    done = run_digest("build", "--strict", cwd=site)
    assert done.code == 1
    assert "content/entities/nobody-ltd.md" in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--base-url", "nonsense"],
        ["build", "--now", "tomorrow"],
        ["build", "--jobs", "0"],
        ["build", "--nope"],
        ["bild"],
        [],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_said_without_a_traceback(tmp_path: Path, arguments: list[str]) -> None:
    done = run_digest(*arguments, cwd=tmp_path)
    assert done.code == 2
    assert "Usage: digest" in done.err
    assert "Traceback" not in done.err


def test_no_site_is_one_line_and_a_hint(tmp_path: Path) -> None:
    done = run_digest("build", cwd=tmp_path)
    assert done.code == 1
    assert "no-site" in done.err
    assert "--site" in done.err


def test_a_build_from_a_folder_inside_the_site(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/2023/a.md": article()})
    assert run_digest("build", cwd=site / "content/2023").code == 0
    assert (site / "public/index.html").is_file()
    assert run_digest("build", "--site", site, "--output", "here", cwd=tmp_path).code == 0
    assert read_tree(tmp_path / "here") == read_tree(site / "public")


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"]], ids=" ".join)
def test_help_has_examples(tmp_path: Path, arguments: list[str]) -> None:
    done = run_digest(*arguments, cwd=tmp_path)
    assert done.code == 0
    assert "Examples:\n" in done.out
    assert "digest build --" in done.out


def test_the_version_costs_little(tmp_path: Path) -> None:
    costs = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = run_digest("--version", cwd=tmp_path, env={"COVERAGE_PROCESS_CONFIG": ""})
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        costs.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        assert re.fullmatch(r"digest \d+\.\d+\.\d+\n", done.out)
    assert min(costs) < 0.15


def make_long_site(folder: Path) -> Path:
    return make_site(folder, {f"content/{n}.md": article(f"T {n}") for n in range(1200)})


def test_long_work_is_told_in_plain_lines_to_a_log(tmp_path: Path) -> None:
    done = run_digest("build", cwd=make_long_site(tmp_path))
    assert done.code == 0
    assert done.err == "reading 1,200 files\nrendering 1,216 files\n"


def test_long_work_shows_a_bar_to_a_person(tmp_path: Path) -> None:
    site = make_long_site(tmp_path)
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "digest", "build"],
        cwd=site,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "80"},
    ) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            shown += part
        assert process.wait() == 0
    os.close(ours)
    assert b"reading" in shown
    assert b"100%" in shown


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("known", [False, True], ids=["first", "after edits"])
def test_ctrl_c_ends_the_build_and_leaves_the_site(
    tmp_path: Path, jobs: str, *, known: bool
) -> None:
    site = make_site(tmp_path, {A: article()})
    if known:
        assert run_digest("build", cwd=site).code == 0
    before = read_tree(site / "public")
    make_long_site(tmp_path)
    process = start_build(site, "--jobs", jobs)
    assert process.stderr is not None
    assert re.fullmatch(rb"reading 1,20[01] files\n", process.stderr.readline())
    assert len(living(process.pid)) >= int(jobs)
    err = end(process, signal.SIGINT)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert b"interrupted" in err
    assert all_ended(process.pid, 5)
    assert read_tree(site / "public") == before
    assert (site / "public").exists() == known
    assert run_digest("build", cwd=site).code == 0


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_pages_are_rendered_leaves_the_site(
    tmp_path: Path, signum: signal.Signals
) -> None:
    site = make_long_site(tmp_path)
    process = start_build(site, "--jobs", "2")
    assert process.stderr is not None
    assert process.stderr.readline() == b"reading 1,200 files\n"
    assert process.stderr.readline() == b"rendering 1,216 files\n"
    end(process, signum, alone=True)
    assert process.returncode in {130, -signum}
    assert all_ended(process.pid, 5)
    left = {path: data for path, data in read_tree(site / "public").items() if path[0] != "."}
    assert run_digest("build", cwd=site).code == 0
    assert left.items() <= read_tree(site / "public").items()
    assert not (site / "public/.digest-staging").exists()


def test_a_killed_worker_harms_nothing(tmp_path: Path) -> None:
    site = make_long_site(tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-m", "digest", "build", "--jobs", "2"],
        cwd=site,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    workers: list[str] = []
    while not workers and process.poll() is None:
        workers = children.read_text().split()
    os.kill(int(workers[0]), signal.SIGKILL)
    _, err = process.communicate(timeout=20)
    assert (process.returncode, err.count(b"Traceback")) == (0, 0)
    assert len(list((site / "public" / "2023").rglob("index.html"))) == 1200
