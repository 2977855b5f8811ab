"""The cache file: keys to values in SQLite.

A value is what was made from the content that its key names, so it is right for ever or not there:
nothing is ever invalidated. Damage is found twice: SQLite reads its own structure, and each value
has a checksum (CRC-32). Whatever cannot be read is made anew.
"""

import contextlib
import shutil
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

FILE = "cache.sqlite"
_FORMAT = 2
_TABLES = ("documents", "bodies", "mentions", "templates", "outputs")
_MANY = 500
# Entries are marked as used, and those long unused deleted, so rarely that it costs nothing.
_REMARK = 8
_KEEP = 24


class Store:
    """One open cache file; every method is a whole transaction.

    A store belongs to the process that opened it. `damaged` says whether an older file was thrown
    away because it could not be read.
    """

    def __init__(self, folder: Path) -> None:
        """Open or make the cache in a folder.

        Raises:
            OSError: where the disk does not allow it.
        """
        self._path = folder / FILE
        self.damaged = False
        try:
            self._open()
        except (sqlite3.DatabaseError, IsADirectoryError):
            self.start_anew()

    @property
    def path(self) -> Path:
        """Return where the file lies."""
        return self._path

    @property
    def is_empty(self) -> bool:
        """Return whether no document is known yet."""
        return not self._base.execute("SELECT 1 FROM documents LIMIT 1").fetchone()

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def _open(self) -> None:
        if self._path.is_dir():
            raise IsADirectoryError(self._path)
        try:
            self._base = sqlite3.connect(self._path, isolation_level=None, timeout=60)
        except sqlite3.OperationalError as fault:
            raise PermissionError(f"{self._path} cannot be opened: {fault}") from fault
        # A cache that a power cut has damaged is made anew: nothing has to reach the disk at once.
        self._base.execute("PRAGMA synchronous = OFF")
        found = self._base.execute("PRAGMA user_version").fetchone()[0]
        if found == 0 and not self._base.execute("SELECT 1 FROM sqlite_master").fetchone():
            self._make_tables()
        elif found != _FORMAT:
            raise sqlite3.DatabaseError(f"format {found}")
        row = self._base.execute("SELECT number FROM builds").fetchone()
        if row is None or not isinstance(row[0], int):
            raise sqlite3.DatabaseError("no number")
        self._build = row[0]

    def _make_tables(self) -> None:
        with self._transaction():
            for table in _TABLES:
                self._base.execute(
                    f"CREATE TABLE {table} (key BLOB PRIMARY KEY, used INTEGER, sum INTEGER,"
                    " value BLOB)"
                )
            self._base.execute("CREATE TABLE builds (number INTEGER)")
            self._base.execute("INSERT INTO builds VALUES (1)")
            self._base.execute(f"PRAGMA user_version = {_FORMAT}")

    def start_anew(self) -> None:
        """Throw the file away and make an empty one."""
        self.damaged = True
        with contextlib.suppress(AttributeError):
            self._base.close()
        remove_cache(self._path.parent)
        self._open()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    def find(self, table: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the values of those keys that have a sound one.

        A file that turns out to be damaged is thrown away: then nothing is found.
        """
        try:
            return self._find(table, keys)
        except sqlite3.DatabaseError:
            self.start_anew()
            return {}

    def _find(self, table: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        rows: list[tuple[bytes, int, int, bytes]] = []
        if len(keys) > _MANY and 4 * len(keys) > self._count(table):
            wanted = set(keys)
            every = self._base.execute(f"SELECT key, used, sum, value FROM {table}")  # noqa: S608 a name of ours
            rows = [row for row in every if row[0] in wanted]
        else:
            one = f"SELECT key, used, sum, value FROM {table} WHERE key = ?"  # noqa: S608 as above
            for key in keys:
                rows += self._base.execute(one, (key,))
        sound = [row for row in rows if _is_sound(*row)]
        self._mark(table, [row[0] for row in sound if row[1] <= self._build - _REMARK])
        return {key: value for key, _, _, value in sound}

    def _count(self, table: str) -> int:
        return int(self._base.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 as above

    def _mark(self, table: str, keys: list[bytes]) -> None:
        """Note that entries are still of use."""
        if keys:
            with self._transaction():
                self._base.executemany(
                    f"UPDATE {table} SET used = {self._build} WHERE key = ?",  # noqa: S608 as above
                    [(key,) for key in keys],
                )

    def put(self, table: str, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep values by key.

        Raises:
            OSError: where the disk is full or refuses.
        """
        marked = [(key, self._build, zlib.crc32(value), value) for key, value in rows]
        try:
            with self._transaction():
                self._base.executemany(
                    f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?, ?)",  # noqa: S608 as above
                    marked,
                )
        except sqlite3.OperationalError as fault:
            raise OSError(f"{self._path} cannot be written: {fault}") from fault

    def end_build(self) -> None:
        """Count one more build, and let go of what the last two dozen did not use."""
        with self._transaction():
            self._base.execute("UPDATE builds SET number = number + 1")
            if self._build % _REMARK == 0:
                for table in _TABLES:
                    self._base.execute(
                        f"DELETE FROM {table} WHERE used < {self._build - _KEEP}"  # noqa: S608 as above
                    )


def _is_sound(_key: object, used: object, checksum: object, value: object) -> bool:
    return isinstance(used, int) and isinstance(value, bytes) and zlib.crc32(value) == checksum


def remove_cache(folder: Path) -> None:
    """Delete the cache file in a folder, whatever stands in its place."""
    for name in (FILE, f"{FILE}-journal", f"{FILE}-wal", f"{FILE}-shm"):
        path = folder / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
