"""Small numbers: which figures must be hidden so that nobody can be recognised in them.

A source says from how many persons a number may be shown (`min_cell`; 0: it is public already).
Counts below it, shares of which so few have or lack something, and the figures from which a hidden
one could be found by subtraction are hidden. One place decides: the store asks it before it writes
the rows that every page, picture, download and answer is made of.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kpi.period import Period
from kpi.statistics import Numbers

Key = tuple[str, str, str, str]
Places = NDArray[np.int64]
EVERYONE = "all"
# Numbers are moved by 1 to 2, and what is left after so many steps is far below that.
_MOST_STEPS, _STANDS_STILL = 2_000, 1e-6


@dataclass(frozen=True)
class Cell:
    """A number of persons. `part` of `whole` (None: a bare count); `part` is None when hidden.

    `limit` is the source's `min_cell`. `area_level` and `parent_id` tell which areas add up.
    """

    indicator_id: str
    area_id: str
    group_id: str
    period: Period
    part: float | None
    whole: float | None
    limit: int
    area_level: str
    parent_id: str | None

    @property
    def key(self) -> Key:
        """What the number is of."""
        return self.indicator_id, self.area_id, self.group_id, self.period.text


def is_small(part: float, whole: float | None, limit: int) -> bool:
    """Whether fewer than `limit`, but some, have something, or lack it."""
    counts = [part] if whole is None else [part, whole - part]
    return any(0 < one < limit for one in counts)


def cells_to_hide(cells: Iterable[Cell]) -> dict[Key, bool]:
    """The keys to hide; True where the number itself is small, False where it would tell another.

    Areas add up to their parent, groups to everyone, and periods to a longer one that they fill.
    Wherever all such sums together leave only one value for a hidden number, one more number of
    its sums is hidden: the smallest that is not public, so that as little as possible is lost. The
    same cells in any order have the same answer.
    """
    known = {one.key: one for one in sorted(cells, key=lambda one: one.key)}
    small = {
        key
        for key, one in known.items()
        if one.part is not None and one.limit and is_small(one.part, one.whole, one.limit)
    }
    guarded = small | {key for key, one in known.items() if one.part is None and one.limit}
    if not guarded:
        return {}
    unknown = small | {key for key, one in known.items() if one.part is None}
    others: set[Key] = set()
    for sums in _apart(_sums(known)):
        if not all(guarded.isdisjoint(members) for members in sums):
            others |= _others_to_hide(sums, known, unknown, guarded)
    return dict.fromkeys(small, True) | dict.fromkeys(others, False)


def _apart(sums: Iterable[list[Key]]) -> Iterable[list[list[Key]]]:
    """The sums in heaps that share no number."""
    leader: dict[Key, Key] = {}

    def found(key: Key) -> Key:
        while (above := leader.setdefault(key, key)) != key:
            leader[key] = key = leader[above]
        return key

    every = list(sums)
    for members in every:
        first = found(members[0])
        for key in members:
            leader[found(key)] = first
    heaps: dict[Key, list[list[Key]]] = defaultdict(list)
    for members in every:
        heaps[found(members[0])].append(members)
    return heaps.values()


def _others_to_hide(
    sums: list[list[Key]], known: Mapping[Key, Cell], unknown: set[Key], guarded: Set[Key]
) -> set[Key]:
    """What must be hidden beside the guarded numbers of some sums; `unknown` grows by it."""
    sums_with: dict[Key, list[list[Key]]] = defaultdict(list)
    for members in sums:
        for key in members:
            sums_with[key].append(members)
    equations = _equations(sums)
    others: set[Key] = set()
    touched = sums
    while True:
        # Nearly all is found sum by sum; what only several tell together is dear to work out.
        others |= _close_gaps(touched, sums_with, known, unknown, guarded | others)
        told = _determined(equations, unknown) & (guarded | others)
        more = _guards(told, sums_with, known, unknown)
        if not more:
            return others
        others |= more
        unknown |= more
        touched = [members for key in sorted(more) for members in sums_with[key]]


def _close_gaps(
    touched: Iterable[list[Key]],
    sums_with: Mapping[Key, list[list[Key]]],
    known: Mapping[Key, Cell],
    unknown: set[Key],
    guarded: Set[Key],
) -> set[Key]:
    """One more number for each sum that tells a guarded one, and for the sums that it is in."""
    found: set[Key] = set()
    waiting = deque(touched)
    while waiting:
        members = waiting.popleft()
        gap = [key for key in members if key in unknown]
        if len(gap) != 1 or len(members) == 1 or not (gap[0] in guarded or gap[0] in found):
            continue
        shown = [key for key in members if key != gap[0]]
        guard = min(shown, key=lambda key: _loss(known[key], key == members[0]))
        found.add(guard)
        unknown.add(guard)
        waiting += sums_with[guard]
    return found


def _guards(
    told: Set[Key],
    sums_with: Mapping[Key, list[list[Key]]],
    known: Mapping[Key, Cell],
    unknown: Set[Key],
) -> set[Key]:
    """For each number that the sums tell, the shown one nearest to it that is missed least."""
    chosen: set[Key] = set()
    for key in sorted(told):
        shown = _shown_near(key, sums_with, unknown)
        if shown and chosen.isdisjoint(one for one, _ in shown):
            losses = [(_loss(known[one], is_total), one) for one, is_total in shown]
            chosen.add(min(losses)[1])
    return chosen


def _shown_near(
    key: Key, sums_with: Mapping[Key, list[list[Key]]], unknown: Set[Key]
) -> list[tuple[Key, bool]]:
    """The shown numbers of its own sums, else of the sums of their numbers, and so on.

    Each with whether it is a total. Several sums may tell a number that stands in none with a shown
    one: they are strung together by numbers that are not shown.
    """
    passed, ring = {key}, [key]
    while ring:
        beside = [
            (one, one == members[0])
            for each in ring
            for members in sums_with[each]
            for one in members
        ]
        shown = [(one, is_total) for one, is_total in beside if one not in unknown]
        if shown:
            return shown
        ring = sorted({one for one, _ in beside} - passed)
        passed.update(ring)
    return []


@dataclass(frozen=True)
class _Equations:
    """Every number of every sum: the sum's line, the number's place in `keys`, and its sign."""

    keys: list[Key]
    lines: Places
    columns: Places
    signs: Numbers


def _equations(sums: Sequence[list[Key]]) -> _Equations:
    lengths = np.array([len(members) for members in sums], dtype=np.int64)
    every = [key for members in sums for key in members]
    keys = sorted(set(every))
    place = {key: number for number, key in enumerate(keys)}
    signs = np.ones(len(every))
    signs[np.cumsum(lengths) - lengths] = -1  # the total stands first
    lines = np.repeat(np.arange(len(sums)), lengths)
    return _Equations(keys, lines, np.array([place[key] for key in every], dtype=np.int64), signs)


def _determined(equations: _Equations, unknown: Set[Key]) -> set[Key]:
    """The unknown numbers that the sums leave only one value for.

    All unknown numbers are changed at random, and the changes brought in line with every sum: they
    are projected on what leaves the sums as they are, by conjugate gradients (Craig's method). A
    number that then cannot move is determined.
    """
    is_unknown = np.array([key in unknown for key in equations.keys], dtype=bool)
    kept = is_unknown[equations.columns]
    numbers, columns = np.unique(equations.columns[kept], return_inverse=True)
    _, lines = np.unique(equations.lines[kept], return_inverse=True)
    signs = equations.signs[kept]
    if not len(numbers):
        return set()
    moves = np.random.default_rng(0).uniform(1, 2, len(numbers))

    def off(change: Numbers) -> Numbers:
        """By how much a change leaves each sum."""
        return np.bincount(lines, signs * change[columns]).astype(float)

    def pull(by_line: Numbers) -> Numbers:
        """What the sums, so weighted, ask of each number."""
        return np.bincount(columns, signs * by_line[lines]).astype(float)

    slope = direction = off(moves)
    size = first = slope @ slope
    for _ in range(_MOST_STEPS):
        if size <= first * 1e-24:
            break
        step = pull(direction)
        moves -= size / (step @ step) * step
        slope = off(moves)
        size, before = slope @ slope, size
        direction = slope + size / before * direction
    return {equations.keys[number] for number in numbers[np.abs(moves) < _STANDS_STILL]}


def _loss(cell: Cell, is_total: bool) -> tuple[bool, bool, bool, float]:
    """What hiding a cell costs: public figures are of no use to hide, totals are missed most."""
    part = cell.part or 0.0
    return cell.limit == 0, is_total, part == 0, part


def _sums(known: Mapping[Key, Cell]) -> Iterator[list[Key]]:
    """Every sum: its total, then the parts that make it up."""
    by_area: dict[tuple[str, str, str, str, str], list[Key]] = defaultdict(list)
    by_group: dict[tuple[str, str, str], list[Key]] = defaultdict(list)
    by_period: dict[tuple[str, str, str], list[Key]] = defaultdict(list)
    for key, one in known.items():
        indicator_id, area_id, group_id, period = key
        if one.parent_id:
            by_area[indicator_id, one.parent_id, group_id, period, one.area_level].append(key)
        if group_id != EVERYONE:
            by_group[indicator_id, area_id, period].append(key)
        by_period[indicator_id, area_id, group_id].append(key)
    for (indicator_id, parent_id, group_id, period, _), parts in by_area.items():
        yield from _with_total((indicator_id, parent_id, group_id, period), parts, known)
    for (indicator_id, area_id, period), parts in by_group.items():
        yield from _with_total((indicator_id, area_id, EVERYONE, period), parts, known)
    for keys in by_period.values():
        yield from _stretches([known[key] for key in keys])


def _with_total(total: Key, parts: list[Key], known: Mapping[Key, Cell]) -> Iterator[list[Key]]:
    if total in known:
        yield [total, *parts]


def _stretches(cells: list[Cell]) -> Iterator[list[Key]]:
    """Each period with the shorter ones of one kind that fill it."""
    by_kind: dict[str, list[Cell]] = defaultdict(list)
    for one in cells:
        by_kind[one.period.kind].append(one)
    for total in cells if len(by_kind) > 1 else ():
        for kind, others in by_kind.items():
            if kind == total.period.kind:
                continue
            within = [
                one
                for one in others
                if total.period.start <= one.period.start and one.period.end <= total.period.end
            ]
            if sum(_days(one.period) for one in within) == _days(total.period):
                yield [total.key, *(one.key for one in within)]


def _days(period: Period) -> int:
    return (period.end - period.start).days + 1
