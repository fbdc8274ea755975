"""The recent trend of a series: whether its last five figures rise, fall, or only swing."""

from collections.abc import Sequence
from itertools import pairwise

from kpi.domain.measure import share
from kpi.domain.model import Indicator, Observation
from kpi.domain.series_break import is_across
from kpi.domain.statistics import FALLING, NO_CHANGE, RISING, TrendPoint, trend

# So many periods a recent trend is of.
PERIODS = 5


def recent_trend(rows: Sequence[Observation], indicator: Indicator) -> str | None:
    """The trend of the last five periods, oldest row first.

    "rising", "falling" or "no_change" (statistics.trend); None where it cannot be determined: fewer
    than five periods next to each other, a break among them, or counts that are not known.
    """
    last = list(rows)[-PERIODS:]
    if len(last) < PERIODS:
        return None
    for earlier, later in pairwise(last):
        if later.period.kind != earlier.period.kind or later.period.previous() != earlier.period:
            return None
        if is_across(earlier.period, later.period, indicator):
            return None
    points = []
    for step, row in enumerate(last):
        counted = share(row, indicator)
        if counted is None or not 0 <= counted[0] <= counted[1]:
            return None
        points.append(TrendPoint(step, 100 * counted[0] / counted[1], *counted))
    return trend(points)


def trend_sentence(rows: Sequence[Observation], indicator: Indicator) -> str:
    """The trend in words, with whether that is good; empty where it cannot be determined."""
    tendency = recent_trend(rows, indicator)
    if tendency is None:
        return ""
    if tendency == NO_CHANGE:
        return "Seneste fem perioder: ingen sikker tendens."
    word = {RISING: "stigende", FALLING: "faldende"}[tendency]
    if indicator.direction == "neutral":
        return f"Seneste fem perioder: sikker {word} tendens."
    good = (tendency == RISING) == (indicator.direction == "higher_is_better")
    wanted = "ønsket" if good else "uønsket"
    return f"Seneste fem perioder: sikker {word} tendens i {wanted} retning."
