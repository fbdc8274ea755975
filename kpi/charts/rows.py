"""Rows under each other: which of many are named, and how high each is, so that no name moves."""

from collections.abc import Sequence
from itertools import accumulate

from kpi.charts.marks import BENCHMARK, FOCUS, Dot

# All of so many are named; of more only the ones that matter.
FEW = 20
MOST_NAMED = 15
NAME_HEIGHT = 18.0


def rows_to_name(rows: Sequence[Dot], most: int) -> list[int]:
    """The places that get a name: the chosen area, benchmark, first, last, then the marked ones.

    In order; at most `most`, but always the chosen area.
    """
    return sorted(_order(rows)[: max(most, 1)])


def _order(rows: Sequence[Dot]) -> list[int]:
    """The places that may be named, the one that matters most first."""
    by_role = [
        place for role in (FOCUS, BENCHMARK) for place, dot in enumerate(rows) if dot.role == role
    ]
    marked = [place for place, dot in enumerate(rows) if dot.named]
    return list(dict.fromkeys([*by_role, 0, len(rows) - 1, *_evenly(marked)]))


def _evenly(places: Sequence[int]) -> list[int]:
    """The places so that the first few of them lie far apart: where all are marked, a scale."""
    bits = max(len(places) - 1, 1).bit_length()
    turned = sorted(range(2**bits), key=lambda number: f"{number:0{bits}b}"[::-1])
    return [places[number] for number in turned if number < len(places)]


def rows_apart(rows: Sequence[Dot], step: float, name_height: float) -> list[int]:
    """`rows_to_name` where every row is `step` high: those first, each a name's height apart."""
    kept: list[int] = []
    for place in _order(rows):
        if all(abs(place - other) * step >= name_height for other in kept):
            kept.append(place)
    return sorted(kept)


def middles(heights: Sequence[float]) -> list[float]:
    """The middle of each row, down from the top of the first."""
    return [end - height / 2 for end, height in zip(accumulate(heights), heights, strict=True)]
