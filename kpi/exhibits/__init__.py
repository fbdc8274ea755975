"""Exhibits: charts with takeaway, table, alt text, source and link, built from observations."""

from kpi.exhibits.distance import distance_exhibit
from kpi.exhibits.funnel import funnel_exhibit
from kpi.exhibits.group_points import groups_exhibit
from kpi.exhibits.lines import trend_exhibit
from kpi.exhibits.panels import area_panels_exhibit, group_panels_exhibit
from kpi.exhibits.parts import Exhibit, Table
from kpi.exhibits.places import ranking_exhibit
from kpi.exhibits.points import points_exhibit
from kpi.exhibits.programme import outcomes_exhibit
from kpi.exhibits.tile_map import tile_map_exhibit

__all__ = [
    "Exhibit",
    "Table",
    "area_panels_exhibit",
    "distance_exhibit",
    "funnel_exhibit",
    "group_panels_exhibit",
    "groups_exhibit",
    "outcomes_exhibit",
    "points_exhibit",
    "ranking_exhibit",
    "tile_map_exhibit",
    "trend_exhibit",
]
