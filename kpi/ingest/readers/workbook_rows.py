"""The rows of a sheet as the fast reader gives them, with what the styles make of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from python_calamine import CalamineSheet

from kpi.ingest.containers.sheet_budget import Budget, Place
from kpi.ingest.readers.cell_notes import Notes
from kpi.ingest.readers.cell_values import cell_text, day_of, may_be_person, typed
from kpi.ingest.readers.number_formats import shown_period, shown_text
from kpi.ingest.table.footnote_marks import raised
from kpi.ingest.table.raw import HIDDEN, TYPED, UNREADABLE

# What a mark begins with: a hundred times the number; a percent sign after the number as it is; a
# date's month or year (then the format); a text instead of the cell's; raised as a whole; a unit
# after the number (then the unit); a text with what its format puts beside it (then the format); a
# number with words that its format makes another of (then both).
PERCENT, PERCENT_SIGN, PERIOD, TEXT, ALL_RAISED, UNIT, FORMAT = "%", "p", "d", "=", "r", "u", "f"
WITH_WORDS = "w"
Marks = dict[int, dict[int, str]]  # sheet row, column, from 0: what is to be done with the cell

# The cells of a row, or how many rows without any follow.
RowOrBlanks = list[str] | int

# The day before day 1, as programs count since Excel took 1900 for a leap year.
FIRST_DAYS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_OURS = str.maketrans("", "", TYPED + HIDDEN)
# A day as `cell_text` writes it, with and without a time.
_DAY = re.compile(r"(\d{4})[M-](\d{2})[D-](\d{2})")


@dataclass(frozen=True)
class SheetRows:
    """The rows of a sheet from row 1, to go through once, and what is known of its cells.

    A stray cell far below leaves a million rows blank, so these are counted and not given one by
    one.

    The notes are complete when the rows are gone through. Where numbers of the rows have no percent
    signs or units yet, `marks` say which are shown with one.
    """

    rows: Iterator[RowOrBlanks]
    marks: Marks = field(default_factory=dict)
    notes: Notes = field(default_factory=Notes)

    def __iter__(self) -> Iterator[list[str]]:
        """Every row, each blank one too."""
        for cells in self.rows:
            if isinstance(cells, int):
                yield from ([] for _ in range(cells))
            else:
                yield cells

    def with_units(self) -> Iterator[RowOrBlanks]:
        """The rows with `%`, or ` kr.`, after typed numbers that the screen shows with it."""
        number = -1
        for cells in self.rows:
            if isinstance(cells, int):
                number += cells
                yield cells
                continue
            number += 1
            for column, mark in self.marks.get(number, {}).items():
                if column >= len(cells) or not cells[column].startswith(TYPED):
                    continue
                if mark in (PERCENT, PERCENT_SIGN):
                    cells[column] += "%"
                elif mark.startswith(UNIT):
                    cells[column] += f" {mark[1:]}"
            yield cells


def marked_rows(
    sheet: CalamineSheet,
    marks: Marks,
    budget: Budget,
    notes: Notes,
    first_day: date = FIRST_DAYS[False],
) -> Iterator[RowOrBlanks]:
    """The rows from row 1, each to its last filled cell, written as `RawTable` describes cells."""
    number, blanks = -1, 0
    if sheet.start is not None and sheet.end is not None:
        budget.spend_area(sheet.end)
        margin = [""] * sheet.start[1]
        merged = _Merged(sheet.merged_cell_ranges or [], sheet.end)
        # The rows above the first filled one are given too, the columns before it are not.
        for number, values in enumerate(sheet.iter_rows()):
            is_blank = values[0] == "" and values.count("") == len(values)
            if is_blank and number not in marks and not merged.reach(number):
                blanks += 1
                continue
            if blanks:
                budget.spend_rows(blanks, number)
                yield blanks
                blanks = 0
            cells = margin + [cell_text(value) for value in values]
            _note_days(number, marks.get(number, {}), cells, first_day, notes)
            _apply(marks.get(number, {}), cells, first_day)
            merged.fill(number, cells, budget, notes)
            while cells and not cells[-1]:
                cells.pop()
            budget.spend(cells, number + 1)
            yield cells
    if blanks:
        budget.spend_rows(blanks, number + 1)
        yield blanks
    # To the fast reader a formula without a result is an empty cell: rows of nothing else follow.
    for row in range(number + 1, max(marks, default=-1) + 1):
        cells = []
        _apply(marks.get(row, {}), cells, first_day)
        budget.spend(cells, row + 1)
        yield cells


def _note_days(
    row: int, marks: dict[int, str], cells: list[str], first_day: date, notes: Notes
) -> None:
    """Notes the days that are in cells of which a month or a year is shown."""
    for column, mark in marks.items():
        is_period = mark.startswith(PERIOD) and column < len(cells)
        if is_period and (day := _day(cells[column], first_day)) is not None:
            notes.add_day(row, column, day_of(day))


def _apply(marks: dict[int, str], cells: list[str], first_day: date) -> None:
    for column, mark in marks.items():
        if mark.startswith(TEXT):
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = mark[1:].translate(_OURS)
        elif mark.startswith(WITH_WORDS) and column < len(cells):
            cells[column] = TYPED + mark[1:].translate(_OURS)
        elif column < len(cells):
            cells[column] = _marked(cells[column], mark, first_day)


def _marked(text: str, mark: str, first_day: date) -> str:
    """A cell's text with its mark taken into account."""
    if mark == PERCENT and text.startswith(TYPED):
        number = Decimal(text[1:])
        return text if may_be_person(number) else typed(number * 100)
    if mark.startswith(PERIOD) and (day := _day(text, first_day)):
        return shown_period(mark[1:], day)
    if mark.startswith(FORMAT) and not text.startswith(TYPED):
        return shown_text(mark[1:], text)
    if mark == ALL_RAISED:
        return UNREADABLE + text[1:] if text.startswith(TYPED) else raised(text)
    return text


