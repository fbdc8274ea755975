"""Comparing figures: change over time and gaps. Plain functions of observations, no database.

Two values are compared only when indicator, group and period are the same (of two groups: all but
the group). Values whose counts are known are compared as shares counted afresh. Which figures may
be in one series is in kpi/domain/figures.py, with whom a figure is compared, and what comes first,
in kpi/domain/verdicts.py, the words for it in kpi/domain/judgement.py, places among areas in
kpi/domain/ranking.py.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, assert_never

from kpi.domain.figures import are_alike
from kpi.domain.format import gap_decimals, round_half_up, rounds_to_zero, shown_steps
from kpi.domain.measure import Measured, interval_of, measured
from kpi.domain.middle import Middle, mean_of
from kpi.domain.model import Break, Indicator, Observation
from kpi.domain.period import Period
from kpi.domain.series_break import break_between
from kpi.domain.statistics import compare_two
from kpi.domain.vocabulary import (
    BETTER,
    EQUAL,
    HIGHER,
    LOWER,
    NO_COMPARISON,
    SAME,
    WORSE,
    ComparedWith,
    Verdict,
)

# What has a figure of the very same period: of another period `pair` knows no value.
OfSamePeriod = Literal["area", "group"]
# The `with_id` of a comparison with the median of the other municipalities.
MEDIAN = "municipalities"
# Values so many shown steps apart are never shown alike, whatever binary fractions make of them.
_NEVER_ALIKE = 1.001


@dataclass(frozen=True)
class Change:
    """From an earlier value to this one: points in the unit's own step, percent of the earlier.

    `relative_percent` is None where `relative_change` knows none.

    `is_chance`: the counts are known, and chance alone could have made the change. `approximate`:
    one of the two values is.
    """

    since: Period
    earlier_value: float
    change_points: float
    relative_percent: float | None
    is_chance: bool = False
    approximate: bool = False


class Parted(NamedTuple):
    """The break that keeps a figure from being compared with the one before, of `since`."""

    since: Period
    broken: Break


class Comparison(NamedTuple):
    """A value compared with another area, an area set's mean, a reference group, or a target.

    A tuple, as Observation is: a page makes a thousand of them.

    `with_id` is an id of what `kind` says. `value` and `gap_points` (own value minus the other) are
    in percentage points when `in_percent`, else in the unit's own step; None when there is nothing
    to compare with. `low` and `high` are the gap's
    95 % interval; None where no counts are known, so that chance could not be judged.
    `is_benchmark`: it is what the indicator is judged by. `areas` is how many others a mean or
    median is made of. `approximate`: one of the two values is, and the gap is known in whole steps
    only.
    """

    kind: ComparedWith
    with_id: str
    value: float | None
    gap_points: float | None
    verdict: Verdict
    in_percent: bool
    other: Observation | None = None
    low: float | None = None
    high: float | None = None
    is_benchmark: bool = False
    areas: int | None = None
    approximate: bool = False

    @property
    def is_judged(self) -> bool:
        """Whether counts are known, so that the verdict says what chance could do."""
        return self.low is not None


class Pair(NamedTuple):
    """A figure and what it is compared with: another row, or a plain value such as a mean.

    `kind` and `with_id` are Comparison's. `value` is what it is compared with, as a percentage
    where counts are known; None where the two cannot be compared with each other. `is_neutral`:
    between groups of people, or programmes of different families, neither is better. `is_above`:
    the other is an area that contains its own. `reach` is a plain value's (kpi.domain.middle).
    """

    own: Measured
    kind: ComparedWith
    with_id: str
    value: float | None
    other: Measured | None = None
    is_neutral: bool = False
    is_benchmark: bool = False
    areas: int | None = None
    is_above: bool = False
    reach: tuple[float, float] | None = (0.0, 0.0)

    @property
    def is_counted(self) -> bool:
        """Whether enough counts are known to say what chance could do.

        The figure's own always. Those of the other as well, unless it is a plain value or of an
        area that contains its own: of so many that their chance counts for little.
        """
        if self.own.counts is None:
            return False
        return self.is_above or self.other is None or self.other.counts is not None


def change(newest: Observation, earlier: Observation | None, indicator: Indicator) -> Change | None:
    """The change from `earlier` to `newest`; None when either has no value.

    Nor is there one across kinds of period, across a break in the series, from a bare count to a
    share, or between periods that share months: most of what both count is the same.
    """
    if earlier is None or not are_alike(earlier, newest) or parted(newest, earlier, indicator):
        return None
    if not earlier.period.is_apart(newest.period):
        return None
    now, then = measured(newest, indicator), measured(earlier, indicator)
    if now.value is None or then.value is None or now.in_percent != then.in_percent:
        return None
    points = _exact_difference(now.value, then.value)
    reach = _gap_interval(Pair(now, "area", newest.area_id, then.value, then))
    is_chance = reach is not None and reach[0] <= 0 <= reach[1]
    relative = relative_change(now.value, then.value)
    approximate = newest.is_approximate or earlier.is_approximate
    return Change(earlier.period, then.value, points, relative, is_chance, approximate)


def relative_change(value: float, earlier: float) -> float | None:
    """The change in percent of the earlier value.

    None where that is not above 0, or the new one is below it: from -4 to -2 is no fall of 50 %.
    """
    if earlier <= 0 or value < 0:
        return None
    return 100 * _exact_difference(value, earlier) / earlier


def parted(newest: Observation, earlier: Observation | None, indicator: Indicator) -> Parted | None:
    """The break between two figures that could else be compared; None without one."""
    if earlier is None or not are_alike(earlier, newest):
        return None
    broken = break_between(earlier.period, newest.period, indicator)
    return Parted(earlier.period, broken) if broken else None


def pair(
    own: Measured,
    other: Measured | None,
    kind: OfSamePeriod,
    with_id: str,
    is_neutral: bool = False,
    is_above: bool = False,
) -> Pair:
    """`own` and another figure of the same indicator; no value across periods or measures.

    Neither of two groups is better than the other, whatever `is_neutral` says. `is_above` as Pair
    says.
    """
    if other is None or other.row.period != own.row.period:
        return Pair(own, kind, with_id, None)
    value = other.value if other.in_percent == own.in_percent else None
    is_neutral = is_neutral or kind == "group" or other.row.group_id != own.row.group_id
    return Pair(own, kind, with_id, value, other, is_neutral, is_above=is_above)


def pair_with_mean(own: Measured, members: Mapping[str, Measured | None], set_id: str) -> Pair:
    """`own` and the plain mean of an area set's other members.

    `members` maps each member's id to its figure (None: it has none); the area itself is left out.
    The mean needs a value of every other member in the same period.
    """
    others = [theirs for area_id, theirs in members.items() if area_id != own.row.area_id]
    known = [
        theirs
        for theirs in others
        if theirs is not None
        and theirs.value is not None
        and (theirs.row.period, theirs.row.group_id) == (own.row.period, own.row.group_id)
        and theirs.in_percent == own.in_percent
    ]
    if not known or len(known) < len(others):
        return Pair(own, "area_set", set_id, None, areas=len(others))
    mean = mean_of(known)
    return Pair(own, "area_set", set_id, mean.value, areas=len(others), reach=mean.reach)


def compare(
    own: Observation,
    other: Observation | None,
    indicator: Indicator,
    kind: OfSamePeriod,
    with_id: str,
    is_neutral: bool = False,
    is_above: bool = False,
) -> Comparison:
    """`own` compared with another observation; without one, or across periods, there is no gap.

    `is_neutral` and `is_above` as Pair says; kpi.domain.judgement knows them of any two areas.

    >>> indicator = store.catalog().indicators["labour_market_link_share"]
    >>> own, other = store.newest([indicator.indicator_id], ["gellerup", "viby_syd"], [])
    >>> comparison = compare(own, other, indicator, "area", other.area_id)
    >>> comparison.verdict  # of 68 and 13 parents: chance can do more than 8 percentage points
    'same'
    >>> round(comparison.gap_points), round(comparison.low), round(comparison.high)
    (8, -21, 27)
    """
    theirs = measured(other, indicator) if other else None
    return judge_alone(pair(measured(own, indicator), theirs, kind, with_id, is_neutral, is_above))


def compare_with_mean(
    own: Observation, members: Mapping[str, Observation | None], indicator: Indicator, set_id: str
) -> Comparison:
    """`own` compared with the mean of `pair_with_mean`."""
    figures = {
        area_id: measured(row, indicator) if row else None for area_id, row in members.items()
    }
    return judge_alone(pair_with_mean(measured(own, indicator), figures, set_id))


def compare_with_middle(own: Observation, middle: Middle, indicator: Indicator) -> Comparison:
    """`own` compared with a mean or median of others, of the same measure and period."""
    ours = measured(own, indicator)
    return judge_alone(Pair(ours, "area_set", MEDIAN, middle.value, reach=middle.reach))


def judge_alone(pair: Pair) -> Comparison:
    """The comparison of one pair: `judge` with the interval of its gap."""
    return judge(pair, _gap_interval(pair))


def _is_of_its_size(kind: ComparedWith) -> bool:
    """Whether what a figure is compared with is of as many people, so that counts can be judged."""
    match kind:
        case "target":  # it was set for this very area
            return True
        case "area" | "area_set" | "group":
            return False
    assert_never(kind)


def _is_shown_level(own: Measured, theirs: float | None) -> bool:
    """Whether two values that differ by a shown step are shown alike: 2.64 and 2.56, both 2,6.

    They share a place in a ranking, and whoever reads 2,6 twice is told of no difference.
    """
    if own.value is None or theirs is None:
        return False
    decimals = own.indicator.decimals
    if abs(own.value - theirs) * 10.0**decimals > _NEVER_ALIKE:
        return False
    is_alike = shown_steps(own.value, decimals) == shown_steps(theirs, decimals)
    return is_alike and not rounds_to_zero(own.value - theirs, decimals)


def judge(pair: Pair, reach: tuple[float, float] | None) -> Comparison:
    """The comparison of a pair, by its gap's 95 % interval (None where no counts are known).

    Without an interval two values that are shown alike are alike, as they are in a ranking.
    """
    own, theirs = pair.own, pair.value
    gap = None if own.value is None or theirs is None else _exact_difference(own.value, theirs)
    if gap is not None and reach is None and _is_shown_level(own, theirs):
        gap = 0.0
    is_bare_count = own.indicator.is_total and not own.in_percent
    low, high = reach or (None, None)
    other = pair.other.row if pair.other else None
    approximate = own.row.is_approximate or (other is not None and other.is_approximate)
    if gap is None or (is_bare_count and not _is_of_its_size(pair.kind)):
        # A bare count grows with the size of the area: the gap is a fact, a verdict would not be.
        word, low, high = NO_COMPARISON, None, None
    elif low is not None and high is not None and low <= 0 <= high:
        word = SAME
    else:
        word = verdict(gap, own.indicator, pair.is_neutral, approximate)
    return Comparison(
        pair.kind, pair.with_id, theirs, gap, word, own.in_percent, other, low, high,
        pair.is_benchmark, pair.areas, approximate,
    )  # fmt: skip


def _gap_interval(pair: Pair) -> tuple[float, float] | None:
    """The 95 % interval of own minus the other's value in percentage points; None without counts.

    Two counted shares are compared as such (Newcombe); a share against a plain value by the
    share's own interval and that of the value.
    """
    own, other = pair.own.counts, pair.other.counts if pair.other else None
    ours = interval_of(own)
    if pair.value is None or own is None or ours is None or not pair.is_counted:
        return None
    if other and interval_of(other):
        difference = compare_two(*own, *other)
        return 100 * difference.low, 100 * difference.high
    share, (below, above) = 100 * own[0] / own[1], pair.reach or (0.0, 0.0)
    gap = share - pair.value
    low, high = gap - math.hypot(share - ours[0], above), gap + math.hypot(ours[1] - share, below)
    # Where a mean's own chance is not known, a gap can be too small for sure, not large enough.
    return None if pair.reach is None and not low <= 0 <= high else (low, high)


def verdict(
    gap_points: float, indicator: Indicator, is_neutral: bool = False, approximate: bool = False
) -> Verdict:
    """The verdict on a gap: better or worse where one direction is better, else higher or lower.

    A gap that rounds to nothing at the decimals it is shown with is no difference.
    """
    if rounds_to_zero(gap_points, gap_decimals(indicator, approximate)):
        return EQUAL
    if is_neutral or indicator.direction == "neutral":
        return HIGHER if gap_points > 0 else LOWER
    return BETTER if (gap_points > 0) == (indicator.direction == "higher_is_better") else WORSE


def persons(gap_points: float, denominator: float | None) -> int | None:
    """How many of `denominator` a gap in percentage points is, rounded; None if unknown."""
    if not denominator:
        return None
    return int(round_half_up(abs(gap_points) / 100 * denominator, 0))


def _exact_difference(left: float, right: float) -> float:
    # 70.0 - 77.2 is -7.2000000000000028 in binary; published figures have few decimals.
    return round(left - right, 10)
