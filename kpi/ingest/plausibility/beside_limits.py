"""Figures of series of which only a range or a limit is published: 75 months beside 2-3.

They have no earlier value to be compared with, but they may be in days all the same.
"""

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.domain.period_words import when
from kpi.domain.plausibility import CONFIRMED
from kpi.ingest.checks.faults import MOST_PROBLEMS, shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.evidence import exact
from kpi.ingest.plausibility.limits_beside import FAR_TIMES, LEAST, limit_words
from kpi.ingest.table.raw import RawTable

_HINT = (
    "Kontrollér tallet og dets enhed i kilden. Er det rigtigt, så begynd noten med "
    f"»{CONFIRMED}«."
)  # fmt: skip


def beside_limits(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning at each value far beyond the range or limit that is the newest of its series."""
    if not connection.execute(_HAS_LIMITED).fetchone():
        return []
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    problems = []
    given = {"times": FAR_TIMES, "most": MOST_PROBLEMS}
    for line, text, number, area, value, low, high, period in connection.execute(
        _BEYOND, given
    ).fetchall():
        indicator = indicators[number]
        if max(value, high or 0, low or 0) < LEAST.get(indicator.kind, 0):
            continue
        moment = when(parse_period(period), indicator, catalog)
        problems.append(
            Problem("big_change", "", line, plan.name_of("value", table), shown(text),
                    f"Tallet ligger langt fra det kendte: {exact(value, indicator)} mod "
                    f"{limit_words(indicator, low, high)} {moment} for {areas[area].name}.",
                    _HINT, weight=value)
        )  # fmt: skip
    return problems


# Most stores have a few ranges and limits, and most files none of their series.
_HAS_LIMITED = """
SELECT 1 FROM spor.current_observation AS now
JOIN known_indicator ON known_indicator.id = now.indicator_id
SEMI JOIN share_of_period ON share_of_period.indicator = known_indicator.number
WHERE now.status IN ('range', 'at_least', 'at_most') AND NOT now.is_hidden
LIMIT 1
"""
_BEYOND = """
WITH newest AS (
    SELECT known_indicator.number AS indicator, known_group.number AS population_group,
        known_area.number AS area, arg_max(now, now.period_end) AS known
    FROM spor.current_observation AS now
    JOIN known_indicator ON known_indicator.id = now.indicator_id
    JOIN known_group ON known_group.id = now.group_id
    JOIN known_area ON known_area.id = now.area_id
    WHERE NOT now.is_hidden AND (now.value IS NOT NULL OR now.status = 'range')
    GROUP BY ALL
),
limited AS (
    SELECT indicator, population_group, area, known.period,
        CASE WHEN known.status <> 'at_most' THEN coalesce(known.low, known.value) END AS low,
        CASE WHEN known.status <> 'at_least' THEN coalesce(known.high, known.value) END AS high
    FROM newest
    WHERE known.status IN ('range', 'at_least', 'at_most')
)
SELECT unconfirmed.line, unconfirmed.text, valid.indicator, valid.area, valid.value, limited.low,
    limited.high, limited.period
FROM valid
JOIN limited USING (indicator, population_group, area)
JOIN unconfirmed USING (record)
WHERE valid.value > 0 AND valid.status NOT IN ('at_least', 'at_most')
    AND (valid.value >= $times * limited.high OR valid.value * $times <= limited.low)
ORDER BY valid.record
LIMIT $most
"""
