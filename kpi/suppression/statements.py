"""What rows state of numbers of persons where they are shown, and their pages where they are not.

The numbers of several indicators that speak of the same persons are series: all of them, those who
have something, and those who lack it. A row bounds sums of them, whole persons all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, floor, inf

from kpi.suppression.cells import Cell

# Of an indicator its value, its number of all, its numerator or its remainder.
Series = tuple[str, str]


@dataclass(frozen=True)
class Line:
    """So many persons of each series come to at least `low` and at most `high`."""

    terms: Mapping[Series, int]
    low: float
    high: float


@dataclass(frozen=True)
class Words:
    """What the page of a hidden number says of it; one with a `gap` is none or at least as many."""

    series: Series
    low: float = 0.0
    high: float = inf
    gap: int = 0


@dataclass(frozen=True)
class Statement:
    """A row's number of persons at all moments at which it was the same.

    `cell` says of what it is and since when. `views` are the series of which a small number is
    hidden. `is_ours`: whether it may be hidden; a source's own, and what it hides, may not.
    """

    cell: Cell
    lines: tuple[Line, ...]
    words: Words | None
    views: tuple[Series, ...]
    is_ours: bool


def lines_of_count(series: Series, low: float, high: float) -> tuple[Line, ...]:
    """A number between two; one with decimals is any whole one beside it."""
    least = low if not low % 1 else floor(low)
    most = high if high == inf or not high % 1 else ceil(high)
    return (Line({series: 1}, least, most),)


def lines_of_share(
    indicator_id: str, ends: tuple[float, float] | None, decimals: int,
    having: float | None, every: float | None,
) -> tuple[Line, ...]:  # fmt: skip
    """A percentage between two, as it is rounded, with what its row says of how many it is."""
    with_it, lacking = (indicator_id, "numerator"), (indicator_id, "remainder")
    of_all = {with_it: 1, lacking: 1}
    lines = [Line(of_all, 1, inf)]
    if having is not None and not having % 1:
        lines.append(Line({with_it: 1}, having, having))
    if every is not None and not every % 1:
        lines.append(Line(of_all, every, every))
    if ends is not None and (having is None or every is None):
        # Twice a percentage without its decimals, and where its rounding ends, are whole.
        scale = 2 * 10**decimals
        for end, low, high in (
            (round(scale * ends[0]) - 1, 0.0, inf), (round(scale * ends[1]) + 1, -inf, 0.0),
        ):  # fmt: skip
            lines.append(Line({with_it: 100 * scale - end, lacking: -end}, low, high))
    return tuple(lines)
