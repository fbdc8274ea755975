"""The gate for personal data in a table of many rows: through the distinct texts of its columns."""

import re
from collections.abc import Iterator, Sequence

import duckdb
import numpy as np
import pyarrow as arrow
from pyarrow import compute

from kpi.ingest.gate import refuse_personal
from kpi.ingest.raw import MOST_CELL_CHARACTERS
from kpi.ingest.spelling import Column, Rows, too_long
from kpi.personal_cells import (
    column_of_numbers,
    is_label,
    is_other_number,
    is_split_number,
    split_columns,
    whole_ten,
)
from kpi.privacy import (
    PersonalNumber,
    is_shortened_personal_number,
    labelled_numbers,
    personal_numbers,
)

_SAMPLE_ROWS = 200

# A number that a column holds alone: its row (from 0), the line that a person sees, and its text.
_Cell = tuple[int, int | None, str]


def gate_columns(connection: duckdb.DuckDBPyConnection, names: tuple[str, ...], rows: Rows) -> None:
    """Refuses rows with a CPR number in any cell; a quick search first.

    Raises RefusedError for that, and for a cell beyond all measure.
    """
    found: list[PersonalNumber] = []
    for place, (name, column) in enumerate(zip(names, rows.columns, strict=True)):
        if (compute.max(compute.binary_length(column.texts)).as_py() or 0) > MOST_CELL_CHARACTERS:
            raise too_long()
        has_digits, has_labels = _shape(connection, column)
        if has_labels:
            found += _labelled(connection, names, rows, place)
        if not has_digits:
            continue
        numbers = arrow.array(np.arange(len(rows), dtype="int32"))
        lines = arrow.table([numbers, rows.lines, column.spellings], ["number", "line", "spelling"])
        connection.register("one_column", lines)
        ((tens, nines),) = connection.execute(_NUMBER_SHAPES).fetchall()
        if tens:
            cells = connection.execute(_MAY_HOLD_NUMBER).fetchall()
            cells = list(_without_others(cells, place, names, rows))
            found += personal_numbers([name], [(line, (text,)) for _, line, text in cells])
        # Nine digits count in a column that holds nothing else, or that is named for people.
        if nines:
            nine_cells = connection.execute(_NINES).fetchall()
            beside = [(None, ("x",))] if connection.execute(_OTHERS).fetchone() else []
            shortened = [(line, (text,)) for line, text in nine_cells]
            found += personal_numbers([name], [*shortened, *beside])
    found += _split(names, rows)
    refuse_personal(list(dict.fromkeys(found)))


def _shape(connection: duckdb.DuckDBPyConnection, column: Column) -> tuple[bool, bool]:
    """Whether a text may hold a CPR number, and one may be the label of one beside it.

    Where either is so, the column's texts stand in `spelled_cell`.
    """
    if len(column.texts) <= _FEW_TEXTS:
        texts = column.texts.to_pylist()
        has_digits = any(len(text) > 8 and _MAY_HOLD_DIGITS.search(text) for text in texts)
        has_labels = any(map(_MAY_BE_LABEL.search, texts))
        if has_digits or has_labels:
            connection.register("spelled_cell", column.words())
        return has_digits, has_labels
    connection.register("spelled_cell", column.words())
    ((has_digits, has_labels),) = connection.execute(_COLUMN_SHAPE).fetchall()
    return bool(has_digits), bool(has_labels)


def _without_others(
    cells: Sequence[_Cell], place: int, names: tuple[str, ...], rows: Rows
) -> Iterator[_Cell]:
    """The cells without case numbers and moments, which their rows and their column tell."""
    known = None
    for number, line, text in cells:
        if whole_ten(text):
            known = known or column_of_numbers(names[place], rows.columns[place].rows())
            if is_other_number(text, _row(rows, number, place), known):
                continue
        yield number, line, text


def _row(rows: Rows, number: int, place: int) -> list[str]:
    """The cells of a row beside the one at a place."""
    return [_cell(column, number) for at, column in enumerate(rows.columns) if at != place]


def _cell(column: Column, number: int) -> str:
    return str(column.texts[column.spellings[number].as_py()])


def _labelled(
    connection: duckdb.DuckDBPyConnection, names: tuple[str, ...], rows: Rows, place: int
) -> Iterator[PersonalNumber]:
    """The numbers that stand to the right of a cell `CPR-nr.` in a column, or below it."""
    labels = {one for (one, text) in connection.execute(_LABELS).fetchall() if is_label(text)}
    if not labels:
        return
    spellings = rows.columns[place].spellings.to_numpy()
    lines = rows.lines
    for number in np.flatnonzero(np.isin(spellings, list(labels))):
        cells = [_cell(column, int(number)) for column in rows.columns[place : place + 3]]
        if 0 in (at - 1 for at in labelled_numbers(cells)):
            yield PersonalNumber(lines[int(number)].as_py(), names[place + 1])
        below = int(number) + 1
        if below < len(rows) and is_shortened_personal_number(_cell(rows.columns[place], below)):
            yield PersonalNumber(lines[below].as_py(), names[place])


