"""The funnel plot: shares by the size of their area, with control limits at 95 and 99.8 %."""

from collections.abc import Sequence

import plotly.graph_objects as go

from kpi.charts import style
from kpi.charts.boxes import Box, apart
from kpi.charts.marks import FOCUS, PEER, Frame, FunnelDot, FunnelLimit, Scale

_HEIGHT = 416
# The narrowest page, and the width of a letter of a name.
_PHONE, _LETTER = 358, 7.4


def funnel(
    dots: Sequence[FunnelDot],
    limits: Sequence[FunnelLimit],
    centre: float,
    scale: Scale,
    frame: Frame | None = None,
) -> go.Figure:
    """One dot per area (size along, percent up), the common share as a line, limits as curves.

    Only marked areas and those outside the outer limits are named, as far as no name lies over
    another: the chosen area's first.
    """
    height = frame.height if frame and frame.height else _HEIGHT
    sketch = style.blank(round(height), {"l": 52, "r": 64, "t": 18, "b": 44})
    largest = max(dot.size for dot in dots)
    low, high = funnel_range(dots)
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
    across = (frame.width if frame else _PHONE) - 52 - 64
    named = funnel_names(dots, (largest * 1.05, across), (low, high, sketch.plot_height), _LETTER)
    for place in sorted(range(len(dots)), key=lambda place: dots[place].role == FOCUS):
        _dot(sketch, dots[place], place in named)
    return sketch.figure()


def funnel_range(dots: Sequence[FunnelDot]) -> tuple[float, float]:
    """The value axis in percent, the same in every form; from a round number where not from 0.

    Every dot lies within it. Near size 0 the limits are unbounded: the curves are cut where the
    dots are.
    """
    ends = [dot.value for dot in dots]
    low, high = max(0.0, min(ends) - 5), min(100.0, max(ends) + 5)
    return style.round_start(low, high), high


def axis_start(dots: Sequence[FunnelDot]) -> float | None:
    """Where the value axis starts when that is above 0, for the remark that says so; else None."""
    low, _ = funnel_range(dots)
    return low if low > 0 else None


def funnel_names(
    dots: Sequence[FunnelDot],
    across: tuple[float, float],
    up: tuple[float, float, float],
    letter: float,
) -> Sequence[int]:
    """The places of the dots whose names lie over no other name; the chosen area's always.

    `across` is the largest size and the plot's width, `up` the axis' ends and the plot's height,
    `letter` the width of a letter of 13 (all in pixels or points).
    """
    most, width = across
    low, high, height = up
    order = [place for place, dot in enumerate(dots) if dot.named or dot.role == FOCUS]
    # Those of the most people lie farthest from the narrow end, where names are close.
    order.sort(key=lambda place: (dots[place].role != FOCUS, -dots[place].size))
    wishes = []
    for place in order:
        dot = dots[place]
        x, y = dot.size / most * width, (dot.value - low) / (high - low) * height
        half = letter * len(dot.name) / 2
        wishes.append((place, Box(x - half, x + half, y + 5, y + 23)))
    return apart(wishes)


def _dot(sketch: style.Sketch, dot: FunnelDot, is_named: bool) -> None:
    colour = style.DOT_COLOUR[dot.role]
    sketch.trace(
        x=[dot.size], y=[dot.value], mode="markers", cliponaxis=False,
        marker={
            "size": 12 if dot.role == FOCUS else 8, "color": colour if dot.named else style.WHITE,
            "line": {"color": colour, "width": 1.5},
        },
        hovertemplate=style.hover([f"<b>{dot.name}</b>", dot.text]),
    )  # fmt: skip
    if is_named:
        sketch.label(dot.name, dot.role, 13, x=dot.size, y=dot.value, yshift=14)
