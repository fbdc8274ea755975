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
_AGAIN = """
WITH withdrawn_row AS (
    SELECT past.indicator_id, past.area_id, past.group_id, past.period, past.source_id,
        max(past.batch_id) AS batch_id
    FROM spor.past_observation AS past
    SEMI JOIN (FROM spor.batch WHERE state = 'withdrawn') AS withdrawn USING (batch_id)
    ANTI JOIN spor.current_observation AS now ON now.indicator_id = past.indicator_id
        AND now.area_id = past.area_id AND now.group_id = past.group_id
        AND now.period = past.period AND now.batch_id > past.batch_id
    GROUP BY past.indicator_id, past.area_id, past.group_id, past.period, past.source_id
),
again AS (
    SELECT withdrawn_row.batch_id, valid.record, valid.indicator, valid.area,
        known_period.id AS period
    FROM valid
    JOIN known_indicator ON known_indicator.number = valid.indicator
    JOIN known_area ON known_area.number = valid.area
    JOIN known_group ON known_group.number = valid.population_group
    JOIN known_period ON known_period.number = valid.period
    JOIN known_source ON known_source.number = valid.source
    JOIN withdrawn_row ON withdrawn_row.indicator_id = known_indicator.id
        AND withdrawn_row.area_id = known_area.id AND withdrawn_row.group_id = known_group.id
        AND withdrawn_row.period = known_period.id
        AND withdrawn_row.source_id = known_source.id
    ANTI JOIN published ON published.key = valid.key
        AND published.value IS NOT DISTINCT FROM valid.value
        AND published.status IS NOT DISTINCT FROM valid.status
),
first_ones AS (
    SELECT batch_id, count(*) AS figures, arg_min(again, record) AS first
    FROM again
    GROUP BY batch_id
)
SELECT batch_id, figures, candidate.line, first.indicator, first.area, first.period
FROM first_ones
LEFT JOIN candidate ON candidate.record = first.record
ORDER BY first_ones.batch_id
"""
