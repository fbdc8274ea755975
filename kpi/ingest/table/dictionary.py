"""The rows of a file in columns: every distinct text once, and a number a row for it.

A long file has few distinct texts. What a text is, is looked for once; a million rows are then
counted, compared and joined as numbers.
"""

from array import array
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as arrow

from kpi.domain.format import number
from kpi.domain.letters import writable
from kpi.ingest.table.raw import MARKS, MOST_CELL_CHARACTERS, MOST_ROWS, RefusedError

# Each takes the database milliseconds, however few rows it has.
MOST_COLUMNS = 1_000
# Of several blocks each column's dictionaries are joined, which takes no lock of Python's.
_THREADS = 2
# Controls but tab and line ends; the others of `writable` take two or three bytes (UTF-8).
_IS_CONTROL = (np.arange(256) < 0x20) & ~np.isin(np.arange(256), (9, 10, 13))
_IS_CONTROL[0x7F] = True
# A row group of DuckDB.
_PIECE_ROWS = 122_880

Row = tuple[int | None, tuple[str, ...]]


@dataclass(frozen=True)
class Column:
    """The distinct texts of a column, and for each row the place of its text among them."""

    texts: arrow.Array
    spellings: arrow.ChunkedArray

    def words(self) -> arrow.Table:
        """The distinct texts with their places: `spelling` (from 0) and `text`.

        Without the signs that no paper can contain: of two that differ in them alone both stay.
        """
        spellings = arrow.array(np.arange(len(self.texts), dtype="int32"))
        texts = self.texts
        if _may_be_unwritable(texts):
            texts = arrow.array(map(_writable, texts.to_pylist()), arrow.string())
        return arrow.table([spellings, texts], ["spelling", "text"])

    def rows(self) -> list[str]:
        """The text of each row."""
        texts = self.texts.to_pylist()
        return [texts[spelling] for spelling in self.spellings.to_pylist()]


