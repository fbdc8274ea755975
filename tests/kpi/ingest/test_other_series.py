"""Figures of another published group or indicator are reported, and only those."""

import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from kpi.domain.errors import Problem
from tests.kpi.ingest.checked import Desk, municipal_figures

SCHOOL, MIDDLE, LOWER = "school_absence", "middle_school", "lower_secondary"
HEAD = "nøgletal;område;gruppe;periode;værdi\n"


def _problems(
    desk: Desk, indicator: str, group: str, period: str, figures: Mapping[str, float], reach: float
) -> list[Problem]:
    """What is said of these figures, each moved by up to `reach`."""
    chance = random.Random(3)
    rows = "".join(
        f"{indicator};{area};{group};{period};"
        f"{round(value + reach * (2 * chance.random() - 1), 1)}\n".replace(".", ",")
        for area, value in figures.items()
    )
    problems = desk.check(HEAD + rows).problems
    return [problem for problem in problems if problem.code != "other_source"]  # it says no source


@pytest.mark.parametrize(
    ("source", "period", "areas", "reach", "is_reported"),
    [
        (LOWER, "2025/2026", 98, 0.2, True),
        (LOWER, "2024/2025", 98, 0.2, True),  # in place of the published figures
        (LOWER, "2025/2026", 3, 0.1, True),
        (LOWER, "2025/2026", 2, 0.1, False),  # two areas may be so by chance
        (LOWER, "2025/2026", 98, 3.0, False),  # no nearer to the one than to the other
        (MIDDLE, "2025/2026", 98, 1.0, False),
    ],
)
def test_a_group_under_the_name_of_another_one(
    real: Desk, source: str, period: str, areas: int, reach: float, is_reported: bool
) -> None:
    figures = municipal_figures(real, SCHOOL, source, "2024/2025")
    own = municipal_figures(real, SCHOOL, MIDDLE, "2024/2025")
    apart = sorted(own.keys() & figures.keys(), key=lambda area: own[area] - figures[area])
    chosen = {area: figures[area] for area in apart[:areas]} if areas < 98 else figures
    problems = _problems(real, SCHOOL, MIDDLE, period, chosen, reach)
    reported = [problem for problem in problems if problem.code == "other_series"]
    assert bool(reported) is is_reported
    if is_reported:
        others = [problem for problem in problems if problem not in reported]
        # One fault is reported once; that few areas have the period is another one.
        assert {problem.code for problem in others} <= {"begun_period"}
        assert "tal for »Mellemtrin«" in reported[0].message
        assert "ligger nærmere de udgivne tal for »Udskoling«" in reported[0].message


@pytest.mark.parametrize(
    ("source", "is_reported"),
    [("owner_occupied_share", True), ("one_person_household_share", False)],
)
def test_an_indicator_under_the_name_of_another_one(
    shipped_home: Path, source: str, is_reported: bool
) -> None:
    desk = Desk.of(shipped_home)
    figures = municipal_figures(desk, source, "all", "2024")
    problems = _problems(desk, "one_person_household_share", "all", "2025", figures, 0.2)
    assert [problem.code for problem in problems] == ["other_series"] * is_reported
    assert all("af det rigtige nøgletal" in problem.hint for problem in problems)


def test_figures_of_a_third_indicator_are_no_other_series(shipped_home: Path) -> None:
    """They are only about as large as the education's, and are reported as the mix-up they are."""
    desk = Desk.of(shipped_home)
    figures = municipal_figures(desk, "age_65_share", "all", "2022K1")
    problems = _problems(desk, "employment_rate", "all", "2025", figures, 0.2)
    reported = {problem.code for problem in problems}
    assert "other_series" not in reported
    assert "swapped" in reported
