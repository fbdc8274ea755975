"""Reads a Parquet file in a process of its own: DuckDB reads it, and nothing else can be reached.

`python -m kpi.ingest.readers.parquet_process` takes the bytes on standard input. It writes one line
of JSON
("columns", "rows", and "personal": whether there is a CPR number beside the cells), then for each
column a line ("column") and an Arrow stream of its texts, every distinct one once. A line "refused"
may come in place of any other.
"""

import json
import logging
import os
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import IO, Any
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as arrow
from pyarrow import compute, parquet

from kpi.domain.personal import holds_personal_number
from kpi.ingest.containers.sandbox import OUT_OF_MEMORY, limit_memory
from kpi.ingest.gate.unseen_parquet import is_personal
from kpi.ingest.readers.cell_values import day_of, typed
from kpi.ingest.table.raw import (
    HIDDEN,
    MOST_CELL_CHARACTERS,
    MOST_ROWS,
    TYPED,
    UNREADABLE,
    RefusedError,
)
from kpi.system.no_pandas import leave_out_pandas

# What broken bytes raise, in DuckDB and in Arrow.
BROKEN = (
    duckdb.Error, arrow.ArrowException, OSError, ValueError, OverflowError, LookupError,
    RuntimeError,
)  # fmt: skip
MOST_COLUMNS = 16_384
MOST_PLACES = 100_000_000
# Of decimal numbers with more of them DuckDB makes other numbers.
MOST_DIGITS = 38
# The names and places of all columns are at the end of the file.
MOST_DIRECTORY_BYTES = 64 * 1024**2
_log = logging.getLogger(__name__)

_DENMARK = ZoneInfo("Europe/Copenhagen")
_WHOLE = {
    "tinyint", "smallint", "integer", "bigint", "hugeint",
    "utinyint", "usmallint", "uinteger", "ubigint", "uhugeint",
}  # fmt: skip
_DURATION, _HALF = "duration", "half"
_MOST_DIGITS_OF_HALF = 6
_OURS = str.maketrans("", "", TYPED + UNREADABLE + HIDDEN)
_SPLIT = "Del filen op, eller gem tabellen som CSV."


def main() -> None:
    """Read standard input, write to standard output."""
    leave_out_pandas()
    limit_memory()
    out = sys.stdout.buffer
    try:
        _write(sys.stdin.buffer.read(), out)
    except RefusedError as refused:
        problem = refused.problem
        out.write(_line({"refused": [problem.code, problem.message, problem.hint]}))
    except (MemoryError, duckdb.OutOfMemoryException, arrow.ArrowMemoryError):
        sys.exit(OUT_OF_MEMORY)


def _write(content: bytes, out: IO[bytes]) -> None:
    if int.from_bytes(content[-8:-4], "little") > MOST_DIRECTORY_BYTES:
        raise _too_large("for mange kolonner til at blive læst")
    with _opened(content) as (table, names):
        rows = _checked(table, names)
        out.write(_line({"columns": names, "rows": rows, "personal": is_personal(content)}))
        of_arrow = _kinds_of_arrow(content)
        for place in range(len(names)):
            name, kind = table.columns[place], of_arrow.get(place, table.types[place].id)
            column = table.project(duckdb.ColumnExpression(name).cast("VARCHAR"))
            texts = _texts(column.to_arrow_table().column(0), str(kind))
            out.write(_line({"column": names[place]}))
            batch = arrow.record_batch([texts], ["text"])
            with arrow.ipc.new_stream(out, batch.schema) as stream:
                stream.write_batch(batch)


def _kinds_of_arrow(content: bytes) -> dict[int, str]:
    """The columns that DuckDB takes for other numbers than they are, by their places.

    A stretch of time is the count of its parts of a second to it, and a number of half precision
    has digits that nobody wrote.
    """
    try:
        fields = parquet.read_schema(arrow.BufferReader(content))
    except BROKEN:  # whose schema Arrow does not know, DuckDB may read
        return {}
    kinds = {arrow.types.is_duration: _DURATION, arrow.types.is_float16: _HALF}
    return {
        place: kind
        for place, field in enumerate(fields)
        for is_such, kind in kinds.items()
        if is_such(field.type)
    }


