"""Faults within one row, found in SQL over `parsed_row`; how each is reported is in faults.py."""

from datetime import date

import duckdb

from kpi.domain.problem_codes import PROBLEM_KINDS
from kpi.ingest.checks.faults import REPORTED_AS
from kpi.ingest.checks.said import find_contradictions
from kpi.ingest.mapping.column_mapping import NUMBERS


def find_faults(connection: duckdb.DuckDBPyConnection, today: date) -> None:
    """Fills `problem` (record, role, fault, is_error) with the faults within each row."""
    are_errors = [PROBLEM_KINDS[fault.code].severity == "error" for fault in REPORTED_AS.values()]
    connection.execute(_TABLES, {"faults": list(REPORTED_AS), "are_errors": are_errors})
    for (role,) in connection.execute(_DOUBTFUL_ROLES).fetchall():
        connection.table(f"word_{role}").create_view("word_number", replace=True)
        spelling = duckdb.ColumnExpression(role).alias("spelling")
        cells = connection.table("candidate").project("record", spelling)
        cells.create_view("number_cell", replace=True)
        connection.execute(_UNREAD_NUMBERS, {"role": role})
    connection.execute("INSERT INTO problem SELECT record, 'value', fault, true FROM unsummed")
    # Most files have no row that is doubtful.
    connection.execute(_DOUBTFUL, {"today": today})
    if connection.table("doubtful").limit(1).fetchone():
        connection.execute(_FAULTY, {"today": today})
        connection.execute(_FAULTS)
    find_contradictions(connection)


_TABLES = """
CREATE TABLE problem (record BIGINT, role VARCHAR, fault VARCHAR, is_error BOOLEAN);
CREATE TABLE severity_of AS
SELECT unnest($faults) AS fault, unnest($are_errors) AS is_error
"""

# The columns with a text that is no exact number: all of them in one question.
_DOUBTFUL_ROLE = """ (
    SELECT 'ROLE' FROM word_ROLE
    WHERE code IS NOT NULL OR approximate OR meaning IN ('missing', 'suppressed')
    LIMIT 1
) """

_DOUBTFUL_ROLES = "UNION ALL".join(_DOUBTFUL_ROLE.replace("ROLE", role) for role in NUMBERS)

# Numbers that were not read; one beside the value is also reported where it is not exact.
_UNREAD_NUMBERS = """
INSERT INTO problem
SELECT record, $role, coalesce(word_number.code, if(word_number.approximate,
    'approximate', 'suppressed')), word_number.code IS NOT NULL
FROM number_cell
JOIN word_number USING (spelling)
JOIN parsed_row USING (record)
WHERE NOT ignored AND (
    word_number.code IS NOT NULL
    OR ($role <> 'value' AND (
        word_number.approximate OR word_number.meaning IN ('missing', 'suppressed')
    ))
)
"""

# Faults within one row. A number that was not read is reported above: its NULL is no second fault.
# Most rows are exact numbers within their limits, and a few comparisons show that.
_DOUBTFUL = """
CREATE TABLE doubtful AS
WITH odd_period AS (
    FROM known_period WHERE NOT start_date BETWEEN DATE '1980-01-01' AND $today::DATE
)
SELECT parsed_row.*
FROM parsed_row
LEFT JOIN kind_properties USING (kind)
LEFT JOIN odd_period ON odd_period.number = period
WHERE NOT ignored AND (
    meaning = 'number' AND value IS NOT NULL AND status = 'final' AND NOT percent
    AND (written_status = '' OR written_status = 'final') AND odd_period.number IS NULL
    AND NOT approximate AND NOT is_bound AND low IS NULL AND high IS NULL
    AND (measured <> 'since' OR measured IS NULL) AND (kind <> 'count' OR denominator IS NULL)
    AND (value >= lowest OR lowest IS NULL) AND (value <= highest OR highest IS NULL)
    AND (numerator >= 0 OR numerator IS NULL) AND (denominator >= 0 OR denominator IS NULL)
    AND (numerator <= denominator OR numerator IS NULL OR denominator IS NULL)
    AND (kind <> 'proportion' OR denominator > 0 OR denominator IS NULL)
) IS NOT TRUE
"""
_FAULTY = """
CREATE TABLE faulty AS
WITH judged AS (
    SELECT record,
        meaning = 'empty' AND written_status = '' AND has_limits IS NOT TRUE AS ignored_row,
        ignored_row AND numerator IS NOT NULL AND denominator IS NOT NULL AS counts_alone,
        meaning = 'empty'
            AND status IS DISTINCT FROM 'range'
            AND written_status NOT IN ('', 'suppressed', 'missing', 'not_applicable')
            AS missing_number,
        (meaning = 'number' AND value IS NULL AND NOT misread)
            OR (percent AND kind <> 'proportion') AS not_a_number,
        (
            written_status IN ('suppressed', 'missing', 'not_applicable')
            AND (value IS NOT NULL OR numerator IS NOT NULL)
        ) OR (
            written_status IN ('preliminary', 'approximate', 'at_least', 'at_most', 'range')
            AND meaning IN ('missing', 'suppressed')
        ) AS unknown_status,
        CASE status
            WHEN 'range' THEN low IS NULL OR high IS NULL OR meaning <> 'empty'
                OR numerator IS NOT NULL
            WHEN 'at_least' THEN high IS NOT NULL OR low <> value OR numerator IS NOT NULL
            WHEN 'at_most' THEN low IS NOT NULL OR high <> value OR numerator IS NOT NULL
            ELSE low IS NOT NULL OR high IS NOT NULL
        END AND NOT misread AS limits_do_not_fit,
        low >= high AS limits_turned,
        low < high AND NOT value BETWEEN low AND high AS value_outside,
        low < lowest OR low > highest AS low_out_of_range,
        high < lowest OR high > highest AS high_out_of_range,
        value < lowest OR value > highest AS value_out_of_range,
        coalesce(value > highest, false) AS is_above,
        numerator < 0 AS numerator_out_of_range,
        denominator < 0 AS denominator_out_of_range,
        -- What a mean or an amount is the sum of are no persons.
        persons_in <> 'denominator' AND denominator >= 0
            AND (CASE WHEN kind = 'count' THEN greatest(value, low, high) ELSE numerator END)
                > denominator
            AS numerator_exceeds_denominator,
        kind = 'proportion' AND denominator = 0 AND value = 0
            AND numerator_exceeds_denominator IS NOT TRUE AS of_nobody,
        kind = 'proportion' AND denominator = 0 AND value <> 0
            AND numerator_exceeds_denominator IS NOT TRUE AS share_of_nobody,
        meaning IN ('missing', 'suppressed') AS suppressed,
        approximate AND NOT is_bound AS approximate,
        is_bound AS limit_in_words,
        dated.start_date > $today::DATE AS future_period,
        dated.start_date < DATE '1980-01-01' AS early_period,
        measured = 'since' AND dated.kind = 'day' AS since_a_day
    FROM doubtful
    LEFT JOIN kind_properties USING (kind)
    LEFT JOIN known_period AS dated ON dated.number = period
)
FROM judged
WHERE greatest(*COLUMNS(* EXCLUDE (record)))
"""

