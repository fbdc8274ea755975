"""A figure of an area as a row."""

import pytest

from kpi.compare import Figures
from kpi.period import parse_period
from kpi.show import standing
from kpi.views.rows import AreaRow, Medians, area_row
from kpi.wording import Badge
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import observation

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


def row_of(area: str, medians: Medians | None = None, most: int = 3) -> AreaRow:
    own = FIGURES.newest("rate", area, "all")
    assert own is not None
    return area_row(standing(own, FIGURES, MADE), medians or {}, MADE, most)


def plain(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text.replace("\u00a0", " ") for text in texts)


def test_a_row_in_full() -> None:
    row = row_of("aarhus")
    assert plain((row.name, row.period, row.value, row.change, row.rank)) == (
        "Beskæftigelse",
        "2022",
        "70,0 %",
        "+2,0 procentpoint (+2,9 %) siden 2021",
        "nr. 2 af 2 med tal blandt Byerne",
    )
    assert [plain(one) for one in row.against] == [
        ("hele landet", "77,2 %", "−7,2"),
        ("Odense", "ca. 72 %", "ca. −2"),  # rough values have no decimals between them
    ]
    assert row.badges == (Badge("worse", "Dårligere end hele landet"),)


def test_the_municipalities_median_comes_first() -> None:
    medians = {("rate", "all"): {parse_period("2022"): 75.0, parse_period("2021"): 1.0}}
    row = row_of("aarhus", medians, most=2)
    assert [plain(one) for one in row.against] == [
        ("kommunernes median", "75,0 %", "−5,0"),
        ("hele landet", "77,2 %", "−7,2"),
    ]


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
