"""Every sum in which numbers of persons stand, at every moment that the numbers have been shown.

A number that was corrected is several unknowns, one that stayed the same is one: what was said on
two days together is then one system of sums. Where a number did not stand yet, or no longer does,
the nearest one that it had is taken for it. Where what did stand came to its total without it, that
is a sum as well.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, cached_property

from kpi.small_areas import NO_AREAS, Areas, children_of, makings, may_add_up
from kpi.small_cells import Cell, Key, Sum, sum_of
from kpi.small_groups import Groups, group_sums, how_within
from kpi.small_spans import days_of, timelines


class Numbered:
    """The cells of some indicators by what they are of, and what stood at which moment."""

    def __init__(self, known: Mapping[Key, Cell]) -> None:
        by_base: dict[Key, list[Cell]] = defaultdict(list)
        for one in known.values():
            by_base[one.base].append(one)
        self.by_base: Mapping[Key, list[Cell]] = by_base
        self._known = known
        # Of the keys that have had one number only: that number.
        self._only = {base: cells[0] for base, cells in by_base.items() if len(cells) == 1}

    @cached_property
    def is_single(self) -> bool:
        """Whether each number always was what it is."""
        return len(self.by_base) == len(self._known) and all(
            one.seen is None for one in self._known.values()
        )

    def carried(self, bases: Sequence[Key]) -> list[list[Cell]]:
        """What may be added up, at each moment that differs: one number of each key."""
        with suppress(KeyError):
            return [[self._only[base] for base in bases]]
        lines = {
            tuple(self._nearest(base, moment) for base in bases) for moment in self._moments(bases)
        }
        return [list(line) for line in sorted(lines, key=lambda line: [one.key for one in line])]

    def stood(self, bases: Sequence[Key]) -> list[list[Cell]]:
        """What stood at the moments at which not all did, the last moment last."""
        if self.is_single:
            return []
        cells = [one for base in bases for one in self.by_base[base]]
        if len({one.seen for one in cells}) == 1 and len(cells) == len(bases):
            return []
        lines: dict[tuple[Cell, ...], int] = {}
        for moment in self._moments(bases):
            found = tuple(
                one for base in bases for one in self.by_base[base]
                if one.seen is None or moment in one.seen
            )  # fmt: skip
            if 1 < len(found) < len(bases):
                lines.pop(found, None)
                lines[found] = moment
        return [list(line) for line in lines]

    def _moments(self, bases: Sequence[Key]) -> list[int]:
        seen = {one.seen for base in bases for one in self.by_base[base]} - {None}
        return sorted(frozenset().union(*(one for one in seen if one is not None))) or [0]

    def _nearest(self, base: Key, moment: int) -> Cell:
        """Of the numbers of a key the one at a moment, else the last before it, else the next."""

        def distance(one: Cell) -> tuple[int, int]:
            if one.seen is None or moment in one.seen:
                return 0, 0
            before = [other for other in one.seen if other < moment]
            return (1, -max(before)) if before else (2, min(one.seen, default=0))

        return min(self.by_base[base], key=distance)


def area_sums(numbered: Numbered, areas: Areas = NO_AREAS) -> list[Sum]:
    """Areas of a level that add up to their parent, and others that may make up an area."""
    sums = [*_sums_of_parents(numbered)]
    if areas:
        sums += _sums_within(numbered, areas, {frozenset(one.members) for one in sums})
    return sums


def _sums_of_parents(numbered: Numbered) -> Iterator[Sum]:
    by_area: dict[tuple[str, str, str, str, str], list[Key]] = defaultdict(list)
    for base, (one, *_) in numbered.by_base.items():
        if one.parent_id and one.is_published:
            by_area[base[0], one.parent_id, *base[2:], one.area_level].append(base)
    for (indicator_id, parent_id, group_id, period, _), parts in by_area.items():
        total = (indicator_id, parent_id, group_id, period)
        if total not in numbered.by_base:
            continue
        bases = (total, *parts)
        for whole, *cells in numbered.carried(bases):
            yield sum_of(whole.key, (one.key for one in cells))
        yield from _stood(numbered, bases)


def _sums_within(
    numbered: Numbered, areas: Areas, said: Collection[frozenset[Key]]
) -> Iterator[Sum]:
    """The sums past a level, by region and of where areas lay, where the numbers may add up."""
    children = children_of(areas)
    making = cache(lambda there: makings(there, children))
    by_key: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for base, (one, *_) in numbered.by_base.items():
        if one.is_published:
            by_key[base[0], base[2], base[3]].append(base[1])
    for (indicator_id, group_id, period), ids in by_key.items():
        for total, parts in making(frozenset(ids)):
            bases = [(indicator_id, one, group_id, period) for one in (total, *parts)]
            for whole, *cells in numbered.carried(bases):
                found = sum_of(whole.key, (one.key for one in cells))
                if frozenset(found.members) not in said and may_add_up(whole, cells):
                    yield found
            yield from _stood(numbered, bases)


def _stood(numbered: Numbered, bases: Sequence[Key]) -> Iterator[Sum]:
    """The sums of fewer parts than there are now that may have come to the total, the first."""
    for whole, *cells in numbered.stood(bases):
        if whole.base == bases[0] and may_add_up(whole, cells):
            yield sum_of(whole.key, (one.key for one in cells))


def sums_of_groups(numbered: Numbered, groups: Groups) -> tuple[list[Sum], dict[Key, Cell]]:
    """Groups and the wholes they are of, with the few persons between them as cells."""
    by_group: dict[tuple[str, str, str], list[Key]] = defaultdict(list)
    for base, (one, *_) in numbered.by_base.items():
        if one.is_published:
            by_group[base[0], base[1], base[3]].append(base)
    sums: list[Sum] = []
    rest: dict[Key, Cell] = {}
    within = cache(lambda *group_ids: how_within(group_ids, groups))
    for bases in by_group.values():
        if len(bases) == 1:
            continue
        for cells in (*numbered.carried(bases), *numbered.stood(bases)):
            by_id = {one.group_id: one for one in cells}
            more, few = group_sums(by_id, within(*by_id))
            sums += more
            rest |= {one.key: one for one in few}
    return sums, rest


def lines_of(numbered: Numbered, known: Mapping[Key, Cell]) -> list[list[Cell]]:
    """The cells of each indicator, area and group whose periods may add up, shortest first.

    At each moment that differs.
    """
    lines = timelines(known)
    if numbered.is_single:
        return lines
    return [
        sorted(cells, key=lambda one: (days_of(one), one.key))
        for line in lines
        for cells in numbered.carried(list(dict.fromkeys(one.base for one in line)))
    ]


def once_each(sums: Iterable[Sum]) -> list[Sum]:
    """The sums without those that are said twice, in their order."""
    return list({one.members: one for one in sums}.values())
