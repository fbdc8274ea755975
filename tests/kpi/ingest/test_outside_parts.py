"""A country's figure that its municipalities' do not make is reported."""

import pytest

from tests.kpi.ingest.checked import Desk

HEAD = "nøgletal;område;periode;værdi\n"


def _reported(desk: Desk, indicator: str, whole: str, value: float, left_out: int = 0) -> list[str]:
    """Of `whole` beside 98 municipalities with 70 to 79."""
    areas = [area.area_id for area in desk.catalog.areas.values() if area.level == "municipality"]
    rows = [f"{indicator};{area};2022;{70 + at % 10}" for at, area in enumerate(areas)]
    lines = [*rows[left_out:], f"{indicator};{whole};2022;{value:g}", ""]
    checked = desk.check(HEAD + "\n".join(lines))
    return [p.message for p in checked.problems if "passer ikke med sine dele" in p.message]


@pytest.mark.parametrize(
    ("value", "left_out", "is_reported"),
    [
        (75, 0, False), (70, 0, False), (79, 0, False), (80, 0, True), (69, 0, True),
        (80, 9, True), (80, 10, False),  # nearly all parts are known, or too few
    ],
)  # fmt: skip
def test_a_rate_lies_between_those_of_the_parts(
    real: Desk, value: float, left_out: int, is_reported: bool
) -> None:
    messages = _reported(real, "employment_rate", "denmark", value, left_out)
    assert bool(messages) is is_reported


@pytest.mark.parametrize(
    ("part", "left_out", "is_reported"),
    [(1.0, 0, False), (1.019, 0, False), (0.979, 0, True), (1.1, 0, True), (1.1, 1, False)],
)
def test_a_count_is_the_sum_of_the_parts(
    real: Desk, part: float, left_out: int, is_reported: bool
) -> None:
    count = sum(area.level == "municipality" for area in real.catalog.areas.values())
    total = sum(70 + at % 10 for at in range(count))
    messages = _reported(real, "nsk_cases", "denmark", round(total * part), left_out)
    assert bool(messages) is is_reported
