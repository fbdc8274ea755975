"""The sums behind the axes and labels."""

import math
from collections.abc import Mapping
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.charts import style
from kpi.charts.marks import BENCHMARK, FOCUS, PEER, ROLES, Role, Scale
from kpi.export.native_style import LINE_WIDTH as NATIVE_WIDTH
from tests.tables import for_each

PERCENT = Scale("\u00a0%", 1, top=100)
PLAIN = Scale("", 0)


@for_each(
    ("low", "high", "most", "ticks"),
    [
        (0, 100, 4, [0, 50, 100]),
        (0, 60, 4, [0, 20, 40, 60]),
        (64.3, 78.2, 4, [65, 70, 75]),
        (0, 1, 4, [0, 0.5, 1]),
        (0, 9, 4, [0, 2.5, 5, 7.5]),
        (0, 400000, 4, [0, 200000, 400000]),
        (3.9, 8.1, 4, [4, 5, 6, 7, 8][::2]),
        (-10, 10, 4, [-10, 0, 10]),
        (5, 5, 4, [5]),  # all values the same
    ],
)
def test_nice_ticks(low: float, high: float, most: int, ticks: list[float]) -> None:
    assert style.nice_ticks(low, high, most) == ticks


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(2, 8))
def test_ticks_are_few_even_and_within_the_axis(low: float, width: float, most: int) -> None:
    high = low + width
    ticks = style.nice_ticks(low, high, most)
    tiny = 1e-6 * max(1.0, abs(low), abs(high))
    assert 1 <= len(ticks) <= most
    assert low - tiny <= ticks[0] <= ticks[-1] <= high + tiny
    steps = [right - left for left, right in pairwise(ticks)]
    assert steps == pytest.approx([steps[0]] * len(steps) if steps else [], rel=1e-6, abs=tiny)


@for_each(
    ("ticks", "scale", "texts"),
    [
        ([0.0, 50.0, 100.0], PERCENT, ["0", "50", "100\u00a0%"]),  # the last one has the unit
        ([0.0, 2.5, 5.0], PERCENT, ["0,0", "2,5", "5,0\u00a0%"]),
        ([0.0, 0.5], PLAIN, ["0,0", "0,5"]),  # a half needs its decimal, whatever the indicator's
        # A step of a quarter needs two: 2,3 would be a line in the wrong place.
        ([2.0, 2.25, 2.5, 2.75], PERCENT, ["2,00", "2,25", "2,50", "2,75\u00a0%"]),
        ([0.0, 0.025], PLAIN, ["0,000", "0,025"]),
        ([0.0, 1 / 3], PLAIN, ["0,000", "0,333"]),
        ([0.0, 200000.0], PLAIN, ["0", "200.000"]),
        ([], PERCENT, []),
    ],
)
def test_tick_texts(ticks: list[float], scale: Scale, texts: list[str]) -> None:
    assert style.tick_texts(ticks, scale) == texts


@for_each(
    ("values", "scale", "from_zero", "low", "high"),
    [
        ([70.0, 77.2], PERCENT, True, 0, 78.064),
        ([70.0, 80.0], PERCENT, False, 68.8, 81.2),
        ([95.0, 100.0], PERCENT, False, 94.4, 100),  # no more than there can be
        ([1.0, 20.0], PERCENT, False, 0, 22.28),  # nor less
        ([10.0, 20.0], PLAIN, True, 0, 21.2),
        ([-5.0, 5.0], PLAIN, True, -5, 6.2),  # bars below zero have room
        ([5.0], PLAIN, False, 4.4, 5.6),
        ([0.0], PLAIN, True, 0, 0.12),  # an axis has a length, even for nothing
        ([100.0], PERCENT, False, 88, 100),
    ],
)
def test_span(values: list[float], scale: Scale, from_zero: bool, low: float, high: float) -> None:
    assert style.span(values, scale, from_zero) == pytest.approx((low, high))


