"""Every row ever published is kept as it was published, once; also of an earlier program."""

import os
import shutil
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.domain.errors import KpiError
from kpi.ingest.table.raw import Upload
from kpi.store import current_version, init, open_store, version_path
from kpi.store.current_rows import rebuild_all_rows
from kpi.store.uploads import publish, withdraw
from tests.kpi.data_folder import write_tiny
from tests.kpi.store.small_rows import ROWS

pytestmark = pytest.mark.second_look

Rows = list[tuple[object, ...]]


def asked(home: Path, sql: str) -> Rows:
    """The newest version's answer."""
    with duckdb.connect(str(version_path(home, current_version(home)))) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def used_once(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = Path(shutil.copytree(built_home, tmp_path_factory.mktemp("used") / "home"))
    for rows in (
        ROWS,
        ROWS.replace("2026K1;24;", "2026K1;25;").replace("2026K1;3;", "2026K1;4;"),
        ROWS.replace("2026K1;24;", "2026K1;26;"),
    ):
        publish(Upload("tal.csv", rows.encode()), None, "Ida", "Kvartal", home)
    ((newest,),) = asked(home, "SELECT max(batch_id) FROM batch")
    withdraw(int(str(newest)) - 1, "Bo", "Forkert", home)
    return home


@pytest.fixture
def used(used_once: Path, tmp_path: Path) -> Path:
    """A store with small numbers, a correction that was withdrawn, and one that is current."""
    return Path(shutil.copytree(used_once, tmp_path / "home"))


def test_every_row_is_kept_once(used: Path) -> None:
    counted = asked(used, "SELECT batch_id, count(*) FROM observation GROUP BY ALL ORDER BY ALL")
    query = "SELECT batch_id, rows_new + rows_changed + rows_removed FROM batch ORDER BY ALL"
    assert counted == asked(used, query)
    twice = """
        SELECT count(*) - count(DISTINCT (indicator_id, area_id, group_id, period, batch_id))
        FROM observation
    """
    assert asked(used, twice) == [(0,)]


def test_a_row_is_kept_as_it_was_published(used: Path) -> None:
    gellerup = asked(
        used,
        """
        SELECT value, as_published, note
        FROM observation
        WHERE indicator_id = 'nsk_cases' AND area_id = 'gellerup' AND period = '2026K1'
        ORDER BY batch_id
        """,
    )
    assert gellerup == [(number, "kun 3", "i alt 3 sager") for number in (3.0, 4.0, 3.0)]
    shown = """
        SELECT value, as_published, is_hidden
        FROM current_observation
        WHERE indicator_id = 'nsk_cases' AND area_id = 'gellerup' AND period = '2026K1'
    """
    assert asked(used, shown) == [(None, "<5", True)]


@pytest.mark.soak
def test_a_store_of_an_earlier_program_keeps_all_of_it(used: Path) -> None:
    days = (None, date(2024, 6, 30), date(2025, 3, 31), date(2100, 1, 1))
    before, known = every_row(used), [shown_on(used, day) for day in days]
    with duckdb.connect(str(version_path(used, current_version(used)))) as connection:
        connection.execute(AS_AN_EARLIER_PROGRAM_WROTE_IT)
    assert init(used).changed
    assert every_row(used) == before
    assert [shown_on(used, day) for day in days] == known
    ((hidden,),) = asked(used, HIDDEN_OF_ROWS)
    publish(Upload("tal.csv", ROWS.encode()), None, "Ida", "Igen", used)
    # The sum, put back to 24; hidden rows are written whatever they contain: none is missed.
    assert len(every_row(used)) == len(before) + 1 + int(str(hidden))
    assert not init(used).changed


def every_row(home: Path) -> Rows:
    """All rows of `observation`."""
    return asked(home, "FROM observation ORDER BY ALL")


def shown_on(home: Path, day: date | None) -> Rows:
    """What is shown of all indicators on a day."""
    store = open_store(home, as_of=day)
    rows = store.series(list(store.catalog().indicators))
    store.close()
    return list(rows)


HIDDEN_OF_ROWS = """
SELECT count(*) FROM current_observation
JOIN batch USING (batch_id)
WHERE is_hidden AND batch.origin <> 'data'
"""
# Every row stood in the table `observation`, and those that held once more among today's.
AS_AN_EARLIER_PROGRAM_WROTE_IT = """
CREATE TABLE every_row AS FROM observation;
DROP VIEW observation;
ALTER TABLE every_row RENAME TO observation;
DROP TABLE past_observation;
ALTER TABLE current_observation DROP COLUMN is_hidden;
ALTER TABLE hidden_observation DROP COLUMN is_hidden;
UPDATE derived_by SET sha256 = 'earlier';
"""


MOVES = st.lists(
    st.tuples(st.sampled_from(["publish", "withdraw", "init"]), st.integers(0, 5)), max_size=5
)


@settings(max_examples=200 if "SPOR_SOAK" in os.environ else 2)
@given(MOVES)
def test_today_is_what_all_rows_say(once: Path, moves: list[tuple[str, int]]) -> None:
    """Only the touched keys are rebuilt: the same rows hold as if all were looked through."""
    with tempfile.TemporaryDirectory() as folder:
        spor, tiny = Path(folder, "spor"), Path(folder, "tiny")
        shutil.copytree(once / "spor", spor)
        shutil.copytree(once / "tiny", tiny)
        for what, number in moves:
            move(what, number, spor, tiny)
        assert_settled(spor)


def test_with_small_numbers_too(used: Path) -> None:
    assert_settled(used)


def assert_settled(home: Path) -> None:
    """Rebuilds all current rows; nothing may change by it."""
    every, today = every_row(home), asked(home, TODAY)
    assert len(today) == len(asked(home, EVERY_KEY))
    with duckdb.connect(str(version_path(home, current_version(home)))) as connection:
        rebuild_all_rows(connection)
    assert (every_row(home), asked(home, TODAY)) == (every, today)


def move(what: str, number: int, spor: Path, tiny: Path) -> None:
    """A file of two keys, a batch withdrawn, or other figures in data/."""
    if what == "publish":
        rows = f"aarhus;202{number % 3};rate;7{number},0\ngellerup;2022;persons;{number}\n"
        file = Upload("tal.csv", f"område;periode;nøgletal;værdi\n{rows}".encode())
        publish(file, None, "Ida", "Prøve", spor)
    elif what == "withdraw":
        with suppress(KpiError):  # no such batch, or withdrawn before
            withdraw(number, "Bo", "Prøve", spor)
    else:
        own = [*ROWS_OF_DATA[number % 2 :], f"rate,aarhus,all,2022,7{number}.5,,,final"]
        shutil.rmtree(tiny)
        write_tiny(tiny, "\n".join(own))
        init(spor, tiny)


ROWS_OF_DATA = ["rate,aarhus,all,2021,69.0,,,final", "rate,denmark,all,2022,77.2,,,final"]
TODAY = "FROM current_observation ORDER BY ALL"
EVERY_KEY = "SELECT DISTINCT indicator_id, area_id, group_id, period FROM current_observation"
