"""Publishing: the newest version is copied, changed in one transaction, and moved into place."""

import logging
import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from kpi.additions.checks import loose_ends
from kpi.domain.errors import KpiError
from kpi.domain.period import DENMARK, last_day
from kpi.ingest.data_figures import CheckedData, checked_data
from kpi.store import in_place
from kpi.store import versions as place
from kpi.store.batches import insert_rows
from kpi.store.connection import NEW_FILE, connect, is_up_to_date
from kpi.store.current_metadata import write_current
from kpi.store.current_rows import rebuild_all_rows, rebuild_rows
from kpi.store.data_changes import find_changes, insert_changes, keep_figures
from kpi.store.derived import empty_derived_tables
from kpi.store.kept_rows import bring_to_what_is_kept
from kpi.store.metadata import read_catalog
from kpi.store.migrate import upgrade
from kpi.store.moving import bring_along
from kpi.store.same_data import data_key, is_made_of, keep_key
from kpi.system.incoming import table_of
from kpi.system.os_errors import why_not_written
from kpi.system.temporary import clear_leftovers
from kpi.system.two_at_once import OF_EACH
from kpi.tables.spec import COLUMNS, SPECS, Row

_LOG = logging.getLogger(__name__)
# Tables of the store alone whose rows are the source of all else.
_OWN_TABLES = (
    "entry", "batch", "period", "past_observation", "current_observation", "hidden_observation",
    "hidden_row", "stays_hidden", "undeclared_row", "put_out", "strictest_limit", "counted_kind",
    "ever_within", "ever_part_of",
)  # fmt: skip
_EMPTY = "DELETE FROM {}"
_FORGET = f"{_EMPTY} WHERE entered_by IS NULL"
_READ_DERIVED = """
SELECT bit_xor(hash(recent_observation)) FROM recent_observation
UNION ALL SELECT bit_xor(hash(coverage)) FROM coverage
UNION ALL SELECT bit_xor(hash(figure_count)) FROM figure_count
UNION ALL SELECT bit_xor(hash(newest_period)) FROM newest_period
UNION ALL SELECT bit_xor(hash(indicator_count)) FROM indicator_count
UNION ALL SELECT bit_xor(hash(published_outline)) FROM published_outline
UNION ALL SELECT bit_xor(hash(implausible_observation)) FROM implausible_observation
UNION ALL SELECT bit_xor(hash(school_figure)) FROM school_figure
"""


@dataclass(frozen=True)
class Published:
    """What a publication did.

    `rows_*` count observations; `changed` is False when nothing was new. `restored` says that a
    store which `restore` had not put in place yet was put there before, `anew` that there had been
    figures here before but none could be built on.
    """

    version: str
    changed: bool
    rows_new: int
    rows_changed: int
    rows_removed: int
    set_aside: tuple[str, ...] = ()
    restored: bool = False
    anew: bool = False


