"""Implausible values, judged by the figures of the other areas and the area's own."""

from collections.abc import Mapping

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.model import Indicator
from kpi.domain.period import OVERLAPPING
from kpi.domain.plausibility import (
    FAR_IN_PERIOD,
    FAR_LIMITS,
    JUDGED_KINDS,
    OUTLIER_LIMITS,
    OUTLIERS,
    is_confirmed,
)
from kpi.domain.vocabulary import PERIOD_KIND_PLURALS
from kpi.ingest.checks.faults import MOST_PROBLEMS, shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.evidence import CHECK_IN_SOURCE
from kpi.ingest.table.raw import RawTable

# Several periods of a kind that an area has in a row.
_PERIODS: Mapping[str, str] = {
    kind: words for kind, words in PERIOD_KIND_PLURALS.items() if kind not in OVERLAPPING
}


def outliers(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning for each value that kpi/domain/plausibility.py calls an outlier.

    Expects `share_of_period` (compared.py), and `elsewhere` (other_series.py), whose figures are
    reported already. The file's values are judged with the published ones that they do not replace.
    None is reported of a row whose note says that the value is confirmed, in the file or as it was
    published.
    """
    kinds = list(JUDGED_KINDS)
    connection.execute(_WIDE_SERIES, {"kinds": kinds, **FAR_LIMITS})
    if connection.table("wide_series").limit(1).fetchone() is None:
        return []
    connection.execute(_JUDGED)
    far = f"CREATE TABLE far AS {FAR_IN_PERIOD} {_AREAS}"
    if connection.execute(far, FAR_LIMITS).fetchone() == (0,):
        return []
    connection.execute(_THEIR_PAST)
    evidence = {
        record: rest
        for record, *rest in connection.execute(OUTLIERS, OUTLIER_LIMITS).fetchall()[:MOST_PROBLEMS]
    }
    if not evidence:
        return []
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    names = plan.name_of("value", table)
    return [
        Problem(
            "outlier", "", line, names, shown(text),
            _message(evidence[record], indicators[indicator], areas[area].name),
            CHECK_IN_SOURCE,
        )
        for record, line, text, indicator, area, *notes in connection.execute(
            _ROWS, {"records": list(evidence)}
        ).fetchall()
        if not any(map(is_confirmed, notes))
    ]  # fmt: skip


def _message(evidence: list[object], indicator: Indicator, area: str) -> str:
    """`Usandsynligt tal: 0,0 % mod normalt 5,3-6,0 % i de øvrige skoleår for Læsø; ...`.

    Normal are those that are no outliers themselves: Læsø has had 1.7 % too.
    """
    value, low, high, count, middle, kind = evidence
    own, least, most, usual = (
        fmt.amount(float(str(figure)), indicator, indicator.decimals)
        for figure in (value, low, high, middle)
    )
    span = least if least == most else f"{least.partition(fmt.NO_BREAK_SPACE)[0]}-{most}"
    return (
        f"Usandsynligt tal: {own} mod normalt {span} i de øvrige "
        f"{_PERIODS.get(str(kind), 'perioder')} for {area}; medianen af {count} områder er {usual}."
    )


# Series (indicator and group) with a period whose values are farther apart than the least reach, in
# the file and published: only these can contain an outlier, and a copy of the others is dear.
_WIDE_SERIES = """
CREATE TABLE wide_series AS
WITH own AS (
    SELECT indicator, population_group, period, known_indicator.kind, values_count, lowest, highest
    FROM share_of_period
    JOIN known_indicator ON known_indicator.number = share_of_period.indicator
    WHERE list_contains($kinds, known_indicator.kind::VARCHAR)
),
before AS (
    SELECT own.indicator, own.population_group, own.period, count(*) AS values_count,
        min(now.value) AS lowest, max(now.value) AS highest
    FROM spor.current_observation AS now
    JOIN known_indicator ON known_indicator.id = now.indicator_id
    JOIN known_group ON known_group.id = now.group_id
    JOIN known_period ON known_period.id = now.period
    JOIN own ON own.indicator = known_indicator.number
        AND own.population_group = known_group.number AND own.period = known_period.number
    WHERE now.value IS NOT NULL
    GROUP BY own.indicator, own.population_group, own.period
),
combined AS (
    SELECT indicator, population_group, kind,
        own.values_count + coalesce(before.values_count, 0) AS areas,
        least(own.lowest, before.lowest) AS lowest, greatest(own.highest, before.highest) AS highest
    FROM own LEFT JOIN before USING (indicator, population_group, period)
)
SELECT DISTINCT indicator, population_group
FROM combined
WHERE areas >= $fewest_areas AND if(
    kind = 'proportion',
    asin(sqrt(least(greatest(highest, 0), 100) / 100))
        - asin(sqrt(least(greatest(lowest, 0), 100) / 100)) > $most_spreads * $floor,
    highest - lowest > $most_spreads * $floor_part
        * if(lowest < 0 AND highest > 0, 0, least(abs(lowest), abs(highest)))
)
"""

# The file's values, and the published ones of the same indicators, groups and periods that they do
# not replace; those have ids below 0.
_JUDGED = """
CREATE TABLE judged AS
WITH own AS (
    SELECT record, indicator, population_group, area, valid.period, known_period.id AS period_id,
        known_period.kind AS period_kind, coalesce(side, '') AS side, valid.kind, value
    FROM valid JOIN known_period ON known_period.number = valid.period
    SEMI JOIN wide_series USING (indicator, population_group)
    LEFT JOIN series_side
        ON series_side.number = valid.indicator AND series_side.of_period = known_period.id
    WHERE value IS NOT NULL AND status IN ('final', 'preliminary', 'approximate')
),
series AS (
    SELECT DISTINCT indicator, population_group, own.kind, known_indicator.id AS indicator_id,
        known_group.id AS group_id, period_id AS period
    FROM own
    JOIN known_indicator ON known_indicator.number = own.indicator
    JOIN known_group ON known_group.number = own.population_group
),
before AS (
    SELECT indicator, population_group, known_area.number AS area, now.period AS period_id,
        now.period_kind, coalesce(side, '') AS side, series.kind, now.value
    FROM spor.current_observation AS now
    JOIN series USING (indicator_id, group_id, period)
    JOIN known_area ON known_area.id = now.area_id
    LEFT JOIN series_side
        ON series_side.number = series.indicator AND series_side.of_period = now.period
    WHERE now.value IS NOT NULL AND now.status IN ('final', 'preliminary', 'approximate')
)
SELECT record AS id, indicator::BIGINT * 100000 + population_group AS series, area,
    period_id AS period, period_kind, side, kind, value, true AS asked
FROM own
UNION ALL
SELECT -row_number() OVER () AS id, indicator::BIGINT * 100000 + population_group AS series, area,
    period_id AS period, period_kind, side, kind, value, false AS asked
FROM before
ANTI JOIN own USING (indicator, population_group, area, period_id)
"""
_AREAS = "SELECT DISTINCT series, area FROM far_in_period"
# Few lie far from the others: only their areas' other values are read.
_THEIR_PAST = """
INSERT INTO judged
SELECT (SELECT least(min(id), 0) FROM judged) - row_number() OVER (), series, area, now.period,
    now.period_kind, coalesce(side, ''), known_indicator.kind, now.value, false
FROM far
JOIN known_indicator ON known_indicator.number = series // 100000
JOIN known_group ON known_group.number = series % 100000
JOIN known_area ON known_area.number = far.area
JOIN spor.current_observation AS now ON now.indicator_id = known_indicator.id
    AND now.group_id = known_group.id AND now.area_id = known_area.id
LEFT JOIN series_side
    ON series_side.number = known_indicator.number AND series_side.of_period = now.period
ANTI JOIN judged ON judged.series = far.series AND judged.area = far.area
    AND judged.period = now.period
WHERE now.value IS NOT NULL AND now.status IN ('final', 'preliminary', 'approximate')
"""

_ROWS = """
SELECT valid.record, valid.line, spelled_value.text, valid.indicator, valid.area, in_file.text,
    CASE WHEN now.value = valid.value THEN now.note END
FROM valid
JOIN candidate USING (record)
JOIN spelled_value ON spelled_value.spelling = candidate.value
JOIN spelled_note AS in_file ON in_file.spelling = candidate.note
JOIN known_indicator ON known_indicator.number = valid.indicator
JOIN known_area ON known_area.number = valid.area
JOIN known_group ON known_group.number = valid.population_group
JOIN known_period ON known_period.number = valid.period
LEFT JOIN spor.current_observation AS now ON now.indicator_id = known_indicator.id
    AND now.area_id = known_area.id AND now.group_id = known_group.id
    AND now.period = known_period.id
WHERE valid.record IN (SELECT unnest($records::BIGINT[]))
    AND (valid.indicator, valid.population_group, valid.period) NOT IN (FROM elsewhere)
ORDER BY valid.record
"""
