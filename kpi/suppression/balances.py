"""Numbers of which some are seen to come to as many as others, in whatever way they are parted.

Three groups are all although nobody declares a split, or two sets of indicators come to one total
that nobody shows: a + b = c + d. Nothing says so. Whoever adds up what stands at the same places
knows it. How often chance would make so many numbers fit is weighed, as in several_parts.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from math import comb, log2
from typing import Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from kpi.suppression.several_parts import sums_of_several

_Named = TypeVar("_Named")
# How many of the places where the same numbers stand are added up, of how many sets of them, and
# how many numbers of these.
_PLACES, _MOST_SETS, _MOST_NUMBERS = 6, 30, 60
# So many numbers at most are on a side; of three on both sides only where few numbers stand.
_MOST_OF_A_SIDE, _MOST_OF_THREES = 3, 25
_MOST_BALANCES, _MOST_FITTING = 40, 5_000
# Chance would make one in 2 to this power of all that are looked at.
_BITS = 3
_Sides = tuple[tuple[int, ...], tuple[int, ...]]
_Table = npt.NDArray[np.int64]
_Hashes = npt.NDArray[np.uint64]


class Balance(NamedTuple, Generic[_Named]):
    """Numbers that come to the same as others; a single one on the left is their total."""

    left: tuple[_Named, ...]
    right: tuple[_Named, ...]

    @property
    def columns(self) -> tuple[_Named, ...]:
        """All its numbers."""
        return (*self.left, *self.right)


def balances(
    places: Iterable[Mapping[_Named, int]], declared: Iterable[tuple[_Named, Sequence[_Named]]] = ()
) -> list[Balance[_Named]]:
    """What comes to as much as others at some places, short ones first.

    What follows from what is `declared`, totals and their parts, and from shorter ones is not
    among them.
    """
    there = [each for each in places if len(each) > 2]
    seen: dict[frozenset[frozenset[_Named]], Balance[_Named]] = {}
    by_names: dict[frozenset[_Named], list[Mapping[_Named, int]]] = defaultdict(list)
    for each in there:
        by_names[frozenset(each)].append(each)
    most_places = sorted(by_names, key=lambda names: (-len(by_names[names]), -len(names)))
    for names in most_places[:_MOST_SETS]:
        of_names = sorted(names, key=str)
        together = by_names[names] + [each for each in there if each.keys() > names]
        table = np.array([[each[name] for name in of_names] for each in together], dtype=np.int64)
        for left, right in _sides(table):
            named = Balance(*(tuple(of_names[each] for each in side) for side in (left, right)))
            seen.setdefault(frozenset(map(frozenset, named)), named)
    for every, of_every in sums_of_several(there):
        sides = frozenset({frozenset({every}), frozenset(of_every)})
        seen.setdefault(sides, Balance((every,), of_every))
    span: _Span[_Named] = _Span()
    for total, parts in declared:
        span.takes(Balance((total,), tuple(parts)))
    short_first = sorted(seen.values(), key=lambda each: (len(each.columns), str(each)))
    return [each for each in short_first if span.takes(each)][:_MOST_BALANCES]


def _sides(table: _Table) -> Iterator[_Sides]:
    """The columns of both sides, by a table of places and numbers."""
    some = table[:_PLACES]
    columns, alike = _distinct(some)
    columns = columns[:_MOST_NUMBERS]
    for first, second in alike:
        if _is_seen(table, ((first,), (second,)), len(columns) + len(alike)):
            yield (first,), (second,)
    if len(columns) < 3:
        return
    # Numbers of several places are the same where their sum by these random weights is.
    weights = np.random.default_rng(16).integers(1, 2**63, len(some), dtype=np.uint64)
    hashes = (some[:, columns].astype(np.uint64) * weights[:, None]).sum(axis=0, dtype=np.uint64)
    most = _MOST_OF_A_SIDE if len(columns) <= _MOST_OF_THREES else 2
    for fitting, (left, right) in enumerate(_alike(hashes, most)):
        if fitting == _MOST_FITTING:
            return
        named = tuple(columns[each] for each in left), tuple(columns[each] for each in right)
        if _is_seen(table, named, len(columns)):
            yield named


def _distinct(some: _Table) -> tuple[list[int], list[tuple[int, int]]]:
    """The columns, of those that say the same the first, without those that are nowhere any.

    And each of the others with the first that says the same.
    """
    of_numbers: dict[bytes, int] = {}
    alike: list[tuple[int, int]] = []
    for column in range(some.shape[1]):
        if some[:, column].any():
            first = of_numbers.setdefault(some[:, column].tobytes(), column)
            if first != column:
                alike.append((first, column))
    return [*of_numbers.values()], alike


def _alike(hashes: _Hashes, most: int) -> Iterator[_Sides]:
    """Sets of numbers, of at most so many, that come to the same and have none in common."""
    sets = [
        those for size in range(1, most + 1) for those in combinations(range(len(hashes)), size)
    ]
    sums = np.concatenate([
        hashes[np.array([*combinations(range(len(hashes)), size)])].sum(axis=1, dtype=np.uint64)
        for size in range(1, most + 1)
    ])  # fmt: skip
    order = np.argsort(sums, kind="stable")
    starts = np.flatnonzero(np.diff(sums[order], prepend=~sums[order[0]]))
    ends = np.append(starts[1:], len(order))
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if end - start > 1:
            those_alike = sorted((sets[each] for each in order[start:end].tolist()), key=len)
            for left, right in combinations(those_alike, 2):
                if not {*left} & {*right}:
                    yield left, right


def _is_seen(table: _Table, sides: _Sides, numbers: int) -> bool:
    """Whether the places show it: they fit but for a tenth, and rather than chance made it."""
    left, right = (table[:, [*side]] for side in sides)
    total = left.sum(axis=1)
    fits = total == right.sum(axis=1)
    if fits.sum() < 0.9 * len(fits):
        return False
    telling = fits & (left > 0).all(axis=1) & (right > 0).all(axis=1)
    bits = sum(log2(max(each, 2)) - 1 for each in total[telling].tolist())
    ways = comb(numbers, len(sides[0])) * comb(numbers - len(sides[0]), len(sides[1]))
    return bits >= log2(ways) + _BITS


class _Span(Generic[_Named]):
    """Balances, and all that follow from them by adding and subtracting."""

    def __init__(self) -> None:
        self._rows: list[tuple[_Named, dict[_Named, float]]] = []

    def takes(self, balance: Balance[_Named]) -> bool:
        """Whether a balance is a new one, which is taken in."""
        terms: dict[_Named, float] = dict.fromkeys(balance.left, 1.0)
        for name in balance.right:
            terms[name] = terms.get(name, 0.0) - 1.0
        for first, row in self._rows:
            if factor := terms.get(first, 0.0):
                for name, its in row.items():
                    terms[name] = terms.get(name, 0.0) - factor * its
                terms = {name: its for name, its in terms.items() if abs(its) > 1e-9}
        if not terms:
            return False
        first, divisor = next(iter(terms.items()))
        self._rows.append((first, {name: its / divisor for name, its in terms.items()}))
        return True
