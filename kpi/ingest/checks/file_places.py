"""Where a person finds a problem in a wide file: the columns that the file itself has.

Its figures are read as rows under columns that are made (`Periode`, `INDHOLD`). A person sees the
period, or the area, above the figure.
"""

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from kpi.domain.errors import Problem
from kpi.ingest.checks.faults import shown
from kpi.ingest.table.raw import RawTable
from kpi.ingest.turning.wide import PERIOD

# The most lines that are looked up: nobody reads the places of more one by one.
_MOST_LINES = 2_000


def in_file_columns(
    connection: duckdb.DuckDBPyConnection, table: RawTable, problems: Sequence[Problem]
) -> list[Problem]:
    """The problems, placed under the heads of a wide file instead of columns it does not have.

    A figure that occurs several times on its line gets no head: its row and value are reported.
    """
    if not table.is_wide or not {problem.column for problem in problems} & set(table.made_columns):
        return list(problems)
    places = [place for place, name in enumerate(table.columns) if name in table.made_columns]
    heads = _heads(connection, table, problems, places) if len(places) > 1 else {}
    value = table.columns[-1]
    return [
        problem
        if problem.column not in table.made_columns
        else replace(problem, column=heads.get((problem.row, problem.value)))
        if problem.column == value
        else replace(problem, column=problem.value if problem.column == PERIOD else None)
        for problem in problems
    ]


def _heads(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    problems: Sequence[Problem],
    places: Sequence[int],
) -> dict[tuple[int | None, str | None], str]:
    """The head over each figure that a problem is about, by its line and its text."""
    lines = sorted({problem.row for problem in problems if problem.row is not None})[:_MOST_LINES]
    head, value = places[-2], places[-1]
    columns = [duckdb.ColumnExpression(name) for name in ("line", f"c{head}", f"c{value}")]
    wanted = [duckdb.ConstantExpression(line) for line in lines]
    if not wanted:
        return {}
    rows = connection.table("raw").filter(columns[0].isin(*wanted)).project(*columns).fetchall()
    texts = [dict(connection.table(f"spelled_c{place}").fetchall()) for place in (head, value)]
    heads: dict[tuple[int | None, str | None], str] = {}
    twice = set()
    for line, of_head, of_value in rows:
        key = (line, shown(texts[1][of_value]))
        if key in heads:
            twice.add(key)
        heads[key] = shown(texts[0][of_head]) or ""
    return {key: text for key, text in heads.items() if key not in twice}
