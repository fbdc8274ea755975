"""Readers of foreign files in tests are forked from a process that has loaded their packages.

Started anew, a reader takes a fifth of a second of the processor before it reads; forked, a
thirtieth. It is as much a process of its own: it has the same pipes and limits, and may end in any
way. Some tests start them as the program does (`started_anew`).

    python -m tests.reading_processes SOCKET
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from pathlib import Path
from threading import Lock
from types import SimpleNamespace
from typing import NoReturn, Self

import pytest

from kpi.ingest.containers import sandbox

_READERS = ("kpi.ingest.readers.workbook_process", "kpi.ingest.readers.parquet_process")
_ROOT = Path(__file__).resolve().parents[1]
_LONELY_SECONDS = 5.0


@contextmanager
def forked_readers() -> Iterator[None]:
    """As long as it lasts, `sandboxed` forks the process of a reader, where a system can."""
    if not hasattr(os, "fork"):
        yield
        return
    lock = Lock()
    with (
        tempfile.TemporaryDirectory() as folder,
        pytest.MonkeyPatch.context() as patch,
        ExitStack() as started,
    ):
        address = Path(folder) / "readers"

        def forked(command: list[str], **_: object) -> _Forked:
            with lock:
                if not address.exists():
                    _start(address, started)
            return _Forked(str(address), command[2:])

        processes = SimpleNamespace(PIPE=subprocess.PIPE, Popen=forked)
        patch.setattr(sandbox, "subprocess", processes)
        yield


def _start(address: Path, started: ExitStack) -> None:
    """Starts the process that is forked, and waits until it has loaded."""
    command = [sys.executable, "-m", "tests.reading_processes", str(address)]
    loaded = started.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE, cwd=_ROOT))
    started.callback(loaded.kill)
    assert loaded.stdout is not None
    assert loaded.stdout.readline(), "the readers of foreign files cannot be loaded"


class _Forked:
    """What a sandbox asks of `subprocess.Popen`, of a module with its arguments."""

    def __init__(self, address: str, command: Sequence[str]) -> None:
        (its_in, given), (read, its_out), (reported, its_errors) = (os.pipe() for _ in range(3))
        self._ends = socket.socket(socket.AF_UNIX)
        self._ends.connect(address)
        its_own = [its_in, its_out, its_errors]
        socket.send_fds(self._ends, [json.dumps(command).encode()], its_own)
        for end in its_own:
            os.close(end)
        self.stdin, self.stdout, self.stderr = (
            os.fdopen(given, "wb"), os.fdopen(read, "rb"), os.fdopen(reported, "rb"),
        )  # fmt: skip
        self.pid = int(self._ends.recv(20))
        self.returncode: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for pipe in (self.stdout, self.stderr, self.stdin):
            with suppress(OSError):
                pipe.close()
        self.wait()
        self._ends.close()

    def wait(self) -> int:
        if self.returncode is None:
            self.returncode = int(self._ends.recv(20))
        return self.returncode

    def kill(self) -> None:
        if self.returncode is None:
            with suppress(OSError):
                os.kill(self.pid, signal.SIGKILL)


def _serve(address: str) -> None:
    """Forks a process for each that asks, until the one that started this has ended."""
    for module in _READERS:
        import_module(module)
    parent = os.getppid()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen(64)
        listener.settimeout(_LONELY_SECONDS)
        print("ready", flush=True)
        while os.getppid() == parent:
            with suppress(TimeoutError):
                asking, _ = listener.accept()
                if os.fork() == 0:
                    listener.close()
                    _attend(asking)
                asking.close()
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass


def _attend(asking: socket.socket) -> NoReturn:
    """Forks the reader, and says how it ended."""
    command, ends, *_ = socket.recv_fds(asking, 65_536, 3)
    child = os.fork()
    if child == 0:
        asking.close()
        for number, end in enumerate(ends):
            os.dup2(end, number)
            os.close(end)
        os._exit(_run(*json.loads(command)))
    for end in ends:
        os.close(end)
    with suppress(OSError):
        asking.send(f"{child:<20}".encode())
        _, status = os.waitpid(child, 0)
        asking.send(f"{os.waitstatus_to_exitcode(status):<20}".encode())
    os._exit(0)


def _run(module: str, *arguments: str) -> int:
    """The exit code of a module that is run as a program."""
    sys.argv = [module, *arguments]
    code: int | str | None = 0
    try:
        import_module(module).main()
    except SystemExit as end:
        code = end.code
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
        code = 1
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    return code if isinstance(code, int) else int(code is not None)


if __name__ == "__main__":
    _serve(sys.argv[1])
