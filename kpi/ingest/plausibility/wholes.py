"""Counts with decimals: a thousands mark taken for a decimal mark, and halves that are no count.

Of an indicator that counts, or has no decimals, `1.803` and `3.5` in one column are not read as
1,803 and 3,5: which of them is misread cannot be known. Numerators and denominators are counts.
"""

import re
from collections.abc import Iterable

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.ingest.checks.faults import shown
from kpi.ingest.checks.problem_limit import MOST_OF_A_CODE, and_more
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.evidence import multiplied
from kpi.ingest.table.raw import RawTable
from kpi.ingest.words.word_tables import save

# Of fewer figures with decimals each is a warning of its own.
_FEWEST = 3
# One mark and three digits behind it, as thousands are written.
_MAYBE_THOUSANDS = re.compile(r"(\d{1,3})[.,](\d{3})", re.ASCII)


def find_ambiguous(connection: duckdb.DuckDBPyConnection, plan: Plan, catalog: Catalog) -> None:
    """Adds to `problem` the cells of counts whose thousands one other cell decided.

    Where the person, recipe or format gave the mark, nothing is ambiguous.
    """
    whole_indicators = [
        number
        for number, indicator in enumerate(catalog.indicators.values())
        if indicator.is_quantity and indicator.decimals == 0
    ]
    save(connection, "whole_indicator", {"number": whole_indicators})
    if plan.decimal is not None:
        return
    if plan.scale in (None, 1) and connection.execute(_HAS_BROKEN_VALUES).fetchone():
        connection.execute(_AMBIGUOUS)
    if connection.execute(_HAS_BROKEN_COUNTS).fetchone():
        connection.execute(_AMBIGUOUS_COUNTS)


