"""The parts of exhibits: scales, roles, labels, caveats."""

from dataclasses import replace

import pytest

from kpi.charts.marks import BENCHMARK, FOCUS, PEER, Dot, Scale
from kpi.exhibits.parts import axis_remark, caveats, dot_of, label_of, line_of, role_of, scale_of
from kpi.model import Indicator
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator, observation

MADE = made_catalog()
PERSONS = indicator("count", "persons", decimals=0)


@pytest.mark.parametrize(
    ("one", "of", "scale"),
    [
        (indicator(), None, Scale("\u00a0%", 1, 100)),
        (PERSONS, None, Scale("", 0)),
        (PERSONS, (None, 68.0), Scale("\u00a0%", 0, 100)),  # shares of a known whole
        (indicator("amount", "hours_per_week", decimals=0), None, Scale("\u00a0timer", 0)),
        (indicator("amount", "dkk_per_year", decimals=0), None, Scale("\u00a0kr.", 0)),
        (indicator("mean", "notifications"), None, Scale("", 1)),
    ],
)
def test_scale_of(one: Indicator, of: tuple[None, float] | None, scale: Scale) -> None:
    assert scale_of(one, [observation(12, of=of)]) == scale


def test_the_scale_is_plain_when_only_some_wholes_are_known() -> None:
    rows = [observation(12, of=(None, 68)), observation(3)]
    assert scale_of(PERSONS, rows) == Scale("", 0)


@pytest.mark.parametrize(
    ("area", "focus", "role"),
    [("aarhus", "aarhus", FOCUS), ("denmark", "aarhus", BENCHMARK), ("odense", "aarhus", PEER),
     ("denmark", "denmark", FOCUS)],
)  # fmt: skip
def test_role_of(area: str, focus: str, role: str) -> None:
    assert role_of(area, focus, MADE) == role


@pytest.mark.parametrize("status", ["suppressed", "missing", "not_applicable"])
def test_hidden_and_missing_values_make_no_mark(status: str) -> None:
    row = observation(None, status=status, of=(None, 68))
    assert dot_of("Aarhus", FOCUS, row, PERSONS) is None
    assert line_of("Aarhus", FOCUS, (row,), PERSONS, MADE).points == ()


def test_an_approximate_value_makes_a_hollow_mark() -> None:
    row = observation(10, status="approximate", decimals=0)
    assert dot_of("Aarhus", FOCUS, row, indicator()) == Dot(
        "Aarhus", FOCUS, 10, "ca.\u00a010", approximate=True
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
    one = replace(indicator(), source_note="Fra registret")
    assert caveats(rows, one, MADE) == [
        "Fra registret.",
        "Hule mærker og »ca.«: kilden giver et omtrentligt tal.",
        "Angivet som ca. Plan fra juni.",
    ]


def test_a_note_that_only_names_the_period_is_left_out() -> None:
    rows = (observation(1, "2024H1")._replace(note="Forår 2024"),)
    assert caveats(rows, indicator(), MADE) == []


@pytest.mark.parametrize(("start", "text"), [(None, ""), (64.3, "Aksen begynder ved 64.")])
def test_axis_remark(start: float | None, text: str) -> None:
    assert axis_remark(start) == text
