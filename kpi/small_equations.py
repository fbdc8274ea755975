"""Which unknown numbers some sums leave only one value for: linear algebra by steps."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kpi.small_cells import Key, Sum
from kpi.statistics import Numbers

Places = NDArray[np.int64]
# Numbers are moved by 1 to 2, and what is left after so many steps is far below that.
_MOST_STEPS, _STANDS_STILL = 2_000, 1e-6


@dataclass(frozen=True)
class Equations:
    """Every number of every sum: the sum's line, the number's place in `keys`, and its sign."""

    keys: list[Key]
    lines: Places
    columns: Places
    signs: Numbers


def equations_of(sums: Sequence[Sum]) -> Equations:
    """The sums as lines of numbers."""
    lengths = np.array([len(each.members) for each in sums], dtype=np.int64)
    every = [key for each in sums for key in each.members]
    keys = sorted(set(every))
    place = {key: number for number, key in enumerate(keys)}
    signs = np.array([sign for each in sums for sign in each.signs], dtype=float)
    lines = np.repeat(np.arange(len(sums)), lengths)
    return Equations(keys, lines, np.array([place[key] for key in every], dtype=np.int64), signs)


def determined(equations: Equations, unknown: Set[Key]) -> set[Key]:
    """The unknown numbers that the sums leave only one value for.

    All unknown numbers are changed at random, and the changes brought in line with every sum: they
    are projected on what leaves the sums as they are, by conjugate gradients (Craig's method). A
    number that then cannot move is determined; all are where the steps lead nowhere.
    """
    is_unknown = np.array([key in unknown for key in equations.keys], dtype=bool)
    kept = is_unknown[equations.columns]
    numbers, columns = np.unique(equations.columns[kept], return_inverse=True)
    _, lines = np.unique(equations.lines[kept], return_inverse=True)
    signs = equations.signs[kept]
    if not len(numbers):
        return set()
    moves = np.random.default_rng(0).uniform(1, 2, len(numbers))

    def off(change: Numbers) -> Numbers:
        """By how much a change leaves each sum."""
        return np.bincount(lines, signs * change[columns]).astype(float)

    def pull(by_line: Numbers) -> Numbers:
        """What the sums, so weighted, ask of each number."""
        return np.bincount(columns, signs * by_line[lines]).astype(float)

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
    stands = ~(np.abs(moves) >= _STANDS_STILL)  # what is no number any more stands as well
    return {equations.keys[number] for number in numbers[stands]}
