"""Exhibits as native charts that PowerPoint edits: each kind of marks has its own."""

from collections.abc import Sequence
from datetime import date
from typing import Any, assert_never

from kpi.charts.marks import (
    DotMarks,
    FunnelMarks,
    LineMarks,
    Marks,
    NumberMarks,
    OutcomeMarks,
    PanelMarks,
    RankMarks,
    TileMarks,
)
from kpi.export import native_number, native_ranking, native_rows
from kpi.export.chart_series import Series, finish
from kpi.export.native_funnel import funnel_chart
from kpi.export.native_lines import line_chart
from kpi.export.native_panels import panel_group
from kpi.export.native_tiles import tile_group

# The marks of which PowerPoint draws a chart.
Drawn = LineMarks | DotMarks | RankMarks | OutcomeMarks | FunnelMarks


def add_chart(shapes: Any, marks: Marks, box: Sequence[int], day: date, unit: str = "") -> Any:
    """Adds the chart to a slide within `box` (left, top, width, height in EMU); the graphic frame.

    Its workbook contains the numbers in their `unit` and is dated `day`. A single number is a table
    of one cell, a map a group of squares, small charts a group of lines.
    """
    if isinstance(marks, NumberMarks):
        return native_number.number_table(shapes, marks, box)
    if isinstance(marks, TileMarks):
        return tile_group(shapes, marks, box)
    if isinstance(marks, PanelMarks):
        return panel_group(shapes, marks, box)
    frame, series = _frame(shapes, marks, box, unit)
    _number_axes(frame.chart)
    finish(frame.chart, series, day)
    return frame


def heights_of(marks: Marks) -> tuple[float, float] | None:
    """How many points of height are enough, and how many can be used; None for all there is."""
    match marks:
        case DotMarks() | OutcomeMarks():
            return native_rows.heights_of(marks)
        case NumberMarks():
            return native_number.HEIGHT, native_number.HEIGHT
        case RankMarks():
            height = native_ranking.height_of(marks)
            return height, height
        case LineMarks() | FunnelMarks() | TileMarks() | PanelMarks():
            return None
    assert_never(marks)


def is_tall(marks: Marks) -> bool:
    """Whether a chart is easier to read the taller it is: it has its notes beside it, not under."""
    match marks:
        case LineMarks() | FunnelMarks() | RankMarks() | TileMarks() | PanelMarks():
            return True
        case DotMarks() | OutcomeMarks() | NumberMarks():
            return False
    assert_never(marks)


def _frame(shapes: Any, marks: Drawn, box: Sequence[int], unit: str) -> tuple[Any, Series]:
    match marks:
        case LineMarks():
            return line_chart(shapes, marks, box, unit)
        case DotMarks():
            return native_rows.dot_chart(shapes, marks, box, unit)
        case RankMarks():
            return native_ranking.rank_chart(shapes, marks, box, unit)
        case OutcomeMarks():
            return native_rows.outcome_chart(shapes, marks, box)
        case FunnelMarks():
            return funnel_chart(shapes, marks, box)
    assert_never(marks)


def _number_axes(chart: Any) -> None:
    """Numbers the axes from 1: the library's own ids are below zero, which the format forbids."""
    ids: dict[str, int] = {}
    for element in chart._chartSpace.iter("{*}axId", "{*}crossAx"):
        axis = element.get("val")
        element.set("val", str(ids.setdefault(axis, len(ids) + 1)))
