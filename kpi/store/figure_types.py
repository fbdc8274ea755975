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
    for table in _TABLES:
        # The database lists the columns of all tables, its own as well, in ten times the time.
        of_table = connection.table(table)
        for column, data_type in zip(of_table.columns, of_table.types, strict=True):
            words = FIGURE_WORDS.get(column)
            if words and str(data_type) != (by_number := type_of(words)):
                connection.execute(f"ALTER TABLE {table} ALTER {column} TYPE {by_number}")


_TABLES = ("current_observation", "hidden_observation", "past_observation")
