"""Figures of a fetched file that a person has withdrawn: they do not come back by themselves."""

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.domain.period_words import period_name

_HINT = "Er de rigtige nu, så udgiv filen, og skriv i noten hvorfor. Ellers afvis den."


def withdrawn_figures(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> list[Problem]:
    """A warning for each withdrawn publication of whose keys the file has figures again.

    Whatever the numbers are, and of the same source alone: another one's are other figures. None of
    a key that has been published anew since, or where the file has what is published. Expects
    `published` and `valid`.
    """
    if not connection.execute(_IS_ANY_WITHDRAWN).fetchone():
        return []
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    problems = []
    for batch_id, count, line, number, area, text in connection.execute(_AGAIN).fetchall():
        indicator = indicators[number]
        period = period_name(parse_period(text), indicator, catalog)
        problems.append(
            Problem(
                "withdrawn_figure", "", line, None, None,
                f"{fmt.counted(count, 'tal', 'tal')} kommer igen, som er fortrudt i indlæsning nr. "
                f"{batch_id}, først {indicator.name}, {areas[area].name}, {period}.",
                _HINT, weight=float(count),
            )
        )  # fmt: skip
    return problems


_IS_ANY_WITHDRAWN = "SELECT 1 FROM spor.batch WHERE state = 'withdrawn' LIMIT 1"
# The keys that the file would change come first: a withdrawn publication may have a million.
_AGAIN = """
WITH moved AS (
    SELECT valid.record, known_indicator.id AS indicator_id, known_area.id AS area_id,
        known_group.id AS group_id, known_period.id AS period, known_source.id AS source_id
    FROM valid
    JOIN known_indicator ON known_indicator.number = valid.indicator
    JOIN known_area ON known_area.number = valid.area
    JOIN known_group ON known_group.number = valid.population_group
    JOIN known_period ON known_period.number = valid.period
    JOIN known_source ON known_source.number = valid.source
    ANTI JOIN published ON published.key = valid.key
        AND published.value IS NOT DISTINCT FROM valid.value
        AND published.numerator IS NOT DISTINCT FROM valid.numerator
        AND published.denominator IS NOT DISTINCT FROM valid.denominator
        AND published.status IS NOT DISTINCT FROM valid.status
        AND published.low IS NOT DISTINCT FROM valid.low
        AND published.high IS NOT DISTINCT FROM valid.high
),
again AS (
    SELECT moved.record, indicator_id, area_id, group_id, period,
        max(past.batch_id) AS batch_id
    FROM moved
    JOIN spor.past_observation AS past USING (indicator_id, area_id, group_id, period, source_id)
    SEMI JOIN (FROM spor.batch WHERE state = 'withdrawn') AS withdrawn
        ON withdrawn.batch_id = past.batch_id
    GROUP BY moved.record, indicator_id, area_id, group_id, period
),
first_ones AS (
    SELECT again.batch_id, count(*) AS figures, min(again.record) AS record
    FROM again
    ANTI JOIN spor.current_observation AS now ON now.indicator_id = again.indicator_id
        AND now.area_id = again.area_id AND now.group_id = again.group_id
        AND now.period = again.period AND now.batch_id > again.batch_id
    GROUP BY again.batch_id
)
SELECT batch_id, figures, candidate.line, valid.indicator, valid.area, known_period.id
FROM first_ones
JOIN valid USING (record)
JOIN known_period ON known_period.number = valid.period
LEFT JOIN candidate USING (record)
ORDER BY batch_id
"""
