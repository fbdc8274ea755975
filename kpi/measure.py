"""What an observation measures: its share of a known whole, and the value to compare."""

from kpi.model import Indicator, Observation
from kpi.statistics import proportion_interval


def share(observation: Observation, indicator: Indicator) -> tuple[float, float] | None:
    """How many of how many: numerator and denominator of a proportion, or a count and its whole.

    None where the whole is unknown or zero, the value hidden or missing, or the kind of figure has
    no whole (means, amounts).
    """
    if observation.value is None or not observation.denominator:
        return None
    if indicator.kind == "count":
        return observation.value, observation.denominator
    if indicator.is_proportion and observation.numerator is not None:
        return observation.numerator, observation.denominator
    return None


def comparable_value(observation: Observation, indicator: Indicator) -> float | None:
    """The value to compare: percent counted afresh where counts are known, else as published.

    21 af 68 is 30,9 %, also where the paper rounds it to 30 %.
    """
    counted = share(observation, indicator)
    return 100 * counted[0] / counted[1] if counted else observation.value


def compares_in_percent(observation: Observation, indicator: Indicator) -> bool:
    """Whether comparable_value is a percentage."""
    return indicator.is_proportion or share(observation, indicator) is not None


def interval(observation: Observation, indicator: Indicator) -> tuple[float, float] | None:
    """Between which percentages chance leaves the share, at 95 % (Wilson).

    None where the counts are not known: then nobody can tell what chance could do.
    """
    counted = share(observation, indicator)
    if counted is None or not 0 <= counted[0] <= counted[1]:
        return None
    low, high = proportion_interval(*counted)
    return 100 * low, 100 * high
