"""Dots on rows: one value each, with the distance to the benchmark where there is one."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import plotly.graph_objects as go

from kpi.charts import style
from kpi.charts.marks import BENCHMARK, FOCUS, Dot, Frame, Scale

_ROW, _LEAST_ROW, _MOST_ROW = 39, 30, 64
_MOST_NAME_SHARE = 0.24
# On a page, which may be a phone; and how wide a bold letter is.
_MOST_NAME, _LETTER, _PHONE = 130, 7.4, 358
# Letters of a value that stands beside its dot: `ca. 53,1`.
_MOST_BESIDE = 9


def dots(rows: Sequence[Dot], scale: Scale, frame: Frame | None = None) -> go.Figure:
    """A row a value, highest first; stems start at the benchmark and carry the gap, else at 0.

    Approximate values are hollow, their stems dotted. Values stand beside their dots; with a
    benchmark and counts, which are long, in the right margin.
    """
    ordered = sorted(rows, key=lambda dot: dot.value, reverse=True)
    benchmark = next((dot for dot in ordered if dot.role == BENCHMARK), None)
    most = frame.width * _MOST_NAME_SHARE if frame else _MOST_NAME
    ordered = [replace(dot, name=style.in_two_lines(dot.name, most)) for dot in ordered]
    left = round(24 + _LETTER * max(len(one) for dot in ordered for one in dot.name.split("<br>")))
    right = 24 + 7 * max(len(dot.text) for dot in ordered)
    row_height = _ROW
    in_margin = benchmark is not None and max(len(dot.text) for dot in ordered) > _MOST_BESIDE
    if frame and frame.height:
        fitting = (frame.height - 58) / len(ordered)
        row_height = round(min(max(fitting, _LEAST_ROW), _MOST_ROW))
    sketch = style.blank(58 + row_height * len(ordered), {"l": left, "r": right, "t": 14, "b": 30})
    start = benchmark.value if benchmark else 0.0
    ends = [end for dot in ordered for end in (dot.value, dot.low, dot.high) if end is not None]
    low, high = style.span(ends, scale, from_zero=benchmark is None, room=0.16)
    if benchmark and not in_margin:
        plot = (frame.width if frame else _PHONE) - left - right
        low = _low_with_room(low, high, [d for d in ordered if d.value < benchmark.value], plot)
    _value_axis(sketch, low, high, scale)
    _row_axis(sketch, ordered, size=14)
    if benchmark:
        sketch.rule(x=start, color=style.INK, width=1.5, dash="dot")
    for row, dot in enumerate(ordered):
        _stem(sketch, dot, row, start, width=3.5 if dot.role == FOCUS else 2)
        style.whiskers(sketch, [(dot, row)], dot.role)
        if in_margin:
            sketch.label(dot.text, dot.role, xref="paper", x=1, y=row, xanchor="left", xshift=8)
        else:
            left_of_benchmark = benchmark is not None and dot.value < start
            _value_label(sketch, dot, row, "right" if left_of_benchmark else "left", 14)
        if benchmark and dot.gap_text and dot.role != BENCHMARK:
            sketch.label(
                dot.gap_text, dot.role, 13, x=(dot.value + start) / 2, y=row, yshift=14,
                bgcolor=style.VEIL, borderpad=0,
            )  # fmt: skip
    return sketch.figure()


def _low_with_room(low: float, high: float, rows: Sequence[Dot], pixels: float) -> float:
    """The axis' start with room for values that are written left of their dots; not below 0."""
    if not rows:
        return low
    share = min((16 + 8 * max(len(dot.text) for dot in rows)) / max(pixels, 1), 0.5)
    first = min(dot.value if dot.low is None else dot.low for dot in rows)
    wanted = (first - share * high) / (1 - share)
    return min(low, wanted if first < 0 else max(wanted, 0.0))


def cards_dots(rows: Sequence[Dot], scale: Scale) -> go.Figure:
    """The same small, for a card: at most three rows in the given order, stems from 0.

    Percentages get one of two axes, to 60 or 100, so that cards side by side can be compared.
    """
    names = max(len(dot.name) for dot in rows)
    texts = max(len(dot.text) for dot in rows)
    sketch = style.blank(
        34 + 22 * len(rows), {"l": 12 + 6 * names, "r": 18 + 6 * texts, "t": 2, "b": 18}, size=12
    )
    largest = max(dot.value for dot in rows)
    if scale.top == 100:
        ticks = [0.0, 30.0, 60.0] if largest <= 60 else [0.0, 50.0, 100.0]
    else:
        ticks = [0.0, style.nice_ticks(0, largest * 1.3 or 1.0, 3)[-1]]
    sketch.xaxis.update(
        range=[0, max(ticks[-1], largest * 1.05)],
        tickvals=ticks,
        ticktext=style.tick_texts(ticks, scale),
        tickfont={"color": style.GREY_TEXT},
        showgrid=True,
        gridcolor=style.GRID,
        tickangle=0,
    )
    _row_axis(sketch, rows, size=12)
    for row, dot in enumerate(rows):
        _stem(sketch, dot, row, 0.0, width=2)
        _value_label(sketch, dot, row, "left", 12)
    return sketch.figure()


