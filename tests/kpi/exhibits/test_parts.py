"""The parts of exhibits: scales, roles, labels, caveats."""

from dataclasses import replace

import pytest

from kpi.charts.marks import BENCHMARK, FOCUS, PEER, Dot, Scale
from kpi.domain.model import Indicator
from kpi.domain.vocabulary import FigureStatus
from kpi.exhibits.caveats import axis_remark, caveats
from kpi.exhibits.parts import dot_of, inside, label_of, line_of, role_of, scale_of
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator, observation
from tests.tables import for_each

MADE = made_catalog()
PERCENT = Scale("\u00a0%", 1, 100)
PERSONS = indicator("count", "persons", decimals=0)


@for_each(
    ("own_indicator", "of", "scale"),
    [
        (indicator(), None, Scale("\u00a0%", 1, 100)),
        (PERSONS, None, Scale("", 0)),
        (PERSONS, (None, 68.0), Scale("\u00a0%", 0, 100)),  # shares of a denominator
        (indicator("amount", "hours_per_week", decimals=0), None, Scale("\u00a0timer", 0)),
        (indicator("amount", "dkk_per_year", decimals=0), None, Scale("\u00a0kr.", 0)),
        (indicator("mean", "notifications"), None, Scale("", 1, None, 1)),
    ],
)
def test_scale_of(own_indicator: Indicator, of: tuple[None, float] | None, scale: Scale) -> None:
    assert scale_of(own_indicator, [observation(12, of=of)]) == scale


def test_the_scale_is_plain_when_only_some_denominators_are_known() -> None:
    rows = [observation(12, of=(None, 68)), observation(3)]
    assert scale_of(PERSONS, rows) == Scale("", 0)


@for_each(
    ("area", "focus", "role"),
    [("aarhus", "aarhus", FOCUS), ("denmark", "aarhus", BENCHMARK), ("odense", "aarhus", PEER),
     ("denmark", "denmark", FOCUS)],
)  # fmt: skip
def test_role_of(area: str, focus: str, role: str) -> None:
    assert role_of(area, focus, MADE) == role


@for_each("status", ["suppressed", "missing", "not_applicable"])
def test_hidden_and_missing_values_make_no_mark(status: FigureStatus) -> None:
    row = observation(None, status=status, of=(None, 68))
    assert dot_of("Aarhus", FOCUS, row, PERSONS) is None
    assert line_of("Aarhus", FOCUS, (row,), PERSONS, MADE).points == ()


def test_an_approximate_value_makes_a_hollow_mark() -> None:
    row = observation(10, status="approximate", decimals=0)
    assert dot_of("Aarhus", FOCUS, row, indicator()) == Dot(
        "Aarhus", FOCUS, 10, "ca.\u00a010", approximate=True, period_name="2022"
    )


@pytest.mark.parametrize(
    ("value", "of", "text"),
    [(70.0, None, "70,0"), (30, (21, 68), "21_af_68 · 31_%")],
)
def test_label_of(value: float, of: tuple[float, float] | None, text: str) -> None:
    row = observation(value, of=of, decimals=1)
    assert label_of(row, indicator()).replace("\u00a0", "_") == text


def test_caveats_are_said_once() -> None:
    rows = (
        observation(1, status="approximate")._replace(note="Angivet som ca."),
        observation(2)._replace(note="Angivet som ca"),
        observation(3)._replace(note="Angivet som ca. Plan fra juni"),  # says the first one too
    )
    own_indicator = replace(indicator(), source_note="Fra registret")
    assert caveats(rows, own_indicator, MADE) == [
        "Fra registret.",
        "Åben markør og »ca.«: Kilden oplyser tallet omtrentligt.",
        "Angivet som ca. Plan fra juni.",
    ]


def test_a_note_that_only_names_the_period_is_left_out() -> None:
    rows = (observation(1, "2024H1")._replace(note="Forår 2024"),)
    assert caveats(rows, indicator(), MADE) == []


