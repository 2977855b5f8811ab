"""The same work in this process or over several: the one seam for parallel work.

Work comes in batches. A task is made once in each process by `setup(*shared)` and then called with
batch after batch; results come back in the order of the batches, so the number of processes never
shows in the result. The pool is any `concurrent.futures.Executor` that takes an initializer, so
that an engine for many machines can stand in for the processes of this one.
"""

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from typing import Any, TypeVar

import msgspec

from digest.diagnostics import failure

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_Answer = TypeVar("_Answer")
Setup = Callable[..., Callable[[Any], Any]]
_task_of_this_worker: list[Callable[[Any], Any]] = []
# How many batches wait for a worker: enough that none is idle, few enough to stop soon.
_AHEAD = 3
# Seconds that a batch may go on for when the rest is broken off.
_GRACE = 10
# New objects between two looks for garbage: records hold none, so few looks are enough.
_GARBAGE = 20_000


def core_count() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def open_processes(count: int, setup: Setup, shared: tuple[Any, ...]) -> Executor:
    """Return a pool of processes of this machine, each with its task."""
    return ProcessPoolExecutor(
        count, _context(), initializer=make_task, initargs=(os.getpid(), setup, shared)
    )


def _context() -> Any:
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork" if "fork" in methods else "spawn")


class Jobs(msgspec.Struct, frozen=True):
    """How work is done.

    Attributes:
        count: How many processes; with one, all happens in this one.
        patience: Seconds of wall time after which workers that finish nothing count as stuck.
        pool: Makes the executor for a number of processes, a setup and what it needs.
    """

    count: int = 1
    patience: float = 60
    pool: Callable[[int, Setup, tuple[Any, ...]], Executor] = open_processes


def split_batches(items: Sequence[_Item], size: int) -> list[Sequence[_Item]]:
    """Return the items in batches of `size`, in order."""
    return [items[start : start + size] for start in range(0, len(items), size)]


def run_batches(
    setup: Callable[..., Callable[[Sequence[_Item]], _Result]],
    shared: tuple[Any, ...],
    batches: Sequence[Sequence[_Item]],
    jobs: Jobs,
    work: str,
) -> Iterator[_Result]:
    """Yield the result of the task for each batch, in order.

    Where workers die or get stuck, the batches that they had are done again, each item in a process
    of its own: the one at fault is named, and for the others there is one result an item.

    Args:
        setup: Makes the task of a process from `shared`; a function of a module.
        shared: What every batch needs; a forked worker inherits it, so it may be large.
        batches: The work; each batch is sent to one worker.
        jobs: How the work is done.
        work: What is being done, such as `reading`, for a message.

    Raises:
        DigestError: `worker-died` or `worker-stuck`, with the item at fault.
    """
    if jobs.count <= 1 or len(batches) <= 1:
        task = setup(*shared)
        yield from map(task, batches)
        return
    left = list(batches)
    while left:
        done = 0
        try:
            for result in _run(setup, shared, left, jobs):
                yield result
                done += 1
            left = []
        except (BrokenProcessPool, _StuckError):
            suspects = left[done : done + jobs.count * _AHEAD]
            yield from _one_by_one(setup, shared, suspects, jobs, work)
            left = left[done + len(suspects) :]


@contextmanager
def beside(work: Callable[..., None], *arguments: Any) -> Iterator[None]:
    """Run some work in a process of its own while the block runs, and wait for it at the end.

    It must be work that others do too if it was not done, as nothing is told if it fails.
    """
    context = _context()
    with _no_interrupts():
        process = context.Process(target=_run_beside, args=(work, *arguments), daemon=True)
        process.start()
    try:
        yield
        process.join()
    finally:
        process.kill()
        process.join()


@contextmanager
def asked_beside(work: Callable[..., _Answer], *arguments: Any) -> Iterator[Callable[[], _Answer]]:
    """Ask a process of its own for what some work returns, and give what waits for the answer.

    The work is done here where that process dies before it has answered.
    """
    receiver, sender = _context().Pipe(duplex=False)
    with beside(_send_answer, (receiver, sender), work, *arguments), receiver:
        sender.close()

        def answer() -> _Answer:
            try:
                found: _Answer = receiver.recv()
            except EOFError:
                found = work(*arguments)
            return found

        yield answer


