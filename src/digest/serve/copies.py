"""The files that a site copies, so that a snapshot has them whatever becomes of them.

The bytes of small ones are kept: a style sheet that is being saved is empty for a moment, and
whoever asks for it then gets the one before. A large one is read while it is sent, and only as long
as it is the very file that was looked at: a link that took its place may lead out of the site.
"""

import os
from collections.abc import Iterable

import msgspec

from digest.cache.keys import digest_of
from digest.cache.outputs import Stamp
from digest.load.files import open_file
from digest.plan.records import Asset
from digest.write.stamps import stamp_from

_LARGE = 1 << 20
"""From how many bytes on a file is not kept."""

_MOST = 64 << 20


class LargeFile(msgspec.Struct, frozen=True):
    """A file by its real path, with its stamp."""

    file: str
    stamp: Stamp


class Copies(msgspec.Struct, frozen=True):
    """Bytes of small files by digest, 64 MiB at most, and large files by output path."""

    bytes: dict[bytes, bytes] = {}
    large: dict[str, LargeFile] = {}


def keep_copies(assets: Iterable[Asset], roots: Iterable[str], known: Copies) -> Copies:
    """Return what is known of files; those of which the bytes are `known` are not read again.

    Only files below one of the `roots`, given by real path, are taken.
    """
    places = tuple(f"{root}/" for root in roots)
    copies = Copies()
    left = _MOST
    for asset in assets:
        if asset.make:
            continue
        data = known.bytes.get(asset.digest)
        found = data if data is not None else _read(asset, places, left)
        if isinstance(found, LargeFile):
            copies.large[asset.path] = found
        elif found is not None and asset.digest not in copies.bytes:
            copies.bytes[asset.digest] = found
            left -= len(found)
    return copies


def _read(asset: Asset, places: tuple[str, ...], left: int) -> bytes | LargeFile | None:
    """Return the bytes of a file if it is small, or None if it is no more what it was."""
    real = os.path.realpath(asset.file)
    if not real.startswith(places):
        return None
    try:
        with open_file(real) as file:
            stamp = stamp_from(os.fstat(file.fileno()))
            if stamp[1] > min(_LARGE, left):
                return LargeFile(real, stamp)
            data = file.read(_LARGE + 1)
    except OSError:
        return None
    return data if digest_of(data) == asset.digest else None
