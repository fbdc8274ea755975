"""A batch and its rows, put into an open version: the same for data/ and for an upload."""

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Literal

import duckdb
import numpy as np
from numpy.typing import NDArray

from kpi.tables.spec import SPECS

if TYPE_CHECKING:
    import pyarrow as arrow

# Each stretch is a statement of its own; more are looked for row by row.
_MOST_STRETCHES = 8


@dataclass(frozen=True)
class NewBatch:
    """What is known of a publication before it has a number: where its rows come from, and when."""

    origin: Literal["data", "upload"]
    source_id: str
    known_from: date
    published_by: str
    original_name: str
    original_sha256: str
    recipe: str | None
    note: str
    rows_new: int
    rows_changed: int
    rows_removed: int = 0
    rows_reattributed: int = 0


def insert_batch(
    connection: duckdb.DuckDBPyConnection, batch: NewBatch, are_current: bool = False
) -> int:
    """Adds a batch, its periods (`temp.added_period`) and its rows (`temp.added`); its number.

    `added` has the columns of a published row, with its period's kind, start and end, and
    `removed`. Rows that `are_current` take the place of today's row of their key at once, the
    `place` of which is in `temp.replaced_row`, and none is removed; of others nothing is current
    before the current rows are rebuilt.
    """
    (batch_id,) = connection.execute(
        _NEW_BATCH, {**asdict(batch), "published_at": datetime.now(UTC).replace(tzinfo=None)}
    ).fetchone() or (1,)
    connection.execute(_NEW_PERIODS)
    if are_current and (batch.rows_changed or batch.rows_reattributed):
        _move_replaced(connection)
    rows = _CURRENT_ROWS if are_current else _PAST_ROWS
    connection.execute(rows, {"batch_id": batch_id})
    return int(batch_id)


def _move_replaced(connection: duckdb.DuckDBPyConnection) -> None:
    """Puts today's rows that are replaced among those that no longer hold.

    What a source published at once lies together, and mostly is revised at once: rows that follow
    each other are found without looking each of them up.
    """
    places = connection.execute(_REPLACED).fetchnumpy()["place"]
    stretches = _stretches(np.asarray(places, dtype=np.int64))
    if len(stretches) > _MOST_STRETCHES:
        connection.execute(_KEEP_REPLACED)
        connection.execute(_REMOVE_REPLACED)
        return
    for sql in (_KEEP_STRETCH, _REMOVE_STRETCH):
        for first, last in stretches:
            connection.execute(sql, {"first": first, "last": last})


def _stretches(places: NDArray[np.int64]) -> list[tuple[int, int]]:
    """The first and the last place of each stretch in which every place is one of these."""
    if not places.size:
        return []
    start = int(places.min())
    is_there = np.zeros(int(places.max()) - start + 3, dtype=np.int8)
    is_there[places - start + 1] = 1
    steps = np.diff(is_there)
    firsts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    return [
        (start + first, start + end - 1)
        for first, end in zip(firsts.tolist(), ends.tolist(), strict=True)
    ]


def insert_rows(connection: duckdb.DuckDBPyConnection, table: str, incoming: "arrow.Table") -> None:
    """Adds rows to those that are kept of a metadata table; columns that they lack are NULL.

    Which of them are current is written by `write_current`.
    """
    import pyarrow as arrow

    rows_table = SPECS[table].rows_table
    stored = connection.table(rows_table).columns
    for column in stored:
        if column not in incoming.column_names:
            incoming = incoming.append_column(column, arrow.nulls(incoming.num_rows))
    connection.from_arrow(incoming.select(stored)).insert_into(rows_table)


_NEW_BATCH = """
INSERT INTO batch BY NAME
SELECT coalesce(max(batch_id), 0) + 1 AS batch_id, $source_id AS source_id, $origin AS origin,
    $published_at AS published_at, $known_from AS known_from, $published_by AS published_by,
    $original_name AS original_name, $original_sha256 AS original_sha256, $recipe AS recipe,
    $note AS note, $rows_new AS rows_new, $rows_changed AS rows_changed,
    $rows_removed AS rows_removed, $rows_reattributed AS rows_reattributed,
    'published' AS state
FROM batch
RETURNING batch_id
"""
_NEW_PERIODS = """
INSERT INTO period BY NAME
SELECT period, kind, start_date, end_date
FROM temp.added_period
WHERE period NOT IN (SELECT period FROM period)
ORDER BY start_date, end_date, period
"""

# The rows just added are current: none became known later, and no batch is newer. They are put
# last, sorted among themselves: sorting a large store again would cost more than it saves readers.
_REPLACED = "SELECT place FROM temp.replaced_row"
_KEEP = """
INSERT INTO past_observation BY NAME
SELECT now.* EXCLUDE (period_kind, period_start, period_end, is_hidden), false AS removed
FROM current_observation AS now
"""
_REMOVE = "DELETE FROM current_observation"
_OF_THESE = f" WHERE rowid IN ({_REPLACED})"
_OF_STRETCH = " WHERE rowid BETWEEN $first AND $last"
_KEEP_REPLACED, _REMOVE_REPLACED = _KEEP + _OF_THESE, _REMOVE + _OF_THESE
_KEEP_STRETCH, _REMOVE_STRETCH = _KEEP + _OF_STRETCH, _REMOVE + _OF_STRETCH
_CURRENT_ROWS = """
INSERT INTO current_observation BY NAME
SELECT indicator_id, area_id, group_id, period, period_kind, period_start, period_end, value,
    numerator, denominator, status, decimals, as_published, note, source_id, low, high, measured,
    $batch_id AS batch_id, false AS is_hidden
FROM temp.added
"""
_PAST_ROWS = """
INSERT INTO past_observation BY NAME
SELECT indicator_id, area_id, group_id, period, value, numerator, denominator, status, decimals,
    as_published, note, source_id, low, high, measured, $batch_id AS batch_id, removed
FROM temp.added
"""
