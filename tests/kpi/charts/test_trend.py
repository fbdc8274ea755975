"""Lines over time: what is drawn, which marks are hollow, and labels that do not overlap."""

from itertools import pairwise

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.charts import Line, LinePoint, Scale, card_trend, trend
from kpi.charts.marks import BENCHMARK, FOCUS, PEER
from kpi.charts.trend import axis_start
from kpi.period import parse_period
from tests.kpi.charts.drawn import labels, validated

PERCENT = Scale("\u00a0%", 1, top=100)


def line(name: str, role: str, values: dict[str, float], approximate: str = "") -> Line:
    """A line of (period: value); the period `approximate` is one the source only tells roughly."""
    points = [
        LinePoint(parse_period(period), period, value, f"{value:.1f}", period == approximate)
        for period, value in values.items()
    ]
    return Line(name, role, tuple(points))


AARHUS = line("Aarhus", FOCUS, {"2019": 72.0, "2020": 71.0, "2021": 73.7}, approximate="2020")
DENMARK = line("Hele landet", BENCHMARK, {"2019": 76.0, "2020": 75.0, "2021": 77.1})
ODENSE = line("Odense", PEER, {"2019": 71.0, "2021": 72.2})


@pytest.mark.parametrize(
    "lines",
    [
        [AARHUS],
        [AARHUS, DENMARK, ODENSE],
        [line("A", FOCUS, {"2020": 1.0, "2021": 2.0})],
        [line("A", FOCUS, {"2020": 0.0, "2021": 0.0})],
        [line("A", FOCUS, {"2024H1": 13.0, "2024H2": 9.7}), line("B", PEER, {"2024H2": 9.0})],
    ],
)
@pytest.mark.parametrize("draw", [trend, card_trend])
def test_plotly_knows_every_part(draw: object, lines: list[Line]) -> None:
    assert callable(draw)
    figure = validated(draw(lines, PERCENT))
    assert len(figure.data) >= len(lines)


def traces(figure: go.Figure, mode: str = "lines") -> dict[str, go.Scatter]:
    """The lines, or the marks on them, by name."""
    return {
        trace.name: trace for trace in validated(figure).data if trace.name and trace.mode == mode
    }


def test_the_values_are_drawn_at_their_days() -> None:
    drawn = traces(trend([AARHUS, DENMARK, ODENSE], PERCENT))
    assert list(drawn) == ["Odense", "Hele landet", "Aarhus"]  # the strongest on top
    assert drawn["Aarhus"].y == (72.0, 71.0, 73.7)
    days = [parse_period(year).end.toordinal() for year in ("2019", "2021")]
    assert list(drawn["Odense"].x) == days  # no value for 2020, not a 0
    assert drawn["Odense"].y == (71.0, 72.2)


def test_approximate_values_are_hollow_and_seen() -> None:
    marks = traces(trend([AARHUS, DENMARK], PERCENT), "markers")
    assert marks["Aarhus"].y[-2:] == (71.0, 73.7)
    assert marks["Aarhus"].marker.symbol[-2:] == ("circle-open", "circle")
    assert min(marks["Aarhus"].marker.size) > 0


def test_a_longer_line_is_marked_at_its_end_and_where_it_is_approximate() -> None:
    values = {str(year): float(year - 2000) for year in range(2010, 2020)}
    marks = traces(trend([line("Aarhus", FOCUS, values, approximate="2012")], PERCENT), "markers")
    assert marks["Aarhus"].y == (12.0, 19.0)
    assert marks["Aarhus"].marker.symbol == ("circle-open", "circle")


def test_lines_are_named_at_their_end_with_their_last_value() -> None:
    assert labels(trend([AARHUS, DENMARK, ODENSE], PERCENT, gaps=False)) == [
        "Odense 72.2", "Hele landet 77.1", "Aarhus 73.7",
    ]  # fmt: skip


def test_the_distance_to_the_benchmark_stands_at_first_widest_and_last() -> None:
    # 2019 and 2020 are equally wide: the first stands for both.
    assert labels(trend([AARHUS, DENMARK], PERCENT))[2:] == ["−4,0", "−3,4"]
    wide = line("Hele landet", BENCHMARK, {"2019": 76.0, "2020": 79.5, "2021": 77.1})
    assert labels(trend([AARHUS, wide], PERCENT))[2:] == ["−4,0", "−8,5", "−3,4"]


@pytest.mark.parametrize(
    "lines",
    [
        [AARHUS, ODENSE],  # no benchmark
        [AARHUS, line("Hele landet", BENCHMARK, {"2018": 76.0, "2021": 77.1})],  # one common year
    ],
)
def test_no_distance_without_common_periods(lines: list[Line]) -> None:
    assert len(labels(trend(lines, PERCENT))) == len(lines)


@pytest.mark.parametrize(
    ("lines", "start"),
    [
        ([AARHUS, DENMARK], 70.268),  # three periods: the axis begins near the values
        ([line("A", FOCUS, {"2024H1": 13.0, "2024H2": 9.7})], None),  # two: from 0
        ([line("A", FOCUS, {"2019": 1.0, "2020": 9.0, "2021": 5.0})], 0.04),
        ([line("A", FOCUS, {"2019": 0.0, "2020": 9.0, "2021": 5.0})], None),
    ],
)
def test_where_the_axis_begins(lines: list[Line], start: float | None) -> None:
    assert axis_start(lines, PERCENT) == (start and pytest.approx(start))


PERIODS = [parse_period(str(year)) for year in range(2010, 2025)]
VALUES = st.floats(0, 100, allow_subnormal=False).map(lambda value: round(value, 1))
ROLES = st.sampled_from([FOCUS, BENCHMARK, PEER])


@st.composite
def many_lines(draw: st.DrawFn) -> list[Line]:
    """Up to twelve lines, each with values in some of the years."""
    found = []
    for number in range(draw(st.integers(1, 12))):
        periods = draw(st.lists(st.sampled_from(PERIODS), min_size=1, unique=True))
        points = tuple(
            LinePoint(one, one.text, value, f"{value:.1f}", draw(st.booleans()))
            for one in sorted(periods, key=lambda one: one.order)
            for value in [draw(VALUES)]
        )
        found.append(Line(f"Område {number}", draw(ROLES), points))
    return found


@settings(max_examples=25)
@given(many_lines())
def test_labels_at_the_end_never_overlap(lines: list[Line]) -> None:
    figure = validated(trend(lines, PERCENT, gaps=False))
    low, high = figure.layout.yaxis.range
    height = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    at_ends = [one for one in figure.layout.annotations if one.showarrow]
    assert len(at_ends) == len(lines)
    # Upwards from the axis; `ay` points down.
    heights = sorted((one.y - low) / (high - low) * height - one.ay for one in at_ends)
    assert [1 for below, above in pairwise(heights) if above - below < 18 - 1e-3] == []


@settings(max_examples=25)
@given(many_lines())
def test_every_value_lies_within_the_frame(lines: list[Line]) -> None:
    figure = validated(trend(lines, PERCENT))
    bottom, top = figure.layout.yaxis.range
    left, right = figure.layout.xaxis.range
    outside = [
        (x, y)
        for trace in figure.data
        for x, y in zip(trace.x, trace.y, strict=True)
        if not (left <= x <= right and bottom <= y <= top)
    ]
    assert outside == []
