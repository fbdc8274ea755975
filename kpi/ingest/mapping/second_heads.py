"""A second table below the first: its line of names or of periods is no row of figures.

`Kommune;2010;2011` among rows under `Kommune;2008;2009` would be read as the figures 2010 and 2011,
and the rows below it as figures of other years than theirs.
"""

from collections.abc import Sequence

import duckdb

from kpi.domain.errors import Problem
from kpi.domain.wording import first_listed
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import TYPED, RawTable
from kpi.ingest.turning.column_texts import is_usual
from kpi.ingest.words.labels import BLANK, REPEATS
from kpi.ingest.words.lookup import folded

# A title and a blank line are between two tables.
_LINES_BETWEEN, _LINES_OF_TITLE = 4, 2
_MOST_NAMED = 5


def second_heads(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan
) -> list[Problem]:
    """One error for all lines that are heads: names of columns, or years as a wide table's heads.

    Expects the meaning of each text of the areas and periods (`word_area_id`, `word_period`).
    """
    lines = sorted(
        {*_lines_of_names(connection, table, plan), *_lines_of_years(connection, table, plan)}
    )
    if not lines:
        return []
    first, *further = [str(line) for line in lines]
    also = f" Det gør der også i række {first_listed(further, _MOST_NAMED)}." if further else ""
    return [
        Problem(
            "not_a_table", "", lines[0], None, None,
            f"I række {first} begynder endnu en tabel med sine egne kolonnenavne.{also}",
            "Del filen op, så hver tabel er en fil eller et ark for sig.",
        )
    ]  # fmt: skip


def same_head_again(problems: Sequence[Problem]) -> list[Problem]:
    """One error where rows under a head that comes again have other figures than those above it.

    So does a table of another measure in the same columns, under the title alone that says so.
    """
    lines = [p.row for p in problems if p.code == "ignored_row" and REPEATS in p.message and p.row]
    if not lines:
        return []
    twice = [p.row for p in problems if p.code == "duplicate_key" and p.row]
    if not any(row > lines[0] for row in twice) or not any(row < lines[0] for row in twice):
        return []
    return [
        Problem(
            "not_a_table", "", lines[0], None, None,
            f"I række {lines[0]} begynder endnu en tabel med de samme kolonnenavne og andre tal "
            "for de samme områder.",
            "Del filen op, så hver tabel er en fil eller et ark for sig.",
        )
    ]  # fmt: skip


def without_second_tables(problems: Sequence[Problem], heads: Sequence[Problem]) -> list[Problem]:
    """The problems without those of rows of a second table, which are reported as one.

    Its rows are of others than they are read as, so they do not repeat rows of the first.
    """
    if not heads or heads[0].row is None:
        return list(problems)
    last = heads[0].row - _LINES_BETWEEN
    # Its title has no key and no figure.
    titles = {
        problem.row for problem in problems
        if problem.row and last <= problem.row < heads[0].row
        and (problem.message == BLANK or problem.row >= heads[0].row - _LINES_OF_TITLE)
    }  # fmt: skip
    return [
        problem for problem in problems
        if problem in heads or problem.row is None
        or (problem.row < last and problem.code != "duplicate_key")
        or (
            problem.row < heads[0].row and problem.row not in titles
            and problem.code not in ("duplicate_key", "not_a_table")
        )
    ]  # fmt: skip


def _lines_of_names(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan
) -> list[int]:
    """Lines whose area is called as columns of areas are, and whose period is none either.

    So are those of a table of other columns, whose `område` is under `nøgletal` in a long one.
    """
    is_turned = table.is_wide and bool(table.made_columns)
    years = _spellings_of_years(connection, plan.columns.get("value"))
    lines: set[int] = set()
    for key, roles in _HEADS_UNDER.items():
        place = plan.columns.get(key)
        if place is None:
            continue
        own = folded(table.columns[place])
        unknown = connection.table(f"word_{key}").filter("id IS NULL AND code IS NOT NULL")
        names = [
            spelling
            for text, spelling in unknown.project("text", "spelling").fetchall()
            if folded(plain := text.removeprefix(TYPED).strip()) == own
            or any(is_usual(role, plain) for role in roles)
        ]
        if names:
            query = _NAMED.format(key=key)
            said = {"names": names, "is_turned": is_turned, "years": years}
            rows = connection.execute(query, said).fetchall()
            lines.update(line for (line,) in rows)
    return sorted(lines)


