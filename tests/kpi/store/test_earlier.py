"""What an earlier day's store holds: texts from the day of their source, figures by period."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from kpi.domain.errors import KpiError
from kpi.ingest.table.raw import Upload
from kpi.store import Store, current_version, init, open_store, version_path
from kpi.store.connection import connect
from kpi.store.derived import derive_tables
from kpi.store.entering import enter
from kpi.store.uploads import publish, withdraw
from kpi.store.withdrawing_entries import withdraw_entry
from tests.days import today, yesterday
from tests.kpi.data_folder import add_source, append, replace, write_tiny
from tests.kpi.store.test_derived import TABLES
from tests.kpi.store.tiny_store import ROWS, figures, read_again

PAPER, LATER = date(2024, 6, 19), date(2025, 3, 4)
DAY = timedelta(days=1)


def _around(day: date) -> list[date]:
    """The day before, the day, and the day after."""
    return [day - DAY, day, day + DAY]


@pytest.fixture(scope="module")
def two_papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A paper of 19 June 2024 and a later one of 4 March 2025 that reports days before it."""
    folder = tmp_path_factory.mktemp("two")
    data = write_tiny(folder / "data", ROWS)
    add_source(data, "later", "2025-03-04", "hours,aarhus,all,2024,37,,,final")
    rate = "rate,work,Beskæftigelse,Job,proportion,percent,higher_is_better,1,1,all,Andel i job,"
    replace(data, "indicator.csv", rate, rate + "Fra papiret")
    hours = "hours,work,Timer,Timer,amount,hours_per_week,neutral,0,0,all,Timer om ugen,"
    replace(data, "indicator.csv", hours, hours + "Fra det senere papir")
    append(data, "event.csv", "told,2024-01,month,,work,Fortalt bagefter,later")
    append(data, "initiative_status.csv", "courses,2024-06-24,completed,Fortalt bagefter,later")
    append(data, "target.csv", "next,hours,aarhus,all,2027,30,decided,Fortalt bagefter,later")
    claim = "sum,later,hours,aarhus,all,2024,,share,37,,,,agrees,"
    append(data, "claim.csv", claim + "Fortalt bagefter")
    init(folder / "spor", data)
    return folder / "spor"


_KINDS: dict[str, Callable[[Store], list[str]]] = {
    "sources": lambda store: [source for source in store.catalog().sources if source == "later"],
    "events": lambda store: [
        event.title for event in store.plan().events if event.title == "Fortalt bagefter"
    ],
    "statuses": lambda store: [
        each.summary
        for initiative in store.plan().initiatives
        for each in initiative.statuses
        if each.summary == "Fortalt bagefter"
    ],
    "targets": lambda store: [target.note for target in store.plan().targets if target.note],
    "claims": lambda store: [claim.explanation for claim in store.claims() if claim.explanation],
    "definitions": lambda store: list(
        filter(None, [store.catalog().indicators["hours"].definition])
    ),
    "notes on sources": lambda store: list(
        filter(None, [store.catalog().indicators["hours"].source_note])
    ),
    "remarks": lambda store: [
        text for _, text, _ in store.remarks("gellerup") if text == "Fortalt bagefter"
    ],
}


def test_a_text_is_known_from_the_day_of_its_source(two_papers: Path) -> None:
    counts: dict[str, list[int]] = {kind: [] for kind in _KINDS}
    for day in [*_around(PAPER), *_around(LATER), None]:
        store = open_store(two_papers, as_of=day)
        for kind, texts in _KINDS.items():
            counts[kind].append(len(texts(store)))
        store.close()
    assert counts == {kind: [0, 0, 0, 0, 1, 1, 1] for kind in _KINDS}


def test_what_an_earlier_source_said_stays(two_papers: Path) -> None:
    for day in (PAPER, LATER - DAY):
        store = open_store(two_papers, as_of=day)
        known = store.catalog()
        assert list(known.sources) == ["own_upload", "paper"]
        assert known.indicators["rate"].definition == "Andel i job"
        assert known.indicators["rate"].source_note == "Fra papiret"
        assert [event.event_id for event in store.plan().events] == ["start"]
        assert [claim.claim_id for claim in store.claims()] == ["told"]
        store.close()


