"""What an observation measures: its share of a known denominator, and the value to compare."""

from typing import NamedTuple

from kpi.domain.model import Indicator, Observation
from kpi.domain.statistics import proportion_interval


class Measured(NamedTuple):
    """An observation with what it is compared by, computed once.

    `counts` are share()'s, `value` comparable_value()'s, `in_percent` compares_in_percent()'s.
    """

    row: Observation
    indicator: Indicator
    counts: tuple[float, float] | None
    value: float | None
    in_percent: bool


def measured(row: Observation, indicator: Indicator) -> Measured:
    """The observation with what it is compared by."""
    counts = share(row, indicator)
    value = 100 * counts[0] / counts[1] if counts else None if row.is_bound else row.value
    in_percent = counts is not None or indicator.is_proportion
    # As Measured itself does; called by its name it takes twice as long.
    return tuple.__new__(Measured, (row, indicator, counts, value, in_percent))


def share(observation: Observation, indicator: Indicator) -> tuple[float, float] | None:
    """Numerator and denominator: of a proportion, or of a count with a known denominator.

    None where the denominator is unknown or zero, the value hidden, missing or only a limit, or the
    kind of figure has none (means, amounts).
    """
    # Asked of ten thousand figures of a page: most have no denominator.
    if not observation.denominator or observation.value is None or observation.is_bound:
        return None
    if indicator.is_total:
        return observation.value, observation.denominator
    if indicator.is_proportion and observation.numerator is not None:
        return observation.numerator, observation.denominator
    return None


# Of a larger group the counts are no easier to grasp than the percentage, and take its room.
_MOST_TOLD = 1_000


def shown_counts(observation: Observation, indicator: Indicator) -> tuple[float, float] | None:
    """The counts to show beside, or instead of, the percentage: share()'s, of a group of that size.

    Of a percentage of a whole population the percentage alone is shown, with its decimals.
    """
    counts = share(observation, indicator)
    if counts is not None and indicator.is_proportion and counts[1] > _MOST_TOLD:
        return None
    return counts


def comparable_value(observation: Observation, indicator: Indicator) -> float | None:
    """The value to compare: percent counted afresh where counts are known, else as published.

    21 af 68 is 30,9 %, also where the paper rounds it to 30 %. None where there is no value, or the
    source gives only limits.
    """
    counts = share(observation, indicator)
    if counts:
        return 100 * counts[0] / counts[1]
    return None if observation.is_bound else observation.value


def compares_in_percent(observation: Observation, indicator: Indicator) -> bool:
    """Whether comparable_value is a percentage."""
    return indicator.is_proportion or share(observation, indicator) is not None


def interval(observation: Observation, indicator: Indicator) -> tuple[float, float] | None:
    """Between which percentages chance leaves the share, at 95 % (Wilson).

    None where the counts are not known: then no confidence interval can be computed.
    """
    return interval_of(share(observation, indicator))


def interval_of(counts: tuple[float, float] | None) -> tuple[float, float] | None:
    """The 95 % interval (Wilson) in percent of a share with these counts; None without any."""
    if counts is None or not 0 <= counts[0] <= counts[1]:
        return None
    low, high = proportion_interval(*counts)
    return 100 * low, 100 * high
