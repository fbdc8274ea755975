"""Files of the action plan's tables: initiatives, statuses, events, meetings and targets.

A workbook has a sheet a table; a CSV is one table, known by its columns. Columns are named in
Danish, as in the template, or in English, as in data/.
"""

import csv
import io

from kpi.ingest.dataset import COLUMNS, Row
from kpi.ingest.delimited import read_head
from kpi.ingest.gate import gate_text, refusal
from kpi.ingest.raw import TYPED, RefusedError, Upload
from kpi.ingest.recognise import recognise
from kpi.ingest.rows import typed_number
from kpi.ingest.workbook import read_workbook
from kpi.period import parse_period
from kpi.plan import PRECISION_NAMES, STATE_NAMES, TARGET_STATES

# The tables that files may hold, by the name that a person reads.
TABLE_NAMES = {
    "initiative": "Indsatser",
    "initiative_status": "Status",
    "event": "Hændelser",
    "meeting": "Møder",
    "target": "Mål",
}
COLUMN_NAMES = {
    "initiative_id": "indsats", "theme_id": "tema", "title": "titel", "responsible": "ansvarlig",
    "started": "begyndt", "indicator_ids": "nøgletal", "date": "dato", "state": "tilstand",
    "summary": "beskrivelse", "source_id": "kilde", "event_id": "hændelse",
    "precision": "nøjagtighed", "area_id": "område", "meeting_id": "møde", "body": "forum",
    "target_id": "mål", "indicator_id": "nøgletal", "group_id": "gruppe", "period": "periode",
    "value": "værdi", "note": "note",
}  # fmt: skip
_PRECISIONS = {name.casefold(): precision for precision, name in PRECISION_NAMES.items()}
_STATES = {name.casefold(): state for state, name in STATE_NAMES.items()}
_STATES |= {name.casefold(): state for state, name in TARGET_STATES.items()}


def read_plan_file(upload: Upload) -> dict[str, list[Row]]:
    """The rows of each table in the file, cells as text; states and precisions as their codes.

    Raises RefusedError: no table of the plan is in it, or it holds a CPR number.
    """
    if upload.content.startswith(b"PK"):
        grids = [(sheet.name, [list(row) for row in sheet.rows]) for sheet in read_workbook(upload)]
    else:
        text = recognise(upload).text
        delimiter = read_head(text).delimiter
        grids = [("", list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))]
    found: dict[str, list[Row]] = {}
    for name, grid in grids:
        places = [place for row in grid for cell in row for place in gate_text(cell)]
        if places:
            raise refusal(places)
        table = _table(name, grid)
        if table:
            found[table] = _rows(table, grid)
    if not any(found.values()):
        raise RefusedError(
            "not_a_table",
            "Filen har ingen af handleplanens tabeller.",
            "Brug skabelonen, og behold dens arknavne og første række.",
        )
    return found


def _table(name: str, grid: list[list[str]]) -> str | None:
    """The table of a sheet, by its name or else by its columns."""
    for table, danish in TABLE_NAMES.items():
        if name.strip().casefold() in (danish.casefold(), table):
            return table
    if name or not grid:
        return None
    head = {cell.strip().casefold() for cell in grid[0]}
    fits = {table: len(head & _known(table).keys()) for table in TABLE_NAMES}
    best = max(fits, key=lambda table: (fits[table], -len(COLUMNS[table])))
    return best if fits[best] >= len(head) > 1 else None


def _known(table: str) -> dict[str, str]:
    """Each name that a column of the table may have, and the column."""
    known = {column: column for column in COLUMNS[table]}
    return known | {COLUMN_NAMES[column]: column for column in COLUMNS[table]}


def _rows(table: str, grid: list[list[str]]) -> list[Row]:
    known = _known(table)
    names = [cell.strip().casefold() for cell in grid[0]]
    head = [known.get(name) for name in names]
    rows = []
    for cells in grid[1:]:
        row = {
            column: _value(column, cell, is_danish=name != column)
            for name, column, cell in zip(names, head, cells, strict=False)
            if column is not None
        }
        if any(row.values()):
            rows.append(row)
    return rows


def _value(column: str, cell: str, is_danish: bool) -> str:
    text = cell.removeprefix(TYPED).strip()
    if column == "state":
        return _STATES.get(text.casefold(), text)
    if column == "precision":
        return _PRECISIONS.get(text.casefold(), text)
    # Excel's dates arrive as day periods.
    if column in ("date", "started") and "M" in text and "D" in text:
        return parse_period(text).start.isoformat()
    # A number cell of a workbook, and the columns of data/, write a decimal point.
    is_written = column == "value" and is_danish and not cell.startswith(TYPED)
    return typed_number(text) if is_written else text
