"""A file into the tables of a connection that contain its rows (kpi/ingest/table/dictionary.py).

The `line` of a row is where a person sees it: in a wide file several rows share a line.

The gate for personal data is passed here: a file with a CPR number is refused before anything is
written to any disk, and the connection itself never spills to one.
"""

import re
from collections.abc import Collection
from dataclasses import replace
from itertools import islice
from typing import assert_never

import duckdb
import numpy as np
import pyarrow as arrow
from pyarrow import csv as arrow_csv

from kpi.cpr.far import are_in_sheets
from kpi.cpr.texts import text_holds_number
from kpi.cpr.upright import holds_upright
from kpi.domain.errors import Problem
from kpi.domain.personal import (
    PersonalNumber,
    are_parts,
    head_holds_number,
    name_holds_number,
    numbers_under_heads,
    personal_numbers,
)
from kpi.ingest.gate.column_gate import gate_columns
from kpi.ingest.gate.document_gate import gate_document
from kpi.ingest.gate.gate import gate_text, refusal, refuse_personal
from kpi.ingest.gate.unseen_texts import OF_CELLS
from kpi.ingest.mapping.recipe import Recipe
from kpi.ingest.readers import delimited
from kpi.ingest.readers.archive import beside_table, member
from kpi.ingest.readers.delimited_beside import without_beside, without_box
from kpi.ingest.readers.detect import Recognised, recognise
from kpi.ingest.readers.encodings import refuse_broken
from kpi.ingest.readers.footnotes import note_problems, split_notes
from kpi.ingest.readers.head_lines import repeats_dropped, texts_under
from kpi.ingest.readers.jobindsats import jobindsats_table
from kpi.ingest.readers.json_shapes import no_table
from kpi.ingest.readers.jsonstat import jsonstat_table
from kpi.ingest.readers.parquet_file import ROW_NUMBERS, read_parquet
from kpi.ingest.readers.px import px_table
from kpi.ingest.readers.row_lengths import are_numbers
from kpi.ingest.readers.sheets import workbook_table
from kpi.ingest.readers.workbook import Sheet, read_workbook
from kpi.ingest.table.dictionary import Column, Rows, spelled, spelled_rows
from kpi.ingest.table.raw import MOST_ROWS, RawTable, RefusedError, Upload
from kpi.ingest.turning.grid_labels import labels_filled
from kpi.ingest.turning.name_columns import (
    NO_NAMES,
    KnownNames,
    NameColumns,
    name_columns,
    named_measures,
)
from kpi.ingest.turning.nested_rows import levels_in, nested_rows
from kpi.ingest.turning.paired_heads import PairedHeads, paired_heads
from kpi.ingest.turning.single_labels import with_measure_and_unit
from kpi.ingest.turning.split_periods import Joining, joined, joining, joining_ends
from kpi.ingest.turning.title_year import with_title_year
from kpi.ingest.turning.wide import turned, turning
from kpi.ingest.words.heads import last_parts, measure_column

_SAMPLE_ROWS = 200
# Each text once and a number a row: never a copy of all the file's texts.
_TEXTS = arrow.dictionary(arrow.int32(), arrow.string())
_ONLY_CELLS = "Gemmes tabellen som CSV, følger kun cellerne på arket med."
_CUT_ESCAPE = re.compile(rb"&(?:\x00?[#0-9a-zA-Z]){2,9}\x00?;\x00?[0-9]")
_FAST_ENCODINGS = {"utf-8", "utf-8-sig"}
# Each block has a dictionary of its own; of fewer and larger ones less is joined afterwards.
_BLOCK_BYTES = 8 * 1024**2


