"""What a figure is compared with that is no row: the mean or the median of other areas."""

import math
from collections.abc import Sequence
from statistics import fmean
from typing import NamedTuple

from kpi.domain.measure import Measured, interval_of


class Middle(NamedTuple):
    """A mean or median of others, in percent where counts are known, else in the unit's own step.

    `reach` is how far below and above it its 95 % interval goes, in percentage points. It is None
    where a member's counts are not known, and nothing for a median, which is taken as it stands.
    """

    value: float
    reach: tuple[float, float] | None = (0.0, 0.0)


def mean_of(members: Sequence[Measured]) -> Middle:
    """The plain mean of areas' figures, each of which has a value.

    Its interval is that of a sum of independent shares, recovered from their own Wilson intervals
    (MOVER; Zou and Donner 2008, Statistics in Medicine 27:1693-1702).
    """
    values = [each.value for each in members if each.value is not None]
    return Middle(round(fmean(values), 10), _reach(members))


def _reach(members: Sequence[Measured]) -> tuple[float, float] | None:
    below, above = [], []
    for each in members:
        ends = interval_of(each.counts)
        if ends is None or each.value is None:
            return None
        below.append(each.value - ends[0])
        above.append(ends[1] - each.value)
    return math.hypot(*below) / len(below), math.hypot(*above) / len(above)