def _send_answer(
    ends: tuple[Connection, Connection], work: Callable[..., Any], *arguments: Any
) -> None:
    receiver, sender = ends
    receiver.close()  # or nobody would notice that nobody reads any more
    sender.send(work(*arguments))


def _run_beside(work: Callable[..., None], *arguments: Any) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(OSError):
        work(*arguments)


class _StuckError(Exception):
    """No worker has finished anything for too long."""


def _run(
    setup: Setup, shared: tuple[Any, ...], batches: list[Sequence[Any]], jobs: Jobs
) -> Iterator[Any]:
    """Yield results in order while the pool lives; its processes end with this generator."""
    before = set(multiprocessing.active_children())
    pool = jobs.pool(min(jobs.count, len(batches)), setup, shared)
    pending: deque[Future[Any]] = deque()
    waiting = iter(batches)
    try:
        with _no_interrupts():
            for batch in islice(waiting, jobs.count * _AHEAD):
                pending.append(pool.submit(_call_task, batch))
        while pending:
            _await_first(pending, jobs.patience)
            result = pending.popleft().result()
            with suppress(StopIteration):
                pending.append(pool.submit(_call_task, next(waiting)))
            yield result
    finally:
        try:
            _let_end(pending, min(_GRACE, jobs.patience))
        finally:
            for process in set(multiprocessing.active_children()) - before:
                process.kill()
            pool.shutdown(cancel_futures=True)


def _let_end(pending: Iterable[Future[Any]], seconds: float) -> None:
    """Cancel work, and give what is being done already some time to be handed over.

    A worker that is killed while it writes its result would leave half of one in the pipe, and the
    pool would wait for the other half for ever.
    """
    running = [future for future in pending if not future.cancel()]
    wait(running, timeout=seconds)


def _await_first(pending: deque[Future[Any]], patience: float) -> None:
    """Wait until the first result is there; others may come before it."""
    while not pending[0].done():
        unfinished = [future for future in pending if not future.done()]
        if not wait(unfinished, timeout=patience, return_when=FIRST_COMPLETED).done:
            raise _StuckError


def _one_by_one(
    setup: Setup, shared: tuple[Any, ...], batches: Sequence[Sequence[Any]], jobs: Jobs, work: str
) -> Iterator[Any]:
    """Yield the result of each batch, done alone; one that fails again is taken apart.

    An error names the item at fault.
    """
    alone = msgspec.structs.replace(jobs, count=1)
    for batch in batches:
        try:
            yield from list(_run(setup, shared, [batch], alone))
        except (BrokenProcessPool, _StuckError):
            for item in batch:
                yield from _alone(setup, shared, item, alone, work)


def _alone(
    setup: Setup, shared: tuple[Any, ...], item: Any, jobs: Jobs, work: str
) -> Iterator[Any]:
    """Yield the result of one item in a process of its own, or raise an error that names it."""
    try:
        yield from _run(setup, shared, [[item]], jobs)
    except BrokenProcessPool:
        message = f"a worker process was killed while {work} {_name(item)}"
        hint = "its text breaks a library, or there is too little memory"
        raise failure("worker-died", message, hint=hint) from None
    except _StuckError:
        message = f"{work} {_name(item)} took more than {jobs.patience:g} seconds"
        raise failure("worker-stuck", message, hint="shorten the file or split it") from None


def _name(item: Any) -> str:
    """Return what a person calls an item."""
    if isinstance(item, tuple):
        item = item[0]
    return str(getattr(item, "path", item))


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


def make_task(parent: int, setup: Setup, shared: tuple[Any, ...]) -> None:
    """Make the task of a worker: what a pool has to call first in each of its own.

    The list that it goes to lives in the worker alone.
    """
    if os.getpid() != parent:
        threading.Thread(target=_end_with_parent, daemon=True).start()
        gc.freeze()  # what is inherited is no garbage, and looking at it would copy it
        gc.set_threshold(_GARBAGE)
    _task_of_this_worker[:] = [setup(*shared)]


def _end_with_parent() -> None:
    """End this worker when its parent is gone, however that came to be."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


def _call_task(batch: Any) -> Any:
    return _task_of_this_worker[0](batch)
