"""The funnel: shares by the size of their area, and how far chance alone would spread them."""

from collections.abc import Sequence

import plotly.graph_objects as go

from kpi.charts import style
from kpi.charts.marks import FOCUS, PEER, Frame, FunnelDot, FunnelLimit, Scale

_HEIGHT = 416


def funnel(
    dots: Sequence[FunnelDot],
    limits: Sequence[FunnelLimit],
    centre: float,
    scale: Scale,
    frame: Frame | None = None,
) -> go.Figure:
    """A dot an area (size along, percent up), the common share as a line, limits as curves.

    Only marked areas and those outside the outer limits are named.
    """
    height = frame.height if frame and frame.height else _HEIGHT
    sketch = style.blank(round(height), {"l": 52, "r": 64, "t": 18, "b": 44})
    largest = max(dot.size for dot in dots)
    reach = [end for limit in limits for end in (*limit.low, *limit.high)]
    ends = [dot.value for dot in dots]
    # Near size 0 chance could do anything: the curves are cut where the dots are.
    low = max(0.0, min(ends) - 5, min(reach))
    high = min(100.0, max(ends) + 5)
    sketch.xaxis.update(
        range=[0, largest * 1.05], tickvals=style.nice_ticks(0, largest, 5),
        ticktext=style.tick_texts(style.nice_ticks(0, largest, 5), Scale("", 0)),
        tickfont={"color": style.GREY_TEXT}, showline=True, linecolor=style.AXIS,
        title={"text": "Personer i gruppen", "font": {"size": 13, "color": style.GREY_TEXT}},
    )  # fmt: skip
    ticks = style.nice_ticks(low, high, 5)
    sketch.yaxis.update(
        range=[low, high], tickvals=ticks, ticktext=style.tick_texts(ticks, scale),
        tickfont={"color": style.GREY_TEXT}, showgrid=True, gridcolor=style.GRID,
    )  # fmt: skip
    sketch.rule(y=centre, color=style.INK, width=1.5)
    for limit in limits:
        for edge in (limit.low, limit.high):
            sketch.trace(
                x=list(limit.sizes), y=list(edge), mode="lines", hoverinfo="skip",
                line={"color": style.GREY_DOT, "width": 1.2,
                      "dash": "solid" if limit.is_outer else "dash"},
            )  # fmt: skip
        sketch.label(
            limit.name, PEER, 12, x=limit.sizes[-1], y=limit.high[-1], xanchor="left", xshift=6,
            yshift=8 if limit.is_outer else -6,
        )  # fmt: skip
    for dot in sorted(dots, key=lambda one: one.role == FOCUS):
        _dot(sketch, dot)
    return sketch.figure()


def _dot(sketch: style.Sketch, dot: FunnelDot) -> None:
    colour = style.DOT_COLOUR[dot.role]
    sketch.trace(
        x=[dot.size], y=[dot.value], mode="markers", cliponaxis=False,
        marker={
            "size": 12 if dot.role == FOCUS else 8, "color": colour if dot.named else style.WHITE,
            "line": {"color": colour, "width": 1.5},
        },
        hovertemplate=style.hover([f"<b>{dot.name}</b>", dot.text]),
    )  # fmt: skip
    if dot.named:
        sketch.label(dot.name, dot.role, 13, x=dot.size, y=dot.value, yshift=14)
