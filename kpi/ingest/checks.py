"""The checks of a file's observations: set-based SQL over `told`, all problems at once.

Each check adds to `problem` its code, and which column of the template it is about. A row with an
error is no observation; `valid` holds the others.
"""

from collections.abc import Iterable
from datetime import date

import duckdb

from kpi import format as fmt
from kpi.errors import Problem
from kpi.ingest.plan import NUMBERS, Plan
from kpi.ingest.raw import HIDDEN, TYPED, UNREADABLE, RawTable

MOST_PROBLEMS = 100_000

_ERRORS = {
    "not_a_number": ("Feltet er ikke et tal.", "Skriv tallet med cifre og ét decimaltegn."),
    "ambiguous_number": (
        "Tallet kan læses på to måder (komma eller punktum).",
        "Vælg decimaltegn: --decimal comma eller --decimal point.",
    ),
    "out_of_range": (
        "Tallet ligger uden for det mulige.",
        "En andel skal være 0-100 %, og et antal kan ikke være negativt.",
    ),
    "numerator_exceeds_denominator": (
        "Tælleren er større end nævneren.",
        "Ret tallene, eller byt dem om.",
    ),
    "unknown_status": (
        "Status og tal passer ikke sammen.",
        "Slet tallet, eller ret status.",
    ),
    "missing_number": ("Værdien mangler.", "Skriv tallet, eller skriv »mangler« i status."),
    "suppressed": (
        "Værdien er skjult eller ikke oplyst.",
        "Den vises som »skjult« eller »–« (ikke oplyst), aldrig som 0.",
    ),
    "approximate": ("Kilden oplyser tallet omtrentligt.", "Det vises med »ca.« og åben markør."),
    "ignored_row": ("Rækken har ingen værdi.", "Skriv »skjult« i status, hvis værdien er skjult."),
    "same_row": ("Rækken står to gange med samme indhold.", "Den første bruges; slet den anden."),
    "future_period": ("Perioden er ikke begyndt endnu.", "Kontrollér, at den er skrevet rigtigt."),
}
# What a check calls a fault that is told under another code.
_CODES = {"missing_number": "not_a_number", "same_row": "ignored_row"}
_WARNINGS = {"suppressed", "approximate", "ignored_row", "same_row", "future_period"}


def find_problems(connection: duckdb.DuckDBPyConnection, today: date) -> None:
    """Fills `problem` (record, role, fault) and `valid`, the observations without errors."""
    connection.execute(_TABLES)
    for role in NUMBERS:
        words = connection.table(f"word_{role}")
        told = "code IS NOT NULL OR approximate OR meaning IN ('missing', 'suppressed')"
        if words.filter(told).limit(1).fetchone():
            words.create_view("word_number", replace=True)
            connection.execute(_UNREAD_NUMBERS[role])
    connection.execute(_FAULTS, {"today": today})
    connection.execute(_WRONG_RECORDS)
    (wrong,) = connection.execute("SELECT count(*) FROM wrong_record").fetchone() or (0,)
    # Most files have no fault, and a copy of a million rows costs more than all checks together.
    connection.execute(_VALID_AMONG_WRONG if wrong else _ALL_VALID)
    connection.execute(_TWICE)
    (twice,) = connection.execute("SELECT count(*) FROM twice").fetchone() or (0,)
    if twice:
        connection.execute(_WITHOUT_TWINS)


def word_problems(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan
) -> list[Problem]:
    """An error for each row whose indicator, area, group, period, status or source is unknown."""
    found: list[Problem] = []
    connection.execute(_BUSINESS)
    for role, sql in _UNKNOWN_WORDS.items():
        unknown = connection.table(f"word_{role}").filter("code IS NOT NULL").limit(1).fetchone()
        if unknown is None:
            continue
        found += [
            Problem(code, "error", "", line, plan.name_of(role, table), shown(text), message, hint)
            for line, text, code, message, hint in connection.execute(
                sql, {"most": MOST_PROBLEMS}
            ).fetchall()
        ]
    return found


