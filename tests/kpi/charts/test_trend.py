"""Lines over time: what is drawn, which marks are hollow, and labels that do not overlap."""

import re
from datetime import date
from itertools import pairwise

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.charts import Line, LinePoint, Scale, card_trend, trend
from kpi.charts.line_labels import gap_text
from kpi.charts.marks import BENCHMARK, FOCUS, PEER, EventMark, Frame
from kpi.charts.trend import axis_start
from kpi.domain.period import parse_period
from tests.kpi.charts.boxes import boxes, overlaps, plot_of
from tests.kpi.charts.drawn import labels, validated

PERCENT = Scale("\u00a0%", 1, top=100)


def line(name: str, role: str, values: dict[str, float], approximate: str = "") -> Line:
    """A line of (period: value); the period `approximate` is one the source only gives roughly."""
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
    assert list(drawn) == ["Hele landet", "Aarhus"]  # the strongest on top
    assert drawn["Aarhus"].y == (72.0, 71.0, 73.7)
    days = [parse_period(year).end.toordinal() for year in ("2019", "2021")]
    marks = traces(trend([AARHUS, DENMARK, ODENSE], PERCENT), "markers")
    assert list(marks["Odense"].x) == days  # no value for 2020: neither a 0 nor a line across
    assert marks["Odense"].y == (71.0, 72.2)


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
    assert labels(trend([AARHUS, DENMARK], PERCENT))[2:] == ["−3,4", "−4,0"]
    wide = line("Hele landet", BENCHMARK, {"2019": 76.0, "2020": 79.5, "2021": 77.1})
    exact = line("Aarhus", FOCUS, {"2019": 72.0, "2020": 71.0, "2021": 73.7})
    assert labels(trend([exact, wide], PERCENT))[2:] == ["−3,4", "−4,0", "−8,5"]


def test_the_distance_of_an_approximate_value_is_approximate() -> None:
    own, other = AARHUS.points[1], DENMARK.points[1]._replace(value=75.4)
    assert gap_text(own, other, PERCENT) == "ca.\u00a0−4"
    assert gap_text(AARHUS.points[0], other, PERCENT) == "−3,4"
    assert gap_text(own, other, Scale("", 1, rough_decimals=1)) == "ca.\u00a0−4,4"


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
        ([AARHUS, DENMARK], 70),  # three periods: the axis begins near the values
        ([line("A", FOCUS, {"2024H1": 13.0, "2024H2": 9.7})], None),  # two: from 0
        ([line("A", FOCUS, {"2019": 2.04, "2020": 9.0, "2021": 5.0})], 1),
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
    lines = []
    for number in range(draw(st.integers(1, 12))):
        periods = draw(st.lists(st.sampled_from(PERIODS), min_size=1, unique=True))
        points = tuple(
            LinePoint(period, period.text, value, f"{value:.1f}", draw(st.booleans()))
            for period in sorted(periods, key=lambda period: period.order)
            for value in [draw(VALUES)]
        )
        lines.append(Line(f"Område {number}", draw(ROLES), points))
    return lines


@settings(max_examples=25)
@given(many_lines())
def test_labels_at_the_end_never_overlap(lines: list[Line]) -> None:
    figure = validated(trend(lines, PERCENT, gaps=False))
    low, high = figure.layout.yaxis.range
    height = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    at_ends = [annotation for annotation in figure.layout.annotations if annotation.showarrow]
    assert len(at_ends) == len(lines)
    # Upwards from the axis; `ay` points down.
    heights = sorted((end.y - low) / (high - low) * height - end.ay for end in at_ends)
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
        if x is not None and not (left <= x <= right and bottom <= y <= top)
    ]
    assert outside == []


# --- room on a phone -----------------------------------------------------------------------------


def shown_names(figure: go.Figure) -> list[str]:
    return list(validated(figure).layout.xaxis.ticktext)


