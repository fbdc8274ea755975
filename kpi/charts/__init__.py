"""Plotly figures: pure functions from marks to a figure, in one visual language."""

from kpi.charts.dots import cards_dots, dots
from kpi.charts.funnel import funnel
from kpi.charts.marks import Dot, Line, LinePoint, OutcomeRow, Scale
from kpi.charts.outcomes import outcomes
from kpi.charts.ranking import ranking
from kpi.charts.trend import card_trend, trend

__all__ = [
    "Dot",
    "Line",
    "LinePoint",
    "OutcomeRow",
    "Scale",
    "card_trend",
    "cards_dots",
    "dots",
    "funnel",
    "outcomes",
    "ranking",
    "trend",
]
