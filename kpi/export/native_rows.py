"""Values on rows as a native XY chart: dots with stems, intervals as lines through them.

A bar would hide the lower half of an interval, and no other native chart has dots on rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Emu

from kpi.charts import style
from kpi.charts.dots import dot_range
from kpi.charts.marks import (
    AT_LEAST,
    AT_MOST,
    BENCHMARK,
    FOCUS,
    PEER,
    RANGE,
    Dot,
    DotMarks,
    OutcomeMarks,
    Role,
    Scale,
)
from kpi.charts.rows import FEW, MOST_NAMED, middles, rows_to_name
from kpi.export import native_style as native
from kpi.export.chart_book import Cell
from kpi.export.chart_numbers import DotCells, unit_of, write_dots
from kpi.export.chart_series import Drawn, XySeries
from kpi.export.deck_text import lines_of, text_width
from kpi.export.label_formulas import broken_formula, label_formula
from kpi.export.native_style import Label, Plot, Ticks

_BOTTOM, _TOP = 26, 8
_STEP, _OUTCOME_STEP = 50.0, 24.0
# A few rows are further apart, so that they fill a slide.
_MOST_STEP, _ROOMY = 120.0, 230.0
# The room after the dots of an outcome, in rows.
_BETWEEN = 0.35
# Of many rows the unnamed ones are so much lower than a named one; and how high that is at least.
_THIN, _LABEL = 0.1, 16.0


@dataclass(frozen=True)
class _Name:
    """The text at the left of a row, `y` rows below the top; `cell` has it in the workbook."""

    y: float
    cell: Cell
    role: Role = BENCHMARK
    bold: bool = True

    @property
    def text(self) -> str:
        """What is written."""
        return str(self.cell.value)


@dataclass(frozen=True)
class _Value:
    """A dot on a row, `y` rows below the top, with its text and its name in the workbook."""

    y: float
    name: str
    dot: Dot
    text: str
    cells: DotCells
    is_named: bool = True

    @property
    def interval(self) -> tuple[Cell, Cell] | None:
        """Low and high end of the confidence interval; None where it cannot be computed."""
        low, high = self.cells.low, self.cells.high
        return None if self.dot.bound == RANGE or low is None or high is None else (low, high)


def dot_chart(shapes: Any, marks: DotMarks, box: Sequence[int], unit: str) -> tuple[Any, XySeries]:
    """The graphic frame of dots, highest first; stems start at the benchmark, else at 0."""
    ordered = sorted(marks.dots, key=lambda dot: dot.value, reverse=True)
    named, heights = _named_rows(ordered, Emu(box[3]).pt - _TOP - _BOTTOM)
    series = XySeries()
    names_of = [(dot.name,) for dot in ordered]
    unit = unit_of(marks.scale, unit)
    cells = write_dots(series.book.numbers, names_of, ordered, ("Navn",), unit)
    # A row of full height is 1, its middle where a row of its own would have it.
    rows = [middle - 0.5 for middle in middles(heights)]
    names = [
        _Name(
            rows[place], cells[place].name,
            BENCHMARK if ordered[place].role == PEER else ordered[place].role,
            ordered[place].role != PEER,
        )
        for place in named
    ]  # fmt: skip
    values = [
        _Value(
            y, dot.name, dot, dot.text if place in named else "", cells[place], place in named
        )
        for place, (y, dot) in enumerate(zip(rows, ordered, strict=True))
    ]  # fmt: skip
    return _chart(shapes, series, names, values, marks.scale, box), series


def _named_rows(dots: Sequence[Dot], room: float) -> tuple[list[int], list[float]]:
    """Which rows are named, and each row's height (1: a named one), in `room` points."""
    if len(dots) <= FEW:
        return list(range(len(dots))), [1.0] * len(dots)
    fitting = (room - _THIN * _LABEL * len(dots)) / (_LABEL * (1 - _THIN))
    named = rows_to_name(dots, min(max(int(fitting), 4), MOST_NAMED))
    return named, [1.0 if place in named else _THIN for place in range(len(dots))]


