"""Numpy starts no threads where it is told not to, unless somebody set how many."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import DATA

_COUNTED = """
import os
from kpi.system.one_thread import compute_in_one_thread
compute_in_one_thread()
import numpy
print(len(os.listdir("/proc/self/task")))
"""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="counts threads as Linux does")
@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one processor has one thread anyway")
@pytest.mark.parametrize(("setting", "threads"), [({}, 1), ({"OPENBLAS_NUM_THREADS": "2"}, 2)])
def test_numpy_starts_as_many_threads_as_are_asked_for(
    setting: dict[str, str], threads: int
) -> None:
    environment = {key: text for key, text in os.environ.items() if key != "OPENBLAS_NUM_THREADS"}
    counted = subprocess.run(
        [sys.executable, "-c", _COUNTED],
        cwd=DATA.parent,
        env=environment | setting,
        capture_output=True,
        check=True,
    )
    assert int(counted.stdout) == threads
