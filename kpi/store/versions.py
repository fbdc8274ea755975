"""The store's folder: which version is current, and the lock that lets one writer in at a time.

<home>/current                  name of the newest version, replaced atomically
<home>/versions/000007.duckdb   immutable, so any number of processes may read it
<home>/lock                     locked by the one process that publishes

<home>.new                      a complete store that `restore` was about to put in <home>'s place
<home>/restored.new             the same, where <home> itself cannot be moved (kpi.store.in_place)
"""

import errno
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from glob import escape
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from kpi.domain.errors import KpiError
from kpi.system.os_errors import readable_name, why_not_read, why_not_written
from kpi.system.writing import flush

REPOSITORY = Path(__file__).resolve().parents[2]
REBUILD = (
    "Kør »python -m kpi init« i programmets mappe: den samler den nyeste læsbare udgave op "
    "(eller bygger en ny fra data/) og overskriver intet."
)
_VERSION = re.compile(r"\d{6,}")
# Begins the name of a mark beside an original: what follows is its name and the version to come.
KEEPING = "keeping."


def home_folder() -> Path:
    """The store's folder: the setting KPI_HOME, or `var/` in the repository."""
    return _folder(os.environ.get("KPI_HOME"), "var")


def data_folder() -> Path:
    """The folder of the embedded data set: the setting KPI_DATA, or `data/` in the repository."""
    return _folder(os.environ.get("KPI_DATA"), "data")


def _folder(setting: str | None, otherwise: str) -> Path:
    """The folder that a setting names; who starts a server need not be a shell, which reads `~`.

    Raises KpiError for a name that is not in UTF-8, which the database cannot open.
    """
    if setting is None or not setting.strip():
        folder = REPOSITORY / otherwise
    else:
        folder = Path(setting)
        folder = folder.expanduser() if folder.parts[0] == "~" else folder
    folder = folder.resolve()
    if (readable := readable_name(str(folder))) != str(folder):
        raise KpiError(
            "Mappens navn kan ikke læses",
            f"Stien »{readable}« har bogstaver, der ikke er skrevet i UTF-8. Omdøb mappen, og "
            "skriv det nye navn i indstillingen.",
        )
    return folder


def starting_area() -> str:
    """What pages and papers start from: the setting KPI_AREA, or Aarhus; it may name no area."""
    return os.environ.get("KPI_AREA") or "aarhus"


def version_path(home: Path, version: str) -> Path:
    """The file that contains one version."""
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
    """Whether nothing was ever published here (no version file and no `current`).

    Raises KpiError where that cannot be seen: a folder that may not be read is not empty.
    """
    try:
        return not (home / "current").exists() and not versions(home)
    except OSError as error:
        raise KpiError("Tallene kan ikke læses", why_not_read(home.name, error)) from error


def restored_beside(home: Path) -> Path:
    """Where `restore` keeps the whole new store until it is in the place of the old one."""
    return home.parent / f"{home.name}.new"


def mark_of_restoring(folder: Path) -> Path:
    """The mark in a store that `restore` has not put in its place yet."""
    return folder / "restoring.new"


def restored_within(home: Path) -> Path:
    """Where it keeps it in a folder that cannot be moved."""
    return home / "restored.new"


def no_store(home: Path) -> KpiError:
    """What to say where there is no store at all: where it may be, and how to get one.

    Nothing is built by itself: data/ has none of what people have published and entered.
    """
    if not (is_empty(restored_beside(home)) and is_empty(restored_within(home))):
        return KpiError(
            "Tallene kan ikke findes",
            f"En gendannelse af »{home.name}« blev afbrudt. Kør »python -m kpi init« i "
            "programmets mappe: den gør gendannelsen færdig.",
        )
    if not home.exists():
        state = "findes ikke"
    else:
        state = "har ingen tal" if not home.is_dir() or any(home.iterdir()) else "er tom"
    aside = moved_aside(home)
    aside_text = f" Ved siden af ligger »{aside[-1]}«, som har tal." if aside else ""
    return KpiError(
        "Tallene kan ikke findes",
        f"Databasemappen »{home.name}« {state}.{aside_text} Er den omdøbt, flyttet eller på et "
        "drev, der ikke er tilsluttet, så sæt den tilbage (mappen vælges med KPI_HOME), eller læg "
        "en sikkerhedskopi på plads med »python -m kpi restore«. Har der ingen været, så kør "
        "»python -m kpi init« i programmets mappe: den bygger en ny fra data/, uden det, der er "
        "indlæst og registreret.",
    )


