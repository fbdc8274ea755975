"""Which chart draws which marks."""

import plotly.graph_objects as go

from kpi.charts.dots import dots
from kpi.charts.funnel import funnel
from kpi.charts.marks import DotMarks, FunnelMarks, LineMarks, Marks, RankMarks
from kpi.charts.outcomes import outcomes
from kpi.charts.ranking import ranking
from kpi.charts.trend import trend


def draw(marks: Marks) -> go.Figure:
    """The figure of the marks, as the pages show it."""
    if isinstance(marks, LineMarks):
        return trend(marks.lines, marks.scale)
    if isinstance(marks, DotMarks):
        return dots(marks.dots, marks.scale)
    if isinstance(marks, RankMarks):
        return ranking(marks.dots, marks.scale)
    if isinstance(marks, FunnelMarks):
        return funnel(marks.dots, marks.limits, marks.centre, marks.scale)
    return outcomes(marks.rows, marks.scale)
