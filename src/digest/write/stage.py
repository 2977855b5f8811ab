"""Bytes to the staging folder: nothing that a reader can see changes here."""

import os
from pathlib import Path

import msgspec

from digest.write.manifest import STAGING, fingerprint


class Staged(msgspec.Struct, frozen=True, gc=False):
    """A file of the site, compared with what the output folder has.

    Attributes:
        path: Path below the output folder.
        digest: Fingerprint of the new bytes.
        staged: Path of the staged file, or empty where the bytes are the same as before.
        exists: Whether something stands at that path now.
    """

    path: str
    digest: str
    staged: str
    exists: bool


def stage_file(output: Path, path: str, data: bytes, number: int) -> Staged:
    """Return the file as staged under a number of its own; not staged if it is there already."""
    target = f"{output}/{path}"
    try:
        with open(target, "rb") as file:  # noqa: PTH123 once for every page of the site
            old = file.read()
    except (FileNotFoundError, NotADirectoryError):
        old = None
    except IsADirectoryError:
        old = b""
    digest = fingerprint(data)
    if old == data and not os.path.islink(target):  # noqa: PTH114 as above
        return Staged(path, digest, "", exists=True)
    staged = f"{output}/{STAGING}/{number}"
    with open(staged, "wb") as file:  # noqa: PTH123 as above
        file.write(data)
    return Staged(path, digest, staged, exists=old is not None)
