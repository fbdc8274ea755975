"""Figures that would take the place of newer ones: the file is older than what is published.

A file from before a correction has the corrected figure as it was, and one from before the final
figures has preliminary ones. Both only change a figure or two, and by little.
"""

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.domain.period_words import period_name
from kpi.domain.vocabulary import STATUS_NAMES
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.evidence import exact
from kpi.ingest.table.raw import RawTable

_HINT = (
    "Er filen ældre end det, der er udgivet, så hent en ny. "
    "Er det rigtigt, så skriv i noten til indlæsningen, hvorfor tallene går tilbage."
)


def older_figures(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning for each indicator with figures from before a correction, and with less final ones.

    Of a number that is hidden nothing is said, and what was withdrawn was no figure to correct.
    Expects `published` and `valid`.
    """
    connection.execute(_REPLACED)
    if not connection.execute("SELECT 1 FROM replaced LIMIT 1").fetchone():
        return []
    # Few figures have been corrected before, and few that are final become less so.
    questions = (
        (_IS_ANY_CORRECTED, _BEFORE_CORRECTION),
        (_IS_ANY_LESS_FINAL, _LESS_FINAL),
    )
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    problems = []
    for query in [query for is_any, query in questions if connection.execute(is_any).fetchone()]:
        for number, area, group, period, value, status, stands, day, count, line, text in (
            connection.execute(query).fetchall()
        ):  # fmt: skip
            indicator = indicators[number]
            name = period_name(parse_period(period), indicator, catalog)
            if day:
                said = f"{exact(value, indicator)} er tallet fra før {fmt.long_date(day)}, da "
                said += f"det blev rettet til {exact(stands, indicator)}"
            else:
                said = f"det endelige tal {exact(stands, indicator)} erstattes af "
                said += f"»{STATUS_NAMES[status]}«"
                said += "" if value is None else f": {exact(value, indicator)}"
            problems.append(
                Problem(
                    "older_figure", "", line, plan.name_of("value", table), shown(text),
                    f"{indicator.name}, {areas[area].name}, {catalog.groups[group].name}, {name}: "
                    f"{said}. "
                    f"Det gælder {fmt.counted(count, 'tal', 'tal')}.",
                    _HINT, weight=float(count),
                )
            )  # fmt: skip
    return problems


# The figures of the file that would change what stands.
_REPLACED = """
CREATE TABLE replaced AS
SELECT valid.record, valid.indicator, valid.area, valid.period, known_indicator.id AS indicator_id,
    known_area.id AS area_id, known_group.id AS group_id, known_period.id AS period_id,
    valid.value, valid.status, valid.source, published.value AS stands,
    published.status AS stands_status, published.source AS stands_source
FROM valid
JOIN published USING (key)
JOIN known_indicator ON known_indicator.number = valid.indicator
JOIN known_area ON known_area.number = valid.area
JOIN known_group ON known_group.number = valid.population_group
JOIN known_period ON known_period.number = valid.period
WHERE NOT published.is_hidden AND published.value IS NOT NULL
    AND valid.value IS DISTINCT FROM published.value
"""
_IS_ANY_CORRECTED = """
FROM spor.past_observation AS past
SEMI JOIN replaced USING (indicator_id, area_id, group_id)
LIMIT 1
"""
# Of millions of earlier figures few are as high as the file has them: these are chosen by one
# number, which takes less than half of the time that their ids and values take.
_BEFORE_CORRECTION = """
CREATE OR REPLACE TABLE corrected_back AS
SELECT replaced.*, past.source_id, past.batch_id
FROM (
    SELECT *, hash(indicator_id, area_id, group_id, period, value) AS print
    FROM spor.past_observation WHERE NOT removed
) AS past
JOIN (
    SELECT *, hash(indicator_id, area_id, group_id, period_id, value) AS print FROM replaced
) AS replaced USING (print)
WHERE past.indicator_id = replaced.indicator_id AND past.area_id = replaced.area_id
    AND past.group_id = replaced.group_id AND past.period = period_id
    AND past.value = replaced.value;

WITH earlier AS (
    SELECT record, batch.known_from
    FROM corrected_back AS past
    SEMI JOIN (FROM spor.batch WHERE state = 'published') AS before
        ON before.batch_id = past.batch_id
    ANTI JOIN spor.hidden_row AS hidden ON hidden.indicator_id = past.indicator_id
        AND hidden.area_id = past.area_id AND hidden.group_id = past.group_id
        AND hidden.period = period_id AND hidden.source_id = past.source_id
        AND hidden.batch_id = past.batch_id
    JOIN spor.current_observation AS now ON now.indicator_id = past.indicator_id
        AND now.area_id = past.area_id AND now.group_id = past.group_id
        AND now.period = period_id
    JOIN spor.batch AS batch ON batch.batch_id = now.batch_id
    WHERE past.batch_id < now.batch_id
),
first_ones AS (
    SELECT replaced.indicator, arg_min(replaced, replaced.record) AS first,
        arg_min(known_from, replaced.record) AS day, count(DISTINCT replaced.record) AS figures
    FROM earlier JOIN replaced USING (record)
    GROUP BY replaced.indicator
)
SELECT first_ones.indicator, first.area, first.group_id, first.period_id, first.value, first.status,
    first.stands, day, figures, candidate.line, spelled_value.text
FROM first_ones
LEFT JOIN candidate ON candidate.record = first.record
LEFT JOIN spelled_value ON spelled_value.spelling = candidate.value
ORDER BY first.record
"""
_IS_ANY_LESS_FINAL = """
FROM replaced
WHERE stands_status = 'final' AND status IN ('preliminary', 'approximate', 'missing')
LIMIT 1
"""
_LESS_FINAL = """
WITH first_ones AS (
    SELECT indicator, arg_min(replaced, record) AS first, count(*) AS figures
    FROM replaced
    WHERE stands_status = 'final' AND status IN ('preliminary', 'approximate', 'missing')
    GROUP BY indicator
)
SELECT first_ones.indicator, first.area, first.group_id, first.period_id, first.value, first.status,
    first.stands, NULL AS day, figures, candidate.line, spelled_value.text
FROM first_ones
LEFT JOIN candidate ON candidate.record = first.record
LEFT JOIN spelled_value ON spelled_value.spelling = candidate.value
ORDER BY first.record
"""
