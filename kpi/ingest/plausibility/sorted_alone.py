"""Figures in order beside names in order: one column of a list was sorted by itself.

Each figure is near its area's earlier one where areas differ little. What shows it is the list: the
areas stand by their names (or codes), and their figures rise, or fall, from the first to the last.
"""

from collections.abc import Container

import duckdb

from kpi.domain.catalog import Catalog, danish_order
from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.domain.period_words import when
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import RawTable
from kpi.ingest.words.word_tables import save

# So many different figures of so many areas are in order by chance in one of 2,520 lists. Longer
# lists than the most are of parishes or schools, and no longer typed.
FEWEST_IN_ORDER, _MOST = 7, 2000
_HINT = (
    "Kontrollér, at hele tabellen blev sorteret og ikke kun kolonnen med tallene: "
    "sammenlign nogle områder med kilden."
)


def sorted_alone(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    reported: Container[int],
) -> list[Problem]:
    """A warning for each indicator (not among `reported`) with such a list in its newest period.

    Lists whose figures of the period before are in the same order are none: so the areas are.
    Expects `newest_figure` (newest.py).
    """
    limits = {"fewest": FEWEST_IN_ORDER, "most": _MOST}
    connection.execute(_IN_ORDER, limits)
    if connection.table("list_in_order").limit(1).fetchone() is None:
        connection.execute("DROP TABLE list_in_order")
        return []
    areas = list(catalog.areas.values())
    save(
        connection, "area_place",
        {
            "number": list(range(len(areas))),
            "by_name": _ranks([danish_order(area.name) for area in areas]),
            "by_letters": _ranks([area.name.casefold() for area in areas]),
            "by_code": _ranks([area.code or "" for area in areas]),
        },
    )  # fmt: skip
    indicators = list(catalog.indicators.values())
    problems: dict[int, Problem] = {}
    for number, period, count, rises, line, text in connection.execute(_LISTS).fetchall():
        if number in reported:
            continue
        indicator = indicators[number]
        moment = when(parse_period(period), indicator, catalog)
        message = (
            f"{indicator.name}: De {count} områder står efter navn eller kode, og deres tal "
            f"{moment} {'stiger' if rises else 'falder'} fra række til række. Sådan var områdernes "
            "tidligere tal ikke."
        )
        name = plan.name_of("value", table)
        problems.setdefault(
            number, Problem("swapped", "", line, name, shown(text), message, _HINT, weight=count)
        )
    connection.execute("DROP TABLE area_place; DROP TABLE list_in_order")
    return list(problems.values())


def _ranks(names: list[str]) -> list[int]:
    """The place of each in their order; equal ones have the same."""
    places = {name: place for place, name in enumerate(sorted(set(names)))}
    return [places[name] for name in names]


_IN_ORDER = """
CREATE TABLE list_in_order AS
-- Few lists begin and end with their smallest and largest figures.
WITH likely AS (
    SELECT indicator, population_group, level, min(value) AS lowest, max(value) AS highest,
        arg_min(value, record) AS first, arg_max(value, record) AS last
    FROM newest_figure
    GROUP BY indicator, population_group, level
    HAVING count(*) BETWEEN $fewest AND $most
        AND (first = lowest AND last = highest OR first = highest AND last = lowest)
),
step AS (
    SELECT newest_figure.*, value - lag(value) OVER listed AS rise,
        earlier - lag(earlier) OVER listed AS rise_before
    FROM newest_figure
    SEMI JOIN likely USING (indicator, population_group, level)
    WINDOW listed AS (PARTITION BY indicator, population_group, level ORDER BY record)
)
SELECT indicator, population_group, level, count(*) AS count, min(record) AS record,
    any_value(period) AS period, coalesce(bool_and(rise >= 0), false) AS rises
FROM step
GROUP BY indicator, population_group, level
HAVING count(DISTINCT value) >= $fewest
    AND (bool_and(rise >= 0) OR bool_and(rise <= 0)) AND count(rise_before) >= $fewest - 1
    AND NOT (bool_and(rise_before >= 0) OR bool_and(rise_before <= 0))
"""
_LISTS = """
WITH place AS (
    SELECT indicator, population_group, level, by_name, by_letters, by_code,
        lag(by_name) OVER listed AS name_before, lag(by_letters) OVER listed AS letters_before,
        lag(by_code) OVER listed AS code_before
    FROM newest_figure
    SEMI JOIN list_in_order USING (indicator, population_group, level)
    JOIN area_place ON area_place.number = area
    WINDOW listed AS (
        PARTITION BY indicator, population_group, level ORDER BY newest_figure.record
    )
),
named AS (
    SELECT indicator, population_group, level
    FROM place
    GROUP BY indicator, population_group, level
    HAVING bool_and(by_name > name_before) OR bool_and(by_letters > letters_before)
        OR bool_and(by_code > code_before)
)
SELECT indicator, known_period.id, count, rises, candidate.line, spelled_value.text
FROM list_in_order
SEMI JOIN named USING (indicator, population_group, level)
JOIN known_period ON known_period.number = list_in_order.period
LEFT JOIN candidate USING (record)
LEFT JOIN spelled_value ON spelled_value.spelling = candidate.value
ORDER BY record
"""
