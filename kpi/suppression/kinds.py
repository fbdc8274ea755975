"""Which groups a person can be in together: kinds of persons, of which each group has some."""

from collections import defaultdict
from collections.abc import Set

from kpi.suppression.cells import EVERYONE
from kpi.suppression.groups import Groups, PartOf

# Groups that overlap as they like make too many kinds to look at each.
_MOST_KINDS = 64


def kinds_of(group_ids: Set[str], groups: Groups) -> list[frozenset[str]]:
    """The sets of some groups that a person can be in; none where there are too many.

    Whoever is in a group is in what it is part of, in one at most of a split, and in one where a
    split is said to be whole: it has several groups.
    """
    parts_of = _with_neighbours(group_ids, groups)
    members: dict[PartOf, set[str]] = defaultdict(set)
    for group_id, parts in parts_of.items():
        for part in parts:
            if part.split:
                members[part].add(group_id)
    whole = {part: ids for part, ids in members.items() if len(ids) > 1}
    kinds: set[frozenset[str]] = {frozenset()}
    decided: set[str] = set()
    # What a group is part of comes before it.
    for group_id in sorted(parts_of, key=lambda each: (len(_around(each, parts_of)), each)):
        parts, decided = parts_of[group_id], decided | {group_id}
        others = set[str]().union(*(members[part] for part in parts if part.split)) - {group_id}
        allowed = {
            kind for kind in kinds
            if all(part.group_id in kind for part in parts) and kind.isdisjoint(others)
        }  # fmt: skip
        kinds = {
            kind for kind in {*kinds, *(kind | {group_id} for kind in allowed)}
            if all(
                part.group_id not in kind or not kind.isdisjoint(ids)
                for part, ids in whole.items()
                if group_id in ids and ids <= decided
            )
        }  # fmt: skip
        if len(kinds) > 8 * _MOST_KINDS:
            return []
    distinct = {kind & group_ids for kind in kinds} - {frozenset()}
    return sorted(distinct, key=sorted) if len(distinct) <= _MOST_KINDS else []


def _with_neighbours(group_ids: Set[str], groups: Groups) -> dict[str, tuple[PartOf, ...]]:
    """What some groups are part of; so of these, and of the others of a split."""
    parts_of: dict[str, tuple[PartOf, ...]] = {}
    waiting = sorted(group_ids)
    while waiting:
        group_id = waiting.pop()
        if group_id in parts_of:
            continue
        is_all = group_id == EVERYONE
        parts_of[group_id] = () if is_all else groups.get(group_id) or (PartOf(EVERYONE),)
        splits = {part for part in parts_of[group_id] if part.split}
        waiting += [part.group_id for part in parts_of[group_id]]
        waiting += [other for other, parts in groups.items() if not splits.isdisjoint(parts)]
    return parts_of


def _around(group_id: str, parts_of: dict[str, tuple[PartOf, ...]]) -> set[str]:
    around: set[str] = set()
    waiting = [group_id]
    while waiting:
        more = {part.group_id for part in parts_of[waiting.pop()]} - around
        around |= more
        waiting += more
    return around
