"""A command that reads a file ends it where it takes too much time or memory."""

import resource
import signal
import threading

import pytest

from kpi.ingest.containers.own_limits import within_limits
from kpi.ingest.table.raw import RefusedError


def test_a_file_that_takes_too_long_is_refused_and_the_limit_lifted() -> None:
    before = resource.getrlimit(resource.RLIMIT_CPU), signal.getsignal(signal.SIGXCPU)
    with pytest.raises(RefusedError) as refused, within_limits(0.1):
        _work_for_ever()
    assert refused.value.problem.code == "too_large"
    assert "mere tid" in refused.value.problem.message
    assert (resource.getrlimit(resource.RLIMIT_CPU), signal.getsignal(signal.SIGXCPU)) == before


def _work_for_ever() -> None:
    while True:
        sum(range(10_000))


def test_a_file_that_takes_too_much_memory_is_refused() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    with pytest.raises(RefusedError, match="mere hukommelse"), within_limits():
        assert len(bytes(17 * 1024**3)) > 0
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_what_takes_little_is_left_alone() -> None:
    with within_limits(60):
        done = sum(range(10))
    assert done == 45


def test_other_threads_are_not_limited() -> None:
    done: list[int] = []

    def work() -> None:
        with within_limits(0.0):
            done.append(sum(range(1_000_000)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert len(done) == 1
