"""The funnel plot as a native XY chart: shares by size, with control limits."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Emu

from kpi.charts import style
from kpi.charts.funnel import funnel_names, funnel_range, size_axis, size_title
from kpi.charts.marks import FOCUS, PEER, FunnelDot, FunnelLimit, FunnelMarks, Scale
from kpi.export import native_style as native
from kpi.export.chart_book import Cell, Sheet
from kpi.export.chart_numbers import COUNT, OF, UNIT, put_counts, share_formula
from kpi.export.chart_series import Drawn, XySeries
from kpi.export.deck_text import text_width
from kpi.export.native_style import Label, Plot, Ticks

_SIZES = Scale("", 0)
# The points of a letter of a name, which is written in 14.
_LETTER = 8.0


@dataclass(frozen=True)
class _Series:
    """What is drawn as one series: points of (size, percent), and what they are of."""

    name: str
    points: tuple[tuple[Drawn, Drawn], ...]
    limit: FunnelLimit | None = None
    dot: FunnelDot | None = None
    place: int | None = None
    is_others: bool = False


def funnel_chart(shapes: Any, marks: FunnelMarks, box: Sequence[int]) -> tuple[Any, XySeries]:
    """The graphic frame: named areas a series each, the others one, limits as curves."""
    width, height = Emu(box[2]).pt, Emu(box[3]).pt
    limit_names = [limit.name for limit in marks.limits]
    room = max((text_width(name, 12) for name in limit_names), default=20.0) + 16
    plot = Plot(width, height, 46, room, 14, 46)
    # Near size 0 the limits are unbounded: the curves are cut where the areas are.
    low, high = funnel_range(marks.dots)
    high = max(high, *(limit.high[-1] for limit in marks.limits), high)
    ticks = native.ticks_from(low, [low, high], marks.scale)
    largest = max(dot.size for dot in marks.dots)
    along = size_axis(marks.dots)
    across = _decades(marks.dots) if along.is_log else native.ticks_from(0, [0, largest], _SIZES, 6)
    along = along._replace(low=along.at(across.low), high=along.at(across.high))
    named = funnel_names(
        marks.dots, along, plot.inner_width, (low, ticks.high, plot.inner_height), _LETTER
    )
    chart_data = XySeries()
    cells = _write_numbers(chart_data.book.numbers, marks)
    drawn = _series_of(marks, cells, named, (across.low, high))
    for group in drawn:
        chart_data.add(
            cells[group.place].name if group.place is not None else group.name, group.points
        )
    frame = shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES, *box, chart_data)
    chart = frame.chart
    native.bare(chart, plot)
    native.value_axis(chart.value_axis, ticks, marks.scale)
    native.value_axis(chart.category_axis, across, _SIZES, grid=False)
    if along.is_log:
        native.logarithmic(chart.category_axis)
    native.stroke(chart.category_axis.format.line, style.AXIS, 0.75)
    _title(chart.category_axis, size_title(along.is_log))
    for series, group in zip(chart.plots[0].series, drawn, strict=True):
        _draw(chart_data, series, group, plot, cells)
    return frame, chart_data


@dataclass(frozen=True)
class _Cells:
    """Where an area's name, size and share stand."""

    name: Cell
    size: Cell
    value: Cell


def _write_numbers(sheet: Sheet, marks: FunnelMarks) -> list[_Cells]:
    for column, heading in enumerate(("Område", "Værdi", UNIT, COUNT, OF)):
        sheet.put(0, column, heading, is_heading=True)
    rows = []
    for row, dot in enumerate(marks.dots, start=1):
        name = sheet.put(row, 0, dot.name)
        counts = put_counts(sheet, row, 3, (round(dot.value * dot.size / 100, 6), dot.size))
        value = sheet.put(row, 1, dot.value, share_formula(dot.value, counts))
        sheet.put(row, 2, "procent")
        rows.append(_Cells(name, sheet.cells[row, 4], value))
    return rows


def _series_of(
    marks: FunnelMarks, cells: Sequence[_Cells], named: Sequence[int], ends: tuple[float, float]
) -> list[_Series]:
    """Longest first: LibreOffice draws no series before the longest one.

    `ends` are the least size and the highest percentage that are drawn.
    """
    start, high = ends
    groups = []
    for limit in marks.limits:
        for side, edge in (("nedre", limit.low), ("øvre", limit.high)):
            reach = [each for each in zip(limit.sizes, edge, strict=True) if each[0] >= start]
            points = tuple(_below(reach, high))
            if points:
                groups.append(_Series(f"{limit.name}, {side} grænse", points, limit=limit))
    end = max(dot.size for dot in marks.dots) * 1.05
    groups.append(_Series("Fælles andel", ((start, marks.centre), (end, marks.centre))))
    areas = [(area.size, area.value) for area in cells]
    others = tuple(point for place, point in enumerate(areas) if place not in named)
    if others:
        groups.append(_Series("Øvrige områder", others, is_others=True))
    groups += [
        _Series(marks.dots[place].name, (areas[place],), dot=marks.dots[place], place=place)
        for place in sorted(named, key=lambda place: marks.dots[place].role == FOCUS)
    ]
    return sorted(groups, key=lambda group: -len(group.points))


def _below(points: Sequence[tuple[float, float]], high: float) -> list[tuple[float, float]]:
    """A curve's points up to a value, and where it crosses that: the axis would follow it up."""
    kept: list[tuple[float, float]] = []
    for (x, y), (next_x, next_y) in pairwise(points):
        if y <= high:
            kept.append((x, y))
        if (y <= high) != (next_y <= high):
            share = (high - y) / (next_y - y)
            kept.append((round(x + share * (next_x - x), 4), high))
    return kept + [point for point in points[-1:] if point[1] <= high]


def _decades(dots: Sequence[FunnelDot]) -> Ticks:
    """An axis by powers of ten around all sizes."""
    powers = [math.log10(dot.size) for dot in dots]
    return Ticks(10.0 ** math.floor(min(powers)), 10.0 ** math.ceil(max(powers)), 10.0)


def _title(axis: Any, text: str) -> None:
    axis.has_title = True
    frame = axis.axis_title.text_frame
    frame.text = text
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold = native.points(native.AXIS_SIZE), False
    font.color.rgb = native.colour(style.GREY_TEXT)


def _draw(
    chart_data: XySeries, series: Any, drawn: _Series, plot: Plot, cells: Sequence[_Cells]
) -> None:
    series.smooth = drawn.limit is not None
    if drawn.dot and drawn.place is not None:
        series.format.line.fill.background()
        role = drawn.dot.role
        size = 10 if role == FOCUS else 7
        native.marker(series, size, style.DOT_COLOUR[role], hollow=drawn.dot.is_doubted)
        name = Label(0, drawn.dot.name, role, "t", formula=cells[drawn.place].name.at)
        native.label_points(chart_data, series, [name], plot)
    elif drawn.is_others:
        series.format.line.fill.background()
        native.marker(series, 6, style.GREY_LINE)
    elif drawn.limit:
        native.no_marker(series)
        outer = drawn.limit.is_outer
        native.stroke(series.format.line, style.GREY_DOT, 1.2, dashed=not outer)
        if drawn.name.endswith("øvre grænse"):
            last, down = len(drawn.points) - 1, -7.0 if outer else 7.0
            label = Label(last, drawn.limit.name, PEER, "r", down=down, size=12)
            native.label_points(chart_data, series, [label], plot)
    else:
        native.no_marker(series)
        native.stroke(series.format.line, style.INK, 1.5)
