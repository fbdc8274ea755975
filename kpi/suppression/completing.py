"""What published numbers imply of others, in arrays: to screen a million figures at once.

As between.py does it for the cells of one indicator: a number that is all that a sum
lacks follows from the others.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kpi.domain.period import OVERLAPPING, Period
from kpi.suppression.cells import Cell
from kpi.suppression.lines import ROUNDED
from kpi.suppression.spans import Ways, connect, days_of, span_sums

Numbers = NDArray[np.float64]
Marks = NDArray[np.bool_]
# Places along an axis with the sign each has in a sum that comes to nothing.
Way = tuple[tuple[int, int], ...]
# Numbers follow from numbers that follow themselves, but seldom often.
_MOST_ROUNDS = 6
# Series with numbers of the same periods are looked at together; of more kinds only some.
_MOST_KINDS = 500


@dataclass(frozen=True)
class Completed:
    """Numbers by group, area and period with all that follow; NaN where nothing is implied.

    `is_implied` marks those that nobody published.
    """

    persons: Numbers
    denominator: Numbers
    is_implied: Marks


def completed(
    persons: Numbers, denominator: Numbers, is_there: Marks, ways: Sequence[Sequence[Way]]
) -> Completed:
    """The numbers with those that they imply; `ways` are the sums along each of the three axes."""
    numbers = [np.where(is_there, persons, np.nan), np.where(is_there, denominator, np.nan)]
    is_known = ~np.isnan(numbers[0])
    ways = [
        [way for way in of_axis if _may_be_sum(numbers[0], is_known, axis, way)]
        for axis, of_axis in enumerate(ways)
    ]
    # That areas are all of their total is only assumed where nothing else decides.
    for axes in ((0, 2), (0, 1, 2)):
        for _ in range(_MOST_ROUNDS):
            before = np.count_nonzero(is_known)
            for axis in axes:
                for way in ways[axis]:
                    _fill(numbers, is_known, axis, way)
            if np.count_nonzero(is_known) == before:
                break
    return Completed(numbers[0], numbers[1], is_known & ~is_there)


def _may_be_sum(persons: Numbers, is_known: Marks, axis: int, way: Way) -> bool:
    """Whether the numbers do not come to something else mostly, where all are known."""
    numbers, known = np.moveaxis(persons, axis, 0), np.moveaxis(is_known, axis, 0)
    are_known = np.logical_and.reduce([known[place] for place, _ in way])
    left = np.abs(sum(sign * numbers[place][are_known] for place, sign in way))
    return bool(2 * np.count_nonzero(left > ROUNDED * len(way)) <= left.size)


def _fill(numbers: Sequence[Numbers], is_known: Marks, axis: int, way: Way) -> None:
    """Puts in what a sum lacks, wherever that is one number."""
    known = np.moveaxis(is_known, axis, 0)
    missing = sum((~known[place]).astype(np.int16) for place, _ in way)
    lacks = np.asarray(missing == 1)
    if not lacks.any():
        return
    arrays = [np.moveaxis(each, axis, 0) for each in numbers]
    for place, sign in way:
        here = lacks & ~known[place]
        if not here.any():
            continue
        for each in arrays:
            each[place][here] = sum(
                -sign * its * each[other][here] for other, its in way if other != place
            )
        # Fewer than none: these do not add up.
        is_sense = arrays[0][place] >= 0
        known[place][here & is_sense] = True
        for each in arrays:
            each[place][here & ~is_sense] = np.nan


def ways_of_periods(periods: Sequence[Period], is_stock: bool) -> list[Way]:
    """What periods are together, and (`is_stock`) which are of the same day."""
    found_ways: dict[Way, None] = {}
    place = {period.text: number for number, period in enumerate(periods)}
    kinds = {period.kind for period in periods}
    if len(kinds) + bool(kinds & {*OVERLAPPING}) > 1:
        cells = sorted(map(_cell_of, periods), key=lambda cell: (days_of(cell), cell.key))
        for each in span_sums(cells):
            texts = (key[3] for key in each.members)
            found_ways[
                tuple((place[text], sign) for text, sign in zip(texts, each.signs, strict=True))
            ] = None
        for kind in kinds:
            of_kind = {period.start: period for period in periods if period.kind == kind}
            for spanned in periods:
                tiles = _tiles(spanned, of_kind)
                if tiles:
                    parts = ((place[other.text], 1) for other in tiles)
                    found_ways[((place[spanned.text], -1), *parts)] = None
    if is_stock:
        found_ways |= dict.fromkeys(ways_of_days(periods))
    return [*found_ways]


def ways_of_days(periods: Sequence[Period]) -> list[Way]:
    """Which periods end on the same day: what is counted on a day is the same in them."""
    by_day: dict[date, list[int]] = defaultdict(list)
    for number, spanned in enumerate(periods):
        by_day[spanned.end].append(number)
    return [
        ((first, -1), (other, 1)) for first, *more in by_day.values() for other in more
    ]  # fmt: skip


def _cell_of(period: Period) -> Cell:
    return Cell("", "", "", period, None, None, 0, "", None)


def _tiles(total: Period, by_start: Mapping[date, Period]) -> list[Period]:
    """The periods of one kind that together fill the longer one, one after the other."""
    tiles: list[Period] = []
    day = total.start
    while (next_period := by_start.get(day)) is not None and next_period.end <= total.end:
        tiles.append(next_period)
        day = next_period.end + timedelta(days=1)
    return tiles if day == total.end + timedelta(days=1) and len(tiles) > 1 else []


def leaves_few_between(numbers: Completed, periods: Sequence[Period], limit: int) -> bool:
    """Whether few persons are between the periods of a series not all of which was published."""
    groups, areas, count = numbers.persons.shape
    is_known = ~np.isnan(numbers.persons)
    rows = is_known.reshape(groups * areas, count)
    with_implied = np.flatnonzero(numbers.is_implied.reshape(groups * areas, count).any(axis=1))
    kinds, of_row = np.unique(rows[with_implied], axis=0, return_inverse=True)
    persons = np.nan_to_num(numbers.persons.reshape(groups * areas, count)[with_implied])
    of_all = numbers.denominator.reshape(groups * areas, count)[with_implied]
    for kind in range(min(len(kinds), _MOST_KINDS)):
        there = np.flatnonzero(kinds[kind]).tolist()
        for signs in _stretches([periods[number] for number in there]):
            of_kind = of_row.ravel() == kind
            few = persons[of_kind][:, there] @ signs
            within = signs != 0
            others = of_all[of_kind][:, there][:, within] @ signs[within] - few
            is_few = (few > 1e-6) & (few < limit)
            is_few |= (few > -1e-6) & (others > 1e-6) & (others < limit)
            if bool(is_few.any()):
                return True
    return False


def _stretches(periods: Sequence[Period]) -> Iterator[Numbers]:
    """How each two days next to each other that periods connect have what between them."""
    ways: Ways = defaultdict(list)
    for period in periods:
        connect(ways, _cell_of(period))
    place = {period.text: number for number, period in enumerate(periods)}
    placed: set[date] = set()
    for first in sorted(ways):
        if first in placed:
            continue
        heights = {first: np.zeros(len(periods))}
        waiting = [first]
        while waiting:
            day = waiting.pop()
            for other, cell, sign in ways[day]:
                if other not in heights:
                    step = np.zeros(len(periods))
                    step[place[cell.period.text]] = sign
                    heights[other] = heights[day] + step
                    waiting.append(other)
        placed |= heights.keys()
        yield from (heights[end] - heights[start] for start, end in pairwise(sorted(heights)))
