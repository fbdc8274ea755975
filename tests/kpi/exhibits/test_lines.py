"""The exhibit of a development, with gaps where nothing is known."""

from dataclasses import replace

import pytest

from kpi.charts.marks import TARGET, LineMarks
from kpi.charts.trend import labelled_gaps
from kpi.domain.catalog import Catalog
from kpi.domain.compare import Figures
from kpi.domain.model import Observation
from kpi.domain.period import parse_period
from kpi.domain.plan import Event, Target
from kpi.domain.vocabulary import TARGET_STATES, TargetState
from kpi.exhibits import Exhibit, trend_exhibit
from kpi.store import Store
from tests.kpi.charts.drawn import validated
from tests.kpi.exhibits.faults import faults_of
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator, observation


@pytest.fixture
def trend(hidden_catalog: Catalog, hidden_figures: Figures) -> Exhibit:
    """Aarhus, Odense, Randers and the country with hidden and missing years."""
    exhibit = trend_exhibit(
        hidden_catalog.indicators["rate"], "all", ["aarhus", "denmark", "odense", "randers"],
        hidden_figures, hidden_catalog,
    )  # fmt: skip
    assert exhibit is not None
    return exhibit


def test_hidden_and_missing_values_are_left_out_and_never_zero(trend: Exhibit) -> None:
    drawn = {
        trace.name: trace.y
        for trace in validated(trend.figure).data
        if trace.name and trace.mode == "lines" and not trace.name.startswith("Mål")
    }
    # Aarhus is hidden in 2021, and Randers not reported: no line is drawn across.
    assert drawn == {"Hele landet": (75.0, 76.0, 77.0), "Odense": (60.0, 61.0)}
    dots = {
        trace.name: trace.y
        for trace in validated(trend.figure).data
        if trace.name and trace.mode == "markers" and not trace.name.startswith("Mål")
    }
    assert dots["Aarhus"] == (70.0, 71.0)
    assert dots["Randers"] == (65.0, 66.0)


def test_the_table_has_a_row_for_every_period(trend: Exhibit) -> None:
    assert trend.table.columns == ("Periode", "Aarhus", "Hele landet", "Odense", "Randers")
    assert [row[0] for row in trend.table.rows[:3]] == ["2020", "2021", "2022"]
    assert [row[2] for row in trend.table.rows[:3]] == ["75,0", "76,0", "77,0"]
    hidden, approximate = trend.table.rows[1][1], trend.table.rows[2][1]
    assert hidden == "skjult"
    assert "– = ikke oplyst." in trend.remarks
    assert "Kilden har skjult tal (diskretioneret), så ingen kan genkendes." in trend.remarks
    assert approximate == "ca.\u00a071,0"


def test_the_straight_line_to_a_target_is_drawn_and_described(trend: Exhibit) -> None:
    way = next(
        trace
        for trace in validated(trend.figure).data
        if trace.mode == "lines" and str(trace.name).startswith("Mål")
    )
    assert (way.name, way.y, way.line.dash) == ("Måltal 2026", (71.0, 80.0), "dash")
    assert trend.table.rows[3] == ("Måltal 2026", "80,0", "–", "–", "–")
    remarks = " ".join(trend.remarks).replace("\u00a0", " ")
    assert "Måltal: 80,0 % i 2026; tallet i 2022 er ca. 9 procentpoint under måltallet." in remarks
    assert "Endnu ingen tal, siden måltallet blev fastsat." in remarks
    assert trend.alt.endswith("Måltal 2026: 80,0.")
    assert "Mål" not in trend.title


def test_the_exhibit_is_faultless(trend: Exhibit, hidden_catalog: Catalog) -> None:
    assert faults_of(trend, hidden_catalog) == []


def test_hollow_marks_are_explained(trend: Exhibit) -> None:
    assert "Åben markør og »ca.«: Kilden oplyser tallet omtrentligt." in trend.remarks


def test_an_axis_that_does_not_begin_at_zero_is_named(trend: Exhibit) -> None:
    start = trend.figure.layout.yaxis.range[0]
    assert f"Y-aksen begynder ved {start:.0f}\u00a0%." in trend.remarks[:3]