def moved_aside(home: Path) -> list[str]:
    """The folders of the stores that `restore` has moved aside here, oldest first."""
    return sorted(
        path.name for path in home.parent.glob(f"{escape(home.name)}-*") if _has_store(path)
    )


def _has_store(folder: Path) -> bool:
    try:
        return not is_empty(folder)
    except KpiError:
        return False


def finish_restore(home: Path) -> bool:
    """Puts a store in place that `restore` was killed before it could move; whether there was one.

    Raises OSError where it cannot be moved.
    """
    waiting = restored_beside(home)
    if not is_empty(home) or is_empty(waiting):
        return False
    if home.exists():
        # Nothing but a lock: the old store was moved aside with its own.
        (home / "lock").unlink(missing_ok=True)
        with suppress(OSError):
            (home / "versions").rmdir()
        home.rmdir()
    try:
        waiting.rename(home)
    except OSError:
        if is_empty(home):
            raise
        return False  # another program was faster
    flush(home.parent)
    return True


def current_version(home: Path) -> str:
    """The current version.

    Raises KpiError when there is no store, or `current` is missing, unreadable or names a version
    that is not there.
    """
    if is_empty(home):
        raise no_store(home)
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
    numbers = [int(version) for version in versions(home)]
    named = (home / "current").read_bytes().strip() if (home / "current").exists() else b""
    if named.isdigit():
        numbers.append(int(named))
    return f"{max(numbers, default=0) + 1:06d}"


@contextmanager
def write_lock(home: Path, wait_seconds: float = 60.0, build: bool = False) -> Iterator[None]:
    """Holds the store's lock; other publishers wait their turn.

    Only with `build` may there be no store yet; where none is there at the end either, nothing is
    left. Raises KpiError when there is none, the lock is still taken after the wait, or the folder
    cannot be written (no right to, disk full, not a folder).
    """
    if not build and is_empty(home):
        raise no_store(home)
    if "?" in str(home):  # DuckDB takes what follows for settings of the file
        raise KpiError(
            "Der kan ikke skrives i databasemappen",
            f"En mappe i stien »{home}« har et spørgsmålstegn i sit navn. Det kan databasen ikke "
            "bruge. Omdøb mappen, eller vælg en anden med indstillingen KPI_HOME.",
        )
    missing = missing_folders(home)
    try:
        with _acquired(home, wait_seconds):
            clear_unfinished(home)
            yield
    finally:
        if missing and is_empty(home):
            with suppress(OSError):
                (home / "lock").unlink(missing_ok=True)
            remove_empty([home / "versions", *missing])


def _acquired(home: Path, wait_seconds: float) -> AbstractContextManager[object]:
    try:
        (home / "versions").mkdir(parents=True, exist_ok=True)
        return FileLock(home / "lock").acquire(timeout=wait_seconds)
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


def is_writable(home: Path) -> bool:
    """Whether this program may publish here; a file system can be for reading alone."""
    return all(
        os.access(path, os.W_OK) for path in (home, home / "versions", home / "lock")
        if path.exists()
    )  # fmt: skip


def missing_folders(folder: Path) -> list[Path]:
    """The folder and those above it that are not there, the innermost first."""
    return [path for path in (folder, *folder.parents) if not path.exists()]


def remove_empty(folders: Iterable[Path]) -> None:
    """Removes folders that were made in vain, the innermost first; what has contents stays."""
    with suppress(OSError):
        for path in folders:
            path.rmdir()


