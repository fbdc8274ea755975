"""Dots, rankings and funnels as charts of Office: what is marked, named and left out."""

import io
import os
import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
from pptx.util import Pt

from kpi.charts.marks import (
    BENCHMARK,
    FOCUS,
    PEER,
    Dot,
    DotMarks,
    FunnelDot,
    FunnelLimit,
    FunnelMarks,
    NumberMarks,
    OutcomeMarks,
    OutcomeRow,
    RankMarks,
    Scale,
)
from kpi.export.native_charts import add_chart
from tests.kpi.export.native import CHART, DAY, DOTS, DRAWING, SCALE, drawn, labels, points, series
from tests.kpi.export.office_format import format_faults


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


def test_a_negative_number_is_beyond_its_dot_and_not_on_its_stem() -> None:
    dots = (Dot("Aarhus", FOCUS, -1.1, "−1,1"), Dot("Odense", PEER, 2.0, "2,0"))
    xml = drawn(DotMarks(dots, SCALE))._chartSpace.xml
    sides = re.findall(r'<a:t>(−1,1|2,0)</a:t>.*?<c:dLblPos val="(\w)"/>', xml, re.DOTALL)
    assert {*sides} == {("−1,1", "l"), ("2,0", "r")}


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


@settings(max_examples=500 if "SPOR_SOAK" in os.environ else 8)
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
