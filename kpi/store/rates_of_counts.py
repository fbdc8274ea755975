"""Percentages and means that never say of how many they are, beside counts that they may be of.

Where no two numbers of others have such a percentage for their quotient, one alone may imply it: of
20 persons 15,0 % are three, and three are 15,0 % of 20 only. Readers know by its name what a share
is of. So it is taken to be of each count of others that it fits wherever both stand, and to count
those whom another counts: nobody has to see it twice. A mean is taken to be of a count of which it
has whole sums where that is hardly chance: 7,33 of three persons are 22.
"""

import duckdb

from kpi.store.rates_of_rates import keep_rates_of_rates
from kpi.store.rates_within_counts import keep_rates_within_counts


def keep_rates_of_counts(connection: duckdb.DuckDBPyConnection) -> None:
    """Adds what such a rate may be of, and how many have it, to `known_denominator`.

    And the counts of places at which it has no row to `count_without_rate`. Expects `bare_rate`,
    `beside_rate` and `quotient` of rates_of_others.py.
    """
    connection.execute(_FITTING)
    connection.execute(_FITTING_OTHERS)
    keep_rates_within_counts(connection)
    if connection.execute(_CHOSEN).fetchone() != (0,):
        connection.execute(_KEEP)
        connection.execute(_WITHOUT_ROW)
    connection.execute(_PUBLISHED_FIT)
    keep_rates_of_rates(connection)
    connection.execute(_END)


# A share of so many is a number of whole persons, and those who have it, or lack it, are a share of
# whole persons; a mean of so many has a whole sum. By chance it is so as often as fractions of as
# many lie between its roundings.
_FITTING = """
CREATE OR REPLACE TEMP TABLE fitting AS
WITH way AS (
    FROM (VALUES ('every'), ('having'), ('lacking')) AS way(way)
),
compared AS (
    SELECT bare_rate.*, other_id, name, way, number,
        if(way = 'lacking', 1 - rate, rate) AS its_rate,
        if(way = 'every', greatest(ceil((rate - rounding) * number - 1e-6), 0),
            ceil(number / least(its_rate + rounding, 1) - 1e-6)) AS least,
        CASE WHEN way = 'every'
            THEN least(floor((rate + rounding) * number + 1e-6), if(is_share, number, 1e9))
            WHEN its_rate > rounding THEN floor(number / (its_rate - rounding) + 1e-6)
            ELSE 1e9 END AS most,
        if(way = 'every', number, least) AS of_all
    FROM bare_rate
    JOIN beside_rate USING (area_id, group_id, period)
    CROSS JOIN way
    WHERE (is_share OR (is_mean AND way = 'every')) AND other_id <> indicator_id
        AND its_rounding = 0 AND name <> 'amount'
        AND number >= if(way = 'every', 1, 0)
        AND indicator_id NOT IN (SELECT indicator_id FROM quotient)
        AND indicator_id NOT IN (
            SELECT indicator_id FROM declared_count
            WHERE declared_count.name = 'denominator' AND NOT is_by_name
        )
)
SELECT *, if(way <> 'every' AND number = 0, its_rate <= rounding, least <= most) AS fits,
    CASE WHEN number = 0 THEN 1
        ELSE least(2 * rounding * of_all * if(way = 'every', 1, of_all / number), 1)
    END AS chance
FROM compared
"""

# Of several those that fit least by chance; of those that any number would fit the one that fits
# at most places and, of as many, the smallest: a row of another indicator must not take the place
# of the count that tells a few persons. Where a number was corrected, with any of its key's: a
# percentage of before is not of the number of today. Rounded: rows are summed in any order, and two
# that fit equally well are to be taken in that of their names.
_FITTING_OTHERS = """
CREATE OR REPLACE TEMP TABLE fitting_others AS
WITH by_rate AS (
    SELECT indicator_id, is_share, other_id, name, way, area_id, group_id, period, rate,
        bool_or(fits) AS fits, max(number) FILTER (fits) AS number,
        max(chance) FILTER (fits) AS chance
    FROM fitting
    WHERE is_exact
    GROUP BY ALL
)
SELECT indicator_id, other_id, name, way, round(-sum(ln(chance)) FILTER (fits), 6) AS weight,
    count(*) FILTER (fits) AS places, min(number) FILTER (fits) AS smallest
FROM by_rate
GROUP BY indicator_id, other_id, name, way
HAVING count(*) FILTER (fits) >= 0.9 * count(*) AND count(*) FILTER (fits AND number > 0) > 0
    -- Of many any mean has a whole sum: it is of them where chance has it once in twenty times.
    AND (bool_and(is_share) OR weight >= 3)
"""
_CHOSEN = """
INSERT INTO rate_fits
SELECT indicator_id, false,
    CASE way WHEN 'every' THEN 'denominator' WHEN 'having' THEN 'numerator' ELSE 'remainder' END,
    other_id, name, weight
FROM fitting_others
SEMI JOIN (FROM bare_rate WHERE is_share) AS share USING (indicator_id);
CREATE OR REPLACE TEMP TABLE chosen AS
FROM fitting_others
QUALIFY row_number() OVER (
    PARTITION BY indicator_id, way = 'every'
    ORDER BY weight DESC, places DESC, smallest, other_id, name, way
) = 1;
SELECT count(*) FROM chosen
"""

