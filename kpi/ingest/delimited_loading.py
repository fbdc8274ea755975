"""A delimited file past the gate into a table and its rows, each text once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import duckdb
import numpy as np
import pyarrow as arrow
from pyarrow import csv as arrow_csv

from kpi.cpr.texts import text_holds_number, title_holds_number
from kpi.cpr.upright import holds_upright
from kpi.domain.errors import Problem
from kpi.domain.personal import PersonalNumber, head_holds_number
from kpi.ingest.gate.column_gate import gate_columns
from kpi.ingest.gate.gate import gate_text, refuse_personal
from kpi.ingest.mapping.recipe import Recipe
from kpi.ingest.readers import delimited
from kpi.ingest.readers.delimited_beside import without_beside, without_box
from kpi.ingest.readers.detect import Recognised
from kpi.ingest.readers.encodings import encoding_of_part
from kpi.ingest.readers.footnotes import note_problems, split_notes
from kpi.ingest.readers.head_lines import repeats_dropped, texts_under
from kpi.ingest.readers.packed_labels import with_labels_apart
from kpi.ingest.readers.row_lengths import are_numbers
from kpi.ingest.table.dictionary import Column, Row, Rows, spelled, spelled_rows, too_many_rows
from kpi.ingest.table.raw import MOST_ROWS, RawTable, RefusedError
from kpi.ingest.turned_rows import SAMPLE_ROWS, kept_in_connection
from kpi.ingest.turning.grid_labels import labels_filled
from kpi.ingest.turning.name_columns import KnownNames
from kpi.ingest.words.heads import last_parts, measure_column

# Each text once and a number a row: never a copy of all the file's texts.
_TEXTS = arrow.dictionary(arrow.int32(), arrow.string())
_CUT_ESCAPE = re.compile(rb"&(?:\x00?[#0-9a-zA-Z]){2,9}\x00?;\x00?[0-9]")
_UTF_8 = {"utf-8", "utf-8-sig"}
# Of one byte a character, the first 128 of which are those of UTF-8.
_OF_BYTES = {"cp1252", "cp850", "mac_roman", "iso8859-15"}
# Each block has a dictionary of its own; of fewer and larger ones less is joined afterwards.
_BLOCK_BYTES = 8 * 1024**2


@dataclass(frozen=True)
class ReadText:
    """A delimited text as it was read, its columns not past the gate yet.

    `start` is its beginning as text, `content` the bytes of its table: without the `notes` below.
    """

    recognised: Recognised
    start: str
    head: delimited.Head
    content: bytes = field(repr=False)
    notes: Sequence[Row]
    problems: tuple[Problem, ...]
    rows: Rows


def read_delimited(recognised: Recognised) -> ReadText:
    """Reads a text, for which neither a connection nor the catalogue is needed.

    Raises RefusedError for personal data above or below the table, and for a file without rows.
    """
    content = recognised.content
    start = content[:400_000].decode(recognised.encoding, errors="replace")
    try:
        head = delimited.read_head(start)
    except RefusedError:
        refuse_personal(gate_text(recognised.text))
        raise
    content, notes = split_notes(
        content, recognised.signs, recognised.encoding, head.delimiter, len(head.columns), head.line
    )
    if notes:  # what is cut off passes the gate too
        _gate_below(recognised, len(content), head.delimiter)
        recognised = replace(recognised, content=content)
    problems: list[Problem] = note_problems(notes)
    content, rows = _rows_read_fast(content, recognised, head)
    if rows is None:
        rows = spelled_rows(delimited.records(recognised.text, head, problems), len(head.columns))
    return ReadText(recognised, start, head, content, notes, tuple(problems), rows)


def load_delimited(
    connection: duckdb.DuckDBPyConnection,
    read: ReadText,
    recipe: Recipe | None,
    sheet: str | None,
    known: KnownNames,
) -> RawTable:
    """The table's description, with its first rows; all of them are in the connection.

    Raises RefusedError for personal data, and for a file without rows.
    """
    recognised, content, notes = read.recognised, read.content, read.notes
    start, head, rows, problems = read.start, read.head, read.rows, [*read.problems]
    del read  # what becomes of the rows takes their place
    gate_columns(connection, head.columns, rows)
    # Broken records are not among the rows, and the end of an escape (`&#45;`) parts two cells.
    if len(problems) > bool(notes) or (b"&" in content and _CUT_ESCAPE.search(content)):
        refuse_personal(gate_text(recognised.text))
        refuse_personal(_numbers_in_broken(recognised.text, problems))
    _gate_above(head, start)
    if not rows and not problems:
        raise RefusedError("empty_file", "Filen har kolonnenavne, men ingen rækker.",
                           "Vælg et udtræk, der indeholder tal.")  # fmt: skip
    packed = with_labels_apart(head, rows)
    head, rows, made_columns = packed or (head, rows, ())
    head, rows, beside_problems = without_beside(head, rows, sheet or "")
    problems += beside_problems
    columns, rows = _without_empty(head, rows)
    rows, box = without_box(columns, rows)
    rows, repeated = repeats_dropped(columns, rows)
    rows, filled = labels_filled(columns, rows)
    problems += box + repeated + filled
    sample = rows.first(SAMPLE_ROWS)
    table = RawTable(
        head.format, columns, sample, head.title,
        recognised.encoding, head.delimiter, other_names=last_parts(columns),
        problems=tuple(problems), unit=head.unit, measure_column=measure_column(columns),
        beside=(*head.beside, *texts_under(notes)),
        is_wide=packed is not None, made_columns=made_columns,
    )  # fmt: skip
    return kept_in_connection(connection, table, rows, recipe, known)


def _rows_read_fast(
    content: bytes, recognised: Recognised, head: delimited.Head
) -> tuple[bytes, Rows | None]:
    """A plain file's content in UTF-8 with its rows; of any other its bytes as they are, and None.

    Raises RefusedError for too many rows.
    """
    is_fast = recognised.encoding in _UTF_8 | _OF_BYTES
    if not (is_fast and delimited.is_plain(content, recognised.signs)):
        return content, None
    if recognised.encoding in _OF_BYTES:
        content = recognised.text.encode()
    lines_count = delimited.lines_of(content, recognised.signs)
    if _filled_at_least(content, lines_count) - head.line > MOST_ROWS:
        raise too_many_rows()
    return content, _plain_rows(content, lines_count, head)


def block_memory() -> arrow.MemoryPool:
    """Where blocks are read to: where it is to be had, memory that is used again for the next.

    The system's is given back and cleared anew for each block, which takes a fifth of the reading.
    """
    try:
        return arrow.jemalloc_memory_pool()
    except NotImplementedError:  # not on every system
        return arrow.default_memory_pool()


def _filled_at_least(content: bytes, lines_count: int) -> int:
    """How many of a plain file's lines are not empty, at least."""
    if lines_count <= MOST_ROWS:
        return lines_count
    # Of line ends that follow each other, two are counted as one.
    return lines_count - 2 * (content.count(b"\n\n") + content.count(b"\n\r\n"))


