"""What chance could do: intervals, comparisons, trends and funnels, as plain functions.

Proportions are fractions (0 to 1) here; the display shows percent. No plain function returns
NaN: input without a meaning raises KpiError. For many pairs at once see
`kpi.domain.paired_statistics`.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import NormalDist

from kpi.domain.errors import KpiError

LOWER, SIMILAR, HIGHER = "lower", "similar", "higher"
RISING, FALLING, NO_CHANGE, TOO_SHORT = "rising", "falling", "no_change", "too_short"
_TREND_POINTS = 5
_TREND_CONFIDENCE = 0.998
_EXACT_BELOW = 10
# As Fingertips turns an interval back into a standard error.
_Z_95 = 1.96


@dataclass(frozen=True)
class Difference:
    """The difference of two proportions (first minus second), as fractions, with its interval."""

    value: float
    low: float
    high: float
    verdict: str


@dataclass(frozen=True)
class TrendPoint:
    """A value at a period. `step` numbers the periods; equal steps are one apart.

    Proportions carry `numerator` and `denominator`; other values their 95 % interval.
    """

    step: int
    value: float
    numerator: float | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None


def proportion_interval(
    numerator: float, denominator: float, confidence: float = 0.95
) -> tuple[float, float]:
    """The interval of a proportion, as fractions: Wilson's score method without correction.

    Wilson 1927; Newcombe 1998 (method 3), Statistics in Medicine 17:857-872.
    """
    _need_count(numerator, "Tælleren")
    _need_denominator(denominator)
    if numerator > denominator:
        raise _meaningless(f"Tælleren ({numerator:g}) er større end nævneren ({denominator:g}).")
    z = z_of(confidence)
    share = numerator / denominator
    middle = share + z * z / (2 * denominator)
    reach = z * math.sqrt((share * (1 - share) + z * z / (4 * denominator)) / denominator)
    divisor = 1 + z * z / denominator
    # Rounding must not leave a hair beyond what is possible, or beside 0 of n and n of n.
    low = 0.0 if numerator == 0 else max(0.0, (middle - reach) / divisor)
    high = 1.0 if numerator == denominator else min(1.0, (middle + reach) / divisor)
    return low, high


def count_interval(count: float, confidence: float = 0.95) -> tuple[float, float]:
    """The interval of a count: Byar's approximation from 10 up, the exact Poisson one below.

    Breslow and Day 1987, Statistical Methods in Cancer Research II, p. 69; Garwood 1936.
    """
    _need_count(count, "Antallet")
    tail = (1 - confidence) / 2
    if count < _EXACT_BELOW:
        if not float(count).is_integer():
            raise _meaningless(f"Under {_EXACT_BELOW} skal antallet være helt, ikke {count:g}.")
        return _exact_poisson(int(count), tail)
    z = z_of(confidence)

    def byar(number: float, side: float) -> float:
        """Byar's approximation of a limit: the lower with side -1, the upper with 1."""
        return float(number * (1 - 1 / (9 * number) + side * z / (3 * math.sqrt(number))) ** 3)

    return byar(count, -1), byar(count + 1, 1)


def rate_interval(
    count: float, denominator: float, multiplier: float = 100_000, confidence: float = 0.95
) -> tuple[float, float]:
    """The interval of a rate per `multiplier`: that of its count, over the denominator."""
    _need_denominator(denominator)
    low, high = count_interval(count, confidence)
    return low / denominator * multiplier, high / denominator * multiplier


def compare_to_value(low: float, high: float, benchmark: float) -> str:
    """Whether an interval is "lower" or "higher" than the benchmark, or contains it: "similar"."""
    if any(math.isnan(number) for number in (low, high, benchmark)) or low > high:
        raise _meaningless("Intervallet eller sammenligningstallet er ikke gyldige tal.")
    if high < benchmark:
        return LOWER
    return HIGHER if low > benchmark else SIMILAR


def compare_two(
    numerator: float,
    denominator: float,
    other_numerator: float,
    other_denominator: float,
    confidence: float = 0.95,
) -> Difference:
    """The difference of two independent proportions with its interval, and which is higher.

    Newcombe's hybrid score method (method 10), Statistics in Medicine 1998, 17:873-890.
    """
    low, high = proportion_interval(numerator, denominator, confidence)
    other_low, other_high = proportion_interval(other_numerator, other_denominator, confidence)
    share, other = numerator / denominator, other_numerator / other_denominator
    value = share - other
    lowest = value - math.hypot(share - low, other_high - other)
    highest = value + math.hypot(high - share, other - other_low)
    return Difference(value, lowest, highest, compare_to_value(lowest, highest, 0.0))


