"""Whether somebody is in the middle of saving.

Most programs put a whole new file in the place of the old one. Some empty the old one and write
into it, or delete it first; what lies there meanwhile is a file like any other. So it is asked
whether a program still has the file open (Linux tells by refusing a lease, fcntl(2)), and what
looks like half a save is given more time. Where nobody can be asked, a file that shrinks or keeps
changing is given more time as well.
"""

import errno
import fcntl
import os
import time
from pathlib import Path

from digest.cache.outputs import NO_STAMP
from digest.serve.tree import Tree

QUIET, LONG_QUIET, OPEN_QUIET = 0.04, 0.2, 1.0
"""Seconds without a change after which a save is over: mostly, where it looks like half of one, and
where a program has a file open for writing, as some always have."""

LONGEST = 10.0
"""Seconds after which a site is built although it is still being written to."""

_ASKED = 100
_OLD_LOCK = 10


def quiet_time(before: Tree, now: Tree, changed: frozenset[str], times: int) -> float:
    """Return how long files must be left alone before the save that has `changed` them is over.

    `times` is how often they were seen to change.
    """
    answers = [_is_open(file) for file in sorted(changed)[:_ASKED]]
    if True in answers:
        return OPEN_QUIET
    unsure = None in answers
    half = any(_looks_like_half(before, now, file, unsure=unsure) for file in changed)
    if half or _is_missing(before, now) or (unsure and times > 1):
        return LONG_QUIET
    return QUIET


def _is_missing(before: Tree, now: Tree) -> bool:
    """Return whether a file is gone that has not just moved."""
    moved = {now.stamps[file][0] for file in now.stamps.keys() - before.stamps.keys()}
    gone = before.stamps.keys() - now.stamps.keys()
    return any(before.stamps[file][0] not in moved for file in gone)


def _looks_like_half(before: Tree, now: Tree, file: str, *, unsure: bool) -> bool:
    """Return whether a file is empty, or has lost half of what it had where nobody is asked."""
    old, new = before.stamps.get(file, NO_STAMP), now.stamps.get(file)
    return new is not None and (new[1] == 0 or (unsure and new[1] < old[1] // 2))


def _is_open(file: str) -> bool | None:
    """Return whether a program has a file open for writing, or None where the system won't say."""
    if not hasattr(fcntl, "F_SETLEASE"):
        return None
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False  # gone or not ours to read: a build will say so
    try:
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as fault:
        return True if fault.errno == errno.EAGAIN else None
    finally:
        os.close(handle)
    return False


def is_git_at_work(site: Path) -> bool:
    """Return whether git writes into the site; an old lock has been left behind, and says nothing.

    Other version control is not asked: its files come one after the other.
    """
    for folder in (site, *site.parents):
        lock = _git_lock(folder / ".git")
        if lock:
            try:
                return time.time() - lock.stat().st_mtime < _OLD_LOCK
            except OSError:
                return False
    return False


def _git_lock(git: Path) -> Path | None:
    """Return where git's lock would be; in a worktree `.git` is a file that names the folder."""
    if os.path.isdir(git):  # noqa: PTH112 unlike Path's, it never raises
        return git / "index.lock"
    try:
        _, word, folder = git.read_text(encoding="utf-8").partition("gitdir:")
    except (OSError, UnicodeError):
        return None
    return git.parent / folder.strip() / "index.lock" if word else None
