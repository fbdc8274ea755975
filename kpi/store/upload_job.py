"""Does what is asked of uploads in a process of its own.

Jobs come on standard input, one after the other, and their answers go to standard output; both are
a length and a pickle, and a job's content follows as it is. What the file brings down is this
process: kpi/store/upload_processes.py, which starts it, limits it and takes its place.
"""

import logging
import math
import os
import pickle
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any

from kpi.domain.errors import KpiError
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store.new_facts import read_new_facts
from kpi.store.removed import Removed
from kpi.store.uploads import PublishedUpload, changes_file, check_file, publish
from kpi.system.no_pandas import leave_out_pandas


def publish_as_read(
    upload: Upload,
    choices: Choices | None,
    by: str,
    note: str,
    removed_before: Sequence[Removed] | None = None,
    home: Path | None = None,
) -> PublishedUpload:
    """Publishes as `publish` a file that was read when `removed_before` had been removed."""
    return publish(upload, choices, by, note, home, removed_before=removed_before)


# What is asked of an upload; each takes it first, and the store's folder as `home`.
TASKS: dict[str, Callable[..., Any]] = {
    "check": check_file,
    "changes": changes_file,
    "publish": publish_as_read,
    "facts": read_new_facts,
}
DONE, BYTES, REFUSED, FAILED, NO_MEMORY = "done", "bytes", "refused", "failed", "no memory"
_LENGTH_BYTES = 8
_MOST_LOGGED = 20
# How much later than others this process gets the processor: 0 as they, 19 last.
_COURTESY = 10
# Address space is taken long before it is used: this only stops what grows between two looks.
_MOST_ADDRESS_BYTES = 16 * 1024**3


@dataclass(frozen=True)
class Job:
    """A task with what it is given beside the upload, whose `size` bytes follow."""

    task: str
    name: str
    size: int
    given: tuple[Any, ...]
    home: Path
    settings: dict[str, str]
    cpu_seconds: float


@dataclass(frozen=True)
class Answer:
    """What a job came to: its result, a KpiError's title and message, or a traceback.

    Where the result is bytes it is how many; they follow as they are, so that there is no copy.
    `logged` is what the job logged: the error stream of its process leads nowhere.
    """

    kind: str
    result: Any = None
    logged: tuple[str, ...] = ()


class _Logged(logging.Handler):
    """Keeps the first warnings of a job."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps a record's text, with its traceback."""
        if len(self.texts) < _MOST_LOGGED:
            self.texts.append(self.format(record))

    def taken(self) -> tuple[str, ...]:
        """What was kept; nothing is any more."""
        texts, self.texts = tuple(self.texts), []
        return texts


class _Values(pickle.Pickler):
    """Writes mappings that cannot be changed, too."""

    def reducer_override(self, value: object) -> Any:
        """How such a mapping is written; all else as ever."""
        if isinstance(value, MappingProxyType):
            return unchangeable, (dict(value),)
        return NotImplemented


def unchangeable(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    """The mapping that was written."""
    return MappingProxyType(values)


def write(out: IO[bytes], value: object) -> None:
    """Writes a value for `read`."""
    buffer = BytesIO()
    _Values(buffer, protocol=5).dump(value)
    pickled = buffer.getbuffer()
    out.write(len(pickled).to_bytes(_LENGTH_BYTES, "little"))
    out.write(pickled)
    out.flush()


def read(source: IO[bytes]) -> bytes | None:
    """The pickle of the next value; None where no complete one comes any more."""
    length = source.read(_LENGTH_BYTES)
    if len(length) < _LENGTH_BYTES:
        return None
    pickled = source.read(size := int.from_bytes(length, "little"))
    return pickled if len(pickled) == size else None


def main() -> None:
    """Does jobs until no more come."""
    leave_out_pandas()
    # Whatever a library prints must not be among the answers.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.excepthook = partial(_report_fault, out)
    logged = _Logged()
    logging.getLogger().addHandler(logged)
    _let_pages_go_first()
    _limit_address_space()
    while (pickled := read(sys.stdin.buffer)) is not None:
        job: Job = pickle.loads(pickled)  # noqa: S301 - written by the server
        content = sys.stdin.buffer.read(job.size)
        if len(content) < job.size:
            return
        answer = _answer(job, content)
        del content
        if isinstance(answer.result, bytes):
            write(out, Answer(BYTES, len(answer.result), logged.taken()))
            out.write(answer.result)
            out.flush()
        else:
            write(out, replace(answer, logged=logged.taken()))
        del answer


def _answer(job: Job, content: bytes) -> Answer:
    os.environ.update(job.settings)
    _limit_cpu(job.cpu_seconds)
    try:
        upload = Upload(job.name, content)
        return Answer(DONE, TASKS[job.task](upload, *job.given, home=job.home))
    except KpiError as error:
        return Answer(REFUSED, (error.title, error.message))
    except MemoryError:
        return Answer(NO_MEMORY)


def _report_fault(out: IO[bytes], kind: type[BaseException], *fault: Any) -> None:
    """A fault of the program is reported to the one who asked; this process ends of it."""
    write(out, Answer(FAILED, "".join(traceback.format_exception(kind, *fault))))


def _let_pages_go_first() -> None:
    """Takes the processor only where no page needs it: whoever sends a file waits anyway."""
    if hasattr(os, "nice"):
        os.nice(_COURTESY)
    # Where Linux shares the processor between sessions, of which this process is one, that does not
    # count beyond it.
    with suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(_COURTESY), encoding="ascii")


def _limit_address_space() -> None:
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = _MOST_ADDRESS_BYTES if hard == resource.RLIM_INFINITY else min(hard, _MOST_ADDRESS_BYTES)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    except (ValueError, OSError):
        return  # some systems know the limit but refuse to set it


def _limit_cpu(seconds: float) -> None:
    """Lets this process, and each that it starts, take so much more; it then ends by a signal."""
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time() + seconds), hard))
