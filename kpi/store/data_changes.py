"""What data/ says now and did not say at the last `init`, one batch a file."""

from datetime import date
from typing import TYPE_CHECKING

import duckdb

from kpi.store.batches import NewBatch, insert_batch
from kpi.tables.dataset import SourceFile

if TYPE_CHECKING:
    import pyarrow as arrow


def keep_figures(connection: duckdb.DuckDBPyConnection, figures: "arrow.Table") -> None:
    """Makes the table `data_figure` of this connection: the figures of data/."""
    connection.register("incoming", figures.to_reader())
    connection.execute("CREATE TEMP TABLE data_figure AS FROM incoming")
    connection.unregister("incoming")


def find_changes(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes `data_change` of `data_figure`; `kind` of a change is new, changed or removed.

    Uploads do not count: a figure that was corrected by an upload stays corrected until its row in
    data/ changes.
    """
    connection.execute(_CHANGES)


def insert_changes(
    connection: duckdb.DuckDBPyConnection, file: SourceFile, known_from: date
) -> tuple[int, dict[str, int]] | None:
    """Adds a file's changes as a batch; its number and how many of each kind. None: no changes."""
    counts = dict(connection.execute(_COUNTS, {"source": file.source_id}).fetchall())
    if not counts:
        return None
    connection.execute(_ADDED, {"source": file.source_id})
    connection.execute(_ADDED_PERIODS)
    batch = NewBatch(
        "data", file.source_id, known_from, "init", file.name, file.sha256, None,
        "Indlæst fra data/", counts.get("new", 0), counts.get("changed", 0),
        counts.get("removed", 0),
    )  # fmt: skip
    # Which of them are current is computed once all are there.
    return insert_batch(connection, batch), counts


_CHANGES = """
CREATE TEMP TABLE data_change AS
WITH said AS (
    SELECT past.*
    FROM observation AS past
    JOIN batch USING (batch_id)
    WHERE batch.origin = 'data' AND past.source_id IN (SELECT source_id FROM data_figure)
    QUALIFY row_number() OVER (
        PARTITION BY past.source_id, indicator_id, area_id, group_id, period ORDER BY batch_id DESC
    ) = 1
),
compared AS (
    SELECT figure.*,
        CASE
            WHEN said.removed IS NOT FALSE THEN 'new'
            WHEN said.value IS DISTINCT FROM figure.value
                OR said.numerator IS DISTINCT FROM figure.numerator
                OR said.denominator IS DISTINCT FROM figure.denominator
                OR said.status IS DISTINCT FROM figure.status
                OR said.decimals IS DISTINCT FROM figure.decimals
                OR said.as_published IS DISTINCT FROM figure.as_published
                OR said.note IS DISTINCT FROM figure.note
                OR said.low IS DISTINCT FROM figure.low
                OR said.high IS DISTINCT FROM figure.high
                OR said.measured IS DISTINCT FROM figure.measured THEN 'changed'
        END AS kind
    FROM data_figure AS figure
    LEFT JOIN said USING (source_id, indicator_id, area_id, group_id, period)
)
FROM compared WHERE kind IS NOT NULL
UNION ALL BY NAME
SELECT indicator_id, area_id, group_id, period, source_id, 'missing' AS status,
    'Taget ud af data/' AS note, 'over' AS measured, 'removed' AS kind
FROM said ANTI JOIN data_figure USING (source_id, indicator_id, area_id, group_id, period)
WHERE NOT removed
"""
_COUNTS = "SELECT kind, count(*) FROM data_change WHERE source_id = $source GROUP BY kind"
_ADDED = """
CREATE OR REPLACE TEMP TABLE added AS
SELECT * EXCLUDE (kind), kind = 'removed' AS removed FROM data_change WHERE source_id = $source
"""
_ADDED_PERIODS = """
CREATE OR REPLACE TEMP VIEW added_period AS
SELECT DISTINCT period, period_kind AS kind, period_start AS start_date, period_end AS end_date
FROM temp.added
WHERE NOT removed
"""
