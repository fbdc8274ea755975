"""Reads a workbook in a process of its own, so that a hostile or huge file cannot harm the app.

`python -m kpi.ingest.readers.workbook_process KIND` takes the bytes of a workbook on standard input
and writes JSON lines: an object for the head of each sheet ("name", "visible"), a list of texts for
each of its rows, a number for so many blank rows, an object "notes" of what the sheet shows beside
them, an object "personal" of where CPR numbers are beside the cells, an object "left_out" of what
is not kept of it, an object "aside" of the texts there, and an object "refused" where the file
cannot be used.
"""

import io
import json
import logging
import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum
from python_calamine import SheetVisibleEnum as Visibility

from kpi.ingest.containers.archive_parts import named_parts, survey
from kpi.ingest.containers.sandbox import OUT_OF_MEMORY, limit_memory
from kpi.ingest.containers.sheet_budget import Budget
from kpi.ingest.gate.left_out_parts import left_out_parts
from kpi.ingest.gate.unseen_texts import unseen_personal_numbers
from kpi.ingest.readers.aside_texts import aside_texts, old_aside_texts
from kpi.ingest.readers.binary_workbook import BinaryWorkbook
from kpi.ingest.readers.cell_judging import CellJudge
from kpi.ingest.readers.cell_values import cell_text
from kpi.ingest.readers.old_workbook import OldWorkbook
from kpi.ingest.readers.opendocument import read_opendocument
from kpi.ingest.readers.workbook_rows import FIRST_DAYS, RowOrBlanks, SheetRows, marked_rows
from kpi.ingest.readers.workbook_xml import WorkbookXml
from kpi.ingest.table.raw import RefusedError

__all__ = ["BROKEN", "cell_text", "main", "read_sheets"]

_log = logging.getLogger(__name__)

# What broken bytes raise, each in its own way.
BROKEN = (
    CalamineError, BadZipFile, zlib.error, expat.ExpatError, struct.error,
    LookupError, ValueError, EOFError, OSError, OverflowError, RuntimeError,
)  # fmt: skip


def read_sheets(content: bytes, kind: str = "xlsx") -> Iterator[tuple[str, bool, SheetRows]]:
    """Every worksheet of a workbook: name, whether it is visible, and its rows from row 1.

    `kind` is what `file_kind` says of it. A row ends with its last filled cell. Cells are written
    as `RawTable` describes them. Raises RefusedError (`not_a_table`, `too_large`), also while rows
    are read.
    """
    reader = _READERS[kind]
    with _faults_refused():
        yield from reader(content)


@contextmanager
def _faults_refused() -> Iterator[None]:
    try:
        yield
    except BROKEN as error:
        # A fault of this program may look the same; the log shows which it was.
        _log.warning("a workbook is called damaged", exc_info=error)
        raise _corrupt() from error
    except BaseException as error:
        # The fast reader gives up on bytes that no program writes, with an error of its own.
        if type(error).__name__ == "PanicException":
            raise _corrupt() from error
        raise


def _corrupt() -> RefusedError:
    return RefusedError(
        "not_a_table",
        "Projektmappen er beskadiget og kan ikke læses.",
        "Hent filen igen, eller åbn den i Excel og gem den som .xlsx.",
    )


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
                cells = calamine.get_sheet_by_index(place)
                rows = marked_rows(cells, marks, budget, notes, first_day)
                read = SheetRows(_guarded(rows), marks, notes)
                yield sheet.name, sheet.visible == Visibility.Visible, read


def _ods(content: bytes) -> Iterator[tuple[str, bool, SheetRows]]:
    with ZipFile(io.BytesIO(content)) as archive:
        parts = named_parts(archive)
        survey(archive)
        for name, visible, notes, rows in read_opendocument(archive, parts, Budget()):
            yield name, visible, SheetRows(_guarded(rows), notes=notes)


def _xls(content: bytes) -> Iterator[tuple[str, bool, SheetRows]]:
    old = OldWorkbook.of(content)
    judges = iter(old.sheets)
    yield from _judged(content, lambda: next(judges, CellJudge()), old.from_1904)


def _xlsb(content: bytes) -> Iterator[tuple[str, bool, SheetRows]]:
    with ZipFile(io.BytesIO(content)) as archive:
        parts = named_parts(archive)
        survey(archive)
        book = BinaryWorkbook()
        book.read(archive, parts)
        named = (part for part in book.sheet_parts if "worksheets/" in part)

        def judge() -> CellJudge:
            """What decides which cells of the next sheet are dates or percentages."""
            part = next(named, "")
            return book.judge(archive, part) if part else CellJudge()

        yield from _judged(content, judge, book.from_1904)


def _judged(
    content: bytes, next_judge: Callable[[], CellJudge], from_1904: bool
) -> Iterator[tuple[str, bool, SheetRows]]:
    """The worksheets as the fast reader gives them, each with what was judged of it."""
    budget = Budget()
    calamine = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for place, sheet in enumerate(calamine.sheets_metadata):
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        judge = next_judge()
        first_day = FIRST_DAYS[from_1904]
        cells = calamine.get_sheet_by_index(place)
        rows = marked_rows(cells, judge.marks, budget, judge.notes, first_day)
        read = SheetRows(_guarded(rows), judge.marks, judge.notes)
        yield sheet.name, sheet.visible == Visibility.Visible, read


_READERS = {"xlsx": _xlsx, "ods": _ods, "xls": _xls, "xlsb": _xlsb}


def _guarded(rows: Iterator[RowOrBlanks]) -> Iterator[RowOrBlanks]:
    with _faults_refused():
        yield from rows


def _cells(content: bytes, kind: str) -> Iterator[str]:
    """The texts of all cells that are read."""
    for _, _, rows in read_sheets(content, kind):
        for cells in rows.with_units():
            if not isinstance(cells, int):
                yield from cells


def main() -> None:
    """Read standard input, write JSON lines to standard output."""
    limit_memory()
    content, kind = sys.stdin.buffer.read(), (*sys.argv[1:2], "xlsx")[0]
    try:
        for name, visible, rows in read_sheets(content, kind):
            print(json.dumps({"name": name, "visible": visible}))
            for cells in rows.with_units():
                print(json.dumps(cells))
            if rows.notes:
                print(json.dumps({"notes": rows.notes.as_written()}))
        with _faults_refused():
            personal = unseen_personal_numbers(content, kind, lambda: _cells(content, kind))
            print(json.dumps({"personal": personal}))
            print(json.dumps({"left_out": left_out_parts(content, kind)}))
            if kind == "xls":
                print(json.dumps({"aside": old_aside_texts(content)}))
            else:
                with ZipFile(io.BytesIO(content)) as archive:
                    print(json.dumps({"aside": aside_texts(archive)}))
    except RefusedError as refused:
        problem = refused.problem
        print(json.dumps({"refused": [problem.code, problem.message, problem.hint, problem.row]}))
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


if __name__ == "__main__":
    main()
