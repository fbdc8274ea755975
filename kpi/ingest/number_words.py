"""What every distinct text of a number column is: table `word_<role>`."""

from typing import Any

import duckdb

from kpi.ingest import numbers
from kpi.ingest.plan import Plan
from kpi.ingest.raw import TYPED
from kpi.ingest.word_tables import save


def understand_numbers(connection: duckdb.DuckDBPyConnection, role: str, plan: Plan) -> str | None:
    """What every distinct text of a number column is: table `word_<role>`; returns its mark."""
    connection.table(f"spelled_{role}").create_view("spelled", replace=True)
    connection.execute(_SHAPED)
    shapes = connection.execute("SELECT DISTINCT shape, zero_led FROM shaped").fetchall()
    shapes = shapes or [("", False)]
    forms = [(shape, zero, numbers.understand(shape, zero)) for shape, zero in shapes]
    mark = numbers.decided_mark([form.mark for *_, form in forms], plan.decimal)
    dash = plan.recipe.dash if plan.recipe else None
    rows = [_form_row(shape, zero, form, mark, dash) for shape, zero, form in forms]
    if role in ("numerator", "denominator"):
        # A percentage is no count.
        rows = [row | {"code": "not_a_number"} if row["percent"] else row for row in rows]
    connection.execute("DROP TABLE IF EXISTS form")
    save(connection, "form", {name: [row[name] for row in rows] for name in rows[0]})
    connection.sql(_NUMBERED).create(f"word_{role}")
    return mark


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
        "bound": form.bound or None,
        "percent": form.percent,
        "typed": TYPED in shape,
    }


_SHAPED = """
CREATE OR REPLACE TABLE shaped AS
SELECT spelling, text, translate(text, '0123456789', '9999999999') AS shape,
    substr(text, strpos(translate(text, '0123456789', '9999999999'), '9'), 1) = '0' AS zero_led
FROM spelled
"""

# `status` is the one that the cell itself tells.
_NUMBERED = """
SELECT shaped.spelling, form.meaning::meaning AS meaning, form.code, form.decimals,
    form.approximate, form.bound IS NOT NULL AS is_bound, form.percent, form.typed,
    CASE
        WHEN form.meaning IN ('missing', 'suppressed') THEN form.meaning
        WHEN form.meaning = 'empty' THEN NULL
        WHEN form.bound IS NOT NULL THEN form.bound
        WHEN form.approximate THEN 'approximate'
        ELSE 'final'
    END::status AS status,
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