@given(st.lists(st.floats(0, 100), min_size=1), st.booleans())
def test_every_value_lies_on_the_axis(values: list[float], from_zero: bool) -> None:
    low, high = style.span(values, PERCENT, from_zero)
    assert 0 <= low <= min(values)
    assert max(values) <= high <= 100 or high == pytest.approx(low)
    assert low < high


@for_each(
    ("positions", "least", "placed"),
    [
        ([0, 50, 100], 18, [0, 50, 100]),  # far apart: each where it wants to be
        ([50, 50], 18, [41, 59]),
        ([50, 55], 18, [43.5, 61.5]),
        ([100, 0, 50], 18, [100, 0, 50]),  # in the given order, not sorted
        ([10, 10, 10], 10, [0, 10, 20]),
        ([0, 10, 100], 20, [-5, 15, 100]),
        ([], 18, []),
        ([7], 18, [7]),
    ],
)
def test_spread(positions: list[float], least: float, placed: list[float]) -> None:
    assert style.stacked(positions, [least] * len(positions)) == pytest.approx(placed)


@given(st.lists(st.floats(0, 1000), max_size=30), st.floats(1, 40))
def test_spread_labels_keep_their_order_and_distance(positions: list[float], least: float) -> None:
    placed = style.stacked(positions, [least] * len(positions))
    order = sorted(range(len(positions)), key=lambda place: positions[place])
    gaps = [placed[after] - placed[before] for before, after in pairwise(order)]
    assert [gap for gap in gaps if gap < least - 1e-6] == []


@given(st.lists(st.floats(0, 100), min_size=1, max_size=30), st.floats(1, 40))
def test_labels_with_room_do_not_move(more: list[float], least: float) -> None:
    positions = list(accumulate(least + extra + 1e-6 for extra in more))
    assert style.stacked(positions, [least] * len(positions)) == pytest.approx(positions)


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=30), st.floats(1, 40))
def test_labels_move_as_little_as_needed(positions: list[float], least: float) -> None:
    placed = style.stacked(positions, [least] * len(positions))
    # Together they stay where they wished to be; none moves further than all labels in a row.
    assert math.fsum(placed) == pytest.approx(math.fsum(positions), abs=1e-4)
    moved = [abs(after - before) for before, after in zip(positions, placed, strict=True)]
    assert max(moved) <= least * len(positions)


@given(
    st.lists(st.tuples(st.floats(0, 400), st.sampled_from([18.0, 36.0])), min_size=1, max_size=11)
)
def test_labels_of_unlike_height_lie_apart_and_within_the_plot(
    wishes: list[tuple[float, float]],
) -> None:
    heights = [height for _, height in wishes]
    placed = style.stacked([wish for wish, _ in wishes], heights, 0, 400)
    boxes = sorted(
        (middle - height / 2, middle + height / 2)
        for middle, height in zip(placed, heights, strict=True)
    )
    assert boxes[0][0] >= -1e-6
    assert boxes[-1][1] <= 400 + 1e-6
    assert all(before[1] <= after[0] + 1e-6 for before, after in pairwise(boxes))


@for_each(
    ("role", "text"), [(FOCUS, "<b>Aarhus</b>"), (BENCHMARK, "<b>Aarhus</b>"), (PEER, "Aarhus")]
)
def test_the_chosen_area_and_the_benchmark_are_bold(role: Role, text: str) -> None:
    assert style.strong("Aarhus", role) == text


@for_each(
    "of_roles",
    [
        style.LINE_COLOUR,
        style.DOT_COLOUR,
        style.TEXT_COLOUR,
        style.LINE_WIDTH,
        style.DRAWN_OVER,
        NATIVE_WIDTH,
    ],
)
def test_every_role_is_drawn(of_roles: Mapping[Role, object]) -> None:
    assert of_roles.keys() == {*ROLES}


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.1."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@for_each("role", [FOCUS, BENCHMARK, PEER])
def test_text_stands_out_from_white(role: Role) -> None:
    assert 1.05 / (luminance(style.TEXT_COLOUR[role]) + 0.05) >= 4.5


@for_each("colour", [*style.DOT_COLOUR.values(), style.AXIS])
def test_marks_stand_out_from_white(colour: str) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= 3
