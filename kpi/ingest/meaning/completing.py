"""What is added to the rows of a file: counted shares, sums of labels, rows that are left out.

All change `parsed_row`. A summed row has the line of its first part in the file.
"""

from collections.abc import Mapping

import duckdb
import numpy as np

from kpi.domain import format as fmt
from kpi.domain.errors import Problem
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.meaning.adding_up import EVERYBODY, add_up, codes_of_texts
from kpi.ingest.table.footnote_marks import unmarked
from kpi.ingest.table.raw import MOST_ROWS, TYPED, RawTable
from kpi.ingest.words.lookup import folded
from kpi.ingest.words.word_tables import save


def complete(connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan) -> list[Problem]:
    """Counts the shares of rows without values, adds up labels, fills what is left out."""
    counted: list[Problem] = []
    if plan.counts_shares or _has_uncounted(connection, plan):
        values = np.ma.compressed(connection.execute(_COUNTED_SHARES).fetchnumpy()["value"])
        counted = [_counted(table, plan, len(values))] if len(values) else []
    absent = plan.recipe.absent if plan.recipe else None
    # A fault of a row that could not be summed, for the checks (kpi/ingest/checks/fault_rules.py).
    connection.execute("CREATE TABLE unsummed (record INTEGER, fault VARCHAR)")
    problems = counted
    problems += add_up(connection, table, plan, absent == "zero") if plan.added_up else []
    problems += _sum_labels(connection, plan, absent == "zero") if _sums(plan) else []
    return problems + (_fill_absent(connection, plan, absent) if absent else [])


def changes_rows(connection: duckdb.DuckDBPyConnection, plan: Plan) -> bool:
    """Whether `complete` changes or adds any row."""
    fills = plan.recipe is not None and plan.recipe.absent is not None
    return (
        plan.counts_shares or fills or bool(plan.added_up) or _sums(plan)
        or _has_uncounted(connection, plan)
    )  # fmt: skip


def _has_uncounted(connection: duckdb.DuckDBPyConnection, plan: Plan) -> bool:
    """Whether a row may have numerator and denominator, and a blank cell of its value."""
    if not {"value", "numerator", "denominator"} <= plan.columns.keys():
        return False
    return connection.execute(_HAS_UNCOUNTED).fetchone() is not None


def _counted(table: RawTable, plan: Plan, count: int) -> Problem:
    """A warning, once, that so many shares were counted: of all rows, or of those without value."""
    hint = "Kontrollér, at det er sådan, andelen opgøres."
    which = "Filen har ingen værdier. De"
    if "value" in plan.columns:
        which = f"{fmt.counted(count, 'række', 'rækker')} uden værdi"
        hint += " Er værdien skjult, så skriv det i status."
    message = (
        f"{which} beregnes: 100 gange »{plan.name_of('numerator', table)}« divideret "
        f"med »{plan.name_of('denominator', table)}«."
    )
    return Problem("read_by_content", "", None, None, None, message, hint)


def _sums(plan: Plan) -> bool:
    return plan.recipe is not None and plan.recipe.group is not None and plan.recipe.group.is_sum


def _sum_labels(
    connection: duckdb.DuckDBPyConnection, plan: Plan, is_absent_zero: bool
) -> list[Problem]:
    """Makes one row of the rows whose labels are of one group.

    A part that is suppressed, missing or not in the file makes the sum unknown, and a label that
    is in no row at all is an error: the sum would be of fewer people than its name says.
    """
    assert plan.recipe, "only a recipe sums"
    assert plan.recipe.group, "only with summed labels"
    parts: dict[str, list[str]] = {}
    for label, group_id in plan.recipe.group.ids.items():
        parts.setdefault(group_id, []).append(label)
    codes = codes_of_texts(parts)
    parts = {
        group_id: [label for label in labels if label not in codes]
        for group_id, labels in parts.items()
    }
    several = {group_id: labels for group_id, labels in parts.items() if len(labels) > 1}
    if not several:
        return []
    connection.execute(
        _EXPECTED, {"ids": list(several), "counts": [len(labels) for labels in several.values()]}
    )
    _name_labels(connection, codes)
    connection.execute(_PARTS)
    label_counts = dict(connection.execute(_LABELS_FOUND).fetchall())
    totals = _totals_among(connection, plan.recipe.group.column, several)
    connection.execute(_UNSUMMED)
    connection.execute(_SUMMED, {"absent_is_zero": is_absent_zero})
    connection.execute(_REPLACED)
    return totals + [
        Problem(
            "unknown_group", "", None, plan.recipe.group.column, None,
            f"Opskriften lægger {len(labels)} værdier sammen til »{group_id}«, men filen har kun "
            f"{label_counts.get(group_id, 0)} af dem.",
            "Hent filen med dem alle, eller ret værdierne under [group].",
        )
        for group_id, labels in several.items()
        if label_counts.get(group_id, 0) < len(labels)
    ]  # fmt: skip


