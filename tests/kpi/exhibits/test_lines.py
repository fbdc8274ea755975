"""The exhibit of a development, with gaps where nothing is known."""

import pytest

from kpi.catalog import Catalog
from kpi.compare import Figures
from kpi.exhibits import Exhibit, trend_exhibit
from kpi.period import parse_period
from kpi.store import Store
from tests.kpi.charts.drawn import validated
from tests.kpi.exhibits.faults import faults_of


@pytest.fixture
def trend(hidden_catalog: Catalog, hidden_figures: Figures) -> Exhibit:
    """Aarhus, Odense, Randers and the country with hidden and missing years."""
    found = trend_exhibit(
        hidden_catalog.indicators["rate"], "all", ["aarhus", "denmark", "odense", "randers"],
        hidden_figures, hidden_catalog,
    )  # fmt: skip
    assert found is not None
    return found


def test_hidden_and_missing_values_are_left_out_and_never_zero(trend: Exhibit) -> None:
    drawn = {
        trace.name: trace.y
        for trace in validated(trend.figure).data
        if trace.name and trace.mode == "lines" and not trace.name.startswith("Mål")
    }
    assert drawn == {
        "Aarhus": (70.0, 71.0),
        "Hele landet": (75.0, 76.0, 77.0),
        "Odense": (60.0, 61.0),
        "Randers": (65.0, 66.0),
    }


def test_the_table_has_a_row_for_every_period(trend: Exhibit) -> None:
    assert trend.table.columns == ("Periode", "Aarhus", "Hele landet", "Odense", "Randers")
    assert [row[0] for row in trend.table.rows[:3]] == ["2020", "2021", "2022"]
    assert [row[2] for row in trend.table.rows[:3]] == ["75,0", "76,0", "77,0"]
    hidden, approximate = trend.table.rows[1][1], trend.table.rows[2][1]
    assert hidden in ("–", "skjult")
    assert approximate == "ca.\u00a071,0"


def test_the_straight_way_to_a_target_is_drawn_and_told(trend: Exhibit) -> None:
    way = next(
        one
        for one in validated(trend.figure).data
        if one.mode == "lines" and str(one.name).startswith("Mål")
    )
    assert (way.name, way.y, way.line.dash) == ("Måltal 2026", (71.0, 80.0), "dash")
    assert trend.table.rows[3] == ("Måltal 2026", "80,0", "–", "–", "–")
    told = " ".join(trend.remarks).replace("\u00a0", " ")
    assert "Måltal: 80,0 % i 2026; tallet i 2022 er ca. 9 procentpoint under måltallet." in told
    assert "Endnu ingen tal, siden måltallet blev fastsat." in told
    assert trend.alt.endswith("Måltal 2026: 80,0.")
    assert "Mål" not in trend.title


def test_the_exhibit_is_faultless(trend: Exhibit, hidden_catalog: Catalog) -> None:
    assert faults_of(trend, hidden_catalog) == []


def test_hollow_marks_are_explained(trend: Exhibit) -> None:
    assert "Hule mærker og »ca.«: kilden giver et omtrentligt tal." in trend.remarks


def test_an_axis_that_does_not_begin_at_zero_is_told(trend: Exhibit) -> None:
    assert any(one.startswith("Aksen begynder ved ") for one in trend.remarks)


def test_where_no_counts_are_known_nobody_can_judge_chance(trend: Exhibit) -> None:
    assert trend.remarks[0] == (
        "Kilden oplyser ikke antallene bag, så ingen kan sige, hvad tilfældet kan gøre."
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
    one = hidden_catalog.indicators[indicator]
    assert trend_exhibit(one, group, areas, hidden_figures, hidden_catalog) is None


def test_the_municipalities_median_stands_in_for_a_country_without_figures(
    store: Store, catalog: Catalog
) -> None:
    found = trend_exhibit(
        catalog.indicators["school_absence"], "middle_school", ["aarhus", "odense"],
        Figures(store.series(["school_absence"])), catalog,
        store.medians([("school_absence", "middle_school")])["school_absence", "middle_school"],
    )  # fmt: skip
    assert found is not None
    assert found.table.columns == ("Periode", "Aarhus", "Odense", "Kommunernes median")
    assert "kommunernes median" in found.title
    assert len(found.table.rows) == 6


def test_employment_against_the_country(store: Store, catalog: Catalog) -> None:
    found = trend_exhibit(
        catalog.indicators["employment_rate"], "all", ["aarhus", "denmark"],
        Figures(store.series(["employment_rate"])), catalog,
    )  # fmt: skip
    assert found is not None
    assert found.title == (
        "Aarhus ligger 3,4\u00a0procentpoint under hele landet, lige så langt som i 2008"
    )
    assert found.table.rows[0] == ("2008", "72,6", "76,0")
    assert found.table.rows[-1] == ("2021", "73,7", "77,1")
    assert found.source == (
        "Kilde: RAS200: erhvervs- og beskæftigelsesfrekvenser (ultimo november), "
        "Danmarks Statistik (2022)."
    )
    assert found.selection.path() == (
        "/sammenlign?noegletal=employment_rate&omraader=aarhus,denmark&grupper=all"
    )


def test_only_one_kind_of_period_is_drawn(store: Store, catalog: Catalog) -> None:
    """Half-years of the programme and school years of the municipality never share an axis."""
    found = trend_exhibit(
        catalog.indicators["school_absence"], "programme_children", ["gellerup", "viby_syd"],
        Figures(store.series(["school_absence"])), catalog,
    )  # fmt: skip
    assert found is not None
    assert {row.period.kind for row in found.observations} == {"half"}
    assert found.table.rows == (
        ("forår 2024", "13", "–"),
        ("efterår 2024", "9,7", "9"),
    )
    assert {row.period for row in found.observations} == {
        parse_period("2024H1"), parse_period("2024H2"),
    }  # fmt: skip
