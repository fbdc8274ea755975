"""Sammenlign's charts: one each of few groups, and of many the others when they are asked for."""

from kpi.views.comparison import ComparisonView
from ui.exhibits import show_exhibit
from ui.more import first_ones, show_more
from ui.panels import panels_of_each

# A chart each of ten groups is a dozen screens.
_MOST_CHARTS = 4


def show_charts(view: ComparisonView) -> None:
    """The charts of what is compared; the map's table is beside the first of several maps alone."""
    most = panels_of_each(len(view.exhibits))
    key = f"{view.selection.noegletal}-{view.selection.diagram}"
    exhibits = first_ones(key, view.exhibits, _MOST_CHARTS, spare=1)
    for number, exhibit in enumerate(exhibits, start=1):
        show_exhibit(exhibit, most_panels=most, map_alone=number > 1, place=f"figur-{number}")
    show_more(key, len(view.exhibits) - len(exhibits))