def _totals_among(
    connection: duckdb.DuckDBPyConnection, column: str, several: dict[str, list[str]]
) -> list[Problem]:
    """An error for each label that is itself the sum of the labels it would be added to.

    It is called a total, or its figure is theirs together in every row of several. Expects `part`.
    """
    named_labels = [label for labels in several.values() for label in labels]
    called = {label for label in named_labels if folded(label) in EVERYBODY}
    counted = [label for (label,) in connection.execute(_SUM_OF_OTHERS).fetchall()]
    named = {folded(label): label for label in named_labels}
    wrong = sorted(called | {named[label] for label in counted if label in named})
    return [
        Problem(
            "duplicate_key", "", None, column, label,
            f"»{label}« er de andre værdier tilsammen, og med dem i summen tælles alle to gange.",
            "Fjern enten den eller de andre under [group].",
        )
        for label in wrong
    ]  # fmt: skip


def _name_labels(connection: duckdb.DuckDBPyConnection, codes: Mapping[str, str]) -> None:
    """Makes `group_label`: each spelling of a label, with the label it is a spelling of.

    `Efterkommere` and `EFTERKOMMERE ` in one column are no two parts of a sum, nor are a code and
    its text.
    """
    of_text = {folded(text): folded(code) for text, code in codes.items()}
    spelled = connection.table("word_group_id").project("spelling", "text").fetchall()
    labels = [folded(unmarked(text.removeprefix(TYPED))) for _, text in spelled]
    save(connection, "group_label", {
        "spelling": [spelling for spelling, _ in spelled],
        "text": [of_text.get(label, label) for label in labels],
    })  # fmt: skip


def _fill_absent(connection: duckdb.DuckDBPyConnection, plan: Plan, absent: str) -> list[Problem]:
    """Adds the combinations of area, period and group that the kept rows leave out.

    For every indicator of the file: an area that has one of them and no row for another has the
    other, too. Where the file names no groups, each indicator has its own.
    """
    parameters = {"has_groups": "group_id" in plan.columns}
    (combinations,) = connection.execute(_COMBINATIONS, parameters).fetchone() or (0,)
    if (combinations or 0) > MOST_ROWS:
        return [
            Problem("too_large", "", None, None, None,
                    "Opskriftens »absent« ville give "
                    f"{fmt.counted(combinations, 'række', 'rækker')}.",
                    "Hent færre perioder eller områder ad gangen.")
        ]  # fmt: skip
    connection.execute(
        _ABSENT,
        parameters | {"value": 0.0 if absent == "zero" else None,
                "status": "final" if absent == "zero" else "missing"},
    )  # fmt: skip
    return []


# Asked of the distinct texts: most files have no blank value.
_HAS_UNCOUNTED = """
SELECT 1
FROM word_value
JOIN candidate ON candidate.value = word_value.spelling
JOIN word_numerator AS upper_word ON upper_word.spelling = candidate.numerator
JOIN word_denominator AS lower_word ON lower_word.spelling = candidate.denominator
WHERE word_value.meaning = 'empty'
    AND upper_word.meaning <> 'empty' AND lower_word.meaning <> 'empty'
LIMIT 1
"""

