"""Where the engine hangs out the latest state, and the server reads it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from digest.serve.snapshot import SiteSnapshot
from digest.serve.state import State


class Board:
    """The latest state of the preview; any thread may read, put and report.

    `wake` is called, in any thread, when the engine is wanted; it must not block.
    """

    def __init__(self, wake: Callable[[], object] = lambda: None) -> None:
        self.wake = wake
        self._state = State(0)
        self._lost = False
        self._reported: SiteSnapshot | None = None
        self._lock = threading.Lock()
        self._wakers: list[Callable[[], object]] = []

    @property
    def state(self) -> State:
        """Return the latest state; one answer reads it once, so that it is of a piece."""
        return self._state

    def put(self, state: State) -> None:
        """Replace the state and wake all who watch; returns at once."""
        with self._lock:
            self._state = state
            for wake in self._wakers:
                wake()

    def report_loss(self, state: State) -> None:
        """Tell the engine that the cache has lost texts of a snapshot, so that it makes a new one.

        It is told once: where no new one can be made, asking again would not help.
        """
        with self._lock:
            if state.snapshot is self._state.snapshot is not self._reported:
                self._reported = state.snapshot
                self._lost = True
        self.wake()

    def take_loss(self) -> bool:
        """Return whether texts were lost since the last call."""
        with self._lock:
            lost, self._lost = self._lost, False
        return lost

    @contextmanager
    def watching(self, wake: Callable[[], object]) -> Iterator[None]:
        """Have `wake` called after every put, in the thread that puts; it must not block."""
        with self._lock:
            self._wakers.append(wake)
        try:
            yield
        finally:
            with self._lock:
                self._wakers.remove(wake)
