"""Questions asked beside each other answer what they answer one after the other."""

from collections.abc import Callable
from threading import Barrier

import duckdb
import pytest

from kpi.ingest.checked import Checked
from kpi.ingest.checking import check
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store.connection import compared_with
from kpi.system.two_at_once import two_at_once
from tests.kpi.ingest.checked import Desk
from tests.kpi.ingest.plausible_rows import HEAD, LEVELS, continued, level, rows_of


def _checked(desk: Desk, content: str, threads: int) -> Checked:
    with compared_with(desk.version, 0) as connection:
        connection.execute("SET threads = $threads", {"threads": threads})
        upload = Upload("tal.csv", (HEAD + content).encode())
        return check(connection, upload, desk.catalog, Choices())


def test_a_large_file_has_the_same_problems(desk: Desk) -> None:
    rows = [continued(indicator, 7) for indicator in LEVELS]
    rows[2][1] *= 10
    rows[4] = [level("hours", number) for number in range(len(rows[4]))]  # nothing has changed
    content = "".join(map(rows_of, LEVELS, rows))
    alone = _checked(desk, content, 1)
    assert {"tenfold", "unchanged_period", "other_source"} <= {
        problem.code for problem in alone.problems
    }
    assert _checked(desk, content, 2) == alone


@pytest.fixture
def database() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    return connection


def test_they_are_asked_at_once_and_see_what_is_there(
    database: duckdb.DuckDBPyConnection,
) -> None:
    database.execute("CREATE TABLE figure AS SELECT 7 AS value")
    both = Barrier(2, timeout=10)

    def ask(sql: str, name: str) -> Callable[[duckdb.DuckDBPyConnection], object]:
        def question(connection: duckdb.DuckDBPyConnection) -> object:
            both.wait()
            connection.execute(sql)
            return connection.table(name).fetchone()

        return question

    first = ask("CREATE TABLE first AS FROM figure", "first")
    second = ask("CREATE TABLE second AS FROM figure", "second")
    assert two_at_once(database, first, second) == ((7,), (7,))
    assert database.execute("SELECT value FROM second").fetchone() == (7,)


@pytest.mark.parametrize("is_first", [True, False])
def test_what_either_raises_is_raised(database: duckdb.DuckDBPyConnection, is_first: bool) -> None:
    def fine(connection: duckdb.DuckDBPyConnection) -> int:
        return len(connection.execute("FROM range(3)").fetchall())

    def fails(connection: duckdb.DuckDBPyConnection) -> int:
        return len(connection.execute("FROM nowhere").fetchall())

    with pytest.raises(duckdb.CatalogException, match="nowhere"):
        two_at_once(database, *((fails, fine) if is_first else (fine, fails)))
    assert two_at_once(database, fine, fine) == (3, 3)