def outcome_chart(shapes: Any, marks: OutcomeMarks, box: Sequence[int]) -> tuple[Any, XySeries]:
    """The graphic frame of outcomes: a block each, one dot per area, headed by their population."""
    series = XySeries()
    words = [(row.section, row.name, dot.name) for row in marks.rows for dot in row.dots]
    sheet = series.book.numbers
    cells = iter(
        write_dots(
            sheet, words, [dot for row in marks.rows for dot in row.dots],
            ("Af hvem", "Resultat", "Område"), unit_of(marks.scale, ""),
        )
    )  # fmt: skip
    names: list[_Name] = []
    values: list[_Value] = []
    y = 0.0
    line = 1
    for _, members in groupby(marks.rows, key=lambda row: row.section):
        names.append(_Name(y, sheet.cells[line, 0]))
        y += 1
        for member in members:
            names.append(_Name(y, sheet.cells[line, 1], bold=False))
            for dot in member.dots:
                name = f"{member.name}: {dot.name}"
                values.append(_Value(y, name, dot, f"{dot.name} {dot.text}", next(cells)))
                y, line = y + 1, line + 1
            y += _BETWEEN
    return _chart(shapes, series, names, values, marks.scale, box), series


def heights_of(marks: DotMarks | OutcomeMarks) -> tuple[float, float]:
    """The points of height that are enough, and those beyond which more would only be empty."""
    if isinstance(marks, DotMarks):
        dots, edges = len(marks.dots), _TOP + _BOTTOM
        if dots > FEW:
            height = edges + native.LABEL_STEP * (MOST_NAMED + _THIN * (dots - MOST_NAMED))
            return height, height
        roomy = max(_STEP, min(_MOST_STEP, _ROOMY / dots))
        return dots * _STEP + edges, dots * roomy + edges
    sections = len({row.section for row in marks.rows})
    rows = sections + sum(len(row.dots) + _BETWEEN for row in marks.rows)
    height = rows * _OUTCOME_STEP + _TOP + _BOTTOM
    return height, height


def _chart(
    shapes: Any, series: XySeries, names: Sequence[_Name], values: Sequence[_Value], scale: Scale,
    box: Sequence[int],
) -> Any:  # fmt: skip
    benchmark = next((value for value in values if value.dot.role == BENCHMARK), None)
    width, height = Emu(box[2]).pt, Emu(box[3]).pt
    rows = max(value.y for value in values) + 1
    size = min(native.LABEL_SIZE, max(8.0, 0.72 * (height - _TOP - _BOTTOM) / rows))
    most = width * 0.36
    named = max(min(text_width(name.text, size), most) for name in names)
    value_width = max(text_width(value.text, size) for value in values)
    plot = Plot(width, height, named + 16, value_width + 24, _TOP, _BOTTOM)
    ticks = _ticks([value.dot for value in values], scale)
    _add_series(series, names, values, (ticks, rows), benchmark)
    frame = shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES, *box, series)
    chart = frame.chart
    native.bare(chart, plot)
    native.value_axis(chart.category_axis, ticks, scale)
    native.no_axis(chart.value_axis, 0, rows)
    drawn = iter(chart.plots[0].series)
    _draw_names(series, next(drawn), names, plot, size, most)
    if benchmark:
        _draw_gaps(series, next(drawn), values, plot, size)
        _draw_rule(next(drawn))
    for value in values:
        # A stem comes from the benchmark, else from 0: the number is at its other end.
        leftward = value.dot.value < (benchmark.dot.value if benchmark else 0.0)
        interval = next(drawn) if value.interval else None
        limit = next(drawn) if value.dot.bound in (AT_LEAST, AT_MOST) else None
        own = next(drawn)
        _draw(own, value.dot, interval, small=size <= 10 or not value.is_named)
        if limit is not None:
            _draw_limit(limit, value.dot)
        if not value.is_named:
            continue
        # The text is beyond the interval, the range and the arrow.
        at_start = leftward and (value.interval is not None or value.dot.bound == RANGE)
        outer = limit if limit is not None and leftward == (value.dot.bound == AT_MOST) else None
        label = Label(
            0 if at_start else 1, value.text, value.dot.role, "l" if leftward else "r", size=size,
            formula=value.cells.label(value.text, value.dot),
        )  # fmt: skip
        owner = next(each for each in (outer, interval, own) if each is not None)
        native.label_points(series, owner, [label], plot)
    return frame


def _ticks(dots: Sequence[Dot], scale: Scale) -> Ticks:
    # The remarks say where the axis starts: it starts there.
    low, _ = dot_range(dots, scale)
    return native.ticks_from(low, [end for dot in dots for end in dot.ends], scale)


