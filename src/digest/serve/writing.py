"""Whether somebody is in the middle of saving.

Most programs put a whole new file in the place of the old one. Some empty the old one and write
into it, or delete it first; what lies there meanwhile is a file like any other. So it is asked
whether a program still has the file open (Linux tells by refusing a lease, fcntl(2)), and what
looks like half a save is given more time.
"""

import errno
import fcntl
import os
import time
from collections.abc import Iterable
from pathlib import Path

from digest.cache.outputs import NO_STAMP
from digest.serve.tree import Tree

QUIET, LONG_QUIET, LONGEST = 0.04, 0.25, 2.0
"""Seconds without a change after which a save is over: mostly, where it looks like half of one, and
how long anybody is waited for."""

_ASKED = 100
_OLD_LOCK = 10


def quiet_time(before: Tree, now: Tree, changed: Iterable[str], times: int) -> float:
    """Return how long files must be left alone before the save that has `changed` them is over.

    `times` is how often they were seen to change.
    """
    looks = [_looks_like_half(before, now, file) for file in changed]
    moved = {now.stamps[file][0] for file in now.stamps.keys() - before.stamps.keys()}
    gone = [before.stamps[file][0] for file in before.stamps.keys() - now.stamps.keys()]
    missing = any(inode not in moved for inode in gone)
    return LONG_QUIET if missing or any(looks) or (times > 1 and not _CAN_ASK) else QUIET


def _looks_like_half(before: Tree, now: Tree, file: str) -> bool:
    """Return whether a file is empty, or has lost half of what it had where nobody can be asked."""
    old, new = before.stamps.get(file, NO_STAMP), now.stamps.get(file)
    if new is None:
        return False
    size = new[1]
    return size == 0 or (not _CAN_ASK and size < old[1] // 2)


_CAN_ASK = hasattr(fcntl, "F_SETLEASE")


def is_being_written(files: Iterable[str]) -> bool:
    """Return whether any of some files, of the first hundred at most, is open for writing."""
    return any(_is_open(file) for file in list(files)[:_ASKED])


def _is_open(file: str) -> bool:
    if not _CAN_ASK:
        return False
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False  # gone or not ours to read: a build will say so
    try:
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as fault:
        return fault.errno == errno.EAGAIN  # other reasons say nothing of the file
    finally:
        os.close(handle)
    return False


def is_git_at_work(site: Path) -> bool:
    """Return whether git writes into the site; an old lock has been left behind, and says nothing.

    Codes of other version control are not asked: their files come one after the other.
    """
    for folder in (site, *site.parents):
        if (folder / ".git").is_dir():
            try:
                age = time.time() - (folder / ".git" / "index.lock").stat().st_mtime
            except OSError:
                return False
            return age < _OLD_LOCK
    return False
