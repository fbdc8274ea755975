"""Figures that data/ has moved to another period, and what people entered of them, brought along.

`data/moved_period.csv` says where an indicator's figures were before. A correction or a statement
of the former period is about the figure that was moved: left behind, it would be beside it.
"""

from collections.abc import Collection

import duckdb

from kpi.domain.period import Period, parse_period
from kpi.system.incoming import bring_in, let_go, table_of
from kpi.tables.dataset import DataSet
from kpi.tables.spec import COLUMNS

# A figure's indicator, area, group and period.
Key = tuple[str, str, str, str]


def bring_along(connection: duckdb.DuckDBPyConnection, dataset: DataSet) -> int:
    """Moves the rows of figures, and entered statements and remarks, on a former period of data/.

    The figures of data/ are in `data_figure`. Once for each row of the table: what is published on
    that period afterwards is meant so. Only keys that data/ had a figure of are moved, and no row
    on to another of the same publication.
    Returns how many rows of figures were moved; today's must then be rebuilt.
    """
    rows = dataset.tables["moved_period"]
    if not rows:
        return 0
    columns = list(COLUMNS["moved_period"])
    moves = [[row[column] for column in columns] for row in rows]
    bring_in(connection, table_of(moves, columns))
    connection.execute(_MOVING)
    let_go(connection)
    (moved,) = connection.execute("SELECT count(*) FROM moving").fetchone() or (0,)
    connection.execute(_MOVE_STATEMENTS)
    if moved:
        connection.execute(_MOVE_FIGURES)
        _add_periods(connection, {parse_period(row["period"]) for row in rows})
        connection.execute(_TAKE_OVER_WORDS)
    connection.execute("DROP TABLE moving; DROP TABLE moving_key")
    return int(moved)


def _add_periods(connection: duckdb.DuckDBPyConnection, periods: Collection[Period]) -> None:
    connection.executemany(
        """
        INSERT INTO period SELECT $1, $2, $3, $4
        WHERE NOT EXISTS (FROM period WHERE period.period = $1)
        """,
        [(period.text, period.kind, period.start, period.end) for period in periods],
    )


def moved_keys(connection: duckdb.DuckDBPyConnection) -> dict[Key, str]:
    """The keys whose figure is on another period now (key: that period).

    Not those that have a figure of their own on the former period again.
    """
    return {
        (indicator_id, area_id, group_id, former): period
        for indicator_id, area_id, group_id, former, period in connection.execute(
            _MOVED_KEYS
        ).fetchall()
    }


_MOVING = """
CREATE TEMP TABLE moving_key AS
SELECT DISTINCT indicator_id, area_id, group_id, former_period, incoming.period, incoming.measured
FROM (FROM incoming ANTI JOIN moved_period USING (indicator_id, former_period, period)) AS incoming
JOIN observation USING (indicator_id)
JOIN batch USING (batch_id)
WHERE observation.period = former_period AND batch.origin = 'data';

CREATE TEMP TABLE moving AS
SELECT moving_key.*, published_row.batch_id, published_row.source_id
FROM moving_key
JOIN observation AS published_row ON published_row.indicator_id = moving_key.indicator_id
    AND published_row.area_id = moving_key.area_id AND published_row.group_id = moving_key.group_id
    AND published_row.period = moving_key.former_period
ANTI JOIN observation AS other ON other.indicator_id = moving_key.indicator_id
    AND other.area_id = moving_key.area_id AND other.group_id = moving_key.group_id
    AND other.period = moving_key.period AND other.batch_id = published_row.batch_id
"""

