"""Which figures that were shown are hidden by a publication, or by a correction of what names them.

Areas and groups that lie in each other, the least number of a source and the kind of an indicator
decide what is hidden: a wrong successor of a housing area can hide the country's figures of years.
"""

from collections.abc import Mapping

import duckdb

_NOTE = """
CREATE OR REPLACE TEMP TABLE hidden_at_first AS
SELECT indicator_id, area_id, group_id, period FROM current_observation WHERE is_hidden
"""
_SINCE = """
SELECT indicator_id, count(*)
FROM (
    SELECT indicator_id, area_id, group_id, period FROM current_observation
    WHERE is_hidden AND batch_id IS DISTINCT FROM $batch
    EXCEPT FROM hidden_at_first
)
GROUP BY indicator_id ORDER BY indicator_id
"""


def note_hidden(connection: duckdb.DuckDBPyConnection) -> None:
    """Notes what is hidden now, for `newly_hidden` of the same connection."""
    connection.execute(_NOTE)


def newly_hidden(
    connection: duckdb.DuckDBPyConnection, batch_id: int | None = None
) -> Mapping[str, int]:
    """How many figures of each indicator are hidden now that were not when it was noted.

    Those that `batch_id` has published itself since are not counted.
    """
    return dict(connection.execute(_SINCE, {"batch": batch_id}).fetchall())
