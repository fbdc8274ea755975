"""The exhibits of many areas in one period: in order, and by distance."""

import pytest

from kpi.catalog import Catalog
from kpi.exhibits import Exhibit, distance_exhibit, ranking_exhibit
from kpi.exhibits.places import median_of
from kpi.model import Observation
from kpi.selection import Selection
from kpi.store import Store
from tests.kpi.charts.drawn import labels, validated
from tests.kpi.exhibits.faults import faults_of
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator, observation

LINK = Selection("sammenlign")
ROWS = [
    observation(70.0, area="aarhus"),
    observation(80.0, area="odense"),
    observation(70.0, area="randers"),
    observation(60.0, area="esbjerg", status="approximate"),
    observation(None, area="faxe", status="suppressed"),
    observation(None, area="lolland", status="missing"),
    observation(75.0, area="denmark"),
    observation(99.0, area="gellerup"),  # of another level
]


def ranked(direction: str, *marked: str) -> Exhibit:
    one = indicator(direction=direction)
    found = ranking_exhibit(one, ROWS, marked, made_catalog(one), LINK)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("direction", "order", "title"),
    [
        ("higher_is_better", ["Odense", "Randers", "Aarhus", "Esbjerg"],
         "Aarhus er nr. 2 (delt) af 4 med tal"),
        ("lower_is_better", ["Esbjerg", "Randers", "Aarhus", "Odense"],
         "Aarhus er nr. 2 (delt) af 4 med tal"),
        ("neutral", ["Odense", "Randers", "Aarhus", "Esbjerg"],
         "Aarhus er nr. 2 (delt) af 4 med tal"),
    ],
)  # fmt: skip
def test_best_first_and_only_areas_with_a_value(
    direction: str, order: list[str], title: str
) -> None:
    found = ranked(direction, "aarhus")
    assert [row[1] for row in found.table.rows] == order  # Aarhus last among equals, as in Danish
    assert [row[0] for row in found.table.rows] == ["1", "2", "2", "4"]
    assert found.title == title


def test_hidden_areas_are_not_drawn_as_zero() -> None:
    (bars,) = validated(ranked("higher_is_better", "aarhus").figure).data
    assert bars.x == (80.0, 70.0, 70.0, 60.0)


def test_approximate_bars_are_hollow() -> None:
    (bars,) = validated(ranked("higher_is_better", "aarhus").figure).data
    assert [colour == "#FFFFFF" for colour in bars.marker.color] == [False, False, False, True]


def test_the_country_is_a_line_and_no_bar() -> None:
    found = ranked("higher_is_better", "aarhus")
    assert "Hele landet 75,0" in labels(found.figure)
    assert [shape.x0 for shape in validated(found.figure).layout.shapes] == [75.0]


@pytest.mark.parametrize(
    ("marked", "name"),
    [(["aarhus"], "Aarhus"), (["faxe", "esbjerg"], "Esbjerg"), ([], "Odense"),
     (["denmark", "randers"], "Randers")],
)  # fmt: skip
def test_who_the_title_speaks_of(marked: list[str], name: str) -> None:
    assert ranked("higher_is_better", *marked).title.startswith(f"{name} er nr. ")


def test_no_ranking_of_one() -> None:
    found = ranking_exhibit(indicator(), ROWS[:1], ["aarhus"], made_catalog(), LINK)
    assert found is None


def test_distance_to_the_country() -> None:
    areas = ["aarhus", "odense", "faxe"]
    found = distance_exhibit(indicator(), ROWS, areas, made_catalog(), LINK)
    assert found is not None
    assert found.title == "Aarhus ligger 5,0\u00a0procentpoint under hele landet"
    assert found.table.rows == (
        ("Aarhus", "70,0\u00a0%", "−5,0\u00a0procentpoint"),
        ("Odense", "80,0\u00a0%", "+5,0\u00a0procentpoint"),
        ("Faxe", "skjult", "–"),  # told, but not drawn
    )
    assert "Faxe" not in labels(found.figure)


def test_distance_to_the_median_where_the_country_has_no_figure() -> None:
    found = distance_exhibit(indicator(), ROWS[:4], ["aarhus"], made_catalog(), LINK)
    assert found is not None
    assert found.title == "Aarhus ligger på niveau med medianen af 4 kommuner"


@pytest.mark.parametrize(
    ("rows", "areas"),
    [
        (ROWS, ["faxe"]),  # hidden
        (ROWS, []),
        (ROWS[:2], ["aarhus"]),  # no country, and too few for a median
    ],
)
def test_no_distance(rows: list[Observation], areas: list[str]) -> None:
    assert distance_exhibit(indicator(), rows, areas, made_catalog(), LINK) is None


@pytest.mark.parametrize(
    ("values", "middle"),
    [([1.0, 2.0, 9.0], (2.0, 3)), ([1.0, 2.0, 3.0, 9.0], (2.5, 4)), ([1.0, 2.0], None),
     ([1.0, 2.0, None], None)],
)  # fmt: skip
def test_median_of(values: list[float | None], middle: tuple[float, int] | None) -> None:
    assert median_of([observation(value) for value in values], indicator()) == middle


@pytest.mark.parametrize(
    ("indicator_id", "group", "period"),
    [
        ("employment_rate", "all", "2021"),
        ("school_absence", "lower_secondary", "2024/2025"),
    ],
)
def test_the_default_figures_are_faultless(
    store: Store, catalog: Catalog, indicator_id: str, group: str, period: str
) -> None:
    rows = store.everywhere(indicator_id, group, period)
    view = Selection("sammenlign", noegletal=indicator_id, omraader=("aarhus", "odense"))
    one = catalog.indicators[indicator_id]
    ranking = ranking_exhibit(one, rows, ["aarhus", "odense"], catalog, view)
    distance = distance_exhibit(one, rows, ["aarhus", "odense"], catalog, view)
    assert ranking is not None
    assert distance is not None
    assert faults_of(ranking, catalog) == []
    assert faults_of(distance, catalog) == []
    assert len(ranking.table.rows) == 98
