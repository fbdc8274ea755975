"""A line's stretches and marks: its gaps, rough values, limits and ranges, in any colour."""

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.charts import style
from kpi.charts.gaps import runs
from kpi.charts.marks import (
    AT_LEAST,
    AT_MOST,
    NO_FIGURES,
    PEER,
    RANGE,
    TARGET,
    Line,
    LinePoint,
)
from kpi.charts.time_axis import x_of

_SYMBOLS = {AT_LEAST: "triangle-up-open", AT_MOST: "triangle-down-open", RANGE: "line-ew-open"}


@dataclass(frozen=True)
class Stroke:
    """How a line is drawn: the colours of its stretches, of marks on them and of marks alone.

    `end_size` is the diameter of the dot that it ends with, where it has one.
    """

    colour: str
    mark_colour: str
    dot_colour: str
    width: float
    dash: str = "solid"
    end_size: int = 6


def stroke_of(line: Line, end_size: int, is_named: bool = True) -> Stroke:
    """The stroke that a line's role has in a development; faint for one that is not named."""
    colour = style.LINE_COLOUR[line.role]
    return Stroke(
        style.FAINT if line.role == PEER and not is_named else colour, colour,
        style.DOT_COLOUR[line.role], style.LINE_WIDTH[line.role],
        style.DASHES.get(line.role, "solid"), end_size,
    )  # fmt: skip


def draw_line(
    sketch: style.Sketch,
    line: Line,
    stroke: Stroke,
    *,
    all_dots: bool = False,
    has_end: bool = True,
) -> None:
    """Draws a line, broken where a value is missing; marks its end and what is no exact value.

    With `all_dots` every point is marked, as its end is. Without `has_end` none is marked for that.
    """
    hover = style.hover(["<b>%{fullData.name}</b>", "%{text}"])
    stretches = runs(line)
    joined = [run for run in stretches if len(run) > 1]
    if joined:
        # A point of no value after each stretch: the line is not drawn across it.
        points: list[LinePoint | None] = [point for run in joined for point in (*run, None)][:-1]
        sketch.trace(
            x=[x_of(point).toordinal() if point else None for point in points],
            y=[point.value if point else None for point in points],
            mode="lines",
            connectgaps=False,
            line={
                "color": stroke.colour,
                "width": stroke.width,
                "dash": stroke.dash,
            },
            name=line.name,
            text=[f"{point.period_name}: {point.text}" if point else "" for point in points],
            hovertemplate=hover,
            cliponaxis=False,
        )
    _draw_ranges(sketch, line, stroke.mark_colour)
    marked = _marked(line, stretches, all_dots, has_end)
    if not marked:
        return
    last = line.points[-1]
    sizes = [
        max(stroke.end_size if p is last else 6, 7 if p.is_hollow or p.bound else 0) for p in marked
    ]
    sketch.trace(
        x=[x_of(point).toordinal() for point in marked],
        y=[point.value for point in marked],
        mode="markers",
        marker={
            "size": sizes,
            "color": stroke.mark_colour if joined else stroke.dot_colour,
            "symbol": [_symbol(point) for point in marked],
            "opacity": 1,
        },
        name=line.name,
        text=[f"{point.period_name}: {point.text}" for point in marked],
        hovertemplate=hover,
        cliponaxis=False,
    )


def _marked(
    line: Line, stretches: Sequence[tuple[LinePoint, ...]], all_dots: bool, has_end: bool
) -> list[LinePoint]:
    """The points with a mark of their own: the last, rough ones, and those between two gaps."""
    if line.role in NO_FIGURES:
        return [line.points[-1]] if line.role == TARGET else []
    alone = {id(run[0]) for run in stretches if len(run) == 1}
    return [
        point
        for point in line.points
        if (has_end and (point is line.points[-1] or all_dots))
        or point.is_hollow
        or point.is_marked
        or point.bound
        or id(point) in alone
    ]


def _symbol(point: LinePoint) -> str:
    if point.bound:
        return _SYMBOLS[point.bound]
    return "circle-open" if point.is_hollow else "circle"


def _draw_ranges(sketch: style.Sketch, line: Line, colour: str) -> None:
    """The ranges as upright bars from their low to their high end."""
    known = [
        (x_of(point).toordinal(), point.range_low, point.range_high)
        for point in line.points
        if point.bound == RANGE
    ]
    if known:
        sketch.trace(
            x=style.apart((x, x) for x, *_ in known),
            y=style.apart((low, high) for _, low, high in known),
            mode="lines", hoverinfo="skip", cliponaxis=False, line={"color": colour, "width": 5},
        )  # fmt: skip
