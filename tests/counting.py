"""How much of our own code runs: a measure that no machine changes."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

SOURCE = str(Path(__file__).parents[1] / "src")


def count_calls(work: Callable[[], object]) -> int:
    """Return how many functions of ours run, and what they call directly, during some work."""
    total = 0

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal total
        total += event in {"call", "c_call"} and frame.f_code.co_filename.startswith(SOURCE)

    previous = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(previous)
    return total
