"""The smaller tables that follow of the current rows: recent and newest ones, counts, outliers.

A publication changes few indicators, so only theirs are computed again: those of its rows, and
those of which other numbers are hidden since.
"""

from pathlib import Path
from typing import Literal

import duckdb

from kpi.store.implausible import mark_implausible

_DERIVED = Path(__file__).with_name("sql") / "derived.sql"

# Of which indicators the tables were derived before it was known what is hidden.
OfShown = Literal["none", "some", "all"]


def derive_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Works the tables out of all rows of current_observation, small numbers hidden."""
    connection.execute(_EMPTY)
    _add_rows(connection)
    mark_implausible(connection)


def empty_derived_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes every derived table anew, without rows, whatever an earlier program left of it."""
    connection.execute(_EMPTY)
    connection.execute(_EMPTY_OF_ALL_DAYS)


def note_hidden(connection: duckdb.DuckDBPyConnection) -> None:
    """Keeps what is hidden of each indicator, before a publication shows it to itself."""
    connection.execute(_BEFORE)


def derive_changed_tables(
    connection: duckdb.DuckDBPyConnection, batch_id: int, of_shown: OfShown = "none"
) -> None:
    """Derives the tables of indicators that a batch has rows of, or whose hidden rows changed.

    Expects the tables of the version before, and what `note_hidden` kept of it. Nothing else may
    have changed that they follow from: no area, group or indicator. What `derive_of_shown` has
    derived (`of_shown`) is derived again only where a number is hidden.
    """
    connection.execute(_CHANGED, {"batch": batch_id})
    if of_shown == "none" or _is_any_hidden(connection, _IS_ANY_HIDDEN, of_shown == "all"):
        _derive_changed(connection, _are_most(connection))
    connection.execute("DROP TABLE hidden_before; DROP TABLE changed_indicator")


def derive_of_shown(connection: duckdb.DuckDBPyConnection, database: str, batch_id: int) -> OfShown:
    """Derives them in a database as if no number had to be hidden, in a transaction of its own.

    Of all indicators or of some, as `derive_changed_tables` does; of none where a number of them
    was hidden before, as it mostly is again. For a connection beside the one that finds what is
    hidden, once the batch's rows are committed: that takes longer, and one thread for the most.
    """
    connection.execute(f"USE {database}; BEGIN")
    connection.execute(_OF_BATCH, {"batch": batch_id})
    are_most = _are_most(connection)
    if _is_any_hidden(connection, _WAS_ANY_HIDDEN, are_most):
        connection.execute("ROLLBACK")
        return "none"
    _derive_changed(connection, are_most)
    connection.execute("COMMIT")
    return "all" if are_most else "some"


def _derive_changed(connection: duckdb.DuckDBPyConnection, are_most: bool) -> None:
    if are_most:
        derive_tables(connection)
    else:
        connection.execute(_WITHOUT_CHANGED)
        _add_rows(connection)
        mark_implausible(connection, of_changed=True)


def _are_most(connection: duckdb.DuckDBPyConnection) -> bool:
    return connection.execute(_ARE_MOST).fetchone() == (True,)


def _is_any_hidden(connection: duckdb.DuckDBPyConnection, sql: str, of_all: bool) -> bool:
    return connection.execute(sql, {"of_all": of_all}).fetchone() != (0,)


def derive_earlier_tables(connection: duckdb.DuckDBPyConnection) -> bool:
    """Derives an earlier day's tables from the version attached as `spor`; whether any differs.

    Only the rows of `changed_indicator` are computed. The outliers among them are still to be
    marked (`implausible.py`): of all others they are there.
    """
    is_any_changed = connection.execute("SELECT count(*) > 0 FROM changed_indicator").fetchone()
    if is_any_changed == (False,):
        connection.execute(_TODAYS)
        return False
    connection.execute(_TODAYS_OF_OTHERS)
    _add_rows(connection)
    return True


