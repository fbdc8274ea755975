"""Removing for good (GDPR, article 17): a published file, or what a person entered, everywhere.

Versions are otherwise never changed. Here each one that has rows of the file is rewritten beside
itself, so that no free block of the old file is left, and takes its own place in one step. An order
of what is being removed lies in the store until all is done: whoever asks again, or runs `init`,
finishes it, wherever it was killed.
"""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from glob import escape
from pathlib import Path

import duckdb

from kpi.domain.errors import KpiError
from kpi.domain.vocabulary import REMOVED_TEXT
from kpi.store import in_place
from kpi.store import versions as place
from kpi.store.attaching import attach
from kpi.store.connection import connect, is_up_to_date
from kpi.store.next_version import signed
from kpi.store.publishing import clear, read_all
from kpi.store.purge_orders import (
    ORDER,
    SAME_FILE,
    Order,
    order_of_batch,
    order_of_entry,
    orders_again,
    read_order,
    write_order,
)
from kpi.store.removed import QUEUE, REJECTED, backups_since, forget_fetched, remember
from kpi.store.removing_entries import take_out_entry
from kpi.store.removing_rows import take_out
from kpi.system.writing import flush

_LOG = logging.getLogger(__name__)

# That the removals of before are to be made again.
_AGAIN = "purging.again"


