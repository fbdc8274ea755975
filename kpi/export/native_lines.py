"""A development as a native chart of lines, named at their ends."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Emu

from kpi.charts import style
from kpi.charts.gaps import runs
from kpi.charts.line_labels import MOST_NAMED, end_name, labelled_gaps, lines_to_name, newest_period
from kpi.charts.marks import (
    BENCHMARK,
    FOCUS,
    LIMIT,
    NO_FIGURES,
    PEER,
    Line,
    LineMarks,
    LinePoint,
)
from kpi.charts.time_axis import value_range
from kpi.domain.period import Period
from kpi.export import native_line_texts as texts
from kpi.export import native_style as native
from kpi.export.chart_numbers import PERIOD, unit_of
from kpi.export.chart_series import CategorySeries, Drawn, Series, XySeries
from kpi.export.deck_text import text_width
from kpi.export.line_numbers import Gap, LineCells, write_lines
from kpi.export.native_style import Plot, Ticks

_PERIODS, _EVENTS, _NOTES = "Perioder", "Hændelser", "Bemærkninger"
_TOP, _BOTTOM = 16, 26


@dataclass(frozen=True)
class Stretch:
    """Points of a line that are one series; `is_end` where the line ends with it."""

    line: Line
    points: tuple[LinePoint, ...]
    name: str
    is_end: bool


def line_chart(shapes: Any, marks: LineMarks, box: Sequence[int], unit: str) -> tuple[Any, Series]:
    """The graphic frame of the lines. Categories are the periods; what is missing is a gap.

    Where periods are unevenly apart, where a gap lies between two of them, and beside events, the
    lines are drawn over years (an XY chart) instead.
    """
    lines = style.strongest_last(marks.lines)
    periods = _periods(lines)
    ticks = _ticks(lines, marks)
    ends = _ends(lines, marks, Emu(box[3]).pt - _TOP - _BOTTOM)
    plot = _plot(ends, box)
    unit = unit_of(marks.scale, unit)
    is_beside = marks.events or marks.notes
    chart_data: Series
    even = len(periods) > 2 and not is_beside and _shows_gaps(lines, periods)
    if even:
        stretches = [Stretch(line, line.points, line.name, True) for line in lines]
        frame, chart_data, cells, gaps = _category_frame(shapes, stretches, periods, box, unit)
    else:
        stretches = [stretch for line in lines for stretch in _stretches(line)]
        frame, chart_data, cells, gaps = _dated_frame(
            shapes, stretches, lines, marks, box, ticks.low, unit
        )
    chart = frame.chart
    native.bare(chart, plot)
    native.value_axis(chart.value_axis, ticks, marks.scale)
    at = dict(
        zip(
            periods,
            _name_periods(chart, chart_data, cells, periods, plot, even, lines),
            strict=True,
        )
    )
    # Over years, the first series has the names of the periods.
    drawn = list(chart.plots[0].series)[0 if even else 1 :]
    named = []
    for series, stretch in zip(drawn, stretches, strict=False):
        place = lines.index(stretch.line)
        numbers = _numbers(stretch.points, periods, even)
        _draw(chart_data, series, stretch, numbers, len(periods) <= 3, place in ends)
        if stretch.is_end and place in ends:
            starts = len(periods) == 2 and stretch.points[0] is stretch.line.points[0]
            where = at[stretch.points[-1].period]
            named.append(
                texts.NamedEnd(
                    series, stretch.line, ends[place], numbers, where, place, starts=starts
                )
            )
    texts.name_ends(chart_data, cells, named, plot, ticks)
    rest = drawn[len(stretches) :]
    if gaps:
        numbers = _numbers([gap.own for gap in gaps], periods, even)
        texts.draw_gaps(chart_data, rest[0], gaps, numbers, at, (plot, ticks, marks.scale))
    if marks.notes:
        texts.draw_notes(chart_data, rest[1 if gaps else 0], marks.notes, plot)
    if marks.events:
        texts.draw_events(chart_data, rest[-1], marks.events, plot, ticks)
    return frame, chart_data


def _ends(lines: Sequence[Line], marks: LineMarks, height: float) -> dict[int, str]:
    """What is written at the ends of the lines that have room for it, by their number."""
    kept = lines_to_name(marks.lines, min(int(height / native.LABEL_STEP), MOST_NAMED))
    newest = newest_period(lines)
    return {
        number: " ".join(end_name(line, newest))
        for number, line in enumerate(lines)
        if any(line is fitting for fitting in kept)
    }


def _plot(ends: Mapping[int, str], box: Sequence[int]) -> Plot:
    """Where the lines are drawn: beside it is room for their names."""
    width, height = Emu(box[2]).pt, Emu(box[3]).pt
    longest = max(text_width(text, native.LABEL_SIZE) for text in ends.values())
    return Plot(width, height, 46, min(longest + 22, width / 2), _TOP, _BOTTOM)


def _name_periods(
    chart: Any, chart_data: Series, cells: LineCells, periods: Sequence[Period], plot: Plot,
    even: bool, lines: Sequence[Line],
) -> list[float]:  # fmt: skip
    """Names the periods under the lines; how far along the axis each is, from 0 to 1."""
    names = [cells.periods[period] for period in periods]
    if even:
        texts.name_periods(chart, [str(name.value) for name in names], plot)
        return [place / max(len(periods) - 1, 1) for place in range(len(periods))]
    room = 0.0 if len(periods) > 2 else _start_room(lines)
    return texts.name_dates(
        chart, chart_data, names, [years_of(period.end) for period in periods], plot, room
    )


def _periods(lines: Sequence[Line]) -> list[Period]:
    """Every period of the lines, oldest first."""
    periods = {point.period for line in lines for point in line.points}
    return sorted(periods, key=lambda period: period.order)


def _start_room(lines: Sequence[Line]) -> float:
    """Points of width for the first values, left of their dots."""
    return 16 + max(text_width(line.points[0].text, native.LABEL_SIZE) for line in lines)


def _shows_gaps(lines: Sequence[Line], periods: Sequence[Period]) -> bool:
    """Whether a chart of categories shows just the gaps that the lines have."""
    steps = [(later.start - earlier.start).days for earlier, later in pairwise(periods)]
    # Months and quarters differ by a few days. The way to a target has no values in between.
    uneven = steps and max(steps) > 1.25 * min(steps)
    if uneven or any(line.role in NO_FIGURES for line in lines):
        return False
    places = {period: place for place, period in enumerate(periods)}
    for line in lines:
        stretches = runs(line)
        if any(
            places[b.period] - places[a.period] > 1 for run in stretches for a, b in pairwise(run)
        ):
            return False
        if any(places[b[0].period] - places[a[-1].period] < 2 for a, b in pairwise(stretches)):
            return False
    return True


def _stretches(line: Line) -> list[Stretch]:
    """A series for each unbroken stretch; the last has the line's name, others also their time."""
    unbroken = runs(line)
    return [
        Stretch(
            line, run,
            line.name if run is unbroken[-1] else f"{line.name}, til {run[-1].period_name}",
            run is unbroken[-1],
        )
        for run in unbroken
    ]  # fmt: skip


