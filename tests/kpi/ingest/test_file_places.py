"""Problems of wide files name the heads that the file has, and never columns that are made."""

import pytest

from tests.kpi.ingest.checked import Desk, reported

RATE = "employment_rate"
MADE = {"Periode", "INDHOLD", "Værdi", "Måling", "Måned", "Kvartal", "Status"}


@pytest.mark.parametrize(
    ("content", "places"),
    [
        ("Kommune;2022;2023\nAarhus;73,9;x1\nOdense;12;q\n",
         {("not_a_number", 2, "2023"), ("not_a_number", 3, "2023"), ("big_change", 3, "2022")}),
        ("År;Aarhus;Odense\n2022;73,9;74\n2023;74,1;q\n", {("not_a_number", 3, "Odense")}),
        ("Kommune;2022;2023-24\nAarhus;73,9;74\n", set()),
        ("Kommune;2021-2022;2022-2023\nAarhus;73,9;74\n",
         {("unknown_period", 2, "2021-2022"), ("unknown_period", 2, "2022-2023")}),
        ("Kommune;2022;2023\nAarhus;12;12\n", {("big_change", 2, None)}),  # twice on the line
    ],
)  # fmt: skip
def test_the_heads_of_the_file(
    real: Desk, content: str, places: set[tuple[str, int, str | None]]
) -> None:
    checked = real.check(content, indicator_id=RATE)
    problems = {(code, row, column) for code, _, row, column, _ in reported(checked) if row}
    assert problems >= places
    assert not MADE & {column for *_, column in problems}
    assert not any(f"»{name}«" in problem.message for problem in checked.problems for name in MADE)


def test_kroner_in_thousands_are_asked_about(real: Desk) -> None:
    content = "Område;År;Budget til NSK-vejledere\nAarhus;2025;{}\n"
    checked = real.check(content.format("410"), indicator_id="nsk_budget")
    (problem,) = [problem for problem in checked.problems if problem.severity == "error"]
    assert (problem.code, problem.row, problem.value) == ("scale", 2, "410")
    assert "Er tallene i 1.000 kr.?" in problem.message
    assert "--scale 1000" in problem.hint
    for amount in ("300000", "900000", "40000"):
        assert real.check(content.format(amount), indicator_id="nsk_budget").publishable


def test_areas_that_are_new_are_reported_one_by_one(real: Desk) -> None:
    checked = real.check(
        "Skole;Skoleår;Elevfravær\nEllekærskolen;2023/24;8,4\n", indicator_id="school_absence"
    )
    (problem,) = [problem for problem in checked.problems if problem.severity == "error"]
    assert (problem.code, problem.row, problem.value) == ("unknown_area", 2, "Ellekærskolen")
    assert "kpi add area" in problem.hint
