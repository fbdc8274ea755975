"""Reads and publishes uploads in processes of their own, so that no file harms the server.

One process waits with the program loaded, so that the first file does not. A process that is still
small after a job takes the next; any other one is ended, and its memory given back. The bytes of a
file go through a pipe, and so never to a disk before the gate for personal data.
"""

import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, is_dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from kpi.domain.errors import KpiError, Problem
from kpi.ingest.checked import Checked
from kpi.ingest.containers.own_limits import CPU_SECONDS, PUBLISHING_TIMES
from kpi.ingest.gate.gate import shown_name
from kpi.ingest.table.raw import Upload
from kpi.store.upload_job import BYTES, DONE, FAILED, NO_MEMORY, Answer, Job, read, write
from kpi.store.versions import REPOSITORY, home_folder

_LOG = logging.getLogger(__name__)
_LARGE_BYTES = 20 * 1024**2
_MOST_AT_ONCE = 2
# A process that took no more is as good as a new one.
_SMALL_BYTES = 280 * 1024**2
_LOOKED_AFTER_SECONDS = 0.1
# Not `-m`: the classes of its answers would then be others than ours.
_PROGRAM = "from kpi.store.upload_job import main; main()"
# The settings of the program; read again for every job.
_SETTINGS = ("KPI_HOME", "KPI_DATA", "KPI_AREA")


@dataclass(frozen=True)
class Limits:
    """What a job may take: of processor time, of time in all, and of memory; small files less."""

    cpu_seconds: float = CPU_SECONDS
    seconds: float = 300.0
    small_bytes: int = 1536 * 1024**2
    large_bytes: int = 2560 * 1024**2
    # A publication rebuilds all that follows of its figures, in a store of any size.
    publishing_bytes: int = 4 * 1024**3
    # How long a job waits for those before it.
    wait_seconds: float = 600.0

    def memory_of(self, task: str, upload: Upload) -> int:
        """How much memory the job of a file may take."""
        if task == "publish":
            return self.publishing_bytes
        return self.large_bytes if upload.size > _LARGE_BYTES else self.small_bytes


_TOO_MUCH = {
    "time": "Filen kræver mere tid, end der er afsat til én fil.",
    "memory": "Filen kræver mere hukommelse, end der er afsat til én fil.",
}
_SPLIT = "Del den i flere filer, eller hent færre perioder og områder ad gangen."


class _StoppedError(Exception):
    """A job was ended: for its "time" or its "memory"."""


class UploadProcesses:
    """Does the jobs of uploads, at most two at a time and of large files one."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._turns = threading.BoundedSemaphore(_MOST_AT_ONCE)
        self._large_turn = threading.BoundedSemaphore(1)
        self._spare: _Process | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Has a process ready."""
        with self._lock:
            if self._spare is None:
                self._spare = _Process()

    def stop(self) -> None:
        """Ends the process that waits."""
        with self._lock:
            spare, self._spare = self._spare, None
        if spare is not None:
            spare.end()

    def check(self, upload: Upload, *arguments: Any, home: Path | None = None) -> Checked:
        """Checks as `check_file`; a file that takes too much is reported as `too_large`."""
        try:
            checked: Checked = self._run("check", upload, arguments, home)
        except _StoppedError as stopped:
            message = _TOO_MUCH[str(stopped)]
            large = Problem("too_large", "", None, None, None, message, _SPLIT)
            return Checked(shown_name(upload.name), "", 0, 0, (large,))
        return checked

    def run(self, task: str, upload: Upload, *arguments: Any, home: Path | None = None) -> Any:
        """What a task of `upload_job.TASKS` returns.

        Raises KpiError where the task does, where it takes too much, and where too many files wait.
        """
        try:
            return self._run(task, upload, arguments, home)
        except _StoppedError as stopped:
            title = "Filen kan ikke læses"
            hint = _SPLIT
            if task == "publish":
                title = "Filen blev ikke færdig"
                hint = (
                    "Se under »Tidligere indlæsninger«, om den er udgivet: Den er der hel eller "
                    f"slet ikke. {_SPLIT}"
                )
            raise KpiError(title, f"{_TOO_MUCH[str(stopped)]} {hint}") from stopped

    def _run(self, task: str, upload: Upload, arguments: tuple[Any, ...], home: Path | None) -> Any:
        limits = self._limits
        if task == "publish":
            limits = replace(
                limits,
                cpu_seconds=limits.cpu_seconds * PUBLISHING_TIMES,
                seconds=limits.seconds * PUBLISHING_TIMES,
            )
        settings = {name: os.environ[name] for name in _SETTINGS if name in os.environ}
        job = Job(
            task, upload.name, upload.size, arguments, home or home_folder(), settings,
            limits.cpu_seconds,
        )  # fmt: skip
        with self._turn(upload):
            process = self._take()
            try:
                answer = process.ask(job, upload.content, limits, limits.memory_of(task, upload))
                if answer.kind == FAILED:
                    process.end()  # it is ending, and must not be taken for the next job
            except BaseException:  # also an interruption: an unread answer would be the next job's
                process.end()
                raise
            finally:
                self._give_back(process)
        for text in answer.logged:
            _LOG.warning("a job of %d bytes: %s", job.size, text)
        if answer.kind == DONE:
            return answer.result
        if answer.kind == NO_MEMORY:
            raise _StoppedError("memory")
        if answer.kind == FAILED:
            raise RuntimeError(f"A job of an upload failed:\n{answer.result}")
        raise KpiError(*answer.result)

    @contextmanager
    def _turn(self, upload: Upload) -> Iterator[None]:
        until = time.monotonic() + self._limits.wait_seconds
        turns = [self._large_turn] if upload.size > _LARGE_BYTES else []
        acquired: list[threading.BoundedSemaphore] = []
        try:
            for turn in [*turns, self._turns]:
                if not turn.acquire(timeout=max(0.0, until - time.monotonic())):
                    raise KpiError(
                        "Filen venter stadig",
                        "Serveren læser andre filer lige nu. Prøv igen om lidt; filen er her "
                        "endnu.",
                    )
                acquired.append(turn)
            yield
        finally:
            for turn in acquired:
                turn.release()

    def _take(self) -> "_Process":
        with self._lock:
            spare, self._spare = self._spare, None
        if spare is not None and spare.is_alive():
            return spare
        if spare is not None:
            spare.end()
        return _Process()

    def _give_back(self, process: "_Process") -> None:
        """Keeps a process that is small, or has another ready; never more than one."""
        is_good = process.is_alive() and process.memory() < _SMALL_BYTES
        if not is_good:
            process.end()
        with self._lock:
            if self._spare is None:
                self._spare = process if is_good else _Process()
                return
        process.end()


