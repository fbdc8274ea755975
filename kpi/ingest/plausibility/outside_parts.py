"""A country or a whole that is not made of its parts: 80 % where all municipalities have less.

Where nearly all parts of an area have a figure, the area's rate lies between the lowest and the
highest of them, and its count is about their sum.
"""

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.domain.wording import when
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.evidence import cells_of, exact
from kpi.ingest.table.raw import RawTable

# Nearly all of so many parts; and how far the sum may be off: people without a known municipality.
_PART, _FEWEST, _MOST_OFF = 0.9, 5, 0.02
_HINT = "Kontrollér tallet i kilden, og at rækkerne er fra den samme tabel."


def outside_parts(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning at each newest figure of an area that its parts' figures do not make.

    Expects `newest_figure` (newest.py).
    """
    areas, indicators = list(catalog.areas.values()), list(catalog.indicators.values())
    parts, wholes = municipal_parts(catalog)
    if not has_whole(connection, wholes):
        return []
    limits = {"part": _PART, "fewest": _FEWEST, "off": _MOST_OFF}
    members = {"parts": parts, "wholes": wholes}
    rows = connection.execute(_OUTSIDE, limits | members).fetchall()
    cells = cells_of(connection, [record for record, *_ in rows])
    problems = []
    for record, number, area, period, value, low, high, total, count in rows:
        indicator = indicators[number]
        line, text = cells.get(record, (None, None))
        moment = when(parse_period(period), indicator, catalog)
        own = exact(value, indicator)
        beside = (
            f"summen af de {count} kommuner er {exact(total, indicator)}"
            if indicator.is_total
            else f"de {count} kommuner har {fmt.amount(low, indicator, indicator.decimals)} til "
            f"{fmt.amount(high, indicator, indicator.decimals)}"
        )
        problems.append(
            Problem("unlike_others", "", line, plan.name_of("value", table), shown(text),
                    f"{areas[area].name} passer ikke med sine dele {moment}: {own}, og {beside}.",
                    _HINT)
        )  # fmt: skip
    return problems


def municipal_parts(catalog: Catalog) -> tuple[list[int], list[int]]:
    """The numbers of the municipalities, and those of the area that each is a part of."""
    areas = list(catalog.areas.values())
    numbers = {area.area_id: number for number, area in enumerate(areas)}
    parts = [
        (number, numbers[area.parent_id])
        for number, area in enumerate(areas)
        if area.parent_id in numbers and area.level == "municipality"
    ]
    return [part for part, _ in parts], [whole for _, whole in parts]


def has_whole(connection: duckdb.DuckDBPyConnection, wholes: list[int]) -> bool:
    """Whether the newest figures have one of these areas."""
    return connection.execute(_HAS_WHOLE, {"wholes": wholes}).fetchone() is not None


_HAS_WHOLE = "SELECT 1 FROM newest_figure WHERE list_contains($wholes::INTEGER[], area) LIMIT 1"
_OUTSIDE = """
WITH part_of_area AS (
    SELECT unnest($parts::INTEGER[]) AS part, unnest($wholes::INTEGER[]) AS area
),
size AS (SELECT area, count(*) AS parts FROM part_of_area GROUP BY area),
of_parts AS (
    SELECT indicator, population_group, part_of_area.area, count(*) AS parts, min(value) AS low,
        max(value) AS high, sum(value) AS total
    FROM newest_figure JOIN part_of_area ON part_of_area.part = newest_figure.area
    GROUP BY indicator, population_group, part_of_area.area
)
SELECT newest_figure.record, newest_figure.indicator, newest_figure.area, known_period.id,
    newest_figure.value, low, high, total, of_parts.parts
FROM newest_figure
JOIN of_parts USING (indicator, population_group, area)
JOIN size USING (area)
JOIN known_indicator ON known_indicator.number = newest_figure.indicator
JOIN known_period ON known_period.number = newest_figure.period
WHERE of_parts.parts >= greatest($fewest, $part * size.parts) AND CASE known_indicator.kind
    WHEN 'count'
        THEN of_parts.parts = size.parts AND abs(newest_figure.value - total) > $off * total
    WHEN 'amount' THEN false
    ELSE newest_figure.value NOT BETWEEN low AND high
END
ORDER BY newest_figure.record
"""
