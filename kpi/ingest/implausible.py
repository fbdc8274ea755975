"""A file's values that cannot be believed beside the other areas' and the area's own figures."""

import duckdb

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.errors import Problem
from kpi.ingest.faults import MOST_PROBLEMS, shown
from kpi.ingest.plan import Plan
from kpi.ingest.raw import RawTable
from kpi.model import Indicator
from kpi.plausibility import CONFIRMED, JUDGED_KINDS, OUTLIER_LIMITS, OUTLIERS, is_confirmed

# Several periods of a kind.
_PERIODS = {
    "year": "år", "half": "halvår", "quarter": "kvartaler", "month": "måneder", "week": "uger",
    "day": "dage", "school_year": "skoleår",
}  # fmt: skip


def outliers(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning for each value that kpi/plausibility.py calls an outlier.

    The file's values are judged together with the published ones that they do not replace. None is
    told of a row whose note says that the value is confirmed, in the file or as it was published.
    """
    kinds = list(JUDGED_KINDS)
    connection.execute(_JUDGED, {"kinds": kinds})
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
            "outlier", "warning", "", line, names, shown(text),
            _message(evidence[record], indicators[indicator], areas[area].name),
            f"Kontrollér tallet i kilden. Er det rigtigt, så begynd noten med »{CONFIRMED}«.",
        )
        for record, line, text, indicator, area, *notes in connection.execute(
            _ROWS, {"records": list(evidence)}
        ).fetchall()
        if not any(map(is_confirmed, notes))
    ]  # fmt: skip


def _message(evidence: list[object], indicator: Indicator, area: str) -> str:
    """`Usandsynligt tal: 0,0 % mod 5,3-6,0 % i de øvrige skoleår for Læsø; ...`."""
    value, low, high, count, middle, kind = evidence
    own, least, most, usual = (
        fmt.amount(float(str(one)), indicator, indicator.decimals)
        for one in (value, low, high, middle)
    )
    span = least if least == most else f"{least.partition(fmt.NO_BREAK_SPACE)[0]}-{most}"
    return (
        f"Usandsynligt tal: {own} mod {span} i de øvrige {_PERIODS.get(str(kind), 'perioder')} for "
        f"{area}; medianen af {count} områder er {usual}."
    )


# The file's values, and the published ones of the same indicators and groups that they do not
# replace; those have ids below 0.
_JUDGED = """
CREATE TABLE judged AS
WITH own AS (
    SELECT record, indicator, population_group, area, valid.period, known_period.id AS period_id,
        known_period.kind AS period_kind, valid.kind, value
    FROM valid JOIN known_period ON known_period.number = valid.period
    WHERE value IS NOT NULL AND list_contains($kinds, valid.kind::VARCHAR)
        AND status IN ('final', 'preliminary', 'approximate')
),
series AS (
    SELECT DISTINCT indicator, population_group, own.kind, known_indicator.id AS indicator_id,
        known_group.id AS group_id
    FROM own
    JOIN known_indicator ON known_indicator.number = own.indicator
    JOIN known_group ON known_group.number = own.population_group
),
before AS (
    SELECT indicator, population_group, known_area.number AS area, now.period AS period_id,
        now.period_kind, series.kind, now.value
    FROM spor.current_observation AS now
    JOIN series USING (indicator_id, group_id)
    JOIN known_area ON known_area.id = now.area_id
    WHERE now.value IS NOT NULL AND now.status IN ('final', 'preliminary', 'approximate')
)
SELECT record AS id, indicator::BIGINT * 100000 + population_group AS series, area,
    period_id AS period, period_kind, kind, value, true AS asked
FROM own
UNION ALL
SELECT -row_number() OVER () AS id, indicator::BIGINT * 100000 + population_group AS series, area,
    period_id AS period, period_kind, kind, value, false AS asked
FROM before
ANTI JOIN own USING (indicator, population_group, area, period_id)
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
ORDER BY valid.record
"""
