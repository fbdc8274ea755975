"""The pairs that a percentage or a mean may be: of how many it is, and how many have it.

Each row leaves some, sums of areas, groups and periods say of how many it is at most, and so does
how far it is from its total: share_systems.py looks which of them fit together.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil, floor, inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kpi.suppression.cells import Key, Sum
from kpi.suppression.intervals import equations_of, narrowed_bounds
from kpi.suppression.mixtures import Rate, sums_within

Codes = NDArray[np.int64]
# Of pairs: of how many, how many have something, or how many lack it.
View = Callable[[Codes], Codes]
# A pair is one number: so many times of how many it is, and how many have it.
BASE = 2**32
# With more pairs that fit, a number is taken for open.
MOST_PAIRS = 20_000
_NOTHING = 1e-6


def of_all_of(codes: Codes) -> Codes:
    """Of how many each pair is."""
    return codes // BASE


def having(codes: Codes) -> Codes:
    """How many have it."""
    return codes % BASE


def lacking(codes: Codes) -> Codes:
    """How many lack it."""
    return codes // BASE - codes % BASE


class Shown(NamedTuple):
    """What the row of a key reports: a rate, of how many, how many have it (of a mean: sum)."""

    rate: Rate | None
    of_all: float | None
    persons: float | None

    @property
    def is_known(self) -> bool:
        """Whether it reports of how many it is and how many have it."""
        return self.of_all is not None and self.persons is not None


NOTHING_SHOWN = Shown(None, None, None)


class Counted(NamedTuple):
    """Of how many a number is and how many have it, where all that is shown leaves only this."""

    of_all: float
    persons: float


def counted_of(code: int) -> Counted:
    """A pair in words."""
    return Counted(float(code // BASE), float(code % BASE))


@dataclass(frozen=True)
class Constraints:
    """What adds up (`sums`), and totals (-1) with parts that come to no more (`rests`)."""

    sums: list[Sum]
    rests: list[Sum]


def domains_of(
    shown: Mapping[Key, Shown], constraints: Constraints
) -> tuple[dict[Key, Codes], bool]:
    """The pairs of each key that may be few enough to try; others are open.

    And whether the constraints leave none for any: some of them do not hold.
    """
    rates = {key: ends for key, each in shown.items() if (ends := _rates_of(each)) is not None}
    bounds = narrowed_bounds(
        {key: _bounds_of(each) for key, each in shown.items()},
        equations_of(constraints.sums, rates), constraints.rests,
    )  # fmt: skip
    pairs = {key: _pairs(each, *bounds[key]) for key, each in shown.items()}
    domains = {key: codes for key, codes in pairs.items() if codes is not None and codes.size}
    return domains, any(codes is not None and not codes.size for codes in pairs.values())


def _rates_of(shown: Shown) -> tuple[float, float] | None:
    """Between which shares or means a number lies."""
    if shown.of_all and shown.persons is not None:
        return shown.persons / shown.of_all, shown.persons / shown.of_all
    if shown.rate is None:
        return None
    value, rounding, scale = shown.rate.value, shown.rate.rounding, shown.rate.scale
    return (value - rounding) / scale, (value + rounding) / scale


def _bounds_of(shown: Shown) -> tuple[float, float]:
    """Of how many a number is at least and at most by its row: 6 are 1,9 % of 324 at most."""
    if shown.of_all is not None:
        return shown.of_all, shown.of_all
    if shown.persons is None or shown.rate is None:
        return float(shown.rate is not None), inf
    least, most = (shown.rate.value + sign * shown.rate.rounding for sign in (-1, 1))
    of_all = shown.rate.scale * shown.persons
    return (
        max(ceil(of_all / most - _NOTHING), 1) if most > 0 else 1,
        floor(of_all / least + _NOTHING) if least > 0 else inf,
    )


def _pairs(shown: Shown, least: float, most: float) -> Codes | None:
    """The pairs that a row leaves, sorted; None where they are too many."""
    if shown.of_all is None and most - least > MOST_PAIRS:
        return None
    if shown.rate is None and most * min(most, MOST_PAIRS) > 2 * MOST_PAIRS:
        return None
    of_all = np.arange(least, most + 1) if shown.of_all is None else np.array([shown.of_all])
    is_share = shown.rate is None or shown.rate.is_share
    if shown.is_known:
        low = high = np.array([shown.persons])
    elif shown.rate is not None:
        low, high = sums_within(shown.rate, of_all)
        low, high = np.ceil(low - _NOTHING), np.floor(high + _NOTHING)
    elif is_share:
        low, high = np.zeros(of_all.size), of_all
    else:
        return None
    if shown.persons is not None:
        low, high = np.maximum(low, shown.persons), np.minimum(high, shown.persons)
    if shown.rate is None or shown.rate.value >= 0:
        low = np.maximum(low, 0)
    if is_share:
        high = np.minimum(high, of_all)
    count = np.maximum(high - low + 1, 0)
    if count.sum() > MOST_PAIRS or (high.size and (high.max() >= BASE / 2 or low.min() < 0)):
        return None
    times = count.astype(np.int64)
    first = np.repeat(low.astype(np.int64), times)
    step = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    codes: Codes = np.repeat(of_all.astype(np.int64), times) * BASE + first + step
    return codes