def test_school_years_are_named_in_two_lines_and_as_many_as_a_phone_holds() -> None:
    years = {f"{year}/{year + 1}": 5.0 + year % 3 for year in range(2015, 2025)}
    figure = trend([line("Aarhus", FOCUS, years)], PERCENT)
    assert shown_names(figure)[0] == "2015/<br>2016"
    assert len(shown_names(figure)) == 4
    long = trend([line("Lyngby-Taarbæk", FOCUS, years)], PERCENT)
    assert len(shown_names(long)) == 3
    # A picture's width is known: names stand whole in it, and more of them.
    framed = trend([line("Aarhus", FOCUS, years)], PERCENT, frame=Frame(900))
    assert shown_names(framed)[0] == "2015/2016"
    assert len(shown_names(framed)) == 7


def test_numbers_of_events_that_lie_close_stand_above_each_other() -> None:
    days = [date(2019, 1, 1), date(2019, 1, 20), date(2019, 2, 1), date(2020, 9, 1)]
    events = [EventMark(day, day, "Start", "dengang") for day in days]
    figure = validated(trend([AARHUS, DENMARK], PERCENT, events=events))
    numbers = {
        annotation.text: annotation.yshift
        for annotation in figure.layout.annotations
        if annotation.text in "1234"
    }
    assert numbers == {"1": 0, "2": 16, "3": 32, "4": 0}


def test_the_widest_distance_goes_unnamed_where_another_stands() -> None:
    months = {f"2020M{month:02d}": 70.0 for month in range(1, 13)}
    theirs = {**dict.fromkeys(months, 72.0), "2020M11": 72.1}
    figure = trend([line("Aarhus", FOCUS, months), line("Landet", BENCHMARK, theirs)], PERCENT)
    assert labels(figure)[2:] == ["−2,0", "−2,0"]
    assert len([trace for trace in figure.data if trace.line.dash == "dot"]) == 3


def test_a_long_name_stands_in_two_lines_at_the_end() -> None:
    name = "Sankt Nikolaj og Sydlangelands Landdistriktskommune"
    long = line(name, FOCUS, {"2019": 70, "2020": 71})
    texts = [text for text in labels(trend([long], PERCENT)) if "Nikolaj" in text]
    assert texts == ["Sankt Nikolaj og Sydlangelands<br>Landdistriktskommune 71.0"]


def test_a_value_with_its_counts_stands_under_the_name_and_leaves_the_lines_room() -> None:
    points = [
        LinePoint(parse_period(year), year, 54.0, "51.234 af 95.678 · 54 %")
        for year in ("2019", "2020", "2021")
    ]
    figure = trend([Line("Dansk oprindelse", FOCUS, tuple(points))], PERCENT)
    assert labels(figure) == ["Dansk oprindelse<br>51.234 af 95.678 · 54 %"]
    assert figure.layout.margin.r < 200


# --- many lines ----------------------------------------------------------------------------------


@st.composite
def a_system(draw: st.DrawFn) -> tuple[list[Line], str]:
    """Up to 98 lines, of which one is the chosen area and perhaps one the benchmark."""
    count = draw(st.integers(2, 98))
    first, last = sorted((draw(st.integers(0, 13)), draw(st.integers(0, 14))))
    periods = PERIODS[first : last + 2]
    roles = [FOCUS, draw(st.sampled_from([BENCHMARK, PEER])), *[PEER] * (count - 2)]
    base = draw(VALUES)
    spread = draw(st.sampled_from([0.0, 1.0, 20.0]))
    lines = []
    for number, role in enumerate(roles):
        seed = draw(st.integers(0, 1000))
        points = tuple(
            LinePoint(period, period.text, value, f"{value:.1f}")
            for place, period in enumerate(periods)
            if place % 7 != seed % 11
            for value in [min(base + spread * ((seed * (place + 3)) % 97) / 97, 100.0)]
        )
        if points:
            lines.append(Line(f"Kommune {number}", role, points))
    return lines or [AARHUS], "Kommune 0"


EVENTS = [
    EventMark(date(2012, 5, 1), date(2012, 5, 1), "Start", "dengang"),
    EventMark(date(2012, 6, 1), date(2012, 8, 31), "Midt", "dengang"),
]


