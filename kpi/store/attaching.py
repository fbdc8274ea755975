"""Making a version's file known to a connection under a name."""

from pathlib import Path
from typing import Literal

import duckdb

Attached = Literal["spor", "next", "held", "kept"]
# A copy that is written is a version only once it is whole: no log of its parts is needed. A new
# file has the newer form, as those of connection.py.
AttachedFor = Literal["READ_ONLY", "RECOVERY_MODE NO_WAL_WRITES", "STORAGE_VERSION 'v1.5.0'"]


def attach(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    what_for: AttachedFor,
    name: Attached = "spor",
) -> None:
    """Makes the file known to the connection under the name.

    Raises duckdb.Error where it cannot be opened.
    """
    # ATTACH takes no bound parameter; the path is ours, never a person's.
    quoted = str(path).replace("'", "''")
    connection.execute(f"ATTACH '{quoted}' AS {name} ({what_for})")
