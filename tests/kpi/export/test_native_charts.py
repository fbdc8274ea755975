"""Native charts: what each kind of marks becomes, read back from the file."""

import io
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_FILL
from pptx.util import Pt
from python_calamine import CalamineWorkbook

from kpi.charts.marks import (
    BENCHMARK,
    FOCUS,
    PEER,
    TARGET,
    Dot,
    DotMarks,
    EventMark,
    FunnelDot,
    FunnelLimit,
    FunnelMarks,
    Line,
    LineMarks,
    LinePoint,
    Marks,
    NumberMarks,
    OutcomeMarks,
    OutcomeRow,
    RankMarks,
    Scale,
)
from kpi.domain.period import parse_period
from kpi.export.deck_text import fitting_size, lines_of, text_width
from kpi.export.native_charts import add_chart
from kpi.export.native_style import ticks_from
from tests.kpi.export.office_format import format_faults

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SCALE = Scale("\u00a0%", 1, 100)
DAY = date(2025, 3, 19)
DOTS = (
    Dot("København", PEER, 81.8, "81,8", gap_text="+4,6"),
    Dot("Hele landet", BENCHMARK, 77.2, "77,2"),
    Dot("Aarhus", FOCUS, 70.0, "ca. 70,0", approximate=True, gap_text="−7,2"),
)


def line(name: str, role: str, values: dict[str, float], hollow: str = "") -> Line:
    return Line(
        name,
        role,
        tuple(
            LinePoint(parse_period(period), period, value, str(value), period == hollow)
            for period, value in values.items()
        ),
    )


def drawn(marks: Marks) -> Any:
    """The chart as it is read back from a saved file, which holds to its format."""
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    add_chart(slide.shapes, marks, (0, 0, Pt(880), Pt(300)), date(2025, 3, 19))
    out = io.BytesIO()
    made.save(out)
    assert format_faults(out.getvalue(), "pptx") == []
    (frame,) = Presentation(io.BytesIO(out.getvalue())).slides[0].shapes
    return frame.chart


def series(chart: Any) -> dict[str, list[float | None]]:
    return {drawn.name: list(drawn.values) for drawn in chart.plots[0].series}


def points(chart: Any, name: str) -> list[tuple[float, ...]]:
    """The (x, y) of a series of an XY chart."""
    plotted = next(drawn for drawn in chart.plots[0].series if drawn.name == name)
    sides = (plotted._element.find(f"{CHART}{side}") for side in ("xVal", "yVal"))
    values = [[float(value.text) for value in side.iter(f"{CHART}v")] for side in sides]
    return list(zip(*values, strict=True))


def labels(chart: Any) -> list[str]:
    elements = chart._chartSpace.iter(f"{CHART}dLbl")
    return ["".join(t.text for t in element.iter(f"{DRAWING}t")) for element in elements]


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


def test_dots_start_at_the_benchmark() -> None:
    chart = drawn(DotMarks(DOTS, SCALE))
    assert points(chart, "Aarhus") == [(77.2, 0.5), (70.0, 0.5)]
    assert points(chart, "København") == [(77.2, 2.5), (81.8, 2.5)]
    assert {"Aarhus", "ca. 70,0", "−7,2", "+4,6", "81,8"} <= set(labels(chart))
    assert chart.category_axis.minimum_scale == 68


def test_an_approximate_value_is_hollow() -> None:
    chart = drawn(DotMarks(DOTS, SCALE))
    inside = {
        drawn.name: str(drawn.marker.format.fill.fore_color.rgb)
        for drawn in chart.plots[0].series
        if drawn.name in ("Aarhus", "København")
    }
    assert inside == {"Aarhus": "FFFFFF", "København": "8A95A1"}


def test_an_interval_is_a_line_of_its_own_numbers() -> None:
    dot = Dot("Gellerup", FOCUS, 31.0, "21 af 68 · 31 %", low=21.0, high=43.0)
    chart = drawn(DotMarks((dot,), SCALE))
    assert points(chart, "Usikkerhed: Gellerup") == [(21, 0.5), (43, 0.5)]
    assert points(chart, "Gellerup") == [(0, 0.5), (31, 0.5)]
    assert "21 af 68 · 31 %" in labels(chart)