def row_problems(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan
) -> list[Problem]:
    """The faults in `problem` in words, with the cell as the file has it."""
    found = []
    for line, role, fault, texts in connection.execute(_WORDED, {"most": MOST_PROBLEMS}).fetchall():
        message, hint = _ERRORS[fault]
        text = dict(zip(_SHOWN_ROLES, texts, strict=True)).get(role)
        severity = "warning" if fault in _WARNINGS else "error"
        name = plan.name_of(role, table)
        code = _CODES.get(fault, fault)
        found.append(Problem(code, severity, "", line, name, shown(text), message, hint))
    return found


def mismatches(connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan) -> list[Problem]:
    """Values that are not numerator/denominator within their rounding.

    A warning where a claim already questions the value of that key; the others leave `valid`.
    """
    connection.execute(_MISMATCH)
    if connection.table("mismatch").filter("NOT is_claimed").limit(1).fetchone():
        connection.execute(_WITHOUT_MISMATCHES)
    return [
        Problem(
            "value_mismatch", "warning" if claimed else "error", "", line,
            plan.name_of("value", table), shown(text),
            f"Værdien passer ikke med tæller og nævner: {fmt.number(numerator, 0)} af "
            f"{fmt.number(denominator, 0)} er {fmt.percent(share, 1)}.",
            "Afvigelsen er kendt fra Regnetjek. Kildens tal beholdes og mærkes." if claimed else
            "Ret værdien, tælleren eller nævneren.",
        )
        for line, text, numerator, denominator, share, claimed in connection.execute(
            _MISMATCHES, {"most": MOST_PROBLEMS}
        ).fetchall()
    ]  # fmt: skip


def duplicates(connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan) -> list[Problem]:
    """An error at each row of a key that stands with different contents."""
    return [
        Problem(
            "duplicate_key", "error", "", line, plan.name_of("period", table), shown(text),
            f"Samme nøgletal, område, gruppe og periode står også i række {_listed(lines, line)}.",
            "Behold én af rækkerne.",
        )
        for line, text, lines in connection.execute(_DIFFERING, {"most": MOST_PROBLEMS}).fetchall()
    ]  # fmt: skip


def shown(text: str | None) -> str | None:
    """A cell as a person sees it in the file."""
    if text is None:
        return None
    plain = text.removeprefix(TYPED).removeprefix(UNREADABLE)
    return "null" if plain == HIDDEN else plain


def _listed(lines: Iterable[int | None], own: int | None) -> str:
    others = [str(one) for one in lines if one != own]
    if not others:
        return f"{own} (samme række)"
    return ", ".join(others[:5]) + (f" og {len(others) - 5} til" if len(others) > 5 else "")


_TABLES = """
CREATE TABLE problem (record BIGINT, role VARCHAR, fault VARCHAR, is_error BOOLEAN);
"""

# Numbers that were not read. Of a count beside the value it is told, too, that it is not exact.
_UNREAD_NUMBERS = {
    "value": """
        INSERT INTO problem
        SELECT record, 'value', word_number.code, true
        FROM candidate
        JOIN word_number ON word_number.spelling = candidate.value
        JOIN told USING (record)
        WHERE word_number.code IS NOT NULL AND NOT passed_over
    """,
    "numerator": """
        INSERT INTO problem
        SELECT record, 'numerator', coalesce(word_number.code, if(word_number.approximate,
            'approximate', 'suppressed')), word_number.code IS NOT NULL
        FROM candidate
        JOIN word_number ON word_number.spelling = candidate.numerator
        JOIN told USING (record)
        WHERE NOT passed_over AND (
            word_number.code IS NOT NULL OR word_number.approximate
            OR word_number.meaning IN ('missing', 'suppressed')
        )
    """,
    "denominator": """
        INSERT INTO problem
        SELECT record, 'denominator', coalesce(word_number.code, if(word_number.approximate,
            'approximate', 'suppressed')), word_number.code IS NOT NULL
        FROM candidate
        JOIN word_number ON word_number.spelling = candidate.denominator
        JOIN told USING (record)
        WHERE NOT passed_over AND (
            word_number.code IS NOT NULL OR word_number.approximate
            OR word_number.meaning IN ('missing', 'suppressed')
        )
    """,
}

# The rows that are not passed over.
_BUSINESS = """
CREATE VIEW business AS
FROM candidate SEMI JOIN (FROM told WHERE NOT passed_over) AS ours USING (record)
"""