def broken_counts(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> dict[int, Problem]:
    """An error for each indicator (by number) that counts, where most figures have decimals.

    They are shares or means of another column. Nothing is said where published ones have decimals
    too. Expects `share_of_period` (compared.py), so that rows are read only where there are such.
    """
    indicators = list(catalog.indicators.values())
    problems = {}
    for number, broken, total in connection.execute(_BROKEN, {"fewest": _FEWEST}).fetchall():
        indicator = indicators[number]
        line, text, are_thousands = connection.execute(
            _FIRST_BROKEN, {"indicator": number}
        ).fetchall()[0]
        is_thousands = are_thousands and broken == total
        many = "alle" if broken == total else fmt.number(broken, 0) + " af"
        problems[number] = (
            Problem("scale", "", line, plan.name_of("value", table), shown(text),
                    f"{indicator.name} er et antal, men {many} {fmt.number(total, 0)} tal har "
                    f"decimaler, fx »{shown(text)}« i række {line}. "
                    + ("Er de i tusinde?" if is_thousands else "Er de andele eller gennemsnit?"),
                    multiplied(indicator, plan.scale or 1, -3) if is_thousands else
                    "Kontrollér, at det er det rigtige nøgletal og den rigtige kolonne. "
                    "Er tallene antal, som de står i filen: --scale 1.", weight=broken)
        )  # fmt: skip
    return problems


def not_whole(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, asked: Iterable[int] = ()
) -> list[Problem]:
    """A warning at each count that is not whole, of an indicator that shows no decimals.

    None of the indicators whose scale is asked about: thousands have decimals, and are no counts.
    """
    rows = connection.execute(_NOT_WHOLE, {"most": MOST_OF_A_CODE, "asked": list(asked)}).fetchall()
    problems = [
        Problem("not_whole", "", line, plan.name_of("value", table), shown(text),
                "Et antal er helt, og tallet har decimaler.",
                _asked_of_mark(text))
        for line, text, _ in rows
    ]  # fmt: skip
    return and_more(problems, rows[0][-1] if rows else 0) + _parts_not_whole(
        connection, table, plan
    )


def _asked_of_mark(text: str) -> str:
    """What to look at in the source; with the whole number that the file's own digits may be."""
    match = _MAYBE_THOUSANDS.fullmatch((shown(text) or "").strip())
    asked = f": Er {match[0]} et antal på {match[1]}{match[2]}?" if match else "."
    return f"Kontrollér decimaltegnet i kilden{asked}"


def _parts_not_whole(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan
) -> list[Problem]:
    """A warning, once, where numerators or denominators are no whole numbers: thousands of people.

    The share is right all the same, but its uncertainty and what is hidden follow from the counts.
    """
    if connection.execute(_HAS_PARTS).fetchone() is None:
        return []
    row = connection.execute(_PARTS_NOT_WHOLE).fetchone()
    if row is None or row[0] is None:
        return []
    line, role, text = row
    return [
        Problem("not_whole", "", line, plan.name_of(role, table), shown(text),
                "Tæller og nævner er antal, og her har de decimaler.",
                "Er de i 1.000, så skriv dem helt ud: 180,2 er 180200.")
    ]  # fmt: skip


# Counts by indicator of which so many figures, and more than half of them, are not whole.
_BROKEN = """
WITH counted AS (
    SELECT indicator, sum(values_count - whole_count)::BIGINT AS broken,
        sum(values_count)::BIGINT AS total
    FROM share_of_period
    WHERE indicator IN (SELECT number FROM whole_indicator)
        AND indicator IN (SELECT number FROM known_indicator WHERE kind = 'count')
    GROUP BY indicator
)
SELECT indicator, broken, total
FROM counted JOIN known_indicator ON known_indicator.number = indicator
WHERE broken >= $fewest AND 2 * broken > total AND NOT EXISTS (
    FROM spor.current_observation AS now
    WHERE now.indicator_id = known_indicator.id AND now.value <> floor(now.value)
)
ORDER BY indicator
"""
# Its first one, and whether all of them are whole as thousands, most of them not as hundreds.
_FIRST_BROKEN = """
SELECT candidate.line, spelled_value.text,
    bool_and(abs(valid.value * 1000 - round(valid.value * 1000)) < 1e-6) OVER ()
        AND avg((abs(valid.value * 100 - round(valid.value * 100)) > 1e-6)::INTEGER) OVER () > 0.5
FROM valid
JOIN candidate USING (record)
JOIN spelled_value ON spelled_value.spelling = candidate.value
WHERE valid.indicator = $indicator AND valid.value <> floor(valid.value)
ORDER BY record
LIMIT 1
"""

_HAS_BROKEN_VALUES = """
SELECT 1 FROM parsed_row
WHERE decimals > 0 AND NOT typed AND NOT ignored AND value IS NOT NULL
    AND indicator IN (SELECT number FROM whole_indicator)
LIMIT 1
"""
# A cell with a mark and three digits may be thousands; the others with a mark contradict it.
_AMBIGUOUS = """
INSERT INTO problem
WITH marked AS (
    SELECT record, parsed_row.indicator,
        regexp_full_match(spelled_value.text, '[^0-9]*[1-9][0-9]{0,2}[.,][0-9]{3}[^0-9]*')
            AS may_be_thousands
    FROM parsed_row
    JOIN candidate USING (record)
    JOIN spelled_value ON spelled_value.spelling = candidate.value
    WHERE parsed_row.decimals > 0 AND NOT parsed_row.typed AND NOT ignored
        AND parsed_row.value IS NOT NULL
        AND parsed_row.indicator IN (SELECT number FROM whole_indicator)
)
SELECT record, 'value', 'ambiguous_number', true
FROM marked
WHERE indicator IN (SELECT indicator FROM marked WHERE may_be_thousands)
"""

_HAS_BROKEN_COUNTS = """
SELECT 1
FROM (FROM word_numerator UNION ALL FROM word_denominator)
WHERE decimals > 0 AND NOT typed AND number IS NOT NULL
LIMIT 1
"""
# Of any indicator, each of the two columns by itself.
_AMBIGUOUS_COUNTS = """
INSERT INTO problem
WITH cell AS (
    SELECT 'numerator' AS role, spelling, text, decimals, typed, number
    FROM word_numerator JOIN spelled_numerator USING (spelling)
    UNION ALL
    SELECT 'denominator', spelling, text, decimals, typed, number
    FROM word_denominator JOIN spelled_denominator USING (spelling)
),
marked AS (
    SELECT role, spelling,
        regexp_full_match(text, '[^0-9]*[1-9][0-9]{0,2}[.,][0-9]{3}[^0-9]*') AS may_be_thousands
    FROM cell
    WHERE decimals > 0 AND NOT typed AND number IS NOT NULL
),
unsure AS (
    FROM marked WHERE role IN (SELECT role FROM marked WHERE may_be_thousands)
)
SELECT record, role, 'ambiguous_number', true
FROM candidate
JOIN unsure ON role = 'numerator' AND spelling = candidate.numerator
    OR role = 'denominator' AND spelling = candidate.denominator
SEMI JOIN (FROM parsed_row WHERE NOT ignored) AS ours USING (record)
"""

_NOT_WHOLE = """
WITH counted AS (
    SELECT min(record, $most) AS first_ones, count(*) AS total
    FROM valid
    WHERE kind = 'count' AND value <> floor(value)
        AND indicator IN (SELECT number FROM whole_indicator)
        AND NOT list_contains($asked::INTEGER[], indicator::INTEGER)
)
SELECT candidate.line, spelled_value.text, total
FROM (SELECT unnest(first_ones) AS record, total FROM counted)
JOIN candidate USING (record)
JOIN spelled_value ON spelled_value.spelling = candidate.value
ORDER BY record
"""

_HAS_PARTS = "SELECT 1 FROM valid WHERE numerator IS NOT NULL OR denominator IS NOT NULL LIMIT 1"
_PARTS_NOT_WHOLE = """
WITH broken AS (
    SELECT record,
        CASE WHEN numerator <> floor(numerator) THEN 'numerator' ELSE 'denominator' END AS role
    FROM valid
    WHERE kind IN ('count', 'proportion')
        AND (numerator <> floor(numerator) OR denominator <> floor(denominator))
    ORDER BY record
    LIMIT 1
)
SELECT candidate.line, role, coalesce(upper_one.text, lower_one.text)
FROM broken
JOIN candidate USING (record)
LEFT JOIN spelled_numerator AS upper_one
    ON upper_one.spelling = candidate.numerator AND role = 'numerator'
LEFT JOIN spelled_denominator AS lower_one ON lower_one.spelling = candidate.denominator
"""
