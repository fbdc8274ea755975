"""Which indicators say the same numbers, themselves or by what their numbers come to.

Nothing says that two count the same persons. Whoever sees that both say the same wherever they can
be compared knows it: also where one has the parts (job-ready and activity-ready people, quarters of
a year) and the other their total.
"""

from collections import defaultdict
from collections.abc import Iterator, Set

import duckdb

from kpi.domain.period import parse_period
from kpi.store.ties import Ties
from kpi.suppression.implied_numbers import Adding, Where
from kpi.suppression.statements import Series
from kpi.system.incoming import bring_in, let_go, table_of

_COLUMNS = ["along", "indicator_id", "name", "area_id", "group_id", "period", "number"]


def keep_numbers_said(connection: duckdb.DuckDBPyConnection, ties: Ties) -> None:
    """Makes `number_said`, and `implied_number` of what these numbers come to, if there are none.

    Of indicators of not too many rows; expects `counted_row`.
    """
    connection.execute(_NUMBERS)
    area_ids, periods = (
        {each for (each,) in connection.execute(names).fetchall()} for names in _NAMES
    )
    adding = Adding(
        [each for each in (ties.groups, ties.former) if each], ties.areas, area_ids,
        {text: parse_period(text) for text in periods},
    )  # fmt: skip
    bring_in(connection, table_of(_implied(connection, adding), _COLUMNS))
    connection.execute(_KEEP_IMPLIED)
    let_go(connection)


def _implied(
    connection: duckdb.DuckDBPyConnection, adding: Adding
) -> Iterator[tuple[str, str, str, str, str, str, float]]:
    numbers: dict[Series, dict[Where, float]] = defaultdict(dict)
    stocks: set[Series] = set()
    for indicator_id, name, *where, number, is_stock in connection.execute(_NEWEST).fetchall():
        area_id, group_id, period = where
        numbers[indicator_id, name][area_id, group_id, period] = number
        if is_stock:
            stocks.add((indicator_id, name))
    for series, of_series in numbers.items():
        for along, at, number in adding.implied(of_series, series in stocks):
            yield (along, *series, *at, number)


def saying_the_same(
    connection: duckdb.DuckDBPyConnection, indicator_ids: Set[str]
) -> set[tuple[Series, Series]]:
    """Each number of some indicators with those of others that are seen to be the same.

    Expects `said` of implied_elsewhere.py.
    """
    rows = connection.execute(_EQUAL, {"ids": sorted(indicator_ids)}).fetchall()
    return {((a, b), (c, d)) for a, b, c, d in rows}


def within_each_other(
    connection: duckdb.DuckDBPyConnection, indicator_ids: Set[str]
) -> list[tuple[Series, Series]]:
    """Each count with those that are nowhere fewer, the nearest first, as what it may be a part of.

    One of them is of some indicators. Of 800 unemployed nobody learns by how many live there; where
    a few live, or none, he does.
    """
    rows = connection.execute(_WITHIN, {"ids": sorted(indicator_ids)}).fetchall()
    return [((a, "value"), (b, "value")) for a, b in rows]