def number_line(rows: Sequence[Dot], scale: Scale) -> go.Figure:
    """Two or three values on one line, named above it; the gap from focus to benchmark in blue."""
    sketch = style.blank(96, {"l": 30, "r": 34, "t": 44, "b": 22}, size=13)
    low, high = style.span([dot.value for dot in rows], scale, from_zero=False, room=0.25)
    _value_axis(sketch, low, high, scale, most_ticks=3)
    sketch.xaxis.update(showgrid=False)
    sketch.yaxis.update(range=[-1, 1], showticklabels=False)
    sketch.rule(y=0, color=style.GREY_LINE, width=1.5)
    focus = next((dot for dot in rows if dot.role == FOCUS), None)
    benchmark = next((dot for dot in rows if dot.role == BENCHMARK), None)
    if focus and benchmark:
        sketch.trace(
            x=[focus.value, benchmark.value], y=[0, 0], mode="lines", hoverinfo="skip",
            line={"color": style.BLUE, "width": 3.5},
        )  # fmt: skip
        middle = (focus.value + benchmark.value) / 2
        sketch.label(focus.gap_text, FOCUS, 13, x=middle, y=0, yshift=11)
    for dot in rows:
        _mark(sketch, dot, 0)
        sketch.label(f"{dot.name}<br>{dot.text}", dot.role, 13, x=dot.value, y=0, yshift=27)
    return sketch.figure()


def fits_number_line(rows: Sequence[Dot]) -> bool:
    """Whether there is a benchmark, and room between the values for their names above one line."""
    values = sorted(dot.value for dot in rows)
    width = values[-1] - values[0]
    steps = [right - left for left, right in pairwise(values)]
    benchmark = any(dot.role == BENCHMARK for dot in rows)
    return benchmark and len(values) in (2, 3) and width > 0 and min(steps) / width > 0.3


def _value_axis(
    sketch: style.Sketch, low: float, high: float, scale: Scale, most_ticks: int = 4
) -> None:
    ticks = style.nice_ticks(low, high, most_ticks)
    sketch.xaxis.update(
        range=[low, high], tickvals=ticks, ticktext=style.tick_texts(ticks, scale),
        tickfont={"color": style.GREY_TEXT}, showgrid=True, gridcolor=style.GRID, tickangle=0,
    )  # fmt: skip


def _row_axis(sketch: style.Sketch, rows: Sequence[Dot], size: int) -> None:
    sketch.yaxis.update(range=[len(rows) - 0.5, -0.5], showticklabels=False)
    for row, dot in enumerate(rows):
        sketch.label(
            dot.name, dot.role, size, x=0, xref="paper", y=row, xanchor="right", xshift=-8,
            align="right",
        )  # fmt: skip


def _stem(sketch: style.Sketch, dot: Dot, row: int, start: float, width: float) -> None:
    sketch.trace(
        x=[start, dot.value], y=[row, row], mode="lines", hoverinfo="skip",
        line={
            "color": style.DOT_COLOUR[dot.role], "width": width,
            "dash": "dot" if dot.approximate else "solid",
        },
    )  # fmt: skip
    _mark(sketch, dot, row)


def _mark(sketch: style.Sketch, dot: Dot, row: int) -> None:
    colour = style.DOT_COLOUR[dot.role]
    sketch.trace(
        x=[dot.value], y=[row], mode="markers", cliponaxis=False,
        marker={
            "size": 12, "color": style.WHITE if dot.approximate else colour,
            "line": {"color": colour, "width": 2.5 if dot.approximate else 0},
        },
        hovertemplate=style.hover([f"<b>{dot.name}</b>", dot.text]),
    )  # fmt: skip


def _value_label(sketch: style.Sketch, dot: Dot, row: int, side: str, size: int) -> None:
    shift = 11 if side == "left" else -11
    # Beyond the whisker, where there is one; small charts draw none.
    end = dot.high if side == "left" else dot.low
    x = dot.value if end is None or size < 14 else end
    sketch.label(dot.text, dot.role, size, x=x, y=row, xanchor=side, xshift=shift)