# A share without a cell of its own is hidden by its numerator or denominator, which is reported.
_FAULTS = """
INSERT INTO problem
WITH counted_of_hidden AS (
    SELECT record
    FROM problem
    JOIN candidate USING (record)
    LEFT JOIN spelled_value ON spelled_value.spelling = candidate.value
    WHERE role IN ('numerator', 'denominator') AND fault = 'suppressed'
        AND coalesce(spelled_value.text, '') = ''
)
SELECT record, role, fault, coalesce(is_error, true)
FROM (
    SELECT record, 'value' AS role, if(counts_alone, 'counts_alone', 'ignored_row') AS fault
    FROM faulty WHERE ignored_row
    UNION ALL
    SELECT record, 'value', 'missing_number' FROM faulty WHERE missing_number
    UNION ALL
    SELECT record, 'value', 'not_a_number' FROM faulty WHERE not_a_number
    UNION ALL
    SELECT record, 'status', 'unknown_status' FROM faulty WHERE unknown_status
    UNION ALL
    SELECT record, 'value', 'out_of_range' FROM faulty
    -- A share above 100 % is what a numerator above its denominator gives.
    WHERE value_out_of_range AND NOT (coalesce(numerator_exceeds_denominator, false) AND is_above)
    UNION ALL
    SELECT record, 'numerator', 'out_of_range' FROM faulty WHERE numerator_out_of_range
    UNION ALL
    SELECT record, 'denominator', 'out_of_range' FROM faulty WHERE denominator_out_of_range
    UNION ALL
    SELECT record, 'denominator', 'numerator_exceeds_denominator'
    FROM faulty WHERE numerator_exceeds_denominator
    UNION ALL
    SELECT record, 'denominator', 'of_nobody' FROM faulty WHERE of_nobody
    UNION ALL
    SELECT record, 'denominator', 'share_of_nobody' FROM faulty WHERE share_of_nobody
    UNION ALL
    SELECT record, 'low', 'out_of_range' FROM faulty WHERE low_out_of_range
    UNION ALL
    SELECT record, 'high', 'out_of_range' FROM faulty WHERE high_out_of_range
    UNION ALL
    SELECT record, 'low', 'limits_turned' FROM faulty WHERE limits_turned
    UNION ALL
    SELECT record, 'value', 'value_outside' FROM faulty WHERE value_outside
    UNION ALL
    SELECT record, 'status', 'limits_do_not_fit' FROM faulty
    WHERE limits_do_not_fit AND value_outside IS NOT TRUE AND unknown_status IS NOT TRUE
    UNION ALL
    SELECT record, 'value', 'limit' FROM faulty WHERE limit_in_words
    UNION ALL
    SELECT record, 'value', 'suppressed' FROM faulty
    WHERE suppressed AND record NOT IN (FROM counted_of_hidden)
    UNION ALL
    SELECT record, 'value', 'approximate' FROM faulty WHERE approximate
    UNION ALL
    SELECT record, 'period', 'future_period' FROM faulty WHERE future_period
    UNION ALL
    SELECT record, 'period', 'early_period' FROM faulty WHERE early_period
    UNION ALL
    SELECT record, 'measured', 'since_a_day' FROM faulty WHERE since_a_day
)
LEFT JOIN severity_of USING (fault)
"""
