"""Removing a published file for good (GDPR, article 17): its original and its rows everywhere.

Versions are otherwise never changed. Here each one that has rows of the file is rewritten beside
itself, so that no free block of the old file is left, and takes its own place in one step. An order
of what is being removed lies in the store until all is done: whoever asks again, or runs `init`,
finishes it, wherever it was killed.
"""

import json
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from glob import escape
from pathlib import Path

import duckdb

from kpi.domain.errors import KpiError
from kpi.domain.format import long_date
from kpi.domain.period import DENMARK
from kpi.ingest.mapping.recipe import all_recipes
from kpi.store import in_place
from kpi.store import versions as place
from kpi.store.connection import connect, is_up_to_date, open_store
from kpi.store.next_version import signed
from kpi.store.publishing import clear, read_all
from kpi.store.removed import backups_since, remember, removed_among
from kpi.store.removing_rows import take_out
from kpi.system.writing import flush, write_in_one_step

_LOG = logging.getLogger(__name__)

# An order of one removal, and that those of before are to be made again.
_ORDER, _AGAIN = "purging.json", "purging.again"


@dataclass(frozen=True)
class Purged:
    """What was removed: the batches of one original, and how many versions were rewritten.

    `batch_ids` are all publications of the same file. `deleted_versions` were written by an earlier
    program or could not be read, and are removed entirely. `indicator_ids` had rows of the file,
    from the day `known_from` on; empty where a removal that was cut short was only finished.
    `copies` are folders beside the store that may still contain the file, `backups` those that
    `backup` has made since it was published, `recipes` names of recipes that were made from it or
    used for it: they may contain its name and words.
    """

    batch_ids: tuple[int, ...]
    version: str
    rewritten_versions: int
    deleted_versions: int
    originals: int
    indicator_ids: frozenset[str]
    known_from: str
    copies: tuple[str, ...]
    recipes: tuple[str, ...] = ()
    backups: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Order:
    """What is to be removed, until it is: kept in the store, so that a kill undoes nothing."""

    batch_ids: list[int]
    sha256: str
    by: str
    why: str
    day: str
    indicator_ids: list[str]
    known_from: str
    recipes: list[str] = field(default_factory=list)


def purge(batch_id: int, by: str, why: str, home: Path | None = None) -> Purged:
    """Removes the file that a batch came from: its original, and its rows in all versions.

    The rows before it are current again. The history keeps that, when and by whom something was
    removed, and none of what it was; the file's name, note and hash are removed too. Asked again
    after a kill, it finishes what was begun. Raises KpiError for an unknown batch, one of data/,
    one that is removed already, an empty `by` or `why`, or a full disk; then what is left to remove
    is removed when asked again.
    """
    by, why = signed(by, why)
    home = home or place.home_folder()
    with place.write_lock(home), _faults_reported(home):
        begun = _read_order(home)
        if begun is not None:
            done = _carry_out(home, begun)
            if batch_id in begun.batch_ids:
                return done
        order = _order_of(batch_id, by, why, home)
        _write_order(home, order)
        return _carry_out(home, order)


def finish_purge(home: Path | None = None) -> Purged | None:
    """Finishes removals that were cut short, or not made in a restored store; the last of them."""
    home = home or place.home_folder()
    if not (home / _ORDER).exists() and not (home / _AGAIN).exists():
        return None
    with place.write_lock(home), _faults_reported(home):
        order = _read_order(home)
        done = None if order is None else _carry_out(home, order)
        return purge_again(home) or done if (home / _AGAIN).exists() else done


def purge_again(home: Path) -> Purged | None:
    """Removes from a store what was removed before, and a backup made before that brought back.

    For the one who holds the lock, or a store that is not in its place yet. Where the tables must
    be built anew first, it is left to `finish_purge`.
    """
    (home / _AGAIN).touch()
    done = None
    version = place.current_version(home)
    with connect(place.version_path(home, version), None) as connection:
        published = {sha256 for (sha256,) in connection.execute(_FILES).fetchall()}
        kept = {path.stem for path in (home / "originals").glob("*.*")}
        orders = [
            _order_of_file(sha256, removed.by, removed.why, home, connection)
            for sha256, removed in removed_among(home, published | kept)
        ]
    for order in orders:
        _write_order(home, order)
        done = _carry_out(home, order)
    (home / _AGAIN).unlink()
    flush(home)
    return done


