"""Every rule of days of the store: what it says of the day before a thing's day, of it, and after.

One store has a thing of DAY for each rule; it is opened as of the three days. What is reckoned of
values alone has its rules in tests/kpi/test_day_rules.py.
"""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from kpi.domain.model import Batch
from kpi.ingest.table.raw import Upload
from kpi.store import Store, current_version, init, open_store, version_path
from kpi.store.adding import add
from kpi.store.entering import enter
from kpi.store.ever_shown import Publication, moments_of
from kpi.store.removed import BACKUPS, backups_since
from kpi.store.uploads import publish, withdraw
from kpi.store.withdrawing_entries import withdraw_entry
from tests.kpi.data_folder import append, replace, write_tiny
from tests.tables import for_each

# Before the paper is published, so that what it released period by period has a day of its own.
DAY = date(2023, 10, 10)
EARLY = date(2022, 1, 10)
_HEAD = "område;periode;nøgletal;værdi\n"
_TABLES_OF_ENTRIES = """
SELECT table_name FROM duckdb_columns()
WHERE column_name = 'entered_at' AND schema_name = 'main'
    AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE NOT temporary)
"""
Answer = object


def utc(day: date) -> datetime:
    """Half past midnight of a summer's day in Denmark: in UTC it is the day before."""
    return datetime(day.year, day.month, day.day) - timedelta(minutes=90)  # noqa: DTZ001 - the store's times are UTC


def days_around(day: date) -> tuple[date, date, date]:
    """The day before, the day, the day after."""
    return day - timedelta(days=1), day, day + timedelta(days=1)


