"""Bars in order: all areas of a level, the chosen ones marked and named."""

from collections.abc import Sequence

import plotly.graph_objects as go

from kpi.charts import style
from kpi.charts.marks import BENCHMARK, FOCUS, Dot, Frame, Scale

_LABEL_HEIGHT = 17


def ranking(rows: Sequence[Dot], scale: Scale, frame: Frame | None = None) -> go.Figure:
    """A bar a value from 0, in the given order; more than 20 are drawn as thin bars.

    The benchmark is a dotted line across. With more than 20 bars only the first, the last, the
    chosen area and `named` ones carry their name.
    """
    benchmark = next((dot for dot in rows if dot.role == BENCHMARK), None)
    bars = [dot for dot in rows if dot is not benchmark]
    many = len(bars) > 20
    step = 9.0 if many else 26.0
    if frame and frame.height:
        least, most = (3, 14) if many else (20, 40)
        step = min(max((frame.height - 76) / len(bars), least), most)
    sketch = style.blank(
        round(56 + step * len(bars) + 20),
        {"l": 150 if many else 130, "r": 64, "t": 26, "b": 30},
    )
    _, high = style.span([dot.value for dot in rows], scale, from_zero=True, room=0.06)
    ticks = style.nice_ticks(0, high, 4)
    sketch.xaxis.update(
        range=[0, high], tickvals=ticks, ticktext=style.tick_texts(ticks, scale),
        tickfont={"color": style.GREY_TEXT}, showgrid=True, gridcolor=style.GRID,
    )  # fmt: skip
    sketch.yaxis.update(range=[len(bars) - 0.4, -0.6], showticklabels=False)
    sketch.trace(
        type="bar",
        x=[dot.value for dot in bars],
        y=list(range(len(bars))),
        orientation="h",
        width=0.62,
        marker={
            "color": [style.WHITE if dot.approximate else _bar_colour(dot) for dot in bars],
            "line": {
                "color": [_bar_colour(dot) for dot in bars],
                "width": [2 if dot.approximate else 0 for dot in bars],
            },
        },
        text=[f"<b>{dot.name}</b><br>{dot.text}" for dot in bars],
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
    )
    if benchmark:
        sketch.rule(x=benchmark.value, color=style.INK, width=1.5, dash="dot")
        sketch.label(
            f"{benchmark.name} {benchmark.text}", BENCHMARK, x=benchmark.value, y=1, yref="paper",
            yanchor="bottom", xanchor="right" if benchmark.value > 0.7 * high else "left",
        )  # fmt: skip
    told = [
        place
        for place, dot in enumerate(bars)
        if not many or dot.role == FOCUS or dot.named or place in (0, len(bars) - 1)
    ]
    for place, y in zip(told, style.spread(told, _LABEL_HEIGHT / step), strict=True):
        dot = bars[place]
        sketch.label(dot.name, dot.role, x=0, xref="paper", y=y, xanchor="right", xshift=-8)
        sketch.label(
            dot.text, dot.role, x=dot.value, y=y, xanchor="left", xshift=5, bgcolor=style.VEIL
        )
    return sketch.figure()


def _bar_colour(dot: Dot) -> str:
    if dot.role == FOCUS:
        return style.BLUE
    return style.GREY_TEXT if dot.named else style.GREY_LINE
