"""Views that many questions ask for: of few rows they are worked out once, and put aside.

Each question that names a view is planned with all of it. Of the rows of most stores that takes
longer, each time, than to work them out and to read them.
"""

import duckdb

# Of more rows it takes longer to write what no question asks for.
MOST_ROWS = 50_000


def put_aside(connection: duckdb.DuckDBPyConnection, name: str, query: str) -> None:
    """Makes a temporary view of a query, in the place of one of that name."""
    (rows,) = connection.execute(_ROWS).fetchone() or (0,)
    connection.execute((_ASIDE if rows <= MOST_ROWS else _VIEW).format(name=name, query=query))


def drop_put_aside(connection: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Drops views that were made so, where there are any."""
    for name in names:
        connection.execute(_DROP.format(name=name))


_ROWS = """
SELECT (SELECT count(*) FROM current_observation) + (SELECT count(*) FROM past_observation)
"""
_ASIDE = """
CREATE OR REPLACE TEMP TABLE {name}_aside AS {query};
CREATE OR REPLACE TEMP VIEW {name} AS FROM {name}_aside
"""
_VIEW = "CREATE OR REPLACE TEMP VIEW {name} AS {query}"
_DROP = "DROP VIEW IF EXISTS {name}; DROP TABLE IF EXISTS {name}_aside"