def test_where_no_counts_are_known_nobody_can_judge_chance(trend: Exhibit) -> None:
    assert trend.remarks[0] == (
        "Usikkerheden er ikke beregnet, fordi tallet mangler tæller og nævner."
    )


@pytest.mark.parametrize(
    ("indicator", "group", "areas"),
    [
        ("rate", "danish", ["aarhus"]),  # one period
        ("rate", "all", ["gellerup"]),  # no figures
        ("rate", "all", []),
        ("rate", "non_western", ["aarhus"]),  # hidden
    ],
)
def test_no_line_of_fewer_than_two_values(
    indicator: str, group: str, areas: list[str], hidden_catalog: Catalog, hidden_figures: Figures
) -> None:
    chosen = hidden_catalog.indicators[indicator]
    assert trend_exhibit(chosen, group, areas, hidden_figures, hidden_catalog) is None


def test_the_municipalities_median_stands_in_for_a_country_without_figures(
    store: Store, catalog: Catalog
) -> None:
    exhibit = trend_exhibit(
        catalog.indicators["school_absence"], "middle_school", ["aarhus", "odense"],
        Figures(store.series(["school_absence"])), catalog,
        store.medians([("school_absence", "middle_school")], "aarhus")[
            "school_absence", "middle_school"
        ],
    )  # fmt: skip
    assert exhibit is not None
    assert exhibit.table.columns == ("Periode", "Aarhus", "Odense", "Median af de andre kommuner")
    assert "medianen af de andre kommuner" in exhibit.title
    assert exhibit.title.startswith("Fravær: Aarhus ligger ")
    assert exhibit.remarks[0].endswith("(registertal). Usikkerhed er ikke beregnet.")
    assert not any("Hændelser" in remark and "Viby" in remark for remark in exhibit.remarks)
    assert len(exhibit.table.rows) == 6


def test_employment_against_the_country(store: Store, catalog: Catalog) -> None:
    exhibit = trend_exhibit(
        catalog.indicators["employment_rate"], "all", ["aarhus", "denmark"],
        Figures(store.series(["employment_rate"])), catalog,
    )  # fmt: skip
    assert exhibit is not None
    assert exhibit.title == (
        "Beskæftigelse: Aarhus ligger 3,4\u00a0procentpoint under hele landet; forskellen er den "
        "samme som i 2008"
    )
    assert exhibit.table.rows[0] == ("2008", "72,6", "76,0")
    assert exhibit.table.rows[-1] == ("2021", "73,7", "77,1")
    assert exhibit.source == (
        "Kilde: RAS200: erhvervs- og beskæftigelsesfrekvenser (ultimo november), "
        "Danmarks Statistik (2022)."
    )
    assert exhibit.selection.path() == (
        "/sammenlign?noegletal=employment_rate&omraader=aarhus,denmark&grupper=all"
    )


def test_only_one_kind_of_period_is_drawn(store: Store, catalog: Catalog) -> None:
    """Half-years of the programme and school years of the municipality never share an axis."""
    exhibit = trend_exhibit(
        catalog.indicators["school_absence"], "programme_children", ["gellerup", "viby_syd"],
        Figures(store.series(["school_absence"])), catalog,
    )  # fmt: skip
    assert exhibit is not None
    assert {row.period.kind for row in exhibit.observations} == {"half"}
    assert exhibit.table.rows == (
        ("forår 2024", "13,0", "–"),
        ("efterår 2024", "9,7", "9,0"),
    )
    assert exhibit.title == (
        "Fravær i Gellerup: fald på 3,3\u00a0procentpoint fra foråret til efteråret 2024, som ikke "
        "er samme årstid"
    )
    assert exhibit.remarks[0] == "Forår og efterår er ikke samme årstid."
    assert {row.period for row in exhibit.observations} == {
        parse_period("2024H1"), parse_period("2024H2"),
    }  # fmt: skip


# --- titles --------------------------------------------------------------------------------------


def rows_of(area: str, values: dict[str, float]) -> list[Observation]:
    """A series of an area by period."""
    return [observation(value, period, area=area) for period, value in values.items()]


