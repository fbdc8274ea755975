"""A table of a page as a file: what it shows, with numbers and days as such.

Its cells are the texts that the page shows, so a file has nothing that the page hides.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from kpi.domain import format as fmt
from kpi.domain.format import safe_text
from kpi.domain.period import month_number
from kpi.domain.units import written_units

_LINE, _LINES_BESIDE = "\n", " · "
_UNDER, _UNIT, _MARK = "{}, uddybning", "{}, enhed", "{}, forbehold"
_OTHER_UNITS = ("procentpoint", "kr.", "timer", "år", "uger", "uge", "dage", "dag")
_UNITS = sorted({*written_units(), *_OTHER_UNITS}, key=len, reverse=True)
_NUMBER = re.compile(
    r"(?P<mark>ca\.)? ?(?P<sign>[+\u2212-])?(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)"
    rf"(?:,(?P<part>\d+))? ?(?P<unit>{'|'.join(map(re.escape, _UNITS))})?"
)
_DAY = re.compile(r"(\d{1,2})\. ([a-zæøå]+) (\d{4})")
# Numbers from a thousand on are written with a point: four digits alone are a year.
_YEAR = re.compile(r"\d{4}")
_WIDEST, _NARROWEST = 60, 9
_MOST_DECIMALS = 6


@dataclass(frozen=True)
class TableFile:
    """A table: its columns, and its cells as they are shown, a cell's lines parted by `\\n`.

    `about` are the lines of the sheet that says what the table is: (what, how).
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    about: tuple[tuple[str, str], ...] = ()


class Amount(NamedTuple):
    """A number as it is written: what stands before it, its decimals and its unit."""

    value: float
    decimals: int
    unit: str
    mark: str


Cell = Amount | date | str
Column = tuple[str, tuple[Cell, ...]]


def table_csv(table: TableFile) -> bytes:
    """CSV for a Danish Excel: UTF-8 mark, semicolons, decimal commas, days as `2025-03-19`.

    No text is run as a formula.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    columns = typed(table)
    writer.writerow([safe_text(name) for name, _ in columns])
    writer.writerows(
        [_as_text(cell) for cell in cells] for cells in zip(*(c for _, c in columns), strict=True)
    )
    return out.getvalue().encode("utf-8-sig")


def _as_text(cell: Cell) -> str:
    match cell:
        case Amount(value, decimals):
            return f"{value:.{decimals}f}".replace(".", ",")
        case date():
            return cell.isoformat()
    return safe_text(cell.replace(_LINE, _LINES_BESIDE))


def table_workbook(table: TableFile, made: date) -> bytes:
    """XLSX with the table on one sheet and what it is on another; `made` is the day it says.

    Its texts are string cells, which are never run: only a CSV marks what looks like a formula.
    """
    import xlsxwriter  # for those who fetch a file alone

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": table.title[:255], "author": "Spor",
                         "created": datetime.combine(made, time())})  # fmt: skip
    text = book.add_format({"text_wrap": True, "valign": "top"})
    head = book.add_format({"bold": True, "bg_color": "#F3F5F7", "bottom": 1, "valign": "top",
                            "text_wrap": True})  # fmt: skip
    day = book.add_format({"num_format": "[$-406]d. mmmm yyyy", "align": "left", "valign": "top"})
    numbers = [
        book.add_format({"num_format": "#,##0" + "." * bool(each) + "0" * each, "valign": "top"})
        for each in range(_MOST_DECIMALS + 1)
    ]
    sheet = book.add_worksheet("Tabel")
    columns = typed(table)
    for place, (name, cells) in enumerate(columns):
        sheet.set_column(place, place, _width(name, cells))
        sheet.write_string(0, place, name, head)
        for line, cell in enumerate(cells, start=1):
            match cell:
                case Amount(value, decimals):
                    sheet.write_number(line, place, value, numbers[min(decimals, _MOST_DECIMALS)])
                case date():
                    sheet.write_datetime(line, place, datetime.combine(cell, time()), day)
                case str() if cell:
                    sheet.write_string(line, place, cell, text)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(columns) - 1)
    about = book.add_worksheet("Om")
    about.set_column(0, 0, 24)
    about.set_column(1, 1, 90)
    for line, (what, how) in enumerate((("Tabel", table.title), *table.about)):
        about.write_string(line, 0, what, head)
        about.write_string(line, 1, how, text)
    book.close()
    return out.getvalue()


def _width(name: str, cells: Sequence[Cell]) -> int:
    lines = [line for cell in cells if isinstance(cell, str) for line in cell.split(_LINE)]
    longest = max((len(line) for line in lines), default=0)
    return min(max(longest + 2, len(name) + 3, _NARROWEST), _WIDEST)


def typed(table: TableFile) -> tuple[Column, ...]:
    """The columns with numbers and days as such.

    What stands on a cell's further lines, a unit that not all numbers share, and the mark of an
    approximate number have columns of their own.
    """
    return tuple(
        column
        for place, name in enumerate(table.columns)
        for column in _columns(name, [row[place] for row in table.rows])
    )


def _columns(name: str, texts: Sequence[str]) -> list[Column]:
    parted = [text.partition(_LINE) for text in texts]
    cells = tuple(_cell(first.strip()) for first, _, _ in parted)
    amounts = [cell for cell in cells if isinstance(cell, Amount)]
    units = {amount.unit for amount in amounts}
    shared = units.pop() if len(units) == 1 else ""
    columns: list[Column] = [(f"{name} ({shared})" if shared else name, cells)]
    if any(amount.mark for amount in amounts):
        marks = tuple(cell.mark if isinstance(cell, Amount) else "" for cell in cells)
        columns.append((_MARK.format(name), marks))
    if units:
        own = tuple(cell.unit if isinstance(cell, Amount) else "" for cell in cells)
        columns.append((_UNIT.format(name), own))
    if any(rest for _, _, rest in parted):
        columns.append((_UNDER.format(name), tuple(rest for _, _, rest in parted)))
    return columns


def _cell(text: str) -> Cell:
    """The number or the day that a text is as a whole, else the text."""
    if _YEAR.fullmatch(text):
        return text
    if match := _NUMBER.fullmatch(text):
        part = match["part"] or ""
        value = float(f"{match['whole'].replace('.', '')}.{part or 0}")
        is_negative = match["sign"] in (fmt.MINUS, "-")
        return Amount(
            -value if is_negative else value, len(part), match["unit"] or "", match["mark"] or ""
        )
    if match := _DAY.fullmatch(text):
        try:
            return date(int(match[3]), month_number(match[2]), int(match[1]))
        except ValueError:
            return text
    return text
