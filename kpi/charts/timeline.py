"""Events and meetings on one line of time; a month or a season is drawn as long as it is."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import plotly.graph_objects as go

from kpi.charts import style
from kpi.charts.marks import BENCHMARK, FOCUS, PEER, Role
from kpi.domain import period
from kpi.domain.period import parse_period

# Pixels: a line of a name, a mark with the room around it, and what is over and under the rows.
_LINE, _MARK, _MARGIN = 17, 24, 64
# Two thirds of the narrowest chart, which a name always has on one side of its mark or over it: a
# phone has the list alone, and from 901 px on the list stands beside the chart.
_LETTERS, _MOST_LINES = 46, 3


@dataclass(frozen=True)
class Moment:
    """Something on a time line: first and last day it may have been on, and its words.

    `theme_id` is the theme it is of, empty for all.
    """

    first: date
    last: date
    name: str
    when: str
    is_meeting: bool
    theme_id: str = field(default="", compare=False)


def timeline(moments: Sequence[Moment], today: date | None = None) -> go.Figure:
    """One row per moment, oldest on top: a dot for a day, a bar for a month or a season.

    Meetings are ink with a line through all rows; what happened is blue, and so is the line of
    `today`. Names are over their mark: from it in the first third, to it in the last, so that a
    narrow window shows them in full.
    """
    ordered = sorted(moments, key=lambda moment: (moment.last, moment.first))
    names = [
        textwrap.wrap(moment.name, _LETTERS, max_lines=_MOST_LINES, placeholder=" …") or [""]
        for moment in ordered
    ]
    rows = sum(_MARK + _LINE * len(lines) for lines in names)
    sketch = style.blank(_MARGIN + rows, {"l": 8, "r": 8, "t": 20, "b": 44})
    start, end = _span(ordered, today)
    if today:
        _today(sketch, today, start, end)
    top = 0
    for moment, lines in zip(ordered, names, strict=True):
        role = BENCHMARK if moment.is_meeting else FOCUS
        if moment.is_meeting:
            sketch.rule(x=moment.last.toordinal(), color=style.GRID, width=1)
            sketch.shapes[-1]["layer"] = "below"
        top -= _LINE * len(lines)
        _mark(sketch, moment, top - _MARK / 3, role)
        x, anchor = _place(moment, start, end)
        text = "<br>".join(lines)
        sketch.label(
            text, role if moment.is_meeting else PEER, 13, x=x, y=top, xanchor=anchor,
            yanchor="bottom", align=anchor,
        )  # fmt: skip
        top -= _MARK
    _frame(sketch, start, end, rows)
    return sketch.figure()


def _place(moment: Moment, start: float, end: float) -> tuple[float, str]:
    """The x of a name over its mark, and which end of the name is there."""
    first, last = moment.first.toordinal(), moment.last.toordinal()
    middle = (first + last) / 2
    share = (middle - start) / (end - start)
    if share < 1 / 3:
        return first, "left"
    return (last, "right") if share > 2 / 3 else (middle, "center")


def _mark(sketch: style.Sketch, moment: Moment, y: float, role: Role) -> None:
    days = [moment.first.toordinal(), moment.last.toordinal()]
    is_day = moment.first == moment.last
    sketch.trace(
        x=days[:1] if is_day else days,
        y=[y] if is_day else [y, y],
        mode="markers" if is_day else "lines",
        marker={
            "size": 10,
            "color": style.DOT_COLOUR[role],
            "symbol": "diamond" if moment.is_meeting else "circle",
        },
        line={"color": style.LINE_COLOUR[role], "width": 7},
        text=[f"{moment.when}: {moment.name}"] * len(days[: 1 if is_day else 2]),
        hovertemplate=style.hover(["%{text}"]),
        cliponaxis=False,
    )


def _today(sketch: style.Sketch, today: date, start: float, end: float) -> None:
    """A line through all rows, named over them, where no other name can be."""
    day = today.toordinal()
    sketch.rule(x=day, color=style.LINE_COLOUR[FOCUS], width=2)
    anchor = "left" if (day - start) / (end - start) < 1 / 2 else "right"
    words = "I dag" if today == period.today() else "Vist dag"
    sketch.label(
        words, FOCUS, 13, x=day, y=1, yref="paper", xanchor=anchor, yanchor="bottom", align=anchor,
    )  # fmt: skip


def _span(moments: Sequence[Moment], today: date | None) -> tuple[float, float]:
    days = {today} if today else set()
    first = min({moment.first for moment in moments} | days).toordinal()
    last = max({moment.last for moment in moments} | days).toordinal()
    room = max(last - first, 30) * 0.04
    return first - room, last + room


def _frame(sketch: style.Sketch, start: float, end: float, rows: int) -> None:
    first, last = date.fromordinal(int(start)), date.fromordinal(int(end))
    half_years = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in (1, 7)
        if start <= date(year, month, 1).toordinal() <= end
    ]
    sketch.xaxis.update(
        range=[start, end],
        tickvals=[first_day.toordinal() for first_day in half_years],
        ticktext=[
            parse_period(f"{first_day.year}M{first_day.month:02d}").name()
            for first_day in half_years
        ],
        tickfont={"color": style.GREY_TEXT},
        showgrid=True,
        gridcolor=style.GRID,
        tickangle=0,
    )
    sketch.yaxis.update(range=[-rows, 0], showticklabels=False, showgrid=False)


def season(day: date) -> tuple[date, date]:
    """First and last day of the season (spring from March, and so on) that a day lies in."""
    month = (day.month // 3) * 3 or 12
    year = day.year - (day.month < 3)
    first = date(year, month, 1)
    after = date(year + (month > 9), (month + 2) % 12 + 1, 1)
    return first, after - timedelta(days=1)
