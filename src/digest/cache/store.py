"""The cache file: keys to values in SQLite.

A value is what was made from the content that its key names, so it is right for ever or not there:
nothing is ever invalidated. Damage is found twice: SQLite reads its own structure, and each value
has a checksum (CRC-32) that its table and its key are part of. Whatever cannot be read is made
anew; where the disk refuses, a file of this build alone stands in.
"""

import contextlib
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

FILE = "cache.sqlite"
_FORMAT = 3
_TABLES = ("documents", "bodies", "mentions", "templates", "pictures", "outputs")
_MANY = 500
# A document and its body have one key; that the one is of use is never asked of the other alone.
_TOGETHER = {"documents": ("documents", "bodies")}
# Entries are marked as used, and those long unused deleted, so rarely that it costs nothing.
_REMARK = 8
_KEEP = 24
_Result = TypeVar("_Result")


class Store:
    """One open cache file; every method is a whole transaction.

    A store belongs to the process that opened it. `notice` is what a person should know of it:
    that an older file was thrown away, or that nothing will be kept; mostly empty.

    Every method raises OSError where not even a file of this build alone can be had.
    """

    def __init__(self, folder: Path, fault: OSError | None = None) -> None:
        """Open or make the cache in a folder, unless a fault tells that this cannot be done."""
        self.notice = ""
        self._path = folder / FILE
        self._spare: Path | None = None
        self._base: sqlite3.Connection | None = None
        if fault:
            self._leave(fault)
        self._build = self._do(self._open)

    @property
    def path(self) -> Path:
        """Return where the file lies."""
        return self._path

    @property
    def is_empty(self) -> bool:
        """Return whether no document is known yet."""
        query = "SELECT 1 FROM documents LIMIT 1"
        return not self._do(lambda: self._open_base().execute(query).fetchone())

    @property
    def is_spare(self) -> bool:
        """Return whether the file is gone when the store is closed."""
        return self._spare is not None

    def close(self) -> None:
        """Close the file."""
        if self._base:
            self._base.close()
        self._base = None
        if self._spare:
            shutil.rmtree(self._spare, ignore_errors=True)

    def start_anew(self) -> None:
        """Throw the file away and make an empty one."""
        self._do(lambda: self._mend(None))

    def _open(self) -> int:
        """Open the file and return the number of this build."""
        if self._path.is_dir():
            raise IsADirectoryError(self._path)
        base = self._open_base()
        # A cache that a power cut has damaged is made anew: nothing has to reach the disk at once.
        base.execute("PRAGMA synchronous = OFF")
        found = base.execute("PRAGMA user_version").fetchone()[0]
        if found == 0 and not base.execute("SELECT 1 FROM sqlite_master").fetchone():
            self._make_tables()
        elif found != _FORMAT:
            raise sqlite3.DatabaseError(f"format {found}")
        row = base.execute("SELECT number FROM builds").fetchone()
        if row is None or not isinstance(row[0], int):
            raise sqlite3.DatabaseError("no number")
        return row[0]

    def _open_base(self) -> sqlite3.Connection:
        if self._base is None:
            self._base = sqlite3.connect(self._path, isolation_level=None, timeout=60)
        return self._base

    def _make_tables(self) -> None:
        with self._transaction() as base:
            for table in _TABLES:
                base.execute(
                    f"CREATE TABLE {table} (key BLOB PRIMARY KEY, used INTEGER, sum INTEGER,"
                    " value BLOB)"
                )
            base.execute("CREATE TABLE builds (number INTEGER)")
            base.execute("INSERT INTO builds VALUES (1)")
            base.execute(f"PRAGMA user_version = {_FORMAT}")

    def _do(self, work: Callable[[], _Result]) -> _Result:
        """Return what some work with the file comes to, if need be with another file."""
        try:
            for mend in (self._mend, self._leave):
                try:
                    return work()
                except (sqlite3.DatabaseError, UnicodeError, OSError) as fault:
                    mend(fault)
            return work()
        except sqlite3.DatabaseError as fault:
            raise OSError(f"{self._path} cannot be used: {fault}") from fault

    def _mend(self, fault: Exception | None) -> None:
        """Throw the file away as damaged, or leave it where the disk is full or refuses."""
        if getattr(fault, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL:
            self._leave(fault)
            return
        self.notice = self.notice or "was damaged or from another version; it is made anew"
        self._drop()
        try:
            remove_cache(self._path.parent)
            self._build = self._open()
        except (sqlite3.DatabaseError, OSError) as another:
            self._leave(another)

    def _leave(self, fault: Exception | None) -> None:
        """Go on with an empty file that is gone after this build."""
        import tempfile  # noqa: PLC0415 slow to import, and rarely needed

        reason = getattr(fault, "strerror", None) or fault
        self.notice = f"cannot be used: {reason}; nothing is kept"
        self._drop()
        if self._spare is None:
            self._spare = Path(tempfile.mkdtemp(prefix="digest-"))
        self._path = self._spare / FILE
        self._build = self._open()

    def _drop(self) -> None:
        """Close the file, whatever state it is in."""
        with contextlib.suppress(sqlite3.DatabaseError):
            if self._base:
                self._base.close()
        self._base = None

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        base = self._open_base()
        base.execute("BEGIN IMMEDIATE")
        try:
            yield base
        except BaseException:
            with contextlib.suppress(sqlite3.DatabaseError):  # some faults have ended it already
                base.execute("ROLLBACK")
            raise
        base.execute("COMMIT")

    def find(self, table: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the values of those keys that have a sound one.

        A file that turns out to be damaged is thrown away: then nothing is found.
        """
        rows = self._do(lambda: self._find(table, keys))
        sound = [row for row in rows if _is_sound(table, *row)]
        old = [row[0] for row in sound if row[1] <= self._build - _REMARK]
        if old:
            self._do(lambda: self._mark(table, old))
        return {key: value for key, _, _, value in sound}

    def _find(self, table: str, keys: Sequence[bytes]) -> list[tuple[bytes, int, int, bytes]]:
        base = self._open_base()
        rows: list[tuple[bytes, int, int, bytes]] = []
        if len(keys) > _MANY and 4 * len(keys) > self._count(table):
            wanted = set(keys)
            every = base.execute(f"SELECT key, used, sum, value FROM {table}")  # noqa: S608 a name of ours
            rows = [row for row in every if row[0] in wanted]
        else:
            one = f"SELECT key, used, sum, value FROM {table} WHERE key = ?"  # noqa: S608 as above
            for key in keys:
                rows += base.execute(one, (key,))
        return rows

    def _count(self, table: str) -> int:
        query = f"SELECT count(*) FROM {table}"  # noqa: S608 as above
        return int(self._open_base().execute(query).fetchone()[0])

    def _mark(self, table: str, keys: list[bytes]) -> None:
        """Note that entries are still of use."""
        with self._transaction() as base:
            for name in _TOGETHER.get(table, (table,)):
                base.executemany(
                    f"UPDATE {name} SET used = {self._build} WHERE key = ?",  # noqa: S608 as above
                    [(key,) for key in keys],
                )

    def put(self, table: str, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep values by key; what cannot be kept is there for this build at least."""
        pairs = [(key, checksum(table, key, value), value) for key, value in rows]
        self._do(lambda: self._put(table, pairs))

    def _put(self, table: str, rows: list[tuple[bytes, int, bytes]]) -> None:
        with self._transaction() as base:
            base.executemany(
                f"INSERT OR REPLACE INTO {table} VALUES (?, {self._build}, ?, ?)",  # noqa: S608 as above
                rows,
            )

    def end_build(self) -> None:
        """Count one more build, and let go of what the last two dozen did not use."""
        self._do(self._end_build)

    def _end_build(self) -> None:
        with self._transaction() as base:
            base.execute("UPDATE builds SET number = number + 1")
            if self._build % _REMARK == 0:
                for table in _TABLES:
                    base.execute(
                        f"DELETE FROM {table} WHERE used < {self._build - _KEEP}"  # noqa: S608 as above
                    )


def checksum(table: str, key: bytes, value: bytes) -> int:
    """Return what shows that a value belongs to a key of a table."""
    return zlib.crc32(value, zlib.crc32(key, zlib.crc32(table.encode())))


def _is_sound(table: str, key: object, used: object, found: object, value: object) -> bool:
    return (
        isinstance(key, bytes)
        and isinstance(used, int)
        and isinstance(value, bytes)
        and checksum(table, key, value) == found
    )


def remove_cache(folder: Path) -> None:
    """Delete the cache file in a folder, whatever stands in its place."""
    for name in (FILE, f"{FILE}-journal", f"{FILE}-wal", f"{FILE}-shm"):
        path = folder / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
