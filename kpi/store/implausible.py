"""Which figures cannot be believed: the newest once per version, whole series when asked."""

from collections.abc import Sequence
from typing import Any

import duckdb

from kpi.domain.kinds import RATE_KINDS
from kpi.domain.period import parse_period
from kpi.domain.plausibility import CONFIRMED, FAR_IN_PERIOD, FAR_LIMITS, OUTLIER_LIMITS, OUTLIERS
from kpi.domain.series_break import breaks_of, side_among
from kpi.store.plan import AskWith

Key = tuple[str, str, str, str]

_BROKEN = "SELECT indicator_id, breaks FROM indicator WHERE breaks <> ''"
_BROKEN_SINCE = f"{_BROKEN} AND indicator_id IN (FROM changed_indicator)"


def mark_implausible(connection: duckdb.DuckDBPyConnection, of_changed: bool = False) -> None:
    """Writes the table `implausible_observation`: keys of recent rows that are outliers.

    Expects recent_observation to exist. A row whose note says that it is confirmed is none. With
    `of_changed` the keys of indicators that are not in `changed_indicator` stay as they were.
    """

    def ask(sql: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
        """The rows of a question."""
        return connection.execute(sql, parameters).fetchall()

    connection.execute(_OF_CHANGED if of_changed else _OF_ALL)
    broken = _BROKEN_SINCE if of_changed else _BROKEN
    connection.execute(_SIDES_TABLE, _sides(ask, broken))
    connection.execute(_RECENT, {"confirmed": CONFIRMED.casefold(), "rates": RATE_KINDS})
    if connection.execute(_FAR, FAR_LIMITS).fetchone() != (0,):
        # Few lie far from the others: only their areas' older values are read.
        connection.execute(_THEIR_PAST)
        connection.execute(_OUTLIER_IDS, OUTLIER_LIMITS)
        connection.execute(_KEYS)
    connection.execute(_END)


def read_implausible(ask: AskWith, keys: Sequence[tuple[str, str]]) -> frozenset[Key]:
    """The keys of all outliers among each (indicator, group)'s figures of any period."""
    rows = ask(
        _JUDGED_SERIES + OUTLIERS + _JUDGED_KEYS,
        {
            "indicators": [indicator_id for indicator_id, _ in keys],
            "groups": [group_id for _, group_id in keys],
            "confirmed": CONFIRMED.casefold(),
            "rates": RATE_KINDS,
            **_sides(ask),
            **OUTLIER_LIMITS,
        },
    )
    return frozenset(rows)


def _sides(ask: AskWith, those: str = _BROKEN) -> dict[str, list[str]]:
    """Indicators with a break in their series, each of their periods, and on which side it lies."""
    broken = {
        indicator_id: breaks_of(breaks)
        for indicator_id, breaks in ask(those, {})
    }  # fmt: skip
    periods = ask(_PERIODS, {"indicators": list(broken)}) if broken else []
    return {
        "broken": [indicator_id for indicator_id, _ in periods],
        "periods": [period for _, period in periods],
        "sides": [side_among(parse_period(period), broken[indicator_id])
                  for indicator_id, period in periods],
    }  # fmt: skip


_PERIODS = """
SELECT DISTINCT indicator_id, period FROM coverage
WHERE list_contains($indicators::VARCHAR[], indicator_id)
"""
_SIDES_TABLE = """
CREATE OR REPLACE TEMP TABLE observation_side AS
SELECT unnest($broken::VARCHAR[]) AS indicator_id, unnest($periods::VARCHAR[]) AS period,
    unnest($sides::VARCHAR[]) AS side
"""

_OF_ALL = """
CREATE OR REPLACE TABLE implausible_observation AS
SELECT indicator_id, area_id, group_id, period FROM current_observation LIMIT 0;
CREATE OR REPLACE TEMP VIEW recent_row AS FROM recent_observation
"""
_OF_CHANGED = """
DELETE FROM implausible_observation WHERE indicator_id IN (FROM changed_indicator);
CREATE OR REPLACE TEMP VIEW recent_row AS
FROM recent_observation WHERE indicator_id IN (FROM changed_indicator)
"""
_RECENT = """
CREATE OR REPLACE TEMP TABLE judged AS
SELECT [indicator_id, area_id, group_id, period] AS id, [indicator_id, group_id] AS series,
    area_id AS area, period, period_kind, coalesce(side, '') AS side, indicator.kind, value,
    NOT starts_with(lower(trim(coalesce(note, ''))), $confirmed) AS asked
FROM recent_row
JOIN indicator USING (indicator_id)
LEFT JOIN observation_side USING (indicator_id, period)
WHERE value IS NOT NULL AND list_contains($rates::VARCHAR[], indicator.kind)
    AND status IN ('final', 'preliminary', 'approximate')
"""

_AREAS = "SELECT DISTINCT series[1] AS indicator_id, series[2] AS group_id, area FROM far_in_period"
_FAR = f"CREATE OR REPLACE TEMP TABLE far AS {FAR_IN_PERIOD} {_AREAS}"
_OUTLIER_IDS = f"CREATE OR REPLACE TEMP TABLE outlier_id AS {OUTLIERS}"

_THEIR_PAST = """
INSERT INTO judged
SELECT [now.indicator_id, now.area_id, now.group_id, now.period], [now.indicator_id, now.group_id],
    now.area_id, now.period, now.period_kind, coalesce(side, ''), indicator.kind, now.value, false
FROM current_observation AS now
JOIN far ON far.indicator_id = now.indicator_id AND far.group_id = now.group_id
    AND far.area = now.area_id
JOIN indicator ON indicator.indicator_id = now.indicator_id
LEFT JOIN observation_side ON observation_side.indicator_id = now.indicator_id
    AND observation_side.period = now.period
WHERE value IS NOT NULL AND status IN ('final', 'preliminary', 'approximate')
    AND [now.indicator_id, now.area_id, now.group_id, now.period] NOT IN (SELECT id FROM judged)
"""

_KEYS = """
INSERT INTO implausible_observation
SELECT id[1] AS indicator_id, id[2] AS area_id, id[3] AS group_id, id[4] AS period
FROM outlier_id
ORDER BY ALL;
DROP TABLE outlier_id
"""
_END = "DROP TABLE judged; DROP TABLE far; DROP TABLE observation_side; DROP VIEW recent_row"

_JUDGED_SERIES = """
WITH observation_side AS (
    SELECT unnest($broken::VARCHAR[]) AS indicator_id, unnest($periods::VARCHAR[]) AS period,
        unnest($sides::VARCHAR[]) AS side
),
judged AS MATERIALIZED (
    SELECT [indicator_id, area_id, group_id, period] AS id, [indicator_id, group_id] AS series,
        area_id AS area, period, period_kind, coalesce(side, '') AS side, indicator.kind, value,
        NOT starts_with(lower(trim(coalesce(note, ''))), $confirmed) AS asked
    FROM current_observation
    JOIN indicator USING (indicator_id)
    LEFT JOIN observation_side USING (indicator_id, period)
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
