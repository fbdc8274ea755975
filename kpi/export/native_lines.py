"""A development as a native line chart, its lines named at their ends."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.util import Emu

from kpi import format as fmt
from kpi.charts import style
from kpi.charts.marks import BENCHMARK, FOCUS, TARGET, Line, LineMarks, LinePoint, Scale
from kpi.charts.trend import told_gaps
from kpi.export import native_style as native
from kpi.export.csv import safe_text
from kpi.export.deck_text import text_width
from kpi.export.native_style import Label, Plot, Ticks
from kpi.period import Period

_PERIODS = "Perioder"


def line_chart(shapes: Any, marks: LineMarks, box: Sequence[int]) -> Any:
    """The graphic frame of the lines. Categories are the periods; what is missing is a gap.

    Where periods stand unevenly apart, the lines are drawn over years (an XY chart) instead.
    """
    rank = {FOCUS: 2, BENCHMARK: 1}
    lines = sorted(
        (line for line in marks.lines if line.points), key=lambda one: rank.get(one.role, 0)
    )
    periods = sorted({point.period for line in lines for point in line.points}, key=_order)
    ticks = _ticks(lines, marks, from_zero=len(periods) <= 2)
    longest = max(text_width(_end_text(line), native.LABEL_SIZE) for line in lines)
    width, height = Emu(box[2]).pt, Emu(box[3]).pt
    # Two periods have their values at both ends: the axis need not tell them.
    left = 14 + max(text_width(line.points[0].text, native.LABEL_SIZE) for line in lines)
    few = len(periods) == 2
    plot = Plot(width, height, left if few else 46, min(longest + 22, width / 2), 16, 26)
    # The way to a target has no values in the years between: no chart of categories draws it.
    even = _evenly_spaced(periods) and not any(line.role == TARGET for line in lines)
    gaps = told_gaps(lines)
    if even:
        frame = _category_frame(shapes, lines, periods, gaps, box)
    else:
        frame = _dated_frame(shapes, lines, periods, gaps, box, ticks.low)
    chart = frame.chart
    native.bare(chart, plot)
    native.value_axis(chart.value_axis, ticks, marks.scale, grid=not few)
    if few:
        chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    if even:
        _name_periods(chart, lines, periods, plot)
        shares = [place / max(len(periods) - 1, 1) for place in range(len(periods))]
    else:
        shares = _name_dates(chart, lines, periods, plot)
    # Over years, the first series holds the names of the periods.
    drawn = list(chart.plots[0].series)[0 if even else 1 :]
    for series, line in zip(drawn, lines, strict=False):
        _draw(series, line, _numbers(line.points, periods, even), few=len(periods) <= 3)
    _name_lines(drawn, lines, dict(zip(periods, shares, strict=True)), even, (plot, ticks))
    if gaps:
        numbers = _numbers([own for own, _ in gaps], periods, even)
        _draw_gaps(drawn[len(lines)], gaps, numbers, periods[-1], (plot, marks.scale))
    return frame


def _order(period: Period) -> Any:
    return period.order


def _evenly_spaced(periods: Sequence[Period]) -> bool:
    steps = [(later.start - earlier.start).days for earlier, later in pairwise(periods)]
    # Months and quarters differ by a few days.
    return not steps or max(steps) <= 1.25 * min(steps)


def _years(period: Period) -> float:
    # Where it ends, as on the page; a year stands at its own number.
    return round(period.end.year - 1 + period.end.timetuple().tm_yday / 365.25, 2)


def _ticks(lines: Sequence[Line], marks: LineMarks, from_zero: bool) -> Ticks:
    values = [point.value for line in lines for point in line.points]
    low, high = style.span(values, marks.scale, from_zero)
    if low <= 0:
        return native.ticks_from(low, high)
    # The remarks say where the axis starts, in whole numbers: it starts there.
    said = float(fmt.round_half_up(low, 0))
    start = said if said <= min(values) else math.floor(low)
    return Ticks(start, high, native.nice_step(high - start, 5))


def _end_text(line: Line) -> str:
    return f"{line.name} {line.points[-1].text}"


def _gap_name(lines: Sequence[Line]) -> str:
    names = {line.role: line.name for line in lines}
    return f"Midt mellem {names[FOCUS]} og {names[BENCHMARK]}"


def _category_frame(
    shapes: Any, lines: Sequence[Line], periods: Sequence[Period],
    gaps: Sequence[tuple[LinePoint, LinePoint]], box: Sequence[int],
) -> Any:  # fmt: skip
    content = CategoryChartData(number_format="0.0")
    content.categories = [safe_text(name) for name in _names(lines, periods)]
    for line in lines:
        values = {point.period: point.value for point in line.points}
        content.add_series(safe_text(line.name), [values.get(period) for period in periods])
    if gaps:
        middles = {own.period: _middle(own, other) for own, other in gaps}
        content.add_series(_gap_name(lines), [middles.get(period) for period in periods])
    return shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *box, content)


def _dated_frame(
    shapes: Any, lines: Sequence[Line], periods: Sequence[Period],
    gaps: Sequence[tuple[LinePoint, LinePoint]], box: Sequence[int], lowest: float,
) -> Any:  # fmt: skip
    content = XyChartData(number_format="0.0")
    # LibreOffice draws no series before the longest one, so the longest is first.
    names = content.add_series(_PERIODS)
    for period in periods:
        names.add_data_point(_years(period), lowest)
    for line in lines:
        series = content.add_series(safe_text(line.name))
        for point in line.points:
            series.add_data_point(_years(point.period), point.value)
    if gaps:
        series = content.add_series(_gap_name(lines))
        for own, other in gaps:
            series.add_data_point(_years(own.period), _middle(own, other))
    return shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES, *box, content)


def _names(lines: Sequence[Line], periods: Sequence[Period]) -> list[str]:
    names = {point.period: point.period_name for line in lines for point in line.points}
    return [names[period] for period in periods]


def _middle(own: LinePoint, other: LinePoint) -> float:
    return round((own.value + other.value) / 2, 6)


def _name_periods(chart: Any, lines: Sequence[Line], periods: Sequence[Period], plot: Plot) -> None:
    axis = chart.category_axis
    axis.has_major_gridlines = False
    native.stroke(axis.format.line, style.AXIS, 0.75)
    axis.major_tick_mark, axis.minor_tick_mark = XL_TICK_MARK.OUTSIDE, XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    widest = max(text_width(name, native.AXIS_SIZE) for name in _names(lines, periods)) + 12
    steps = max(len(periods) - 1, 1)
    least = max(1, math.ceil(widest * steps / plot.inner_width))
    # The last period is named too where some step allows it.
    fits = [step for step in range(least, min(2 * least, steps) + 1) if steps % step == 0]
    step = fits[0] if fits else least
    native.name_every(axis, step)
    if len(periods) > 1:
        # The first and the last period stand at the edges of the plot.
        native.stand_on_edges(chart.value_axis)


def _name_dates(
    chart: Any, lines: Sequence[Line], periods: Sequence[Period], plot: Plot
) -> list[float]:
    """Names the periods under the axis; returns how far along it each stands (0 to 1)."""
    years = [_years(period) for period in periods]
    width = years[-1] - years[0]
    native.no_axis(chart.category_axis, years[0], years[-1])
    native.stroke(chart.category_axis.format.line, style.AXIS, 0.75)
    shares = [(year - years[0]) / width for year in years]
    names, labels = _names(lines, periods), []
    taken: list[tuple[float, float]] = []
    # The first and the last are named before those between them.
    for place in dict.fromkeys((0, len(periods) - 1, *range(len(periods)))):
        half = text_width(names[place], native.AXIS_SIZE) / 2
        left, right = (shares[place] * plot.inner_width + side for side in (-half, half))
        if all(right + 8 < start or left - 8 > end for start, end in taken):
            labels.append(Label(place, names[place], position="b", size=native.AXIS_SIZE))
            taken.append((left, right))
    helper = chart.plots[0].series[0]
    helper.format.line.fill.background()
    native.no_marker(helper)
    native.label_points(helper, labels, plot)
    return shares


def _numbers(points: Sequence[LinePoint], periods: Sequence[Period], even: bool) -> list[int]:
    """The number that each point has in its series: its category, or its place in the row."""
    if not even:
        return list(range(len(points)))
    return [periods.index(point.period) for point in points]


def _draw(series: Any, line: Line, numbers: Sequence[int], few: bool) -> None:
    shade = style.LINE_COLOUR[line.role]
    series.smooth = False
    dashed = line.role in style.DASHED
    native.stroke(series.format.line, shade, native.LINE_WIDTH[line.role], dashed)
    native.no_marker(series)
    for point, number in zip(line.points, numbers, strict=True):
        last = point is line.points[-1]
        # A point between two gaps has no line to be seen by.
        alone = number - 1 not in numbers and number + 1 not in numbers
        if last or (line.role != TARGET and (few or alone or point.approximate)):
            size = 8 if last and line.role == FOCUS else 7 if point.approximate else 6
            native.marker(series.points[number], size, shade, point.approximate)


def _name_lines(
    drawn: Sequence[Any], lines: Sequence[Line], shares: Mapping[Period, float], even: bool,
    frame: tuple[Plot, Ticks],
) -> None:  # fmt: skip
    """Names each line at the right edge, pushed apart; with two periods also its first value."""
    plot, ticks = frame
    per_unit = plot.inner_height / (ticks.high - ticks.low)
    ends = [line.points[-1].value * per_unit for line in lines]
    starts = [line.points[0].value * per_unit for line in lines]
    end_places = style.spread(ends, native.LABEL_STEP)
    start_places = style.spread(starts, native.LABEL_STEP)
    for place, (series, line) in enumerate(zip(drawn, lines, strict=False)):
        number = _numbers(line.points, list(shares), even)[-1]
        away = (1 - shares[line.points[-1].period]) * plot.inner_width
        down = ends[place] - end_places[place]
        labels = [Label(number, _end_text(line), line.role, right=away, down=down)]
        if len(shares) == 2 and len(line.points) == 2:
            down = starts[place] - start_places[place]
            labels.append(Label(0, line.points[0].text, line.role, "l", down=down))
        native.label_points(series, labels, plot)


def _draw_gaps(
    series: Any, gaps: Sequence[tuple[LinePoint, LinePoint]], numbers: Sequence[int], last: Period,
    frame: tuple[Plot, Scale],
) -> None:  # fmt: skip
    """Dotted lines from the chosen area to the benchmark, with the distance in blue."""
    plot, scale = frame
    series.smooth = False
    series.format.line.fill.background()
    native.no_marker(series)
    ends, labels = {}, []
    for number, (own, other) in zip(numbers, gaps, strict=True):
        gap_points = round(own.value - other.value, 10)
        ends[number] = (abs(gap_points) / 2, abs(gap_points) / 2)
        text = fmt.number(gap_points, scale.decimals, sign=True)
        side = "l" if own.period == last else "r"
        labels.append(Label(number, text, FOCUS, side, veiled=True))
    native.error_bars(series, "y", ends, (style.BLUE, 1.5), caps=False, dashed=True)
    native.label_points(series, labels, plot)
