"""Measure how pages are made: `python tests/benchmarks/bench_render.py [SITE]`.

Prints microseconds of processor time a page by template, the best of several rounds, and what it
takes to compile the theme. SITE is a folder with a `site.toml` (the reference digest unless named).
"""

import datetime as dt
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from digest.build import build
from digest.load.theme import load_theme
from digest.plan.views import SiteView
from digest.render.templates import Templates
from digest.start import Options

ROOT = Path(__file__).parents[2]
ROUNDS = 5


def collect(site: Path) -> tuple[SiteView, list[tuple[Any, ...]]]:
    """Return what the pages of a site share, and with what each is rendered."""
    sites: list[SiteView] = []
    calls: list[tuple[Any, ...]] = []
    make, render = Templates.__init__, Templates.render

    def note_site(templates: Templates, sources: Any, shared: SiteView) -> None:
        sites.append(shared)
        make(templates, sources, shared)

    def note(templates: Templates, *arguments: Any) -> bytes:
        calls.append(arguments)
        return render(templates, *arguments)

    patched = patch.multiple(Templates, __init__=note_site, render=note)
    with patched, tempfile.TemporaryDirectory() as name:
        now, folder = dt.datetime.now(dt.UTC), Path(name)  # noqa: TID251 a site of today
        build(Options(site, now, output=folder / "public", cache=folder / "cache", jobs=1))
    return sites[0], calls


def best(work: Callable[[], object]) -> float:
    """Return the processor time of the fastest round."""
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def render_all(templates: Templates, calls: list[tuple[Any, ...]]) -> None:
    """Render pages."""
    for arguments in calls:
        templates.render(*arguments)


def main() -> None:
    """Measure and print."""
    site = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    by_template = defaultdict(list)
    shared, every = collect(site)
    for arguments in every:
        by_template[arguments[0]].append(arguments)
    theme, _ = load_theme(site)
    first = [calls[0] for calls in by_template.values()]
    seconds = best(lambda: render_all(Templates(theme.templates, shared), first))
    sys.stdout.write(f"  {seconds * 1e3:.1f} ms to compile templates and render one page of each\n")
    templates = Templates(theme.templates, shared)
    count, total = 0, 0.0
    for name, calls in sorted(by_template.items()):
        seconds = best(partial(render_all, templates, calls))
        count, total = count + len(calls), total + seconds
        each = seconds / len(calls) * 1e6
        sys.stdout.write(f"  {name:20} {len(calls):6} {each:7.1f} µs a page\n")
    sys.stdout.write(f"  {'all':20} {count:6} {total / count * 1e6:7.1f} µs a page\n")


if __name__ == "__main__":
    main()