def clear_unfinished(home: Path) -> None:
    """Removes what was left half done by a program that was killed while it published or restored.

    For the one who holds the lock.
    """
    for marker in (home / "originals").glob(f"{KEEPING}*.new"):
        original, _, version = marker.stem.removeprefix(KEEPING).rpartition(".")
        if original and version.isdigit() and not version_path(home, version).exists():
            with suppress(OSError):
                (home / "originals" / original).unlink(missing_ok=True)
    for left in (
        *(home / "versions").glob("next.tmp*"),
        *(home / "originals").glob("*.new"),
        home / "current.new",
        mark_of_restoring(home),
        *_restored_in_vain(home),
    ):
        # Never part of a version, so nothing is lost with it. DuckDB may have made a folder.
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _restored_in_vain(home: Path) -> list[Path]:
    """The new store of a `restore` that was killed before it moved the old one aside."""
    waiting = restored_beside(home)
    # Without its mark it may be somebody's copy; beside no other store it takes the place.
    is_in_vain = mark_of_restoring(waiting).exists() and not is_empty(home)
    return [waiting] if is_in_vain else []


@contextmanager
def disk_errors_reported(home: Path) -> Iterator[None]:
    """Reports in Danish, as KpiError, a version that could not be written to the disk.

    DuckDB raises one class or another for it, by what it was doing; the system's words are in each.
    """
    try:
        yield
    except (OSError, duckdb.Error) as error:
        if not is_disk_error(error):
            raise
        code = error.errno if isinstance(error, OSError) else _code_of(str(error))
        why = why_not_written(home.name, OSError(code, "")) if code else ""
        full = f"Kontrollér, at der er plads på disken ({home.name}), og prøv igen."
        raise KpiError("Udgaven kan ikke skrives", f"{why or full} Intet er ændret.") from error


def is_disk_error(error: Exception) -> bool:
    """Whether the disk is full or closed; no for a fault of ours in a statement."""
    return isinstance(error, (OSError, duckdb.IOException)) or _code_of(str(error)) is not None


def _code_of(text: str) -> int | None:
    """The system's code in an error of DuckDB's, which has only its words."""
    codes = (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS, errno.EIO, errno.EFBIG)
    return next((code for code in codes if os.strerror(code) in text), None)


def make_current(home: Path, finished: Path, version: str) -> None:
    """Moves a finished version file into place and points `current` at it.

    Both steps are atomic and flushed to disk: a crash leaves either the old version or the new.
    Then the oldest versions go.
    Raises OSError where the disk is full; then neither is there.
    """
    pointer = home / "current.new"
    try:
        # Both are on the disk before the first of them is moved: moving needs no more room.
        pointer.write_text(version + "\n", encoding="ascii")
        flush(pointer)
        flush(finished)
        finished.replace(version_path(home, version))
        flush(home / "versions")
        pointer.replace(home / "current")
    except OSError:
        for left in (pointer, version_path(home, version)):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        raise
    flush(home)
    let_go_of_old(home, version)


def kept_versions() -> int:
    """How many versions a store keeps: the setting KPI_KEEP_VERSIONS, at least 2, or 20."""
    said = os.environ.get("KPI_KEEP_VERSIONS", "").strip()
    return max(int(said), 2) if said.isdecimal() else 20


def let_go_of_old(home: Path, version: str) -> None:
    """Removes the oldest versions before this current one. For the one who holds the lock.

    Days before are read from the newest one: an older one is there for a reader that has it open,
    and to build on when the newest are damaged. What cannot be deleted (open, on Windows) is tried
    again by the next publication.
    """
    earlier = [each for each in versions(home) if int(each) < int(version)]
    for old in earlier[: -(kept_versions() - 1)]:
        with suppress(OSError):
            version_path(home, old).unlink(missing_ok=True)


def take_place_of(home: Path, finished: Path, version: str) -> None:
    """Moves a finished file into the place of an existing version: only a removal does so."""
    flush(finished)
    finished.replace(version_path(home, version))
    flush(home / "versions")


def damaged(version: str) -> KpiError:
    """The error of a version that cannot be read."""
    return KpiError(
        "Tallene kan ikke læses",
        f"Udgave {version} er beskadiget eller mangler. Læg filen tilbage fra en "
        f"sikkerhedskopi. {REBUILD}",
    )