def load(
    connection: duckdb.DuckDBPyConnection,
    upload: Upload,
    recipe: Recipe | None = None,
    sheet: str | None = None,
    known: KnownNames = NO_NAMES,
) -> RawTable:
    """Makes `raw` and what goes with it; returns the table's description, with its first rows only.

    Columns that are called as areas, groups or indicators (`known`) become rows, unless a recipe
    names one of them.

    Raises RefusedError for a file that cannot be used as a whole, personal data above all.
    """
    if name_holds_number(upload.name):
        raise refusal([], file_name_too=True)
    upload, others = member(upload, None), beside_table(upload)
    if name_holds_number(upload.name):
        raise refusal([], file_name_too=True)
    recognised = recognise(upload)
    table = _loaded(connection, upload, recognised, recipe, sheet, known)
    refuse_broken(
        [(None, table.columns), (None, (table.title,)), *table.rows[:_SAMPLE_ROWS]],
        recognised.content,
    )
    return replace(table, problems=(*table.problems, *others)) if others else table


def _loaded(
    connection: duckdb.DuckDBPyConnection,
    upload: Upload,
    recognised: Recognised,
    recipe: Recipe | None,
    sheet: str | None,
    known: KnownNames,
) -> RawTable:
    if recognised.kind == "delimited":
        table = _load_delimited(connection, recognised, recipe, sheet, known)
        arrow.default_memory_pool().release_unused()  # it keeps what it no longer needs
        return table
    if recognised.kind == "parquet":
        return _load_parquet(connection, upload, recipe, known)
    if recognised.workbook is not None:
        table = _gated_workbook(read_workbook(upload, recognised.workbook), sheet, recipe)
    else:
        refuse_personal(gate_text(recognised.text) or gate_document(recognised.document))
        table = _document_table(recognised, recipe, sheet)
        refuse_personal(personal_numbers(table.columns, table.rows))
    table = with_measure_and_unit(table, lambda place: (cells[place] for _, cells in table.rows))
    if table.format == "jobindsats_json":
        how = turning(table.columns, [cells for _, cells in table.rows[:_SAMPLE_ROWS]])
        table = table if how is None else turned(table, how)
    if not table.rows and not table.problems:
        raise RefusedError(
            "empty_file", "Filen har ingen rækker.", "Vælg et udtræk, der indeholder tal."
        )
    spared = recipe.columns() if recipe else ()
    table = named_measures(table, known, spared)
    if (levels := nested_rows(table, table.rows, known, spared)) is not None:
        table = levels.applied(table)
    if (names := _name_columns(table, known, spared)) is not None:
        table = names.applied(table)
    if (parts := _joining(table, spared)) is not None:
        table = joined(table, parts)
    spelled_rows(table.rows, len(table.columns)).keep(connection)
    return replace(table, rows=list(islice(table.rows, _SAMPLE_ROWS)))


def _gated_workbook(sheets: list[Sheet], wanted: str | None, recipe: Recipe | None) -> RawTable:
    """The workbook's table; every sheet, hidden ones too, passes the gate first."""
    places: list[PersonalNumber] = []
    if are_parts([sheet.name for sheet in sheets]):
        places.append(PersonalNumber(None, "", "arkenes navne"))
    for sheet in sheets:
        if text_holds_number(sheet.name):
            places.append(PersonalNumber(None, "", "et arks navn"))
        width = max(map(len, sheet.rows), default=0)
        rows = [
            (number, (*cells, *[""] * (width - len(cells))))
            for number, cells in enumerate(sheet.rows, start=1)
        ]
        # The first row of several texts may be the names of the columns.
        place = next((at for at, (_, cells) in enumerate(rows) if sum(map(bool, cells)) > 1), None)
        names = [""] * width if place is None else list(rows[place][1])
        places += personal_numbers([""] * width, rows[: (place or 0) + 1])
        places += personal_numbers(names, rows if place is None else rows[place + 1 :])
        places = places or numbers_under_heads(rows)
    if not places and are_in_sheets([sheet.rows for sheet in sheets]):
        places.append(PersonalNumber(None, "", "celler i to ark, der hører sammen"))
    unseen = [place for sheet in sheets for place in sheet.personal]
    if places:  # the file has the texts of its cells in parts of their own
        unseen = [place for place in unseen if place != OF_CELLS]
    if unseen:
        places += [PersonalNumber(None, "", place) for place in unseen]
        raise refusal(places, reminder=_ONLY_CELLS)
    refuse_personal(places)
    return workbook_table(sheets, wanted, recipe.columns() if recipe else ())


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
        "table_parquet", columns, rows.first(_SAMPLE_ROWS), other_names=last_parts(columns),
        measure_column=measure_column(columns),
    )  # fmt: skip
    return _kept_in_connection(connection, table, rows, recipe, known)