def title_of(
    own: dict[str, float], country: dict[str, float] | None = None, school: bool = False
) -> str:
    """The title of Aarhus' development, with the country beside it."""
    made = made_catalog()
    if school:
        made = replace(made, school_figures=frozenset({"rate"}))
    figures = Figures([*rows_of("aarhus", own), *rows_of("denmark", country or {})])
    exhibit = trend_exhibit(indicator(), "all", ["aarhus", "denmark"], figures, made)
    assert exhibit is not None
    assert exhibit.title in exhibit.alt
    return exhibit.title.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("own", "country", "title"),
    [
        ({"2008": 70, "2009": 71}, {"2008": 75, "2009": 76},
         "Job: Aarhus ligger 5,0 procentpoint under hele landet; forskellen er den samme som i "
         "2008"),
        ({"2008": 70, "2009": 70}, {"2008": 75, "2009": 76},
         "Job: Aarhus ligger 6,0 procentpoint under hele landet; forskellen er blevet større siden "
         "2008"),
        ({"2008": 70, "2009": 71}, {"2008": 75, "2009": 75},
         "Job: Aarhus ligger 4,0 procentpoint under hele landet; forskellen er blevet mindre siden "
         "2008"),
        ({"2008": 76, "2009": 71}, {"2008": 75, "2009": 75},
         "Job: Aarhus ligger 4,0 procentpoint under hele landet; i 2008 lå Aarhus over"),
        ({"2008": 75, "2009": 75}, {"2008": 75, "2009": 75},
         "Job: Aarhus ligger på niveau med hele landet, ligesom i 2008"),
        ({"2008": 70, "2009": 71}, None, "Job i Aarhus: stigning på 1,0 procentpoint siden 2008"),
        ({"2008": 71, "2009": 70}, None, "Job i Aarhus: fald på 1,0 procentpoint siden 2008"),
        ({"2008": 70, "2009": 70}, None, "Job i Aarhus: uændret siden 2008"),
        ({"2024M03D04": 70, "2024M10D06": 60}, None,
         "Job i Aarhus: fald på 10,0 procentpoint siden 4. marts 2024"),
        ({"2022/2023": 70, "2023/2024": 60}, None,
         "Job i Aarhus: fald på 10,0 procentpoint siden skoleåret 2022/2023"),
    ],
)  # fmt: skip
def test_a_title_names_indicator_place_and_number(
    own: dict[str, float], country: dict[str, float] | None, title: str
) -> None:
    assert title_of(own, country) == title


@pytest.mark.parametrize(
    ("own", "title"),
    [
        ({"2024H1": 13, "2024H2": 9.7},
         "Job i Aarhus: fald på 3,3 procentpoint fra foråret til efteråret 2024, som ikke er samme "
         "årstid"),
        ({"2023H1": 13, "2024H2": 9.7},
         "Job i Aarhus: fald på 3,3 procentpoint fra foråret 2023 til efteråret 2024, som ikke er "
         "samme årstid"),
        ({"2024H1": 13, "2024H2": 13},
         "Job i Aarhus: uændret fra foråret til efteråret 2024, som ikke er samme årstid"),
        # The same season is there to look back to.
        ({"2023H1": 13, "2023H2": 9, "2024H1": 12},
         "Job i Aarhus: fald på 1,0 procentpoint siden foråret 2023"),
        ({"2023H1": 13, "2023H2": 9, "2024H1": 12, "2024H2": 10},
         "Job i Aarhus: stigning på 1,0 procentpoint siden efteråret 2023"),
    ],
)  # fmt: skip
def test_spring_and_autumn_make_no_fall(own: dict[str, float], title: str) -> None:
    assert title_of(own, school=True) == title


def test_a_gap_of_another_season_has_not_grown_or_shrunk() -> None:
    title = title_of({"2024H1": 13, "2024H2": 9}, {"2024H1": 10, "2024H2": 8}, school=True)
    assert title == "Job: Aarhus ligger 1,0 procentpoint over hele landet"


