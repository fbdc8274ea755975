"""Which unknown numbers some sums leave only one value for: linear algebra by steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kpi.domain.paired_statistics import Numbers

Places = NDArray[np.int64]
Marks = NDArray[np.bool_]
# Numbers are moved by 1 to 2, and what is left after so many steps is far below that.
_MOST_STEPS, _NO_MOVE = 2_000, 1e-6


@dataclass(frozen=True)
class Equations:
    """Every number of every sum, a place each: the sum's line, the number's column, its sign."""

    lines: Places
    columns: Places
    signs: Numbers


def equations_of(sums: Sequence[Sequence[int]], signs: Sequence[Sequence[int]]) -> Equations:
    """Sums of numbered numbers as lines, with the sign of each number in each."""
    lengths = np.array([len(members) for members in sums], dtype=np.int64)
    return Equations(
        np.repeat(np.arange(len(sums)), lengths),
        np.array([member for members in sums for member in members], dtype=np.int64),
        np.array([sign for each in signs for sign in each], dtype=float),
    )


def determined(equations: Equations, is_unknown: Marks) -> Places:
    """The unknown numbers that the sums leave only one value for; each is in some sum.

    All unknown numbers are changed at random, and the changes brought in line with every sum: they
    are projected on what leaves the sums as they are, by conjugate gradients (Craig's method). A
    number that then cannot move is determined; all are where the steps lead nowhere.
    """
    numbers = np.flatnonzero(is_unknown)
    if not len(numbers):
        return numbers
    is_kept = is_unknown[equations.columns]
    columns = _renumbered(equations.columns[is_kept])
    lines = _renumbered(equations.lines[is_kept])
    signs = equations.signs[is_kept]
    moves = _first_moves(1 << len(numbers).bit_length())[: len(numbers)].copy()

    def off(change: Numbers) -> Numbers:
        """By how much a change leaves each sum."""
        return np.bincount(lines, signs * change[columns]).astype(float, copy=False)

    def pull(by_line: Numbers) -> Numbers:
        """What the sums, so weighted, ask of each number."""
        return np.bincount(columns, signs * by_line[lines]).astype(float, copy=False)

    slope = direction = off(moves)
    size = first = slope @ slope
    for _ in range(_MOST_STEPS):
        if size <= first * 1e-24:
            break
        step = pull(direction)
        moves -= size / (step @ step) * step
        slope = off(moves)
        size, before = slope @ slope, size
        direction = slope + size / before * direction
    else:
        moves[:] = 0
    is_fixed = ~(np.abs(moves) >= _NO_MOVE)  # NaN counts as fixed
    return numbers[is_fixed]


# Mostly small ones; a large one is forgotten again.
@lru_cache(maxsize=12)
def _first_moves(count: int) -> Numbers:
    """By how much numbers are changed at first: fewer begin with the same ones."""
    return np.random.default_rng(0).uniform(1, 2, count)


def _renumbered(places: Places) -> Places:
    """The same places, numbered from 0 without the ones that do not occur."""
    occurs = np.bincount(places) > 0
    return (np.cumsum(occurs) - 1)[places]