def _load_delimited(
    connection: duckdb.DuckDBPyConnection,
    recognised: Recognised,
    recipe: Recipe | None,
    sheet: str | None,
    known: KnownNames,
) -> RawTable:
    content = recognised.content
    start = content[:400_000].decode(recognised.encoding, errors="replace")
    try:
        head = delimited.read_head(start)
    except RefusedError:
        refuse_personal(gate_text(recognised.text))
        raise
    content, notes = split_notes(
        content, recognised.encoding, head.delimiter, len(head.columns), head.line
    )
    if notes:  # what is cut off passes the gate too
        below = recognised.content[len(content) :].decode(recognised.encoding, errors="replace")
        if gate_text(below):
            refuse_personal(gate_text(recognised.text))
        if any(map(text_holds_number, below.splitlines())):
            refuse_personal([PersonalNumber(None, "", "teksten under tabellen")])
        if holds_upright(below, head.delimiter):
            refuse_personal([PersonalNumber(None, "", "teksten under tabellen")])
        recognised = replace(recognised, content=content)
    problems: list[Problem] = note_problems(notes)
    rows = None
    if recognised.encoding in _FAST_ENCODINGS and delimited.is_plain(content):
        rows = _plain_rows(content, head)
    if rows is None:
        rows = spelled_rows(delimited.records(recognised.text, head, problems), len(head.columns))
    gate_columns(connection, head.columns, rows)
    # Broken records are not among the rows, and the end of an escape (`&#45;`) parts two cells.
    if len(problems) > bool(notes) or (b"&" in content and _CUT_ESCAPE.search(content)):
        refuse_personal(gate_text(recognised.text))
    if head_holds_number(head.columns) or text_holds_number(head.title):
        refuse_personal([PersonalNumber(head.line, "", "overskriften")])
    if holds_upright("\n".join(start.split("\n", head.line)[: head.line]), head.delimiter):
        refuse_personal([PersonalNumber(None, "", "teksten over tabellen")])
    if not rows and not problems:
        raise RefusedError("empty_file", "Filen har kolonnenavne, men ingen rækker.",
                           "Vælg et udtræk, der indeholder tal.")  # fmt: skip
    head, rows, beside_problems = without_beside(head, rows, sheet or "")
    problems += beside_problems
    columns, rows = _without_empty(head, rows)
    rows, box = without_box(columns, rows)
    rows, repeated = repeats_dropped(columns, rows)
    rows, filled = labels_filled(columns, rows)
    problems += box + repeated + filled
    sample = rows.first(_SAMPLE_ROWS)
    table = RawTable(
        head.format, columns, sample, head.title,
        recognised.encoding, head.delimiter, other_names=last_parts(columns),
        problems=tuple(problems), unit=head.unit, measure_column=measure_column(columns),
        beside=(*head.beside, *texts_under(notes)),
    )  # fmt: skip
    return _kept_in_connection(connection, table, rows, recipe, known)


