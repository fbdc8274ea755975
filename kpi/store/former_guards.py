"""What was hidden stays hidden: no later publication or correction of others shows it again.

A number is hidden for what readers can see at that time: what its areas add up to, what another
indicator is made of. Later figures may speak against it, an area may be moved, a small number may
be told by a public source. But what was seen before can be seen still, on the days before, and was
read. So whoever publishes, guesses or corrects learns nothing by what is shown again either. What
was hidden only because nobody had said whom a rate is of is shown once somebody says it.
"""

from collections.abc import Sequence, Set

import duckdb

from kpi.system.incoming import bring_in, let_go, table_of

_COLUMNS = ["indicator_id", "area_id", "group_id", "period", "source_id", "batch_id"]
_SIZE = len(_COLUMNS)


def with_former(
    connection: duckdb.DuckDBPyConnection,
    hidden: list[tuple[object, ...]],
    undeclared: Set[tuple[object, ...]],
) -> list[tuple[object, ...]]:
    """The hidden rows, and all that were hidden until now; rows are those of `hidden_row`.

    `undeclared` are those of now that wait for somebody to say whom a rate is of
    (undeclared_rates.py); they are kept in `undeclared_row`, and the former ones are let go.
    """
    still = {row[:_SIZE] for row in hidden}
    former = [row for row in connection.execute(_FORMER).fetchall() if row[:_SIZE] not in still]
    _keep(connection, sorted(undeclared))
    return hidden + [(*row[:_SIZE], False, row[_SIZE], False) for row in former]


def _keep(connection: duckdb.DuckDBPyConnection, undeclared: Sequence[tuple[object, ...]]) -> None:
    connection.execute("DELETE FROM undeclared_row")
    if undeclared:
        bring_in(connection, table_of(undeclared, _COLUMNS))
        connection.execute("INSERT INTO undeclared_row FROM incoming")
        let_go(connection)


_FORMER = """
SELECT hidden_row.* EXCLUDE (is_small, is_told)
FROM hidden_row
ANTI JOIN undeclared_row USING (indicator_id, area_id, group_id, period, source_id, batch_id)
ORDER BY ALL
"""
