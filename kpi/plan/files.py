"""Files of the action plan's tables: initiatives, statuses, events, meetings and targets.

A workbook has a sheet a table; a CSV is one table, known by its columns. Columns are named in
Danish, as in the template, or in English, as in data/.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kpi.cpr.texts import text_holds_number
from kpi.domain.errors import choices_hint
from kpi.domain.period import parse_period
from kpi.domain.personal import (
    PersonalNumber,
    name_holds_number,
    personal_numbers,
)
from kpi.ingest.gate.gate import gate_text, refusal
from kpi.ingest.gate.unseen_texts import OF_CELLS
from kpi.ingest.readers.delimited import read_head
from kpi.ingest.readers.detect import recognise
from kpi.ingest.readers.workbook import read_workbook
from kpi.ingest.table.raw import TYPED, RefusedError, Upload
from kpi.plan.editing import FILLED_IN
from kpi.tables.rows import typed_number
from kpi.tables.spec import COLUMNS, REQUIRED, SPECS, Row, cells_of, file_name
from kpi.tables.table_spec import DATES, Cells

# The plan's tables by the name that a person reads; a file may also contain the papers they cite.
FILE_TABLES = {table: spec.sheet for table, spec in SPECS.items() if spec.sheet}
TABLE_NAMES = {table: name for table, name in FILE_TABLES.items() if SPECS[table].part == "plan"}
_TYPED_DAY = re.compile(r"\d{4}M\d{2}D\d{2}")
_NOT_KEPT = "Filen er ikke gemt, og intet er registreret."

# A sheet's name and its rows (line that a person sees, cells), wholly empty ones left out.
Grid = tuple[str, list[tuple[int, list[str]]]]


@dataclass(frozen=True)
class PlanFile:
    """The rows of each table, and beside them the line that each is on in the file."""

    rows: Mapping[str, list[Row]]
    lines: Mapping[str, list[int]]


def read_plan_file(upload: Upload) -> PlanFile:
    """The rows of each table in the file, cells as text.

    Raises RefusedError: no table of the plan is in it, a column is missing or unknown, or it
    contains a CPR number.
    """
    grids = [grid for grid in file_grids(upload) if grid[1]]
    refuse_personal_grids(upload.name, grids, "Handleplanen kan læses af alle.")
    rows: dict[str, list[Row]] = {}
    lines: dict[str, list[int]] = {}
    for name, grid in grids:
        table = _table(name, grid[0][1])
        if table is None or len(grid) == 1:
            continue
        head = _head(table, grid[0][1])
        rows[table] = [_row(table, head, grid[0][1], cells) for _, cells in grid[1:]]
        lines[table] = [line for line, _ in grid[1:]]
    if not rows:
        raise RefusedError(
            "not_a_table",
            "Filen indeholder ingen af handleplanens tabeller.",
            "Brug skabelonen, og behold dens arknavne og første række.",
        )
    return PlanFile(rows, lines)


def file_grids(upload: Upload, may_be_narrow: bool = False) -> list[Grid]:
    """Each sheet of a workbook, or a text file as one without a name, wholly empty rows left out.

    With `may_be_narrow` a text may be a single column. Raises RefusedError where it is no table.
    """
    found_as = recognise(upload)
    if found_as.workbook is not None:
        sheets = read_workbook(upload, found_as.workbook)
        elsewhere = {place for sheet in sheets for place in sheet.personal} - {OF_CELLS}
        _refuse_elsewhere([PersonalNumber(None, "", place) for place in sorted(elsewhere)])
        return [
            (sheet.name, _filled(list(enumerate(map(list, sheet.rows), start=1))))
            for sheet in sheets
        ]
    if found_as.kind != "delimited":
        raise RefusedError(
            "not_a_table", "Filen er hverken en CSV eller et regneark.",
            "Gem tabellen som CSV, eller brug skabelonen.",
        )  # fmt: skip
    text = found_as.text
    if "&" in text:  # the end of an escape (`&#45;`) parts two cells
        _refuse_elsewhere(gate_text(text))
    try:
        delimiter = read_head(text).delimiter
    except RefusedError:
        if not may_be_narrow:
            raise
        delimiter = ";"
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, line = [], 1
    for cells in reader:
        rows.append((line, cells))
        line = reader.line_num + 1
    return [("", _filled(rows))]


def _refuse_elsewhere(places: Sequence[PersonalNumber]) -> None:
    """Refuses CPR numbers beside the cells: nothing of the file is kept, yet it is to be mended."""
    if places:
        raise refusal(
            places, happened=_NOT_KEPT, reminder="Det, der registreres, kan læses af alle."
        )


def refuse_personal_grids(file: str, grids: Sequence[Grid], reminder: str) -> None:
    """Refuses CPR numbers in a file's sheets or its name; `reminder` is who can read its rows."""
    places = [place for grid in grids for place in _personal_places(grid, of_many=len(grids) > 1)]
    is_named = name_holds_number(file)
    if places or is_named:
        raise refusal(places, is_named, happened=_NOT_KEPT, reminder=reminder)


