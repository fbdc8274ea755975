"""A copy of the whole store, and putting one back."""

import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from kpi.errors import KpiError
from kpi.os_errors import why_not_written
from kpi.store import home as place
from kpi.store.opening import OtherProgramError, open_store

# The lock is the running program's own.
_NOT_COPIED = shutil.ignore_patterns("lock", "*.tmp", "*.wal", "*.new")


def backup(folder: Path, home: Path | None = None) -> int:
    """Copies the store to a new folder while no one publishes; returns how many files it has.

    Raises KpiError when there is no store, or the folder exists and holds something.
    """
    home = home or place.home_folder()
    place.current_version(home)
    if folder.exists() and any(folder.iterdir()):
        raise KpiError(
            "Mappen er ikke tom", f"»{folder.name}« indeholder allerede filer. Vælg en ny mappe."
        )
    unfinished = folder.with_name(folder.name + ".new")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with place.write_lock(home):
            shutil.rmtree(unfinished, ignore_errors=True)
            shutil.copytree(home, unfinished, ignore=_NOT_COPIED)
        if folder.exists():
            folder.rmdir()
        unfinished.rename(folder)
    except OSError as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise KpiError(
            "Sikkerhedskopien kunne ikke gemmes",
            why_not_written(folder.name, error),
        ) from error
    return sum(path.is_file() for path in folder.rglob("*"))


def restore(folder: Path, home: Path | None = None, replace: bool = False) -> str:
    """Puts a copy in the place of the store and returns the version that then holds.

    A store that stands there already is refused; with `replace` it is moved aside, not deleted.
    The copy may be of an earlier program: `init` brings it along when it stands in its place.
    Raises KpiError when the copy cannot be read.
    """
    home = home or place.home_folder()
    version = place.current_version(folder)
    with suppress(OtherProgramError):
        open_store(folder, version).close()
    taken = home.exists() and any(path.name != "lock" for path in home.iterdir())
    if taken and not replace:
        raise KpiError(
            "Der er allerede en database",
            f"»{home.name}« indeholder tal. Skriv --replace for at erstatte dem; de gemmes "
            "ved siden af.",
        )
    unfinished = home.with_name(home.name + ".new")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(folder, unfinished, ignore=_NOT_COPIED)
        if taken:
            with place.write_lock(home):
                stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
                home.rename(home.with_name(f"{home.name}-{stamp}"))
        elif home.exists():
            shutil.rmtree(home)
        unfinished.rename(home)
    except OSError as error:
        raise KpiError(
            "Sikkerhedskopien kunne ikke lægges på plads",
            why_not_written(home.name, error),
        ) from error
    return version
