"""Colours, type and axes that all figures share, and the small sums of laying out labels."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Any

import plotly.graph_objects as go

from kpi.charts.marks import BENCHMARK, FOCUS, LIMIT, PEER, TARGET, Dot, Line, Role, Scale
from kpi.charts.validators import read_by_property
from kpi.domain import format as fmt

read_by_property()

BLUE, INK, GREY_LINE, GREY_DOT, GREY_TEXT = "#00529B", "#1B2530", "#AEB7C0", "#8A95A1", "#5B6775"
# A limit of the law: none of the colours of figures.
BROWN = "#8A5A00"
GRID, AXIS, WHITE = "#E6EAEE", "#8A95A1", "#FFFFFF"
# Lines that are drawn, but not named.
FAINT = "#CBD2D9"
# Behind a label that may cross a line.
VEIL = "rgba(255,255,255,0.85)"
# What every axis has: it is not zoomed, and has no line or tick that is not asked for.
FIXED: Mapping[str, Any] = {
    "fixedrange": True, "zeroline": False, "showgrid": False, "ticks": "",
}  # fmt: skip
FONT = '"Source Sans", "Source Sans Pro", sans-serif'

LINE_COLOUR: Mapping[Role, str] = {
    FOCUS: BLUE, BENCHMARK: INK, PEER: GREY_LINE, TARGET: GREY_TEXT, LIMIT: BROWN,
}  # fmt: skip
DOT_COLOUR: Mapping[Role, str] = {
    FOCUS: BLUE, BENCHMARK: INK, PEER: GREY_DOT, TARGET: GREY_TEXT, LIMIT: BROWN,
}  # fmt: skip
TEXT_COLOUR: Mapping[Role, str] = {
    FOCUS: BLUE, BENCHMARK: INK, PEER: GREY_TEXT, TARGET: GREY_TEXT, LIMIT: BROWN,
}  # fmt: skip
LINE_WIDTH: Mapping[Role, float] = {FOCUS: 3.5, BENCHMARK: 2.2, PEER: 1.5, TARGET: 1.5, LIMIT: 1.8}
# What the steps of an axis may need beyond the indicator's own decimals: 0.25, 0.025.
_MORE_DECIMALS = 2
# What is wished for, or a law's, and not known: dashed in two ways, as colour alone says nothing.
DRAWN_OVER: Mapping[Role, int] = {FOCUS: 2, BENCHMARK: 1, PEER: 0, TARGET: 0, LIMIT: 0}
DASHES: Mapping[Role, str] = {TARGET: "dash", LIMIT: "dot"}


class Drawn(go.Figure):  # type: ignore[misc]
    """A finished figure, which nobody changes: its copy for the browser is made once."""

    _finished: dict[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """As of any figure; shared by all who ask."""
        if self._finished is None:
            self._finished = super().to_dict()
        return self._finished


@dataclass
class Sketch:
    """A figure being drawn: plain Plotly parts, put together once by `figure`.

    Plotly checks every part that is added to a Figure, which costs more than drawing it; the parts
    here are checked by the tests instead.
    """

    layout: dict[str, Any]
    traces: list[dict[str, Any]] = field(default_factory=list)
    annotations: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    xaxis: dict[str, Any] = field(default_factory=dict)
    yaxis: dict[str, Any] = field(default_factory=dict)
    column: int = 1

    @property
    def plot_height(self) -> int:
        """The height in pixels between the margins."""
        margin = self.layout["margin"]
        return int(self.layout["height"] - margin["t"] - margin["b"])

    def trace(self, **parts: Any) -> None:
        """Adds a trace to the current column's axes; a scatter unless `type` says else."""
        axes = {} if self.column == 1 else {"xaxis": f"x{self.column}", "yaxis": f"y{self.column}"}
        self.traces.append({"type": "scatter", **axes, **parts})

    def label(self, text: str, role: Role, size: int = 14, **parts: Any) -> None:
        """Adds a text in a mark's style, without an arrow unless `showarrow` is given."""
        font = {"family": FONT, "size": size, "color": TEXT_COLOUR[role]}
        self.annotations.append(
            {"text": strong(text, role), "font": font, "showarrow": False, **parts}
        )

    def rule(self, x: float | None = None, y: float | None = None, **line: Any) -> None:
        """Adds a line across the plot at a value of one axis."""
        across = {"xref": "x", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1}
        along = {"yref": "y", "y0": y, "y1": y, "xref": "paper", "x0": 0, "x1": 1}
        self.shapes.append({"type": "line", "line": line, **(along if x is None else across)})

    def _axes_beside(self) -> dict[str, Any]:
        """The axes of a second column: the same values, beside the first one's."""
        if self.column == 1:
            return {}
        second = [1 - self.xaxis["domain"][1], 1]
        return {
            "xaxis2": {**FIXED, **self.xaxis, "domain": second, "anchor": "y2"},
            "yaxis2": {**FIXED, **self.yaxis, "anchor": "x2"},
        }

    def figure(self) -> go.Figure:
        """The finished figure."""
        layout = {
            **self.layout,
            # Without it Plotly fills in its own look, of which nothing is left in ours.
            "template": {},
            "xaxis": {**FIXED, **self.xaxis},
            "yaxis": {**FIXED, **self.yaxis},
            **self._axes_beside(),
            "annotations": self.annotations,
            "shapes": self.shapes,
        }
        return Drawn({"data": self.traces, "layout": layout}, _validate=False)


