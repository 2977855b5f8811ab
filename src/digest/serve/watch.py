"""Waiting for a save, and for its end.

That a file has changed is told by looking at all of them again and again; events only say when it
is worth while to look. Watching goes on in one thread, that of the caller.
"""

import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from digest.config.load import FILE
from digest.load.files import is_litter
from digest.serve.events import Events
from digest.serve.tree import FOLDERS, Tree, look_again, look_at
from digest.serve.writing import LONGEST, QUIET, is_git_at_work, quiet_time

_TICK = 0.1
"""Seconds between two looks at `site.toml` and at events; every file is looked at less often."""

_STEP = 0.01
_OFTEN, _SELDOM = 0.3, 1.0
"""Seconds between two looks at all files: without events, and with them."""

_SHARE = 20
"""Looking at all files takes at most one part in so many of the time."""


class Hints(Protocol):
    """What knows that files may have changed; see `Events`."""

    @property
    def fault(self) -> str:
        """Return why there are none, or nothing."""

    def take(self) -> frozenset[str]:
        """Return the paths that were named since the last call."""

    def close(self) -> None:
        """End."""


MakeHints = Callable[[Sequence[str], Callable[[], object]], Hints]


class Watcher:
    """Watches the files of a site.

    Args:
        site: Its folder.
        make_events: What tells of changes in folders, and calls a function when it has some.
    """

    def __init__(self, site: Path, make_events: MakeHints = Events) -> None:
        self._wake = threading.Event()
        self._called = False
        self._make_events = make_events
        self._site = site.resolve()
        self._settings = str(self._site / FILE)
        self._events: Hints | None = None
        self._watched: tuple[tuple[str, int], ...] = ()
        self._interval = _OFTEN
        self._looked = 0.0
        self._heard = False
        self._missed = False

    def close(self) -> None:
        """End what runs beside."""
        if self._events:
            self._events.close()
        self._events = None

    @property
    def notices(self) -> tuple[str, ...]:
        """Return what a person should know of how the site is watched."""
        fault = self._events.fault if self._events else ""
        return (f"no events of the file system: {fault}; looking often instead",) if fault else ()

    def look(self) -> Tree:
        """Return all files now."""
        began = time.perf_counter()
        tree = look_at(self._site)
        least = _OFTEN if self._missed or self.notices or not self._events else _SELDOM
        self._interval = max(least, _SHARE * (time.perf_counter() - began))
        self._looked = time.monotonic()
        return tree

    def begin(self, before: Tree) -> Tree:
        """Return all files once nobody writes those that are other than before, and watch on."""
        self._follow()
        return self._settle(before, self.look())

    def wait(self, before: Tree, is_due: Callable[[], bool] = lambda: False) -> Tree:
        """Return the files when they are other than `before` and nobody writes them any more.

        The same files come back where `is_due` says so, which is asked ten times a second, or where
        `call` was called.
        """
        while True:
            self._wake.wait(_TICK)
            self._wake.clear()
            moved = self._follow()
            tree = look_again(before, {*self._take(), self._settings})
            if tree is None or moved or time.monotonic() - self._looked > self._interval:
                tree = self.look()
            if tree is not before and tree != before:
                return self._settle(before, tree)
            if self._called or is_due():
                self._called = False
                return before

    def call(self) -> None:
        """Have a wait end at once; any thread may do so."""
        self._called = True
        self._wake.set()

    def _take(self) -> list[str]:
        """Return the paths on the disk that events have named, without those never read."""
        paths = self._events.take() if self._events else ()
        self._heard |= bool(paths)
        start = len(str(self._site)) + 1
        return [path for path in paths if not any(map(is_litter, path[start:].split("/")))]

    def _settle(self, before: Tree, tree: Tree) -> Tree:
        """Return the files once a save is over that has begun."""
        after = self._wait_for_end(before, tree)
        if after.changed_since(before) - {self._settings}:
            # Where no event has told of a change, events are not to be relied on.
            self._missed = not self._heard
        self._heard = False
        return after

    def _wait_for_end(self, before: Tree, tree: Tree) -> Tree:
        began = time.monotonic()
        still = began - _known_age(before, tree)
        times = 1
        while time.monotonic() - began < LONGEST and not self._called:
            changed = tree.changed_since(before)
            if time.monotonic() - still >= quiet_time(before, tree, changed, times):
                now = self._look_last(tree, before, changed)
                if now == tree and not is_git_at_work(self._site):
                    return now
            else:
                now = look_again(tree, changed.union(self._take())) or self.look()
            if now != tree:
                tree, still, times = now, time.monotonic(), times + 1
            time.sleep(_STEP)
        return self.look()

    def _look_last(self, tree: Tree, before: Tree, changed: frozenset[str]) -> Tree:
        """Return the files at the end of a save.

        Where events have told of an edit, those files alone are looked at, which takes less time;
        what else may have changed is found by the next look at all.
        """
        edited = changed and changed <= before.stamps.keys() & tree.stamps.keys()
        if edited and self._events and not self._missed:
            return look_again(tree, changed) or self.look()
        return self.look()

    def _follow(self) -> bool:
        """Have events of those folders of the site that are there now; return if others were."""
        every = [str(self._site / name) for name in FOLDERS]
        inodes = {path: _inode(path) for path in every}
        there = tuple((path, inode) for path, inode in inodes.items() if inode)
        if there == self._watched:
            return False
        self.close()
        self._watched = there
        folders = [path for path, _ in there]
        self._events = self._make_events(folders, self._wake.set) if there else None
        return True


def _inode(folder: str) -> int:
    """Return the number of a folder's inode, 0 if there is none."""
    try:
        return os.stat(folder).st_ino  # noqa: PTH116 once for every tick
    except OSError:
        return 0


def _known_age(before: Tree, tree: Tree) -> float:
    """Return for how many seconds the files that are other have been so, as far as this counts.

    The clock of the disk may be another than ours: it is not believed for longer than an event
    takes to come.
    """
    times = [tree.stamps[file][3] for file in tree.changed_since(before) if file in tree.stamps]
    age = (time.time_ns() - max(times)) / 1e9 if times else 0
    return min(max(age, 0), QUIET / 2)
