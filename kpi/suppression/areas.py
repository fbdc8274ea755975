"""Where areas lie, and which published ones add up to another: past a level, or by region.

Municipalities lie in the country for comparing, and in a region as well; where an area lay before
it was moved, its numbers still add up. An area that others were merged into is all of these, and
one that was divided is all that it became; several that became several are together what they
became.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

# Of each area in which areas it lies or lay, and on which level: (parent, level).
Areas = Mapping[str, frozenset[tuple[str, str]]]
NO_AREAS: Areas = {}
# The level of areas in one that they became, or that became them.
_SUCCESSION = "~"
# Several that became several are the former and the later ones of an area that nobody named.
_FORMER, _LATER = "~<", "~>"
_OF_TIME = (_SUCCESSION, _FORMER, _LATER)

# The codes of each region's municipalities, as Danmarks Statistik lists them (table RAS200).
_OF_REGION = {
    "081": "773 787 810 813 820 825 840 846 849 851 860",
    "082": "615 657 661 665 671 706 707 710 727 730 740 741 746 751 756 760 766 779 791",
    "083": (
        "410 420 430 440 450 461 479 480 482 492 510 530 540 550 561 563 573 575 580 607 621 630 "
    ),
    "084": (
        "101 147 151 153 155 157 159 161 163 165 167 169 173 175 183 185 187 190 201 210 "
        "217 219 223 230 240 250 260 270 400 "
    ),
    "085": "253 259 265 269 306 316 320 326 329 330 336 340 350 360 370 376 390",
}


def areas_of(
    rows: Iterable[tuple[str, str, str | None, str | None]],
    successions: Iterable[tuple[str, str]] = (),
) -> Areas:
    """Where areas lie, of all rows (id, level, parent, code) ever; municipalities in regions.

    `successions` are the areas that became part of others, each with one of these.
    """
    parents: dict[str, set[tuple[str, str]]] = defaultdict(set)
    levels: dict[str, str] = {}
    coded: dict[str, str] = {}
    for area_id, level, parent_id, code in rows:
        levels[area_id] = level
        if code:
            coded[code] = area_id
        if parent_id:
            parents[area_id].add((parent_id, level))
    for region, codes in _OF_REGION.items():
        for code in codes.split():
            if region in coded and code in coded and levels[coded[code]] == "municipality":
                parents[coded[code]].add((coded[region], "municipality"))
    for part_id, whole_id, level in _successions(successions):
        parents[part_id].add((whole_id, level))
    return {area_id: frozenset(ways) for area_id, ways in parents.items()}


def _successions(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """What was merged, in what it became; what a divided area became, in that; others together.

    Each with the area that it is in and its level there.
    """
    became: dict[str, set[str]] = defaultdict(set)
    was: dict[str, set[str]] = defaultdict(set)
    for former_id, later_id in pairs:
        became[former_id].add(later_id)
        was[later_id].add(former_id)
    waiting = {*became}
    while waiting:
        former_ids, later_ids = set[str](), became[min(waiting)]
        while former_ids != (more := {each for later_id in later_ids for each in was[later_id]}):
            former_ids = more
            later_ids = {each for former_id in former_ids for each in became[former_id]}
        waiting -= former_ids
        if len(later_ids) == 1:
            (whole_id,) = later_ids
            yield from ((former_id, whole_id, _SUCCESSION) for former_id in sorted(former_ids))
        elif len(former_ids) == 1:
            (whole_id,) = former_ids
            yield from ((later_id, whole_id, _SUCCESSION) for later_id in sorted(later_ids))
        else:
            whole_id = "~".join(("+".join(sorted(former_ids)), "+".join(sorted(later_ids))))
            yield from ((former_id, whole_id, _FORMER) for former_id in sorted(former_ids))
            yield from ((later_id, whole_id, _LATER) for later_id in sorted(later_ids))


def regroupings(
    there: Set[str], children: Mapping[str, Mapping[str, Sequence[str]]]
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Areas that are together what they became together, where all have a number."""
    return sorted(
        (tuple(levels[_FORMER]), tuple(levels[_LATER]))
        for levels in children.values()
        if _FORMER in levels and there >= {*levels[_FORMER], *levels[_LATER]}
    )


def of_one_time(ways: Iterable[tuple[str, ...]], areas: Areas) -> list[tuple[str, ...]]:
    """Totals with parts of which some became others: once with the former, once with the later."""
    of_each_time: list[tuple[str, ...]] = []
    for total, *parts in ways:
        within = {
            (part, other) for part in parts for other, level in areas.get(part, ())
            if level == _SUCCESSION and other in parts
        }  # fmt: skip
        by_whole: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for part in parts:
            for whole_id, level in areas.get(part, ()):
                if level in (_FORMER, _LATER):
                    by_whole[whole_id][level].add(part)
        for levels in by_whole.values():
            within |= {(former, later) for former in levels[_FORMER] for later in levels[_LATER]}
        for place in (0, 1):
            left_out = {pair[place] for pair in within}
            remaining = [part for part in parts if part not in left_out]
            if within and remaining:
                of_each_time.append((total, *remaining))
    return of_each_time


def children_of(areas: Areas) -> dict[str, dict[str, list[str]]]:
    """The areas in each area, by level."""
    children: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for area_id, ways in sorted(areas.items()):
        for parent_id, level in sorted(ways):
            children[parent_id][level].append(area_id)
    return children


