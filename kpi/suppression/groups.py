"""Which groups of people add up to others, and the constraints between their numbers.

A group is part of another (`part_of` in data/population_group.csv), and with others of the same
split it adds up to all of it: everyone is people of Danish and of other origin, and everyone
is job-ready or activity-ready people as well. Whoever knows a total and a part knows the rest.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from kpi.suppression.cells import EVERYONE, Cell, sum_of
from kpi.suppression.differencing import (
    Constraints,
    FewPersons,
    are_off_by_rounding,
    few_by_differencing,
)
from kpi.suppression.lines import ROUNDED, Lines, Marks


@dataclass(frozen=True)
class PartOf:
    """A group within `group_id`. All of one `split` make it up; without one it is only a part."""

    group_id: str
    split: str = ""


Groups = Mapping[str, tuple[PartOf, ...]]
NO_GROUPS: Groups = {}
# The split of everyone that groups are taken for of which nothing is said.
_UNSPECIFIED = "?"
# Begins the name of a split that nobody declared and that the numbers show.
SEEN = "~"
# Splits of splits have more ways than anybody publishes.
_MOST_WAYS = 200


def parse_part_of(text: str) -> tuple[PartOf, ...]:
    """`all:origin;women` as parts: of everyone by origin, and of women. Empty: nothing is said."""
    memberships = []
    for membership in filter(None, (part.strip() for part in text.split(";"))):
        group_id, _, split = membership.partition(":")
        memberships.append(PartOf(group_id.strip(), split.strip()))
    return tuple(memberships)


def wholes_of(group_id: str, groups: Groups) -> frozenset[PartOf]:
    """All groups that a group is within, with its split where one is declared.

    A group without a declaration is part of everyone.
    """
    return _lookup(_Same(groups)).wholes(group_id)


class _Lookup:
    """What is asked of the same groups again and again: each answer is computed once."""

    def __init__(self, groups: Groups) -> None:
        self._groups = groups
        self._wholes: dict[str, frozenset[PartOf]] = {}
        parts: dict[tuple[str, str], set[str]] = defaultdict(set)
        for group_id, memberships in groups.items():
            for membership in memberships:
                parts[membership.group_id, membership.split].add(group_id)
        self._parts = {split: frozenset(part_ids) for split, part_ids in parts.items()}
        self.splits = sorted(split for split in parts if split[1])

    def parts(self, whole_id: str, split: str) -> frozenset[str]:
        """The groups of a split of another."""
        return self._parts.get((whole_id, split), frozenset())

    def wholes(self, group_id: str) -> frozenset[PartOf]:
        """See `wholes_of`."""
        if group_id not in self._wholes:
            self._wholes[group_id] = self._around(group_id, frozenset())
        return self._wholes[group_id]

    def _around(self, group_id: str, passed: frozenset[str]) -> frozenset[PartOf]:
        if group_id == EVERYONE or group_id in passed:
            return frozenset()
        around: set[PartOf] = set()
        for group in self._groups.get(group_id) or (PartOf(EVERYONE, _UNSPECIFIED),):
            around.add(group)
            above = self._around(group.group_id, passed | {group_id})
            around |= {PartOf(each.group_id) for each in above}
        return frozenset(membership for membership in around if membership.group_id != group_id)


class _Same:
    """Groups by which object they are: to compare all of them would take longer than to look up."""

    def __init__(self, groups: Groups) -> None:
        self.groups = groups

    def __hash__(self) -> int:
        return id(self.groups)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.groups is self.groups


# Those of a publication: as they are, as they were, and of what indicators say of each other.
@lru_cache(maxsize=16)
def _lookup(same: _Same) -> _Lookup:
    return _Lookup(same.groups)


@dataclass(frozen=True)
class Split:
    """Groups within another; `is_whole`: there are no others; None where nothing is declared.

    `missing_ids` are the others.
    """

    whole_id: str
    part_ids: tuple[str, ...]
    is_whole: bool | None
    missing_ids: frozenset[str] = frozenset()

    @property
    def ids(self) -> tuple[str, ...]:
        """The total and its parts."""
        return self.whole_id, *self.part_ids


@dataclass(frozen=True)
class Within:
    """How some groups lie within each other.

    `made` are totals that nobody published and that their parts give; `nested` are a total and the
    groups within it that may leave few persons; of those that are `seen` to be all of it, what they
    leave may be rounding.
    """

    made: tuple[tuple[str, tuple[str, ...]], ...]
    splits: tuple[Split, ...]
    nested: tuple[tuple[str, ...], ...]
    seen: frozenset[tuple[str, ...]]

    def few_of(
        self, ids: tuple[str, ...], cells: Sequence[Cell], off_by_most: float = 0
    ) -> FewPersons | None:
        """The few persons of the first of some nested groups, a total, in none of the others.

        Where these are seen to be all of it, none if each may be `off_by_most` by rounding.
        """
        if ids in self.seen and are_off_by_rounding(cells, off_by_most):
            return None
        return few_by_differencing(cells, "group_id")


def how_within(group_ids: Collection[str], groups: Groups) -> Within:
    """How the groups that there are numbers of lie within each other."""
    made = _made(group_ids, groups)
    there = {*group_ids, *(whole_id for whole_id, _ in made)}
    parts_of: dict[tuple[str, str], set[str]] = defaultdict(set)
    for group_id in there:
        for membership in _nearest(group_id, there, groups, frozenset()):
            if membership.split:
                parts_of[membership.group_id, membership.split].add(group_id)
    splits = tuple(
        Split(
            whole_id,
            tuple(sorted(part_ids)),
            _is_whole(whole_id, split, part_ids, groups),
            _members(whole_id, split, groups) - part_ids,
        )
        for (whole_id, split), part_ids in sorted(parts_of.items())
    )
    pairs = {
        (membership.group_id, group_id)
        for group_id in there for membership in wholes_of(group_id, groups)
        if membership.group_id in there
    } | {(split.whole_id, *split.part_ids) for split in splits}  # fmt: skip
    seen = frozenset(
        (whole_id, *sorted(part_ids))
        for (whole_id, split), part_ids in parts_of.items()
        if split.startswith(SEEN) and len(part_ids) > 1
    )
    return Within(made, splits, tuple(sorted(pairs)), seen)


def _nearest(
    group_id: str, there: Set[str], groups: Groups, passed: frozenset[str]
) -> Iterator[PartOf]:
    """The groups around a group that have numbers; past one that has none it is only a part."""
    if group_id == EVERYONE:
        return
    for group in groups.get(group_id) or (PartOf(EVERYONE, _UNSPECIFIED),):
        if group.group_id in passed or group.group_id == group_id:
            continue
        if group.group_id in there:
            yield group
        else:
            above = _nearest(group.group_id, there, groups, passed | {group_id})
            yield from (PartOf(each.group_id) for each in above)


def _members(whole_id: str, split: str, groups: Groups) -> frozenset[str]:
    return _lookup(_Same(groups)).parts(whole_id, split)


def _is_whole(whole_id: str, split: str, part_ids: Set[str], groups: Groups) -> bool | None:
    if split == _UNSPECIFIED:
        return None
    return len(part_ids) > 1 and _members(whole_id, split, groups) <= part_ids


def _made(
    group_ids: Collection[str], groups: Groups
) -> tuple[tuple[str, tuple[str, ...]], ...]:  # fmt: skip
    """Totals without a number of which all parts have one or are made: each by one split."""
    made: dict[str, tuple[str, ...]] = {}
    there = {*group_ids}
    splits = _lookup(_Same(groups)).splits
    before = -1
    while before < len(made):
        before = len(made)
        for whole_id, split in splits:
            part_ids = _members(whole_id, split, groups)
            if whole_id not in there and len(part_ids) > 1 and part_ids <= there:
                made[whole_id] = tuple(sorted(part_ids))
                there.add(whole_id)
    return tuple(item for item in made.items() if _is_of_use(*item, there, groups))


def ways_to_make(groups: Groups) -> list[tuple[str, tuple[str, ...]]]:
    """Each total with groups that add up to it, by a split of it or by splits of these parts."""
    splits = _lookup(_Same(groups)).splits
    made: dict[str, set[frozenset[str]]] = defaultdict(set)
    for whole_id, split in splits:
        made[whole_id].add(_members(whole_id, split, groups))
    before = -1
    while before < (before := sum(map(len, made.values()))) < _MOST_WAYS:
        for whole_id, ways in [*made.items()]:
            made[whole_id] = ways | {
                (way - {part_id}) | others
                for way in ways for part_id in way for others in made.get(part_id, ())
            }  # fmt: skip
    every = ((whole_id, tuple(sorted(way))) for whole_id, ways in made.items() for way in ways)
    return sorted(way for way in every if len(way[1]) > 1)


def splits_of(groups: Groups) -> list[tuple[str, ...]]:
    """Each total with all groups of one split of it."""
    splits = _lookup(_Same(groups)).splits
    every = ((whole_id, *sorted(_members(whole_id, split, groups))) for whole_id, split in splits)
    return [way for way in every if len(way) > 2]


def _is_of_use(whole_id: str, part_ids: Collection[str], there: Set[str], groups: Groups) -> bool:
    """Whether a total is in other constraints than that of the parts it is made of."""

    def within(group_id: str) -> set[str]:
        """The groups that a group is part of, at any remove."""
        return {membership.group_id for membership in wholes_of(group_id, groups)}

    others = there - {whole_id, *part_ids}
    return not others.isdisjoint(within(whole_id)) or any(
        whole_id in (around := within(other)) and around.isdisjoint(part_ids) for other in others
    )


def group_sums(
    group_ids: Sequence[str], table: Lines, within: Within, elsewhere: Set[str]
) -> Constraints:
    """The constraints between the groups' numbers of one indicator, area and period, line by line.

    A line has the groups' cells in their order. With the cells of people nobody published a number
    of: few persons between a total and its parts, and totals that are known by their parts alone.
    Where groups are missing that have a number `elsewhere`, nobody takes it for none.
    """
    if not table.lines:
        return Constraints()
    constraints = [Constraints() for _ in table.lines]
    place = {group_id: column for column, group_id in enumerate(group_ids)}
    if within.made:
        place |= {whole_id: len(place) + number for number, (whole_id, _) in enumerate(within.made)}
        table = Lines([_with_made(line, place, within) for line in table.lines])
        for line, of_line in zip(table.lines, constraints, strict=True):
            of_line.implied.extend(line[len(group_ids) :])
    fits = {
        split.ids: table.may_add_up(*_columns(place, split.ids))
        for split in within.splits
        if split.is_whole or len(split.part_ids) > 1
    }
    few = _few(within, place, table, fits)
    for split in within.splits:
        for number, is_sum in enumerate(fits.get(split.ids, ())):
            line, of_line = table.lines[number], constraints[number]
            if split.is_whole or number not in few[split.ids]:
                total, parts = _columns(place, split.ids)
                each = sum_of(line[total].key, (line[part].key for part in parts))
                if is_sum or split.is_whole:
                    of_line.sums.append(each)
                elif split.missing_ids.isdisjoint(elsewhere):
                    of_line.maybe.append(each)
    for cells in few.values():
        for number, those in cells.items():
            constraints[number].add_few(those)
    every = Constraints()
    for of_line in constraints:
        every.add(of_line)
    return every


def _few(
    within: Within, place: Mapping[str, int], table: Lines, fits: Mapping[tuple[str, ...], Marks]
) -> dict[tuple[str, ...], dict[int, FewPersons]]:
    """The few persons of each total that are in none of some groups, by line."""
    by_the_other: dict[tuple[str, ...], Marks] = {
        (split.whole_id, part_id): fits[split.ids]
        for split in within.splits
        if len(split.part_ids) == 2
        for part_id in split.part_ids
    }
    few_by_way: dict[tuple[str, ...], dict[int, FewPersons]] = {}
    for ids in within.nested:
        total, parts = _columns(place, ids)
        marks = table.may_leave_few(total, parts) & ~by_the_other.get(ids, np.False_)
        # Who is counted in no part is never less than nobody: then the numbers are rounded.
        are_rounded = ids in within.seen and table.come_to_more(total, parts).any()
        of_lines = (
            (
                number,
                within.few_of(
                    ids,
                    [table.lines[number][column] for column in (total, *parts)],
                    ROUNDED if are_rounded else 0,
                ),
            )
            for number in np.flatnonzero(marks).tolist()
        )
        few_by_way[ids] = {number: few for number, few in of_lines if few is not None}
    return few_by_way


def _columns(place: Mapping[str, int], ids: Sequence[str]) -> tuple[int, list[int]]:
    """The columns of a total and its parts."""
    return place[ids[0]], [place[id_] for id_ in ids[1:]]


def _with_made(line: Sequence[Cell], place: Mapping[str, int], within: Within) -> list[Cell]:
    """The cells, and those of totals that only their parts give, of which others may be made."""
    cells = [*line]
    for whole_id, part_ids in within.made:
        cells.append(_whole(whole_id, [cells[place[part_id]] for part_id in part_ids]))
    return cells


def _whole(whole_id: str, parts: Sequence[Cell]) -> Cell:
    """The number of a group that only its parts give."""
    numbers, denominators = [part.part for part in parts], [part.whole for part in parts]
    return replace(
        parts[0], group_id=whole_id, limit=max(part.limit for part in parts), is_bound=False,
        part=None if None in numbers else sum(number or 0 for number in numbers),
        whole=None if None in denominators else sum(number or 0 for number in denominators),
        low=None, high=None, is_published=False, was_shown=False,
        version="~" + ",".join(f"{part.group_id}{part.version}" for part in parts),
    )  # fmt: skip
