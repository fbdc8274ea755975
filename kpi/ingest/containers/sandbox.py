"""A process of its own for files of foreign formats: a bad one may bring it down.

What the process writes of errors is logged; where it ended of a fault of the program, that is the
text of the exception.
"""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread, Timer
from typing import IO

from kpi.cpr.messages import without_personal_numbers

MOST_MEMORY_BYTES = 2 * 1024**3
OUT_OF_MEMORY = 3  # exit code, where Python itself still notices
_UNCAUGHT = 1  # Python's own exit code
_MOST_LOGGED_BYTES = 20_000
_ROOT = Path(__file__).resolve().parents[3]
# What Python needs to find itself and its packages; nothing else of ours reaches the child.
_ENVIRONMENT = (
    "PATH", "HOME", "SYSTEMROOT", "LD_LIBRARY_PATH", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV",
)  # fmt: skip

_log = logging.getLogger(__name__)


class FaultyProgramError(Exception):
    """The child ended of an exception that it did not expect: a fault of the program."""


class DiedError(Exception):
    """The child ended before it was done: too late, or with this exit code.

    Out of memory it ends by a signal, or with a code of its own.
    """

    def __init__(self, was_late: bool, exit_code: int) -> None:
        super().__init__(f"exit {exit_code}")
        self.was_late, self.exit_code = was_late, exit_code


@contextmanager
def sandboxed(module: str, *arguments: str, content: bytes, seconds: float) -> Iterator[IO[bytes]]:
    """What the module writes when it is run on the content in a process of its own.

    Raises DiedError when what it wrote has been read and it ended badly, FaultyProgramError where
    that was a fault of the program.
    """
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    with subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=_ROOT,
        env=environment,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stderr is not None
        errors = bytearray()
        listener = Thread(target=_gather, args=(child.stderr, errors), daemon=True)
        listener.start()
        timer = Timer(seconds, child.kill)
        timer.start()
        try:
            # The child reads all before it writes; where it died early, its exit code says why.
            with suppress(OSError), child.stdin:
                child.stdin.write(content)
            yield child.stdout
            late = timer.finished.is_set()
            child.wait()
        finally:
            timer.cancel()
            child.kill()  # does nothing where it has ended
            listener.join()
            report = without_personal_numbers(errors.decode("utf-8", "replace"))
            if report and child.wait() != _UNCAUGHT:
                _log.warning("%s: %s", module, report)
    if child.returncode == _UNCAUGHT:
        raise FaultyProgramError(f"{module} failed:\n{report}")
    if child.returncode != 0:
        raise DiedError(late, child.returncode)


def _gather(source: IO[bytes], errors: bytearray) -> None:
    """Reads all that comes, and keeps the last of it."""
    while piece := os.read(source.fileno(), _MOST_LOGGED_BYTES):
        errors += piece
        del errors[:-_MOST_LOGGED_BYTES]


def limit_memory() -> None:
    """Let this process take no more memory than a file may need."""
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MOST_MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(hard, MOST_MEMORY_BYTES)
    # Some systems know the limit but refuse to set it; the size checks are then the only limit.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
