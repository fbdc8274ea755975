"""The series of a chart, and where each of their cells stands in the chart's workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol

from pptx.chart.data import CategoryChartData, XyChartData

from kpi.domain.format import safe_text
from kpi.export.chart_book import Cell, ChartBook, Sheet, Value

# Of each point beside its place: its label, and how far lines reach down (left) and up (right).
Beside = Literal["label", "minus", "plus"]
_BESIDE: Mapping[Beside, str] = {"label": "Etiket", "minus": "Ned eller til venstre",
                                 "plus": "Op eller til højre"}  # fmt: skip
# The columns of an XY chart in the sheet »Diagram«.
_NAME, _X, _Y, _FIRST_BESIDE = range(4)
_HEADINGS = ("Serie", "Hen", "Op", *_BESIDE.values())
# What the library stores before the workbook is ready.
_NOT_YET = b"-"

# A number that is drawn: one that is typed in its place, or a cell's.
Drawn = float | Cell


@dataclass(frozen=True)
class Column:
    """Cells under each other, one a point of a series."""

    sheet: Sheet
    number: int
    first: int
    count: int

    @property
    def at(self) -> str:
        """`Diagram!$D$2:$D$9`."""
        return self.sheet.at(self.first, self.number, self.first + self.count - 1)

    def put(self, place: int, value: Value, formula: str = "") -> Cell:
        """Writes the cell of a point."""
        return self.sheet.put(self.first + place, self.number, value, formula)


class Series(Protocol):
    """What a native chart is made of, and the workbook in it."""

    book: ChartBook

    def beside(self, index: int, kind: Beside) -> Column:
        """Where the labels or reaches of a series' points are written."""


def number_of(value: Drawn) -> float:
    """The number itself."""
    return float(value.value or 0) if isinstance(value, Cell) else value


def formula_of(value: Drawn) -> str:
    """The cell that a number is; empty of one that is typed in its place."""
    return value.at if isinstance(value, Cell) else ""


def finish(chart: Any, series: Series, day: date) -> None:
    """Stores the workbook in its chart, dated `day`."""
    chart.part.chart_workbook.xlsx_part._blob = series.book.content(day)


class XySeries(XyChartData):
    """Series of points: one under another in the sheet »Diagram«, computed from »Tal«."""

    def __init__(self) -> None:
        super().__init__(number_format="General")  # type: ignore[no-untyped-call]
        self.book = ChartBook()
        self._starts: list[int] = []
        self._counts: list[int] = []
        for column, heading in enumerate(_HEADINGS):
            self.book.drawn.put(0, column, heading, is_heading=True)

    def add(self, name: str | Cell, points: Sequence[tuple[Drawn, Drawn]]) -> None:
        """Adds a series of (along, up) points."""
        sheet, start = self.book.drawn, sum(self._counts) + 1
        text = str(name.value) if isinstance(name, Cell) else safe_text(name)
        sheet.put(start, _NAME, text, name.at if isinstance(name, Cell) else "")
        self._starts.append(start)
        self._counts.append(max(len(points), 1))
        series = self.add_series(text)  # type: ignore[no-untyped-call]
        for row, point in enumerate(points, start=start):
            series.add_data_point(*map(number_of, point))
            for column, value in zip((_X, _Y), point, strict=True):
                sheet.put(row, column, number_of(value), formula_of(value))

    def beside(self, index: int, kind: Beside) -> Column:
        """Where the labels or reaches of a series' points are written."""
        return self._column(index, _FIRST_BESIDE + list(_BESIDE).index(kind))

    def series_name_ref(self, series: Any) -> str:
        """The cell of a series' name."""
        return self.book.drawn.at(self._starts[series.index], _NAME)

    def x_values_ref(self, series: Any) -> str:
        """The cells of a series' values along."""
        return self._column(series.index, _X).at

    def y_values_ref(self, series: Any) -> str:
        """The cells of a series' values up."""
        return self._column(series.index, _Y).at

    @property
    def xlsx_blob(self) -> bytes:
        """What the library stores before the workbook is ready."""
        return _NOT_YET

    def _column(self, index: int, number: int) -> Column:
        return Column(self.book.drawn, number, self._starts[index], self._counts[index])


class CategorySeries(CategoryChartData):
    """Series over categories: the first column of »Tal« are the categories, the next the series."""

    def __init__(self, heading: str, names: Sequence[str]) -> None:
        super().__init__(number_format="General")  # type: ignore[no-untyped-call]
        self.book = ChartBook()
        self.book.numbers.put(0, 0, heading, is_heading=True)
        self.names = [
            self.book.numbers.put(row, 0, name) for row, name in enumerate(names, start=1)
        ]
        self.categories = [cell.value for cell in self.names]
        self._columns: list[Column] = []

    def add(
        self, name: str, values: Sequence[Drawn | None], formulas: Mapping[int, str] | None = None,
        is_drawn_only: bool = False, column: int | None = None,
    ) -> list[Cell | None]:  # fmt: skip
        """Adds a series; the cells of its values. None is a gap.

        `is_drawn_only` ones are computed and stand in »Diagram«.
        """
        sheet = self.book.drawn if is_drawn_only else self.book.numbers
        number = sheet.next_column if column is None else column
        sheet.put(0, number, name, is_heading=True)
        cells = Column(sheet, number, 1, len(values))
        self._columns.append(cells)
        drawn = [None if value is None else number_of(value) for value in values]
        self.add_series(safe_text(name), drawn)  # type: ignore[no-untyped-call]
        formulas = formulas or {}
        return [
            None if value is None else cells.put(place, number_of(value), formulas.get(place, ""))
            for place, value in enumerate(values)
        ]

    def add_column(self, number: int, name: str, values: Sequence[float | None]) -> None:
        """Adds a series whose values stand in a column of »Tal« already."""
        self._columns.append(Column(self.book.numbers, number, 1, len(values)))
        self.add_series(safe_text(name), values)  # type: ignore[no-untyped-call]

    def beside(self, index: int, kind: Beside) -> Column:
        """Where the labels or reaches of a series' points are written."""
        sheet = self.book.drawn
        heading = f"{_BESIDE[kind]}: {self[index].name}"
        known = [column for (row, column), cell in sheet.cells.items()
                 if row == 0 and cell.value == heading]  # fmt: skip
        number = known[0] if known else sheet.next_column
        if not known:
            sheet.put(0, number, heading, is_heading=True)
        return Column(sheet, number, 1, len(self.names))

    @property
    def categories_ref(self) -> str:
        """The cells of the categories."""
        return self.book.numbers.at(1, 0, len(self.names))

    def series_name_ref(self, series: Any) -> str:
        """The cell of a series' name."""
        column: Column = self._columns[series.index]
        return column.sheet.at(0, column.number)

    def values_ref(self, series: Any) -> str:
        """The cells of a series' values."""
        column: Column = self._columns[series.index]
        return column.at

    @property
    def xlsx_blob(self) -> bytes:
        """What the library stores before the workbook is ready."""
        return _NOT_YET