def test_a_note_on_several_sources_is_known_with_the_last(tmp_path: Path) -> None:
    """It may distinguish them, and then it names all."""
    data = write_tiny(tmp_path / "data", ROWS)
    add_source(data, "later", "2025-03-04", "rate,aarhus,all,2024,71.0,,,final")
    rate = "rate,work,Beskæftigelse,Job,proportion,percent,higher_is_better,1,1,all,Andel i job,"
    replace(data, "indicator.csv", rate, rate + "Papirerne måler forskelligt")
    init(tmp_path / "spor", data)
    definitions = []
    for day in (LATER - DAY, LATER):
        store = open_store(tmp_path / "spor", as_of=day)
        indicator = store.catalog().indicators["rate"]
        definitions.append((indicator.definition, indicator.source_note))
        store.close()
    assert definitions == [("Andel i job", ""), ("Andel i job", "Papirerne måler forskelligt")]


def test_what_is_entered_is_known_from_then_whatever_its_source_says(spor: Path) -> None:
    """A source whose year is not over does not hide what a person wrote of it."""
    source = {
        "source_id": "this_year", "title": "Årsrapport", "publisher": "Kommunen",
        "published": str(today().year), "min_cell": "0",
    }  # fmt: skip
    event = {
        "event_id": "new", "date": "2024-05", "precision": "month", "title": "Ny",
        "source_id": "this_year",
    }  # fmt: skip
    enter({"source": [source], "event": [event]}, "Anna", spor)
    for day, known in ((yesterday(), False), (today(), True)):
        store = open_store(spor, as_of=day)
        assert ("this_year" in store.catalog().sources) is known
        assert ("Ny" in [event.title for event in store.plan().events]) is known
        store.close()


def test_the_history_of_an_earlier_day_knows_no_later_withdrawal(spor: Path) -> None:
    file = "område;periode;nøgletal;værdi\naarhus;2023;rate;71,5\n"
    publish(Upload("tal.csv", file.encode()), None, "Ida", "Nyt", spor)
    with duckdb.connect(str(version_path(spor, current_version(spor)))) as connection:
        connection.execute("UPDATE batch SET known_from = '2025-01-01' WHERE batch_id = 2")
    withdraw(2, "Bo", "Forkert fil", spor)
    store = open_store(spor, as_of=yesterday())
    assert [
        (batch.state, batch.withdrawn_on, batch.withdrawn_why) for batch in store.batches()
    ] == [("published", "", "")] * 2
    store.close()
    store = open_store(spor, as_of=today())
    assert [(batch.state, batch.withdrawn_why) for batch in store.batches()] == [
        ("withdrawn", "Forkert fil"), ("published", ""),
    ]  # fmt: skip
    store.close()


def test_the_entries_of_an_earlier_day_are_those_made_by_then(spor: Path) -> None:
    event = {
        "event_id": "new", "date": "2024-05", "precision": "month", "title": "Ny",
        "source_id": "paper",
    }  # fmt: skip
    enter({"event": [event]}, "Anna", spor)
    with duckdb.connect(str(version_path(spor, current_version(spor)))) as connection:
        connection.execute("UPDATE entry SET entered_at = entered_at - INTERVAL 2 DAY")
        connection.execute(
            "UPDATE event SET entered_at = entered_at - INTERVAL 2 DAY WHERE entered_at IS NOT NULL"
        )
    withdraw_entry(1, "Bo", "Fejl", spor)
    seen = []
    for day in (today() - 3 * DAY, yesterday(), today()):
        store = open_store(spor, as_of=day)
        seen.append([entry.withdrawn_why for entry in store.entries()])
        store.close()
    assert seen == [[], [""], ["Fejl"]]


_SHOWN = """
WITH hidden AS (SELECT DISTINCT indicator_id, area_id, group_id, period, source_id, batch_id
    FROM spor.hidden_row)
SELECT shown.indicator_id, shown.area_id, shown.group_id, shown.period, source_id, batch_id,
    if(hidden.batch_id IS NULL, value, NULL), if(hidden.batch_id IS NULL, numerator, NULL),
    if(hidden.batch_id IS NULL, denominator, NULL),
    if(hidden.batch_id IS NULL, status, 'suppressed')
FROM spor.observation_as_of($day::DATE) AS shown
LEFT JOIN hidden USING (indicator_id, area_id, group_id, period, source_id, batch_id)
ORDER BY ALL
"""
_HELD = """
SELECT indicator_id, area_id, group_id, period, source_id, batch_id, value, numerator, denominator,
    status
FROM current_observation ORDER BY ALL
"""


