"""The gate for personal data in a table of many rows: through the distinct texts of its columns."""

import duckdb
import pyarrow as arrow

from kpi.ingest.gate import refuse_personal
from kpi.ingest.raw import MOST_CELL_CHARACTERS
from kpi.ingest.spelling import Rows, too_long
from kpi.privacy import PersonalNumber, personal_numbers


def gate_columns(connection: duckdb.DuckDBPyConnection, names: tuple[str, ...], rows: Rows) -> None:
    """Refuses rows with a CPR number in any cell; a quick search first.

    Raises RefusedError for that, and for a cell beyond all measure.
    """
    found: list[PersonalNumber] = []
    for name, column in zip(names, rows.columns, strict=True):
        connection.register("spelled_cell", column.words())
        ((longest, has_digits),) = connection.execute(_COLUMN_SHAPE).fetchall()
        if longest and longest > MOST_CELL_CHARACTERS:
            raise too_long()
        if not has_digits:
            continue
        lines = arrow.table([rows.lines, column.spellings], ["line", "spelling"])
        connection.register("one_column", lines)
        ((tens, nines),) = connection.execute(_NUMBER_SHAPES).fetchall()
        if tens:
            cells = connection.execute(_MAY_HOLD_NUMBER).fetchall()
            found += personal_numbers([name], [(line, (text,)) for line, text in cells])
        # Nine digits count in a column that holds nothing else, or that is named for people.
        if nines:
            cells = connection.execute(_NINES).fetchall()
            beside = [(None, ("x",))] if connection.execute(_OTHERS).fetchone() else []
            shortened = personal_numbers([name], [*((n, (text,)) for n, text in cells), *beside])
            found += shortened
    refuse_personal(list(dict.fromkeys(found)))


_COLUMN_SHAPE = """
SELECT max(strlen(text)), bool_or(strlen(text) >= 9 AND regexp_matches(text, '\\pN{6}'))
FROM spelled_cell
"""
# A number that the file typed as one stands after \x02.
# These patterns take longer to compile than a long column to search, so only where they can match.
_NUMBER_SHAPES = """
SELECT
    count(*) FILTER (
        strlen(text) >= 10 AND regexp_matches(text, '\\pN{6}[^\\pN\\pL]{0,5}\\pN{4}')
    ),
    count(*) FILTER (
        strlen(text) BETWEEN 9 AND 60
        AND regexp_full_match(text, '[\\s\\pZ\\x02]*\\pN{9}([.,]0+)?[\\s\\pZ]*')
    )
FROM spelled_cell
"""
_OTHERS = """
SELECT 1 FROM spelled_cell
WHERE NOT regexp_full_match(
    text, '[\\s\\pZ\\x02]*(\\pN{9,10}([.,]0+)?|\\pN{6}[^\\pN\\pL]{1,5}\\pN{4})?[\\s\\pZ]*'
)
LIMIT 1
"""
_MAY_HOLD_NUMBER = """
SELECT line, text FROM one_column
JOIN (
    FROM spelled_cell
    WHERE strlen(text) >= 10 AND regexp_matches(text, '\\pN{6}[^\\pN\\pL]{0,5}\\pN{4}')
) USING (spelling)
ORDER BY line
"""
_NINES = """
SELECT line, text FROM one_column
JOIN (
    FROM spelled_cell
    WHERE regexp_full_match(text, '[\\s\\pZ\\x02]*\\pN{9,10}([.,]0+)?[\\s\\pZ]*')
        OR regexp_full_match(text, '[\\s\\pZ\\x02]*\\pN{6}[^\\pN\\pL]{1,5}\\pN{4}[\\s\\pZ]*')
) USING (spelling)
ORDER BY line
"""
