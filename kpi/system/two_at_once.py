"""Two series of questions beside each other, where neither needs what the other makes.

Most questions about a file are too small for the database to share out among its threads.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import duckdb

# Of what takes more than two seconds DuckDB writes in English how far it is, among the answers. And
# rows that are fetched wait: with less room one thread works at a time.
OF_EACH = "SET enable_progress_bar = false; SET streaming_buffer_size = '16MB'"

First = TypeVar("First")
Second = TypeVar("Second")


def two_at_once(
    connection: duckdb.DuckDBPyConnection,
    first: Callable[[duckdb.DuckDBPyConnection], First],
    second: Callable[[duckdb.DuckDBPyConnection], Second],
) -> tuple[First, Second]:
    """What both answer, each asking a connection of its own to the same database.

    One after the other where the database has one thread, as of small files. No transaction may be
    open, and no table that one makes may be asked for, or made, by the other. Raises what they
    raise, the first one's before the second's, when both have ended.
    """
    if connection.execute("SELECT current_setting('threads')").fetchone() == (1,):
        return first(connection), second(connection)
    with ThreadPoolExecutor(1) as thread, another(connection) as beside:
        answer_beside = thread.submit(second, beside)
        try:
            answer = first(connection)
        finally:
            # The connection of its own is not closed before it is done with it.
            answer_beside.exception()
        return answer, answer_beside.result()


def another(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A second connection to the same database, set as the first: it has none of its settings."""
    beside = connection.cursor()
    beside.execute(OF_EACH)
    return beside
