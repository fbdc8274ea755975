"""The funnel: which areas differ by more than chance, given their size."""

import pytest

from kpi.exhibits.funnel import funnel_exhibit
from kpi.model import Observation
from kpi.selection import Selection
from tests.kpi.charts.drawn import labels, validated
from tests.kpi.made import catalog, indicator, observation

CITIES = ("aarhus", "odense", "randers", "esbjerg")


def rows(*counts: tuple[int, int] | None) -> list[Observation]:
    """A share of each city; None: the source does not tell the counts."""
    return [
        observation(50.0, area=area, of=one) if one else observation(50.0, area=area)
        for area, one in zip(CITIES, counts, strict=False)
    ]


def title_of(*counts: tuple[int, int] | None) -> str:
    """The takeaway of the funnel, or nothing where there is none."""
    made = catalog()
    found = funnel_exhibit(indicator(), rows(*counts), ["aarhus"], made, Selection("sammenlign"))
    return found.title if found else ""


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        # Esbjerg's 70 % lies farther off than Randers' 58 %, but ten persons say nothing.
        (((520, 1000), (520, 1000), (580, 1000), (7, 10)),
         "Randers afviger mere, end tilfældet kan forklare"),
        (((50, 100), (48, 100), (53, 100)),
         "Ingen områder afviger mere, end tilfældet kan forklare"),
        (((50, 100), (48, 100)), ""),  # two areas are no funnel
        (((50, 100), (48, 100), None), ""),
        ((None, None, None), ""),
    ],
)  # fmt: skip
def test_who_stands_out(counts: tuple[tuple[int, int] | None, ...], title: str) -> None:
    assert title_of(*counts) == title


def test_the_table_tells_every_area_and_the_chart_its_name() -> None:
    made = catalog()
    given = rows((500, 1000), (500, 1000), (700, 1000), (6, 10))
    found = funnel_exhibit(indicator(), given, ["aarhus"], made, Selection("sammenlign"))
    assert found is not None
    assert [(name, word) for name, _, _, word in found.table.rows] == [
        ("Aarhus", "uden for 99,8 %"),  # far below the common 56,6 %
        ("Odense", "uden for 99,8 %"),
        ("Randers", "uden for 99,8 %"),
        ("Esbjerg", "kan være tilfældig"),
    ]
    assert "Fælles andel 56,7\u00a0%" in found.subtitle
    assert set(labels(validated(found.figure))) == {
        "95 %", "99,8 %", "Aarhus", "Odense", "Randers",
    }  # fmt: skip
    assert "Esbjerg: 6\u00a0af\u00a010" in found.alt
