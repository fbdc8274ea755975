"""Files that are there whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path
from threading import get_ident

from kpi.domain.errors import KpiError
from kpi.system.os_errors import why_not_written

# So much of a large file is on the disk before the next is written.
_PIECE_BYTES = 8 * 1024**2


def write_whole(
    out: Path, content: bytes, title: str = "Filen kan ikke gemmes", make_folder: bool = False
) -> Path:
    """Writes a person's file, so that no half file is ever left.

    With `make_folder` its own folder is made where there is none. Raises KpiError of that title
    when the disk is full, the folder missing or closed, or `out` a folder.
    """
    if not out.name:
        raise KpiError(title, f"»{out}« er en mappe. Skriv et filnavn.")
    try:
        if make_folder:
            out.parent.mkdir(exist_ok=True)
        if out.exists() and not out.is_file() and not out.is_dir():
            out.write_bytes(content)  # a device or a pipe stays what it is
            return out
        write_in_one_step(out, content)
    except OSError as error:
        raise KpiError(title, why_not_written(out.name, error)) from error
    return out


def write_in_one_step(
    out: Path, content: bytes, unfinished: Path | None = None, flushed: bool = False
) -> None:
    """Writes beside the file and moves it into place in one step.

    `unfinished` is the file beside it, where another program part knows its name and only one at a
    time writes. With `flushed` it outlives a power cut. Raises OSError; then nothing is left of it.
    """
    # Of its own: of two who write the same file at once neither moves the other's half of it.
    beside = unfinished or out.with_name(f".spor-{os.getpid():x}-{get_ident():x}.new")
    try:
        beside.write_bytes(content)
        if flushed:
            flush(beside)
        beside.replace(out)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise
    if flushed:
        flush(out.parent)


def write_flushed(path: Path, content: bytes) -> None:
    """Writes a file that is on the disk at the end, and that nobody reads again soon.

    The system keeps no copy of it in memory: taking new memory for each page of a large file may
    take longer than writing it, and the pages of one piece are there for the next.
    """
    with path.open("wb") as file:
        for start in range(0, len(content), _PIECE_BYTES):
            file.write(memoryview(content)[start : start + _PIECE_BYTES])
            file.flush()
            os.fsync(file.fileno())
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(file.fileno(), start, _PIECE_BYTES, os.POSIX_FADV_DONTNEED)
    flush(path)


def flush(path: Path) -> None:
    """Waits until what was written to a file, or moved within a folder, is on the disk."""
    # Windows can neither open folders nor flush read-only handles; there the file flush suffices.
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
