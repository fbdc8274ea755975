"""Numbers of persons, and the sums in which they stand: what small numbers are looked for in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import inf

from kpi.period import Period

Key = tuple[str, str, str, str]
EVERYONE = "all"


@dataclass(frozen=True)
class Cell:
    """A number of persons. `part` of `whole` (None: a bare count); `part` is None when hidden.

    `limit` is the source's `min_cell`. `area_level` and `parent_id` tell which areas add up. Where
    the source only says a limit or a range (`is_bound`) there are `low`, `high` or both, no `part`.
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
    low: float | None = None
    high: float | None = None
    is_bound: bool = False
    is_published: bool = True

    @property
    def key(self) -> Key:
        """What the number is of."""
        return self.indicator_id, self.area_id, self.group_id, self.period.text

    @property
    def is_small(self) -> bool:
        """Whether the number, or an end of what is said of it, must be hidden for its own sake."""
        ends = (self.low, self.high) if self.is_bound else (self.part,)
        return bool(self.limit) and any(
            is_small(end, self.whole, self.limit) for end in ends if end is not None
        )

    @property
    def bounds(self) -> tuple[float, float]:
        """Between which numbers it lies, by what is said of it: 0 and infinity where nothing is."""
        if self.part is not None:
            return self.part, self.part
        most = self.whole if self.high is None else self.high
        return self.low or 0.0, inf if most is None else most


def is_small(part: float, whole: float | None, limit: int) -> bool:
    """Whether fewer than `limit`, but some, have something, or lack it."""
    counts = [part] if whole is None else [part, whole - part]
    return any(0 < one < limit for one in counts)


@dataclass(frozen=True)
class Sum:
    """Numbers that come to nothing with these signs: the total (-1) first, then its parts."""

    members: tuple[Key, ...]
    signs: tuple[int, ...]


def sum_of(total: Key, parts: Iterable[Key]) -> Sum:
    """A total that is all its parts together."""
    members = (total, *parts)
    return Sum(members, (-1,) + (1,) * (len(members) - 1))


def area_and_group_sums(known: Mapping[Key, Cell]) -> Iterator[Sum]:
    """Areas of a level that add up to their parent, and groups that add up to everyone."""
    by_area: dict[tuple[str, str, str, str, str], list[Key]] = defaultdict(list)
    by_group: dict[tuple[str, str, str], list[Key]] = defaultdict(list)
    for key, one in known.items():
        if not one.is_published:
            continue
        indicator_id, area_id, group_id, period = key
        if one.parent_id:
            by_area[indicator_id, one.parent_id, group_id, period, one.area_level].append(key)
        if group_id != EVERYONE:
            by_group[indicator_id, area_id, period].append(key)
    for (indicator_id, parent_id, group_id, period, _), parts in by_area.items():
        total = (indicator_id, parent_id, group_id, period)
        if total in known:
            yield sum_of(total, parts)
    for (indicator_id, area_id, period), parts in by_group.items():
        total = (indicator_id, area_id, EVERYONE, period)
        if total in known:
            yield sum_of(total, parts)
