"""The smaller tables of a version: working out the changed indicators' is as good as all anew."""

import random
import shutil
from pathlib import Path

import duckdb
import pytest

from kpi.ingest.table.raw import Upload
from kpi.store import current_version, version_path
from kpi.store.connection import derive_after
from kpi.store.derived import OfShown, derive_of_shown, derive_tables
from kpi.store.uploads import publish, withdraw
from tests.kpi.store.test_implied_elsewhere import COUNTS, HEAD, made, put_out
from tests.tiers import some

pytestmark = pytest.mark.second_look

TABLES = (
    "recent_observation", "coverage", "figure_count", "implausible_observation", "newest_period",
    "indicator_count",
)  # fmt: skip
AREAS = ("aarhus", "odense", "gellerup", "viby_syd", "denmark", "aalborg", "esbjerg", "randers")
PERIODS = ("2021", "2022", "2023", "2024", "2024H1", "2023:2024")
GROUPS = ("all", "danish", "non_western")
KINDS = {"people": "count", "copied": "count", "share": "proportion", "marks": "mean"}

DIFFERENT = """
SELECT count(*) FROM (
    (FROM query_table($table) EXCEPT ALL FROM query_table($before))
    UNION ALL (FROM query_table($before) EXCEPT ALL FROM query_table($table))
)
"""


def differences(home: Path, work: Path) -> dict[str, int]:
    """In how many rows each table differs from one that is worked out of all rows."""
    copy = work / "copy.duckdb"
    shutil.copyfile(version_path(home, current_version(home)), copy)
    with duckdb.connect(str(copy)) as connection:
        for table in TABLES:
            connection.table(table).create(f"{table}_before")
        derive_tables(connection)
        return {
            table: connection.execute(
                DIFFERENT, {"table": table, "before": f"{table}_before"}
            ).fetchall()[0][0]
            for table in TABLES
        }


def some_rows(draw: random.Random) -> str:
    """A few figures, some of few persons, some far from the others, some of no number."""
    rows = {}
    for _ in range(draw.randint(1, 14)):
        indicator_id = draw.choice([*KINDS])
        key = (indicator_id, draw.choice(AREAS), draw.choice(GROUPS), draw.choice(PERIODS))
        number, of_all = draw.randint(0, 30), draw.randint(30, 60)
        rows[key] = {
            "count": f"{draw.choice([number, number, 9_000])};;",
            "proportion": f"{100 * number / of_all:.1f};{number};{of_all}".replace(".", ","),
            "mean": f"{draw.choice(['7,1', '7,2', '7,3', '99'])};;{of_all}",
        }[KINDS[indicator_id]]
    return "".join(f"{';'.join(key)};{values}\n" for key, values in rows.items())


@pytest.mark.parametrize("seed", range(12))
def test_what_is_worked_out_again_is_as_if_all_were(home: Path, tmp_path: Path, seed: int) -> None:
    work_out_at_random(home, tmp_path, seed)


@pytest.mark.parametrize("seed", range(6))
def test_beside_the_hiding_it_is_as_if_all_were(
    home: Path, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As of a large file: the tables are derived before it is known what is hidden."""
    beforehand: list[OfShown] = []

    def derive_beside(connection: duckdb.DuckDBPyConnection, batch_id: int, is_large: bool) -> None:
        assert is_large
        connection.execute("SET threads = 2")
        derive_after(connection, batch_id, is_large)

    def derive(connection: duckdb.DuckDBPyConnection, database: str, batch_id: int) -> OfShown:
        beforehand.append(derive_of_shown(connection, database, batch_id))
        return beforehand[-1]

    monkeypatch.setattr("kpi.store.inserting.MANY", 0)
    monkeypatch.setattr("kpi.store.inserting._MANY_BYTES", seed % 2)
    monkeypatch.setattr("kpi.store.inserting.derive_after", derive_beside)
    monkeypatch.setattr("kpi.store.connection.derive_of_shown", derive)
    work_out_at_random(home, tmp_path, seed)
    assert {*beforehand} & {"some", "all"}


def work_out_at_random(home: Path, tmp_path: Path, seed: int) -> None:
    """Publications and withdrawals, each of which leaves the tables as if all were worked out."""
    draw = random.Random(seed)
    made(home, **KINDS)
    batches: list[int] = []
    published = 0
    for _ in some(range(4), 2):
        if batches and draw.random() < 0.2:
            withdraw(batches.pop(draw.randrange(len(batches))), "Ida", "x", home)
        else:
            file = Upload("a.csv", (HEAD + some_rows(draw)).encode())
            if batch_id := publish(file, None, "Ida", "x", home).batch_id:
                batches.append(batch_id)
                published += 1
        assert differences(home, tmp_path) == dict.fromkeys(TABLES, 0)
    assert published


def test_another_indicator_of_which_a_number_is_hidden_since(home: Path, tmp_path: Path) -> None:
    """A publication of one indicator hides a number of another: its tables say so too."""
    made(home, **KINDS)
    put_out(home, "copied;aarhus;job_ready;2024;20;;\n")
    assert shown_recently(home, "copied") == [20]
    put_out(home, COUNTS)
    assert shown_recently(home, "copied") == [None]
    assert differences(home, tmp_path) == dict.fromkeys(TABLES, 0)


def shown_recently(home: Path, indicator_id: str) -> list[float | None]:
    """The values of an indicator among the recent rows."""
    path = version_path(home, current_version(home))
    with duckdb.connect(str(path), read_only=True) as connection:
        rows = connection.execute(
            "SELECT value FROM recent_observation WHERE indicator_id = $1", [indicator_id]
        ).fetchall()
    return [value for (value,) in rows]
