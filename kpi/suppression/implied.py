"""Implied cells: numbers nobody published that others give, as a half year less its first quarter.

Sums of areas, of groups and of periods may meet in a number that is missing. Such numbers are cells
here as well, unknown ones; those of few persons are guarded like published ones.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from math import prod

from kpi.suppression.areas import Areas, children_of, makings, of_one_time
from kpi.suppression.cells import Cell, Key, Sum, sum_of
from kpi.suppression.derived_cells import derived_cell, empty_cell
from kpi.suppression.differencing import FewPersons
from kpi.suppression.groups import Groups, how_within, splits_of
from kpi.suppression.implied_differences import few_of_areas, few_of_groups, few_of_periods
from kpi.suppression.lines import ROUNDED
from kpi.suppression.spans import Series, days_of, path_between, span_sums

# A total with its parts, or a period with those that lead from its first day to its last one.
Way = tuple[tuple[str, int], ...]
# Up to so many keys all that could be a number is one; of more only what follows from one sum.
_ALL_KEYS, _MOST_CELLS, _MOST_ROUNDS = 10_000, 50_000, 6
# So many places say whether areas mostly add up to their total.
_ENOUGH_PLACES = 100


@dataclass(frozen=True)
class ImpliedCells:
    """Numbers that nobody published, by key, and the sums of areas and groups they are in.

    The sums are of keys, each of which may have had several numbers.
    """

    cells: dict[Key, Cell] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)


def implied_cells(
    by_base: Mapping[Key, Sequence[Cell]], areas: Areas, every: Sequence[Groups]
) -> ImpliedCells:
    """The cells that some indicators' numbers imply; `every` way that groups have been related."""
    by_indicator: dict[str, dict[Key, Cell]] = defaultdict(dict)
    for base, (newest, *_) in by_base.items():
        if newest.is_published:
            by_indicator[base[0]][base] = newest
    between = ImpliedCells()
    for there in by_indicator.values():
        if _is_full(there) and not _linking_groups(there, every):
            continue
        of_keys = {
            base: replace(cell, version="") if cell.version else cell
            for base, cell in there.items()
        }
        of_indicator = _Cube(of_keys, areas, every).between()
        between.cells.update(of_indicator.cells)
        between.sums.extend(of_indicator.sums)
    return between


def _is_full(there: Mapping[Key, Cell]) -> bool:
    """Whether nothing between can be missing: all are there, or they differ in one way only."""
    sizes = [len({base[place] for base in there}) for place in (1, 2, 3)]
    is_all = sum(size > 1 for size in sizes) < 2 or len(there) == prod(sizes)
    return is_all and not _same_stock(there.values())


def _linking_groups(there: Mapping[Key, Cell], every: Sequence[Groups]) -> set[str]:
    """The groups that nobody published that are in several splits: men of other origin.

    None where they would make the numbers of an indicator too many.
    """
    published = {base[2] for base in there}
    ways = {way for groups in every for way in splits_of(groups)}
    before = -1
    while before != (before := len(ways)):
        times = Counter(group_id for way in ways for group_id in way)
        # What is in one split only takes up whatever the others leave.
        ways = {
            way
            for way in ways
            if all(group_id in published or times[group_id] > 1 for group_id in way)
        }
    linking = {group_id for way in ways for group_id in way} - published
    if linking:
        areas, periods = ({base[place] for base in there} for place in (1, 3))
        if len(areas) * len(periods) * (len(published) + len(linking)) > _ALL_KEYS:
            return set()
    return linking


