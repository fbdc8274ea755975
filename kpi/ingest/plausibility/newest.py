"""The newest new figures of each series beside the ones before: what mix-ups of series show in."""

import duckdb

# Of a larger file the earlier figures are the published ones alone.
_MOST_OWN = 200_000


def newest_figures(connection: duckdb.DuckDBPyConnection) -> int:
    """How many new figures have earlier ones to be compared with; if none, nothing more is made.

    Makes `newest_figure`, of the newest period of each indicator and group that is new.
    A row an area: record, indicator, population_group, area, level, period, value, denominator,
    `earlier_denominator`, and `earlier`,
    which is the published figure of the same key, or else that of the newest earlier period of the
    same kind that the indicator and group have, published or in the file; NULL where that has none.
    None across a break in the series.
    A period whose figures are all published is not new. Expects `share_of_period` (compared.py).

    `earlier_figure` is a row for each earlier figure of the same series, in periods of their kind:
    record (of the newest one), period, period_end, earlier.
    """
    connection.execute(_NEWEST_PERIOD)
    connection.execute(_PERIOD_BEFORE)
    connection.execute(_NEWEST_FIGURE)
    (count,) = connection.execute(_COUNT).fetchone() or (0,)
    if count:
        connection.execute(_HISTORY, {"are_few": _count(connection) <= _MOST_OWN})
    return int(count)


def _count(connection: duckdb.DuckDBPyConnection) -> int:
    """How many figures the file has."""
    rows = connection.execute("SELECT coalesce(sum(values_count), 0) FROM share_of_period")
    (count,) = rows.fetchone() or (0,)
    return int(count)


