"""A series as a small line on a scale of its own: the marks alone, as an SVG picture."""

from collections.abc import Sequence

from kpi.charts.style import BLUE

WIDTH, HEIGHT = 104, 28
_LINE = "#5B6775"
_MARGIN = 5.0

# Stretches without a gap, oldest first, of (time, value); time in any unit.
Stretches = Sequence[Sequence[tuple[float, float]]]


def spark(stretches: Stretches) -> str:
    """The series as an SVG of 104 x 28 pixels: a gap parts two stretches, a point alone is a dot.

    The newest point has a blue dot. Empty without a point.
    """
    points = [point for stretch in stretches for point in stretch]
    if not points:
        return ""
    times, values = zip(*points, strict=True)
    placed = [
        [
            (
                _at(time, min(times), max(times), WIDTH),
                HEIGHT - _at(value, min(values), max(values), HEIGHT),
            )
            for time, value in stretch
        ]
        for stretch in stretches
        if stretch
    ]  # fmt: skip
    marks = "".join(_line(stretch) if len(stretch) > 1 else _dot(*stretch[0]) for stretch in placed)
    x, y = placed[-1][-1]
    newest = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{BLUE}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}">{marks}{newest}</svg>'
    )


def _at(value: float, least: float, most: float, length: float) -> float:
    """Where a value lies within a length, between margins; in the middle where all are equal."""
    share = (value - least) / (most - least) if most > least else 0.5
    return _MARGIN + share * (length - 2 * _MARGIN)


def _line(points: Sequence[tuple[float, float]]) -> str:
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return (
        f'<path d="{path}" fill="none" stroke="{_LINE}" stroke-width="1.6" '
        'stroke-linejoin="round"/>'
    )


def _dot(x: float, y: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2" fill="{_LINE}"/>'
