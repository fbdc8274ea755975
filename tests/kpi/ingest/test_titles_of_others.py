"""A title that does not mention the indicator, above heads that any count has."""

from pathlib import Path

import pytest

from tests.kpi.ingest.checked import Desk


@pytest.fixture(scope="module")
def shipped(shipped_home: Path) -> Desk:
    """All indicators that Spor is shipped with."""
    return Desk.of(shipped_home)


@pytest.mark.parametrize(
    ("title", "head", "is_told"),
    [
        ("Sygedagpenge", "Antal personer", True),
        ("Sygedagpenge", "Personer", True),
        ("Kontanthjælp", "Antal personer", False),
        ("Modtagere af kontanthjælp i kommunerne", "Personer", False),
        ("Sygedagpenge", "Modtagere af kontanthjælp", False),  # the head does
        ("Aarhus", "Antal personer", False),
    ],
)
def test_what_is_counted_is_no_mention(shipped: Desk, title: str, head: str, is_told: bool) -> None:
    rows = "Aarhus;2026M01;1512\nOdense;2026M01;988\n"
    checked = shipped.check(
        f"{title}\n\nKommune;Periode;{head}\n{rows}", indicator_id="cash_benefit_recipients"
    )
    reported = [p.value for p in checked.problems if p.message.startswith("Titlen nævner ikke")]
    assert reported == [title] * is_told