@contextmanager
def _faults_reported(home: Path) -> Iterator[None]:
    try:
        yield
    except (duckdb.Error, OSError) as error:
        if not place.is_disk_error(error):
            raise
        raise KpiError(
            "Sletningen er ikke færdig",
            f"Kontrollér, at der er plads på disken ({home.name}), og at ingen andre programmer "
            "har filerne åbne. Giv samme kommando igen: så slettes resten.",
        ) from error


def _order_of(batch_id: int, by: str, why: str, home: Path) -> _Order:
    """What a batch's file has left in the current version. Raises KpiError as `purge`."""
    version = place.current_version(home)
    open_store(home, version).close()  # says what to do where an earlier program wrote it
    with connect(place.version_path(home, version), None) as connection:
        batch = connection.execute(_BATCH, {"batch": batch_id}).fetchone()
        if batch is None:
            raise KpiError(
                "Indlæsningen findes ikke",
                f"Der er ingen indlæsning nr. {batch_id}. Se alle med »python -m kpi batches«.",
            )
        state, origin, sha256, day, who = batch
        if state == "purged":
            raise KpiError(
                "Indlæsningen er allerede slettet",
                f"Nr. {batch_id} blev slettet {long_date(day)} af {who}.",
            )
        if origin != "upload":
            raise KpiError(
                "Indlæsningen kan ikke slettes",
                f"Nr. {batch_id} kommer fra data/ og ikke fra en indlæst fil. Tag rækkerne ud af "
                "data/, og byg databasen i en ny mappe.",
            )
        return _order_of_file(sha256, by, why, home, connection)


def _order_of_file(
    sha256: str, by: str, why: str, home: Path, connection: duckdb.DuckDBPyConnection
) -> _Order:
    """What the batches of a file have left in a version that is open."""
    batches = connection.execute(_SAME_FILE, {"sha256": sha256}).fetchall()
    numbers = [number for number, _ in batches]
    indicators = connection.execute(_INDICATORS, {"batches": numbers}).fetchall()
    named = connection.execute(_NAMED, {"batches": numbers}).fetchall()
    return _Order(
        numbers, sha256, by, why, datetime.now(DENMARK).date().isoformat(),
        [indicator_id for (indicator_id,) in indicators],
        min((known.isoformat() for _, known in batches), default=""),
        _recipes_of({name for name, _ in named}, {recipe for _, recipe in named}, home),
    )  # fmt: skip


def _recipes_of(files: set[str], used: set[str], home: Path) -> list[str]:
    """The store's recipes that were made from files of these names, or that were used for them."""
    return [
        recipe.name
        for recipe in all_recipes((home / "recipes",))
        if recipe.name in used or (recipe.made_from and recipe.made_from.file in files)
    ]


def _carry_out(home: Path, order: _Order) -> Purged:
    """Removes all that is left of an order, the newest version first; each step in one move."""
    remember(home, order.sha256, (order.by, order.why))
    unfinished = home / "versions" / "next.tmp"
    version = place.current_version(home)
    rewritten = 0
    try:
        try:
            if _written_without(place.version_path(home, version), order, unfinished):
                new = place.next_version(home)
                place.make_current(home, unfinished, new)
                version = new
        except _OtherVersionError as error:
            raise KpiError(
                "Sletningen er ikke færdig",
                "Tallene skal først bygges om: Kør »python -m kpi init«. Den sletter også resten.",
            ) from error
        deleted = 0
        for version_name in place.versions(home):
            path = place.version_path(home, version_name)
            try:
                if _written_without(path, order, unfinished):
                    place.take_place_of(home, unfinished, version_name)
                    rewritten += 1
            except _OtherVersionError:
                path.unlink()
                deleted += 1
    finally:
        clear(unfinished)
        clear(_copy(unfinished))
    originals = list((home / "originals").glob(f"{order.sha256}.*"))
    for original in originals:
        original.unlink()
    flush(home / "versions")
    (home / _ORDER).unlink()
    flush(home)
    _LOG.info("purged batches %s as version %s", order.batch_ids, version)
    return Purged(
        tuple(order.batch_ids), version, rewritten, deleted, len(originals),
        frozenset(order.indicator_ids), order.known_from, tuple(_copies(home)),
        tuple(order.recipes), backups_since(home, order.known_from),
    )  # fmt: skip


