"""Lines over time: the chosen area strong, the benchmark in ink, others muted, named at the end."""

from collections.abc import Sequence

import plotly.graph_objects as go

from kpi.charts import style
from kpi.charts.gaps import runs
from kpi.charts.line_labels import (
    break_label,
    break_lines,
    end_labels,
    end_text,
    event_labels,
    gap_labels,
    label_height,
    labelled_gaps,
    lines_that_fit,
    newest_period,
    start_labels,
    start_text,
)
from kpi.charts.marks import (
    AT_LEAST,
    AT_MOST,
    BENCHMARK,
    FOCUS,
    NO_FIGURES,
    PEER,
    RANGE,
    TARGET,
    EventMark,
    Frame,
    Line,
    LinePoint,
    Scale,
)
from kpi.charts.time_axis import (
    axis_start,
    break_long_names,
    break_names,
    draw_axes,
    names_that_fit,
    period_count,
    value_range,
    x_of,
)

__all__ = ["axis_start", "card_trend", "labelled_gaps", "trend"]

_HEIGHT, _SLOPE_HEIGHT = 416, 260
_TOP, _BOTTOM = 22, 34
_BREAK_LINE = 16
_MOST_TICKS = 4
# More lines than these do not fit the low figure of two periods.
_MOST_IN_A_SLOPE = 6
# How much of the width the names at the lines' ends may take.
_MOST_LABEL_SHARE = 0.42
# The narrowest page that a chart must fit: a page's width is not known.
_PHONE = 358
_FEW_PERIODS = 3
_SYMBOLS = {AT_LEAST: "triangle-up-open", AT_MOST: "triangle-down-open", RANGE: "line-ew-open"}


def trend(
    lines: Sequence[Line],
    scale: Scale,
    gaps: bool = True,
    frame: Frame | None = None,
    events: Sequence[EventMark] = (),
) -> go.Figure:
    """Lines with their last value at the right end; the axis may start above 0.

    A period without a value is a gap. Two periods make a lower figure from 0, with a dot and a
    label at both ends. With `gaps`, the distance from the chosen area to the benchmark is in
    blue at the first, the widest and the last common period. Periods keep their true distance on
    the time axis; four of them are named, in a wide frame up to seven. Events are numbered at the
    axis; a month or a season is a band as long as it lasted. Of many lines those of
    `lines_to_name` are named, the others named by their hover text.
    """
    most = (frame.width if frame else _PHONE) * _MOST_LABEL_SHARE
    drawn = _strongest_last(lines)
    newest = newest_period(drawn)
    periods = period_count(lines)
    low_figure = periods <= 2 and len(drawn) <= _MOST_IN_A_SLOPE
    # A frame is at least as wide as half a slide.
    is_wide = frame is not None
    top = _TOP + _BREAK_LINE * len(break_lines(events, is_wide))
    height = round((frame and frame.height) or (_SLOPE_HEIGHT if low_figure else _HEIGHT))
    kept = _lines_with_room(lines, newest, most, height - top - _BOTTOM)
    named = [line for line in drawn if any(line is fitting for fitting in kept)]
    ends = [end_text(line, newest, most) for line in named]
    longest = max(len(part) for text in ends for part in text.split("<br>"))
    first_room = _start_room(named) if periods <= 2 else 0
    margin = {
        "l": _tick_room(drawn, scale) + first_room,
        "r": round(27 + 7.4 * longest),
        "t": top,
        "b": _BOTTOM,
    }
    plot = (frame.width if frame else _PHONE) - margin["l"] - margin["r"]
    if frame:
        names = names_that_fit(drawn, plot)
    else:
        names = min(names_that_fit(drawn, plot, apart=6, broken=True), 4)
    sketch = style.blank(height, margin)
    span = draw_axes(sketch, drawn, scale, most_ticks=_MOST_TICKS, most_names=names)
    if first_room:
        sketch.yaxis["ticklabelstandoff"] = first_room
    if frame is None:
        break_names(sketch)
    numbers = event_labels(sketch, events, plot)
    break_label(sketch, events, is_wide)
    for line in drawn:
        is_named = any(line is other for other in named)
        _draw(sketch, line, 8 if line.role == FOCUS else 6, periods <= _FEW_PERIODS, is_named)
    days = [x_of(point).toordinal() for line in drawn for point in line.points]
    if periods == 2:
        start_labels(sketch, named, span, min(days))
    end_labels(sketch, named, ends, span, max(days))
    if gaps:
        gap_labels(sketch, lines, scale, plot, numbers)
    return sketch.figure()


