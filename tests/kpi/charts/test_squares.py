"""Squares of initiatives: one each, in order, told apart by more than colour where they wait."""

import re
from xml.etree import ElementTree

from kpi.charts.squares import squares
from kpi.domain.vocabulary import INITIATIVE_STATES
from tests.tables import for_each


@for_each("count", [1, 12, 13, 40])
def test_one_square_each_and_none_outside(count: int) -> None:
    picture = ElementTree.fromstring(squares(["planned"] * count))  # noqa: S314  (it is our own)
    width, height = float(picture.attrib["width"]), float(picture.attrib["height"])
    places = set()
    for square in picture:
        x, y = float(square.attrib["x"]), float(square.attrib["y"])
        assert x + float(square.attrib["width"]) < width
        assert y + float(square.attrib["height"]) < height
        places.add((x, y))
    assert len(places) == count


def test_none_without_a_state() -> None:
    assert squares([]) == ""


def test_states_are_told_apart() -> None:
    """What is done may look alike; what goes on, waits, is planned and is unknown does not."""
    looks = {
        state: re.sub(r'x="[^"]*"|y="[^"]*"', "", squares([state]))
        for state in (*INITIATIVE_STATES, None)
    }
    assert looks["completed"] == looks["in_operation"]
    assert len(set(looks.values())) == len(looks) - 1
