"""What a group of processes has taken of the processor."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kpi.system.processor import group_seconds

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="asks /proc")


def _seconds_of(program: str) -> float:
    process = subprocess.Popen([sys.executable, "-c", program], start_new_session=True)
    try:
        time.sleep(2)
        return group_seconds(process.pid)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.mark.soak
def test_the_children_of_a_program_count_and_waiting_does_not() -> None:
    spin = "while True: pass"
    parent = (
        "import subprocess, sys, time\n"
        f"subprocess.Popen([sys.executable, '-c', '{spin}'])\n"
        "time.sleep(60)"
    )
    busy, idle = _seconds_of(parent), _seconds_of("import time; time.sleep(60)")
    assert busy > 2 * idle


def test_a_group_that_is_not_there_has_taken_nothing() -> None:
    assert group_seconds(2**30) == 0
