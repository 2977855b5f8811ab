"""Measure what is found in texts: `python tests/benchmarks/bench_enrich.py [FOLDER] [ENTITIES]`.

Prints microseconds of processor time an article, the best of several rounds: definitions, figures
and quotations, and the names of ENTITIES entities, in the articles below FOLDER (the reference
digest unless named).
"""

import datetime as dt
import random
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from digest.enrich.definitions import find_definitions
from digest.enrich.extract import extract_all
from digest.enrich.figures import find_figures
from digest.enrich.mentions import NameFinder
from digest.enrich.names import Name
from digest.enrich.prose import make_prose
from digest.enrich.quotes import find_quotes
from digest.enrich.sentences import Sentences
from digest.load.documents import parse_document
from digest.load.words import load_words
from digest.markup.body import make_body
from digest.model.records import Article, Body, Entity

ROOT = Path(__file__).parents[2]
ROUNDS = 9
BATCH = 50
MOST = 1000


def read(folder: Path) -> tuple[list[Body], list[str]]:
    """Return the bodies of the articles below a folder, and the names of its entities."""
    bodies: list[Body] = []
    names: list[str] = []
    for path in sorted(folder.rglob("*.md"))[:MOST]:
        place = (Path("content") / path.relative_to(folder)).as_posix()
        loaded = parse_document(place, path.read_text(encoding="utf-8"), dt.UTC)
        if isinstance(loaded.record, Entity):
            names += [loaded.record.name, *loaded.record.aliases]
        elif isinstance(loaded.record, Article):
            names += [named.name for named in loaded.record.entities]
            bodies.append(
                make_body(loaded.text, place, loaded.line, is_markdown=True, seconds=5)[0]
            )
    return bodies, sorted(set(names))


def best(work: Callable[[list[Body]], object], bodies: list[Body]) -> float:
    """Return microseconds an article of the fastest round."""
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work(bodies)
        times.append(time.process_time() - started)
    return min(times) / len(bodies) * 1e6


def main() -> None:
    """Measure and print."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "content"
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    bodies, names = read(folder)
    dice = random.Random(20230727)  # noqa: S311 names, no secret
    parts = "Port Harbor Union Guild Studio Labs Works Media Kestrel Alba Norden Vela".split()
    while len(names) < count:
        names.append(f"{dice.choice(parts)} {dice.choice(parts)} {len(names)}")
    finder = NameFinder([Name(name, name) for name in names], load_words())
    proses = {id(body): make_prose("".join(body.html)) for body in bodies}
    words = sum(len(prose.text.split()) for prose in proses.values()) // len(bodies)
    sys.stdout.write(f"{len(bodies)} articles of {words} words, {len(names)} names\n")
    steps: dict[str, Callable[[Body], object]] = {
        "prose": lambda body: make_prose("".join(body.html)),
        "definitions": lambda body: find_definitions(proses[id(body)].text),
        "figures": lambda body: find_figures(
            proses[id(body)].text, Sentences(proses[id(body)].text)
        ),
        "quotes": lambda body: find_quotes(proses[id(body)].text, Sentences(proses[id(body)].text)),
        "names": lambda body: finder.find(proses[id(body)]),
    }
    for name, work in steps.items():
        sys.stdout.write(f"  {name:12} {best(partial(each, work), bodies):6.0f} µs an article\n")
    whole = best(partial(in_batches, finder), bodies)
    sys.stdout.write(f"  {'all of it':12} {whole:6.0f} µs an article, as a build does it\n")


def each(work: Callable[[Body], object], bodies: list[Body]) -> None:
    """Do some work for one body after the other."""
    for body in bodies:
        work(body)


def in_batches(finder: NameFinder, bodies: list[Body]) -> None:
    """Find all there is as a build does: batch by batch, and names when all else is found."""
    for start in range(0, len(bodies), BATCH):
        extract_all(bodies[start : start + BATCH])
    for start in range(0, len(bodies), BATCH):
        proses = [make_prose("".join(body.html)) for body in bodies[start : start + BATCH]]
        for prose in proses:
            finder.find(prose)


if __name__ == "__main__":
    main()
