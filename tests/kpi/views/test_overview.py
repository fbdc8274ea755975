"""The front page: headline figures, the area beside its peers, and how good the figures are."""

from dataclasses import replace

import pytest

from kpi.domain.catalog import Catalog
from kpi.domain.compare import MEDIAN, Comparison, compare, compare_with_value
from kpi.domain.model import Observation
from kpi.store import Store
from kpi.views.claims import claims_of
from kpi.views.overview import Overview, Quality, heat_cell, overview, short_benchmark
from tests.kpi.made import indicator, observation


@pytest.fixture(scope="module")
def front(store: Store, catalog: Catalog) -> Overview:
    return overview(store, catalog, claims_of(store, catalog), "aarhus")


def test_a_card_a_theme_in_their_order(front: Overview, catalog: Catalog) -> None:
    assert [card.indicator.theme_id for card in front.cards] == list(catalog.themes)
    assert [card.value.replace("\u00a0", " ") for card in front.cards] == [
        "70,0 %", "6", "4", "60", "ca. 20,5 %", "21 af 68",
    ]  # fmt: skip


def test_an_important_indicator_with_figures_of_a_newer_year_stands_for_its_theme(
    store: Store, catalog: Catalog
) -> None:
    """Between equally new ones nothing changes; an unimportant one is never on the front page."""

    def card_of(theme_id: str, **headline: bool) -> str:
        indicators = {
            own: replace(each, headline=headline.get(own, each.headline))
            for own, each in catalog.indicators.items()
        }
        shown = overview(store, replace(catalog, indicators=indicators), (), "aarhus").cards
        return next(
            (card.indicator.indicator_id for card in shown if card.indicator.theme_id == theme_id),
            "",
        )

    assert card_of("employment") == "self_sufficiency_rate"  # of 2022; the other of 2021
    assert card_of("employment", employment_rate=True) == "self_sufficiency_rate"
    assert card_of("employment", self_sufficiency_rate=False, employment_rate=True) == (
        "employment_rate"
    )
    assert card_of("employment", self_sufficiency_rate=False) == ""
    assert card_of("opgang_til_opgang", labour_market_link_share=False) == "school_absence"


def test_under_the_title_stands_what_has_a_card(front: Overview, catalog: Catalog) -> None:
    assert front.subtitle == "Beskæftigelse, handleplanens fire spor og Opgang til Opgang i Aarhus"
    assert len(front.cards) == 6


def test_the_first_card_says_the_distance_in_words(front: Overview) -> None:
    assert front.cards[0].sentence.replace("\u00a0", " ") == (
        "**7,2 procentpoint under hele landet** og 11,8 procentpoint under København."
    )
    assert front.cards[0].badges[0].text == "Dårligere end hele landet"


def test_a_card_links_to_its_theme_and_indicator(front: Overview) -> None:
    assert front.cards[0].selection.path() == (
        "/tema?tema=employment&noegletal=self_sufficiency_rate"
    )


def test_the_heat_map_holds_the_six_cities_against_their_benchmarks(front: Overview) -> None:
    heat = front.heat_map
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
    assert overview(store, catalog, claims_of(store, catalog), "faxe").heat_map is None


def test_the_quality_of_the_figures(front: Overview) -> None:
    assert front.quality == Quality(
        figures=2687, approximate=8, limits=2, hidden=0, missing=0, claims=6, disputed=2, rounded=1
    )


@pytest.mark.parametrize(
    ("of", "verdict", "is_sure"),
    [
        ((3, 13), "same", True),  # 23 % beside 50 %: few persons
        ((300, 1300), "worse", True),
        (None, "worse", False),  # without counts there is no interval
    ],
)
@pytest.mark.parametrize("is_median", [False, True])
def test_a_cell_says_what_chance_could_do(
    of: tuple[float, float] | None, verdict: str, is_sure: bool, is_median: bool
) -> None:
    own = observation(23.1, of=of)
    country = observation(50.0, area="denmark")
    against = (
        compare_with_value(own, 50.0, indicator(), "area_set", MEDIAN)
        if is_median
        else compare(own, country, indicator(), "area", "denmark", is_above=True)
    )
    cell = heat_cell(own, against, indicator())
    assert (cell.value, cell.gap) == ("23,1", "−26,9")
    assert (cell.verdict, cell.is_sure) == (verdict, is_sure)


@pytest.mark.parametrize(
    ("row", "value"),
    [
        (None, "–"),
        (observation(None, status="suppressed"), "skjult"),
        (observation(None, status="range", limits=(2, 3), as_published="2-3"), "2-3"),
    ],
)
def test_a_cell_without_comparison_has_its_value_alone(row: Observation | None, value: str) -> None:
    cell = heat_cell(row, None, indicator())
    assert (cell.value, cell.gap, cell.verdict, cell.strength) == (value, "", None, 0)


@pytest.mark.parametrize(
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
