"""Words that a cell's number format writes around its number, in every kind of workbook."""

import struct
from collections.abc import Callable

import pytest
import xlsxwriter

from kpi.ingest.table.raw import TYPED
from tests.kpi.ingest.checked import Desk, read
from tests.kpi.ingest.made_files import ods, ods_sheet, wide, xlsb, xlsb_cell, xlsb_row
from tests.kpi.ingest.test_cell_marks import HEADER, book

# A number's format, its parts in ODS, and what becomes of 50.123: value, status, what is reported.
_WORDED = [
    ('"ca. "0.000', ("ca. ", 3, ""), (50.12, "approximate"), "approximate"),
    ('"mindst "0', ("mindst ", 0, ""), (50.0, "at_least"), "approximate"),
    ('0.0"p"', ("", 1, "p"), (50.1, "preliminary"), "cell_mark"),
    ('0.0" (budget)"', ("", 1, " (budget)"), None, "not_a_number"),
    ('"foreløbig: "0', ("foreløbig: ", 0, ""), None, "not_a_number"),
    ('"-"0.0', ("-", 1, ""), None, "not_a_number"),
    ('0.0" (usikkert)"', ("", 1, " (usikkert)"), (50.12, "final"), "cell_mark"),
]  # fmt: skip


def _worded_xlsx() -> bytes:
    def fill(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        for row, (code, *_) in enumerate(_WORDED, 1):
            sheet.write_row(row, 0, ("rate", "aarhus", 2010 + row))
            sheet.write_number(row, 3, 50.123, made.add_format({"num_format": code}))

    return book(fill)


def _worded_ods() -> bytes:
    styles, rows = "", [list[object](HEADER)]
    for row, (_, (before, decimals, after), *_) in enumerate(_WORDED, 1):
        styles += (
            f'<number:number-style style:name="F{row}"><number:text>{before}</number:text>'
            f'<number:number number:decimal-places="{decimals}"/><number:text>{after}</number:text>'
            f'</number:number-style><style:style style:name="c{row}" style:family="table-cell" '
            f'style:data-style-name="F{row}"/>'
        )
        cell = f'office:value-type="float" office:value="50.123" table:style-name="c{row}"'
        rows.append(["rate", "aarhus", 2010 + row, f"<table:table-cell {cell}/>"])
    return ods(ods_sheet(rows), styles)


def _worded_xlsb() -> bytes:
    def texts(*names: str) -> list[bytes]:
        return [xlsb_cell(6, at, wide(name)) for at, name in enumerate(names)]

    rows = xlsb_row(0, *texts(*HEADER))
    for row in range(1, len(_WORDED) + 1):
        period = xlsb_cell(5, 2, struct.pack("<d", 2010 + row))
        value = xlsb_cell(5, 3, struct.pack("<d", 50.123), row)
        rows += xlsb_row(row, *texts("rate", "aarhus"), period, value)
    styles = [(0, 0), *((163 + row, 0) for row in range(1, len(_WORDED) + 1))]
    return xlsb(rows, formats=[code for code, *_ in _WORDED], styles=styles)


@pytest.mark.parametrize("made", [_worded_xlsx, _worded_ods, _worded_xlsb])
def test_words_that_a_format_writes_are_read_or_reported(
    tiny: Desk, made: Callable[[], bytes]
) -> None:
    checked = tiny.check(made(), name="tal.xlsx")
    figures = {period: (value, status) for _, _, period, value, status in read(checked)}
    for row, (code, _, figure, reported_code) in enumerate(_WORDED, 1):
        assert figures.get(f"{2010 + row}") == figure, code
        of_row = [problem for problem in checked.problems if problem.row == row + 1]
        assert reported_code in {problem.code for problem in of_row}, code
        assert not any((problem.value or "").startswith(TYPED) for problem in of_row)
    said = [problem.message for problem in checked.problems if problem.code == "cell_mark"]
    assert sum("»(usikkert)«" in message for message in said) == 1
