"""What came of a programme: shares of known groups, area against area, always with "n af N"."""

from collections.abc import Sequence
from itertools import groupby

import plotly.graph_objects as go

from kpi.charts import style
from kpi.charts.marks import BENCHMARK, FOCUS, PEER, Dot, OutcomeRow, Scale

_LINE, _SECTION = 19, 26


def outcomes(rows: Sequence[OutcomeRow], scale: Scale) -> go.Figure:
    """A block an outcome: its name, then a dot an area; counts and percent in the right margin.

    `dot.text` is the margin's text. Blocks of the same section stand together under its name.
    """
    height = _content_height(rows)
    sketch = style.blank(height + 44, {"l": 12, "r": 118, "t": 6, "b": 38})
    ends = [dot.value if dot.high is None else dot.high for row in rows for dot in row.dots]
    high = max(ends, default=1.0) * 1.08
    high = min(max(high, 10.0), scale.top or high)
    ticks = style.nice_ticks(0, high, 4)
    sketch.xaxis.update(
        range=[0, high], tickvals=ticks, ticktext=style.tick_texts(ticks, scale),
        tickfont={"color": style.GREY_TEXT}, showgrid=True, gridcolor=style.GRID,
    )  # fmt: skip
    sketch.yaxis.update(range=[height, 0], showticklabels=False)
    top = 0.0
    for section, members in groupby(rows, key=lambda row: row.section):
        if top:
            sketch.rule(y=top + 4, color="#D3DAE1", width=1)
            top += 8
        _name(sketch, top + _SECTION / 2, section, section=True)
        top += _SECTION
        for row in members:
            _name(sketch, top + _LINE / 2, row.name)
            top += _LINE
            for dot in row.dots:
                _dot(sketch, top + _LINE / 2, dot)
                top += _LINE
            top += 6
    return sketch.figure()


def _content_height(rows: Sequence[OutcomeRow]) -> int:
    sections = len({row.section for row in rows})
    lines = sum(1 + len(row.dots) for row in rows)
    return sections * _SECTION + max(sections - 1, 0) * 8 + lines * _LINE + len(rows) * 6


def _name(sketch: style.Sketch, y: float, text: str, section: bool = False) -> None:
    role = BENCHMARK if section else PEER
    sketch.label(text, role, x=0, xref="paper", y=y, xanchor="left", bgcolor=style.VEIL)
    if not section:
        sketch.annotations[-1]["font"]["color"] = style.INK


def _dot(sketch: style.Sketch, y: float, dot: Dot) -> None:
    colour = style.DOT_COLOUR[dot.role]
    sketch.trace(
        x=[0, dot.value], y=[y, y], mode="lines", hoverinfo="skip",
        line={"color": colour, "width": 2.5, "dash": "dot" if dot.approximate else "solid"},
    )  # fmt: skip
    style.whisker(sketch, dot, y)
    sketch.trace(
        x=[dot.value], y=[y], mode="markers", cliponaxis=False,
        marker={
            "size": 12 if dot.role == FOCUS else 10,
            "color": style.WHITE if dot.approximate else colour,
            "line": {"color": colour, "width": 2.5 if dot.approximate else 0},
        },
        hovertemplate=style.hover([f"<b>{dot.name}</b>", dot.text]),
    )  # fmt: skip
    sketch.label(dot.text, dot.role, 13, x=1, xref="paper", y=y, xanchor="right", xshift=108)
