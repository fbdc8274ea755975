"""The checks of a file's observations: set-based SQL over `parsed_row`, all problems at once.

Each check adds to `problem` its code, and which column of the template it is about. A row with an
error is no observation; `valid` are the others.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import numpy as np

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.problem_codes import ProblemCode
from kpi.domain.wording import first_listed
from kpi.ingest.checks.fault_rules import find_faults
from kpi.ingest.checks.faults import shown
from kpi.ingest.checks.problem_limit import MOST_OF_A_CODE, and_more
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.meaning.parsed_rows import FEW_ROWS
from kpi.ingest.plausibility.wholes import find_ambiguous
from kpi.ingest.table.raw import RawTable

_MOST_HEADS = 5


def find_problems(
    connection: duckdb.DuckDBPyConnection, today: date, plan: Plan, catalog: Catalog
) -> None:
    """Fills `problem` (record, role, fault) and `valid`, the observations without errors."""
    find_faults(connection, today)
    find_ambiguous(connection, plan, catalog)
    keep_valid(connection)


def keep_valid(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes `valid` of the rows that `problem` has no error of, and `twice` of repeated keys."""
    connection.execute(_WRONG_RECORDS)
    (wrong,) = connection.execute("SELECT count(*) FROM wrong_record").fetchone() or (0,)
    # Most files have no fault, and a copy of a million rows costs more than all checks together.
    connection.execute(_VALID_AMONG_WRONG if wrong else _ALL_VALID)
    # But few rows are copied sooner than every question about them is led back to their texts.
    if connection.table("parsed_row").limit(1, FEW_ROWS).fetchone() is None:
        connection.execute(_COPIED)
    connection.execute(_TWICE if _has_twins(connection) else _NONE_TWICE)
    if connection.table("twice").limit(1).fetchone():
        connection.execute(_WITHOUT_TWINS)


