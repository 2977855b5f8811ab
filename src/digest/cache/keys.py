"""Content to keys: equal keys mean equal content, and nothing else is asked."""

import hashlib
import os
import sys
from collections.abc import Iterable
from functools import cache, partial
from io import BufferedReader
from pathlib import Path

import msgspec

import digest

KEY_BYTES = 16
_encode = msgspec.msgpack.Encoder().encode


def make_key(*parts: bytes) -> bytes:
    """Return the key of some parts in order: BLAKE2b (RFC 7693) of their MessagePack, 16 bytes."""
    return digest_of(_encode(parts))


def digest_of(data: bytes) -> bytes:
    """Return the digest of the bytes of a file."""
    return hashlib.blake2b(data, digest_size=KEY_BYTES).digest()


def digest_stream(file: BufferedReader) -> bytes:
    """Return the digest of what is left of an open file, which is read in pieces."""
    make = partial(hashlib.blake2b, digest_size=KEY_BYTES)
    return hashlib.file_digest(file, make).digest()


def join_keys(keys: Iterable[bytes]) -> bytes:
    """Return the key of any number of keys in order."""
    return digest_of(b"".join(keys))


@cache
def engine_key() -> bytes:
    """Return the key of everything that turns content into pages, beside content and templates.

    It is made once in a process, which goes on with the program that it began with.

    That is this package's own source, every library that is installed, and Python. A change of any
    of them makes every entry of a cache a stranger.
    """
    folder = Path(digest.__file__).parent
    sources = sorted(path for path in folder.rglob("*") if path.suffix in {".py", ".txt", ".woff"})
    parts = [sys.version.encode(), *_distributions()]
    for path in sources:
        parts += [path.relative_to(folder).as_posix().encode(), path.read_bytes()]
    return make_key(*parts)


def _distributions() -> list[bytes]:
    """Return names and versions of what is installed: the names of the folders that say so."""
    folders = [folder for folder in dict.fromkeys(sys.path) if os.path.isdir(folder)]  # noqa: PTH112 names are enough
    names = {name for folder in folders for name in os.listdir(folder)}  # noqa: PTH208 as above
    return sorted(name.encode() for name in names if name.endswith((".dist-info", ".egg-info")))
