"""Whatever becomes of the cache file, the site is what a build without a cache makes."""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from digest.cache.store import FILE
from digest.report import repeat
from digest.start import Options, begin
from support import NO_SEARCH, NOW, article, build_site, make_site, read_tree, write_files

CONFIG = NO_SEARCH + '[site]\ntitle = "T"\n[sources]\nrequired = false\n'
A = "content/a.md"
NEW = article(body="Netflix and Alba met.\n\nThey agreed.", extra="entities: [Netflix]")
FILES = {
    A: article(body="Netflix hired 300 people.", extra="entities: [Netflix]"),
    "content/b.md": article("Talks end", "2023-08-01", body="Alba and Netflix talked.\n" * 30),
    "content/entities/alba.md": "---\nname: Alba\n---\n\nA company.\n",
}
CUT = 64
FLIPS = 150


class Bench:
    """A site with a sound cache, and what builds of it before and after an edit make."""

    def __init__(self, folder: Path) -> None:
        self.site = make_site(folder / "site", FILES, CONFIG)
        self.file = self.site / ".digest" / FILE
        assert build_site(self.site).ok
        self.late = 0
        self.sound = self.file.read_bytes()
        self.trees = {text: self._clean(folder, text) for text in (NEW, FILES[A])}

    def _clean(self, folder: Path, text: str) -> dict[str, bytes]:
        write_files(self.site, {A: text})
        clean = {"output": folder / "clean", "cache": folder / "none"}
        assert build_site(self.site, **clean).ok
        tree = read_tree(folder / "clean")
        for path in clean.values():
            shutil.rmtree(path)
        return tree

    def restore(self) -> None:
        """Put the sound cache back and nothing else."""
        shutil.rmtree(self.file.parent)
        write_files(self.file.parent, {FILE: self.sound})

    def check(self, number: int) -> None:
        """Build with the cache as it is now, in one of four ways by number, and once more."""
        text = NEW if number % 4 < 3 else FILES[A]
        write_files(self.site, {A: text})
        if number % 4 == 0:
            shutil.rmtree(self.site / "public", ignore_errors=True)
        self._build(text)
        if not self._has_nothing_to_do():
            # Some damage shows only when SQLite has written beside it.
            self._build(text)
            assert self._has_nothing_to_do()
            self.late += 1
        assert [path.name for path in (self.site / ".digest").iterdir()] == [FILE]

    def _build(self, text: str) -> None:
        built = build_site(self.site)
        assert built.report is not None, built.text
        assert len(built.report.notices) <= 1
        assert read_tree(self.site / "public") == self.trees[text]

    def _has_nothing_to_do(self) -> bool:
        with begin(Options(site=self.site, now=NOW)) as start:
            again = repeat(start, 0)
        return again is not None and again.notices == ()


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("damage")
    yield Bench(folder)
    shutil.rmtree(folder)


def test_a_cache_cut_off_anywhere_is_made_anew(bench: Bench) -> None:
    assert len(bench.sound) > 100 * CUT
    for number, size in enumerate(range(0, len(bench.sound), CUT)):
        bench.file.write_bytes(bench.sound[:size])
        bench.check(number)


def test_a_flipped_bit_changes_no_page(bench: Bench) -> None:
    chance = random.Random(7)  # noqa: S311 the same places in every run
    rich = [at for at, byte in enumerate(bench.sound) if byte]
    places = [chance.choice(rich) for _ in range(FLIPS)] + list(range(0, 100, 3))
    for number, place in enumerate(places):
        data = bytearray(bench.sound)
        data[place] ^= 1 << chance.randrange(8)
        bench.file.write_bytes(data)
        bench.check(number)
    assert bench.late <= len(places) / 50


def of_another_format(file: Path) -> None:
    with sqlite3.connect(file) as base:
        base.execute("PRAGMA user_version = 99")
    base.close()


def of_another_program(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as base:
        base.execute("CREATE TABLE documents (name TEXT)")
        base.execute("INSERT INTO documents VALUES ('theirs')")
    base.close()


def of_another_program_with_our_version(file: Path) -> None:
    with sqlite3.connect(file) as base:
        version = base.execute("PRAGMA user_version").fetchone()[0]
    base.close()
    of_another_program(file)
    with sqlite3.connect(file) as base:
        base.execute(f"PRAGMA user_version = {version}")
    base.close()


def without_a_table(file: Path) -> None:
    with sqlite3.connect(file) as base:
        base.execute("DROP TABLE bodies")
    base.close()


def with_values_of_other_keys(file: Path) -> None:
    with sqlite3.connect(file) as base:
        for table in ("documents", "bodies"):
            rows = base.execute(f"SELECT key, sum, value FROM {table}").fetchall()  # noqa: S608
            for (key, *_), (_, *other) in zip(rows, rows[1:] + rows[:1], strict=True):
                base.execute(
                    f"UPDATE {table} SET sum = ?, value = ? WHERE key = ?",  # noqa: S608
                    (*other, key),
                )
    base.close()


def a_folder(file: Path) -> None:
    file.unlink()
    (file / "deep").mkdir(parents=True)
    (file / "deep" / "file").write_text("x")


def a_link_to_nowhere(file: Path) -> None:
    file.unlink()
    file.symlink_to("/nowhere/at/all")


def a_folder_in_place_of_the_journal(file: Path) -> None:
    Path(f"{file}-journal").mkdir()


DAMAGES: list[Callable[[Path], object]] = [
    of_another_format,
    of_another_program,
    of_another_program_with_our_version,
    without_a_table,
    with_values_of_other_keys,
    a_folder,
    a_link_to_nowhere,
    a_folder_in_place_of_the_journal,
    lambda file: file.write_bytes(b""),
    lambda file: file.write_text("This is no database.\n"),
    lambda file: file.write_text("This is no database.\n" * 1000),
    lambda file: file.chmod(0o444),
    lambda file: file.chmod(0),
    lambda file: file.unlink(),
    lambda file: Path(f"{file}-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" * 300),
]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("number", range(4))
def test_whatever_stands_in_its_place(
    bench: Bench, damage: Callable[[Path], object], number: int
) -> None:
    bench.restore()
    damage(bench.file)
    bench.check(number)
    assert bench.file.is_file()
    assert not bench.file.is_symlink()


def test_a_file_in_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    site = make_site(tmp_path, {**FILES, ".digest": "mine"}, CONFIG)
    built = build_site(site)
    assert built.report is not None
    assert len(built.report.notices) == 1
    assert (site / ".digest").read_text() == "mine"


def test_what_no_build_has_used_for_long_goes(tmp_path: Path) -> None:
    site = make_site(tmp_path, FILES, CONFIG)
    sizes = []
    for number in range(120):
        body = random.Random(number).randbytes(20_000).hex()  # noqa: S311 a text of its own
        write_files(site, {A: article(body=body)})
        assert build_site(site).ok
        sizes.append((site / ".digest" / FILE).stat().st_size)
    assert sizes[10] > sizes[0]
    assert max(sizes) < 1.1 * max(sizes[:45])
    write_files(site, {"content/b.md": FILES["content/b.md"]})
    built = build_site(site)
    assert built.report is not None
    assert built.report.rendered == {}
