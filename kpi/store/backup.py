"""A copy of the whole store, and putting one back."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path

import duckdb

from kpi.domain.errors import KpiError
from kpi.store import in_place
from kpi.store import versions as place
from kpi.store.connection import OtherProgramError, open_store
from kpi.store.purging import purge_again
from kpi.store.removed import BACKUPS, note_backup, take_memory_along
from kpi.system.os_errors import why_not_read, why_not_written
from kpi.system.temporary import PREFIX, temporary_folder
from kpi.system.writing import flush

# The lock is the running program's own; the others are not done.
_NOT_COPIED = (
    "lock", "*.tmp", "*.wal", "*.new", "lost+found", f"{in_place.REPLACED}*", f"{PREFIX}*", BACKUPS
)  # fmt: skip


def backup(folder: Path, home: Path | None = None) -> int:
    """Copies the store to a new folder while no one publishes; returns how many files it has.

    Of its versions the current one goes along, and the newest two that open: nothing reads others.
    A store that may only be read is copied too. Raises KpiError when there is no store, the folder
    lies in it or holds something, the store cannot be read or the folder cannot be written; nothing
    is left of it then.
    """
    home = home or place.home_folder()
    place.current_version(home)
    folder = folder.resolve()
    if folder.is_relative_to(home.resolve()):
        raise KpiError(
            "Mappen ligger i databasen",
            f"»{folder.name}« ligger i databasemappen og går tabt sammen med den. Vælg en mappe et "
            "andet sted, helst på et andet drev.",
        )
    try:
        if folder.exists() and in_place.contents(folder):
            raise KpiError(
                "Mappen er ikke tom",
                f"»{folder.name}« indeholder allerede filer. Vælg en ny mappe.",
            )
        with _work_for(folder) as work:
            # Nobody publishes where nobody may write.
            is_writable = place.is_writable(home)
            with place.write_lock(home) if is_writable else nullcontext():
                _copy(home, work, left_out=_old_versions(home))
                if is_writable:
                    note_backup(home, folder)
            files = sum(path.is_file() for path in work.rglob("*"))
            if not in_place.can_be_moved(folder):
                in_place.put_in_place(work, folder)
                return files
            if folder.exists():
                folder.rmdir()
            work.rename(folder)
            flush(folder.parent)
    except OSError as error:
        raise KpiError("Sikkerhedskopien kunne ikke gemmes", _why(error, home, folder)) from error
    return files


def _why(error: OSError, source: Path, target: Path) -> str:
    """Why a file was not copied: what could not be opened to be read, or not be written."""
    is_of_one_file = isinstance(error.filename, str) and error.filename2 is None
    path = Path(error.filename) if is_of_one_file else target
    if path != source and path.is_relative_to(source):
        return why_not_read(str(path.relative_to(source)), error)
    return why_not_written(target.name, error)


def restore(folder: Path, home: Path | None = None, replace: bool = False) -> str:
    """Puts a copy in the place of the store and returns the version that is then current.

    A store that is there already is refused; with `replace` it is moved aside, not deleted:
    beside the folder, or into one within it where the folder itself cannot be moved. The copy may
    be of an earlier program: `init` brings it along when it is in its place. Killed at any
    moment, it leaves the old store in its place, or a whole new one beside it that `init` puts
    there. What was removed for good (`purge`) from the store whose place it takes is removed from
    the copy too, before it is in its place or, where `init` must build it anew, by `init`.
    Raises KpiError when the copy cannot be read, or the disk is full.
    """
    home = home or place.home_folder()
    version = place.current_version(folder)
    with suppress(OtherProgramError):
        open_store(folder, version).close()
    try:
        is_occupied = home.exists() and bool(in_place.contents(home))
        if is_occupied and not replace:
            raise KpiError(
                "Der er allerede en database",
                f"»{home.name}« indeholder tal. Skriv --replace for at erstatte dem; de gemmes "
                "i en mappe for sig.",
            )
        _refuse_anothers(place.restored_beside(home))
        with _work_for(home) as work:
            _copy(folder, work)
            version = _without_removed(home, work, version)
            if not in_place.can_be_moved(home):
                with place.write_lock(home, build=True):
                    in_place.finish(home)
                    in_place.put_in_place(work, home)
                return version
            # A folder without a store has no lock that anyone waits for.
            with place.write_lock(home) if not place.is_empty(home) else nullcontext():
                _take_place(work, home)
    except OSError as error:
        raise KpiError(
            "Sikkerhedskopien kunne ikke lægges på plads", _why(error, folder, home)
        ) from error
    return version


def _refuse_anothers(waiting: Path) -> None:
    """Raises KpiError where a folder that is not ours has the name that the new store needs."""
    if waiting.exists() and not place.mark_of_restoring(waiting).exists():
        raise KpiError(
            "En anden mappe er i vejen",
            f"»{waiting.name}« ligger ved siden af databasemappen, og navnet bruges under en "
            "gendannelse. Mappen er ikke rørt. Omdøb eller flyt den, og prøv igen.",
        )


def _without_removed(home: Path, work: Path, version: str) -> str:
    """Removes from a copy what was removed from the store; the version that is then current."""
    if take_memory_along(home, work):
        with suppress(
            KpiError, duckdb.Error
        ):  # of an earlier program: `init` builds it anew and removes it
            purge_again(work)
        return place.current_version(work)
    return version


@contextmanager
def _work_for(folder: Path) -> Iterator[Path]:
    """A folder to make the copy in, on the same disk: beside the folder, else within it."""
    if in_place.can_be_moved(folder):
        with _parent_of(folder) as parent, temporary_folder(parent) as work:
            yield work
    else:
        with temporary_folder(folder) as work:
            yield work


@contextmanager
def _parent_of(folder: Path) -> Iterator[Path]:
    """The folder above, made where it is missing; where the work fails it is gone again."""
    missing = place.missing_folders(folder.parent)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        yield folder.parent
    except BaseException:  # also an interruption: it is raised on, and no folder is left
        place.remove_empty(missing)
        raise


def _take_place(work: Path, home: Path) -> None:
    """Moves the old store aside and the new one into its place; each step is whole by itself."""
    waiting = place.restored_beside(home)
    if waiting.exists():  # of a restore that was killed; this one is newer
        shutil.rmtree(waiting)
    place.mark_of_restoring(work).touch()
    work.rename(waiting)
    aside = None
    try:
        aside = _move_aside(home)
        waiting.rename(home)
    except OSError:
        if aside:
            aside.rename(home)
        shutil.rmtree(waiting, ignore_errors=True)
        raise
    with suppress(OSError):  # else whoever publishes next removes it
        place.mark_of_restoring(home).unlink()
    flush(home.parent)


def _move_aside(home: Path) -> Path | None:
    """The store under another name; None where there is none, or nothing but its lock."""
    if not home.exists():
        return None
    if all(path.name == "lock" for path in home.iterdir()):
        shutil.rmtree(home)
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    aside = home.with_name(f"{home.name}-{stamp}")
    home.rename(aside)
    return aside


def _old_versions(home: Path) -> tuple[str, ...]:
    """The names of the version files that a copy does without."""
    newest_first = [*reversed(place.versions(home))]
    taken = {place.current_version(home), *islice(filter(partial(_opens, home), newest_first), 2)}
    return tuple(
        place.version_path(home, version).name for version in newest_first if version not in taken
    )


def _opens(home: Path, version: str) -> bool:
    try:
        open_store(home, version).close()
    except OtherProgramError:
        return True  # `init` builds on it.
    except KpiError:
        return False
    return True


def _copy(source: Path, target: Path, left_out: Sequence[str] = ()) -> None:
    """Every file of a store, flushed to the disk; rights are the new owner's, not the source's."""
    skipped = shutil.ignore_patterns(*_NOT_COPIED, *left_out)
    names = [path.name for path in source.iterdir()]
    target.mkdir(exist_ok=True)
    for name in sorted({*names} - skipped(str(source), names)):
        if (source / name).is_dir():
            _copy(source / name, target / name, left_out if name == "versions" else ())
        else:
            shutil.copyfile(source / name, target / name)
            flush(target / name)
    flush(target)
