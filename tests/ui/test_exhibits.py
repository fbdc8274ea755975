"""What stands under a figure, and what is behind its notes."""

from dataclasses import replace

from kpi.domain.figures import Figures
from kpi.domain.plan import Event
from kpi.domain.series_break import breaks_of
from kpi.exhibits import trend_exhibit
from tests.kpi.made import catalog, indicator, rows_of
from ui.exhibits import remarks_under


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
