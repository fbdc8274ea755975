"""Means that are hidden for their sum: three cases for 15 persons, where 3 is a hidden number.

Of how many they are may be known, and nothing has to guard it. So such a mean is none of the hidden
numbers of persons that others are compared with and that need guards of their own: `hidden_sum` has
its row until all that must be hidden is known.
"""

from collections.abc import Iterable

import duckdb

from kpi.store.stated_rows import Place


def keep_no_sums(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes `hidden_sum`, of no row."""
    connection.execute(_NO_SUMS)


def hidden_sums(connection: duckdb.DuckDBPyConnection, hidden: Iterable[Place]) -> frozenset[Place]:
    """The means that are hidden for their sum alone, and are not among `hidden`."""
    return frozenset(connection.execute("FROM hidden_sum").fetchall()).difference(hidden)


_NO_SUMS = """
CREATE OR REPLACE TEMP TABLE hidden_sum (
    indicator_id VARCHAR, area_id VARCHAR, group_id VARCHAR, period VARCHAR, source_id VARCHAR,
    batch_id INTEGER
)
"""