class _OtherVersionError(Exception):
    """A version that this program cannot compute again: damaged, or of an earlier program."""


def _written_without(path: Path, order: _Order, out: Path) -> bool:
    """Writes a version without the file's rows; false where it has nothing of the file.

    The rows are taken out of a copy, and what is left is copied into a new file: what a database
    deletes is still in its free blocks.
    Raises _OtherVersionError where the version cannot be read or recomputed.
    """
    copy = _copy(out)
    clear(copy)
    clear(out)
    shutil.copyfile(path, copy)
    numbers = _batches_of(order.sha256, copy)
    if not numbers:
        return False
    with duckdb.connect(str(copy)) as connection:
        take_out(numbers, order.day, order.by, order.why, connection)
        connection.execute("CHECKPOINT")
    with duckdb.connect(":memory:") as connection:
        # ATTACH takes no bound parameter; the paths are ours, never a person's.
        for file, name, how in ((copy, "held", "READ_ONLY"), (out, "kept", _NEWER)):
            quoted = str(file).replace("'", "''")
            connection.execute(f"ATTACH '{quoted}' AS {name} ({how})")
        connection.execute("COPY FROM DATABASE held TO kept")
        connection.execute("CHECKPOINT kept")
    clear(copy)
    return True


def _batches_of(sha256: str, version: Path) -> list[int]:
    """The numbers of a file's batches in a version. Raises _OtherVersionError as above."""
    try:
        with duckdb.connect(str(version), read_only=True) as connection:
            batches = connection.execute(_SAME_FILE, {"sha256": sha256}).fetchall()
            if batches and not is_up_to_date(connection):
                raise _OtherVersionError
            if batches:
                read_all(connection)
    except duckdb.Error as error:
        _LOG.info("a version cannot be read", exc_info=True)
        raise _OtherVersionError from error
    return [number for number, _ in batches]


def _copy(out: Path) -> Path:
    return out.with_name("next.tmp2")  # which is cleared like the other


def _copies(home: Path) -> Iterator[str]:
    """Folders beside the store or within it that `restore --replace` moved aside."""
    for folder in (
        *sorted(home.parent.glob(f"{escape(home.name)}-*")),
        *sorted(home.glob(f"{in_place.REPLACED}*")),
    ):
        if (folder / "versions").is_dir():
            yield folder.name


def _read_order(home: Path) -> _Order | None:
    try:
        return _Order(**json.loads((home / _ORDER).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def _write_order(home: Path, order: _Order) -> None:
    content = json.dumps(asdict(order), ensure_ascii=False).encode()
    write_in_one_step(home / _ORDER, content, home / f"{_ORDER}.new", flushed=True)


_FILES = "SELECT DISTINCT original_sha256 FROM batch WHERE origin = 'upload'"
_NEWER = "STORAGE_VERSION 'v1.5.0'"
_BATCH = """
SELECT state, origin, original_sha256, withdrawn_on, withdrawn_by FROM batch
WHERE batch_id = $batch
"""
_SAME_FILE = """
SELECT batch_id, known_from FROM batch
WHERE origin = 'upload' AND original_sha256 = $sha256
ORDER BY batch_id
"""
_INDICATORS = """
SELECT DISTINCT indicator_id FROM observation WHERE list_contains($batches::INTEGER[], batch_id)
ORDER BY indicator_id
"""
_NAMED = """
SELECT original_name, coalesce(recipe, '') FROM batch
WHERE list_contains($batches::INTEGER[], batch_id)
"""