def all_around(areas: Areas) -> set[tuple[str, str, str]]:
    """Each area with all that contain it: (area, area that contains it, level of the area)."""
    containments: set[tuple[str, str, str]] = set()
    for area_id, ways in areas.items():
        # Which sorts behind all levels.
        level = min((level for _, level in ways), default="")
        passed: set[str] = {area_id}
        waiting = [area_id]
        while waiting:
            for parent_id, of in areas.get(waiting.pop(), ()):
                if parent_id not in passed and of not in _OF_TIME:
                    passed.add(parent_id)
                    waiting.append(parent_id)
                    containments.add((area_id, parent_id, level))
    return containments


def lying_within(
    there: Mapping[str, tuple[str | None, str]], areas: Areas
) -> tuple[list[str], list[tuple[bool, tuple[str, ...]]]]:
    """Some areas with those between them, and each area with all in it of one level and time.

    Of the areas that there are numbers of `there` says the parent and the level. Each total with
    whether they may be all of it.
    """
    above: dict[str, set[tuple[str, str]]] = {
        area_id: {(parent_id, level)} if parent_id else set()
        for area_id, (parent_id, level) in there.items()
    }
    waiting = [*above]
    while waiting:
        area_id = waiting.pop()
        declared = {each for each in areas.get(area_id, ()) if each[1] not in _OF_TIME}
        above[area_id] = above.get(area_id, set()) | declared
        waiting += sorted({parent_id for parent_id, _ in above[area_id]} - above.keys())
    within: dict[tuple[str, str], set[str]] = defaultdict(set)
    for area_id, parents in above.items():
        for parent in parents:
            within[parent].add(area_id)
    ways = [(parent_id, *sorted(ids)) for (parent_id, _), ids in sorted(within.items())]
    # Of each way by itself: that some of a total's parishes became others divides no other level.
    of_times = [(way, of_one_time([way], areas)) for way in ways]
    return sorted(above), [
        *((way[0] in there, way) for way, divided in of_times if not divided),
        *((False, each) for _, divided in of_times for each in divided),
    ]


def makings(
    there: Set[str], children: Mapping[str, Mapping[str, Sequence[str]]]
) -> list[tuple[str, tuple[str, ...]]]:
    """Each area that there is a number of, with others that may make it up together.

    All within it of one level, and those next to it where some level between has no number.
    """
    decompositions: set[tuple[str, tuple[str, ...]]] = set()
    for area_id in sorted(there & children.keys()):
        by_level = _by_level(area_id, children, frozenset())
        decompositions |= {(area_id, tuple(sorted(ids & there))) for ids in by_level.values()}
        for ids in children[area_id].values():
            nearest = {
                area_of_child
                for child in ids
                for area_of_child in _nearest(child, there, children, {area_id})
            }
            decompositions.add((area_id, tuple(sorted(nearest))))
    return sorted(made for made in decompositions if made[1] and made[0] not in made[1])


def makings_of_kinds(
    there: Set[str], children: Mapping[str, Mapping[str, Sequence[str]]]
) -> list[tuple[str, tuple[str, ...]]]:
    """Each area that there is a number of, with those in it of whatever level, next to it.

    Two programme areas and the rest of the municipality, which is of another level. Not where one
    lies in another.
    """
    of_kinds: list[tuple[str, tuple[str, ...]]] = []
    for area_id in sorted(there & children.keys()):
        levels = {each: ids for each, ids in children[area_id].items() if each not in _OF_TIME}
        nearest = [
            {each for child in ids for each in _nearest(child, there, children, {area_id})}
            for ids in levels.values()
        ]
        parts = set[str]().union(*nearest) - {area_id}
        # What became part of another is beside it, at another time: not in it.
        below = {
            each for part in parts
            for level, ids in _by_level(part, children, frozenset()).items()
            if level not in _OF_TIME for each in ids
        }  # fmt: skip
        if sum(map(bool, nearest)) > 1 and len(parts) > 1 and parts.isdisjoint(below):
            of_kinds.append((area_id, tuple(sorted(parts))))
    return of_kinds


def ways_of_kinds(there: Set[str], areas: Areas) -> list[tuple[str, ...]]:
    """Each total and its parts of several levels and one time, of areas with numbers."""
    ways = [(total, *parts) for total, parts in makings_of_kinds(there, children_of(areas))]
    return [*ways, *of_one_time(ways, areas)]


def _by_level(
    area_id: str, children: Mapping[str, Mapping[str, Sequence[str]]], passed: frozenset[str]
) -> dict[str, set[str]]:
    """All areas within an area, by level."""
    ids_by_level: dict[str, set[str]] = defaultdict(set)
    if area_id in passed:
        return ids_by_level
    for level, ids in children.get(area_id, {}).items():
        ids_by_level[level].update(ids)
        for child in ids:
            for below, more in _by_level(child, children, passed | {area_id}).items():
                ids_by_level[below] |= more
    return ids_by_level


def _nearest(
    area_id: str, there: Set[str], children: Mapping[str, Mapping[str, Sequence[str]]],
    passed: Set[str],
) -> Iterator[str]:  # fmt: skip
    """The area, else those of the first level below that there are numbers of."""
    if area_id in there:
        yield area_id
    elif area_id not in passed:
        for ids in children.get(area_id, {}).values():
            below = [
                area_of_child
                for child in ids
                for area_of_child in _nearest(child, there, children, {*passed, area_id})
            ]
            if below:
                yield from below
                return