_UNKNOWN_WORDS = {
    "indicator_id": """
        SELECT line, text, code, message, hint
        FROM business JOIN word_indicator_id ON spelling = business.indicator_id
        WHERE code IS NOT NULL ORDER BY record LIMIT $most
    """,
    "area_id": """
        SELECT line, text, code, message, hint
        FROM business JOIN word_area_id ON spelling = business.area_id
        WHERE code IS NOT NULL ORDER BY record LIMIT $most
    """,
    "group_id": """
        SELECT line, text, code, message, hint
        FROM business JOIN word_group_id ON spelling = business.group_id
        WHERE code IS NOT NULL ORDER BY record LIMIT $most
    """,
    "period": """
        SELECT line, text, code, message, hint
        FROM business JOIN word_period ON spelling = business.period
        WHERE code IS NOT NULL ORDER BY record LIMIT $most
    """,
    "status": """
        SELECT line, text, code, message, hint
        FROM business JOIN word_status ON spelling = business.status
        WHERE code IS NOT NULL ORDER BY record LIMIT $most
    """,
    "source_id": """
        SELECT line, text, code, message, hint
        FROM business JOIN word_source_id ON spelling = business.source_id
        WHERE code IS NOT NULL ORDER BY record LIMIT $most
    """,
}

# Faults within one row. A number that was not read is told above, so its NULL is no second fault.
# All rows are looked at once: most have none.
_FAULTS = """
INSERT INTO problem
WITH judged AS (
    SELECT record,
        meaning = 'empty' AND written_status = '' AS ignored_row,
        meaning = 'empty'
            AND written_status NOT IN ('', 'suppressed', 'missing', 'not_applicable')
            AS missing_number,
        (meaning = 'number' AND value IS NULL AND NOT misread)
            OR (percent AND kind <> 'proportion') AS not_a_number,
        (
            written_status IN ('suppressed', 'missing', 'not_applicable')
            AND (value IS NOT NULL OR numerator IS NOT NULL)
        ) OR (
            written_status IN ('preliminary', 'approximate')
            AND meaning IN ('missing', 'suppressed')
        ) AS unknown_status,
        (kind = 'proportion' AND NOT value BETWEEN 0 AND 100)
            OR (kind = 'count' AND value < 0) AS value_out_of_range,
        numerator < 0 AS numerator_out_of_range,
        denominator < 0 AS denominator_out_of_range,
        kind <> 'mean' AND denominator >= 0
            AND (CASE WHEN kind = 'count' THEN value ELSE numerator END) > denominator
            AS numerator_exceeds_denominator,
        meaning IN ('missing', 'suppressed') AS suppressed,
        approximate,
        period IN (SELECT number FROM known_period WHERE start_date > $today::DATE)
            AS future_period
    FROM told
    WHERE NOT passed_over
),
faulty AS MATERIALIZED (
    FROM judged
    WHERE ignored_row OR missing_number OR not_a_number OR unknown_status OR value_out_of_range
        OR numerator_out_of_range OR denominator_out_of_range OR numerator_exceeds_denominator
        OR suppressed OR approximate OR future_period
)
SELECT record, 'value', 'ignored_row', false FROM faulty WHERE ignored_row
UNION ALL
SELECT record, 'value', 'missing_number', true FROM faulty WHERE missing_number
UNION ALL
SELECT record, 'value', 'not_a_number', true FROM faulty WHERE not_a_number
UNION ALL
SELECT record, 'status', 'unknown_status', true FROM faulty WHERE unknown_status
UNION ALL
SELECT record, 'value', 'out_of_range', true FROM faulty WHERE value_out_of_range
UNION ALL
SELECT record, 'numerator', 'out_of_range', true FROM faulty WHERE numerator_out_of_range
UNION ALL
SELECT record, 'denominator', 'out_of_range', true FROM faulty WHERE denominator_out_of_range
UNION ALL
SELECT record, 'denominator', 'numerator_exceeds_denominator', true
FROM faulty WHERE numerator_exceeds_denominator
UNION ALL
SELECT record, 'value', 'suppressed', false FROM faulty WHERE suppressed
UNION ALL
SELECT record, 'value', 'approximate', false FROM faulty WHERE approximate
UNION ALL
SELECT record, 'period', 'future_period', false FROM faulty WHERE future_period
"""