def strongest_last(lines: Iterable[Line]) -> list[Line]:
    """The lines that have points, as they are drawn: the focus over the benchmark over others."""
    drawn = (line for line in lines if line.points)
    return sorted(drawn, key=lambda line: DRAWN_OVER[line.role])


def blank(height: int, margin: dict[str, int], size: int = 14) -> Sketch:
    """An empty sketch in the house style: no legend, title, mode bar or zoom."""
    return Sketch(
        {
            "height": height,
            "margin": {**margin, "pad": 0, "autoexpand": False},
            "paper_bgcolor": WHITE,
            "plot_bgcolor": WHITE,
            "font": {"family": FONT, "size": size, "color": INK},
            "showlegend": False,
            "hovermode": "closest",
            "hoverlabel": {
                "bgcolor": WHITE,
                "bordercolor": AXIS,
                "font": {"family": FONT, "size": 14, "color": INK},
            },
            "dragmode": False,
            "separators": ",.",
        }
    )


def whiskers(sketch: Sketch, placed: Iterable[tuple[Dot, float]], role: Role) -> None:
    """The intervals of dots of one role as thin lines with ends; nothing where there are none."""
    known = [(dot.low, dot.high, y) for dot, y in placed if None not in (dot.low, dot.high)]
    if not known:
        return
    sketch.trace(
        x=apart((low, high) for low, high, _ in known), y=apart((y, y) for *_, y in known),
        mode="lines+markers", hoverinfo="skip", cliponaxis=False,
        line={"color": TEXT_COLOUR[role], "width": 1},
        marker={
            "symbol": "line-ns-open", "size": 8, "color": TEXT_COLOUR[role],
            "line": {"width": 1},
        },
    )  # fmt: skip


def apart(lines: Iterable[tuple[float | None, float | None]]) -> list[float | None]:
    """The ends of several lines as the values of one trace, with a gap after each."""
    return [end for line in lines for end in (*line, None)][:-1]


def in_two_lines(name: str, most_pixels: float) -> str:
    """A name that would take too much of the width, broken at the space nearest its middle."""
    if 7 * len(name) <= most_pixels:
        return name
    spaces = [place for place, letter in enumerate(name) if letter == " "]
    if not spaces:
        return name
    middle = min(spaces, key=lambda place: abs(place - len(name) / 2))
    return f"{name[:middle]}<br>{name[middle + 1 :]}"


def strong(text: str, role: Role) -> str:
    """Bold for the chosen area and the benchmark, plain for peers and targets."""
    return f"<b>{text}</b>" if role in (FOCUS, BENCHMARK) else text


def nice_ticks(low: float, high: float, most: int = 4) -> list[float]:
    """At most `most` round values within [low, high], evenly spaced by 1, 2, 2.5 or 5 x 10^n."""
    if high <= low:
        return [low]
    magnitude = math.floor(math.log10((high - low) / most))
    for power in (magnitude, magnitude + 1):
        for factor in (1, 2, 2.5, 5):
            step = factor * 10.0**power
            first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
            if last - first + 1 <= most:
                return [round(place * step, 10) for place in range(first, last + 1)]
    return [low, high]


