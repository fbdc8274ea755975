"""Native charts: what each kind of marks becomes, read back from the file."""

import io
from datetime import date

import pytest
from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_FILL
from python_calamine import CalamineWorkbook

from kpi.charts.marks import (
    BENCHMARK,
    FOCUS,
    PEER,
    TARGET,
    EventMark,
    Line,
    LineMarks,
    NoteMark,
    RankMarks,
    Scale,
)
from kpi.export.deck_text import fitting_size, lines_of, text_width
from kpi.export.native_style import ticks_from
from tests.kpi.export.native import CHART, SCALE, drawn, labels, line, peer_dot, points, series
from tests.tables import for_each


def test_lines_have_gaps_where_values_are_missing() -> None:
    chart = drawn(
        LineMarks(
            (
                line("Aarhus", FOCUS, {"2020": 70.0, "2021": 71.0, "2023": 73.0}),
                line("Hele landet", BENCHMARK, {"2020": 77.0, "2021": 77.0, "2022": 77.5}),
                line("Odense", PEER, {"2022": 72.0, "2023": 72.9}, hollow="2023"),
            ),
            SCALE,
        )
    )
    assert chart.chart_type == XL_CHART_TYPE.LINE
    assert list(chart.plots[0].categories) == ["2020", "2021", "2022", "2023"]
    assert series(chart) == {
        "Odense": [None, None, 72.0, 72.9],
        "Hele landet": [77.0, 77.0, 77.5, None],
        "Aarhus": [70.0, 71.0, None, 73.0],  # the chosen area lies on top
        "Midt mellem Aarhus og Hele landet": [73.5, 74.0, None, None],
    }
    assert chart._chartSpace.chart.find(f"{CHART}dispBlanksAs").get("val") == "gap"
    assert {"Aarhus 73.0", "Hele landet 77.5 (2022)", "Odense 72.9", "−7,0", "−6,0"} == set(
        labels(chart)
    )
    looks = {drawn.name: drawn.format.line for drawn in chart.plots[0].series}
    assert [str(looks[name].color.rgb) for name in ("Aarhus", "Hele landet", "Odense")] == [
        "00529B",
        "1B2530",
        "AEB7C0",
    ]
    assert [looks[name].width.pt for name in ("Aarhus", "Hele landet", "Odense")] == [
        3.5,
        2.25,
        1.5,
    ]


def test_uneven_periods_stand_at_their_years() -> None:
    chart = drawn(
        LineMarks((line("Aarhus", FOCUS, {"2008": 10.0, "2017": 12.0, "2019": 11.0}),), SCALE)
    )
    # No line is drawn across the years without a value.
    assert points(chart, "Aarhus, til 2008") == [(2008, 10)]
    assert points(chart, "Aarhus") == [(2017, 12), (2019, 11)]
    assert [x for x, _ in points(chart, "Perioder")] == [2008, 2017, 2019]
    assert set(labels(chart)) == {"2008", "2017", "2019", "Aarhus 11.0"}


def test_the_way_to_a_target_is_dashed_and_ends_hollow() -> None:
    marks = LineMarks(
        (
            line("Aarhus", FOCUS, {"2020": 70.0, "2021": 71.0, "2022": 71.5}),
            line("Mål 2023", TARGET, {"2020": 70.0, "2023": 74.0}, hollow="2023"),
        ),
        SCALE,
    )
    chart = drawn(marks)
    assert points(chart, "Mål 2023") == [(2020, 70), (2023, 74)]
    way = next(drawn for drawn in chart.plots[0].series if drawn.name == "Mål 2023")
    assert way.format.line.dash_style is not None
    assert way.points[1].marker.format.fill.type == MSO_FILL.SOLID
    assert str(way.points[1].marker.format.fill.fore_color.rgb) == "FFFFFF"
    assert {"Aarhus 71.5", "Mål 2023 74.0"} <= set(labels(chart))


def test_near_equal_ends_are_pushed_apart() -> None:
    names = ["Aarhus", "Odense", "Randers"]
    chart = drawn(
        LineMarks(
            tuple(line(name, PEER, {"2020": 60.0, "2021": 70.0, "2022": 70.0}) for name in names),
            SCALE,
        )
    )
    downs = [
        float(label.find(f".//{CHART}manualLayout/{CHART}y").get("val")) * 300
        if label.find(f".//{CHART}manualLayout") is not None
        else 0.0
        for label in chart._chartSpace.iter(f"{CHART}dLbl")
    ]
    places = sorted(downs)
    assert places[1] - places[0] >= 17
    assert places[2] - places[1] >= 17


def test_a_missing_year_is_a_gap_also_where_no_line_has_it() -> None:
    values = {"2018": 70.0, "2019": 71.0, "2021": 73.0, "2022": 74.0}
    chart = drawn(LineMarks((line("Aarhus", FOCUS, values),), SCALE))
    assert points(chart, "Aarhus, til 2019") == [(2018, 70), (2019, 71)]
    assert points(chart, "Aarhus") == [(2021, 73), (2022, 74)]


def test_a_hidden_day_is_a_gap_between_two_others() -> None:
    whole = line("Aarhus", FOCUS, {"2024M03D04": 1.0, "2024M10D06": 2.0, "2024M12D01": 3.0})
    parts = (whole.points[0], whole.points[1]._replace(after_gap=True), whole.points[2])
    chart = drawn(LineMarks((Line("Aarhus", FOCUS, parts),), SCALE))
    assert len(points(chart, "Aarhus")) == 2
    assert len(points(chart, "Aarhus, til 2024M03D04")) == 1


