"""What the engine of the preview hangs out and its server reads: one frozen value."""

from collections.abc import Mapping

import msgspec

from digest.diagnostics import Diagnostic
from digest.model.held import Held
from digest.serve.records import Made, Rebuild
from digest.serve.snapshot import SiteSnapshot


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
    snapshot: SiteSnapshot | None = None
    findings: tuple[Diagnostic, ...] = ()
    failed: bool = False
    notices: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()
    made: Mapping[str, Made] = {}
    history: tuple[Rebuild, ...] = ()
