"""A title that says less than a year over figures that are stored as those of whole years."""

import pytest

from kpi.ingest.checks.title_periods import part_of_year_named
from tests.kpi.ingest.checked import Desk, codes_of_cells
from tests.tables import for_each


@for_each(
    ("title", "said"),
    [
        ("Andel i job, 1. halvår 2022", "1. halvår"),
        ("Andel i job 4. kvartal 2022", "4. kvartal"),
        ("Andel i job, 1.-3. kvt. 2022", "1.-3. kvt"),
        ("Andel i job K3 2022", "K3 2022"),
        ("Andel i job 2022Q3", "2022Q3"),
        ("Andel, januar-marts 2022", "januar-marts 2022"),
        ("Andel, aug. til dec. 2022", "aug. til dec. 2022"),
        ("Andel til og med september 2022", "til og med september"),
        ("Andel, år til dato", "år til dato"),
        ("Andel, de seneste 12 måneder", "seneste 12 måneder"),
        ("Andel (rullende år)", "rullende"),
        # twelve months in a row are a year
        ("Andel, januar-december 2022", ""),
        ("Andel, august 2021 - juli 2022", ""),
        # when people were counted
        ("Andel i job, november 2022", ""),
        ("Folketal den 1. januar 2022", ""),
        ("Andel i job 2020-2022", ""),
        ("Andel i job", ""),
    ],
)
def test_what_says_less_than_a_year(title: str, said: str) -> None:
    assert part_of_year_named(title) == said


@pytest.mark.parametrize(
    ("period", "asked"),
    [("2023", True), ("2022/2023", True), ("2023K1", False), ("2023M01:2023M03", False)],
)
def test_it_is_asked_about_where_all_rows_are_whole_years(
    tiny: Desk, period: str, asked: bool
) -> None:
    text = f"Andel, januar-marts 2023\n\nkommune;periode;værdi\nAarhus;{period};50\n"
    checked = tiny.check(text, indicator_id="rate")
    assert ("text_words" in codes_of_cells(checked)) is asked


@pytest.mark.parametrize(
    ("title", "period", "asked"),
    [
        ("Andel, år til dato", "2023M05", True),
        ("Andel, rullende 12 måneder", "2023K1", True),
        ("Andel, år til dato", "2023ÅTD05", False),
        ("Andel, 1. kvartal 2023", "2023M02", False),
    ],
)
def test_months_under_a_title_of_several_added_up_are_asked_about(
    tiny: Desk, title: str, period: str, asked: bool
) -> None:
    checked = tiny.check(
        f"{title}\n\nkommune;periode;værdi\nAarhus;{period};50\n", indicator_id="rate"
    )
    messages = [problem.message for problem in checked.problems]
    assert any("men tallene gemmes som tal for" in message for message in messages) is asked


@pytest.mark.parametrize(
    ("below", "said"),
    [
        ("Tallet for Odense er fra 2021.", "siger 2021"),
        ("* Data for Aarhus stammer fra 2022", "siger 2022"),
        ("Bemærk: tallene gælder 2024", "siger 2024"),
        ("Aarhus: 2024-tal", "siger 2024"),
        ("* 2022-tal", "siger 2022"),
        ("Aarhus: 2023-tal", ""),
        ("Basisår 2020", ""),
        ("Tallene er fra 2023", ""),
        ("Tallene er opgjort efter 2019-definitionen", ""),
        ("Tallene er hentet i 2024", ""),
        ("Reformen er fra 2019", ""),
    ],
)
def test_a_line_below_that_says_another_year(tiny: Desk, below: str, said: str) -> None:
    text = f"kommune;periode;værdi\nAarhus;2023;50\n\n{below}\n"
    asked = [
        problem.message
        for problem in tiny.check(text, indicator_id="rate").problems
        if problem.code == "text_words" and "perioder er fra" in problem.message
    ]
    assert [said in message for message in asked] == [True] * bool(said), asked
