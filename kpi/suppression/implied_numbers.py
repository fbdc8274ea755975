"""What an indicator's numbers come to where it says none itself, to be compared with others'.

That groups are all of a split is declared. That areas are all of a total, and that periods may be
added up, is only assumed: so each such way of adding up is told apart from the others.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from math import prod

import numpy as np

from kpi.domain.period import Period
from kpi.suppression.areas import Areas, children_of, makings
from kpi.suppression.completing import Way, completed, ways_of_days, ways_of_periods
from kpi.suppression.groups import Groups, splits_of
from kpi.suppression.spans import paths_between

# Of a number its area, group and period.
Where = tuple[str, str, str]
# Of more places nothing is added up.
_MOST_PLACES = 2_000_000
# Of more areas any one of which may be the rest of a total, none is taken for it.
_MOST_OTHERS = 20
_GROUPS, _PERIODS = "groups", "periods"


class Adding:
    """How numbers add up; `area_ids` and `periods` are all that any has."""

    def __init__(
        self, groups: Iterable[Groups], areas: Areas, area_ids: Set[str],
        periods: Mapping[str, Period],
    ) -> None:  # fmt: skip
        self._splits = sorted({way for each in groups for way in splits_of(each)})
        self._areas = areas
        self._area_ids = area_ids
        self._children = children_of(areas)
        self._periods = periods
        self._of_groups = cache(self._sums_of_groups)
        self._of_areas = cache(self._sums_of_areas)
        self._of_periods = cache(self._sums_of_periods)

    def implied(
        self, numbers: Mapping[Where, float], is_stock: bool
    ) -> Iterator[tuple[str, Where, float]]:
        """What some numbers come to, each with the way of adding up that it takes."""
        own = [frozenset(where[place] for where in numbers) for place in (1, 0, 2)]
        of_groups = self._of_groups(own[0])
        of_periods = self._of_periods(own[2], is_stock)
        of_areas = self._of_areas(own[1])
        if of_groups:
            yield from _implied(numbers, own, (of_groups, (), ()), _GROUPS)
        if of_periods:
            yield from _implied(numbers, own, (of_groups, (), of_periods), _PERIODS)
        for total, ways in of_areas:
            yield from _implied(numbers, own, (of_groups, ways, ()), total)
            if of_periods:
                yield from _implied(
                    numbers, own, (of_groups, ways, of_periods), f"{_PERIODS} {total}"
                )

    def _sums_of_groups(self, own: frozenset[str]) -> Sequence["_Sum"]:
        ways = [((total, -1), *((part, 1) for part in parts)) for total, *parts in self._splits]
        return _within_reach(own, ways)

    def _sums_of_areas(self, own: frozenset[str]) -> Sequence[tuple[str, Sequence["_Sum"]]]:
        """Each area with the ways in which others make it up; or these and one that is missing."""
        around = {*own}
        waiting = [*own]
        while waiting:
            above = {parent_id for parent_id, _ in self._areas.get(waiting.pop(), ())} - around
            around |= above
            waiting += above
        of_totals: list[tuple[str, Sequence[_Sum]]] = []
        for area_id in sorted(around):
            made = makings(frozenset({*own, area_id}), self._children)
            ways = [
                ((total, -1), *((part, 1) for part in parts))
                for total, parts in made if total == area_id and len(parts) > 1
            ]  # fmt: skip
            if sums := _within_reach(own, ways):
                of_totals.append((area_id, sums))
            if area_id in own:
                of_totals += self._rests(area_id, own)
        return of_totals

    def _rests(self, total: str, own: Set[str]) -> Iterator[tuple[str, Sequence["_Sum"]]]:
        """An area less all within it that have a number is perhaps another that has none."""
        for level in self._children.get(total, {}).values():
            parts = [area_id for area_id in level if area_id in own]
            others = [area_id for area_id in level if area_id in self._area_ids - own]
            if parts and len(others) <= _MOST_OTHERS:
                for other in others:
                    sums = [((total, -1), *((part, 1) for part in (*parts, other)))]
                    yield f"{total} {other}", sums

    def _sums_of_periods(self, own: frozenset[str], is_stock: bool) -> Sequence["_Sum"]:
        texts = [*sorted(own), *sorted(self._periods.keys() - own)]
        periods = [self._periods[text] for text in texts]
        if is_stock:
            of_days = ways_of_days(periods)
            sums = [tuple((texts[place], sign) for place, sign in way) for way in of_days]
            return _within_reach(own, sums)
        ours, others = periods[: len(own)], periods[len(own) :]
        sums = [
            tuple((texts[place], sign) for place, sign in way)
            for way in ways_of_periods(ours, is_stock=False)
        ]
        return sums + [
            ((other.text, -1), *path) for other, path in paths_between(ours, others) if path
        ]


_Sum = tuple[tuple[str, int], ...]


def _within_reach(own: frozenset[str], sums: Sequence[_Sum]) -> list[_Sum]:
    """The sums of which at most one number is missing everywhere, and those that follow then."""
    there = {*own}
    before = -1
    while before < (before := len(there)):
        for each in sums:
            if len(missing := {name for name, _ in each} - there) == 1:
                there |= missing
    return [each for each in sums if {name for name, _ in each} <= there]


def _implied(
    numbers: Mapping[Where, float], own: Sequence[Collection[str]],
    sums: Sequence[Sequence[_Sum]], along: str,
) -> Iterator[tuple[str, Where, float]]:  # fmt: skip
    """The numbers that follow by sums of groups, areas and periods."""
    ids = [
        sorted({*names, *(name for each in of_axis for name, _ in each)})
        for names, of_axis in zip(own, sums, strict=True)
    ]
    if prod(map(len, ids)) > _MOST_PLACES:
        return
    place = [{name: number for number, name in enumerate(names)} for names in ids]
    array = np.full([len(names) for names in ids], np.nan)
    for (area_id, group_id, period), number in numbers.items():
        array[place[0][group_id], place[1][area_id], place[2][period]] = number
    ways: list[list[Way]] = [
        [tuple((of_axis[name], sign) for name, sign in each) for each in sums_of_axis]
        for of_axis, sums_of_axis in zip(place, sums, strict=True)
    ]
    every = completed(array, array, ~np.isnan(array), ways)
    for group, area, period in zip(*np.nonzero(every.is_implied), strict=True):
        where = ids[1][area], ids[0][group], ids[2][period]
        yield along, where, round(float(every.persons[group, area, period]), 6)
