"""A file's figures of what is retired, or of an area before it was one or after it ended.

They are read as written: a retired indicator keeps its figures, and a source may well count an area
as it was. Each indicator, area or group is reported once.
"""

from collections.abc import Sequence
from datetime import date

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.format import counted, partial_date
from kpi.domain.model import Area, Indicator, PopulationGroup
from kpi.domain.period import parse_period
from kpi.domain.wording import first_listed, listing
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import RawTable


def no_longer_problems(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning for each retired indicator, area or group in `valid`, and each area out of time."""
    return [
        *_retired(connection, table, plan, catalog),
        *_ended(connection, table, plan, catalog),
        *_before_the_reform(connection, table, plan, catalog),
    ]


def _retired(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    problems = []
    of_roles: tuple[tuple[str, str, str, Sequence[Indicator | Area | PopulationGroup]], ...] = (
        ("indicator_id", "indicator", "Nøgletallet", list(catalog.indicators.values())),
        ("area_id", "area", "Området", list(catalog.areas.values())),
        ("group_id", "population_group", "Gruppen", list(catalog.groups.values())),
    )
    for role, column, noun, entities in of_roles:
        numbers = [place for place, entity in enumerate(entities) if catalog.is_retired(entity)]
        if not numbers:
            continue
        rows = connection.table("valid").filter(
            duckdb.ColumnExpression(column).isin(*map(duckdb.ConstantExpression, numbers))
        )
        present = rows.project(column).distinct().order(column).fetchall()
        problems += [
            Problem(
                "retired", "", None, plan.name_of(role, table), entities[number].name,
                f"{noun} udgik {partial_date(entities[number].retired)} og vises ikke længere i "
                "valglisterne.",
                "Tallene kan udgives. Skal det vises igen, så slet datoen under »udgået«.",
            )
            for (number,) in present
        ]  # fmt: skip
    return problems


def _ended(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    areas = list(catalog.areas.values())
    dated = [
        (place, _day(area.valid_from), _day(area.valid_to))
        for place, area in enumerate(areas)
        if area.valid_from or area.valid_to
    ]
    if not dated:
        return []
    connection.execute("CREATE TABLE area_life (area INTEGER, first DATE, last DATE)")
    connection.executemany("INSERT INTO area_life VALUES ($1, $2, $3)", dated)
    name = plan.name_of("area_id", table)
    problems = []
    for number, after, before in connection.execute(_OUT_OF_TIME).fetchall():
        area = areas[number]
        if after:
            problems.append(Problem(
                "area_ended", "", None, name, area.name,
                f"Området gælder til {partial_date(area.valid_to)}, og "
                f"{counted(after, 'tal', 'tal')} er for senere perioder.",
                _successors(area, catalog),
            ))  # fmt: skip
        if before:
            problems.append(Problem(
                "area_ended", "", None, name, area.name,
                f"Området gælder fra {partial_date(area.valid_from)}, og "
                f"{counted(before, 'tal', 'tal')} er for tidligere perioder.",
                "Kontrollér, at tallene hører til området.",
            ))  # fmt: skip
    return problems


def _before_the_reform(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning where municipalities or regions without dates have figures from before 2007.

    The reform gave most municipalities other borders, many of them under a name still in use, and
    made the regions. Sources recompute some of their tables to the new borders, and not others.
    """
    if not connection.execute(_ANY_BEFORE, {"reform": _REFORM}).fetchall():
        return []
    areas = list(catalog.areas.values())
    undated = [
        number
        for number, area in enumerate(areas)
        if area.level in ("municipality", "region") and not area.valid_from
    ]
    rows = connection.execute(_BEFORE, {"reform": _REFORM, "areas": undated}).fetchall()
    if not rows:
        return []
    number, line, period, _ = rows[0]
    names = [f"»{areas[other].name}«" for other, *_ in rows]
    figures = counted(sum(count for *_, count in rows), "tal", "tal")
    return [
        Problem(
            "area_ended", "", line, plan.name_of("area_id", table), areas[number].name,
            "1. januar 2007 fik mange kommuner andre grænser, og regionerne blev til. "
            f"{figures} er fra før, det tidligste for {parse_period(period).name()}: "
            f"{first_listed(names, _MOST_NAMED)}.",
            "Kontrollér i kilden, at de er omregnet til de nuværende grænser. Ellers er de for et "
            "andet område af samme navn: slet rækkerne.",
        )
    ]  # fmt: skip


def _successors(area: Area, catalog: Catalog) -> str:
    names = [
        catalog.areas[successor].name
        for successor in area.succeeded_by
        if successor in catalog.areas
    ]
    if not names:
        return "Kontrollér, at tallene hører til området."
    return f"Området er afløst af {listing(names)}. Kontrollér, hvilket område tallene hører til."


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


_REFORM = date(2007, 1, 1)
_MOST_NAMED = 3
_ANY_BEFORE = """
SELECT 1 FROM word_period JOIN known_period USING (number) WHERE start_date < $reform LIMIT 1
"""
_BEFORE = """
WITH before AS (
    SELECT area, line, start_date, known_period.id
    FROM valid JOIN known_period ON known_period.number = valid.period
    WHERE start_date < $reform AND area IN (SELECT unnest($areas::INTEGER[]))
)
SELECT area, min(line), (SELECT arg_min(id, start_date) FROM before), count(*)
FROM before
GROUP BY area
ORDER BY min(line) NULLS LAST, area
"""
_OUT_OF_TIME = """
SELECT area,
    count(*) FILTER (known_period.start_date > area_life.last) AS after,
    count(*) FILTER (known_period.end_date < area_life.first) AS before
FROM valid
JOIN area_life USING (area)
JOIN known_period ON known_period.number = valid.period
GROUP BY area
ORDER BY area
"""
