"""Rows ever published as statements: between which numbers of persons each says that some lie."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import duckdb

from kpi.store.ever_shown import Memory, Publication, Row, shown_numbers
from kpi.suppression.cells import Cell, Key
from kpi.suppression.said import said_of
from kpi.suppression.statements import Statement, Words, lines_of_count, lines_of_share

# A row as `hidden_row` names it.
Place = tuple[object, ...]
# Larger than any limit: what a number is said to be stands for what its row says.
_A_CODE = 1_000_000


class _Said(NamedTuple):
    """A row ever published, in the order of `_ROWS`."""

    indicator_id: str
    area_id: str
    group_id: str
    period: str
    source_id: str
    batch_id: int
    known_from: date
    removed: bool
    kind: str
    value: float | None
    numerator: float | None
    denominator: float | None
    status: str
    decimals: int | None
    low: float | None
    high: float | None
    words: str | None
    limit: int
    lowest_limit: int | None
    area_level: str
    parent_id: str | None
    is_stock: bool

    @property
    def says(self) -> tuple[object, ...]:
        """All that it says of a number: rows that say the same are one."""
        return (*self[8:16], self.words if self.status == "suppressed" else None)

    @property
    def place(self) -> Place:
        """As `hidden_row` names it."""
        return self[:6]


def read_statements(
    connection: duckdb.DuckDBPyConnection, indicator_ids: Sequence[str],
    publications: Mapping[int, Publication], memory: Memory,
) -> tuple[list[Statement] | None, dict[Key, list[Place]]]:  # fmt: skip
    """The rows of some indicators as statements, with those of each.

    None where one is of another form. Expects `counted_row`.
    """
    rows = connection.execute(_ROWS, {"ids": indicator_ids}).fetchall()
    return _statements(list(map(_Said._make, rows)), publications, memory)


def _statements(
    rows: Sequence[_Said], publications: Mapping[int, Publication], memory: Memory
) -> tuple[list[Statement] | None, dict[Key, list[Place]]]:
    """The rows as statements, with those of each; None where one is of another form."""
    codes: dict[tuple[object, ...], float] = {}
    by_row: dict[tuple[Key, str, int], _Said] = {}
    of_ours = []
    for row in rows:
        code = codes.setdefault(row.says, _A_CODE + len(codes))
        by_row[row[:4], row.source_id, row.batch_id] = row
        of_ours.append(
            Row(
                *row[:4], part=code, whole=None, limit=row.limit, area_level=row.area_level,
                parent_id=row.parent_id, low=None, high=None, is_bound=False,
                source_id=row.source_id, batch_id=row.batch_id, known_from=row.known_from,
                removed=row.removed, is_number=not row.removed, is_stock=row.is_stock,
            )
        )  # fmt: skip
    shown = shown_numbers(of_ours, publications, memory)
    statements: list[Statement] = []
    rows_of: dict[Key, list[Place]] = {}
    for cell in shown.cells:
        of_cell = shown.rows[cell.key]
        same = [by_row[cell.base, *which] for which in of_cell]
        statement = _statement(cell, same)
        if statement is None:
            return None, {}
        statements.append(statement)
        rows_of[cell.key] = [row.place for row in same]
    return statements, rows_of


def _statement(cell: Cell, same: Sequence[_Said]) -> Statement | None:
    """What rows that say the same state; None of those whose form is not known here."""
    row = same[0]
    ends = _ends(row)
    if row.kind == "count":
        if row.numerator is not None or row.denominator is not None:
            return None
        series = row.indicator_id, "value"
        lines = lines_of_count(series, *ends) if ends else ()
        words = Words(series, *_words_of_count(row, same, cell.was_hidden))
        return Statement(cell, lines, words, (series,), bool(lines and cell.limit))
    if row.kind != "proportion":
        return None
    views = (row.indicator_id, "numerator"), (row.indicator_id, "remainder")
    lines = ()
    if ends or row.numerator is not None or row.denominator is not None:
        lines = lines_of_share(
            row.indicator_id, ends, 1 if row.decimals is None else row.decimals, row.numerator,
            row.denominator,
        )  # fmt: skip
    return Statement(cell, lines, _words_of_share(row), views, bool(lines and cell.limit))


def _ends(row: _Said) -> tuple[float, float] | None:
    """Between which numbers a row says that its value lies."""
    match row.status:
        case "suppressed":
            return None
        case "at_least" | "at_most" | "range":
            low = row.low if row.low is not None else row.value if row.status == "at_least" else 0
            high = row.high if row.high is not None else row.value
            most = 100.0 if row.kind == "proportion" else float("inf")
            return low or 0.0, high if high is not None and row.status != "at_least" else most
        case _:
            return None if row.value is None else (row.value, row.value)


def _words_of_count(
    row: _Said, same: Sequence[_Said], was_hidden: bool
) -> tuple[float, float, int]:
    """Between which numbers a hidden count lies by what is said of it, and its gap.

    What was hidden without being called small is not called so by a limit that was raised since.
    """
    if row.status == "suppressed":
        low, high = said_of(row.words or "") or (0.0, float("inf"))
        return low, high, 0
    if row.value is None or row.status in ("at_least", "at_most", "range"):
        return 0.0, float("inf"), 0
    limit = max(each.limit for each in same)
    lowest = min((each.lowest_limit or limit for each in same), default=limit)
    if was_hidden and lowest < limit and not 0 < row.value < lowest:
        return 0.0, float("inf"), lowest if lowest > 2 else 0
    if 0 < row.value < limit:
        if row.value < lowest:
            return 1.0, lowest - 1.0 if lowest > 2 else float("inf"), 0
        return float(lowest), limit - 1.0, 0
    return 0.0, float("inf"), limit if limit > 2 else 0


def _words_of_share(row: _Said) -> Words | None:
    """A share is hidden alone only because of few."""
    having, every = row.numerator, row.denominator
    if having is None or every is None or not row.limit:
        return None
    for name, persons in (("numerator", having), ("remainder", every - having)):
        if 0 < persons < row.limit:
            return Words((row.indicator_id, name), 1.0, row.limit - 1.0)
    return None


_ROWS = """
SELECT indicator_id, observation.area_id, group_id, observation.period, observation.source_id,
    batch_id, coalesce(released_on, batch.known_from), removed, kind, value, numerator,
    denominator, status, decimals, low, high,
    concat_ws(chr(10), as_published, observation.note), min_cell, lowest_limit,
    coalesce(area.level, former.level, ''),
    if(area.area_id IS NULL, former.parent_id, area.parent_id),
    is_on_day(measured, observation.period)
FROM counted_row AS observation
JOIN strictest_limit USING (source_id, batch_id)
LEFT JOIN area ON area.area_id = observation.area_id
LEFT JOIN (
    SELECT area_id, min(level) AS level, min(parent_id) AS parent_id FROM ever_within GROUP BY ALL
) AS former ON former.area_id = observation.area_id
LEFT JOIN period_release USING (batch_id, source_id, period)
JOIN batch USING (batch_id)
WHERE list_contains($ids::VARCHAR[], indicator_id)
ORDER BY indicator_id, observation.area_id, group_id, observation.period, batch_id,
    observation.source_id
"""
