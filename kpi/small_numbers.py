"""Small numbers: which figures must be hidden so that nobody can be recognised in them.

A source says from how many persons a number may be shown (`min_cell`; 0: it is public already).
Counts below it, shares of which so few have or lack something, and the figures from which a hidden
one could be found by subtraction are hidden. One place decides: the store asks it before it writes
the rows that every page, picture, download and answer is made of.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from math import inf

import numpy as np
from numpy.typing import NDArray

from kpi.small_cells import Cell, Key, Sum, area_and_group_sums
from kpi.small_spans import span_sums, timelines, told_spans
from kpi.statistics import Numbers

Places = NDArray[np.int64]
Bounds = tuple[float, float]
# Numbers are moved by 1 to 2, and what is left after so many steps is far below that.
_MOST_STEPS, _STANDS_STILL = 2_000, 1e-6
# Bounds that narrow each other settle in a few rounds; further ones are of no consequence.
_MOST_ROUNDS = 20


def cells_to_hide(cells: Iterable[Cell]) -> dict[Key, bool]:
    """The keys to hide; True where the number itself is small, False where it would tell another.

    Areas add up to their parent, groups to everyone, and periods to others (kpi/small_spans.py).
    Wherever all such sums together leave only one value for a hidden number, one more number of
    its sums is hidden: the smallest that is not public, so that as little as possible is lost. A
    limit or a range beside a hidden number is hidden itself, and so is one that its sums hold below
    the source's limit. Few persons between two periods are guarded like a published number. The
    same cells in any order have the same answer.
    """
    known = {one.key: one for one in sorted(cells, key=lambda one: one.key)}
    if all(one.part is not None and not one.is_small for one in known.values()):
        # Most files: only stretches between the periods could be of few persons.
        known |= _derived(known, {}, set())
        if all(one.is_published for one in known.values()):
            return {}
    hidden: dict[Key, bool] = {}
    while True:
        heaps = list(_apart(_sums(known)))
        bounds = {key: ends for heap in heaps for key, ends in _bounds(heap, known).items()}
        derived = _derived(known, bounds, hidden.keys())
        if hidden and not derived:
            return {key: small for key, small in hidden.items() if known[key].is_published}
        if derived:
            known |= derived
            heaps = list(_apart(_sums(known)))
        hidden = _hidden(heaps, bounds, known)
        if not hidden:
            return {}


def told_stretches(cells: Iterable[Cell]) -> list[Cell]:
    """The stretches of few persons between shown periods, as cells: what could need hiding.

    Of cells none of which is small or hidden.
    """
    return list(_derived({one.key: one for one in cells}, {}, set()).values())


def _derived(
    known: Mapping[Key, Cell], bounds: Mapping[Key, Bounds], hidden: Set[Key]
) -> dict[Key, Cell]:
    """The stretches of few persons that what is shown tells of, and that are not known yet."""
    found: dict[Key, Cell] = {}
    for line in timelines(known):
        narrowed = [
            replace(one, low=bounds[one.key][0], high=bounds[one.key][1])
            if one.key in bounds
            else one
            for one in line
        ]
        found |= {one.key: one for one in told_spans(narrowed, hidden) if one.key not in known}
    return found


def _hidden(
    heaps: Sequence[Sequence[Sum]], bounds: Mapping[Key, Bounds], known: Mapping[Key, Cell]
) -> dict[Key, bool]:
    """What must be hidden of the cells and of the stretches derived from them."""
    small = {key for key, one in known.items() if one.is_small}
    small |= {key for key, ends in bounds.items() if _holds_few(*ends, known[key])}
    missing = {key for key, one in known.items() if one.part is None and not one.is_bound}
    guarded = small | {key for key in missing if known[key].limit}
    unknown = small | missing
    others: set[Key] = set()
    for sums in heaps:
        if not all(guarded.isdisjoint(each.members) for each in sums):
            others |= _others_to_hide(sums, known, unknown, guarded)
    return dict.fromkeys(sorted(small), True) | dict.fromkeys(sorted(others), False)


def _bounds(sums: Sequence[Sum], known: Mapping[Key, Cell]) -> dict[Key, Bounds]:
    """What the numbers of some sums say of the limits and ranges among them."""
    bounds = {
        key: known[key].bounds for each in sums for key in each.members if known[key].is_bound
    }
    touched = [each for each in sums if not bounds.keys().isdisjoint(each.members)]
    for _ in range(_MOST_ROUNDS):
        before = dict(bounds)
        for each in touched:
            for key, sign in zip(each.members, each.signs, strict=True):
                if key in bounds:
                    bounds[key] = _narrowed(key, sign, each, bounds, known)
        if bounds == before:
            break
    return bounds


def _narrowed(
    key: Key, sign: int, each: Sum, bounds: Mapping[Key, Bounds], known: Mapping[Key, Cell]
) -> Bounds:  # fmt: skip
    """The bounds of a number by the others of a sum."""
    low, high = bounds[key]
    least = most = 0.0
    for other, its_sign in zip(each.members, each.signs, strict=True):
        if other != key:
            ends = [-sign * its_sign * one for one in bounds.get(other) or known[other].bounds]
            least, most = least + min(ends), most + max(ends)
    return max(low, least), min(high, most)


def _holds_few(low: float, high: float, cell: Cell) -> bool:
    """Whether it is sure that fewer than the source's limit have something, or lack it."""
    lacking = inf if cell.whole is None else cell.whole - low
    return 0 < high < cell.limit or 0 < lacking < cell.limit


