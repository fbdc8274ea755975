"""A difference that is written at a bar is the length of the bar."""

from kpi.charts.marks import DotMarks
from kpi.domain import format as fmt
from kpi.domain.selection import Selection
from kpi.exhibits.distance import distance_exhibit
from kpi.store import Store


def test_no_label_is_another_than_its_bar(shipped: Store) -> None:
    catalog = shipped.catalog()
    aarhus = catalog.areas["aarhus"]
    labelled = 0
    for indicator_id in ("employment_rate", "unemployment_rate", "school_absence_high"):
        indicator = catalog.indicators[indicator_id]
        period = shipped.newest([indicator_id], ["aarhus"], [])[-1].period.text
        rows = shipped.everywhere(indicator_id, "all", period)
        similar = catalog.similar_to(aarhus, indicator_id)
        assert similar is not None
        for among in (catalog.area_sets["six_cities"], similar, None):
            chosen = ["aarhus", "vejle", *(among.area_ids if among else ("odense", "randers"))]
            exhibit = distance_exhibit(indicator, rows, chosen, catalog, Selection(), among)
            assert exhibit is not None
            assert isinstance(exhibit.marks, DotMarks)
            *dots, drawn = exhibit.marks.dots
            for dot in dots:
                drawn_gap = fmt.number(dot.value - drawn.value, indicator.decimals, sign=True)
                assert dot.gap_text in ("", drawn_gap), (among, dot, drawn)
                labelled += bool(dot.gap_text)
    assert labelled > 9
