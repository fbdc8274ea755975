"""A second table beneath the first is never read as rows of it."""

from collections.abc import Callable, Sequence

import pytest

from tests.kpi.ingest.checked import Desk, codes
from tests.kpi.ingest.made_tables import as_csv, workbook

TOP: list[list[object]] = [["nøgletal", "område", 2001, 2002], ["persons", "Aarhus", 5, 6]]
UNDER: list[list[object]] = [["persons", "Odense", 7, 8]]


@pytest.mark.parametrize("written", [as_csv, workbook])
def test_years_beneath_the_figures_are_heads(
    tiny: Desk, written: Callable[[Sequence[Sequence[object]]], str | bytes]
) -> None:
    checked = tiny.check(written([*TOP, ["I alt", "", 2003, 2004], *UNDER]))
    assert not checked.publishable
    (problem,) = [problem for problem in checked.problems if problem.code == "not_a_table"]
    assert (problem.row, "række 3 begynder" in problem.message) == (3, True)


@pytest.mark.parametrize(
    "row",
    [
        ["persons", "Odense", 2003, 2003],  # no years in order
        ["persons", "Odense", 1990, 2010],  # counts that could be years, but not of these heads
        ["persons", "Odense", 7, 2004],
        ["persons", "Odense", "", 2004],
        ["persons", "Odense", 2003, 2004],  # of an area, whatever they look like
    ],
)
def test_figures_that_look_like_years_stay_figures(tiny: Desk, row: list[object]) -> None:
    assert "not_a_table" not in codes(tiny.check(as_csv([*TOP, row])))


@pytest.mark.parametrize(
    ("content", "row"),
    [
        ("Kommune;2022;2023\nAarhus;74,1;75\n\nKvinder\nKommune;2020;2021\nAarhus;71,9;72\n", 5),
        ("Kommune;År;Andel\nAarhus;2023;74,1\nKommune;Periode;Tal\nAarhus;2023;4,1\n", 3),
        ("Kommune;2023\nAarhus;74,1\nKommune;2022\nAarhus;71,9\n", 3),
        ("Kommune;2022;2023\nAarhus;74,1;75\nOmråde;Jan;Feb\nAarhus;4,1;5\n", 3),
    ],
)
def test_a_second_table_is_reported_once(real: Desk, content: str, row: int) -> None:
    checked = real.check(content, indicator_id="employment_rate")
    (problem,) = [problem for problem in checked.problems if problem.severity == "error"]
    assert (problem.code, problem.row) == ("not_a_table", row)
    assert f"række {row}" in problem.message


@pytest.mark.parametrize(
    "head", ["område;værdi;;", "Kommune;Antal;;", "Periode;Område;Tal;", "År;Antal;;"]
)
def test_a_second_table_of_other_columns_is_reported_once(tiny: Desk, head: str) -> None:
    first = "nøgletal;område;periode;værdi\npersons;Aarhus;2022;5\n;;;\n"
    checked = tiny.check(f"{first}Andre tal;;;\n{head}\nAarhus;7;;\nOdense;8;;\n")
    (problem,) = [problem for problem in checked.problems if problem.severity == "error"]
    assert (problem.code, problem.row) == ("not_a_table", 5)


def test_a_row_of_an_area_that_is_called_so_is_no_head(real: Desk) -> None:
    checked = real.check("Kommune;2022;2023\nBy;74,1;75\n", indicator_id="employment_rate")
    assert codes(checked).count("unknown_area") == 1  # once a line


def test_a_table_of_other_figures_under_the_same_head_is_one_error(real: Desk) -> None:
    head: list[object] = ["Kommune", 2023, 2024]
    first = [(area, 70 + at, 71 + at) for at, area in enumerate(("Aarhus", "Odense", "Aalborg"))]
    second = [[name, low / 20, high / 20] for name, low, high in first]
    titles: tuple[list[object], ...] = ([], ["Ledighed"])
    for title in titles:
        rows: list[Sequence[object]] = [["Beskæftigelse"], head, *first, [], title, head, *second]
        checked = real.check(workbook(rows), name="to.xlsx", indicator_id="employment_rate")
        errors = [each for each in checked.problems if each.severity == "error"]
        assert [(each.code, each.row) for each in errors] == [("not_a_table", 8)]


def test_the_same_table_twice_is_no_second_one(real: Desk) -> None:
    rows = [["Kommune", 2023], ["Aarhus", 70], ["Kommune", 2023], ["Odense", 71]]
    checked = real.check(workbook(rows), name="to.xlsx", indicator_id="employment_rate")
    assert checked.publishable