def init(home: Path | None = None, data: Path | None = None) -> Published:
    """Builds the first version from data/; later publishes only what has changed in data/ since.

    A store that `restore` was killed before it could put in place is put there first.
    Raises KpiError with every problem of data/ at once, or when the disk is full; the earlier
    version then stays in place, and where there was none nothing is left. Versions that cannot be
    read are set aside untouched, and listed in `set_aside`.
    """
    home = home or place.home_folder()
    data = data or place.data_folder()
    key = data_key(data)
    checked = None if _is_as_made(home, key) else checked_data(data)
    clear_leftovers(home.parent)
    clear_leftovers(home)
    restored = _finish_restore(home)
    unfinished = home / "versions" / "next.tmp"
    with place.write_lock(home, build=True), place.disk_errors_reported(home):
        pointed = _pointed(home)
        was_used = not place.is_empty(home) or any((home / "originals").glob("*"))
        was_used = was_used or bool(place.moved_aside(home))
        try:
            base, sound, set_aside = _copy_newest(home, pointed, unfinished)
            version = place.next_version(home)
            with duckdb.connect(str(unfinished), config=NEW_FILE) as connection:
                connection.execute(OF_EACH)
                is_as_made = sound and base == pointed and is_made_of(connection, base, key)
                if checked is None and is_as_made and base is not None:
                    return Published(base, False, 0, 0, 0, restored=restored)
                # Somebody published meanwhile, or the version is damaged: read data/ after all.
                checked = checked or checked_data(data)
                outcome = _apply(connection, checked, first=base is None, rebuild=not sound)
                # Of files that changed while they were read nobody knows what was read.
                keep_key(connection, version, key if key == data_key(data) else None)
                connection.execute("CHECKPOINT")
            if base is not None and base == pointed and not any(outcome.values()):
                return Published(base, False, 0, 0, 0, restored=restored)
            place.make_current(home, unfinished, version)
        finally:
            clear(unfinished)
    _LOG.info("published version %s: %s", version, outcome)
    return Published(
        version, True, outcome["new"], outcome["changed"], outcome["removed"], set_aside,
        restored, anew=was_used and base is None,
    )  # fmt: skip


def _is_as_made(home: Path, key: str | None) -> bool:
    """Whether the current version is what `init` made of data/ as it is, which is not read then."""
    try:
        version = place.current_version(home)
        with connect(place.version_path(home, version), None) as connection:
            return is_made_of(connection, version, key)
    except (KpiError, duckdb.Error, OSError):
        return False


def clear(unfinished: Path) -> None:
    """Removes an unfinished version, and what DuckDB left beside it."""
    # Left behind by a crash; never a version, so nothing is lost with it.
    for leftover in (unfinished, unfinished.with_name(unfinished.name + ".wal")):
        leftover.unlink(missing_ok=True)


def _finish_restore(home: Path) -> bool:
    try:
        if place.restored_within(home).exists():
            with place.write_lock(home, build=True):
                return in_place.finish(home)
        return place.finish_restore(home)
    except OSError as error:
        raise KpiError(
            "Gendannelsen kunne ikke gøres færdig", why_not_written(home.name, error)
        ) from error


def _pointed(home: Path) -> str | None:
    try:
        return place.current_version(home)
    except KpiError:
        return None


def _copy_newest(
    home: Path, pointed: str | None, copy: Path
) -> tuple[str | None, bool, tuple[str, ...]]:
    """Copies the version to build on; returns it, and the versions that cannot be read.

    It is the current one, else the newest that can be read in full; None when there is none.
    Between the two: whether all that is computed from its rows is sound and up to date.
    """
    candidates = [version for version in reversed(place.versions(home)) if version != pointed]
    unreadable: list[str] = []
    for version in ([pointed] if pointed else []) + candidates:
        clear(copy)
        shutil.copyfile(place.version_path(home, version), copy)
        try:
            # The copy is read: a reader in this process may have the version itself open. A
            # damaged file can open all the same, but every block has a checksum that reading it
            # proves.
            with duckdb.connect(str(copy)) as opened:
                opened.execute(OF_EACH)
                # Of an earlier program's version: what it had no table for yet.
                upgrade(opened)
                read_all(opened)
                sound = _is_sound(opened)
        except duckdb.Error:
            _LOG.info("version %s cannot be read", version, exc_info=True)
            unreadable.append(version)
        else:
            return version, sound, tuple(unreadable)
    clear(copy)
    return None, False, tuple(unreadable)


def tables_not_derived() -> list[str]:
    """Every table whose rows are the source of all else."""
    of_data = [table for spec in SPECS.values() for table in (spec.name, spec.rows_table)]
    return list(dict.fromkeys((*of_data, *_OWN_TABLES)))


