"""Writes `parsed_row`: the rows of a file with ids as numbers, by the meaning of their texts.

A million rows pass through every join here, and are written whole.
"""

import duckdb


def write_parsed_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes `parsed_row` of `candidate` and the `word_` tables (kpi/ingest/meaning/interpret.py).

    Its `key` is NULL where a part of it is not known, and `ignored` where the recipe says so.
    """
    of_one_text = connection.execute(_OF_ONE_TEXT).fetchone() or ()
    joins = (
        f"CROSS JOIN {table}" if is_one else f"JOIN {table} ON {spelling}"
        for (table, spelling), is_one in zip(_OFTEN_SAME, of_one_text, strict=True)
    )  # fmt: skip
    connection.execute(_PARSED_ROWS.format(joins=" ".join(joins)))


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
_PARSED_ROWS = """
CREATE TABLE parsed_row AS
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
SELECT * EXCLUDE (cell_status, period_status),
    key_of(indicator, area, population_group, period) AS key,
    CASE
        WHEN written_status NOT IN ('', 'final') THEN written_status
        WHEN meaning = 'empty' AND low IS NOT NULL AND high IS NOT NULL THEN 'range'::status
        WHEN cell_status = 'final' THEN coalesce(period_status, cell_status)
        ELSE cell_status
    END::status AS status
FROM spelled_out
"""