class _Cube:
    """The numbers of an indicator by area, group and period, and what may add up in each."""

    def __init__(self, there: dict[Key, Cell], areas: Areas, every: Sequence[Groups]) -> None:
        self._there = dict(there)
        self._published = there.keys()
        # What is at each place, as long as nothing is added.
        self._ids: dict[int, tuple[int, Mapping[tuple[str, ...], set[str]]]] = {}
        self._indicator_id = next(iter(there))[0]
        ids = [sorted({base[place] for base in there}) for place in (1, 2, 3)]
        self._periods = {base[3]: cell.period for base, cell in there.items()}
        self._same = _same_stock(there.values())
        groups_there = {*ids[1], *_linking_groups(there, every)}
        # What groups have been part of before is said of some only.
        self._every = [*every[:1], *filter(None, every[1:])]
        within = [how_within(groups_there, groups) for groups in every if groups]
        self._groups = sorted(
            {*groups_there, *(whole_id for each in within for whole_id, _ in each.made)}
        )
        self._areas = ids[0]
        self._others_of_areas = sorted({(key[2], key[3]) for key in there})
        ways_of_areas = _ways_of_areas(there, areas)
        self._ways_of_areas = [[area_id for area_id, _ in way] for way in ways_of_areas]
        self._by_place = {
            1: ways_of_areas, 2: [
                _way(split.ids) for each in within for split in each.splits if split.is_whole
            ],
        }  # fmt: skip

    def between(self) -> ImpliedCells:
        """The implied numbers, and the sums they are in."""
        # That these are all areas of a total is only assumed where nothing else decides,
        # where some have a number, and where no few are left.
        self._derive_all((2, 3))
        self._leave_out_ways(self._few())
        is_all_known = self._derive_all((1, 2, 3))
        few = self._few()
        self._leave_out_ways(few)
        if not is_all_known:
            self._derive_all((1, 2, 3), only_known=False)
        derivable = {*self._there}
        size = len(self._areas) * len(self._groups) * len(self._periods)
        is_small = size <= _ALL_KEYS
        if is_small:
            self._fill()
        of_few = [derived.constraint for derived in few]
        not_all = {frozenset(total.members[:-1]) for total in of_few}
        of_areas = [
            total
            for total in self._sums(1)
            if not derivable.isdisjoint(total.members)
            and frozenset(total.members) not in not_all
            and not self._is_contradicted(total)
        ]
        sums = [*of_areas, *self._sums(2), *self._sums_of_stock(), *of_few]
        spans = [*self._spans()]
        if not is_small:
            published = self._published
            sums = [total for total in sums if not published.isdisjoint(total.members)]
            sums = [*dict.fromkeys((*sums, *of_few))]
            spans = [span for span in spans if not published.isdisjoint(span.members)]
        there = {**self._there, **{derived.cell.key: derived.cell for derived in few}}
        there |= {cell.key: cell for line in self._stretches.values() for cell in line}
        kept_sums, cells = _of_use([*sums, *spans], len(sums), there, self._published)
        return ImpliedCells(cells, kept_sums)

    def _derive_all(self, places: Sequence[int], only_known: bool = True) -> bool:
        """Adds all that follows, sum by sum: from known numbers, or also from hidden ones.

        Whether all of it is known.
        """
        is_all_known = True
        for _ in range(_MOST_ROUNDS):
            more = dict(self._derivable(places))
            if only_known:
                known = {key: cell for key, cell in more.items() if cell.part is not None}
                is_all_known &= len(known) == len(more)
                more = known
            self._there |= more
            if not more or len(self._there) > len(self._published) + _MOST_CELLS:
                break
        return is_all_known

    def _leave_out_ways(self, few: Iterable[FewPersons]) -> None:
        """Leaves out areas that mostly do not add up to their total where all are known.

        Somewhere they may not: a number was corrected, and its total was not.
        """
        not_all = {frozenset(derived.constraint.members[:-1]) for derived in few}
        self._by_place[1] = [way for way in self._by_place[1] if self._mostly_holds(way, not_all)]

    def _mostly_holds(self, way: Way, not_all: Set[frozenset[Key]]) -> bool:
        """Whether areas add up at most places of which all are known, or at none is it known."""
        places = (
            (others, difference)
            for others in self._others_of_areas
            if (difference := self._difference(way, others)) is not None
        )
        holding = [
            abs(difference) <= ROUNDED * len(way)
            and frozenset(self._key(1, others, area_id) for area_id, _ in way) not in not_all
            for others, difference in islice(places, _ENOUGH_PLACES)
        ]
        return not holding or 2 * sum(holding) > len(holding)

    def _is_contradicted(self, total: Sum) -> bool:
        """Whether the numbers of a sum of areas are known, and do not add up."""
        _, _, group_id, period = total.members[0]
        ids = [key[1] for key in total.members]
        way = tuple(zip(ids, total.signs, strict=True))
        difference = self._difference(way, (group_id, period))
        return difference is not None and abs(difference) > ROUNDED * len(way)

    def _difference(self, way: Way, others: Sequence[str]) -> float | None:
        left = 0.0
        for area_id, sign in way:
            cell = self._there.get(self._key(1, others, area_id))
            if cell is None or cell.part is None:
                return None
            left += sign * cell.part
        return left

    def _few(self) -> list[FewPersons]:
        """Few persons between implied numbers; `_stretches` are those between periods.

        Between published ones they are looked for elsewhere.
        """
        self._stretches: Mapping[Series, Sequence[Cell]] = {}
        if len(self._there) == len(self._published):
            return []
        exact = {key: cell for key, cell in self._there.items() if cell.part is not None}
        self._stretches = few_of_periods(exact, self._published)
        return [
            *few_of_areas(exact, self._published, self._ways_of_areas),
            *few_of_groups(exact, self._published, self._every),
        ]

    def _derivable(self, places: Sequence[int]) -> Iterator[tuple[Key, Cell]]:
        """Numbers that are all that a sum lacks, of areas (1), groups (2) or periods (3)."""
        for place in places:
            lacking = cache(self._lacking(place))
            for (*others,), ids in self._ids_at(place).items():
                for missing, way in lacking(frozenset(ids)):
                    key = self._key(place, others, missing)
                    if key not in self._there:
                        terms = [
                            (self._there[self._key(place, others, id_)], sign) for id_, sign in way
                        ]
                        yield key, derived_cell(key, terms, self._periods[key[3]])

    def _key(self, place: int, others: Sequence[str], this: str) -> Key:
        key = [self._indicator_id, *others]
        key.insert(place, this)
        return key[0], key[1], key[2], key[3]

    def _ids_at(self, place: int) -> Mapping[tuple[str, ...], set[str]]:
        size, ids_by_others = self._ids.get(place, (0, {}))
        if size < len(self._there):
            ids_by_others = defaultdict(set)
            for base in self._there:
                ids_by_others[base[1:place] + base[place + 1 :]].add(base[place])
            self._ids[place] = len(self._there), ids_by_others
        return ids_by_others

    def _lacking(self, place: int) -> Callable[[frozenset[str]], list[tuple[str, Way]]]:
        """Of some ids those that follow from them, each with what it is made of."""
        if place == 3:
            return self._lacking_periods

        def _of_ways(ids: frozenset[str]) -> list[tuple[str, Way]]:
            way_by_id: dict[str, Way] = {}
            for way in self._by_place[place]:
                missing = [id_ for id_, _ in way if id_ not in ids]
                if len(missing) == 1:
                    (sign,) = (sign for id_, sign in way if id_ == missing[0])
                    remaining = tuple((id_, -sign * its) for id_, its in way if id_ != missing[0])
                    way_by_id.setdefault(missing[0], remaining)
            return [*way_by_id.items()]

        return _of_ways

    def _lacking_periods(self, ids: frozenset[str]) -> list[tuple[str, Way]]:
        way_by_period: dict[str, Way] = {}
        for others in self._same:
            there = sorted(others & ids)
            if there:
                way_by_period |= dict.fromkeys(others - ids, ((there[0], 1),))
        periods = sorted((self._periods[id_] for id_ in ids), key=lambda period: period.text)
        for text in self._periods.keys() - ids - way_by_period.keys():
            path = path_between(periods, self._periods[text])
            if path:
                way_by_period[text] = path
        return sorted(way_by_period.items())

    def _fill(self) -> None:
        """Makes every key a number that is not known."""
        for area_id in self._areas:
            for group_id in self._groups:
                for text, period in self._periods.items():
                    key = (self._indicator_id, area_id, group_id, text)
                    if key not in self._there:
                        self._there[key] = empty_cell(key, period)

    def _sums(self, place: int) -> Iterator[Sum]:
        """All sums of areas or of groups with a number that nobody published."""
        for (*others,), ids in self._ids_at(place).items():
            keys = {id_: self._key(place, others, id_) for id_ in ids}
            if self._published >= {*keys.values()}:
                continue
            for way in self._by_place[place]:
                members = [keys[id_] for id_, _ in way if id_ in keys]
                if len(members) == len(way) and not self._published >= {*members}:
                    yield sum_of(members[0], members[1:])

    def _sums_of_stock(self) -> Iterator[Sum]:
        for (area_id, group_id), ids in self._ids_at(3).items():
            for others in self._same:
                first, *more = sorted(others & ids) or [""]
                for text in more:
                    yield sum_of(
                        (self._indicator_id, area_id, group_id, first),
                        [(self._indicator_id, area_id, group_id, text)],
                    )

    def _spans(self) -> Iterator[Sum]:
        for (area_id, group_id), ids in self._ids_at(3).items():
            keys = [(self._indicator_id, area_id, group_id, id_) for id_ in ids]
            few = self._stretches.get((self._indicator_id, area_id, group_id), ())
            if not self._published >= {*keys}:
                cells = sorted(
                    (*(self._there[key] for key in keys), *few),
                    key=lambda cell: (days_of(cell), cell.key),
                )
                yield from (
                    span_total
                    for span_total in span_sums(cells)
                    if not self._published >= {*span_total.members}
                )


