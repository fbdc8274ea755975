"""A store that an earlier program wrote, brought to the tables of this one."""

from pathlib import Path

import duckdb

_OBSERVATIONS = Path(__file__).with_name("sql") / "observations.sql"
_METADATA = _OBSERVATIONS.with_name("metadata.sql")


def upgrade(connection: duckdb.DuckDBPyConnection) -> None:
    """Adds what an earlier program's store lacks; no row of it is lost.

    The derived tables must then be recomputed: `is_up_to_date` says no.
    """
    connection.execute(_COLUMNS)
    connection.execute(_METADATA.read_text(encoding="utf-8"))
    if connection.execute(_IS_WRITTEN_TWICE).fetchone():
        connection.execute(_ALL_IN_THE_PAST)
    connection.execute(_OBSERVATION_COLUMNS)
    connection.execute(_OBSERVATIONS.read_text(encoding="utf-8"))


_COLUMNS = """
ALTER TABLE IF EXISTS strictest_limit ADD COLUMN IF NOT EXISTS lowest_limit INTEGER;
ALTER TABLE batch ADD COLUMN IF NOT EXISTS withdrawn_on DATE;
ALTER TABLE batch ADD COLUMN IF NOT EXISTS withdrawn_by VARCHAR;
ALTER TABLE batch ADD COLUMN IF NOT EXISTS withdrawn_why VARCHAR;
ALTER TABLE source ADD COLUMN IF NOT EXISTS entered_by VARCHAR;
ALTER TABLE source ADD COLUMN IF NOT EXISTS entered_at TIMESTAMP;
ALTER TABLE source ADD COLUMN IF NOT EXISTS frequency VARCHAR;
ALTER TABLE source ADD COLUMN IF NOT EXISTS next_release VARCHAR;
ALTER TABLE source ADD COLUMN IF NOT EXISTS owner VARCHAR;
ALTER TABLE indicator ADD COLUMN IF NOT EXISTS benchmark VARCHAR;
ALTER TABLE indicator ADD COLUMN IF NOT EXISTS aliases VARCHAR;
ALTER TABLE population_group ADD COLUMN IF NOT EXISTS aliases VARCHAR;
ALTER TABLE indicator ADD COLUMN IF NOT EXISTS breaks VARCHAR;
ALTER TABLE IF EXISTS indicator_row ADD COLUMN IF NOT EXISTS breaks VARCHAR;
ALTER TABLE indicator ADD COLUMN IF NOT EXISTS retired VARCHAR;
ALTER TABLE population_group ADD COLUMN IF NOT EXISTS part_of VARCHAR;
ALTER TABLE IF EXISTS population_group_row ADD COLUMN IF NOT EXISTS part_of VARCHAR;
ALTER TABLE population_group ADD COLUMN IF NOT EXISTS retired VARCHAR;
ALTER TABLE area ADD COLUMN IF NOT EXISTS valid_from VARCHAR;
ALTER TABLE area ADD COLUMN IF NOT EXISTS valid_to VARCHAR;
ALTER TABLE area ADD COLUMN IF NOT EXISTS succeeded_by VARCHAR;
ALTER TABLE area ADD COLUMN IF NOT EXISTS retired VARCHAR;
ALTER TABLE target ADD COLUMN IF NOT EXISTS entered_by VARCHAR;
ALTER TABLE target ADD COLUMN IF NOT EXISTS entered_at TIMESTAMP;
ALTER TABLE event ADD COLUMN IF NOT EXISTS entered_by VARCHAR;
ALTER TABLE event ADD COLUMN IF NOT EXISTS entered_at TIMESTAMP;
ALTER TABLE meeting ADD COLUMN IF NOT EXISTS entered_by VARCHAR;
ALTER TABLE meeting ADD COLUMN IF NOT EXISTS entered_at TIMESTAMP;
ALTER TABLE initiative ADD COLUMN IF NOT EXISTS entered_by VARCHAR;
ALTER TABLE initiative ADD COLUMN IF NOT EXISTS entered_at TIMESTAMP;
ALTER TABLE initiative_status ADD COLUMN IF NOT EXISTS entered_by VARCHAR;
ALTER TABLE initiative_status ADD COLUMN IF NOT EXISTS entered_at TIMESTAMP;
ALTER TABLE claim ADD COLUMN IF NOT EXISTS entered_by VARCHAR;
ALTER TABLE claim ADD COLUMN IF NOT EXISTS entered_at TIMESTAMP;
CREATE TABLE IF NOT EXISTS source_release (source_id VARCHAR, period VARCHAR, published DATE);
CREATE TABLE IF NOT EXISTS moved_period (
    indicator_id VARCHAR, former_period VARCHAR, period VARCHAR, measured VARCHAR
);
CREATE TABLE IF NOT EXISTS entry (
    entry_id INTEGER, entered_at TIMESTAMP, entered_by VARCHAR, origin VARCHAR, withdrawn_on DATE,
    withdrawn_by VARCHAR, withdrawn_why VARCHAR
);
"""

# Every row was in the table `observation`, and the current ones once more in another.
_IS_WRITTEN_TWICE = """
SELECT 1 FROM duckdb_tables()
WHERE database_name = current_database() AND table_name = 'observation'
"""
_ALL_IN_THE_PAST = """
ALTER TABLE observation RENAME TO past_observation;
DROP TABLE IF EXISTS current_observation;
DROP TABLE IF EXISTS hidden_observation;
"""

# A figure without limits, over its whole period, is what every row was before.
_OBSERVATION_COLUMNS = """
ALTER TABLE IF EXISTS current_observation ADD COLUMN IF NOT EXISTS low DOUBLE;
ALTER TABLE IF EXISTS current_observation ADD COLUMN IF NOT EXISTS high DOUBLE;
ALTER TABLE IF EXISTS current_observation
    ADD COLUMN IF NOT EXISTS measured VARCHAR DEFAULT 'over';
ALTER TABLE IF EXISTS hidden_observation ADD COLUMN IF NOT EXISTS low DOUBLE;
ALTER TABLE IF EXISTS hidden_observation ADD COLUMN IF NOT EXISTS high DOUBLE;
ALTER TABLE IF EXISTS hidden_observation
    ADD COLUMN IF NOT EXISTS measured VARCHAR DEFAULT 'over';
ALTER TABLE IF EXISTS past_observation ADD COLUMN IF NOT EXISTS low DOUBLE;
ALTER TABLE IF EXISTS past_observation ADD COLUMN IF NOT EXISTS high DOUBLE;
ALTER TABLE IF EXISTS past_observation ADD COLUMN IF NOT EXISTS measured VARCHAR DEFAULT 'over';
"""
