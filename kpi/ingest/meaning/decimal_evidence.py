"""Which decimal mark `1.234` has where no cell of its column shows it: what is known decides.

A count has no decimals, so three digits that are not all zeros are the last of thousands. A
percentage is no thousands. Of all else the two readings are a thousandfold of each other, and the
published figures of the same indicator and area are near one of them.
"""

import re
from collections.abc import Sequence

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import RawTable
from kpi.ingest.words import numbers

_MARKS = {numbers.EITHER_COMMA: "comma", numbers.EITHER_POINT: "point"}
_CHARACTERS = {"comma": ("komma", ","), "point": ("punktum", ".")}
_OTHER = {"comma": "point", "point": "comma"}
# A reading is near what is published within this factor; the other is a thousandfold away.
_NEAR = 5.0
_COUNT_ROLES = ("numerator", "denominator")


def evident_mark(
    connection: duckdb.DuckDBPyConnection,
    role: str,
    forms: Sequence[numbers.Form],
    plan: Plan,
    catalog: Catalog,
) -> str | None:
    """The decimal mark that what is known gives a column whose cells do not show it, or None.

    Reads `shaped` of the column, and the rows and words of the file. Of figures that are multiplied
    only what is published decides.
    """
    written = {_MARKS[form.mark] for form in forms if form.mark in _MARKS}
    # A whole number that a workbook has as a number is written without any mark.
    has_other = any(
        form.mark in (numbers.COMMA, numbers.POINT)
        or (form.mark == numbers.FIXED and form.decimals > 0)
        for form in forms
    )
    if len(written) != 1 or has_other or plan.decimal is not None:
        return None
    readings = _readings(connection, role, plan.scale or 1, catalog)
    (mark,) = written
    if readings == {"decimals"}:
        return mark
    if not readings or readings - {"thousands", "known thousands"}:
        return None
    # Beside thousands with a mark there are none without: `1234` and `1.234` are not both, unless
    # what is published says so.
    has_long = any(form.mark == numbers.PLAIN and form.length > 3 for form in forms)
    return None if has_long and "thousands" in readings else _OTHER[mark]


def evident_mark_problem(
    connection: duckdb.DuckDBPyConnection, role: str, mark: str, plan: Plan, table: RawTable
) -> Problem:
    """How the column was read, with its first figure of two readings."""
    row = connection.execute(_FIRST).fetchone()
    line, text = row if row is not None else (None, "")
    # Not the comma of `290.123,-`.
    parted = re.search(r"([.,])\d{3}(?!\d)", text)
    written = "comma" if parted and parted[1] == "," else "point"
    word, character = _CHARACTERS[written]
    is_thousands = mark != written
    plain = shown(text) or ""
    between = rf"(?<=\d)[{character}](?=\d)"
    read = re.sub(between, "" if is_thousands else ",", plain)
    what = "skiller tusinder" if is_thousands else "er decimaltegn"
    return Problem(
        "read_by_content", "", line, plan.name_of(role, table), plain,
        f"Alle tal med {word} har tre cifre efter det. {word.capitalize()} {what}: {plain} er "
        f"{read.rstrip('.')}. Det følger af nøgletallets enhed og de udgivne tal.",
        f"Er det ikke rigtigt, så vælg decimaltegn: --decimal {_OTHER[mark]}.",
    )  # fmt: skip


def _readings(
    connection: duckdb.DuckDBPyConnection, role: str, scale: float, catalog: Catalog
) -> set[str]:
    """What the rows say of the marks, each by its indicator: `thousands`, `decimals`, `unsure`.

    They are `known thousands` where the published figures say it, and not the kind alone.
    """
    is_part = role in _COUNT_ROLES
    whole = [
        number
        for number, indicator in enumerate(catalog.indicators.values())
        if indicator.is_quantity and indicator.decimals == 0
    ]
    connection.execute(_MARKED_CELLS.format(role=role))
    rows = connection.execute(
        _READINGS, {"near": _NEAR, "is_part": is_part, "scale": scale, "whole": whole}
    ).fetchall()
    return {reading for (reading,) in rows}


_MARKED_CELLS = """
CREATE OR REPLACE TEMP VIEW marked_cell AS
SELECT record, line, indicator_id, area_id, group_id, {role} AS spelling FROM candidate
"""
# `thousands` is the figure where its mark parts thousands; what is hidden is not compared with.
_READINGS = """
WITH cell AS (
    SELECT spelling, TRY_CAST(regexp_replace(text, '[^0-9]', '', 'g') AS DOUBLE) AS thousands
    FROM shaped
    WHERE regexp_full_match(shape, '[^9]*9{1,3}[.,]999[^9]*')
),
marked AS (
    SELECT thousands, known_indicator.kind, known_indicator.id AS indicator_id,
        area.id AS area_id,
        known_indicator.number IN (SELECT unnest($whole::INTEGER[])) AS is_whole,
        CASE WHEN written_group.id = '' THEN own_group.id ELSE written_group.id END AS group_id
    FROM marked_cell
    JOIN cell USING (spelling)
    JOIN word_indicator_id AS word ON word.spelling = marked_cell.indicator_id AND NOT word.ignored
    JOIN known_indicator USING (number)
    JOIN word_area_id AS area ON area.spelling = marked_cell.area_id AND NOT area.ignored
    JOIN word_group_id AS written_group ON written_group.spelling = marked_cell.group_id
    JOIN known_group AS own_group ON own_group.number = known_indicator.default_group
),
level AS (
    SELECT indicator_id, area_id, group_id, arg_max(abs(value), period) AS level
    FROM spor.current_observation
    WHERE indicator_id IN (SELECT indicator_id FROM marked) AND NOT is_hidden AND value <> 0
    GROUP BY ALL
)
SELECT DISTINCT CASE
    WHEN $is_part THEN CASE WHEN thousands % 1000 <> 0 THEN 'thousands' END
    WHEN thousands * $scale BETWEEN level / $near AND level * $near THEN 'known thousands'
    WHEN thousands * $scale / 1000 BETWEEN level / $near AND level * $near
        THEN CASE WHEN is_whole AND $scale = 1 THEN 'unsure' ELSE 'decimals' END
    WHEN $scale <> 1 THEN NULL
    WHEN is_whole AND marked.kind = 'count' AND thousands % 1000 <> 0 THEN 'thousands'
    WHEN highest < 1000 THEN 'decimals'
    END AS reading
FROM marked
JOIN kind_properties ON kind_properties.kind = marked.kind::kind
LEFT JOIN level USING (indicator_id, area_id, group_id)
WHERE reading IS NOT NULL
"""
_FIRST = """
SELECT line, text
FROM marked_cell JOIN shaped USING (spelling)
WHERE regexp_full_match(shape, '[^9]*9{1,3}[.,]999[^9]*')
ORDER BY record
LIMIT 1
"""