# Those who have it are of the count that is chosen, if they are so many of it.
_KEEP = """
CREATE OR REPLACE TEMP TABLE known_denominator AS
WITH fits_best AS (
    FROM fitting SEMI JOIN chosen USING (indicator_id, other_id, name, way) WHERE fits
),
by_key AS (
    SELECT indicator_id, area_id, group_id, period, any_value(rate) AS rate,
        max(rounding) AS rounding, min(number) FILTER (way = 'every') AS every,
        min(of_all) FILTER (way <> 'every') AS of_those,
        min(number) FILTER (way <> 'every') AS those,
        bool_or(way = 'lacking') AS is_of_lacking
    FROM fits_best
    GROUP BY ALL
),
weighed AS (
    SELECT indicator_id, coalesce(max(weight) FILTER (way = 'every'), -1) AS of_every,
        coalesce(max(weight) FILTER (way <> 'every'), -1) AS of_having
    FROM chosen
    GROUP BY ALL
),
of_counts AS (
    SELECT by_key.*, if(is_of_lacking, 1 - rate, rate) AS its_rate,
        coalesce(those <= every AND abs(those / every - its_rate) <= rounding + 1e-6, false)
            AS is_both,
        CASE WHEN is_both THEN every WHEN of_every >= of_having THEN coalesce(every, of_those)
            ELSE coalesce(of_those, every) END AS of_other,
        CASE WHEN NOT is_both AND (every IS NOT NULL AND of_every >= of_having) THEN NULL
            WHEN is_of_lacking THEN of_other - those ELSE those END AS those_of_other
    FROM by_key JOIN weighed USING (indicator_id)
)
SELECT indicator_id, area_id, group_id, period,
    coalesce(known.as_said, of_other) AS as_said, coalesce(known.of_key, of_other) AS of_key,
    coalesce(known.persons, if(coalesce(known.of_key, of_other) = of_other, those_of_other, NULL))
        AS persons
FROM known_denominator AS known
FULL JOIN (FROM of_counts WHERE of_other > 0)
    USING (indicator_id, area_id, group_id, period)
"""

# Where such a count is current and the percentage has no row, its groups and areas imply it still.
_WITHOUT_ROW = """
INSERT INTO count_without_rate
WITH counting AS (
    FROM chosen SEMI JOIN (FROM bare_rate WHERE is_share) AS share USING (indicator_id)
    WHERE way <> 'lacking'
    QUALIFY row_number() OVER (
        PARTITION BY indicator_id, other_id, name ORDER BY weight DESC, way
    ) = 1
),
said AS (
    SELECT indicator_id AS other_id, area_id, group_id, period, source_id, batch_id, removed,
        unnest(['value', 'numerator', 'denominator', 'remainder']) AS name,
        unnest([
            if(kind = 'count', value, NULL), if(kind = 'proportion', numerator, NULL), denominator,
            if(kind = 'proportion', denominator - numerator, NULL)
        ]) AS number
    FROM counted_row AS observation
    WHERE indicator_id IN (SELECT other_id FROM counting)
        AND status NOT IN ('at_least', 'at_most', 'range', 'approximate')
)
SELECT indicator_id, area_id, group_id, period, source_id, batch_id, removed,
    max(number) FILTER (way = 'every'), max(number) FILTER (way = 'having')
FROM said
JOIN counting USING (other_id, name)
ANTI JOIN bare_rate USING (indicator_id, area_id, group_id, period)
WHERE number IS NOT NULL
GROUP BY ALL
"""
_PUBLISHED_FIT = """
CREATE OR REPLACE TEMP TABLE published_fit AS
SELECT indicator_id, weight FROM fitting_others WHERE way = 'every'
"""
_END = "DROP TABLE published_fit; DROP TABLE fitting; DROP TABLE chosen; DROP TABLE fitting_others"