class _Process:
    """A process of kpi/store/upload_job.py."""

    def __init__(self) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=REPOSITORY,
            # A group of its own: what it has started to read a workbook ends with it.
            start_new_session=True,
        )

    def is_alive(self) -> bool:
        """Whether it can do a job."""
        return self._child.poll() is None

    def memory(self) -> int:
        """How much memory it uses, in bytes; 0 where the system does not say."""
        try:
            pages = Path(f"/proc/{self._child.pid}/statm").read_text(encoding="ascii").split()[1]
        except (OSError, IndexError):
            return 0
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def ask(self, job: Job, content: bytes, limits: Limits, most_bytes: int) -> Answer:
        """The answer to a job. Raises _StoppedError where it took too much."""
        done = threading.Event()
        reasons: list[str] = []
        watch = threading.Thread(
            target=self._watch, args=(done, limits.seconds, most_bytes, reasons), daemon=True
        )
        watch.start()
        stdin, stdout = self._child.stdin, self._child.stdout
        assert stdin is not None
        assert stdout is not None
        try:
            with suppress(BrokenPipeError):
                write(stdin, job)
                stdin.write(content)
                stdin.flush()
            answer = _answer(stdout)
        finally:
            done.set()
            watch.join()
        if answer is not None:
            return answer
        code = self._child.wait()
        reason = reasons[0] if reasons else "time" if code in _LATE_CODES else "memory"
        _LOG.warning("a job of %d bytes was ended for its %s: exit %d", job.size, reason, code)
        raise _StoppedError(reason)

    def _watch(
        self, done: threading.Event, seconds: float, most_bytes: int, reasons: list[str]
    ) -> None:
        until = time.monotonic() + seconds
        while not done.wait(_LOOKED_AFTER_SECONDS):
            if time.monotonic() > until:
                reasons.append("time")
            elif self.memory() > most_bytes:
                reasons.append("memory")
            if reasons:
                self._kill()
                return

    def _kill(self) -> None:
        if self._child.poll() is not None:
            return
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self._child.pid, signal.SIGKILL)
            else:
                self._child.kill()

    def end(self) -> None:
        """Ends it at once, with all that it has started."""
        self._kill()
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


# Out of processor time; the shell's number of the same.
_LATE_CODES = {-getattr(signal, "SIGXCPU", 24), 128 + getattr(signal, "SIGXCPU", 24)}


def _answer(stdout: IO[bytes]) -> Answer | None:
    """The next answer; None where the process ended before it was complete."""
    pickled = read(stdout)
    if pickled is None:
        return None
    answer: Answer = _OwnValues(BytesIO(pickled)).load()
    if answer.kind != BYTES:
        return answer
    result = stdout.read(answer.result)
    return replace(answer, kind=DONE, result=result) if len(result) == answer.result else None


class _OwnValues(pickle.Unpickler):
    """Takes values of our own classes only: a file may have got hold of the process."""

    def find_class(self, module: str, name: str) -> Any:
        """A class of ours that holds values, a date, or a path."""
        if (module, name) in _PLAIN_CLASSES:
            return super().find_class(module, name)
        if module.startswith("kpi.") and "." not in name:
            named = super().find_class(module, name)
            is_own = isinstance(named, type) and named.__module__ == module
            if is_own and (is_dataclass(named) or issubclass(named, tuple)):
                return named
        raise pickle.UnpicklingError(f"{module}.{name} is no value of ours")


_PLAIN_CLASSES = {
    ("datetime", "date"),
    ("kpi.store.upload_job", "unchangeable"),
    ("builtins", "frozenset"),
}
