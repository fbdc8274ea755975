"""First figures of a kind of period that no published one has, beside the series' newest figure.

They are compared with no figure of their own series, so that a comma in the wrong place would pass
with a word about the period alone.
"""

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.domain.period_words import when
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.evidence import exact
from kpi.ingest.table.raw import RawTable

# A share moves less than this between a month and a year; a count also by how much longer one is.
_MOST_OF_SHARE, _MOST_OF_COUNT = 3.0, 2.0
# Between small numbers of persons, or shares, chance and rounding make any ratio.
_FEWEST, _FEWEST_POINTS = 20, 1.0
_MOST_REPORTED = 100


def beside_other_kinds(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning for each figure that is far from the newest published one of its series.

    Of kinds of periods that nothing published of its indicator has; of those that has, compared.py
    compares. At most 100, the farthest first.
    """
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    problems = []
    rows = connection.execute(
        _FAR,
        {
            "share": _MOST_OF_SHARE, "count": _MOST_OF_COUNT, "fewest": _FEWEST,
            "points": _FEWEST_POINTS, "most": _MOST_REPORTED,
        },
    ).fetchall()  # fmt: skip
    for number, area, period, value, known_period, known, line, text, far in rows:
        indicator = indicators[number]
        own = f"{exact(value, indicator)} {when(parse_period(period), indicator, catalog)}"
        beside = f"{exact(known, indicator)} {when(parse_period(known_period), indicator, catalog)}"
        problems.append(
            Problem(
                "big_change", "", line, plan.name_of("value", table), shown(text),
                f"{indicator.name} for {areas[area].name}: {own} er langt fra {beside}, som er "
                "en periode af en anden slags.",
                "Kontrollér tallet og dets komma i kilden. Er det rigtigt, så skriv forklaringen i "
                "noten.",
                weight=far,
            )
        )  # fmt: skip
    return problems


_FAR = """
WITH kind_of_file AS (
    SELECT DISTINCT share_of_period.indicator, known_indicator.id AS indicator_id,
        known_indicator.kind, known_period.kind AS period_kind
    FROM share_of_period
    JOIN known_period ON known_period.number = share_of_period.period
    JOIN known_indicator ON known_indicator.number = share_of_period.indicator
),
published AS (
    SELECT now.*
    FROM spor.current_observation AS now
    WHERE NOT now.is_hidden AND now.indicator_id IN (SELECT indicator_id FROM kind_of_file)
        AND now.value IS NOT NULL AND now.status NOT IN ('at_least', 'at_most')
),
unusual AS (
    SELECT * FROM kind_of_file
    WHERE (indicator_id, period_kind::VARCHAR) NOT IN (
        SELECT DISTINCT indicator_id, period_kind FROM published)
),
newest AS (
    SELECT indicator_id, area_id, group_id, arg_max(period, period_end) AS period,
        arg_max(value, period_end) AS value,
        arg_max(period_end - period_start, period_end) + 1 AS days
    FROM published
    WHERE indicator_id IN (SELECT indicator_id FROM unusual)
    GROUP BY indicator_id, area_id, group_id
),
-- By the numbers of the file, so that each of its rows is looked up once.
series AS (
    SELECT key_of(
            unusual.indicator, known_area.number, known_group.number, known_period.number
        ) AS key,
        unusual.kind, known_period.id AS own_period,
        known_period.end_date - known_period.start_date + 1 AS days,
        newest.period AS known_period, newest.value AS known, newest.days AS known_days
    FROM newest
    JOIN unusual USING (indicator_id)
    JOIN known_period ON known_period.kind = unusual.period_kind
    JOIN known_area ON known_area.id = newest.area_id
    JOIN known_group ON known_group.id = newest.group_id
    WHERE newest.value > 0
),
own AS (
    SELECT valid.record, indicator, area, valid.value, series.kind, own_period AS period,
        series.days, series.known_period, known, known_days
    FROM valid
    JOIN series USING (key)
    WHERE valid.value > 0 AND valid.status NOT IN ('at_least', 'at_most')
),
far AS (
    SELECT *, value / known AS ratio,
        CASE WHEN kind = 'proportion' THEN $share
            ELSE $count * greatest(days / known_days, 1) END AS highest,
        CASE WHEN kind = 'proportion' THEN 1 / $share
            ELSE 1 / ($count * greatest(known_days / days, 1)) END AS lowest
    FROM own
    WHERE CASE WHEN kind = 'proportion' THEN abs(value - known) >= $points
        ELSE greatest(value, known) >= $fewest END
),
-- The lines of these alone are looked up: thousands may be far.
farthest AS MATERIALIZED (
    SELECT *, greatest(ratio / highest, lowest / ratio) AS distance
    FROM far
    WHERE ratio > highest OR ratio < lowest
    ORDER BY distance DESC, record
    LIMIT $most
)
SELECT farthest.indicator, farthest.area, farthest.period, farthest.value, known_period, known,
    candidate.line, spelled_value.text, distance
FROM farthest
JOIN candidate USING (record)
JOIN spelled_value ON spelled_value.spelling = candidate.value
ORDER BY distance DESC, record
"""
