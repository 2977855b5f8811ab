"""What a snapshot answers, and what is told of a build."""

import datetime as dt

import msgspec

from digest.cache.outputs import NO_STAMP, Stamp
from digest.model.held import Held


class Resource(msgspec.Struct, frozen=True):
    """What stands at one URL.

    Attributes:
        body: The bytes, or None where `file` is read while it is sent.
        file: Real path of that file, or empty.
        stamp: Stamp that the file had; one with another is another file.
        media_type: Value of Content-Type, with its charset.
        mark: Hexadecimal digest of the bytes: what a browser compares to see whether it is stale.
        held: Why `digest build` would leave this page out now, or None.
    """

    body: bytes | None
    file: str
    media_type: str
    mark: str
    held: Held | None = None
    stamp: Stamp = NO_STAMP


class Made(msgspec.Struct, frozen=True):
    """When a page was last made anew, and why."""

    at: dt.datetime
    why: str


class PageLine(msgspec.Struct, frozen=True):
    """A page as the inspector lists it; `path` is its file in the output folder."""

    url: str
    path: str
    kind: str
    template: str
    source: str


class Change(msgspec.Struct, frozen=True):
    """A page or file that shows something new, or is no more; `why` is empty then."""

    url: str
    why: str = ""


class Rebuild(msgspec.Struct, frozen=True):
    """One build of the preview.

    Attributes:
        number: Counts builds; later builds have higher numbers, after a restart of the server too.
        at: When it began.
        seconds: How long it took.
        touched: Paths of the files that were new, changed or deleted: the first hundred.
        touched_count: How many there were.
        changes: What was changed by it, what is gone first: the first hundred.
        change_count: How many there were.
        failed: Whether it had errors, so that the snapshot before it stays.
    """

    number: int
    at: dt.datetime
    seconds: float
    touched: tuple[str, ...] = ()
    touched_count: int = 0
    changes: tuple[Change, ...] = ()
    change_count: int = 0
    failed: bool = False
