"""A store written before limits, ways of counting and benchmarks is brought along by init."""

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from kpi.domain.errors import KpiError
from kpi.domain.model import Observation
from kpi.domain.vocabulary import FIGURE_WORDS
from kpi.ingest.table.raw import Upload
from kpi.store import current_version, init, open_store, version_path
from kpi.store.adding import add
from kpi.store.figure_types import type_of
from kpi.store.publishing import tables_not_derived
from kpi.store.uploads import publish, withdraw
from kpi.store.withdrawing_entries import withdraw_entry
from tests.kpi.store.tiny_store import read_again

DAYS = (None, date(2024, 6, 30), date(2025, 3, 31), date(2100, 1, 1))
OBSERVATION_TABLES = ("current_observation", "hidden_observation", "past_observation")
NEW_COLUMNS = {
    **dict.fromkeys(OBSERVATION_TABLES, ("low", "high", "measured")),
    "source": ("frequency", "next_release", "owner"),
    "indicator": (
        "benchmark",
        "aliases",
        "breaks",
        "retired",
        "numerator_id",
        "denominator_id",
    ),
    "population_group": ("aliases", "part_of", "retired"),
    "area": ("valid_from", "valid_to", "succeeded_by", "retired", "context_of", "region_id"),
}
OLD_COLUMNS = (
    "indicator_id, area_id, group_id, period, value, numerator, denominator, status, decimals, "
    "as_published, note, source_id, batch_id"
)
TEXT = "nøgletal;område;periode;værdi\nnsk_cases;aarhus;{period};{value}\n"


def as_written_before(home: Path) -> None:
    """Makes the newest version what the program before the new columns would have written."""
    with duckdb.connect(str(version_path(home, current_version(home)))) as connection:
        connection.execute("DROP VIEW observation")
        for table, columns in NEW_COLUMNS.items():
            for column in columns:
                connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        # Words were texts, and there were fewer of them.
        connection.execute(
            """
            ALTER TABLE current_observation ALTER period_kind TYPE VARCHAR;
            ALTER TABLE current_observation ALTER status TYPE VARCHAR;
            ALTER TABLE past_observation ALTER status TYPE ENUM('missing', 'final', 'suppressed')
            """
        )
        connection.execute(
            f"""
            CREATE VIEW observation AS
            SELECT {OLD_COLUMNS}, removed FROM past_observation
            UNION ALL
            SELECT {OLD_COLUMNS}, false FROM current_observation WHERE NOT is_hidden
            UNION ALL
            SELECT {OLD_COLUMNS}, false FROM hidden_observation
            """  # noqa: S608 - the test's own words
        )
        connection.execute(
            "DROP TABLE source_release; DROP TABLE recent_observation; DROP TABLE remark"
        )
        connection.execute(
            """
            DROP TABLE theme_row; DROP TABLE indicator_row; DROP TABLE area_row;
            DROP TABLE area_set_row; DROP TABLE population_group_row;
            DROP TABLE group_reference_row; DROP TABLE source_row;
            """
        )
        connection.execute("UPDATE derived_by SET sha256 = 'earlier'")


def asked(home: Path, question: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(version_path(home, current_version(home)))) as connection:
        return connection.execute(question).fetchall()


def every_row(home: Path) -> list[tuple[object, ...]]:
    """All rows ever published, with the columns that both programs know."""
    return asked(home, f"SELECT {OLD_COLUMNS}, removed FROM observation ORDER BY ALL")  # noqa: S608


def shown_on(home: Path, day: date | None) -> list[Observation]:
    """All figures of a day, without what only the new columns say."""
    store = open_store(home, as_of=day)
    rows = store.series(list(store.catalog().indicators))
    store.close()
    return [row._replace(low=None, high=None, measured="over") for row in rows]


