"""What chance could do, for many pairs at once: the answers of `kpi.domain.statistics` in arrays.

A pair without a meaning is NaN. Apart from the plain functions, because numpy takes longer to load
than a command that compares nothing takes to run.
"""

import numpy as np
from numpy.typing import NDArray

from kpi.domain.statistics import z_of

# One number a pair, NaN where it is not known.
Numbers = NDArray[np.float64]


def proportion_intervals(numerators: Numbers, denominators: Numbers) -> tuple[Numbers, Numbers]:
    """The lower and upper ends of many proportions' 95 % intervals, as `proportion_interval` says.

    NaN where a pair is not known (NaN) or has no meaning (n = 0, numerator above denominator).
    """
    known = (numerators >= 0) & (numerators <= denominators) & (denominators > 0)
    known &= np.isfinite(denominators)
    count, n = np.where(known, numerators, np.nan), np.where(known, denominators, np.nan)
    z = z_of(0.95)
    share = count / n
    middle = share + z * z / (2 * n)
    reach = z * np.sqrt((share * (1 - share) + z * z / (4 * n)) / n)
    divisor = 1 + z * z / n
    low = np.where(count == 0, 0.0, np.maximum(0.0, (middle - reach) / divisor))
    high = np.where(count == n, 1.0, np.minimum(1.0, (middle + reach) / divisor))
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def differences(
    numerators: Numbers,
    denominators: Numbers,
    other_numerators: Numbers,
    other_denominators: Numbers,
) -> tuple[Numbers, Numbers]:
    """The lower and upper ends of many differences' 95 % intervals, as `compare_two` says.

    NaN where one of the two proportions is not known or has no meaning.
    """
    low, high = proportion_intervals(numerators, denominators)
    other_low, other_high = proportion_intervals(other_numerators, other_denominators)
    # What has no meaning is NaN by the intervals.
    with np.errstate(all="ignore"):
        share, other = numerators / denominators, other_numerators / other_denominators
        value = share - other
        return (
            value - np.hypot(share - low, other_high - other),
            value + np.hypot(high - share, other - other_low),
        )
