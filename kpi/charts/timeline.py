"""Events and meetings on one line of time; a month or a season is drawn as long as it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import plotly.graph_objects as go

from kpi.charts import style
from kpi.charts.marks import BENCHMARK, FOCUS, PEER
from kpi.period import parse_period

_ROW, _MARGIN = 30, 74


@dataclass(frozen=True)
class Moment:
    """Something on a time line: first and last day it may have been on, and its words."""

    first: date
    last: date
    name: str
    when: str
    is_meeting: bool


def timeline(moments: Sequence[Moment]) -> go.Figure:
    """A row a moment, oldest on top: a dot for a day, a bar for a month or a season.

    Meetings are ink with a line through all rows; what happened is blue. Names stand right of
    their mark, or left of it in the later half, so that a narrow screen shows them too.
    """
    ordered = sorted(moments, key=lambda one: (one.last, one.first))
    sketch = style.blank(_MARGIN + _ROW * len(ordered), {"l": 8, "r": 8, "t": 30, "b": 34})
    start, end = _span(ordered)
    for row, one in enumerate(ordered):
        role = BENCHMARK if one.is_meeting else FOCUS
        if one.is_meeting:
            sketch.rule(x=one.last.toordinal(), color=style.GRID, width=1)
        _mark(sketch, one, -row, role)
        middle = (one.first.toordinal() + one.last.toordinal()) / 2
        left = middle > (start + end) / 2
        sketch.label(
            one.name,
            role if one.is_meeting else PEER,
            13,
            x=(one.first if left else one.last).toordinal(),
            y=-row,
            xanchor="right" if left else "left",
            xshift=-9 if left else 9,
        )
    _frame(sketch, start, end, len(ordered))
    return sketch.figure()


def _mark(sketch: style.Sketch, one: Moment, y: int, role: str) -> None:
    days = [one.first.toordinal(), one.last.toordinal()]
    is_day = one.first == one.last
    sketch.trace(
        x=days[:1] if is_day else days,
        y=[y] if is_day else [y, y],
        mode="markers" if is_day else "lines",
        marker={
            "size": 10,
            "color": style.DOT_COLOUR[role],
            "symbol": "diamond" if one.is_meeting else "circle",
        },
        line={"color": style.LINE_COLOUR[role], "width": 7},
        text=[f"{one.when}: {one.name}"] * len(days[: 1 if is_day else 2]),
        hovertemplate=style.hover(["%{text}"]),
        cliponaxis=False,
    )


def _span(moments: Sequence[Moment]) -> tuple[float, float]:
    first = min(one.first for one in moments).toordinal()
    last = max(one.last for one in moments).toordinal()
    room = max(last - first, 30) * 0.04
    return first - room, last + room


def _frame(sketch: style.Sketch, start: float, end: float, rows: int) -> None:
    first, last = date.fromordinal(int(start)), date.fromordinal(int(end))
    quarters = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in (1, 7)
        if start <= date(year, month, 1).toordinal() <= end
    ]
    sketch.xaxis.update(
        range=[start, end],
        tickvals=[one.toordinal() for one in quarters],
        ticktext=[parse_period(f"{one.year}M{one.month:02d}").name() for one in quarters],
        tickfont={"color": style.GREY_TEXT},
        showgrid=True,
        gridcolor=style.GRID,
        tickangle=0,
    )
    sketch.yaxis.update(range=[-rows + 0.3, 0.7], showticklabels=False, showgrid=False)


def season(day: date) -> tuple[date, date]:
    """First and last day of the season (spring from March, and so on) that a day lies in."""
    month = (day.month // 3) * 3 or 12
    year = day.year - (day.month < 3)
    first = date(year, month, 1)
    after = date(year + (month > 9), (month + 2) % 12 + 1, 1)
    return first, after - timedelta(days=1)