def years_of(day: date) -> float:
    """A day as years: where a period ends, as on the page; a year is at its own number."""
    return round(day.year - 1 + day.timetuple().tm_yday / 365.25, 2)


def _ticks(lines: Sequence[Line], marks: LineMarks) -> Ticks:
    low, _ = value_range(lines, marks.scale)
    values = [
        end
        for line in lines
        for point in line.points
        for end in (point.value, point.range_low, point.range_high)
        if end is not None
    ]
    # The remarks say where the axis starts: it starts there.
    return native.ticks_from(low, values, marks.scale)


def _gap_name(lines: Sequence[Line]) -> str:
    names = {line.role: line.name for line in lines}
    return f"Midt mellem {names[FOCUS]} og {names[BENCHMARK]}"


def _category_frame(
    shapes: Any, stretches: Sequence[Stretch], periods: Sequence[Period], box: Sequence[int],
    unit: str,
) -> tuple[Any, CategorySeries, LineCells, list[Gap]]:  # fmt: skip
    lines = [stretch.line for stretch in stretches]
    names = names_of(lines, periods)
    chart_data = CategorySeries(PERIOD, names)
    named = dict(zip(periods, names, strict=True))
    cells = write_lines(chart_data.book.numbers, lines, named, unit)
    for number, line in enumerate(lines):
        values = {point.period: point.value for point in line.points}
        series_values = [values.get(period) for period in periods]
        chart_data.add_column(cells.columns[number], line.name, series_values)
    gaps = _gaps(lines, cells)
    if gaps:
        middles = {gap.own.period: gap.middle for gap in gaps}
        chart_data.add(
            _gap_name(lines), [middles.get(period) for period in periods], is_drawn_only=True
        )  # fmt: skip
    return shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *box, chart_data), chart_data, cells, gaps


