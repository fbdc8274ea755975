"""Empty databases in memory, for what needs a connection and no store."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import duckdb

# Opening a connection takes 12 ms of a processor, another database in an open one less than 1.
# After some it is opened anew: it grows slower with every database that it has had.
_MOST = 50


class _Open:
    """The connection of this process, and how many databases it has had."""

    connection: duckdb.DuckDBPyConnection | None = None
    databases = count()


@contextmanager
def empty_database() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a database of its own, which is gone at the end. One at a time."""
    if _Open.connection is None or next(_Open.databases) == _MOST:
        if _Open.connection is not None:
            _Open.connection.close()
        _Open.connection, _Open.databases = duckdb.connect(":memory:"), count(1)
    connection = _Open.connection
    connection.execute("ATTACH ':memory:' AS own; USE own")
    try:
        yield connection
    finally:
        connection.execute("USE memory; DETACH own")
