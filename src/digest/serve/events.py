"""The only door to watchfiles: a hint that files have changed, sooner than the next look.

Where the system sends no events (network disks, containers) or has none to spare, there are no
hints, and looking alone must do.
"""

import threading
from collections.abc import Callable, Sequence

import watchfiles

_STEP, _TOGETHER = 20, 60
"""Milliseconds: how often it is asked for events, and how long they are put together."""


class Events:
    """Collects the paths on the disk that events name, in a thread of its own.

    Attributes:
        fault: Why there are no events, or empty.
    """

    def __init__(self, folders: Sequence[str], wake: Callable[[], object]) -> None:
        self.fault = ""
        self._folders = folders
        self._wake = wake
        self._paths: set[str] = set()
        self._lock = threading.Lock()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="digest-events", daemon=True)
        self._thread.start()

    def take(self) -> frozenset[str]:
        """Return the paths that were named since the last call."""
        with self._lock:
            taken, self._paths = frozenset(self._paths), set()
        return taken

    def close(self) -> None:
        """End the thread."""
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            for changes in watchfiles.watch(
                *self._folders,
                watch_filter=None,  # what is of the site is decided where it is looked at
                debounce=_TOGETHER,
                step=_STEP,
                stop_event=self._end,
                rust_timeout=500,
                raise_interrupt=False,
                ignore_permission_denied=True,
            ):
                with self._lock:
                    self._paths.update(path for _, path in changes)
                self._wake()
        except (OSError, RuntimeError) as fault:  # no events left, or a folder that has gone
            self.fault = str(fault)