def _kept_in_connection(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    rows: Rows,
    recipe: Recipe | None,
    known: KnownNames,
) -> RawTable:
    """The table, turned where its heads are periods or areas, its rows kept in the connection."""
    table = with_measure_and_unit(table, lambda place: rows.columns[place].texts.to_pylist())
    spared = recipe.columns() if recipe else ()
    if (levels := levels_in(table, rows, known, spared)) is not None:
        table = levels.applied(table)
        rows = spelled_rows(levels.rows(rows.first(len(rows))), len(table.columns))
        table = replace(table, rows=rows.first(_SAMPLE_ROWS))
    sample = [cells for _, cells in table.rows]
    columns, year_problems = with_title_year(table.columns, sample, table.title, spared)
    table = replace(table, columns=columns, problems=(*table.problems, *year_problems))
    how = turning(columns, sample, spared)
    if how is not None:
        table = named_measures(turned(table, how), known, spared)
    elif (names := _name_columns(table, known, spared)) is not None:
        how, table = names.how, names.applied(table)
    if how is not None:
        rows = spelled_rows(how.rows(rows.first(len(rows))), len(table.columns))
        table = replace(table, rows=rows.first(_SAMPLE_ROWS))
    if (parts := _joining(table, spared)) is not None:
        table = joined(table, parts)
        rows = spelled_rows(parts.rows(rows.first(len(rows))), len(table.columns))
    rows.keep(connection)
    return table


def _name_columns(
    table: RawTable, known: KnownNames, spared: Collection[str]
) -> NameColumns | PairedHeads | None:
    sample = [cells for _, cells in table.rows[:_SAMPLE_ROWS]]
    if table.is_wide:
        return None
    named = name_columns(table.columns, sample, known, spared)
    return named or paired_heads(table.columns, sample, known, spared)


def _joining(table: RawTable, spared: Collection[str]) -> Joining | None:
    sample = [cells for _, cells in table.rows[:_SAMPLE_ROWS]]
    return joining(table.columns, sample, spared) or joining_ends(table.columns, sample, spared)


def _without_empty(head: delimited.Head, rows: Rows) -> tuple[tuple[str, ...], Rows]:
    """The columns without those that have neither a name nor a cell, and numbers of rows."""
    filled_places = [
        place
        for place, column in enumerate(rows.columns)
        if place not in head.nameless or not _tells_nothing(place, column, len(rows))
    ]
    columns = tuple(head.columns[place] for place in filled_places)
    return columns, Rows(rows.lines, tuple(rows.columns[place] for place in filled_places))


def _tells_nothing(place: int, column: Column, count: int) -> bool:
    """Whether a column without a name is blank or, as the first one, only numbers the rows."""
    texts = [text.strip() for text in column.texts.to_pylist()]
    return not any(texts) or (place == 0 and len(texts) == count and are_numbers(texts))


def _plain_rows(content: bytes, head: delimited.Head) -> Rows | None:
    """What Arrow reads of a file of one line a record; None when it is not quite that.

    The bytes are read where they are: a CPR number among them never reaches a disk.
    """
    names = [f"c{place}" for place in range(len(head.columns))]
    try:
        table = arrow_csv.read_csv(
            arrow.py_buffer(content),
            arrow_csv.ReadOptions(column_names=names, skip_rows=head.line, block_size=_BLOCK_BYTES),
            arrow_csv.ParseOptions(delimiter=head.delimiter, quote_char=False),
            # That it is UTF-8 was proven of the whole file (detect.py).
            arrow_csv.ConvertOptions(check_utf8=False, column_types=dict.fromkeys(names, _TEXTS)),
        )
    except arrow.ArrowInvalid:
        return None
    count = len(table)
    if count != delimited.lines_of(content) - head.line or count > MOST_ROWS:
        return None
    numbers = np.arange(head.line + 1, head.line + 1 + count, dtype="int32")
    # From the buffer: given an array of numpy's, Arrow imports pandas, for a third of a second.
    lines = arrow.Array.from_buffers(arrow.int32(), count, [None, arrow.py_buffer(numbers)])
    return spelled(arrow.chunked_array([lines]), table.columns)
