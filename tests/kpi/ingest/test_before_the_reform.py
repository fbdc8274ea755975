"""Figures of municipalities from before the reform of 2007 are reported, once a file."""

import pytest

from tests.kpi.ingest.checked import Desk


@pytest.mark.parametrize(
    ("area", "period", "is_reported"),
    [
        ("aarhus", "2006", True), ("aarhus", "2006M12", True), ("aarhus", "2006K4", True),
        ("aarhus", "2006/2007", True), ("aarhus", "1970", True), ("aarhus", "2005:2010", True),
        ("region", "2006", True), ("aarhus", "2007", False), ("aarhus", "2007M01", False),
        ("aarhus", "2024", False), ("denmark", "2006", False), ("gellerup", "2006", False),
    ],
)  # fmt: skip
def test_borders(tiny: Desk, area: str, period: str, is_reported: bool) -> None:
    rows = f"rate;{area};{period};50\nrate;odense;2024;40\n"
    checked = tiny.check(f"nøgletal;område;periode;værdi\n{rows}")
    reported = [problem for problem in checked.problems if problem.code == "area_ended"]
    assert [(problem.row, problem.column) for problem in reported] == [(2, "område")] * is_reported


def test_once_a_file(tiny: Desk) -> None:
    rows = "".join(
        f"rate;{area};{year};50\n" for area in ("aarhus", "odense") for year in (2004, 2005)
    )
    checked = tiny.check(f"nøgletal;område;periode;værdi\n{rows}")
    (problem,) = [problem for problem in checked.problems if problem.code == "area_ended"]
    assert "4 tal er fra før, det tidligste for 2004: »Aarhus« og »Odense«" in problem.message