def _way(ids: Sequence[str]) -> Way:
    return ((ids[0], -1), *((id_, 1) for id_ in ids[1:]))


def _ways_of_areas(there: Mapping[Key, Cell], areas: Areas) -> list[Way]:
    """Each area with those that make it up, of all that have a number anywhere."""
    levels: dict[tuple[str, str], set[str]] = defaultdict(set)
    for cell in there.values():
        if cell.parent_id:
            levels[cell.parent_id, cell.area_level].add(cell.area_id)
    ids = {base[1] for base in there}
    ways = {(whole_id, *sorted(parts)) for (whole_id, _), parts in levels.items()}
    ways |= {(total, *parts) for total, parts in makings(ids, children_of(areas))}
    ways |= {*of_one_time(sorted(ways), areas)}
    # Of few areas it is the least sure that they are all.
    return [
        _way(ids_of_way)
        for ids_of_way in sorted(ways, key=lambda way: (-len(way), way))
        if ids_of_way[0] in ids
    ]


def _same_stock(cells: Iterable[Cell]) -> list[frozenset[str]]:
    """The periods that are of the same day: counted on it, a year's number is its last month's."""
    by_day: dict[object, set[str]] = defaultdict(set)
    for cell in cells:
        if cell.is_stock:
            by_day[cell.period.end].add(cell.period.text)
    return [frozenset(texts) for texts in by_day.values() if len(texts) > 1]


def _of_use(
    sums: Sequence[Sum], count: int, there: Mapping[Key, Cell], published: Set[Key]
) -> tuple[list[Sum], dict[Key, Cell]]:
    """Of the first so many sums, and of the numbers in them, those that could imply another.

    A number that is in one sum only takes up whatever the others leave.
    """
    useful = set(range(len(sums)))
    sums_with: dict[Key, set[int]] = defaultdict(set)
    for number, each in enumerate(sums):
        for key in each.members:
            if key not in published:
                sums_with[key].add(number)
    alone = [key for key, those in sums_with.items() if len(those) == 1]
    while alone:
        key = alone.pop()
        those = sums_with[key]
        if len(those) != 1 or there[key].is_small:
            continue
        number = those.pop()
        useful.discard(number)
        for other in sums[number].members:
            if other in sums_with and other != key:
                sums_with[other].discard(number)
                if len(sums_with[other]) == 1:
                    alone.append(other)
    cells = {key: there[key] for key, those in sums_with.items() if those}
    return [sums[number] for number in sorted(useful) if number < count], cells
