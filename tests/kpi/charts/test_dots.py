"""Dots on rows: order, stems, hollow marks and labels."""

import os
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plotly.graph_objects import Figure

from kpi.charts import Dot, Scale, cards_dots, dots
from kpi.charts.dots import axis_start
from kpi.charts.marks import BENCHMARK, FOCUS, PEER, Frame
from kpi.export.fonts import SANS_BOLD
from tests.kpi.charts.boxes import boxes, overlaps
from tests.kpi.charts.drawn import labels, marks, validated
from tests.tables import for_each

PERCENT = Scale("\u00a0%", 1, top=100)
HOURS = Scale("\u00a0timer", 0)

AARHUS = Dot("Aarhus", FOCUS, 70.0, "70,0", gap_text="−7,2")
DENMARK = Dot("Hele landet", BENCHMARK, 77.2, "77,2")
COPENHAGEN = Dot("København", PEER, 81.8, "81,8", gap_text="+4,6")
ABOUT = Dot("Ikke-vestlig", FOCUS, 10.0, "ca. 10", approximate=True)
DANISH = Dot("Dansk", PEER, 1.7, "1,7")


@for_each("draw", [dots, cards_dots])
@for_each(
    "rows",
    [
        [AARHUS, DENMARK, COPENHAGEN],
        [ABOUT, DANISH],
        [Dot("A", FOCUS, 100.0, "100"), Dot("B", PEER, 0.0, "0")],
    ],
)
def test_plotly_knows_every_part(draw: object, rows: list[Dot]) -> None:
    assert callable(draw)
    assert len(marks(validated(draw(rows, PERCENT)))) == len(rows)


@for_each("draw", [dots, cards_dots])
@for_each("value", [0.0, 37.0, 400000.0, -2.5])
def test_a_single_amount_has_an_axis_with_a_length(draw: object, value: float) -> None:
    assert callable(draw)
    low, high = validated(draw([Dot("A", FOCUS, value, "x")], HOURS)).layout.xaxis.range
    assert low <= value <= high
    assert low < high


@for_each("draw", [dots, cards_dots])
@for_each("values", [(-2.6, -2.0), (0.0, -1.1, -2.1), (-5.0, 12000.0)])
def test_negative_dots_and_zero_lie_on_the_axis_with_their_numbers_left(
    draw: object, values: tuple[float, ...]
) -> None:
    assert callable(draw)
    rows = [Dot(f"{place}", FOCUS, value, f"v{value}") for place, value in enumerate(values)]
    figure = validated(draw(rows, HOURS))
    low, high = figure.layout.xaxis.range
    assert low < min(values)
    assert high >= max(0.0, *values)
    sides = {label.x: label.xanchor for label in figure.layout.annotations if "v" in label.text}
    assert sides == {value: "right" if value < 0 else "left" for value in values}


def test_the_highest_comes_first_and_stems_start_at_the_benchmark() -> None:
    figure = validated(dots([AARHUS, DENMARK, COPENHAGEN], PERCENT))
    assert marks(figure) == [(81.8, False), (77.2, False), (70.0, False)]
    stems = [trace.x for trace in figure.data if trace.mode == "lines"]
    assert stems == [(77.2, 81.8), (77.2, 77.2), (77.2, 70.0)]
    assert labels(figure) == [
        "København", "Hele landet", "Aarhus", "81,8", "+4,6", "77,2", "70,0", "−7,2",
    ]  # fmt: skip


def test_without_a_benchmark_stems_start_at_zero() -> None:
    figure = validated(dots([ABOUT, DANISH], PERCENT))
    assert [trace.x for trace in figure.data if trace.mode == "lines"] == [(0, 10.0), (0, 1.7)]
    assert figure.layout.xaxis.range[0] == 0


@pytest.mark.parametrize("draw", [dots, cards_dots])
def test_approximate_values_are_hollow(draw: object) -> None:
    assert callable(draw)
    assert marks(draw([ABOUT, DANISH], PERCENT)) == [(10.0, True), (1.7, False)]


def test_approximate_stems_are_dotted() -> None:
    figure = dots([ABOUT, DANISH], PERCENT)
    assert [trace.line.dash for trace in figure.data if trace.mode == "lines"] == ["dot", "solid"]


@for_each(
    ("values", "top"),
    [
        ((10.0, 1.7), 20), ((19.0, 1.7), 20), ((20.1, 1.7), 60), ((57.0, 30.0), 60),
        ((60.1, 30.0), 100), ((95.0,), 100),
    ],
)  # fmt: skip
def test_percentages_on_cards_share_one_of_three_axes(
    values: tuple[float, ...], top: float
) -> None:
    rows = [Dot("A", PEER, value, "x") for value in values]
    assert validated(cards_dots(rows, PERCENT)).layout.xaxis.range == (0, top)


