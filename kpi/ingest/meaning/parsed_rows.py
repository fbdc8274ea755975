"""Writes `parsed_row`: the rows of a file with ids as numbers, by the meaning of their texts.

A million rows pass through every join here, and each column of them takes time to write and to
read. Those that are the same in all rows, mostly half of them, are not written: `parsed_row` is
then a view that has their value.
"""

import duckdb

# So few rows are written in less time than it takes to ask what they have in common.
FEW_ROWS = 2_000


def write_parsed_rows(connection: duckdb.DuckDBPyConnection, are_final: bool = False) -> None:
    """Makes `parsed_row` of `candidate` and the `word_` tables (kpi/ingest/meaning/interpret.py).

    Its `key` is NULL where a part of it is not known, and `ignored` where the recipe says so.
    `are_final`: no row is added or changed afterwards, so that it may be a view.
    """
    of_one_text = connection.execute(_OF_ONE_TEXT).fetchone() or ()
    joins = (
        f"CROSS JOIN {table}" if is_one else f"JOIN {table} ON {spelling}"
        for (table, spelling), is_one in zip(_OFTEN_SAME, of_one_text, strict=True)
    )  # fmt: skip
    shared = connection.execute(_SHARED).fetchall() if are_final else []
    left_out = ["cell_status", "period_status", *(column for column, _ in shared)]
    connection.execute(
        _PARSED_ROWS.format(
            name="varied_row" if shared else "parsed_row",
            joins=" ".join(joins),
            left_out=", ".join(left_out),
        )
    )
    if shared:
        rows = connection.table("varied_row")
        values = (
            duckdb.ConstantExpression(value).cast(connection.sqltype(_TYPES[column])).alias(column)
            for column, value in shared
        )
        rows.project(duckdb.StarExpression(), *values).create_view("parsed_row")


