"""Percentages and means of those whom another percentage counts: 10,0 % of the 50,0 % of 60.

Neither says its counts, and no indicator counts those 30. Readers know by its name what a share is
of; here it is taken to be of them where it fits them everywhere, and no number that is published or
such a one by far more chance.
"""

import duckdb


def keep_rates_of_rates(connection: duckdb.DuckDBPyConnection) -> None:
    """Puts such numbers in place of those in `known_denominator`, and adds them to `rate_fits`.

    Expects `bare_rate` and `beside_rate` of rates_of_others.py, and what rates_of_counts.py keeps.
    """
    if connection.execute(_HAVING).fetchone() != (0,):
        connection.execute(_OF_RATES)
        connection.execute(_KEEP)
        connection.execute("DROP TABLE of_rates")
    connection.execute("DROP TABLE implied_having")


# How many have what a percentage says, and by how much that may be rounded.
_HAVING = """
CREATE OR REPLACE TEMP TABLE implied_having AS
WITH each AS (
    SELECT indicator_id AS other_id, area_id, group_id, period, rate * as_said AS number,
        rounding * as_said AS its_rounding
    FROM bare_rate
    JOIN known_denominator USING (indicator_id, area_id, group_id, period)
    WHERE is_share AND is_exact AND as_said > 0
    UNION
    SELECT other_id, area_id, group_id, period, number, its_rounding
    FROM beside_rate WHERE name = 'numerator' AND its_rounding > 0
)
SELECT other_id, area_id, group_id, period, round(max(number)) AS number,
    if(max(its_rounding) < 0.5, 0, max(its_rounding)) AS its_rounding
FROM each
WHERE its_rounding <= number / 20 AND number >= 0.5
GROUP BY other_id, area_id, group_id, period
HAVING max(number) - min(number) < 0.5;
SELECT count(*) FROM implied_having
"""

# A chance of one in twenty, beside that of the number that it would else be of, and not by one
# place alone; of none and all nothing is seen. Where no number that is published fits it, these do.
_OF_RATES = """
CREATE OR REPLACE TEMP TABLE of_rates AS
WITH compared AS (
    SELECT indicator_id, other_id, area_id, group_id, period, number, is_share, rate,
        ceil((rate - rounding) * (number - its_rounding) - 1e-6)
            <= floor((rate + rounding) * (number + its_rounding) + 1e-6) AS fits,
        least(2 * (rounding * number + rate * its_rounding), 1) AS chance
    FROM bare_rate
    JOIN implied_having USING (area_id, group_id, period)
    WHERE (is_share OR is_mean) AND is_exact AND other_id <> indicator_id
        AND indicator_id NOT IN (SELECT indicator_id FROM quotient)
        AND indicator_id NOT IN (
            SELECT indicator_id FROM declared_count WHERE name = 'denominator' AND NOT is_by_name
        )
),
weighed AS (
    SELECT indicator_id, other_id, any_value(is_share) AS is_share,
        round(-sum(ln(chance)) FILTER (fits), 6) AS weight,
        count(DISTINCT rate) FILTER (fits AND rate > 0 AND rate < 1) AS rates
    FROM compared
    GROUP BY indicator_id, other_id
    HAVING count(*) FILTER (fits) >= 0.9 * count(*)
),
of_counts AS (
    SELECT indicator_id, max(weight) AS of_count FROM published_fit GROUP BY indicator_id
),
best AS (
    FROM weighed LEFT JOIN of_counts USING (indicator_id)
    WHERE rates > 0 AND (of_count IS NULL OR (rates > 1 AND weight >= of_count + 3))
    QUALIFY row_number() OVER (PARTITION BY indicator_id ORDER BY weight DESC, other_id) = 1
)
SELECT indicator_id, area_id, group_id, period, other_id, best.is_share, weight, number
FROM best JOIN compared USING (indicator_id, other_id)
WHERE fits
"""
_KEEP = """
CREATE OR REPLACE TEMP TABLE known_denominator AS
SELECT indicator_id, area_id, group_id, period, coalesce(number, as_said) AS as_said,
    coalesce(number, of_key) AS of_key, if(number IS NULL, persons, NULL) AS persons
FROM known_denominator
FULL JOIN of_rates USING (indicator_id, area_id, group_id, period);
INSERT INTO rate_fits
SELECT DISTINCT indicator_id, false, 'denominator', other_id, 'numerator', weight
FROM of_rates WHERE is_share
"""
