"""The HTML of documents, which stays in the cache file until a page needs it."""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

import msgspec

from digest.cache.store import checksum

_HTML = msgspec.msgpack.Decoder(tuple[str, ...])


class Texts(msgspec.Struct, frozen=True):
    """Where the HTML of documents is found.

    Attributes:
        file: The cache file.
        keys: Key of each document by path.
    """

    file: Path
    keys: Mapping[str, bytes]

    def find(self, paths: Iterable[str]) -> list[tuple[str, ...]]:
        """Return the pieces of HTML of documents, in the order of their paths.

        The file is opened for each call, so that a worker process needs nothing of its parent's.

        Raises:
            TextLostError: where the file has been damaged since the build began.
        """
        try:
            base = sqlite3.connect(f"{self.file.as_uri()}?mode=ro", uri=True, timeout=60)
            with closing(base):
                return [self._one(base, path) for path in paths]
        except sqlite3.DatabaseError as fault:
            raise TextLostError(str(self.file)) from fault

    def _one(self, base: sqlite3.Connection, path: str) -> tuple[str, ...]:
        query = "SELECT value, sum FROM bodies WHERE key = ?"
        key = self.keys[path]
        value, found = base.execute(query, (key,)).fetchone() or (None, None)
        if not isinstance(value, bytes) or checksum("bodies", key, value) != found:
            raise TextLostError(path)
        return _HTML.decode(value)


class TextLostError(Exception):
    """The HTML of a document is not in the cache, though the document itself is."""
