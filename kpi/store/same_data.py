"""Whether a version is what `init` made of data/ as it is now; then nothing has to be read again.

Reading, checking and comparing again gives what it gave where nothing that takes part has changed:
the files of data/, this program and the libraries it computes with, and the version itself. All of
them are in the key. Whatever cannot be known is read again.
"""

import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as arrow

import kpi

_PROGRAM = Path(kpi.__file__).parent
_LIBRARIES = (sys.version, duckdb.__version__, np.__version__, arrow.__version__)


def data_key(folder: Path) -> str | None:
    """A hash of data/ and of what reads it; None where a file cannot be read."""
    digest = sha256(repr(_LIBRARIES).encode())
    try:
        digest.update(program_hash())
        for part in _parts(folder, "*.csv"):
            digest.update(part)
    except OSError:
        return None
    return digest.hexdigest()


@cache
def program_hash() -> bytes:
    """A hash of the program, read once: what is replaced later is not what this process runs."""
    digest = sha256()
    for part in _parts(_PROGRAM, "*.py", "*.sql"):
        digest.update(part)
    return digest.digest()


def _parts(folder: Path, *patterns: str) -> Iterator[bytes]:
    """The files of a folder in order: place and length, then content."""
    for path in sorted(path for pattern in patterns for path in folder.rglob(pattern)):
        content = path.read_bytes()
        yield f"{path.relative_to(folder)}\0{len(content)}\0".encode()
        yield content


def keep_key(connection: duckdb.DuckDBPyConnection, version: str, key: str | None) -> None:
    """Writes into a version that `init` made it, and of which data/.

    What others make of the version, by an upload or an entry, is copied with its name, which is
    not theirs: after them data/ is read again.
    """
    connection.execute(
        "CREATE OR REPLACE TABLE made_of AS SELECT $version AS version, $key AS sha256",
        {"version": version, "key": key},
    )


def is_made_of(connection: duckdb.DuckDBPyConnection, version: str | None, key: str | None) -> bool:
    """Whether a version is just as `init` made it, of the data/ with that key."""
    try:
        made_of = connection.execute("SELECT version, sha256 FROM made_of").fetchall()
    except duckdb.Error:  # an earlier program's, or damaged
        return False
    return version is not None and key is not None and made_of == [(version, key)]
