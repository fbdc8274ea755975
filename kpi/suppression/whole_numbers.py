"""Which hidden numbers have one possible value only, by everything that is known of them at once.

Bounds that are narrowed sum by sum (bounds.py) miss what several sums imply together: three `<5` of
9 and, of another day, two of them less one are 3. Here another value of a small number is tried:
where every one of them leads to a contradiction, the number is determined. A search that takes too
many steps proves nothing, and what is not proven to be open is taken for determined.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from math import inf

from kpi.suppression.bounds import Terms, is_guard, own_bounds, unknown_part
from kpi.suppression.cells import Cell, Key, Sum

# Larger groups of numbers have bounds sum by sum only: they are seldom so narrow as small ones.
_MOST_NUMBERS = 120
# How many sums are looked at for one number, and how far from its value others are looked for.
_MOST_STEPS, _REACH = 2_000, 12
# The least and the most that each number may be.
_Domain = tuple[list[float], list[float]]


@dataclass(frozen=True)
class _Line:
    """What some hidden numbers come to together, with their signs."""

    terms: Terms
    left: float


class _UndecidedError(Exception):
    """The search took more steps than it may."""


def determined_together(
    sums: Sequence[Sum], known: Mapping[Key, Cell], unknown: Set[Key], of_few: Set[Key]
) -> set[Key]:
    """The numbers of few persons, hidden ones, that the sums leave one whole number for."""
    lines = []
    for each in sums:
        part = unknown_part(each, known, unknown)
        if part is not None and all(_is_whole(known[key]) for key, _ in part[0]):
            lines.append(_Line(tuple(part[0]), part[1]))
    values = _values_of(lines, known)
    lines = [line for line in lines if _holds(line, values)]
    determined: set[Key] = set()
    for of_group in _connected(lines):
        keys = {key for line in of_group for key, _ in line.terms}
        if len(of_group) > 1 and len(keys) <= _MOST_NUMBERS and not of_few.isdisjoint(keys):
            determined |= _System(of_group, known, values).determined(keys & of_few)
    return determined


def _values_of(lines: Sequence[_Line], known: Mapping[Key, Cell]) -> dict[Key, float]:
    """The numbers, those also that nobody published and that others imply."""
    values: dict[Key, float] = {}
    without: list[_Line] = []
    for line in lines:
        values |= {key: part for key, _ in line.terms if (part := known[key].part) is not None}
        if any(known[key].part is None for key, _ in line.terms):
            without.append(line)
    is_any_new = True
    while is_any_new:
        is_any_new = False
        for line in without:
            missing = [(key, sign) for key, sign in line.terms if key not in values]
            if len(missing) == 1:
                ((key, sign),) = missing
                others = sum(its * values[other] for other, its in line.terms if other != key)
                values[key] = sign * (line.left - others)
                is_any_new = True
    return values


def _holds(line: _Line, values: Mapping[Key, float]) -> bool:
    """Whether a line is true as far as is known: else nothing follows from it."""
    if any(key not in values for key, _ in line.terms):
        return True
    return sum(sign * values[key] for key, sign in line.terms) == line.left


def _is_whole(cell: Cell) -> bool:
    return cell.part is None or not cell.part % 1


def _connected(lines: Sequence[_Line]) -> list[list[_Line]]:
    """The lines that share hidden numbers."""
    lines_with: dict[Key, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        for key, _ in line.terms:
            lines_with[key].append(number)
    seen: set[int] = set()
    groups = []
    for start in range(len(lines)):
        if start in seen:
            continue
        seen.add(start)
        waiting, group = [start], []
        while waiting:
            number = waiting.pop()
            group.append(lines[number])
            for key, _ in lines[number].terms:
                fresh = [other for other in lines_with[key] if other not in seen]
                seen.update(fresh)
                waiting += fresh
        groups.append(list({(line.terms, line.left): line for line in group}.values()))
    return groups


class _System:
    """Connected lines, and the search for other values of their numbers, which index keys."""

    def __init__(
        self, lines: Sequence[_Line], known: Mapping[Key, Cell], values: Mapping[Key, float]
    ) -> None:
        self.values = values
        self.keys = sorted({key for line in lines for key, _ in line.terms})
        place = {key: number for number, key in enumerate(self.keys)}
        self.lines = [[(place[key], sign) for key, sign in line.terms] for line in lines]
        self.left = [line.left for line in lines]
        self.lines_with: list[list[int]] = [[] for _ in self.keys]
        for number, terms in enumerate(self.lines):
            for member, _ in terms:
                self.lines_with[member].append(number)
        self.cells = [known[key] for key in self.keys]
        # A number that guards another is none, or at least the source's limit.
        self.gap = [cell.reported_limit if is_guard(cell) else 0 for cell in self.cells]
        self.steps = 0

    def determined(self, keys: Set[Key]) -> set[Key]:
        """Those of the keys for which no other value is possible, or none is found in time."""
        numbers = [number for number, key in enumerate(self.keys) if key in keys]
        ends = [self._near(number) for number in range(len(self.keys))]
        start = [low for low, _ in ends], [high for _, high in ends]
        try:
            if not self._narrow(start, range(len(self.lines))):
                return set()  # what is said contradicts itself: nothing follows
        except _UndecidedError:
            return {self.keys[number] for number in numbers}
        is_open: set[int] = set()
        for number in numbers:
            if number not in is_open:
                is_open |= self._others_of(number, start)
        return {self.keys[number] for number in numbers if number not in is_open}

    def _near(self, number: int) -> tuple[float, float]:
        """Where another value of a number is looked for: a solution far off proves no more."""
        low, high = own_bounds(self.cells[number])
        value = self.values.get(self.keys[number])
        if value is None or not low <= value <= high:
            return low, high
        return max(low, value - _REACH), min(high, value + _REACH)

    def _others_of(self, number: int, start: _Domain) -> set[int]:
        """The numbers, this one among them, that another solution has another value for."""
        self.steps = 0
        value = self.cells[number].part
        count = 0
        try:
            for other in self._candidates(number, start):
                if other != value and (solution := self._solution(start, number, other)):
                    count += 1
                    # Of what its source hides nobody knows the value: it takes two.
                    if value is not None or count > 1:
                        return {number} | {
                            each for each, low in enumerate(solution[0])
                            if self.cells[each].part not in (None, low)
                        }  # fmt: skip
        except _UndecidedError:
            return set()  # not proven to be open
        return set()

    def _candidates(self, number: int, domain: _Domain) -> list[float]:
        """The values that a number may have, those nearest to its own first."""
        low, high = domain[0][number], domain[1][number]
        middle = min(max(self.values.get(self.keys[number], low), low), high)
        low, high = max(low, middle - _REACH), min(high, middle + _REACH)
        gap = self.gap[number]
        values = [low + step for step in range(int(high - low) + 1)]
        return sorted(
            (value for value in values if not 0 < value < gap),
            key=lambda value: abs(value - middle),
        )

    def _solution(self, domain: _Domain, number: int, value: float) -> _Domain | None:
        """Values of all numbers with which every line holds, of which one is given."""
        trial = domain[0][:], domain[1][:]
        trial[0][number] = trial[1][number] = value
        if not self._narrow(trial, self.lines_with[number]):
            return None
        spans = [
            (high - low, each) for each, (low, high) in enumerate(zip(*trial, strict=True))
            if low < high
        ]  # fmt: skip
        if not spans:
            return trial
        _, narrowest = min(spans)
        for other in self._candidates(narrowest, trial):
            solution = self._solution(trial, narrowest, other)
            if solution:
                return solution
        return None

    def _narrow(self, domain: _Domain, numbers: Iterable[int]) -> bool:
        """Narrows what each number may be by the lines it is in; False on a contradiction."""
        lows, highs = domain
        waiting = dict.fromkeys(numbers)
        while waiting:
            line, _ = waiting.popitem()
            self.steps += 1
            if self.steps > _MOST_STEPS:
                raise _UndecidedError
            for number, least, most in self._left_for_each(line, domain):
                gap = self.gap[number]
                low, high = max(least, lows[number]), min(most, highs[number])
                low = gap if 0 < low < gap else low
                high = 0 if 0 < high < gap else high
                if low > high:
                    return False
                if low > lows[number] or high < highs[number]:
                    lows[number], highs[number] = low, high
                    waiting |= dict.fromkeys(self.lines_with[number])
        return True

    def _left_for_each(self, line: int, domain: _Domain) -> list[tuple[int, float, float]]:
        """What the others of a line leave for each of its numbers."""
        lows, highs = domain
        terms = self.lines[line]
        # What all come to at least and at most, less this one: of an endless one, all but it.
        least = most = 0.0
        endless_low = endless_high = 0
        for number, sign in terms:
            high = highs[number]
            if sign > 0:
                least, most = least + lows[number], most + (high if high < inf else 0)
                endless_high += high == inf
            else:
                least, most = least - (high if high < inf else 0), most - lows[number]
                endless_low += high == inf
        left = self.left[line]
        narrowed = []
        for number, sign in terms:
            low, high = lows[number], highs[number]
            is_endless = high == inf
            of_high = 0 if is_endless else high
            if sign > 0:
                by_most = inf if endless_low else left - (least - low)
                by_least = -inf if endless_high - is_endless else left - (most - of_high)
            else:
                by_most = inf if endless_high else (most + low) - left
                by_least = -inf if endless_low - is_endless else (least + of_high) - left
            narrowed.append((number, by_least, by_most))
        return narrowed
