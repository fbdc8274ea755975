"""A country's figure that is the plain mean of its municipalities', large and small alike.

It lies within them, so it is as plausible as the right one. What shows it is that their
denominators make another figure, or that the country's was not their plain mean before.
"""

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.model import Indicator
from kpi.domain.period import parse_period
from kpi.domain.period_words import when
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.evidence import cells_of, exact
from kpi.ingest.plausibility.outside_parts import has_whole, municipal_parts
from kpi.ingest.table.raw import RawTable

# A file with nearly all municipalities, and at least so many of them in any.
_PART, _FEWEST = 0.9, 5
# In steps of the last decimal that is shown: the mean is no farther away, and before (or by the
# denominators) it was so far. Of 79 published years one country's figure was ever as near, which it
# had been before; of 14,200 lists of some municipalities 18 crossed the country's so.
_NEAR, _FAR, _FAR_OF_SOME = 0.5, 3.0, 8.0
_HINT = (
    "Et gennemsnit af kommunerne er ikke landets tal: små kommuner tæller så lige så meget som "
    "store. Hent landets tal i kilden."
)


def plain_means(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning at each new figure of an area that is the plain mean of its municipalities'.

    So where the municipalities' denominators make another figure, whatever it is.
    Expects `figure_of_parts` (outside_parts.py).
    """
    parts, wholes = municipal_parts(catalog)
    if not has_whole(connection, wholes):
        return []
    areas, indicators = list(catalog.areas.values()), list(catalog.indicators.values())
    limits = {
        "part": _PART, "fewest": _FEWEST, "near": _NEAR + 1e-6, "far": _FAR,
        "of_some": _FAR_OF_SOME,
        "steps": [10.0**-indicator.decimals for indicator in indicators],
    }  # fmt: skip
    rows = connection.execute(_PLAIN, limits | {"parts": parts, "wholes": wholes}).fetchall()
    cells = cells_of(connection, [record for record, *_ in rows])
    problems = []
    for record, number, area, period, value, mean, weighted, earlier, earlier_mean, count in rows:
        indicator, name = indicators[number], areas[area].name
        moment = when(parse_period(period), indicator, catalog)
        line, text = cells.get(record, (None, None))
        if mean is None:
            message = (
                f"{name} er {exact(value, indicator)} {moment}, men de {count} kommuners tal og "
                f"nævnere giver {_about(weighted, indicator)}."
            )
        else:
            message = (
                f"{name} er {exact(value, indicator)} {moment}. Det er de {count} kommuners "
                f"gennemsnit, hvor alle tæller lige meget"
            )
            message += (
                f"; deres nævnere giver {_about(weighted, indicator)}."
                if weighted is not None
                else f". Før var {name} {exact(earlier, indicator)}, og gennemsnittet var "
                f"{_about(earlier_mean, indicator)}."
            )
        hint = "Kontrollér landets tal i kilden." if mean is None else _HINT
        problems.append(
            Problem("unlike_others", "", line, plan.name_of("value", table), shown(text),
                    message, hint)
        )  # fmt: skip
    return problems


def _about(value: float, indicator: Indicator) -> str:
    return exact(round(value, indicator.decimals), indicator)


# Rates of parts, each weighing alike and by denominators (the new ones, or those before).
_PLAIN = """
WITH part_of_area AS (
    SELECT unnest($parts::INTEGER[]) AS part, unnest($wholes::INTEGER[]) AS area
),
size AS (SELECT area, count(*) AS parts FROM part_of_area GROUP BY area),
of_parts AS (
    SELECT indicator, population_group, period, part_of_area.area, count(*) AS parts,
        avg(value) AS mean, min(value) AS low, max(value) AS high,
        count(figure_of_parts.earlier) AS earlier_parts,
        avg(figure_of_parts.earlier) AS earlier_mean,
        sum(value * coalesce(denominator, earlier_denominator))
            / sum(coalesce(denominator, earlier_denominator)) AS weighted,
        count(coalesce(denominator, earlier_denominator)) AS weights
    FROM figure_of_parts JOIN part_of_area ON part_of_area.part = figure_of_parts.area
    GROUP BY indicator, population_group, period, part_of_area.area
),
whole AS (
    SELECT figure_of_parts.*,
        of_parts.* EXCLUDE (indicator, population_group, period, area, weighted),
        list_extract($steps::DOUBLE[], figure_of_parts.indicator + 1) AS step,
        of_parts.parts >= $part * size.parts AS are_all,
        CASE WHEN are_all AND weights = of_parts.parts THEN weighted END AS weighted,
        abs(figure_of_parts.value - mean) <= $near * step AS is_mean,
        CASE WHEN earlier_parts = of_parts.parts THEN abs(earlier - earlier_mean) / step END
            AS was_off
    FROM figure_of_parts
    JOIN of_parts USING (indicator, population_group, period, area)
    JOIN size USING (area)
    JOIN known_indicator ON known_indicator.number = figure_of_parts.indicator
    WHERE of_parts.parts >= $fewest AND NOT is_quantity
        AND figure_of_parts.value BETWEEN low AND high  -- others: outside_parts.py
)
SELECT record, indicator, area, known_period.id, value, if(is_mean, mean, NULL), weighted,
    earlier, earlier_mean, parts
FROM whole
JOIN known_period ON known_period.number = whole.period
WHERE if(weighted IS NOT NULL, abs(value - weighted) >= $far * step,
    is_mean AND was_off >= if(are_all, $far, $of_some))
ORDER BY record
"""
