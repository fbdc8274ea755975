"""Periods of a kind that an indicator never had are reported, at their first row."""

import pytest

from tests.kpi.ingest.checked import Desk, municipal_figures

CODE = "other_period_kind"


def _reported(desk: Desk, content: str) -> list[tuple[int | None, str | None, str]]:
    problems = desk.check("nøgletal;område;periode;værdi\n" + content).problems
    return [
        (problem.row, problem.value, problem.hint) for problem in problems if problem.code == CODE
    ]


@pytest.mark.parametrize(
    "period",
    ["31-12-2023", "2023-12-31", "1. halvår 2023", "2023K4", "december 2023", "uge 52 2023",
     "2023/2024", "april 2022-marts 2023", "2021:2023", "2023ÅTD12"],
)  # fmt: skip
def test_every_other_kind_is_reported_once(real: Desk, period: str) -> None:
    rows = f"employment_rate;Aarhus;{period};74,1\nemployment_rate;Odense;{period};72,3\n"
    ((row, value, hint),) = _reported(real, rows)
    assert (row, value) == (2, period)
    assert hint.startswith("Gælder tallet hele året, så skriv 202")


@pytest.mark.parametrize(
    "rows",
    [
        "employment_rate;Aarhus;2023;74,1\n",
        "school_absence;Aarhus;2023/2024;7,1\n",
        "school_absence;Aarhus;forår 2025;7,1\n",
        "employment_rate;Aarhus;31-12-2023;..\n",  # no figure
    ],
)
def test_the_kinds_that_are_published_are_not(real: Desk, rows: str) -> None:
    assert _reported(real, rows) == []


@pytest.mark.parametrize(("moved", "severity"), [(0.0, "error"), (0.1, "warning")])
def test_published_figures_under_another_kind_of_period_are_an_error(
    real: Desk, moved: float, severity: str
) -> None:
    """A year's figures, downloaded as those of the month they are counted in: once more."""
    known = municipal_figures(real, "employment_rate", "all", "2021")
    rows = [
        f"employment_rate;{area};2021M11;{known[area] + moved * (place == 3):.1f}"
        for place, area in enumerate([*known][:6])
    ]
    content = "\n".join(["nøgletal;område;periode;værdi", *rows]) + "\n"
    (problem,) = (each for each in real.check(content).problems if each.code == CODE)
    assert problem.severity == severity
    # Months of which one alone is the published year are a series of their own.
    later = "".join(f"employment_rate;{area};2021M12;{known[area] + 0.3:.1f}\n" for area in known)
    (problem_of_months,) = (
        each for each in real.check(content + later).problems if each.code == CODE
    )
    assert problem_of_months.severity == "warning"
    if severity == "error":
        assert problem.hint.startswith("Skriv 2021, eller")
        checked = real.check(content.replace(";2021M11;", ";2021;"))
        assert (checked.publishable, checked.unchanged) == (True, 6)
        before = municipal_figures(real, "employment_rate", "all", "2020")
        years = "".join(f"employment_rate;{area};2020M11;{before[area]:.1f}\n" for area in known)
        (problem,) = (each for each in real.check(content + years).problems if each.code == CODE)
        assert problem.hint.startswith("Skriv 2021, og filens andre perioder")


def test_a_school_year_is_proposed_for_a_year(real: Desk) -> None:
    ((_, _, hint),) = _reported(real, "school_absence;Aarhus;2023;7,1\n")
    assert "2023/2024" in hint


@pytest.mark.parametrize(
    ("days", "asked"),
    [
        (("01-01-2025", "01-02-2025", "01-03-2025"), True),
        (("01-01-2024", "01-01-2025"), False),
        (("15-01-2025", "15-02-2025"), False),
        (("2025M01", "2025M02"), False),
    ],
)
def test_first_days_of_months_in_a_row_may_be_months(
    tiny: Desk, days: tuple[str, ...], asked: bool
) -> None:
    rows = "".join(f"hours;Aarhus;{day};10\n" for day in days)
    assert [
        hint.startswith("Er tallene for hele måneder") for *_, hint in _reported(tiny, rows)
    ] == [True] * asked


def test_of_a_new_series_the_few_are_reported(tiny: Desk) -> None:
    first = "".join(f"hours;Aarhus;{year};10\n" for year in (2021, 2022, 2023))
    reported = _reported(tiny, first + "hours;Aarhus;31-12-2024;10\n")
    assert [row for row, *_ in reported] == [5]


@pytest.mark.parametrize(
    ("row", "is_far"),
    [
        # A share moves little between a year and a quarter: 74.3 % is published for 2024.
        ("employment_rate;Aarhus;2025K1;74,5", False), ("employment_rate;Aarhus;2025K1;7,45", True),
        ("employment_rate;Aarhus;2025K1;25", False), ("employment_rate;Aarhus;2025K1;24", True),
        # 60 cases in a month: a quarter may have three times as many, and twice that.
        ("nsk_cases;Aarhus;2025K2;60", False), ("nsk_cases;Aarhus;2025K2;350", False),
        ("nsk_cases;Aarhus;2025K2;370", True), ("nsk_cases;Aarhus;2025K2;31", False),
        ("nsk_cases;Aarhus;2025K2;29", True), ("nsk_cases;Aarhus;2025;1400", False),
        ("nsk_cases;Aarhus;2025;1500", True), ("nsk_cases;Aarhus;2025M05D31;2", False),
        # Kinds that are published are compared elsewhere; few persons by nothing.
        ("employment_rate;Aarhus;2025;7,45", False), ("workshops_held;Aarhus;2025M05;19", False),
    ],
)  # fmt: skip
def test_a_figure_of_another_kind_of_period_is_compared_with_the_newest(
    real: Desk, row: str, is_far: bool
) -> None:
    problems = real.check(f"nøgletal;område;periode;værdi\n{row}\n").problems
    far = [each for each in problems if "af en anden slags." in each.message
           and each.code == "big_change"]  # fmt: skip
    assert [each.row for each in far] == [2] * is_far