def test_outcomes_stand_in_blocks() -> None:
    pair = (
        Dot("Gellerup", FOCUS, 31.0, "21 af 68 · 31 %"),
        Dot("Viby Syd", PEER, 23.0, "3 af 13 · 23 %"),
    )
    rows = (OutcomeRow("Af ledige", "I job", pair), OutcomeRow("Af familier", "Fritid", pair))
    chart = drawn(OutcomeMarks(rows, SCALE))
    assert points(chart, "I job: Gellerup")[1][0] == 31
    said = labels(chart)
    assert said[:4] == ["Af ledige", "I job", "Af familier", "Fritid"]
    assert said.count("Viby Syd 3 af 13 · 23 %") == 2


@pytest.mark.parametrize(("areas", "named"), [(5, 5), (98, 2)])
def test_a_ranking_names_all_areas_or_the_chosen(areas: int, named: int) -> None:
    dots = tuple(
        Dot(
            f"Område {place}",
            {2: FOCUS, 3: BENCHMARK}.get(place, PEER),
            90 - place / 2,
            f"{place}",
        )
        for place in range(areas)
    )
    chart = drawn(RankMarks(dots, SCALE))
    assert chart.chart_type == XL_CHART_TYPE.BAR_CLUSTERED
    assert list(chart.plots[0].categories) == [dot.name for dot in dots]
    assert series(chart) == {"Værdi": [dot.value for dot in dots]}
    assert chart.category_axis.reverse_order
    assert len(labels(chart)) == named
    chosen = chart.plots[0].series[0].points[2].format.fill.fore_color.rgb
    assert str(chosen) == "00529B"


def label_places(chart: Any) -> dict[int, tuple[str, bool]]:
    """The labels of the first series by the number of their point, and whether they are moved."""
    elements = chart.plots[0].series[0]._element.iter(f"{CHART}dLbl")
    return {
        int(element.find(f"{CHART}idx").get("val")): (
            "".join(t.text for t in element.iter(f"{DRAWING}t")),
            element.find(f"{CHART}layout") is not None,
        )
        for element in elements
    }


@settings(max_examples=40)
@given(
    count=st.integers(2, 120),
    focus=st.integers(0, 119),
    named=st.sets(st.integers(0, 119)),
)
def test_each_label_of_a_ranking_stands_at_its_own_bar(
    count: int, focus: int, named: set[int]
) -> None:
    own = focus % count
    dots = tuple(
        Dot(
            f"By {place}", FOCUS if place == own else PEER, 90 - place / 2, f"{place}",
            named=place in named,
        )
        for place in range(count)
    )  # fmt: skip
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    frame = add_chart(slide.shapes, RankMarks(dots, SCALE), (0, 0, Pt(880), Pt(300)), DAY)
    placed = label_places(frame.chart)
    step = (300 - 38) / count
    assert own in placed
    assert not any(moved for _, moved in placed.values())
    places = sorted(placed)
    if count > 20 or step < 18:
        assert {place: text for place, (text, _) in placed.items()} == {
            place: f"By {place} {place}" for place in placed
        }
        assert all((after - before) * step >= 18 for before, after in pairwise(places))
    else:
        assert len(placed) == count


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


@pytest.mark.parametrize(
    ("dot", "moves"),
    [
        (Dot("Aktører", FOCUS, 30.0, "mere end 30", bound="at_least"), 1),
        (Dot("Pladser", FOCUS, 50.0, "højst 50", bound="at_most"), -1),
    ],
)
def test_a_limit_is_open_with_an_arrow(dot: Dot, moves: int) -> None:
    chart = drawn(DotMarks((dot, Dot("Andet", PEER, 10.0, "10")), Scale("", 0)))
    (start, _), (end, _) = points(chart, f"Grænse: {dot.name}")
    assert start == dot.value
    assert (end - start) * moves > 0
    assert dot.text in labels(chart)
    own = next(drawn for drawn in chart.plots[0].series if drawn.name == dot.name)
    assert str(own.marker.format.fill.fore_color.rgb) == "FFFFFF"


def test_a_range_is_a_bar_without_a_dot() -> None:
    wait = Dot(
        "Ventetid", FOCUS, 2.5, "2-3 måneder", bound="range", range_low=2.0, range_high=3.0
    )  # fmt: skip
    chart = drawn(DotMarks((wait, Dot("Andet", PEER, 10.0, "10")), Scale("", 0)))
    assert [x for x, _ in points(chart, "Ventetid")] == [2.0, 3.0]
    own = next(drawn for drawn in chart.plots[0].series if drawn.name == "Ventetid")
    assert own.marker.style == XL_MARKER_STYLE.NONE
    assert "2-3 måneder" in labels(chart)