@dataclass(frozen=True)
class Purged:
    """What was removed: the batches of one original, and how many versions were rewritten.

    `batch_ids` are all publications of the same file. `deleted_versions` were written by an earlier
    program or could not be read, and are removed entirely. `indicator_ids` had rows of the file,
    from the day `known_from` on; empty where a removal that was cut short was only finished.
    `copies` are folders beside the store that may still contain the file, `backups` those that
    `backup` has made since it was published, `recipes` names of recipes that were made from it or
    used for it: they may contain its name and words. `entry_ids` are what was removed of what
    people entered; then there are no batches.
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
    entry_ids: tuple[int, ...] = ()


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
        begun = read_order(home)
        if begun is not None:
            done = _carry_out(home, begun)
            if batch_id in begun.batch_ids:
                return done
        order = order_of_batch(batch_id, by, why, home)
        write_order(home, order)
        return _carry_out(home, order)


def purge_entry(entry_id: int, by: str, why: str, home: Path | None = None) -> Purged:
    """Removes what a person entered in one go from all versions: rows, texts, the file's name.

    Rows that earlier days still need, as figures are of them, stay without a word of anybody's.
    The history keeps the number, who entered it and when, and when, by whom and why it was removed.
    Raises KpiError as `purge`, and where today's figures or rows need a row that nobody corrected.
    """
    by, why = signed(by, why)
    home = home or place.home_folder()
    with place.write_lock(home), _faults_reported(home):
        begun = read_order(home)
        if begun is not None:
            done = _carry_out(home, begun)
            if begun.entry_id == entry_id:
                return done
        order = order_of_entry(entry_id, by, why, home)
        write_order(home, order)
        return _carry_out(home, order)


def purge_claim(claim_id: str, by: str, why: str, home: Path | None = None) -> Purged:
    """Removes the entries that a statement of Regnetjek ever came with; withdrawn ones too.

    Raises KpiError as `purge_entry`, and for a claim that nobody entered.
    """
    by, why = signed(by, why)
    home = home or place.home_folder()
    entry_ids: set[int] = set()
    for version in place.versions(home):
        with suppress(duckdb.Error), connect(place.version_path(home, version), None) as connection:
            entry_ids |= {
                number
                for (number,) in connection.execute(_OF_CLAIM, {"claim": claim_id}).fetchall()
            }
    if not entry_ids:
        raise KpiError(
            "Udsagnet findes ikke",
            "Ingen har registreret et udsagn med det id. Se alle med »python -m kpi claims«.",
        )
    every = [purge_entry(entry_id, by, why, home) for entry_id in sorted(entry_ids)]
    return replace(
        every[-1],
        entry_ids=tuple(sorted(entry_ids)),
        rewritten_versions=max(done.rewritten_versions for done in every),
        deleted_versions=sum(done.deleted_versions for done in every),
    )


def finish_purge(home: Path | None = None) -> Purged | None:
    """Finishes removals that were cut short, or not made in a restored store; the last of them."""
    home = home or place.home_folder()
    if not (home / ORDER).exists() and not (home / _AGAIN).exists():
        return None
    with place.write_lock(home), _faults_reported(home):
        order = read_order(home)
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
        orders = orders_again(home, connection)
    for order in orders:
        write_order(home, order)
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


def _carry_out(home: Path, order: Order) -> Purged:
    """Removes all that is left of an order, the newest version first; each step in one move."""
    remember(home, order.key, (order.by, order.why), is_secret=not order.entered_at)
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
    originals = list((home / "originals").glob(f"{order.sha256}.*")) if order.sha256 else []
    for path in (*originals, *_waiting(home, order.sha256)):
        path.unlink()
    forget_fetched(home, order.sha256)
    flush(home / "versions")
    (home / ORDER).unlink()
    flush(home)
    removed = f"entry {order.entry_id}" if order.entered_at else f"batches {order.batch_ids}"
    _LOG.info("purged %s as version %s", removed, version)
    return Purged(
        tuple(order.batch_ids), version, rewritten, deleted, len(originals),
        frozenset(order.indicator_ids), order.known_from, tuple(_copies(home)),
        tuple(order.recipes), backups_since(home, order.known_from),
        (order.entry_id,) if order.entered_at else (),
    )  # fmt: skip


def _waiting(home: Path, sha256: str) -> list[Path]:
    """The same file where it waits for a person, with what is said of it."""
    files = (home / QUEUE).glob(f"{sha256}.*") if sha256 else ()
    return [path for path in files if not path.name.endswith(REJECTED)]


class _OtherVersionError(Exception):
    """A version that this program cannot compute again: damaged, or of an earlier program."""


def _written_without(path: Path, order: Order, out: Path) -> bool:
    """Writes a version without an order's rows; false where it has nothing of it.

    The rows are taken out of a copy, and what is left is copied into a new file: what a database
    deletes is still in its free blocks.
    Raises _OtherVersionError where the version cannot be read or recomputed.
    """
    copy = _copy(out)
    clear(copy)
    clear(out)
    shutil.copyfile(path, copy)
    numbers = _numbers_of(order, copy)
    if not numbers:
        return False
    with duckdb.connect(str(copy)) as connection:
        if order.entered_at:
            moment = datetime.fromisoformat(order.entered_at)
            take_out_entry(moment, order.day, order.by, order.why, connection)
        else:
            take_out(numbers, order.day, order.by, order.why, connection)
        connection.execute("CHECKPOINT")
    with duckdb.connect(":memory:") as connection:
        attach(connection, copy, "READ_ONLY", "held")
        attach(connection, out, "STORAGE_VERSION 'v1.5.0'", "kept")
        connection.execute("COPY FROM DATABASE held TO kept")
        connection.execute("CHECKPOINT kept")
    clear(copy)
    return True


def _numbers_of(order: Order, version: Path) -> list[int]:
    """The numbers in a version of a file's batches, or of an entry; none where it has none.

    Raises _OtherVersionError as above.
    """
    ask = (
        (_OF_MOMENT, {"moment": order.entered_at, "removed": REMOVED_TEXT})
        if order.entered_at
        else (SAME_FILE, {"sha256": order.sha256})
    )
    try:
        with duckdb.connect(str(version), read_only=True) as connection:
            numbers = connection.execute(*ask).fetchall()
            if numbers and not is_up_to_date(connection):
                raise _OtherVersionError
            if numbers:
                read_all(connection)
    except duckdb.Error as error:
        _LOG.info("a version cannot be read", exc_info=True)
        raise _OtherVersionError from error
    return [number for number, *_ in numbers]


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


_OF_CLAIM = """
SELECT entry_id FROM claim JOIN entry USING (entered_at) WHERE claim_id = $claim
"""
_OF_MOMENT = """
SELECT entry_id FROM entry
WHERE entered_at = $moment::TIMESTAMP AND origin IS DISTINCT FROM $removed
"""
