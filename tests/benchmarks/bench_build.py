"""Measure builds of a made-up digest: `python tests/benchmarks/bench_build.py [ARTICLES] [RUNS]`.

Prints medians in milliseconds an article for a cold build and a build with nothing changed, on one
core and on all, and the time of each stage. Compare ratios within one run: machines differ.
"""

import datetime as dt
import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from digest.build import build
from digest.load.documents import parse_document
from digest.markup.body import make_body
from digest.start import Options

WORDS = (
    "union strike contract studio writers actors wages members bargaining company model training "
    "consent likeness vote warehouse drivers nurses layoffs hiring games picket law court report "
    "survey percent salary overtime software pilot rights music port crane newsroom editor"
).split()


def sentence(dice: random.Random) -> str:
    """Return a sentence, now and then with markup."""
    words = dice.choices(WORDS, k=dice.randint(8, 22))
    place = dice.randrange(len(words))
    if dice.random() < 0.1:
        words[place] = f"**{words[place]}**"
    elif dice.random() < 0.1:
        words[place] = f"[{words[place]}](https://example.org/{place})"
    return " ".join(words).capitalize() + "."


def article(dice: random.Random, number: int) -> str:
    """Return an article of a few paragraphs."""
    title = f"{' '.join(dice.choices(WORDS, k=7)).capitalize()} {number}"
    tags = sorted({f"tag-{int(dice.paretovariate(0.8)) % 60}" for _ in range(3)})
    names = sorted({f"Entity {int(dice.paretovariate(0.8)) % 500}" for _ in range(3)})
    day = dt.date(2016, 1, 1) + dt.timedelta(days=number % 3650)
    paragraphs = [" ".join(sentence(dice) for _ in range(3)) for _ in range(dice.randint(4, 8))]
    head = f'---\ntitle: "{title}"\ndate: {day}\ntags: {tags}\nentities: {names}\n---\n\n'
    return head.replace("'", '"') + "\n\n".join(paragraphs) + "\n"


def make_corpus(site: Path, count: int, engine: str = "none") -> None:
    """Write a site of `count` articles; `engine` makes its search index."""
    dice = random.Random(20230727)  # noqa: S311 a corpus, no secret
    head = '[site]\ntitle = "Bench"\nurl = "https://example.org/"\n'
    (site / "site.toml").write_text(f'{head}[search]\nengine = "{engine}"\n')
    for number in range(count):
        folder = site / "content" / str(number % 10)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:07}.md").write_text(article(dice, number))


def measure(site: Path, jobs: int, runs: int) -> tuple[float, float]:
    """Return the median seconds of a cold build and of one with nothing changed."""
    cold: list[float] = []
    same: list[float] = []
    for _ in range(runs):
        for name in ("public", ".digest"):
            shutil.rmtree(site / name, ignore_errors=True)
        for times in (cold, same):
            options = Options(site=site, now=dt.datetime(2030, 1, 1, tzinfo=dt.UTC), jobs=jobs)
            times.append(build(options).seconds)
    return statistics.median(cold), statistics.median(same)


def measure_stages(site: Path) -> None:
    """Print what loading and Markdown cost an article."""
    texts = [path.read_text() for path in sorted(site.glob("content/0/*.md"))]
    start = time.perf_counter()
    loaded = [parse_document("content/x.md", text, dt.UTC) for text in texts]
    middle = time.perf_counter()
    for item in loaded:
        make_body(item.text, "content/x.md", item.line, is_markdown=True, seconds=5)
    end = time.perf_counter()
    sys.stdout.write(f"load      {(middle - start) / len(texts) * 1e6:6.0f} µs an article\n")
    sys.stdout.write(f"Markdown  {(end - middle) / len(texts) * 1e6:6.0f} µs an article\n")


def main() -> None:
    """Make the corpus, measure, print."""
    count, runs = (int(text) for text in [*sys.argv[1:], "2000", "3"][:2])
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        make_corpus(site, count)
        measure_stages(site)
        for jobs in (1, 0):
            cold, same = measure(site, jobs, runs)
            cores = "one core " if jobs else "all cores"
            sys.stdout.write(
                f"{cores} cold {cold / count * 1e3:.2f} ms, unchanged {same / count * 1e3:.2f} ms "
                f"an article ({cold:.2f} s and {same:.2f} s for {count:,})\n"
            )


if __name__ == "__main__":
    main()