def _lines_with_room(
    lines: Sequence[Line], newest: LinePoint, most: float, room: float
) -> Sequence[Line]:
    """The lines whose labels fit beside each other in `room` pixels, `most` pixels wide."""
    # In the order in which they were chosen, not the order in which they are drawn.
    chosen = [line for line in lines if line.points]
    heights = [label_height(end_text(line, newest, most)) for line in chosen]
    if period_count(lines) == 2:
        starts = [label_height(start_text(line.points[0])) for line in chosen]
        heights = [max(ends) for ends in zip(heights, starts, strict=True)]
    return lines_that_fit(chosen, heights, room)


def _tick_room(lines: Sequence[Line], scale: Scale) -> int:
    """The room of the longest number at the axis: "6.000.000" is not to begin outside it."""
    ticks = style.tick_texts(style.nice_ticks(*value_range(lines, scale), _MOST_TICKS), scale)
    return max(44, round(7.6 * max(map(len, ticks), default=0)))


def card_trend(lines: Sequence[Line], scale: Scale) -> go.Figure:
    """`trend` in small for a card: chosen area and benchmark, first and last period, names only.

    The only number at its axis is a start above 0: it says that the axis is cut.
    """
    drawn = _strongest_last(lines)
    # Beside "Grænse 40,5" more room than beside an area's short name.
    right = max(62, round(20 + 6.4 * max(len(line.name) for line in drawn)))
    sketch = style.blank(96, {"l": 18, "r": right, "t": 8, "b": 20}, size=12)
    span = draw_axes(sketch, drawn, scale, most_ticks=0, most_names=2)
    break_long_names(sketch)
    if span[0] > 0:
        sketch.layout["margin"]["l"] = 14 + 7 * len(sketch.yaxis["ticktext"][0])
        # Over the axis' end, beside which the first period is named.
        sketch.yaxis["ticklabelposition"] = "outside top"
    for line in drawn:
        _draw(sketch, line, 6)
    days = [x_of(point).toordinal() for line in drawn for point in line.points]
    heights = [label_height(line.name, 12) for line in drawn]
    named = lines_that_fit(drawn, heights, sketch.plot_height)
    end_labels(sketch, named, [line.name for line in named], span, max(days), size=12)
    return sketch.figure()


def _strongest_last(lines: Sequence[Line]) -> list[Line]:
    rank = {FOCUS: 2, BENCHMARK: 1}
    return sorted((line for line in lines if line.points), key=lambda line: rank.get(line.role, 0))


def _start_room(lines: Sequence[Line]) -> int:
    """The pixels that the first values take, left of the plot."""
    parts = [part for line in lines for part in start_text(line.points[0]).split("<br>")]
    return 14 + 7 * max(map(len, parts))


def _draw(
    sketch: style.Sketch,
    line: Line,
    end_size: int,
    all_dots: bool = False,
    is_named: bool = True,
) -> None:
    colour = style.LINE_COLOUR[line.role]
    faint = line.role == PEER and not is_named
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
                "color": style.FAINT if faint else colour,
                "width": style.LINE_WIDTH[line.role],
                "dash": style.DASHES.get(line.role, "solid"),
            },
            name=line.name,
            text=[f"{point.period_name}: {point.text}" if point else "" for point in points],
            hovertemplate=hover,
            cliponaxis=False,
        )
    _draw_ranges(sketch, line, colour)
    marked = _marked(line, stretches, all_dots, is_named)
    if not marked:
        return
    last = line.points[-1]
    sizes = [max(end_size if p is last else 6, 7 if p.is_hollow or p.bound else 0) for p in marked]
    sketch.trace(
        x=[x_of(point).toordinal() for point in marked],
        y=[point.value for point in marked],
        mode="markers",
        marker={
            "size": sizes,
            "color": style.DOT_COLOUR[line.role] if not joined else colour,
            "symbol": [_symbol(point) for point in marked],
            "opacity": 1,
        },
        name=line.name,
        text=[f"{point.period_name}: {point.text}" for point in marked],
        hovertemplate=hover,
        cliponaxis=False,
    )


def _marked(
    line: Line, stretches: Sequence[tuple[LinePoint, ...]], all_dots: bool, is_named: bool
) -> list[LinePoint]:
    """The points with a mark of their own: the last, rough ones, and those between two gaps."""
    if line.role in NO_FIGURES:
        return [line.points[-1]] if line.role == TARGET else []
    alone = {id(run[0]) for run in stretches if len(run) == 1}
    return [
        point
        for point in line.points
        if (is_named and (point is line.points[-1] or all_dots))
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
