"""Figures of series of which only a range or a limit is published are compared with it."""

import pytest

from kpi.domain.format import NO_BREAK_SPACE
from tests.kpi.ingest.checked import Desk

HEAD = "nøgletal;område;periode;værdi;note\n"


def _reported(desk: Desk, value: str, note: str = "") -> list[str]:
    """Of months of waiting, of which `2-3 måneder` is published."""
    checked = desk.check(f"{HEAD}childcare_wait_months;Aarhus;2025M06;{value};{note}\n")
    messages = [p.message.replace(NO_BREAK_SPACE, " ") for p in checked.problems]
    return [message for message in messages if "langt fra det kendte" in message]


@pytest.mark.parametrize(
    ("value", "is_reported"),
    [("75", True), ("15", True), ("14,9", False), ("2,5", False), ("0,5", False), ("0,4", True)],
)
def test_a_value_far_beyond_the_published_range(real: Desk, value: str, is_reported: bool) -> None:
    """Five times its end, and a fifth of its beginning: `75` are days."""
    messages = _reported(real, value)
    assert len(messages) == is_reported
    assert all("mod 2,0-3,0 måneder i juni 2024 for Aarhus" in message for message in messages)
    assert not _reported(real, value, "Bekræftet af kilden")
