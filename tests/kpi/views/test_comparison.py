"""The free comparison: defaults, periods, and what cannot be compared."""

from dataclasses import replace
from typing import Any

import pytest

from kpi.charts.marks import DotMarks, LineMarks, RankMarks
from kpi.domain.catalog import Catalog
from kpi.domain.selection import DIAGRAMS, Selection
from kpi.store import Store
from kpi.views.comparison import ComparisonView, _counted_apart, comparison_view, complete
from tests.kpi.made import observation
from tests.tiers import some


def compared(store: Store, catalog: Catalog, **choices: Any) -> ComparisonView:
    """The comparison of these choices, as seen from Aarhus."""
    return comparison_view(store, catalog, Selection("sammenlign", **choices), "aarhus")


def test_defaults_are_filled_in(store: Store, catalog: Catalog) -> None:
    selection, choices = complete(store, catalog, Selection("sammenlign"), "aarhus")
    assert selection.noegletal == "employment_rate"  # figures in most areas
    assert selection.grupper == ("all",)
    assert selection.diagram == "udvikling"
    assert selection.omraader[:2] == ("aarhus", "denmark")
    assert len(choices.areas) == 104
    assert [period.text for period in choices.periods[:2]] == ["2021", "2020"]


@pytest.mark.parametrize(
    ("areas", "group"),
    [
        ((), "programme_children"),
        (("gellerup",), "programme_children"),
        (("aarhus", "six_cities"), "middle_school"),
        (("aarhus", "gellerup", "viby_syd"), "programme_children"),
        (("tilst",), "programme_children"),  # no group has figures of it
    ],
)
def test_without_a_group_that_is_shown_which_has_figures_of_the_areas(
    store: Store, catalog: Catalog, areas: tuple[str, ...], group: str
) -> None:
    wanted = Selection("sammenlign", noegletal="school_absence", omraader=areas)
    selection, _ = complete(store, catalog, wanted, "aarhus")
    assert selection.grupper == (group,)


def test_only_the_chosen_periods(store: Store, catalog: Catalog) -> None:
    view = compared(
        store, catalog, noegletal="employment_rate", omraader=("aarhus",), fra="2019", til="2020"
    )
    (exhibit,) = view.exhibits
    assert exhibit.table.rows == (("2019", "71,1"), ("2020", "70,5"))


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        (("2020", "2023"), ("2020/2021", "2022/2023")),  # years of an indicator of school years
        (("2019/2020", "2020/2021"), ("2019/2020", "2020/2021")),
        (("1990", "2050"), ("2019/2020", "2024/2025")),
        (("2050", "1990"), ("", "")),
    ],
)
def test_a_bound_is_a_period_that_there_is(
    store: Store, catalog: Catalog, wanted: tuple[str, str], chosen: tuple[str, str]
) -> None:
    """The page's boxes have no others: what they left out, the reasons beside them counted."""
    view = compared(
        store, catalog, noegletal="school_absence", omraader=("aarhus",),
        grupper=("lower_secondary",), fra=wanted[0], til=wanted[1],
    )  # fmt: skip
    assert (view.selection.fra, view.selection.til) == chosen
    assert view.exhibits
    assert "smaa" not in view.unavailable


@pytest.mark.parametrize("diagram", ["udvikling", "rangering", "smaa"])
def test_no_period_is_between_bounds_that_are_the_wrong_way_round(
    store: Store, catalog: Catalog, diagram: str
) -> None:
    view = compared(
        store, catalog, noegletal="employment_rate", omraader=("aarhus",), diagram=diagram,
        fra="2020", til="2012",
    )  # fmt: skip
    assert view.exhibits == ()
    assert view.notes[0] == (
        "Fra (2020) ligger efter Til (2012), så der er ingen tal at vise. Vælg en tidligere Fra "
        "eller en senere Til."
    )
    assert view.unavailable == {}


def test_areas_without_figures_are_named(store: Store, catalog: Catalog) -> None:
    view = compared(store, catalog, noegletal="employment_rate", omraader=("tilst", "aarhus"))
    assert view.notes == (
        "Tilst har ingen tal for beskæftigelsesfrekvens 16-64 år i den valgte gruppe.",
    )
    # Where no chart is left, it is said what to do.
    view = compared(store, catalog, noegletal="employment_rate", omraader=("tilst",))
    assert view.exhibits == ()
    assert view.notes == (
        "Tilst har ingen tal for beskæftigelsesfrekvens 16-64 år i den valgte gruppe. Vælg andre "
        "områder eller en anden gruppe.",
    )


def test_half_years_and_school_years_get_a_chart_each(store: Store, catalog: Catalog) -> None:
    view = compared(
        store, catalog, noegletal="school_absence", omraader=("aarhus", "gellerup"),
        grupper=("middle_school", "programme_children"),
    )  # fmt: skip
    assert [{row.period.kind for row in exhibit.observations} for exhibit in view.exhibits] == [
        {"school_year"},
        {"half"},
    ]
    assert view.notes == (
        "Tallene opgøres forskelligt for mellemtrin (skoleår) og hjemmeboende børn under 18 år i "
        "Opgang til Opgang (halvår). De vises hver for sig og kan ikke sammenlignes.",
    )


def test_one_group_counted_over_two_kinds_of_periods_is_not_named_twice(catalog: Catalog) -> None:
    rows = [observation(1.0, period) for period in ("2024", "2025", "2026M10")]
    assert _counted_apart(rows, catalog) == [
        "Der er tal for år og måneder. De vises hver for sig og kan ikke sammenlignes."
    ]
    assert _counted_apart(rows[:2], catalog) == []


