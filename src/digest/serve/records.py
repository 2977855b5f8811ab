"""What the engine of the preview makes and its server reads: frozen values."""

import datetime as dt
from collections.abc import Mapping
from typing import Protocol

import msgspec

from digest.diagnostics import Diagnostic
from digest.index.suggestions import Suggestion
from digest.model.held import Held
from digest.plan.views import SiteView


class Resource(msgspec.Struct, frozen=True):
    """What stands at one URL.

    Attributes:
        body: The bytes, or None where `file` is read while it is sent.
        file: Path of that file, or empty.
        media_type: Value of Content-Type, with its charset.
        mark: Hexadecimal digest of the bytes: what a browser compares to see whether it is stale.
        held: Why `digest build` would leave this page out now, or None.
    """

    body: bytes | None
    file: str
    media_type: str
    mark: str
    held: Held | None = None


class Made(msgspec.Struct, frozen=True):
    """When a page was last made anew: in which build, and why."""

    number: int
    why: str


class PageLine(msgspec.Struct, frozen=True):
    """A page as the inspector lists it; `path` is its file in the output folder."""

    url: str
    path: str
    kind: str
    template: str
    source: str


class Snapshot(Protocol):
    """A whole site at one moment; the same question has the same answer for ever.

    Every method may be called from any thread, and raises `TextLostError` where the cache has lost
    what the answer is made of.
    """

    def find(self, path: str) -> Resource | None:
        """Return what stands at a path such as `/digest/2023/`, decoded, or None.

        Raises:
            DigestError: where a template does not work for this page.
        """
        ...

    def lines(self) -> tuple[PageLine, ...]:
        """Return the pages by URL."""
        ...

    def suggestions(self) -> tuple[Suggestion, ...]:
        """Return what `digest list suggestions` says of the site; this may take seconds."""
        ...

    @property
    def base(self) -> str:
        """Return the path under which the site stands, with a slash at both ends."""
        ...

    @property
    def site(self) -> SiteView:
        """Return what all pages of the site share."""
        ...

    @property
    def held(self) -> dict[str, Held]:
        """Return what `digest build` would leave out now, by path as in `find`."""
        ...


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


class State(msgspec.Struct, frozen=True):
    """What the server answers from.

    Attributes:
        number: Number of the last build, failed or not; 0 before the first.
        snapshot: The last good site, or None where none has been good yet.
        findings: Every finding of the last build, sorted, with source lines: errors if it failed.
        failed: Whether the last build failed.
        notices: What a person should know that is about no file of the site.
        held: Documents that `digest build` would leave out now, by path.
        made: When each page was last made anew, by its file in the output folder.
        history: The last builds, newest first, at most 50.
    """

    number: int
    snapshot: Snapshot | None = None
    findings: tuple[Diagnostic, ...] = ()
    failed: bool = False
    notices: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()
    made: Mapping[str, Made] = {}
    history: tuple[Rebuild, ...] = ()
