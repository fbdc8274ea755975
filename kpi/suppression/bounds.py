"""Which hidden numbers have only one possible value, by their bounds: two `<5` of 8 are two of 4.

No number of persons is below 0. Of a small count its page says that it is one to four, and so of a
count that is hidden for another's sake that it is not: five or more, or none.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from math import ceil, floor, inf

from kpi.suppression.cells import Cell, Key, Sum

# Bounds that narrow each other converge in a few rounds; further ones are of no consequence.
_MOST_ROUNDS, _ROUNDING = 20, 1e-6
_Ends = tuple[float, float]
# Numbers of a sum with their signs.
Terms = Sequence[tuple[Key, int]]


def determined_by_bounds(
    sums: Sequence[Sum], known: Mapping[Key, Cell], unknown: Set[Key], of_few: Set[Key]
) -> tuple[set[Key], set[Key]]:
    """The numbers of few persons, unknown ones, whose bounds leave one whole number only.

    The second answer: or only two, where pages leave more. Were nothing else hidden for these, it
    would be for the ones of which nothing but one is left, and so tell them: of 1 and 5 that are 6
    all three would be hidden, of no other numbers so.
    """
    narrowed = _narrowed(sums, known, unknown, _KnownBounds(known, are_guards_some=True))
    determined: set[Key] = set()
    nearly: set[Key] = set()
    for key in of_few & narrowed.bounds.keys():
        (low, high), cell = narrowed.bounds[key], known[key]
        is_single = high - low < _ROUNDING
        if is_single and (cell.part == low or _is_hidden_by_source(cell)):
            determined.add(key)
        least, most = own_bounds(cell)
        if cell.part is not None and high - low < 2 - _ROUNDING and most - least > 2 - _ROUNDING:
            nearly.add(key)
    return determined, determined | nearly


def open_ranges(
    sums: Sequence[Sum], known: Mapping[Key, Cell], unknown: Set[Key]
) -> dict[Key, tuple[float, float]]:
    """Between which numbers each unknown one lies by all that is shown; endless where nothing says.

    Of what is hidden only what its page says of it takes part, so that the ranges themselves tell
    no more than readers know.
    """
    return _narrowed(sums, known, unknown, _KnownBounds(known)).bounds


def _narrowed(
    sums: Sequence[Sum], known: Mapping[Key, Cell], unknown: Set[Key], narrowed: "_KnownBounds"
) -> "_KnownBounds":  # fmt: skip
    narrowing = [
        hidden_part for each in sums if (hidden_part := unknown_part(each, known, unknown))
    ]
    for terms, _ in narrowing:
        for key, _ in terms:
            narrowed.begin(key)
    for _ in range(_MOST_ROUNDS):
        is_narrower = False
        for terms, left in narrowing:
            is_narrower |= _narrow(terms, left, narrowed)
        if not is_narrower:
            break
    return narrowed


def unknown_part(
    each: Sum, known: Mapping[Key, Cell], unknown: Set[Key]
) -> tuple[list[tuple[Key, int]], float] | None:
    """The unknown numbers of a sum with their signs, and what they come to together."""
    terms, left = [], 0.0
    if not _adds_up(each, known):
        return None  # numbers that do not add up bound nothing
    for key, sign in zip(each.members, each.signs, strict=True):
        cell = known[key]
        if key in unknown:
            terms.append((key, sign))
            continue
        if cell.part is None or cell.part % 1:
            return None  # only a limit is known, or the number was rounded
        left -= sign * cell.part
    return (terms, left) if terms else None


def _adds_up(each: Sum, known: Mapping[Key, Cell]) -> bool:
    """Whether the numbers come to the total, where all of them are known and not rounded."""
    left = 0.0
    for key, sign in zip(each.members, each.signs, strict=True):
        part = known[key].part
        if part is None or part % 1:
            return True
        left += sign * part
    return abs(left) <= _ROUNDING


def may_hold(each: Sum, known: Mapping[Key, Cell]) -> bool:
    """Whether the numbers come to the total for all that is known, rounded as they are."""
    least = most = 0.0
    for key, sign in zip(each.members, each.signs, strict=True):
        cell = known[key]
        if cell.part is None or (cell.part % 1 and cell.rounded is None):
            return True
        low, high = cell.rounded or (cell.part, cell.part)
        least, most = least + min(sign * low, sign * high), most + max(sign * low, sign * high)
    return least <= _ROUNDING and most >= -_ROUNDING


def _is_hidden_by_source(cell: Cell) -> bool:
    """Whether its source hides it, and says of it more numbers than one."""
    return cell.part is None and cell.said is not None and cell.said[0] < cell.said[1]


def is_guard(cell: Cell) -> bool:
    """Whether a hidden count is one that its page does not call small."""
    is_exact = cell.part is not None and not cell.is_bound
    # Of a limit of 2 nothing is said of the small ones either: `<2` would be the number.
    is_of_ours = cell.limit != 2 and bool(cell.limit) and cell.is_published and cell.whole is None
    return is_exact and is_of_ours and (not cell.is_small or cell.former_limit is not None)


@dataclass
class _KnownBounds:
    """The bounds of each unknown number, by all that is known of it.

    `are_guards_some`: where none is a guard only for want of another one, readers know that a
    guard is not none.
    """

    known: Mapping[Key, Cell]
    are_guards_some: bool = False
    bounds: dict[Key, _Ends] = field(default_factory=dict)

    def begin(self, key: Key) -> None:
        """Sets the bounds that the number's own page gives it."""
        cell = self.known[key]
        low, high = self.bounds.get(key) or own_bounds(cell)
        if self.are_guards_some and cell.part and is_guard(cell):
            low = max(low, float(cell.reported_limit))
        self.bounds[key] = low, high

    def narrow(self, key: Key, least: float, most: float) -> bool:
        """Takes up what others leave for a number; whether its bounds became narrower.

        What leaves out the number itself, or all numbers, is not taken up.
        """
        cell = self.known[key]
        low, high = self.bounds[key]
        new_low = max(low, ceil(least - _ROUNDING) if least > -inf else low)
        new_high = min(high, floor(most + _ROUNDING) if most < inf else high)
        if is_guard(cell):
            # None, or at least as many as are shown.
            new_low = max(new_low, cell.reported_limit) if new_low > 0 else new_low
            new_high = 0 if new_high < cell.reported_limit else new_high
        is_left_out = cell.part is not None and not new_low <= cell.part <= new_high
        if is_left_out or new_low > new_high or (new_low, new_high) == (low, high):
            return False
        self.bounds[key] = new_low, new_high
        return True


