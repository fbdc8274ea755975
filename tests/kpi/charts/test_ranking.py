"""Bars in order: names, places and the benchmark."""

import os

from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.charts import Dot, Scale, ranking
from kpi.charts.marks import BENCHMARK, FOCUS, PEER, Frame
from kpi.charts.style import WHITE
from tests.kpi.charts.boxes import boxes, overlaps
from tests.kpi.charts.drawn import labels, validated
from tests.tables import for_each

PERCENT = Scale("\u00a0%", 1, top=100)
DENMARK = Dot("Hele landet", BENCHMARK, 77.2, "77,2")


def bars(count: int, focus: int, *named: int) -> list[Dot]:
    """Bars from the highest down, one of them the chosen area."""
    return [
        Dot(
            f"{place + 1}. By", FOCUS if place == focus else PEER, 80.0 - place / 2,
            f"{80 - place / 2}", named=place in named,
        )
        for place in range(count)
    ]  # fmt: skip


@for_each("count", [2, 6, 20, 21, 98])
def test_plotly_knows_every_part(count: int) -> None:
    figure = validated(ranking([*bars(count, 1), DENMARK], PERCENT))
    (drawn,) = figure.data
    assert len(drawn.x) == count
    assert drawn.x[0] == 80.0
    assert figure.layout.xaxis.range[0] == 0  # bars start at nothing


def test_few_bars_are_all_named() -> None:
    figure = ranking([*bars(3, 1), DENMARK], PERCENT)
    assert labels(figure) == [
        "Hele landet 77,2", "1. By", "80.0", "2. By", "79.5", "3. By", "79.0",
    ]  # fmt: skip


def test_of_many_bars_first_last_chosen_and_marked_are_named() -> None:
    names = [text for text in labels(ranking(bars(98, 40, 70), PERCENT)) if text.endswith("By")]
    assert names == ["1. By", "41. By", "71. By", "98. By"]


FRAMES = [None, Frame(680), Frame(680, 640), Frame(900, 360), Frame(1050, 250)]


@settings(max_examples=500 if "SPOR_SOAK" in os.environ else 20)
@given(
    count=st.integers(2, 120),
    focus=st.integers(0, 119),
    named=st.sets(st.integers(0, 119), max_size=120),
    frame=st.sampled_from(FRAMES),
)
def test_each_name_and_value_stands_at_its_own_bar(
    count: int, focus: int, named: set[int], frame: Frame | None
) -> None:
    """At any number of areas, wherever the chosen one is, and whoever is marked."""
    own = focus % count
    figure = ranking([*bars(count, own, *named), DENMARK], PERCENT, frame)
    (drawn,) = figure.data
    at = {f"{place + 1}. By": y for place, y in enumerate(drawn.y)}
    names = {
        annotation.text: annotation.y
        for annotation in figure.layout.annotations
        if annotation.text.find(". By") > 0
    }
    plain = {text.replace("<b>", "").replace("</b>", ""): y for text, y in names.items()}
    assert plain == {name: at[name] for name in plain}
    assert {"1. By", f"{count}. By", f"{own + 1}. By"} <= set(plain)
    values = [annotation for annotation in figure.layout.annotations if annotation.xshift == 5]
    assert sorted(value.y for value in values) == sorted(plain.values())
    bar_ends = dict(zip(drawn.y, drawn.x, strict=True))
    assert all(value.x in (bar_ends[value.y], DENMARK.value) for value in values)
    label_boxes = boxes(figure, frame.width if frame else 358)
    assert overlaps(label_boxes) == []
    assert min(box.top for box in label_boxes) >= 0
    assert max(box.bottom for box in label_boxes) <= figure.layout.height
    tops = [y - wide / 2 for y, wide in zip(drawn.y, drawn.width, strict=True)]
    ends = [y + wide / 2 for y, wide in zip(drawn.y, drawn.width, strict=True)]
    assert all(end <= top for end, top in zip(ends, tops[1:], strict=False))


def test_approximate_bars_are_hollow() -> None:
    (drawn,) = validated(ranking([Dot("A", FOCUS, 5.0, "ca. 5", True), *bars(2, 9)], PERCENT)).data
    assert drawn.marker.color[0] == "#FFFFFF"
    assert drawn.marker.line.width == (2, 0, 0)


def test_on_a_page_every_chosen_area_is_named() -> None:
    chosen = range(10, 80, 2)
    shown = labels(ranking([*bars(98, 40, *chosen), DENMARK], PERCENT))
    names = {bar.name for place, bar in enumerate(bars(98, 40)) if place in chosen}
    assert names - {text.replace("<b>", "").replace("</b>", "") for text in shown} == set()


@for_each("frame", FRAMES)
def test_the_benchmarks_line_runs_through_no_number(frame: Frame | None) -> None:
    """On a phone, where a number is longest beside the axis, and in every frame."""
    figure = ranking([*bars(30, 12, 4, 5, 6, 7, 8, 20), DENMARK], PERCENT, frame)
    drawn = [each for each in figure.layout.annotations if "paper" not in (each.xref, each.yref)]
    assert {each.bgcolor for each in drawn} == {WHITE}
    assert DENMARK.value in {each.x for each in drawn}  # those of bars that end before it
    margin, (low, high) = figure.layout.margin, figure.layout.xaxis.range
    pixel = (high - low) / ((frame.width if frame else 358) - margin.l - margin.r)
    for each in drawn:
        begins = each.x + 4 * pixel
        assert not begins <= DENMARK.value < begins + 7 * len(each.text) * pixel


def test_a_number_far_from_the_benchmark_stands_at_its_bar() -> None:
    rows = [Dot("A", PEER, 60.0, "60,0"), Dot("B", FOCUS, 20.0, "20,0"), DENMARK]
    numbers = [each for each in ranking(rows, PERCENT).layout.annotations if each.xshift == 5]
    assert [each.x for each in numbers] == [60.0, 20.0]


@settings(max_examples=500 if "SPOR_SOAK" in os.environ else 10)
@given(st.lists(st.floats(-90, 90), min_size=2, max_size=30), st.floats(-90, 90))
def test_every_bar_and_the_benchmark_lie_on_the_axis(values: list[float], country: float) -> None:
    rows = [Dot(str(place), PEER, value, f"{value:.1f}") for place, value in enumerate(values)]
    figure = ranking([*rows, Dot("Hele landet", BENCHMARK, country, "x")], PERCENT)
    low, high = figure.layout.xaxis.range
    assert low <= min(0, country, *values)
    assert high >= max(0, country, *values)


def test_a_negative_number_stands_left_of_its_bar_and_right_of_its_name() -> None:
    rows = [Dot("A", PEER, 2.0, "2,0"), Dot("B", FOCUS, -9.0, "−9,0")]
    figure = validated(ranking(rows, Scale("", 1)))
    name, number = figure.layout.annotations[2:]
    assert (number.xanchor, number.x) == ("right", -9.0)
    assert name.xshift <= number.xshift - 7 * len("−9,0")


@for_each("longest", [84.5, 8.6, 60.1, 81.0, 99.9, 100.0, 0.4, 70.0])
def test_the_axis_has_a_number_at_or_past_the_longest_bar(longest: float) -> None:
    dots = [Dot("A", FOCUS, longest, ""), Dot("B", PEER, longest / 2, "")]
    axis = ranking(dots, PERCENT).layout.xaxis
    assert longest <= axis.tickvals[-1] <= min(100, 1.3 * longest)
    assert axis.range[1] == axis.tickvals[-1]
    assert len(axis.tickvals) >= 3
