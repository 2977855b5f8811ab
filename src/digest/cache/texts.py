"""The HTML and the figures of documents, which stay in the cache file until a page needs them."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from digest.cache.store import checksum
from digest.model.findings import FoundFigure

_MOST_REMEMBERED = 200


class Text(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What became of the text of a document.

    Attributes:
        html: Pieces of its HTML.
        figures: Figures that stand in it.
    """

    html: tuple[str, ...]
    figures: tuple[FoundFigure, ...] = ()


_DECODER = msgspec.msgpack.Decoder(Text)


class TextFile(msgspec.Struct, frozen=True):
    """Where the texts of documents are found.

    Attributes:
        file: The cache file.
        keys: Key of each document by path.
    """

    file: Path
    keys: Mapping[str, bytes]

    @contextmanager
    def open(self) -> Iterator["OpenTexts"]:
        """Give the texts; the file is opened anew, so a worker needs nothing of its parent's.

        Raises:
            TextLostError: where the file has been damaged since the build began.
        """
        try:
            base = sqlite3.connect(f"{self.file.as_uri()}?mode=ro", uri=True, timeout=60)
            with closing(base):
                yield OpenTexts(base, self.keys)
        except sqlite3.DatabaseError as fault:
            raise TextLostError(str(self.file)) from fault

    def find(self, paths: Iterable[str]) -> list[tuple[str, ...]]:
        """Return the pieces of HTML of documents, in the order of their paths."""
        with self.open() as texts:
            return [texts.html(path) for path in paths]


class OpenTexts:
    """The texts of documents, the last few of them in memory."""

    def __init__(self, base: sqlite3.Connection, keys: Mapping[str, bytes]) -> None:
        self._base = base
        self._keys = keys
        self._known: dict[str, Text] = {}

    def html(self, path: str) -> tuple[str, ...]:
        """Return the pieces of HTML of a document."""
        return self._text(path).html

    def figures(self, path: str) -> tuple[FoundFigure, ...]:
        """Return the figures that stand in an article."""
        return self._text(path).figures

    def _text(self, path: str) -> Text:
        found = self._known.get(path)
        if found is None:
            query = "SELECT value, sum FROM bodies WHERE key = ?"
            key = self._keys[path]
            value, given = self._base.execute(query, (key,)).fetchone() or (None, None)
            if not isinstance(value, bytes) or checksum("bodies", key, value) != given:
                raise TextLostError(path)
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            found = self._known[path] = _DECODER.decode(value)
        return found


class TextLostError(Exception):
    """The text of a document is not in the cache, though the document itself is."""