_WRONG_RECORDS = """
CREATE TABLE wrong_record AS SELECT DISTINCT record FROM problem WHERE is_error
"""
_ALL_VALID = """
CREATE VIEW valid AS
FROM told WHERE NOT misread AND NOT passed_over AND status IS NOT NULL
"""
_VALID_AMONG_WRONG = """
CREATE VIEW valid AS
FROM told ANTI JOIN wrong_record USING (record)
WHERE NOT misread AND NOT passed_over AND status IS NOT NULL
"""

# Rows of one key: with the same contents the first is kept, with different ones none is right.
_TWICE = """
CREATE TABLE twice AS
WITH repeated AS (SELECT key FROM valid GROUP BY key HAVING count(*) > 1)
SELECT key, list(record ORDER BY record) AS records, list(line ORDER BY record) AS lines,
    count(DISTINCT (value, numerator, denominator, status, source)) > 1 AS differs
FROM valid SEMI JOIN repeated USING (key)
GROUP BY key
"""
_WITHOUT_TWINS = """
INSERT INTO problem
SELECT unnest(records[2:]), 'period', 'same_row', false FROM twice WHERE NOT differs;

CREATE TABLE single AS
FROM valid
WHERE key NOT IN (SELECT key FROM twice WHERE differs)
    AND record NOT IN (SELECT unnest(records[2:]) FROM twice WHERE NOT differs);

CREATE OR REPLACE VIEW valid AS FROM single;
"""

_DIFFERING = """
SELECT candidate.line, spelled_period.text, lines
FROM (SELECT unnest(records) AS record, lines FROM twice WHERE differs)
JOIN candidate USING (record)
JOIN spelled_period ON spelled_period.spelling = candidate.period
ORDER BY record
LIMIT $most
"""

_SHOWN_ROLES = ("value", "numerator", "denominator", "period", "status")
_WORDED = """
SELECT candidate.line, role, fault,
    [
        spelled_value.text, spelled_numerator.text, spelled_denominator.text, spelled_period.text,
        spelled_status.text
    ]
FROM problem
LEFT JOIN candidate USING (record)
LEFT JOIN spelled_value ON spelled_value.spelling = candidate.value
LEFT JOIN spelled_numerator ON spelled_numerator.spelling = candidate.numerator
LEFT JOIN spelled_denominator ON spelled_denominator.spelling = candidate.denominator
LEFT JOIN spelled_period ON spelled_period.spelling = candidate.period
LEFT JOIN spelled_status ON spelled_status.spelling = candidate.status
ORDER BY record
LIMIT $most
"""

_MISMATCH = """
CREATE TABLE mismatch AS
WITH counted AS (
    SELECT *, 100 * numerator / denominator AS share
    FROM valid
    WHERE kind = 'proportion' AND value IS NOT NULL AND numerator IS NOT NULL AND denominator > 0
),
wrong AS (
    SELECT * FROM counted
    WHERE abs(share - value) > 0.5 * pow(10, -decimals) + 1e-9
),
claimed AS (
    SELECT DISTINCT known_indicator.number AS indicator, known_area.number AS area,
        known_group.number AS population_group, known_period.number AS period
    FROM spor.claim
    JOIN known_indicator ON known_indicator.id = claim.indicator_id
    JOIN known_area ON known_area.id = claim.area_id
    JOIN known_group ON known_group.id = claim.group_id
    JOIN known_period ON known_period.id = claim.period
)
SELECT wrong.record, wrong.numerator, wrong.denominator, wrong.share,
    claimed.indicator IS NOT NULL AS is_claimed
FROM wrong
LEFT JOIN claimed ON claimed.indicator = wrong.indicator AND claimed.area = wrong.area
    AND claimed.population_group = wrong.population_group AND claimed.period = wrong.period
"""

_MISMATCHES = """
SELECT line, text, mismatch.numerator, mismatch.denominator, share, is_claimed
FROM mismatch
JOIN candidate USING (record)
JOIN spelled_value ON spelled_value.spelling = candidate.value
ORDER BY record
LIMIT $most
"""

_WITHOUT_MISMATCHES = """
CREATE TABLE agreeing AS
FROM valid WHERE record NOT IN (SELECT record FROM mismatch WHERE NOT is_claimed);

CREATE OR REPLACE VIEW valid AS FROM agreeing;
"""
