"""Counts that are seen to come to another, of several indicators near hidden numbers.

Nothing says that two indicators count parts of what a third one counts. Whoever sees that they come
to it wherever all three stand knows it: of 120 persons 116 lack what four have. Where one says none
itself, what its groups, areas and periods come to stands for it. Three and more are added up as
they stand (kpi/suppression/several_parts.py).
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import duckdb

from kpi.suppression.several_parts import sums_of_several
from kpi.suppression.statements import Series
from kpi.system.incoming import bring_in, let_go, table_of

_COLUMNS = ["indicator_id", "area_id", "group_id", "period", "source_id", "batch_id"]
# Any two numbers are added up at so many places of a set of indicators, and at so many of all.
_PLACES, _MOST_PLACES = 10, 200


class Split(NamedTuple):
    """All persons, of a share and else, and the parts that come to them."""

    every: Series
    parts: tuple[Series, ...]


def splits_seen(
    connection: duckdb.DuckDBPyConnection, hidden: Sequence[tuple[object, ...]]
) -> list[Split]:
    """Numbers that come to another, of several indicators near hidden numbers.

    They are in `split_seen` then. Expects the tables of numbers_said.py.
    """
    connection.execute(_NO_SPLITS)
    if not hidden:
        return []
    bring_in(connection, table_of(hidden, _COLUMNS))
    connection.execute(_PLACE)
    (are_likely,) = connection.execute(_LIKELY).fetchone() or (0,)
    if are_likely:
        connection.execute(_ADD_SPLITS)
    let_go(connection)
    several = _of_several(connection)
    if several:
        rows = [
            (*every, *([part[column] for part in parts] for column in (0, 1)))
            for every, parts in several
        ]
        connection.executemany("INSERT INTO split_seen VALUES (?, ?, ?, ?)", rows)
    connection.execute("DROP TABLE likely; DROP TABLE place; DROP TABLE beside")
    return read_splits(connection)


def read_splits(connection: duckdb.DuckDBPyConnection) -> list[Split]:
    """What `split_seen` holds."""
    return [
        Split((every_id, name), tuple(zip(part_ids, names, strict=True)))
        for every_id, name, part_ids, names in connection.execute("FROM split_seen").fetchall()
    ]


def _of_several(connection: duckdb.DuckDBPyConnection) -> list[tuple[Series, tuple[Series, ...]]]:
    """Three and more numbers that come to another, as they stand at the places of `place`."""
    numbers: dict[tuple[str, ...], dict[Series, int]] = defaultdict(dict)
    for *where, indicator_id, name, number in connection.execute(_STANDING).fetchall():
        numbers[tuple(where)][indicator_id, name] = number
    return sums_of_several(numbers.values())


# What each row says, itself or by what follows of its percentage, and how far off that may be: not
# at all where rounding leaves one whole number. It is the row's own where no other has to tell of
# how many it is.
_NUMBER = """
each AS (
    SELECT '' AS along, indicator_id, area_id, group_id, period,
        unnest(['value', 'numerator', 'denominator', 'remainder']) AS name,
        unnest([
            value, if(kind = 'proportion', numerator, NULL), denominator, remainder
        ]) AS number,
        unnest([0, of_numerator, of_denominator, of_numerator + of_denominator]) AS rounding,
        unnest([true, is_own_numerator, is_own_denominator, is_own_denominator]) AS is_own
    FROM said
    SEMI JOIN {those}
    WHERE status <> 'approximate'
    UNION ALL
    SELECT along, indicator_id, area_id, group_id, period, name, number, 0, true
    FROM implied_number
    SEMI JOIN {those}
),
number AS (
    SELECT * REPLACE (
        if(is_exact, round(number), number) AS number,
        if(is_exact, 0, rounding + 0.5) AS rounding
    )
    FROM (
        SELECT *, rounding < 0.5 AND abs(number - round(number)) < 1e-6 AS is_exact
        FROM each WHERE number IS NOT NULL
    )
    WHERE {which}
),
compared AS (
    SELECT every.area_id, every.group_id, every.period,
        greatest(every.along, first.along, second.along) AS way,
        every.indicator_id AS every_id, every.name AS every_name,
        first.indicator_id AS first_id, first.name AS first_name,
        second.indicator_id AS second_id, second.name AS second_name,
        first.is_own AND second.is_own AND every.is_own AS is_own,
        first.rounding + second.rounding + every.rounding AS most_off,
        abs(first.number + second.number - every.number) <= most_off AS fits,
        fits AND most_off = 0 AND least(first.number, second.number) > 0 AS is_evidence,
        -- That they fit where they are rounded by more than one of them says nothing.
        most_off = 0 OR NOT fits OR most_off < least(first.number, second.number) AS tells
    FROM number AS every
    JOIN number AS first USING (area_id, group_id, period)
    JOIN number AS second USING (area_id, group_id, period)
    {such}
    -- Each way of adding up by itself.
    WHERE list_contains(['', way], every.along) AND list_contains(['', way], first.along)
        AND list_contains(['', way], second.along) AND {fitting}
)
"""
# At some places of each set of indicators that stand together, any two numbers are added up: first
# at those of which most indicators report.
_PLACE = f"""
-- Of a hidden number's own key, or only near it.
CREATE OR REPLACE TEMP TABLE beside AS
SELECT DISTINCT indicator_id
FROM observation SEMI JOIN incoming USING (area_id, group_id, period);
CREATE OR REPLACE TEMP TABLE place AS
WITH family AS (
    SELECT area_id, area_id AS other_id FROM ever_within
    UNION
    SELECT area_id, parent_id FROM ever_within
    UNION
    SELECT parent_id, area_id FROM ever_within
    UNION
    SELECT ever_within.area_id, sibling.area_id
    FROM ever_within JOIN ever_within AS sibling USING (parent_id)
),
overlapping AS (
    SELECT first.period, other.period AS other_period
    FROM period AS first JOIN period AS other
        ON first.start_date <= other.end_date AND other.start_date <= first.end_date
),
around AS (
    SELECT DISTINCT other_id AS area_id, other_period AS period
    FROM (SELECT DISTINCT area_id, period FROM incoming)
    JOIN family USING (area_id)
    JOIN overlapping USING (period)
),
near AS (
    SELECT indicator_id FROM number_said SEMI JOIN around USING (area_id, period)
    UNION
    FROM beside
),
standing AS (
    SELECT DISTINCT area_id, group_id, period,
        hash(indicator_id, numerator IS NULL, denominator IS NULL) AS which
    FROM observation SEMI JOIN near USING (indicator_id)
    WHERE value IS NOT NULL
    UNION
    SELECT area_id, group_id, period, hash(indicator_id)
    FROM implied_number SEMI JOIN near USING (indicator_id)
),
several AS (
    SELECT area_id, group_id, period, count(*) AS indicators, bit_xor(which) AS those,
        row_number() OVER (PARTITION BY those ORDER BY hash(area_id, group_id, period)) AS place
    FROM standing
    GROUP BY area_id, group_id, period
    HAVING indicators > 1
)
FROM several
WHERE place <= {_PLACES}
QUALIFY row_number() OVER (ORDER BY place, indicators DESC, those) <= {_MOST_PLACES}
"""  # noqa: S608
_LIKELY = f"""
CREATE OR REPLACE TEMP TABLE likely AS
WITH
{
    _NUMBER.format(
        those="place USING (area_id, group_id, period)",
        which="is_exact",
        such="",
        fitting="every.number = first.number + second.number",
    )
}
SELECT DISTINCT every_id, every_name, first_id, first_name, second_id, second_name,
    every_id IN (FROM beside) AND first_id IN (FROM beside) AND second_id IN (FROM beside)
        AS are_beside