def _apart(sums: Iterable[Sum]) -> Iterable[list[Sum]]:
    """The sums in heaps that share no number."""
    leader: dict[Key, Key] = {}

    def found(key: Key) -> Key:
        while (above := leader.setdefault(key, key)) != key:
            leader[key] = key = leader[above]
        return key

    every = list(sums)
    for each in every:
        first = found(each.members[0])
        for key in each.members:
            leader[found(key)] = first
    heaps: dict[Key, list[Sum]] = defaultdict(list)
    for each in every:
        heaps[found(each.members[0])].append(each)
    return heaps.values()


def _others_to_hide(
    sums: Sequence[Sum], known: Mapping[Key, Cell], unknown: set[Key], guarded: Set[Key]
) -> set[Key]:
    """What must be hidden beside the guarded numbers of some sums; `unknown` grows by it."""
    sums_with: dict[Key, list[Sum]] = defaultdict(list)
    for each in sums:
        for key in each.members:
            sums_with[key].append(each)
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
        touched = [each for key in sorted(more) for each in sums_with[key]]


def _close_gaps(
    touched: Iterable[Sum],
    sums_with: Mapping[Key, list[Sum]],
    known: Mapping[Key, Cell],
    unknown: set[Key],
    guarded: Set[Key],
) -> set[Key]:
    """One more number for each sum that tells a guarded one, and for the sums that it is in.

    A limit or a range in a sum with a number that is not shown would narrow it down: it goes, too.
    """
    found: set[Key] = set()
    waiting = deque(touched)
    while waiting:
        members = waiting.popleft().members
        gap = [key for key in members if key in unknown]
        narrowing = [key for key in members if known[key].is_bound and key not in unknown]
        if gap and narrowing:
            chosen = narrowing
        elif len(gap) == 1 < len(members) and (gap[0] in guarded or gap[0] in found):
            shown = [key for key in members if key != gap[0]]
            chosen = [min(shown, key=lambda key: _loss(known[key], key == members[0]))]
        else:
            continue
        found.update(chosen)
        unknown.update(chosen)
        waiting += [each for key in chosen for each in sums_with[key]]
    return found


def _guards(
    told: Set[Key],
    sums_with: Mapping[Key, list[Sum]],
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
    key: Key, sums_with: Mapping[Key, list[Sum]], unknown: Set[Key]
) -> list[tuple[Key, bool]]:
    """The shown numbers of its own sums, else of the sums of their numbers, and so on.

    Each with whether it is a total. Several sums may tell a number that stands in none with a shown
    one: they are strung together by numbers that are not shown.
    """
    passed, ring = {key}, [key]
    while ring:
        beside = [
            (one, one == each.members[0])
            for beside_key in ring
            for each in sums_with[beside_key]
            for one in each.members
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


def _equations(sums: Sequence[Sum]) -> _Equations:
    lengths = np.array([len(each.members) for each in sums], dtype=np.int64)
    every = [key for each in sums for key in each.members]
    keys = sorted(set(every))
    place = {key: number for number, key in enumerate(keys)}
    signs = np.array([sign for each in sums for sign in each.signs], dtype=float)
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
    part = cell.part if cell.part is not None else cell.low or cell.high or 0.0
    return cell.limit == 0, is_total, part == 0, part


def _sums(known: Mapping[Key, Cell]) -> Iterator[Sum]:
    """Every sum: its total, then the parts that make it up."""
    yield from area_and_group_sums(known)
    for line in timelines(known):
        yield from span_sums(line)
