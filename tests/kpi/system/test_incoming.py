"""Rows come in as a stream, by which DuckDB does not load what Arrow has for data sets."""

import subprocess
import sys

import duckdb
import pytest

from kpi.system.incoming import bring_in, let_go, table_of
from tests.tables import for_each

COLUMNS = ["name", "number", "is_known"]
NEXT = """
import sys, duckdb
from kpi.system.incoming import bring_in, table_of
from kpi.system.no_pandas import leave_out_pandas
leave_out_pandas()
connection = duckdb.connect()
bring_in(connection, table_of([("a", 1)], ["name", "number"]))
assert connection.execute("FROM incoming").fetchall() == [("a", 1)]
sys.exit("pyarrow.dataset" in sys.modules)
"""


def test_no_data_sets_are_loaded() -> None:
    assert subprocess.run([sys.executable, "-c", NEXT], check=False).returncode == 0


@for_each("rows", [[("a", 1, True), (None, 2, None)], [(None, None, None)], []])
def test_rows_are_read_as_often_as_asked(rows: list[tuple[object, ...]]) -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE named AS SELECT 'a' AS name, 1 AS number")
        bring_in(connection, table_of(rows, COLUMNS))
        for _ in range(2):
            assert connection.execute("FROM incoming").fetchall() == rows
        # Where nothing is known of a column it is compared with whatever it is beside.
        joined = connection.execute("FROM named JOIN incoming USING (name, number)").fetchall()
        assert len(joined) == sum(row[:2] == ("a", 1) for row in rows)
        let_go(connection)
        with pytest.raises(duckdb.CatalogException):
            connection.execute("FROM incoming")