def own_bounds(cell: Cell) -> _Ends:
    """Between which numbers a hidden one lies by what its own page says of it."""
    is_reported_small = cell.is_small and cell.is_published and not cell.is_bound
    ends = cell.said or (0.0, inf)
    if is_reported_small and cell.whole is None and cell.limit > 2 and not cell.is_unlabelled:
        return max(ends[0], 1.0), min(ends[1], cell.limit - 1.0)
    return ends if cell.part is None or is_reported_small else (0.0, inf)


def _narrow(terms: Sequence[tuple[Key, int]], left: float, narrowed: _KnownBounds) -> bool:
    """Narrows the bounds of a sum's unknown numbers by each other; whether any became narrower."""
    ends = {key: _signed(narrowed.bounds[key], sign) for key, sign in terms}
    all_least, all_most = (_Total.of(end_pair[end] for end_pair in ends.values()) for end in (0, 1))
    is_narrower = False
    for key, sign in terms:
        # What the others leave of the sum for this one.
        least, most = left - all_most.without(ends[key][1]), left - all_least.without(ends[key][0])
        is_narrower |= narrowed.narrow(key, *_signed((least, most), sign))
    return _narrow_by_guards(terms, left, narrowed) or is_narrower


def _narrow_by_guards(
    terms: Sequence[tuple[Key, int]], left: float, narrowed: _KnownBounds
) -> bool:
    """Narrows by several guards at once: each may be none, but if one is not, they are many."""
    guards = {
        key: sign
        for key, sign in terms
        if is_guard(narrowed.known[key]) and not narrowed.bounds[key][0]
    }
    others = {key: sign for key, sign in terms if key not in guards}
    if len(guards) < 2 or len({*guards.values()}) > 1 or not others:
        return False
    ends = {key: _signed(narrowed.bounds[key], sign) for key, sign in others.items()}
    least, most = (_Total.of(end_pair[end] for end_pair in ends.values()) for end in (0, 1))
    if least.all() - _ROUNDING <= left <= most.all() + _ROUNDING:
        return False  # the others may be all of it
    fewest = min(narrowed.known[key].reported_limit for key in guards)
    is_narrower = False
    for key, sign in others.items():
        by_others = (
            (-inf, left - least.without(ends[key][0]) - fewest)
            if min(guards.values()) > 0
            else (left - most.without(ends[key][1]) + fewest, inf)
        )
        is_narrower |= narrowed.narrow(key, *_signed(by_others, sign))
    return is_narrower


def _signed(ends: _Ends, sign: int) -> _Ends:
    return ends if sign > 0 else (-ends[1], -ends[0])


@dataclass(frozen=True)
class _Total:
    """A total of numbers some of which may be infinite, all in the same direction."""

    finite: float
    endless: tuple[float, ...]

    @classmethod
    def of(cls, numbers: Iterable[float]) -> "_Total":
        """The sum of some numbers, those without end kept apart."""
        every = list(numbers)
        endless = tuple(number for number in every if abs(number) == inf)
        return cls(sum(number for number in every if abs(number) < inf), endless)

    def all(self) -> float:
        """The total of all."""
        return self.endless[0] if self.endless else self.finite

    def without(self, number: float) -> float:
        """The total of all but one of the numbers."""
        if abs(number) == inf:
            return self.endless[0] if len(self.endless) > 1 else self.finite
        return self.endless[0] if self.endless else self.finite - number
