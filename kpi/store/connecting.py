"""Connections to one version: read-only, without access to other files, today's rows or a day's."""

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb

from kpi.domain import plausibility
from kpi.store import (
    concerned,
    counting,
    current_metadata,
    earlier,
    ever_shown,
    implausible,
    standing,
    strictest,
    ties,
    told_elsewhere,
)
from kpi.store import suppression as hiding
from kpi.store.earlier import make_earlier_day
from kpi.store.suppression import hide_on_earlier_day, hide_small_numbers
from kpi.suppression import areas as small_areas
from kpi.suppression import between as small_between
from kpi.suppression import cells as small_cells
from kpi.suppression import crossings as small_crossings
from kpi.suppression import equations as small_equations
from kpi.suppression import few as small_few
from kpi.suppression import groups as small_groups
from kpi.suppression import guards as small_guards
from kpi.suppression import lines as small_lines
from kpi.suppression import numbers as small_numbers
from kpi.suppression import pins as small_pins
from kpi.suppression import rests as small_rests
from kpi.suppression import spans as small_spans
from kpi.suppression import sums as small_sums

_DERIVED = Path(__file__).with_name("sql") / "derived.sql"
_AS_OF = _DERIVED.with_name("as_of.sql")
_EARLIER_DAY = _DERIVED.with_name("earlier_day.sql")
_SCHEMA = _DERIVED.with_name("schema.sql")
_OBSERVATIONS = _DERIVED.with_name("observations.sql")
_METADATA = _DERIVED.with_name("metadata.sql")
_EARLIER_NAMES = _DERIVED.with_name("earlier_names.sql")
_LIMITS: dict[str, Any] = {"threads": 2, "memory_limit": "1GB"}
# How a new version file is written; an existing one keeps its form. Only the newer form has a
# compression of texts that builds its dictionary in one pass.
NEW_FILE: dict[str, Any] = {"storage_compatibility_version": "v1.5.0"}
# The same for every connection to a file, or DuckDB refuses the second one.
_LOCKED = {**_LIMITS, "enable_external_access": False, "lock_configuration": True}


def connect(path: Path, as_of: date | None) -> duckdb.DuckDBPyConnection:
    """A read-only connection without access to files, whose settings cannot be changed.

    With `as_of`, the rows and texts that were known by the end of that day stand in place of
    today's; none, and `is_up_to_date` says no, where another program wrote the version.
    Raises OSError when the file is missing, duckdb.Error when it is damaged.
    """
    # DuckDB opens a file once in a process, and does not see what becomes of it while it is read.
    with path.open("rb") as file:
        if file.read(12)[8:] != b"DUCK":
            raise duckdb.IOException(f"{path.name} is no longer a database")
    if as_of is None:
        connection = duckdb.connect(str(path), read_only=True, config=_LOCKED)
        # Reading a header proves little: a cut file opens, and fails at its first table.
        connection.execute("SELECT count(*) FROM current_observation").fetchone()
    else:
        connection = duckdb.connect(":memory:", config=_LIMITS)
        attach(connection, path, read_only=True)
        if not _is_written_by_this(connection, "SELECT sha256 FROM spor.derived_by"):
            return connection  # whose tables this program does not know
        make_earlier_day(connection, as_of)
        derive(connection, is_earlier=True)
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
    return connection


def attach(connection: duckdb.DuckDBPyConnection, path: Path, read_only: bool) -> None:
    """Makes a version known to the connection as `spor`."""
    # ATTACH takes no bound parameter; the path is ours, never a person's.
    statement = "ATTACH '{}' AS spor (READ_ONLY)" if read_only else "ATTACH '{}' AS spor"
    connection.execute(statement.format(str(path).replace("'", "''")))


def write_texts_as_dictionaries(connection: duckdb.DuckDBPyConnection) -> None:
    """Lets the texts of the version attached as `spor` be written without trying all compressions.

    Ids and words repeat, so a dictionary always wins; trying the others takes longer than writing.
    """
    newer = connection.execute(_IS_NEWER_FILE).fetchone()
    connection.execute(
        "SET disabled_compression_methods = 'fsst,dictionary'"
        if newer
        else "SET disabled_compression_methods = 'fsst,dict_fsst'"
    )


_IS_NEWER_FILE = """
SELECT 1 FROM duckdb_databases()
WHERE database_name = 'spor' AND tags['storage_version'] = 'v1.5.0+'
"""


def derive(connection: duckdb.DuckDBPyConnection, is_earlier: bool = False) -> None:
    """Hides small numbers in current_observation, then works out the smaller tables from it.

    On an earlier day what is hidden on all days; the version is then attached as `spor`.
    """
    if is_earlier:
        hide_on_earlier_day(connection)
    else:
        hide_small_numbers(connection)
    connection.execute(_DERIVED.read_text(encoding="utf-8"))
    implausible.mark_implausible(connection)
    connection.execute("CREATE OR REPLACE TABLE derived_by AS SELECT $1 AS sha256", [_script()])


def is_up_to_date(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the version was worked out by this program, not by an older or newer one."""
    return _is_written_by_this(connection, "SELECT sha256 FROM derived_by")


def _is_written_by_this(connection: duckdb.DuckDBPyConnection, ask: str) -> bool:
    try:
        return connection.execute(ask).fetchall() == [(_script(),)]
    except duckdb.CatalogException:
        return False


def _script() -> str:
    # What decides which numbers are hidden is part of it: a store must not keep a weaker hiding.
    modules = (
        small_areas, small_between, small_cells, small_crossings, small_equations, small_few,
        small_groups, small_guards, small_lines, small_numbers, small_pins, small_rests,
        small_spans, small_sums, ever_shown, counting, concerned, hiding, strictest, ties, earlier,
        plausibility, implausible, current_metadata, standing, told_elsewhere,
    )  # fmt: skip
    programs = (Path(str(module.__file__)) for module in modules)
    scripts = (
        _DERIVED, _AS_OF, _EARLIER_DAY, _EARLIER_NAMES, _SCHEMA, _OBSERVATIONS, _METADATA,
        *programs,
    )  # fmt: skip
    return sha256(b"".join(one.read_bytes() for one in scripts)).hexdigest()
