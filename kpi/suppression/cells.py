"""Numbers of persons (cells), and the constraints between them: the input of suppression."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import inf
from typing import Generic, TypeVar

from kpi.domain.period import Period

Key = tuple[str, str, str, str]
EVERYONE = "all"
_Value = TypeVar("_Value")


class _Once(Generic[_Value]):
    """A property that is computed once: as `cached_property`, without its lock.

    Python 3.11 takes a lock each time, of which a publication would take millions.
    """

    def __init__(self, compute: "Callable[[Cell], _Value]") -> None:
        self._compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, cell: "Cell", owner: type | None = None) -> _Value:
        value = cell.__dict__[self._name] = self._compute(cell)
        return value


@dataclass(frozen=True)
class Cell:
    """A number of persons: `part` (None when hidden) of `whole` (denominator; None: a count).

    `limit` is the source's `min_cell`. `area_level` and `parent_id` say which areas add up. Where
    the source only says a limit or a range (`is_bound`) there are `low`, `high` or both, no `part`.
    A number that was corrected is several cells: `version` numbers them, and `seen` the moments
    (numbered in their order) at which each holds; None: always. `was_shown`: people have read it;
    `was_hidden`: it was hidden until now; `was_mended`: the key has had other numbers.
    `is_visible` is False where it can be seen on no day: it was corrected on the day it came.
    `stays_hidden`: whatever holds now, as where it guarded another one while a number stood beside
    them that people have read and that is gone since.
    `is_stock`: it is of the last day of its period, or counted from the beginning until then.
    `is_published` is False of what nobody published, and others imply all the same. `said`: the
    least and the most that it can be by what has been said of it, its limit apart. `is_unlabelled`:
    it is small, but its page only calls it hidden. `rounded`: the least and the most whole number
    that it can be, where its percentage is rounded so much that several would give it.
    `former_limit`: the one by which its page did not call it small, where the limit was raised
    since: it is not called small by the new one either.
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
    version: str = ""
    seen: frozenset[int] | None = None
    was_shown: bool = False
    was_hidden: bool = False
    was_mended: bool = False
    is_visible: bool = True
    is_stock: bool = False
    stays_hidden: bool = False
    said: tuple[float, float] | None = None
    is_unlabelled: bool = False
    rounded: tuple[float, float] | None = None
    former_limit: int | None = None

    # Asked for many times of each of a million.
    @_Once
    def key(self) -> Key:
        """What the number is of, and which of its numbers."""
        if not self.version:
            return self.base
        return self.indicator_id, self.area_id, self.group_id, self.period.text + self.version

    @_Once
    def base(self) -> Key:
        """What the number is of: the same for all numbers that a key has had."""
        return self.indicator_id, self.area_id, self.group_id, self.period.text

    @_Once
    def is_small(self) -> bool:
        """Primary suppression: whether the number, or one of its bounds, is below the limit.

        So is any that was hidden when the limit was raised, whatever it is: it stays hidden, and
        what else is hidden for it must not tell whether it is below the new one.
        """
        if not self.limit:
            return False
        if self.former_limit is not None:
            return True
        if not self.is_bound:
            return self.part is not None and is_small(self.part, self.whole, self.limit)
        ends = (self.low, self.high)
        return any(is_small(end, self.whole, self.limit) for end in ends if end is not None)

    @property
    def reported_limit(self) -> int:
        """The limit by which its page calls it small or, as a guard, does not."""
        return self.limit if self.former_limit is None else self.former_limit

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the most it can be: 0 and infinity where nothing is known."""
        if self.part is not None:
            return self.part, self.part
        most = self.whole if self.high is None else self.high
        return self.low or 0.0, inf if most is None else most

    @property
    def bounds_by_words(self) -> tuple[float, float]:
        """The bounds, narrowed by what its source says of a number that it hides (`<5`)."""
        low, high = self.bounds
        if self.part is not None or self.said is None:
            return low, high
        least, most = max(low, self.said[0]), min(high, self.said[1])
        return (least, most) if least <= most else (low, high)


def new_cell(values: dict[str, object]) -> Cell:
    """As `Cell(**values)`, made in one go: a frozen object takes long to set its values.

    What is left out is as the class has it. So a cell holds a third of its values, and of a million
    as much more fits into the processor's memory. The values are the cell's own from then on.
    """
    cell = object.__new__(Cell)
    object.__setattr__(cell, "__dict__", values)
    return cell


def is_small(part: float, whole: float | None, limit: int) -> bool:
    """Whether fewer than `limit`, but some, have something, or lack it."""
    return 0 < part < limit or (whole is not None and 0 < whole - part < limit)


@dataclass(frozen=True)
class Sum:
    """Numbers that come to nothing with these signs: the total (-1) first, then its parts."""

    members: tuple[Key, ...]
    signs: tuple[int, ...]


def sum_of(total: Key, parts: Iterable[Key]) -> Sum:
    """A total that is all its parts together."""
    members = (total, *parts)
    return Sum(members, (-1,) + (1,) * (len(members) - 1))
