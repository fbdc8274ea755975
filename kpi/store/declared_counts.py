"""Shares and means whose metadata say whom they are of, and who has it: nothing has to be seen.

`denominator_id` and `numerator_id` of an indicator name the ones that count all, and those who have
it (what all of a mean have together). A reader knows as much by their names. Where such a number
stands at a row's key the row is of it, of however few places. A rate per so many of which nothing
is declared is of the count that its own words name: per 1.000 inhabitants, of *Folketal*.
"""

import duckdb

from kpi.domain.whom import OF_NONE, Named, counts_named


def keep_declared(connection: duckdb.DuckDBPyConnection) -> bool:
    """Adds what is declared of rows without counts to `known_denominator`; whether anything is.

    `declared_count` has whom each indicator was ever said to be of. Expects `counted_row`,
    `known_denominator` and the macros.
    """
    connection.execute(_DECLARED, {"none": OF_NONE})
    if by_name := _by_name(connection):
        connection.executemany(_ADD_BY_NAME, by_name)
    if connection.table("declared_count").limit(1).fetchone() is None:
        return False
    connection.execute(_KEEP)
    return True


def _by_name(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Rates per so many of which nothing is declared, each with what counts those it names."""
    every = [
        Named(indicator_id, kind, unit, name, tuple(others.split(";")))
        for indicator_id, kind, unit, name, others in connection.execute(_NAMES).fetchall()
    ]
    declared = {each for (each,) in connection.execute(_ANY_DECLARED).fetchall()}
    return sorted(
        {
            (rate.indicator_id, count_id)
            for rate in every
            if rate.indicator_id not in declared
            for count_id in counts_named(rate, every)
        }
    )


def keep_declared_of_shares(connection: duckdb.DuckDBPyConnection) -> None:
    """Adds what is declared to be of those who have another share, once that is known.

    In two steps: a share of a share of a share. Whom declared shares count, to `rate_fits`; and the
    counts of places at which they have no row, to `count_without_rate`: what is left of a total is
    of what is left of all.
    """
    if connection.table("declared_count").limit(1).fetchone() is None:
        return
    for _ in range(2):
        connection.execute(_KEEP)
    connection.execute(_FITS)
    connection.execute(_WITHOUT_ROW)


def keep_declared_of_implied(connection: duckdb.DuckDBPyConnection) -> bool:
    """Adds what is of those who have another share by numbers that others leave; whether any is.

    Expects `known_denominator` with these (`keep_least`).
    """
    if connection.execute(_IS_ANY_OF_SHARES).fetchone() == (False,):
        return False
    connection.execute(_KEEP)
    connection.execute(_WITHOUT_ROW)
    return True


# What was ever said of an indicator, as people may have read it. The parts of a total that the same
# indicator counts are no numbers of its key: `is_divided`.
_DECLARED = """
CREATE OR REPLACE TEMP TABLE declared_count AS
WITH ever AS (
    SELECT indicator_id, numerator_id, denominator_id FROM indicator
    UNION
    SELECT indicator_id, numerator_id, denominator_id FROM indicator_row
)
SELECT DISTINCT indicator_id, name, other_id, is_divided, false AS is_by_name
FROM (
    SELECT indicator_id, unnest(['numerator', 'denominator']) AS name,
        unnest([numerator_id, denominator_id]) AS other_id,
        coalesce(numerator_id = denominator_id, false) AS is_divided
    FROM ever
)
WHERE other_id NOT IN ('', $none) AND other_id <> indicator_id
"""
_NAMES = """
SELECT indicator_id, kind, unit, coalesce(name, ''), coalesce(aliases, '') FROM indicator
UNION
SELECT indicator_id, kind, unit, coalesce(name, ''), coalesce(aliases, '') FROM indicator_row
"""
_ANY_DECLARED = "SELECT DISTINCT indicator_id FROM declared_count"
_ADD_BY_NAME = "INSERT INTO declared_count VALUES ($1, 'denominator', $2, false, true)"
# Where a number was corrected, any of its key's that fits; of several the smallest. One that does
# not fit is believed, too: else whoever declares a guess would see by what is hidden that it is
# right.
_KEEP = """
CREATE OR REPLACE TEMP TABLE known_denominator AS
WITH rate AS (
    SELECT indicator_id, area_id, group_id, period, kind = 'proportion' AS is_share,
        kind = 'amount' AS is_amount,
        coalesce(value, (low + high) / 2) / if(is_share, 100, 1) AS rate,
        step_of(decimals) / if(is_share, 100, 1) AS rounding
    FROM counted_row
    SEMI JOIN declared_count USING (indicator_id)
    WHERE NOT removed AND kind <> 'count' AND (numerator IS NULL OR denominator IS NULL)
),
said AS (
    SELECT declared_count.indicator_id, declared_count.name, is_by_name, observation.area_id,
        observation.group_id, observation.period,
        if(kind = 'count', value, coalesce(
            numerator, known.persons,
            round(value * coalesce(denominator, known.as_said, known.of_key) / 100)
        )) AS number
    FROM counted_row AS observation
    JOIN (FROM declared_count WHERE name = 'numerator' OR NOT is_divided) AS declared_count
        ON declared_count.other_id = observation.indicator_id
    LEFT JOIN known_denominator AS known
        ON known.indicator_id = observation.indicator_id AND known.area_id = observation.area_id
        AND known.group_id = observation.group_id AND known.period = observation.period
    WHERE NOT removed AND kind IN ('count', 'proportion')
        AND status NOT IN ('at_least', 'at_most', 'range', 'approximate')
),
denominator_said AS (
    FROM said WHERE name = 'denominator' AND number > 0
),
-- Of a year without it the number of the day nearest to its first: inhabitants are counted once.
nearest AS (
    SELECT rate.indicator_id, rate.area_id, rate.group_id, rate.period, arg_min(
            number, (abs(date_diff('day', its.start_date, own.start_date)), its.start_date, number)
        ) AS of_all
    FROM (SELECT DISTINCT indicator_id, area_id, group_id, period FROM rate) AS rate
    JOIN denominator_said AS other ON is_by_name AND other.indicator_id = rate.indicator_id
        AND other.area_id = rate.area_id AND other.group_id = rate.group_id
    JOIN period AS own ON own.period = rate.period
    JOIN period AS its ON its.period = other.period
    GROUP BY ALL
    HAVING NOT bool_or(other.period = rate.period)
),
every AS (
    SELECT DISTINCT * EXCLUDE (name, number, is_by_name), number AS of_all FROM denominator_said
    UNION ALL
    FROM nearest
),
having_it AS (
    SELECT DISTINCT * EXCLUDE (name, number, is_by_name), number AS persons
    FROM said WHERE name = 'numerator' AND number IS NOT NULL
),
of_both AS (
    SELECT rate.indicator_id, area_id, group_id, period, every.of_all, having_it.persons,
        coalesce(abs(having_it.persons - rate * every.of_all) <= rounding * every.of_all + 1e-6,
            false) AND NOT is_amount AS is_both,
        -- A mean may be of no whole sums, a share is of whole persons.
        every.of_all IS NOT NULL AND (NOT is_share OR ceil((rate - rounding) * every.of_all - 1e-6)
            <= floor((rate + rounding) * every.of_all + 1e-6)) AS is_of_all,
        -- The fewest of whom so many are this share, or have this mean.
        CASE WHEN having_it.persons > 0 AND rate > 0 AND NOT is_amount THEN greatest(
            ceil(having_it.persons / if(is_share, least(rate + rounding, 1), rate + rounding)
                - 1e-6), 1) END AS fewest
    FROM rate
    LEFT JOIN every USING (indicator_id, area_id, group_id, period)
    LEFT JOIN having_it USING (indicator_id, area_id, group_id, period)
),
declared AS (
    SELECT indicator_id, area_id, group_id, period,
        coalesce(
            min(of_all) FILTER (is_both), min(of_all) FILTER (is_of_all), min(of_all)
        ) AS of_other,
        min(fewest) AS fewest, min(persons) FILTER (is_both) AS those_of_all,
        min(persons) FILTER (of_all IS NULL) AS those
    FROM of_both
    GROUP BY ALL
)
SELECT indicator_id, area_id, group_id, period, coalesce(known.as_said, of_other) AS as_said,
    coalesce(known.as_said, of_other, known.of_key, fewest) AS of_key,
    coalesce(known.persons, those_of_all, those) AS persons
FROM known_denominator AS known
FULL JOIN (FROM declared WHERE coalesce(of_other, fewest) > 0) AS declared
    USING (indicator_id, area_id, group_id, period)
"""
_FITS = """
INSERT INTO rate_fits
SELECT DISTINCT indicator_id, true, name, other_id,
    if(others.kind = 'count', 'value', 'numerator'), 0
FROM declared_count
JOIN counted_kind AS own USING (indicator_id)
JOIN (SELECT DISTINCT indicator_id AS other_id, kind FROM counted_kind) AS others USING (other_id)
WHERE own.kind = 'proportion' AND others.kind IN ('count', 'proportion')
    AND (name = 'numerator' OR NOT is_divided)
"""
# Where such a number is current and the rate has no row, groups and areas imply its own still.
_WITHOUT_ROW = """
INSERT INTO count_without_rate
WITH said AS (
    SELECT declared_count.indicator_id, declared_count.name, observation.area_id,
        observation.group_id, observation.period, source_id, batch_id, removed,
        if(kind = 'count', value, coalesce(
            numerator, persons, round(value * coalesce(denominator, as_said, of_key) / 100)
        )) AS number
    FROM counted_row AS observation
    JOIN (
        FROM declared_count
        WHERE NOT is_divided AND NOT is_by_name
            AND indicator_id IN (SELECT indicator_id FROM counted_kind WHERE kind = 'proportion')
    ) AS declared_count ON declared_count.other_id = observation.indicator_id
    LEFT JOIN known_denominator AS known
        ON known.indicator_id = observation.indicator_id AND known.area_id = observation.area_id
        AND known.group_id = observation.group_id AND known.period = observation.period
    WHERE kind IN ('count', 'proportion')
        AND status NOT IN ('at_least', 'at_most', 'range', 'approximate')
),
own AS (
    SELECT DISTINCT indicator_id, area_id, group_id, period
    FROM counted_row
    SEMI JOIN declared_count USING (indicator_id)
    WHERE NOT removed
    UNION
    SELECT indicator_id, area_id, group_id, period FROM count_without_rate
)
SELECT indicator_id, area_id, group_id, period, source_id, batch_id, removed,
    max(number) FILTER (name = 'denominator'), max(number) FILTER (name = 'numerator')
FROM said
ANTI JOIN own USING (indicator_id, area_id, group_id, period)
WHERE number IS NOT NULL
GROUP BY ALL
"""
_IS_ANY_OF_SHARES = """
SELECT count(*) > 0
FROM declared_count
WHERE NOT is_divided
    AND other_id IN (SELECT indicator_id FROM counted_kind WHERE kind = 'proportion')
"""