@pytest.fixture(scope="module")
def with_days(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the publications 2 is of DAY and 3 withdrawn on it; of the entries 1 and 4, and 2."""
    folder = tmp_path_factory.mktemp("days")
    rows = "rate,aarhus,all,2020,68.0,,,final\nrate,aarhus,all,2021,69.0,,,final\n"
    data = write_tiny(folder / "data", rows)
    days = f"paper,2020,{DAY}\npaper,2021,{EARLY}\nin_parts,2019,{EARLY}\n"
    (data / "source_release.csv").write_text("source_id,period,published\n" + days)
    replace(data, "initiative.csv", "Afdelingen,2024", "Afdelingen,2021")
    append(data, "meeting.csv", f"second,{DAY},Udvalg,Dagens emne")
    append(data, "initiative_status.csv", f"courses,{DAY},completed,Nu,own_upload")
    append(data, "source.csv", f"dated,Papir,Udgiver,{DAY},,0")
    append(data, "source.csv", f"in_parts,Papir i dele,Udgiver,{DAY},,0")
    append(data, "target.csv", "other,rate,aarhus,all,2030,90,decided,,dated")
    home = folder / "spor"
    init(home, data)
    for file in (
        "aarhus;2023;rate;71,5\naarhus;2022;rate;70,0\naarhus;2021;rate;69,5\n",
        "odense;2023;rate;60,0\nodense;2021;rate;59,0\n",
        "aarhus;2022;rate;70,4\nodense;2021;rate;58,0\n",
    ):
        publish(Upload("tal.csv", (_HEAD + file).encode()), None, "Ida", "Nyt", home)
        if file.startswith("odense"):
            withdraw(3, "Bo", "Forkert", home)
    happened = {"event_id": "told", "date": "2021-04", "precision": "month", "title": "Ny"}
    add("theme", [{"name": "Sundhed"}], "Anna", home)
    add("theme", [{"name": "Kultur"}], "Anna", home)
    comment = {"text": "Ord", "indicator_id": "rate", "author": "Anna"}
    of_day = {"event_id": "of", "date": f"{DAY}", "precision": "day", "title": "I Gellerup"}
    enter(
        {
            "event": [{**of_day, "area_id": "gellerup", "source_id": "own_upload"}],
            "comment": [{**comment, "comment_id": "c", "date": f"{DAY}"}],
        },
        "Anna",
        home,
    )
    enter({"event": [{**happened, "source_id": "own_upload"}]}, "Anna", home)
    withdraw_entry(2, "Bo", "Fejl", home)
    _set_days(home)
    return home


def _set_days(home: Path) -> None:
    """Entries 1 and 4 were made on DAY, the others before; what was withdrawn, was on DAY."""
    with duckdb.connect(str(version_path(home, current_version(home)))) as connection:
        moments = dict(connection.execute("SELECT entry_id, entered_at FROM entry").fetchall())
        for (table,) in connection.execute(_TABLES_OF_ENTRIES).fetchall():
            for entry_id, moment in moments.items():
                day = DAY if entry_id in (1, 4) else EARLY + timedelta(days=entry_id)
                connection.table(table).update(
                    {"entered_at": duckdb.ConstantExpression(utc(day))},
                    condition=duckdb.ColumnExpression("entered_at")
                    == duckdb.ConstantExpression(moment),
                )
        of_day = {"day": DAY}
        connection.execute("UPDATE entry SET withdrawn_on = $day WHERE entry_id = 2", of_day)
        connection.execute("UPDATE batch SET known_from = $day WHERE batch_id = 2", of_day)
        connection.execute(
            "UPDATE batch SET known_from = $early, withdrawn_on = $day WHERE batch_id = 3",
            {"day": DAY, "early": EARLY},
        )
        for table in ("indicator", "indicator_row"):
            breaks = duckdb.ConstantExpression(f"{DAY} Nye regler")
            connection.table(table).update({"breaks": breaks})


@pytest.fixture(scope="module")
def stores(with_days: Path) -> Iterator[tuple[Store, Store, Store]]:
    """The store as of the day before DAY, of DAY, and of the day after."""
    before, of_day, after = (open_store(with_days, as_of=day) for day in days_around(DAY))
    yield before, of_day, after
    for store in (before, of_day, after):
        store.close()


def value(area_id: str, period: str) -> Callable[[Store], Answer]:
    """The share of an area in a period, None where there is none."""
    return lambda store: next(
        (row.value for row in store.series(["rate"], [area_id]) if row.period.text == period), None
    )


def about(batch_id: int, field: str) -> Callable[[Store], Answer]:
    """What the list of publications says of one; None where it is not in it."""
    batches: Callable[[Store], list[Batch]] = lambda store: store.batches()  # noqa: E731
    return lambda store: next(
        (getattr(each, field) for each in batches(store) if each.batch_id == batch_id), None
    )


def entry(entry_id: int) -> Callable[[Store], Answer]:
    """Why an entry was withdrawn; None where it is not in the list."""
    return lambda store: next(
        (each.withdrawn_why for each in store.entries() if each.entry_id == entry_id), None
    )


# What a store says of the day before, of DAY, and of the day after.
RULES: dict[str, tuple[Callable[[Store], Answer], tuple[Answer, Answer, Answer]]] = {
    "a figure is known from the day of its publication": (
        value("aarhus", "2023"), (None, 71.5, 71.5)),
    "so is a correction, and the figure before it until then": (
        value("aarhus", "2021"), (69.0, 69.5, 69.5)),
    "a figure counts until the day before it is withdrawn": (
        value("odense", "2023"), (60.0, None, None)),
    "also where another came later": (value("odense", "2021"), (59.0, None, None)),
    "a figure is known from the day its period was released": (
        value("aarhus", "2020"), (None, 68.0, 68.0)),
    "a publication is listed from its day": (about(2, "note"), (None, "Nyt", "Nyt")),
    "its releases are listed from theirs": (
        about(1, "released"), ((("2021", str(EARLY)),),)
        + ((("2021", str(EARLY)), ("2020", str(DAY))),) * 2),
    "one is listed as withdrawn from the day it is": (
        about(3, "state"), ("published", "withdrawn", "withdrawn")),
    "and on which day": (about(3, "withdrawn_on"), ("", str(DAY), str(DAY))),
    "and by whom": (about(3, "withdrawn_by"), ("", "Bo", "Bo")),
    "and why": (about(3, "withdrawn_why"), ("", "Forkert", "Forkert")),
    "figures of a day are named without what is withdrawn by then": (
        lambda store: store.edition(), (
            "indlæsning 1 og 3", "indlæsning 1-3 uden 3", "indlæsning 1-3 uden 3")),
    "a source is known from its date, or its first release": (
        lambda store: "dated" in store.catalog().sources, (False, True, True)),
    "its date is that of its newest release": (
        lambda store: store.catalog().sources["paper"].published,
        (str(EARLY), str(DAY), str(DAY))),
    "and its own date from that day": (
        lambda store: store.catalog().sources["in_parts"].published,
        (str(EARLY), str(DAY), str(DAY))),
    "a target is known with its source": (
        lambda store: len(store.plan().targets), (1, 2, 2)),
    "what a meeting was about is known from its day": (
        lambda store: store.catalog().meetings["second"].title,
        ("", "Dagens emne", "Dagens emne")),
    "a break is known from its day": (
        lambda store: len(store.catalog().indicators["rate"].breaks), (0, 1, 1)),
    "what a person entered is known from the day of it": (
        lambda store: "sundhed" in store.catalog().themes, (False, True, True)),
    "and until the day it was withdrawn": (
        lambda store: "kultur" in store.catalog().themes, (True, False, False)),
    "an event that was entered is known from then": (
        lambda store: "told" in [event.event_id for event in store.plan().events],
        (False, True, True)),
    "an entry is listed from its day": (entry(1), (None, "", "")),
    "and as withdrawn from the day it is": (entry(2), ("", "Fejl", "Fejl")),
    "a comment is known from its day": (
        lambda store: len(store.catalog().comments), (0, 1, 1)),
    "a status is known from its day": (
        lambda store: [status.summary for each in store.plan().initiatives
                       for status in each.statuses], ([], ["Nu"], ["Nu"])),
    "an event is said of its area from its day": (
        lambda store: [text for _, text, _ in store.remarks("gellerup")
                       if text == "I Gellerup"], ([], ["I Gellerup"], ["I Gellerup"])),
}  # fmt: skip


@pytest.mark.parametrize("name", RULES)
def test_as_of_a_day(stores: tuple[Store, Store, Store], name: str) -> None:
    ask, answers = RULES[name]
    assert tuple(ask(store) for store in stores) == answers


@pytest.mark.parametrize(
    ("area_id", "new"),
    [
        # 2022 was corrected since.
        ("aarhus", [("2020", "2022", "2023"), (), ()]),
        # 2021 was known before, withdrawn on DAY, and came again later.
        ("odense", [(), ("2021",), ("2021",)]),
    ],
)
def test_what_is_new_since_a_day(with_days: Path, area_id: str, new: list[tuple[str, ...]]) -> None:
    """Asked of today's store: what is of DAY is new after the day before, and not after DAY."""
    store = open_store(with_days)
    news = [store.new_since(day, ["rate"], [area_id]) for day in days_around(DAY)]
    assert [each.get(("rate", area_id, "all"), ()) for each in news] == new
    store.close()


def test_the_past_of_an_area_is_what_ended_after_a_day(with_days: Path) -> None:
    store = open_store(with_days)
    past = [store.past("aarhus", day) for day in days_around(date(2023, 12, 31))]
    assert [[row.period.text for row in rows] for rows in past] == [["2023"], [], []]
    store.close()


def test_backups_since_a_day(tmp_path: Path) -> None:
    listed = [{"folder": str(day), "day": str(day)} for day in days_around(DAY)]
    (tmp_path / BACKUPS).write_text(json.dumps(listed), encoding="utf-8")
    assert backups_since(tmp_path, str(DAY)) == tuple(str(day) for day in days_around(DAY)[1:])


@for_each(
    ("withdrawn_on", "moments"),
    [
        (None, [({1}, True), ({1, 2}, True)]),
        # The second was current on its own day, and on each until it was withdrawn.
        (days_around(DAY)[2], [({1, 2}, True), ({1}, True)]),
        # Nobody sees it as of the day on which it came and went; who read it before, did.
        (DAY, [({1, 2}, False), ({1}, True)]),
    ],
)
def test_what_was_current_by_day_and_by_publication(
    withdrawn_on: date | None, moments: list[tuple[set[int], bool]]
) -> None:
    """What hides small numbers looks at every moment: a second publication of DAY, withdrawn."""
    publications = {1: Publication(1, EARLY, None), 2: Publication(2, DAY, withdrawn_on)}
    current, is_day = moments_of([(1, EARLY), (2, DAY)], publications)
    batches = [{batch_id for batch_id, _ in moment} for moment in current]
    assert [*zip(batches, is_day, strict=True)] == moments
