"""What is kept of a row of a file, whichever program stored it: no more than this one would keep.

1.4018691588785 percent is 3 of 214, so rates of guarded sources have about as many decimals as
they are shown with; and what a source hides it does not say beside. A program that had not these
rules yet may have stored rows that say more: they are cut to the rules where a new program works
out the rest of the store anew, and do not wait until their file is published again.
"""

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.letters import writable
from kpi.ingest.kept_decimals import KEPT_DECIMALS
from kpi.tables.spec import SPECS

# `3`, `3 personer`; `<5` and `1-4` may stay.
SAYS_NUMBER = r"""
CREATE OR REPLACE TEMP MACRO says_number(words) AS
    regexp_full_match(words, '(?i)(ca\.? ?|kun )?\d+( \pL+\.?)?( af \d+)?')
"""
_TABLES = ("current_observation", "hidden_observation", "past_observation")


def bring_to_what_is_kept(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> None:
    """Takes decimals and words out of the rows of all files that would not be kept of them today.

    Rows of data/ stay: what it holds is public. Nothing else of a row changes, and no
    row comes or goes.
    """
    most = {
        indicator_id: (indicator.most_decimals, indicator.decimals)
        for indicator_id, indicator in catalog.indicators.items()
        if indicator.most_decimals is not None
    }
    public = [each.source_id for each in catalog.sources.values() if not each.shown_from]
    connection.execute(SAYS_NUMBER)
    connection.execute(KEPT_DECIMALS)
    for table in _TABLES:
        connection.execute(_WITHOUT_WORDS.format(table=table))
        _make_writable(connection, table, "note")
        connection.execute(
            _WITHOUT_FRACTIONS.format(table=table),
            {
                "ids": [*most],
                "most": [each for each, _ in most.values()],
                "shown": [each for _, each in most.values()],
                "public": public,
            },
        )
    connection.execute("DROP MACRO says_number")
    for spec in SPECS.values():
        for column in spec.columns if spec.part == "plan" else ():
            if column.cells == "text":
                _make_writable(connection, spec.rows_table, column.name)


def _make_writable(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> None:
    """Takes the signs out of a table's texts that no paper can contain."""
    texts = connection.table(table).project(duckdb.ColumnExpression(column)).distinct().fetchall()
    for (text,) in texts:
        if text and (made := writable(text)) != text:
            connection.execute(
                _WRITTEN_ANEW.format(table=table, column=column), {"made": made, "text": text}
            )


_WRITTEN_ANEW = "UPDATE {table} SET {column} = $made WHERE {column} = $text"


_WITHOUT_WORDS = """
UPDATE {table}
SET as_published = if(says_number(as_published), NULL, as_published),
    note = if(says_number(note), NULL, note)
WHERE status = 'suppressed' AND (says_number(as_published) OR says_number(note))
    AND batch_id IN (SELECT batch_id FROM batch WHERE origin <> 'data')
"""
# A number whose decimals were not counted has them counted when some are taken.
_WITHOUT_FRACTIONS = """
UPDATE {table}
SET value = round(value, kept_decimals(value, most, shown)), low = round(low, most),
    high = round(high, most),
    decimals = if(
        decimals > most OR value <> round(value, most) OR low <> round(low, most)
            OR high <> round(high, most),
        least(
            coalesce(decimals, most), if(value IS NULL, most, kept_decimals(value, most, shown))
        ), decimals
    ),
    as_published = cut_fractions(as_published, greatest(abs(value), abs(low), abs(high)), most)
FROM (
    SELECT unnest($ids::VARCHAR[]) AS measured_id, unnest($most::INTEGER[]) AS most,
        unnest($shown::INTEGER[]) AS shown
)
WHERE indicator_id = measured_id AND (numerator IS NULL OR denominator IS NULL)
    AND (
        decimals > most OR value <> round(value, most) OR low <> round(low, most)
        OR high <> round(high, most)
        OR as_published
            <> cut_fractions(as_published, greatest(abs(value), abs(low), abs(high)), most)
    )
    AND NOT list_contains($public::VARCHAR[], source_id)
    AND batch_id IN (SELECT batch_id FROM batch WHERE origin <> 'data')
"""