@pytest.fixture(scope="module")
def used_once(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The default figures, an upload that is current, and one that was withdrawn."""
    home = Path(shutil.copytree(built_home, tmp_path_factory.mktemp("used") / "home"))
    for period, value in (("2025K2", "66"), ("2025K3", "70")):
        text = TEXT.format(period=period, value=value)
        publish(Upload("sager.csv", text.encode()), None, "Ida", "Kvartal", home)
    ((newest,),) = asked(home, "SELECT max(batch_id) FROM batch")
    withdraw(int(str(newest)), "Bo", "Forkert", home)
    return home


@pytest.fixture
def used(used_once: Path, tmp_path: Path) -> Path:
    """The same, for the test to change."""
    return Path(shutil.copytree(used_once, tmp_path / "used"))


@pytest.fixture
def earlier(used: Path) -> Path:
    """The same, as the earlier program would have left it."""
    as_written_before(used)
    return used


def test_the_earlier_store_lacks_what_is_new(earlier: Path) -> None:
    for table, columns in NEW_COLUMNS.items():
        known = {str(name) for name, *_ in asked(earlier, f"DESCRIBE {table}")}
        assert known.isdisjoint(columns)


@pytest.mark.every_case
@pytest.mark.parametrize("day", DAYS)
def test_it_is_not_read_before_it_is_brought_along(earlier: Path, day: date | None) -> None:
    with pytest.raises(KpiError, match="python -m kpi init"):
        open_store(earlier, as_of=day)


def test_nothing_is_lost(used: Path) -> None:
    rows, known = every_row(used), [shown_on(used, day) for day in DAYS]
    as_written_before(used)
    assert init(used).changed
    # What data/ says anew of its own rows is a publication of its own; all earlier rows stay.
    assert set(rows) <= set(every_row(used))
    assert [shown_on(used, day) for day in DAYS] == known
    for table in OBSERVATION_TABLES:
        types = {str(name): kind for name, kind, *_ in asked(used, f"DESCRIBE {table}")}
        for column in FIGURE_WORDS.keys() & types.keys():
            assert types[column] == type_of(FIGURE_WORDS[column])
    assert not read_again(used).changed


@pytest.mark.soak
@pytest.mark.parametrize("worked_out_by", ["earlier program", "this program"])
def test_tables_that_follow_from_others_need_not_be_there(used: Path, worked_out_by: str) -> None:
    known = [shown_on(used, day) for day in DAYS]
    tables = {str(name) for (name,) in asked(used, "SELECT table_name FROM duckdb_tables()")}
    derived = tables - {*tables_not_derived(), "derived_by", "made_of"}
    assert len(derived) > 5
    with duckdb.connect(str(version_path(used, current_version(used)))) as connection:
        for table in derived:
            connection.execute(f"DROP TABLE {table}")
        if worked_out_by == "earlier program":
            connection.execute("UPDATE derived_by SET sha256 = 'earlier'")
    init(used)
    named = {str(name) for (name,) in asked(used, "SELECT table_name FROM duckdb_tables()")}
    assert named == tables
    assert [shown_on(used, day) for day in DAYS] == known


def test_the_rows_of_uploads_are_plain_figures_over_their_period(earlier: Path) -> None:
    init(earlier)
    store = open_store(earlier)
    (uploaded,) = [
        row for row in store.series(["nsk_cases"], ["aarhus"]) if row.source_id == "own_upload"
    ]
    assert (uploaded.value, uploaded.low, uploaded.high, uploaded.measured) == (
        66.0, None, None, "over",
    )  # fmt: skip
    store.close()


def test_what_data_says_in_the_new_columns_is_there(
    earlier: Path, built_home: Path, plan_folder: Path
) -> None:
    init(earlier, plan_folder)
    brought, built = open_store(earlier), open_store(built_home)
    try:
        catalog, fresh = brought.catalog(), built.catalog()
        assert catalog.indicators == fresh.indicators
        assert catalog.sources == fresh.sources
        ids = list(fresh.indicators)
        own = [row for row in brought.series(ids) if row.source_id != "own_upload"]
        assert own == built.series(ids)
        assert {row.measured for row in own} == {"over", "at", "since", "reported"}
        assert [(row.low, row.high) for row in own if row.status == "range"] == [(2.0, 3.0)]
    finally:
        brought.close()
        built.close()


@pytest.mark.soak
def test_then_publish_withdraw_and_earlier_days_work(earlier: Path) -> None:
    init(earlier)
    text = TEXT.format(period="2025K4", value="71")
    answer = publish(Upload("nye.csv", text.encode()), None, "Ida", "Ny", earlier)
    assert newest_cases(earlier) == 71.0
    withdraw(int(answer.batch_id or 0), "Bo", "Forkert", earlier)
    assert newest_cases(earlier) == 66.0
    # An upload from before is withdrawn as well.
    ((uploaded,),) = asked(earlier, "SELECT min(batch_id) FROM batch WHERE origin = 'upload'")
    withdraw(int(str(uploaded)), "Bo", "Forkert", earlier)
    assert newest_cases(earlier) == 60.0
    assert newest_cases(earlier, date(2024, 6, 30)) is None
    assert newest_cases(earlier, date(2025, 3, 31)) == 60.0


def newest_cases(home: Path, day: date | None = None) -> float | None:
    """The newest number of cases in Aarhus."""
    store = open_store(home, as_of=day)
    rows = store.series(["nsk_cases"], ["aarhus"])
    store.close()
    return rows[-1].value if rows else None


@pytest.mark.soak
def test_a_source_that_a_person_entered_stays_and_data_is_corrected_over_it(used: Path) -> None:
    add("source", [{"title": "KMD Elev", "publisher": "Kommunen"}], "Anna", used)
    add("source", [{"title": "Fortrudt", "publisher": "Kommunen"}], "Anna", used)
    as_written_before(used)
    with duckdb.connect(str(version_path(used, current_version(used)))) as connection:
        # An earlier program let a source stay when its entry was withdrawn.
        connection.execute("UPDATE entry SET withdrawn_on = current_date WHERE entry_id = 2")
    init(used)
    add("area", [{"area_id": "tilst", "name": "Tilst Vest"}], "Anna", used)
    store = open_store(used)
    catalog = store.catalog()
    store.close()
    assert {"kmd_elev", "fortrudt"} <= catalog.sources.keys()
    assert catalog.areas["tilst"].name == "Tilst Vest"
    withdraw_entry(3, "Bo", "Fejl", used)
    store = open_store(used)
    assert store.catalog().areas["tilst"].name == "Tilst"
    store.close()