def _gate_below(recognised: Recognised, end: int, delimiter: str) -> None:
    """The gate for what stands below the table, from byte `end` on."""
    encoding = encoding_of_part(recognised.content, recognised.encoding)
    below = recognised.content[end:].decode(encoding, errors="replace")
    if gate_text(below):
        refuse_personal(gate_text(recognised.text))
    if any(map(text_holds_number, below.splitlines())) or holds_upright(below, delimiter):
        refuse_personal([PersonalNumber(None, "", "teksten under tabellen")])


def _numbers_in_broken(text: str, problems: Sequence[Problem]) -> list[PersonalNumber]:
    """The broken records with a CPR number among words: what is reported of them repeats a cell.

    Of those that are reported one by one; a record may go on in the next line.
    """
    broken = {problem.row for problem in problems if problem.row is not None}
    lines = text.splitlines()
    return [
        PersonalNumber(row, "")
        for row in sorted(broken)
        if any(map(text_holds_number, lines[row - 1 : row + 1]))
    ]


def _gate_above(head: delimited.Head, start: str) -> None:
    """The gate for the names of the columns and what stands above them in `start` of the file."""
    if head_holds_number(head.columns) or title_holds_number(head.title):
        refuse_personal([PersonalNumber(head.line, "", "overskriften")])
    if holds_upright("\n".join(start.split("\n", head.line)[: head.line]), head.delimiter):
        refuse_personal([PersonalNumber(None, "", "teksten over tabellen")])


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


def _plain_rows(content: bytes, lines_count: int, head: delimited.Head) -> Rows | None:
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
            memory_pool=block_memory(),
        )
    except arrow.ArrowInvalid:
        return None
    count = len(table)
    if count != lines_count - head.line:
        return None
    numbers = np.arange(head.line + 1, head.line + 1 + count, dtype="int32")
    # From the buffer: given an array of numpy's, Arrow imports pandas, for a third of a second.
    lines = arrow.Array.from_buffers(arrow.int32(), count, [None, arrow.py_buffer(numbers)])
    return spelled(arrow.chunked_array([lines]), table.columns)
