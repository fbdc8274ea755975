"""Which hidden numbers are held to one value by what is said of them: two `<5` of 8 are two of 4.

No number of persons is below 0, and of a small count its page says that it is one to four.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from math import ceil, floor, inf

from kpi.small_cells import Cell, Key, Sum

# Bounds that narrow each other settle in a few rounds; further ones are of no consequence.
_MOST_ROUNDS, _ROUNDING = 20, 1e-6


def pinned(sums: Sequence[Sum], known: Mapping[Key, Cell], unknown: Set[Key]) -> set[Key]:
    """The unknown numbers of some sums that can be one whole number only."""
    narrowing = [found for each in sums if (found := _unknown_part(each, known, unknown))]
    bounds = {key: _said_of(known[key]) for terms, _ in narrowing for key, _ in terms}
    for _ in range(_MOST_ROUNDS):
        is_narrower = False
        for terms, left in narrowing:
            is_narrower |= _narrow(terms, left, bounds)
        if not is_narrower:
            break
    return {
        key for key, (low, high) in bounds.items()
        if high - low < _ROUNDING and known[key].part == low
    }  # fmt: skip


def _unknown_part(
    each: Sum, known: Mapping[Key, Cell], unknown: Set[Key]
) -> tuple[list[tuple[Key, int]], float] | None:
    """The unknown numbers of a sum with their signs, and what they come to together."""
    terms, left = [], 0.0
    for key, sign in zip(each.members, each.signs, strict=True):
        if key in unknown:
            terms.append((key, sign))
        else:
            part = known[key].part
            if part is None or part % 1:
                return None  # only a limit is said of it, or its number was rounded
            left -= sign * part
    return (terms, left) if terms else None


def _said_of(cell: Cell) -> tuple[float, float]:
    is_told_small = cell.is_small and cell.is_published and not cell.is_bound
    if is_told_small and cell.whole is None and cell.limit > 1:
        return 1.0, cell.limit - 1.0
    return 0.0, inf


def _narrow(
    terms: Sequence[tuple[Key, int]], left: float, bounds: dict[Key, tuple[float, float]]
) -> bool:
    """Narrows the bounds of a sum's unknown numbers by each other; whether any became narrower.

    Numbers that do not add up hold nobody to anything: bounds are not narrowed past each other.
    """
    ends = {key: _signed(bounds[key], sign) for key, sign in terms}
    all_least, all_most = (_Total.of(one[end] for one in ends.values()) for end in (0, 1))
    is_narrower = False
    for key, sign in terms:
        # What the others leave of the sum for this one.
        least, most = left - all_most.without(ends[key][1]), left - all_least.without(ends[key][0])
        by_others = _signed((least, most), sign)
        low, high = bounds[key]
        new_low = max(low, ceil(by_others[0] - _ROUNDING) if by_others[0] > -inf else low)
        new_high = min(high, floor(by_others[1] + _ROUNDING) if by_others[1] < inf else high)
        if new_low <= new_high and (new_low, new_high) != (low, high):
            bounds[key] = new_low, new_high
            is_narrower = True
    return is_narrower


def _signed(ends: tuple[float, float], sign: int) -> tuple[float, float]:
    return ends if sign > 0 else (-ends[1], -ends[0])


@dataclass(frozen=True)
class _Total:
    """A total of numbers some of which may be infinite, all in the same direction."""

    finite: float
    endless: tuple[float, ...]

    @classmethod
    def of(cls, numbers: Iterable[float]) -> "_Total":
        every = list(numbers)
        endless = tuple(one for one in every if abs(one) == inf)
        return cls(sum(one for one in every if abs(one) < inf), endless)

    def without(self, number: float) -> float:
        """The total of all but one of the numbers."""
        if abs(number) == inf:
            return self.endless[0] if len(self.endless) > 1 else self.finite
        return self.endless[0] if self.endless else self.finite - number
