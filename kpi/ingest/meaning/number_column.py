"""The number that each distinct text of a number column is: table `word_<role>`."""

from decimal import Decimal
from typing import Any

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.meaning.decimal_evidence import evident_mark, evident_mark_problem
from kpi.ingest.meaning.word import refuse_too_many
from kpi.ingest.table.footnote_marks import MARK_CHARACTERS
from kpi.ingest.table.raw import TYPED, RawTable
from kpi.ingest.table.unseen_marks import UNSEEN
from kpi.ingest.words import numbers
from kpi.ingest.words.cell_units import PERSONS, cell_unit
from kpi.ingest.words.status_codes import status_code
from kpi.ingest.words.word_tables import save

# Limits are of the value's own scale; numerator and denominator are counts.
SCALED = ("value", "low", "high")
# A column of figures has a few dozen; one of words, which are reported one by one, some more.
_MOST_SHAPES = 50_000
_LONG_DASHES = ("–", "—")


def understand_numbers(
    connection: duckdb.DuckDBPyConnection,
    role: str,
    plan: Plan,
    table: RawTable,
    catalog: Catalog,
    problems: list[Problem],
) -> str | None:
    """Makes `word_<role>`, the number that each distinct text of the column is; returns its mark.

    Adds to `problems` how a mark was decided that the cells do not show. Raises RefusedError where
    they are written in more ways than numbers are.
    """
    if role != "value" and role not in plan.columns and not plan.constants.get(role):
        connection.sql(_NO_COLUMN).create_view(f"word_{role}")
        return None
    connection.execute(_SHAPED.format(role=role), {"marks": _AT_AN_END})
    shapes = connection.execute(_DISTINCT_SHAPES, {"most": _MOST_SHAPES + 1}).fetchall()
    refuse_too_many(len(shapes), plan.name_of(role, table), _MOST_SHAPES)
    shapes = shapes or [("", False)]
    forms = [(shape, zero, numbers.understand(shape, zero, True)) for shape, zero in shapes]
    mark = numbers.decided_mark([form.mark for *_, form in forms], plan.decimal)
    if mark is None:
        every_form = [form for *_, form in forms]
        mark = evident_mark(connection, role, every_form, plan, catalog)
        if mark is not None:
            problems.append(evident_mark_problem(connection, role, mark, plan, table))
    dash = plan.recipe.dash if plan.recipe else None
    scale = _scale_parts(plan.scale if role in SCALED else None)
    rows = [_form_row(shape, zero, form, mark, dash) for shape, zero, form in forms]
    rows = [_scaled(row, *scale) for row in rows]
    if role in ("numerator", "denominator"):
        # A percentage is no count, nor are kroner.
        is_count = [
            not form.percent and cell_unit(form.unit) in ("", PERSONS) for *_, form in forms
        ]
        rows = [
            row if is_one else row | {"code": "not_a_number"}
            for row, is_one in zip(rows, is_count, strict=True)
        ]
    save(connection, f"form_{role}", {name: [row[name] for row in rows] for name in rows[0]})
    connection.sql(_NUMBERED.format(role=role)).create(f"word_{role}")
    return mark


def _scale_parts(scale: float | None) -> tuple[int, int]:
    """A factor as coefficient and power of ten: 100 is (1, 2), 0.25 is (25, -2)."""
    parts = Decimal(str(scale or 1)).normalize().as_tuple()
    return int("".join(map(str, parts.digits))), int(parts.exponent)


def _scaled(row: dict[str, Any], coefficient: int, power: int) -> dict[str, Any]:
    """The form of a number that is multiplied: moving the mark takes or gives decimals."""
    row = row | {"power": "", "coefficient": coefficient}
    if (coefficient, power) == (1, 0):
        return row
    if row["percent"]:
        # A cell that says it is a percentage is no fraction of one.
        return row | {"code": row["code"] or "percent_scaled"}
    if row["unit"]:  # nor is one that says it is kroner a thousand of them
        return row | {"code": "not_a_number"}
    return row | {"power": f"e{power}", "decimals": max(0, row["decimals"] - power)}


