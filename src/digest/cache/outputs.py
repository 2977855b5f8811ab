"""What the last build left in an output folder, and what that was made from."""

import datetime as dt

import msgspec

from digest.cache.keys import digest_of
from digest.cache.store import Store
from digest.diagnostics import Diagnostic
from digest.model.held import Held

Stamp = tuple[int, int, int, int]
"""Inode, size, and the times of the last change of content and of the inode, in nanoseconds."""

NO_STAMP: Stamp = (0, 0, 0, 0)


class FileState(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A file of the output folder.

    Attributes:
        key: Key of all that the view of a page is made from; empty for a copied file.
        fingerprint: What the bytes are made from: view, template, program.
        digest: Digest of the bytes.
        stamp: The file as the last build left it; zeros where that is too young to tell.
        fields: Four bytes for each field of the view, in order, to tell what has changed.
    """

    key: bytes
    fingerprint: bytes
    digest: bytes
    stamp: Stamp = NO_STAMP
    fields: bytes = b""


class Summary(msgspec.Struct, frozen=True, array_like=True):
    """What a build reports whenever it comes to the same.

    Attributes:
        pages: Number of pages by kind.
        assets: Number of copied files.
        held: Documents that are held back, by path.
        diagnostics: Warnings, sorted.
    """

    pages: dict[str, int] = {}
    assets: int = 0
    held: tuple[Held, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class OutputState(msgspec.Struct, frozen=True, array_like=True):
    """A whole output folder.

    Attributes:
        inputs: Key of everything that was read.
        since: From which moment on the same inputs give the same site, in seconds of Unix time, or
            None for ever; `until`: up to which moment, itself excluded.
        files: Files by path below the folder.
    """

    inputs: bytes = b""
    since: float | None = None
    until: float | None = None
    summary: Summary = Summary()
    files: dict[str, FileState] = {}

    def holds(self, inputs: bytes, now: dt.datetime) -> bool:
        """Return whether a build of some inputs at a moment comes to this."""
        moment = now.timestamp()
        begun = self.since is None or self.since <= moment
        return (
            self.inputs == inputs != b"" and begun and (self.until is None or moment < self.until)
        )


def _key(output: str) -> bytes:
    return digest_of(output.encode())


def load_state(store: Store, output: str) -> OutputState:
    """Return what is known of an output folder, given by its real path."""
    key = _key(output)
    data = store.find("outputs", [key]).get(key)
    try:
        return msgspec.msgpack.decode(data, type=OutputState) if data else OutputState()
    except msgspec.MsgspecError:  # of another version of the program
        return OutputState()


def save_state(store: Store, output: str, state: OutputState) -> None:
    """Keep what is known of an output folder."""
    store.put("outputs", [(_key(output), msgspec.msgpack.encode(state))])
