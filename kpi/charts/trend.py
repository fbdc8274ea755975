"""Lines over time: the chosen area strong, the benchmark in ink, others muted, named at the end."""

from collections.abc import Sequence

import plotly.graph_objects as go

from kpi.charts import style
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
    note_labels,
    start_labels,
    start_text,
)
from kpi.charts.marks import (
    FOCUS,
    EventMark,
    Frame,
    Line,
    LinePoint,
    NoteMark,
    Scale,
)
from kpi.charts.strokes import draw_line, stroke_of
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


def trend(
    lines: Sequence[Line],
    scale: Scale,
    gaps: bool = True,
    frame: Frame | None = None,
    events: Sequence[EventMark] = (),
    notes: Sequence[NoteMark] = (),
) -> go.Figure:
    """Lines with their last value at the right end; the axis may start above 0.

    A period without a value is a gap. Two periods make a lower figure from 0, with a dot and a
    label at both ends. With `gaps`, the distance from the chosen area to the benchmark is in
    blue at the first, the widest and the last common period. Periods keep their true distance on
    the time axis; four or five of them are named, in a wide frame up to seven. Events are numbered
    at the axis; a month or a season is a band as long as it lasted. Notes are letters beside their
    points, away from the other lines. Of many lines those of `lines_to_name` are named, the others
    named by their hover text.
    """
    most = (frame.width if frame else _PHONE) * _MOST_LABEL_SHARE
    drawn = style.strongest_last(lines)
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
    first_room = _start_room(named) if periods <= 2 else 0
    left = _tick_room(drawn, scale) + first_room
    margin = {"l": left, "r": _end_room(ends), "t": top, "b": _BOTTOM}
    plot = (frame.width if frame else _PHONE) - margin["l"] - margin["r"]
    sketch = style.blank(height, margin)
    names = _most_names(drawn, plot, is_wide)
    span = draw_axes(
        sketch, drawn, scale, _MOST_TICKS, most_names=names, width=plot, broken=not is_wide
    )
    if first_room:
        sketch.yaxis["ticklabelstandoff"] = first_room
    if frame is None:
        break_names(sketch)
    numbers = event_labels(sketch, events, plot)
    break_label(sketch, events, is_wide, plot)
    for line in drawn:
        is_named = any(line is other for other in named)
        stroke = stroke_of(line, 8 if line.role == FOCUS else 6, is_named)
        draw_line(sketch, line, stroke, all_dots=periods <= _FEW_PERIODS, has_end=is_named)
    days = [x_of(point).toordinal() for line in drawn for point in line.points]
    if periods == 2:
        start_labels(sketch, named, span, min(days))
    end_labels(sketch, named, ends, span, max(days))
    if gaps:
        gap_labels(sketch, lines, scale, plot, numbers)
    note_labels(sketch, notes)
    return sketch.figure()


def _end_room(ends: Sequence[str]) -> int:
    """Pixels at the right edge for the longest line of the names at the lines' ends."""
    return round(27 + 7.4 * max(len(part) for text in ends for part in text.split("<br>")))


def _most_names(lines: Sequence[Line], plot: float, is_wide: bool) -> int:
    """How many periods the time axis names.

    On a page, whose width is not known, at most four; five where these have equal steps and four
    have not (every fourth of 17 years).
    """
    if is_wide:
        return names_that_fit(lines, plot)
    steps = period_count(lines) - 1
    # Five names have four spaces between them: each is wider than a fifth of the plot less a name.
    if steps % 4 == 0 and steps % 3 and names_that_fit(lines, plot, apart=2, broken=True) >= 5:
        return 5
    return min(names_that_fit(lines, plot, apart=6, broken=True), 4)


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
    drawn = style.strongest_last(lines)
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
        draw_line(sketch, line, stroke_of(line, 6))
    days = [x_of(point).toordinal() for line in drawn for point in line.points]
    heights = [label_height(line.name, 12) for line in drawn]
    named = lines_that_fit(drawn, heights, sketch.plot_height)
    end_labels(sketch, named, [line.name for line in named], span, max(days), size=12)
    return sketch.figure()


def _start_room(lines: Sequence[Line]) -> int:
    """The pixels that the first values take, left of the plot."""
    parts = [part for line in lines for part in start_text(line.points[0]).split("<br>")]
    return 14 + 7 * max(map(len, parts))
