"""Two output folders, byte by byte."""

import os
from pathlib import Path

from digest.write.manifest import read_manifest


def compare(one: Path, other: Path) -> tuple[str, ...]:
    """Return the paths of files of ours that are not the same in two output folders, sorted."""
    ours = read_manifest(one).files.keys() | read_manifest(other).files.keys()
    return tuple(sorted(path for path in ours if _read(one / path) != _read(other / path)))


def _read(path: Path) -> bytes | None:
    if not os.path.lexists(path):
        return None
    return path.read_bytes()
