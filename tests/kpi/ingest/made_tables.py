"""Tables as text and as workbooks, and a recipe for them."""

import io
from collections.abc import Sequence

import xlsxwriter

RECIPE = """
source_id = "paper"
indicator_id = "rate"
area = "{area}"
period = "Periode"
value = "INDHOLD"
"""


def workbook(rows: Sequence[Sequence[object]], *others: Sequence[Sequence[object]]) -> bytes:
    """An XLSX of a sheet with these cells, and one for each of the others: Sheet1, Sheet2."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for cells in (rows, *others):
            sheet = book.add_worksheet()
            for at, row in enumerate(cells):
                sheet.write_row(at, 0, list(row))
    return out.getvalue()


def as_csv(rows: Sequence[Sequence[object]], separator: str = ";") -> str:
    return "".join(
        separator.join(str(cell).replace(".", ",") if isinstance(cell, float) else str(cell)
                       for cell in row) + "\n"
        for row in rows
    )  # fmt: skip


OBSERVED = [
    ("aarhus", "all", "2020", 50.5, "final"),
    ("aarhus", "all", "2023", 51.5, "final"),
    ("odense", "all", "2020", 40.5, "final"),
    ("odense", "all", "2023", 41.5, "final"),
]