# What is said of a numerator or denominator is so of the share. One with a limit gives no share,
# nor does nobody of nobody: the row has no value then, and that is reported.
_COUNTED_SHARES = """
UPDATE parsed_row
SET value = CASE WHEN shares.meaning = 'number' THEN 100 * numerator / denominator END,
    meaning = shares.meaning::meaning, decimals = 6, typed = true,
    approximate = shares.is_approximate,
    status = CASE
        WHEN written_status NOT IN ('', 'final') THEN written_status
        WHEN shares.meaning IN ('suppressed', 'missing') THEN shares.meaning
        WHEN shares.is_approximate THEN 'approximate'
        ELSE coalesce(shares.period_status, 'final')
    END::status
FROM (
    SELECT candidate.record, upper_word.approximate OR lower_word.approximate AS is_approximate,
        nullif(word_period.status, '') AS period_status,
        CASE
            WHEN 'suppressed' IN (upper_word.meaning::VARCHAR, lower_word.meaning::VARCHAR)
                THEN 'suppressed'
            WHEN 'missing' IN (upper_word.meaning::VARCHAR, lower_word.meaning::VARCHAR)
                THEN 'missing'
            WHEN upper_word.number IS NULL OR lower_word.number IS NULL OR lower_word.number = 0
                OR upper_word.is_bound OR lower_word.is_bound THEN 'empty'
            ELSE 'number'
        END AS meaning
    FROM candidate
    JOIN word_numerator AS upper_word ON upper_word.spelling = candidate.numerator
    JOIN word_denominator AS lower_word ON lower_word.spelling = candidate.denominator
    JOIN word_period ON word_period.spelling = candidate.period
) AS shares
WHERE parsed_row.record = shares.record AND shares.meaning <> 'empty'
    AND parsed_row.kind = 'proportion' AND parsed_row.meaning = 'empty'
    AND written_status NOT IN ('suppressed', 'missing', 'not_applicable', 'range')
    AND has_limits IS NOT TRUE AND NOT ignored
RETURNING value
"""

# The groups that several labels are of, and how many.
_EXPECTED = """
CREATE TABLE expected AS
SELECT known_group.number AS population_group, said.labels
FROM (SELECT unnest($ids) AS id, unnest($counts) AS labels) AS said
JOIN known_group USING (id)
"""

# Their rows, each with its label.
_PARTS = """
CREATE TABLE part AS
SELECT parsed_row.*, group_label.text AS label
FROM parsed_row
JOIN candidate USING (record)
JOIN group_label ON group_label.spelling = candidate.group_id
SEMI JOIN expected USING (population_group)
WHERE key IS NOT NULL AND NOT ignored AND NOT misread
"""

_LABELS_FOUND = """
SELECT word_group_id.id, count(DISTINCT group_label.text)
FROM word_group_id JOIN group_label USING (spelling)
WHERE number IS NOT NULL
GROUP BY word_group_id.id
"""

# A single row may agree by chance, and two labels are each other's sum when they are equal.
_SUM_OF_OTHERS = """
WITH whole AS (
    SELECT key, population_group, sum(value) AS total
    FROM part
    WHERE kind = 'count'
    GROUP BY key, population_group
    HAVING count(*) > 2 AND count(value) = count(*) AND sum(value) > 0
)
SELECT label
FROM part JOIN whole USING (key, population_group)
GROUP BY label
HAVING count(*) > 1 AND count(*) = (SELECT count(*) FROM whole)
    AND bool_and(2 * value = total)
"""
# Twice the same label would count people twice; a share without counts, a mean, an amount and a
# limit have no sum.
_UNSUMMED = """
INSERT INTO unsummed
WITH judged AS (
    SELECT key,
        count(*) > count(DISTINCT label) AS is_twice,
        bool_or(
            kind NOT IN ('count', 'proportion')
            OR (kind = 'proportion' AND value IS NOT NULL
                AND (numerator IS NULL OR denominator IS NULL))
            OR is_bound OR status = 'range'
        ) AS has_no_sum
    FROM part
    GROUP BY key
)
SELECT part.record, if(is_twice, 'summed_twice', 'not_summable')
FROM part JOIN judged USING (key)
WHERE is_twice OR has_no_sum
"""

