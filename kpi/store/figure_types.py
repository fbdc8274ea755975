"""The columns of a figure that have few words: a row keeps the word by its number.

A million texts of one word take longer to write than all of a row's numbers.
"""

from collections.abc import Sequence

import duckdb

from kpi.domain.vocabulary import FIGURE_WORDS


def type_of(words: Sequence[str]) -> str:
    """The type of a column that has these words, as DuckDB writes it."""
    listed = ", ".join(f"'{word}'" for word in words)
    return f"ENUM({listed})"


def keep_words_by_number(connection: duckdb.DuckDBPyConnection) -> None:
    """Gives the columns of all figures that type: they were texts, or there were fewer words."""
    for table, column, data_type in connection.execute(_COLUMNS).fetchall():
        if (words := FIGURE_WORDS.get(column)) and data_type != (by_number := type_of(words)):
            connection.execute(f"ALTER TABLE {table} ALTER {column} TYPE {by_number}")


_COLUMNS = """
SELECT table_name, column_name, data_type
FROM duckdb_columns()
WHERE database_name = current_database() AND NOT internal
    AND table_name IN ('current_observation', 'hidden_observation', 'past_observation')
"""