def _has_twins(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether two rows may have one key: sorted as numbers in a quarter of SQL's time."""
    keys = np.ma.compressed(connection.execute("SELECT key FROM valid").fetchnumpy()["key"])
    # Files mostly lie in stretches that are in order already, which this way of sorting joins.
    keys.sort(kind="stable")
    return bool((keys[1:] == keys[:-1]).any())


def word_problems(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan
) -> list[Problem]:
    """An error for each row whose indicator, area, group, period, status or source is unknown."""
    problems: list[Problem] = []
    connection.execute(_BUSINESS)
    for (role,) in connection.execute(_UNKNOWN_ROLES).fetchall():
        unknown = connection.table(f"word_{role}").filter("code IS NOT NULL")
        unknown.create_view("unknown_spelling", replace=True)
        cell = duckdb.ColumnExpression(role).alias("spelling")
        cells = connection.table("business").project("record", "line", cell)
        cells.create_view("looked_up_cell", replace=True)
        connection.execute(_UNKNOWN_WORDS)
        rows = connection.execute(_FIRST_UNKNOWN, {"most": MOST_OF_A_CODE}).fetchall()
        if role not in plan.columns and role in _OF_ALL_ROWS and rows:
            problems.append(_of_all_rows(role, *rows[0][1:5]))
            continue
        of_role = [
            Problem(
                code, "", line, plan.name_of(role, table), shown(text), message,
                _with_how_to_add(code, message, hint),
            )
            for line, text, code, message, hint, _ in rows
        ]  # fmt: skip
        problems += and_more(of_role, rows[0][-1] if rows else 0)
    return problems


def unknown_names(
    connection: duckdb.DuckDBPyConnection, plan: Plan
) -> tuple[tuple[ProblemCode, str, int], ...]:
    """Each name in a column of the file that is not known and can be added: code, text and rows.

    Of all rows, however many of the problems are kept; of a code at most `_MOST_NAMES`.
    """
    unknown: list[tuple[ProblemCode, str, int]] = []
    for role in set(plan.columns) & set(_OF_ALL_ROWS) - {"period"}:
        rows = connection.execute(
            _UNKNOWN_NAMES.replace("ROLE", role), {"codes": list(ADDABLE), "most": _MOST_NAMES}
        ).fetchall()
        unknown += [(code, shown(text) or "", count) for code, text, count in rows if text]
    return tuple(unknown)


_OF_ALL_ROWS = {
    "indicator_id": "Nøgletallet", "area_id": "Området", "period": "Perioden",
    "group_id": "Gruppen", "source_id": "Kilden",
}  # fmt: skip


def _of_all_rows(role: str, text: str, code: ProblemCode, message: str, hint: str) -> Problem:
    """What is unknown of all rows alike, since a person or a recipe says it of the whole file."""
    given = f"{_OF_ALL_ROWS[role]} er angivet for hele filen."
    return Problem(
        code, "", None, None, shown(text), f"{message} {given}",
        _with_how_to_add(code, message, hint),
    )  # fmt: skip


# What is not known may be new: what it is called, and what `kpi add` calls it.
ADDABLE: Mapping[ProblemCode, tuple[str, str, str]] = {
    "unknown_indicator": ("nøgletallet nyt", "det", "indicator"),
    "unknown_area": ("området nyt", "det", "area"),
    "unknown_group": ("gruppen ny", "den", "group"),
    "unknown_source": ("kilden ny", "den", "source"),
}


def _with_how_to_add(code: ProblemCode, message: str, hint: str) -> str:
    """The remedy, with the command that adds what the store does not know yet."""
    if code not in ADDABLE or not message.endswith("kendes ikke."):
        return hint
    is_new, article, table = ADDABLE[code]
    return f"{hint} Er {is_new}, så opret {article}: python -m kpi add {table} FIL.".lstrip()


def mismatches(connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan) -> list[Problem]:
    """Values that are not numerator/denominator within their rounding.

    A warning where a claim already questions the value of that key; the others leave `valid`.
    Fractions of one are a question of scale, once.
    """
    # Most files have no counts, or counts that agree.
    if connection.execute(_HAS_COUNTS).fetchone() is None:
        return []
    connection.execute(_MISMATCH)
    if connection.table("mismatch").limit(1).fetchone() is None:
        return []
    if connection.table("mismatch").filter("NOT is_claimed").limit(1).fetchone():
        connection.execute(_WITHOUT_MISMATCHES)
    rows = connection.execute(_MISMATCHES, {"most": MOST_OF_A_CODE}).fetchall()
    fractions = [] if plan.scale is not None else [row for row in rows if row[-2]]
    return _fractions(fractions, table, plan) + [
        Problem(
            "value_mismatch", "", line,
            plan.name_of("value", table), shown(text),
            f"Værdien passer ikke med tæller og nævner: {fmt.number(numerator, 0)} af "
            f"{fmt.number(denominator, 0)} er {fmt.percent(share, 1)}.",
            "Regnetjek viser samme afvigelse. Kildens tal beholdes og mærkes." if claimed else
            "Ret værdien, tælleren eller nævneren.", more=more,
            reported_as="warning" if claimed else None,
        )
        for line, text, numerator, denominator, share, claimed, is_fraction, more in rows
        if not (fractions and is_fraction)
    ]  # fmt: skip


def _fractions(rows: Sequence[tuple[Any, ...]], table: RawTable, plan: Plan) -> list[Problem]:
    if not rows:
        return []
    line, text, numerator, denominator, share, *_ = rows[0]
    return [
        Problem(
            "scale", "", line, plan.name_of("value", table), shown(text),
            f"Tallene er andele (0-1) og ikke procent: {fmt.number(numerator, 0)} af "
            f"{fmt.number(denominator, 0)} er {fmt.percent(share, 1)}.",
            "Ja, gang med 100: --scale 100. Er tallene procent, som de er: --scale 1.",
            weight=len(rows) + sum(more for *_, more in rows),
        )
    ]  # fmt: skip


def duplicates(connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan) -> list[Problem]:
    """An error at each row of a key that occurs with different contents."""
    if connection.table("twice").filter("differs").limit(1).fetchone() is None:
        return []
    rows = connection.execute(_DIFFERING, {"most": MOST_OF_A_CODE}).fetchall()
    if table.is_wide and not any(count for *_, count, _ in rows):
        return _heads_twice([(line, text) for line, text, *_ in rows], table, plan)
    problems = [
        Problem(
            "duplicate_key", "", line, plan.name_of("period", table), shown(text),
            "Samme nøgletal, område, gruppe og periode står også i række "
            f"{_listed(lines, line, count)}.",
            "Behold én af rækkerne.",
        )
        for line, text, lines, count, _ in rows
    ]  # fmt: skip
    return and_more(problems, rows[0][-1] if rows else 0)


def _heads_twice(
    cells: Sequence[tuple[int | None, str]], table: RawTable, plan: Plan
) -> list[Problem]:
    """One error for the heads that several columns have, where no two rows have one key."""
    heads = list(dict.fromkeys(shown(text) or "" for _, text in cells))
    named = first_listed([f"»{head}«" for head in heads], _MOST_HEADS)
    return [
        Problem(
            "duplicate_column", "", cells[0][0], plan.name_of("period", table), heads[0],
            f"Flere kolonner er af samme periode og har ikke de samme tal: {named}.",
            "Behold den ene kolonne, eller skriv i navnene, hvad der er forskel på.",
        )
    ]  # fmt: skip


def _listed(first_lines: Iterable[int | None], own: int | None, count: int) -> str:
    """The first lines other than its own, of `count` in all."""
    other_lines = [str(line) for line in first_lines if line != own][:5]
    if not count:
        return f"{own} (samme række)"
    return ", ".join(other_lines) + (
        f" og {count - len(other_lines)} til" if count > len(other_lines) else ""
    )


# The rows that are not ignored.
_BUSINESS = """
CREATE VIEW business AS
FROM candidate SEMI JOIN (FROM parsed_row WHERE NOT ignored) AS ours USING (record)
"""

# The roles whose texts are looked up.
_LOOKED_UP = ("indicator_id", "area_id", "group_id", "period", "status", "measured", "source_id")
# Those with a text that is not known: all of them in one question.
_UNKNOWN_ROLE = "(SELECT 'ROLE' FROM word_ROLE WHERE code IS NOT NULL LIMIT 1)"
_UNKNOWN_ROLES = " UNION ALL ".join(_UNKNOWN_ROLE.replace("ROLE", role) for role in _LOOKED_UP)
_UNKNOWN_WORDS = """
CREATE OR REPLACE VIEW unknown_word AS
SELECT record, line, spelling, text, code, message, hint
FROM looked_up_cell JOIN unknown_spelling USING (spelling)
"""

# More new areas than Denmark has parishes are a mistake.
_MOST_NAMES = 10_000
_UNKNOWN_NAMES = """
SELECT code, text, count(*)
FROM business JOIN word_ROLE ON spelling = business.ROLE
WHERE list_contains($codes::VARCHAR[], code) AND ends_with(message, 'kendes ikke.')
GROUP BY code, text
ORDER BY min(record)
LIMIT $most
"""

# The first row of each text before further rows of one: every unknown name is reported.
_FIRST_UNKNOWN = """
WITH of_text AS (
    SELECT min(record) AS record FROM unknown_word GROUP BY spelling ORDER BY record LIMIT $most
),
of_file AS (SELECT record FROM unknown_word ORDER BY record LIMIT $most),
chosen AS (
    SELECT record FROM (
        SELECT record, 1 AS turn FROM of_text
        UNION ALL
        SELECT record, 2 FROM of_file ANTI JOIN of_text USING (record)
    )
    ORDER BY turn, record
    LIMIT $most
)
SELECT line, text, code, message, hint, (SELECT count(*) FROM unknown_word) AS total
FROM unknown_word SEMI JOIN chosen USING (record)
ORDER BY record
"""

_WRONG_RECORDS = """
CREATE TABLE wrong_record AS SELECT DISTINCT record FROM problem WHERE is_error
"""
_ALL_VALID = """
CREATE VIEW valid AS
FROM parsed_row WHERE NOT misread AND NOT ignored AND status IS NOT NULL
"""
_COPIED = """
CREATE TABLE few_valid AS FROM valid;
CREATE OR REPLACE VIEW valid AS FROM few_valid;
"""
_VALID_AMONG_WRONG = """
CREATE VIEW valid AS
FROM parsed_row ANTI JOIN wrong_record USING (record)
WHERE NOT misread AND NOT ignored AND status IS NOT NULL
"""

# Rows of one key: with the same contents the first is kept, with different ones all are errors.
_TWICE = """
CREATE TABLE twice AS
WITH repeated AS (SELECT key FROM valid GROUP BY key HAVING count(*) > 1)
SELECT key, list(record ORDER BY record) AS records, list(line ORDER BY record) AS lines,
    count(DISTINCT (value, numerator, denominator, status, source, low, high, measured)) > 1
        AS differs
FROM valid SEMI JOIN repeated USING (key)
GROUP BY key
"""
_NONE_TWICE = """
CREATE TABLE twice (key BIGINT, records INTEGER[], lines INTEGER[], differs BOOLEAN)
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

# Each row of a key that occurs a million times would else be given a million lines.
_DIFFERING = """
WITH differing AS (
    SELECT key, unnest(records) AS record, unnest(lines) AS line FROM twice WHERE differs
),
first_row AS (FROM differing ORDER BY record LIMIT $most),
on_line AS (
    SELECT key, line, count(*) AS rows
    FROM differing SEMI JOIN first_row USING (key)
    GROUP BY key, line
),
of_key AS (
    SELECT key, lines[1:105] AS first_lines, len(lines) AS rows FROM twice WHERE differs
)
SELECT first_row.line, spelled_period.text, of_key.first_lines,
    of_key.rows - on_line.rows AS others,
    (SELECT sum(len(records)) FROM twice WHERE differs)::BIGINT AS total
FROM first_row
JOIN of_key USING (key)
JOIN on_line ON on_line.key = first_row.key AND on_line.line IS NOT DISTINCT FROM first_row.line
JOIN candidate ON candidate.record = first_row.record
JOIN spelled_period ON spelled_period.spelling = candidate.period
ORDER BY first_row.record
"""

_HAS_COUNTS = "SELECT 1 FROM valid WHERE numerator IS NOT NULL LIMIT 1"
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
    value <= 1 AND claimed.indicator IS NULL
        AND abs(share - 100 * value) <= 0.5 * pow(10, 2 - decimals) + 1e-9 AS is_fraction,
    claimed.indicator IS NOT NULL AS is_claimed
FROM wrong
LEFT JOIN claimed ON claimed.indicator = wrong.indicator AND claimed.area = wrong.area
    AND claimed.population_group = wrong.population_group AND claimed.period = wrong.period
"""

# The first of each kind, the last of them with the number of those after it.
_MISMATCHES = """
WITH counted AS (
    SELECT is_claimed, is_fraction, count(*) AS total, min(record, $most) AS first_ones
    FROM mismatch
    GROUP BY is_claimed, is_fraction
),
first_one AS (
    SELECT unnest(first_ones) AS record,
        if(generate_subscripts(first_ones, 1) = len(first_ones), total - len(first_ones), 0) AS more
    FROM counted
)
SELECT line, text, mismatch.numerator, mismatch.denominator, share, is_claimed, is_fraction, more
FROM mismatch
JOIN first_one USING (record)
JOIN candidate USING (record)
JOIN spelled_value ON spelled_value.spelling = candidate.value
ORDER BY record
"""

_WITHOUT_MISMATCHES = """
CREATE TABLE agreeing AS
FROM valid WHERE record NOT IN (SELECT record FROM mismatch WHERE NOT is_claimed);

CREATE OR REPLACE VIEW valid AS FROM agreeing;
"""
