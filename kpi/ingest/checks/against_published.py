"""A file compared with what is published: areas that are missing, periods that moved."""

from collections.abc import Sequence
from datetime import date

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.model import Area, Indicator
from kpi.domain.period import parse_period
from kpi.domain.period_words import period_name
from kpi.domain.wording import first_listed
from kpi.ingest.checks.faults import shown
from kpi.ingest.checks.problem_limit import MOST_OF_A_CODE, and_more
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import RawTable
from kpi.suppression.areas import areas_of

# So many municipalities are no choice of some towns: who has them means all.
_MANY, _LARGE_PART = 20, 0.4
_MOST_NAMED = 10
# Sources hide the figures of some areas in every answer, and of most in none that is filled in.
_LEAST_FILLED = 0.75


def fewer_areas(
    connection: duckdb.DuckDBPyConnection, catalog: Catalog, of_all_areas: bool = False
) -> list[Problem]:
    """Where the file's newest period has fewer areas than its source and indicator last had.

    What they last had is what stands of the newest published period, where most of it came in one
    file that others then corrected; areas that come one by one lack none of each other. A single
    municipality is an extract of its own, where data/ alone has more. Municipalities and what is
    larger are one set of areas, what lies within a municipality another: a file of the
    municipality's own figure lacks none of its housing areas.

    An answer to who asked for all areas (`of_all_areas`) is no extract of a single one, and has as
    good as none of an area whose figures are all hidden or missing: a year that has been made ready
    and not filled in would else be the newest of everyone.
    """
    connection.execute(_NEWEST)
    if not connection.execute(_HAS_EARLIER).fetchone():
        return []
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    problems = []
    fewer = connection.execute(_FEWER_AREAS, {"all": of_all_areas}).fetchall()
    for number, now, last, absent, end in fewer:
        missing = [area for area in absent if not _has_ended(areas[area], end)]
        if not missing:
            continue
        then = last - len(absent) + len(missing)
        counted = (
            f"{now} {'område' if now == 1 else 'områder'} i filens nyeste periode mod {then} sidst"
        )
        problems.append(_lacking(indicators[number], counted, [areas[area] for area in missing]))
    if not of_all_areas:
        return problems
    empty = connection.execute(_EMPTY_AREAS, {"part": _LEAST_FILLED}).fetchall()
    for number, now, then, missing in empty:
        if number not in {row[0] for row in fewer}:
            counted = f"{now} af {then} områder har et tal i filens nyeste periode"
            problems.append(
                _lacking(indicators[number], counted, [areas[area] for area in missing])
            )
    return problems


def _has_ended(area: Area, end: date) -> bool:
    """Whether the area was no longer one at the end of a period."""
    return bool(area.valid_to) and area.valid_to < end.isoformat()


