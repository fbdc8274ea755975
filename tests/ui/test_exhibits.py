"""What stands under a figure, and what is behind its notes."""

from dataclasses import replace

import pytest

from kpi.domain.figures import Figures
from kpi.domain.plan import Event
from kpi.domain.series_break import breaks_of
from kpi.exhibits import Table, trend_exhibit
from kpi.exhibits.lines import PERIOD
from tests.kpi.made import catalog, indicator, rows_of
from ui.exhibits import _turned, remarks_under


def test_the_numbers_at_the_axis_are_explained_under_the_figure() -> None:
    event = Event("e", "2010-05-01", "day", "aarhus", "", "Loven ændres", "paper")
    known = replace(catalog(), events=(event,))
    own = replace(indicator(), breaks=breaks_of("2011-01-01 ny opgørelse"))
    values: dict[str, float] = {str(year): 40 + year % 10 for year in range(2008, 2014)}
    figures = Figures([*rows_of("aarhus", values), *rows_of("denmark", values)])
    exhibit = trend_exhibit(own, "all", ["aarhus", "denmark"], figures, known)
    assert exhibit is not None
    (explained,) = (remark for remark in exhibit.remarks if remark.startswith("Hændelser"))
    assert explained not in exhibit.remarks[:3]
    assert set(remarks_under(exhibit)) == {*exhibit.remarks[:3], explained}


@pytest.mark.parametrize(("areas", "is_turned"), [(9, False), (10, True), (98, True)])
def test_a_development_of_many_areas_has_a_row_an_area(areas: int, is_turned: bool) -> None:
    names = [f"By {number}" for number in range(areas)]
    rows = tuple((str(year), *(f"{year}-{name}" for name in names)) for year in (2023, 2024))
    turned = _turned(Table((PERIOD, *names), rows))
    if is_turned:
        assert turned.columns == ("Område", "2023", "2024")
        assert turned.rows[1] == ("By 1", "2023-By 1", "2024-By 1")
    assert len(turned.rows) == (areas if is_turned else 2)
    assert _turned(turned) == turned
