import re
import signal
import threading
import time

import pytest

from digest.markup.budget import OutOfTimeError, limit_seconds


def spin(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_work_within_the_limit_is_left_alone() -> None:
    with limit_seconds(5):
        spin(0.01)
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


def test_work_beyond_the_limit_is_stopped() -> None:
    started = time.process_time()
    with pytest.raises(OutOfTimeError), limit_seconds(0.05):
        spin(5)
    assert time.process_time() - started < 1
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


def test_a_regular_expression_is_stopped_inside_its_match() -> None:
    started = time.process_time()
    with pytest.raises(OutOfTimeError), limit_seconds(0.05):
        re.fullmatch("(a*)*b", "a" * 40)
    assert time.process_time() - started < 1


def test_waiting_costs_nothing() -> None:
    with limit_seconds(0.05):
        time.sleep(0.2)
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


def test_no_library_can_swallow_the_end_of_time() -> None:
    assert not issubclass(OutOfTimeError, Exception)


def test_the_handler_that_was_there_is_there_again() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with limit_seconds(1):
        assert signal.getsignal(signal.SIGPROF) != before
    assert signal.getsignal(signal.SIGPROF) == before


def test_outside_the_main_thread_there_is_no_limit_and_no_fault() -> None:
    done: list[bool] = []

    def work() -> None:
        with limit_seconds(0.01):
            spin(0.05)
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]
