"""Whether the templates work for the pages of a snapshot, before anybody looks at them.

A build renders every page that has changed, and publishes none if a template fails for one of them.
A preview renders no more than it must before it shows a new site; the rest is tried while nothing
else is to be done.
"""

import time
from collections.abc import Iterable

from digest.diagnostics import Diagnostic, DigestError, sort_diagnostics
from digest.serve.snapshot import SiteSnapshot


def in_order(old: SiteSnapshot | None, new: SiteSnapshot, paths: Iterable[str]) -> list[str]:
    """Return output paths with those first that somebody looks at, then one of each template."""
    looked_at = old.asked_for() if old else frozenset()
    first: dict[str, str] = {}
    rest: list[str] = []
    ordered = sorted(paths, key=lambda path: (path not in looked_at, path))
    for path in ordered:
        template = new.pages[path].template
        if path in looked_at or template in first:
            rest.append(path)
        else:
            first[template] = path
    seen = [path for path in rest if path in looked_at]
    return [*seen, *first.values(), *rest[len(seen) :]]


def try_out(snapshot: SiteSnapshot, paths: list[str], seconds: float) -> list[str]:
    """Render pages for some time, and return the output paths of those that are left.

    Raises:
        DigestError: with what is wrong with templates, as a build tells it.
    """
    end = time.perf_counter() + seconds
    faults: dict[str, tuple[Diagnostic, ...]] = {}
    done = 0
    for path in paths:
        if done and time.perf_counter() > end:
            break
        try:
            snapshot.attempt(path)
        except DigestError as fault:
            faults[path] = fault.diagnostics
        done += 1
    if faults:
        raise DigestError(_first_of_each(faults))
    return paths[done:]


def _first_of_each(faults: dict[str, tuple[Diagnostic, ...]]) -> tuple[Diagnostic, ...]:
    """Return one finding for each place in a template: that of the first page, by output path."""
    found: dict[tuple[object, ...], Diagnostic] = {}
    for path in sorted(faults):
        for fault in faults[path]:
            found.setdefault((fault.code, fault.span), fault)
    return sort_diagnostics(found.values())
