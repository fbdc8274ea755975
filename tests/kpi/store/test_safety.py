"""A version's connection reads that version and can do nothing else."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from kpi.store.connection import connect
from kpi.store.versions import version_path

DAYS = [None, date(2024, 6, 30)]


@pytest.fixture(scope="module")
def own_home(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The default figures in files that nothing else of this process has open."""
    return Path(shutil.copytree(built_home, tmp_path_factory.mktemp("own") / "home"))


@pytest.fixture(params=DAYS, ids=["today", "as of"])
def connection(
    request: pytest.FixtureRequest,
    own_home: Path,
    one_thread: Callable[..., duckdb.DuckDBPyConnection],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The connection of a store, for statements that it never runs itself; as the program opens it.

    All connections to one file have the same settings, so it is a file of the test's own.
    """
    monkeypatch.setattr(duckdb, "connect", one_thread)
    opened = connect(version_path(own_home, "000001"), request.param)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "statement",
    [
        "COPY (SELECT 1) TO 'stolen.csv'",
        "COPY observation TO 'stolen.parquet'",
        "EXPORT DATABASE 'stolen'",
        "SELECT * FROM read_csv('figures.csv')",
        "SELECT * FROM read_text('figures.csv')",
        "SELECT * FROM read_blob('figures.csv')",
        "SELECT * FROM 'figures.csv'",
        "SELECT * FROM glob('*')",
        "ATTACH 'other.duckdb' AS other",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SET threads = 8",
        "SET memory_limit = '8GB'",
        "RESET threads",
        "SET GLOBAL temp_directory = 'elsewhere'",
    ],
)
def test_no_access_to_files_and_no_change_of_settings(
    connection: duckdb.DuckDBPyConnection,
    statement: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "figures.csv").write_text("secret", "ascii")
    with pytest.raises((duckdb.PermissionException, duckdb.InvalidInputException)):
        connection.execute(statement).fetchall()
    assert [path.name for path in tmp_path.iterdir()] == ["figures.csv"]


def test_the_settings_are_what_they_should_be(connection: duckdb.DuckDBPyConnection) -> None:
    assert connection.execute(
        """
        SELECT current_setting('enable_external_access'), current_setting('lock_configuration'),
            current_setting('threads')
        """
    ).fetchone() == (False, True, 1)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM past_observation",
        "INSERT INTO theme (theme_id) VALUES ('x')",
        "UPDATE batch SET state = 'withdrawn'",
        "DROP TABLE current_observation",
        "CREATE TABLE mine (a INTEGER)",
    ],
)
def test_a_version_is_opened_read_only(built_home: Path, statement: str) -> None:
    opened = connect(version_path(built_home, "000001"), None)
    with pytest.raises(duckdb.InvalidInputException, match="read-only"):
        opened.execute(statement)
    opened.close()


def test_the_version_behind_an_earlier_day_is_read_only_too(built_home: Path) -> None:
    opened = connect(version_path(built_home, "000001"), date(2024, 6, 30))
    with pytest.raises(duckdb.InvalidInputException, match="read-only"):
        opened.execute("DELETE FROM spor.past_observation")
    opened.close()
