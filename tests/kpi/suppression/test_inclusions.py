"""What is within something is no more than that: rests that nobody published are not below none."""

from collections.abc import Mapping

import pytest

from kpi.domain.period import parse_period
from kpi.suppression.cells import Cell
from kpi.suppression.groups import parse_part_of
from kpi.suppression.hiding import what_to_hide

GROUPS = {
    group_id: parse_part_of(text)
    for group_id, text in {
        "danish": "all:origin", "non_western": "all:origin", "women": "",
        "job_ready": "all:readiness", "activity_ready": "all:readiness",
        "danish_job_ready": "danish:readiness;job_ready:origin",
    }.items()
}  # fmt: skip


def hidden(numbers: Mapping[tuple[str, str, str], int]) -> set[tuple[str, str, str]]:
    cells = [
        Cell(
            "cases", area_id, group_id, parse_period(period), count, None, 5,
            "city" if area_id == "city" else "quarter", None if area_id == "city" else "city",
        )
        for (area_id, group_id, period), count in numbers.items()
    ]  # fmt: skip
    keys = what_to_hide(cells, GROUPS).keys
    assert what_to_hide(cells[::-1], GROUPS).keys == keys
    return {key[1:] for key in keys}


@pytest.mark.parametrize(
    ("group_id", "period"), [("danish", "2024"), ("women", "2024"), ("all", "2024H1")]
)
def test_a_guard_is_no_more_than_what_it_is_within(group_id: str, period: str) -> None:
    """Of 10 at most 6 are in the second quarter, where no more live: the `<5` would be 4."""
    small = ("q0", group_id, period)
    numbers = {
        ("city", "all", "2024"): 20, ("q0", "all", "2024"): 14, ("q1", "all", "2024"): 6,
        ("city", group_id, period): 10, small: 4, ("q1", group_id, period): 6,
    }  # fmt: skip
    assert hidden(numbers) >= {small, ("q1", group_id, period), ("city", group_id, period)}


def test_a_guard_is_no_more_than_a_total_that_only_follows() -> None:
    """Nobody published how many live in the second quarter: 20 less 14."""
    numbers = {
        ("city", "all", "2024"): 20, ("q0", "all", "2024"): 14,
        ("city", "danish", "2024"): 10, ("q0", "danish", "2024"): 4, ("q1", "danish", "2024"): 6,
    }  # fmt: skip
    assert hidden(numbers) > {("q0", "danish", "2024"), ("q1", "danish", "2024")}


def test_two_groups_overlap_at_least_by_what_is_too_many_for_their_total() -> None:
    """10 and 14 of 20 are 4 in both at least, and `<5` is no more."""
    counts = {
        "all": 20, "danish": 10, "non_western": 10, "job_ready": 14, "activity_ready": 6,
        "danish_job_ready": 4,
    }  # fmt: skip
    hidden_keys = hidden({("city", group_id, "2024"): count for group_id, count in counts.items()})
    assert len(hidden_keys) > 1


def test_a_rest_of_many_hides_nothing_more() -> None:
    numbers = {
        ("city", "all", "2024"): 40, ("q0", "all", "2024"): 20, ("q1", "all", "2024"): 20,
        ("city", "danish", "2024"): 10, ("q0", "danish", "2024"): 4, ("q1", "danish", "2024"): 6,
    }  # fmt: skip
    assert hidden(numbers) == {("q0", "danish", "2024"), ("q1", "danish", "2024")}
