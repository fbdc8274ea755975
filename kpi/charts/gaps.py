"""Where a line is broken: a period without a value is a gap, never a line across it."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from kpi.charts.marks import NO_FIGURES, Line, LinePoint

# Days of a period of each kind that follows the calendar.
_DAYS = {
    "year": 365.25, "school_year": 365.25, "half": 182.6, "quarter": 91.3, "month": 30.44,
    "week": 7.0,
    # They follow each other by months, each over the most of the one before.
    "rolling_year": 30.44, "year_to_date": 30.44,
}  # fmt: skip


def runs(line: Line) -> list[tuple[LinePoint, ...]]:
    """The line's points in stretches that may be joined, oldest first; each has one point or more.

    A stretch ends before a period that is hidden or missing, and on both sides of a limit or a
    range. A series that is only counted every second year has its own step. The way to a target is
    one stretch.
    """
    points = line.points
    if line.role in NO_FIGURES:
        return [points] if points else []
    step = _step(points)
    stretches: list[list[LinePoint]] = []
    for place, point in enumerate(points):
        before = points[place - 1] if place else None
        if before is None or _is_apart(before, point, step):
            stretches.append([])
        stretches[-1].append(point)
    return [tuple(run) for run in stretches]


def _is_apart(before: LinePoint, point: LinePoint, step: int) -> bool:
    if point.after_gap or point.bound or before.bound:
        return True
    if "range" in (before.period.kind, point.period.kind):
        return point.period.start > before.period.end + timedelta(days=1)
    return _distance(before, point) > step


def _step(points: Sequence[LinePoint]) -> int:
    """How many periods lie from one value of the series to the next, as a rule: mostly one."""
    if len(points) < 3:
        return 1
    return max(1, min(_distance(earlier, later) for earlier, later in pairwise(points)))


def _distance(earlier: LinePoint, later: LinePoint) -> int:
    """The number of periods from one to the other; 0 where the calendar does not count them."""
    days = _DAYS.get(later.period.kind)
    if days is None or earlier.period.kind != later.period.kind:
        return 0
    return round((later.period.start - earlier.period.start).days / days)