def _spellings_of_years(connection: duckdb.DuckDBPyConnection, place: int | None) -> list[int]:
    """Which texts of the figures are years, by their numbers."""
    if place is None:
        return []
    words = connection.table(f"spelled_c{place}").filter(_IS_YEAR)
    return [spelling for (spelling,) in words.project("spelling").fetchall()]


def _lines_of_years(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan
) -> list[int]:
    """Lines of a wide table that have years as its heads do, as far apart, and no known area.

    Of an area `Aarhus;2012;2013` are figures, of 2024 and 2025.
    """
    period, value = plan.columns.get("period"), plan.columns.get("value")
    if not table.is_wide or period is None or value is None:
        return []
    for name, place in (("written_period", period), ("written_value", value)):
        spelling = duckdb.ColumnExpression(f"c{place}").alias("spelling")
        record, line = duckdb.ColumnExpression("record"), duckdb.ColumnExpression("line")
        cells = connection.table("raw").project(record, line, spelling)
        words = connection.table(f"spelled_c{place}")
        cells.join(words, "spelling").create_view(name, replace=True)
        # The few distinct texts show at once whether there is any such line.
        if not words.filter(_IS_YEAR).limit(1).fetchone():
            return []
    lines = [line for (line,) in connection.execute(_HEADS).fetchall()]
    if not lines or "area_id" not in plan.columns:
        return lines
    of_areas = connection.execute(_OF_AREAS, {"lines": lines}).fetchall()
    return sorted(set(lines) - {line for (line,) in of_areas})


_IS_YEAR = "regexp_full_match(ltrim(text, chr(2)), '(19|20)[0-9]{2}')"
_HEADS = """
WITH cell AS (
    SELECT value.line, try_cast(ltrim(value.text, chr(2)) AS INTEGER) AS year,
        try_cast(ltrim(period.text, chr(2)) AS INTEGER) AS head, value.text
    FROM written_value AS value JOIN written_period AS period USING (record)
)
SELECT line FROM cell
WHERE trim(text) <> ''
GROUP BY line
HAVING count(*) > 1
    AND bool_and(coalesce(year BETWEEN 1900 AND 2100 AND head BETWEEN 1900 AND 2100, false))
    AND count(DISTINCT year - head) = 1 AND count(DISTINCT year) > 1
ORDER BY line
LIMIT 100
"""
_OF_AREAS = """
SELECT DISTINCT candidate.line
FROM candidate JOIN word_area_id ON word_area_id.spelling = candidate.area_id
WHERE candidate.line IN (SELECT unnest($lines::INTEGER[])) AND word_area_id.id IS NOT NULL
"""
# In a long table a period that is none either is its column's name; in a wide one figures are none
# but for years, which are the second table's own heads.
_HEADS_UNDER = {"area_id": ("area",), "indicator_id": ("area", "period", "value")}
_NAMED = """
SELECT DISTINCT candidate.line
FROM candidate
JOIN word_period ON word_period.spelling = candidate.period
JOIN word_value ON word_value.spelling = candidate.value
WHERE candidate.{key} IN (SELECT unnest($names::INTEGER[])) AND candidate.line IS NOT NULL
    AND if(
        $is_turned,
        word_value.code IS NOT NULL OR list_contains($years::INTEGER[], word_value.spelling),
        word_period.id IS NULL
    )
ORDER BY candidate.line
LIMIT 100
"""
