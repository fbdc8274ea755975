"""A file into the table `raw` of a connection: `record`, `line` and a text for each of its columns.

`record` is a number of each row's own. `line` is where a person sees it: in a wide file several
rows stand on one line.

The gate for personal data stands here: what holds a CPR number is refused before anything is
written to any disk, and the connection itself never spills to one.
"""

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

import duckdb
import pandas as pd

from kpi.errors import Problem
from kpi.ingest import delimited
from kpi.ingest.gate import gate_text, refusal
from kpi.ingest.jobindsats import jobindsats_table
from kpi.ingest.jsonstat import jsonstat_table
from kpi.ingest.px import px_table
from kpi.ingest.raw import (
    MOST_CELL_CHARACTERS,
    MOST_ROWS,
    TYPED,
    RawTable,
    RefusedError,
    Upload,
)
from kpi.ingest.recipe import Recipe
from kpi.ingest.recognise import Recognised, recognise
from kpi.ingest.sheets import workbook_table
from kpi.ingest.workbook import Sheet, read_workbook
from kpi.privacy import PersonalNumber, holds_personal_number, personal_numbers

_SAMPLE_ROWS = 200
_ROWS_AT_A_TIME = 50_000
_FAST_ENCODINGS = {"utf-8": "utf-8", "utf-8-sig": "utf-8"}

Row = tuple[int | None, tuple[str, ...]]


def load(
    connection: duckdb.DuckDBPyConnection,
    upload: Upload,
    recipe: Recipe | None = None,
    sheet: str | None = None,
) -> RawTable:
    """Fills `raw`; returns the table's description, with its first rows only.

    Raises RefusedError for a file that cannot be used as a whole, personal data above all.
    """
    if holds_personal_number(upload.name):
        raise refusal([], file_name_too=True)
    found = recognise(upload)
    if found.kind == "delimited":
        return _load_delimited(connection, found)
    if found.kind == "workbook":
        table = _gated_workbook(read_workbook(upload), sheet)
    else:
        _refuse_personal(gate_text(found.text))
        table = _document_table(found, recipe)
        _refuse_personal(personal_numbers(table.columns, table.rows))
    table = _unpivoted(table)
    if not table.rows and not table.problems:
        raise RefusedError("empty_file", "Filen har ingen rækker.", "Send et udtræk med tal i.")
    _create(connection, len(table.columns))
    _insert(connection, table.rows, len(table.columns))
    return replace(table, rows=list(islice(table.rows, _SAMPLE_ROWS)))


def _gated_workbook(sheets: list[Sheet], wanted: str | None) -> RawTable:
    """The workbook's table; every sheet, hidden ones too, passes the gate first."""
    places: list[PersonalNumber] = []
    for sheet in sheets:
        if holds_personal_number(sheet.name):
            places.append(PersonalNumber(None, "et arks navn"))
        width = max(map(len, sheet.rows), default=0)
        rows = [
            (number, (*cells, *[""] * (width - len(cells))))
            for number, cells in enumerate(sheet.rows, start=1)
        ]
        # The first row of several texts may hold the names of the columns.
        place = next((at for at, (_, cells) in enumerate(rows) if sum(map(bool, cells)) > 1), None)
        names = [""] * width if place is None else list(rows[place][1])
        places += personal_numbers([""] * width, rows[: (place or 0) + 1])
        places += personal_numbers(names, rows if place is None else rows[place + 1 :])
    _refuse_personal(places)
    return workbook_table(sheets, wanted)


def _document_table(found: Recognised, recipe: Recipe | None) -> RawTable:
    if found.kind == "px":
        return px_table(found.text)
    table = jsonstat_table(found.document)
    if table is None:
        table = jobindsats_table(found.document, recipe.columns() if recipe else ())
    if table is None:
        raise RefusedError(
            "not_a_table",
            "JSON-filen er hverken JSON-stat eller et svar fra jobindsats.",
            "Hent udtrækket igen som JSON-stat eller CSV.",
        )
    return table


