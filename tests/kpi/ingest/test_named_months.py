"""A month over figures of whole years, and the end of an interval in place of the figure."""

import pytest

from tests.kpi.ingest.checked import Desk

ROWS = "Aarhus;2022;30,1\nOdense;2022;31,9\n"


def _asked(real: Desk, text: str, indicator_id: str = "sanction_share") -> list[str]:
    checked = real.check(text, indicator_id=indicator_id)
    return [problem.message for problem in checked.problems if "hele år" in problem.message]


@pytest.mark.parametrize(
    ("head", "is_asked"),
    [
        ("Sanktioner, december", True), ("Sanktioner (maj)", True), ("Sanktioner nov.", True),
        ("Seneste måned", True), ("Sanktioner i sidste kvartal", True),
        ("Sanktioner ultimo december", False), ("Sanktioner pr. 31. december", False),
        ("Sanktioner i majoriteten", False), ("Sanktioner", False),
        ("Sanktioner, seneste tal", False),
    ],
)  # fmt: skip
def test_a_month_in_the_head_of_yearly_figures(real: Desk, head: str, is_asked: bool) -> None:
    assert bool(_asked(real, f"Kommune;År;{head}\n{ROWS}")) is is_asked
    assert not _asked(real, f"Kommune;Måned;{head}\n{ROWS.replace(';2022', ';maj 2022')}")


def test_the_month_that_an_indicator_is_counted_in(real: Desk) -> None:
    for month, is_asked in {"november": False, "nov.": False, "maj": True}.items():
        text = f"Kommune;År;Beskæftigelsesfrekvens, {month}\n{ROWS}"
        assert bool(_asked(real, text, "employment_rate")) is is_asked


@pytest.mark.parametrize(
    ("title", "is_asked"),
    [
        ("Sanktioner i maj", True), ("Sanktioner for juni", True),
        ("Sanktioner, møde i maj", False),
        ("Sanktioner opgjort i maj", False),
        ("Status maj", False), ("Sanktioner i marken", False),
        ("Pr. september", True), ("September", True), ("Pr. 30. september", True),
        ("Sanktioner, september", True), ("Sanktioner (sep.)", True), ("Maj", True),
        ("Sanktioner pr. 1. januar", False), ("Sanktioner pr. 31. dec.", False),
        ("Sanktioner pr. 1. maj 2023", False), ("Majoriteten", False),
        ("Sanktioner ultimo december", False), ("Rapport, september", False),
        ("Sanktioner, uge 40", True), ("Sanktioner uge 40 2022", False),
    ],
)  # fmt: skip
def test_a_month_in_the_title_of_yearly_figures(real: Desk, title: str, is_asked: bool) -> None:
    assert bool(_asked(real, f"{title}\n\nKommune;År;Værdi\n{ROWS}")) is is_asked


@pytest.mark.parametrize(
    ("line", "is_asked"),
    [
        ("Opgjort pr. september", True), ("Tallene er pr. 1. maj", True),
        ("Opdateret pr. september", False), ("Opgjort pr. 1. januar", False),
    ],
)  # fmt: skip
def test_a_month_under_yearly_figures(real: Desk, line: str, is_asked: bool) -> None:
    assert bool(_asked(real, f"Kommune;År;Værdi\n{ROWS}\n\n{line};;\n")) is is_asked


@pytest.mark.parametrize("head", ["Nedre grænse", "Øvre grænse", "Lav", "Høj", "Low", "Laveste"])
def test_an_end_of_an_interval_is_no_figure(real: Desk, head: str) -> None:
    """The template's own names for the ends, where they stand over the only figures."""
    checked = real.check(f"Kommune;År;{head}\n{ROWS}", indicator_id="sanction_share")
    assert [problem.code for problem in checked.problems if problem.severity == "error"] == [
        "head_words"
    ]
    rows = ROWS.replace("Aarhus;2022;30,1", "Aarhus;2022;;30;40;")
    both = real.check(
        f"Kommune;År;Værdi;Lav;Høj;Status\n{rows}",
        indicator_id="sanction_share",
    )
    assert "head_words" not in [problem.code for problem in both.problems]
