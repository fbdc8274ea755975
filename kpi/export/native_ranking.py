"""Areas in order of their value as native horizontal bars."""

from collections.abc import Mapping, Sequence
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.util import Emu

from kpi.charts import style
from kpi.charts.marks import BENCHMARK, FOCUS, Dot, RankMarks, Scale
from kpi.charts.rows import FEW, rows_apart
from kpi.export import native_style as native
from kpi.export.chart_numbers import (
    COUNT,
    OF,
    PERIOD,
    UNIT,
    put_counts,
    share_formula,
    told_counts,
    unit_of,
)
from kpi.export.chart_series import CategorySeries
from kpi.export.deck_text import text_width
from kpi.export.label_formulas import label_formula
from kpi.export.native_style import Label, Plot, Ticks

_STEP, _THIN = 26.0, 9.0
_TOP, _BOTTOM = 12, 26


def rank_chart(
    shapes: Any, marks: RankMarks, box: Sequence[int], unit: str
) -> tuple[Any, CategorySeries]:
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
    ticks = _ticks([bar.value for bar in bars], marks.scale)
    chart_data, formulas = _data(bars, texts, unit_of(marks.scale, unit))
    frame = shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *box, chart_data)
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
        Label(place, text, bars[place].role, "outEnd", veiled=many, formula=formulas[place])
        for place, text in texts.items()
    ]  # fmt: skip
    native.label_points(chart_data, series, labels, plot)
    return frame, chart_data


def _data(
    bars: Sequence[Dot], texts: Mapping[int, str], unit: str
) -> tuple[CategorySeries, dict[int, str]]:
    """The bars with their workbook, and the formulas of their labels."""
    chart_data = CategorySeries("Område", [bar.name for bar in bars])
    sheet = chart_data.book.numbers
    for column, heading in enumerate((PERIOD, UNIT, COUNT, OF), start=2):
        sheet.put(0, column, heading, is_heading=True)
    counts = []
    for row, bar in enumerate(bars, start=1):
        sheet.put(row, 2, bar.period_name)
        sheet.put(row, 3, unit)
        counts.append(put_counts(sheet, row, 4, bar.counts))
    shares = {
        place: share_formula(bar.value, counts[place]) for place, bar in enumerate(bars)
    }  # fmt: skip
    values = chart_data.add("Værdi", [bar.value for bar in bars], shares, column=1)
    formulas = {}
    for place, text in texts.items():
        parts = [chart_data.names[place], *told_counts(text, counts[place]), values[place]]
        formulas[place] = label_formula(text, [part for part in parts if part])
    return chart_data, formulas


def _ticks(values: Sequence[float], scale: Scale) -> Ticks:
    """From 0, or from a tick under the lowest bar."""
    return native.ticks_from(min(*values, 0.0), [*values, 0.0], scale)


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
