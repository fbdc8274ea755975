"""Numbers of several indicators that three or more others are seen to come to.

Nothing says that employed, unemployed and others make up all people. Whoever adds them up at the
places where all of them stand knows it. How often chance would make so many numbers come to another
one is weighed: of many indicators more places have to show it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice
from math import comb, log2
from typing import TypeVar

import numpy as np
import numpy.typing as npt

_Named = TypeVar("_Named")
# Of so many numbers that stand together every sum is looked at, of more those of three and four.
_MOST_OF_ALL_SIZES, _MOST_NUMBERS = 20, 80
# How many of the places where the same numbers stand are added up, and of how many sets of them.
_PLACES, _MOST_SETS = 6, 50
_MOST_SUMS = 40
# Where more sums fit, chance made them: small numbers of one place.
_MOST_FITTING = 5_000
# Chance would make one in 2 to this power of all sums that are looked at.
_BITS = 3
_MOST_OF_A_SHORTER = 6
_Sum = tuple[int, tuple[int, ...]]
_Hashes = npt.NDArray[np.uint64]


def sums_of_several(
    places: Iterable[Mapping[_Named, int]],
) -> list[tuple[_Named, tuple[_Named, ...]]]:
    """Each number and the three or more others that come to it, by what stands at some places.

    One that two others come to, or that follows from shorter sums, is not among them.
    """
    there = [each for each in places if len(each) > 3]
    by_names: dict[frozenset[_Named], list[Mapping[_Named, int]]] = defaultdict(list)
    for each in there:
        by_names[frozenset(each)].append(each)
    seen: dict[tuple[_Named, frozenset[_Named]], tuple[_Named, tuple[_Named, ...]]] = {}
    most_places = sorted(by_names, key=lambda names: (-len(by_names[names]), -len(names)))
    for names in most_places[:_MOST_SETS]:
        of_names = sorted(names, key=str)
        # Also where more stands; there the first numbers may be small by chance, as anywhere.
        together = by_names[names] + [each for each in there if each.keys() > names]
        table = np.array([[each[name] for name in of_names] for each in together], dtype=np.int64)
        for total, parts in _sums(table):
            every, of = of_names[total], tuple(of_names[part] for part in parts)
            seen.setdefault((every, frozenset(of)), (every, of))
    return [*seen.values()][:_MOST_SUMS]


def _sums(table: npt.NDArray[np.int64]) -> Iterator[_Sum]:
    """The columns of each total and its parts, by a table of places and numbers."""
    some = table[:_PLACES]
    columns = _distinct(some)[:_MOST_NUMBERS]
    # Numbers of several places are the same where their sum by these random weights is.
    weights = np.random.default_rng(16).integers(1, 2**63, len(some), dtype=np.uint64)
    hashes = np.array(
        [(some[:, each].astype(np.uint64) * weights).sum(dtype=np.uint64) for each in columns],
        dtype=np.uint64,
    )
    of_all_sizes = len(columns) <= _MOST_OF_ALL_SIZES
    sums = _of_any_size(hashes) if of_all_sizes else _of_three_and_four(hashes)
    every = [*islice(sums, _MOST_FITTING)]
    known = {*hashes.tolist()}
    for total, parts in sorted(every, key=lambda each: (len(each[1]), each)):
        named = columns[total], tuple(columns[part] for part in parts)
        if _is_seen(table, *named, len(columns)) and not _is_made(hashes, parts, known):
            yield named


def _distinct(some: npt.NDArray[np.int64]) -> list[int]:
    """The columns, of those that say the same the first, without those that are nowhere any."""
    of_numbers: dict[bytes, int] = {}
    for column in range(some.shape[1]):
        if some[:, column].any():
            of_numbers.setdefault(some[:, column].tobytes(), column)
    return [*of_numbers.values()]


def _of_any_size(hashes: _Hashes) -> Iterator[_Sum]:
    """Sums of three and more, found where a half of the numbers leaves what the other comes to."""
    middle = len(hashes) // 2
    first, second = _subset_sums(hashes[:middle]), _subset_sums(hashes[middle:])
    order = np.argsort(second)
    ordered = second[order]
    for total in range(len(hashes)):
        rests = hashes[total] - first
        begins = np.searchsorted(ordered, rests, "left")
        ends = np.searchsorted(ordered, rests, "right")
        for low in np.flatnonzero(ends > begins).tolist():
            for place in range(begins[low], ends[low]):
                which = low | int(order[place]) << middle
                parts = tuple(each for each in range(len(hashes)) if which >> each & 1)
                if len(parts) > 2 and total not in parts:
                    yield total, parts


def _subset_sums(hashes: _Hashes) -> _Hashes:
    """What each subset comes to; the subset's number says bit by bit which are in it."""
    sums = np.zeros(1, dtype=np.uint64)
    for each in hashes:
        sums = np.concatenate([sums, sums + each])
    return sums


def _of_three_and_four(hashes: _Hashes) -> Iterator[_Sum]:
    pairs = [*combinations(range(len(hashes)), 2)]
    firsts, seconds = (np.array(of) for of in zip(*pairs, strict=True))
    sums = hashes[firsts] + hashes[seconds]
    order = np.argsort(sums)
    ordered = sums[order]
    for total in range(len(hashes)):
        # One more, or two more; each sum is come to in several ways.
        rests = hashes[total] - np.concatenate([hashes, sums])
        begins = np.searchsorted(ordered, rests, "left")
        ends = np.searchsorted(ordered, rests, "right")
        for which in np.flatnonzero(ends > begins).tolist():
            own = (which,) if which < len(hashes) else pairs[which - len(hashes)]
            for place in range(begins[which], ends[which]):
                parts = {*own, *pairs[order[place]]}
                is_once = len(parts) == len(own) + 2 and total not in parts
                if is_once and tuple(sorted(parts))[: len(own)] == own:
                    yield total, tuple(sorted(parts))


def _is_made(hashes: _Hashes, parts: Sequence[int], known: set[int]) -> bool:
    """Whether fewer of the parts come to another number: then the sum is one of that."""
    return any(
        int(hashes[[*those]].sum(dtype=np.uint64)) in known
        for size in range(2, min(len(parts), _MOST_OF_A_SHORTER))
        for those in combinations(parts, size)
    )


def _is_seen(table: npt.NDArray[np.int64], total: int, parts: Sequence[int], numbers: int) -> bool:
    """Whether the places tell it: they fit but for a tenth, and rather than chance made it."""
    totals, of_parts = table[:, total], table[:, [*parts]]
    fits = of_parts.sum(axis=1) == totals
    if fits.sum() < 0.9 * len(fits):
        return False
    telling = totals[fits & (of_parts > 0).all(axis=1)]
    bits = sum(log2(max(each, 2)) - 1 for each in telling.tolist())
    return bits >= log2(numbers * comb(numbers - 1, len(parts))) + _BITS
