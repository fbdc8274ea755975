"""Withdrawing what people entered: a whole entry, or a paper's statement."""

import logging
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from kpi.additions.checks import undo_problems
from kpi.additions.model import ADDABLE
from kpi.domain.errors import KpiError
from kpi.domain.format import long_date
from kpi.domain.period import DENMARK
from kpi.store import versions as place
from kpi.store.current_metadata import write_current
from kpi.store.current_rows import rebuild_rows
from kpi.store.metadata import read_catalog
from kpi.store.next_version import changed_version, next_version_copy, signed
from kpi.store.uses import read_uses
from kpi.tables.spec import SPECS

_LOG = logging.getLogger(__name__)


def withdraw_entry(entry_id: int, by: str, why: str, home: Path | None = None) -> str:
    """Withdraws an entry; the rows before it are current again. Returns the new version.

    Raises KpiError for an unknown entry, one that is already withdrawn, one that rows entered
    later depend on, or an empty `by` or `why`.
    """
    by, why = signed(by, why)
    with changed_version(home or place.home_folder()) as (new, connection):
        entry = connection.execute(
            "SELECT entered_at, withdrawn_on FROM entry WHERE entry_id = $entry",
            {"entry": entry_id},
        ).fetchone()
        if entry is None:
            raise KpiError(
                "Registreringen findes ikke",
                f"Der er ingen registrering nr. {entry_id}. Se alle med »python -m kpi entries«.",
            )
        if entry[1]:
            raise KpiError(
                "Registreringen er allerede fortrudt",
                f"Nr. {entry_id} blev fortrudt {long_date(entry[1])}.",
            )
        _refuse_if_needed(entry[0], connection)
        connection.execute(
            """
            UPDATE entry SET withdrawn_on = $day, withdrawn_by = $by, withdrawn_why = $why
            WHERE entry_id = $entry
            """,
            {"entry": entry_id, "by": by, "why": why, "day": datetime.now(DENMARK).date()},
        )
        _name_as_before(entry[0], connection)
    _LOG.info("withdrew entry %s as version %s", entry_id, new)
    return new


def _name_as_before(entered_at: datetime, connection: duckdb.DuckDBPyConnection) -> None:
    """Lets what named the figures before the entry do so again, where it named any.

    Refuses when figures, the plan or later entries need what the entry brought.
    """

    def ask(sql: str) -> list[tuple[Any, ...]]:
        """The rows of a question."""
        return connection.execute(sql).fetchall()

    brought = _brought(entered_at, connection)
    if not brought:
        return
    _refuse_if_corrected(entered_at, brought, connection)
    before = read_catalog(ask)
    connection.execute("BEGIN")
    write_current(connection)
    needed = list(undo_problems(before, read_catalog(ask), read_uses(connection)))
    if needed:
        connection.execute("ROLLBACK")
        more = f" Det samme gælder {len(needed) - 3} til." if len(needed) > 3 else ""
        raise KpiError("Registreringen kan ikke fortrydes", " ".join(needed[:3]) + more)
    rebuild_rows(connection, [])
    connection.execute("COMMIT")


def _refuse_if_corrected(
    entered_at: datetime,
    brought: list[tuple[str, str, str]],
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """Refuses to withdraw a row that was corrected later: the later row contains what it said."""
    for table, row_id, called in brought:
        numbers = _corrected_later(table, row_id, entered_at, connection)
        if numbers:
            raise KpiError(
                "Registreringen kan ikke fortrydes",
                f"»{called}« er rettet igen i registrering nr. {numbers[0]}. Fortryd den først.",
            )


def _brought(
    entered_at: datetime, connection: duckdb.DuckDBPyConnection
) -> list[tuple[str, str, str]]:
    """What names the figures and came with the entry: table, id, and what people call it."""
    brought = []
    for table in ADDABLE:
        spec = SPECS[table]
        rows = connection.table(spec.rows_table).project(
            f"entered_at, {spec.column_names[0]}, {spec.called_by}"
        )
        brought += [
            (table, row_id, called) for at, row_id, called in rows.fetchall() if at == entered_at
        ]
    return brought


def _corrected_later(
    table: str, row_id: str, entered_at: datetime, connection: duckdb.DuckDBPyConnection
) -> list[int]:
    """The entries that have a later row with the same id, the newest first."""
    entries = dict(connection.execute(_LATER_ENTRIES, {"moment": entered_at}).fetchall())
    spec = SPECS[table]
    rows = connection.table(spec.rows_table).project(f"entered_at, {spec.column_names[0]}")
    return sorted(
        (entries[at] for at, other in rows.fetchall() if other == row_id and at in entries),
        reverse=True,
    )


_LATER_ENTRIES = """
SELECT entered_at, entry_id FROM entry WHERE entered_at > $moment AND withdrawn_on IS NULL
"""


def _refuse_if_needed(entered_at: datetime, connection: duckdb.DuckDBPyConnection) -> None:
    """Refuses to withdraw an initiative that a later status is about."""
    needed = connection.execute(
        """
        SELECT DISTINCT initiative.title
        FROM initiative
        JOIN initiative_status AS later USING (initiative_id)
        LEFT JOIN entry ON entry.entered_at = later.entered_at
        WHERE initiative.entered_at = $moment
            AND later.entered_at IS DISTINCT FROM $moment AND entry.withdrawn_on IS NULL
            AND NOT EXISTS (
                FROM initiative AS other
                LEFT JOIN entry AS theirs ON theirs.entered_at = other.entered_at
                WHERE other.initiative_id = initiative.initiative_id
                    AND other.entered_at IS DISTINCT FROM $moment
                    AND theirs.withdrawn_on IS NULL
            )
        """,
        {"moment": entered_at},
    ).fetchall()
    if needed:
        raise KpiError(
            "Registreringen kan ikke fortrydes",
            f"»{needed[0][0]}« har fået en status i en senere registrering. Fortryd den først.",
        )


def remove_claim(claim_id: str, home: Path | None = None) -> str:
    """Withdraws an entered claim; the new version. KpiError for one of data/, or none."""
    home = home or place.home_folder()
    with next_version_copy(home) as (_, unfinished):
        with duckdb.connect(str(unfinished)) as connection:
            removed = connection.execute(
                """
                DELETE FROM claim WHERE claim_id = $claim AND entered_by IS NOT NULL
                RETURNING claim_id
                """,
                {"claim": claim_id},
            ).fetchall()
            if not removed:
                raise KpiError(
                    "Udsagnet kan ikke fjernes",
                    f"»{claim_id}« er ikke registreret af en person. "
                    "Se alle med »python -m kpi claims«.",
                )
            connection.execute("CHECKPOINT")
        version = place.next_version(home)
        place.make_current(home, unfinished, version)
    return version