def test_half_years_of_other_figures_have_no_season() -> None:
    title = title_of({"2024H1": 13, "2024H2": 9})
    assert title == "Job i Aarhus: fald på 4,0 procentpoint siden 1. halvår 2024"


def test_what_may_be_chance_is_said_in_the_title() -> None:
    made = made_catalog()
    rows = [
        observation(50.0, "2022", of=(10, 20)),
        observation(60.0, "2023", of=(12, 20)),
    ]
    alone = trend_exhibit(indicator(), "all", ["aarhus"], Figures(rows), made)
    assert alone is not None
    assert alone.title.endswith("siden 2022, ingen sikker ændring")
    country = [observation(58.0, str(year), area="denmark") for year in (2022, 2023)]
    beside = trend_exhibit(
        indicator(), "all", ["aarhus", "denmark"], Figures([*rows, *country]), made
    )
    assert beside is not None
    assert "over hele landet (ingen sikker forskel)" in beside.title


# --- chance and doubt ----------------------------------------------------------------------------


def counted_title(own: dict[str, int], of: int, median: dict[str, float]) -> Exhibit:
    """Aarhus' counted shares beside the others' median."""
    rows = [observation(100 * part / of, year, of=(part, of)) for year, part in own.items()]
    medians = {parse_period(year): value for year, value in median.items()}
    exhibit = trend_exhibit(indicator(), "all", ["aarhus"], Figures(rows), made_catalog(), medians)
    assert exhibit is not None
    return exhibit


@pytest.mark.parametrize(
    ("own", "of", "median", "ending"),
    [
        # Neither the difference nor its growth is significant.
        ({"2020": 20, "2021": 18}, 40, {"2020": 52.0, "2021": 50.0},
         "ligger 5,0 procentpoint under medianen af de andre kommuner (ingen sikker forskel)"),
        # The difference is sure, that it grew is not.
        ({"2020": 120, "2021": 118}, 400, {"2020": 50.0, "2021": 50.0},
         "ligger 20,5 procentpoint under medianen af de andre kommuner"),
        # Both are.
        ({"2020": 180, "2021": 100}, 400, {"2020": 52.0, "2021": 50.0},
         "under medianen af de andre kommuner; forskellen er blevet større siden 2020"),
        # It turned for sure, or only for the eye.
        ({"2020": 300, "2021": 100}, 400, {"2020": 50.0, "2021": 50.0},
         "under medianen af de andre kommuner; i 2020 lå Aarhus over"),
        ({"2020": 21, "2021": 8}, 40, {"2020": 50.0, "2021": 50.0},
         "under medianen af de andre kommuner"),
        ({"2020": 20, "2021": 20}, 40, {"2020": 70.0, "2021": 70.0},
         "under medianen af de andre kommuner"),
    ],
)  # fmt: skip
def test_a_gap_to_a_median_and_its_change_are_judged_by_chance(
    own: dict[str, int], of: int, median: dict[str, float], ending: str
) -> None:
    assert counted_title(own, of, median).title.replace("\u00a0", " ").endswith(ending)


def test_the_reading_tests_the_pair_of_the_title() -> None:
    """Whichever area stands first among the others."""
    rows = [
        *(observation(50.0, year, of=(50, 100)) for year in ("2020", "2021")),
        *(observation(10.0, year, area="odense", of=(10, 100)) for year in ("2020", "2021")),
        *(observation(52.0, year, area="denmark") for year in ("2020", "2021")),
    ]
    areas = ["aarhus", "odense", "denmark"]
    exhibit = trend_exhibit(indicator(), "all", areas, Figures(rows), made_catalog())
    assert exhibit is not None
    assert "under hele landet (ingen sikker forskel)" in exhibit.title
    assert "ingen sikker forskel fra hele landet (52" in exhibit.remarks[0]
    beside = counted_title({"2020": 18, "2021": 18}, 40, {"2020": 50.0, "2021": 50.0})
    assert "ingen sikker forskel fra medianen af de andre kommuner (50" in beside.remarks[0]


