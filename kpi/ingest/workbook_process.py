"""Reads a workbook in a process of its own, so that a hostile or huge file cannot harm the app.

`python -m kpi.ingest.workbook_process KIND` takes the bytes of a workbook on standard input and
writes JSON lines: an object for the head of each sheet ("name", "visible"), a list of texts for
each of its rows, an object "notes" of what the sheet shows beside them, and an object "refused"
where the file cannot be used.
"""

import io
import json
import struct
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum
from python_calamine import SheetVisibleEnum as Visibility

from kpi.ingest.archive_parts import named_parts, survey
from kpi.ingest.cell_values import cell_text
from kpi.ingest.opendocument import read_opendocument
from kpi.ingest.raw import RefusedError
from kpi.ingest.sandbox import OUT_OF_MEMORY, limit_memory
from kpi.ingest.sheet_budget import Budget
from kpi.ingest.workbook_rows import FIRST_DAYS, SheetRows, marked_rows
from kpi.ingest.workbook_xml import WorkbookXml

__all__ = ["cell_text", "main", "read_sheets"]

_CORRUPT = (
    CalamineError, BadZipFile, zlib.error, expat.ExpatError, struct.error,
    LookupError, ValueError, EOFError, OSError, OverflowError, RuntimeError,
)  # fmt: skip


def read_sheets(content: bytes, kind: str = "xlsx") -> Iterator[tuple[str, bool, SheetRows]]:
    """Every worksheet of a workbook: name, whether it is visible, and its rows from row 1.

    `kind` is one of `signatures.WORKBOOKS`. A row ends with its last filled cell. Cells are written
    as `RawTable` describes them. Raises RefusedError (`not_a_table`, `too_large`), also while rows
    are read.
    """
    with _faults_refused():
        yield from _READERS[kind](content)


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


def _xlsx(content: bytes) -> Iterator[tuple[str, bool, SheetRows]]:
    with ZipFile(io.BytesIO(content)) as archive:
        parts = named_parts(archive)
        survey(archive)
        workbook = WorkbookXml()
        workbook.read(archive, parts)
        budget = Budget()
        calamine = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for place, sheet in enumerate(calamine.sheets_metadata):
            if sheet.typ == SheetTypeEnum.WorkSheet:
                part = parts[workbook.sheet_part(place)]
                marks, notes = workbook.marks(archive, part)
                first_day = FIRST_DAYS[workbook.from_1904]
                rows = marked_rows(calamine.get_sheet_by_index(place), marks, budget, first_day)
                read = SheetRows(_guarded(rows), marks, notes)
                yield sheet.name, sheet.visible == Visibility.Visible, read


def _ods(content: bytes) -> Iterator[tuple[str, bool, SheetRows]]:
    with ZipFile(io.BytesIO(content)) as archive:
        parts = named_parts(archive)
        survey(archive)
        for name, visible, notes, rows in read_opendocument(archive, parts, Budget()):
            yield name, visible, SheetRows(_guarded(rows), notes=notes)


def _binary(content: bytes) -> Iterator[tuple[str, bool, SheetRows]]:
    budget = Budget()
    calamine = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for place, sheet in enumerate(calamine.sheets_metadata):
        if sheet.typ == SheetTypeEnum.WorkSheet:
            rows = marked_rows(calamine.get_sheet_by_index(place), {}, budget)
            yield sheet.name, sheet.visible == Visibility.Visible, SheetRows(_guarded(rows))


_READERS = {"xlsx": _xlsx, "ods": _ods, "xls": _binary, "xlsb": _binary}


def _guarded(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    with _faults_refused():
        yield from rows


def main() -> None:
    """Read standard input, write JSON lines to standard output."""
    limit_memory()
    try:
        for name, visible, rows in read_sheets(sys.stdin.buffer.read(), *sys.argv[1:2]):
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
