"""The same work in this process or over several: the one seam for parallel work.

Work comes in batches. A task is made once in each process by `setup(*shared)` and then called with
batch after batch; results come back in the order of the batches, so the number of processes never
shows in the result.
"""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_all_start_methods, get_context
from typing import Any, TypeVar

from digest.diagnostics import failure

_Batch = TypeVar("_Batch")
_Result = TypeVar("_Result")
_task_of_this_worker: list[Callable[[Any], Any]] = []


def core_count() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def split_batches(items: Sequence[_Batch], size: int) -> list[Sequence[_Batch]]:
    """Return the items in batches of `size`, in order."""
    return [items[start : start + size] for start in range(0, len(items), size)]


def run_batches(
    setup: Callable[..., Callable[[_Batch], _Result]],
    shared: tuple[Any, ...],
    batches: Sequence[_Batch],
    jobs: int,
    work: str,
) -> Iterator[_Result]:
    """Yield the result of the task for each batch, in order.

    Args:
        setup: Makes the task of a process from `shared`; a function of a module.
        shared: What every batch needs; a forked worker inherits it, so it may be large.
        batches: The work; each batch is sent to one worker.
        jobs: How many processes; with one, or a single batch, all happens in this one.
        work: What is being done, such as `reading`, for a message.

    Raises:
        DigestError: `worker-died`, where a worker is killed or crashes.
    """
    if jobs <= 1 or len(batches) <= 1:
        task = setup(*shared)
        yield from map(task, batches)
        return
    pool = _open_pool(min(jobs, len(batches)), setup, shared)
    try:
        with _no_interrupts():
            results = pool.map(_call_task, batches)
        yield from results
    except BrokenProcessPool:
        message = f"a worker process was killed while {work}"
        hint = "there may be too little memory; --jobs 1 uses no workers"
        raise failure("worker-died", message, hint=hint) from None
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Keep Ctrl-C waiting while workers are forked, which inherit that they never hear it.

    It is the main process's affair: that ends the workers, without a traceback from each.
    """
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _open_pool(
    jobs: int, setup: Callable[..., Callable[[Any], Any]], shared: tuple[Any, ...]
) -> Executor:
    method = "fork" if "fork" in get_all_start_methods() else "spawn"
    return ProcessPoolExecutor(
        jobs, get_context(method), initializer=_make_task, initargs=(setup, shared)
    )


def _make_task(setup: Callable[..., Callable[[Any], Any]], shared: tuple[Any, ...]) -> None:
    """Make the task of a worker process; this list lives in the worker alone."""
    _task_of_this_worker[:] = [setup(*shared)]


def _call_task(batch: Any) -> Any:
    return _task_of_this_worker[0](batch)
