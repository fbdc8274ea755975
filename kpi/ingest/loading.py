"""A file into the tables of a connection that contain its rows (kpi/ingest/table/dictionary.py).

The `line` of a row is where a person sees it: in a wide file several rows share a line.

The gate for personal data is passed here: a file with a CPR number is refused before anything is
written to any disk, and the connection itself never spills to one.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import assert_never

import duckdb
import pyarrow as arrow

from kpi.cpr.far import are_in_sheets
from kpi.cpr.typed import typed_holds_number
from kpi.domain.personal import (
    PersonalNumber,
    are_parts,
    head_holds_number,
    name_holds_number,
    numbers_under_heads,
    personal_numbers,
)
from kpi.ingest.delimited_loading import ReadText, block_memory, load_delimited, read_delimited
from kpi.ingest.gate.column_gate import gate_columns
from kpi.ingest.gate.document_gate import gate_document
from kpi.ingest.gate.gate import gate_text, refusal, refuse_personal
from kpi.ingest.gate.unseen_texts import OF_CELLS
from kpi.ingest.mapping.recipe import Recipe
from kpi.ingest.readers.archive import beside_table, member
from kpi.ingest.readers.detect import Recognised, recognise
from kpi.ingest.readers.encodings import refuse_broken
from kpi.ingest.readers.jobindsats import jobindsats_table
from kpi.ingest.readers.json_shapes import no_table, refuse_long_texts, refuse_single_values
from kpi.ingest.readers.jsonstat import jsonstat_table
from kpi.ingest.readers.parquet_file import ROW_NUMBERS, read_parquet
from kpi.ingest.readers.px import px_table, refuse_by_head, refuse_long_head, without_figures
from kpi.ingest.readers.sheets import workbook_table
from kpi.ingest.readers.workbook import Sheet, read_workbook
from kpi.ingest.table.dictionary import Rows, spelled_rows
from kpi.ingest.table.raw import RawTable, RefusedError, Upload
from kpi.ingest.turned_rows import SAMPLE_ROWS, kept_in_connection, turned_where_it_is
from kpi.ingest.turning.name_columns import NO_NAMES, KnownNames
from kpi.ingest.turning.single_labels import with_measure_and_unit
from kpi.ingest.turning.wide import turned, turning
from kpi.ingest.words.heads import last_parts, measure_column

_ONLY_CELLS = "Gemmes tabellen som CSV, følger kun cellerne på arket med."


class Begun:
    """A file as far as it is read without connection and catalogue: what it is, a text's rows.

    Reading a large text takes a while, in which both can be made ready (kpi/store/uploads.py).
    """

    def __init__(self, upload: Upload) -> None:
        """Raises RefusedError for a file that cannot be used as a whole."""
        if name_holds_number(upload.name):
            raise refusal([], file_name_too=True)
        self.upload, self.others = member(upload, None), beside_table(upload)
        if name_holds_number(self.upload.name):
            raise refusal([], file_name_too=True)
        self.recognised = recognise(self.upload)
        is_text = self.recognised.kind == "delimited"
        self._texts = [read_delimited(self.recognised)] if is_text else []

    def take_text(self) -> ReadText:
        """The delimited text, once: its rows are large, and are let go of as soon as may be."""
        return self._texts.pop()


def load(
    connection: duckdb.DuckDBPyConnection,
    upload: Upload,
    recipe: Recipe | None = None,
    sheet: str | None = None,
    known: KnownNames = NO_NAMES,
    begun: Begun | None = None,
) -> RawTable:
    """Makes `raw` and what goes with it; returns the table's description, with its first rows only.

    Columns that are called as areas, groups or indicators (`known`) become rows, unless a recipe
    names one of them. `begun` is the file where its reading was begun before.

    Raises RefusedError for a file that cannot be used as a whole, personal data above all.
    """
    begun = begun or Begun(upload)
    recognised, others = begun.recognised, begun.others
    table = _loaded(connection, begun, recipe, sheet, known)
    refuse_broken(
        [(None, table.columns), (None, (table.title,)), *table.rows[:SAMPLE_ROWS]],
        recognised.content if recognised.signs.breaking else b"",
    )
    return replace(table, problems=(*table.problems, *others)) if others else table


def _loaded(
    connection: duckdb.DuckDBPyConnection,
    begun: Begun,
    recipe: Recipe | None,
    sheet: str | None,
    known: KnownNames,
) -> RawTable:
    upload, recognised = begun.upload, begun.recognised
    if recognised.kind == "delimited":
        table = load_delimited(connection, begun.take_text(), recipe, sheet, known)
        for memory in (arrow.default_memory_pool(), block_memory()):
            memory.release_unused()  # it keeps what it no longer needs
        return table
    if recognised.kind == "parquet":
        return _load_parquet(connection, upload, recipe, known)
    if recognised.workbook is not None:
        table = _gated_workbook(read_workbook(upload, recognised.workbook), sheet, recipe)
    else:
        if recognised.kind == "json":
            refuse_long_texts(recognised.text)
        refuse_single_values(recognised.document)
        if recognised.kind == "px":
            _refuse_px_by_head(recognised.text)
        refuse_personal(gate_text(recognised.text) or gate_document(recognised.document))
        table = _document_table(recognised, recipe, sheet)
        refuse_personal(personal_numbers(table.columns, table.rows))
    table = with_measure_and_unit(table, lambda place: (cells[place] for _, cells in table.rows))
    if table.format == "jobindsats_json":
        how = turning(table.columns, [cells for _, cells in table.rows[:SAMPLE_ROWS]])
        table = table if how is None else turned(table, how)
    if not table.rows and not table.problems:
        raise RefusedError(
            "empty_file", "Filen har ingen rækker.", "Vælg et udtræk, der indeholder tal."
        )
    spared = recipe.columns() if recipe else ()
    table = turned_where_it_is(table, known, spared)
    spelled_rows(table.rows, len(table.columns)).keep(connection)
    return replace(table, rows=list(islice(table.rows, SAMPLE_ROWS)))


def _refuse_px_by_head(text: str) -> None:
    """What a PX file cannot be read for, before its figures are looked through for CPR numbers.

    Nothing of such a file is kept, and no figure is repeated.
    """
    refuse_long_head(text)
    try:
        refuse_by_head(text)
    except RefusedError:
        refuse_personal(gate_text(without_figures(text)))
        raise


def _gated_workbook(sheets: list[Sheet], wanted: str | None, recipe: Recipe | None) -> RawTable:
    """The workbook's table; every sheet, hidden ones too, passes the gate first."""
    places: list[PersonalNumber] = []
    if are_parts([sheet.name for sheet in sheets]):
        places.append(PersonalNumber(None, "", "arkenes navne"))
    for sheet in sheets:
        if typed_holds_number(sheet.name):
            places.append(PersonalNumber(None, "", "et arks navn"))
        places += _in_sheet(sheet.rows)
    with_days = [_with_days(sheet) for sheet in sheets] if any(s.notes.days for s in sheets) else []
    for sheet, rows in zip(sheets, with_days, strict=False):
        if sheet.notes.days and not places:
            places += _in_sheet(rows)
    of_sheets = [sheet.rows for sheet in sheets]
    if not places and (are_in_sheets(of_sheets) or are_in_sheets(with_days)):
        places.append(PersonalNumber(None, "", "celler i to ark, der hører sammen"))
    unseen = [place for sheet in sheets for place in sheet.personal]
    if places:  # the file has the texts of its cells in parts of their own
        unseen = [place for place in unseen if place != OF_CELLS]
    if unseen:
        places += [PersonalNumber(None, "", place) for place in unseen]
        raise refusal(places, reminder=_ONLY_CELLS)
    refuse_personal(places)
    return workbook_table(sheets, wanted, recipe.columns() if recipe else ())


