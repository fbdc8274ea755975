"""The sheet »Tal« of a chart of lines: a row for each period, a column for each line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi.charts.line_labels import gap_text
from kpi.charts.marks import Line, LinePoint, Scale
from kpi.domain.period import Period
from kpi.export.chart_book import Cell, Sheet
from kpi.export.chart_numbers import (
    COUNT,
    OF,
    PERIOD,
    UNIT,
    put_counts,
    share_formula,
    told_counts,
)
from kpi.export.label_formulas import label_formula

_TIME = "Tid i år"


@dataclass(frozen=True)
class LineCells:
    """Where the names, periods and values of lines stand; `columns` are the lines', in order."""

    periods: Mapping[Period, Cell]
    times: Mapping[Period, Cell]
    names: Sequence[Cell]
    columns: Sequence[int]
    values: Mapping[tuple[int, Period], Cell]
    counts: Mapping[tuple[int, Period], tuple[Cell, Cell] | None]

    def value(self, line: int, point: LinePoint) -> Cell:
        """The cell of a point of the line with that number."""
        return self.values[line, point.period]

    def label(self, text: str, line: int, point: LinePoint) -> str:
        """The formula of a text that may say the line, its counts and value, and the period."""
        counts = told_counts(text, self.counts[line, point.period])
        value = [] if point.bound == "range" else [self.value(line, point)]
        return label_formula(
            text, [self.names[line], *counts, *value, self.periods[point.period]]
        )  # fmt: skip


def write_lines(
    sheet: Sheet, lines: Sequence[Line], names: Mapping[Period, str], unit: str,
    years: Mapping[Period, float] | None = None,
) -> LineCells:  # fmt: skip
    """Writes the lines' values, their unit, and the counts of those that have any.

    `names` are the periods in their order; with `years` a column says when each ends.
    """
    sheet.put(0, 0, PERIOD, is_heading=True)
    rows = {period: row for row, period in enumerate(names, start=1)}
    periods = {period: sheet.put(rows[period], 0, name) for period, name in names.items()}
    times = {period: sheet.put(rows[period], 1, year) for period, year in (years or {}).items()}
    first = 1
    if years:
        sheet.put(0, 1, _TIME, is_heading=True)
        first = 2
    heads, values, counts = [], {}, {}
    next_count = first + len(lines) + 1
    for number, line in enumerate(lines):
        heads.append(sheet.put(0, first + number, line.name, is_heading=True))
        has_counts = any(point.counts for point in line.points)
        for point in line.points:
            row = rows[point.period]
            counted = put_counts(sheet, row, next_count, point.counts)
            counts[number, point.period] = counted
            formula = share_formula(point.value, counted)
            values[number, point.period] = sheet.put(row, first + number, point.value, formula)
        if has_counts:
            for place, heading in enumerate((COUNT, OF)):
                sheet.put(0, next_count + place, f"{line.name}: {heading}", is_heading=True)
            next_count += 2
    sheet.put(0, first + len(lines), UNIT, is_heading=True)
    for row in rows.values():
        sheet.put(row, first + len(lines), unit)
    columns = [first + number for number in range(len(lines))]
    return LineCells(periods, times, heads, columns, values, counts)


@dataclass(frozen=True)
class Gap:
    """The distance of the chosen area's point to the benchmark's, and the cells of both."""

    own: LinePoint
    other: LinePoint
    own_cell: Cell
    other_cell: Cell

    @property
    def middle(self) -> Cell:
        """Half-way between the two."""
        value = round((self.own.value + self.other.value) / 2, 6)
        return Cell(f"({self.own_cell.at}+{self.other_cell.at})/2", value)

    @property
    def half(self) -> tuple[float, str]:
        """How far each is from there."""
        half = abs(self.own.value - self.other.value) / 2
        return half, f"ABS({self.own_cell.at}-{self.other_cell.at})/2"

    def text(self, scale: Scale) -> tuple[str, str]:
        """What is written, and its formula."""
        text = gap_text(self.own, self.other, scale)
        between = round(self.own.value - self.other.value, 10)
        difference = Cell(f"({self.own_cell.at}-{self.other_cell.at})", between)
        return text, label_formula(text, [difference])
