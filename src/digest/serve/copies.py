"""The bytes of small files that a site copies: a snapshot has them whatever becomes of the files.

A style sheet that is being saved is empty for a moment; whoever asks for it then gets the one
before. Large files are read while they are sent.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from digest.cache.keys import digest_of
from digest.plan.records import Asset

LARGE = 1 << 20
"""From how many bytes on a file is not kept."""

_MOST = 64 << 20


def keep_copies(assets: Iterable[Asset], known: Mapping[bytes, bytes]) -> dict[bytes, bytes]:
    """Return bytes of small files by digest, 64 MiB at most; `known` ones are not read again."""
    kept: dict[bytes, bytes] = {}
    left = _MOST
    for asset in assets:
        data = known.get(asset.digest) or _read(asset)
        if data and len(data) <= left and asset.digest not in kept:
            kept[asset.digest] = data
            left -= len(data)
    return kept


def _read(asset: Asset) -> bytes:
    """Return the bytes of a file, or nothing if it is large or is no more what it was."""
    try:
        file = Path(asset.file)
        data = file.read_bytes() if file.stat().st_size <= LARGE else b""
    except OSError:
        return b""
    return data if digest_of(data) == asset.digest else b""
