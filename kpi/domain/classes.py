"""Values in five classes around a benchmark, whose limits lie between the numbers as written.

So no number that is shown has two colours: 77,4 is written 77, and 77 belongs to one class. The
middle class holds the benchmark; the next on each side is half as wide as nine in ten of the values
on that side lie from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from statistics import median

from kpi.domain import format as fmt

CLASSES = 5
MIDDLE = 2
# Numbers are written with as few decimals as still tell so many values apart.
_LEAST_APART = 8
_FAR = 0.9
# Longer numbers than this are written in thousands.
_LONG = 10_000


@dataclass(frozen=True)
class Classes:
    """The limits of the classes in units of the last digit that is written.

    `ends` are the first and last unit of each of the three inner classes; `decimals` those that are
    written, `thousands` whether values are written as thousands.
    """

    ends: tuple[tuple[int, int], ...]
    decimals: int
    thousands: bool

    def of(self, value: float) -> int:
        """The class of a value, 0 to 4, lowest first."""
        unit = self._unit(value)
        return sum(unit >= first for first, _ in self.ends) + (unit > self.ends[-1][1])

    def text(self, value: float) -> str:
        """The value as its square shows it."""
        return fmt.number(value / 1000 if self.thousands else value, self.decimals)

    def names(self) -> tuple[str, ...]:
        """The classes by their limits: `højst 73`, `74-76`, `77-78`, `79-81`, `mindst 82`."""
        inner = [
            self._name(first) if first == last else f"{self._name(first)}-{self._name(last)}"
            for first, last in self.ends
        ]
        lowest, highest = self.ends[0][0] - 1, self.ends[-1][1] + 1
        return (f"højst {self._name(lowest)}", *inner, f"mindst {self._name(highest)}")

    def _name(self, unit: int) -> str:
        return fmt.number(unit / 10**self.decimals, self.decimals)

    def _unit(self, value: float) -> int:
        return _units(value, self.decimals, self.thousands)


def classes_around(benchmark: float, values: Sequence[float], most_decimals: int) -> Classes:
    """The five classes of values (of which there is one at least) around the benchmark."""
    thousands = median(map(abs, values)) >= _LONG
    decimals = next(
        (
            decimals
            for decimals in range(most_decimals)
            if len({_units(value, decimals, thousands) for value in values}) >= _LEAST_APART
        ),
        0 if thousands else most_decimals,
    )
    exact = benchmark / (1000 if thousands else 1) * 10**decimals
    first, last = floor(exact + 1e-9), ceil(exact - 1e-9)
    units = [_units(value, decimals, thousands) for value in values]
    below = _width([first - unit for unit in units if unit < first])
    above = _width([unit - last for unit in units if unit > last])
    inner = ((first - below, first - 1), (first, last), (last + 1, last + above))
    return Classes(inner, decimals, thousands)


def _width(distances: Sequence[int]) -> int:
    """Half of how far nine in ten of the values on one side lie from the middle; 1 at least."""
    far = sorted(distances)
    return max(1, round(far[ceil(_FAR * len(far)) - 1] / 2)) if far else 1


def _units(value: float, decimals: int, thousands: bool) -> int:
    scaled = value / 1000 if thousands else value
    return int(fmt.round_half_up(scaled, decimals).scaleb(decimals))
