"""First figures of series beside those of other areas: what is usual where a figure has no past.

The others are the areas of the same level in the same period, in the file and published. Where
these are fewer than three, they are the areas by their newest figures, if more have one. The other
groups of the area itself are beside it, too.
"""

import duckdb

# Fewer others in the same period, and those of other periods are looked at, too.
_FEWEST_OTHERS = 3
# A figure within so many times the others' lowest and highest is as far from none of them.
_LEAST_BEYOND = 2.0
# A later figure is evidence of a wrong digit at any distance, but a series that is filled in
# backwards may well have begun elsewhere.
MOST_DAYS_UNTIL = 3 * 366


def beside_areas(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes `first_figure` and `far_first`.

    `first_figure` is a row for each figure that has no known one of its own series near it: record,
    indicator, population_group, area, period, value, level, side. `far_first` is a row for each of
    them that is outside of what the others have: record, indicator, `low` and `high` of the others,
    their `middle` (with the figure itself), `others` (how many) and `place`: 'period' (areas in the
    same period), 'newest' (areas by their newest figures), 'groups' (the area's other groups).
    """
    connection.execute(_FIRST_FIGURE, {"most_days": MOST_DAYS_UNTIL})
    connection.execute(_FIRST_IN_PERIOD)
    limits = {"beyond": _LEAST_BEYOND, "fewest": _FEWEST_OTHERS}
    connection.execute(_FAR_FIRST, limits)
    # All periods are read for those that stand alone.
    if connection.execute(_HAS_LONE, {"fewest": _FEWEST_OTHERS}).fetchone():
        connection.execute(_FAR_LONE, limits)


_FIRST_FIGURE = """
CREATE TABLE first_figure AS
SELECT noted.record, noted.indicator, noted.population_group, noted.area, noted.period, noted.value,
    level, coalesce(side, '') AS side
FROM noted
LEFT JOIN beside_far ON beside_far.record = noted.record AND beside_far.indicator = noted.indicator
JOIN known_area ON known_area.number = noted.area
JOIN known_period ON known_period.number = noted.period
LEFT JOIN series_side
    ON series_side.number = noted.indicator AND series_side.of_period = known_period.id
WHERE noted.earlier IS NULL AND noted.value >= 0
    AND (beside_far.record IS NULL OR beside_far.until > $most_days)
"""

# Of each cell the lowest and highest two, so that a figure can be left out of its own company.
_FIRST_IN_PERIOD = """
CREATE TABLE first_in_period AS
WITH cell AS (
    SELECT DISTINCT indicator, population_group, period, known_indicator.id AS indicator_id,
        known_group.id AS group_id, known_period.id AS period_id
    FROM first_figure
    JOIN known_indicator ON known_indicator.number = indicator
    JOIN known_group ON known_group.number = population_group
    JOIN known_period ON known_period.number = period
),
own AS (
    SELECT valid.indicator, valid.population_group, valid.period, valid.area, valid.value
    FROM valid SEMI JOIN cell USING (indicator, population_group, period)
    WHERE valid.value IS NOT NULL AND valid.status NOT IN ('at_least', 'at_most')
),
peer AS (
    FROM own
    UNION ALL
    SELECT cell.indicator, cell.population_group, cell.period, known_area.number, now.value
    FROM spor.current_observation AS now
    JOIN cell ON cell.indicator_id = now.indicator_id AND cell.group_id = now.group_id
        AND cell.period_id = now.period
    JOIN known_area ON known_area.id = now.area_id
    ANTI JOIN own ON own.indicator = cell.indicator AND own.area = known_area.number
        AND own.population_group = cell.population_group AND own.period = cell.period
    WHERE now.value IS NOT NULL AND now.status NOT IN ('at_least', 'at_most')
),
usual AS (
    SELECT indicator, population_group, period, level, median(value) AS middle,
        min(value, 2) AS lows, max(value, 2) AS highs, count(*) AS areas
    FROM peer JOIN known_area ON known_area.number = peer.area
    GROUP BY indicator, population_group, period, level
)
SELECT record, first_figure.indicator, value, middle, areas - 1 AS others,
    if(value = lows[1], lows[2], lows[1]) AS low,
    if(value = highs[1], highs[2], highs[1]) AS high
FROM first_figure JOIN usual USING (indicator, population_group, period, level)
"""
_FAR_FIRST = """
CREATE TABLE far_first AS
SELECT record, indicator, low, high, middle, others, 'period' AS place
FROM first_in_period
WHERE others >= $fewest AND (value * $beyond <= low OR value >= high * $beyond)
"""
_HAS_LONE = "SELECT 1 FROM first_in_period WHERE others < $fewest LIMIT 1"
_FAR_LONE = """
INSERT INTO far_first BY NAME
WITH lone AS (
    SELECT first_figure.*, known_indicator.id AS indicator_id
    FROM first_figure
    JOIN first_in_period USING (record, indicator)
    JOIN known_indicator ON known_indicator.number = indicator
    WHERE others < $fewest
),
-- The country has no area beside it, only its own groups.
beside_it AS (
    SELECT DISTINCT lone.indicator, lone.indicator_id, level, known_area.number AS area,
        known_area.id AS area_id
    FROM lone JOIN known_area USING (level)
),
newest AS (
    SELECT indicator, population_group, area, level, side, value
    FROM (
        SELECT valid.indicator, valid.population_group, valid.area, level,
            coalesce(series_side.side, '') AS side, valid.value, end_date
        FROM valid
        JOIN beside_it USING (indicator, area)
        JOIN known_period ON known_period.number = valid.period
        LEFT JOIN series_side
            ON series_side.number = valid.indicator AND series_side.of_period = known_period.id
        WHERE valid.value IS NOT NULL AND valid.status NOT IN ('at_least', 'at_most')
        UNION ALL
        SELECT beside_it.indicator, known_group.number, beside_it.area, level,
            coalesce(series_side.side, ''), now.value, now.period_end
        FROM spor.current_observation AS now
        JOIN beside_it USING (indicator_id, area_id)
        JOIN known_group ON known_group.id = now.group_id
        LEFT JOIN series_side
            ON series_side.number = beside_it.indicator AND series_side.of_period = now.period
        WHERE now.value IS NOT NULL AND now.status NOT IN ('at_least', 'at_most')
    )
    QUALIFY row_number() OVER (
        PARTITION BY indicator, population_group, area, side ORDER BY end_date DESC
    ) = 1
),
beside AS (
    SELECT lone.record, lone.indicator, lone.value, 'newest' AS place,
        count(*) AS others, min(newest.value) AS low, max(newest.value) AS high,
        median(newest.value) AS middle
    FROM lone JOIN newest USING (indicator, population_group, level, side)
    WHERE newest.area <> lone.area
    GROUP BY ALL
    UNION ALL
    SELECT lone.record, lone.indicator, lone.value, 'groups',
        count(*), min(newest.value), max(newest.value), median(newest.value)
    FROM lone JOIN newest USING (indicator, area, side)
    WHERE newest.population_group <> lone.population_group
    GROUP BY ALL
),
-- The more there are of them, the better they tell what is usual.
company AS (
    FROM (
        SELECT record, indicator, value, 'period' AS place, others, low, high, middle
        FROM first_in_period
        WHERE others BETWEEN 1 AND $fewest - 1
        UNION ALL
        FROM beside
    )
    QUALIFY row_number() OVER (
        PARTITION BY record, indicator, place = 'groups' ORDER BY others DESC, place DESC
    ) = 1
)
SELECT record, indicator, low, high, middle, others, place
FROM company
WHERE value * $beyond <= low OR value >= high * $beyond
"""
