"""An area's place among all of its kind as a strip: the marks alone, as a small SVG picture."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kpi.charts.style import BLUE, GREY_DOT, INK, WHITE

WIDTH, HEIGHT = 250, 26
_RANGE, _HALF, _OUTLINE = "#D3DAE1", "#8A95A1", "#46525F"
# An own dot at an end stays whole.
_MARGIN, _MIDDLE = 8.5, HEIGHT / 2
_SIDE = 6.0
# What a legend names.
Mark = Literal["own", "other", "tick", "range", "half", "set", "similar"]


@dataclass(frozen=True)
class Strip:
    """Values on one scale: `ends` are those at the left and the right, best at the right if any is.

    `half` holds the middle half of all, `tick` what they are compared with, `set_mean` the mean of
    the area's set, `similar` that of the municipalities like it; None where there is none. Of few
    areas `others` are drawn one by one, and no half. `own` is None where the area has no value to
    show; `is_open` marks one that is approximate or not believed.
    """

    ends: tuple[float, float]
    own: float | None
    half: tuple[float, float] | None = None
    tick: float | None = None
    set_mean: float | None = None
    similar: float | None = None
    others: tuple[float, ...] = ()
    is_open: bool = False


def strip(marks: Strip) -> str:
    """The strip as an SVG of 250 x 26 pixels; words for it stand beside it."""
    thickness = 2 if marks.others else 7
    parts = [_bar(*marks.ends, thickness, _RANGE, marks)]
    if marks.half:
        parts.append(_bar(*marks.half, 7, _HALF, marks))
    parts += [_dot(_x(value, marks), 4.5, GREY_DOT, WHITE, 1.0) for value in marks.others]
    if marks.tick is not None:
        parts.append(_tick(_x(marks.tick, marks)))
    if marks.set_mean is not None:
        parts.append(_outlined(_diamond(_x(marks.set_mean, marks))))
    if marks.similar is not None:
        parts.append(_outlined(_triangle(_x(marks.similar, marks))))
    if marks.own is not None:
        x = _x(marks.own, marks)
        parts.append(_dot(x, 7.5, WHITE, WHITE, 0))
        look = (WHITE, BLUE, 2.2) if marks.is_open else (BLUE, BLUE, 0.0)
        parts.append(_dot(x, 4.9 if marks.is_open else 6.0, *look))
    return _picture("".join(parts))


def symbol(mark: Mark) -> str:
    """A mark alone, for the legend, of 26 x 26 pixels."""
    middle = Strip((0, 1), 0.5)
    x = _x(0.5, middle)
    drawn: Mapping[Mark, str] = {
        "own": _dot(x, 6.0, BLUE, BLUE, 0),
        "other": _dot(x, 4.5, GREY_DOT, WHITE, 1.0),
        "tick": _tick(x),
        "range": _bar(0, 1, 7, _RANGE, middle),
        "half": _bar(0, 1, 7, _HALF, middle),
        "set": _outlined(_diamond(x)),
        "similar": _outlined(_triangle(x)),
    }
    return _picture(drawn[mark], x - HEIGHT / 2, HEIGHT)


def _picture(marks: str, left: float = 0, width: float = WIDTH) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT}" '
        f'viewBox="{left:g} 0 {width} {HEIGHT}">{marks}</svg>'
    )


def _x(value: float, marks: Strip) -> float:
    """Where a value lies; in the middle where all are equal, and at the end beyond an end."""
    left, right = marks.ends
    place = (value - left) / (right - left) if left != right else 0.5
    return _MARGIN + min(max(place, 0.0), 1.0) * (WIDTH - 2 * _MARGIN)


def _bar(first: float, last: float, thickness: float, colour: str, marks: Strip) -> str:
    from_x, to_x = sorted((_x(first, marks), _x(last, marks)))
    return (
        f'<rect x="{from_x:.1f}" y="{_MIDDLE - thickness / 2}" width="{max(to_x - from_x, 1):.1f}" '
        f'height="{thickness}" rx="1" fill="{colour}"/>'
    )


def _dot(x: float, radius: float, fill: str, edge: str, width: float) -> str:
    return (
        f'<circle cx="{x:.1f}" cy="{_MIDDLE}" r="{radius}" fill="{fill}" stroke="{edge}" '
        f'stroke-width="{width}"/>'
    )


def _tick(x: float) -> str:
    return f'<path d="M{x:.1f} {_MIDDLE - 9}V{_MIDDLE + 9}" stroke="{INK}" stroke-width="2.2"/>'


def _outlined(path: str) -> str:
    return f'<path d="{path}" fill="{WHITE}" stroke="{_OUTLINE}" stroke-width="1.7"/>'


def _diamond(x: float) -> str:
    return (
        f"M{x:.1f} {_MIDDLE - _SIDE}L{x + _SIDE:.1f} {_MIDDLE}L{x:.1f} {_MIDDLE + _SIDE}"
        f"L{x - _SIDE:.1f} {_MIDDLE}Z"
    )


def _triangle(x: float) -> str:
    return (
        f"M{x:.1f} {_MIDDLE - _SIDE}L{x + _SIDE:.1f} {_MIDDLE + 5}L{x - _SIDE:.1f} {_MIDDLE + 5}Z"
    )
