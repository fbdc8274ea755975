"""A new store in the place of the old one where the folder itself cannot be moved.

A disk of its own (a container's volume) cannot be renamed, nor can a folder whose parent may not be
written. There the new store lies complete in `restored.new` within the folder first. Then the old
one's contents are moved to `replaced-<time>`, `current` before all else, and the new one's out of
`restored.new`, `current` after all else. Killed at any moment, the old store is untouched, or
`finish` can see how far it came.
"""

import os
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from kpi.store.versions import restored_within
from kpi.system.temporary import PREFIX
from kpi.system.writing import flush, write_in_one_step

REPLACED = "replaced-"
# Of the disk itself, or of whoever works in the folder now.
_NOT_OF_THE_STORE = ("lock", "lost+found")
# In the new store: where the old one goes, and that nothing of it is left beside the new one.
_ASIDE, _CLEARED, _NOTE = "replaced", "cleared", "note.new"


def can_be_moved(folder: Path) -> bool:
    """Whether a folder can be given another name, or need not be as it does not exist."""
    if not folder.exists():
        return True
    return not os.path.ismount(folder) and os.access(folder.parent, os.W_OK)


def contents(folder: Path) -> list[Path]:
    """What a folder holds of a store or of anything else that is not passing, sorted by name."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.name not in _NOT_OF_THE_STORE
        and path != restored_within(folder)
        and not path.name.startswith((REPLACED, PREFIX))
    )


def put_in_place(work: Path, home: Path) -> None:
    """Lets a complete store, in a folder within `home`, take the place of what is there.

    For the one who holds the lock. Raises OSError where something cannot be moved.
    """
    fresh = restored_within(home)
    if fresh.exists():  # of one that was killed before it began; this one is newer
        shutil.rmtree(fresh)
    work.rename(fresh)
    flush(home)
    _move_all(home, fresh)


def finish(home: Path) -> bool:
    """Goes on with what was killed half-way; whether there was such. For the one with the lock.

    Where nothing of the old store had been moved, it stays and the new one is dropped. Raises
    OSError where something cannot be moved.
    """
    fresh = restored_within(home)
    if not fresh.is_dir():
        return False
    was_whole = (home / "current").exists()
    if was_whole or not (fresh / "current").exists():
        shutil.rmtree(fresh)
        for begun in home.glob(f"{REPLACED}*"):  # into which nothing was moved yet
            with suppress(OSError):
                begun.rmdir()
        return False
    _move_all(home, fresh)
    return True


def _move_all(home: Path, fresh: Path) -> None:
    cleared = fresh / _CLEARED
    if not cleared.exists():
        _move_aside(home, fresh / _ASIDE)
        cleared.touch()
        flush(fresh)
    entries = [path for path in fresh.iterdir() if path.name not in (_ASIDE, _CLEARED, _NOTE)]
    for path in sorted(entries, key=lambda path: path.name == "current"):
        _move(path, home)
    flush(home)
    shutil.rmtree(fresh)


def _move_aside(home: Path, note: Path) -> None:
    """Moves what is there to a folder of its own, which the note names; `current` first."""
    entries = sorted(contents(home), key=lambda path: path.name != "current")
    if not any(path.is_file() or any(path.iterdir()) for path in entries):
        return
    if not note.exists():
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        (home / f"{REPLACED}{stamp}").mkdir()
        name = f"{REPLACED}{stamp}".encode("ascii")
        write_in_one_step(note, name, note.with_name(_NOTE), flushed=True)
    aside = home / note.read_text(encoding="ascii")
    for path in entries:
        _move(path, aside)
    flush(aside)
    flush(home)


def _move(path: Path, folder: Path) -> None:
    """Moves a file or folder; an empty folder of its name, which a lock makes, gives way."""
    target = folder / path.name
    if path.is_dir() and target.is_dir():
        with suppress(OSError):
            target.rmdir()
        if target.exists() and not any(path.iterdir()):
            path.rmdir()
            return
    path.rename(target)
