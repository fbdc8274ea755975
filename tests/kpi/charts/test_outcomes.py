"""Outcomes of a programme: every dot has its "n af N"."""

from dataclasses import replace

import pytest

from kpi.charts import Dot, OutcomeRow, Scale, outcomes
from kpi.charts.marks import FOCUS, PEER
from tests.kpi.charts.drawn import labels, marks, validated
from tests.tables import for_each

PERCENT = Scale("\u00a0%", 0, top=100)

JOB = OutcomeRow(
    "Forældre", "I job",
    (Dot("Gellerup", FOCUS, 30.9, "21 af 68  31 %"), Dot("Viby Syd", PEER, 23.1, "3 af 13  23 %")),
)  # fmt: skip
PENSION = OutcomeRow("Forældre", "Førtidspension", (Dot("Gellerup", FOCUS, 3.7, "3 af 81  4 %"),))
HEALTH = OutcomeRow("Familier", "Sundhed", (Dot("Gellerup", FOCUS, 37.3, "ca. 28 af 75", True),))


@for_each("rows", [[JOB], [JOB, PENSION], [JOB, PENSION, HEALTH]])
def test_plotly_knows_every_part(rows: list[OutcomeRow]) -> None:
    figure = validated(outcomes(rows, PERCENT))
    assert [value for value, _ in marks(figure)] == [dot.value for row in rows for dot in row.dots]


def test_texts_stand_in_order_with_each_section_named_once() -> None:
    assert labels(outcomes([JOB, PENSION, HEALTH], PERCENT)) == [
        "Forældre", "I job", "21 af 68  31 %", "3 af 13  23 %", "Førtidspension", "3 af 81  4 %",
        "Familier", "Sundhed", "ca. 28 af 75",
    ]  # fmt: skip


def test_rows_lie_within_the_figure_and_apart() -> None:
    figure = validated(outcomes([JOB, PENSION, HEALTH], PERCENT))
    bottom, top = figure.layout.yaxis.range
    rows = [annotation.y for annotation in figure.layout.annotations]
    assert rows == sorted(set(rows))
    assert top < rows[0]
    assert rows[-1] < bottom


def test_approximate_values_are_hollow() -> None:
    assert marks(outcomes([JOB, HEALTH], PERCENT))[-1] == (37.3, True)
    assert marks(outcomes([JOB, HEALTH], PERCENT))[0] == (30.9, False)


@for_each(("value", "top"), [(0.0, 10), (5.0, 10), (50.0, 54.0), (98.0, 100)])
def test_the_axis_fits_the_values(value: float, top: float) -> None:
    row = OutcomeRow("S", "N", (Dot("A", FOCUS, value, "x"),))
    assert outcomes([row], PERCENT).layout.xaxis.range == pytest.approx((0, top))


def test_a_whisker_reaches_over_the_interval_and_fits() -> None:
    row = OutcomeRow("S", "N", (Dot("A", FOCUS, 23.1, "x", low=8.2, high=50.3),))
    figure = validated(outcomes([row], PERCENT))
    assert (8.2, 50.3) in [tuple(trace.x) for trace in figure.data]
    assert figure.layout.xaxis.range[1] > 50.3


def test_without_an_interval_there_is_no_whisker() -> None:
    row = OutcomeRow("S", "N", (Dot("A", FOCUS, 23.1, "x"),))
    assert len(validated(outcomes([row], PERCENT)).data) == 2  # stem and dot


def test_dots_that_look_alike_share_a_trace() -> None:
    rows = [JOB, PENSION, JOB, PENSION]
    figure = validated(outcomes(rows, PERCENT))
    assert len(figure.data) == 4  # stems and dots of two roles
    stems = next(trace for trace in figure.data if trace.mode == "lines")
    assert tuple(stems.x) == (0, 30.9, None, 0, 3.7, None, 0, 30.9, None, 0, 3.7)


@for_each("part", ["section", "name"])
@for_each("name", ["Hjemmeboende børn", "Hjemmeboende børn under 18 år i hele Aarhus i året 2024"])
def test_a_long_name_takes_two_lines_and_room_for_them(name: str, part: str) -> None:
    long = replace(JOB, section=name) if part == "section" else replace(JOB, name=name)
    figure = validated(outcomes([long, HEALTH], PERCENT))
    lines = labels(figure)[("section", "name").index(part)].split("<br>")
    assert " ".join(lines) == name
    assert len(lines) == (2 if len(name) > 49 else 1)
    added = figure.layout.height - outcomes([JOB, HEALTH], PERCENT).layout.height
    assert added == 19 * (len(lines) - 1)
