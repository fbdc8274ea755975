"""Blank rows anywhere, and a cell far from the others: no number and no line number changes."""

import io
from collections.abc import Callable, Sequence

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.domain.personal import PersonalNumber
from kpi.ingest.loading import _in_sheet
from kpi.ingest.readers.sheets import workbook_table
from kpi.ingest.readers.workbook import Sheet
from kpi.ingest.readers.workbook_process import read_sheets
from tests.kpi.ingest.checked import Desk, read, reported_of_cells
from tests.kpi.ingest.made_files import ods, ods_cell, ods_sheet, wide, xlsb, xlsb_cell, xlsb_row
from tests.tables import for_each

HEAD = ("nøgletal", "område", "periode", "værdi")
ROWS = (
    ("rate", "aarhus", "2023", "50,5"), ("rate", "randers", "2023", "49"),
    ("rate", "aarhus", "2024", "x7"), ("rate", "randers", "2024", ""),
)  # fmt: skip
LAST = 20_000
Texts = Sequence[Sequence[str]]


def as_xlsx(rows: Texts) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet()
        for at, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell:
                    sheet.write(at, column, cell)
    return out.getvalue()


def as_ods(rows: Texts) -> bytes:
    return ods(ods_sheet(rows))


def as_xlsb(rows: Texts) -> bytes:
    lines = (
        xlsb_row(at, *(xlsb_cell(6, n, wide(cell)) for n, cell in enumerate(cells) if cell))
        for at, cells in enumerate(rows)
        if any(cells)
    )
    return xlsb(b"".join(lines))


def spread(blanks: Sequence[int], rows: Texts = (HEAD, *ROWS)) -> list[Sequence[str]]:
    """The rows with so many blank ones above each."""
    spread_rows: list[Sequence[str]] = []
    for count, cells in zip(blanks, rows, strict=True):
        spread_rows += [("",) * len(HEAD)] * count + [cells]
    return spread_rows


def lines_of(blanks: Sequence[int]) -> list[int]:
    """The sheet rows of the records, the head's left out."""
    return [at + sum(blanks[: at + 1]) + 1 for at in range(1, len(blanks))]


@pytest.mark.parametrize(
    ("kind", "written"), [("xlsx", as_xlsx), ("ods", as_ods), ("xlsb", as_xlsb)]
)
@settings(max_examples=8, deadline=None)
@given(
    blanks=st.lists(
        st.integers(0, 3), min_size=len(ROWS) + 1, max_size=len(ROWS) + 1
    )
)  # fmt: skip
def test_blank_rows_change_neither_cells_nor_lines(
    kind: str, written: Callable[[Texts], bytes], blanks: list[int]
) -> None:
    name, visible, rows = next(read_sheets(written(spread(blanks)), kind))
    table = workbook_table([Sheet(name, visible, [tuple(cells) for cells in rows])])
    assert table.columns == HEAD
    assert [line for line, _ in table.rows] == lines_of(blanks)
    assert [cells for _, cells in table.rows] == list(ROWS)


@pytest.mark.parametrize("written", [as_xlsx, as_ods])
def test_messages_name_the_lines_a_person_sees(
    tiny: Desk, written: Callable[[Texts], bytes]
) -> None:
    plain, blanks = (0,) * (len(ROWS) + 1), (2, 0, 5, 1, 3)
    of_rows = dict(zip(lines_of(plain), lines_of(blanks), strict=True))
    whole, parted = (tiny.check(written(spread(count))) for count in (plain, blanks))
    assert read(whole)
    assert read(parted) == read(whole)
    assert reported_of_cells(parted) == [
        (code, severity, of_rows.get(row or 0), column, value)
        for code, severity, row, column, value in reported_of_cells(whole)
    ]


FAR = {
    "xlsx": lambda: as_xlsx((HEAD, *ROWS[:2], *[("",)] * (LAST - 4), ("",) * 25 + ("x",))),
    "ods": lambda: ods(
        ods_sheet((HEAD, *ROWS[:2])).replace(
            "</table:table>",
            f'<table:table-row table:number-rows-repeated="{LAST - 4}"/><table:table-row>'
            f'<table:table-cell table:number-columns-repeated="25"/>{ods_cell("x")}'
            "</table:table-row></table:table>",
        )
    ),
    "xlsb": lambda: xlsb(
        b"".join(
            xlsb_row(at, *(xlsb_cell(6, n, wide(cell)) for n, cell in enumerate(cells)))
            for at, cells in enumerate((HEAD, *ROWS[:2]))
        )
        + xlsb_row(LAST - 1, xlsb_cell(6, 25, wide("x")))
    ),
}


@for_each("kind", FAR)
def test_blank_rows_before_a_stray_cell_are_counted_and_not_given(kind: str) -> None:
    _, _, rows = next(read_sheets(FAR[kind](), kind))
    given_rows = list(rows.with_units())
    assert given_rows[3] == LAST - 4
    assert [cells for cells in given_rows if not isinstance(cells, int)] == [
        list(HEAD), *map(list, ROWS[:2]), [""] * 25 + ["x"],
    ]  # fmt: skip


def test_a_stray_cell_is_reported_at_its_row(tiny: Desk) -> None:
    checked = tiny.check(FAR["ods"]())
    assert [value for *_, value, _ in read(checked)] == [50.5, 49]
    assert ("ignored_row", "warning", LAST, None, "x") in reported_of_cells(checked)


@for_each("blanks", [0, 1, 40])
def test_personal_numbers_are_found_around_blank_rows(blanks: int) -> None:
    between: list[Sequence[str]] = [()] * blanks
    rows = [("navn", "tal"), *between, ("a", "1"), *between, ("b", "251248-4916")]
    assert _in_sheet(rows) == [PersonalNumber(len(rows), "tal")]
