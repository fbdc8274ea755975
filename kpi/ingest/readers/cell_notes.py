"""What a sheet shows beside its texts: marks, struck cells, hidden rows and columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kpi.ingest.table.raw import TYPED

# Kinds of a note on a cell: raised text left out, struck through in full or in part, a format that
# shows another scale (its code is the text), a zero that is shown as nothing, a number with words
# that its format writes (these), a number of a merged cell in another cell that it covers.
RAISED, STRUCK, PART_STRUCK, SCALED, BLANK_ZERO, NOTED, MERGED = (
    "raised", "struck", "part_struck", "scaled", "blank_zero", "noted", "merged",
)  # fmt: skip
MOST_NOTES = 20_000
MOST_DAYS = 5_000
Span = tuple[int, int]


@dataclass
class Notes:
    """Notes on cells (row, column, kind, text) and hidden spans; all places are from 0.

    Of more notes than MOST_NOTES the first are kept. `days` (row, column, day) are those of dates
    that are read as a month or a year, or not at all: the file has them, so they are searched for
    parts of CPR numbers, and read for nothing else. Of them the first MOST_DAYS are kept.
    """

    cells: list[tuple[int, int, str, str]] = field(default_factory=list)
    hidden_rows: list[Span] = field(default_factory=list)
    hidden_columns: list[Span] = field(default_factory=list)
    days: list[tuple[int, int, str]] = field(default_factory=list)
    _once: set[tuple[int, str, str]] = field(default_factory=set, repr=False)

    @classmethod
    def of(cls, written: Mapping[str, Sequence[Sequence[Any]]]) -> "Notes":
        """Notes from what `as_written` made of them."""
        names = ("cells", "rows", "columns", "days")
        cells, rows, columns, days = (written[name] for name in names)
        return cls(
            [(row, column, kind, text) for row, column, kind, text in cells],
            [(first, last) for first, last in rows],
            [(first, last) for first, last in columns],
            [(row, column, day) for row, column, day in days],
        )

    def as_written(self) -> dict[str, list[Any]]:
        """The notes as lists, to be written as JSON."""
        return {
            "cells": self.cells, "rows": self.hidden_rows, "columns": self.hidden_columns,
            "days": self.days,
        }  # fmt: skip

    def add(self, row: int, column: int, kind: str, text: str = "") -> None:
        """A note on a cell."""
        if len(self.cells) < MOST_NOTES:
            self.cells.append((row, column, kind, text))

    def add_day(self, row: int, column: int, day: str) -> None:
        """The day of a date that is not read whole, as the search is to see it."""
        if len(self.days) < MOST_DAYS:
            self.days.append((row, column, day))

    def add_first(self, row: int, column: int, kind: str, text: str) -> None:
        """A note that is kept once a column and text."""
        if (column, kind, text) not in self._once:
            self._once.add((column, kind, text))
            self.add(row, column, kind, text)

    def add_merged(self, row: int, column: int, text: str) -> None:
        """A note on a cell that is given the text of a merged one, where that is a number."""
        if text.removeprefix(TYPED)[:1].isdecimal():
            self.add(row, column, MERGED)

    def hide_row(self, row: int) -> None:
        """A hidden row; rows come in order."""
        if self.hidden_rows and self.hidden_rows[-1][1] == row - 1:
            self.hidden_rows[-1] = (self.hidden_rows[-1][0], row)
        else:
            self.hidden_rows.append((row, row))

    def hide_columns(self, first: int, last: int) -> None:
        """Hidden columns from the first to the last."""
        self.hidden_columns.append((first, last))

    def __bool__(self) -> bool:
        return bool(self.cells or self.hidden_rows or self.hidden_columns or self.days)