def _load_delimited(connection: duckdb.DuckDBPyConnection, found: Recognised) -> RawTable:
    content = found.content
    start = content[:400_000].decode(found.encoding, errors="replace")
    try:
        head = delimited.read_head(start)
    except RefusedError:
        _refuse_personal(gate_text(found.text))
        raise
    wide = delimited.period_columns(head.columns) if head.format != "table_csv" else []
    problems: list[Problem] = []
    fast = found.encoding in _FAST_ENCODINGS and not wide and delimited.is_plain(content)
    if not (fast and _load_plain(connection, content, head)):
        connection.execute("DROP TABLE IF EXISTS raw")
        _create(connection, len(head.columns))
        rows = delimited.records(found.text, head, problems)
        _insert(connection, rows, len(head.columns))
    _gate_raw(connection, head.columns)
    if problems:  # broken records are not in `raw`
        _refuse_personal(gate_text(found.text))
    if any(holds_personal_number(name) for name in (*head.columns, head.title)):
        raise refusal([PersonalNumber(head.line, "overskriften")])
    sample = connection.table("raw").limit(_SAMPLE_ROWS).fetchall()
    if not sample and not problems:
        raise RefusedError("empty_file", "Filen har en overskrift, men ingen rækker.",
                           "Send et udtræk med tal i.")  # fmt: skip
    table = RawTable(
        head.format, head.columns, [(line, tuple(cells)) for _, line, *cells in sample], head.title,
        found.encoding, head.delimiter, other_names=_last_parts(head.columns),
        problems=tuple(problems),
    )  # fmt: skip
    if not wide:
        return table
    every = [(line, tuple(cells)) for _, line, *cells in connection.table("raw").fetchall()]
    table = _unpivoted(replace(table, rows=every))
    connection.execute("DROP TABLE raw")  # a wide file is never read as a plain one
    _create(connection, len(table.columns))
    _insert(connection, table.rows, len(table.columns))
    return replace(table, rows=list(islice(table.rows, _SAMPLE_ROWS)))


def _load_plain(
    connection: duckdb.DuckDBPyConnection, content: bytes, head: delimited.Head
) -> bool:
    """Lets DuckDB read a file of one line a record; False when it is not quite that."""
    expected = delimited.lines_of(content) - head.line
    columns = {f"c{place}": "VARCHAR" for place in range(len(head.columns))}
    with _readable_path(content) as path:
        if path is None:
            return False
        try:
            connection.execute(
                _READ_PLAIN,
                {"path": path, "delimiter": head.delimiter, "skip": head.line, "columns": columns},
            )
        except duckdb.OutOfMemoryException:
            raise  # the other way takes no less
        except duckdb.Error:
            return False
    (rows,) = connection.execute("SELECT count(*) FROM scanned").fetchone() or (0,)
    if rows != expected or rows > MOST_ROWS:
        connection.execute("DROP TABLE scanned")
        return False
    line = duckdb.ColumnExpression("rowid") + duckdb.ConstantExpression(head.line + 1)
    cells = [duckdb.ColumnExpression(column) for column in columns]
    raw = connection.table("scanned").project(line.alias("record"), line.alias("line"), *cells)
    raw.create_view("raw")
    return True


@contextmanager
def _readable_path(content: bytes) -> Iterator[str | None]:
    """A path that DuckDB can read the bytes from.

    In memory where the system can, so that a CPR number never reaches a disk. Elsewhere a file of
    this person's own, and None for bytes that a CPR number may stand in.
    """
    if hasattr(os, "memfd_create"):
        handle = os.memfd_create("spor")
        try:
            with open(handle, "wb", closefd=False) as memory:
                memory.write(content)
            yield f"/proc/self/fd/{handle}"
        finally:
            os.close(handle)
    elif _MAY_HOLD_NUMBER_BYTES.search(content):
        yield None
    else:
        with tempfile.TemporaryDirectory(prefix="spor-") as folder:
            path = Path(folder) / "upload.csv"
            path.write_bytes(content)
            yield str(path)


_MAY_HOLD_NUMBER_BYTES = re.compile(rb"\d{6}[^0-9A-Za-z]{0,5}\d{3}")

_READ_PLAIN = """
CREATE TABLE scanned AS
FROM read_csv(
    $path, delim = $delimiter, skip = $skip, columns = $columns, header = false,
    auto_detect = false, strict_mode = true, quote = '', escape = '', nullstr = '\x01'
)
"""


def _create(connection: duckdb.DuckDBPyConnection, width: int) -> None:
    nothing = duckdb.ConstantExpression(None)
    columns = [nothing.cast("BIGINT").alias(name) for name in ("record", "line")]
    columns += [nothing.cast("VARCHAR").alias(f"c{place}") for place in range(width)]
    connection.sql("SELECT 1 LIMIT 0").project(*columns).create("raw")


def _insert(connection: duckdb.DuckDBPyConnection, rows: Iterable[Row], width: int) -> None:
    names = ["record", "line", *(f"c{place}" for place in range(width))]
    total = 0
    remaining = iter(rows)
    while batch := list(islice(remaining, _ROWS_AT_A_TIME)):
        total += len(batch)
        if total > MOST_ROWS:
            raise RefusedError("too_large", f"Filen har over {MOST_ROWS} rækker.", "Del den op.")
        for line, cells in batch:
            if any(len(cell) > MOST_CELL_CHARACTERS for cell in cells):
                raise RefusedError("too_large",
                                   f"Et felt er længere end {MOST_CELL_CHARACTERS} tegn.",
                                   "Ret det, og indlæs filen igen.", line)  # fmt: skip
        records = enumerate(batch, start=total - len(batch) + 1)
        frame = pd.DataFrame([(n, line, *cells) for n, (line, cells) in records], columns=names)
        frame["line"] = frame["line"].astype("Int64")
        connection.register("incoming", frame)
        connection.table("incoming").insert_into("raw")
        connection.unregister("incoming")