# Columns that mostly have one text in all rows, or are not there: its meaning is then the same of
# all, and no row is looked up.
_OFTEN_SAME = (
    ("status", "status.spelling = candidate.status"),
    ("source", "source.spelling = candidate.source_id"),
    ("word_low AS low", "low.spelling = candidate.low"),
    ("word_high AS high", "high.spelling = candidate.high"),
    ("measured", "measured.spelling = candidate.measured"),
)
_OF_ONE_TEXT = """
SELECT (SELECT count(*) FROM word_status) = 1, (SELECT count(*) FROM word_source_id) = 1,
    (SELECT count(*) FROM word_low) = 1, (SELECT count(*) FROM word_high) = 1,
    (SELECT count(*) FROM word_measured) = 1
"""
# The columns that are the same in all rows by the meanings of all texts, and their value.
_SHARED = """
WITH part_of_key AS (
    SELECT code, ignored FROM word_indicator_id
    UNION ALL SELECT code, ignored FROM word_area_id
    UNION ALL SELECT code, ignored FROM word_group_id
    UNION ALL SELECT code, ignored FROM word_period
),
word AS (
    SELECT code FROM part_of_key
    UNION ALL SELECT code FROM word_status
    UNION ALL SELECT code FROM word_source_id
    UNION ALL SELECT code FROM word_measured
    UNION ALL SELECT code FROM word_value
    UNION ALL SELECT code FROM word_numerator
    UNION ALL SELECT code FROM word_denominator
    UNION ALL SELECT code FROM word_low
    UNION ALL SELECT code FROM word_high
),
limits AS (SELECT meaning FROM word_low UNION ALL SELECT meaning FROM word_high),
indicator AS (
    SELECT kind FROM word_indicator_id LEFT JOIN known_indicator USING (number)
),
figure AS (
    SELECT count(*) FILTER (meaning IS DISTINCT FROM 'number') = 0 AS are_numbers,
        count(*) FILTER (status IS DISTINCT FROM 'final') = 0 AS are_final,
        min(decimals) AS decimals, max(decimals) AS most_decimals,
        count(*) FILTER (approximate) = 0 AS approximate,
        count(*) FILTER (is_bound) = 0 AS is_bound,
        count(*) FILTER (percent) = 0 AS percent, count(*) FILTER (typed) = 0 AS typed
    FROM word_value
)
SELECT 'ignored' AS name, 'false' AS value WHERE NOT EXISTS (FROM part_of_key WHERE ignored)
UNION ALL
SELECT 'misread', 'false' WHERE NOT EXISTS (FROM word WHERE code IS NOT NULL)
UNION ALL
SELECT name, 'false'
FROM (UNPIVOT (FROM figure) ON approximate, is_bound, percent, typed INTO NAME name VALUE is_none)
WHERE is_none
UNION ALL
SELECT 'meaning', 'number' FROM figure WHERE are_numbers
UNION ALL
SELECT 'decimals', decimals::VARCHAR FROM figure WHERE are_numbers AND decimals = most_decimals
UNION ALL
SELECT 'status', 'final' FROM figure
WHERE are_numbers AND are_final AND NOT EXISTS (FROM word_period WHERE status <> '')
    AND NOT EXISTS (FROM word_status WHERE id NOT IN ('', 'final'))
UNION ALL
SELECT unnest(['low', 'high', 'has_limits']), unnest([NULL, NULL, 'false'])
WHERE NOT EXISTS (FROM limits WHERE meaning IS DISTINCT FROM 'empty')
UNION ALL
SELECT 'written_status', any_value(id) FROM word_status HAVING count(*) = 1
UNION ALL
SELECT 'measured', any_value(nullif(id, '')) FROM word_measured HAVING count(*) = 1
UNION ALL
SELECT 'source', any_value(number)::VARCHAR FROM word_source_id HAVING count(*) = 1
UNION ALL
SELECT 'kind', min(kind) FROM indicator HAVING count(kind) = count(*) AND min(kind) = max(kind)
"""
_TYPES = {
    **dict.fromkeys(
        ("ignored", "misread", "approximate", "is_bound", "percent", "typed", "has_limits"),
        "BOOLEAN",
    ),
    **dict.fromkeys(("low", "high"), "DOUBLE"),
    **dict.fromkeys(("decimals", "source"), "INTEGER"),
    **dict.fromkeys(("status", "written_status"), "status"),
    "meaning": "meaning", "measured": "measured", "kind": "kind",
}  # fmt: skip
_PARSED_ROWS = """
CREATE TABLE {name} AS
WITH indicator AS (
    SELECT spelling, code, ignored, number, kind::kind AS kind, default_group
    FROM word_indicator_id LEFT JOIN known_indicator USING (number)
),
area AS (FROM word_area_id),
population_group AS (FROM word_group_id),
period AS (
    SELECT spelling, code, ignored, number, before,
        nullif(word_period.status, '')::status AS status
    FROM word_period LEFT JOIN known_period USING (number)
),
status AS (SELECT spelling, code, id::status AS status FROM word_status),
measured AS (SELECT spelling, code, nullif(id, '')::measured AS measured FROM word_measured),
source AS (FROM word_source_id),
spelled_out AS (
    SELECT candidate.record::INTEGER AS record, candidate.line::INTEGER AS line, indicator.kind,
        indicator.number AS indicator, area.number AS area,
        CASE WHEN population_group.id = '' THEN indicator.default_group
            ELSE population_group.number END AS population_group,
        period.number AS period, period.before, source.number AS source,
        value.number AS value, numerator.number AS numerator, denominator.number AS denominator,
        low.number AS low, high.number AS high, measured.measured,
        low.meaning <> 'empty' OR high.meaning <> 'empty' AS has_limits,
        status.status AS written_status, value.status AS cell_status,
        period.status AS period_status, value.meaning,
        CASE WHEN value.meaning = 'empty' THEN greatest(low.decimals, high.decimals)
            ELSE value.decimals END AS decimals,
        value.approximate, value.is_bound, value.percent, value.typed,
        indicator.ignored OR area.ignored OR population_group.ignored
            OR period.ignored AS ignored,
        indicator.code IS NOT NULL OR area.code IS NOT NULL OR population_group.code IS NOT NULL
            OR period.code IS NOT NULL OR status.code IS NOT NULL OR source.code IS NOT NULL
            OR value.code IS NOT NULL OR numerator.code IS NOT NULL
            OR denominator.code IS NOT NULL OR low.code IS NOT NULL OR high.code IS NOT NULL
            OR measured.code IS NOT NULL AS misread
    FROM candidate
    JOIN indicator ON indicator.spelling = candidate.indicator_id
    JOIN area ON area.spelling = candidate.area_id
    JOIN population_group ON population_group.spelling = candidate.group_id
    JOIN period ON period.spelling = candidate.period
    JOIN word_value AS value ON value.spelling = candidate.value
    JOIN word_numerator AS numerator ON numerator.spelling = candidate.numerator
    JOIN word_denominator AS denominator ON denominator.spelling = candidate.denominator
    {joins}
)
SELECT * EXCLUDE ({left_out})
FROM (
    SELECT *, key_of(indicator, area, population_group, period) AS key,
        CASE
            WHEN written_status NOT IN ('', 'final') THEN written_status
            WHEN meaning = 'empty' AND low IS NOT NULL AND high IS NOT NULL THEN 'range'::status
            WHEN cell_status = 'final' THEN coalesce(period_status, cell_status)
            ELSE cell_status
        END::status AS status
    FROM spelled_out
)
"""