def test_two_periods_have_a_value_axis_and_both_values() -> None:
    chart = drawn(LineMarks((line("Gellerup", FOCUS, {"2024H1": 13.0, "2024H2": 9.7}),), SCALE))
    assert chart.value_axis.tick_label_position != XL_TICK_LABEL_POSITION.NONE
    assert chart.value_axis.minimum_scale == 0
    assert {"13.0", "Gellerup 9.7", "2024H1", "2024H2"} == set(labels(chart))
    # The first value has room between the axis and its dot.
    assert chart.category_axis.minimum_scale < points(chart, "Gellerup")[0][0] - 0.01


def test_events_are_numbered_lines_from_the_axis() -> None:
    events = (
        EventMark(date(2019, 6, 1), date(2019, 6, 1), "Start", "juni 2019"),
        EventMark(date(2020, 3, 1), date(2020, 5, 31), "Plan", "forår 2020"),
    )
    values = {"2018": 70.0, "2019": 71.0, "2020": 73.0, "2021": 74.0}
    chart = drawn(LineMarks((line("Aarhus", FOCUS, values),), SCALE, events))
    places = points(chart, "Hændelser")
    assert [round(x, 1) for x, _ in places] == [2018.4, 2019.3]
    assert {"1", "2"} <= set(labels(chart))


def test_letters_of_remarks_stand_at_their_points() -> None:
    own = line("Aarhus", FOCUS, {"2018": 70.0, "2019": 71.0, "2020": 73.0})
    notes = (NoteMark("a", own.points[1], True), NoteMark("b", own.points[2], False))
    event = EventMark(date(2019, 6, 1), date(2019, 6, 1), "Start", "juni 2019")
    chart = drawn(LineMarks((own,), SCALE, (event,), notes))
    assert [(round(x), y) for x, y in points(chart, "Bemærkninger")] == [(2019, 71.0), (2020, 73.0)]
    assert {"a", "b", "1"} <= set(labels(chart))


def test_of_many_lines_only_some_are_named_and_none_outside_the_plot() -> None:
    lines = tuple(
        line(f"By {n}", FOCUS if n == 40 else PEER, {"2020": 60.0, "2021": 60.0, "2022": n / 10})
        for n in range(98)
    )
    chart = drawn(LineMarks(lines, SCALE))
    said = labels(chart)
    assert len(said) == 12
    assert {"By 40 4.0", "By 97 9.7", "By 0 0.0", "By 1 0.1"} <= set(said)
    assert len(chart.plots[0].series) == 98


def test_the_workbook_in_the_chart_names_its_numbers() -> None:
    dots = (peer_dot("=1+1", 9.5), peer_dot("Aarhus", 7.0))
    chart = drawn(RankMarks(dots, SCALE))
    book = CalamineWorkbook.from_filelike(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    assert book.sheet_names == ["Tal", "Diagram"]
    assert book.get_sheet_by_name("Tal").to_python() == [
        ["Område", "Værdi", "Periode", "Enhed", "Antal (n)", "Af i alt (N)"],
        ["'=1+1", 9.5, "", "procent", "", ""],
        ["Aarhus", 7.0, "", "procent", "", ""],
    ]
    references = [formula.text for formula in chart._chartSpace.iter(f"{CHART}f")]
    assert references == ["Tal!$B$1", "Tal!$A$2:$A$3", "Tal!$B$2:$B$3"]


@for_each(
    ("low", "high", "scale", "code"),
    [
        (64, 75.2, SCALE, '[>=74]0"\u00a0%";0'),  # the unit stands at 76 only
        (0, 10.4, SCALE, '[>=10]0"\u00a0%";0'),
        (0, 0.9, SCALE, '[>=1]0.0"\u00a0%";0.0'),
        (0, 430_000, Scale("", 0), r"[>=1000]0\.000;0"),
        (0, 430_000, Scale(" kr.", 0), r'[>=500000]0\.000" kr.";[>=1000]0\.000;0'),
        (0, 2_300_000, Scale(" kr.", 0), r"[>=1000000]0\.000\.000;[>=1000]0\.000;0"),
    ],
)
def test_axis_numbers_are_formats_of_any_machine(
    low: float, high: float, scale: Scale, code: str
) -> None:
    assert ticks_from(low, [low, high], scale).format_code(scale) == code


@pytest.mark.parametrize(("largest", "end", "is_closed"), [(42, 60, False), (98, 100, True)])
def test_only_a_share_near_all_ends_its_axis(largest: float, end: float, is_closed: bool) -> None:
    ticks = ticks_from(0, [0, largest], SCALE)
    assert (ticks.high, ticks.is_closed) == (end, is_closed)


@pytest.mark.parametrize("values", [[-12.5, 2.0], [-5.0, 9900.0], [-0.3, -0.1], [-14.24, 5.0]])
def test_below_nothing_an_axis_begins_at_a_tick(values: list[float]) -> None:
    ticks = ticks_from(min(values), [*values, 0.0], Scale("", 1))
    steps = [ticks.low / ticks.step, (ticks.high - ticks.low) / ticks.step]
    assert steps == pytest.approx([*map(round, steps)])
    assert ticks.low <= min(values)
    assert ticks.high >= max(*values, 0.0)


def test_texts_are_measured_and_broken() -> None:
    assert text_width("ii", 10) < text_width("WW", 10)
    assert text_width("WW", 20) == 2 * text_width("WW", 10)
    assert lines_of("en to tre", 10, text_width("en to ", 10)) == ["en to", "tre"]
    assert "".join(lines_of("W" * 50, 10, 100)) == "W" * 50
    assert fitting_size("kort", (20, 10), 500, 30) == 20
    assert fitting_size("W" * 40, (20, 10), 500, 30) == 10
