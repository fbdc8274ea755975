"""Where a number beside a line stands so that the strong lines do not run through it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kpi.charts.boxes import Box

# Pixels between a number and the line that it stands over or under.
_AWAY = 2.0

# A line's corners, in pixels from the plot's left and its lower end, from left to right.
Stroke = Sequence[tuple[float, float]]


def clear_box(
    box: Box, ends: tuple[float, float], strokes: Sequence[Stroke], plot_height: float
) -> Box | None:
    """The box, or one of its size over or under both `ends` if strokes run through it.

    If they run through those as well it stays where it is, between the ends. None where they are
    too near each other for that: it would hide them both.
    """
    half = (box.top - box.bottom) / 2
    for middle in ((box.top + box.bottom) / 2, max(ends) + half + _AWAY, min(ends) - half - _AWAY):
        moved = box._replace(bottom=middle - half, top=middle + half)
        is_inside = middle - half >= 0 and middle + half <= plot_height
        if is_inside and not any(_runs_through(stroke, moved) for stroke in strokes):
            return moved
    return box if max(ends) - min(ends) >= 2 * half else None


def _runs_through(stroke: Stroke, box: Box) -> bool:
    heights = list(_heights_over(stroke, box.left, box.right))
    return bool(heights) and min(heights) < box.top and max(heights) > box.bottom


def _heights_over(stroke: Stroke, left: float, right: float) -> Iterator[float]:
    """The heights of a stroke at both ends of a stretch and at its corners within."""
    for (x, y), (next_x, next_y) in pairwise(stroke):
        if next_x <= left or x >= right:
            continue
        for at in (max(x, left), min(next_x, right)):
            yield y + (next_y - y) * (at - x) / (next_x - x)
