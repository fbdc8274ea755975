"""The funnel plot as a native XY chart: shares by size, with control limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Emu

from kpi.charts import style
from kpi.charts.funnel import funnel_names, funnel_range
from kpi.charts.marks import FOCUS, PEER, FunnelDot, FunnelLimit, FunnelMarks, Scale
from kpi.domain.format import safe_text
from kpi.export import native_style as native
from kpi.export.deck_text import text_width
from kpi.export.native_style import Label, Plot, Ticks

_AXIS_TITLE = "Personer i gruppen"
# The points of a letter of a name, which is written in 14.
_LETTER = 8.0


@dataclass(frozen=True)
class _Series:
    """What is drawn as one series: points of (size, percent), and what they are of."""

    name: str
    points: tuple[tuple[float, float], ...]
    limit: FunnelLimit | None = None
    dot: FunnelDot | None = None
    is_others: bool = False


def funnel_chart(shapes: Any, marks: FunnelMarks, box: Sequence[int]) -> Any:
    """The graphic frame: named areas a series each, the others one, limits as curves."""
    width, height = Emu(box[2]).pt, Emu(box[3]).pt
    limit_names = [limit.name for limit in marks.limits]
    room = max((text_width(name, 12) for name in limit_names), default=20.0) + 16
    plot = Plot(width, height, 46, room, 14, 46)
    low, high = funnel_range(marks.dots, marks.limits)
    largest = max(dot.size for dot in marks.dots)
    named = funnel_names(
        marks.dots, (largest * 1.05, plot.inner_width), (low, high, plot.inner_height), _LETTER
    )
    drawn = _series_of(marks, named)
    content = XyChartData(number_format="0.0")
    for group in drawn:
        points = content.add_series(safe_text(group.name))
        for size, value in group.points:
            points.add_data_point(size, value)
    frame = shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES, *box, content)
    chart = frame.chart
    native.bare(chart, plot)
    ticks = Ticks(low, high, native.nice_step(high - low, 5))
    native.value_axis(chart.value_axis, ticks, marks.scale)
    native.value_axis(
        chart.category_axis, native.ticks_from(0, largest * 1.05, 6), Scale("", 0), grid=False
    )
    native.stroke(chart.category_axis.format.line, style.AXIS, 0.75)
    _title(chart.category_axis)
    for series, group in zip(chart.plots[0].series, drawn, strict=True):
        _draw(series, group, plot)
    return frame


def _series_of(marks: FunnelMarks, named: Sequence[int]) -> list[_Series]:
    """Longest first: LibreOffice draws no series before the longest one."""
    groups = []
    for limit in marks.limits:
        for side, edge in (("nedre", limit.low), ("øvre", limit.high)):
            name = f"{limit.name}, {side} grænse"
            points = tuple(zip(limit.sizes, edge, strict=True))
            groups.append(_Series(name, points, limit=limit))
    end = max(dot.size for dot in marks.dots) * 1.05
    groups.append(_Series("Fælles andel", ((0.0, marks.centre), (end, marks.centre))))
    others = tuple(
        (dot.size, dot.value) for place, dot in enumerate(marks.dots) if place not in named
    )
    if others:
        groups.append(_Series("Øvrige områder", others, is_others=True))
    groups += [
        _Series(dot.name, ((dot.size, dot.value),), dot=dot)
        for dot in sorted((marks.dots[place] for place in named), key=lambda dot: dot.role == FOCUS)
    ]
    return sorted(groups, key=lambda group: -len(group.points))


def _title(axis: Any) -> None:
    axis.has_title = True
    frame = axis.axis_title.text_frame
    frame.text = _AXIS_TITLE
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold = native.points(native.AXIS_SIZE), False
    font.color.rgb = native.colour(style.GREY_TEXT)


def _draw(series: Any, drawn: _Series, plot: Plot) -> None:
    series.smooth = drawn.limit is not None
    if drawn.dot:
        series.format.line.fill.background()
        role = drawn.dot.role
        native.marker(series, 10 if role == FOCUS else 7, style.DOT_COLOUR[role])
        native.label_points(series, [Label(0, drawn.dot.name, role, "t")], plot)
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
            native.label_points(series, [label], plot)
    else:
        native.no_marker(series)
        native.stroke(series.format.line, style.INK, 1.5)
