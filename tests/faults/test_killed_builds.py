"""A build that is killed at any moment leaves whole files, and the next one completes it."""

import os
import random
import shutil
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from digest.write.manifest import STAGING, read_manifest
from images import picture
from processes import all_ended, start_build
from support import article, make_site, read_tree, run_digest, write_files

NOW = ("--now", "2026-06-01")
ARTICLES = 110
KILLS = 25
"""At each of two kinds of moment, of each of two kinds of build."""
LANES = 2

Tree = dict[str, bytes]


def write_content(site: Path, *, edited: bool) -> None:
    """Write the one or the other state of the content of a site."""
    shutil.rmtree(site / "content", ignore_errors=True)
    files = {}
    for number in range(ARTICLES):
        moved = edited and number % 10 == 0
        title = f"Moved {number}" if moved else f"Title {number}"
        body = f"Netflix hired {number} people.\n\n" + ("New text.\n" if edited else "Text.\n") * 9
        tags = f"tags: [tag-{number % 7}]\nentities: [Netflix]"
        files[f"content/{number}.md"] = article(title, f"2024-03-{number % 28 + 1:02}", body, tags)
    if edited:
        del files["content/5.md"]
    image = picture() + (b"new" if edited else b"old")
    write_files(site, {**files, "content/picture.png": image, "static/s.txt": image})


class Lane:
    """A site that is built again and again; several lanes run side by side."""

    def __init__(self, folder: Path, trees: tuple[Tree, Tree]) -> None:
        self.site = make_site(folder, {})
        self.output = folder / "public"
        self.trees = trees
        self.edited = False
        write_content(self.site, edited=False)
        assert run_digest("build", *NOW, cwd=self.site).code == 0

    def prepare(self, *, first: bool) -> Tree:
        """Make the next build a first one, or one after edits; return what stands there."""
        if first:
            shutil.rmtree(self.output)
            shutil.rmtree(self.site / ".digest")
            return {}
        self.edited = not self.edited
        write_content(self.site, edited=self.edited)
        return self.trees[not self.edited]

    def kill(self, delay: float, *, first: bool, late: bool) -> bool:
        """Kill a build after a delay, `late` from its first visible act on; check what is left.

        Returns whether it was killed before its end.
        """
        old, new = self.prepare(first=first), self.trees[self.edited]
        build = start_build(self.site, *NOW, "--jobs", "2")
        if late:
            self.await_staging(build)
        time.sleep(delay)
        os.kill(build.pid, signal.SIGKILL)
        build.communicate(timeout=60)
        assert all_ended(build.pid, 5)
        self._check_left(old, new)
        done = run_digest("build", *NOW, "--jobs", "1", cwd=self.site)
        assert (done.code, done.err) == (0, "")
        assert "notice" not in done.out
        assert read_tree(self.output) == new
        assert [path.name for path in (self.site / ".digest").iterdir()] == ["cache.sqlite"]
        return build.returncode == -signal.SIGKILL

    def await_staging(self, build: subprocess.Popen[bytes]) -> None:
        while build.poll() is None and not (self.output / STAGING).exists():
            time.sleep(0.001)

    def _check_left(self, old: Tree, new: Tree) -> None:
        shutil.rmtree(self.output / STAGING, ignore_errors=True)
        left = read_tree(self.output)
        owned = read_manifest(self.output).files.keys()
        pages = [path for path in left if not path.startswith(".digest")]
        assert all(left[path] in (old.get(path), new.get(path)) for path in pages)
        assert set(pages) <= owned
        assert {path for path in old.keys() & new.keys() if path not in left} == set()


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tree, Tree]:
    """Return what builds of both states make that nobody disturbs."""
    both = []
    for edited in (False, True):
        site = make_site(tmp_path_factory.mktemp("clean"), {})
        write_content(site, edited=edited)
        assert run_digest("build", *NOW, cwd=site).code == 0
        both.append(read_tree(site / "public"))
    return both[0], both[1]


@pytest.fixture(scope="module")
def lanes(tmp_path_factory: pytest.TempPathFactory, trees: tuple[Tree, Tree]) -> list[Lane]:
    return [Lane(tmp_path_factory.mktemp("lane"), trees) for _ in range(LANES)]


def time_of_build(lane: Lane, *, first: bool, late: bool) -> float:
    """Return how long a build takes, or its visible part."""
    lane.prepare(first=first)
    build = start_build(lane.site, *NOW, "--jobs", "2")
    if late:
        lane.await_staging(build)
    started = time.monotonic()
    build.communicate(timeout=60)
    assert build.returncode == 0
    return time.monotonic() - started


@pytest.mark.parametrize("late", [False, True], ids=["any moment", "while it writes"])
@pytest.mark.parametrize("first", [True, False], ids=["first build", "after edits"])
def test_a_build_killed_at_any_moment(lanes: list[Lane], *, first: bool, late: bool) -> None:
    whole = time_of_build(lanes[0], first=first, late=late)
    chance = random.Random(11)  # noqa: S311 the same moments in every run
    delays = [whole * (number + chance.random()) / KILLS for number in range(KILLS)]
    shares = [delays[number::LANES] for number in range(LANES)]

    def run(lane: Lane, share: list[float]) -> int:
        return sum(lane.kill(delay, first=first, late=late) for delay in share)

    with ThreadPoolExecutor(LANES) as pool:
        killed = sum(pool.map(run, lanes, shares))
    assert killed > KILLS // 2