def _gate_raw(connection: duckdb.DuckDBPyConnection, columns: tuple[str, ...]) -> None:
    """Refuses a file with a CPR number in any cell of `raw`; a quick search first.

    The search is through each column's distinct texts, of which a long file has few.
    """
    found: list[PersonalNumber] = []
    for place, name in enumerate(columns):
        column = duckdb.ColumnExpression(f"c{place}").alias("text")
        cells = connection.table("raw").project(duckdb.ColumnExpression("line"), column)
        cells.create_view("one_column", replace=True)
        connection.execute(
            "CREATE OR REPLACE TABLE spelled_cell AS SELECT DISTINCT text FROM one_column"
        )
        ((longest, has_digits),) = connection.execute(_COLUMN_SHAPE).fetchall()
        if longest and longest > MOST_CELL_CHARACTERS:
            raise RefusedError("too_large", f"Et felt er længere end {MOST_CELL_CHARACTERS} tegn.",
                               "Ret det, og indlæs filen igen.")  # fmt: skip
        if not has_digits:
            continue
        ((tens, nines),) = connection.execute(_NUMBER_SHAPES).fetchall()
        if tens:
            rows = connection.execute(_MAY_HOLD_NUMBER).fetchall()
            found += personal_numbers([name], [(line, (text,)) for line, text in rows])
        # Nine digits count in a column that holds nothing else, or that is named for people.
        if nines:
            rows = connection.execute(_NINES).fetchall()
            beside = [(None, ("x",))] if connection.execute(_OTHERS).fetchone() else []
            shortened = personal_numbers([name], [*((n, (text,)) for n, text in rows), *beside])
            found += shortened
    _refuse_personal(list(dict.fromkeys(found)))


_COLUMN_SHAPE = """
SELECT max(strlen(text)), bool_or(strlen(text) >= 9 AND regexp_matches(text, '\\pN{6}'))
FROM spelled_cell
"""
# These patterns take longer to compile than a long column to search, so only where they can match.
_NUMBER_SHAPES = """
SELECT
    count(*) FILTER (
        strlen(text) >= 10 AND regexp_matches(text, '\\pN{6}[^\\pN\\pL]{0,5}\\pN{4}')
    ),
    count(*) FILTER (
        strlen(text) BETWEEN 9 AND 60
        AND regexp_full_match(text, '[\\s\\pZ]*\\pN{9}([.,]0+)?[\\s\\pZ]*')
    )
FROM spelled_cell
"""
_OTHERS = """
SELECT 1 FROM spelled_cell
WHERE NOT regexp_full_match(
    text, '[\\s\\pZ]*(\\pN{9,10}([.,]0+)?|\\pN{6}[^\\pN\\pL]{1,5}\\pN{4})?[\\s\\pZ]*'
)
LIMIT 1
"""
_MAY_HOLD_NUMBER = """
SELECT line, text FROM one_column
SEMI JOIN (
    FROM spelled_cell
    WHERE strlen(text) >= 10 AND regexp_matches(text, '\\pN{6}[^\\pN\\pL]{0,5}\\pN{4}')
) USING (text)
"""
_NINES = """
SELECT line, text FROM one_column
SEMI JOIN (
    FROM spelled_cell
    WHERE regexp_full_match(text, '[\\s\\pZ]*\\pN{9,10}([.,]0+)?[\\s\\pZ]*')
        OR regexp_full_match(text, '[\\s\\pZ]*\\pN{6}[^\\pN\\pL]{1,5}\\pN{4}[\\s\\pZ]*')
) USING (text)
"""


def _refuse_personal(places: list[PersonalNumber]) -> None:
    if places:
        raise refusal(places)


def _last_parts(columns: tuple[str, ...]) -> dict[int, tuple[str, ...]]:
    """`[Tid].[Skoleår].[Skoleår]` is also called `Skoleår`."""
    return {
        place: (column.rpartition("[")[2].rstrip("]"),)
        for place, column in enumerate(columns)
        if column.startswith("[")
    }


def _unpivoted(table: RawTable) -> RawTable:
    """A table whose columns are periods as one row a value, under `Periode` and `INDHOLD`."""
    wide = delimited.period_columns(table.columns)
    if not wide or table.format not in {"jobindsats_csv", "statbank_csv", "uvm_csv"}:
        return table
    kept = [place for place in range(len(table.columns)) if place not in wide]
    names = tuple(table.columns[place] for place in kept)
    rows = [
        (line, (*(cells[place] for place in kept), table.columns[one].removeprefix(TYPED),
                cells[one]))
        for line, cells in table.rows
        for one in wide
    ]  # fmt: skip
    return replace(table, columns=(*names, "Periode", "INDHOLD"), rows=rows, other_names={})
