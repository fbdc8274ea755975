"""From raw text to observations: every distinct word is understood once, and joined back in SQL.

Works in tables of the connection, which is made anew for each file. `candidate` is the file's rows
in the template's columns, still text; `word_<role>` what each distinct text stands for; `told` the
rows with ids as numbers, so that a key is one integer and is compared as such.
"""

from typing import Any

import duckdb
import pandas as pd

from kpi.catalog import Catalog
from kpi.errors import KpiError, Problem
from kpi.ingest import numbers, resolve
from kpi.ingest.plan import NUMBERS, ROLES, Plan
from kpi.ingest.raw import MOST_ROWS, TYPED, RawTable
from kpi.ingest.words import PASSED_OVER, Reader, Word
from kpi.period import Period

_WORDS = ("indicator_id", "area_id", "group_id", "period", "status", "source_id")
_Frame = dict[str, list[Any]]
_FEW_ROWS = 200


def interpret(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> tuple[int, list[Problem]]:
    """Fills `told` and the `word_` tables; returns the rows of the file, and what was passed over.

    A row without any text is no row.
    """
    catalog_numbers = _number_catalog(connection, catalog)
    rows_read = _choose_rows(connection, table, plan)
    reader = Reader(table, plan, catalog)
    told: list[Problem] = []
    for role in _WORDS:
        found = reader.words(role, _distinct(connection, role))
        told += _passed_over(connection, role, found, plan.name_of(role, table))
        numbered = _number_periods(connection, found) if role == "period" else catalog_numbers[role]
        _save_words(connection, role, found, numbered)
    for role in NUMBERS:
        _understand_numbers(connection, role, plan)
    connection.execute(_TOLD)
    absent = plan.recipe.absent if plan.recipe else None
    return rows_read, told + (_fill_absent(connection, absent) if absent else [])


def _number_catalog(
    connection: duckdb.DuckDBPyConnection, catalog: Catalog
) -> dict[str, dict[str, int]]:
    """Numbers for the ids of the catalog, by role; also as tables for what is published."""
    every = {
        "indicator_id": catalog.indicators, "area_id": catalog.areas, "group_id": catalog.groups,
        "source_id": catalog.sources, "status": (),
    }  # fmt: skip
    numbered = {role: {one: n for n, one in enumerate(ids)} for role, ids in every.items()}
    _save(connection, "known_indicator", {
        "id": list(catalog.indicators), "number": list(range(len(catalog.indicators))),
        "kind": [one.kind for one in catalog.indicators.values()],
        "default_group": [
            numbered["group_id"][one.default_group] for one in catalog.indicators.values()
        ],
    })  # fmt: skip
    for name, role in (
        ("known_area", "area_id"),
        ("known_group", "group_id"),
        ("known_source", "source_id"),
    ):
        ids = numbered[role]
        _save(connection, name, {"id": list(ids), "number": list(ids.values())})
    return numbered


def _choose_rows(connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan) -> int:
    """Makes `candidate` of the rows to use; returns how many rows the file has."""
    some, blanks = duckdb.ConstantExpression(False), duckdb.ConstantExpression(" \t\u00a0")
    for place in range(len(table.columns)):
        text = duckdb.FunctionExpression("trim", duckdb.ColumnExpression(f"c{place}"), blanks)
        some = some | (text != duckdb.ConstantExpression(""))
    every = connection.table("raw")
    rows = every.filter(some)
    (rows_read,) = rows.aggregate("count(*)").fetchone() or (0,)
    if every.aggregate("count(*)").fetchone() == (rows_read,):
        rows = every  # no blank rows, and so nothing to look for again at every question
    for place, labels in plan.keep.items():
        wanted = {resolve.folded(label) for label in labels}
        codes = table.codes.get(place, {})
        column = duckdb.ColumnExpression(f"c{place}")
        accepted = [
            duckdb.ConstantExpression(text)
            for (text,) in rows.project(column).distinct().fetchall()
            if {
                resolve.folded(text.removeprefix(TYPED)),
                resolve.folded(codes.get(text, text).removeprefix(TYPED)),
            }
            & wanted
        ]
        rows = rows.filter(column.isin(*accepted) if accepted else duckdb.ConstantExpression(False))
    chosen = [
        (
            duckdb.ColumnExpression(f"c{plan.columns[role]}")
            if role in plan.columns
            else duckdb.ConstantExpression(plan.constants.get(role, ""))
        ).alias(role)
        for role in ROLES
    ]
    places = [duckdb.ColumnExpression(name) for name in ("record", "line")]
    rows.project(*places, *chosen).create_view("candidate")
    return int(rows_read)


def _distinct(connection: duckdb.DuckDBPyConnection, role: str) -> list[str]:
    column = duckdb.ColumnExpression(role)
    return [text for (text,) in connection.table("candidate").project(column).distinct().fetchall()]


def _passed_over(
    connection: duckdb.DuckDBPyConnection, role: str, found: list[Word], name: str
) -> list[Problem]:
    """A warning for each label that is passed over, at its first row."""
    codes = {word.text: word.code for word in found if word.code in PASSED_OVER}
    if not codes:
        return []
    column, line = duckdb.ColumnExpression(role), duckdb.ColumnExpression("line")
    rows = connection.table("candidate").filter(column.isin(*map(duckdb.ConstantExpression, codes)))
    counted = rows.aggregate(
        [column, duckdb.FunctionExpression("min", line), duckdb.FunctionExpression("count", line)]
    )
    return [
        Problem(
            codes[text] or "", "warning", "", first, name, text,
            "Hører ikke til tallene og springes over "
            f"({count} {'række' if count == 1 else 'rækker'}).",
            "Intet at gøre.",
        )
        for text, first, count in sorted(counted.fetchall(), key=lambda one: one[1])
    ]  # fmt: skip


def _save_words(
    connection: duckdb.DuckDBPyConnection,
    role: str,
    found: list[Word],
    numbered: dict[str, int],
) -> None:
    columns = ("text", "id", "code", "message", "hint")
    frame: _Frame = {column: [getattr(word, column) for word in found] for column in columns}
    frame["number"] = [numbered.get(word.id or "") for word in found]
    _save(connection, f"word_{role}", frame)


def _number_periods(connection: duckdb.DuckDBPyConnection, found: list[Word]) -> dict[str, int]:
    """The file's periods and the ones before them, numbered: also as table `known_period`."""
    own = {word.id for word in found if word.id is not None}
    periods = {text: period for text in own if (period := resolve.period_of(text)) is not None}
    before = {
        text: earlier
        for text, period in periods.items()
        if (earlier := _period_before(period)) is not None
    }
    periods |= {period.text: period for period in before.values()}
    numbered = {text: number for number, text in enumerate(periods)}
    every = list(periods.values())
    _save(connection, "known_period", {
        "id": list(periods), "number": list(numbered.values()),
        "kind": [one.kind for one in every],
        "start_date": [one.start for one in every], "end_date": [one.end for one in every],
        "before": [numbered[before[text].text] if text in before else None for text in periods],
    })  # fmt: skip
    return numbered


def _period_before(period: Period) -> Period | None:
    try:
        return period.previous()
    except KpiError:  # there is none before the year 1000
        return None


def _fill_absent(connection: duckdb.DuckDBPyConnection, absent: str) -> list[Problem]:
    """Adds the combinations of area, period and group that an indicator's kept rows leave out."""
    (combinations,) = connection.execute(_COMBINATIONS).fetchone() or (0,)
    if (combinations or 0) > MOST_ROWS:
        return [
            Problem("too_large", "error", "", None, None, None,
                    f"Opskriftens »absent« ville give {combinations} rækker.",
                    "Hent færre perioder eller områder ad gangen.")
        ]  # fmt: skip
    connection.execute(_ABSENT, {"value": 0.0 if absent == "zero" else None,
                                 "status": "final" if absent == "zero" else "missing"})  # fmt: skip
    return []


def _understand_numbers(connection: duckdb.DuckDBPyConnection, role: str, plan: Plan) -> None:
    """What every distinct text of a number column is: table `word_<role>`."""
    column = duckdb.ColumnExpression(role).alias("text")
    spelled = connection.table("candidate").project(column).distinct()
    spelled.create_view("spelled", replace=True)
    connection.execute(_SHAPED)
    shapes = connection.execute("SELECT DISTINCT shape, zero_led FROM shaped").fetchall()
    shapes = shapes or [("", False)]
    forms = [(shape, zero, numbers.understand(shape, zero)) for shape, zero in shapes]
    mark = numbers.decided_mark([form.mark for *_, form in forms], plan.decimal)
    dash = plan.recipe.dash if plan.recipe else None
    rows = [_form_row(shape, zero, form, mark, dash) for shape, zero, form in forms]
    if role != "value":
        # A percentage is no count.
        rows = [row | {"code": "not_a_number"} if row["percent"] else row for row in rows]
    connection.execute("DROP TABLE IF EXISTS form")
    _save(connection, "form", {name: [row[name] for row in rows] for name in rows[0]})
    connection.sql(_NUMBERED).create(f"word_{role}")


def _form_row(
    shape: str, zero_led: bool, form: numbers.Form, mark: str | None, dash: str | None
) -> dict[str, Any]:
    code = numbers.fault(form, mark)
    meaning = form.meaning
    if meaning == numbers.DASH:
        meaning = {"zero": "zero", "missing": numbers.MISSING}.get(dash or "", numbers.DASH)
        code = "not_a_number" if dash is None else None
    point = form.mark == numbers.FIXED or mark == "point"
    return {
        "shape": shape,
        "zero_led": zero_led,
        "meaning": meaning,
        "code": code,
        "start": form.start,
        "length": form.length,
        "decimal_mark": "." if point else ",",
        # The first of these, a true minus, becomes `-`; the others are dropped.
        "dropped": "−\u00a0\u2009\u202f\u2007 " + ("," if point else "."),
        "decimals": numbers.shown_decimals(form, mark),
        "approximate": form.approximate,
        "percent": form.percent,
        "typed": TYPED in shape,
    }


_TYPES = {
    **dict.fromkeys(("number", "default_group", "before", "start", "length", "decimals"), "BIGINT"),
    **dict.fromkeys(("zero_led", "approximate", "percent", "typed"), "BOOLEAN"),
    **dict.fromkeys(("start_date", "end_date"), "DATE"),
}


def _save(connection: duckdb.DuckDBPyConnection, name: str, columns: _Frame) -> None:
    """Makes a table of a few thousand values, with the types that _TYPES gives its columns."""
    expressions = [
        duckdb.ColumnExpression(column).cast(_TYPES.get(column, "VARCHAR")).alias(column)
        for column in columns
    ]
    if 0 < len(next(iter(columns.values()))) <= _FEW_ROWS:
        # Several times faster than a data frame, which is faster with many rows.
        rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        few = connection.sql("SELECT unnest($rows, recursive := true)", params={"rows": rows})
        few.project(*expressions).create(name)
        return
    connection.register("incoming", pd.DataFrame(columns, dtype="object"))
    connection.table("incoming").project(*expressions).create(name)
    connection.unregister("incoming")


_SHAPED = """
CREATE OR REPLACE TABLE shaped AS
SELECT text, translate(text, '0123456789', '9999999999') AS shape,
    substr(text, strpos(translate(text, '0123456789', '9999999999'), '9'), 1) = '0' AS zero_led
FROM spelled
"""

_NUMBERED = """
SELECT shaped.text, form.meaning, form.code, form.decimals, form.approximate, form.percent,
    form.typed,
    CASE
        WHEN form.meaning = 'zero' THEN 0.0
        WHEN form.meaning = 'number' AND form.code IS NULL THEN TRY_CAST(
            replace(
                translate(substr(shaped.text, form.start + 1, form.length), form.dropped, '-'),
                form.decimal_mark, '.'
            ) AS DOUBLE
        )
    END AS number
FROM shaped
JOIN form USING (shape, zero_led)
"""

# `key` is NULL where a part of it is not known, and `passed_over` where the recipe says so.
_TOLD = """
CREATE TABLE told AS
WITH spelled_out AS (
    SELECT candidate.record, candidate.line, known_indicator.kind,
        word_indicator_id.number AS indicator, word_area_id.number AS area,
        CASE WHEN word_group_id.id = '' THEN known_indicator.default_group
            ELSE word_group_id.number END AS population_group,
        word_period.number AS period, known_period.before, word_source_id.number AS source,
        value.number AS value, numerator.number AS numerator, denominator.number AS denominator,
        word_status.id AS written_status, value.meaning, value.decimals, value.approximate,
        value.percent, value.typed,
        coalesce(word_indicator_id.code, '') = 'ignored_row'
            OR coalesce(word_area_id.code, '') = 'ignored_area'
            OR coalesce(word_group_id.code, '') = 'ignored_row'
            OR coalesce(word_period.code, '') = 'ignored_row' AS passed_over,
        coalesce(
            word_indicator_id.code, word_area_id.code, word_group_id.code, word_period.code,
            word_status.code, word_source_id.code, value.code, numerator.code, denominator.code
        ) IS NOT NULL AS misread
    FROM candidate
    JOIN word_indicator_id ON word_indicator_id.text = candidate.indicator_id
    JOIN word_area_id ON word_area_id.text = candidate.area_id
    JOIN word_group_id ON word_group_id.text = candidate.group_id
    JOIN word_period ON word_period.text = candidate.period
    JOIN word_status ON word_status.text = candidate.status
    JOIN word_source_id ON word_source_id.text = candidate.source_id
    JOIN word_value AS value ON value.text = candidate.value
    JOIN word_numerator AS numerator ON numerator.text = candidate.numerator
    JOIN word_denominator AS denominator ON denominator.text = candidate.denominator
    LEFT JOIN known_indicator ON known_indicator.number = word_indicator_id.number
    LEFT JOIN known_period ON known_period.number = word_period.number
)
SELECT *,
    ((indicator * 1000000 + area) * 100000 + population_group) * 100000 + period AS key,
    CASE
        WHEN written_status NOT IN ('', 'final') THEN written_status
        WHEN meaning IN ('missing', 'suppressed') THEN meaning
        WHEN meaning = 'empty' THEN NULL
        WHEN approximate THEN 'approximate'
        ELSE 'final'
    END AS status
FROM spelled_out
"""

_COMBINATIONS = """
SELECT sum(areas * groups * periods)::BIGINT
FROM (
    SELECT count(DISTINCT area) AS areas, count(DISTINCT population_group) AS groups,
        count(DISTINCT period) AS periods
    FROM told
    WHERE key IS NOT NULL AND NOT passed_over
    GROUP BY indicator
)
"""

# What a source leaves out was said by its recipe, so no row of these is a warning.
_ABSENT = """
INSERT INTO told BY NAME
WITH kept AS (FROM told WHERE key IS NOT NULL AND NOT passed_over),
combined AS (
    SELECT indicator, kind, source, area, population_group, period, before,
        ((indicator * 1000000 + area) * 100000 + population_group) * 100000 + period AS key
    FROM (SELECT indicator, kind, any_value(source) AS source FROM kept GROUP BY indicator, kind)
    JOIN (SELECT DISTINCT indicator, area FROM kept) USING (indicator)
    JOIN (SELECT DISTINCT indicator, population_group FROM kept) USING (indicator)
    JOIN (SELECT DISTINCT indicator, period, before FROM kept) USING (indicator)
)
SELECT (SELECT max(record) FROM raw) + row_number() OVER (ORDER BY key) AS record,
    indicator, kind, source, area, population_group, period, before, key,
    $value::DOUBLE AS value, $status AS status, '' AS written_status, 'absent' AS meaning,
    0 AS decimals, false AS approximate, false AS percent, true AS typed, false AS passed_over,
    source IS NULL AS misread
FROM combined
ANTI JOIN told USING (key)
"""