def test_of_many_rows_those_that_matter_are_named_at_their_dots() -> None:
    dots = tuple(
        Dot(f"By {n}", FOCUS if n == 40 else PEER, 90 - n / 2, f"{n}") for n in range(98)
    )  # fmt: skip
    chart = drawn(DotMarks((*dots, DOTS[1]), SCALE))
    names = dict(zip(labels(chart), points(chart, "Rækkernes navne"), strict=False))
    assert {"By 40", "Hele landet", "By 0", "By 97"} == set(list(names)[:4])
    assert names["By 40"][1] == points(chart, "By 40")[0][1]


def test_a_single_number_is_no_chart() -> None:
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    marks = NumberMarks("mere end 30", "Aktører på netværksmødet, Aarhus, december 2024")
    frame = add_chart(slide.shapes, marks, (0, 0, Pt(880), Pt(300)), DAY)
    assert not frame.has_chart
    out = io.BytesIO()
    made.save(out)
    assert format_faults(out.getvalue(), "pptx") == []
    said = [p.text for p in frame.table.cell(0, 0).text_frame.paragraphs]
    assert said == ["mere end 30", "Aktører på netværksmødet, Aarhus, december 2024"]


def test_the_funnel_has_limits_and_areas() -> None:
    sizes, low, high = (100.0, 500.0, 900.0), (50.0, 60.0, 63.0), (90.0, 80.0, 77.0)
    marks = FunnelMarks(
        (
            FunnelDot("Aarhus", FOCUS, 800, 66.0, "66", True),
            *(FunnelDot(f"K{place}", PEER, 200, 70.0, "70", False) for place in range(5)),
        ),
        (FunnelLimit("95 %", False, sizes, low, high),),
        70.0,
        SCALE,
    )
    chart = drawn(marks)
    assert points(chart, "95 %, nedre grænse") == list(zip(sizes, low, strict=True))
    assert points(chart, "Aarhus") == [(800, 66)]
    assert len(points(chart, "Øvrige områder")) == 5
    assert set(labels(chart)) == {"95 %", "Aarhus"}
    # Some programs draw nothing of the series that come before the longest.
    lengths = [len(points(chart, drawn.name)) for drawn in chart.plots[0].series]
    assert lengths == sorted(lengths, reverse=True)


def test_the_workbook_in_the_chart_holds_numbers_and_no_formula() -> None:
    dots = (replace_name("=1+1", 9.5), replace_name("Aarhus", 7.0))
    chart = drawn(RankMarks(dots, SCALE))
    book = CalamineWorkbook.from_filelike(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    assert book.sheet_names == ["Tal"]
    assert book.get_sheet_by_name("Tal").to_python() == [
        ["", "Værdi"],
        ["'=1+1", 9.5],
        ["Aarhus", 7.0],
    ]
    references = [formula.text for formula in chart._chartSpace.iter(f"{CHART}f")]
    assert references == ["Tal!$B$1", "Tal!$A$2:$A$3", "Tal!$B$2:$B$3"]


def replace_name(name: str, value: float) -> Dot:
    return Dot(name, PEER, value, str(value))


@pytest.mark.parametrize(
    ("low", "high", "scale", "code"),
    [
        (64, 79.2, SCALE, '[>=74]#,##0"\u00a0%";#,##0'),  # the unit stands at 76 only
        (0, 10.4, SCALE, '[>=8.75]#,##0.0"\u00a0%";#,##0.0'),
        (0, 430_000, Scale("", 0), "#,##0"),
    ],
)
def test_axis_numbers_are_formats_not_texts(
    low: float, high: float, scale: Scale, code: str
) -> None:
    assert ticks_from(low, high).format_code(scale) == code


def test_texts_are_measured_and_broken() -> None:
    assert text_width("ii", 10) < text_width("WW", 10)
    assert text_width("WW", 20) == 2 * text_width("WW", 10)
    assert lines_of("en to tre", 10, text_width("en to ", 10)) == ["en to", "tre"]
    assert "".join(lines_of("W" * 50, 10, 100)) == "W" * 50
    assert fitting_size("kort", (20, 10), 500, 30) == 20
    assert fitting_size("W" * 40, (20, 10), 500, 30) == 10
