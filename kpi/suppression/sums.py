"""Every constraint between numbers of persons, at every moment that the numbers were shown.

A number that was corrected is several unknowns, one that stayed the same is one: what was said on
two days together is then one system of sums. Where a number did not exist yet, or no longer does,
the nearest one that it had is taken for it. Where those that existed add up to their total without
it, that is a sum as well.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from operator import itemgetter

from kpi.suppression.areas import (
    NO_AREAS,
    Areas,
    children_of,
    makings,
    makings_of_kinds,
    of_one_time,
    regroupings,
)
from kpi.suppression.cells import Cell, Key, Sum
from kpi.suppression.crossings import crossing_sums
from kpi.suppression.differencing import Constraints, few_by_differencing
from kpi.suppression.groups import Groups, group_sums, how_within
from kpi.suppression.lines import Lines, may_balance, may_come_to
from kpi.suppression.spans import days_of, school_lines, timelines

# What a number is of, but for its area or its group.
Place = tuple[str, str, str]
# At so many places a sum of areas that nobody declares has to hold.
_AT_MOST_PLACES = 0.9


class Numbered:
    """The cells of some indicators by key, and which of them were current at which moment."""

    def __init__(self, known: Mapping[Key, Cell]) -> None:
        by_base: dict[Key, list[Cell]] = defaultdict(list)
        for cell in known.values():
            by_base[cell.base].append(cell)
        self.by_base: Mapping[Key, list[Cell]] = by_base
        self._known = known
        # Of the keys that have had one number only: that number.
        self._only = {base: cells[0] for base, cells in by_base.items() if len(cells) == 1}

    @cached_property
    def is_single(self) -> bool:
        """Whether each number always was what it is."""
        return len(self.by_base) == len(self._known) and all(
            cell.seen is None for cell in self._known.values()
        )

    def carried(self, bases: Sequence[Key]) -> list[list[Cell]]:
        """What may be added up, at each moment that differs: one number of each key."""
        with suppress(KeyError):
            return [[self._only[base] for base in bases]]
        lines = {
            tuple(self._nearest(base, moment) for base in bases) for moment in self._moments(bases)
        }
        return [list(line) for line in sorted(lines, key=lambda line: [cell.key for cell in line])]

    def stood(self, bases: Sequence[Key]) -> list[list[Cell]]:
        """The cells that existed at the moments at which not all did, the last moment last."""
        if self.is_single:
            return []
        cells = [cell for base in bases for cell in self.by_base[base]]
        if len({cell.seen for cell in cells}) == 1 and len(cells) == len(bases):
            return []
        lines: dict[tuple[Cell, ...], int] = {}
        for moment in self._moments(bases):
            keys = tuple(
                cell for base in bases for cell in self.by_base[base]
                if cell.seen is None or moment in cell.seen
            )  # fmt: skip
            if 1 < len(keys) < len(bases):
                lines.pop(keys, None)
                lines[keys] = moment
        return [list(line) for line in lines]

    def apart(self, places: Iterable[list[Key]]) -> tuple[list[list[Cell]], list[list[Key]]]:
        """The cells of places whose numbers always existed together, and the keys of the others."""
        plain: list[list[Cell]] = []
        several: list[list[Key]] = []
        for bases in places:
            line = [cell for base in bases if (cell := self._only.get(base)) is not None]
            if len(line) == len(bases) and (
                self.is_single or len({cell.seen for cell in line}) == 1
            ):
                plain.append(line)
            else:
                several.append(bases)
        return plain, several

    def _moments(self, bases: Sequence[Key]) -> list[int]:
        seen = {cell.seen for base in bases for cell in self.by_base[base]} - {None}
        return sorted(frozenset().union(*(moments for moments in seen if moments is not None))) or [
            0
        ]

    def _nearest(self, base: Key, moment: int) -> Cell:
        """Of the numbers of a key the one at a moment, else the last before it, else the next."""

        def distance(cell: Cell) -> tuple[int, int]:
            """How far from the moment: at it, before it (the later the nearer), or after."""
            if cell.seen is None or moment in cell.seen:
                return 0, 0
            before = [other for other in cell.seen if other < moment]
            return (1, -max(before)) if before else (2, min(cell.seen, default=0))

        return min(self.by_base[base], key=distance)


def area_sums(numbered: Numbered, areas: Areas = NO_AREAS) -> Constraints:
    """Areas of a level that add up to their parent, and others that may make up an area.

    Those of a level that have a number anywhere are taken for all of it.
    """
    children = children_of(areas)
    within = _parents(numbered)
    all_said = {frozenset(way) for way in _of_parents([*within, *_wholes(within)], within)}
    constraints = Constraints()
    for ids, places in _alike(numbered, by=1).items():
        declared = _of_parents(ids, within)
        those = {frozenset(way) for way in declared}
        more = [(total, *parts) for total, parts in makings(frozenset(ids), children)]
        more += of_one_time(declared + more, areas)
        ways = [*declared, *(way for way in more if frozenset(way) not in those)]
        of_kinds = {(total, *parts) for total, parts in makings_of_kinds(frozenset(ids), children)}
        of_kinds -= {*ways}
        ways += sorted(of_kinds)
        column = {area_id: number for number, area_id in enumerate(ids)}
        plain, several = numbered.apart(places)
        table = Lines(plain)
        keys = [[cell.key for cell in line] for line in plain] if ways else []
        for way in ways:
            columns, is_all = [column[area_id] for area_id in way], frozenset(way) in all_said
            # Where a number is missing that another place has, nobody takes it for none.
            is_open = frozenset(way) not in those
            if way in of_kinds:
                # Areas of several levels may overlap: those that they leave are no persons, and by
                # chance they come to their total somewhere.
                signs = (-1,) + (1,) * (len(way) - 1)
                of_way, lines = _sums(numbered, places, columns, signs)
                if len(of_way) >= _AT_MOST_PLACES * lines:
                    constraints.sums.extend(of_way)
                continue
            if plain:
                _add_constraints(constraints, table, keys, columns, is_all, is_open)
            for bases in several:
                _add_constraints_by_moment(
                    constraints, numbered, [bases[column] for column in columns], is_all, is_open
                )
        for formers, laters in regroupings(frozenset(ids), children):
            columns = [column[area_id] for area_id in (*formers, *laters)]
            signs = (-1,) * len(formers) + (1,) * len(laters)
            constraints.sums.extend(_sums(numbered, places, columns, signs)[0])
    return constraints


def _alike(numbered: Numbered, by: int) -> dict[tuple[str, ...], list[list[Key]]]:
    """The published keys of each place, by which areas (1) or groups (2) they are of."""
    places: dict[Place, list[Key]] = defaultdict(list)
    for base, (newest, *_) in numbered.by_base.items():
        if newest.is_published:
            indicator_id, area_id, group_id, period = base
            places[indicator_id, group_id if by == 1 else area_id, period].append(base)
    alike: dict[tuple[str, ...], list[list[Key]]] = defaultdict(list)
    for bases in places.values():
        if len(bases) > 1:
            alike[tuple([base[by] for base in bases])].append(bases)
    return alike


def _parents(numbered: Numbered) -> dict[str, tuple[str, str]]:
    """The parent of each area, and its level."""
    return {
        newest.area_id: (newest.parent_id, newest.area_level)
        for (newest, *_) in numbered.by_base.values()
        if newest.parent_id
    }


def _wholes(within: Mapping[str, tuple[str, str]]) -> set[str]:
    return {parent_id for parent_id, _ in within.values()} - within.keys()


def _of_parents(
    ids: Sequence[str], within: Mapping[str, tuple[str, str]]
) -> list[tuple[str, ...]]:  # fmt: skip
    """Each parent with all that lie in it of a level."""
    parts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for area_id in ids:
        if area_id in within:
            parts[within[area_id]].append(area_id)
    return [(parent_id, *of) for (parent_id, _), of in parts.items() if parent_id in ids]


def _add_constraints(
    constraints: Constraints, table: Lines, keys: Sequence[Sequence[Key]], columns: Sequence[int],
    is_sum: bool, is_open: bool,
) -> None:  # fmt: skip
    """Adds the constraint between a total, the first of the columns, and its parts.

    Where it `is_open` whether they are a sum, they are one as soon as what is shown allows it.
    """
    total, *parts = columns
    few = table.may_leave_few(total, parts) & table.are_exact(columns)
    fits = table.may_add_up(total, parts) | (is_sum & ~table.are_far_from(total, parts))
    those, signs = itemgetter(*columns), (-1,) + (1,) * len(parts)
    for number, of_line in enumerate(keys):
        difference = (
            few_by_differencing(those(table.lines[number]), "area_id") if few[number] else None
        )
        if difference is not None:
            constraints.add_few(difference)
            continue
        if fits[number] or is_open:
            (constraints.sums if fits[number] else constraints.maybe).append(
                Sum(those(of_line), signs)
            )


def _sums(
    numbered: Numbered, places: Sequence[Sequence[Key]], columns: Sequence[int],
    signs: tuple[int, ...],
) -> tuple[list[Sum], int]:  # fmt: skip
    """The sums of some numbers that may come to nothing with these signs, and of how many sums."""
    lines = [
        line for bases in places for line in numbered.carried([bases[each] for each in columns])
    ]
    return [
        Sum(tuple(cell.key for cell in line), signs) for line in lines if may_balance(line, signs)
    ], len(lines)


def _add_constraints_by_moment(
    constraints: Constraints, numbered: Numbered, bases: Sequence[Key], is_sum: bool, is_open: bool
) -> None:
    """Adds the constraints between a total and its parts at every moment."""
    columns = range(len(bases))
    for line in numbered.carried(bases):
        _add_constraints(
            constraints, Lines([line]), [[cell.key for cell in line]], columns,
            is_sum and _may_have_been_sum(line), is_open,
        )  # fmt: skip
    # Fewer parts than there are now may have come to the total, too: people saw whether they did.
    for line in numbered.stood(bases):
        if line[0].base == bases[0]:
            keys = [[cell.key for cell in line]]
            _add_constraints(
                constraints, Lines([line]), keys, range(len(line)), is_sum=False, is_open=False
            )


def _may_have_been_sum(cells: Sequence[Cell]) -> bool:
    """Whether numbers stood together at a moment; else, whether what was shown lets them add up.

    Of numbers that never did nobody expects it: a number may have been corrected before the others
    came.
    """
    seen = [cell.seen for cell in cells if cell.seen is not None]
    if not seen or frozenset.intersection(*seen):
        return True
    return may_come_to(cells, {cell.key for cell in cells if cell.was_hidden})


def sums_of_groups(numbered: Numbered, groups: Groups) -> Constraints:
    """The constraints between groups and their totals; few persons between them as cells."""
    constraints = Constraints()
    every = {base[2] for base in numbered.by_base}
    before: dict[tuple[str, ...], list[list[Cell]]] = defaultdict(list)
    for ids, places in _alike(numbered, by=2).items():
        lines, several = numbered.apart(places)
        for bases in several:
            lines += numbered.carried(bases)
            for line in numbered.stood(bases):
                before[tuple(cell.group_id for cell in line)].append(line)
        table = Lines(lines)
        constraints.add(group_sums(ids, table, how_within(ids, groups), every))
        constraints.sums.extend(crossing_sums(ids, table, groups))
    for ids, lines in before.items():
        of_line = group_sums(ids, Lines(lines), how_within(ids, groups), every)
        constraints.add(replace(of_line, maybe=[]))
    return constraints


def lines_of(numbered: Numbered, known: Mapping[Key, Cell]) -> list[list[Cell]]:
    """The cells of each indicator, area and group whose periods may add up, shortest first.

    At each moment that differs.
    """
    lines = timelines(known)
    if not numbered.is_single:
        lines = [
            sorted(cells, key=lambda cell: (days_of(cell), cell.key))
            for line in lines
            for cells in numbered.carried(list(dict.fromkeys(cell.base for cell in line)))
        ]
    return [*lines, *school_lines(lines)]


def at_every_moment(sums: Iterable[Sum], numbered: Numbered) -> Iterator[Sum]:
    """Sums of keys as sums of the numbers that these have had."""
    for each in sums:
        for line in numbered.carried(each.members):
            yield Sum(tuple(cell.key for cell in line), each.signs)


def once_each(sums: Iterable[Sum]) -> list[Sum]:
    """The sums without those that are said twice, in their order."""
    return list({total.members: total for total in sums}.values())