def trend(points: Sequence[TrendPoint]) -> str:
    """Whether the last five values rise or fall: "rising", "falling", "no_change", "too_short".

    The recent trend of the Office for Health Improvement and Disparities' Fingertips: the
    chi-squared test for trend in proportions, weighted regression on the values otherwise, at 99.8
    %; the direction must also be the same when any one of the five is left out. The points must be
    one step apart.
    """
    last = sorted(points, key=lambda point: point.step)[-_TREND_POINTS:]
    apart = {later.step - earlier.step for earlier, later in pairwise(last)}
    if len(last) < _TREND_POINTS or apart != {1}:
        return TOO_SHORT
    slope, statistic = trend_statistic(last)
    if statistic <= z_of(_TREND_CONFIDENCE) ** 2:
        return NO_CHANGE
    without_one = [
        trend_statistic([*last[:place], *last[place + 1 :]])[0] for place in range(len(last))
    ]
    if any(steepness * slope <= 0 for steepness in without_one):
        return NO_CHANGE
    return RISING if slope > 0 else FALLING


def trend_statistic(points: Sequence[TrendPoint]) -> tuple[float, float]:
    """The slope per step, and the chi-squared statistic (one degree of freedom) that tests it."""
    if all(point.numerator is not None and point.denominator for point in points):
        return _trend_in_proportions(points)
    return _trend_in_values(points)


def funnel_limits(
    centre: float, denominator: float, confidence: float = 0.95
) -> tuple[float, float]:
    """Between which proportions chance alone would place an area of this size; within 0 and 1.

    The score test's limits, centre -/+ z * sqrt(centre * (1 - centre) / n): a proportion lies
    outside them just when its Wilson interval does not contain the centre. Spiegelhalter 2005,
    Statistics in Medicine 24:1185-1202.
    """
    _need_denominator(denominator)
    if not 0 <= centre <= 1:
        raise _meaningless(f"Midten skal ligge mellem 0 og 1, ikke {centre:g}.")
    reach = z_of(confidence) * math.sqrt(centre * (1 - centre) / denominator)
    return max(0.0, centre - reach), min(1.0, centre + reach)


def _trend_in_proportions(points: Sequence[TrendPoint]) -> tuple[float, float]:
    # Armitage 1955. Steps are the scores.
    counted = [(point.step, point.numerator or 0.0, point.denominator or 0.0) for point in points]
    for _, numerator, denominator in counted:
        proportion_interval(numerator, denominator)
    total = sum(denominator for *_, denominator in counted)
    share = sum(numerator for _, numerator, _ in counted) / total
    middle = sum(step * denominator for step, _, denominator in counted) / total
    spread = sum(denominator * (step - middle) ** 2 for step, _, denominator in counted)
    moved = sum((step - middle) * numerator for step, numerator, _ in counted)
    variance = share * (1 - share) * spread
    if variance <= 0:
        return 0.0, 0.0
    return moved / spread, moved**2 / variance


def _trend_in_values(points: Sequence[TrendPoint]) -> tuple[float, float]:
    weighted = []
    for point in points:
        if point.low is None or point.high is None or not point.low < point.high:
            raise _meaningless("En tendens kræver hvert tals interval.")
        weighted.append((point.step, point.value, ((point.high - point.low) / (2 * _Z_95)) ** -2))
    total = sum(weight for *_, weight in weighted)
    middle = sum(step * weight for step, _, weight in weighted) / total
    spread = sum(weight * (step - middle) ** 2 for step, _, weight in weighted)
    slope = sum(weight * (step - middle) * value for step, value, weight in weighted) / spread
    return slope, slope**2 * spread


def _exact_poisson(count: int, tail: float) -> tuple[float, float]:
    def at_most(number: int, mean: float) -> float:
        """The chance of at most `number` where `mean` are expected."""
        term = total = math.exp(-mean)
        for place in range(1, number + 1):
            term *= mean / place
            total += term
        return total

    low = 0.0 if count == 0 else _solve(lambda mean: 1 - at_most(count - 1, mean) - tail, count)
    high = _solve(lambda mean: tail - at_most(count, mean), 50.0)
    return low, high


def _solve(rising: Callable[[float], float], most: float) -> float:
    """Where a rising function of a mean between 0 and `most` is 0, by halving."""
    low, high = 0.0, float(most)
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return (low + high) / 2


def z_of(confidence: float) -> float:
    """The standard normal quantile of a two-sided interval of this confidence (a fraction).

    KpiError where the confidence is not between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise _meaningless(f"Sikkerheden skal ligge mellem 0 og 1, ikke {confidence:g}.")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def _need_count(number: float, name: str) -> None:
    if not math.isfinite(number) or number < 0:
        raise _meaningless(f"{name} skal være et tal fra 0 og op, ikke {number}.")


def _need_denominator(number: float) -> None:
    if not math.isfinite(number) or number <= 0:
        raise _meaningless(f"Nævneren skal være over 0, ikke {number}.")


def _meaningless(reason: str) -> KpiError:
    return KpiError("Usikkerheden kan ikke beregnes", reason)