def _add_rows(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(_DERIVED.read_text(encoding="utf-8"))
    connection.execute("DROP VIEW derived_row")


_EMPTY = """
CREATE OR REPLACE TABLE recent_observation AS FROM current_observation LIMIT 0;
CREATE OR REPLACE TABLE coverage AS
SELECT indicator_id, group_id, period, period_end, period_start, 0::BIGINT AS areas,
    0::BIGINT AS municipalities
FROM current_observation LIMIT 0;
CREATE OR REPLACE TABLE figure_count AS
SELECT indicator_id, area_id, group_id, source_id, status, 0::BIGINT AS figures
FROM current_observation LIMIT 0;
CREATE OR REPLACE TABLE newest_period AS
SELECT indicator_id, source_id, period, measured, '' AS released FROM current_observation LIMIT 0;
CREATE OR REPLACE TABLE indicator_count AS
SELECT indicator_id, 0::BIGINT AS figures, 0::BIGINT AS areas FROM current_observation LIMIT 0;
CREATE OR REPLACE TEMP VIEW derived_row AS FROM current_observation
"""

_EMPTY_OF_ALL_DAYS = """
CREATE OR REPLACE TABLE implausible_observation AS
SELECT indicator_id, area_id, group_id, period FROM current_observation LIMIT 0;
CREATE OR REPLACE TABLE school_figure AS SELECT indicator_id FROM current_observation LIMIT 0
"""

# What is seen of a hidden row, not only which rows are hidden: a limit may have become another.
_BEFORE = """
CREATE OR REPLACE TEMP TABLE hidden_before AS
SELECT indicator_id, bit_xor(hash(row)) AS seen
FROM current_observation AS row
WHERE is_hidden
GROUP BY indicator_id
"""
_CHANGED = """
CREATE OR REPLACE TEMP TABLE changed_indicator AS
WITH hidden_since AS (
    SELECT indicator_id, bit_xor(hash(row)) AS seen
    FROM current_observation AS row
    WHERE is_hidden
    GROUP BY indicator_id
)
SELECT indicator_id FROM published_outline WHERE batch_id = $batch
UNION
SELECT indicator_id
FROM hidden_before
FULL JOIN hidden_since USING (indicator_id)
WHERE hidden_before.seen IS DISTINCT FROM hidden_since.seen
"""
_OF_BATCH = """
CREATE OR REPLACE TEMP TABLE changed_indicator AS
SELECT DISTINCT indicator_id FROM current_observation WHERE batch_id = $batch
"""
_WAS_ANY_HIDDEN = """
SELECT count(*) FROM hidden_observation
WHERE $of_all OR indicator_id IN (FROM changed_indicator)
"""
# Now or before: of one that was shown again since, too, all is derived again.
_IS_ANY_HIDDEN = """
SELECT count(*)
FROM (
    SELECT indicator_id FROM current_observation WHERE is_hidden
    UNION ALL
    SELECT indicator_id FROM hidden_before
)
WHERE $of_all OR indicator_id IN (FROM changed_indicator)
"""
# Of most indicators all tables are made anew: rows that are exchanged leave gaps.
_ARE_MOST = """
SELECT 2 * (SELECT count(*) FROM changed_indicator)
    > (SELECT count(DISTINCT indicator_id) FROM figure_count)
"""
_WITHOUT_CHANGED = """
DELETE FROM recent_observation WHERE indicator_id IN (FROM changed_indicator);
DELETE FROM coverage WHERE indicator_id IN (FROM changed_indicator);
DELETE FROM figure_count WHERE indicator_id IN (FROM changed_indicator);
DELETE FROM newest_period WHERE indicator_id IN (FROM changed_indicator);
DELETE FROM indicator_count WHERE indicator_id IN (FROM changed_indicator);
CREATE OR REPLACE TEMP VIEW derived_row AS
FROM current_observation WHERE indicator_id IN (FROM changed_indicator)
"""
_TODAYS = """
CREATE VIEW recent_observation AS FROM spor.recent_observation;
CREATE VIEW coverage AS FROM spor.coverage;
CREATE VIEW figure_count AS FROM spor.figure_count;
CREATE VIEW newest_period AS FROM spor.newest_period;
CREATE VIEW indicator_count AS FROM spor.indicator_count;
CREATE VIEW implausible_observation AS FROM spor.implausible_observation
"""
_TODAYS_OF_OTHERS = """
CREATE TABLE recent_observation AS
FROM spor.recent_observation WHERE indicator_id NOT IN (FROM changed_indicator);
CREATE TABLE coverage AS
FROM spor.coverage WHERE indicator_id NOT IN (FROM changed_indicator);
CREATE TABLE figure_count AS
FROM spor.figure_count WHERE indicator_id NOT IN (FROM changed_indicator);
CREATE TABLE newest_period AS
FROM spor.newest_period WHERE indicator_id NOT IN (FROM changed_indicator);
CREATE TABLE indicator_count AS
FROM spor.indicator_count WHERE indicator_id NOT IN (FROM changed_indicator);
CREATE TABLE implausible_observation AS
FROM spor.implausible_observation WHERE indicator_id NOT IN (FROM changed_indicator);
CREATE OR REPLACE TEMP VIEW derived_row AS
FROM current_observation WHERE indicator_id IN (FROM changed_indicator)
"""