def _line(message: object) -> bytes:
    return json.dumps(message).encode() + b"\n"


@contextmanager
def _opened(content: bytes) -> Iterator[tuple[duckdb.DuckDBPyRelation, list[str]]]:
    """The file as a table, and the names of its columns as it writes them."""
    limits: dict[str, Any] = {
        "threads": 2, "memory_limit": "1200MB", "max_temp_directory_size": "0KB",
    }  # fmt: skip
    with duckdb.connect(":memory:", config=limits) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        try:
            if hasattr(os, "memfd_create"):
                yield _of_memory(connection, content)
            else:
                yield _of_arrow(connection, content)
        except (duckdb.OutOfMemoryException, arrow.ArrowMemoryError):
            raise
        except BROKEN as error:
            # A fault of this program may look the same; the log shows which it was.
            _log.warning("a Parquet file is called damaged", exc_info=error)
            raise _corrupt(str(error)) from error


def _of_memory(
    connection: duckdb.DuckDBPyConnection, content: bytes
) -> tuple[duckdb.DuckDBPyRelation, list[str]]:
    """DuckDB reads a file that is only in this process's memory: the bytes reach no disk."""
    number = os.memfd_create("upload")
    with os.fdopen(number, "wb", closefd=False) as memory:
        memory.write(content)
    path = f"/proc/self/fd/{number}"
    connection.execute("SET allowed_paths = $paths", {"paths": [path]})
    connection.execute("SET enable_external_access = false")
    schema = connection.execute(_SCHEMA, {"path": path}).fetchall()
    if len(schema) > MOST_COLUMNS:
        raise _too_large("for mange kolonner til at blive læst")
    for name, parts, digits in schema:
        if parts is not None:
            raise _nested(name)
        if digits is not None and digits > MOST_DIGITS:
            raise _too_many_digits(name)
    # Names of our own: in theirs a point or a quote would be more than a letter.
    names = ", ".join(f"c{place}" for place in range(len(schema)))
    # Not bound: a query with parameters is kept whole in memory, and read anew for each column.
    table = connection.sql(_TABLE.format(path, names or "c0"))
    return table, [name for name, *_ in schema]


def _of_arrow(
    connection: duckdb.DuckDBPyConnection, content: bytes
) -> tuple[duckdb.DuckDBPyRelation, list[str]]:
    """Arrow reads the file, without any file, where a system has none in memory."""
    file = parquet.ParquetFile(arrow.BufferReader(content))
    names = file.schema_arrow.names
    if len(names) > MOST_COLUMNS:
        raise _too_large("for mange kolonner til at blive læst")
    for field in file.schema_arrow:
        if arrow.types.is_nested(field.type):
            raise _nested(field.name)
        if arrow.types.is_decimal(field.type) and field.type.precision > MOST_DIGITS:
            raise _too_many_digits(field.name)
    _check_size(file.metadata.num_rows, len(names))
    unlike = file.read().rename_columns([f"c{place}" for place in range(len(names))])
    texts = [
        field.with_type(arrow.string()) if _is_bytes(field.type) else field
        for field in unlike.schema
    ]
    return connection.from_arrow(unlike.cast(arrow.schema(texts))), names


def _is_bytes(kind: arrow.DataType) -> bool:
    return bool(arrow.types.is_binary(kind) or arrow.types.is_large_binary(kind))


def _checked(table: duckdb.DuckDBPyRelation, names: list[str]) -> int:
    """How many rows the table has, once that is known to be few enough."""
    (rows,) = table.aggregate("count(*)").fetchone() or (0,)
    _check_size(rows, len(names))
    return int(rows)


def _check_size(rows: int, columns: int) -> None:
    if rows > MOST_ROWS:
        raise _too_large(f"mere end {MOST_ROWS:,} rækker".replace(",", "."))
    if rows * columns > MOST_PLACES:
        raise _too_large("flere celler, end der kan læses")


