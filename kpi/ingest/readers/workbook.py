"""The sheets of a workbook, read by a child process that a bad file may bring down."""

import io
import json
import logging
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from zipfile import BadZipFile, ZipFile

from kpi.ingest.containers.sandbox import DiedError, sandboxed
from kpi.ingest.containers.sheet_budget import CLEAR
from kpi.ingest.readers.cell_notes import Notes
from kpi.ingest.table.file_kind import Workbook
from kpi.ingest.table.raw import MOST_INFLATED_BYTES, RefusedError, Upload

TIMEOUT_SECONDS = 120.0
MOST_PARTS = 10_000
# Sheets of nothing but the same number shrink to about a hundredth; a bomb to a thousandth.
MOST_RATIO = 500
_RATIO_MATTERS_FROM_BYTES = 50 * 1024**2
_SAVE_AS_XLSX = "Åbn filen i Excel, og gem den som .xlsx."

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sheet:
    """A worksheet: `rows[i]` is sheet row i + 1 and ends with its last filled cell.

    `notes` is what it shows beside the texts. `personal` says, on the last sheet, where the
    workbook has CPR numbers beside its cells. `aside` are the texts of the whole workbook beside
    them: text boxes, comments, its title. `left_out` are the kinds of things there, in words, that
    are not kept of it. `part` are the columns of the table that is meant, of several on the sheet.
    """

    name: str
    visible: bool
    rows: list[tuple[str, ...]]
    notes: Notes = field(default_factory=Notes)
    personal: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    part: str = ""


def read_workbook(upload: Upload, kind: Workbook = "xlsx") -> list[Sheet]:
    """Every worksheet of a workbook, hidden ones too, in the workbook's order.

    `kind` is what `file_kind` says of it. Macros are not looked at and formulas never computed.

    Cells are text as `RawTable` describes it; percent formats are resolved (0,167 shown as 16,7 %
    is 16.7), merged cells repeat their text, a date is a day period. Raises RefusedError:
    `not_a_table` for anything but a sound workbook of the kind, `too_large` past the limits of
    `kpi.ingest.table.raw`. A fault of the program in the child raises FaultyProgramError.
    """
    check_archive(upload.content, kind)
    try:
        with sandboxed(
            "kpi.ingest.readers.workbook_process",
            kind,
            content=upload.content,
            seconds=TIMEOUT_SECONDS,
        ) as written:
            return _sheets(written)
    except DiedError as died:
        _log.info("Workbook of %d bytes: exit %d", len(upload.content), died.exit_code)
        raise _died(died) from died


def check_archive(content: bytes, kind: Workbook = "xlsx") -> None:
    """Refuse what is seen without unpacking a file: a part is missing, locked, or a zip bomb.

    An old XLS is no archive: it is no larger inside than outside.
    """
    if kind == "xls":
        return
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, OSError, OverflowError, RuntimeError) as error:
        raise _corrupt() from error
    names = {part.filename.replace("\\", "/").casefold() for part in parts}
    # SharePoint writes workbook2.xml.
    is_xlsx = any(name.startswith("xl/workbook") and name.endswith(".xml") for name in names)
    if kind == "xlsx" and not is_xlsx:
        raise RefusedError("not_a_table", "Filen er ikke en Excel-projektmappe.", _SAVE_AS_XLSX)
    if any(part.flag_bits & 0x1 for part in parts):
        raise RefusedError(
            "not_a_table", "Projektmappen er krypteret.", "Fjern adgangskoden i Excel, og gem igen."
        )
    if len(names) != len(parts):
        raise _corrupt()
    inflated = sum(part.file_size for part in parts)
    if (
        inflated > MOST_INFLATED_BYTES
        or len(parts) > MOST_PARTS
        or inflated > max(MOST_RATIO * len(content), _RATIO_MATTERS_FROM_BYTES)
    ):
        _log.info("Workbook of %d bytes: %d inflated", len(content), inflated)
        raise _too_large("Projektmappen fylder for meget, når den pakkes ud.")


def _sheets(lines: Iterable[bytes]) -> list[Sheet]:
    """What the child wrote, as far as it came; raises RefusedError where the child refused."""
    sheets: list[Sheet] = []
    for line in lines:
        if not line.endswith(b"\n"):
            break  # the child died while writing
        message = json.loads(line)
        if isinstance(message, list):
            # Labels are repeated by the thousand: each is kept once.
            sheets[-1].rows.append(tuple(map(sys.intern, message)))
        elif isinstance(message, int):
            sheets[-1].rows.extend([()] * message)
        elif "refused" in message:
            raise RefusedError(*message["refused"])
        elif "personal" in message:
            if sheets:
                sheets[-1] = replace(sheets[-1], personal=tuple(message["personal"]))
        elif "left_out" in message:
            sheets = [replace(sheet, left_out=tuple(message["left_out"])) for sheet in sheets]
        elif "aside" in message:
            sheets = [replace(sheet, aside=tuple(message["aside"])) for sheet in sheets]
        elif "notes" in message:
            sheets[-1] = replace(sheets[-1], notes=Notes.of(message["notes"]))
        else:
            sheets.append(Sheet(message["name"], message["visible"], []))
    return sheets


def _died(died: DiedError) -> RefusedError:
    if died.was_late:
        return _too_large("Projektmappen tog for lang tid at læse.")
    message = "Projektmappen kræver mere hukommelse, end der er afsat til én fil."
    return _too_large(message, CLEAR)


def _too_large(message: str, further: str = "") -> RefusedError:
    hint = f"Del den i flere filer, eller gem tabellen som CSV. {further}"
    return RefusedError("too_large", message, hint.strip())


def _corrupt() -> RefusedError:
    return RefusedError(
        "not_a_table",
        "Projektmappen er beskadiget og kan ikke læses.",
        "Hent filen igen, eller åbn den i Excel og gem den som .xlsx.",
    )