def doubted_title(own: dict[str, float], *doubted: str, beside: bool = True) -> Exhibit:
    """Aarhus beside the country at 10 %, some of Aarhus' figures not to be believed."""
    keys = frozenset(("rate", "aarhus", "all", year) for year in doubted)
    made = replace(made_catalog(), implausible=keys)
    country = rows_of("denmark", dict.fromkeys(own, 10.0)) if beside else []
    figures = Figures([*rows_of("aarhus", own), *country])
    exhibit = trend_exhibit(indicator(), "all", ["aarhus", "denmark"], figures, made)
    assert exhibit is not None
    return exhibit


@pytest.mark.parametrize(
    ("own", "doubted", "title"),
    [
        # Beside the value that it is about, and nothing is looked back to from it.
        ({"2020": 12, "2021": 13, "2022": 1}, ["2022"],
         "Job: Aarhus ligger 9,0 procentpoint under hele landet (usandsynligt tal, ikke "
         "bekræftet)"),
        # A doubted value is no basis: the next one is.
        ({"2020": 1, "2021": 12, "2022": 13}, ["2020"],
         "Job: Aarhus ligger 3,0 procentpoint over hele landet; forskellen er blevet større siden "
         "2021"),
        ({"2020": 1, "2021": 12}, ["2020"], "Job: Aarhus ligger 2,0 procentpoint over hele landet"),
    ],
)  # fmt: skip
def test_doubt_stands_beside_its_value_and_is_never_a_basis(
    own: dict[str, float], doubted: list[str], title: str
) -> None:
    problem = doubted_title(own, *doubted)
    assert problem.title.replace("\u00a0", " ") == title


@pytest.mark.parametrize(
    ("own", "doubted", "title"),
    [
        ({"2020": 12, "2021": 13, "2022": 1}, ["2022"],
         "Job i Aarhus: 1,0 % i 2022 (usandsynligt tal, ikke bekræftet)"),
        ({"2020": 1, "2021": 12, "2022": 13}, ["2020"],
         "Job i Aarhus: stigning på 1,0 procentpoint siden 2021"),
    ],
)  # fmt: skip
def test_no_change_is_named_to_or_from_a_doubted_value(
    own: dict[str, float], doubted: list[str], title: str
) -> None:
    assert doubted_title(own, *doubted, beside=False).title.replace("\u00a0", " ") == title


@pytest.mark.parametrize("doubted", ["2018", "2020", "2022", ""])
def test_no_recent_trend_rests_on_a_doubted_value(doubted: str) -> None:
    keys = frozenset({("rate", "aarhus", "all", doubted)})
    rows = [observation(10.0 * step, str(2018 + step), of=(100 * step, 1000)) for step in range(5)]
    made = replace(made_catalog(), implausible=keys)
    exhibit = trend_exhibit(indicator(), "all", ["aarhus"], Figures(rows), made)
    assert exhibit is not None
    is_said = any(remark.startswith("Seneste fem perioder: sikker") for remark in exhibit.remarks)
    assert is_said is (doubted == "")


def test_no_distance_is_featured_at_a_doubted_value() -> None:
    own = {"2019": 12.0, "2020": 1.0, "2021": 13.0, "2022": 12.5}
    problem = doubted_title(own, "2020")
    assert isinstance(problem.marks, LineMarks)
    labelled = [point.period.text for point, _ in labelled_gaps(problem.marks.lines)]
    assert labelled == ["2019", "2021", "2022"]


# --- events --------------------------------------------------------------------------------------


PLACES = {
    "": "Loven ændres", "denmark": "Kampagne i hele landet", "aarhus": "Planen sættes i gang",
    "odense": "Odenses plan", "gellerup": "Programmet starter", "tilst": "Programmet i Tilst",
}  # fmt: skip


