"""Faults within one row: what they are, in SQL over `parsed_row`, and how they are reported."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import duckdb

from kpi.domain.errors import Problem
from kpi.domain.problem_codes import PROBLEM_KINDS, ProblemCode
from kpi.ingest.checks.problem_limit import MOST_OF_A_CODE
from kpi.ingest.checks.said import find_contradictions
from kpi.ingest.mapping.column_mapping import NUMBERS, Plan
from kpi.ingest.table.raw import HIDDEN, TYPED, UNREADABLE, RawTable
from kpi.ingest.turning.wide import PERIOD
from kpi.ingest.words.number_hints import number_hint

# Rows that get a warning each; no real file has more.
MOST_PROBLEMS = 100_000


@dataclass(frozen=True)
class Fault:
    """A fault within a row: how it is reported, in words and with the remedy."""

    code: ProblemCode
    message: str
    hint: str


_NO_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType({})
_REPORTED_AS: Mapping[str, Fault] = {
    "not_a_number": Fault(
        "not_a_number", "Feltet er ikke et tal.", "Skriv tallet med cifre og ét decimaltegn."
    ),
    "ambiguous_number": Fault(
        "ambiguous_number",
        "Tallet kan læses på to måder (komma eller punktum).",
        "Vælg decimaltegn: --decimal comma eller --decimal point.",
    ),
    "mixed_marks": Fault(
        "ambiguous_number",
        "Kolonnen har tal med komma og tal med punktum som decimaltegn.",
        "Skriv alle kolonnens tal med det samme decimaltegn.",
    ),
    "percent_scaled": Fault(
        "scale",
        "Feltet har selv procenttegn, men alle værdier skal ganges.",
        "Fjern procenttegnet, eller undlad at gange: scale = 1 i opskriften, eller --scale 1.",
    ),
    "summed_twice": Fault(
        "duplicate_key",
        "Værdien, der skal lægges sammen, står flere gange for samme område og periode.",
        "Vælg rækker under [keep], så hver værdi kun tælles én gang.",
    ),
    "not_summable": Fault(
        "out_of_range",
        "Tallet kan ikke lægges sammen med andre: Det er hverken et antal eller en andel med "
        "tæller og nævner.",
        "Hent tallet for hele gruppen, eller tag tæller og nævner med.",
    ),
    "out_of_range": Fault(
        "out_of_range",
        "Tallet ligger uden for det mulige.",
        "En andel skal være 0-100 %, og et antal kan ikke være negativt.",
    ),
    "numerator_exceeds_denominator": Fault(
        "numerator_exceeds_denominator",
        "Tælleren er større end nævneren.",
        "Ret tallene, eller byt dem om.",
    ),
    "unknown_status": Fault(
        "unknown_status",
        "Status og tal passer ikke sammen.",
        "Slet tallet, eller ret status.",
    ),
    "missing_number": Fault(
        "not_a_number", "Værdien mangler.", "Skriv tallet, eller skriv »mangler« i status."
    ),
    "suppressed": Fault(
        "suppressed",
        "Værdien er skjult eller ikke oplyst.",
        "Den vises som »skjult« eller »–« (ikke oplyst), aldrig som 0.",
    ),
    "approximate": Fault(
        "approximate",
        "Kilden oplyser tallet omtrentligt.",
        "Det vises med »ca.« og åben markør.",
    ),
    "limit": Fault(
        "approximate",
        "Kilden oplyser kun en grænse.",
        "Den vises med kildens ord og sammenlignes ikke.",
    ),
    "limits_do_not_fit": Fault(
        "unknown_status",
        "Status og grænser passer ikke sammen.",
        "Skriv »interval« med lav og høj og uden værdi, eller »mindst« eller »højst« med værdi og "
        "uden lav, høj og tæller. Andre tal har ingen grænser.",
    ),
    "limits_turned": Fault(
        "out_of_range", "Den lave grænse skal være mindre end den høje.", "Ret grænserne."
    ),
    "value_outside": Fault(
        "value_mismatch",
        "Værdien ligger uden for sine egne grænser.",
        "Ret tallene. Et interval har ingen værdi.",
    ),
    "words_contradict": Fault(
        "unknown_status",
        "Status og ord siger hver sit.",
        "Ret status, eller ret ordene, så de siger det samme.",
    ),
    "since_a_day": Fault(
        "unknown_value",
        "En dag kan ikke være opgjort »siden«.",
        "Skriv »på dato«, eller skriv hele perioden.",
    ),
    "ignored_row": Fault(
        "ignored_row",
        "Rækken har ingen værdi.",
        "Skriv »skjult« i status, hvis værdien er skjult.",
    ),
    "counts_alone": Fault(
        "ignored_row",
        "Rækken har tæller og nævner, men ingen værdi, og springes over.",
        "Skriv værdien, hvis rækken skal udgives.",
    ),
    "same_row": Fault(
        "ignored_row",
        "Rækken står to gange med samme indhold.",
        "Den første bruges; slet den anden.",
    ),
    "future_period": Fault(
        "future_period",
        "Perioden er ikke begyndt endnu.",
        "Kontrollér, at den er skrevet rigtigt.",
    ),
    "early_period": Fault(
        "early_period",
        "Perioden ligger før 1980.",
        "Kontrollér, at den er skrevet rigtigt. Et regneark viser 2023 som 1905, hvor cellen har "
        "datoformat.",
    ),
}


def find_faults(connection: duckdb.DuckDBPyConnection, today: date) -> None:
    """Fills `problem` (record, role, fault, is_error) with the faults within each row."""
    are_errors = [PROBLEM_KINDS[fault.code].severity == "error" for fault in _REPORTED_AS.values()]
    connection.execute(_TABLES, {"faults": list(_REPORTED_AS), "are_errors": are_errors})
    for (role,) in connection.execute(_DOUBTFUL_ROLES).fetchall():
        connection.table(f"word_{role}").create_view("word_number", replace=True)
        spelling = duckdb.ColumnExpression(role).alias("spelling")
        cells = connection.table("candidate").project("record", spelling)
        cells.create_view("number_cell", replace=True)
        connection.execute(_UNREAD_NUMBERS, {"role": role})
    connection.execute("INSERT INTO problem SELECT record, 'value', fault, true FROM unsummed")
    connection.execute(_FAULTY, {"today": today})
    if connection.table("faulty").limit(1).fetchone():
        connection.execute(_FAULTS)
    find_contradictions(connection)


def row_problems(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    own_words: Mapping[str, tuple[str, str]] = _NO_WORDS,
) -> list[Problem]:
    """The faults in `problem` in words, with the cell as the file has it.

    `own_words` (fault: message and remedy) are said instead of what is reported of an upload.
    """
    if not connection.table("problem").limit(1).fetchone():
        return []
    problems = []
    rows = connection.execute(_WORDED, {"most": MOST_OF_A_CODE}).fetchall()
    for line, role, fault, more, texts in rows:
        known = _REPORTED_AS[fault]
        message, hint = own_words.get(fault) or (known.message, known.hint)
        name = plan.name_of(role, table)
        shown_texts = dict(zip(_SHOWN_ROLES, texts, strict=True))
        text = shown_texts.get(role)
        if role in ("low", "high") and plan.has_ranges:  # both are in the value's cell
            text = f"{shown_texts.get('low')}-{shown_texts.get('high')}"
        if fault == "not_a_number" and text and fault not in own_words:
            message, hint = number_hint(shown(text) or "") or (message, hint)
        if table.is_wide and role == "value":  # a person finds it under its period, or its area
            head = shown_texts.get("period" if table.columns[-2] == PERIOD else "area_id")
            name = shown(head) or name
        problems.append(Problem(known.code, "", line, name, shown(text), message, hint, more=more))
    return problems


def shown(text: str | None) -> str | None:
    """A cell as a person sees it in the file."""
    plain = None if text is None else text.removeprefix(TYPED).removeprefix(UNREADABLE)
    return "null" if plain == HIDDEN else plain


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
_FAULTY = """
CREATE TABLE faulty AS
WITH odd_period AS (
    FROM known_period WHERE NOT start_date BETWEEN DATE '1980-01-01' AND $today::DATE
),
doubtful AS (
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
    ) IS NOT TRUE
),
judged AS (
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

_SHOWN_ROLES = (
    "value", "numerator", "denominator", "period", "status", "low", "high", "measured", "area_id",
)  # fmt: skip
# The first of each fault, the last of them with the number of those after it.
_WORDED = """
WITH counted AS (
    SELECT role, fault, count(*) AS total, min(record, $most) AS first_ones
    FROM problem
    GROUP BY role, fault
),
first_problem AS (
    SELECT role, fault, unnest(first_ones) AS record,
        if(generate_subscripts(first_ones, 1) = len(first_ones), total - len(first_ones), 0) AS more
    FROM counted
)
SELECT candidate.line, role, fault, more,
    [
        spelled_value.text, spelled_numerator.text, spelled_denominator.text, spelled_period.text,
        spelled_status.text, spelled_low.text, spelled_high.text,
        spelled_measured.text, spelled_area_id.text
    ]
FROM first_problem
LEFT JOIN candidate USING (record)
LEFT JOIN spelled_value ON spelled_value.spelling = candidate.value
LEFT JOIN spelled_numerator ON spelled_numerator.spelling = candidate.numerator
LEFT JOIN spelled_denominator ON spelled_denominator.spelling = candidate.denominator
LEFT JOIN spelled_period ON spelled_period.spelling = candidate.period
LEFT JOIN spelled_status ON spelled_status.spelling = candidate.status
LEFT JOIN spelled_low ON spelled_low.spelling = candidate.low
LEFT JOIN spelled_high ON spelled_high.spelling = candidate.high
LEFT JOIN spelled_measured ON spelled_measured.spelling = candidate.measured
LEFT JOIN spelled_area_id ON spelled_area_id.spelling = candidate.area_id
ORDER BY record
"""