def _form_row(
    shape: str, zero_led: bool, form: numbers.Form, mark: str | None, dash: str | None
) -> dict[str, Any]:
    code: str | None = numbers.fault(form, mark)
    if code == "ambiguous_number" and form.mark in (numbers.COMMA, numbers.POINT):
        code = "mixed_marks"  # a cell that shows its mark is doubted for another one that does
    meaning = form.meaning
    # Alone a long dash is a figure that is missing, as Spor writes it; a recipe says of dashes.
    if meaning == numbers.DASH or (dash is not None and shape.strip() in _LONG_DASHES):
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
        "dropped": "−\u00a0\u2009\u202f\u2007 '’" + ("," if point else "."),
        "decimals": numbers.shown_decimals(form, mark),
        "approximate": form.approximate,
        "bound": form.bound or None,
        "percent": form.percent,
        "typed": TYPED in shape,
        "flag": form.flag,
        "unit": form.unit,
        "flag_status": known.status if (known := status_code(form.flag)) else None,
    }


# The one text of a column that the file does not have, as it would be understood.
_NO_COLUMN = """
SELECT 0 AS spelling, 'empty'::meaning AS meaning, NULL::VARCHAR AS code, 0 AS decimals,
    false AS approximate, false AS is_bound, false AS percent, false AS typed, false AS is_flagged,
    NULL::status AS status, NULL::DOUBLE AS number
"""

# Footnote marks before or after a number are no digits of it; between digits they make it none.
# Marks that nobody sees are none anywhere.
_AT_AN_END = f"^[{MARK_CHARACTERS}{UNSEEN} ]+|[{MARK_CHARACTERS}{UNSEEN} ]+$|[{UNSEEN}]"
_SHAPED = """
CREATE OR REPLACE TEMP TABLE shaped AS
WITH plain AS (
    SELECT spelling,
        CASE WHEN strlen(text) = length(text) THEN text
            ELSE coalesce(nullif(regexp_replace(text, $marks, '', 'g'), ''), text)
        END AS text
    FROM spelled_{role}
)
SELECT spelling, text, translate(text, '0123456789', '9999999999') AS shape,
    substr(text, strpos(translate(text, '0123456789', '9999999999'), '9'), 1) = '0' AS zero_led
FROM plain
"""

_DISTINCT_SHAPES = "SELECT DISTINCT shape, zero_led FROM shaped LIMIT $most"

# `status` is the one written in the cell itself. The power of ten is in the text, where it
# moves the mark exactly: 0.571 is 57.1 and not 57.099999999999994. What a program left of its own
# arithmetic far behind the mark (74.30000000000001) is none of the figure, nor of its decimals.
_NUMBERED = """
WITH written AS (
    SELECT shaped.spelling, form.*, TRY_CAST(
        replace(
            translate(substr(shaped.text, form.start + 1, form.length), form.dropped, '-'),
            form.decimal_mark, '.'
        ) || form.power AS DOUBLE
    ) AS number
    FROM shaped
    JOIN form_{role} AS form USING (shape, zero_led)
),
scaled AS (
    SELECT * REPLACE (
        if(coefficient = 1, number, round(number * coefficient, decimals)) AS number
    )
    FROM written
),
figure AS (
    SELECT *, decimals >= 9 AND abs(number - round(number, 6)) <= 1e-13 * abs(number) AS is_rough
    FROM scaled
)
SELECT spelling, meaning::meaning AS meaning, code,
    CASE
        WHEN is_rough THEN list_min(
            list_filter(range(7)::INTEGER[], lambda n: round(number, n) = round(number, 6))
        )
        ELSE decimals
    END AS decimals, approximate,
    bound IS NOT NULL AS is_bound, percent, typed, flag <> '' AS is_flagged,
    CASE
        WHEN meaning IN ('missing', 'suppressed') THEN meaning
        WHEN meaning = 'empty' THEN NULL
        WHEN bound IS NOT NULL THEN bound
        WHEN approximate THEN 'approximate'
        WHEN flag_status <> '' THEN flag_status
        ELSE 'final'
    END::status AS status,
    CASE
        WHEN meaning = 'zero' THEN 0.0
        WHEN meaning <> 'number' OR code IS NOT NULL THEN NULL
        WHEN is_rough THEN round(number, 6)
        WHEN number = 0 THEN 0.0  -- a zero with a minus is shown as one
        ELSE number
    END AS number
FROM figure
"""
