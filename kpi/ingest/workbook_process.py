"""Reads a workbook in a process of its own, so that a hostile or huge file cannot harm the app.

`python -m kpi.ingest.workbook_process` takes the bytes of an XLSX on standard input and writes JSON
lines: an object for the head of each sheet ("name", "visible"), a list of texts for each of its
rows, an object "notes" of what the sheet shows beside them, and an object "refused" where the file
cannot be used.
"""

import io
import json
import re
import struct
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum
from python_calamine import SheetVisibleEnum as Visibility

from kpi.ingest.cell_notes import Notes
from kpi.ingest.footnote_marks import raised
from kpi.ingest.number_formats import shown_period
from kpi.ingest.raw import (
    HIDDEN,
    MOST_BYTES,
    MOST_CELL_CHARACTERS,
    MOST_ROWS,
    TYPED,
    UNREADABLE,
    RefusedError,
)
from kpi.ingest.workbook_xml import (
    ALL_RAISED,
    PERCENT,
    PERCENT_SIGN,
    PERIOD,
    TEXT,
    Marks,
    WorkbookXml,
    survey,
    too_large,
)

MOST_MEMORY_BYTES = 2 * 1024**3
OUT_OF_MEMORY = 3  # exit code, where Python itself still notices
# Cells, empty ones included: more than a full workbook of the largest inflated size can hold.
MOST_PLACES = 30_000_000
_CORRUPT = (
    CalamineError, BadZipFile, zlib.error, expat.ExpatError, struct.error,
    LookupError, ValueError, EOFError, OSError, OverflowError, RuntimeError,
)  # fmt: skip

Cell = str | int | float | bool | date | datetime | time | timedelta
# The day before day 1, as programs count since Excel took 1900 for a leap year.
_FIRST_DAYS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_OUR_MARKS = str.maketrans("", "", TYPED + UNREADABLE + HIDDEN)
_OUR_TYPED = str.maketrans("", "", TYPED + HIDDEN)
# A day as `cell_text` writes it, with and without a time.
_DAY = re.compile(r"(\d{4})[M-](\d{2})[D-](\d{2})")

Place = tuple[int, int]  # sheet row and column, from 0


@dataclass(frozen=True)
class SheetRows:
    """The rows of a sheet from row 1, to go through once, and what is known of its cells."""

    rows: Iterator[list[str]]
    marks: Marks
    notes: Notes

    def __iter__(self) -> Iterator[list[str]]:
        return self.rows

    def with_percent_signs(self) -> Iterator[list[str]]:
        """The rows with `%` after typed numbers that the screen shows with it."""
        for number, cells in enumerate(self.rows):
            for column, mark in self.marks.get(number, {}).items():
                shown = mark in (PERCENT, PERCENT_SIGN) and column < len(cells)
                if shown and cells[column].startswith(TYPED):
                    cells[column] += "%"
            yield cells


def read_sheets(content: bytes) -> Iterator[tuple[str, bool, SheetRows]]:
    """Every worksheet of an XLSX: name, whether it is visible, and its rows from row 1.

    A row ends with its last filled cell. Cells are written as `RawTable` describes them. Raises
    RefusedError (`not_a_table`, `too_large`), also while rows are read.
    """
    with _faults_refused():
        yield from _read(content)


@contextmanager
def _faults_refused() -> Iterator[None]:
    try:
        yield
    except _CORRUPT as error:
        raise RefusedError(
            "not_a_table",
            "Projektmappen er beskadiget og kan ikke læses.",
            "Hent filen igen, eller åbn den i Excel og gem den som .xlsx.",
        ) from error


def _read(content: bytes) -> Iterator[tuple[str, bool, SheetRows]]:
    with ZipFile(io.BytesIO(content)) as archive:
        parts = {name.replace("\\", "/").casefold(): name for name in archive.namelist()}
        survey(archive)
        workbook = WorkbookXml()
        workbook.read(archive, parts)
        budget = _Budget()
        calamine = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for place, sheet in enumerate(calamine.sheets_metadata):
            if sheet.typ == SheetTypeEnum.WorkSheet:
                part = parts[workbook.sheet_part(place)]
                marks, notes = workbook.marks(archive, part)
                first_day = _FIRST_DAYS[workbook.from_1904]
                rows = _rows(calamine.get_sheet_by_index(place), marks, budget, first_day)
                read = SheetRows(_guarded(rows), marks, notes)
                yield sheet.name, sheet.visible == Visibility.Visible, read


