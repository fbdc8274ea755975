"""Sammenlign's charts: one each of few groups, and of many the others when they are asked for."""

from kpi.charts.marks import DotMarks, RankMarks
from kpi.exhibits import Exhibit
from kpi.views.comparison import ComparisonView
from ui.exhibits import show_exhibit
from ui.more import first_ones, show_more
from ui.panels import panels_of_each

# A chart each of ten groups is a dozen screens, and so are four with a line for each municipality.
_MOST_CHARTS, _MOST_LINES = 4, 200


def show_charts(view: ComparisonView) -> None:
    """The charts of what is compared; the map's table is beside the first of several maps alone."""
    panels = panels_of_each(len(view.exhibits))
    key = f"{view.selection.noegletal}-{view.selection.diagram}"
    most = most_charts(max(map(_lines_of, view.exhibits), default=0))
    exhibits = first_ones(key, view.exhibits, most, spare=1)
    for number, exhibit in enumerate(exhibits, start=1):
        show_exhibit(exhibit, most_panels=panels, map_alone=number > 1, place=f"figur-{number}")
    show_more(key, len(view.exhibits) - len(exhibits))


def most_charts(lines: int) -> int:
    """How many charts a page begins with, each of so many areas in a line of their own."""
    return max(1, min(_MOST_CHARTS, _MOST_LINES // max(lines, 1)))


def _lines_of(exhibit: Exhibit) -> int:
    return len(exhibit.marks.dots) if isinstance(exhibit.marks, DotMarks | RankMarks) else 0
