"""Builds as processes that tests start, watch and end."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path


def start_build(
    site: Path, *arguments: object, env: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start a build in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "digest", "build", *map(str, arguments)],
        cwd=site,
        env={**unmeasured(), **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def unmeasured() -> dict[str, str]:
    """Return the environment for a process that is interrupted.

    Coverage takes a lock when it meets a file, and an interrupt between the lock and its release
    leaves it locked for ever (coverage.collector, `lock_data`).
    """
    return {name: text for name, text in os.environ.items() if not name.startswith("COVERAGE_")}


def end(process: subprocess.Popen[bytes], number: int, *, alone: bool = False) -> bytes:
    """Send a signal to a process, and return what it says on standard error.

    It goes to the whole group, as from a terminal, unless the process gets it `alone`.
    """
    (os.kill if alone else os.killpg)(process.pid, number)
    return process.communicate(timeout=20)[1]


def living(group: int) -> list[int]:
    """Return the processes of a group that still run; one that nobody has waited for does not."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                state, _, its_group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(its_group) == group and state != "Z":
                found.append(int(folder.name))
    return found


def all_ended(group: int, seconds: float) -> bool:
    """Return whether all processes of a group have ended within some seconds."""
    end = time.monotonic() + seconds
    while living(group):
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True
