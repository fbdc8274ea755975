"""Small numbers: which figures must be hidden so that nobody can be recognised in them.

A source says from how many persons a number may be shown (`min_cell`; 0: it is public already).
Counts below it, shares of which so few have or lack something, and the figures from which a hidden
one could be found by subtraction are hidden. One place decides: the store asks it before it writes
the rows that every page, picture, download and answer is made of.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kpi.period import Period

Key = tuple[str, str, str, str]
EVERYONE = "all"


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
    Wherever exactly one number of such a sum is hidden, one more is: the smallest that is not
    public, so that as little as possible is lost.
    """
    known = {one.key: one for one in cells}
    hidden = {
        key: True
        for key, one in known.items()
        if one.part is not None and one.limit and is_small(one.part, one.whole, one.limit)
    }
    silent = {key for key, one in known.items() if one.part is None and one.limit}
    if not hidden and not silent:
        return {}
    sums = list(_sums(known))
    changed = True
    while changed:
        changed = False
        for members in sums:
            unknown = [key for key in members if key in hidden or known[key].part is None]
            guarded = any(key in hidden or key in silent for key in unknown)
            shown = [key for key in members if key not in unknown]
            if len(unknown) != 1 or not guarded or not shown:
                continue
            hidden[min(shown, key=lambda key: _loss(known[key], key == members[0]))] = False
            changed = True
    return hidden


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
