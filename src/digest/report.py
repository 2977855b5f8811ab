"""What a build came to, and the quick answer where nothing has changed since the last one."""

import time
from pathlib import Path

import msgspec

from digest.diagnostics import Diagnostic
from digest.explain import explain
from digest.model.held import Held
from digest.start import Start
from digest.write.install import open_output
from digest.write.stamps import is_intact


class Report(msgspec.Struct, frozen=True):
    """What a build did.

    Attributes:
        output: The output folder.
        pages: Number of pages by kind.
        assets: Number of assets.
        rendered: Number of pages that were rendered, by the reason.
        written: Paths of files that are new or changed, sorted; likewise `deleted`.
        unchanged: Number of files that were there already.
        held: Documents that are held back, by path.
        diagnostics: Warnings, sorted.
        notices: What happened to the cache.
        explained: Lines about the page that was asked for.
        seconds: Wall time.
    """

    output: Path
    pages: dict[str, int]
    assets: int
    rendered: dict[str, int]
    written: tuple[str, ...]
    unchanged: int
    deleted: tuple[str, ...]
    held: tuple[Held, ...]
    diagnostics: tuple[Diagnostic, ...]
    notices: tuple[str, ...]
    explained: tuple[str, ...]
    seconds: float


def repeat(start: Start, started: float) -> Report | None:
    """Return the report of a build that has nothing to do, or None where there is something.

    The same inputs at a moment between the same two dates make the same site, as the plan is a pure
    function of them; so it is enough that every file of the last build is there as it was left.
    """
    state = start.load_state()
    if not state.holds(start.key(start.digests), start.clock.now):
        return None
    with open_output(start.output):
        if not is_intact(start.output, state.files):
            return None
    return Report(
        output=start.output,
        pages=state.summary.pages,
        assets=state.summary.assets,
        rendered={},
        written=(),
        unchanged=len(state.files) - 1,
        deleted=(),
        held=state.summary.held,
        diagnostics=state.summary.diagnostics,
        notices=start.notices,
        explained=explain(start, state.files, {}, ()),
        seconds=time.perf_counter() - started,
    )
