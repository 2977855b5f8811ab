"""Measure what the search index costs: `python tests/benchmarks/bench_search.py [ARTICLES] [RUNS]`.

Prints medians of wall and processor time in seconds, with the index and without, turn by turn: a
cold build, one with nothing changed, one after the body of an article was edited, and one after the
style sheet was, which changes no piece. Then what the index takes on the disk.
"""

import datetime as dt
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench_build import make_corpus

from digest.build import build
from digest.start import Options

ENGINES = ("pagefind", "none")


def remove(site: Path, _number: int) -> None:
    """Take away what was built, with the cache."""
    for name in ("public", ".digest"):
        shutil.rmtree(site / name, ignore_errors=True)


def leave(_site: Path, _number: int) -> None:
    """Change nothing."""


def edit(site: Path, number: int) -> None:
    """Change the body of an article."""
    path = site / "content/0/0000010.md"
    path.write_text(f"{path.read_text()}\nEdit {number}.\n")


def restyle(site: Path, number: int) -> None:
    """Change the style sheet."""
    (site / "static").mkdir(exist_ok=True)
    (site / "static/digest.css").write_text(f"body {{ margin: {number}px }}\n")


WORK: dict[str, Callable[[Path, int], None]] = {
    "cold": remove,
    "nothing changed": leave,
    "one body edited": edit,
    "style sheet edited": restyle,
}


def processor_seconds() -> float:
    """Return what this process and those that it has waited for have used."""
    return sum(os.times()[:4])


def measure(sites: dict[str, Path], runs: int) -> dict[tuple[str, str], tuple[float, float]]:
    """Return the median of wall and processor seconds, by kind of work and engine."""
    times: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for number in range(runs):
        for name, prepare in WORK.items():
            for engine, site in sites.items():
                prepare(site, number)
                options = Options(site=site, now=dt.datetime(2030, 1, 1, tzinfo=dt.UTC))
                before = processor_seconds()
                wall = build(options).seconds
                found = times.setdefault((name, engine), [])
                found.append((wall, processor_seconds() - before))
    return {
        key: (statistics.median(it[0] for it in found), statistics.median(it[1] for it in found))
        for key, found in times.items()
    }


def main() -> None:
    """Make two sites of the same articles, measure, print."""
    count, runs = (int(text) for text in [*sys.argv[1:], "1000", "5"][:2])
    with tempfile.TemporaryDirectory() as folder:
        sites = {engine: Path(folder) / engine for engine in ENGINES}
        for engine, site in sites.items():
            site.mkdir()
            make_corpus(site, count, engine)
        for (name, engine), (wall, processor) in measure(sites, runs).items():
            told = f"{wall:.2f} s, {processor:.2f} s of processors"
            sys.stdout.write(f"{name:20} {engine:10} {told}\n")
        index = [it for it in sites["pagefind"].glob("public/pagefind/**/*") if it.is_file()]
        size = sum(path.stat().st_size for path in index)
        sys.stdout.write(f"index of {count:,}: {len(index):,} files, {size / 1e6:.1f} MB\n")


if __name__ == "__main__":
    main()