def test_a_card_draws_the_interval_and_writes_the_value_beyond_it() -> None:
    few = Dot("Viby Syd", PEER, 23.1, "3 af 13", low=8.2, high=50.3)
    figure = validated(cards_dots([few, DANISH], PERCENT))
    assert [trace.x for trace in figure.data if trace.mode == "lines"] == [(8.2, 50.3), (0, 1.7)]
    places = {label.text: label.x for label in figure.layout.annotations}
    assert places["3 af 13"] == 50.3
    assert places["1,7"] == 1.7


def test_a_card_keeps_the_given_order() -> None:
    assert [value for value, _ in marks(cards_dots([DANISH, ABOUT], PERCENT))] == [1.7, 10.0]


# --- limits and ranges ---------------------------------------------------------------------------

OVER = Dot("Aktører", FOCUS, 30.0, "mere end 30", bound="at_least")
MOST = Dot("Pladser", PEER, 50.0, "højst 50", bound="at_most")
BETWEEN = Dot("Ventetid", PEER, 2.5, "2-3 måneder", bound="range", range_low=2.0, range_high=3.0)
PLAIN = Scale("", 0)


@pytest.mark.parametrize("draw", [dots, cards_dots])
def test_limits_are_open_with_an_arrow_and_ranges_are_bars(draw: object) -> None:
    assert callable(draw)
    figure = validated(draw([MOST, OVER, BETWEEN], PLAIN))
    assert marks(figure) == [(50.0, True), (30.0, True)]  # no dot in the middle of a range
    arrows = {
        trace.marker.symbol[1]: tuple(trace.x)
        for trace in figure.data
        if trace.mode == "lines+markers"
    }
    assert arrows["triangle-right"][0] == 30.0
    assert arrows["triangle-right"][1] > 30.0
    assert arrows["triangle-left"][0] == 50.0
    assert 0 <= arrows["triangle-left"][1] < 50.0
    stems = [tuple(trace.x) for trace in figure.data if trace.mode == "lines"]
    assert stems == [(0, 30.0), (2.0, 3.0)]  # none up to an upper limit
    assert {"mere end 30", "højst 50", "2-3 måneder"} <= set(labels(figure))
    low, high = figure.layout.xaxis.range
    assert low <= 2.0
    assert high >= arrows["triangle-right"][1]


# --- many rows, and where the axis begins --------------------------------------------------------


@settings(max_examples=500 if "SPOR_SOAK" in os.environ else 10)
@given(
    count=st.integers(2, 120),
    focus=st.integers(0, 119),
    named=st.sets(st.integers(0, 119)),
    with_benchmark=st.booleans(),
    frame=st.sampled_from([None, Frame(680), Frame(900, 360)]),
)
def test_labels_of_rows_stand_at_their_own_dots(
    count: int, focus: int, named: set[int], with_benchmark: bool, frame: Frame | None
) -> None:
    rows = [
        Dot(
            f"By {place}", FOCUS if place == focus % count else PEER, 80 - place / 2,
            f"{80 - place / 2}", gap_text="−1,0", named=place in named,
        )
        for place in range(count)
    ]  # fmt: skip
    given_rows = [*rows, DENMARK] if with_benchmark else rows
    figure = dots(given_rows, PERCENT, frame)
    at = {
        trace.hovertemplate.split("</b>")[0].removeprefix("<b>"): trace.y[0]
        for trace in figure.data
        if trace.mode == "markers"
    }
    names = {
        annotation.text.replace("<b>", "").replace("</b>", ""): annotation.y
        for annotation in figure.layout.annotations
        if annotation.xref == "paper"
    }
    assert names == {name: at[name] for name in names}
    assert f"By {focus % count}" in names
    assert len(at) == len(given_rows)
    width = frame.width if frame else 358
    assert overlaps([box for box in boxes(figure, width) if box.text != "−1,0"]) == []


@for_each(
    ("rows", "start"),
    [
        ([AARHUS, DENMARK, COPENHAGEN], 65.0),
        ([ABOUT, DANISH], None),  # stems from 0
        ([Dot("A", FOCUS, 1.0, "1"), Dot("B", BENCHMARK, 9.0, "9")], None),
    ],
)
def test_where_the_axis_begins_in_every_form(rows: list[Dot], start: float | None) -> None:
    assert axis_start(rows, PERCENT) == start
    for frame in (None, Frame(680), Frame(1050, 400)):
        assert dots(rows, PERCENT, frame).layout.xaxis.range[0] == (start or 0)


# A browser that puts letters at whole pixels makes small ones an eighth wider than they are.
_WHOLE_PIXELS = 1.125


@for_each(("draw", "size"), [(dots, 14), (cards_dots, 12)])
@for_each("name", ["Aarhus", "Landet", "København", "Gammel Rye", "Samsø", "Mænd over 60 år"])
def test_a_name_fits_left_of_the_plot(
    draw: Callable[[list[Dot], Scale], Figure], size: int, name: str
) -> None:
    figure = draw([Dot(name, FOCUS, 50.0, "50,0"), Dot("Ø", PEER, 40.0, "40,0")], PERCENT)
    (label,) = (each for each in figure.layout.annotations if name in each.text)
    width = _WHOLE_PIXELS * SANS_BOLD.width(name, size)
    assert figure.layout.margin.l + label.xshift >= width
