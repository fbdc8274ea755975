"""The heat map: an area beside its peers, each cell with the verdict that its counts allow."""

from kpi.domain.catalog import Catalog
from kpi.domain.compare import MEDIAN, Comparison, compare, compare_with_middle
from kpi.domain.middle import Middle
from kpi.domain.model import Observation
from kpi.store import Store
from kpi.views.heat_map import heat_cell, heat_map, short_benchmark
from tests.kpi.made import indicator, observation
from tests.tables import for_each


def test_the_heat_map_holds_the_six_cities_against_their_benchmarks(
    store: Store, catalog: Catalog
) -> None:
    heat = heat_map(store, catalog, "aarhus")
    assert heat is not None
    assert [name for name, _ in heat.rows] == [
        "Aarhus", "København", "Odense", "Aalborg", "Esbjerg", "Randers",
    ]  # fmt: skip
    assert heat.columns == (
        ("Selvforsørgelse", "2022"),
        ("Beskæftigelse", "2021"),
        ("Fravær, mellemtrin", "2024/2025"),
        ("Fravær, udskoling", "2024/2025"),
    )
    assert heat.benchmarks == ("77,2 landet", "77,1 landet", "7,8 median", "8,9 median")
    cells = dict(heat.rows)
    shown = [(cell.value, cell.gap, cell.verdict) for cell in cells["Aarhus"]]
    assert shown == [
        ("70,0", "−7,2", "worse"),
        ("73,7", "−3,4", "worse"),
        ("6,4", "−1,4", "better"),  # less absence is better
        ("6,9", "−2,0", "better"),
    ]
    missing = cells["Odense"][0]
    assert (missing.value, missing.gap, missing.verdict) == ("–", "", None)


def test_an_area_in_no_set_has_no_heat_map(store: Store, catalog: Catalog) -> None:
    assert heat_map(store, catalog, "faxe") is None


@for_each(
    ("of", "verdict", "is_sure"),
    [
        ((3, 13), "same", True),  # 23 % beside 50 %: few persons
        ((300, 1300), "worse", True),
        (None, "worse", False),  # without counts there is no interval
    ],
)
@for_each("is_median", [False, True])
def test_a_cell_says_what_chance_could_do(
    of: tuple[float, float] | None, verdict: str, is_sure: bool, is_median: bool
) -> None:
    own = observation(23.1, of=of)
    country = observation(50.0, area="denmark")
    against = (
        compare_with_middle(own, Middle(50.0), indicator())
        if is_median
        else compare(own, country, indicator(), "area", "denmark", is_above=True)
    )
    cell = heat_cell(own, against, indicator())
    assert (cell.value, cell.gap) == ("23,1", "−26,9")
    assert (cell.verdict, cell.is_sure) == (verdict, is_sure)


@for_each(
    ("row", "value"),
    [
        (None, "–"),
        (observation(None, status="suppressed"), "skjult"),
        (observation(None, status="range")._replace(low=2, high=3, as_published="2-3"), "2-3"),
    ],
)
def test_a_cell_without_comparison_has_its_value_alone(row: Observation | None, value: str) -> None:
    cell = heat_cell(row, None, indicator())
    assert (cell.value, cell.gap, cell.verdict, cell.strength) == (value, "", None, 0)


@for_each(
    ("comparison", "text"),
    [
        (Comparison("area", "denmark", 77.2, -7.2, "worse", True), "landet"),
        (Comparison("area_set", MEDIAN, 7.8, -1.4, "better", True, areas=97), "median"),
        # A mean is no median.
        (Comparison("area_set", "cities", 7.5, 1.0, "better", True, areas=5), "gennemsnit"),
    ],
)
def test_a_column_says_what_its_benchmark_is(comparison: Comparison, text: str) -> None:
    assert short_benchmark(comparison) == text
