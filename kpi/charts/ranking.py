"""Bars in order: all areas of a level, the chosen ones marked and named."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from kpi.charts import style
from kpi.charts.marks import BENCHMARK, FOCUS, Dot, Frame, Scale
from kpi.charts.rows import FEW, MOST_NAMED, NAME_HEIGHT, middles, rows_to_name

_TOP, _BOTTOM = 26, 30
# The space over and under the rows.
_ROOM = _TOP + _BOTTOM + 20
_STEP, _LEAST_STEP, _MOST_STEP = 26.0, 20.0, 40.0
_THIN, _LEAST_THIN, _MOST_THIN = 9.0, 3.0, 14.0
_LETTER, _PHONE = 7.4, 358
# Between a bar and its number, and past it.
_AWAY = 8
# The chosen area, the first and the last are named, whoever is marked.
_ALWAYS = 3
# Where a number stands at the end of its bar.
_RIGHT_OF: dict[str, Any] = {"xanchor": "left", "xshift": 5}
_LEFT_OF: dict[str, Any] = {"xanchor": "right", "xshift": -5}


def ranking(rows: Sequence[Dot], scale: Scale, frame: Frame | None = None) -> go.Figure:
    """One bar per value from 0, in the given order; more than 20 are drawn as thin bars.

    A negative value's bar goes to the left, its number at its end.

    The benchmark is a dotted line across. With more than 20 bars the chosen area, the first, the
    last and `named` ones carry their name, in a frame as many as fit. Their rows are as high as a
    name, so that each name is at its own bar.
    """
    benchmark = next((dot for dot in rows if dot.role == BENCHMARK), None)
    bars = [dot for dot in rows if dot is not benchmark]
    named, heights = _rows(bars, frame.height if frame else None)
    places = middles(heights)
    colours = [_bar_colour(dot, place in named) for place, dot in enumerate(bars)]
    names = max(len(bars[place].name) for place in named)
    texts = max(len(bars[place].text) for place in named)
    values = [dot.value for dot in rows]
    ticks = style.ticks_over(min(*values, 0.0), max(*values, 0.0), 5, scale.top)
    low, high = min(ticks[0], *values), max(ticks[-1], *values)
    # The numbers of bars to the left stand between them and the names.
    beside = round(_LETTER * texts) if low < 0 else 0
    sketch = style.blank(
        round(_ROOM + sum(heights)),
        {
            "l": round(20 + _LETTER * names) + beside,
            "r": round(24 + _LETTER * texts),
            "t": _TOP,
            "b": _BOTTOM,
        },
    )
    sketch.xaxis.update(
        range=[low, high], tickvals=ticks, ticktext=style.tick_texts(ticks, scale),
        tickfont={"color": style.GREY_TEXT}, showgrid=True, gridcolor=style.GRID,
    )  # fmt: skip
    # A pixel down is 1, with the same room over the first row and under the last.
    sketch.yaxis.update(range=[sum(heights) + 10, -10], showticklabels=False)
    _draw_bars(sketch, bars, heights, colours)
    margin = sketch.layout["margin"]
    plot = max((frame.width if frame else _PHONE) - margin["l"] - margin["r"], _PHONE / 4)
    if benchmark:
        sketch.rule(x=benchmark.value, color=style.INK, width=1.5, dash="dot")
        sketch.label(
            f"{benchmark.name} {benchmark.text}", BENCHMARK, x=benchmark.value, y=1, yref="paper",
            yanchor="bottom", xanchor="right" if benchmark.value > (low + high) / 2 else "left",
        )  # fmt: skip
    for place in named:
        dot, y = bars[place], places[place]
        sketch.label(dot.name, dot.role, x=0, xref="paper", y=y, xanchor="right",
                     xshift=-8 - beside)  # fmt: skip
        # The benchmark's line runs through no number: it stands at the line's other side instead.
        reach = (_LETTER * len(dot.text) + _AWAY) * (high - low) / plot
        end = _number_end(dot.value, benchmark.value if benchmark else None, reach)
        sketch.label(
            dot.text, dot.role, x=end, y=y, bgcolor=style.WHITE, borderpad=1,
            **_RIGHT_OF if dot.value >= 0 else _LEFT_OF,
        )  # fmt: skip
    return sketch.figure()


def _number_end(value: float, benchmark: float | None, reach: float) -> float:
    """Where on the axis the number of a bar begins: at its end, or at the line in the number's way.

    `reach` is how far the number goes along the axis where there is least room.
    """
    if benchmark is None:
        return value
    way = benchmark - value if value >= 0 else value - benchmark
    return benchmark if 0 <= way < reach else value


def _draw_bars(
    sketch: style.Sketch, bars: Sequence[Dot], heights: Sequence[float], colours: Sequence[str]
) -> None:
    """The bars from 0 in rows of these heights; approximate ones are outlines."""
    thin = min(heights)
    sketch.trace(
        type="bar",
        x=[dot.value for dot in bars],
        y=middles(heights),
        orientation="h",
        width=[0.62 * (thin if height > thin else height) for height in heights],
        marker={
            "color": [
                style.WHITE if dot.approximate else colour
                for dot, colour in zip(bars, colours, strict=True)
            ],
            "line": {
                "color": list(colours),
                "width": [2 if dot.approximate else 0 for dot in bars],
            },
        },
        text=[f"<b>{dot.name}</b><br>{dot.text}" for dot in bars],
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
    )


def _rows(bars: Sequence[Dot], frame_height: float | None) -> tuple[list[int], list[float]]:
    """Which bars are named, and the height of each bar's row in pixels."""
    room = frame_height - _ROOM if frame_height else None
    count = len(bars)
    if count <= FEW:
        step = _STEP if room is None else min(max(room / count, _LEAST_STEP), _MOST_STEP)
        return list(range(count)), [step] * count
    # On a page, which scrolls, every chosen area has its name.
    most = max(MOST_NAMED, _ALWAYS + sum(dot.named for dot in bars))
    if room is not None:
        fitting = (room - _LEAST_THIN * count) / (NAME_HEIGHT - _LEAST_THIN)
        most = min(max(int(fitting), 3), MOST_NAMED)
    named = rows_to_name(bars, most)
    thin = _THIN
    if room is not None:
        rest = (room - NAME_HEIGHT * len(named)) / (count - len(named))
        thin = min(max(rest, _LEAST_THIN), _MOST_THIN)
    return named, [NAME_HEIGHT if place in named else thin for place in range(count)]


def _bar_colour(dot: Dot, is_named: bool) -> str:
    if dot.role == FOCUS:
        return style.BLUE
    return style.GREY_TEXT if dot.named and is_named else style.GREY_LINE
