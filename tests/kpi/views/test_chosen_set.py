"""A set that a reader chose is what all diagrams compare with, in words that name it."""

from dataclasses import replace
from itertools import product
from statistics import fmean

import pytest

from kpi.charts.marks import DotMarks, LineMarks, PanelMarks, RankMarks
from kpi.domain import format as fmt
from kpi.domain.area_presets import areas_of
from kpi.domain.catalog import Catalog
from kpi.domain.selection import Diagram, Selection
from kpi.domain.wording import capital
from kpi.exhibits import Exhibit
from kpi.store import Store
from kpi.views.comparison import comparison_view
from kpi.views.indicator import indicator_view
from kpi.views.theme_map import indicator_map
from tests.tiers import some

# What the set of Aarhus is called within a sentence, and over the differences of several areas.
SETS = {
    "similar": ("kommuner som Aarhus", "kommuner som Aarhus"),
    "region": ("kommuner i Region Midtjylland uden Aarhus", "kommuner i Region Midtjylland"),
    "six_cities": ("6-byerne uden Aarhus", "6-byerne"),
}
# Judged by the median and by the country, with one period and with several.
INDICATORS = ("school_absence_high", "employment_rate", "unemployment_rate", "child_notifications")
ONE_PERIOD: tuple[Diagram, ...] = ("rangering", "afstand", "kort")


@pytest.fixture(scope="module")
def catalog(shipped: Store) -> Catalog:
    return shipped.catalog()


def drawn(store: Store, catalog: Catalog, chosen: Selection) -> Exhibit:
    (exhibit,) = comparison_view(store, catalog, chosen, "aarhus").exhibits
    return exhibit


def mean_of(store: Store, catalog: Catalog, indicator_id: str, areas: tuple[str, ...]) -> float:
    """The plain mean of the areas but Aarhus in the newest period."""
    group_id, period, *_ = store.coverage(indicator_id)[0]
    rows = store.everywhere(indicator_id, group_id, period)
    area_ids = {*areas_of(areas, "aarhus", indicator_id, catalog)} - {"aarhus"}
    return fmean(row.value for row in rows if row.area_id in area_ids and row.value is not None)


def said(exhibit: Exhibit) -> str:
    """The number of the benchmark as it is drawn; of small charts as it is spoken."""
    match exhibit.marks:
        case DotMarks(dots=dots) | RankMarks(dots=dots):
            return next(dot.text for dot in dots if dot.role == "benchmark")
        case LineMarks(lines=lines):
            return next(line.points[-1].text for line in lines if line.role == "benchmark")
        case PanelMarks(panels=panels):
            (own,) = (panel for panel in panels if panel.is_own)
            assert own.median is not None
            return own.median.points[-1].text
    raise AssertionError(exhibit.marks)


@pytest.mark.parametrize(("name", "indicator_id"), [*product(SETS, INDICATORS)])
def test_a_chosen_set_is_the_benchmark_of_every_diagram(
    shipped: Store, catalog: Catalog, name: str, indicator_id: str
) -> None:
    called, column = SETS[name]
    indicator = catalog.indicators[indicator_id]
    mean = mean_of(shipped, catalog, indicator_id, (name,))
    for areas in some([(name,), ("aarhus", name), ("aarhus", "denmark", name)], 2):
        chosen = Selection("sammenlign", noegletal=indicator_id, omraader=areas)
        development = drawn(shipped, catalog, chosen)
        assert said(development) == fmt.number(mean, indicator.decimals)
        assert f" {called}" in development.title
        assert any(f"{capital(column)}: gennemsnit" in each for each in development.remarks)
        for diagram in ONE_PERIOD:
            exhibit = drawn(shipped, catalog, replace(chosen, diagram=diagram))
            if diagram == "kort":
                assert f" {column}" in exhibit.title
                assert exhibit.table.columns[-1].removesuffix(", procentpoint") == (
                    f"Forskel til {column}"
                )
                continue
            assert said(exhibit) == fmt.number(mean, indicator.decimals)
            if diagram == "afstand":
                assert exhibit.title.split(" siden ")[0].startswith(
                    development.title.split(";")[0].split(" (")[0]
                )
                assert exhibit.table.columns[-1] == f"Forskel til {column} uden området selv"


@pytest.mark.parametrize("name", SETS)
def test_small_charts_have_the_mean_of_the_set(shipped: Store, catalog: Catalog, name: str) -> None:
    for indicator_id in ("employment_rate", "unemployment_rate"):
        chosen = Selection(
            "sammenlign", noegletal=indicator_id, omraader=("aarhus", name), diagram="smaa"
        )
        exhibit = drawn(shipped, catalog, chosen)
        mean = mean_of(shipped, catalog, indicator_id, (name,))
        assert said(exhibit) == fmt.number(mean, catalog.indicators[indicator_id].decimals)
        assert isinstance(exhibit.marks, PanelMarks)
        (words,) = (text for kind, text in exhibit.marks.legend if kind == "median")
        assert words.startswith(SETS[name][0])


@pytest.mark.parametrize("name", SETS)
def test_the_page_of_a_theme_compares_with_the_chosen_set(
    shipped: Store, catalog: Catalog, name: str
) -> None:
    for indicator_id in ("unemployment_rate", "school_absence_high"):
        indicator = catalog.indicators[indicator_id]
        view = indicator_view(shipped, catalog, indicator, "aarhus", name)
        assert view.exhibit is not None
        assert f" {SETS[name][0]}" in view.exhibit.title
        mean = mean_of(shipped, catalog, indicator_id, (name,))
        assert said(view.exhibit) == fmt.number(mean, indicator.decimals)
        # Sammenlign, where the chart leads, says the same.
        there = drawn(shipped, catalog, view.exhibit.selection)
        assert said(there) == said(view.exhibit)
    mapped = indicator_map(shipped, catalog, indicator, "all", "aarhus", name)
    assert mapped is None or f" {SETS[name][1]}" in mapped.title


def test_all_municipalities_are_no_choice_among_them(shipped: Store, catalog: Catalog) -> None:
    chosen = Selection("sammenlign", noegletal="school_absence_high", omraader=("all",))
    assert "medianen af de andre kommuner" in drawn(shipped, catalog, chosen).title
