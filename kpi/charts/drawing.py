"""Which chart draws which marks."""

from typing import assert_never

import plotly.graph_objects as go

from kpi.charts.dots import dots
from kpi.charts.funnel import funnel
from kpi.charts.marks import (
    DotMarks,
    Frame,
    FunnelMarks,
    LineMarks,
    Marks,
    NumberMarks,
    OutcomeMarks,
    PanelMarks,
    RankMarks,
    TileMarks,
)
from kpi.charts.number import number
from kpi.charts.outcomes import outcomes
from kpi.charts.panels import panels
from kpi.charts.ranking import ranking
from kpi.charts.tiles import tile_map
from kpi.charts.trend import trend


def draw(marks: Marks, frame: Frame | None = None) -> go.Figure:
    """The figure of the marks: as the pages show it, or for a frame whose size is known."""
    match marks:
        case LineMarks():
            return trend(
                marks.lines, marks.scale, frame=frame, events=marks.events, notes=marks.notes
            )
        case DotMarks():
            return dots(marks.dots, marks.scale, frame)
        case RankMarks():
            return ranking(marks.dots, marks.scale, frame)
        case OutcomeMarks():
            return outcomes(marks.rows, marks.scale, frame)
        case FunnelMarks():
            return funnel(marks.dots, marks.limits, marks.centre, marks.scale, frame)
        case TileMarks():
            return tile_map(marks, frame)
        case PanelMarks():
            return panels(marks, frame)
        case NumberMarks():
            return number(marks)
    assert_never(marks)
