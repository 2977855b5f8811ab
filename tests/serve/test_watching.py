"""When the files of a site count as changed, and when a save as over."""

import os
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.serve.tree import Tree, look_again, look_at
from digest.serve.watch import Watcher
from digest.serve.writing import LONG_QUIET, OPEN_QUIET, QUIET, is_git_at_work, quiet_time
from support import article, make_site, write_files


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {f"content/{name}/x.md": article(name) for name in "abc"}
    return make_site(tmp_path / "site", {**files, "static/x.txt": "x", "templates/x.html": "x"})


class _NoEvents:
    """What a file system gives that tells nobody of changes."""

    fault = ""

    def __init__(self, _folders: object, _wake: object) -> None:
        pass

    def take(self) -> frozenset[str]:
        return frozenset()

    def close(self) -> None:
        pass


def wait(watcher: Watcher, tree: Tree, seconds: float) -> Tree:
    end = time.monotonic() + seconds
    return watcher.wait(tree, lambda: time.monotonic() > end)


def test_every_file_of_a_site_is_looked_at(site: Path) -> None:
    write_files(
        site, {"public/x.html": "x", "content/.x.md.swp": "x", "notes.md": "x", ".git/x": "x"}
    )
    assert sorted(look_at(site).names.values()) == [
        "content/a/x.md",
        "content/b/x.md",
        "content/c/x.md",
        "site.toml",
        "static/x.txt",
        "templates/x.html",
    ]


def test_looking_alone_is_enough(site: Path) -> None:
    watcher = Watcher(site, _NoEvents)
    tree = watcher.begin(look_at(site))
    for number in range(3):
        file = site / "content/a/x.md"
        threading.Timer(0.2, file.write_text, [article(f"Number {number}")]).start()
        began = time.monotonic()
        new = wait(watcher, tree, 10)
        assert new.changed_since(tree) == {str(file)}
        assert time.monotonic() - began < (2.5 if number == 0 else 1.5)
        tree = new
    watcher.close()


def test_nothing_is_no_change(site: Path) -> None:
    watcher = Watcher(site)
    tree = watcher.begin(look_at(site))
    began = time.monotonic()
    assert wait(watcher, tree, 1.5) == tree
    assert 1.4 < time.monotonic() - began < 2.5
    watcher.close()


def test_folders_that_come_and_go_are_followed(site: Path) -> None:
    watcher = Watcher(site)
    tree = watcher.begin(look_at(site))
    steps: list[Callable[[], object]] = [
        lambda: shutil.rmtree(site / "templates"),
        lambda: write_files(site, {"templates/new/y.html": "y"}),
        lambda: (site / "content").rename(site / "content-old"),
        lambda: write_files(site, {"content/z.md": article()}),
        (site / "site.toml").unlink,
        lambda: write_files(site, {"site.toml": "x"}),
        lambda: write_files(site, {"templates/new/y.html": "z"}),
        lambda: (site / "static/link.txt").symlink_to("x.txt"),
        lambda: write_files(site, {"static/x.txt": "xx"}),
    ]
    for number, step in enumerate(steps):
        step()
        new = wait(watcher, tree, 10)
        assert new != tree, number
        tree = new
    assert str(site / "static/link.txt") in tree.stamps
    watcher.close()


def test_a_wait_can_be_ended(site: Path) -> None:
    watcher = Watcher(site)
    tree = watcher.begin(look_at(site))
    threading.Timer(0.2, watcher.call).start()
    began = time.monotonic()
    assert watcher.wait(tree) == tree
    assert time.monotonic() - began < 2
    watcher.close()


def test_somebody_writes(site: Path) -> None:
    before = look_at(site)
    file = site / "content/a/x.md"

    def quiet() -> float:
        now = look_at(site)
        return quiet_time(before, now, now.changed_since(before), 2)

    with file.open("a") as opened:
        opened.write("more")
        opened.flush()
        assert quiet() == OPEN_QUIET
    assert quiet() == QUIET
    with file.open():
        assert quiet() == QUIET


def test_half_a_save_is_given_more_time(site: Path) -> None:
    before = look_at(site)
    file = site / "content/a/x.md"

    def quiet() -> float:
        now = look_at(site)
        return quiet_time(before, now, now.changed_since(before), 1)

    assert quiet() == QUIET
    file.write_text("new")
    assert quiet() == QUIET
    file.write_text("")
    assert quiet() == LONG_QUIET
    file.unlink()
    assert quiet() == LONG_QUIET
    write_files(site, {"content/a/x.md": article()})
    (site / "content/b").rename(site / "content/d")
    assert quiet() == QUIET


def test_git_is_waited_for(site: Path) -> None:
    lock = site.parent / ".git/index.lock"
    assert not is_git_at_work(site)
    write_files(site.parent, {".git/index.lock": ""})
    assert is_git_at_work(site)
    os.utime(lock, (0, 0))
    assert not is_git_at_work(site)
    lock.unlink()
    assert not is_git_at_work(site)
    write_files(site, {".git": "gitdir: ../elsewhere\n"})
    assert not is_git_at_work(site)
    write_files(site.parent, {"elsewhere/index.lock": ""})
    assert is_git_at_work(site)


def test_a_file_is_looked_at_again_alone(site: Path) -> None:
    tree = look_at(site)
    file = str(site / "content/a/x.md")
    assert look_again(tree, [file]) is tree
    assert look_again(tree, [str(site / "content/a/.x.md.1234")]) is tree
    Path(file).write_text("other")
    again = look_again(tree, [file])
    assert again is not None
    assert again.changed_since(tree) == {file}
    assert again == look_at(site)
    write_files(site, {"content/a/new.md": "x"})
    assert look_again(tree, [str(site / "content/a/new.md")]) is None
    shutil.rmtree(site / "content/b")
    assert look_again(tree, [str(site / "content/b")]) is None
    assert look_again(tree, [str(site / "content/b/x.md")]) is None
