"""An area's place among others."""

from collections.abc import Mapping
from dataclasses import dataclass

from kpi.domain.format import shown_steps
from kpi.domain.model import Indicator


@dataclass(frozen=True)
class Rank:
    """A place among areas with a value: 1 is best (highest where neither end is better).

    `left_out` are further areas whose values cannot be believed.
    """

    place: int
    of: int
    among: str
    shared: bool
    left_out: int = 0


def rank(
    values: Mapping[str, float], area_id: str, indicator: Indicator, among: str
) -> Rank | None:
    """The area's place among areas with a value; equal values share the better place (1, 2, 2, 4).

    Values are compared as they are shown. None when the area has no value, or no other has.
    """
    if area_id not in values or len(values) < 2:
        return None
    below, above = below_and_above(values, area_id, indicator)
    ahead = below if indicator.direction == "lower_is_better" else above
    return Rank(ahead + 1, len(values), among, below + above + 1 < len(values))


def below_and_above(
    values: Mapping[str, float], area_id: str, indicator: Indicator
) -> tuple[int, int]:
    """How many areas have a lower value than the area, and how many a higher, as they are shown."""
    shown = [shown_steps(value, indicator.decimals) for value in values.values()]
    own = shown_steps(values[area_id], indicator.decimals)
    return sum(value < own for value in shown), sum(value > own for value in shown)
