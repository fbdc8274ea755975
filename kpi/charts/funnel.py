"""The funnel plot: shares by the size of their area, with control limits at 95 and 99.8 %."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import plotly.graph_objects as go

from kpi.charts import style
from kpi.charts.boxes import Box
from kpi.charts.marks import FOCUS, PEER, Frame, FunnelDot, FunnelLimit, Scale

_HEIGHT = 416
# The narrowest page, and the width of a letter of a name.
_PHONE, _LETTER = 358, 7.4
# Half of a dot, in pixels or points.
_RADIUS = 5
# So many chosen areas are named even over a dot; of more, as of all municipalities, none is.
_FEW_CHOSEN = 12
# How many times the smallest area the largest one is where sizes are drawn by their logarithm.
_SPREAD = 20


class SizeAxis(NamedTuple):
    """The axis of sizes; a logarithmic one's ends are powers of ten, as Plotly takes them."""

    low: float
    high: float
    ticks: list[float]
    is_log: bool

    def at(self, size: float) -> float:
        """Where a size lies, in the axis' own unit."""
        return math.log10(size) if self.is_log else size

    def share(self, size: float) -> float:
        """Where a size lies between the axis' ends, from 0 to 1."""
        return (self.at(size) - self.low) / (self.high - self.low)


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
    low, high = funnel_range(dots)
    along = size_axis(dots)
    sketch.xaxis.update(
        type="log" if along.is_log else "linear", range=[along.low, along.high],
        tickvals=along.ticks, ticktext=style.tick_texts(along.ticks, Scale("", 0)),
        tickfont={"color": style.GREY_TEXT}, showline=True, linecolor=style.AXIS,
        title={"text": size_title(along.is_log),
               "font": {"size": 13, "color": style.GREY_TEXT}},
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
            limit.name, PEER, 12, x=along.at(limit.sizes[-1]), y=limit.high[-1], xanchor="left",
            xshift=6, yshift=_limit_shift(limit),
        )  # fmt: skip
    across = (frame.width if frame else _PHONE) - 52 - 64
    up = low, high, sketch.plot_height
    beside = [_limit_box(limit, along, across, up) for limit in limits]
    named = funnel_names(dots, along, across, up, _LETTER, beside)
    for place in sorted(range(len(dots)), key=lambda place: dots[place].role == FOCUS):
        _dot(sketch, dots[place], along, place in named)
    return sketch.figure()


def _limit_shift(limit: FunnelLimit) -> int:
    """How far over its curve's end a limit is named, in pixels."""
    return 8 if limit.is_outer else -6


def _limit_box(
    limit: FunnelLimit, along: SizeAxis, across: float, up: tuple[float, float, float]
) -> Box:
    """Where a limit's name stands in the plot, as `funnel_names` counts."""
    low, high, height = up
    left = along.share(limit.sizes[-1]) * across + 6
    middle = (limit.high[-1] - low) / (high - low) * height + _limit_shift(limit)
    return Box(left, left + _LETTER * len(limit.name), middle - 8, middle + 8)


def size_axis(dots: Sequence[FunnelDot]) -> SizeAxis:
    """From 0; where the largest area is many times the smallest, logarithmic and close around both.

    Else København would press all other municipalities together.
    """
    smallest, largest = min(dot.size for dot in dots), max(dot.size for dot in dots)
    if largest < _SPREAD * smallest:
        return SizeAxis(0.0, largest * 1.05, style.nice_ticks(0, largest, 5), is_log=False)
    low, high = smallest / 1.3, largest * 1.1
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    ticks = [10.0**power for power in powers if low <= 10.0**power <= high]
    return SizeAxis(math.log10(low), math.log10(high), ticks, is_log=True)


def size_title(is_log: bool) -> str:
    """What the axis of sizes counts, and how."""
    return "Personer i gruppen, logaritmisk skala" if is_log else "Personer i gruppen"


def funnel_range(dots: Sequence[FunnelDot]) -> tuple[float, float]:
    """The value axis in percent, the same in every form; from a round number where not from 0.

    Every dot lies within it. Near size 0 the limits are unbounded: the curves are cut where the
    dots are.
    """
    ends = [dot.value for dot in dots]
    low, high = max(0.0, min(ends) - 5), min(100.0, max(ends) + 5)
    step = 5 if high - low > 20 else 1
    return float(math.floor(low / step) * step), high


def axis_start(dots: Sequence[FunnelDot]) -> float | None:
    """Where the value axis starts when that is above 0, for the remark that says so; else None."""
    low, _ = funnel_range(dots)
    return low if low > 0 else None


def funnel_names(
    dots: Sequence[FunnelDot],
    along: SizeAxis,
    across: float,
    up: tuple[float, float, float],
    letter: float,
    beside: Sequence[Box] = (),
) -> Sequence[int]:
    """The places of the dots whose names lie over no other name, nor over a dot but a few chosen.

    `across` is the plot's width, `up` the value axis' ends and the plot's height, `letter` the
    width of a letter of 13, `beside` where the limits are named (all in pixels or points).
    """
    low, high, height = up
    points = [
        (along.share(dot.size) * across, (dot.value - low) / (high - low) * height) for dot in dots
    ]
    order = [place for place, dot in enumerate(dots) if dot.named or dot.role == FOCUS]
    # Those of the most people lie farthest from the narrow end, where names are close.
    is_few = sum(dot.is_chosen for dot in dots) <= _FEW_CHOSEN
    sure = {
        place for place, dot in enumerate(dots) if dot.role == FOCUS or (dot.is_chosen and is_few)
    }
    order.sort(key=lambda at: (dots[at].role != FOCUS, at not in sure, -dots[at].size))
    drawn = [Box(x - _RADIUS, x + _RADIUS, y - _RADIUS, y + _RADIUS) for x, y in points]
    taken = [*beside]
    named = []
    for place in order:
        x, y = points[place]
        half = letter * len(dots[place].name) / 2
        box = Box(x - half, x + half, y + 6, y + 23)
        others = [] if place in sure else drawn
        if not any(box.overlaps(other) for other in (*taken, *others)):
            taken.append(box)
            named.append(place)
    return named


def _dot(sketch: style.Sketch, dot: FunnelDot, along: SizeAxis, is_named: bool) -> None:
    colour = style.DOT_COLOUR[dot.role]
    sketch.trace(
        x=[dot.size], y=[dot.value], mode="markers", cliponaxis=False,
        marker={
            "size": 12 if dot.role == FOCUS else 8,
            "color": colour if dot.is_filled else style.WHITE,
            "line": {"color": colour, "width": 1.5},
        },
        hovertemplate=style.hover([f"<b>{dot.name}</b>", dot.text]),
    )  # fmt: skip
    if is_named:
        sketch.label(dot.name, dot.role, 13, x=along.at(dot.size), y=dot.value, yshift=14)
