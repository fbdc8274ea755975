"""Groups that add up though nobody said so: women are women of Danish and of other origin.

`part_of` says which could be such sums; whether they are is seen in the numbers
themselves, as any reader sees it: wherever all of them exist, they add up.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations, product
from math import prod

from kpi.suppression.cells import EVERYONE, Sum, sum_of
from kpi.suppression.groups import Groups, wholes_of
from kpi.suppression.lines import Lines

# Of more ways some would add up by chance, and none of them is used.
_MOST_WAYS, _MOST_UNSPECIFIED = 60, 8


def crossing_sums(group_ids: Sequence[str], table: Lines, groups: Groups) -> Iterator[Sum]:
    """The sums of groups that nobody declared, in all lines; a line has a cell of each group."""
    if not table.lines:
        return
    place = {group_id: number for number, group_id in enumerate(group_ids)}
    ways = [
        way for way in _crossings(group_ids, groups)
        if _add_up(way, place, table)
    ]  # fmt: skip
    blocks = [way for way in _unspecified(group_ids, groups) if _add_up(way, place, table)]
    ways += [way for way in blocks if _rest_adds_up(way, blocks)]
    for way in ways:
        for line in table.lines:
            total, *parts = (line[place[group_id]].key for group_id in way)
            yield sum_of(total, parts)


def _add_up(way: Sequence[str], place: Mapping[str, int], table: Lines) -> bool:
    total, *parts = (place[group_id] for group_id in way)
    return bool(table.may_add_up(total, parts).all())


def _crossings(group_ids: Collection[str], groups: Groups) -> Iterator[tuple[str, ...]]:
    """Each group with some parts of a split that it is not of, or with a group within each part."""
    within = {
        group_id: {part.group_id for part in wholes_of(group_id, groups)} for group_id in group_ids
    }
    inside: dict[str, list[str]] = defaultdict(list)
    for group_id in group_ids:
        for whole_id in within[group_id]:
            inside[whole_id].append(group_id)
    splits: dict[tuple[str, str], list[str]] = {}
    for group_id, parts_of in sorted(groups.items()):
        for part in parts_of:
            if part.split:
                splits.setdefault((part.group_id, part.split), []).append(group_id)
    for (whole_id, _), members in splits.items():
        totals = [
            group_id for group_id in inside.get(whole_id, ())
            if within[group_id].isdisjoint(members) and group_id not in members
        ]  # fmt: skip
        if not totals:
            continue
        there = [member for member in members if member in within]
        ways: list[tuple[str, ...]] = []
        those_inside = [inside.get(member, []) for member in members]
        if len(members) > 1 and prod(map(len, those_inside)) <= _MOST_WAYS:
            ways += product(*those_inside)
        if len(members) <= _MOST_UNSPECIFIED:
            for count in range(2, min(len(there), len(members) - 1) + 1):
                ways += combinations(there, count)
        for total in totals:
            yield from ((total, *way) for way in ways if total not in way)


def _unspecified(group_ids: Collection[str], groups: Groups) -> Iterator[tuple[str, ...]]:
    """Everyone with some of the groups of which nothing is said, but not with all of these."""
    unsaid = [
        group_id for group_id in group_ids if group_id != EVERYONE and not groups.get(group_id)
    ]
    if EVERYONE in group_ids and len(unsaid) <= _MOST_UNSPECIFIED:
        for count in range(2, len(unsaid) - 1):
            yield from ((EVERYONE, *parts) for parts in combinations(unsaid, count))


def _rest_adds_up(way: Sequence[str], blocks: Sequence[Sequence[str]]) -> bool:
    """Whether another split is beside it: by chance two seldom do."""
    return any(set(way) & set(other) == {EVERYONE} for other in blocks)
