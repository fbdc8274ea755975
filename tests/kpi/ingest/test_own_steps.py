"""A figure that moved as its own series never did is asked about, though by less than half."""

from collections.abc import Mapping

import pytest

from tests.kpi.ingest.checked import Desk

BUDGETS = {
    "aarhus": 402000, "odense": 262013, "aalborg": 266127, "randers": 260341,
    "esbjerg": 272459, "vejle": 290683,
}  # fmt: skip
YEARS = range(2018, 2025)


def _asked(
    desk: Desk, newest: Mapping[str, int], note: str = "", years: range = YEARS
) -> list[str]:
    """The messages at single figures of 2025, after years of 3 or 4 % each."""
    rows = [
        f"nsk_budget;{area};{year};{round(value * 1.035 ** (year - 2024) + 500 * (year % 2))};"
        for area, value in BUDGETS.items()
        if area in newest
        for year in years
    ]
    rows += [f"nsk_budget;{area};2025;{value};{note}" for area, value in newest.items()]
    checked = desk.check("\n".join(["nøgletal;område;periode;værdi;note", *rows, ""]))
    return [p.message for p in checked.problems if p.code == "big_change" and p.row is not None]


@pytest.mark.parametrize(
    ("value", "note", "first", "is_asked"),
    [
        (312000, "", 2018, True), (416000, "", 2018, False), (470000, "", 2018, True),
        (312000, "Bekræftet i kilden", 2018, False), (312000, "", 2020, False),
    ],
)  # fmt: skip
def test_one_figure_far_from_its_series(
    real: Desk, value: int, note: str, first: int, is_asked: bool
) -> None:
    """Digits that changed places, a figure as always, a confirmed one, and too few years before."""
    messages = _asked(real, {"aarhus": value}, note, range(first, 2025))
    assert bool(messages) is is_asked
    assert all("mellem tidligere perioder højst" in message for message in messages)


def test_a_step_that_all_areas_took_is_no_areas_own(real: Desk) -> None:
    """Six towns an eighth up are asked about together; one of them that fell, by itself."""
    together = {area: round(value * 1.125) for area, value in BUDGETS.items()}
    assert not _asked(real, together)
    (message,) = _asked(real, together | {"aarhus": 312000})
    assert "Aarhus" in message


@pytest.mark.parametrize(("newest", "is_asked"), [("74,5", True), ("71,9", False), ("67,0", True)])
def test_a_share_that_never_moved_so(real: Desk, newest: str, is_asked: bool) -> None:
    """Half a point a year, then three or four: less than what is asked of any share."""
    rows = [
        f"employment_rate;{area};{year};{f'{level + (year - 2018) / 2:.1f}'.replace('.', ',')}"
        for area, level in (("tilst", 68.0), ("viby", 60.0))
        for year in YEARS
    ]
    rows += [f"employment_rate;tilst;2025;{newest}", "employment_rate;viby;2025;63,5"]
    checked = real.check("\n".join(["nøgletal;område;periode;værdi", *rows, ""]))
    asked = [p for p in checked.problems if "mellem tidligere perioder højst" in p.message]
    assert [problem.row for problem in asked] == [16] * is_asked
    assert all("højst 0,5 procentpoint" in p.message.replace("\u00a0", " ") for p in asked)


@pytest.mark.parametrize(
    ("year", "jump", "is_asked"),
    [(2021, 1.12, True), (2021, 0.85, True), (2021, 1.03, False), (2019, 1.12, False)],
)
def test_an_area_that_jumped_years_ago_while_the_others_stood(
    real: Desk, year: int, jump: float, is_asked: bool
) -> None:
    """Asked where its own five steps before were quiet, and of that area alone."""
    rows = [
        f"nsk_budget;{area};{at};{round(value * 1.02 ** (at - 2014) * factor)};"
        for area, value in BUDGETS.items()
        for at in range(2014, 2024)
        for factor in [jump if area == "odense" and at >= year else 1]
    ]
    checked = real.check("\n".join(["nøgletal;område;periode;værdi;note", *rows, ""]))
    messages = [
        each.message for each in checked.problems if "flyttede sig ikke sådan" in each.message
    ]
    assert len(messages) == is_asked
    assert all("for Odense" in message and f"siden {year - 1}" in message for message in messages)


def test_an_earlier_jump_of_all_areas_is_no_areas_own(real: Desk) -> None:
    rows = [
        f"nsk_budget;{area};{at};{round(value * 1.02 ** (at - 2014) * (1.12 if at > 2020 else 1))};"
        for area, value in BUDGETS.items()
        for at in range(2014, 2024)
    ]
    checked = real.check("\n".join(["nøgletal;område;periode;værdi;note", *rows, ""]))
    assert not [each for each in checked.problems if "flyttede sig ikke" in each.message]
