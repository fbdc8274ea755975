"""What is told of periods with something behind them: `2022 1)`, `2023*`, `2023 (foreløbig)`."""

from collections.abc import Mapping, Sequence

import duckdb

from kpi.errors import Problem
from kpi.ingest.period_marks import (
    counted_at_end,
    end_problem,
    footnote_problem,
    split_footnote,
    status_problem,
)
from kpi.ingest.words import Word


def marked_periods(
    connection: duckdb.DuckDBPyConnection,
    found: Sequence[Word],
    spellings: Mapping[str, int],
    column: str,
) -> list[Problem]:
    """A warning for each period with a footnote or a status behind it, at its first row.

    Expects the view `candidate`; nothing is looked at where no period has any.
    """
    marked = {
        spellings[word.text]: word
        for word in found
        if word.id and (word.marked or counted_at_end(word.text))
    }
    if not marked:
        return []
    rows = connection.execute(_ROWS, {"spellings": list(marked)}).fetchall()
    problems = []
    for spelling, line, count in rows:
        word = marked[spelling]
        if counted_at_end(word.text):
            problems.append(end_problem(word.text, word.id or "", line, column, count))
        noted, said = split_footnote(word.text), word.marked
        if noted is not None:
            problems.append(footnote_problem(word.text, noted.mark, line, column, count))
        if said is not None and said.status:
            problems.append(status_problem(word.text, said, line, column, count))
    return problems


_ROWS = """
SELECT period, min(line), count(*)
FROM candidate
WHERE period IN (SELECT unnest($spellings))
GROUP BY period
ORDER BY min(line), period
"""