@pytest.mark.parametrize(
    ("areas", "expected"),
    [
        (["aarhus", "denmark"], ["", "denmark", "aarhus"]),  # no programme of some families
        (["odense", "aarhus"], ["", "denmark", "odense"]),  # nor Aarhus' plan on another curve
        (["denmark", "aarhus"], ["", "denmark"]),
        (["gellerup", "tilst"], ["", "denmark", "aarhus", "gellerup"]),
        (["tilst"], ["", "denmark", "aarhus", "tilst"]),
    ],
)
def test_events_are_of_the_area_whose_line_they_stand_on(
    areas: list[str], expected: list[str]
) -> None:
    made = replace(
        made_catalog(),
        events=tuple(
            Event(place, "2021-05-01", "day", place, "", title, "paper")
            for place, title in PLACES.items()
        ),
    )
    rows = [row for area in areas for row in rows_of(area, {"2020": 1, "2021": 2, "2022": 3})]
    exhibit = trend_exhibit(indicator(), "all", areas, Figures(rows), made)
    assert exhibit is not None
    assert isinstance(exhibit.marks, LineMarks)
    assert [event.name for event in exhibit.marks.events] == [PLACES[place] for place in expected]
    (remark,) = [remark for remark in exhibit.remarks if remark.startswith("Hændelser")]
    assert all(PLACES[place] in remark for place in expected)


def test_an_event_says_where_it_happened() -> None:
    made = replace(
        made_catalog(), events=(Event("a", "2021-05-01", "day", "aarhus", "", "Start", "paper"),)
    )
    rows = rows_of("aarhus", {"2020": 1, "2021": 2})
    exhibit = trend_exhibit(indicator(), "all", ["aarhus"], Figures(rows), made)
    assert exhibit is not None
    assert "Hændelser i Aarhus: 1 Start (1. maj 2021)." in exhibit.remarks


# --- targets -------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", TARGET_STATES)
def test_only_a_decided_target_is_a_line_and_only_it_is_missed(state: TargetState) -> None:
    made = replace(
        made_catalog(),
        targets=(Target("t", "rate", "aarhus", "all", "2030", 90.0, state, "", "paper", None),),
    )
    rows = rows_of("aarhus", {"2020": 70, "2021": 71, "2022": 72})
    exhibit = trend_exhibit(indicator(), "all", ["aarhus"], Figures(rows), made)
    assert exhibit is not None
    assert isinstance(exhibit.marks, LineMarks)
    ways = [line for line in exhibit.marks.lines if line.role == TARGET]
    said = " ".join(exhibit.remarks)
    assert "90,0" in said
    assert bool(ways) is (state == "decided")
    assert ("måltallet" in said) is (state == "decided")


ROLLING = ("2022M04:2023M03", "2022M07:2023M06", "2022M10:2023M09", "2023M01:2023M12R")
A_YEAR_APART = ("2022M04:2023M03", "2022M07:2023M06", "2023M04:2024M03")
TO_DATE = ("2022M01:2022M03A", "2022M01:2022M06A", "2023M01:2023M03A")


@pytest.mark.parametrize(
    ("long", "name", "earlier", "drawn"),
    [
        (ROLLING, "januar 2023-december 2023", ROLLING[-2], 4),
        # one that shares no month comes before a nearer one that does
        (A_YEAR_APART, "april 2023-marts 2024", A_YEAR_APART[0], 3),
        # half a year is no measure of a quarter, and stands in no line of quarters
        (TO_DATE, "januar-marts 2023 (år til dato)", TO_DATE[0], 2),
    ],
)
def test_periods_that_overlap_are_a_series_of_their_own(
    long: tuple[str, ...], name: str, earlier: str, drawn: int
) -> None:
    """Calendar years and quarters of the same months stand in no line and no comparison of it."""
    catalog = made_catalog(indicator())
    periods = ("2021", "2022", "2022K1", "2022H1", *long)
    rows = [observation(50.0 + at, period) for at, period in enumerate(periods)]
    figures = Figures(rows)
    newest = figures.newest("rate", "aarhus", "all")
    assert newest is not None
    assert newest.period.text == long[-1]
    before = figures.before(newest)
    assert before is not None
    assert before.period.text == earlier
    exhibit = trend_exhibit(catalog.indicators["rate"], "all", ["aarhus"], figures, catalog)
    assert exhibit is not None
    assert [row[0] for row in exhibit.table.rows][-1] == name
    assert len(exhibit.table.rows) == drawn
    assert faults_of(exhibit, catalog) == []