def _filled(rows: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    return [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)]


def _personal_places(grid: Grid, of_many: bool) -> list[PersonalNumber]:
    """Where CPR numbers are in a sheet, with its name where the file has several."""
    name, ((_, head), *rows) = grid
    width = max(len(cells) for _, cells in grid[1])
    columns = head + [""] * (width - len(head))
    numbers = personal_numbers(
        columns, [(line, cells + [""] * (width - len(cells))) for line, cells in rows]
    )
    if text_holds_number(name):
        numbers.insert(0, PersonalNumber(None, "(et arks navn)"))
    elif of_many:
        numbers = [replace(number, column=f"{number.column} på arket {name}") for number in numbers]
    return numbers


def _table(name: str, head: Sequence[str]) -> str | None:
    """The table of a sheet, by its name or else by its columns."""
    for table, danish in FILE_TABLES.items():
        if name.strip().casefold() in (danish.casefold(), table, SPECS[table].former_sheet or None):
            return table
    if name:
        return None
    names = {cell.strip().casefold() for cell in head if cell.strip()}
    fits = {table: len(names & _known(table).keys()) for table in FILE_TABLES}
    best = max(fits, key=lambda table: (fits[table], -len(COLUMNS[table])))
    return best if fits[best] >= max(2, len(names) / 2) else None


def _known(table: str) -> dict[str, str]:
    """Each name that a column of the table may have, and the column."""
    known = {column: column for column in COLUMNS[table]}
    known |= {
        column.former_name: column.name for column in SPECS[table].columns if column.former_name
    }
    return known | {file_name(table, column): column for column in COLUMNS[table]}


def _head(table: str, cells: Sequence[str]) -> list[str | None]:
    """The column of each cell; None over what has no name."""
    known, sheet = _known(table), FILE_TABLES[table]
    names = [cell.strip() for cell in cells]
    head = [known.get(name.casefold()) for name in names]
    for name, column in zip(names, head, strict=True):
        if name and column is None:
            raise RefusedError(
                "not_a_table",
                f"{sheet} har en kolonne, der ikke kendes: »{name[:60]}«.",
                choices_hint(name, [file_name(table, column) for column in COLUMNS[table]]),
            )
        if column and head.count(column) > 1:
            raise RefusedError(
                "not_a_table", f"{sheet} har kolonnen »{file_name(table, column)}« to gange.",
                "Slet den ene.",
            )  # fmt: skip
    needed = REQUIRED[table] if SPECS[table].id_of else (COLUMNS[table][0], *REQUIRED[table])
    missing = [
        f"»{file_name(table, column)}«"
        for column in needed
        if column not in head and column not in FILLED_IN
    ]
    if missing:
        raise RefusedError(
            "missing_column", f"{sheet} mangler {', '.join(missing)}.",
            "Brug skabelonen, og behold dens første række.",
        )  # fmt: skip
    return head


def _row(table: str, head: Sequence[str | None], names: Sequence[str], cells: Sequence[str]) -> Row:
    texts = {
        column: _value(cells_of(table, column), cell, is_danish=name.strip().casefold() != column)
        for name, column, cell in zip(names, head, cells, strict=False)
        if column is not None
    }
    return {column: texts.get(column, "") for column in COLUMNS[table]}


def written_date(text: str) -> str:
    """The day of a workbook's date, which arrives as a day period; any other text as it is."""
    return parse_period(text).start.isoformat() if _TYPED_DAY.fullmatch(text) else text


def _value(cells: Cells, cell: str, is_danish: bool) -> str:
    text = cell.removeprefix(TYPED).strip()
    if cells in DATES:
        return written_date(text)
    # A number cell of a workbook, and the columns of data/, write a decimal point.
    is_written = cells == "number" and is_danish and not cell.startswith(TYPED)
    return typed_number(text) if is_written else text
