"""Percentages that stand nowhere beside a count, of areas or groups within the ones it counts.

Ten people in Aarhus, and of its two quarters 0,0 % and 22,2 %: of so few the latter are 2 of 9, and
one is left for the other. Readers know by its name whether a share is of these people; no place
shows it. So it is taken to be, where every percentage within such a count is one of so few.
"""

import duckdb


def keep_rates_within_counts(connection: duckdb.DuckDBPyConnection) -> None:
    """Adds to `fitting_others` the counts that such percentages may be of.

    Of an indicator of which no count of the same place fits. Expects `bare_rate` and the
    variable `periods_of_rates` (rates_of_others.py), `fitting` and `fitting_others`
    (rates_of_counts.py), and `ever_within`.
    """
    connection.execute(_WITHIN)


# Of so many at most rounded percentages are few of all that there could be: a hundred with one
# decimal. By chance one fits so few as often as there are fractions of them.
_WITHIN = """
INSERT INTO fitting_others
WITH RECURSIVE unplaced AS (
    FROM bare_rate
    WHERE is_share AND is_exact AND indicator_id NOT IN (SELECT indicator_id FROM fitting_others)
        AND indicator_id NOT IN (SELECT indicator_id FROM quotient)
        AND indicator_id NOT IN (
            SELECT indicator_id FROM declared_count WHERE name = 'denominator' AND NOT is_by_name
        )
),
few AS (
    SELECT indicator_id AS other_id, area_id, group_id, period,
        unnest(['value', 'denominator']) AS name,
        unnest([if(kind = 'count', value, NULL), denominator]) AS number
    FROM counted_row
    WHERE list_contains(getvariable('periods_of_rates'), period)
        AND period IN (SELECT period FROM unplaced) AND NOT removed
        AND status NOT IN ('at_least', 'at_most', 'range', 'approximate')
        AND least(if(kind = 'count', value, NULL), denominator) BETWEEN 1 AND 1000
),
lies_in(area_id, whole_id) AS (
    SELECT DISTINCT area_id, area_id FROM unplaced
    UNION
    SELECT lies_in.area_id, ever_within.parent_id
    FROM lies_in JOIN ever_within ON ever_within.area_id = lies_in.whole_id
    WHERE ever_within.parent_id IS NOT NULL
),
compared AS (
    SELECT unplaced.indicator_id, other_id, name, unplaced.area_id, unplaced.group_id,
        unplaced.period, rate, rounding, min(number) AS number
    FROM unplaced
    JOIN lies_in ON lies_in.area_id = unplaced.area_id
    JOIN few ON few.area_id = whole_id AND few.period = unplaced.period
        AND few.group_id IN (unplaced.group_id, 'all')
    WHERE other_id <> unplaced.indicator_id AND number % 1 = 0 AND 2 * rounding * number <= 0.1
    GROUP BY unplaced.indicator_id, other_id, name, unplaced.area_id, unplaced.group_id,
        unplaced.period, rate, rounding
),
fits AS (
    SELECT indicator_id, other_id, name, rounding, number, list_bool_or(list_transform(
            generate_series(1, number::INTEGER),
            lambda size: ceil((rate - rounding) * size - 1e-6)
                <= floor((rate + rounding) * size + 1e-6)
        )) AS fits
    FROM compared
)
SELECT indicator_id, other_id, name, 'every',
    round(-sum(ln(least(rounding * number * number, 1))), 6), count(*), min(number)
FROM fits
ANTI JOIN fitting USING (indicator_id, other_id, name)
GROUP BY indicator_id, other_id, name
HAVING bool_and(fits)
"""
