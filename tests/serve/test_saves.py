"""Every way to save a file gives the right page, by one build."""

import itertools
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from previews import Events, Preview, preview, until
from support import article, make_site, write_files

URL = "/2023/07/27/piece/"
TIMES = 100


def text(number: int) -> str:
    return article("Piece", body=f"This is text {number}. " + "It goes on for a while. " * 40)


def in_place(file: Path, new: str) -> None:
    file.write_text(new)


def by_rename(file: Path, new: str) -> None:
    beside = file.with_name(f".{file.name}.{time.monotonic_ns()}")
    beside.write_text(new)
    beside.replace(file)


def with_backup(file: Path, new: str) -> None:
    file.replace(f"{file}~")
    file.write_text(new)


def deleted_first(file: Path, new: str) -> None:
    file.unlink()
    time.sleep(0.02)
    file.write_text(new)


def slowly(file: Path, new: str) -> None:
    with file.open("w") as opened:
        for start in range(0, len(new), len(new) // 3):
            opened.write(new[start : start + len(new) // 3])
            opened.flush()
            time.sleep(0.03)


def by_sed(file: Path, new: str) -> None:
    number = new.split("text ")[1].split(".", maxsplit=1)[0]
    subprocess.run(["sed", "-i", f"s/text [0-9]*/text {number}/", file], check=True)


STYLES: list[Callable[[Path, str], None]] = [
    in_place,
    by_rename,
    with_backup,
    deleted_first,
    slowly,
    by_sed,
]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Preview]:
    files = {f"content/{name}.md": article(f"Other {name}") for name in "abc"}
    site = make_site(tmp_path, {**files, "content/news/piece.md": text(0)})
    with preview(site) as running:
        yield running


def wait_for(served: Preview, wanted: bytes) -> None:
    until(lambda: wanted in served.get(URL).body, what=f"{wanted!r} in\n{served.said}")


def save_often(served: Preview, save: Callable[[int], None]) -> list[int]:
    """Save a hundred times, look at the page each time, and return the numbers of builds."""
    events = Events(served)
    for number in range(1, TIMES + 1):
        save(number)
        wanted = f"This is text {number}.".encode()
        wait_for(served, wanted)
    time.sleep(0.5)
    assert events.numbers[-1] == served.state()["number"]
    events.close()
    return events.numbers


@pytest.mark.parametrize("style", STYLES)
def test_a_way_to_save(served: Preview, style: Callable[[Path, str], None]) -> None:
    file = served.site / "content/news/piece.md"
    numbers = save_often(served, lambda number: style(file, text(number)))
    assert len(numbers) == TIMES + 1, served.said
    assert "error" not in served.said


def test_another_branch_is_checked_out(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/news/piece.md": text(0), "content/other.md": article()})

    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
        subprocess.run(["git", *identity, *arguments], cwd=site, check=True, capture_output=True)

    git("init", "--initial-branch=b0")
    write_files(site, {".gitignore": ".digest/\n"})
    for number in range(TIMES + 1):
        git("checkout", "-q", *(["-b"] if number else ["--orphan"]), f"n{number}")
        files = {f"content/x{other}.md": article(f"X {number} {other}") for other in range(5)}
        write_files(site, {"content/news/piece.md": text(number), **files})
        git("add", "-A")
        git("commit", "-q", "-m", f"{number}")
    git("checkout", "-q", "n0")
    with preview(site) as served:
        numbers = save_often(served, lambda number: git("checkout", "-q", f"n{number}"))
        assert len(numbers) == TIMES + 1, served.said


def test_a_folder_is_renamed(served: Preview) -> None:
    events = Events(served)
    names = itertools.cycle(["reports", "news"])
    old = "news"
    for number in range(1, TIMES + 1):
        new = next(names)
        (served.site / "content" / old).rename(served.site / "content" / new)
        old = new
        events.wait_for(number + 1)
        assert b"This is text 0." in served.get(URL).body
        assert f"content/{new}/piece.md" in served.get("/_digest/pages?q=piece").text
    time.sleep(0.5)
    assert len(events.numbers) == TIMES + 1, served.said
    events.close()