@settings(max_examples=60)
@given(a_system(), st.sampled_from([None, Frame(680, 330), Frame(900, 420), Frame(1050)]))
def test_labels_of_many_lines_overlap_nowhere_and_lie_beside_the_plot(
    system: tuple[list[Line], str], frame: Frame | None
) -> None:
    lines, own = system
    days = [point.period.end for line in lines for point in line.points]
    events = [event for event in EVENTS if min(days) < event.first and event.last < max(days)]
    figure = trend(lines, PERCENT, frame=frame, events=events)
    width = frame.width if frame else 358.0
    label_boxes, plot = boxes(figure, width), plot_of(figure, width)
    assert overlaps(label_boxes) == []
    outside = [
        box
        for box in label_boxes
        if box.top < plot.top - 1
        or box.bottom > plot.bottom + 1
        or box.right > width
        or box.left < 0
    ]
    assert outside == []
    if any(line.name == own for line in lines):
        assert any(re.match(rf"{own}(\u00a0|<br>)", box.text) for box in label_boxes)


def test_of_many_lines_the_chosen_the_benchmark_the_extremes_and_first_chosen_are_named() -> None:
    peers = [
        line(f"By {number}", PEER, {"2019": 60.0, "2020": 60.0, "2021": 60.0 + number / 5})
        for number in range(96)
    ]
    named = labels(trend([AARHUS, DENMARK, *peers], PERCENT, gaps=False))
    assert len(named) == 12
    for name in ("Aarhus", "Hele landet", "By 0", "By 95", "By 1", "By 8"):
        assert any(text.startswith(f"{name} ") for text in named)
    # The others are there, with their name and value where they are pointed at.
    figure = trend([AARHUS, DENMARK, *peers], PERCENT)
    hovers = {trace.name: trace.text for trace in figure.data if trace.mode == "lines"}
    assert hovers["By 50"] == ("2019: 60.0", "2020: 60.0", "2021: 70.0")


# --- gaps ----------------------------------------------------------------------------------------


def drawn_stretches(figure: go.Figure, name: str) -> list[list[float]]:
    """The values of each unbroken stretch of a line."""
    stretches: list[list[float]] = [[]]
    for value in traces(figure)[name].y if name in traces(figure) else ():
        if value is None:
            stretches.append([])
        else:
            stretches[-1].append(value)
    return [stretch for stretch in stretches if stretch]


@pytest.mark.parametrize("draw", [trend, card_trend])
@pytest.mark.parametrize(
    ("values", "stretches"),
    [
        ({"2018": 1, "2019": 2, "2021": 4, "2022": 5}, [[1, 2], [4, 5]]),
        ({"2018": 1, "2020": 2, "2021": 4}, [[2, 4]]),  # 2018 stands alone, as a dot
        ({"2018": 1, "2021": 4}, []),  # two dots
        ({"2014": 1, "2016": 2, "2018": 3}, [[1, 2, 3]]),  # counted every second year
        ({"2014": 1, "2016": 2, "2020": 3, "2022": 4}, [[1, 2], [3, 4]]),
        ({"2023H1": 1, "2023H2": 2, "2024H2": 3}, [[1, 2]]),
        ({"2023K4": 1, "2024K1": 2, "2024K2": 3}, [[1, 2, 3]]),
        ({"2023M12": 1, "2024M01": 2, "2024M03": 3}, [[1, 2]]),
        ({"2020/2021": 1, "2021/2022": 2, "2023/2024": 3, "2024/2025": 4}, [[1, 2], [3, 4]]),
        ({"2024M03D04": 1, "2024M10D06": 2}, [[1, 2]]),  # counted at days: no rhythm to miss
        ({"2016:2018": 1, "2019:2021": 2}, [[1, 2]]),
        ({"2013:2015": 1, "2019:2021": 2}, []),
    ],
)
def test_a_missing_period_is_a_gap(
    draw: object, values: dict[str, float], stretches: list[list[float]]
) -> None:
    assert callable(draw)
    figure = draw([line("Aarhus", FOCUS, values)], PERCENT)
    assert drawn_stretches(figure, "Aarhus") == stretches
    # What no line touches is a dot; nothing is lost.
    dots = traces(figure, "markers")["Aarhus"].y
    assert {*dots, *(value for run in stretches for value in run)} == set(values.values())