def _in_sheet(cells_of_rows: Sequence[Sequence[str]]) -> list[PersonalNumber]:
    """The CPR numbers in the cells of a sheet. Of blank rows after each other one parts the others.

    A stray cell far below leaves a million of them.
    """
    width = max(map(len, cells_of_rows), default=0)
    above = chain([()], cells_of_rows)
    rows = [
        (number, (*cells, *[""] * (width - len(cells))))
        for number, (cells, before) in enumerate(zip(cells_of_rows, above, strict=False), start=1)
        if cells or before
    ]
    # The first row of several texts may be the names of the columns.
    place = next((at for at, (_, cells) in enumerate(rows) if sum(map(bool, cells)) > 1), None)
    names = [""] * width if place is None else list(rows[place][1])
    return [
        *personal_numbers([""] * width, rows[: (place or 0) + 1]),
        *personal_numbers(names, rows if place is None else rows[place + 1 :]),
    ] or numbers_under_heads(rows)


def _with_days(sheet: Sheet) -> list[Sequence[str]]:
    """The rows of a sheet with the days that are shown as a month or a year, as far as noted."""
    if not sheet.notes.days:
        return [*sheet.rows]
    rows = [list(cells) for cells in sheet.rows[: sheet.notes.days[-1][0] + 1]]
    for row, column, day in sheet.notes.days:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = day
    return [*rows]


def _document_table(recognised: Recognised, recipe: Recipe | None, wanted: str | None) -> RawTable:
    match recognised.kind:
        case "px":
            return px_table(recognised.text)
        case "json":
            table = jsonstat_table(recognised.document, wanted)
            if table is None:
                table = jobindsats_table(recognised.document, recipe.columns() if recipe else ())
            if table is None:
                raise no_table(recognised.document)
            return table
        case "delimited" | "workbook" | "parquet":
            raise AssertionError(f"a {recognised.kind} file is read as a whole elsewhere")
    assert_never(recognised.kind)


def _load_parquet(
    connection: duckdb.DuckDBPyConnection,
    upload: Upload,
    recipe: Recipe | None,
    known: KnownNames,
) -> RawTable:
    columns, rows = read_parquet(upload)
    gate_columns(connection, columns, rows)
    if head_holds_number(columns):
        refuse_personal([PersonalNumber(None, "", "overskriften")])
    named_places = [place for place, name in enumerate(columns) if name != ROW_NUMBERS]
    columns = tuple(columns[place] for place in named_places)
    rows = Rows(rows.lines, tuple(rows.columns[place] for place in named_places))
    if not rows or not columns:
        raise RefusedError(
            "empty_file", "Filen har ingen rækker.", "Vælg et udtræk, der indeholder tal."
        )
    table = RawTable(
        "table_parquet", columns, rows.first(SAMPLE_ROWS), other_names=last_parts(columns),
        measure_column=measure_column(columns),
    )  # fmt: skip
    return kept_in_connection(connection, table, rows, recipe, known)