def _dated_frame(
    shapes: Any, stretches: Sequence[Stretch], lines: Sequence[Line], marks: LineMarks,
    box: Sequence[int], low: float, unit: str,
) -> tuple[Any, XySeries, LineCells, list[Gap]]:  # fmt: skip
    events = marks.events
    periods = _periods(lines)
    chart_data = XySeries()
    named = dict(zip(periods, names_of(lines, periods), strict=True))
    years = {period: years_of(period.end) for period in periods}
    cells = write_lines(chart_data.book.numbers, lines, named, unit, years)
    # LibreOffice draws no series before the longest one, so the longest is first.
    count = max(len(periods), len(events), len(marks.notes))
    padded = [periods[min(place, len(periods) - 1)] for place in range(count)]
    chart_data.add(_PERIODS, [(cells.times[period], low) for period in padded])

    def points_of(points: Iterable[LinePoint], values: Iterable[Drawn]) -> list[Any]:
        """Where points are drawn: at the end of their periods."""
        return [
            (cells.times[point.period], value) for point, value in zip(points, values, strict=True)
        ]

    for stretch in stretches:
        number = lines.index(stretch.line)
        name = cells.names[number] if stretch.is_end else stretch.name
        values = [cells.value(number, point) for point in stretch.points]
        chart_data.add(name, points_of(stretch.points, values))
    gaps = _gaps(lines, cells)
    if gaps:
        chart_data.add(
            _gap_name(lines), points_of((gap.own for gap in gaps), (gap.middle for gap in gaps))
        )
    if marks.notes:
        noted = [note.point for note in marks.notes]
        chart_data.add(_NOTES, points_of(noted, (point.value for point in noted)))
    if events:
        first, last = years[periods[0]], years[periods[-1]]
        middles = [(years_of(event.first) + years_of(event.last)) / 2 for event in events]
        chart_data.add(
            _EVENTS,
            [(round(min(max(middle, first), last), 2), low) for middle in middles],
        )
    return (
        shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES, *box, chart_data),
        chart_data,
        cells,
        gaps,
    )


def _gaps(lines: Sequence[Line], cells: LineCells) -> list[Gap]:
    """The distances that are drawn, with the cells they follow from."""
    places = {line.role: place for place, line in enumerate(lines)}
    return [
        Gap(
            own, other,
            cells.value(places[FOCUS], own), cells.value(places[BENCHMARK], other),
        )
        for own, other in labelled_gaps(lines)
    ]  # fmt: skip


def names_of(lines: Sequence[Line], periods: Sequence[Period]) -> list[str]:
    """The periods' names, in their order."""
    names = {point.period: point.period_name for line in lines for point in line.points}
    return [names[period] for period in periods]


def _numbers(points: Sequence[LinePoint], periods: Sequence[Period], even: bool) -> list[int]:
    """The number that each point has in its series: its category, or its place in the row."""
    if not even:
        return list(range(len(points)))
    return [periods.index(point.period) for point in points]


def _draw(
    chart_data: Series,
    series: Any,
    stretch: Stretch,
    numbers: Sequence[int],
    few: bool,
    is_named: bool,
) -> None:
    line = stretch.line
    shade = style.LINE_COLOUR[line.role]
    if line.role == PEER and not is_named:
        shade = style.FAINT
    series.smooth = False
    dashed = line.role in style.DASHES
    native.stroke(series.format.line, shade, native.LINE_WIDTH[line.role], dashed)
    native.no_marker(series)
    ranges: dict[int, tuple[native.Reach, native.Reach]] = {}
    for point, number in zip(stretch.points, numbers, strict=True):
        last = point is line.points[-1] and is_named
        # A point between two gaps has no line to be seen by.
        alone = number - 1 not in numbers and number + 1 not in numbers
        rough = point.is_hollow or bool(point.bound)
        is_figure = line.role not in NO_FIGURES
        if (last and line.role != LIMIT) or (is_figure and (few or alone or rough)):
            size = 8 if last and line.role == FOCUS else 7 if rough else 6
            native.marker(series.points[number], size, shade, rough)
        if point.range_low is not None and point.range_high is not None:
            ranges[number] = (
                (point.value - point.range_low, ""), (point.range_high - point.value, "")
            )  # fmt: skip
    if ranges:
        native.error_bars(chart_data, series, "y", ranges, (shade, 3.0))
