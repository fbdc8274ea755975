"""Percentages and means that never say of how many they are, beside counts that they follow from.

Nothing says that a share is of the persons of one indicator and counts those of another. Whoever
sees that it is their quotient wherever all three are shown knows it: 15 % of 20 are three.
"""

import duckdb

from kpi.store.rates_of_counts import keep_rates_of_counts


def keep_rates_of_others(connection: duckdb.DuckDBPyConnection) -> None:
    """Adds what such a rate is of, and how many have it, to `known_denominator`.

    And the counts that it is of at places where it has no row itself to `count_without_rate`; which
    numbers of others fit, to `rate_fits`.
    """
    connection.execute(_NO_COUNTS)
    if connection.execute(_MAY_BE_BARE).fetchone() == (False,):
        return
    if connection.execute(_BARE_RATES).fetchone() == (0,):
        return
    connection.execute(_PERIODS)
    connection.execute(_BESIDE)
    connection.execute(_LIKELY)
    # To plan all that takes longer than most publications have, so it is not asked of none.
    if connection.table("likely").limit(1).fetchone() is None:
        connection.execute(_NO_QUOTIENTS)
    else:
        connection.execute(_QUOTIENTS)
        connection.execute(_KEEP)
        connection.execute(_FITS)
    keep_rates_of_counts(connection)
    connection.execute(_END)


_NO_COUNTS = """
CREATE OR REPLACE TEMP TABLE count_without_rate (
    indicator_id VARCHAR, area_id VARCHAR, group_id VARCHAR, period VARCHAR, source_id VARCHAR,
    batch_id INTEGER, removed BOOLEAN, of_all DOUBLE, persons DOUBLE
);
-- Which of its numbers fits which number of another, for certain or perhaps.
CREATE OR REPLACE TEMP TABLE rate_fits (
    indicator_id VARCHAR, is_sure BOOLEAN, name VARCHAR, other_id VARCHAR, other_name VARCHAR,
    weight DOUBLE
)
"""
# Asked of the publications first: to go through their rows takes long.
_MAY_BE_BARE = """
SELECT count(*) > 0
FROM published_by
JOIN counted_kind USING (indicator_id, batch_id)
JOIN strictest_limit USING (source_id, batch_id)
WHERE has_any_alone AND min_cell > 0 AND kind <> 'count'
"""
# Limits are a number that is rounded as far as they lie apart: they show of nothing what it is of
# (`is_exact`), but between 4,9 and 5,1 % of 60 are three, where it is known to be of them.
_BARE_RATES = """
CREATE OR REPLACE TEMP TABLE bare_rate AS
WITH limited AS (
    SELECT *, status IN ('at_least', 'at_most', 'range') AS is_bound, coalesce(low, 0) AS least,
        coalesce(high, if(kind = 'proportion', 100, NULL)) AS most
    FROM counted_row
),
said AS (
    SELECT indicator_id, area_id, group_id, period, kind, decimals,
        NOT is_bound AND status <> 'approximate' AS is_exact,
        if(is_bound, (least + most) / 2, value) AS value,
        if(is_bound, (most - least) / 2, step_of(decimals)) AS rounding
    FROM limited AS observation
    JOIN strictest_limit USING (source_id, batch_id)
    SEMI JOIN (FROM published_by WHERE has_any_alone) AS published USING (indicator_id, batch_id)
    WHERE kind <> 'count' AND min_cell > 0 AND NOT removed
        AND numerator IS NULL AND denominator IS NULL
)
SELECT indicator_id, area_id, group_id, period, value / if(kind = 'proportion', 100, 1) AS rate,
    rounding / if(kind = 'proportion', 100, 1) AS rounding,
    -- Of 15.100 kr. four digits are given before the decimals, of a percentage two.
    coalesce(decimals, 1)
        + if(kind = 'proportion' OR value < 100, 0, floor(log10(value)) - 1) AS decimals,
    kind = 'proportion' AS is_share, is_mean(kind) AS is_mean, is_exact
FROM said
WHERE value >= if(kind = 'proportion', 0, 1e-9);
SELECT count(*) FROM bare_rate WHERE is_exact
"""