_NEWEST_PERIOD = """
CREATE TABLE newest_period AS
WITH newest AS (
    SELECT indicator, population_group, arg_max(share_of_period.period, end_date) AS period,
        max(end_date) AS end_date, arg_max(alike_as(kind, start_date, end_date), end_date) AS alike
    FROM share_of_period
    JOIN known_period ON known_period.number = share_of_period.period
    GROUP BY indicator, population_group
)
SELECT newest.*, side
FROM newest
JOIN known_period ON known_period.number = newest.period
LEFT JOIN series_side
    ON series_side.number = newest.indicator AND series_side.of_period = known_period.id
"""
# Of two that end on the same day the published one: a mix-up in the file may be in all its periods.
_PERIOD_BEFORE = """
CREATE TABLE period_before AS
WITH known AS (
    SELECT indicator_id, group_id, period, period_end,
        alike_as(kind, period_start, period_end) AS alike
    FROM spor.coverage JOIN spor.period USING (period)
),
earlier AS (
    SELECT newest_period.indicator, newest_period.population_group, known.period, period_end,
        NULL AS number
    FROM newest_period
    JOIN known_indicator ON known_indicator.number = newest_period.indicator
    JOIN known_group ON known_group.number = newest_period.population_group
    JOIN known ON known.indicator_id = known_indicator.id AND known.group_id = known_group.id
        AND known.alike = newest_period.alike AND known.period_end < newest_period.end_date
    LEFT JOIN series_side
        ON series_side.number = newest_period.indicator AND series_side.of_period = known.period
    WHERE newest_period.side IS NOT DISTINCT FROM series_side.side
    UNION ALL
    SELECT newest_period.indicator, newest_period.population_group, known_period.id,
        known_period.end_date, known_period.number
    FROM newest_period
    JOIN share_of_period USING (indicator, population_group)
    JOIN known_period ON known_period.number = share_of_period.period
    LEFT JOIN series_side ON series_side.number = newest_period.indicator
        AND series_side.of_period = known_period.id
    WHERE newest_period.side IS NOT DISTINCT FROM series_side.side
        AND known_period.end_date < newest_period.end_date
        AND alike_as(known_period.kind, start_date, known_period.end_date) = newest_period.alike
)
SELECT DISTINCT ON (indicator, population_group) *
FROM earlier
ORDER BY indicator, population_group, period_end DESC, number NULLS FIRST
"""
_NEWEST_FIGURE = """
CREATE TABLE newest_figure AS
WITH own AS (
    SELECT record, indicator, population_group, area, period, value, denominator, key
    FROM valid SEMI JOIN newest_period USING (indicator, population_group, period)
    WHERE value IS NOT NULL AND status NOT IN ('at_least', 'at_most')
),
same AS (
    FROM published
    WHERE value IS NOT NULL AND NOT is_hidden AND status NOT IN ('at_least', 'at_most')
),
published_before AS (
    SELECT indicator, population_group, known_area.number AS area, now.value, now.denominator
    FROM spor.current_observation AS now
    JOIN known_indicator ON known_indicator.id = now.indicator_id
    JOIN known_group ON known_group.id = now.group_id
    JOIN known_area ON known_area.id = now.area_id
    JOIN (FROM period_before WHERE number IS NULL) AS before
        ON before.indicator = known_indicator.number
        AND before.population_group = known_group.number AND before.period = now.period
    WHERE now.value IS NOT NULL AND NOT now.is_hidden
        AND now.status NOT IN ('at_least', 'at_most')
),
own_before AS (
    SELECT indicator, population_group, area, value, denominator
    FROM valid
    JOIN (SELECT * EXCLUDE (period) FROM period_before WHERE number IS NOT NULL) AS before
        USING (indicator, population_group)
    WHERE before.number = valid.period AND valid.value IS NOT NULL
        AND valid.status NOT IN ('at_least', 'at_most')
),
before AS (
    FROM published_before
    UNION ALL
    FROM own_before
),
beside AS (
    SELECT own.*, same.value AS published_value, coalesce(same.value, before.value) AS earlier,
        coalesce(same.denominator, before.denominator) AS earlier_denominator
    FROM own
    LEFT JOIN same USING (key)
    LEFT JOIN before USING (indicator, population_group, area)
),
moved AS (
    SELECT indicator, population_group FROM beside
    GROUP BY indicator, population_group
    HAVING NOT bool_and(value IS NOT DISTINCT FROM published_value)
)
SELECT beside.* EXCLUDE (key, published_value), level
FROM beside
SEMI JOIN moved USING (indicator, population_group)
JOIN known_area ON known_area.number = beside.area
"""
_COUNT = "SELECT count(*) FROM newest_figure WHERE earlier IS NOT NULL"
_HISTORY = """
CREATE TABLE earlier_figure AS
WITH newest AS (
    SELECT newest_figure.*, known_indicator.id AS indicator_id, known_group.id AS group_id,
        known_area.id AS area_id, alike, side, end_date
    FROM newest_figure
    JOIN newest_period USING (indicator, population_group)
    JOIN known_indicator ON known_indicator.number = newest_figure.indicator
    JOIN known_group ON known_group.number = newest_figure.population_group
    JOIN known_area ON known_area.number = newest_figure.area
    WHERE newest_figure.value <> 0
),
published_before AS (
    SELECT newest.record, now.period, now.period_end, now.value AS earlier
    FROM newest
    JOIN spor.current_observation AS now USING (indicator_id, group_id, area_id)
    LEFT JOIN series_side
        ON series_side.number = newest.indicator AND series_side.of_period = now.period
    WHERE newest.side IS NOT DISTINCT FROM series_side.side
        AND now.value IS NOT NULL AND NOT now.is_hidden AND now.period_end < newest.end_date
        AND alike_as(now.period_kind, now.period_start, now.period_end) = newest.alike
),
-- Of none where they are many.
few AS (FROM valid WHERE $are_few),
own_before AS (
    SELECT newest.record, known_period.id AS period, known_period.end_date AS period_end,
        few.value AS earlier
    FROM newest
    JOIN few ON few.indicator = newest.indicator AND few.area = newest.area
        AND few.population_group = newest.population_group
    JOIN known_period ON known_period.number = few.period
    LEFT JOIN series_side
        ON series_side.number = newest.indicator AND series_side.of_period = known_period.id
    WHERE newest.side IS NOT DISTINCT FROM series_side.side
        AND few.value IS NOT NULL AND known_period.end_date < newest.end_date
        AND alike_as(known_period.kind, start_date, known_period.end_date) = newest.alike
)
FROM published_before
UNION ALL
FROM own_before ANTI JOIN published_before USING (record, period)
"""
