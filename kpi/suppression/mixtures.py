"""The denominators of two percentages or means whose total's is known: 50 % of 51,6 and 20.

A total lies between its parts, the nearer the larger the part is. Whoever knows the denominator of
the total finds those of two parts: only whole persons give the percentages as shown. Of few persons
a percentage needs no other beside it: of at most twenty, 23,1 % are 3 of 13.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kpi.domain.paired_statistics import Numbers

# Of more people too many numbers are possible for one to be determined.
_MOST = 5_000
_NOTHING = 1e-6


class Rate(NamedTuple):
    """A percentage (`is_share`) or a mean, and by how much it may be rounded."""

    value: float
    rounding: float
    is_share: bool

    @property
    def scale(self) -> float:
        """How much of the unit the denominator is: 100 percent."""
        return 100.0 if self.is_share else 1.0


class Room(NamedTuple):
    """What a total leaves for a part: of how many it may be, how many have or lack something."""

    of_all: float
    having: float
    lacking: float


@lru_cache(maxsize=65_536)
def persons_within(rate: Rate, of_all: float) -> tuple[float, float]:
    """The least and the most that all of a percentage or a mean have together; whole persons."""
    low, high = sums_within(rate, np.array([of_all]))
    return float(low[0]), float(high[0])


def of_part(rate: Rate, rooms: Sequence[Room]) -> float | None:
    """The denominator of a percentage within totals that leave it some room; None: several fit.

    It is determined if all possible ones give the same number of persons who have something, or
    the same number of those who lack it, and the largest is taken then.
    """
    if not rooms:
        return None
    return _of_part(rate, Room(*(min(ends) for ends in zip(*rooms, strict=True))))


@lru_cache(maxsize=65_536)
def _of_part(rate: Rate, room: Room) -> float | None:
    # From so many persons on, a step of the percentage is two of them: several numbers fit each.
    if room.of_all > min(_MOST, 100 / max(rate.rounding, _NOTHING)):
        return None
    numbers: Numbers = np.arange(1, room.of_all + _NOTHING, dtype=float)
    low, high = sums_within(rate, numbers)
    low = np.maximum(low, np.ceil(numbers - room.lacking - _NOTHING))
    high = np.minimum(high, np.floor(room.having + _NOTHING))
    fits = low <= high + _NOTHING
    numbers, low, high = numbers[fits], low[fits], high[fits]
    # That all or none of them have something is said by the percentage itself.
    is_one_number = numbers.size and (
        0 < low.min() == high.max() or 0 < (numbers - high).min() == (numbers - low).max()
    )
    return float(numbers[-1]) if is_one_number else None


def of_mixture(rates: Sequence[Rate], known: Sequence[float | None]) -> dict[int, float]:
    """The denominators that follow for the two that are not `known`, by their places.

    The first is the total of the others. A share's denominator is determined if all possible ones
    give the same number of persons, or of those who lack it, a mean's if only one is possible.
    """
    first, second = (place for place, number in enumerate(known) if number is None)
    numbers = _possible(first, second, known)
    counts = {first: numbers, second: _other(first, second, known, numbers)}
    least, most = np.zeros(numbers.size), np.zeros(numbers.size)
    fits = counts[second] > 0
    for place, (rate, number) in enumerate(zip(rates, known, strict=True)):
        of_all: Numbers = counts[place] if number is None else np.full(numbers.size, number)
        low, high = sums_within(rate, of_all)
        fits &= low <= high + _NOTHING
        least += -high if place == 0 else low
        most += -low if place == 0 else high
    fits &= (least <= _NOTHING) & (most >= -_NOTHING)
    denominators: dict[int, float] = {}
    for place in (first, second):
        possible = counts[place][fits]
        if possible.size and _is_one_number(rates[place], possible):
            denominators[place] = float(possible[0])
    return denominators


def _is_one_number(rate: Rate, possible: Numbers) -> bool:
    """Whether of all possible denominators as many have something, or lack it."""
    if not rate.is_share:
        return bool(np.ptp(possible) == 0)
    persons = np.round(possible * rate.value / 100)
    return bool(np.ptp(persons) == 0 or np.ptp(possible - persons) == 0)


def _possible(first: int, second: int, known: Sequence[float | None]) -> Numbers:
    """The numbers of all that the first unknown one can be."""
    others = sum(number or 0 for number in known[1:])
    most = (known[0] or 0) - others if first else others + _MOST
    start = 1 if first else int(others) + 1
    return np.arange(start, min(most, start + _MOST) + 1, dtype=float)


def _other(first: int, second: int, known: Sequence[float | None], numbers: Numbers) -> Numbers:
    """The numbers of all of the second unknown one that belong to those of the first."""
    others = sum(number or 0 for number in known[1:])
    return numbers - others if first == 0 else (known[0] or 0) - others - numbers


def sums_within(rate: Rate, of_all: Numbers) -> tuple[Numbers, Numbers]:
    """The least and the most that all of a percentage or a mean have together; whole persons."""
    low: NDArray[np.float64] = of_all * (rate.value - rate.rounding) / rate.scale
    high: NDArray[np.float64] = of_all * (rate.value + rate.rounding) / rate.scale
    if rate.is_share:
        return np.ceil(low - _NOTHING), np.floor(high + _NOTHING)
    return low, high
