"""Figures that are a hidden number and something that is the same for all areas, or in all years.

How many are lacking to a target, how far a share is from one of 80 %, or from the average of some
cities that has no row itself: of two areas, or two years, whoever sees that the figure and the
number leave the same knows the target, and the number.
"""

import duckdb


def keep_constant_beside(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes `constant_beside`: the places of figures that tell a hidden number so.

    What public figures disclose is added to `disclosed_by_public`. Seen by what is shown alone, in
    nine series or periods of ten, to so many digits that of all such comparisons none comes out by
    chance. Expects `newest`, `number` and `pair` (made_of_hidden.py).
    """
    connection.execute(_BESIDE)
    connection.execute(_TELLING)
    connection.execute("DROP TABLE beside_number; DROP TABLE same_constant")


_BESIDE = """
CREATE OR REPLACE TEMP TABLE beside_number AS
SELECT newest.*, indicator_id, name, is_hidden, way, sign, number,
    if(way = 'series', area_id, '') AS of_area, if(way = 'series', '', period) AS of_period,
    value + sign * number AS apart, rounding + number_rounding AS most_off
FROM newest
JOIN pair USING (made_id)
JOIN number USING (indicator_id, area_id, group_id, period)
CROSS JOIN (FROM (VALUES ('series'), ('areas')) AS ways(way)) AS ways
CROSS JOIN (FROM (VALUES (1), (-1)) AS signs(sign)) AS signs;

CREATE OR REPLACE TEMP TABLE same_constant AS
SELECT made_id, indicator_id, name, way, sign, of_area, group_id, of_period, count(*) AS places,
    max(apart - most_off) <= min(apart + most_off) + 1e-9 AS fits,
    (count(*) - 1) * log10(greatest(
        least(max(value) - min(value), max(number) - min(number)) / (2 * max(most_off)), 1
    )) AS digits
FROM beside_number
WHERE is_exact AND NOT is_hidden
GROUP BY ALL
"""
# By chance a figure leaves the same as another as seldom as they differ by more than rounding.
_TELLING = """
CREATE OR REPLACE TEMP TABLE constant_beside AS
WITH several AS (FROM same_constant WHERE places > 1),
by_form AS (
    SELECT made_id, indicator_id, name, way, sign, count(*) AS classes,
        count(*) FILTER (fits) AS fitting, coalesce(sum(digits) FILTER (fits), 0) AS digits
    FROM several
    GROUP BY ALL
),
chosen AS (
    FROM by_form
    WHERE fitting >= 0.9 * classes AND digits >= 3 + log10((SELECT count(*) FROM by_form))
)
SELECT DISTINCT made_id, area_id, group_id, period, indicator_id, is_own, is_exact
FROM beside_number
SEMI JOIN chosen USING (made_id, indicator_id, name, way, sign)
SEMI JOIN same_constant USING (
    made_id, indicator_id, name, way, sign, of_area, group_id, of_period
)
WHERE is_hidden;
INSERT INTO disclosed_by_public
SELECT DISTINCT indicator_id, area_id, group_id, period
FROM constant_beside
WHERE NOT is_own AND is_exact;
CREATE OR REPLACE TEMP TABLE constant_beside AS
SELECT DISTINCT made_id, area_id, group_id, period FROM constant_beside WHERE is_own
"""
