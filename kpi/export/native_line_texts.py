"""What is written in a native chart of lines: periods, the lines' ends, distances, events."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK

from kpi.charts import style
from kpi.charts.boxes import Box
from kpi.charts.marks import FOCUS, PEER, EventMark, Line, NoteMark, Scale
from kpi.domain.period import Period
from kpi.export import native_style as native
from kpi.export.chart_book import Cell
from kpi.export.chart_series import Series
from kpi.export.deck_text import text_width
from kpi.export.line_numbers import Gap, LineCells
from kpi.export.native_style import Label, Plot, Ticks

_EVENT_STEP = 15.0
# Between the names of two periods, which may be written in a wider font than they are measured in.
_BETWEEN_NAMES = 20.0


@dataclass(frozen=True)
class NamedEnd:
    """A series whose line is named at its last point, which is at `share` of the width.

    `numbers` are its points' numbers, `place` the line's own; with `starts` its first value is
    written too.
    """

    series: Any
    line: Line
    text: str
    numbers: Sequence[int]
    share: float
    place: int
    starts: bool


def name_periods(chart: Any, names: Sequence[str], plot: Plot) -> None:
    """Names the categories under the axis, as many as there is room for."""
    axis = chart.category_axis
    axis.has_major_gridlines = False
    native.stroke(axis.format.line, style.AXIS, 0.75)
    axis.major_tick_mark, axis.minor_tick_mark = XL_TICK_MARK.OUTSIDE, XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    widest = max(text_width(name, native.AXIS_SIZE) for name in names) + 12
    steps = max(len(names) - 1, 1)
    least = max(1, math.ceil(widest * steps / plot.inner_width))
    # The last period is named too where some step allows it.
    fits = [step for step in range(least, min(2 * least, steps) + 1) if steps % step == 0]
    native.name_every(axis, fits[0] if fits else least)
    if len(names) > 1:
        # The first and the last period are at the edges of the plot.
        native.stand_on_edges(chart.value_axis)


def name_dates(
    chart: Any, chart_data: Series, names: Sequence[Cell], years: Sequence[float], plot: Plot,
    room: float,
) -> list[float]:  # fmt: skip
    """Names the periods under the axis; returns how far along it each is (0 to 1).

    `room` is left free before the first, in points.
    """
    width = (years[-1] - years[0]) or 1.0
    start = years[0] - width * room / max(plot.inner_width - room, 1)
    native.no_axis(chart.category_axis, round(start, 4), years[0] + width)
    native.stroke(chart.category_axis.format.line, style.AXIS, 0.75)
    shares = [(year - start) / (years[0] + width - start) for year in years]
    said = [str(name.value) for name in names]
    widths = [text_width(name, native.AXIS_SIZE) + _BETWEEN_NAMES for name in said]
    places = _evenly(widths, [share * plot.inner_width for share in shares])
    labels = [
        Label(
            place, said[place], position="b", size=native.AXIS_SIZE, down=4,
            formula=names[place].at,
        )
        for place in places
    ]  # fmt: skip
    helper = chart.plots[0].series[0]
    helper.format.line.fill.background()
    native.no_marker(helper)
    native.label_points(chart_data, helper, labels, plot)
    return shares


def _evenly(widths: Sequence[float], middles: Sequence[float]) -> list[int]:
    """Every so many of the places, back from the last, that none overlaps; the first, if it fits.

    Of places that are so uneven that none but the last would be left, the last alone.
    """

    def is_apart(before: int, after: int) -> bool:
        """Whether two names do not overlap."""
        return middles[after] - middles[before] >= (widths[before] + widths[after]) / 2

    count = len(widths)
    for step in range(1, count + 1):
        places = [*range(count - 1, -1, -step)][::-1]
        if all(is_apart(*pair) for pair in pairwise(places)):
            break
    return places if not places[0] or not is_apart(0, places[0]) else [0, *places]


def name_ends(
    chart_data: Series, cells: LineCells, ends: Sequence[NamedEnd], plot: Plot, ticks: Ticks
) -> None:
    """Names each line at the right edge, pushed apart; with two periods also its first value."""
    per_unit = plot.inner_height / (ticks.high - ticks.low)
    last = [(end.line.points[-1].value - ticks.low) * per_unit for end in ends]
    first = [(end.line.points[0].value - ticks.low) * per_unit for end in ends]
    last_places, first_places = _places(last, plot), _places(first, plot)
    for place, end in enumerate(ends):
        away = (1 - end.share) * plot.inner_width
        down = last[place] - last_places[place]
        formula = cells.label(end.text, end.place, end.line.points[-1])
        labels = [
            Label(
                end.numbers[-1], end.text, end.line.role, right=away, down=down, formula=formula
            )
        ]  # fmt: skip
        if end.starts and len(end.numbers) > 1:
            down = first[place] - first_places[place]
            text = end.line.points[0].text
            formula = cells.label(text, end.place, end.line.points[0])
            labels.append(
                Label(end.numbers[0], text, end.line.role, "l", down=down, formula=formula)
            )
        native.label_points(chart_data, end.series, labels, plot)


def _places(wishes: Sequence[float], plot: Plot) -> list[float]:
    """The heights of the labels' middles: apart, and within the plot."""
    return style.stacked(wishes, [native.LABEL_STEP] * len(wishes), 0, plot.inner_height)


