"""An area's place among others."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kpi.domain.format import shown_steps
from kpi.domain.model import Indicator


@dataclass(frozen=True)
class Rank:
    """A place among areas with a value: 1 is best (highest where neither end is better).

    `left_out` are further areas whose values cannot be believed. `from_end` is the place counted
    from the other end, which follows from the values and makes no other rank.
    """

    place: int
    of: int
    among: str
    shared: bool
    left_out: int = 0
    from_end: int = field(default=1, compare=False)


class Counted(NamedTuple):
    """How many areas have a lower value than an area, a higher one, and any."""

    below: int
    above: int
    of: int


def rank(
    values: Mapping[str, float], area_id: str, indicator: Indicator, among: str
) -> Rank | None:
    """The area's place among areas with a value; equal values share the better place (1, 2, 2, 4).

    Values are compared as they are shown. None when the area has no value, or no other has.
    """
    if area_id not in values or len(values) < 2:
        return None
    return rank_of(below_and_above(values, area_id, indicator), indicator, among)


def rank_of(counted: Counted, indicator: Indicator, among: str) -> Rank:
    """The place of `rank` by how many areas lie below and above, of how many."""
    below, above, of = counted
    is_low_first = indicator.direction == "lower_is_better"
    ahead, behind = (below, above) if is_low_first else (above, below)
    return Rank(ahead + 1, of, among, below + above + 1 < of, from_end=behind + 1)


def below_and_above(values: Mapping[str, float], area_id: str, indicator: Indicator) -> Counted:
    """The areas with a value, compared with one of them as values are shown."""
    own = shown_steps(values[area_id], indicator.decimals)

    def shown(value: float) -> int:
        return shown_steps(value, indicator.decimals)

    # What is shown grows with the value: of a hundred values only a dozen are asked.
    ordered = sorted(values.values())
    below = bisect_left(ordered, own, key=shown)
    return Counted(below, len(ordered) - bisect_right(ordered, own, below, key=shown), len(ordered))


def place_from_end(ranked: Rank) -> str:
    """`højest`, `næstlavest`, `delt 14. lavest`: where neither end is better, from the nearer."""
    place, end = min((ranked.place, "højest"), (ranked.from_end, "lavest"))
    ordinal = {1: end, 2: f"næst{end}"}.get(place, f"{place}. {end}")
    return f"{shared_words(ranked)}{ordinal}"


def shared_words(ranked: Rank) -> str:
    """`delt ` before the place of equal values."""
    return "delt " if ranked.shared else ""
