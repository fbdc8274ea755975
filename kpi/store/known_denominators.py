"""Of how many each row is that does not say so itself, by what is said of its key.

The table `known_denominator` has a row for each key (indicator, area, group, period): `as_said`,
the least denominator that a row of the key or another indicator of the same persons says; `of_key`,
the least that any of its rows implies; and `persons`, how many have it, where that follows.
"""

from collections.abc import Sequence

import duckdb

from kpi.system.incoming import bring_in, let_go, table_of

_KEY = ["indicator_id", "area_id", "group_id", "period"]
# Indicator, area, group, period, the denominator and how many have it.
Implied = tuple[str, str, str, str, float, float | None]


def keep_known_denominators(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes `known_denominator` of the rows themselves.

    Expects `counted_row`, `published_by` and the macros.
    """
    periods: list[str] = []
    if connection.execute(_MAY_LACK).fetchone() == (True,):
        connection.execute(_LACKING)
        periods = [period for (period,) in connection.execute(_PERIODS).fetchall()]
    if not periods:
        connection.execute(_NONE_KNOWN)
        return
    connection.execute(_ROWS_BESIDE, {"periods": periods})
    connection.execute(_KNOWN)


def keep_least(connection: duckdb.DuckDBPyConnection, implied: Sequence[Implied]) -> None:
    """Lowers `of_key` to what other rows imply, where that is less."""
    bring_in(connection, table_of(implied, [*_KEY, "implied", "persons"]))
    connection.execute(_KEEP_LEAST)
    let_go(connection)


# What a row says of how many it is: itself, or by how many have something. And the least that is
# said so of each key that has a percentage or a mean without it. In steps, each a table: the
# optimizer then knows how small those of few rows are, and a million rows only pass by them.
_MAY_LACK = """
SELECT count(*) > 0
FROM published_by
SEMI JOIN (FROM published_by WHERE has_counts) AS reporting USING (indicator_id)
JOIN counted_kind USING (indicator_id, batch_id)
WHERE lacks_denominator AND kind <> 'count'
"""
_LACKING = """
CREATE OR REPLACE TEMP TABLE lacking_denominator AS
SELECT DISTINCT indicator_id, area_id, group_id, period
FROM counted_row AS observation
SEMI JOIN (
    FROM published_by
    SEMI JOIN (FROM published_by WHERE has_counts) AS reporting USING (indicator_id)
    WHERE lacks_denominator
) AS published USING (indicator_id, batch_id)
WHERE kind <> 'count' AND denominator IS NULL AND coalesce(value, low, high) IS NOT NULL
"""
_PERIODS = "SELECT DISTINCT period FROM lacking_denominator"
_NONE_KNOWN = """
CREATE OR REPLACE TEMP TABLE known_denominator (
    indicator_id VARCHAR, area_id VARCHAR, group_id VARCHAR, period VARCHAR,
    as_said DOUBLE, of_key DOUBLE, persons DOUBLE
);
DROP TABLE IF EXISTS lacking_denominator
"""
# Few of many rows are of a period in which any lacks it: only these are compared place by place. As
# a list the periods are looked for among the distinct texts where rows are read, before all else is
# joined with a million of them.
_ROWS_BESIDE = """
CREATE OR REPLACE TEMP TABLE row_beside AS
SELECT indicator_id, area_id, group_id, period, batch_id, value, numerator, denominator, status,
    removed, kind
FROM counted_row
WHERE list_contains($periods::VARCHAR[], period)
"""
_KNOWN = """
-- Another indicator's persons, where they are as many wherever both say it.
CREATE OR REPLACE TEMP VIEW number_of_persons AS
SELECT indicator_id, area_id, group_id, period, if(kind = 'count', value, denominator) AS number
FROM counted_row AS observation
WHERE NOT removed AND number IS NOT NULL
    AND status NOT IN ('at_least', 'at_most', 'range', 'approximate');

-- Only one that says a number where ours lacks it is of use.
CREATE OR REPLACE TEMP TABLE telling_other AS
SELECT DISTINCT lacking.indicator_id, others.indicator_id AS other_id
FROM row_beside AS others
JOIN lacking_denominator AS lacking USING (area_id, group_id, period)
WHERE others.indicator_id <> lacking.indicator_id AND NOT removed
    AND status NOT IN ('at_least', 'at_most', 'range', 'approximate')
    AND if(kind = 'count', value, denominator) > 0;

CREATE OR REPLACE TEMP TABLE number_of_other AS
SELECT indicator_id AS other_id, area_id, group_id, period, number AS of_other
FROM number_of_persons
WHERE indicator_id IN (SELECT other_id FROM telling_other);

CREATE OR REPLACE TEMP TABLE known_denominator AS
WITH alike AS (
    SELECT indicator_id, other_id
    FROM number_of_persons
    JOIN telling_other USING (indicator_id)
    JOIN number_of_other USING (other_id, area_id, group_id, period)
    GROUP BY ALL
    HAVING count(*) FILTER (number = of_other) > 0
        AND count(*) FILTER (number = of_other) >= 0.9 * count(*)
),
elsewhere AS (
    SELECT lacking.*, min(of_other) AS of_others
    FROM lacking_denominator AS lacking
    JOIN alike USING (indicator_id)
    JOIN number_of_other USING (other_id, area_id, group_id, period)
    WHERE of_other > 0
    GROUP BY ALL
),
own AS (
    SELECT indicator_id, area_id, group_id, period,
        min(denominator) AS as_said,
        coalesce(as_said, min(of_all(kind, value, numerator, denominator))) AS of_key
    FROM row_beside
    SEMI JOIN lacking_denominator USING (indicator_id, area_id, group_id, period)
    WHERE of_all(kind, value, numerator, denominator) IS NOT NULL
    GROUP BY ALL
)
SELECT indicator_id, area_id, group_id, period, coalesce(as_said, of_others) AS as_said,
    coalesce(of_key, of_others) AS of_key, NULL::DOUBLE AS persons
FROM own FULL JOIN elsewhere USING (indicator_id, area_id, group_id, period);

DROP TABLE number_of_other;
DROP TABLE telling_other;
DROP VIEW number_of_persons;
DROP TABLE row_beside;
DROP TABLE lacking_denominator;
"""

_KEEP_LEAST = """
CREATE OR REPLACE TEMP TABLE known_denominator AS
SELECT indicator_id, area_id, group_id, period, as_said, least(of_key, implied) AS of_key,
    if(implied <= coalesce(of_key, implied), implied_row.persons, NULL) AS persons
FROM known_denominator
FULL JOIN (
    SELECT indicator_id::VARCHAR AS indicator_id, area_id::VARCHAR AS area_id,
        group_id::VARCHAR AS group_id, period::VARCHAR AS period, implied::DOUBLE AS implied,
        persons::DOUBLE AS persons
    FROM incoming
) AS implied_row USING (indicator_id, area_id, group_id, period)
"""