def read_all(connection: duckdb.DuckDBPyConnection) -> None:
    """Reads every table whose rows are the source of all else. duckdb.Error: one is damaged."""
    for table in tables_not_derived():
        rows = connection.table(table).set_alias("rows_read")
        rows.aggregate("bit_xor(hash(rows_read))").fetchall()


def _is_sound(connection: duckdb.DuckDBPyConnection) -> bool:
    try:
        connection.execute(_READ_DERIVED).fetchall()
    except duckdb.Error:
        _LOG.info("what is derived from the rows cannot be read", exc_info=True)
        return False
    return is_up_to_date(connection)


def _apply(
    connection: duckdb.DuckDBPyConnection, checked: CheckedData, first: bool, rebuild: bool
) -> dict[str, int]:
    """Brings a copied (or empty) version up to data/; counts what changed."""
    connection.execute("BEGIN")
    upgrade(connection)
    dataset = checked.dataset
    keep_figures(connection, checked.figures)
    moved = bring_along(connection, dataset)
    changed_tables = _replace_metadata(connection, dataset.tables)
    published = {row["source_id"]: row["published"] for row in dataset.tables["source"]}
    today = datetime.now(DENMARK).date()
    # Oldest knowledge first, so that of two papers on one key the later one is current.
    files = sorted(dataset.files, key=lambda file: last_day(published[file.source_id]))
    outcome = {
        "new": 0,
        "changed": 0,
        "removed": 0,
        "metadata": changed_tables,
        "rebuilt": int(rebuild or moved > 0),
    }
    batch_ids = []
    find_changes(connection)
    for file in files:
        known_from = min(last_day(published[file.source_id]), today)
        inserted = insert_changes(connection, file, known_from)
        if inserted:
            batch_id, counts = inserted
            batch_ids.append(batch_id)
            for kind, count in counts.items():
                outcome[kind] += count
    connection.execute("DROP TABLE data_figure; DROP TABLE data_change")
    if rebuild and not first:
        # An earlier program's store may lack derived tables that the catalog is read from.
        empty_derived_tables(connection)
        catalog = read_catalog(lambda sql: connection.execute(sql).fetchall())
        bring_to_what_is_kept(connection, catalog)
    if first or outcome["rebuilt"]:
        rebuild_all_rows(connection)
    elif any(outcome.values()):
        rebuild_rows(connection, batch_ids)
    if not first:
        _refuse_loose_ends(connection)
    connection.execute("COMMIT")
    return outcome


def _replace_metadata(connection: duckdb.DuckDBPyConnection, tables: dict[str, list[Row]]) -> int:
    """Puts the metadata of data/ in place of what it said before; rows that people entered stay.

    Returns how many tables that changed.
    """
    before = _counters(connection, tables)
    for spec in SPECS.values():
        connection.execute((_EMPTY if spec.part == "data" else _FORGET).format(spec.rows_table))
    for table, rows in tables.items():
        columns = COLUMNS[table]
        incoming = table_of([[row[column] or None for column in columns] for row in rows], columns)
        insert_rows(connection, table, incoming)
    write_current(connection)
    after = _counters(connection, tables)
    return sum(before[table] != after[table] for table in tables)


def _refuse_loose_ends(connection: duckdb.DuckDBPyConnection) -> None:
    """Refuses a data/ that no longer has what entered rows point to."""
    loose = list(loose_ends(read_catalog(lambda sql: connection.execute(sql).fetchall())))
    if loose:
        listed = "\n".join(f"- {loose_end}" for loose_end in loose[:20])
        raise KpiError(
            "Tallene i data/ kan ikke bruges",
            "Registrerede rækker bruger noget, som data/ ikke længere har. "
            f"Den hidtidige udgave er uændret.\n{listed}",
        )


def _counters(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[str]
) -> dict[str, Counter[tuple[Any, ...]]]:
    """The rows that are kept of each table, whatever their order."""
    return {
        table: Counter(connection.table(SPECS[table].rows_table).fetchall()) for table in tables
    }