# How a row is counted moves with it, unless the person who published it said so. Which rows are
# current is rebuilt: all are in the past until then.
_MOVE_FIGURES = """
CREATE TEMP TABLE brought AS
SELECT published_row.* REPLACE (
    coalesce(moving.period, published_row.period) AS period,
    CASE WHEN published_row.measured = 'over' THEN coalesce(moving.measured, 'over')
        ELSE published_row.measured END AS measured
)
FROM observation AS published_row
LEFT JOIN moving ON moving.indicator_id = published_row.indicator_id
    AND moving.area_id = published_row.area_id AND moving.group_id = published_row.group_id
    AND moving.former_period = published_row.period AND moving.batch_id = published_row.batch_id;

UPDATE hidden_row SET period = moving.period
FROM moving
WHERE moving.indicator_id = hidden_row.indicator_id AND moving.area_id = hidden_row.area_id
    AND moving.group_id = hidden_row.group_id AND moving.former_period = hidden_row.period
    AND moving.batch_id = hidden_row.batch_id;

UPDATE stays_hidden SET period = moving.period
FROM moving
WHERE moving.indicator_id = stays_hidden.indicator_id AND moving.area_id = stays_hidden.area_id
    AND moving.group_id = stays_hidden.group_id AND moving.former_period = stays_hidden.period
    AND moving.batch_id = stays_hidden.batch_id;

-- What a file that was removed for good left hidden is of no publication, but of its key.
INSERT INTO stays_hidden
SELECT stays_hidden.* REPLACE (moved.period AS period)
FROM stays_hidden
JOIN (SELECT DISTINCT indicator_id, former_period, period FROM moving_key) AS moved
    ON moved.indicator_id = stays_hidden.indicator_id AND moved.former_period = stays_hidden.period
WHERE stays_hidden.batch_id <= 0
EXCEPT FROM stays_hidden;

DELETE FROM current_observation;
DELETE FROM hidden_observation;
DELETE FROM past_observation;
INSERT INTO past_observation BY NAME FROM brought;
DROP TABLE brought
"""

_MOVE_STATEMENTS = """
UPDATE claim SET period = moving_key.period
FROM moving_key
WHERE claim.entered_by IS NOT NULL AND moving_key.indicator_id = claim.indicator_id
    AND moving_key.area_id = claim.area_id AND moving_key.group_id = claim.group_id
    AND moving_key.former_period = claim.period;

UPDATE claim SET from_period = moving_key.period
FROM moving_key
WHERE claim.entered_by IS NOT NULL AND moving_key.indicator_id = claim.indicator_id
    AND moving_key.area_id = claim.area_id AND moving_key.group_id = claim.group_id
    AND moving_key.former_period = claim.from_period;

UPDATE remark SET period = moving_key.period
FROM moving_key
WHERE remark.entered_by IS NOT NULL AND moving_key.indicator_id = remark.indicator_id
    AND moving_key.area_id = remark.area_id AND moving_key.group_id = remark.group_id
    AND moving_key.former_period = remark.period
"""

# Rows of data/ that were moved say what data/ says now beside a number that is the same: they would
# otherwise come in again, after a correction of the same source, and take its place.
_TAKE_OVER_WORDS = """
UPDATE past_observation AS published_row
SET decimals = incoming.decimals, as_published = incoming.as_published,
    note = incoming.note, measured = incoming.measured
FROM data_figure AS incoming
JOIN moving USING (indicator_id, area_id, group_id, period, source_id)
JOIN batch USING (batch_id)
WHERE batch.origin = 'data' AND NOT published_row.removed
    AND published_row.batch_id = moving.batch_id
    AND published_row.indicator_id = incoming.indicator_id
    AND published_row.area_id = incoming.area_id
    AND published_row.group_id = incoming.group_id AND published_row.period = incoming.period
    AND published_row.source_id = incoming.source_id AND published_row.status = incoming.status
    AND published_row.value IS NOT DISTINCT FROM incoming.value
    AND published_row.numerator IS NOT DISTINCT FROM incoming.numerator
    AND published_row.denominator IS NOT DISTINCT FROM incoming.denominator
    AND published_row.low IS NOT DISTINCT FROM incoming.low
    AND published_row.high IS NOT DISTINCT FROM incoming.high
"""

_MOVED_KEYS = """
SELECT now.indicator_id, now.area_id, now.group_id, former_period, now.period
FROM moved_period
JOIN current_observation AS now USING (indicator_id, period)
ANTI JOIN current_observation AS again ON again.indicator_id = now.indicator_id
    AND again.area_id = now.area_id AND again.group_id = now.group_id
    AND again.period = former_period
"""
