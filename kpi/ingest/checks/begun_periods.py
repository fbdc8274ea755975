"""A new period of few areas: what is compared goes on showing the one before."""

from collections.abc import Sequence

import duckdb

from kpi.domain.begun_period import LEAST_PART, LOOKED_BACK
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.domain.period_words import period_in_text
from kpi.domain.selection import DIAGRAMS, Diagram
from kpi.domain.wording import capital, in_text, listing

# The diagrams that a period of few areas does not fill.
_UNFILLED: tuple[Diagram, ...] = ("rangering", "kort", "afstand")
_DIAGRAMS = capital(listing([in_text(DIAGRAMS[diagram]) for diagram in _UNFILLED]))
# Fewer areas are neither ranked nor mapped.
_FEWEST_COMPARED = 3


def begun_periods(
    connection: duckdb.DuckDBPyConnection, catalog: Catalog, fewer: Sequence[Problem]
) -> list[Problem]:
    """A warning for each indicator and group whose newest period has few of the areas.

    None of the indicators that `fewer` names: the file lacks areas. Expects `newest`, the last day
    of each source's and indicator's figures in the file.
    """
    indicators, groups = list(catalog.indicators.values()), list(catalog.groups.values())
    problems = []
    limits = {"part": LEAST_PART, "back": LOOKED_BACK.days, "fewest": _FEWEST_COMPARED}
    if connection.execute(_BEGUN, limits).fetchone() == (0,):
        return []
    for number, group, period, shown, areas, most in connection.execute(
        _WITH_AREAS, {"part": LEAST_PART}
    ).fetchall():
        indicator = indicators[number]
        if indicator.is_total or any(
            problem.message.startswith(f"{indicator.name}:") for problem in fewer
        ):
            continue
        whose = "" if groups[group].group_id == "all" else f" ({groups[group].name})"
        later, before = (
            period_in_text(parse_period(text), indicator, catalog) for text in (period, shown)
        )
        problems.append(
            Problem(
                "begun_period", "", None, None, None,
                f"{indicator.name}{whose}: {areas} af {most} områder har tal for {later}.",
                f"{_DIAGRAMS} bliver ved med at vise {before}, til flere områder har tal. "
                "Indlæs de andre områders tal sammen med disse, hvis de findes.",
            )
        )  # fmt: skip
    return problems


# Those of few areas in the file, which may have others that are published.
_BEGUN = """
CREATE TABLE begun AS
WITH given AS (
    SELECT indicator, population_group, valid.period, end_date, count(DISTINCT area) AS areas
    FROM valid
    JOIN known_period ON known_period.number = valid.period
    JOIN newest USING (source, indicator, end_date)
    GROUP BY indicator, population_group, valid.period, end_date
    QUALIFY row_number() OVER (
        PARTITION BY indicator, population_group ORDER BY end_date DESC, count(DISTINCT area) DESC
    ) = 1
),
held AS (
    SELECT given.*, known_indicator.id AS indicator_id, known_group.id AS group_id,
        known_period.id AS period_id
    FROM given
    JOIN known_indicator ON known_indicator.number = given.indicator
    JOIN known_group ON known_group.number = given.population_group
    JOIN known_period ON known_period.number = given.period
),
beside AS (
    SELECT held.*, coverage.period AS shown, coverage.period_end, coverage.areas AS shown_areas,
        max(coverage.areas) OVER series AS most, max(coverage.period_end) OVER series AS last_end
    FROM held
    JOIN spor.coverage AS coverage USING (indicator_id, group_id)
    WHERE coverage.period <> held.period_id
        AND coverage.period_end >= held.end_date - $back::INTEGER
    WINDOW series AS (PARTITION BY indicator, population_group)
)
SELECT indicator, population_group, period, indicator_id, group_id, period_id, most,
    max_by(shown, period_end) AS shown
FROM beside
WHERE areas < $part * most AND most >= $fewest AND last_end < end_date
    AND shown_areas >= $part * most
GROUP BY ALL
"""
_WITH_AREAS = """
SELECT indicator, population_group, period_id, shown, (
    SELECT count(*)
    FROM (
        SELECT known_area.id FROM valid
        JOIN known_area ON known_area.number = valid.area
        WHERE valid.indicator = begun.indicator AND valid.period = begun.period
            AND valid.population_group = begun.population_group
        UNION
        SELECT area_id FROM spor.current_observation AS stands
        WHERE stands.indicator_id = begun.indicator_id AND stands.group_id = begun.group_id
            AND stands.period = begun.period_id
    )
) AS areas, most
FROM begun
WHERE areas < $part * most
ORDER BY indicator, population_group
LIMIT 20
"""
