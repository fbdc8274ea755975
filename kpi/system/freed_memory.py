"""What DuckDB has freed and keeps for its next answers: given back to the system."""

import threading
from functools import cache

import duckdb

_TURN = threading.Lock()


def give_back_freed() -> None:
    """Gives back what all databases of this process have freed; what they use stays.

    DuckDB has no statement for it. It gives back everything that is free when a limit of memory
    is set, whatever the database; others of ours are locked, so an empty one has its limit set.
    25 MB of 285 after the figures of nine days were read; 0.03 s of the processor.
    """
    with _TURN:
        _empty_database().execute("SET memory_limit = '10MB'")


@cache
def _empty_database() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(":memory:", config={"threads": 1})
