"""The store's folder: which version holds, and the lock that lets one writer in at a time.

<home>/current                  name of the newest version, replaced atomically
<home>/versions/000007.duckdb   immutable, so any number of processes may read it
<home>/lock                     held by the one process that publishes
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from kpi.errors import KpiError
from kpi.os_errors import why_not_written

REPOSITORY = Path(__file__).resolve().parents[2]
REBUILD = (
    "Kør »python -m kpi init« i programmets mappe: den samler den nyeste læsbare udgave op "
    "(eller bygger en ny fra data/) og overskriver intet."
)
_VERSION = re.compile(r"\d{6,}")


def home_folder() -> Path:
    """The store's folder: the setting KPI_HOME, or `var/` in the repository."""
    return Path(os.environ.get("KPI_HOME") or REPOSITORY / "var").resolve()


def data_folder() -> Path:
    """The folder of the embedded data set: the setting KPI_DATA, or `data/` in the repository."""
    return Path(os.environ.get("KPI_DATA") or REPOSITORY / "data").resolve()


def version_path(home: Path, version: str) -> Path:
    """The file that holds one version."""
    return home / "versions" / f"{version}.duckdb"


def versions(home: Path) -> list[str]:
    """The versions whose files exist, oldest first."""
    return sorted(
        (
            path.stem
            for path in (home / "versions").glob("*.duckdb")
            if _VERSION.fullmatch(path.stem)
        ),
        key=int,
    )


def is_empty(home: Path) -> bool:
    """Whether nothing was ever published here (no version file and no `current`)."""
    return not (home / "current").exists() and not versions(home)


def current_version(home: Path) -> str:
    """The version that holds now.

    Raises KpiError when `current` is missing, unreadable or names a version that is not there.
    """
    try:
        version = (home / "current").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise KpiError(
            "Tallene kan ikke findes",
            f"Filen »current« i databasemappen mangler eller kan ikke læses. {REBUILD}",
        ) from error
    if not _VERSION.fullmatch(version) or not version_path(home, version).exists():
        raise KpiError(
            "Tallene kan ikke findes",
            f"Filen »current« peger på udgave »{version[:20]}«, som ikke findes i "
            f"databasemappen. Læg filen tilbage fra en sikkerhedskopi. {REBUILD}",
        )
    return version


def next_version(home: Path) -> str:
    """A version name above all that exist or that `current` names, so none is overwritten."""
    taken = [int(version) for version in versions(home)]
    named = (home / "current").read_bytes().strip() if (home / "current").exists() else b""
    if named.isdigit():
        taken.append(int(named))
    return f"{max(taken, default=0) + 1:06d}"


@contextmanager
def write_lock(home: Path, wait_seconds: float = 60.0) -> Iterator[None]:
    """Holds the store's lock; other publishers wait their turn.

    Raises KpiError when the lock is still taken after the wait, or the folder cannot be written
    (no right to, disk full, not a folder).
    """
    try:
        (home / "versions").mkdir(parents=True, exist_ok=True)
        lock = FileLock(home / "lock")
        with lock.acquire(timeout=wait_seconds):
            yield
    except Timeout as error:
        raise KpiError(
            "En anden er ved at udgive",
            f"Databasen har været optaget i {wait_seconds:.0f} sekunder. Prøv igen om lidt.",
        ) from error
    except OSError as error:
        raise KpiError(
            "Der kan ikke skrives i databasemappen",
            f"{why_not_written(home.name, error)} Mappen vælges med indstillingen KPI_HOME.",
        ) from error


def disk_full(home: Path) -> KpiError:
    """What to tell when a version could not be written."""
    return KpiError(
        "Udgaven kunne ikke skrives",
        f"Kontrollér, at der er plads på disken ({home.name}), og prøv igen. "
        "Den hidtidige udgave er uændret.",
    )


def make_current(home: Path, finished: Path, version: str) -> None:
    """Moves a finished version file into place and points `current` at it.

    Both steps are atomic and flushed to disk: a crash leaves either the old version or the new.
    """
    _flush(finished)
    finished.replace(version_path(home, version))
    _flush(home / "versions")
    pointer = home / "current.new"
    pointer.write_text(version + "\n", encoding="ascii")
    _flush(pointer)
    pointer.replace(home / "current")
    _flush(home)


def _flush(path: Path) -> None:
    # Windows can neither open folders nor flush read-only handles; there the file flush suffices.
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def damaged(version: str) -> KpiError:
    """The error of a version that cannot be read."""
    return KpiError(
        "Tallene kan ikke læses",
        f"Udgave {version} er beskadiget eller mangler. Læg filen tilbage fra en "
        f"sikkerhedskopi. {REBUILD}",
    )
