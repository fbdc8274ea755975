"""A country or a whole that is not made of its parts: 80 % where all municipalities have less.

Where nearly all parts of an area have a figure, the area's rate lies between the lowest and the
highest of them, and its count is about their sum. Where few of them have one, a count that is their
sum is a pivot table's subtotal, and not the area's own.
"""

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.domain.period_words import when
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.evidence import cells_of, exact
from kpi.ingest.table.raw import RawTable
from kpi.suppression.areas import areas_of

# Nearly all of so many parts; and how far the sum may be off: people without a known municipality.
_PART, _FEWEST, _MOST_OFF = 0.9, 5, 0.02
# Of a larger file only the newest figures are compared.
_MOST_OWN = 200_000
# Of fewer than half the parts, each so large that the others can hardly all be 0.
_LEAST_OF_SOME = 20
# A whole and two of its parts at least.
FEWEST_OF_WHOLE = 3
_SUBTOTAL_HINT = (
    "Er rækken en subtotal, så slet den, eller vælg »Vis ikke subtotaler« i pivottabellen. Hent "
    "områdets eget tal i kilden."
)
_HINT = "Kontrollér tallet i kilden, og at rækkerne er fra den samme tabel."


def outside_parts(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning at each new figure of an area that its parts' figures do not make.

    Expects `newest_figure` (newest.py) and makes `figure_of_parts`.
    """
    areas, indicators = list(catalog.areas.values()), list(catalog.indicators.values())
    parts, wholes = municipal_parts(catalog)
    if not _figures_of_parts(connection, parts, wholes):
        return []
    limits = {"part": _PART, "fewest": _FEWEST, "off": _MOST_OFF, "least": _LEAST_OF_SOME}
    members = {"parts": parts, "wholes": wholes}
    rows = connection.execute(_OUTSIDE, limits | members).fetchall()
    cells = cells_of(connection, [record for record, *_ in rows])
    problems = []
    for record, number, area, period, value, low, high, total, count, size, is_of_some in rows:
        indicator = indicators[number]
        line, text = cells.get(record, (None, None))
        moment = when(parse_period(period), indicator, catalog)
        own = exact(value, indicator)
        if is_of_some:
            problems.append(
                Problem("unlike_others", "", line, plan.name_of("value", table), shown(text),
                        f"{areas[area].name} er {own} {moment}. Det er summen af {count} af dets "
                        f"{fmt.number(size, 0)} kommuner.", _SUBTOTAL_HINT)
            )  # fmt: skip
            continue
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
    """The numbers of the municipalities, and those of each area that one is a part of."""
    areas = list(catalog.areas.values())
    numbers = {area.area_id: number for number, area in enumerate(areas)}
    ways = areas_of((area.area_id, area.level, area.parent_id, area.code) for area in areas)
    parts = [
        (numbers[area.area_id], numbers[whole_id])
        for area in areas
        if area.level == "municipality" and not (area.valid_to or area.retired)
        for whole_id, _ in sorted(ways.get(area.area_id, ()))
        if whole_id in numbers
    ]
    return [part for part, _ in parts], [whole for _, whole in parts]


def _figures_of_parts(
    connection: duckdb.DuckDBPyConnection, parts: list[int], wholes: list[int]
) -> bool:
    """Makes `figure_of_parts`; whether it has a figure of one of these wholes.

    A row of a figure as `newest_figure` has them, of each period in which the file has a figure of
    a whole and changes any. Of a large file these are of the newest period alone.
    """
    connection.execute(_NEWEST_OF_PARTS)
    (size,) = connection.execute(_SIZE).fetchone() or (0,)
    if int(size or 0) <= _MOST_OWN:
        connection.execute(_OLDER_OF_PARTS, {"areas": sorted({*parts, *wholes}), "wholes": wholes})
    return connection.execute(_HAS_WHOLE, {"wholes": wholes}).fetchone() is not None


def has_whole(connection: duckdb.DuckDBPyConnection, wholes: list[int]) -> bool:
    """Whether `figure_of_parts` has one of these areas."""
    return connection.execute(_HAS_WHOLE, {"wholes": wholes}).fetchone() is not None


_SIZE = "SELECT sum(values_count) FROM share_of_period"
_NEWEST_OF_PARTS = """
CREATE TABLE figure_of_parts AS
SELECT record, indicator, population_group, area, period, value, denominator, earlier,
    earlier_denominator
FROM newest_figure
"""
_OLDER_OF_PARTS = """
INSERT INTO figure_of_parts
WITH older AS (
    SELECT DISTINCT indicator, population_group, period
    FROM valid ANTI JOIN newest_period USING (indicator, population_group, period)
    WHERE list_contains($wholes::INTEGER[], area) AND value IS NOT NULL
),
known AS (
    FROM published
    WHERE value IS NOT NULL AND NOT is_hidden AND status NOT IN ('at_least', 'at_most')
),
-- Of none across a break. As a condition of the joins it would make them compare all with all.
of_parts AS (
    SELECT valid.*, if(parted_step.number IS NULL, key - valid.period + before, NULL) AS key_before
    FROM valid
    SEMI JOIN older USING (indicator, population_group, period)
    LEFT JOIN parted_step
        ON parted_step.number = valid.indicator AND parted_step.of_period = valid.period
    WHERE list_contains($areas::INTEGER[], area) AND value IS NOT NULL
        AND status NOT IN ('at_least', 'at_most')
),
figure AS (
    SELECT of_parts.record, of_parts.indicator, of_parts.population_group, of_parts.area,
        of_parts.period, of_parts.value, of_parts.denominator, known.value AS known_value,
        coalesce(known.value, own_before.value, known_before.value) AS earlier,
        coalesce(known.denominator, own_before.denominator, known_before.denominator)
            AS earlier_denominator
    FROM of_parts
    LEFT JOIN known ON known.key = of_parts.key
    LEFT JOIN (FROM valid WHERE status NOT IN ('at_least', 'at_most')) AS own_before
        ON own_before.key = of_parts.key_before
    LEFT JOIN known AS known_before ON known_before.key = of_parts.key_before
),
moved AS (
    SELECT indicator, population_group, period FROM figure
    GROUP BY indicator, population_group, period
    HAVING NOT bool_and(value IS NOT DISTINCT FROM known_value)
)
SELECT figure.* EXCLUDE (known_value)
FROM figure SEMI JOIN moved USING (indicator, population_group, period)
"""
_HAS_WHOLE = "SELECT 1 FROM figure_of_parts WHERE list_contains($wholes::INTEGER[], area) LIMIT 1"
_OUTSIDE = """
WITH part_of_area AS (
    SELECT unnest($parts::INTEGER[]) AS part, unnest($wholes::INTEGER[]) AS area
),
size AS (SELECT area, count(*) AS parts FROM part_of_area GROUP BY area),
of_parts AS (
    SELECT indicator, population_group, period, part_of_area.area, count(*) AS parts,
        min(value) AS low, max(value) AS high, sum(value) AS total
    FROM figure_of_parts JOIN part_of_area ON part_of_area.part = figure_of_parts.area
    GROUP BY indicator, population_group, period, part_of_area.area
)
SELECT figure_of_parts.record, figure_of_parts.indicator, figure_of_parts.area, known_period.id,
    figure_of_parts.value, low, high, total, of_parts.parts, size.parts,
    known_indicator.kind = 'count' AND 2 * of_parts.parts < size.parts AS is_of_some
FROM figure_of_parts
JOIN of_parts USING (indicator, population_group, period, area)
JOIN size USING (area)
JOIN known_indicator ON known_indicator.number = figure_of_parts.indicator
JOIN known_period ON known_period.number = figure_of_parts.period
WHERE CASE
    WHEN is_of_some THEN of_parts.parts > 1 AND figure_of_parts.value = total
        AND total >= $least * of_parts.parts
    WHEN of_parts.parts < greatest($fewest, $part * size.parts) THEN false
    ELSE CASE known_indicator.kind
    WHEN 'count'
        THEN of_parts.parts = size.parts AND abs(figure_of_parts.value - total) > $off * total
    WHEN 'amount' THEN false
    ELSE figure_of_parts.value NOT BETWEEN low AND high
    END
END
ORDER BY figure_of_parts.record
"""
