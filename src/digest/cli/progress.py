"""A bar for a person who watches, plain lines for a log; both on standard error."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from digest.start import Progress

_LONG_WORK = 1000


@contextmanager
def show_progress() -> Iterator[Progress]:
    """Return what to call with the name of the work, how much is done, and of how much."""
    if sys.stderr.isatty():
        with _bar() as progress:
            yield progress
    else:
        yield _Lines().tell


class _Lines:
    """Says once what is being done, if it is much."""

    def __init__(self) -> None:
        self.told: set[str] = set()

    def tell(self, work: str, done: int, total: int) -> None:
        """Note progress."""
        del done
        if total >= _LONG_WORK and work not in self.told:
            self.told.add(work)
            sys.stderr.write(f"{work} {total:,} files\n")


@contextmanager
def _bar() -> Iterator[Progress]:
    """Return a bar of rich, which is imported only now; it refreshes itself in no thread."""
    from rich.console import Console  # noqa: PLC0415 heavy, and not needed in a pipe
    from rich.progress import Progress as RichProgress  # noqa: PLC0415 as above
    from rich.progress import TaskID  # noqa: PLC0415 as above

    tasks: dict[str, TaskID] = {}
    console = Console(stderr=True)
    with RichProgress(console=console, auto_refresh=False, transient=True) as bar:

        def tell(work: str, done: int, total: int) -> None:
            if total < _LONG_WORK:
                return
            if work not in tasks:
                tasks[work] = bar.add_task(work, total=total)
            bar.update(tasks[work], completed=done, refresh=True)

        yield tell
