"""Which figures cannot be believed: the newest once per version, whole series when asked."""

from collections.abc import Sequence

import duckdb

from kpi.domain.kinds import RATE_KINDS
from kpi.domain.plausibility import CONFIRMED, FAR_IN_PERIOD, FAR_LIMITS, OUTLIER_LIMITS, OUTLIERS
from kpi.store.plan import AskWith

Key = tuple[str, str, str, str]


def mark_implausible(connection: duckdb.DuckDBPyConnection) -> None:
    """Writes the table `implausible_observation`: keys of recent rows that are outliers.

    Expects recent_observation to exist. A row whose note says that it is confirmed is none.
    """
    connection.execute(_RECENT, {"confirmed": CONFIRMED.casefold(), "rates": RATE_KINDS})
    far = "CREATE OR REPLACE TEMP TABLE far AS " + FAR_IN_PERIOD + _AREAS
    if connection.execute(far, FAR_LIMITS).fetchone() == (0,):
        connection.execute(_NONE)
        return
    # Few lie far from the others: only their areas' older values are read.
    connection.execute(_THEIR_PAST)
    connection.execute("CREATE OR REPLACE TEMP TABLE outlier_id AS " + OUTLIERS, OUTLIER_LIMITS)
    connection.execute(_KEYS)


def read_implausible(ask: AskWith, keys: Sequence[tuple[str, str]]) -> frozenset[Key]:
    """The keys of all outliers among each (indicator, group)'s figures of any period."""
    rows = ask(
        _JUDGED_SERIES + OUTLIERS + _JUDGED_KEYS,
        {
            "indicators": [indicator_id for indicator_id, _ in keys],
            "groups": [group_id for _, group_id in keys],
            "confirmed": CONFIRMED.casefold(),
            "rates": RATE_KINDS,
            **OUTLIER_LIMITS,
        },
    )
    return frozenset(rows)


_RECENT = """
CREATE OR REPLACE TEMP TABLE judged AS
SELECT [indicator_id, area_id, group_id, period] AS id, [indicator_id, group_id] AS series,
    area_id AS area, period, period_kind, indicator.kind, value,
    NOT starts_with(lower(trim(coalesce(note, ''))), $confirmed) AS asked
FROM recent_observation
JOIN indicator USING (indicator_id)
WHERE value IS NOT NULL AND list_contains($rates::VARCHAR[], indicator.kind)
    AND status IN ('final', 'preliminary', 'approximate')
"""

_AREAS = "SELECT DISTINCT series[1] AS indicator_id, series[2] AS group_id, area FROM far_in_period"

_THEIR_PAST = """
INSERT INTO judged
SELECT [now.indicator_id, now.area_id, now.group_id, now.period], [now.indicator_id, now.group_id],
    now.area_id, now.period, now.period_kind, indicator.kind, now.value, false
FROM current_observation AS now
JOIN far ON far.indicator_id = now.indicator_id AND far.group_id = now.group_id
    AND far.area = now.area_id
JOIN indicator ON indicator.indicator_id = now.indicator_id
WHERE value IS NOT NULL AND status IN ('final', 'preliminary', 'approximate')
    AND [now.indicator_id, now.area_id, now.group_id, now.period] NOT IN (SELECT id FROM judged)
"""

_NONE = """
CREATE OR REPLACE TABLE implausible_observation AS
SELECT indicator_id, area_id, group_id, period FROM current_observation LIMIT 0;
DROP TABLE judged;
DROP TABLE far;
"""
_KEYS = """
CREATE OR REPLACE TABLE implausible_observation AS
SELECT id[1] AS indicator_id, id[2] AS area_id, id[3] AS group_id, id[4] AS period
FROM outlier_id
ORDER BY ALL;
DROP TABLE outlier_id;
DROP TABLE judged;
DROP TABLE far;
"""

_JUDGED_SERIES = """
WITH judged AS MATERIALIZED (
    SELECT [indicator_id, area_id, group_id, period] AS id, [indicator_id, group_id] AS series,
        area_id AS area, period, period_kind, indicator.kind, value,
        NOT starts_with(lower(trim(coalesce(note, ''))), $confirmed) AS asked
    FROM current_observation
    JOIN indicator USING (indicator_id)
    SEMI JOIN (
        SELECT unnest($indicators::VARCHAR[]) AS indicator_id,
            unnest($groups::VARCHAR[]) AS group_id
    ) USING (indicator_id, group_id)
    WHERE list_contains($indicators::VARCHAR[], indicator_id)
        AND value IS NOT NULL AND list_contains($rates::VARCHAR[], indicator.kind)
        AND status IN ('final', 'preliminary', 'approximate')
),
keyed AS (
"""
_JUDGED_KEYS = """
)
SELECT id[1], id[2], id[3], id[4] FROM keyed
"""
