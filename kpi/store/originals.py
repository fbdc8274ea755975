"""The originals of published files: kept with the version that has their rows, or not at all."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from kpi.ingest.gate.kept_copy import kept_copy
from kpi.ingest.table.raw import Upload
from kpi.store import versions as place
from kpi.system.writing import flush, write_flushed


@contextmanager
def kept_original(home: Path, upload: Upload, version: str) -> Iterator[Callable[[], None]]:
    """Keeps the published file under its hash and its own ending: of a workbook what was read.

    It is written beside what the block does; what is yielded waits until it is on the disk and in
    its place, and must be called before the version is current. Not kept where the block fails,
    unless it was before. A marker names the version that it is kept for: where a kill left both and
    no such version, whoever publishes next removes them.
    """
    ending = Path(upload.name).suffix.lower()
    safe = ending if ending[1:].isalnum() and ending.isascii() and len(ending) <= 8 else ".bin"
    folder = home / "originals"
    original = folder / f"{upload.sha256}{safe}"
    if original.exists():
        yield _nothing_to_move
        return
    unfinished = original.with_suffix(".new")
    marker = folder / f"{place.KEEPING}{original.name}.{version}.new"
    try:
        folder.mkdir(exist_ok=True)
        marker.touch()
        flush(folder)
        with ThreadPoolExecutor(1) as thread:
            written = thread.submit(_write, unfinished, upload.content)

            def move_into_place() -> None:
                """Waits until the file is written, and gives it its name."""
                written.result()
                unfinished.replace(original)

            yield move_into_place
    except BaseException:  # also an interruption: it is raised on, and no file is left
        for left in (unfinished, original):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        raise
    finally:
        with suppress(OSError):
            marker.unlink(missing_ok=True)


def _write(unfinished: Path, content: bytes) -> None:
    write_flushed(unfinished, kept_copy(content))


def _nothing_to_move() -> None:
    """The file was kept before."""
