"""Areas in order of their value as native horizontal bars."""

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.util import Emu

from kpi.charts import style
from kpi.charts.marks import BENCHMARK, FOCUS, Dot, RankMarks
from kpi.charts.rows import FEW, rows_apart
from kpi.domain.format import safe_text
from kpi.export import native_style as native
from kpi.export.deck_text import text_width
from kpi.export.native_style import Label, Plot

_STEP, _THIN = 26.0, 9.0
_TOP, _BOTTOM = 12, 26


def rank_chart(shapes: Any, marks: RankMarks, box: Sequence[int]) -> Any:
    """The graphic frame of bars from 0, the first area at the top, the benchmark a bar in ink.

    Where there is no room for all names, those of the chosen area, the benchmark, the first, the
    last and the marked ones are written at their bars, as far as each has room of its own.
    """
    bars = marks.dots
    width, height = Emu(box[2]).pt, Emu(box[3]).pt
    step = (height - _TOP - _BOTTOM) / len(bars)
    many = len(bars) > FEW or step < native.LABEL_STEP
    labelled = rows_apart(bars, step, native.LABEL_STEP) if many else list(range(len(bars)))
    texts = {place: _text(bars[place], many) for place in labelled}
    names = max(text_width(bar.name, native.LABEL_SIZE) for bar in bars)
    room = max(text_width(text, native.LABEL_SIZE) for text in texts.values()) + 20
    plot = Plot(width, height, 10 if many else min(names + 16, width / 3), room, _TOP, _BOTTOM)
    _, high = style.span([bar.value for bar in bars], marks.scale, from_zero=True, room=0.06)
    ticks = native.ticks_from(min(0.0, *(bar.value for bar in bars)), high)
    content = CategoryChartData(number_format="0.0")
    content.categories = [safe_text(bar.name) for bar in bars]
    content.add_series("Værdi", [bar.value for bar in bars])
    frame = shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *box, content)
    chart = frame.chart
    native.bare(chart, plot)
    native.value_axis(chart.value_axis, ticks, marks.scale)
    _areas_downward(chart, many)
    chart.plots[0].gap_width = 40
    series = chart.plots[0].series[0]
    series.invert_if_negative = False
    for place, bar in enumerate(bars):
        _fill(series.points[place], bar)
    labels = [
        Label(place, text, bars[place].role, "outEnd", veiled=many)
        for place, text in texts.items()
    ]  # fmt: skip
    native.label_points(series, labels, plot)
    return frame


def _text(bar: Dot, many: bool) -> str:
    return f"{bar.name} {bar.text}" if many else bar.text


def height_of(marks: RankMarks) -> float:
    """The points of height beyond which more would only be empty."""
    return 38 + (_STEP if len(marks.dots) <= FEW else _THIN) * len(marks.dots)


def _areas_downward(chart: Any, many: bool) -> None:
    axis = chart.category_axis
    axis.reverse_order = True
    axis.has_major_gridlines = False
    axis.format.line.fill.background()
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    none, low = XL_TICK_LABEL_POSITION.NONE, XL_TICK_LABEL_POSITION.LOW
    axis.tick_label_position = none if many else low
    axis.tick_labels.font.size = native.points(native.LABEL_SIZE)
    axis.tick_labels.font.color.rgb = native.colour(style.INK)
    # Every name, however little room there is: a left-out name would seem to be its neighbour's.
    native.name_every(axis, 1)
    # With the order turned, the numbers would be above the bars.
    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH


def _fill(point: Any, bar: Dot) -> None:
    shade = {FOCUS: style.BLUE, BENCHMARK: style.INK}.get(
        bar.role, style.GREY_TEXT if bar.named else style.GREY_LINE
    )
    point.format.fill.solid()
    point.format.fill.fore_color.rgb = native.colour(style.WHITE if bar.approximate else shade)
    if bar.approximate:
        native.stroke(point.format.line, shade, 1.5)
