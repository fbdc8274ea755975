"""What is within something is no more than that: a group in a quarter, of all in that quarter.

Nobody need have published the rest of a total for readers to know that it is not below none. Where
so few are left that this narrows down a hidden number, the rest is an unknown number of its own.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import combinations

from kpi.domain.period import Period
from kpi.suppression.areas import Areas, all_around
from kpi.suppression.cells import Cell, Key, Sum
from kpi.suppression.groups import Groups, wholes_of
from kpi.suppression.sums import Numbered

# Of more keys only sums are looked at, as of what is implied (implied.py).
_MOST_KEYS = 10_000


def inclusions(
    numbered: Numbered, areas: Areas, every: Sequence[Groups], sums_of_all: Iterable[Sum]
) -> tuple[dict[Key, Cell], list[Sum]]:
    """The rests of totals that leave few persons or none, as unknown cells, and their sums.

    Of a total and a part of it, and of what neither of two parts that overlap is of their total.
    Not where `sums_of_all` say of which other numbers the rest is: none of them is below none.
    """
    rests: dict[Key, Cell] = {}
    sums: list[Sum] = []
    sizes = Counter(base[0] for base in numbered.by_base)
    cells = [
        newest for base, (newest, *_) in numbered.by_base.items()
        if newest.is_published and sizes[base[0]] <= _MOST_KEYS
    ]  # fmt: skip
    if not cells:
        return rests, sums
    covered = {
        (each.members[0], part) for each in sums_of_all
        if min(each.signs[1:], default=0) > 0 for part in each.members[1:]
    }  # fmt: skip
    around = _Around(cells, areas, every)
    for cell in cells:
        for bases, signs in around.lines_of(cell):
            for line in numbered.carried(bases):
                rest = _rest(line, signs)
                if rest is not None and not _follows(line, covered):
                    rests[rest.key] = rest
                    sums.append(Sum((*(cell.key for cell in line), rest.key), (*signs, 1)))
    return rests, sums


class _Around:
    """The published numbers that contain another: of its areas, groups or periods."""

    def __init__(self, cells: Sequence[Cell], areas: Areas, every: Sequence[Groups]) -> None:
        self.there = {cell.base for cell in cells}
        self.areas: dict[str, set[str]] = defaultdict(set)
        for area_id, whole_id, _ in all_around(areas):
            self.areas[area_id].add(whole_id)
        for cell in cells:
            if cell.parent_id:
                self.areas[cell.area_id].add(cell.parent_id)
        self.groups = {
            group_id: {each.group_id for groups in every for each in wholes_of(group_id, groups)}
            for group_id in {cell.group_id for cell in cells}
        }
        self.periods = _periods_around(cells)

    def lines_of(self, cell: Cell) -> Iterator[tuple[list[Key], tuple[int, ...]]]:
        """What contains a number, with it; and what contains two of these, with them and it."""
        base = cell.base
        indicator_id, area_id, group_id, period = base
        # By place in the key: of two places, the number that contains both is the corner.
        steps = [(1, whole_id) for whole_id in sorted(self.areas[area_id])]
        steps += [(2, whole_id) for whole_id in sorted(self.groups[group_id])]
        steps += [(3, text) for text in sorted(self.periods[indicator_id][period])]
        steps = [step for step in steps if _moved(base, step) in self.there]
        for step in self._nearest(steps, indicator_id):
            yield [_moved(base, step), base], (-1, 1)
        for first, second in combinations(steps, 2):
            for corner in self._corners(base, first, second):
                if corner in self.there:
                    yield (
                        [corner, _moved(base, first), _moved(base, second), base], (-1, 1, 1, -1),
                    )  # fmt: skip

    def _nearest(
        self, steps: Sequence[tuple[int, str]], indicator_id: str
    ) -> list[tuple[int, str]]:
        """Those of some wholes that contain no other of them: of the others it follows."""
        beyond = {
            (place, whole_id) for place, id_ in steps
            for whole_id in (
                self.areas[id_] if place == 1 else self.groups.get(id_, ())
                if place == 2 else self.periods[indicator_id][id_]
            )
        }  # fmt: skip
        return [step for step in steps if step not in beyond]

    def _corners(self, base: Key, first: tuple[int, str], second: tuple[int, str]) -> list[Key]:
        if first[0] != second[0]:
            return [_moved(_moved(base, first), second)]
        if first[0] != 2:
            return []  # areas and periods that overlap are not all of what they share
        common = self.groups.get(first[1], set()) & self.groups.get(second[1], set())
        return [_moved(base, (2, whole_id)) for whole_id in sorted(common)]


def _moved(base: Key, step: tuple[int, str]) -> Key:
    key = [*base]
    key[step[0]] = step[1]
    return key[0], key[1], key[2], key[3]


def _periods_around(cells: Iterable[Cell]) -> Mapping[str, Mapping[str, set[str]]]:
    """By indicator the periods that each period lies in; not of what is counted on a day."""
    periods_by_indicator: dict[str, dict[str, Period]] = defaultdict(dict)
    for cell in cells:
        if not cell.is_stock:
            periods_by_indicator[cell.indicator_id][cell.period.text] = cell.period
    around: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for indicator_id, by_text in periods_by_indicator.items():
        periods = sorted(by_text.values(), key=lambda period: (period.start, period.text))
        starts = [period.start for period in periods]
        for outer in periods:
            first, last = bisect_left(starts, outer.start), bisect_right(starts, outer.end)
            for period in periods[first:last]:
                if period.end <= outer.end and (period.start, period.end) != (
                    outer.start, outer.end,
                ):  # fmt: skip
                    around[indicator_id][period.text].add(outer.text)
    return around


def _follows(line: Sequence[Cell], covered: Set[tuple[Key, Key]]) -> bool:
    """Whether sums, of the total and of the part, say of what the rest consists."""
    total, *parts = (cell.key for cell in line)
    if len(parts) == 1:
        return (total, parts[0]) in covered
    first, second, both = parts
    return {(total, first), (second, both)} <= covered or {
        (total, second), (first, both),
    } <= covered  # fmt: skip


def _rest(line: Sequence[Cell], signs: Sequence[int]) -> Cell | None:
    """What is left of a total, the first of a line; None where it is so many that nothing binds."""
    left, limit = 0.0, max(cell.limit for cell in line)
    for cell, sign in zip(line, signs, strict=True):
        if cell.part is None or cell.part % 1:
            return None
        left -= sign * cell.part
    if not 0 <= left < limit:
        return None
    # Not to be guarded itself: of few persons that is done where they are looked for.
    named = ",".join(f"{cell.area_id}|{cell.group_id}|{cell.key[3]}" for cell in line)
    return replace(
        line[-1], part=left, whole=None, limit=0, is_published=False, version=f"~{named}",
        was_shown=False, was_hidden=False, was_mended=False, stays_hidden=False, said=None,
    )  # fmt: skip
