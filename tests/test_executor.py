"""Work over real processes: in order, with faults named and nothing left running."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from multiprocessing import active_children
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.diagnostics import DigestError
from digest.executor import Jobs, Setup, asked_beside, make_task, run_batches, split_batches

Task = Callable[[Sequence[int]], list[int]]


def make_square(offset: int) -> Task:
    """Return a task that takes uneven time, so that workers overtake each other."""

    def square(batch: Sequence[int]) -> list[int]:
        time.sleep(0.002 * (batch[0] % 3))
        return [item * item + offset for item in batch]

    return square


def make_deadly(victims: frozenset[int], signum: int) -> Task:
    """Return a task that kills its own process for some items."""

    def deadly(batch: Sequence[int]) -> list[int]:
        if victims.intersection(batch):
            if signum == signal.SIGTERM:  # who measures the tests may have a handler of its own
                signal.signal(signum, signal.SIG_DFL)
            os.kill(os.getpid(), signum)
        return list(batch)

    return deadly


def make_sleepy(sleepers: frozenset[int]) -> Task:
    """Return a task that never ends for some items."""

    def sleepy(batch: Sequence[int]) -> list[int]:
        while sleepers.intersection(batch):
            time.sleep(60)
        return list(batch)

    return sleepy


def make_failing(bad: int) -> Task:
    def failing(batch: Sequence[int]) -> list[int]:
        if bad in batch:
            raise KeyError(bad)
        return list(batch)

    return failing


def make_owner() -> Callable[[Sequence[int]], list[int]]:
    return lambda batch: [os.getpid() for _ in batch]


def flat(parts: Sequence[Sequence[int]]) -> list[int]:
    return [item for part in parts for item in part]


def run(setup: Setup, shared: tuple[Any, ...], items: Sequence[int], jobs: Jobs) -> list[int]:
    batches = split_batches(items, 3)
    return flat(list(run_batches(setup, shared, batches, jobs, "squaring")))


@pytest.mark.parametrize("jobs", [1, 2, 3, 8])
@pytest.mark.parametrize("size", [1, 7, 50, 1000])
def test_results_come_in_order(jobs: int, size: int) -> None:
    batches = split_batches(range(200), size)
    parts = list(run_batches(make_square, (5,), batches, Jobs(jobs), "squaring"))
    assert [len(part) for part in parts] == [len(batch) for batch in batches]
    assert flat(parts) == [item * item + 5 for item in range(200)]
    assert active_children() == []


@given(st.integers(0, 40), st.integers(1, 9), st.integers(1, 4))
@settings(max_examples=25)
def test_results_come_in_order_whatever_the_numbers(count: int, size: int, jobs: int) -> None:
    batches = split_batches(range(count), size)
    assert flat(batches) == list(range(count))
    done = list(run_batches(make_square, (0,), batches, Jobs(jobs), "squaring"))
    assert flat(done) == [item * item for item in range(count)]


def test_the_work_is_done_by_as_many_other_processes_as_asked() -> None:
    owners = set(run(make_owner, (), range(60), Jobs(2)))
    assert os.getpid() not in owners
    assert 1 <= len(owners) <= 2
    assert set(run(make_owner, (), range(60), Jobs(1))) == {os.getpid()}
    assert set(run(make_owner, (), range(3), Jobs(2))) == {os.getpid()}


@pytest.mark.parametrize("victim", [0, 17, 58, 59])
@pytest.mark.parametrize("signum", [signal.SIGKILL, signal.SIGTERM])
def test_an_item_that_kills_its_worker_is_named(victim: int, signum: int) -> None:
    with pytest.raises(DigestError) as caught:
        run(make_deadly, (frozenset({victim}), signum), range(60), Jobs(2))
    fault = caught.value.diagnostics[0]
    assert fault.code == "worker-died"
    assert fault.message == f"a worker process was killed while squaring {victim}"
    assert active_children() == []


def test_all_other_items_are_fine_without_the_one_at_fault() -> None:
    items = [item for item in range(60) if item != 17]
    done = run(make_deadly, (frozenset({17}), signal.SIGKILL), items, Jobs(2))
    assert done == items


def test_what_came_before_the_item_at_fault_is_given_out() -> None:
    got: list[int] = []
    batches = split_batches(range(60), 3)
    shared = (frozenset({40}), signal.SIGKILL)
    done = run_batches(make_deadly, shared, batches, Jobs(2), "squaring")
    with pytest.raises(DigestError):
        got.extend(item for part in done for item in part)
    assert got == list(range(40))


def test_a_worker_killed_from_outside_costs_nothing() -> None:
    batches = split_batches(range(90), 3)
    done: list[int] = []
    for part in run_batches(make_square, (0,), batches, Jobs(2), "squaring"):
        if len(done) == 30:
            active_children()[0].kill()
        done += part
    assert done == [item * item for item in range(90)]
    assert active_children() == []


@pytest.mark.parametrize("sleeper", [0, 31])
def test_an_item_without_an_end_is_named_soon(sleeper: int) -> None:
    started = time.monotonic()
    with pytest.raises(DigestError) as caught:
        run(make_sleepy, (frozenset({sleeper}),), range(36), Jobs(2, patience=1))
    assert time.monotonic() - started < 30
    fault = caught.value.diagnostics[0]
    assert fault.code == "worker-stuck"
    assert fault.message == f"squaring {sleeper} took more than 1 seconds"
    assert active_children() == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_exception_of_a_task_reaches_the_caller(jobs: int) -> None:
    with pytest.raises(KeyError, match="31"):
        run(make_failing, (31,), range(60), Jobs(jobs))
    assert active_children() == []


def test_a_caller_who_stops_early_leaves_no_process() -> None:
    done = run_batches(make_square, (0,), split_batches(range(90), 3), Jobs(2), "squaring")
    assert next(done) == [0, 1, 4]
    assert len(active_children()) == 2
    done.close()  # type: ignore[attr-defined]
    assert active_children() == []


def open_threads(count: int, setup: Setup, shared: tuple[Any, ...]) -> Executor:
    return ThreadPoolExecutor(
        count, "ours", initializer=make_task, initargs=(os.getpid(), setup, shared)
    )


def make_thread_namer() -> Callable[[Sequence[int]], list[str]]:
    return lambda batch: [f"{threading.current_thread().name} {item}" for item in batch]


def test_another_executor_can_stand_in() -> None:
    jobs = Jobs(3, pool=open_threads)
    assert run(make_square, (1,), range(60), jobs) == [item * item + 1 for item in range(60)]
    batches = split_batches(range(60), 3)
    names = [
        name for part in run_batches(make_thread_namer, (), batches, jobs, "") for name in part
    ]
    assert [int(name.split()[-1]) for name in names] == list(range(60))
    assert {name.split("_")[0] for name in names} == {"ours"}
    with pytest.raises(KeyError):
        run(make_failing, (31,), range(60), jobs)


def _add(one: int, two: int) -> int:
    return one + two


def _die(one: int, two: int) -> int:
    if multiprocessing.parent_process():
        os._exit(1)
    return one * two


def _say_much() -> bytes:
    return bytes(10_000_000)


def test_another_process_is_asked_meanwhile() -> None:
    with asked_beside(_add, 1, 2) as answer:
        assert answer() == 3


def test_what_a_process_that_died_was_asked_is_done_here() -> None:
    with asked_beside(_die, 3, 4) as answer:
        assert answer() == 12


def test_an_answer_that_nobody_waits_for_holds_nothing_up() -> None:
    begun = time.monotonic()
    with asked_beside(_say_much):
        pass
    assert time.monotonic() - begun < 10


LARGE = """
import os, sys
from digest.executor import Jobs, run_batches

def setup():
    return lambda batch: os.urandom(1) * 30_000_000

results = run_batches(setup, (), [[n] for n in range(12)], Jobs(2), "writing")
assert len(next(results)) == 30_000_000
results.close()
print("ended")
"""


@pytest.mark.parametrize("_", range(3))
def test_work_that_is_broken_off_ends_though_results_are_on_their_way(_: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LARGE], capture_output=True, timeout=30, check=False
    )
    assert done.stdout == b"ended\n", done.stderr
