"""The version as it was known by the end of an earlier day: its tables, in a schema of the day.

All days of a version's file share one database in memory, to which the file is attached as `spor`:
its blocks are read once. What was the same on the day is a view of the version's own table, the
figures above all: of a million none is copied but those of keys that had another on some day.
"""

import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import duckdb

from kpi.domain.period import last_day
from kpi.store.attaching import attach
from kpi.store.current_entries import danish_day, is_current_on
from kpi.store.current_metadata import write_standing
from kpi.store.derived import derive_earlier_tables
from kpi.store.implausible import mark_implausible
from kpi.tables.spec import COLUMNS, ENTERED, METADATA, SPECS

_EARLIER_DAY = Path(__file__).with_name("sql") / "earlier_day.sql"
_EARLIER_TEXTS = _EARLIER_DAY.with_name("earlier_texts.sql")
# Tables of what people may enter and cite a source for.
_WITH_SOURCE = tuple(
    table
    for table in ENTERED
    if "source_id" in COLUMNS[table] and SPECS[table].key != ("source_id",)
)
# Texts of sources and indicators may be of later: their rows are looked through again.
_LOOKED_THROUGH = ("source", "indicator")
_OPENING = threading.Lock()
_NUMBERS = count(1)


def memory_beside(path: Path, limits: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    """A connection to the memory that the earlier days of a version's file share.

    It is without access to files, and its settings cannot be changed. It is gone with its last
    connection. Raises OSError when the file is missing, duckdb.Error when it is damaged.
    """
    file = path.stat()
    name = f":memory:{file.st_dev}-{file.st_ino}-{file.st_mtime_ns}"
    with _OPENING:
        connection = duckdb.connect(name, config=limits)
        try:
            if not connection.execute(_IS_ATTACHED).fetchone():
                attach(connection, path, "READ_ONLY")
                connection.execute("SET enable_external_access = false")
                connection.execute("SET lock_configuration = true")
        except BaseException:  # also an interruption: it is raised on, and nothing is left open
            connection.close()
            raise
    return connection


def make_earlier_day(connection: duckdb.DuckDBPyConnection, day: date) -> str:
    """Makes the tables of the day that questions read, and uses their schema, whose name it gives.

    What is hidden is taken out of the figures. What is derived from them is worked out for the
    indicators of which anything was other than it is today; of all others it is today's.
    """
    # Names take no bound parameters: the schema is a number of ours, tables those of the spec.
    schema = f"day_{next(_NUMBERS)}"
    connection.execute(f"CREATE SCHEMA {schema}; USE {schema}")
    connection.execute("SET VARIABLE day = $day::DATE", {"day": day.isoformat()})
    beside = _EARLIER_DAY.read_text(encoding="utf-8")
    connection.execute(beside.replace("getvariable('day')", f"'{day.isoformat()}'::DATE"))
    _make_names(connection, day)
    known = list(_known_sources(connection, day))
    ids, days = [source_id for source_id, _ in known], [published for _, published in known]
    connection.execute(_KNOWN_SOURCE, {"ids": ids, "days": days})
    for table in _WITH_SOURCE:
        connection.execute(_CITING.format(table))
    connection.execute(_KNOWN_PARTS)
    _make_figures(connection)
    connection.execute(_CHANGED)
    is_any_changed = derive_earlier_tables(connection)
    connection.execute(_EARLIER_TEXTS.read_text(encoding="utf-8"))
    if is_any_changed:
        mark_implausible(connection, of_changed=True)
    connection.execute("DROP TABLE changed_indicator")
    return schema


def schema_of(connection: duckdb.DuckDBPyConnection) -> str:
    """The schema that a connection uses: what else asks through it has to use the same."""
    ((schema,),) = connection.execute("SELECT current_schema()").fetchall()
    return str(schema)


def let_go_of(connection: duckdb.DuckDBPyConnection, schema: str) -> None:
    """Closes a connection; the tables of its day go first: other days may use the memory on."""
    if schema:
        # DROP takes no bound parameter: the name is make_earlier_day's.
        with suppress(duckdb.Error):
            connection.execute(f"DROP SCHEMA {schema} CASCADE")
    connection.close()


def _make_figures(connection: duckdb.DuckDBPyConnection) -> None:
    """The rows that held on the day: today's, and those of the keys that ever had another."""
    is_any_replaced = connection.execute(_REPLACED).fetchone() != (0,)
    arms = [_ARM]
    if connection.execute(_ARE_ALL_KNOWN).fetchone() == (False,):
        arms = [_ARM + _OF_WHOLE_BATCHES, _ARM + _OF_PARTS]
    if is_any_replaced:
        from kpi.store.suppression import (
            hide_on_earlier_day,
        )  # loads the solver: most days need none

        connection.execute(_THEIR_ROWS)
        hide_on_earlier_day(connection)
        connection.execute(_KEEP_THEIR_ROWS)
        arms = ["FROM replaced_observation", *(arm + _OF_OTHER_KEYS for arm in arms)]
    connection.execute("CREATE VIEW current_observation AS " + " UNION ALL ".join(arms))


def _make_names(connection: duckdb.DuckDBPyConnection, day: date) -> None:
    """The tables that name the figures; what people entered of them may not have stood then."""
    # CREATE takes no bound parameter: the tables are those of the spec.
    entered = {table for (table,) in connection.execute(_ENTERED_NAMES).fetchall()}
    is_current = is_current_on(lambda sql: connection.execute(sql).fetchall(), day)
    for table in METADATA:
        name = f"standing_{table}" if table in _LOOKED_THROUGH else table
        if table in entered:
            connection.execute(f"CREATE TABLE {name} AS FROM spor.{table} LIMIT 0")
            write_standing(connection, table, is_current, into=name, version="spor.")
        else:
            connection.execute(f"CREATE VIEW {name} AS FROM spor.{table}")


def _known_sources(
    connection: duckdb.DuckDBPyConnection, day: date
) -> Iterator[tuple[str, str | None]]:
    """The sources known by the end of a day: published, or entered in Spor by then; and their date.

    Of those that stood: what a person entered later is not there. One of data/ without a
    day of publication was always known, one that a person entered from then.
    The date of one that releases period by period is its newest release by the day.
    """
    days_by_source: dict[str, list[date]] = {}
    released: dict[str, date] = {}
    for source_id, known_from in connection.execute(_KNOWN_FROM).fetchall():
        days_by_source.setdefault(source_id, []).append(known_from)
    for source_id, entered_at in connection.execute(_CITED).fetchall():
        days_by_source.setdefault(source_id, []).append(danish_day(entered_at))
    for source_id, newest in connection.execute(_RELEASED, {"day": day}).fetchall():
        days_by_source.setdefault(source_id, []).append(newest)
        released[source_id] = newest
    sources = connection.execute("SELECT source_id, published, entered_at FROM standing_source")
    for source_id, published, entered_at in sources.fetchall():
        if entered_at is not None:
            days = [danish_day(entered_at)]
        elif published:
            days = [last_day(published), *days_by_source.get(source_id, [])]
        else:
            days = [date.min]
        if min(days) > day:
            continue
        is_out = not published or last_day(published) <= day or source_id not in released
        yield source_id, published if is_out else released[source_id].isoformat()


_IS_ATTACHED = "SELECT 1 FROM duckdb_databases() WHERE database_name = 'spor'"
_ENTERED_NAMES = " UNION ALL ".join(
    f"SELECT '{table}' WHERE EXISTS "
    f"(FROM spor.{SPECS[table].rows_table} WHERE entered_at IS NOT NULL)"
    for table in METADATA
)
_KNOWN_SOURCE = """
CREATE TABLE known_source AS
SELECT unnest($ids::VARCHAR[]) AS source_id, unnest($days::VARCHAR[]) AS published
"""
# Of what people entered, and withdrew, the readers know the day themselves.
_CITING = """
CREATE VIEW {0} AS FROM spor.{0}
WHERE entered_at IS NOT NULL OR source_id IN (SELECT source_id FROM known_source)
"""
# The figures of a source may be known before the day that is stated: a file that was published
# before the year or month of the source was over, or a period that was released.
_KNOWN_FROM = "SELECT unnest(string_split(source_id, ';')), known_from FROM spor.batch"
_CITED = " UNION ALL ".join(
    f"SELECT source_id, entered_at FROM spor.{table} WHERE entered_at IS NOT NULL"  # noqa: S608
    for table in _WITH_SOURCE
)
_RELEASED = """
SELECT source_id, max(published) FROM spor.source_release
WHERE published <= $day GROUP BY source_id
"""
# A publication is known as a whole, or each source's periods by themselves: those that the source
# released later than others. Mostly all are known, so first those are looked for that are not.
_KNOWN_PARTS = """
CREATE TABLE unknown_part AS
SELECT DISTINCT outline.batch_id, outline.source_id, outline.period
FROM spor.published_outline AS outline
LEFT JOIN spor.period_release USING (batch_id, source_id, period)
JOIN spor.batch AS batch USING (batch_id)
WHERE NOT coalesce(
    coalesce(released_on, batch.known_from) <= getvariable('day'), false
);
CREATE TABLE whole_batch AS
SELECT DISTINCT batch_id FROM spor.published_outline
WHERE batch_id NOT IN (SELECT batch_id FROM unknown_part)
"""
_ARE_ALL_KNOWN = "SELECT count(*) = 0 FROM unknown_part"

# Every row of the keys that ever had another than the one that holds today, where one of them came
# or was withdrawn since. Those of all other keys are as they are today, with what is hidden on all
# days taken out.
_REPLACED = """
CREATE TABLE changed_batch AS
SELECT batch_id FROM unknown_part
UNION
SELECT batch_id FROM spor.batch WHERE withdrawn_on > getvariable('day');
CREATE TABLE replaced_key AS
SELECT indicator_id, area_id, group_id, period
FROM spor.past_observation SEMI JOIN changed_batch USING (batch_id)
UNION
SELECT indicator_id, area_id, group_id, period
FROM spor.current_observation
SEMI JOIN changed_batch USING (batch_id)
SEMI JOIN spor.past_observation AS past USING (indicator_id, area_id, group_id, period);
SELECT count(*) FROM replaced_key
"""
_THEIR_ROWS = """
CREATE TEMP TABLE published_row AS
SELECT observation.* FROM observation
SEMI JOIN replaced_key USING (indicator_id, area_id, group_id, period);
CREATE TABLE current_observation AS
FROM spor.observation_as_of(getvariable('day'), rows := 'published_row');
DROP TABLE published_row
"""
_KEEP_THEIR_ROWS = "ALTER TABLE current_observation RENAME TO replaced_observation"

# Two arms, as conditions with OR between them would be asked of every row.
_ARM = "SELECT now.* FROM spor.current_observation AS now"
_OF_WHOLE_BATCHES = " SEMI JOIN whole_batch USING (batch_id)"
_OF_PARTS = """
SEMI JOIN (SELECT DISTINCT batch_id FROM unknown_part) AS of_part USING (batch_id)
ANTI JOIN unknown_part USING (batch_id, source_id, period)
"""
_OF_OTHER_KEYS = " ANTI JOIN replaced_key USING (indicator_id, area_id, group_id, period)"

# The indicators of which a figure was another or not known, or whose areas or own properties that
# are counted by were others.
_CHANGED = """
CREATE OR REPLACE TEMP TABLE changed_indicator AS
WITH other_area AS (
    (SELECT area_id, level FROM area EXCEPT SELECT area_id, level FROM spor.area)
    UNION ALL
    (SELECT area_id, level FROM spor.area EXCEPT SELECT area_id, level FROM area)
),
other_indicator AS (
    (
        SELECT indicator_id, kind, breaks FROM standing_indicator
        EXCEPT SELECT indicator_id, kind, breaks FROM spor.indicator
    )
    UNION ALL
    (
        SELECT indicator_id, kind, breaks FROM spor.indicator
        EXCEPT SELECT indicator_id, kind, breaks FROM standing_indicator
    )
)
SELECT indicator_id FROM spor.published_outline ANTI JOIN whole_batch USING (batch_id)
UNION
SELECT indicator_id FROM replaced_key
UNION
SELECT indicator_id FROM other_indicator
UNION
SELECT indicator_id FROM spor.indicator_count WHERE EXISTS (FROM other_area)
"""
