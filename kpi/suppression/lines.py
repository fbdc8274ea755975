"""Cells of the same kind in many places, as arrays: one computation for all of them.

A file has the same areas in each month, and the same groups in each area. What its numbers may add
up to, and where they leave few persons, is computed for all such places at once.
"""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from math import inf, nan
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from kpi.domain.paired_statistics import Numbers
from kpi.suppression.cells import Cell, Key

# Numbers of persons that were computed from rounded percentages are not integers.
ROUNDED = 0.51
# Parts are not taken for all of a total that they miss by so much: by more than this share of it,
# and by more persons than this many times the least that may be shown.
_FAR_SHARE, _FAR_LIMITS = 0.05, 20
Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Lines:
    """Places with the same areas, groups or periods; a line has the cells of one, in their order.

    What is computed has a row for each line and a column for each of its cells.
    """

    lines: Sequence[Sequence[Cell]]

    @cached_property
    def limit(self) -> NDArray[np.int64]:
        """From how many persons each number may be shown."""
        limits = map(attrgetter("limit"), chain.from_iterable(self.lines))
        size = sum(map(len, self.lines))
        return np.fromiter(limits, np.int64, size).reshape(len(self.lines), -1)

    @cached_property
    def whole(self) -> Numbers:
        """Of how many each number is; no number where that is not known."""
        return _table(self.lines, "whole")

    @cached_property
    def _part(self) -> Numbers:
        return _table(self.lines, "part")

    @cached_property
    def _ends(self) -> tuple[Numbers, Numbers]:
        """The least and the most that each number can be."""
        return self._with_bounds(attrgetter("bounds"))

    @cached_property
    def _ends_by_words(self) -> tuple[Numbers, Numbers]:
        """The least and the most that each can be, by its source's words where that hides it."""
        return self._with_bounds(attrgetter("bounds_by_words"))

    def _with_bounds(
        self, bounds: Callable[[Cell], tuple[float, float]]
    ) -> tuple[Numbers, Numbers]:
        """The numbers as they are known, twice, with the bounds of those that are not."""
        low, high = self._part.copy(), self._part.copy()
        for row, column in zip(*np.nonzero(np.isnan(self._part)), strict=True):
            low[row, column], high[row, column] = bounds(self.lines[row][column])
        return low, high

    @property
    def low(self) -> Numbers:
        """The least that each number can be."""
        return self._ends[0]

    @property
    def high(self) -> Numbers:
        """The most that each number can be."""
        return self._ends[1]

    def are_exact(self, columns: Sequence[int]) -> Marks:
        """In which lines nothing is said by limits and ranges only, or not at all."""
        marks: Marks = np.isnan(self._part[:, columns]).sum(axis=1) == 0
        return marks

    @cached_property
    def _is_small(self) -> Marks:
        """Which numbers are hidden for their own sake; limits and ranges are not among them."""
        lacking = self.whole - self._part
        has_few = (self._part > 0) & (self._part < self.limit)
        return has_few | ((lacking > 0) & (lacking < self.limit)) | self._was_raised

    @cached_property
    def _was_raised(self) -> Marks:
        """Which numbers were hidden when their limit was raised: any of them may be small."""
        former = map(attrgetter("former_limit"), chain.from_iterable(self.lines))
        size = sum(map(len, self.lines))
        marks = np.fromiter((limit is not None for limit in former), np.bool_, size)
        return marks.reshape(len(self.lines), -1)

    def may_add_up(self, total: int, parts: Sequence[int]) -> Marks:
        """In which lines the parts may come to the total, by the bounds of each.

        A small number is any small one: what follows for others must not disclose which.
        """
        least, most = self._rest(total, parts)
        rounding = ROUNDED * len(parts)
        marks: Marks = (least <= rounding) & (most >= -rounding)
        return marks

    def are_far_from(self, total: int, parts: Sequence[int]) -> Marks:
        """In which lines nobody takes the parts for all of the total: 4 of 98 municipalities.

        A number that its source calls `<5` is no rest of thousands either.
        """
        least, most = self._rest(total, parts)
        limit = np.maximum(self.limit[:, total], self.limit[:, parts].max(axis=1))
        size = np.maximum(self.low[:, total], self.low[:, parts].sum(axis=1))
        marks: Marks = np.maximum(least, -most) > np.maximum(_FAR_SHARE * size, _FAR_LIMITS * limit)
        return marks

    def _rest(self, total: int, parts: Sequence[int]) -> tuple[Numbers, Numbers]:
        """The least and the most of each total that may be in none of the parts."""
        low, high = self._ends_by_words
        most = np.where(self._was_raised, inf, self.limit)
        of = np.where(np.isnan(self.whole), most, self.whole)
        low, high = np.where(self._is_small, 0.0, low), np.where(self._is_small, of, high)
        return (
            low[:, total] - high[:, parts].sum(axis=1), high[:, total] - low[:, parts].sum(axis=1)
        )  # fmt: skip

    def come_to_more(self, total: int, parts: Sequence[int]) -> Marks:
        """In which lines parts come to more than the total, as near as each is rounded.

        None of them is small: what follows for others must not disclose it.
        """
        rest = self.high[:, total] - self.low[:, parts].sum(axis=1)
        is_small = self._is_small[:, total] | self._is_small[:, parts].any(axis=1)
        marks: Marks = (rest < 0) & (rest >= -ROUNDED * len(parts)) & ~is_small
        return marks

    def may_leave_few(self, total: int, parts: Sequence[int]) -> Marks:
        """In which lines few persons of the total may be in none of the parts, or lack it."""
        limit = np.maximum(self.limit[:, total], self.limit[:, parts].max(axis=1))
        most = self.high[:, total] - self.low[:, parts].sum(axis=1)
        of = self.whole[:, total] - self.whole[:, parts].sum(axis=1)
        few = (most < limit) | ((of >= most) & (of - most < limit + 1e-5))
        is_small = self._is_small[:, total] | self._is_small[:, parts].any(axis=1)
        marks: Marks = (limit > 0) & (most >= 0) & few & ~is_small
        return marks


