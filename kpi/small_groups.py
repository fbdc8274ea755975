"""Which groups of people make up others, and what their numbers tell of each other.

A group is part of another (`part_of` in data/population_group.csv), and with others of the same
split it makes up the whole of it: everyone is people of Danish and of other origin, and everyone
is job-ready or activity-ready people as well. Whoever knows a whole and a part knows the rest.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np

from kpi.small_cells import EVERYONE, Cell, sum_of
from kpi.small_few import Told
from kpi.small_lines import Lines, Marks


@dataclass(frozen=True)
class PartOf:
    """A group within `group_id`. All of one `split` make it up; without one it is only a part."""

    group_id: str
    split: str = ""


Groups = Mapping[str, tuple[PartOf, ...]]
NO_GROUPS: Groups = {}
# The split of everyone that groups are taken for of which nothing is said.
_UNSAID = "?"


def parse_part_of(text: str) -> tuple[PartOf, ...]:
    """`all:origin;women` as parts: of everyone by origin, and of women. Empty: nothing is said."""
    found = []
    for one in filter(None, (part.strip() for part in text.split(";"))):
        group_id, _, split = one.partition(":")
        found.append(PartOf(group_id.strip(), split.strip()))
    return tuple(found)


def wholes_of(
    group_id: str, groups: Groups, passed: frozenset[str] = frozenset()
) -> frozenset[PartOf]:
    """All wholes that a group is within, with its split of those it is said of.

    A group of which nothing is said is part of everyone.
    """
    found: set[PartOf] = set()
    if group_id == EVERYONE or group_id in passed:
        return frozenset()
    for one in groups.get(group_id) or (PartOf(EVERYONE, _UNSAID),):
        found.add(one)
        above = wholes_of(one.group_id, groups, passed | {group_id})
        found |= {PartOf(each.group_id) for each in above}
    return frozenset(one for one in found if one.group_id != group_id)


@dataclass(frozen=True)
class Split:
    """Groups within another; `is_whole` says that there are no others, None that nobody says."""

    whole_id: str
    part_ids: tuple[str, ...]
    is_whole: bool | None


@dataclass(frozen=True)
class Within:
    """How some groups lie within each other: `made` are wholes that only their parts tell.

    `beside` are a whole and the groups within it that may leave few persons.
    """

    made: tuple[tuple[str, tuple[str, ...]], ...]
    splits: tuple[Split, ...]
    beside: tuple[tuple[str, ...], ...]


def how_within(group_ids: Collection[str], groups: Groups) -> Within:
    """How the groups that there are numbers of lie within each other."""
    made = _made(group_ids, groups)
    there = {*group_ids, *(whole_id for whole_id, _ in made)}
    parts_of: dict[tuple[str, str], set[str]] = defaultdict(set)
    for group_id in there:
        for one in _nearest(group_id, there, groups, frozenset()):
            if one.split:
                parts_of[one.group_id, one.split].add(group_id)
    splits = tuple(
        Split(whole_id, tuple(sorted(part_ids)), _is_whole(whole_id, split, part_ids, groups))
        for (whole_id, split), part_ids in sorted(parts_of.items())
    )
    beside = {
        (one.group_id, group_id)
        for group_id in there for one in wholes_of(group_id, groups) if one.group_id in there
    } | {(one.whole_id, *one.part_ids) for one in splits}  # fmt: skip
    return Within(made, splits, tuple(sorted(beside)))


def _nearest(
    group_id: str, there: Set[str], groups: Groups, passed: frozenset[str]
) -> Iterator[PartOf]:
    """The wholes of a group that there are numbers of; past one that has none it is only a part."""
    if group_id == EVERYONE:
        return
    for one in groups.get(group_id) or (PartOf(EVERYONE, _UNSAID),):
        if one.group_id in passed or one.group_id == group_id:
            continue
        if one.group_id in there:
            yield one
        else:
            above = _nearest(one.group_id, there, groups, passed | {group_id})
            yield from (PartOf(each.group_id) for each in above)


def _members(whole_id: str, split: str, groups: Groups) -> set[str]:
    return {
        group_id for group_id, parts_of in groups.items() if PartOf(whole_id, split) in parts_of
    }


def _is_whole(whole_id: str, split: str, part_ids: Set[str], groups: Groups) -> bool | None:
    if split == _UNSAID:
        return None
    return len(part_ids) > 1 and _members(whole_id, split, groups) <= part_ids


def _made(
    group_ids: Collection[str], groups: Groups
) -> tuple[tuple[str, tuple[str, ...]], ...]:  # fmt: skip
    """Wholes without a number all parts of which have one or are made: each by one split."""
    found: dict[str, tuple[str, ...]] = {}
    there = {*group_ids}
    splits = {(one.group_id, one.split) for parts in groups.values() for one in parts if one.split}
    before = -1
    while before < len(found):
        before = len(found)
        for whole_id, split in sorted(splits):
            part_ids = _members(whole_id, split, groups)
            if whole_id not in there and len(part_ids) > 1 and part_ids <= there:
                found[whole_id] = tuple(sorted(part_ids))
                there.add(whole_id)
    return tuple(one for one in found.items() if _is_of_use(*one, there, groups))


def _is_of_use(whole_id: str, part_ids: Collection[str], there: Set[str], groups: Groups) -> bool:
    """Whether a whole tells of more than of the parts that it is made of."""

    def within(group_id: str) -> set[str]:
        return {one.group_id for one in wholes_of(group_id, groups)}

    others = there - {whole_id, *part_ids}
    return not others.isdisjoint(within(whole_id)) or any(
        whole_id in (around := within(one)) and around.isdisjoint(part_ids) for one in others
    )


def group_sums(group_ids: Sequence[str], lines: Sequence[Sequence[Cell]], within: Within) -> Told:
    """What the groups' numbers of one indicator, area and period tell of each other, line by line.

    A line has the groups' cells in their order. With the cells of people nobody published a number
    of: few persons between a whole and its parts, and wholes that are known by their parts alone.
    """
    told = [Told() for _ in lines]
    place = {group_id: column for column, group_id in enumerate(group_ids)}
    if within.made:
        place |= {one: len(place) + number for number, (one, _) in enumerate(within.made)}
        lines = [_with_made(line, place, within) for line in lines]
        for line, of_line in zip(lines, told, strict=True):
            of_line.rest.extend(line[len(group_ids) :])
    table = Lines(lines)
    by_the_other: dict[tuple[str, ...], Marks] = {}
    for split in within.splits:
        total, parts = place[split.whole_id], [place[one] for one in split.part_ids]
        fits = table.may_add_up(total, parts)
        if not split.is_whole and len(parts) == 1:
            continue
        for line, of_line, is_sum in zip(lines, told, fits, strict=True):
            each = sum_of(line[total].key, (line[one].key for one in parts))
            (of_line.sums if is_sum or split.is_whole else of_line.maybe).append(each)
        if len(parts) == 2:
            by_the_other |= {(split.whole_id, one): fits for one in split.part_ids}
    for ids in within.beside:
        total, *parts = (place[one] for one in ids)
        marks = table.may_leave_few(total, parts)
        if ids in by_the_other:
            marks &= ~by_the_other[ids]
        for number in np.flatnonzero(marks):
            told[number].add_few([lines[number][column] for column in (total, *parts)], "group_id")
    every = Told()
    for of_line in told:
        every.add(of_line)
    return every


def _with_made(line: Sequence[Cell], place: Mapping[str, int], within: Within) -> list[Cell]:
    """The cells, and those of wholes that only their parts tell, of which others may be made."""
    cells = [*line]
    for whole_id, part_ids in within.made:
        cells.append(_whole(whole_id, [cells[place[one]] for one in part_ids]))
    return cells


def _whole(whole_id: str, parts: Sequence[Cell]) -> Cell:
    """The number of a group that only its parts tell."""
    numbers, wholes = [one.part for one in parts], [one.whole for one in parts]
    return replace(
        parts[0], group_id=whole_id, limit=max(one.limit for one in parts), is_bound=False,
        part=None if None in numbers else sum(one or 0 for one in numbers),
        whole=None if None in wholes else sum(one or 0 for one in wholes),
        low=None, high=None, is_published=False, was_shown=False,
        version="~" + ",".join(f"{one.group_id}{one.version}" for one in parts),
    )  # fmt: skip