@for_each(
    ("start", "scale", "axis", "text"),
    [
        (None, PERCENT, "Y", ""),
        (64.0, PERCENT, "Y", "Y-aksen begynder ved 64_%."),
        (0.5, PERCENT, "X", "X-aksen begynder ved 0,5_%."),
        (300000.0, Scale("\u00a0kr.", 0), "Y", "Y-aksen begynder ved 300.000_kr.."),
    ],
)
def test_axis_remark(start: float | None, scale: Scale, axis: str, text: str) -> None:
    assert axis_remark(start, scale, axis).replace("\u00a0", "_") == text.replace("..", ".")


# --- limits, ranges, decimals, gaps --------------------------------------------------------------

OVER = observation(30.0, status="at_least")._replace(low=30.0, as_published="mere end 30")
BETWEEN = observation(None, status="range")._replace(low=2.0, high=3.0, as_published="2-3 måneder")


def test_limits_and_ranges_are_marks_in_the_words_of_the_source() -> None:
    over, between = (dot_of("A", FOCUS, row, PERSONS) for row in (OVER, BETWEEN))
    assert over is not None
    assert between is not None
    assert (over.bound, over.value, over.text) == ("at_least", 30.0, "mere end 30")
    assert (between.bound, between.range_low, between.range_high, between.text) == (
        "range", 2.0, 3.0, "2-3 måneder",
    )  # fmt: skip
    (point,) = line_of("A", FOCUS, (BETWEEN,), PERSONS, MADE).points
    assert (point.bound, point.range_low, point.range_high) == ("range", 2.0, 3.0)


@for_each(
    ("values", "texts"),
    [
        (((13.0, 0), (9.7, 1)), ["13,0", "9,7"]),
        (((13.0, 0), (9.0, 0)), ["13,0", "9,0"]),  # as they stand alone
        (((13.0, None), (9.0, 0)), ["13,0", "9,0"]),  # not given: the indicator's own
        (((13.0, 3), (9.0, 0)), ["13,0", "9,0"]),  # never more than the indicator's
    ],
)
def test_the_values_of_a_line_have_equally_many_decimals(
    values: tuple[tuple[float, int | None], ...], texts: list[str]
) -> None:
    rows = tuple(
        observation(value, str(2020 + place), decimals=decimals)
        for place, (value, decimals) in enumerate(values)
    )
    assert [point.text for point in line_of("A", FOCUS, rows, indicator(), MADE).points] == texts


def test_a_hidden_value_leaves_a_gap() -> None:
    rows = (
        observation(1.0, "2020"),
        observation(None, "2021", status="suppressed"),
        observation(2.0, "2022"),
        observation(3.0, "2023"),
    )
    points = line_of("A", FOCUS, rows, indicator(), MADE).points
    assert [point.after_gap for point in points] == [False, True, False]


def test_a_hidden_value_is_explained() -> None:
    hidden = (observation(None, status="suppressed"),)
    assert caveats(hidden, indicator(), MADE) == [
        "Kilden har skjult tal (diskretioneret), så ingen kan genkendes."
    ]
    sources = {"paper": replace(MADE.sources["paper"], min_cell=5)}
    made = replace(MADE, sources=sources)
    small = tuple(row._replace(as_published="<5") for row in hidden)
    assert caveats(small, indicator(), made) == [
        "Antal under 5 er skjult (diskretioneret), så ingen kan genkendes."
    ]
    assert caveats((*small, *hidden), indicator(), made) == [
        "Antal under 5 er skjult (diskretioneret) og de tal, der kunne afsløre dem, så ingen kan "
        "genkendes."
    ]


@for_each(
    ("name", "text"),
    [("Aarhus", "i Aarhus"), ("Læsø", "på Læsø"), ("Ø-skolen", "på Ø-skolen"),
     ("Hele landet", "i hele landet"),
     ("Median af de andre kommuner", "i medianen af de andre kommuner")],
)  # fmt: skip
def test_inside(name: str, text: str) -> None:
    assert inside(name) == text
