"""Questions to one version."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from kpi.domain.model import Observation
from kpi.domain.period import parse_period
from kpi.ingest.table.raw import Upload
from kpi.store import Store, current_version, init, open_store
from kpi.store.uploads import publish, withdraw
from kpi.store.versions import version_path
from tests.days import set_day, today, yesterday
from tests.kpi.data_folder import add_source, append, replace, write_tiny

Row = tuple[str, str, str, float | None]

ROWS = """
rate,aarhus,all,2020,68.0,,,final
rate,aarhus,all,2021,69.0,,,final
rate,aarhus,all,2022,70.0,,,approximate
rate,aarhus,all,2022H2,70.5,,,final
rate,denmark,all,2022,77.2,,,final
rate,denmark,all,2021,76.0,,,final
rate,denmark,all,2019,70.0,,,final
rate,odense,all,2022,31,21,68,final
rate,randers,all,2022,,,,missing
rate,aarhus,non_western,2022,50.0,,,final
rate,aarhus,danish,2022,80.0,,,final
persons,gellerup,all,2022,,,,suppressed
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of the rows above."""
    folder = tmp_path_factory.mktemp("small")
    data = write_tiny(folder / "data", ROWS)
    append(data, "event.csv", "move,2024-09,month,gellerup,,Flytter,paper")
    add_source(data, "own", "2025", "hours,aarhus,all,2024,37,,,final")
    init(folder / "spor", data)
    opened = open_store(folder / "spor")
    yield opened
    opened.close()


def shown(rows: list[Observation]) -> list[Row]:
    return [(row.area_id, row.group_id, row.period.text, row.value) for row in rows]


# --- questions ----------------------------------------------------------------------------------


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("areas", "groups", "rows"),
    [
        (["denmark"], None,
         [("denmark", "all", "2019", 70.0), ("denmark", "all", "2021", 76.0),
          ("denmark", "all", "2022", 77.2)]),
        (["aarhus"], ["all"],
         [("aarhus", "all", "2020", 68.0), ("aarhus", "all", "2021", 69.0),
          ("aarhus", "all", "2022H2", 70.5), ("aarhus", "all", "2022", 70.0)]),  # longer: newer
        (None, ["danish"], [("aarhus", "danish", "2022", 80.0)]),
        (["tilst"], None, []),
        ([], None, []),
    ],
)  # fmt: skip
def test_series(
    small: Store, areas: list[str] | None, groups: list[str] | None, rows: list[Row]
) -> None:
    assert shown(small.series(["rate"], areas, groups)) == rows


@pytest.mark.parametrize(
    ("keys", "areas", "rows"),
    [
        (
            [("rate", "danish"), ("hours", "all")],
            ["aarhus", "denmark"],
            # No other group of the rate, no other area.
            [("aarhus", "all", "2024", 37.0), ("aarhus", "danish", "2022", 80.0)],
        ),
        ([("rate", "danish")], ["denmark"], []),
        ([], ["aarhus"], []),
    ],
)
def test_histories(
    small: Store, keys: list[tuple[str, str]], areas: list[str], rows: list[Row]
) -> None:
    assert shown(small.histories(keys, areas)) == rows


def test_a_row_comes_back_whole(small: Store) -> None:
    (row,) = small.series(["rate"], ["odense"])
    assert row == Observation(
        "rate", "odense", "all", parse_period("2022"), 31.0, 21.0, 68.0, "final", 0, None, None,
        "paper",
    )  # fmt: skip


def test_newest_are_two_a_kind_of_period_and_the_others_beside_the_newest(small: Store) -> None:
    rows = small.newest(["rate"], ["aarhus"], ["denmark", "odense", "randers", "aarhus"])
    assert sorted(shown(rows)) == [
        ("aarhus", "all", "2021", 69.0),  # not 2020
        ("aarhus", "all", "2022", 70.0),
        ("aarhus", "all", "2022H2", 70.5),
        ("aarhus", "danish", "2022", 80.0),
        ("aarhus", "non_western", "2022", 50.0),
        ("denmark", "all", "2022", 77.2),  # not 2021: Aarhus has a newer figure
        ("odense", "all", "2022", 31.0),
        ("randers", "all", "2022", None),
    ]


def test_everywhere(small: Store) -> None:
    assert shown(small.everywhere("rate", "all", "2022")) == [
        ("aarhus", "all", "2022", 70.0), ("denmark", "all", "2022", 77.2),
        ("odense", "all", "2022", 31.0), ("randers", "all", "2022", None),
    ]  # fmt: skip


def test_coverage(small: Store) -> None:
    assert small.coverage("rate") == [
        ("all", "2022", 4, 3),
        ("all", "2022H2", 1, 1),
        ("all", "2021", 2, 1),
        ("all", "2020", 1, 1),
        ("all", "2019", 1, 0),
        ("danish", "2022", 1, 1),
        ("non_western", "2022", 1, 1),
    ]


def test_areas_with_figures(small: Store) -> None:
    assert sorted(small.areas_with_figures("rate", ["all"])) == [
        "aarhus", "denmark", "odense", "randers",
    ]  # fmt: skip
    assert small.areas_with_figures("rate", ["danish"]) == ["aarhus"]
    assert small.areas_with_figures("rate", []) == []


def test_areas_by_group(small: Store) -> None:
    """All groups at once say of each what it is asked for alone; an unknown indicator has none."""
    known = small.areas_by_group(["rate", "no_such"])
    assert known == {
        ("rate", group_id): set(small.areas_with_figures("rate", [group_id]))
        for group_id in ("all", "danish", "non_western")
    }


def test_groups_of_periods_that_have_not_begun_have_no_areas(
    small: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_day(monkeypatch, date(2021, 12, 31))
    assert set(small.areas_by_group(["rate"])) == {("rate", "all")}
    set_day(monkeypatch, date(2022, 1, 1))
    assert len(small.areas_by_group(["rate"])) == 3


def test_counts(small: Store) -> None:
    assert small.status_counts() == [
        ("own", "final", 1), ("paper", "approximate", 1), ("paper", "final", 9),
        ("paper", "missing", 1), ("paper", "suppressed", 1),
    ]  # fmt: skip
    assert small.figures_per_indicator() == {"rate": (11, 4), "persons": (1, 1), "hours": (1, 1)}


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("areas", "periods", "rows"),
    [
        (["aarhus", "odense"], ["2022"],
         [("aarhus", "all", "2022", 70.0), ("aarhus", "danish", "2022", 80.0),
          ("aarhus", "non_western", "2022", 50.0), ("odense", "all", "2022", 31.0)]),
        (["aarhus"], ["2020", "2022H2"],
         [("aarhus", "all", "2020", 68.0), ("aarhus", "all", "2022H2", 70.5)]),
        (["aarhus"], ["1999"], []),
        (["aarhus"], [], []),
        ([], ["2022"], []),
    ],
)  # fmt: skip
def test_at_periods(small: Store, areas: list[str], periods: list[str], rows: list[Row]) -> None:
    assert sorted(shown(small.at_periods(["rate"], areas, periods))) == rows


@pytest.mark.parametrize(
    ("indicator_id", "expected"),
    [
        ("rate", (11, 4, ("paper",))),
        ("hours", (1, 1, ("own",))),
        ("persons", (1, 1, ("paper",))),  # hidden, and there
        ("unknown", (0, 0, ())),
    ],
)
def test_reach(small: Store, indicator_id: str, expected: tuple[int, int, tuple[str, ...]]) -> None:
    assert small.reach(indicator_id) == expected


def test_reach_names_each_source_once(store: Store) -> None:
    figures, areas, source_ids = store.reach("school_absence")
    assert (figures, areas) == (1177, 100)  # 98 municipalities, Gellerup and Viby Syd
    assert list(source_ids) == sorted(set(source_ids)) == ["oto_status_2025", "uvm_absence"]


@pytest.mark.parametrize(
    ("as_of", "edition"),
    [
        (None, "indlæsning 1-7"),
        (date(2021, 1, 1), "uden indlæsninger"),
        (date(2024, 6, 18), "indlæsning 1"),
        (date(2024, 6, 26), "indlæsning 1-3"),
        (date(2025, 12, 31), "indlæsning 1-7"),
    ],
)
def test_edition(built_home: Path, as_of: date | None, edition: str) -> None:
    opened = open_store(built_home, as_of=as_of)
    assert opened.edition() == edition
    opened.close()


def test_an_earlier_days_edition_names_only_what_was_known_then(tmp_path: Path) -> None:
    spor, tiny = tmp_path / "spor", write_tiny(tmp_path / "tiny", ROWS)
    init(spor, tiny)
    file = "område;periode;nøgletal;værdi\naarhus;2022;rate;71,5\n"
    for value in ("71,5", "71,6"):
        text = file.replace("71,5", value)
        publish(Upload("tal.csv", text.encode()), None, "Ida", "Rettet", spor)
    replace(tiny, "observations/paper.csv", ",77.2,", ",77.3,")
    init(spor, tiny)
    opened = open_store(spor, as_of=yesterday())
    assert opened.edition() == "indlæsning 1 og 4"
    opened.close()
    newest = open_store(spor)
    assert newest.edition() == "indlæsning 1-4"
    newest.close()


def test_a_later_publication_renames_no_earlier_day_and_a_withdrawal_only_its_own(
    spor: Path,
) -> None:
    def editions() -> list[str]:
        opened = [open_store(spor, as_of=day) for day in (yesterday(), today(), None)]
        answers = [reader.edition() for reader in opened]
        for reader in opened:
            reader.close()
        return answers

    assert editions() == ["indlæsning 1", "indlæsning 1", "indlæsning 1"]
    file = "område;periode;nøgletal;værdi\naarhus;2022;rate;71,5\n"
    publish(Upload("tal.csv", file.encode()), None, "Ida", "Rettet", spor)
    assert editions() == ["indlæsning 1", "indlæsning 1-2", "indlæsning 1-2"]
    withdraw(2, "Ida", "Forkert", spor)
    # Other figures than before it was withdrawn, so another name.
    less = "indlæsning 1-2 uden 2"
    assert editions() == ["indlæsning 1", less, less]


def test_the_plan_is_read(small: Store, store: Store) -> None:
    (courses,) = small.plan().initiatives
    assert (courses.initiative_id, courses.theme_id, courses.title) == (
        "courses", "work", "Forløb i Gellerup",
    )  # fmt: skip
    assert [event.event_id for event in small.plan().events] == ["start", "move"]
    plan = store.plan()
    assert (len(plan.initiatives), len(plan.events), len(plan.targets)) == (30, 9, 6)


def test_what_is_new_since_a_day(built_home: Path, store: Store) -> None:
    """The same as the store as of the day answers, figure by figure."""
    ids, areas = list(store.catalog().indicators), ["aarhus", "gellerup", "denmark"]
    rows = store.series(ids, areas)
    for day in (date(2020, 1, 1), date(2024, 6, 24), date(2025, 3, 10), date(2030, 1, 1)):
        then = open_store(built_home, as_of=day)
        earlier = then.series(ids)
        then.close()
        known = {(row.indicator_id, row.area_id, row.group_id, row.period) for row in earlier}
        expected: dict[tuple[str, str, str], tuple[str, ...]] = {}
        for row in rows:
            key = row.indicator_id, row.area_id, row.group_id
            if (*key, row.period) not in known:
                expected[key] = (*expected.get(key, ()), row.period.text)
        assert store.new_since(day, ids, areas) == expected
    assert store.new_since(date(2025, 1, 1), [], areas) == {}


def test_which_publications_are_about_an_indicator(store: Store) -> None:
    sources = {batch.batch_id: batch.source_id for batch in store.batches()}
    source_ids = {sources[batch_id] for batch_id in store.batches_about(["employment_rate"])}
    assert source_ids == {"ras200"}
    assert store.batches_about([]) == frozenset()


def test_remarks_are_events_and_initiatives_that_carry_the_areas_name(small: Store) -> None:
    assert small.remarks("gellerup") == [
        ("2024-09", "Flytter", "paper"),
        ("2024-06-24", "I gang", "paper"),  # of »Forløb i Gellerup«
    ]
    assert small.remarks("odense") == []


def test_the_catalog_is_read(small: Store) -> None:
    catalog = small.catalog()
    assert list(catalog.areas) == ["denmark", "aarhus", "odense", "randers", "gellerup", "viby_syd"]
    aarhus = catalog.areas["aarhus"]
    assert (aarhus.code, aarhus.parent_id, aarhus.aliases) == ("751", "denmark", ("Århus",))
    assert catalog.areas["denmark"].code == "000"  # a text: its zeros are kept
    assert (catalog.areas["denmark"].parent_id, catalog.areas["denmark"].aliases) == (None, ())
    assert catalog.groups["non_western"].reference_group_id == "danish"
    assert catalog.groups["all"].reference_group_id is None
    assert catalog.area_sets["cities"].area_ids == ("aarhus", "odense", "randers")
    rate = catalog.indicators["rate"]
    assert (rate.decimals, rate.headline, rate.is_proportion) == (1, True, True)
    assert catalog.indicators["hours"].headline is False
    assert catalog.abbreviations == (("AB", "Afdeling B"),)


@pytest.mark.parametrize("bad", ["'", "x' OR '1'='1", "%", "'; DROP TABLE observation; --"])
def test_values_never_become_sql(small: Store, bad: str) -> None:
    assert small.series([bad], [bad], [bad]) == []
    assert small.everywhere(bad, bad, bad) == []
    assert small.remarks(bad) == []
    assert small.at_periods([bad], [bad], [bad]) == []
    assert small.reach(bad) == (0, 0, ())
    assert len(small.series(["rate"])) == 11


@pytest.mark.parametrize("corrected", [False, True])
def test_a_figure_is_known_on_its_day(spor: Path, corrected: bool) -> None:
    """And stays so when it is corrected much later; the paper is of 19 June."""
    if corrected:
        file = "nøgletal;område;periode;værdi\nrate;aarhus;2022;71\n"
        assert publish(Upload("a.csv", file.encode()), None, "Ida", "Ny", spor).batch_id
    store = open_store(spor)
    news = [
        store.new_since(date(2024, 6, 19) + timedelta(days=days), ["rate"], ["aarhus"])
        for days in (-1, 0, 1)
    ]
    store.close()
    is_new = ["2022" in new.get(("rate", "aarhus", "all"), ()) for new in news]
    assert is_new == [True, False, False]


def test_a_withdrawn_figure_is_not_known_on_the_day_it_went(spor: Path) -> None:
    """It came on 1 March 2025 and went on the 19th; another one of the same came today."""
    for value in (20, 21):
        file = f"nøgletal;område;periode;værdi\npersons;aarhus;2024;{value}\n"
        batch_id = publish(Upload("a.csv", file.encode()), None, "Ida", "Ny", spor).batch_id
        if value == 20:
            assert batch_id is not None
            withdraw(batch_id, "Ida", "Forkert", spor)
            with duckdb.connect(str(version_path(spor, current_version(spor)))) as connection:
                connection.execute(
                    "UPDATE batch SET known_from = DATE '2025-03-01', "
                    "withdrawn_on = DATE '2025-03-19' WHERE batch_id = $batch",
                    {"batch": batch_id},
                )
    store = open_store(spor)
    news = [
        store.new_since(date(2025, 3, 19) + timedelta(days=days), ["persons"], ["aarhus"])
        for days in (-1, 0, 1)
    ]
    store.close()
    is_new = ["2024" in new.get(("persons", "aarhus", "all"), ()) for new in news]
    assert is_new == [False, True, True]