def _split(names: tuple[str, ...], rows: Rows) -> Iterator[PersonalNumber]:
    """Numbers of which the date stands in one column and four digits in the next."""
    for place in split_columns(names, rows.first(_SAMPLE_ROWS)):
        left, right = rows.columns[place].rows(), rows.columns[place + 1].rows()
        for line, *pair in zip(rows.lines.to_pylist(), left, right, strict=True):
            if is_split_number(*pair):
                yield PersonalNumber(line, names[place])


# So many texts are looked through sooner than the database makes a pattern ready.
_FEW_TEXTS = 1_000
_MAY_HOLD_DIGITS = re.compile(
    r"[0-9]{6}|[0-9][^0-9A-Za-z]{1,6}[0-9]{1,2}[^0-9A-Za-z]{1,6}[0-9]{2}"
    r"|[^\x00-\xac\xae-\xb1\xb4-\xb8\xba-\u02ff]|[&%\\<]|_x|=2D"
)
_MAY_BE_LABEL = re.compile("cpr|person", re.IGNORECASE)
# Of letters beyond the Western ones, marks that are not seen and escapes only Python knows the
# meaning: the odd texts of ten digits are left to it.
_COLUMN_SHAPE = r"""
SELECT bool_or(strlen(text) >= 9 AND regexp_matches(
        text,
        '[0-9]{6}|[0-9][^0-9A-Za-z]{1,6}[0-9]{1,2}[^0-9A-Za-z]{1,6}[0-9]{2}'
        '|[^\x{00}-\x{AC}\x{AE}-\x{B1}\x{B4}-\x{B8}\x{BA}-\x{02FF}]|[&%\\<]|_x|=2D'
    )),
    bool_or(strlen(text) < 40 AND regexp_matches(text, '(?i)cpr|person'))
FROM spelled_cell
"""
# A number that the file typed as one stands after \x02.
# These patterns take longer to compile than a long column to search, so only where they can match.
_NUMBER_SHAPES = r"""
CREATE OR REPLACE TEMP TABLE spelled_number AS
FROM spelled_cell
WHERE strlen(text) >= 10 AND (
    regexp_matches(text, '[0-9]{6}[^0-9A-Za-z]{0,16}[0-9]{4}')
    OR regexp_matches(text, '[0-9][^0-9A-Za-z]{1,6}[0-9]{1,2}[^0-9A-Za-z]{1,6}[0-9]{2,4}'
        '[^0-9A-Za-z]{1,16}[0-9]{4}')
    OR regexp_matches(text, '(?i)(cpr|person).*[0-9]{5}')
    OR (
        regexp_matches(text,
            '[^\x{00}-\x{AC}\x{AE}-\x{B1}\x{B4}-\x{B8}\x{BA}-\x{02FF}]|[&%\\<]|_x|=2D')
        AND regexp_matches(text, '(\pN\PN*){10}')
    )
);

SELECT
    (SELECT count(*) FROM spelled_number),
    count(*) FILTER (
        strlen(text) BETWEEN 9 AND 60
        AND regexp_full_match(text, '[\s\pZ\x02]*\pN{9}([.,]0+)?[\s\pZ]*')
    )
FROM spelled_cell
"""
_OTHERS = r"""
SELECT 1 FROM spelled_cell
WHERE NOT regexp_full_match(
    text, '[\s\pZ\x02]*(\pN{9,10}([.,]0+)?|\pN{6}[^\pN\pL]{1,5}\pN{4})?[\s\pZ]*'
)
LIMIT 1
"""
_MAY_HOLD_NUMBER = """
SELECT number, line, text
FROM one_column
JOIN spelled_number USING (spelling)
ORDER BY number
"""
_NINES = r"""
SELECT line, text FROM one_column
JOIN (
    FROM spelled_cell
    WHERE regexp_full_match(text, '[\s\pZ\x02]*\pN{9,10}([.,]0+)?[\s\pZ]*')
        OR regexp_full_match(text, '[\s\pZ\x02]*\pN{6}[^\pN\pL]{1,5}\pN{4}[\s\pZ]*')
) USING (spelling)
ORDER BY line
"""
_LABELS = """
SELECT spelling, text FROM spelled_cell
WHERE strlen(text) < 40 AND regexp_matches(text, '(?i)cpr|person')
"""
