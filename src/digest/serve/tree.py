"""The files that a site is made of, as the disk has them at one moment.

Two looks that find the same stamps have found the same bytes, as long as the second look was late
enough (`digest.write.stamps`): events of the operating system may be lost, stamps are not.
"""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

import msgspec

from digest.cache.outputs import NO_STAMP, Stamp
from digest.config.load import FILE
from digest.diagnostics import Diagnostic
from digest.load.files import CONTENT, find_files
from digest.write.stamps import stamp_from

FOLDERS = (CONTENT, "templates", "static")


class Tree(msgspec.Struct, frozen=True):
    """The files of a site.

    Attributes:
        stamps: Stamp of each file by its path on the disk; zeros where it cannot be looked at.
        names: Path of each file relative to the site, by its path on the disk.
        findings: What was passed over and why.
    """

    stamps: dict[str, Stamp]
    names: dict[str, str]
    findings: tuple[Diagnostic, ...] = ()

    def changed_since(self, before: "Tree") -> frozenset[str]:
        """Return the paths on the disk of files that are new, other than before, or gone."""
        old, new = before.stamps.items(), self.stamps.items()
        return frozenset(file for file, _ in old ^ new)


def look_at(site: Path) -> Tree:
    """Return the files of a site now, found by the rules by which a build finds them."""
    root = site.resolve()
    names = {str(root / FILE): FILE}
    findings: list[Diagnostic] = []
    for folder in FOLDERS:
        found, faults = find_files(root, folder)
        names.update((item.file, item.path) for item in found)
        findings += faults
    return Tree({file: stamp_at(file) for file in names}, names, tuple(findings))


def look_again(tree: Tree, files: Iterable[str]) -> Tree | None:
    """Return a tree with some files looked at again, or None where one of them is new or gone.

    It is the tree itself where nothing is other.
    """
    other: dict[str, Stamp] = {}
    for file in files:
        old = tree.stamps.get(file)
        if old is None and not os.path.lexists(file) and not _is_above(file, tree):
            continue  # what neither is nor was in the site was there for a moment only
        new = stamp_at(file) if old else NO_STAMP
        if new != old:
            if new == NO_STAMP:
                return None
            other[file] = new
    return msgspec.structs.replace(tree, stamps=tree.stamps | other) if other else tree


def _is_above(folder: str, tree: Tree) -> bool:
    return any(file.startswith(f"{folder}/") for file in tree.stamps)


def stamp_at(file: str) -> Stamp:
    """Return the stamp of a file, or of what a link to it leads to; zeros where it is no file."""
    try:
        found = os.stat(file)  # noqa: PTH116 once for every file
    except OSError:
        return NO_STAMP
    return stamp_from(found) if stat.S_ISREG(found.st_mode) else NO_STAMP