def _guarded(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    with _faults_refused():
        yield from rows


@dataclass
class _Budget:
    """What all sheets together may still hold: few cells in a small file can stand for millions."""

    rows: int = MOST_ROWS
    characters: int = MOST_BYTES
    places: int = MOST_PLACES

    def spend_area(self, last_cell: Place) -> None:
        self.places -= (last_cell[0] + 1) * (last_cell[1] + 1)
        if self.places < 0:
            raise too_large("celler så langt ude i arket, at det ikke kan læses")

    def check(self, characters: int, row: int) -> None:
        if characters > self.characters:
            raise too_large("mere tekst, end der kan læses", row)

    def spend(self, cells: list[str], row: int) -> None:
        self.rows -= 1
        self.characters -= len(cells) + sum(map(len, cells))
        if self.rows < 0:
            raise too_large(f"mere end {MOST_ROWS:,} rækker".replace(",", "."), row)
        self.check(0, row)
        if any(len(cell) > MOST_CELL_CHARACTERS + 1 for cell in cells):
            raise too_large(
                f"en celle med mere end {MOST_CELL_CHARACTERS:,} tegn".replace(",", "."), row
            )


def _rows(
    sheet: CalamineSheet, marks: Marks, budget: _Budget, first_day: date = _FIRST_DAYS[False]
) -> Iterator[list[str]]:
    number = -1
    if sheet.start is not None and sheet.end is not None:
        budget.spend_area(sheet.end)
        margin = [""] * sheet.start[1]
        merged = _Merged(sheet.merged_cell_ranges or [], sheet.end)
        # The rows above the first filled one are given too, the columns before it are not.
        for number, values in enumerate(sheet.iter_rows()):
            cells = margin + [cell_text(value) for value in values]
            _apply(marks.get(number, {}), cells, first_day)
            merged.fill(number, cells, budget)
            while cells and not cells[-1]:
                cells.pop()
            budget.spend(cells, number + 1)
            yield cells
    # To the fast reader a formula without a result is an empty cell: rows of nothing else follow.
    for row in range(number + 1, max(marks, default=-1) + 1):
        cells = []
        _apply(marks.get(row, {}), cells, first_day)
        budget.spend(cells, row + 1)
        yield cells


def _apply(marks: dict[int, str], cells: list[str], first_day: date) -> None:
    for column, mark in marks.items():
        if mark.startswith(TEXT):
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = mark[1:].translate(_OUR_TYPED)
        elif column < len(cells):
            cells[column] = _marked(cells[column], mark, first_day)


def _marked(text: str, mark: str, first_day: date) -> str:
    """A cell's text with its mark taken into account."""
    if mark == PERCENT and text.startswith(TYPED):
        return TYPED + _written_out(Decimal(text[1:]) * 100)
    if mark.startswith(PERIOD) and (day := _day(text, first_day)):
        return shown_period(mark[1:], day)
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

    def fill(self, row: int, cells: list[str], budget: _Budget) -> None:
        self._open = [merged for merged in self._open if merged[0] >= row]
        for last, left, end in self._starting.get(row, []):
            budget.check(len(cells[left]) * (last - row + 1) * (end - left), row + 1)
            self._open.append((last, left, end, cells[left]))
        for _, left, end, text in self._open:
            cells[left:end] = [cell or text for cell in cells[left:end]]


def cell_text(value: Cell) -> str:
    """A cell's value as text, as `RawTable` writes it; a day is a period (`2024M05D31`)."""
    if isinstance(value, str):
        return value.translate(_OUR_MARKS)
    if isinstance(value, bool):
        return UNREADABLE + ("SAND" if value else "FALSK")
    if isinstance(value, int | float):
        if not isfinite(value):
            return UNREADABLE + str(value)
        text = repr(value)
        return TYPED + (_written_out(Decimal(text)) if "e" in text else _short(text))
    if isinstance(value, datetime) and value.time() != time():
        return value.isoformat()
    if isinstance(value, date):
        return f"{value.year:04d}M{value.month:02d}D{value.day:02d}"
    if isinstance(value, time):
        return value.isoformat()
    return f"{value / timedelta(hours=1):.2f} timer"


def _written_out(number: Decimal) -> str:
    return _short(format(number, "f"))


def _short(text: str) -> str:
    """A number's text without zeros at the end and without negative zero."""
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MOST_MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(hard, MOST_MEMORY_BYTES)
    # Some systems know the limit but refuse to set it; the size checks then stand alone.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def main() -> None:
    """Read standard input, write JSON lines to standard output."""
    _limit_memory()
    try:
        for name, visible, rows in read_sheets(sys.stdin.buffer.read()):
            print(json.dumps({"name": name, "visible": visible}))
            for cells in rows.with_percent_signs():
                print(json.dumps(cells))
            if rows.notes:
                print(json.dumps({"notes": rows.notes.as_written()}))
    except RefusedError as refused:
        found = refused.problem
        print(json.dumps({"refused": [found.code, found.message, found.hint, found.row]}))
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


if __name__ == "__main__":
    main()
