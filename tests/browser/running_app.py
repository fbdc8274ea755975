"""Runs the real app in a process of its own, as `make run` does, on a free port."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

REPOSITORY = Path(__file__).resolve().parents[2]
START_SECONDS = 300


@dataclass(frozen=True)
class SharedApp:
    """A running app that shows one store after the other: starting one takes seconds."""

    address: str
    log: Path
    _shown: Path

    def show(self, home: Path) -> None:
        """From now on the app's store is the one in `home`."""
        _point(self._shown, home)


@contextmanager
def shared_app(home: Path, folder: Path) -> Iterator[SharedApp]:
    """The app as a process of its own until the block ends; it shows `home` first.

    `folder` keeps its log and the link that its setting KPI_HOME names. What the app has computed
    of one store never shows in another: it is kept by the version's file and its time.
    """
    shown, log = folder / "shown", folder / "app.log"
    _point(shown, home)
    with running_app(shown, log) as address:
        yield SharedApp(address, log, shown)


def _point(link: Path, home: Path) -> None:
    """Makes a link name another folder, at once for whoever reads it."""
    new = link.with_name("shown-next")
    new.symlink_to(home, target_is_directory=True)
    new.replace(link)


@contextmanager
def running_app(home: Path, log: Path, folder: Path = REPOSITORY) -> Iterator[str]:
    """The address of the app in `folder`, serving the store in `home`, until the block ends.

    Its output goes to `log`. AssertionError, with that log, when the app does not come up, dies or
    wrote a traceback.
    """
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += ["--server.port", str(port), "--server.headless", "true"]
    # Nobody edits files under a test, and watching them costs a second of each start.
    command += ["--server.fileWatcherType", "none"]
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "KPI_HOME": str(home), "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_healthy(address, process, log)
            yield address
            assert process.poll() is None, f"The app died while the tests ran:\n{_end_of(log)}"
        finally:
            _stop(process)
    assert not traceback_in(log), f"The app failed:\n{_end_of(log)}"


def traceback_in(log: Path, since: int = 0) -> str:
    """What the app wrote after the first `since` bytes if there is a traceback in it, else "".

    One is a fault even where the page looked right.
    """
    has_traceback = b"Traceback (most recent call last)" in log.read_bytes()[since:]
    return _end_of(log, since) if has_traceback else ""


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, f"The app did not start:\n{_end_of(log)}"
        try:
            with urlopen(f"{address}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"The app was not up after {START_SECONDS} seconds:\n{_end_of(log)}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _end_of(log: Path, since: int = 0) -> str:
    # The newest lines name the fault, and every page may have written the same ones before.
    return log.read_bytes()[since:][-6000:].decode("utf-8", errors="replace")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
