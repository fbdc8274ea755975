"""A store that an earlier program wrote, brought to the tables of this one."""

from pathlib import Path

import duckdb

from kpi.store.figure_types import keep_words_by_number
from kpi.tables.spec import ENTERED

_OBSERVATIONS = Path(__file__).with_name("sql") / "observations.sql"
_METADATA = _OBSERVATIONS.with_name("metadata.sql")
_SCHEMA = _OBSERVATIONS.with_name("schema.sql")


def upgrade(connection: duckdb.DuckDBPyConnection) -> None:
    """Adds what an earlier program's store lacks; no row of it is lost.

    The derived tables must then be recomputed: `is_up_to_date` says no.
    """
    connection.execute(_SCHEMA.read_text(encoding="utf-8"))
    connection.execute(_COLUMNS)
    for table in ENTERED:
        connection.execute(_ENTERED_COLUMNS.format(table))
    connection.execute(_METADATA.read_text(encoding="utf-8"))
    if connection.execute(_IS_WRITTEN_TWICE).fetchone():
        connection.execute(_ALL_IN_THE_PAST)
    connection.execute(_OBSERVATION_COLUMNS)
    connection.execute(_OBSERVATIONS.read_text(encoding="utf-8"))
    keep_words_by_number(connection)


# Who entered a row beside data/, and when: rows of data/ were all that there was before.
_ENTERED_COLUMNS = """
ALTER TABLE {0} ADD COLUMN IF NOT EXISTS entered_by VARCHAR;
ALTER TABLE {0} ADD COLUMN IF NOT EXISTS entered_at TIMESTAMP;
"""
_COLUMNS = """
ALTER TABLE IF EXISTS strictest_limit ADD COLUMN IF NOT EXISTS lowest_limit INTEGER;
ALTER TABLE batch ADD COLUMN IF NOT EXISTS withdrawn_on DATE;
ALTER TABLE batch ADD COLUMN IF NOT EXISTS withdrawn_by VARCHAR;
ALTER TABLE batch ADD COLUMN IF NOT EXISTS withdrawn_why VARCHAR;
ALTER TABLE batch ADD COLUMN IF NOT EXISTS rows_reattributed INTEGER;
ALTER TABLE source ADD COLUMN IF NOT EXISTS frequency VARCHAR;
ALTER TABLE source ADD COLUMN IF NOT EXISTS next_release VARCHAR;
ALTER TABLE source ADD COLUMN IF NOT EXISTS owner VARCHAR;
ALTER TABLE indicator ADD COLUMN IF NOT EXISTS benchmark VARCHAR;
ALTER TABLE indicator ADD COLUMN IF NOT EXISTS aliases VARCHAR;
ALTER TABLE population_group ADD COLUMN IF NOT EXISTS aliases VARCHAR;
ALTER TABLE indicator ADD COLUMN IF NOT EXISTS breaks VARCHAR;
ALTER TABLE IF EXISTS indicator_row ADD COLUMN IF NOT EXISTS breaks VARCHAR;
ALTER TABLE indicator ADD COLUMN IF NOT EXISTS retired VARCHAR;
ALTER TABLE indicator ADD COLUMN IF NOT EXISTS numerator_id VARCHAR;
ALTER TABLE IF EXISTS indicator_row ADD COLUMN IF NOT EXISTS numerator_id VARCHAR;
ALTER TABLE indicator ADD COLUMN IF NOT EXISTS denominator_id VARCHAR;
ALTER TABLE IF EXISTS indicator_row ADD COLUMN IF NOT EXISTS denominator_id VARCHAR;
ALTER TABLE population_group ADD COLUMN IF NOT EXISTS part_of VARCHAR;
ALTER TABLE IF EXISTS population_group_row ADD COLUMN IF NOT EXISTS part_of VARCHAR;
ALTER TABLE population_group ADD COLUMN IF NOT EXISTS retired VARCHAR;
ALTER TABLE area ADD COLUMN IF NOT EXISTS valid_from VARCHAR;
ALTER TABLE area ADD COLUMN IF NOT EXISTS valid_to VARCHAR;
ALTER TABLE area ADD COLUMN IF NOT EXISTS succeeded_by VARCHAR;
ALTER TABLE area ADD COLUMN IF NOT EXISTS retired VARCHAR;
ALTER TABLE area ADD COLUMN IF NOT EXISTS context_of VARCHAR;
ALTER TABLE IF EXISTS area_row ADD COLUMN IF NOT EXISTS context_of VARCHAR;
ALTER TABLE area ADD COLUMN IF NOT EXISTS region_id VARCHAR;
ALTER TABLE IF EXISTS area_row ADD COLUMN IF NOT EXISTS region_id VARCHAR;
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