def some_municipalities(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> list[Problem]:
    """Where the first figures of a source have many of the municipalities, and not all.

    Those of whole regions are complete. Of a later file `fewer_areas` says what it lacks.
    """
    if len(connection.execute(_MANY_ROWS, {"many": _MANY}).fetchall()) < _MANY:
        return []
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    ways = areas_of((area.area_id, area.level, area.parent_id, area.code) for area in areas)
    region_of = {
        area.area_id: {
            parent_id for parent_id, _ in ways.get(area.area_id, ())
            if catalog.areas[parent_id].level == "region"
        }
        for area in areas
        if area.level == "municipality" and not (area.valid_to or area.retired)
    }  # fmt: skip
    problems = []
    for number, places in connection.execute(_FIRST_MUNICIPALITIES).fetchall():
        given = {areas[place].area_id for place in places} & region_of.keys()
        if len(given) < max(_MANY, _LARGE_PART * len(region_of)):
            continue
        missing = [area for area in areas if area.area_id in region_of.keys() - given]
        begun = {region for area_id in given for region in region_of[area_id]}
        if any(region_of[area.area_id] & begun for area in missing):
            counted = f"{len(given)} af {len(region_of)} kommuner i filens nyeste periode"
            problems.append(_lacking(indicators[number], counted, missing))
    return problems


def _lacking(indicator: Indicator, counted: str, missing: Sequence[Area]) -> Problem:
    """The warning that areas are missing, with the names of the first."""
    names = first_listed([area.name for area in missing], _MOST_NAMED)
    return Problem(
        "fewer_areas", "", None, None, None, f"{indicator.name}: {counted}.",
        f"Der mangler {names}. Kontrollér, at udtrækket er komplet.",
    )  # fmt: skip


def moved_periods(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """New figures on a period that data/ has moved the same figure from."""
    if not connection.execute(_HAS_MOVED).fetchone():
        return []
    indicators = list(catalog.indicators.values())
    problems = []
    rows = connection.execute(_MOVED_PERIODS, {"most": MOST_OF_A_CODE}).fetchall()
    for line, text, number, period, _ in rows:
        name = period_name(parse_period(period), indicators[number], catalog)
        problems.append(
            Problem("moved_period", "", line, plan.name_of("period", table),
                    shown(text), f"Tallet står nu under perioden {name}.",
                    f"Skriv {period}, hvis det er det samme tal.")
        )  # fmt: skip
    return and_more(problems, rows[0][-1] if rows else 0)


_HAS_MOVED = "SELECT 1 FROM spor.moved_period JOIN known_period ON id = former_period LIMIT 1"
_MOVED_PERIODS = """
WITH moved_row AS (
    SELECT valid.record, candidate.line, spelled_period.text, valid.indicator, moved.period
    FROM valid
    JOIN candidate USING (record)
    JOIN spelled_period ON spelled_period.spelling = candidate.period
    JOIN known_indicator ON known_indicator.number = valid.indicator
    JOIN known_area ON known_area.number = valid.area
    JOIN known_group ON known_group.number = valid.population_group
    JOIN known_period ON known_period.number = valid.period
    JOIN spor.moved_period AS moved ON moved.indicator_id = known_indicator.id
        AND moved.former_period = known_period.id
    SEMI JOIN spor.current_observation AS now ON now.indicator_id = known_indicator.id
        AND now.area_id = known_area.id AND now.group_id = known_group.id
        AND now.period = moved.period
    ANTI JOIN published ON published.key = valid.key
)
SELECT * EXCLUDE (record), (SELECT count(*) FROM moved_row) AS total
FROM moved_row
ORDER BY record
LIMIT $most
"""

_NEWEST = """
CREATE TABLE newest AS
SELECT source, indicator, max(end_date) AS end_date
FROM valid JOIN known_period ON known_period.number = valid.period
GROUP BY source, indicator;

-- What is published lies in the order of these ids: of a large store hardly anything is read then.
CREATE TABLE id_of_newest AS
SELECT id FROM known_indicator WHERE number IN (SELECT indicator FROM newest)
"""
_HAS_EARLIER = """
SELECT 1
FROM newest
JOIN known_source ON known_source.number = newest.source
JOIN known_indicator ON known_indicator.number = newest.indicator
SEMI JOIN spor.figure_count AS now
    ON now.source_id = known_source.id AND now.indicator_id = known_indicator.id
LIMIT 1
"""
# A row has one area: a file of fewer rows has not so many.
_MANY_ROWS = "SELECT 1 FROM valid LIMIT $many"
_FIRST_MUNICIPALITIES = """
SELECT indicator, list(DISTINCT area)
FROM valid
JOIN known_area ON known_area.number = area AND level = 'municipality'
JOIN known_period ON known_period.number = valid.period
JOIN newest USING (source, indicator, end_date)
JOIN known_indicator ON known_indicator.number = indicator
JOIN known_source ON known_source.number = source
ANTI JOIN spor.figure_count AS now
    ON now.source_id = known_source.id AND now.indicator_id = known_indicator.id
GROUP BY source, indicator
ORDER BY indicator
"""
_FEWER_AREAS = """
WITH now AS (
    SELECT valid.source, valid.indicator,
        known_area.level IN ('country', 'region', 'municipality') AS is_large,
        list(DISTINCT area) AS areas,
        count(DISTINCT area) FILTER (level = 'municipality') = 1 AS is_single,
        any_value(end_date) AS end_date
    FROM valid
    JOIN known_area ON known_area.number = valid.area
    JOIN known_period ON known_period.number = valid.period
    JOIN newest USING (source, indicator, end_date)
    GROUP BY valid.source, valid.indicator, is_large
),
published_rows AS (
    SELECT known_source.number AS source, known_indicator.number AS indicator,
        known_area.number AS area, period_end, batch_id, batch.origin = 'upload' AS is_file,
        known_area.level IN ('country', 'region', 'municipality') AS is_large
    FROM spor.current_observation AS published
    JOIN spor.batch AS batch USING (batch_id)
    JOIN known_source ON known_source.id = published.source_id
    JOIN known_indicator ON known_indicator.id = published.indicator_id
    JOIN known_area ON known_area.id = published.area_id
    WHERE published.indicator_id IN (FROM id_of_newest)
        AND (known_source.number, known_indicator.number) IN (SELECT (source, indicator) FROM now)
),
newest_rows AS (
    FROM published_rows
    SEMI JOIN (
        SELECT source, indicator, is_large, max(period_end) AS period_end
        FROM published_rows
        GROUP BY source, indicator, is_large
    ) USING (source, indicator, is_large, period_end)
),
by_file AS (
    SELECT source, indicator, is_large, is_file, list(DISTINCT area) AS areas
    FROM newest_rows
    GROUP BY source, indicator, is_large, is_file, if(is_file, batch_id, NULL)
),
every AS (
    SELECT source, indicator, is_large, list(DISTINCT area) AS areas
    FROM newest_rows
    GROUP BY source, indicator, is_large
),
last AS (
    SELECT source, indicator, is_large, is_file,
        if(2 * len(largest.areas) > len(every.areas), every.areas, largest.areas) AS areas
    FROM (
        SELECT source, indicator, is_large, max_by(is_file, len(areas)) AS is_file,
            max_by(areas, len(areas)) AS areas
        FROM by_file
        GROUP BY source, indicator, is_large
    ) AS largest
    JOIN every USING (source, indicator, is_large)
)
SELECT now.indicator, len(now.areas), len(last.areas),
    list_sort(list_filter(last.areas, lambda one: NOT list_contains(now.areas, one))), end_date
FROM now JOIN last USING (source, indicator, is_large)
WHERE len(now.areas) < len(last.areas) AND (is_file OR $all OR NOT is_single)
ORDER BY now.indicator
"""
_EMPTY_AREAS = """
WITH now AS (
    SELECT source, indicator,
        coalesce(list(DISTINCT area) FILTER (status NOT IN ('suppressed', 'missing')), []) AS filled
    FROM valid
    JOIN known_period ON known_period.number = valid.period
    JOIN newest USING (source, indicator, end_date)
    GROUP BY source, indicator
),
shown AS (
    SELECT known_source.number AS source, known_indicator.number AS indicator,
        known_area.number AS area, period_end
    FROM spor.current_observation AS published
    JOIN known_source ON known_source.id = published.source_id
    JOIN known_indicator ON known_indicator.id = published.indicator_id
    JOIN known_area ON known_area.id = published.area_id
    WHERE published.status NOT IN ('suppressed', 'missing')
        AND published.indicator_id IN (FROM id_of_newest)
        AND (known_source.number, known_indicator.number) IN (SELECT (source, indicator) FROM now)
),
last AS (
    SELECT source, indicator, list(DISTINCT area) AS areas
    FROM shown
    SEMI JOIN (
        SELECT source, indicator, max(period_end) AS period_end FROM shown
        GROUP BY source, indicator
    ) USING (source, indicator, period_end)
    GROUP BY source, indicator
)
SELECT indicator, len(still.areas) AS filled_count, len(last.areas),
    list_sort(list_filter(last.areas, lambda one: NOT list_contains(still.areas, one)))
FROM last JOIN (
    SELECT last.indicator, last.source,
        list_filter(last.areas, lambda one: list_contains(now.filled, one)) AS areas
    FROM last JOIN now USING (source, indicator)
) AS still USING (source, indicator)
WHERE filled_count < $part * len(last.areas)
ORDER BY indicator
"""
