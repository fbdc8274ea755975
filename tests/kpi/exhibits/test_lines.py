"""Development over time from observations to an exhibit: values, doubt, events and targets."""

import re
from dataclasses import replace

import pytest

from kpi.charts.marks import TARGET, LineMarks
from kpi.charts.trend import labelled_gaps
from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.period import parse_period
from kpi.domain.plan import Event, Target
from kpi.domain.vocabulary import TARGET_STATES, TargetState
from kpi.exhibits import Exhibit, trend_exhibit
from kpi.store import Store
from tests.kpi.charts.drawn import validated
from tests.kpi.exhibits.faults import faults_of
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator, observation, rows_of
from tests.tables import for_each


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
    assert exhibit.title.startswith("Fravær, mellemtrin: Aarhus ligger ")
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


def doubted_title(own: dict[str, float], *doubted: str, beside: bool = True) -> Exhibit:
    """Aarhus beside the country at 10 %, some of Aarhus' figures not to be believed."""
    keys = frozenset(("rate", "aarhus", "all", year) for year in doubted)
    made = replace(made_catalog(), implausible=keys)
    country = rows_of("denmark", dict.fromkeys(own, 10.0)) if beside else []
    figures = Figures([*rows_of("aarhus", own), *country])
    exhibit = trend_exhibit(indicator(), "all", ["aarhus", "denmark"], figures, made)
    assert exhibit is not None
    return exhibit


@for_each(
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


@for_each("doubted", ["2018", "2020", "2022", ""])
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


@for_each(
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


@for_each("state", TARGET_STATES)
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
    # A law writes its limit as it likes: 40 %, not 40,0 %.
    assert ("90" if state == "legal_threshold" else "90,0") in said
    assert bool(ways) is (state == "decided")
    assert ("måltallet" in said) is (state == "decided")


ROLLING = ("2022M04:2023M03", "2022M07:2023M06", "2022M10:2023M09", "2023M01:2023M12R")
A_YEAR_APART = ("2022M04:2023M03", "2022M07:2023M06", "2023M04:2024M03")
TO_DATE = ("2022M01:2022M03A", "2022M01:2022M06A", "2023M01:2023M03A")


@for_each(
    ("long", "name", "earlier", "drawn"),
    [
        (ROLLING, "januar 2023-december 2023", None, 4),
        # one that shares no month, and not a nearer one that does
        (A_YEAR_APART, "april 2023-marts 2024", A_YEAR_APART[0], 3),
        # half a year is no measure of a quarter, and stands in no line of quarters
        (TO_DATE, "januar-marts 2023 (år til dato)", TO_DATE[0], 2),
    ],
)
def test_periods_that_overlap_are_a_series_of_their_own(
    long: tuple[str, ...], name: str, earlier: str | None, drawn: int
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
    assert (before and before.period.text) == earlier
    exhibit = trend_exhibit(catalog.indicators["rate"], "all", ["aarhus"], figures, catalog)
    assert exhibit is not None
    assert [row[0] for row in exhibit.table.rows][-1] == name
    assert len(exhibit.table.rows) == drawn
    # Nothing rises or falls from one stretch to another that shares months with it.
    assert bool(re.search("stigning|fald", exhibit.title)) is (earlier is not None)
    assert faults_of(exhibit, catalog) == []