def _texts(column: arrow.ChunkedArray, kind: str) -> arrow.DictionaryArray:
    """A column's values as texts as `RawTable` describes them, every distinct one once.

    `column` has the values, of a `kind`, as DuckDB writes them.
    """
    encoded = column.dictionary_encode().combine_chunks()
    if isinstance(encoded, arrow.ChunkedArray):
        encoded = encoded.chunk(0)
    distinct = encoded.dictionary
    longest = compute.max(compute.binary_length(distinct)).as_py() or 0
    if longest > MOST_CELL_CHARACTERS * 4:
        raise _too_large(f"en celle med mere end {MOST_CELL_CHARACTERS:,} tegn".replace(",", "."))
    texts = arrow.array([_text(text, kind) for text in distinct.to_pylist()], arrow.string())
    cells = compute.fill_null(texts.take(encoded.indices), "")
    return cells.dictionary_encode()


def _text(text: str | None, kind: str) -> str:
    if text is None:
        return ""
    if kind in _WHOLE:
        return TYPED + text
    if kind == _DURATION:
        return UNREADABLE + "tidsrum"
    if kind == _HALF and Decimal(text).is_finite():
        return typed(Decimal(_shortest_half(float(text))))
    if kind in ("double", "float", "decimal", _HALF):
        number = Decimal(text)
        if number.is_nan():
            return text  # missing, as where a text file says so
        return typed(number) if number.is_finite() else UNREADABLE + text
    if kind == "boolean":
        return UNREADABLE + ("SAND" if text == "true" else "FALSK")
    if kind == "date" or kind.startswith("timestamp"):
        return _day(text, kind)
    return text.translate(_OURS)


def _shortest_half(number: float) -> str:
    """The fewest digits that give this number of half precision: 74.125 was written as 74.1."""
    packed = struct.pack("e", number)
    digits = (f"{number:.{most}g}" for most in range(1, _MOST_DIGITS_OF_HALF))
    fitting = (text for text in digits if struct.pack("e", float(text)) == packed)
    return next(fitting, repr(number))


def _day(text: str, kind: str) -> str:
    """A date, or the time at which a day begins, as a day's period; any other time as it is.

    Programs write a Danish day also as its beginning in London's time.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:  # before the year 1, infinity
        return text
    if kind == "timestamp with time zone" and _has_time(moment):
        moment = moment.astimezone(_DENMARK)
    return text if _has_time(moment) else day_of(moment.date())


def _has_time(moment: datetime) -> bool:
    return (moment.hour, moment.minute, moment.second, moment.microsecond) != (0, 0, 0, 0)


def _too_many_digits(name: str) -> RefusedError:
    return RefusedError(
        "not_a_table",
        f"{_called(name)} i Parquet-filen er decimaltal med plads til flere cifre, end der kan "
        "læses.",
        f"Gem kolonnen som decimaltal med højst {MOST_DIGITS} cifre, og indlæs filen igen.",
    )


def _called(name: str) -> str:
    # Nothing has been through the gate for personal data yet.
    return "En kolonne" if holds_personal_number(name) else f"Kolonnen »{name[:100]}«"


def _nested(name: str) -> RefusedError:
    return RefusedError(
        "not_a_table",
        f"{_called(name)} i Parquet-filen indeholder lister eller hele poster i cellerne.",
        "Gem tabellen med én værdi i hver celle.",
    )


def _too_large(excess: str) -> RefusedError:
    return RefusedError("too_large", f"Parquet-filen har {excess}.", _SPLIT)


def _corrupt(reason: str) -> RefusedError:
    if "encrypt" in reason.casefold():
        return RefusedError("not_a_table", "Parquet-filen er krypteret.", "Gem den uden lås.")
    return RefusedError(
        "not_a_table", "Parquet-filen er beskadiget og kan ikke læses.",
        "Hent eller gem filen igen, og indlæs den på ny.",
    )  # fmt: skip


# The columns themselves; those within a nested one are refused with it.
_SCHEMA = """
SELECT name, num_children, precision
FROM parquet_schema($path)
OFFSET 1
"""

_TABLE = "FROM read_parquet('{}', binary_as_string = true) AS own({})"

if __name__ == "__main__":
    main()
