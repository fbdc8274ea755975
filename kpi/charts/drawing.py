"""Which chart draws which marks."""

import plotly.graph_objects as go

from kpi.charts.dots import dots
from kpi.charts.funnel import funnel
from kpi.charts.marks import DotMarks, Frame, FunnelMarks, LineMarks, Marks, NumberMarks, RankMarks
from kpi.charts.number import number
from kpi.charts.outcomes import outcomes
from kpi.charts.ranking import ranking
from kpi.charts.trend import trend


def draw(marks: Marks, frame: Frame | None = None) -> go.Figure:
    """The figure of the marks: as the pages show it, or for a frame whose size is known."""
    if isinstance(marks, LineMarks):
        return trend(marks.lines, marks.scale, frame=frame, events=marks.events)
    if isinstance(marks, DotMarks):
        return dots(marks.dots, marks.scale, frame)
    if isinstance(marks, RankMarks):
        return ranking(marks.dots, marks.scale, frame)
    if isinstance(marks, FunnelMarks):
        return funnel(marks.dots, marks.limits, marks.centre, marks.scale, frame)
    if isinstance(marks, NumberMarks):
        return number(marks)
    return outcomes(marks.rows, marks.scale, frame)
