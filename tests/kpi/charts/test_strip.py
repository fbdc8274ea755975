"""An area's place as a strip, and its past as a small line: where the marks stand."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.charts.spark import spark
from kpi.charts.strip import HEIGHT, WIDTH, Strip, strip, symbol

OWN = "#00529B"
VALUES = st.floats(-1e6, 1e6)


def marks_of(picture: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(picture))  # noqa: S314  (it is our own)


def own_at(marks: Strip) -> float:
    """The middle of the area's own dot."""
    (own,) = (mark for mark in marks_of(strip(marks)) if mark.attrib.get("stroke") == OWN)
    return float(own.attrib["cx"])


@given(VALUES, VALUES, st.lists(VALUES, min_size=4, max_size=4))
def test_every_mark_is_within_the_picture(left: float, right: float, values: list[float]) -> None:
    own, tick, set_mean, similar = values
    drawn = strip(Strip((left, right), own, (left, right), tick, set_mean, similar, (tick,)))
    numbers = [
        float(each) for mark in marks_of(drawn) for name in ("x", "cx") if (each := mark.get(name))
    ]
    numbers += [float(each) for each in re.findall(r'd="M([\d.-]+)', drawn)]
    assert all(0 <= each <= WIDTH for each in numbers)
    assert "nan" not in drawn


@pytest.mark.parametrize(("ends", "best"), [((0.0, 10.0), 9.0), ((10.0, 0.0), 1.0)])
def test_what_is_near_the_right_end_stands_to_the_right(
    ends: tuple[float, float], best: float
) -> None:
    """Also where a low value is the best: then the ends are turned."""
    assert own_at(Strip(ends, best)) > WIDTH / 2 > own_at(Strip(ends, 10 - best))
    assert own_at(Strip(ends, 5)) == WIDTH / 2


def test_one_value_alone_stands_in_the_middle() -> None:
    assert own_at(Strip((5, 5), 5)) == WIDTH / 2


def test_exact_rough_and_no_value_are_told_apart() -> None:
    exact, rough, none = (
        strip(Strip((0, 10), own, is_open=is_open))
        for own, is_open in ((5.0, False), (5.0, True), (None, False))
    )
    assert len({exact, rough, none}) == 3
    assert f'fill="{OWN}"' in exact
    assert f'fill="{OWN}"' not in rough
    assert OWN not in none


def test_few_areas_are_dots_on_a_thin_line() -> None:
    many, few = strip(Strip((0, 10), 5, (3, 6))), strip(Strip((0, 10), 5, others=(0, 10)))
    assert [len([mark for mark in marks_of(each) if mark.tag.endswith("circle")])
            for each in (many, few)] == [2, 4]  # fmt: skip
    heights = [float(marks_of(each)[0].attrib["height"]) for each in (many, few)]
    assert heights == [7, 2]


def test_the_legend_has_the_marks_of_the_strip() -> None:
    marks = Strip((0, 10), 5, (0, 10), 5, 5, 5)
    for mark in ("tick", "set", "similar"):
        (alone,) = marks_of(symbol(mark))
        assert ElementTree.tostring(alone) in {
            ElementTree.tostring(each) for each in marks_of(strip(marks))
        }


def test_a_gap_parts_two_lines_and_a_point_alone_is_a_dot() -> None:
    drawn = spark((((0, 1.0), (1, 2.0)), ((3, 5.0),), ((5, 3.0), (6, 4.0))))
    tags = [mark.tag.rpartition("}")[2] for mark in marks_of(drawn)]
    # The last is the newest point.
    assert tags == ["path", "circle", "path", "circle"]
    assert spark(()) == ""


@given(st.lists(st.tuples(st.integers(0, 10**6), VALUES), min_size=1, max_size=9))
def test_the_small_line_stays_within_its_picture(points: list[tuple[int, float]]) -> None:
    (*_, newest) = marks_of(spark([sorted(points)]))
    assert 0 <= float(newest.attrib["cy"]) <= HEIGHT + 2
    assert newest.attrib["fill"] == OWN
