"""Figures that are those of another series: an earlier year under a new one, a column copied twice.

Every area has exactly the figure that it has in another period, group or indicator. Of four
areas' figures that is no chance, and no other check sees it: such figures are all plausible.
"""

from collections import defaultdict

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.domain.period_words import when
from kpi.ingest.plausibility.repeats import FEWEST_UNCHANGED, LEAST_COUNT

# Of that many areas' figures so many are different; else equal ones are common.
_DIFFERENT = 3
# So many others are compared with a series in all of its areas.
_CANDIDATES = 5
_HINT = "Kontrollér, at tallene ikke er kopieret fra en anden periode, gruppe eller kolonne."


def copied_figures(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> list[Problem]:
    """A warning for each indicator whose figures are those of another series in every area.

    The newest period is the example. The same period as published is no other, nor is the one
    before (`repeats`).
    """
    fewest = {"fewest": FEWEST_UNCHANGED}
    varied = connection.execute(_VARIED_SERIES, fewest | {"least": LEAST_COUNT})
    if varied.fetchone() == (0,):
        return []
    connection.execute(_PROBED, fewest)
    prints = connection.execute(_OWN_PRINTS, fewest | {"different": _DIFFERENT})
    if prints.fetchone() == (0,):
        return []
    areas = [area_id for (area_id,) in connection.execute(_PROBED_IDS, fewest).fetchall()]
    connection.execute(_ALIKE, {"areas": areas})
    connection.execute(_PAIRS, fewest | {"candidates": _CANDIDATES, "areas": areas})
    if connection.execute("SELECT count(*) > 0 FROM copied_pair").fetchone() == (False,):
        return []
    rows = connection.execute(_COPIED).fetchall()
    by_indicator: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    counts: dict[tuple[str, ...], int] = {}
    for indicator_id, group_id, period, count, *other in rows:
        series = (indicator_id, group_id, period, *other)
        by_indicator[indicator_id].append(series)
        counts[series] = count
    return [
        Problem(
            "unchanged_period", "", None, None, None,
            _message(copies[-1], counts[copies[-1]], catalog) + (
                f" Det gælder {fmt.number(len(copies), 0)} perioder og grupper."
                if len(copies) > 1 else ""
            ),
            _HINT, weight=len(copies),
        )
        for copies in by_indicator.values()
    ]  # fmt: skip


def _message(series: tuple[str, ...], count: int, catalog: Catalog) -> str:
    indicator_id, group_id, period, other_indicator, other_group, other_period = series
    indicator = catalog.indicators[indicator_id]
    parts = []
    if other_indicator != indicator_id:
        parts.append(f"»{catalog.indicators[other_indicator].name}«")
    if other_group != group_id:
        parts.append(f"for »{catalog.groups[other_group].name}«")
    if other_period != period:
        parts.append(when(parse_period(other_period), catalog.indicators[other_indicator], catalog))
    group = f" for »{catalog.groups[group_id].name}«" if other_group != group_id else ""
    return (
        f"{indicator.name}: Alle {fmt.number(count, 0)} områders tal{group} "
        f"{when(parse_period(period), indicator, catalog)} er præcis dem, der er {' '.join(parts)}."
    )


# The file's series that could be copies: most files have none of so many areas. One that changes
# nothing published is right as it stands.
_VARIED_SERIES = """
CREATE OR REPLACE TABLE varied_series AS
SELECT indicator, population_group, period, values_count
FROM share_of_period
JOIN known_indicator ON known_indicator.number = indicator
WHERE values_count >= $fewest AND lowest < highest AND equal_count < values_count
    AND (kind <> 'count' OR highest >= $least)
"""
# Series are alike where the same few areas have the same figures; of these all areas are compared:
# those that both have, at least half of the file's. A hidden number is compared with nothing: that
# would tell of a guess.
_PROBED = """
CREATE OR REPLACE TABLE probed AS
SELECT area, row_number() OVER (ORDER BY count(*) DESC, area) AS place
FROM valid
WHERE value IS NOT NULL AND status NOT IN ('at_least', 'at_most')
GROUP BY area
QUALIFY place <= $fewest + 2
"""
_OWN_PRINTS = """
CREATE OR REPLACE TABLE own_print AS
SELECT indicator, population_group, period,
    list(value ORDER BY area) FILTER (place <= $fewest) AS print,
    max(value) FILTER (place = $fewest + 1) AS fifth,
    max(value) FILTER (place = $fewest + 2) AS sixth
FROM valid JOIN probed USING (area)
WHERE value IS NOT NULL AND status NOT IN ('at_least', 'at_most')
GROUP BY indicator, population_group, period
HAVING len(print) = $fewest AND len(list_distinct(print)) >= $different
    AND list_min(list_transform(print, lambda value: abs(value))) > 0
"""
_PROBED_IDS = """
SELECT id FROM probed JOIN known_area ON known_area.number = area
ORDER BY place > $fewest, area
"""
# Of most published series two areas show that they are no others: no list is made of these.
_ALIKE = """
CREATE OR REPLACE TABLE alike_series AS
SELECT DISTINCT indicator_id, group_id, period
FROM (
    SELECT indicator_id, group_id, period, value FROM spor.current_observation
    WHERE area_id = $areas[1] AND value IN (SELECT print[1] FROM own_print)
        AND NOT is_hidden AND status NOT IN ('at_least', 'at_most')
) AS of_first
JOIN (
    SELECT indicator_id, group_id, period, value FROM spor.current_observation
    WHERE area_id = $areas[2] AND value IN (SELECT print[2] FROM own_print)
        AND NOT is_hidden AND status NOT IN ('at_least', 'at_most')
) AS of_second USING (indicator_id, group_id, period)
SEMI JOIN own_print ON print[1] = of_first.value AND print[2] = of_second.value
"""
_PAIRS = """
CREATE OR REPLACE TABLE copied_pair AS
WITH own AS (
    SELECT known_indicator.id AS indicator_id, known_group.id AS group_id,
        known_period.id AS period, start_date AS period_start, indicator, population_group,
        known_period.number AS period_number, print, fifth, sixth
    FROM own_print
    JOIN known_indicator ON known_indicator.number = indicator
    JOIN known_group ON known_group.number = population_group
    JOIN known_period ON known_period.number = own_print.period
),
known_print AS (
    SELECT indicator_id, group_id, period, period_start,
        list(value ORDER BY probed.area) FILTER (place <= $fewest) AS print,
        max(value) FILTER (place = $fewest + 1) AS fifth,
        max(value) FILTER (place = $fewest + 2) AS sixth
    FROM spor.current_observation
    SEMI JOIN alike_series USING (indicator_id, group_id, period)
    JOIN known_area ON known_area.id = area_id
    JOIN probed ON probed.area = known_area.number
    WHERE list_contains($areas::VARCHAR[], area_id)
        AND value IS NOT NULL AND NOT is_hidden AND status NOT IN ('at_least', 'at_most')
    GROUP BY indicator_id, group_id, period, period_start
    HAVING len(print) = $fewest
)
SELECT own.* EXCLUDE (print, fifth, sixth), varied_series.values_count,
    other.indicator_id AS other_indicator, other.group_id AS other_group,
    other.period AS other_period,
    other.period_start AS other_start, number_of_indicator, number_of_group, number_of_period
FROM own
JOIN varied_series ON varied_series.indicator = own.indicator
    AND varied_series.population_group = own.population_group
    AND varied_series.period = own.period_number
JOIN (
    SELECT *, NULL AS number_of_indicator, NULL AS number_of_group, NULL AS number_of_period
    FROM known_print
    UNION ALL BY NAME
    SELECT indicator_id, group_id, period, period_start, print, fifth, sixth,
        indicator AS number_of_indicator, population_group AS number_of_group,
        period_number AS number_of_period
    FROM own
) AS other ON other.print = own.print
    -- Few of these are looked at by chance where two areas more, if both have them, are alike, too.
    AND coalesce(other.fifth = own.fifth, true) AND coalesce(other.sixth = own.sixth, true) AND (
    (other.indicator_id, other.group_id, other.period_start)
        <> (own.indicator_id, own.group_id, own.period_start)
)
-- Where all periods are alike each is like all others: the likeliest say enough.
QUALIFY row_number() OVER (
    PARTITION BY own.indicator, own.population_group, own.period_number
    ORDER BY other_indicator <> own.indicator_id, other_group <> own.group_id, other_start DESC,
        other_indicator, other_group
) <= $candidates
"""
# Of all figures only those of the series that are compared: so no plan can join all with all.
_COPIED = """
WITH compared AS (
    SELECT indicator, population_group, period_number AS period FROM copied_pair
    UNION
    SELECT number_of_indicator, number_of_group, number_of_period FROM copied_pair
    WHERE number_of_indicator IS NOT NULL
),
own_figures AS MATERIALIZED (
    SELECT indicator, population_group, period, area, value, key FROM valid
    SEMI JOIN compared USING (indicator, population_group, period)
    WHERE value IS NOT NULL AND status NOT IN ('at_least', 'at_most')
),
known AS MATERIALIZED (
    SELECT indicator_id, group_id, period, known_area.number AS area, value
    FROM spor.current_observation
    JOIN known_area ON known_area.id = area_id
    SEMI JOIN (
        SELECT other_indicator AS indicator_id, other_group AS group_id, other_period AS period
        FROM copied_pair WHERE number_of_indicator IS NULL
    ) USING (indicator_id, group_id, period)
    WHERE value IS NOT NULL AND NOT is_hidden AND status NOT IN ('at_least', 'at_most')
),
beside AS (
    SELECT copied_pair.*, own_figures.key, own_figures.value, known.value AS other_value
    FROM copied_pair
    JOIN own_figures ON own_figures.indicator = copied_pair.indicator
        AND own_figures.population_group = copied_pair.population_group
        AND own_figures.period = copied_pair.period_number
    JOIN known ON known.indicator_id = other_indicator AND known.group_id = other_group
        AND known.period = copied_pair.other_period AND known.area = own_figures.area
    WHERE number_of_indicator IS NULL
    UNION ALL
    SELECT copied_pair.*, own_figures.key, own_figures.value, other.value AS other_value
    FROM copied_pair
    JOIN own_figures ON own_figures.indicator = copied_pair.indicator
        AND own_figures.population_group = copied_pair.population_group
        AND own_figures.period = copied_pair.period_number
    JOIN own_figures AS other ON other.indicator = number_of_indicator
        AND other.population_group = number_of_group AND other.period = number_of_period
        AND other.area = own_figures.area
),
copied AS (
    SELECT beside.* EXCLUDE (key, value, other_value), count(*) AS areas
    FROM beside
    LEFT JOIN (SELECT key, value AS published_value FROM published) USING (key)
    GROUP BY ALL
    HAVING bool_and(value = other_value) AND 2 * count(*) >= any_value(values_count)
        AND NOT bool_and(value IS NOT DISTINCT FROM published_value)
)
SELECT DISTINCT ON (period_start, indicator_id, group_id, period) indicator_id, group_id, period,
    areas, other_indicator, other_group, other_period
FROM copied
ORDER BY period_start, indicator_id, group_id, period, other_indicator <> indicator_id,
    other_group <> group_id, other_start DESC
"""
