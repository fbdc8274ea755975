"""The current rows: each in its table after a publication, and the tables derived from them."""

from collections.abc import Collection
from pathlib import Path

import duckdb

from kpi.domain.vocabulary import FIGURE_WORDS
from kpi.store.connection import derive
from kpi.store.figure_types import type_of
from kpi.store.suppression import show_small_numbers

_AS_OF = Path(__file__).with_name("sql") / "as_of.sql"


def rebuild_all_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """Rewrites the current rows, sorted by indicator, area and period, and the derived tables."""
    connection.execute(_AS_OF.read_text(encoding="utf-8"))
    connection.execute(_ALL)
    derive(connection)


def rebuild_rows(connection: duckdb.DuckDBPyConnection, batch_ids: Collection[int]) -> None:
    """Rebuilds the keys that the batches have rows of, and the tables derived from all rows.

    A large store is not sorted again for it: the new current rows are appended.
    """
    show_small_numbers(connection)
    connection.execute(_TOUCHED, {"batches": list(batch_ids)})
    connection.execute(_SOME)
    derive(connection)


_ALL = f"""
CREATE TABLE holding AS
SELECT * REPLACE (period_kind::{type_of(FIGURE_WORDS["period_kind"])} AS period_kind)
FROM observation_as_of(NULL);
CREATE TABLE standing_behind AS
SELECT observation.* FROM observation
ANTI JOIN holding USING (indicator_id, area_id, group_id, period, source_id, batch_id);
DROP TABLE current_observation;
DROP TABLE past_observation;
DELETE FROM hidden_observation;
ALTER TABLE holding RENAME TO current_observation;
ALTER TABLE standing_behind RENAME TO past_observation;
"""  # noqa: S608 - the program's own words

_TOUCHED = """
CREATE TEMP TABLE touched AS
SELECT DISTINCT indicator_id, area_id, group_id, period
FROM observation
WHERE batch_id IN (SELECT unnest($batches::INTEGER[]))
"""
_SOME = """
INSERT INTO past_observation BY NAME
SELECT now.* EXCLUDE (period_kind, period_start, period_end, is_hidden), false AS removed
FROM current_observation AS now
SEMI JOIN touched USING (indicator_id, area_id, group_id, period);

DELETE FROM current_observation USING touched
WHERE touched.indicator_id = current_observation.indicator_id
    AND touched.area_id = current_observation.area_id
    AND touched.group_id = current_observation.group_id
    AND touched.period = current_observation.period;

CREATE TEMP TABLE published_row AS
SELECT past_observation.* FROM past_observation
SEMI JOIN touched USING (indicator_id, area_id, group_id, period);
CREATE TEMP TABLE holding AS FROM observation_as_of(NULL, rows := 'published_row');

INSERT INTO current_observation BY NAME FROM holding;
DELETE FROM past_observation USING holding
WHERE holding.indicator_id = past_observation.indicator_id
    AND holding.area_id = past_observation.area_id
    AND holding.group_id = past_observation.group_id
    AND holding.period = past_observation.period
    AND holding.source_id = past_observation.source_id
    AND holding.batch_id = past_observation.batch_id;

DROP TABLE touched;
DROP TABLE published_row;
DROP TABLE holding;
"""