def _day(text: str, first_day: date) -> date | None:
    """The day of a date cell, also where the fast reader took it for a number."""
    if text.startswith(TYPED):
        try:
            return first_day + timedelta(days=int(float(text[1:])))
        except OverflowError:
            return None
    numbers = _DAY.match(text)
    return date(*map(int, numbers.groups())) if numbers else None


class _Merged:
    """Fills the cells that a merged cell covers with its text, row by row."""

    def __init__(self, ranges: list[tuple[Place, Place]], last_cell: Place) -> None:
        self._starting: dict[int, list[tuple[int, int, int]]] = {}
        self._open: list[tuple[int, int, int, str]] = []
        covered = 0
        for (top, left), (bottom, right) in ranges:
            last, end = min(bottom, last_cell[0]), min(right, last_cell[1]) + 1
            if top <= last and left < end:
                covered += (last - top + 1) * (end - left)
                self._starting.setdefault(top, []).append((last, left, end))
        if covered > (last_cell[0] + 1) * (last_cell[1] + 1):
            raise ValueError("merged cells that overlap")

    def reach(self, row: int) -> bool:
        """Whether a merged cell covers a part of the row."""
        if row in self._starting:
            return True
        return bool(self._open) and any(merged[0] >= row for merged in self._open)

    def fill(self, row: int, cells: list[str], budget: Budget, notes: Notes) -> None:
        """Writes the texts of merged cells into the row's blank ones, within the budget."""
        self._open = [merged for merged in self._open if merged[0] >= row]
        for last, left, end in self._starting.get(row, []):
            budget.check(len(cells[left]) * (last - row + 1) * (end - left), row + 1)
            self._open.append((last, left, end, cells[left]))
        for _, left, end, text in self._open:
            for column in range(left, min(end, len(cells))):
                if text and not cells[column]:
                    cells[column] = text
                    notes.add_merged(row, column, text)