def test_the_figures_of_a_day_are_those_of_all_rows_ever_published(tmp_path: Path) -> None:
    """Most are taken as they hold today; corrected, withdrawn and hidden ones are no exception."""
    rows = "rate,denmark,all,2022,40,40,100,final\nrate,gellerup,all,2022,3,3,100,final\n"
    rows += "hours,aarhus,all,2022,37,,,final\n"  # of which no day has another
    data = write_tiny(
        tmp_path / "data", YEARS + rows.replace("rate,aarhus,all,2022", "rate,denmark,all,2022")
    )
    (data / FILE).write_text(RELEASES, encoding="utf-8")
    home = tmp_path / "spor"
    init(home, data)
    head = "område;periode;nøgletal;værdi;tæller;nævner\n"
    files = [
        "aarhus;2021;rate;69,5;;\naarhus;2023;rate;71,5;;\n",
        "aarhus;2021;rate;69,7;;\ngellerup;2022;rate;4;4;100\n",
        "gellerup;2023;rate;2;2;100\ndenmark;2023;rate;50;50;100\n",
    ]
    for place, file in enumerate(files):
        publish(Upload("tal.csv", (head + file).encode()), None, "Ida", "Nyt", home)
        with duckdb.connect(str(version_path(home, current_version(home)))) as connection:
            known_from = today() - (6 - 2 * place) * DAY
            connection.execute(
                "UPDATE batch SET known_from = $1 WHERE batch_id = $2", [known_from, 2 + place]
            )
    withdraw(2, "Bo", "Forkert fil", home)
    path = version_path(home, current_version(home))
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "UPDATE batch SET withdrawn_on = $1 WHERE batch_id = 2", [today() - 3 * DAY]
        )
    counts = set()
    replaced = {}
    days = [today() - step * DAY for step in range(8)]
    for day in [*(day for day, _ in _RELEASED if day), PAPER + DAY, *days]:
        connection = connect(path, day)
        held = connection.execute(_HELD).fetchall()
        assert held == connection.execute(_SHOWN, {"day": day.isoformat()}).fetchall()
        counts.add((len(held), sum(row[-1] == "suppressed" for row in held)))
        replaced[day] = connection.execute("SELECT count(*) FROM replaced_key").fetchall()[0][0]
        assert _derived(connection) == _derived_of_all(connection)
        connection.close()
    assert len(counts) > 5
    # From the day of the withdrawal no key had another row than today: nothing is put together.
    assert not any(replaced[day] for day in days[:4])
    assert all(replaced[day] for day in days[4:])


