"""Problems of texts with a mark after them: `2022 1)`, `2023*`, `2023 (foreløbig)`."""

from collections.abc import Iterable, Mapping, Sequence

import duckdb

from kpi.domain.errors import NO_ACTION_NEEDED, Problem
from kpi.ingest.meaning.word import Word
from kpi.ingest.table.raw import TYPED
from kpi.ingest.words.named_dates import year_in_thousands
from kpi.ingest.words.period_marks import (
    counted_at_end,
    end_problem,
    footnote_problem,
    name_problem,
    split_footnote,
    status_problem,
)


def marked_periods(
    connection: duckdb.DuckDBPyConnection,
    words: Sequence[Word],
    spellings: Mapping[str, int],
    column: str,
) -> list[Problem]:
    """A warning for each period followed by a footnote or a status, at its first row.

    Years written as thousands are one warning. Expects the view `candidate`; nothing is looked at
    where no period has any.
    """
    marked = {
        spellings[word.text]: word
        for word in words
        if word.id and (word.marked or counted_at_end(word.text) or year_in_thousands(word.text))
    }
    if not marked:
        return []
    problems: list[Problem] = []
    for spelling, line, count in _rows(connection, "period", marked):
        word = marked[spelling]
        if year_in_thousands(word.text):
            problems += [] if problems else [_year_problem(word, line, column)]
            continue
        if counted_at_end(word.text):
            problems.append(end_problem(word.text, word.id or "", line, column, count))
        noted, mark = split_footnote(word.text), word.marked
        if noted is not None:
            problems.append(footnote_problem(word.text, noted.mark, line, column, count))
        if mark is not None and mark.status:
            problems.append(status_problem(word.text, mark, line, column, count))
    return problems


def _year_problem(word: Word, line: int | None, column: str) -> Problem:
    plain = word.text.removeprefix(TYPED).strip()
    return Problem(
        "read_by_content", "", line, column, plain,
        f"Årstallene er skrevet som tal med tusinder: {plain} læses som {word.id}.",
        NO_ACTION_NEEDED,
    )  # fmt: skip


def marked_names(
    connection: duckdb.DuckDBPyConnection,
    role: str,
    words: Sequence[Word],
    spellings: Mapping[str, int],
    column: str,
) -> list[Problem]:
    """A warning for each name of an area, a group or an indicator followed by a footnote."""
    marked = {spellings[word.text]: word for word in words if word.marked and word.id}
    return [
        name_problem(marked[spelling].text, mark.mark, line, column, count)
        for spelling, line, count in (_rows(connection, role, marked) if marked else [])
        if (mark := marked[spelling].marked) is not None
    ]


def _rows(
    connection: duckdb.DuckDBPyConnection, role: str, marked: Iterable[int]
) -> list[tuple[int, int | None, int]]:
    """Of each spelling its first line and how many rows have it, in the order of the file."""
    spelling, line = duckdb.ColumnExpression(role), duckdb.ColumnExpression("line")
    wanted = [duckdb.ConstantExpression(number) for number in marked]
    counted = connection.table("candidate").filter(spelling.isin(*wanted)).aggregate(
        [spelling, duckdb.FunctionExpression("min", line),
         duckdb.FunctionExpression("count", spelling)]
    )  # fmt: skip
    return sorted(counted.fetchall(), key=lambda row: (row[1] or 0, row[0]))
