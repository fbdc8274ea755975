"""Which groups of people make up others, and what their numbers tell of each other.

A group is part of another (`part_of` in data/population_group.csv), and with others of the same
split it makes up the whole of it: everyone is people of Danish and of other origin, and everyone
is job-ready or activity-ready people as well. Whoever knows a whole and a part knows the rest.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from kpi.small_cells import EVERYONE, Cell, Sum, is_small, sum_of

# Numbers of persons that were worked out of rounded percentages are not whole.
_ROUNDED = 0.51


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
    """Wholes without a number all parts of which have one, each by its first such split."""
    found: dict[str, tuple[str, ...]] = {}
    splits = {(one.group_id, one.split) for parts in groups.values() for one in parts if one.split}
    for whole_id, split in sorted(splits):
        part_ids = _members(whole_id, split, groups)
        is_new = whole_id not in {EVERYONE, *group_ids}
        if is_new and len(part_ids) > 1 and part_ids <= {*group_ids}:
            found.setdefault(whole_id, tuple(sorted(part_ids)))
    return tuple(found.items())


def group_sums(cells: Mapping[str, Cell], within: Within) -> tuple[list[Sum], list[Cell]]:
    """What the groups' numbers of one indicator, area and period tell of each other.

    The sums, and the cells of people nobody published a number of: few persons between a whole and
    its parts, and wholes that are known by their parts alone.
    """
    rest = [_whole(cells, whole_id, part_ids) for whole_id, part_ids in within.made]
    known = {**cells, **{one.group_id: one for one in rest}} if rest else cells
    sums: list[Sum] = []
    left_by_the_other: set[tuple[str, ...]] = set()
    for split in within.splits:
        whole, parts = known[split.whole_id], [known[one] for one in split.part_ids]
        adds_up = _adds_up(whole, parts)
        if split.is_whole or adds_up or (split.is_whole is None and adds_up is None):
            sums.append(sum_of(whole.key, (one.key for one in parts)))
        if adds_up and len(parts) == 2:
            left_by_the_other |= {(split.whole_id, one) for one in split.part_ids}
    for ids in within.beside:
        if ids not in left_by_the_other:
            whole, *parts = (known[one] for one in ids)
            few = _few_beside((whole, *parts))
            if few is not None:
                rest.append(few)
                sums.append(sum_of(whole.key, (*(one.key for one in parts), few.key)))
    return sums, rest


def _whole(cells: Mapping[str, Cell], whole_id: str, part_ids: Sequence[str]) -> Cell:
    """The number of a group that only its parts tell."""
    parts = [cells[one] for one in part_ids]
    numbers, wholes = [one.part for one in parts], [one.whole for one in parts]
    return replace(
        parts[0], group_id=whole_id, limit=max(one.limit for one in parts), is_bound=False,
        part=None if None in numbers else sum(one or 0 for one in numbers),
        whole=None if None in wholes else sum(one or 0 for one in wholes),
        low=None, high=None, is_published=False, was_shown=False,
        version="~" + ",".join(f"{one.group_id}{one.version}" for one in parts),
    )  # fmt: skip


def _adds_up(whole: Cell, parts: Sequence[Cell]) -> bool | None:
    """Whether parts make up their whole by their numbers; None where one is not known."""
    if whole.part is None:
        return None
    left = whole.part
    for one in parts:
        if one.part is None:
            return None
        left -= one.part
    return abs(left) <= _ROUNDED * len(parts)


def _few_beside(cells: Sequence[Cell]) -> Cell | None:
    """The few persons of the first, a whole, that are in none of the others, as a cell to guard."""
    whole, *parts = cells
    limit = max(one.limit for one in cells)
    most = whole.bounds[1] - sum(one.bounds[0] for one in parts)
    of = None
    if whole.whole is not None and None not in (wholes := [one.whole for one in parts]):
        of = whole.whole - sum(one or 0 for one in wholes)
        of = round(of, 6) if of >= max(most, 0) else None
    if not limit or most < 0 or (most >= limit and (of is None or of - most >= limit)):
        return None
    most = round(most, 6)
    is_sure = most > _ROUNDED or all((one.part or 0) % 1 == 0 for one in cells)
    if not is_sure or not is_small(most, of, limit) or any(one.is_small for one in cells):
        return None
    return Cell(
        whole.indicator_id, whole.area_id, "-".join(one.group_id for one in cells),
        whole.period, most, of, limit, "", None, is_published=False, version=f"~{most:g}",
    )  # fmt: skip
