"""An area's place among others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from kpi.domain.format import NEAR_TIE, SURELY_EXACT, shown_steps
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
    decimals = indicator.decimals
    own = shown_steps(values[area_id], decimals)
    steps = np.array(list(values.values())) * 10.0**decimals
    # A tie is rounded as the value is written, which takes forty times as long.
    if np.abs(steps).max() < SURELY_EXACT and np.abs(steps % 1 - 0.5).min() > NEAR_TIE:
        shown = np.floor(steps + 0.5)
        return Counted(int((shown < own).sum()), int((shown > own).sum()), len(values))
    written = [shown_steps(value, decimals) for value in values.values()]
    return Counted(sum(each < own for each in written), sum(each > own for each in written),
                   len(values))  # fmt: skip


def place_from_end(ranked: Rank) -> str:
    """`højest`, `næstlavest`, `delt 14. lavest`: where neither end is better, from the nearer."""
    place, end = min((ranked.place, "højest"), (ranked.from_end, "lavest"))
    ordinal = {1: end, 2: f"næst{end}"}.get(place, f"{place}. {end}")
    return f"{shared_words(ranked)}{ordinal}"


def shared_words(ranked: Rank) -> str:
    """`delt ` before the place of equal values."""
    return "delt " if ranked.shared else ""
