"""The version as it was known by the end of an earlier day: its tables, made in memory."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb

from kpi.domain.period import last_day
from kpi.store.current_entries import danish_day
from kpi.store.current_metadata import write_current

_EARLIER_DAY = Path(__file__).with_name("sql") / "earlier_day.sql"
_EARLIER_NAMES = _EARLIER_DAY.with_name("earlier_names.sql")


def make_earlier_day(connection: duckdb.DuckDBPyConnection, day: date) -> None:
    """Makes the tables of the day beside the version, which is attached as `spor`."""
    connection.execute("SET VARIABLE day = $day::DATE", {"day": day.isoformat()})
    connection.execute(_EARLIER_NAMES.read_text(encoding="utf-8"))
    write_current(connection, day, version="spor.")
    connection.execute("CREATE TABLE known_source (source_id VARCHAR, published VARCHAR)")
    for known in known_sources(connection, day):
        connection.execute("INSERT INTO known_source VALUES ($1, $2)", known)
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
    for source_id, entered_at in connection.execute(_ENTERED).fetchall():
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
_ENTERED = """
SELECT source_id, entered_at FROM spor.target WHERE entered_at IS NOT NULL
UNION ALL SELECT source_id, entered_at FROM spor.event WHERE entered_at IS NOT NULL
UNION ALL SELECT source_id, entered_at FROM spor.initiative_status WHERE entered_at IS NOT NULL
UNION ALL SELECT source_id, entered_at FROM spor.claim WHERE entered_at IS NOT NULL
"""
