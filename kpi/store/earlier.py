"""The version as it was known by the end of an earlier day: its tables, made in memory."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb

from kpi.domain.period import last_day
from kpi.store.current_entries import danish_day
from kpi.store.current_metadata import write_current
from kpi.tables.spec import COLUMNS, ENTERED, SPECS

_EARLIER_DAY = Path(__file__).with_name("sql") / "earlier_day.sql"
_EARLIER_NAMES = _EARLIER_DAY.with_name("earlier_names.sql")
# Tables of what people may enter and cite a source for.
_WITH_SOURCE = tuple(
    table
    for table in ENTERED
    if "source_id" in COLUMNS[table] and SPECS[table].key != ("source_id",)
)
# Of what people entered, and withdrew, the readers know the day themselves.
_IS_KNOWN = "entered_at IS NOT NULL OR source_id IN (SELECT source_id FROM known_source)"


def make_earlier_day(connection: duckdb.DuckDBPyConnection, day: date) -> None:
    """Makes the tables of the day beside the version, which is attached as `spor`."""
    connection.execute("SET VARIABLE day = $day::DATE", {"day": day.isoformat()})
    connection.execute(_EARLIER_NAMES.read_text(encoding="utf-8"))
    write_current(connection, day, version="spor.")
    connection.execute("CREATE TABLE known_source (source_id VARCHAR, published VARCHAR)")
    for known in known_sources(connection, day):
        connection.execute("INSERT INTO known_source VALUES ($1, $2)", known)
    for table in _WITH_SOURCE:
        connection.table(f"spor.{table}").filter(_IS_KNOWN).create(table)
    connection.execute(_EARLIER_DAY.read_text(encoding="utf-8"))


def known_sources(
    connection: duckdb.DuckDBPyConnection, day: date
) -> Iterator[tuple[str, str | None]]:
    """The sources known by the end of a day: published, or entered in Spor by then; and their date.

    Of those in `source`: what a person entered later is not there. One of data/ without a
    day of publication was always known, one that a person entered from then.
    The date of one that releases period by period is its newest release by the day.
    """
    days_by_source: dict[str, list[date]] = {}
    released: dict[str, date] = {}
    for source_id, known_from in connection.execute(_KNOWN_FROM).fetchall():
        days_by_source.setdefault(source_id, []).append(known_from)
    for table in _WITH_SOURCE:
        entered = connection.table(f"spor.{table}").filter("entered_at IS NOT NULL")
        for source_id, entered_at in entered.project("source_id, entered_at").fetchall():
            days_by_source.setdefault(source_id, []).append(danish_day(entered_at))
    for source_id, newest in connection.execute(_RELEASED, {"day": day}).fetchall():
        days_by_source.setdefault(source_id, []).append(newest)
        released[source_id] = newest
    sources = connection.execute("SELECT source_id, published, entered_at FROM source")
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


# The figures of a source may be known before the day that is stated: a file that was published
# before the year or month of the source was over, or a period that was released.
_KNOWN_FROM = "SELECT unnest(string_split(source_id, ';')), known_from FROM spor.batch"
_RELEASED = """
SELECT source_id, max(published) FROM spor.source_release
WHERE published <= $day GROUP BY source_id
"""