# What rows say of numbers of persons themselves.
_NUMBERS = """
CREATE OR REPLACE TEMP TABLE number_said AS
WITH each AS (
    SELECT indicator_id, area_id, group_id, period, batch_id,
        is_on_day(measured, period) OR contains(period, 'D') AS is_stock,
        unnest(['value', 'numerator', 'denominator', 'remainder']) AS name,
        unnest([
            if(kind = 'count', value, NULL),
            if(kind = 'proportion' OR is_mean(kind), numerator, NULL), denominator,
            if(kind = 'proportion', denominator - numerator, NULL)
        ]) AS number
    FROM counted_row AS observation
    SEMI JOIN small_indicator USING (indicator_id)
    WHERE NOT removed AND status NOT IN ('at_least', 'at_most', 'range', 'approximate')
)
SELECT indicator_id, name, area_id, group_id, period, number, max(batch_id) AS batch_id,
    bool_or(is_stock) AS is_stock
FROM each WHERE number IS NOT NULL
GROUP BY ALL
"""
_NAMES = (
    "SELECT DISTINCT area_id FROM number_said", "SELECT DISTINCT period FROM number_said",
)  # fmt: skip
_NEWEST = """
SELECT indicator_id, name, area_id, group_id, period, arg_max(number, batch_id), bool_or(is_stock)
FROM number_said
GROUP BY ALL
ORDER BY ALL
"""
# Only where another says one: but two that are split in two ways are of one total.
_KEEP_IMPLIED = """
CREATE OR REPLACE TEMP TABLE implied_number AS
SELECT along::VARCHAR AS along, indicator_id::VARCHAR AS indicator_id, name::VARCHAR AS name,
    area_id::VARCHAR AS area_id, group_id::VARCHAR AS group_id, period::VARCHAR AS period,
    number::DOUBLE AS number
FROM incoming;
DELETE FROM implied_number
WHERE along <> 'groups' AND (area_id, group_id, period) NOT IN (
    SELECT (area_id, group_id, period) FROM number_said
)
"""
# Where a number was corrected, any of its key's may be the same. Each way of adding up is looked at
# beside what both say themselves: where one does not hold, it says nothing of the others. By chance
# a sum is another's number at one place, hardly at two. A number that is only known as near as its
# percentage is rounded is seen to be another's where that is by no more than a hundredth of it.
_EQUAL = """
WITH number AS (
    SELECT '' AS along, indicator_id, name, area_id, group_id, period, number, 0 AS off
    FROM number_said
    UNION ALL
    SELECT *, 0 FROM implied_number
    UNION ALL
    SELECT '', indicator_id, unnest(['numerator', 'remainder']), area_id, group_id, period,
        unnest([numerator, remainder]), of_numerator + 0.5
    FROM said
    SEMI JOIN small_indicator USING (indicator_id)
    WHERE (kind = 'proportion' OR is_mean(kind)) AND of_numerator > 0 AND status <> 'approximate'
),
by_key AS (
    SELECT ours.indicator_id, ours.name, other.indicator_id AS other_id, other.name AS other_name,
        CASE WHEN ours.along IN ('', other.along) THEN other.along
            WHEN other.along = '' THEN ours.along ELSE ours.along || ' ' || other.along END AS way,
        area_id, group_id, period,
        bool_or(abs(ours.number - other.number) <= ours.off + other.off) AS is_equal,
        bool_or(
            abs(ours.number - other.number) <= ours.off + other.off AND ours.number > 0
            AND 100 * (ours.off + other.off) <= ours.number
        ) AS is_evidence
    FROM number AS ours
    JOIN number AS other USING (area_id, group_id, period)
    WHERE list_contains($ids::VARCHAR[], ours.indicator_id)
        AND ours.indicator_id <> other.indicator_id
    GROUP BY ALL
),
compared AS (
    SELECT indicator_id, name, other_id, other_name, way, count(*) AS places,
        count(*) FILTER (is_equal) AS equal, count(*) FILTER (is_evidence) AS evidence
    FROM by_key
    GROUP BY ALL
),
own AS (FROM compared WHERE way = '')
SELECT DISTINCT indicator_id, name, other_id, other_name
FROM compared LEFT JOIN own USING (indicator_id, name, other_id, other_name)
WHERE compared.evidence > 0 AND if(
    compared.way = '', compared.equal >= 0.9 * compared.places,
    compared.evidence + coalesce(own.evidence, 0) > 1
        AND compared.equal + coalesce(own.equal, 0)
            >= 0.9 * (compared.places + coalesce(own.places, 0))
)
ORDER BY ALL
"""

# By chance one is the larger at each of four places one time in sixteen.
_WITHIN = """
WITH newest AS (
    SELECT indicator_id, area_id, group_id, period, arg_max(number, batch_id) AS number
    FROM number_said
    WHERE name = 'value'
    GROUP BY ALL
)
SELECT part.indicator_id, whole.indicator_id
FROM newest AS part
JOIN newest AS whole USING (area_id, group_id, period)
WHERE part.indicator_id <> whole.indicator_id AND (
    list_contains($ids::VARCHAR[], part.indicator_id)
    OR list_contains($ids::VARCHAR[], whole.indicator_id)
)
GROUP BY ALL
HAVING count(*) FILTER (part.number < whole.number) >= 3
    AND bool_and(part.number <= whole.number)
ORDER BY part.indicator_id, sum(whole.number), whole.indicator_id
"""
