"""The sheet »Tal« of a chart: its numbers with names, periods, units and counts, to be edited."""

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.charts.marks import RANGE, Dot, Scale
from kpi.domain import format as fmt
from kpi.export.chart_book import Cell, Sheet
from kpi.export.label_formulas import interval_formula, label_formula, percent_formula

PERIOD, UNIT, COUNT, OF = "Periode", "Enhed", "Antal (n)", "Af i alt (N)"
_VALUE, _LOW, _HIGH = "Værdi", "Nedre grænse", "Øvre grænse"


@dataclass(frozen=True)
class DotCells:
    """Where a dot's numbers stand. `low` and `high` are the ends of its interval or range."""

    name: Cell
    value: Cell
    counts: tuple[Cell, Cell] | None
    low: Cell | None
    high: Cell | None

    def label(self, text: str, dot: Dot) -> str:
        """The formula of a label that says the dot's name, counts, limits or value."""
        limits = [self.low, self.high] if dot.bound == RANGE else [self.value]
        parts = [self.name, *told_counts(text, self.counts), *limits]
        return label_formula(text, [part for part in parts if part])


def told_counts(text: str, counts: tuple[Cell, Cell] | None) -> list[Cell]:
    """The cells of the counts where the text says them: `21 af 68`."""
    if counts is None:
        return []
    count, of = (cell.value if isinstance(cell.value, float) else None for cell in counts)
    return list(counts) if fmt.n_of_n(count, of) in text else []


def write_dots(
    sheet: Sheet, names: Sequence[tuple[str, ...]], dots: Sequence[Dot], headings: Sequence[str],
    unit: str,
) -> list[DotCells]:  # fmt: skip
    """Writes a row for each dot, under `headings` for its names; the last is the dot's own."""
    first = len(headings)
    columns = (*headings, PERIOD, _VALUE, UNIT, COUNT, OF, _LOW, _HIGH)
    for column, heading in enumerate(columns):
        sheet.put(0, column, heading, is_heading=True)
    cells = []
    for row, (words, dot) in enumerate(zip(names, dots, strict=True), start=1):
        named = [sheet.put(row, column, word) for column, word in enumerate(words)]
        sheet.put(row, first, dot.period_name)
        sheet.put(row, first + 2, unit)
        counts = put_counts(sheet, row, first + 3, dot.counts)
        value = sheet.put(row, first + 1, dot.value, share_formula(dot.value, counts))
        ends = (dot.range_low, dot.range_high) if dot.bound == RANGE else (dot.low, dot.high)
        low, high = (
            None if end is None else sheet.put(
                row, first + 5 + is_upper, end, _end_formula(dot, counts, is_upper=bool(is_upper))
            )
            for is_upper, end in enumerate(ends)
        )  # fmt: skip
        cells.append(DotCells(named[-1], value, counts, low, high))
    return cells


def put_counts(
    sheet: Sheet, row: int, column: int, counts: tuple[float, float] | None
) -> tuple[Cell, Cell] | None:
    """Writes numerator and denominator beside each other; nothing where they are not known."""
    if counts is None:
        return None
    count, of = (sheet.put(row, column + place, float(n)) for place, n in enumerate(counts))
    return count, of


def share_formula(value: float, counts: tuple[Cell, Cell] | None) -> str:
    """A value as the share of its counts, where it is just that; else empty."""
    if counts is None or not isinstance(counts[0].value, float) or not counts[1].value:
        return ""
    share = 100 * counts[0].value / float(counts[1].value)
    return percent_formula(*counts) if abs(share - value) < 1e-9 else ""


def unit_of(scale: Scale, unit: str) -> str:
    """What the values are counted in: the indicator's unit, of shares percent."""
    return "procent" if scale.top is not None else unit


def _end_formula(dot: Dot, counts: tuple[Cell, Cell] | None, is_upper: bool) -> str:
    if counts is None or dot.bound == RANGE or not share_formula(dot.value, counts):
        return ""
    return interval_formula(*counts, is_upper)