@dataclass(frozen=True)
class Rows:
    """The rows of a file: the line of each, and their columns."""

    lines: arrow.ChunkedArray
    columns: tuple[Column, ...]

    def __len__(self) -> int:
        return len(self.lines)

    def first(self, most: int) -> list[Row]:
        """The first rows, at most so many, as lines and cells."""
        columns = [Column(column.texts, column.spellings[:most]).rows() for column in self.columns]
        return list(zip(self.lines[:most].to_pylist(), zip(*columns, strict=True), strict=True))

    def last(self, most: int) -> list[Row]:
        """The last rows, at most so many, as lines and cells."""
        start = max(0, len(self) - most)
        columns = (Column(column.texts, column.spellings[start:]) for column in self.columns)
        return Rows(self.lines[start:], tuple(columns)).first(most)

    def keep(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Makes `raw` (`record`, `line`, `c0` and so on) and the texts of its numbers.

        `record` is a number of each row's own, from 1. `c0` is the number (`spelling`) of the
        text in `spelled_c0`. A column of one text alone is not written: `raw` is then a view.
        Raises RefusedError past MOST_COLUMNS.
        """
        refuse_wide(len(self.columns))
        names = [f"c{place}" for place in range(len(self.columns))]
        for name, column in zip(names, self.columns, strict=True):
            _create(connection, f"spelled_{name}", column.words())
        records = arrow.array(np.arange(1, len(self) + 1, dtype="int32"))
        written = {"record": records, "line": self.lines} | {
            name: column.spellings
            for name, column in zip(names, self.columns, strict=True)
            if len(column.texts) != 1
        }
        _create(connection, "varied_cell", arrow.table(written))
        first = duckdb.ConstantExpression(0).cast("INTEGER")
        every = [
            duckdb.ColumnExpression(name) if name in written else first.alias(name)
            for name in ("record", "line", *names)
        ]
        connection.table("varied_cell").project(*every).create_view("raw")


def let_go_of_cells(connection: duckdb.DuckDBPyConnection) -> None:
    """Drops the rows that `Rows.keep` wrote: nothing may be asked of `raw` afterwards."""
    connection.execute("DROP TABLE memory.varied_cell")


def _writable(text: str) -> str:
    """The text as it can be written; a reader's mark before it is none of its signs."""
    return text[0] + writable(text[1:]) if text.startswith(MARKS) else writable(text)


def _may_be_unwritable(texts: arrow.Array) -> bool:
    """Whether a sign that `writable` leaves out may be in texts: a look at their bytes."""
    letters = texts.buffers()[2] if len(texts) else None
    if letters is None:
        return False
    signs = np.frombuffer(letters, dtype=np.uint8)
    if not len(signs) or (signs.min() >= 0x20 and signs.max() < 0x7F):
        return False
    controls = np.count_nonzero(_IS_CONTROL[signs])
    if controls and controls > sum(text.startswith(MARKS) for text in texts.to_pylist()):
        return True
    signs = np.concatenate((signs, np.zeros(2, np.uint8)))
    at = np.flatnonzero((signs == 0xC2) | (signs == 0xE2) | (signs == 0xEF))
    first, second, third = signs[at], signs[at + 1], signs[at + 2]
    is_unwritable = (first == 0xC2) & (second < 0xA0)
    is_unwritable |= (first == 0xE2) & (second == 0x80) & (third >= 0xA8) & (third <= 0xAE)
    is_unwritable |= (first == 0xE2) & (second == 0x81) & (third >= 0xA6) & (third <= 0xA9)
    is_unwritable |= (first == 0xEF) & (second == 0xBF) & (third >= 0xBE)
    return bool(is_unwritable.any())


def _create(connection: duckdb.DuckDBPyConnection, name: str, table: arrow.Table) -> None:
    """Makes a table of a stream: to read a whole one DuckDB would load pyarrow.dataset first.

    In pieces as DuckDB keeps them; of pieces that lie across each other it takes twice as long.
    """
    pieces = table.combine_chunks().to_batches(max_chunksize=_PIECE_ROWS)
    stream = arrow.RecordBatchReader.from_batches(table.schema, pieces)
    connection.from_arrow(stream.__arrow_c_stream__()).create(name)


def spelled(lines: arrow.ChunkedArray, columns: Iterable[arrow.ChunkedArray]) -> Rows:
    """Rows of the texts of each column, which have no nulls; dictionaries are used as they are."""
    with ThreadPoolExecutor(_THREADS) as threads:
        return Rows(lines, tuple(threads.map(_column, columns)))


def _column(texts: arrow.ChunkedArray) -> Column:
    is_coded = arrow.types.is_dictionary(texts.type)
    coded = (texts if is_coded else texts.dictionary_encode()).unify_dictionaries()
    distinct = coded.chunk(0).dictionary if coded.num_chunks else arrow.array([], arrow.string())
    return Column(
        distinct, arrow.chunked_array([chunk.indices for chunk in coded.chunks], arrow.int32())
    )


def spelled_rows(rows: Iterable[Row], width: int) -> Rows:
    """Rows of cells, as many a row as `width` says.

    A text is kept once, however many rows share it: a small file may claim millions. Raises
    RefusedError past the limits of columns, of rows and of characters in a cell: past the first
    before any row, as a turned table repeats its other columns for each of its periods.
    """
    refuse_wide(width)
    lines: list[int | None] = []
    texts: list[dict[str, int]] = [{} for _ in range(width)]
    spellings = [array("i") for _ in range(width)]
    for line, cells in rows:
        lines.append(line)
        if len(lines) > MOST_ROWS:
            raise too_many_rows()
        for text, known, column in zip(cells, texts, spellings, strict=True):
            place = known.setdefault(text, len(known))
            if len(text) > MOST_CELL_CHARACTERS:
                raise too_long(line)
            column.append(place)
    columns = [
        Column(arrow.array(list(known), arrow.string()), arrow.chunked_array([np.asarray(column)]))
        for known, column in zip(texts, spellings, strict=True)
    ]
    return Rows(arrow.chunked_array([arrow.array(lines, arrow.int32())]), tuple(columns))


def refuse_wide(width: int) -> None:
    """Raises RefusedError for a table of more columns than are read."""
    if width > MOST_COLUMNS:
        raise RefusedError(
            "too_large",
            f"Tabellen har {number(width, 0)} kolonner; der kan højst være "
            f"{number(MOST_COLUMNS, 0)}, når perioder og områder i overskrifterne er regnet fra.",
            "Fjern de kolonner, der ikke skal bruges.",
        )


def too_many_rows() -> RefusedError:
    """The refusal of a file of too many rows."""
    return RefusedError(
        "too_large", f"Filen har over {number(MOST_ROWS, 0)} rækker.", "Del filen op."
    )


def too_long(line: int | None = None) -> RefusedError:
    """The refusal of a cell of excessive length."""
    message = f"Et felt er længere end {number(MOST_CELL_CHARACTERS, 0)} tegn."
    return RefusedError("too_large", message, "Ret det, og indlæs filen igen.", line)
