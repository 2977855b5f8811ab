"""Many builds at once, few means, other orders: the same bytes."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from digest.write.manifest import STAGING
from processes import all_ended, start_build
from support import article, build_site, make_site, read_tree, run_digest, write_files

NOW = ("--now", "2026-06-01")


def content(number: int) -> dict[str, str]:
    """Return articles with names, tags, figures and links to each other."""
    files = {"content/entities/netflix.md": "---\nname: Netflix\n---\n\nA company.\n"}
    for at in range(number):
        tags = f"tags: [tag-{at % 5}, tag-{at % 3}]\nentities: [Union {at % 4}, Guild {at % 6}]"
        body = (
            f"Netflix cut {at + 2} jobs, said Union {at % 4}.\n\nSee [one]({(at * 7) % number}.md)."
        )
        files[f"content/{at}.md"] = article(f"Title {at}", f"2024-02-{at % 28 + 1:02}", body, tags)
    return files


def clean_tree(site: Path, folder: Path) -> dict[str, bytes]:
    """Return what a build without a cache makes."""
    assert build_site(site, output=folder / "clean", cache=folder / "none").ok
    return read_tree(folder / "clean")


def wait_for(builds: list[subprocess.Popen[bytes]]) -> list[int]:
    """Return the exit codes of builds, once none of their processes is left."""
    for build in builds:
        build.communicate(timeout=120)
        assert all_ended(build.pid, 5)
    return [build.returncode for build in builds]


@pytest.mark.parametrize("known", [False, True], ids=["first", "after edits"])
def test_ten_builds_at_once_make_one_site(tmp_path: Path, *, known: bool) -> None:
    site = make_site(tmp_path / "site", content(60))
    if known:
        assert run_digest("build", *NOW, cwd=site).code == 0
        write_files(site, {"content/3.md": article("New")})
    builds = [start_build(site, *NOW, "--jobs", str(1 + number % 2)) for number in range(10)]
    assert wait_for(builds) == [0] * 10
    assert read_tree(site / "public") == clean_tree(site, tmp_path)
    assert not (site / "public" / STAGING).exists()
    assert "pages rendered" not in run_digest("build", *NOW, cwd=site).out


def test_ten_clean_builds_and_edits_at_once_make_one_site(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", content(60))
    builds = []
    for number in range(5):
        write_files(site, {"content/3.md": article(f"Number {number}")})
        builds += [start_build(site, *NOW, "--clean"), start_build(site, *NOW)]
        time.sleep(0.1)
    assert wait_for(builds) == [0] * 10
    assert run_digest("build", *NOW, cwd=site).code == 0
    assert read_tree(site / "public") == clean_tree(site, tmp_path)


def test_where_the_one_at_work_is_killed_the_others_go_on(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", content(150))
    first = start_build(site, *NOW, "--jobs", "2")
    while not (site / ".digest").exists():
        time.sleep(0.001)
    others = [start_build(site, *NOW, "--jobs", "2") for _ in range(4)]
    while first.poll() is None and not (site / "public" / STAGING).exists():
        time.sleep(0.001)
    os.kill(first.pid, signal.SIGKILL)
    assert wait_for([first, *others]) == [-signal.SIGKILL, 0, 0, 0, 0]
    assert read_tree(site / "public") == clean_tree(site, tmp_path)


def test_two_sites_may_share_an_output_folder_in_turn(tmp_path: Path) -> None:
    sites = [make_site(tmp_path / name, content(20 + len(name))) for name in ("one", "another")]
    options = ("--output", tmp_path / "public")
    assert wait_for([start_build(site, *NOW, *options) for site in sites * 3]) == [0] * 6
    for site in sites:
        assert run_digest("build", *NOW, *options, cwd=site).code == 0
        assert read_tree(tmp_path / "public") == clean_tree(site, tmp_path)
        shutil.rmtree(tmp_path / "none")


def test_few_open_files_are_enough(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", content(300))
    command = f"ulimit -n 64; exec {sys.executable} -m digest build --jobs 2 {' '.join(NOW)}"
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=site,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert read_tree(site / "public") == clean_tree(site, tmp_path)


def test_neither_hash_seed_nor_jobs_show_in_a_byte(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", content(120))
    expected = clean_tree(site, tmp_path)
    runs = [({"PYTHONHASHSEED": str(seed)}, 1 + 7 * (seed % 2)) for seed in range(5)]
    for env, jobs in runs:
        done = run_digest("build", *NOW, "--clean", "--jobs", jobs, cwd=site, env=env)
        assert done.code == 0
        assert read_tree(site / "public") == expected
        shutil.rmtree(site / "public")


def test_files_that_were_made_in_another_order_make_the_same_site(tmp_path: Path) -> None:
    files = content(60)
    trees = []
    for number in range(4):
        order = list(files)
        random.Random(number).shuffle(order)  # noqa: S311 any order will do
        site = make_site(tmp_path / f"site-{number}", {name: files[name] for name in order})
        assert build_site(site).ok
        trees.append(read_tree(site / "public"))
    assert trees[1:] == trees[:-1]


def test_a_strict_umask_is_kept_and_changes_no_byte(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", content(60))
    command = f"umask 077; exec {sys.executable} -m digest build --jobs 2 {' '.join(NOW)}"
    done = subprocess.run(["sh", "-c", command], cwd=site, timeout=120, check=False)
    assert done.returncode == 0
    assert read_tree(site / "public") == clean_tree(site, tmp_path)
    assert {path.stat().st_mode & 0o077 for path in (site / "public").rglob("*")} == {0}
    assert run_digest("build", *NOW, cwd=site).code == 0


def test_two_output_folders_of_a_site_are_both_remembered(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", content(30))
    outputs = [tmp_path / "one", tmp_path / "two"]
    for output in outputs:
        assert build_site(site, output=output).ok
    for output in outputs * 2:
        built = build_site(site, output=output)
        assert built.report is not None
        assert (built.report.rendered, built.report.written) == ({}, ())
    write_files(site, {"content/3.md": article("Title 3", "2024-02-04", "Other text.")})
    for output in outputs:
        built = build_site(site, output=output)
        assert built.report is not None
        assert 0 < len(built.report.written) < 30
        assert built.report.rendered.keys() == {"other content"}
    assert read_tree(outputs[0]) == read_tree(outputs[1]) == clean_tree(site, tmp_path)


def test_a_long_site_is_looked_at_by_two_processes_and_stays_right(tmp_path: Path) -> None:
    texts = {
        f"content/{n}.txt": f"date 2023-01-{n % 28 + 1:02}\n\nPiece {n}.\n" for n in range(1200)
    }
    site = make_site(tmp_path, texts)
    assert run_digest("build", "--jobs", "2", cwd=site).code == 0
    (site / "content/7.txt").write_text("date 2023-01-08\n\nAnother piece.\n")
    (site / "content/8.txt").write_text("date\n")
    assert run_digest("build", "--jobs", "2", cwd=site).code == 1
    (site / "content/8.txt").unlink()
    altered, gone = site / "public/2023/01/10/piece-9/index.html", site / "public/tags/index.html"
    altered.write_text("not ours")
    gone.unlink()
    done = run_digest("build", "--jobs", "2", "--verify", cwd=site)
    assert (done.code, done.err.count("error")) == (0, 0)
    assert "2 altered on disk" in done.out
    assert b"not ours" not in altered.read_bytes()
    assert gone.exists()
