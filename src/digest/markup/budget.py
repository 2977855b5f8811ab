"""A limit on the processor time of one article's Markdown.

Python-Markdown is quadratic on hostile text: 16 kB of `![` take many seconds. The timer counts
processor time, not wall time, so a busy machine fails no honest article. It interrupts regular
expressions too, as CPython's engine looks for signals while it matches.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn


class OutOfTimeError(BaseException):
    """The time is up; no `Exception`, so that no library swallows it."""


def _ring(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise OutOfTimeError


@contextmanager
def limit_seconds(seconds: float) -> Iterator[None]:
    """Raise `OutOfTimeError` in the block after so many seconds of processor time.

    Works on the main thread of a process, on systems that have interval timers; elsewhere the
    size limit of an article is the only one.
    """
    usable = hasattr(signal, "setitimer") and (
        threading.current_thread() is threading.main_thread()
    )
    if not usable:
        yield
        return
    previous = signal.signal(signal.SIGPROF, _ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)
