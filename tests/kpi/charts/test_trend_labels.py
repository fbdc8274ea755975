"""Names, values and numbers beside lines: they overlap nowhere and have room on a phone."""

import os
import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.charts import Line, LinePoint, Scale, card_trend, trend
from kpi.charts.line_labels import gap_text
from kpi.charts.marks import BENCHMARK, FOCUS, LIMIT, PEER, EventMark, Frame
from kpi.charts.time_axis import _some
from kpi.domain.period import parse_period
from tests.kpi.charts.boxes import boxes, overlaps, plot_of
from tests.kpi.charts.drawn import labels, validated
from tests.kpi.charts.made_lines import (
    AARHUS,
    DENMARK,
    ODENSE,
    PERCENT,
    PERIODS,
    VALUES,
    line,
    many_lines,
)
from tests.tables import for_each


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


def test_a_long_value_with_its_period_leaves_the_lines_their_room_on_a_phone() -> None:
    """Of two days, the older of which alone has a figure of the other area, counted."""
    days = [parse_period(day) for day in ("2024M10D06", "2025M10D06")]
    own = [
        LinePoint(day, day.text, 31.0 + n, f"2{n} af 68 · 31\u00a0%") for n, day in enumerate(days)
    ]
    other = LinePoint(days[0], "6. oktober 2024", 23.0, "3 af 13 · 23\u00a0%")
    figure = trend([Line("Gellerup", FOCUS, tuple(own)), Line("Viby Syd", PEER, (other,))], PERCENT)
    assert 358 - figure.layout.margin.l - figure.layout.margin.r >= 80
    texts = [each.text for each in figure.layout.annotations]
    assert "Viby Syd<br>3 af 13 · 23\u00a0%<br>(6. oktober 2024)" in texts


def test_a_distance_stands_clear_of_the_lines_that_it_is_between() -> None:
    """Where these fall from the first year on, its number stands over or under both."""
    years = {str(2008 + place): 60.0 for place in range(17)}
    fallen = {"2008": 72.6, "2009": 66.0, "2010": 62.0}
    own = line("Aarhus", FOCUS, years | fallen)
    country = line(
        "Hele landet", BENCHMARK, {year: value + 3.4 for year, value in (years | fallen).items()}
    )
    figure = trend([own, country], PERCENT)
    first = next(
        each
        for each in figure.layout.annotations
        if each.text == "<b>−3,4</b>" and each.xshift == 5
    )
    plot = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    low, high = figure.layout.yaxis.range
    middle = (first.y - low) / (high - low) * plot + first.yshift
    top = (76.0 - low) / (high - low) * plot
    assert middle - 9 >= top
    # Lines that run level leave it its place between them.
    level = trend(
        [line("A", FOCUS, years), line("B", BENCHMARK, dict.fromkeys(years, 70.0))], PERCENT
    )
    between = [each for each in level.layout.annotations if "−10" in each.text]
    assert {each.yshift for each in between} == {0}


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


@settings(max_examples=500 if "SPOR_SOAK" in os.environ else 10)
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


@for_each("draw", [trend, card_trend])
@for_each("apart", [0.0, 0.1, 1.0])
def test_two_near_limits_are_named_beside_each_other(
    draw: Callable[[list[Line], Scale], go.Figure], apart: float
) -> None:
    limits = [
        line(f"Grænse {value}", LIMIT, {"2019": value, "2021": value}) for value in (75, 75 + apart)
    ]
    drawn = boxes(validated(draw([AARHUS, DENMARK, *limits], PERCENT)), 358)
    assert sum(box.text.startswith("Grænse") for box in drawn) == 2
    assert overlaps(drawn) == []


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
    assert shown_names(framed)[::4] == ["2016/2017", "2024/2025"]
    assert len(shown_names(framed)) == 5


@for_each(
    ("periods", "most"),
    [(periods, most) for periods in range(3, 40) for most in range(3, 8) if periods > most],
)
def test_from_name_to_name_it_is_equally_far(periods: int, most: int) -> None:
    """Years named 2021, 2022, 2024, 2025 would read as four in a row."""
    years = [date(1990 + year, 12, 31) for year in range(periods)]
    named = _some(years, most)
    steps = {later.year - earlier.year for earlier, later in pairwise(named)}
    assert len(named) <= most
    assert named[-1] == years[-1]
    assert len(steps) == 1 or min(steps) >= 3
    # No more room is left free than a name takes.
    assert named[0].year - years[0].year < min(steps)


@for_each(
    ("periods", "named"),
    [(13, [2008, 2012, 2016, 2020]), (17, [2008, 2012, 2016, 2020, 2024]), (18, 4), (5, 5)],
)
def test_on_a_page_five_years_are_named_where_four_have_no_equal_steps(
    periods: int, named: list[int] | int
) -> None:
    years = {str(2008 + year): 70.0 + year % 3 for year in range(periods)}
    # The longest names of a page's lines leave the least room.
    for name in ("Aarhus", "Hele landet"):
        names = shown_names(trend([line(name, FOCUS, years)], PERCENT))
        assert named in ([*map(int, names)], len(names))


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


@settings(max_examples=500 if "SPOR_SOAK" in os.environ else 10)
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


def test_a_line_that_ends_earlier_says_when() -> None:
    ended = line("Odense", PEER, {"2019": 71.0, "2020": 72.2})
    assert labels(trend([AARHUS, ended], PERCENT)) == ["Odense 72.2 (2020)", "Aarhus 73.7"]


def test_a_distance_that_would_hide_both_lines_is_left_out() -> None:
    years = [str(year) for year in range(2019, 2025)]
    own = line("Aarhus", FOCUS, dict(zip(years, (5.6, 4.3, 6.8, 6.1, 7.0, 6.9), strict=True)))
    other = line(
        "Median af de andre kommuner",
        BENCHMARK,
        dict(zip(years, (5.7, 5.6, 9.0, 8.4, 9.0, 8.9), strict=True)),
    )
    # At the first year they are a hair apart, and one rises where the other falls.
    named = labels(trend([own, other], PERCENT))
    assert "−0,1" not in named
    assert {"−2,3", "−2,0"} <= set(named)
