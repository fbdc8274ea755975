"""Values on rows as a native XY chart: dots with stems, intervals as lines through them.

A bar would hide the lower half of an interval, and no other native chart holds dots on rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Emu

from kpi.charts import style
from kpi.charts.marks import BENCHMARK, FOCUS, PEER, Dot, DotMarks, OutcomeMarks, Scale
from kpi.export import native_style as native
from kpi.export.csv import safe_text
from kpi.export.deck_text import lines_of, text_width
from kpi.export.native_style import Label, Plot, Ticks

_BOTTOM, _TOP = 26, 8
_STEP, _OUTCOME_STEP = 50.0, 24.0
# A few rows stand further apart, so that they fill a slide.
_MOST_STEP, _ROOMY = 120.0, 230.0
# The room after the dots of an outcome, in rows.
_BETWEEN = 0.35


@dataclass(frozen=True)
class _Name:
    """What stands at the left of a row, `y` rows below the top."""

    y: float
    text: str
    role: str = BENCHMARK
    bold: bool = True


@dataclass(frozen=True)
class _Value:
    """A dot on a row, `y` rows below the top, with its text and its name in the workbook."""

    y: float
    name: str
    dot: Dot
    text: str

    @property
    def interval(self) -> tuple[float, float] | None:
        """Low and high end; None where chance cannot be judged."""
        low, high = self.dot.low, self.dot.high
        return None if low is None or high is None else (low, high)


def dot_chart(shapes: Any, marks: DotMarks, box: Sequence[int]) -> Any:
    """The graphic frame of dots, highest first; stems start at the benchmark, else at 0."""
    ordered = sorted(marks.dots, key=lambda dot: dot.value, reverse=True)
    benchmark = next((dot for dot in ordered if dot.role == BENCHMARK), None)
    names = [
        _Name(y, dot.name, BENCHMARK if dot.role == PEER else dot.role, dot.role != PEER)
        for y, dot in enumerate(ordered)
    ]
    values = [_Value(y, dot.name, dot, dot.text) for y, dot in enumerate(ordered)]
    return _chart(shapes, names, values, marks.scale, box, benchmark)


def outcome_chart(shapes: Any, marks: OutcomeMarks, box: Sequence[int]) -> Any:
    """The graphic frame of outcomes: a block each, a dot an area, headed by their population."""
    names: list[_Name] = []
    values: list[_Value] = []
    y = 0.0
    for section, members in groupby(marks.rows, key=lambda row: row.section):
        names.append(_Name(y, section))
        y += 1
        for member in members:
            names.append(_Name(y, member.name, bold=False))
            for dot in member.dots:
                name = f"{member.name}: {dot.name}"
                values.append(_Value(y, name, dot, f"{dot.name} {dot.text}"))
                y += 1
            y += _BETWEEN
    return _chart(shapes, names, values, marks.scale, box, None)


def heights_of(marks: DotMarks | OutcomeMarks) -> tuple[float, float]:
    """The points of height that are enough, and those beyond which more would only be empty."""
    if isinstance(marks, DotMarks):
        dots, edges = len(marks.dots), _TOP + _BOTTOM
        roomy = max(_STEP, min(_MOST_STEP, _ROOMY / dots))
        return dots * _STEP + edges, dots * roomy + edges
    sections = len({row.section for row in marks.rows})
    rows = sections + sum(len(row.dots) + _BETWEEN for row in marks.rows)
    height = rows * _OUTCOME_STEP + _TOP + _BOTTOM
    return height, height


def _chart(
    shapes: Any, names: Sequence[_Name], values: Sequence[_Value], scale: Scale,
    box: Sequence[int], benchmark: Dot | None,
) -> Any:  # fmt: skip
    width, height = Emu(box[2]).pt, Emu(box[3]).pt
    rows = max(one.y for one in values) + 1
    size = min(native.LABEL_SIZE, max(8.0, 0.72 * (height - _TOP - _BOTTOM) / rows))
    most = width * 0.36
    named = max(min(text_width(one.text, size), most) for one in names)
    told = max(text_width(one.text, size) for one in values)
    plot = Plot(width, height, named + 16, told + 24, _TOP, _BOTTOM)
    ticks = _ticks([one.dot for one in values], scale, benchmark)
    content = _content(names, values, (ticks.low, rows), benchmark)
    frame = shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES, *box, content)
    chart = frame.chart
    native.bare(chart, plot)
    native.value_axis(chart.category_axis, ticks, scale)
    native.no_axis(chart.value_axis, 0, rows)
    drawn = iter(chart.plots[0].series)
    _draw_names(next(drawn), names, plot, size, most)
    if benchmark:
        _draw_gaps(next(drawn), values, plot, size)
        _draw_rule(next(drawn))
    for one in values:
        leftward = benchmark is not None and one.dot.value < benchmark.value
        label = Label(
            0 if one.interval and leftward else 1, one.text, one.dot.role,
            "l" if leftward else "r", size=size,
        )  # fmt: skip
        interval = next(drawn) if one.interval else None
        own = next(drawn)
        _draw(own, one.dot, interval, small=size <= 10)
        # The text stands beyond the interval.
        native.label_points(own if interval is None else interval, [label], plot)
    return frame


def _ticks(dots: Sequence[Dot], scale: Scale, benchmark: Dot | None) -> Ticks:
    ends = [end for dot in dots for end in (dot.value, dot.low, dot.high) if end is not None]
    low, high = style.span(ends, scale, from_zero=benchmark is None, room=0.16)
    return native.ticks_from(low, high if high > low else low + 1)


def _content(
    names: Sequence[_Name], values: Sequence[_Value], corner: tuple[float, float],
    benchmark: Dot | None,
) -> XyChartData:  # fmt: skip
    """The series; `corner` is the left end of the axis and the number of rows."""
    left, rows = corner
    content = XyChartData(number_format="0.0")

    def add(name: str, points: Sequence[tuple[float, float]]) -> None:
        series = content.add_series(safe_text(name))
        for x, y in points:
            # The first row stands at the top.
            series.add_data_point(x, round(rows - 0.5 - y, 4))

    # LibreOffice draws no series before the longest one: the first is made the longest.
    add(
        "Rækkernes navne",
        [(left, y) for y in (*(one.y for one in names), *(one.y for one in values))],
    )
    start = 0.0
    if benchmark:
        start = benchmark.value
        add("Afstande", [(round((one.dot.value + start) / 2, 6), one.y) for one in values])
        add(f"Niveau for {benchmark.name}", [(start, -0.5), (start, rows - 0.5)])
    for one in values:
        if one.interval:
            add(f"Usikkerhed: {one.name}", [(end, one.y) for end in one.interval])
        add(one.name, [(start, one.y), (one.dot.value, one.y)])
    return content


def _draw(own: Any, dot: Dot, interval: Any, small: bool) -> None:
    shade = style.DOT_COLOUR[dot.role]
    own.smooth = False
    native.marker(own, 7 if small else 10, shade, dot.approximate)
    native.no_marker(own.points[0])
    width = 3.5 if dot.role == FOCUS else 2.0
    if interval is not None:
        # The interval is the strong line: such a stem would hide its lower half.
        width = 0.75
        interval.smooth = False
        native.stroke(interval.format.line, shade, 2.5)
        native.no_marker(interval)
    native.stroke(own.format.line, shade, width, dot.approximate)


def _draw_names(series: Any, names: Sequence[_Name], plot: Plot, size: float, most: float) -> None:
    series.format.line.fill.background()
    native.no_marker(series)
    labels = [
        Label(
            place, "\n".join(lines_of(one.text, size, most)), one.role, "l", size=size,
            bold=one.bold,
        )
        for place, one in enumerate(names)
    ]  # fmt: skip
    native.label_points(series, labels, plot)


def _draw_gaps(gaps: Any, values: Sequence[_Value], plot: Plot, size: float) -> None:
    gaps.format.line.fill.background()
    native.no_marker(gaps)
    labels = [
        Label(place, one.dot.gap_text, one.dot.role, "t", size=size)
        for place, one in enumerate(values)
        if one.dot.gap_text and one.dot.role != BENCHMARK
    ]
    native.label_points(gaps, labels, plot)


def _draw_rule(rule: Any) -> None:
    rule.smooth = False
    native.stroke(rule.format.line, style.INK, 1.5, dashed=True)
    native.no_marker(rule)
