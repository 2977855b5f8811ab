"""Measure compressed files: `python tests/benchmarks/bench_compressed.py [ARTICLES] [RUNS]`.

Prints medians of wall and processor time in seconds, with `precompress` and without, turn by turn:
the same builds as `bench_search.py`. Then what the texts of the site take, plain and compressed.
"""

import sys
import tempfile
from pathlib import Path

from bench_build import make_corpus
from bench_search import measure

from digest.urls import compressed_paths

SETTINGS = {"compressed": "true", "plain": "false"}


def sizes(output: Path) -> dict[str, int]:
    """Return the bytes of all texts that have compressed files, and of those, by their ending."""
    found = {"plain": 0, ".br": 0, ".gz": 0}
    for path in output.rglob("*"):
        pair = [Path(name) for name in compressed_paths(str(path))]
        if pair and all(place.is_file() for place in pair):
            found["plain"] += path.stat().st_size
            for place in pair:
                found[place.suffix] += place.stat().st_size
    return found


def main() -> None:
    """Make two sites of the same articles, measure, print."""
    count, runs = (int(text) for text in [*sys.argv[1:], "1000", "5"][:2])
    with tempfile.TemporaryDirectory() as folder:
        sites = {name: Path(folder) / name for name in SETTINGS}
        for name, site in sites.items():
            site.mkdir()
            make_corpus(site, count)
            with (site / "site.toml").open("a") as file:
                file.write(f"[build]\nprecompress = {SETTINGS[name]}\n")
        for (name, setting), (wall, processor) in measure(sites, runs).items():
            told = f"{wall:.2f} s, {processor:.2f} s of processors"
            sys.stdout.write(f"{name:20} {setting:10} {told}\n")
        for name, size in sizes(sites["compressed"] / "public").items():
            sys.stdout.write(f"{name:6} {size / 1e6:.1f} MB\n")


if __name__ == "__main__":
    main()