# As a list the few periods of such rates are looked for among the distinct texts where rows are
# read, before a million of them are joined with anything.
_PERIODS = """
SET VARIABLE periods_of_rates = (SELECT list(DISTINCT period) FROM bare_rate)
"""
# All that others say of the same keys, and by how much it may be rounded.
_BESIDE = """
CREATE OR REPLACE TEMP TABLE beside_rate AS
WITH published_row AS (
    SELECT indicator_id AS other_id, area_id, group_id, period, kind, value, denominator, decimals,
        coalesce(
            numerator, if(kind = 'proportion', round(value * denominator / 100), NULL)
        ) AS having_it,
        if(kind = 'proportion' AND numerator IS NULL, step_of(decimals) * denominator / 100, 0)
            AS its_rounding
    FROM counted_row AS observation
    SEMI JOIN bare_rate USING (area_id, group_id, period)
    WHERE list_contains(getvariable('periods_of_rates'), period) AND NOT removed
        AND status NOT IN ('at_least', 'at_most', 'range', 'approximate')
),
each AS (
    SELECT other_id, area_id, group_id, period, unnest(['value', 'denominator']) AS name,
        unnest([if(kind = 'count', value, NULL), denominator]) AS number, 0 AS its_rounding
    FROM published_row
    UNION
    SELECT other_id, area_id, group_id, period, unnest(['numerator', 'remainder']),
        unnest([having_it, if(kind = 'proportion', denominator - having_it, NULL)]), its_rounding
    FROM published_row
    UNION
    -- A mean is of these and of a count: 45.300 kr. in all are 15.100 each of three.
    SELECT other_id, area_id, group_id, period, 'amount', value, step_of(decimals)
    FROM published_row WHERE kind = 'amount' AND value > 0
)
FROM each WHERE number IS NOT NULL
"""

# By chance a rate with one decimal is a quotient of two numbers at two places in a million. What is
# compared with those who have something is all of them, or those who lack it (`of_both`).
_COMPARED = """
SELECT bare_rate.*, having_it.other_id AS having_id, having_it.name AS having_name,
    every.other_id AS every_id, every.name AS every_name, way.of_lacking, way.of_both,
    every.number + if(way.of_both, having_it.number, 0) AS of_all,
    if(way.of_lacking, 1 - rate, rate) * of_all AS persons,
    rounding * of_all + having_it.its_rounding AS most_off,
    abs(persons - having_it.number) <= most_off + 1e-6 AS fits,
    persons >= 10 AND having_it.number <> of_all AND most_off <= persons / 20 AS is_evidence
FROM bare_rate
JOIN beside_rate AS every USING (area_id, group_id, period)
JOIN beside_rate AS having_it USING (area_id, group_id, period)
JOIN (VALUES (false, false), (true, false), (false, true)) AS way(of_lacking, of_both)
    ON (is_share OR NOT (way.of_lacking OR way.of_both))
    AND every.name <> 'amount' AND NOT (is_share AND having_it.name = 'amount')
"""
# At a few places, those of which most is said, any two of others are compared.
_LIKELY = f"""
CREATE OR REPLACE TEMP TABLE likely AS
WITH place AS (
    SELECT indicator_id, area_id, group_id, period
    FROM bare_rate JOIN beside_rate USING (area_id, group_id, period)
    WHERE other_id <> indicator_id
    GROUP BY indicator_id, area_id, group_id, period
    HAVING count(*) FILTER (number >= 10) > 1
    QUALIFY row_number() OVER (
        PARTITION BY indicator_id ORDER BY count(*) DESC, hash(area_id, group_id, period)
    ) <= 10
),
compared AS (
    {_COMPARED} SEMI JOIN place USING (indicator_id, area_id, group_id, period)
    WHERE every.other_id <> indicator_id AND having_it.other_id <> indicator_id
        AND (every.other_id <> having_it.other_id OR every.name <> having_it.name)
        AND every.number > 0
)
SELECT DISTINCT indicator_id, having_id, having_name, every_id, every_name, of_lacking, of_both
FROM compared WHERE is_exact AND fits AND is_evidence
"""  # noqa: S608
_NO_QUOTIENTS = """
CREATE OR REPLACE TEMP TABLE quotient (
    indicator_id VARCHAR, having_id VARCHAR, having_name VARCHAR, every_id VARCHAR,
    every_name VARCHAR, of_lacking BOOLEAN, of_both BOOLEAN
)
"""
_QUOTIENTS = f"""
CREATE OR REPLACE TEMP TABLE quotient AS
WITH compared AS (
    {_COMPARED} JOIN likely ON likely.indicator_id = bare_rate.indicator_id
        AND likely.of_lacking = way.of_lacking AND likely.of_both = way.of_both
        AND likely.every_id = every.other_id AND likely.every_name = every.name
        AND likely.having_id = having_it.other_id AND likely.having_name = having_it.name
    WHERE every.number > 0 AND is_exact
),
-- Where a number was corrected, with any of its key's.
by_rate AS (
    SELECT indicator_id, having_id, having_name, every_id, every_name, of_lacking, of_both,
        area_id, group_id, period, rate, is_mean, max(decimals) AS decimals, bool_or(fits) AS fits,
        bool_or(fits AND is_evidence) AS is_evidence,
        max(least(2 * most_off / persons, 1)) FILTER (fits AND persons > 0) AS chance
    FROM compared
    GROUP BY ALL
)
SELECT indicator_id, having_id, having_name, every_id, every_name, of_lacking, of_both
FROM by_rate
GROUP BY indicator_id, having_id, having_name, every_id, every_name, of_lacking, of_both
HAVING count(*) FILTER (fits) >= 0.9 * count(*) AND (
    coalesce(sum(decimals + 2) FILTER (fits AND is_evidence), 0) >= 6
    -- A mean of few places, where chance has it once in a hundred times.
    OR (bool_and(is_mean AND fits) AND coalesce(-sum(ln(chance)), 0) >= 4.6)
)
"""  # noqa: S608

