"""Disks that are full, read-only or elsewhere."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from digest.write.manifest import MANIFEST, STAGING
from support import NO_SEARCH, SITE, Run, article, make_site, read_tree, run_digest, write_files

A = "content/a.md"
NOW = ("--now", "2026-06-01")
WITH_SEARCH = SITE.removeprefix(NO_SEARCH)
SMALL = {f"content/{n}.md": article(f"Title {n}", body=f"Text {n}.") for n in range(5)}
LARGE = {f"content/large/{n}.md": article(f"Large {n}", body="word " * 9000) for n in range(60)}


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[Path]:
    """Give a small file system of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        ["mount", *options, str(folder)], capture_output=True, timeout=60, check=False
    )
    if done.returncode:
        pytest.skip(f"a file system cannot be mounted here: {done.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], timeout=60, check=True)


def small_disk(folder: Path, size: str) -> AbstractContextManager[Path]:
    return mounted(folder, "-t", "tmpfs", "-o", f"size={size}", "tmpfs")


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Make a folder read-only for everyone, root included."""
    with mounted(folder, "--bind", str(folder)):
        remount = ["mount", "-o", "remount,bind,ro", str(folder)]
        subprocess.run(remount, timeout=60, check=True)
        yield


def build(site: Path, *arguments: object) -> Run:
    return run_digest("build", *NOW, *arguments, cwd=site)


def clean_tree(site: Path, folder: Path) -> dict[str, bytes]:
    """Return what a build of a copy of the site makes."""
    copy = folder / "copy"
    keep = shutil.ignore_patterns("public", ".digest")
    shutil.copytree(site, copy, ignore=keep)
    assert build(copy).code == 0
    tree = read_tree(copy / "public")
    shutil.rmtree(copy)
    return tree


def assert_refused(done: Run, output: Path) -> None:
    """Check that there is one error of the disk, with its place."""
    assert done.code == 1, done.err
    assert done.err.count("error[") == 1
    assert "error[disk]" in done.err
    assert str(output) in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_full_output_disk_leaves_the_old_site_whole(tmp_path: Path, jobs: int) -> None:
    site = make_site(tmp_path / "site", SMALL)
    with small_disk(tmp_path / "out", "1m") as output:
        options = ("--output", output, "--jobs", jobs)
        assert build(site, *options).code == 0
        old = read_tree(output)
        write_files(site, {A: article("New"), **LARGE})
        assert_refused(build(site, *options), output)
        assert read_tree(output) == old
        assert not (output / STAGING).exists()
        shutil.rmtree(site / "content/large")
        assert build(site, *options).code == 0
        assert read_tree(output) == clean_tree(site, tmp_path)


def test_a_first_build_on_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", LARGE)
    with small_disk(tmp_path / "out", "1m") as output:
        done = build(site, "--output", output)
        assert_refused(done, output)
        assert "No space left" in done.err
        assert list(output.iterdir()) == []
        assert_refused(build(site, "--output", output / "deep/er"), output)


def test_an_index_that_has_no_room_leaves_the_old_site_whole(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", SMALL)
    whole = clean_tree(make_site(tmp_path / "with", SMALL, WITH_SEARCH), tmp_path)
    least = sum(-(-len(data) // 4096) * 4 for data in clean_tree(site, tmp_path).values())
    refused = []
    for room in range(least + 60, least + 760, 100):
        with small_disk(tmp_path / "out", f"{room}k") as output:
            options = ("--output", output)
            write_files(site, {"site.toml": SITE})
            assert build(site, *options).code == 0
            old = read_tree(output)
            write_files(site, {"site.toml": WITH_SEARCH})
            done = build(site, *options)
            assert "Traceback" not in done.err
            assert read_tree(output) == (old if done.code else whole)
            assert not (output / STAGING).exists()
            refused.append(done.code == 1)
    assert refused == sorted(refused, reverse=True)
    assert set(refused) == {True, False}


@pytest.mark.parametrize("first", [True, False], ids=["first", "later"])
def test_no_size_of_disk_breaks_a_site(tmp_path: Path, first: bool) -> None:  # noqa: FBT001
    """Halve the way to the least room that is enough, then go a few blocks back."""
    site = make_site(tmp_path / "site", SMALL)
    old = tmp_path / "old"
    old.mkdir()
    if not first:
        assert build(site, "--output", old).code == 0
    write_files(site, {f"content/{n}.md": article(f"N {n}", body="w " * 900) for n in range(5)})
    whole = clean_tree(site, tmp_path)
    with small_disk(tmp_path / "out", "4m") as disk:
        output = disk / "public"
        low, high = 0, 256
        assert not fits(site, output, (old, whole), low)
        assert fits(site, output, (old, whole), high)
        while high - low > 1:
            middle = (low + high) // 2
            enough = fits(site, output, (old, whole), middle)
            low, high = (low, middle) if enough else (middle, high)
        assert not any(fits(site, output, (old, whole), low - back) for back in range(1, 5))


def fits(site: Path, output: Path, trees: tuple[Path, dict[str, bytes]], blocks: int) -> bool:
    """Return whether a build had enough room in some blocks; if not, the old site must be whole."""
    old, whole = trees
    shutil.rmtree(output, ignore_errors=True)
    shutil.copytree(old, output)
    disk = os.statvfs(output)
    taken = output.parent / "theirs"
    taken.write_bytes(b"x" * (disk.f_bavail * disk.f_frsize - 4096 * blocks))
    done = build(site, "--output", output, "--jobs", "1")
    taken.unlink()
    if done.code:
        assert_refused(done, output)
        assert "No space left" in done.err
    assert read_tree(output) == (read_tree(old) if done.code else whole)
    return done.code == 0


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_full_cache_disk_costs_the_cache_alone(tmp_path: Path, jobs: int) -> None:
    site = make_site(tmp_path / "site", SMALL)
    with small_disk(site / ".digest", "128k"):
        assert build(site).code == 0
        write_files(site, LARGE)
        clean = clean_tree(site, tmp_path)
        done = build(site, "--jobs", jobs)
        assert (done.code, done.err) == (0, "")
        assert done.out.count("notice: ") == 1
        assert "full; nothing is kept" in done.out
        assert read_tree(site / "public") == clean
        shutil.rmtree(site / "content/large")
        assert "notice: " not in build(site).out
        assert read_tree(site / "public") == clean_tree(site, tmp_path)
        assert "pages rendered" not in build(site).out


def test_a_cache_disk_without_any_room_costs_the_cache_alone(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", SMALL)
    with small_disk(site / ".digest", "8k") as cache:
        (cache / "full").write_bytes(b"x" * 4096)
        done = build(site)
        assert (done.code, done.out.count("notice: ")) == (0, 1)
        assert read_tree(site / "public") == clean_tree(site, tmp_path)


def test_a_read_only_output_is_an_error_of_the_disk(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", SMALL)
    assert build(site).code == 0
    output = site / "public"
    old = read_tree(output)
    with read_only(output):
        assert "pages rendered" not in build(site).out
        write_files(site, {A: article("New")})
        assert_refused(build(site), output)
        assert read_tree(output) == old
    assert build(site).code == 0
    assert read_tree(output) == clean_tree(site, tmp_path)


def test_a_read_only_place_for_the_output_is_an_error_of_the_disk(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", SMALL)
    assert build(site, "--output", tmp_path / "place/public").code == 0
    shutil.rmtree(tmp_path / "place/public")
    with read_only(tmp_path / "place"):
        assert_refused(build(site, "--output", tmp_path / "place/public"), tmp_path / "place")


def test_the_output_may_lie_on_another_file_system(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", SMALL)
    with small_disk(tmp_path / "out", "8m") as disk:
        output = disk / "deep" / "public"
        assert build(site, "--output", output).code == 0
        assert output.stat().st_dev != site.stat().st_dev
        write_files(site, {A: article("New")})
        done = build(site, "--output", output)
        assert re_written(done) < len(read_tree(output))
        assert read_tree(output) == clean_tree(site, tmp_path)
        (site / A).unlink()
        assert build(site, "--output", output).code == 0
        assert read_tree(output) == clean_tree(site, tmp_path)


def re_written(done: Run) -> int:
    """Return the number of files that a build says it has written."""
    return int(done.out.partition(" written")[0].split()[-1].replace(",", ""))


@pytest.mark.parametrize("known", [False, True], ids=["first", "after a build"])
def test_a_read_only_site_can_be_built_elsewhere(tmp_path: Path, known: bool) -> None:  # noqa: FBT001
    site = make_site(tmp_path / "site", SMALL)
    output = tmp_path / "public"
    clean = clean_tree(site, tmp_path)
    if known:
        write_files(site, {A: article("Old")})
        assert build(site, "--output", output).code == 0
        (site / A).unlink()
    with read_only(site):
        done = build(site, "--output", output)
        assert (done.code, done.err) == (0, "")
        assert done.out.count("notice: .digest/ cannot be used: ") == 1
        assert read_tree(output) == clean
        assert (site / ".digest").exists() == known
        assert list(output.glob(".*")) == [output / MANIFEST]


def test_no_spare_cache_is_left(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {**SMALL, ".digest": "mine"})
    spare = tmp_path / "tmp"
    spare.mkdir()
    done = run_digest("build", cwd=site, env={"TMPDIR": str(spare)})
    assert (done.code, done.out.count("notice: ")) == (0, 1)
    assert list(spare.iterdir()) == []
    write_files(site, {A: "---\ntitle: No date\n---\n"})
    assert run_digest("build", cwd=site, env={"TMPDIR": str(spare)}).code == 1
    assert list(spare.iterdir()) == []
