"""Lines over time: what is drawn, which marks are hollow, and where lines have gaps."""

import os
from dataclasses import replace
from itertools import pairwise

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings

from kpi.charts import Line, LinePoint, Scale, card_trend, trend
from kpi.charts.marks import FOCUS, PEER
from kpi.charts.trend import axis_start
from kpi.domain.period import parse_period
from tests.kpi.charts.drawn import labels, validated
from tests.kpi.charts.made_lines import AARHUS, DENMARK, ODENSE, PERCENT, line, many_lines
from tests.tables import for_each


@for_each(
    "lines",
    [
        [AARHUS],
        [AARHUS, DENMARK, ODENSE],
        [line("A", FOCUS, {"2020": 1.0, "2021": 2.0})],
        [line("A", FOCUS, {"2020": 0.0, "2021": 0.0})],
        [line("A", FOCUS, {"2024H1": 13.0, "2024H2": 9.7}), line("B", PEER, {"2024H2": 9.0})],
    ],
)
@for_each("draw", [trend, card_trend])
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


@for_each(
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


@settings(max_examples=500 if "SPOR_SOAK" in os.environ else 10)
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


@for_each("draw", [trend, card_trend])
@for_each(
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


@for_each(
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


@settings(max_examples=500 if "SPOR_SOAK" in os.environ else 10)
@given(many_lines())
def test_no_period_is_named_over_the_one_before_it_on_a_phone(lines: list[Line]) -> None:
    figure = trend(lines, PERCENT)
    plot = 358 - figure.layout.margin.l - figure.layout.margin.r
    start, end = figure.layout.xaxis.range
    places = [(tick - start) / (end - start) * plot for tick in figure.layout.xaxis.tickvals]
    # A year's name is 28 pixels wide.
    assert all(latter - former >= 28 for former, latter in pairwise(places))
    assert max(point.period.end for line in lines for point in line.points).toordinal() in (
        figure.layout.xaxis.tickvals
    )


def _as_shown(drawn: Line) -> Line:
    """The line with its periods in the words of a page."""
    points = [point._replace(period_name=point.period.name()) for point in drawn.points]
    return replace(drawn, points=tuple(points))


def test_two_days_are_both_named_beside_long_labels() -> None:
    drawn = [
        _as_shown(line("Gellerup", FOCUS, {"2024M10D06": 31.0, "2025M10D06": 34.0})),
        _as_shown(line("Viby Syd i Aarhus", PEER, {"2024M10D06": 23.0})),
    ]
    named = trend(drawn, PERCENT).layout.xaxis.ticktext
    assert named == ("6. oktober<br>2024", "6. oktober<br>2025")


def test_of_many_months_the_years_are_named_where_they_begin() -> None:
    months = [f"{year}M{month:02}" for year in range(2021, 2027) for month in range(1, 13)][7:67]
    axis = trend([_as_shown(line("A", FOCUS, dict.fromkeys(months, 2.0)))], PERCENT).layout.xaxis
    assert axis.ticktext == ("2022", "2023", "2024", "2025", "2026")
    firsts = [parse_period(f"{year}M01").end.toordinal() for year in range(2022, 2027)]
    assert list(axis.tickvals) == firsts
    # Of few months some are named themselves.
    few = trend([_as_shown(line("A", FOCUS, dict.fromkeys(months[:20], 2.0)))], PERCENT)
    assert few.layout.xaxis.ticktext[-1] == "marts<br>2023"
