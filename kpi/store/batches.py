"""What a file of data/ changes, as a batch of rows besides the current ones."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import duckdb

from kpi.domain.period import parse_period
from kpi.system.incoming import table_of
from kpi.tables.dataset import SourceFile
from kpi.tables.rows import ObservationRow
from kpi.tables.spec import SPECS

if TYPE_CHECKING:
    import pyarrow as arrow


@dataclass(frozen=True)
class Difference:
    """The rows of one file of data/ that are new, changed or taken out; false where there are none.

    Of a removed row only its key counts.
    """

    file: SourceFile
    new: list[ObservationRow]
    changed: list[ObservationRow]
    removed: list[ObservationRow]

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.removed)


def insert_rows(connection: duckdb.DuckDBPyConnection, table: str, incoming: "arrow.Table") -> None:
    """Adds rows to those that are kept of a metadata table; columns that they lack are NULL.

    Which of them are current is written by `write_current`.
    """
    rows_table = SPECS[table].rows_table
    connection.register("incoming", incoming)
    connection.execute(f"INSERT INTO {rows_table} BY NAME FROM incoming")
    connection.unregister("incoming")


def difference(connection: duckdb.DuckDBPyConnection, file: SourceFile) -> Difference:
    """What data/ says of a source now against what it said at the last `init`.

    Uploads do not count here: a figure that was corrected by an upload stays corrected until its
    row in data/ changes.
    """
    current = {
        row[:4]: row[4:]
        for row in connection.execute(
            """
            SELECT indicator_id, area_id, group_id, period, value, numerator, denominator, status,
                decimals, as_published, observation.note, low, high, measured, removed
            FROM observation
            JOIN batch USING (batch_id)
            WHERE observation.source_id = $source AND batch.origin = 'data'
            QUALIFY row_number() OVER (
                PARTITION BY indicator_id, area_id, group_id, period ORDER BY batch_id DESC
            ) = 1
            """,
            {"source": file.source_id},
        ).fetchall()
    }
    new, changed = [], []
    for row in file.observations:
        earlier = current.pop(row.key, None)
        values = (row.value, row.numerator, row.denominator, row.status, row.decimals)
        if earlier is None or earlier[-1]:
            new.append(row)
        elif earlier[:-1] != (
            *values, row.as_published, row.note, row.low, row.high, row.measured,
        ):  # fmt: skip
            changed.append(row)
    removed = [
        _taken_out(key, file.source_id) for key, earlier in current.items() if not earlier[-1]
    ]
    return Difference(file, new, changed, removed)


def _taken_out(key: tuple[Any, ...], source_id: str) -> ObservationRow:
    indicator_id, area_id, group_id, period = key
    return ObservationRow(
        indicator_id,
        area_id,
        group_id,
        parse_period(period),
        value=None,
        numerator=None,
        denominator=None,
        status="missing",
        decimals=None,
        as_published=None,
        note="Taget ud af data/",
        source_id=source_id,
    )


def insert_batch(
    connection: duckdb.DuckDBPyConnection, difference: Difference, known_from: date
) -> int:
    """Adds the batch and its rows; returns its number."""
    (batch_id,) = connection.execute(
        "SELECT coalesce(max(batch_id), 0) + 1 FROM batch"
    ).fetchone() or (1,)
    connection.execute(
        """
        INSERT INTO batch VALUES (
            $batch_id, $source_id, 'data', $published_at, $known_from, 'init', $original_name,
            $original_sha256, NULL, 'Indlæst fra data/', $rows_new, $rows_changed, $rows_removed,
            'published', NULL, NULL, NULL
        )
        """,
        {
            "batch_id": batch_id,
            "source_id": difference.file.source_id,
            "published_at": datetime.now(UTC).replace(tzinfo=None),
            "known_from": known_from,
            "original_name": difference.file.name,
            "original_sha256": difference.file.sha256,
            "rows_new": len(difference.new),
            "rows_changed": len(difference.changed),
            "rows_removed": len(difference.removed),
        },
    )
    _insert_observations(connection, [*difference.new, *difference.changed], batch_id, False)
    _insert_observations(connection, difference.removed, batch_id, True)
    return int(batch_id)


def _insert_observations(
    connection: duckdb.DuckDBPyConnection,
    rows: Sequence[ObservationRow],
    batch_id: int,
    removed: bool,
) -> None:
    if not rows:
        return
    names = [field.name for field in fields(ObservationRow)]
    columns = {name: [getattr(row, name) for row in rows] for name in names}
    incoming = table_of({**columns, "period": [row.period.text for row in rows]})
    periods = {row.period for row in rows}
    connection.register("incoming", incoming)
    # Which of them are current is computed once all are there.
    connection.execute(
        """
        INSERT INTO past_observation BY NAME
        SELECT indicator_id, area_id, group_id, period, value, numerator, denominator, status,
            decimals, as_published, note, source_id, low, high, measured, $batch_id AS batch_id,
            $removed AS removed
        FROM incoming
        """,
        {"batch_id": batch_id, "removed": removed},
    )
    connection.unregister("incoming")
    connection.register(
        "incoming",
        table_of(
            [(period.text, period.kind, period.start, period.end) for period in periods],
            ["period", "kind", "start_date", "end_date"],
        ),
    )
    connection.execute(
        """
        INSERT INTO period
        SELECT period, kind, start_date, end_date FROM incoming
        WHERE period NOT IN (SELECT period FROM period)
        """
    )
    connection.unregister("incoming")
