"""Folders of work in progress, which are gone at the end: also where the program is killed.

Who works in one holds its lock. A folder whose lock is free belongs to nobody any more, and is
removed by whoever comes next.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

PREFIX = "spor-tmp-"
_LOCK = "lock"


@contextmanager
def temporary_folder(parent: Path | None = None) -> Iterator[Path]:
    """An empty folder in `parent` (the system's folder for such), removed at the end.

    It may be moved away when it is done. Raises OSError where it cannot be made.
    """
    parent = parent or Path(tempfile.gettempdir())
    clear_leftovers(parent)
    outer, lock = _locked_folder(parent)
    try:
        work = outer / "work"
        work.mkdir()
        yield work
    finally:
        shutil.rmtree(outer / "work", ignore_errors=True)
        lock.release()
        shutil.rmtree(outer, ignore_errors=True)


def clear_leftovers(parent: Path | None = None) -> None:
    """Removes the folders in `parent` that killed programs of the same user have left there."""
    for outer in (parent or Path(tempfile.gettempdir())).glob(f"{PREFIX}*"):
        # Another's folder, or one that its owner removes meanwhile, is none of ours.
        with suppress(OSError, Timeout):
            if outer.is_symlink() or not outer.is_dir():
                continue
            lock = FileLock(outer / _LOCK)
            with lock.acquire(timeout=0):
                shutil.rmtree(outer, ignore_errors=True)


def _locked_folder(parent: Path) -> tuple[Path, FileLock]:
    while True:
        outer = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        lock = FileLock(outer / _LOCK)
        # One who clears up at that moment takes it for a leftover: the folder is gone before its
        # lock is made, or after.
        try:
            lock.acquire()
        except (FileNotFoundError, FileExistsError):
            shutil.rmtree(outer, ignore_errors=True)
            continue
        if (outer / _LOCK).exists():
            outer.chmod(0o700)  # taking the lock makes a folder that is gone again
            return outer, lock
        lock.release()
        shutil.rmtree(outer, ignore_errors=True)
