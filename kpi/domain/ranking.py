"""An area's place among others."""

from collections.abc import Mapping
from dataclasses import dataclass

from kpi.domain.format import round_half_up
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
    rounded = {key: round_half_up(value, indicator.decimals) for key, value in values.items()}
    own = rounded[area_id]
    if indicator.direction == "lower_is_better":
        ahead = sum(value < own for value in rounded.values())
    else:
        ahead = sum(value > own for value in rounded.values())
    shared = sum(value == own for value in rounded.values()) > 1
    return Rank(ahead + 1, len(values), among, shared)