_KEEP = """
CREATE OR REPLACE TEMP TABLE known_denominator AS
WITH of_others AS (
    SELECT bare_rate.indicator_id, bare_rate.area_id, bare_rate.group_id, bare_rate.period,
        min(every.number + if(of_both, having_it.number, 0)) AS of_other,
        arg_min(
            if(of_lacking, every.number - having_it.number, having_it.number),
            every.number + if(of_both, having_it.number, 0)
        ) FILTER (having_it.its_rounding = 0) AS persons
    FROM quotient
    JOIN bare_rate USING (indicator_id)
    JOIN beside_rate AS every ON every.other_id = every_id AND every.name = every_name
        AND every.area_id = bare_rate.area_id AND every.group_id = bare_rate.group_id
        AND every.period = bare_rate.period
    LEFT JOIN beside_rate AS having_it
        ON having_it.other_id = having_id AND having_it.name = having_name
        AND having_it.area_id = bare_rate.area_id AND having_it.group_id = bare_rate.group_id
        AND having_it.period = bare_rate.period
    WHERE every.number > 0 AND (having_it.number IS NOT NULL OR NOT of_both)
    GROUP BY ALL
)
SELECT indicator_id, area_id, group_id, period, coalesce(as_said, of_other) AS as_said,
    coalesce(of_key, of_other) AS of_key,
    coalesce(
        known_denominator.persons,
        if(coalesce(of_key, of_other) = of_other, of_others.persons, NULL)
    ) AS persons
FROM known_denominator FULL JOIN of_others USING (indicator_id, area_id, group_id, period)
"""
_FITS = """
INSERT INTO rate_fits
SELECT DISTINCT indicator_id, true, if(of_lacking, 'remainder', 'numerator'), having_id,
    having_name, 0
FROM quotient WHERE having_name <> 'amount'
UNION
SELECT DISTINCT indicator_id, true, if(of_both, 'remainder', 'denominator'), every_id, every_name, 0
FROM quotient
"""
_END = """
DROP TABLE bare_rate; DROP TABLE beside_rate; DROP TABLE likely; DROP TABLE quotient
"""
