"""First counts that are far from others' per inhabitant are asked about."""

from pathlib import Path

import pytest

from tests.kpi.ingest.checked import Desk
from tests.tables import for_each

HEAD = "nøgletal;område;periode;værdi\n"
RIGHT = {"aarhus": 2901, "odense": 1800, "aalborg": 1900, "randers": 900}


@pytest.fixture(scope="module")
def shipped_desk(shipped_home: Path) -> Desk:
    """All areas with their inhabitants."""
    return Desk.of(shipped_home)


@for_each(
    ("changed", "areas", "asked"),
    [
        ({}, 4, []),
        ({"aarhus": 29012}, 4, ["29012"]), ({"aarhus": 29012}, 3, ["29012"]),
        ({"randers": 90}, 4, ["90"]), ({"randers": 9}, 4, ["9"]),
        # of two none is known to be wrong, and of unlike ones none is usual
        ({"aarhus": 29012}, 2, []), ({"odense": 180, "aarhus": 29012}, 3, []),
        # as different as places may be, or so small that chance makes it
        ({"aarhus": 11000}, 4, []),
        ({"aarhus": 17, "odense": 2, "aalborg": 2, "randers": 1}, 4, []),
        # by itself a whole is beside none of its parts
        ({"denmark": 52000, "region_midtjylland": 12000}, 4, []),
    ],
)  # fmt: skip
def test_a_digit_too_many(
    shipped_desk: Desk, changed: dict[str, int], areas: int, asked: list[str]
) -> None:
    figures = dict(list(RIGHT.items())[:areas]) | changed
    rows = "".join(f"notifications_received;{area};2010;{n}\n" for area, n in figures.items())
    problems = shipped_desk.check(HEAD + rows).problems
    assert [p.value for p in problems if p.code == "unlike_others"] == asked


def test_a_figure_that_was_looked_at(shipped_desk: Desk) -> None:
    figures = RIGHT | {"aarhus": 29012}
    rows = "".join(
        f"notifications_received;{area};2010;{n};Bekræftet i kilden\n"
        for area, n in figures.items()
    )
    problems = shipped_desk.check(HEAD.replace("værdi", "værdi;note") + rows).problems
    assert not [p for p in problems if p.code == "unlike_others"]