_SUMMED = """
CREATE TABLE summed AS
WITH addable AS (FROM part ANTI JOIN unsummed USING (record)),
added AS (
    SELECT key, count(DISTINCT label) AS labels, min(record) AS record,
        sum(value) AS value, sum(numerator) AS numerator, sum(denominator) AS denominator,
        count(numerator) = count(*) AS all_numerators,
        count(denominator) = count(*) AS all_denominators,
        bool_or(status = 'suppressed') AS is_hidden,
        bool_or(status IS NULL OR status IN ('missing', 'not_applicable') OR value IS NULL)
            AS is_missing,
        bool_or(status = 'preliminary') AS is_preliminary,
        bool_or(approximate) AS is_approximate,
        max(decimals) AS decimals
    FROM addable
    GROUP BY key
),
judged AS (
    SELECT added.*, first_part.population_group, first_part.kind,
        CASE
            WHEN is_hidden THEN 'suppressed'
            WHEN is_missing THEN 'missing'
            WHEN added.labels < expected.labels AND NOT $absent_is_zero THEN 'missing'
            WHEN is_preliminary THEN 'preliminary'
            WHEN is_approximate THEN 'approximate'
            ELSE 'final'
        END AS new_status
    FROM added
    JOIN part AS first_part USING (record)
    JOIN expected ON expected.population_group = first_part.population_group
)
SELECT record, new_status,
    CASE
        WHEN new_status IN ('suppressed', 'missing') THEN NULL
        WHEN kind = 'proportion' THEN 100 * numerator / nullif(denominator, 0)
        ELSE value
    END AS new_value,
    CASE WHEN new_status NOT IN ('suppressed', 'missing') AND all_numerators THEN numerator END
        AS new_numerator,
    CASE WHEN new_status NOT IN ('suppressed', 'missing') AND all_denominators THEN denominator END
        AS new_denominator,
    decimals AS new_decimals, is_approximate
FROM judged
"""

# A share that is counted from its sums has no decimals of its own, as a typed number.
_REPLACED = """
DELETE FROM parsed_row
WHERE record IN (
    SELECT record FROM part ANTI JOIN unsummed USING (record) ANTI JOIN summed USING (record)
);

UPDATE parsed_row
SET value = summed.new_value, numerator = summed.new_numerator,
    denominator = summed.new_denominator, status = summed.new_status::status,
    meaning = CASE
        WHEN summed.new_value IS NULL THEN if(summed.new_status = 'suppressed', 'suppressed',
            'missing')
        ELSE 'number'
    END::meaning,
    decimals = if(kind = 'proportion', 6, summed.new_decimals), typed = true,
    approximate = summed.is_approximate, percent = false
FROM summed
WHERE parsed_row.record = summed.record
"""

_COMBINATIONS = """
WITH kept AS (FROM parsed_row WHERE key IS NOT NULL AND NOT ignored),
groups AS (
    SELECT indicator, CASE WHEN $has_groups THEN (SELECT count(DISTINCT population_group) FROM kept)
        ELSE count(DISTINCT population_group) END AS groups
    FROM kept
    GROUP BY indicator
)
SELECT (
    sum(groups) * (SELECT count(DISTINCT area) * count(DISTINCT period) FROM kept)
)::BIGINT
FROM groups
"""

# The recipe says what its source leaves out, so no row of these is a warning.
_ABSENT = """
INSERT INTO parsed_row BY NAME
WITH kept AS (FROM parsed_row WHERE key IS NOT NULL AND NOT ignored),
group_of AS (
    SELECT DISTINCT indicator, population_group FROM kept WHERE NOT $has_groups
    UNION ALL
    SELECT indicator, population_group
    FROM (SELECT DISTINCT indicator FROM kept)
    CROSS JOIN (SELECT DISTINCT population_group FROM kept)
    WHERE $has_groups
),
combined AS (
    SELECT indicator, kind, source, area, population_group, period, before,
        key_of(indicator, area, population_group, period) AS key
    FROM (SELECT indicator, kind, any_value(source) AS source FROM kept GROUP BY indicator, kind)
    JOIN group_of USING (indicator)
    CROSS JOIN (SELECT DISTINCT area FROM kept)
    CROSS JOIN (SELECT DISTINCT period, before FROM kept)
)
SELECT (SELECT max(record) FROM raw) + row_number() OVER (ORDER BY key) AS record,
    indicator, kind, source, area, population_group, period, before, key,
    $value::DOUBLE AS value, $status AS status, '' AS written_status, 'absent' AS meaning,
    0 AS decimals, false AS approximate, false AS is_bound, false AS percent, true AS typed,
    false AS ignored,
    source IS NULL AS misread
FROM combined
ANTI JOIN parsed_row USING (key)
"""
