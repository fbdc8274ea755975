"""Everything that an indicator's numbers are made of, down to the smallest parts that they imply.

Each area, each kind of person (the groups that one may be in together) and each stretch between
two days at which a period begins or ends has a number, which is not below none. What is shown,
what pages say of hidden numbers, that a part is no more than what it lies in, and every sum hold
at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count, islice, pairwise, product
from math import inf

from kpi.suppression.areas import Areas, lying_within, ways_of_kinds
from kpi.suppression.bounds import is_guard, own_bounds
from kpi.suppression.cells import Cell, Key, Sum
from kpi.suppression.groups import Groups
from kpi.suppression.integers import Contradictions, Row, Unknowns
from kpi.suppression.kinds import kinds_of
from kpi.suppression.lines import may_balance
from kpi.suppression.sums import Numbered

# Of more only sums and bounds are looked at; and of more that hang together.
_MOST_PARTS, _MOST_CONNECTED = 6_000, 600
# From its first day to the day after its last one.
Stretch = tuple[date, date]


@dataclass(frozen=True)
class Parts:
    """The smallest parts of an indicator at one moment or several.

    `made_of` says of which each number is, once for each moment. Of each of `within` the first is
    at least as many as the others together; where it says so, as many.
    """

    count: int
    made_of: Sequence[tuple[Key, Sequence[int]]]
    within: Sequence[tuple[bool, Sequence[int]]]
    contradictions: Contradictions = field(default_factory=Contradictions, compare=False)

    def determined(
        self, sums: Sequence[Sum], known: Mapping[Key, Cell], unknown: Set[Key], of_few: Set[Key]
    ) -> set[Key]:
        """The numbers of few persons, unknown ones, that have one possible value only."""
        unknowns = Unknowns([0.0] * self.count, [inf] * self.count, [0] * self.count)
        unknowns.contradictions = self.contradictions
        names = count()
        # That areas are all of their total may give way, but not that they are no more than it.
        for is_all, (total, *parts) in self.within:
            terms = {total: 1, **dict.fromkeys(parts, -1)}
            unknowns.rows.append(Row(terms, 0, inf, name=next(names)))
            if is_all:
                unknowns.rows.append(Row(terms, -inf, 0, is_assumed=True, name=next(names)))
        columns: dict[Key, int] = {}

        def column_of(key: Key) -> int:
            """The place of a hidden number among the unknown ones, which it is put with once."""
            if key not in columns:
                cell = known[key]
                low, high = own_bounds(cell)
                columns[key] = unknowns.add(low, high, cell.reported_limit if is_guard(cell) else 0)
            return columns[key]

        for (key, made_of), name in zip(self.made_of, names, strict=False):
            terms = dict.fromkeys(made_of, 1)
            if key in unknown:
                unknowns.rows.append(Row({**terms, column_of(key): -1}, 0, 0, name=name))
            elif _is_whole(known[key]):
                unknowns.rows.append(Row(terms, *known[key].bounds, name=name))
        for each, name in zip(sums, names, strict=False):
            signed = dict(zip(each.members, each.signs, strict=True))
            shown = [(known[key], sign) for key, sign in signed.items() if key not in unknown]
            if len(shown) < len(signed) and all(_is_whole(cell) for cell, _ in shown):
                ends = [sorted(-sign * end for end in cell.bounds) for cell, sign in shown]
                low, high = (sum(pair[end] for pair in ends) for end in (0, 1))
                terms = {column_of(key): sign for key, sign in signed.items() if key in unknown}
                unknowns.rows.append(Row(terms, low, high, is_assumed=True, name=name))
        wanted = {
            columns[key]: key for key in sorted(of_few & columns.keys())
            if (known[key].part is not None or known[key].said is not None)
            and own_bounds(known[key])[0] < own_bounds(known[key])[1]
        }  # fmt: skip
        return {wanted[column] for column in unknowns.determined(wanted, _MOST_CONNECTED)}

    def near(self, keys: Set[Key]) -> dict[Key, int]:
        """By how many steps each number is connected with some, from one that overlaps to another.

        Areas lie next to what they lie in.
        """
        parts_of: dict[Key, set[int]] = defaultdict(set)
        keys_of: dict[int, set[Key]] = defaultdict(set)
        for key, made_of in self.made_of:
            parts_of[key].update(made_of)
            for part in made_of:
                keys_of[part].add(key)
        beside: dict[int, set[int]] = defaultdict(set)
        for _, line in self.within:
            for part in line:
                beside[part].update(line)
        steps: dict[Key, int] = dict.fromkeys(keys, 0)
        ring = passed = set[int]().union(*(parts_of[key] for key in keys))
        step = 0
        while ring:
            step += 1
            around = ring.union(*(beside[part] for part in ring))
            fresh = {key for part in around for key in keys_of[part]} - steps.keys()
            steps |= dict.fromkeys(fresh, step)
            ring = around.union(*(parts_of[key] for key in fresh)) - passed
            passed = passed | ring
        return steps


def _is_whole(cell: Cell) -> bool:
    return all(end == inf or not end % 1 for end in cell.bounds)


@dataclass(frozen=True)
class PartsAtNeed:
    """The parts of each indicator, of which most have nothing that is hidden."""

    numbered: Numbered
    areas: Areas
    groups: Groups
    _of_indicator: dict[str, Parts | None] = field(default_factory=dict)

    def of(self, indicator_id: str) -> Parts | None:
        """Those of an indicator; None where they are too many."""
        if indicator_id not in self._of_indicator:
            self._of_indicator[indicator_id] = parts_of(
                indicator_id, self.numbered, self.areas, self.groups
            )
        return self._of_indicator[indicator_id]


def parts_of(indicator_id: str, numbered: Numbered, areas: Areas, groups: Groups) -> Parts | None:
    """The smallest parts of an indicator; None where these are too many."""
    there = (
        newest for base, (newest, *_) in numbered.by_base.items()
        if base[0] == indicator_id and newest.is_published
    )  # fmt: skip
    cells = [*islice(there, _MOST_PARTS + 1)]
    if len(cells) > _MOST_PARTS:
        return None
    cells.sort(key=lambda cell: cell.base)
    kinds = kinds_of({cell.group_id for cell in cells}, groups)
    stretches = stretches_of(cells)
    ids, ways = lying_within(
        {cell.area_id: (cell.parent_id, cell.area_level) for cell in cells}, areas
    )
    every = {stretch for of_period in stretches.values() for stretch in of_period}
    size = len(ids) * len(kinds) * len(every)
    if not 1 < size <= _MOST_PARTS:
        return None
    place: dict[tuple[str, int, object], int] = {
        part: number
        for number, part in enumerate(product(ids, range(len(kinds)), sorted(every, key=str)))
    }
    # Those of several levels are no way of adding up where they are not all.
    of_kinds = ways_of_kinds({cell.area_id for cell in cells}, areas)
    made_of = {
        cell.base: [
            place[cell.area_id, kind, stretch]
            for kind, of_kind in enumerate(kinds) if cell.group_id in of_kind
            for stretch in stretches[cell.base[3], cell.is_stock]
        ]
        for cell in cells
    }  # fmt: skip
    # Of many moments the last: what was said long ago is said by sums alone.
    moments = numbered.carried([cell.base for cell in cells])[-(_MOST_PARTS // size) :]
    ways += [(True, way) for way in of_kinds if all(_may_be_all(way, moments))]
    within = _restricting(
        [
            (is_all, [place[area_id, kind, stretch] for area_id in way])
            for may_be, way in ways for is_all in [may_be and _may_be_all(way, moments)[0]]
            for kind in range(len(kinds)) for stretch in sorted(every)
        ],
        {part for parts in made_of.values() for part in parts},
    )  # fmt: skip
    return Parts(
        size * len(moments),
        [
            (cell.key, [part + size * moment for part in made_of[cell.base]])
            for moment, line in enumerate(moments) for cell in line
        ],
        [
            (is_all, [part + size * moment for part in each])
            for moment in range(len(moments)) for is_all, each in within
        ],
    )  # fmt: skip


def _restricting(
    within: Iterable[tuple[bool, Sequence[int]]], reported: Set[int]
) -> list[tuple[bool, Sequence[int]]]:
    """The lines whose total is more than what it is at least: reported, or made up of others twice.

    Nothing follows for areas from a region of which nobody reports a number.
    """
    lines_of: dict[int, list[tuple[bool, Sequence[int]]]] = defaultdict(list)
    for is_all, line in within:
        lines_of[line[0]].append((is_all, line))
    restricting: list[tuple[bool, Sequence[int]]] = []
    waiting = [
        total for total, lines in lines_of.items()
        if total in reported or (len(lines) > 1 and any(is_all for is_all, _ in lines))
    ]  # fmt: skip
    passed = {*waiting}
    while waiting:
        for is_all, line in lines_of[waiting.pop()]:
            restricting.append((is_all, line))
            fresh = [part for part in line[1:] if part in lines_of and part not in passed]
            passed.update(fresh)
            waiting += fresh
    return restricting


def _may_be_all(way: Sequence[str], moments: Iterable[Sequence[Cell]]) -> tuple[bool, bool]:
    """Whether areas with numbers may be all of their total, the first, wherever all have one.

    And whether all have one anywhere.
    """
    signs = (-1,) + (1,) * (len(way) - 1)
    is_seen = False
    for line in moments:
        by_place: dict[tuple[str, str], dict[str, Cell]] = defaultdict(dict)
        for cell in line:
            by_place[cell.group_id, cell.base[3]][cell.area_id] = cell
        for cells in by_place.values():
            if cells.keys() >= {*way}:
                is_seen = True
                if not may_balance([cells[each] for each in way], signs):
                    return False, True
    return True, is_seen


def stretches_of(cells: Iterable[Cell]) -> dict[tuple[str, bool], list[Stretch]]:
    """The stretches of time that each period consists of; of what is counted on a day, that day."""
    periods = {cell.period.text: cell.period for cell in cells if not cell.is_stock}
    ends = {(each.start, each.end + timedelta(days=1)) for each in periods.values()}
    every = [*pairwise(sorted({day for pair in ends for day in pair}))]
    stretches: dict[tuple[str, bool], list[Stretch]] = {
        (text, False): [
            stretch for stretch in every
            if period.start <= stretch[0] and stretch[1] <= period.end + timedelta(days=1)
        ]
        for text, period in periods.items()
    }  # fmt: skip
    stretches |= {
        (cell.period.text, True): [(cell.period.end, cell.period.end)]
        for cell in cells if cell.is_stock
    }  # fmt: skip
    return stretches