def test_all_municipalities_develop_beside_the_country_that_judges_them(
    store: Store, catalog: Catalog
) -> None:
    (exhibit,) = compared(store, catalog, noegletal="employment_rate", omraader=("all",)).exhibits
    assert "under hele landet" in exhibit.title
    assert isinstance(exhibit.marks, LineMarks)
    assert [line.name for line in exhibit.marks.lines if line.role == "benchmark"] == [
        "Hele landet"
    ]
    assert exhibit.selection.omraader == ("all",)


@pytest.mark.parametrize(
    ("diagram", "title"),
    [
        ("rangering", "Beskæftigelse: Aarhus er nr. 86 (delt) af de 98 kommuner, der har tal"),
        ("afstand", "Beskæftigelse: Aarhus ligger 3,4\u00a0procentpoint under hele landet"),
    ],
)
def test_ranking_and_distance(store: Store, catalog: Catalog, diagram: str, title: str) -> None:
    view = compared(
        store, catalog, noegletal="employment_rate", omraader=("aarhus", "odense"), diagram=diagram
    )
    assert [exhibit.title for exhibit in view.exhibits] == [title]


def test_counts_are_not_ranked_and_a_note_says_so(store: Store, catalog: Catalog) -> None:
    view = compared(store, catalog, noegletal="programme_families", diagram="rangering")
    assert view.exhibits == ()
    assert "afhænger af områdets størrelse" in view.notes[0]


AREAS = ((), ("gellerup", "viby_syd"), ("aarhus",), ("denmark",), ("laesoe",), ("tilst",))


@pytest.mark.some_cases
@pytest.mark.parametrize("diagram", DIAGRAMS)
def test_what_cannot_be_drawn_is_named(store: Store, catalog: Catalog, diagram: str) -> None:
    silent = [
        (indicator, areas)
        for indicator in catalog.indicators
        for areas in some(AREAS, 3)
        if (view := compared(store, catalog, noegletal=indicator, omraader=areas, diagram=diagram))
        and not (view.exhibits or view.left_out or view.notes)
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("noegletal", "areas", "diagram", "note"),
    [
        ("self_sufficiency_rate", (), "rangering",
         "Placering kræver mindst tre kommuner. To har tal for selvforsørgelsesgrad i 2022. Se "
         "tallene under Udvikling."),
        ("labour_market_link_share", (), "tragt",
         "Tragtdiagram kræver mindst tre områder med både tæller og nævner. Kun to har dem for "
         "forældre med tilknytning til arbejdsmarkedet opgjort 6. oktober 2024. Se tallene under "
         "Udvikling."),
        ("school_absence", ("gellerup", "viby_syd"), "afstand",
         "Forskel kræver et tal for hele landet eller en median af de andre kommuner. Det findes "
         "ikke for elevfravær i efteråret 2024. Se tallene under Udvikling."),
        ("self_sufficiency_rate", (), "tragt",
         "Tragtdiagram kræver mindst tre kommuner med både tæller og nævner. Ingen har dem for "
         "selvforsørgelsesgrad i 2022. Se tallene under Udvikling."),
    ],
)  # fmt: skip
def test_why_a_diagram_is_not_possible(
    store: Store,
    catalog: Catalog,
    noegletal: str,
    areas: tuple[str, ...],
    diagram: str,
    note: str,
) -> None:
    view = compared(store, catalog, noegletal=noegletal, omraader=areas, diagram=diagram)
    assert (view.exhibits, view.notes) == ((), (note,))


@pytest.mark.parametrize(
    ("indicator_id", "areas", "value"),
    [
        ("school_absence_high", ("all",), "22,4"),
        ("school_absence_high", ("six_cities",), "21,5"),  # the mean of the five others
        ("school_absence_high", ("aarhus", "denmark"), "22,4"),
        ("relative_poverty_share", ("all",), "13,3"),  # the country's, which is not chosen
    ],
)
def test_one_choice_has_one_benchmark_in_all_diagrams(
    shipped: Store, indicator_id: str, areas: tuple[str, ...], value: str
) -> None:
    catalog = shipped.catalog()
    chosen = {"noegletal": indicator_id, "omraader": areas}
    benchmarks = set()
    for diagram in ("udvikling", "rangering", "afstand"):
        (exhibit,) = compared(shipped, catalog, diagram=diagram, **chosen).exhibits
        assert isinstance(exhibit.marks, DotMarks | RankMarks)
        benchmarks |= {dot.text for dot in exhibit.marks.dots if dot.role == "benchmark"}
    assert benchmarks == {value}


def test_a_median_has_the_chosen_periods_alone(store: Store, catalog: Catalog) -> None:
    indicator = replace(catalog.indicators["employment_rate"], benchmark="median")
    judged = replace(catalog, indicators={**catalog.indicators, "employment_rate": indicator})
    view = compared(
        store, judged, noegletal="employment_rate", omraader=("aarhus", "odense"), fra="2019",
        til="2020",
    )  # fmt: skip
    (exhibit,) = view.exhibits
    assert isinstance(exhibit.marks, LineMarks)
    (median,) = (line for line in exhibit.marks.lines if line.role == "benchmark")
    assert [point.period.text for point in median.points] == ["2019", "2020"]
    assert "under medianen af de andre kommuner" in exhibit.title


def test_of_all_municipalities_in_file_order_home_is_in_focus(
    store: Store, catalog: Catalog
) -> None:
    every = tuple(area.area_id for area in catalog.areas.values() if area.level == "municipality")
    for diagram in ("udvikling", "rangering", "kort"):
        chosen = {"noegletal": "employment_rate", "omraader": every, "diagram": diagram}
        view = compared(store, catalog, **chosen)
        assert "Aarhus" in view.exhibits[0].title
        assert view.selection.omraader == every
    few = compared(store, catalog, noegletal="employment_rate", omraader=("odense", "aarhus"))
    assert "Odense" in few.exhibits[0].title
