"""Months that are added up from the year's beginning, and shares up to 100 %, are asked about."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.kpi.ingest.checked import Desk
from tests.tables import for_each

HEAD = "nøgletal;område;periode;værdi\n"
MONTHS = (480, 530, 490, 525, 505, 530, 340, 710, 512, 518, 471, 400)
ADDED_UP = tuple(sum(MONTHS[: at + 1]) for at in range(12))
Figures = Sequence[float]


def _rows(
    figures: Figures, first: int = 1, period: str = "2025M{:02}", area: str = "aarhus"
) -> str:
    return "".join(
        f"notifications_received;{area};{period.format(part)};{figure}\n"
        for part, figure in enumerate(figures, first)
    )


ONE_OF_THREE = "".join(_rows(MONTHS[:6], area=area) for area in ("odense", "aalborg"))


@pytest.fixture(scope="module")
def shipped_desk(shipped_home: Path) -> Desk:
    """All indicators, groups and areas that Spor is shipped with."""
    return Desk.of(shipped_home)


@for_each(
    ("rows", "is_asked"),
    [
        (_rows(ADDED_UP), True),
        (_rows(ADDED_UP[7:11], 8), True),
        (_rows(ADDED_UP[:4]), True),
        (_rows(ADDED_UP[2::3], 1, "2025K{}"), True),
        (_rows(ADDED_UP, period="2024M{:02}") + _rows(ADDED_UP[:3]), True),
        (_rows(ADDED_UP[:6]) + ONE_OF_THREE, True),
        # months of their own, growing by themselves, too few, with a gap, small, whole years
        (_rows(MONTHS), False),
        (_rows([500 * 1.05**at // 1 for at in range(12)]), False),
        (_rows(ADDED_UP[:3]), False),
        ("".join(_rows(ADDED_UP[at : at + 1], at + 1) for at in (1, 3, 5, 8)), False),
        (_rows([1, 2, 3, 4]), False),
        (_rows(ADDED_UP[:4], 2012, "{}"), False),
        (_rows(ADDED_UP[7:11], 8) + ONE_OF_THREE.replace("2025M0", "2024M0"), False),
    ],
)
def test_months_added_up(shipped_desk: Desk, rows: str, is_asked: bool) -> None:
    messages = [
        problem.message
        for problem in shipped_desk.check(HEAD + rows).problems
        if problem.code == "other_period_kind"
    ]
    assert any("i takt med året" in message for message in messages) is is_asked
    assert not any(character.isdigit() for m in messages for character in m.partition(":")[0])


@for_each(
    ("shares", "is_asked"),
    [
        ((22.1, 41.3, 58.7, 74.0, 88.8, 100.0), True), ((22.1, 41.3, 58.7, 74.0, 88.8), False),
        ((41.3, 22.1, 58.7, 74.0, 88.8, 100.0), False), ((58.7, 74.0, 88.8, 100.0), False),
    ],
)  # fmt: skip
def test_shares_added_up_to_the_whole(shipped_desk: Desk, shares: Figures, is_asked: bool) -> None:
    areas = ("aarhus", "odense", "aalborg", "randers", "esbjerg", "vejle")
    rows = "".join(
        f"employment_rate;{area};2022;{share}\n" for area, share in zip(areas, shares, strict=False)
    )
    problems = shipped_desk.check(HEAD + rows, decimal="point").problems
    assert any("det sidste er 100 %" in problem.message for problem in problems) is is_asked