def _add_series(
    series: XySeries, names: Sequence[_Name], values: Sequence[_Value],
    frame: tuple[Ticks, float], benchmark: _Value | None,
) -> None:  # fmt: skip
    """The series; `frame` is the value axis and the number of rows."""
    ticks, rows = frame
    left = ticks.low

    def add(name: str, points: Sequence[tuple[Drawn, float]]) -> None:
        """Adds a series of (value, rows below the top)."""
        # The first row is at the top.
        series.add(name, [(x, round(rows - 0.5 - y, 4)) for x, y in points])

    # LibreOffice draws no series before the longest one: the first is made the longest.
    add(
        "Rækkernes navne",
        [(left, y) for y in (*(name.y for name in names), *(value.y for value in values))],
    )
    start: Drawn = 0.0
    if benchmark:
        start = benchmark.cells.value
        add(
            "Forskelle",
            [
                (
                    Cell(
                        f"({value.cells.value.at}+{start.at})/2",
                        round((value.dot.value + benchmark.dot.value) / 2, 6),
                    ),
                    value.y,
                )
                for value in values
            ],
        )
        add(f"Niveau for {benchmark.name}", [(start, -0.5), (start, rows - 0.5)])
    for value in values:
        if value.interval:
            add(f"Usikkerhed: {value.name}", [(end, value.y) for end in value.interval])
        if value.dot.bound in (AT_LEAST, AT_MOST):
            away = 0.07 * (ticks.high - ticks.low)
            away = max(away if value.dot.bound == AT_LEAST else -away, left - value.dot.value)
            own = value.cells.value
            tip = Cell(f"{own.at}+({away:.10g})", value.dot.value + away)
            add(f"Grænse: {value.name}", [(own, value.y), (tip, value.y)])
        add(value.name, [(end, value.y) for end in _ends_of(value, start)])


def _ends_of(value: _Value, start: Drawn) -> tuple[Drawn, Drawn]:
    """From where to where a row is drawn: a stem up to its value, or a range from end to end."""
    cells = value.cells
    if value.dot.bound == RANGE and cells.low is not None and cells.high is not None:
        return cells.low, cells.high
    return start, cells.value


def _draw_limit(limit: Any, dot: Dot) -> None:
    """An arrow from a limit to the side where the value lies."""
    limit.smooth = False
    native.stroke(limit.format.line, style.DOT_COLOUR[dot.role], 2.0, dashed=True)
    native.arrow(limit)
    native.no_marker(limit)


def _draw(own: Any, dot: Dot, interval: Any, small: bool) -> None:
    shade = style.DOT_COLOUR[dot.role]
    own.smooth = False
    if dot.bound == RANGE:
        native.no_marker(own)
        native.stroke(own.format.line, shade, 8.0)
        return
    native.marker(own, 7 if small else 10, shade, dot.approximate or bool(dot.bound))
    native.no_marker(own.points[0])
    width = 3.5 if dot.role == FOCUS else 2.0
    if interval is not None:
        # The interval is the strong line: such a stem would hide its lower half.
        width = 0.75
        interval.smooth = False
        native.stroke(interval.format.line, shade, 2.5)
        native.no_marker(interval)
    native.stroke(own.format.line, shade, width, dot.approximate)
    if dot.bound == AT_MOST:
        # No stem up to a value that may be lower.
        own.format.line.fill.background()


def _draw_names(
    series: XySeries, drawn: Any, names: Sequence[_Name], plot: Plot, size: float, most: float
) -> None:
    drawn.format.line.fill.background()
    native.no_marker(drawn)
    labels = []
    for place, name in enumerate(names):
        lines = lines_of(name.text, size, most)
        formula = broken_formula(name.cell, lines)
        labels.append(
            Label(
                place, "\n".join(lines), name.role, "l", size=size, bold=name.bold,
                formula=formula,
            )
        )  # fmt: skip
    native.label_points(series, drawn, labels, plot)


def _draw_gaps(
    series: XySeries, gaps: Any, values: Sequence[_Value], plot: Plot, size: float
) -> None:
    gaps.format.line.fill.background()
    native.no_marker(gaps)
    labels = [
        Label(
            place, value.dot.gap_text, value.dot.role, "t", size=size,
            formula=_gap_formula(value, values),
        )
        for place, value in enumerate(values)
        if value.is_named and value.dot.gap_text and value.dot.role != BENCHMARK
    ]  # fmt: skip
    native.label_points(series, gaps, labels, plot)


def _gap_formula(value: _Value, values: Sequence[_Value]) -> str:
    """What gives the distance to the benchmark."""
    benchmark = next(other for other in values if other.dot.role == BENCHMARK)
    gap = round(value.dot.value - benchmark.dot.value, 10)
    difference = Cell(f"({value.cells.value.at}-{benchmark.cells.value.at})", gap)
    return label_formula(value.dot.gap_text, [difference])


def _draw_rule(rule: Any) -> None:
    rule.smooth = False
    native.stroke(rule.format.line, style.INK, 1.5, dashed=True)
    native.no_marker(rule)