def _derived(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    """The rows of the tables that are worked out of the figures."""
    return {table: connection.table(table).order("ALL").fetchall() for table in TABLES}


def _derived_of_all(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    """The same, worked out of every figure of the day."""
    views = {
        name for (name,) in connection.execute("SELECT view_name FROM duckdb_views()").fetchall()
    }
    for table in TABLES:
        # DROP takes no bound parameter: the names are the store's own.
        connection.execute(f"DROP {'VIEW' if table in views else 'TABLE'} {table}")
    derive_tables(connection)
    return _derived(connection)


def test_a_day_that_lacks_nothing_takes_what_is_derived_from_today(released: Path) -> None:
    connection = connect(version_path(released, current_version(released)), today())
    tables = _derived(connection)
    assert tables == _derived_of_all(connection)
    assert tables["recent_observation"]
    connection.close()


# --- days of release by period ------------------------------------------------------------------

YEARS = """
rate,aarhus,all,2020,68.0,,,final
rate,aarhus,all,2021,69.0,,,final
rate,aarhus,all,2022,70.0,,,final
"""
RELEASES = "source_id,period,published\npaper,2020,2021-11-02\npaper,2021,2022-10-28\n"
FILE = "source_release.csv"


def _years(home: Path, day: date | None) -> list[str]:
    return sorted(period for area, period in figures(home, as_of=day) if area == "aarhus")


_RELEASED = [
    (date(2021, 11, 1), []),
    (date(2021, 11, 2), ["2020"]),
    (date(2021, 11, 3), ["2020"]),
    (date(2022, 10, 27), ["2020"]),
    (date(2022, 10, 28), ["2020", "2021"]),
    (date(2024, 6, 18), ["2020", "2021"]),
    (date(2024, 6, 19), ["2020", "2021", "2022"]),  # no day of its own: the source's
    (None, ["2020", "2021", "2022"]),
]


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("released")
    data = write_tiny(folder / "data", YEARS)
    (data / FILE).write_text(RELEASES, encoding="utf-8")
    init(folder / "spor", data)
    return folder / "spor"


@pytest.mark.every_case
@pytest.mark.parametrize(("day", "years"), _RELEASED)
def test_a_period_is_known_from_the_day_it_was_released(
    released: Path, day: date | None, years: list[str]
) -> None:
    assert _years(released, day) == years


@pytest.mark.every_case
@pytest.mark.parametrize(("day", "years"), _RELEASED)
def test_what_is_new_since_a_day_is_what_its_store_lacks(
    released: Path, day: date | None, years: list[str]
) -> None:
    store = open_store(released)
    news = store.new_since(day or today(), ["rate"], ["aarhus"])
    new = news.get(("rate", "aarhus", "all"), ())
    assert list(new) == [year for year in ("2020", "2021", "2022") if year not in years]
    store.close()


def test_the_history_and_the_source_are_known_with_the_first_release(released: Path) -> None:
    store = open_store(released, as_of=date(2021, 11, 2))
    assert [batch.batch_id for batch in store.batches()] == [1]
    assert "paper" in store.catalog().sources
    store.close()
    store = open_store(released, as_of=date(2021, 11, 1))
    assert store.batches() == []
    assert "paper" not in store.catalog().sources
    store.close()


@pytest.mark.soak
def test_a_day_that_is_stated_later_is_that_of_what_is_there(tmp_path: Path) -> None:
    data = write_tiny(tmp_path / "data", YEARS)
    home = tmp_path / "spor"
    init(home, data)
    assert _years(home, date(2022, 12, 31)) == []
    (data / FILE).write_text(RELEASES, encoding="utf-8")
    assert init(home, data).changed
    assert _years(home, date(2022, 12, 31)) == ["2020", "2021"]
    assert not read_again(home, data).changed
    (data / FILE).unlink()
    assert init(home, data).changed
    assert _years(home, date(2022, 12, 31)) == []


def test_an_upload_is_known_from_when_it_came_whatever_was_released(tmp_path: Path) -> None:
    """Else a paper of an earlier day would not stay as it was."""
    data = write_tiny(tmp_path / "data", YEARS)
    (data / FILE).write_text(RELEASES + "own_upload,2023,2023-11-01\n", encoding="utf-8")
    home = tmp_path / "spor"
    init(home, data)
    file = "område;periode;nøgletal;værdi\naarhus;2023;rate;71,5\n"
    publish(Upload("tal.csv", file.encode()), None, "Ida", "Nyt", home)
    assert "2023" not in _years(home, yesterday())
    assert "2023" in _years(home, today())


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("paper,2022,2023", "Skriv dagen, 2025-03-19."),  # a year is no day of release
        ("paper,2022,2023-10", "Skriv dagen, 2025-03-19."),
        ("paper,2022,", "Feltet er tomt."),
        ("paper,2022,i går", "Feltet er ikke en dato."),
        ("paper,måske,2023-10-28", "Feltet er ikke en periode."),
        ("paper,2024Q1,2024-10-28", "Skriv »2024K1«."),  # as the figures' are kept
        ("paper,2021,2023-10-28", "Står også i linje 3."),
        ("nobody,2022,2023-10-28", "Værdien findes ikke i source.csv."),
    ],
)
def test_a_release_that_makes_no_sense_is_refused_by_row(
    tmp_path: Path, line: str, message: str
) -> None:
    data = write_tiny(tmp_path / "data", YEARS)
    (data / FILE).write_text(RELEASES + line + "\n", encoding="utf-8")
    with pytest.raises(KpiError) as refused:
        init(tmp_path / "spor", data)
    assert f"{FILE}, linje 4" in refused.value.message
    assert message in refused.value.message


@pytest.mark.parametrize("text", [None, "source_id,period,published\n"])
def test_no_day_of_release_need_be_stated(tmp_path: Path, text: str | None) -> None:
    data = write_tiny(tmp_path / "data", YEARS)
    if text:
        (data / FILE).write_text(text, encoding="utf-8")
    assert init(tmp_path / "spor", data).rows_new == 3
