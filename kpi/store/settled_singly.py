"""Settling singly: what each indicator that is concerned needs hidden, by itself.

What other indicators ask for comes in rounds; an indicator of which nothing more is known in one is
not settled again.
"""

import gc
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, field

import duckdb

from kpi.store.concerned import rows_concerned, rows_of
from kpi.store.ever_shown import Memory, Publication, Row, Shown, shown_numbers
from kpi.store.ties import Ties
from kpi.store.totals_of_shares import Totals
from kpi.suppression.hiding import Hiding

# Between which numbers the count of a row lies.
Ranges = dict[tuple[object, ...], tuple[float, float]]


@dataclass
class Settled:
    """The rows of each indicator that must be hidden, each by itself, and how many each may be.

    Settled anew is only what has changed since: rows that stay hidden, and `totals`.
    """

    publications: Mapping[int, Publication]
    ties: Ties
    settle: Callable[[Shown, Ties], Hiding]
    totals: Totals
    # The publication that this connection has just inserted.
    batch_id: int | None = None
    _of: dict[str, tuple[list[tuple[object, ...]], Ranges]] = field(default_factory=dict)
    _asked: Memory | None = None
    _totals_asked: Set[str] = frozenset()

    def renew(self, connection: duckdb.DuckDBPyConnection, memory: Memory) -> None:
        """Settles every indicator concerned, or those of which more is known than before."""
        with _nothing_collected():
            if self._asked is None:
                every = rows_concerned(
                    connection, self.publications, memory, self.ties, self.batch_id
                )
            else:
                changed = {row[0] for row in memory.for_good ^ self._asked.for_good}
                changed |= self.totals.keys() - self._totals_asked
                every = rows_of(connection, sorted(changed))
            for rows in every:
                ranges: Ranges = {}
                hidden = _hidden_rows(
                    rows, self.publications, memory, lambda each: self.settle(each, self.ties),
                    ranges,
                )  # fmt: skip
                self._of[rows[0].indicator_id] = hidden, ranges
        self._asked, self._totals_asked = memory, frozenset(self.totals)

    @property
    def rows(self) -> list[tuple[object, ...]]:
        """The hidden rows, as `hidden_row` has them."""
        return [row for _, (hidden, _) in sorted(self._of.items()) for row in hidden]

    @property
    def ranges(self) -> Ranges:
        """Between which numbers each hidden one lies by all that is shown."""
        return {row: ends for _, ranges in self._of.values() for row, ends in ranges.items()}


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Without Python's search for rings of objects: a million cells have none, and it takes long.

    A fifth of the whole.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _hidden_rows(
    rows: list[Row], publications: Mapping[int, Publication], memory: Memory,
    settle: Callable[[Shown], Hiding], ranges: Ranges,
) -> list[tuple[object, ...]]:  # fmt: skip
    """The rows of an indicator that must be hidden, as `hidden_row` has them; adds to `ranges`."""
    numbers = shown_numbers(rows, publications, memory)
    hiding = settle(numbers)
    cells = {cell.key: cell for cell in numbers.cells}
    # Of people that nobody published a number of there is no row: their indicator's rows are
    # marked.
    is_disclosed = bool(hiding.exposed - cells.keys())
    for key in hiding.ranges.keys() & cells.keys():
        for source_id, batch_id in numbers.rows[key]:
            ranges[*cells[key].base, source_id, batch_id] = hiding.ranges[key]
    return [
        (*cells[key].base, source_id, batch_id, is_small, cells[key].was_shown,
         key in hiding.exposed or (is_disclosed and is_small))
        for key, is_small in hiding.keys.items()
        for source_id, batch_id in numbers.rows[key]
    ]  # fmt: skip