FROM compared
WHERE is_evidence AND (first_id, first_name) < (second_id, second_name)
    AND (every_id <> first_id OR every_id <> second_id);
SELECT count(*) FROM likely
"""  # noqa: S608
# Where a number was corrected, any of its key's may fit. Small numbers fit by chance at some
# places: large ones speak against it, also if they are known only as near as they are rounded. Rows
# that others tell of how many they are do not outvote those that say it themselves. Of many numbers
# near a hidden one some come to a third by chance at one place, hardly any at two.
_ADD_SPLITS = f"""
INSERT INTO split_seen
WITH concerned_id AS (
    SELECT DISTINCT unnest([every_id, first_id, second_id]) AS indicator_id FROM likely
),
{
    _NUMBER.format(
        those="concerned_id USING (indicator_id)",
        which="true",
        such='''JOIN likely ON every_id = every.indicator_id AND every_name = every.name
        AND first_id = first.indicator_id AND first_name = first.name
        AND second_id = second.indicator_id AND second_name = second.name''',
        fitting="true",
    )
},
by_key AS (
    SELECT every_id, every_name, first_id, first_name, second_id, second_name, way,
        bool_or(fits) AS fits, bool_or(is_evidence) AS is_evidence,
        bool_or(is_own) AS is_own, bool_or(fits AND is_own) AS fits_own,
        bool_or(is_evidence AND is_own) AS is_own_evidence
    FROM compared
    WHERE tells
    GROUP BY every_id, every_name, first_id, first_name, second_id, second_name, way,
        area_id, group_id, period
),
counted AS (
    SELECT every_id, every_name, first_id, first_name, second_id, second_name, way,
        count(*) AS places, count(*) FILTER (fits) AS fitting,
        count(*) FILTER (is_evidence) AS evidence, count(*) FILTER (is_own) AS own,
        count(*) FILTER (fits_own) AS fitting_own,
        count(*) FILTER (is_own_evidence) AS own_evidence
    FROM by_key
    GROUP BY ALL
),
-- What rows say themselves counts beside each way of adding up.
every_way AS (
    SELECT counted.evidence > 0 AS is_new, counted.* REPLACE (
        counted.places + coalesce(said.places, 0) AS places,
        counted.fitting + coalesce(said.fitting, 0) AS fitting,
        counted.own + coalesce(said.own, 0) AS own,
        counted.evidence + coalesce(said.evidence, 0) AS evidence,
        counted.own_evidence + coalesce(said.own_evidence, 0) AS own_evidence,
        counted.fitting_own + coalesce(said.fitting_own, 0) AS fitting_own
    )
    FROM counted
    LEFT JOIN (FROM counted WHERE way = '') AS said ON counted.way <> ''
        AND said.every_id = counted.every_id AND said.every_name = counted.every_name
        AND said.first_id = counted.first_id AND said.first_name = counted.first_name
        AND said.second_id = counted.second_id AND said.second_name = counted.second_name
)
SELECT DISTINCT every_id, every_name, [first_id, second_id], [first_name, second_name]
FROM (SELECT *, if(way = '' AND are_beside, 0, 1) AS fewest
    FROM every_way
    JOIN likely USING (every_id, every_name, first_id, first_name, second_id, second_name)
)
WHERE is_new AND (
    (evidence > fewest AND fitting >= 0.9 * places)
    OR (own_evidence > fewest AND fitting_own >= 0.9 * own)
)
ORDER BY ALL
"""  # noqa: S608

_NO_SPLITS = """
CREATE OR REPLACE TEMP TABLE split_seen (
    every_id VARCHAR, every_name VARCHAR, part_ids VARCHAR[], part_names VARCHAR[]
)
"""
# Of those who lack something and those who have it either follows from the other. A percentage says
# a number where its rounding leaves one.
_STANDING = """
WITH each AS (
    SELECT area_id, group_id, period, indicator_id, name, number, batch_id
    FROM number_said
    WHERE name <> 'remainder' AND number = round(number)
    UNION ALL
    SELECT area_id, group_id, period, indicator_id, 'numerator', numerator, batch_id
    FROM said
    WHERE kind = 'proportion' AND NOT is_own_numerator AND status <> 'approximate'
        AND of_numerator < 0.5 AND numerator = round(numerator)
)
SELECT area_id, group_id, period, indicator_id, name, arg_max(number, batch_id)::BIGINT
FROM each SEMI JOIN place USING (area_id, group_id, period)
GROUP BY ALL
ORDER BY ALL
"""