def ticks_over(low: float, high: float, most: int = 4, top: float | None = None) -> list[float]:
    """At most `most` round values from one at or under `low` to one at or over `high`.

    Those that leave least room beyond them, by steps of 1, 1.5, 2, 2.5, 3, 4, 5 or 8 x 10^n. Where
    the last would lie beyond `top`, the values go as far as `nice_ticks` of it.
    """
    if high <= low:
        return [low]
    magnitude = math.floor(math.log10((high - low) / most))
    choices = []
    for power in (magnitude, magnitude + 1):
        for factor in (1, 1.5, 2, 2.5, 3, 4, 5, 8):
            step = factor * 10.0**power
            first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
            if 3 <= last - first + 1 <= most:
                ticks = [round(place * step, 10) for place in range(first, last + 1)]
                choices.append((ticks[-1] - ticks[0], -len(ticks), ticks))
    _, _, ticks = min(choices)
    if top is not None and ticks[-1] > top >= high:
        return nice_ticks(low, top, most)
    return ticks


def tick_texts(ticks: Sequence[float], scale: Scale) -> list[str]:
    """Tick labels; the last one carries the unit.

    They have the decimals that their steps need, whatever the indicator's own: a line at 2.25 that
    is called 2.3 lies in the wrong place.
    """
    decimals = 0 if all(float(tick).is_integer() for tick in ticks) else max(1, scale.decimals)
    most = decimals + _MORE_DECIMALS
    while decimals < most and any(abs(tick - round(tick, decimals)) > 1e-9 for tick in ticks):
        decimals += 1
    texts = [fmt.number(tick, decimals) for tick in ticks]
    if texts:
        texts[-1] += scale.unit_mark
    return texts


def span(
    values: Sequence[float], scale: Scale, from_zero: bool, room: float = 0.12
) -> tuple[float, float]:
    """The axis range: from 0 where bars or stems start there, else the values with some room."""
    low, high = min(values), max(values)
    width = (high - low) or abs(high) or 1.0
    bottom = min(0.0, low) if from_zero else low - room * width
    if low >= 0:
        bottom = max(0.0, bottom)
    top = max(high, 0.0) + room * width if from_zero else high + room * width
    if scale.top is not None:
        top = min(top, scale.top)
    return bottom, max(top, bottom + 1e-9)


def round_start(low: float, high: float) -> float:
    """`low` rounded down to a number that a sentence can say, so that an axis begins there."""
    step = 10.0 ** math.floor(math.log10((high - low) / 5)) if high > low else 1.0
    return round(math.floor(low / step + 1e-9) * step, 10)


def stacked(
    wishes: Sequence[float],
    heights: Sequence[float],
    low: float = -math.inf,
    high: float = math.inf,
) -> list[float]:
    """The middles of labels of these heights, none over another, as near the wishes as can be.

    They keep the order of the wishes, and lie between `low` and `high` where there is room. (Pool
    adjacent violators, on the wishes less the room that the labels below take.)
    """
    order = sorted(range(len(wishes)), key=lambda place: wishes[place])
    below = list(
        accumulate(((heights[a] + heights[b]) / 2 for a, b in pairwise(order)), initial=0.0)
    )
    pools: list[tuple[float, int]] = []  # the mean of a pool and how many labels it has
    for place, taken in zip(order, below, strict=False):
        pools.append((wishes[place] - taken, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (first, many), (last, more) = pools[-2:]
            pools[-2:] = [((first * many + last * more) / (many + more), many + more)]
    moved = [mean for mean, many in pools for _ in range(many)]
    if order:
        least = low + heights[order[0]] / 2
        most = high - heights[order[-1]] / 2 - below[-1]
        moved = [max(min(offset, most), least) for offset in moved]
    placed = [0.0] * len(wishes)
    for place, taken, offset in zip(order, below, moved, strict=False):
        placed[place] = offset + taken
    return placed


def hover(lines: Sequence[str]) -> str:
    """A hover text of the given lines, without Plotly's own second box."""
    return "<br>".join(lines) + "<extra></extra>"