def draw_gaps(
    chart_data: Series,
    series: Any,
    gaps: Sequence[Gap],
    numbers: Sequence[int],
    shares: Mapping[Period, float],
    frame: tuple[Plot, Ticks, Scale],
) -> None:
    """Dotted lines from the chosen area to the benchmark, with the distance in blue.

    A number that would lie over another one is left out, the first before the last.
    """
    plot, ticks, scale = frame
    series.smooth = False
    series.format.line.fill.background()
    native.no_marker(series)
    ends: dict[int, tuple[native.Reach, native.Reach]] = {}
    labels: list[Label] = []
    taken: list[Box] = []
    newest = gaps[-1].own.period
    pairs = list(zip(numbers, gaps, strict=True))
    for number, gap in [*pairs[-1:], *pairs[:-1]]:
        own, other = gap.own, gap.other
        ends[number] = (gap.half, gap.half)
        text, formula = gap.text(scale)
        width = text_width(text, native.LABEL_SIZE) + 12
        x = shares[own.period] * plot.inner_width
        leftward = own.period == newest or x + width > plot.inner_width
        left = x - width if leftward else x
        share = ((own.value + other.value) / 2 - ticks.low) / (ticks.high - ticks.low)
        middle = share * plot.inner_height
        box = Box(left, left + width, middle - 9, middle + 9)
        if not any(box.overlaps(other) for other in taken):
            taken.append(box)
            side = "l" if leftward else "r"
            labels.append(Label(number, text, FOCUS, side, veiled=True, formula=formula))
    native.error_bars(chart_data, series, "y", ends, (style.BLUE, 1.5), caps=False, dashed=True)
    native.label_points(chart_data, series, labels, plot)


def draw_notes(chart_data: Series, series: Any, notes: Sequence[NoteMark], plot: Plot) -> None:
    """The letters of remarks at their points, as in the remarks under the chart."""
    series.smooth = False
    series.format.line.fill.background()
    native.no_marker(series)
    labels = [
        Label(number, note.letter, PEER, "t" if note.is_over else "b", size=native.AXIS_SIZE)
        for number, note in enumerate(notes)
    ]
    native.label_points(chart_data, series, labels, plot)


def draw_events(
    chart_data: Series, series: Any, events: Sequence[EventMark], plot: Plot, ticks: Ticks
) -> None:
    """The events as dotted lines up from the axis, numbered from 1 as in the remarks."""
    series.smooth = False
    series.format.line.fill.background()
    native.no_marker(series)
    height = ticks.high - ticks.low
    ends = dict.fromkeys(range(len(events)), ((0.0, ""), (height, "")))
    native.error_bars(
        chart_data, series, "y", ends, (style.GREY_LINE, 1.0), caps=False, dashed=True
    )
    x_values = [
        float(element.text)
        for element in series._element.find(native.tag("xVal")).iter(native.tag("v"))
    ]
    width = (max(x_values) - min(x_values)) or 1.0
    labels, ends_of_levels = [], list[float]()
    for number, x in enumerate(x_values):
        place = (x - min(x_values)) / width * plot.inner_width
        level = next(
            (n for n, end in enumerate(ends_of_levels) if place >= end), len(ends_of_levels)
        )
        ends_of_levels[level : level + 1] = [place + 14]
        labels.append(
            Label(
                number, str(number + 1), PEER, "t", down=-_EVENT_STEP * level, size=native.AXIS_SIZE
            )
        )
    native.label_points(chart_data, series, labels, plot)
