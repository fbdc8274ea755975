"""Shares, means, rates and amounts of nobody knows whom, beside numbers that are hidden.

Publishing hides them there (kpi/store/undeclared_rates.py), whichever of the two files comes first;
here whoever publishes is told, and what to say so that they are shown.
"""

from collections.abc import Iterable

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.format import counted
from kpi.domain.whom import Named, may_be_of_any
from kpi.domain.wording import first_listed
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import RawTable

_MOST_NAMED = 3


def undeclared_whom(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning for each rate that stands beside hidden or small numbers, of the file or published.

    One of the two is in the file. So it is with a mean that few persons would have of a count.
    """
    guarded = [number for number, each in enumerate(catalog.sources.values()) if each.shown_from]
    undeclared = undeclared_in(catalog)
    if not (guarded and undeclared):
        return []
    limits = [each.shown_from for each in catalog.sources.values() if each.shown_from]
    connection.execute(_ASKED_SOURCES, {"sources": guarded, "limits": limits})
    connection.execute(_ASKED_INDICATORS, {"indicators": undeclared})
    if connection.execute(_IS_ANY).fetchone() == (False,):
        return []
    connection.execute(_RATES)
    if connection.table("unsaid_rate").limit(1).fetchone() is None:
        return []
    connection.execute(_SMALL)
    connection.execute(_HAVING_IT)
    indicators = list(catalog.indicators.values())
    everyone = [*catalog.groups].index("all") if "all" in catalog.groups else -1
    rows = connection.execute(_BESIDE, {"everyone": everyone}).fetchall()
    return [
        _problem(
            indicators[rate].name, [indicators[other].name for other in others], places, line,
            plan.name_of("value", table),
        )
        for rate, others, places, line in rows
    ]  # fmt: skip


def undeclared_in(catalog: Catalog) -> list[int]:
    """The indicators of which nothing says whom they are of, by their place in the catalogue."""
    named = [
        Named(each.indicator_id, each.kind, each.unit, each.name, each.aliases)
        for each in catalog.indicators.values()
    ]
    return [
        number
        for number, each in enumerate(catalog.indicators.values())
        if not each.denominator_id and may_be_of_any(named[number], named)
    ]


def _problem(
    name: str, others: Iterable[str], places: int, line: int | None, column: str
) -> Problem:
    counts = first_listed([f"»{other}«" for other in others], _MOST_NAMED)
    return Problem(
        "undeclared_whom", "", line, column, name,
        f"Der står ikke, hvem »{name}« er af. Sammen med {counts} kan "
        f"{counted(places, 'tal', 'tal')} af det røbe et lille eller skjult antal. Derfor bliver "
        "det skjult der.",
        f"Ret »{name}«, og vælg under Flere felter i Nævner dem, det er af, eller »Ingen af Spors "
        "antal«. Eller skriv tæller og nævner i filen.",
    )  # fmt: skip


_ASKED_SOURCES = """
CREATE TABLE asked_source AS
SELECT unnest($sources::INTEGER[]) AS source, unnest($limits::INTEGER[]) AS least_shown
"""
_ASKED_INDICATORS = """
CREATE TABLE asked_indicator AS SELECT unnest($indicators::INTEGER[]) AS indicator
"""
# Asked of few rows first: most files have no such rate, and most stores none of a guarded source.
_IS_ANY = """
SELECT EXISTS (
    FROM valid SEMI JOIN asked_indicator USING (indicator) SEMI JOIN asked_source USING (source)
    WHERE numerator IS NULL AND denominator IS NULL
) OR EXISTS (
    FROM spor.figure_count AS now
    JOIN known_indicator ON known_indicator.id = now.indicator_id
    JOIN known_source ON known_source.id = now.source_id
    SEMI JOIN asked_indicator ON asked_indicator.indicator = known_indicator.number
    SEMI JOIN asked_source ON asked_source.source = known_source.number
)
"""
# A published one only where the file has figures at its place.
_RATES = """
CREATE TABLE unsaid_rate AS
SELECT indicator, area, population_group, period, line,
    known_indicator.kind, value,
    0.5 * pow(10, -coalesce(decimals, 1)) AS rounding, least_shown, true AS is_of_file
FROM valid
JOIN known_indicator ON known_indicator.number = indicator
SEMI JOIN asked_indicator USING (indicator)
JOIN asked_source USING (source)
WHERE numerator IS NULL AND denominator IS NULL AND value IS NOT NULL
UNION ALL
SELECT known_indicator.number, known_area.number, known_group.number, known_period.number, NULL,
    known_indicator.kind, value, 0.5 * pow(10, -coalesce(decimals, 1)), least_shown, false
FROM spor.current_observation AS now
JOIN known_indicator ON known_indicator.id = now.indicator_id
JOIN known_area ON known_area.id = now.area_id
JOIN known_group ON known_group.id = now.group_id
JOIN known_period ON known_period.id = now.period
JOIN known_source ON known_source.id = now.source_id
SEMI JOIN asked_indicator ON asked_indicator.indicator = known_indicator.number
JOIN asked_source ON asked_source.source = known_source.number
WHERE numerator IS NULL AND denominator IS NULL AND value IS NOT NULL
"""
# What a publication of the file hides for itself, and what is hidden already. Of what guards these
# nothing is known before it is published.
_SMALL = """
CREATE TABLE small_number AS
SELECT indicator, area, population_group, period, line, least_shown, true AS is_of_file
FROM valid
JOIN asked_source USING (source)
JOIN known_indicator ON known_indicator.number = indicator
WHERE (known_indicator.kind = 'count'
        AND (value BETWEEN 1 AND least_shown - 1 OR status = 'suppressed'))
    OR (known_indicator.kind = 'proportion' AND (
        (numerator > 0 AND numerator < least_shown)
        OR (denominator > numerator AND denominator - numerator < least_shown)))
    OR (denominator > 0 AND denominator < least_shown)
UNION ALL
SELECT known_indicator.number, known_area.number, known_group.number, known_period.number, NULL,
    coalesce(least_shown, (SELECT max(least_shown) FROM asked_source)), false
FROM spor.current_observation AS now
JOIN known_indicator ON known_indicator.id = now.indicator_id
JOIN known_area ON known_area.id = now.area_id
JOIN known_group ON known_group.id = now.group_id
JOIN known_period ON known_period.id = now.period
LEFT JOIN known_source ON known_source.id = now.source_id
LEFT JOIN asked_source ON asked_source.source = known_source.number
WHERE is_hidden AND known_indicator.kind IN ('count', 'proportion')
"""
# Numbers that are shown, of which a mean may be few persons': 9 cases, 2,2 of each.
_HAVING_IT = """
CREATE TABLE having_it AS
SELECT indicator, area, population_group, period, line, value AS number, true AS is_of_file
FROM valid
JOIN known_indicator ON known_indicator.number = indicator
WHERE known_indicator.kind = 'count' AND value > 0 AND NOT approximate
    AND EXISTS (FROM unsaid_rate WHERE kind NOT IN ('proportion', 'amount'))
UNION ALL
SELECT known_indicator.number, rate.area, rate.population_group, rate.period, NULL, now.value, false
FROM spor.current_observation AS now
JOIN known_indicator ON known_indicator.id = now.indicator_id
JOIN known_area ON known_area.id = now.area_id
JOIN known_group ON known_group.id = now.group_id
JOIN known_period ON known_period.id = now.period
JOIN (
    SELECT DISTINCT area, population_group, period
    FROM unsaid_rate
    WHERE is_of_file AND kind NOT IN ('proportion', 'amount')
) AS rate ON rate.area = known_area.number AND rate.population_group = known_group.number
    AND rate.period = known_period.number
WHERE known_indicator.kind = 'count' AND now.value > 0
"""
_BESIDE = """
WITH beside AS (
    SELECT rate.indicator, small.indicator AS other, rate.area, rate.population_group,
        rate.period,
        coalesce(rate.line, small.line) AS line
    FROM unsaid_rate AS rate
    JOIN small_number AS small ON small.area = rate.area AND small.period = rate.period
        AND small.population_group IN (rate.population_group, $everyone)
    WHERE rate.indicator <> small.indicator AND (rate.is_of_file OR small.is_of_file)
        AND (kind <> 'proportion' OR list_bool_or(list_transform(
            generate_series(1, small.least_shown - 1), lambda persons:
                ceil((value - rounding) * persons / 100 - 1e-6)
                    <= floor((value + rounding) * persons / 100 + 1e-6))))
    UNION ALL
    SELECT rate.indicator, having_it.indicator, area, population_group, period,
        coalesce(rate.line, having_it.line)
    FROM unsaid_rate AS rate
    JOIN having_it USING (area, population_group, period)
    WHERE (rate.is_of_file OR having_it.is_of_file) AND kind NOT IN ('proportion', 'amount')
        AND list_bool_or(list_transform(generate_series(1, rate.least_shown - 1), lambda persons:
            abs(number - value * persons) <= rounding * persons + 1e-6))
)
SELECT indicator, list(DISTINCT other ORDER BY other),
    count(DISTINCT (area, population_group, period)), min(line)
FROM beside
GROUP BY indicator
ORDER BY indicator
"""