def test_a_hidden_period_is_a_gap_where_the_calendar_has_none() -> None:
    days = line("Aarhus", FOCUS, {"2024M03D04": 1.0, "2024M10D06": 2.0, "2024M12D01": 3.0})
    points = (days.points[0], days.points[1]._replace(after_gap=True), days.points[2])
    figure = trend([Line("Aarhus", FOCUS, points)], PERCENT)
    assert drawn_stretches(figure, "Aarhus") == [[2.0, 3.0]]


def test_limits_and_ranges_stand_on_no_line() -> None:
    known = line("Aarhus", FOCUS, {"2019": 10.0, "2020": 12.0, "2021": 30.0, "2022": 2.5})
    points = (
        *known.points[:2],
        known.points[2]._replace(bound="at_least", text="mere end 30"),
        known.points[3]._replace(bound="range", text="2-3 måneder", range_low=2.0, range_high=3.0),
    )
    figure = trend([Line("Aarhus", FOCUS, points)], Scale("", 0))
    assert drawn_stretches(figure, "Aarhus") == [[10.0, 12.0]]
    marks = traces(figure, "markers")["Aarhus"]
    assert list(zip(marks.y, marks.marker.symbol, strict=True))[-2:] == [
        (30.0, "triangle-up-open"), (2.5, "line-ew-open"),
    ]  # fmt: skip
    bars = [trace.y for trace in validated(figure).data if trace.line.width == 5]
    assert bars == [(2.0, 3.0)]
    assert labels(figure) == ["Aarhus 2-3 måneder"]


def test_a_line_that_ends_earlier_says_when() -> None:
    ended = line("Odense", PEER, {"2019": 71.0, "2020": 72.2})
    assert labels(trend([AARHUS, ended], PERCENT)) == ["Odense 72.2 (2020)", "Aarhus 73.7"]


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ({"2019": 70.0, "2020": 71.0, "2021": 72.0}, ("69,7\u00a0%",)),
        ({"2019": 0.0, "2020": 9.0}, ()),
    ],
)
def test_a_small_chart_says_that_its_axis_is_cut(
    values: dict[str, float], ticks: tuple[str, ...]
) -> None:
    figure = validated(card_trend([line("Aarhus", FOCUS, values)], PERCENT))
    assert tuple(figure.layout.yaxis.ticktext) == ticks


@pytest.mark.parametrize(("largest", "text"), [(6_028_459.0, "6.000.000"), (64.0, "60")])
def test_the_longest_number_of_the_axis_has_its_room(largest: float, text: str) -> None:
    figure = trend([line("Landet", FOCUS, {"2023": 1.0, "2024": largest / 2, "2025": largest})],
                   Scale("", 0))  # fmt: skip
    longest = max(figure.layout.yaxis.ticktext, key=len)
    assert text in figure.layout.yaxis.ticktext
    # About as wide as its letters are.
    assert figure.layout.margin.l >= 7 * len(longest)
    assert figure.layout.margin.l < 100


@pytest.mark.parametrize(
    ("periods", "texts"),
    [
        (("2019", "2020", "2021"), ["2019", "2021"]),
        (("2019/2020", "2020/2021", "2021/2022"), ["2019/2020", "2021/2022"]),
        (("2008K1", "2011K1", "2026K1"), ["1. kvartal<br>2008", "1. kvartal<br>2026"]),
        (("2024M12", "2025M01", "2025M12"), ["december<br>2024", "december<br>2025"]),
    ],
)
def test_a_card_names_long_periods_in_two_lines(periods: tuple[str, ...], texts: list[str]) -> None:
    points = tuple(
        LinePoint(parse_period(text), parse_period(text).name(), 1.0 + place, str(place))
        for place, text in enumerate(periods)
    )
    figure = validated(card_trend([Line("Aarhus", FOCUS, points)], PERCENT))
    assert list(figure.layout.xaxis.ticktext) == texts
    one_line = validated(card_trend([AARHUS], PERCENT)).layout
    more = 14 if "<br>" in texts[0] else 0
    assert figure.layout.height - one_line.height == more
    assert figure.layout.margin.b - one_line.margin.b == more
