"""A square for each initiative of a track: the marks alone, as a small SVG picture."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kpi.charts.style import BLUE, GREY_TEXT, WHITE
from kpi.domain.vocabulary import InitiativeState

# A square's side and the room between two, in pixels; a row holds so many.
_SIDE, _GAP, _MOST_IN_A_ROW = 11, 2, 12
_GREEN, _ORANGE = "#00766C", "#B8480A"


class _Look(NamedTuple):
    """How a state's square is drawn: its fill, its edge, and whether the edge is broken."""

    fill: str
    edge: str
    is_broken: bool = False


_LOOKS: Mapping[InitiativeState | None, _Look] = {
    "completed": _Look(_GREEN, _GREEN),
    "in_operation": _Look(_GREEN, _GREEN),
    "in_progress": _Look(BLUE, BLUE),
    "blocked": _Look(WHITE, _ORANGE, is_broken=True),
    "planned": _Look(WHITE, GREY_TEXT),
    None: _Look(WHITE, GREY_TEXT, is_broken=True),
}


def squares(states: Sequence[InitiativeState | None]) -> str:
    """The states as squares from left to right, twelve a row: an SVG of as many pixels as it needs.

    Words for them stand beside it: an SVG picture has no text of its own. Empty without a state.
    """
    if not states:
        return ""
    step = _SIDE + _GAP
    rows = -(-len(states) // _MOST_IN_A_ROW)
    width, height = min(len(states), _MOST_IN_A_ROW) * step, rows * step
    marks = "".join(
        _square(place % _MOST_IN_A_ROW * step, place // _MOST_IN_A_ROW * step, _LOOKS[state])
        for place, state in enumerate(states)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">{marks}</svg>'
    )


def _square(x: int, y: int, look: _Look) -> str:
    broken = ' stroke-dasharray="2 1.5"' if look.is_broken else ""
    return (
        f'<rect x="{x + 0.75}" y="{y + 0.75}" width="{_SIDE - 1.5}" height="{_SIDE - 1.5}" '
        f'fill="{look.fill}" stroke="{look.edge}" stroke-width="1.5"{broken}/>'
    )
