"""Bytes to the staging folder: nothing that a reader can see changes here."""

import errno
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from digest.cache.keys import digest_of
from digest.write.manifest import STAGING

ASSETS, PAGES = "assets", "pages"


class Staged(msgspec.Struct, frozen=True, gc=False):
    """A file of the site, compared with what the output folder has.

    Attributes:
        path: Path below the output folder.
        digest: Digest of the new bytes.
        changed: Whether new bytes are staged; else the output folder has them already.
    """

    path: str
    digest: bytes
    changed: bool


def stage_file(output: Path, part: str, path: str, data: bytes) -> Staged:
    """Return a file as staged below `part` of the staging folder, or as there already.

    The staging folder has the folders of the output folder, so that whole new ones can be moved.
    """
    digest = digest_of(data)
    if _read(f"{output}/{path}") == data:
        return Staged(path, digest, changed=False)
    staged = f"{output}/{STAGING}/{part}/{path}"
    _make_folder(staged.rpartition("/")[0])
    with open(staged, "wb", buffering=0) as file:  # noqa: PTH123 once for every page of the site
        file.write(data)
    return Staged(path, digest, changed=True)


def find_new(output: Path, path: str) -> tuple[str, bytes]:
    """Return the part to stage to what goes with a file of the site, and the file's new bytes.

    The part is that to which the file itself is staged, if it is.

    Raises:
        FileNotFoundError: where there is no plain file.
    """
    staging = f"{output}/{STAGING}"
    for part, folder in (
        (PAGES, f"{staging}/{PAGES}"),
        (ASSETS, f"{staging}/{ASSETS}"),
        (ASSETS, f"{output}"),
    ):
        data = _read(f"{folder}/{path}")
        if data is not None:
            return part, data
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), f"{output}/{path}")


def prepare_folders(output: Path, urls: Iterable[str]) -> None:
    """Make the staging folders of pages at some URLs that end in a slash, before the pages."""
    for url in urls:
        _make_folder(f"{output}/{STAGING}/{PAGES}{url}".rstrip("/"))


def _make_folder(folder: str) -> None:
    """Make a folder if it is not there; most pages have one of their own, below one that is."""
    try:
        os.mkdir(folder)  # noqa: PTH102 once for every page of the site
    except FileExistsError:
        return
    except FileNotFoundError:
        _make_folder(folder.rpartition("/")[0])
        _make_folder(folder)


def _read(target: str) -> bytes | None:
    """Return the bytes of a plain file, or None where there is none."""
    try:
        handle = os.open(target, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        with os.fdopen(handle, "rb") as file:
            return file.read()
    except OSError:
        return None
