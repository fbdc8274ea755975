"""Limits of a command that reads a file in its own process: of processor time and of memory.

A server reads files apart (kpi/store/upload_processes.py); a command is quicker without, and a file
that takes too much is refused in the same words.
"""

import math
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from kpi.ingest.table.raw import RefusedError

CPU_SECONDS = 120.0
# A file that was read is not stopped at its publication, which writes and may wait for others.
PUBLISHING_TIMES = 4
_MOST_ADDRESS_BYTES = 16 * 1024**3
_SPLIT = "Del den i flere filer, eller hent færre perioder og områder ad gangen."


@contextmanager
def within_limits(cpu_seconds: float = CPU_SECONDS) -> Iterator[None]:
    """Ends what is done within with a RefusedError (`too_large`) where it takes too much.

    Where a system knows no such limits, or another thread asks, nothing is limited.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    import resource

    def too_late(*_: Any) -> None:
        """Refuses the file: its time is used up."""
        # Raised once: the system would repeat it every second.
        resource.setrlimit(resource.RLIMIT_CPU, cpu)
        raise _too_large("tid")

    cpu, address = resource.getrlimit(resource.RLIMIT_CPU), resource.getrlimit(resource.RLIMIT_AS)
    before = signal.signal(signal.SIGXCPU, too_late)
    try:
        _lower(resource.RLIMIT_CPU, math.ceil(time.process_time() + cpu_seconds))
        _lower(resource.RLIMIT_AS, _MOST_ADDRESS_BYTES)
        yield
    except MemoryError:
        raise _too_large("hukommelse") from None
    finally:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, cpu)
            resource.setrlimit(resource.RLIMIT_AS, address)
        signal.signal(signal.SIGXCPU, before)


def _lower(resource_id: int, most: int) -> None:
    import resource

    soft, hard = resource.getrlimit(resource_id)
    known = [limit for limit in (soft, hard, most) if limit != resource.RLIM_INFINITY]
    # Some systems know a limit but refuse to set it; the size checks are then the only limit.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource_id, (min(known), hard))


def _too_large(resource_name: str) -> RefusedError:
    return RefusedError(
        "too_large", f"Filen kræver mere {resource_name}, end der er afsat til én fil.", _SPLIT
    )