def _table(lines: Sequence[Sequence[Cell]], name: str) -> Numbers:
    # What is None is no number in it.
    numbers = map(attrgetter(name), chain.from_iterable(lines))
    size = sum(map(len, lines))
    table = np.fromiter((nan if number is None else number for number in numbers), float, size)
    return table.reshape(len(lines), -1)


def may_come_to(cells: Sequence[Cell], hidden: Set[Key]) -> bool:
    """Whether parts may come to the first, by the bounds of those that are not `hidden`."""
    total, *parts = cells
    least, most = _bounds_of(total, hidden)
    for part in parts:
        low, high = _bounds_of(part, hidden)
        least, most = least - high, most - low
    rounding = ROUNDED * len(parts)
    return least <= rounding and most >= -rounding


def may_balance(cells: Sequence[Cell], signs: Sequence[int]) -> bool:
    """Whether numbers may come to nothing with these signs; a small one is any small one."""
    least = most = 0.0
    for cell, sign in zip(cells, signs, strict=True):
        low, high = _bounds_of(cell, frozenset())
        least, most = least + min(sign * low, sign * high), most + max(sign * low, sign * high)
    rounding = ROUNDED * len(cells)
    return least <= rounding and most >= -rounding


def _bounds_of(cell: Cell, hidden: Set[Key]) -> tuple[float, float]:
    if cell.former_limit is not None:
        return 0.0, inf
    if cell.is_small and not cell.is_bound:
        return 0.0, float(cell.limit) if cell.whole is None else cell.whole
    if cell.key in hidden:
        return 0.0, inf if cell.whole is None else cell.whole
    return cell.bounds_by_words
