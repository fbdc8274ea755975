"""Screening for differencing: whether a total less its parts is few, for a million figures at once.

A quick look before sums are solved (hiding.py): it may take an indicator for one that
leaves few persons which does not, never the other way round. The figures of an indicator are in
arrays of groups by areas by periods, where a total less its parts is one subtraction.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kpi.domain.period import Period
from kpi.suppression.areas import Areas, all_around
from kpi.suppression.completing import completed, leaves_few_between, ways_of_periods
from kpi.suppression.groups import Groups, ways_to_make, wholes_of

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]
Codes = NDArray[np.int32]
Marks = NDArray[np.bool_]
# A total and its parts, by their numbers.
Sum = tuple[int, Places]

# What adding decimals leaves over is nobody.
_ROUNDING = 1e-6
# So many parts larger than their total, and a tenth of all: these are not persons within persons.
_LARGER, _OF_ALL = 20, 10
# Cells of an array at most; of more, the periods are looked at in turn.
_MOST_CELLS = 2_000_000


@dataclass(frozen=True)
class Figures:
    """The figures of one indicator, a row each: numbers of period, area and group from 0.

    `persons` and the number of all are NaN where not known; `limit` is the fewest persons that may
    be shown, `origin` a number for source and batch.
    """

    period: Codes
    area: Codes
    group: Codes
    persons: Numbers
    denominator: Numbers
    limit: Codes
    origin: Codes


@dataclass(frozen=True)
class Sums:
    """How numbered groups and areas add up.

    `made` are groups that others make up, `pairs` a group within another, of any split; `splits`
    all published groups of one, `levels` all published areas of one.
    """

    made: tuple[Sum, ...]
    pairs: tuple[tuple[int, int], ...]
    splits: tuple[Sum, ...]
    levels: tuple[Sum, ...]

    def among(self, groups: Places, areas: Places) -> "Sums":
        """The sums of some groups and areas, numbered as they are there."""
        group = {int(number): place for place, number in enumerate(groups)}
        area = {int(number): place for place, number in enumerate(areas)}
        return Sums(
            tuple(_renumbered(self.made, group, is_whole=True)),
            tuple(
                (group[part], group[total]) for part, total in self.pairs
                if part in group and total in group
            ),
            tuple(
                split for split in _renumbered(self.splits, group) if split[1].size > 1
            ),
            tuple(_renumbered(self.levels, area)),
        )  # fmt: skip

    def makeable(self, groups: Places) -> Places:
        """The groups, and those that some of them make up."""
        there = {*groups.tolist()}
        made = {total for total, parts in self.made if there.issuperset(parts.tolist())}
        return np.array(sorted(there | made))


def sums_of(
    group_ids: Sequence[str], area_ids: Sequence[str], ways: Sequence[Groups], areas: Areas
) -> Sums:
    """The sums of all ways in which groups were ever part of others, and areas lay in others."""
    group = {group_id: number for number, group_id in enumerate(group_ids)}
    area = {area_id: number for number, area_id in enumerate(area_ids)}
    pairs, splits, levels = set(), defaultdict(set), defaultdict(set)
    for way in ways:
        for part_id in way:
            for total in wholes_of(part_id, way):
                if part_id in group and total.group_id in group:
                    pair = group[part_id], group[total.group_id]
                    pairs.add(pair)
                    if total.split:
                        splits[pair[1], total.split].add(pair[0])
    # Of areas that were merged or divided, too: each with its level in the other.
    nearest = {
        (area_id, whole_id, level)
        for area_id, within in areas.items()
        for whole_id, level in within
    }
    for area_id, whole_id, level in all_around(areas) | nearest:
        if area_id in area and whole_id in area:
            levels[area[whole_id], level].add(area[area_id])
    made = {
        (group[whole_id], tuple(sorted(group[part_id] for part_id in part_ids)))
        for way in ways
        for whole_id, part_ids in ways_to_make(way)
        if group.keys() >= {whole_id, *part_ids}
    }
    return Sums(
        tuple((total, np.array(parts)) for total, parts in sorted(made)),
        tuple(sorted(pairs)),
        tuple((total, np.array(sorted(parts))) for (total, _), parts in sorted(splits.items())),
        tuple((total, np.array(sorted(parts))) for (total, _), parts in sorted(levels.items())),
    )


def _renumbered(
    sums: Sequence[Sum], place: dict[int, int], is_whole: bool = False
) -> Iterator[Sum]:
    """The sums of which the total and some parts exist (`is_whole`: all parts)."""
    for total, parts in sums:
        there = [place[number] for number in parts.tolist() if number in place]
        if total in place and there and (len(there) == parts.size or not is_whole):
            yield place[total], np.array(there)


def leave_few(
    figures: Figures, sums: Sums, every_period: Sequence[Period] = (), is_stock: bool = False
) -> bool:
    """Whether some total less a part, or less all parts of a split or a level, is few persons.

    With `every_period` by its number also by way of implied numbers; `is_stock`: of what
    is counted on a day.
    """
    groups = sums.makeable(_occurring(figures.group))
    areas, periods = _occurring(figures.area), _occurring(figures.period)
    sums = sums.among(groups, areas)
    if not sums.pairs and not sums.levels and not every_period:
        return False
    figures = replace(
        figures,
        group=_places(groups, figures.group),
        area=_places(areas, figures.area),
        period=_places(periods, figures.period),
    )
    shape = groups.size, areas.size, periods.size
    layers = (
        [*_layers(figures, shape)] if np.prod(shape) <= _MOST_CELLS else _layers(figures, shape)
    )
    if _few_left(layers, sums):
        return True
    if not every_period or not isinstance(layers, list):
        return False
    limit = int(figures.limit.max())
    return _few_implied(
        layers[0], sums, [every_period[period] for period in periods], is_stock, limit
    )


def _few_implied(
    layer: "_Layer", sums: Sums, periods: Sequence[Period], is_stock: bool, limit: int
) -> bool:
    """Whether implied numbers leave few persons."""
    ways = [
        sorted(
            (((total, -1), *((part, 1) for part in parts.tolist())) for total, parts in of_axis),
            key=len,
            reverse=True,
        )
        for of_axis in (sums.made, sums.levels)
    ]
    ways.append(ways_of_periods(periods, is_stock))
    if layer.is_there.all() or not any(ways):
        return False
    numbers = completed(layer.persons, layer.denominator, layer.is_there, ways)
    if not numbers.is_implied.any():
        return False
    every = _Layer(
        ~np.isnan(numbers.persons), numbers.persons, numbers.denominator,
        np.array(limit, dtype=np.int32), np.array(0, dtype=np.int32), np.array(0, dtype=np.int32),
    )  # fmt: skip
    return _few_left([every], sums) or leaves_few_between(numbers, periods, limit)


def _few_left(layers: Iterable["_Layer"], sums: Sums) -> bool:
    """Whether some totals less their parts leave few persons."""
    pairs, splits, levels = _Differences(), _Differences(), _Differences()
    for layer in layers:
        made = [(total, _made(layer, parts)) for total, parts in sums.made]
        for part, total in sums.pairs:
            for of_part in _versions(layer, made, part):
                for of_whole in _versions(layer, made, total):
                    pairs.add(of_whole, of_part)
        completed = _completed(layer, made)
        for total, parts in sums.splits:
            together, count = completed.at(parts).together(0)
            several = replace(together, is_there=count > 1)
            for of_whole in _versions(layer, made, total):
                splits.add_rest(of_whole, several)
        for total, parts in sums.levels:
            together, _ = completed.at((slice(None), parts)).together(1)
            levels.add_rest(completed.at((slice(None), total)), together)
    if (pairs.leaves_few or splits.leaves_few) and not pairs.are_no_parts:
        return True
    return levels.leaves_few and not levels.are_no_parts


def _occurring(numbers: Codes) -> Places:
    return np.flatnonzero(np.bincount(numbers))


def _places(those: Places, numbers: Codes) -> Codes:
    """The rank of each number among those that occur."""
    place = np.zeros(those[-1] + 1, dtype=np.int32)
    place[those] = np.arange(those.size)
    return place[numbers]


@dataclass(frozen=True)
class _Layer:
    """Figures in arrays of one form; a property that all figures share is an array of no form.

    `is_there` says where there are figures; where `first_origin` and `last_origin` differ, only all
    days decide what was shown together.
    """

    is_there: Marks
    persons: Numbers
    denominator: Numbers
    limit: Codes
    first_origin: Codes
    last_origin: Codes

    def at(self, where: Any) -> "_Layer":
        """The figures at an index of the arrays."""
        arrays = (getattr(self, name) for name in _ARRAYS)
        return _Layer(*(each[where] if each.ndim else each for each in arrays))

    def together(self, axis: int) -> tuple["_Layer", Places]:
        """The sums along an axis, and of how many figures each is.

        Persons as far as they are known, the number of all only where all are.
        """
        is_there = self.is_there
        count = np.count_nonzero(is_there, axis=axis)
        is_known = ~np.isnan(self.persons)
        persons = np.where(is_known, self.persons, 0.0).sum(axis=axis)
        persons[~is_known.any(axis=axis)] = np.nan
        limit, first, last = self.limit, self.first_origin, self.last_origin
        return _Layer(
            count > 0,
            persons,
            np.where(is_there, self.denominator, 0.0).sum(axis=axis),
            limit.max(axis=axis, where=is_there, initial=0) if limit.ndim else limit,
            first.min(axis=axis, where=is_there, initial=_LAST) if first.ndim else first,
            last.max(axis=axis, where=is_there, initial=0) if last.ndim else last,
        ), count  # fmt: skip


_ARRAYS = tuple(field.name for field in fields(_Layer))
_LAST = np.iinfo(np.int32).max
_Made = Sequence[tuple[int, _Layer]]


class _Differences:
    """Of totals less parts: how many there are, how many below zero, and whether one is few."""

    def __init__(self) -> None:
        self.every = self.below_zero = 0
        self.leaves_few = False

    @property
    def are_no_parts(self) -> bool:
        """Whether so many parts are larger than their total that they are not parts."""
        return self.below_zero >= _LARGER and _OF_ALL * self.below_zero >= self.every

    def add(self, total: _Layer, part: _Layer) -> None:
        """Adds the persons of totals that are not in one part of them."""
        both, persons, of_all, limit = self._differences(total, part)
        if both.any():
            few = _are_few(persons, of_all, limit) | (of_all > 0) & (of_all < limit)
            self.leaves_few |= bool((both & few).any()) or self._is_mixed(both, total, part)

    def add_rest(self, total: _Layer, parts: _Layer) -> None:
        """Adds the persons of totals that are in none of their parts."""
        both, persons, of_all, limit = self._differences(total, parts)
        if both.any():
            few = _are_few(persons, of_all, limit)
            self.leaves_few |= bool((both & few).any()) or self._is_mixed(both, parts)

    def _differences(self, total: _Layer, part: _Layer) -> tuple[Marks, Numbers, Numbers, Codes]:
        both = total.is_there & part.is_there
        persons = total.persons - part.persons
        self.every += int(np.count_nonzero(both))
        self.below_zero += int(np.count_nonzero(both & (persons < -0.5)))
        of_all = total.denominator - part.denominator
        return both, persons, of_all, np.maximum(total.limit, part.limit)

    @staticmethod
    def _is_mixed(where: Marks, *layers: _Layer) -> bool:
        return any(
            bool((where & (layer.limit > 0) & (layer.first_origin != layer.last_origin)).any())
            for layer in layers
        )


def _are_few(persons: Numbers, of_all: Numbers, limit: Codes) -> Marks:
    """Whether few persons have something, or lack it."""
    others = of_all - persons
    few: Marks = (persons > _ROUNDING) & (persons < limit)
    few |= (persons > -_ROUNDING) & (others > _ROUNDING) & (others < limit)
    return few


def _layers(figures: Figures, shape: tuple[int, int, int]) -> Iterator[_Layer]:
    """The figures in arrays of groups by areas by periods, as many periods at a time as fit."""
    groups, areas, periods = shape
    step = max(_MOST_CELLS // (groups * areas), 1)
    for start in range(0, periods, step):
        width = min(step, periods - start)
        some = figures
        if width < periods:
            chosen = (figures.period >= start) & (figures.period < start + width)
            some = Figures(*(getattr(figures, field.name)[chosen] for field in fields(Figures)))
        where = (some.group * areas + some.area) * width + (some.period - start)
        yield _layer(some, where, (groups, areas, width))


def _layer(figures: Figures, where: Places, shape: tuple[int, int, int]) -> _Layer:
    size = int(np.prod(shape))
    count = np.bincount(where, minlength=size).reshape(shape)

    def spread(values: NDArray[Any], empty: float) -> NDArray[Any]:
        """A value a place of the cube, `empty` where there is no row."""
        every = np.full(size, empty, dtype=values.dtype)
        every[where] = values
        return every.reshape(shape)

    def spread_unless_same(values: Codes) -> Codes:
        """A value a place of the cube, or the one number that all rows have."""
        return spread(values, 0) if np.ptp(values) else values[0].reshape(())

    first = last = spread_unless_same(figures.origin)
    if where.size > np.count_nonzero(count):
        # A key with several values is of several origins: it was corrected, or has two sources.
        last = first + (count > 1).astype(np.int32)
        first = np.broadcast_to(first, shape)
    persons, of_all = spread(figures.persons, np.nan), spread(figures.denominator, np.nan)
    return _Layer(count > 0, persons, of_all, spread_unless_same(figures.limit), first, last)


def _made(layer: _Layer, parts: Places) -> _Layer:
    """The figures of a group that others make up, where all of them are there."""
    together, count = layer.at(parts).together(0)
    return replace(together, is_there=count == parts.size)


def _versions(layer: _Layer, made: _Made, group: int) -> Iterator[_Layer]:
    """A group's figures as published, and as others make it up."""
    yield layer.at(group)
    yield from (of_others for total, of_others in made if total == group)


def _completed(layer: _Layer, made: _Made) -> _Layer:
    """The figures with those of groups that nobody published and others make up."""
    if not made:
        return layer
    arrays = {
        name: each.copy() if (each := getattr(layer, name)).ndim else each for name in _ARRAYS
    }
    for total, of_others in made:
        new = of_others.is_there & ~arrays["is_there"][total]
        for name, each in arrays.items():
            if each.ndim:
                each[total][new] = getattr(of_others, name)[new]
    return _Layer(**arrays)
