"""A programme's outcomes: shares of known groups, area against area, always with "n af N"."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import plotly.graph_objects as go

from kpi.charts import style
from kpi.charts.marks import (
    BENCHMARK,
    FOCUS,
    LIES_NAMES,
    PEER,
    Dot,
    Frame,
    OutcomeRow,
    Role,
    Scale,
)

_LINE, _SECTION, _BETWEEN = 19, 26, 8
_RIGHT = 118
_MOST_STRETCH = 1.4
_EDGE = 12
# The least room for a column's lines and its margin texts.
_COLUMN_WIDTH = 360
# The room of `▲ højere` beside a name.
_LIES = 76


def outcomes(rows: Sequence[OutcomeRow], scale: Scale, frame: Frame | None = None) -> go.Figure:
    """One block per outcome: its name, then a dot per area; counts and percent in the right margin.

    `dot.text` is the margin's text; over it how the first area certainly lies beside the second.
    Blocks of the same section are together under its name. In a frame that is wide and too low, the
    sections are in two columns with the same axis.
    """
    # A page's chart is as it fits a phone; in a wide frame there may be two columns.
    most = frame.width if frame and frame.width < 2 * _COLUMN_WIDTH else _COLUMN_WIDTH
    rows = [
        replace(
            row,
            name=style.in_two_lines(row.name, most - _EDGE - (_LIES if _lies(row) else 0)),
            # Bold letters are a twentieth wider.
            section=style.in_two_lines(row.section, (most - _EDGE) / 1.05),
        )
        for row in rows
    ]
    columns = _columns(rows, frame)
    height = drawn = max(_content_height(column) for column in columns)
    if frame and frame.height:
        drawn = round(min(max(frame.height - 44, height), _MOST_STRETCH * height))
    sketch = style.blank(drawn + 44, {"l": _EDGE, "r": _RIGHT, "t": 6, "b": 38})
    ends = [dot.value if dot.high is None else dot.high for row in rows for dot in row.dots]
    high = max(ends, default=1.0) * 1.08
    high = min(max(high, 10.0), scale.top or high)
    ticks = style.nice_ticks(0, high, 4)
    sketch.xaxis.update(
        range=[0, high], tickvals=ticks, ticktext=style.tick_texts(ticks, scale),
        tickfont={"color": style.GREY_TEXT}, showgrid=True, gridcolor=style.GRID,
    )  # fmt: skip
    sketch.yaxis.update(range=[height, 0], showticklabels=False)
    if frame and len(columns) == 2:
        plot = frame.width - _EDGE - _RIGHT
        sketch.xaxis["domain"] = [0, (plot - _RIGHT - 24) / 2 / plot]
    for number, members in enumerate(columns, 1):
        sketch.column = number
        _column(sketch, members)
    return sketch.figure()


def _columns(rows: Sequence[OutcomeRow], frame: Frame | None) -> list[Sequence[OutcomeRow]]:
    """The rows, or two halves of them as high as each other as their sections allow."""
    starts = [
        place for place in range(1, len(rows)) if rows[place].section != rows[place - 1].section
    ]
    is_low = frame and frame.height and _content_height(rows) + 44 > frame.height
    if not frame or not is_low or not starts or frame.width < 2 * _COLUMN_WIDTH:
        return [rows]
    middle = min(starts, key=lambda place: max(map(_content_height, (rows[:place], rows[place:]))))
    return [rows[:middle], rows[middle:]]


def _column(sketch: style.Sketch, rows: Sequence[OutcomeRow]) -> None:
    top = 0.0
    placed: list[tuple[Dot, float]] = []
    for section, members in groupby(rows, key=lambda row: row.section):
        if top:
            _rule(sketch, top + _BETWEEN / 2)
            top += _BETWEEN
        height = _height_of_section(section)
        _name(sketch, top + height / 2, section, section=True)
        top += height
        for row in members:
            lines = _lines(row.name)
            _name(sketch, top + lines * _LINE / 2, row.name)
            if _lies(row):
                _counts(sketch, top + _LINE / 2, LIES_NAMES[row.lies], row.dots[0].role)
            top += lines * _LINE
            for dot in row.dots:
                placed.append((dot, top + _LINE / 2))
                _counts(sketch, top + _LINE / 2, dot.text, dot.role)
                top += _LINE
            top += 6
    # A trace for all dots that look alike: with one a dot the figure is several times as heavy.
    for role, approximate in dict.fromkeys((dot.role, dot.approximate) for dot, _ in placed):
        alike = [
            marked
            for marked in placed
            if (marked[0].role, marked[0].approximate) == (role, approximate)
        ]
        _dots(sketch, alike, role, approximate)


def _lines(name: str) -> int:
    return 1 + name.count("<br>")


def _height_of_section(section: str) -> int:
    return _SECTION + (_lines(section) - 1) * _LINE


def _content_height(rows: Sequence[OutcomeRow]) -> int:
    sections = {row.section for row in rows}
    heights = sum(map(_height_of_section, sections)) + max(len(sections) - 1, 0) * _BETWEEN
    lines = sum(_lines(row.name) + len(row.dots) for row in rows)
    return heights + lines * _LINE + len(rows) * 6


def _refs(sketch: style.Sketch) -> dict[str, Any]:
    """Across the current column's plot, at values of its rows."""
    number = "" if sketch.column == 1 else str(sketch.column)
    return {"xref": f"x{number} domain", "yref": f"y{number}"}


def _rule(sketch: style.Sketch, y: float) -> None:
    line = {"color": "#D3DAE1", "width": 1}
    sketch.shapes.append(
        {"type": "line", "line": line, "x0": 0, "x1": 1, "y0": y, "y1": y, **_refs(sketch)}
    )


def _name(sketch: style.Sketch, y: float, text: str, section: bool = False) -> None:
    role = BENCHMARK if section else PEER
    # From the picture's edge: the longest names need the room left of the plot on a phone.
    sketch.label(
        text, role, x=0, y=y, xanchor="left", xshift=2 - _EDGE, align="left", bgcolor=style.VEIL,
        **_refs(sketch),
    )  # fmt: skip
    if not section:
        sketch.annotations[-1]["font"]["color"] = style.INK


def _lies(row: OutcomeRow) -> bool:
    """Whether the first area certainly lies over or under the second: what is sure is marked."""
    return row.lies in ("over", "under")


def _counts(sketch: style.Sketch, y: float, text: str, role: Role) -> None:
    sketch.label(text, role, 13, x=1, y=y, xanchor="right", xshift=108, **_refs(sketch))


def _dots(
    sketch: style.Sketch, placed: Sequence[tuple[Dot, float]], role: Role, approximate: bool
) -> None:
    """Dots of one look, each on a stem from 0 and with its interval."""
    colour = style.DOT_COLOUR[role]
    sketch.trace(
        x=style.apart((0, dot.value) for dot, _ in placed),
        y=style.apart((y, y) for _, y in placed),
        mode="lines", hoverinfo="skip",
        line={"color": colour, "width": 2.5, "dash": "dot" if approximate else "solid"},
    )  # fmt: skip
    style.whiskers(sketch, placed, role)
    sketch.trace(
        x=[dot.value for dot, _ in placed], y=[y for _, y in placed],
        text=[f"<b>{dot.name}</b><br>{dot.text}" for dot, _ in placed],
        mode="markers", cliponaxis=False,
        marker={
            "size": 12 if role == FOCUS else 10,
            "color": style.WHITE if approximate else colour,
            "line": {"color": colour, "width": 2.5 if approximate else 0},
        },
        hovertemplate=style.hover(["%{text}"]),
    )  # fmt: skip
