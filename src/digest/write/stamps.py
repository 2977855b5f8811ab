"""Whether a file is as we left it, without reading it where the system can tell.

The time of the last change of an inode cannot be set by a program, unlike that of its content, so a
file whose inode, size and both times are the same has not been written to. Times are counted in
steps, so a file as young as one step may have changed unseen: such a file gets no stamp (the rule
of git's index, racy-git.txt) and is read again by the next build.
"""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from digest.cache.keys import digest_of
from digest.cache.outputs import NO_STAMP, FileState, Stamp

_STEP = 20_000_000
"""Nanoseconds; the kernel's clock for files goes in steps of at most 10 ms."""


def stamp_of(path: str) -> Stamp:
    """Return the stamp of a file; zeros where there is no plain file."""
    try:
        found = os.lstat(path)
    except OSError:
        return NO_STAMP
    if not stat.S_ISREG(found.st_mode):
        return NO_STAMP
    return stamp_from(found)


def stamp_from(found: os.stat_result) -> Stamp:
    """Return the stamp that is in what the system says of a file."""
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def old_enough(stamp: Stamp, newest: int) -> Stamp:
    """Return a stamp if it can be trusted, else zeros; `newest` is the time of our last write."""
    return stamp if stamp[3] < newest - _STEP else NO_STAMP


def is_as_left(output: str, path: str, state: FileState) -> bool:
    """Return whether a file below the output folder has the bytes that the last build gave it."""
    full = f"{output}/{path}"
    stamp = stamp_of(full)
    if stamp == NO_STAMP:
        return False
    if stamp == state.stamp:
        return True
    try:
        with open(full, "rb") as file:  # noqa: PTH123 once for many pages
            return digest_of(file.read()) == state.digest
    except OSError:
        return False


def is_intact(output: Path, files: Mapping[str, FileState]) -> bool:
    """Return whether every file of the last build is as that has left it."""
    folder = str(output)
    return all(is_as_left(folder, path, state) for path, state in files.items())


def find_altered(output: Path, files: Mapping[str, FileState]) -> list[str]:
    """Return the paths of files that are not as the last build has left them."""
    folder = str(output)
    return [path for path, state in files.items() if not is_as_left(folder, path, state)]
