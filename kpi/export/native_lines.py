"""A development as a native chart of lines, named at their ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
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
from kpi.domain.format import safe_text
from kpi.domain.period import Period
from kpi.export import native_line_texts as texts
from kpi.export import native_style as native
from kpi.export.deck_text import text_width
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


def line_chart(shapes: Any, marks: LineMarks, box: Sequence[int]) -> Any:
    """The graphic frame of the lines. Categories are the periods; what is missing is a gap.

    Where periods are unevenly apart, where a gap lies between two of them, and beside events, the
    lines are drawn over years (an XY chart) instead.
    """
    rank = {FOCUS: 2, BENCHMARK: 1}
    lines = sorted(
        (line for line in marks.lines if line.points), key=lambda line: rank.get(line.role, 0)
    )
    periods = sorted({point.period for line in lines for point in line.points}, key=_order)
    ticks = _ticks(lines, marks)
    ends = _ends(lines, marks, Emu(box[3]).pt - _TOP - _BOTTOM)
    plot = _plot(ends, box)
    gaps = labelled_gaps(lines)
    is_beside = marks.events or marks.notes
    even = len(periods) > 2 and not is_beside and _shows_gaps(lines, periods)
    if even:
        stretches = [Stretch(line, line.points, line.name, True) for line in lines]
        frame = _category_frame(shapes, stretches, periods, gaps, box)
    else:
        stretches = [stretch for line in lines for stretch in _stretches(line)]
        frame = _dated_frame(shapes, stretches, periods, gaps, marks, box, ticks)
    chart = frame.chart
    native.bare(chart, plot)
    native.value_axis(chart.value_axis, ticks, marks.scale)
    at = dict(zip(periods, _name_periods(chart, lines, periods, plot, even), strict=True))
    # Over years, the first series has the names of the periods.
    drawn = list(chart.plots[0].series)[0 if even else 1 :]
    named = []
    for series, stretch in zip(drawn, stretches, strict=False):
        place = lines.index(stretch.line)
        numbers = _numbers(stretch.points, periods, even)
        _draw(series, stretch, numbers, len(periods) <= 3, place in ends)
        if stretch.is_end and place in ends:
            starts = len(periods) == 2 and stretch.points[0] is stretch.line.points[0]
            where = at[stretch.points[-1].period]
            named.append(
                texts.NamedEnd(series, stretch.line, ends[place], numbers, where, starts=starts)
            )
    texts.name_ends(named, plot, ticks)
    rest = drawn[len(stretches) :]
    if gaps:
        numbers = _numbers([own for own, _ in gaps], periods, even)
        texts.draw_gaps(rest[0], gaps, numbers, at, (plot, ticks, marks.scale))
    if marks.notes:
        texts.draw_notes(rest[1 if gaps else 0], marks.notes, plot)
    if marks.events:
        texts.draw_events(rest[-1], marks.events, plot, ticks)
    return frame


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
    chart: Any, lines: Sequence[Line], periods: Sequence[Period], plot: Plot, even: bool
) -> list[float]:
    """Names the periods under the lines; how far along the axis each is, from 0 to 1."""
    names = names_of(lines, periods)
    if even:
        texts.name_periods(chart, names, plot)
        return [place / max(len(periods) - 1, 1) for place in range(len(periods))]
    room = 0.0 if len(periods) > 2 else _start_room(lines)
    return texts.name_dates(chart, names, [years_of(period.end) for period in periods], plot, room)


def _order(period: Period) -> Any:
    return period.order


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
    low, high = value_range(lines, marks.scale)
    if low <= 0:
        return native.ticks_from(low, high)
    # The remarks say where the axis starts: it starts there.
    return Ticks(low, high, native.nice_step(high - low, 5))


def _gap_name(stretches: Sequence[Stretch]) -> str:
    names = {stretch.line.role: stretch.line.name for stretch in stretches}
    return f"Midt mellem {names[FOCUS]} og {names[BENCHMARK]}"


def _category_frame(
    shapes: Any, stretches: Sequence[Stretch], periods: Sequence[Period],
    gaps: Sequence[tuple[LinePoint, LinePoint]], box: Sequence[int],
) -> Any:  # fmt: skip
    content = CategoryChartData(number_format="0.0")
    names = names_of([stretch.line for stretch in stretches], periods)
    content.categories = [safe_text(name) for name in names]
    for stretch in stretches:
        values = {point.period: point.value for point in stretch.points}
        content.add_series(safe_text(stretch.name), [values.get(period) for period in periods])
    if gaps:
        middles = {own.period: _middle(own, other) for own, other in gaps}
        content.add_series(_gap_name(stretches), [middles.get(period) for period in periods])
    return shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *box, content)


def _dated_frame(
    shapes: Any, stretches: Sequence[Stretch], periods: Sequence[Period],
    gaps: Sequence[tuple[LinePoint, LinePoint]], marks: LineMarks, box: Sequence[int],
    ticks: Ticks,
) -> Any:  # fmt: skip
    events = marks.events
    content = XyChartData(number_format="0.0")
    # LibreOffice draws no series before the longest one, so the longest is first.
    names = content.add_series(_PERIODS)
    for place in range(max(len(periods), len(events), len(marks.notes))):
        names.add_data_point(years_of(periods[min(place, len(periods) - 1)].end), ticks.low)
    for stretch in stretches:
        series = content.add_series(safe_text(stretch.name))
        for point in stretch.points:
            series.add_data_point(years_of(point.period.end), point.value)
    if gaps:
        series = content.add_series(_gap_name(stretches))
        for own, other in gaps:
            series.add_data_point(years_of(own.period.end), _middle(own, other))
    if marks.notes:
        series = content.add_series(_NOTES)
        for note in marks.notes:
            series.add_data_point(years_of(note.point.period.end), note.point.value)
    if events:
        series = content.add_series(_EVENTS)
        first, last = years_of(periods[0].end), years_of(periods[-1].end)
        for event in events:
            middle = (years_of(event.first) + years_of(event.last)) / 2
            series.add_data_point(round(min(max(middle, first), last), 2), ticks.low)
    return shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES, *box, content)


def names_of(lines: Sequence[Line], periods: Sequence[Period]) -> list[str]:
    """The periods' names, in their order."""
    names = {point.period: point.period_name for line in lines for point in line.points}
    return [names[period] for period in periods]


def _middle(own: LinePoint, other: LinePoint) -> float:
    return round((own.value + other.value) / 2, 6)


def _numbers(points: Sequence[LinePoint], periods: Sequence[Period], even: bool) -> list[int]:
    """The number that each point has in its series: its category, or its place in the row."""
    if not even:
        return list(range(len(points)))
    return [periods.index(point.period) for point in points]


def _draw(series: Any, stretch: Stretch, numbers: Sequence[int], few: bool, is_named: bool) -> None:
    line = stretch.line
    shade = style.LINE_COLOUR[line.role]
    if line.role == PEER and not is_named:
        shade = style.FAINT
    series.smooth = False
    dashed = line.role in style.DASHES
    native.stroke(series.format.line, shade, native.LINE_WIDTH[line.role], dashed)
    native.no_marker(series)
    ranges: dict[int, tuple[float, float]] = {}
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
            ranges[number] = (point.value - point.range_low, point.range_high - point.value)
    if ranges:
        native.error_bars(series, "y", ranges, (shade, 3.0))
