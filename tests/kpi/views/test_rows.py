"""A figure of an area as a row."""

import pytest

from kpi.domain.figures import Figures
from kpi.domain.wording import Badge
from kpi.views.rows import AreaRow, area_row
from kpi.views.standings import standing
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import observation
from tests.tables import for_each

MADE = made_catalog()
FIGURES = Figures(
    [
        observation(68.0, "2021", decimals=1),
        observation(70.0, decimals=1),
        observation(77.2, area="denmark", decimals=1),
        observation(72.0, area="odense", status="approximate", decimals=0),
        observation(None, area="faxe", status="suppressed"),
    ]
)


def row_of(area: str, figures: Figures = FIGURES, most: int = 3) -> AreaRow:
    own = figures.newest("rate", area, "all")
    assert own is not None
    return area_row(standing(own, figures, MADE), MADE, most)


def plain(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text.replace("\u00a0", " ") for text in texts)


def test_a_row_in_full() -> None:
    row = row_of("aarhus")
    assert plain((row.name, row.period, row.value, row.change, row.rank)) == (
        "Beskæftigelse",
        "2022",
        "70,0 %",
        "+2,0 procentpoint siden 2021",
        "",  # a place among two says nothing
    )
    assert [plain(text) for text in row.against] == [
        ("hele landet", "77,2 %", "−7,2"),
        ("Odense", "ca. 72 %", "ca. −2"),  # rough values have no decimals between them
    ]
    assert row.badges == (
        Badge("worse", "Dårligere end hele landet", is_sure=False),
        Badge("unknown", "Usikkerhed ikke beregnet"),
    )


def test_the_median_of_the_others_comes_first_where_the_country_has_no_figure() -> None:
    values = {"aarhus": 70.0, "odense": 74.0, "randers": 75.0, "lolland": 79.0}
    figures = Figures(
        [observation(value, area=area, decimals=1) for area, value in values.items()],
        {("rate", "all", "2022"): values},
    )
    row = row_of("aarhus", figures, most=2)
    assert [plain(text) for text in row.against] == [
        ("medianen af de 3 andre kommuner", "75,0 %", "−5,0"),
        ("Odense", "74,0 %", "−4,0"),
    ]
    assert row.badges[0].text == "Dårligere end medianen af de 3 andre kommuner"
    assert row.rank == "nr. 3 blandt Byerne (3 har tal)"


@for_each(
    ("decimals", "value", "other"),
    [((1, 0), "9,7 %", "9,0 %"), ((0, 1), "10,0 %", "9,0 %"), ((0, 0), "10,0 %", "9,0 %")],
)
def test_figures_that_are_compared_have_equally_many_decimals(
    decimals: tuple[int, int], value: str, other: str
) -> None:
    own = 9.7 if decimals[0] else 10.0
    figures = Figures(
        [
            observation(own, area="aarhus", decimals=decimals[0]),
            observation(9.0, area="denmark", decimals=decimals[1]),
        ]
    )
    row = row_of("aarhus", figures)
    assert plain((row.value, row.against[0][1])) == (value, other)


@pytest.mark.parametrize(
    ("area", "value", "badges"),
    [
        ("faxe", "skjult", (Badge("hidden", "Skjult"),)),
        ("denmark", "77,2\u00a0%", ()),
    ],
)
def test_without_comparison(area: str, value: str, badges: tuple[Badge, ...]) -> None:
    row = row_of(area)
    assert (row.value, row.against, row.rank, row.change) == (value, (), "", "")
    assert row.badges == badges
