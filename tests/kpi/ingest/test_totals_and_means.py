"""Heads and titles of a total for an indicator that is a mean are asked about, and the opposite."""

from pathlib import Path

import pytest

from tests.kpi.ingest.checked import Desk
from tests.tables import for_each

# Indicator, words, a figure of its size, whether they are asked about in a head and as a title.
CASES = [
    ("disposable_income", "Indkomst i alt", "290000", "both"),
    ("disposable_income", "Samlet indkomst", "290000", "both"),
    ("disposable_income", "Samlet disponibel indkomst", "290000", "both"),
    ("disposable_income", "Indkomst (sum)", "290000", "head"),
    ("disposable_income", "Indkomst, total", "290000", "head"),
    ("disposable_income", "Indkomstsum", "290000", "both"),
    ("disposable_income", "Total income", "290000", "both"),
    ("disposable_income", "I alt", "290000", ""),
    ("disposable_income", "Personer i alt", "290000", ""),
    ("disposable_income", "Disponibel indkomst", "290000", ""),
    ("disposable_income", "Disponibel indkomst pr. person i alt", "290000", ""),
    ("disposable_income", "Gennemsnit i alt", "290000", ""),
    ("child_notifications", "Underretninger i alt", "29", "both"),
    ("child_notifications", "Samlet antal underretninger", "29", "both"),
    ("child_notifications", "Antal underretninger", "29", "both"),
    ("child_notifications", "Underretninger pr. 1.000 børn i alt", "29", ""),
    ("population_density", "Indbyggere i alt", "700", "both"),
    ("cash_benefit_recipients", "Gennemsnitligt antal modtagere", "2900", "both"),
    ("cash_benefit_recipients", "Modtagere i alt", "2900", ""),
    ("cash_benefit_recipients", "Middel af modtagere", "2900", "both"),
    ("cash_benefit_recipients", "Modtagere, månedsgennemsnit", "2900", "both"),
    ("nsk_budget", "Gennemsnitligt budget", "290000", "both"),
    ("nsk_budget", "Samlet budget", "290000", ""),
    ("childcare_wait_months", "Gennemsnitlig ventetid", "3", ""),
    ("employment_rate", "Beskæftigelsesfrekvens i alt", "71,2", ""),
    ("school_absence", "Fravær i alt", "6,2", ""),
]


@pytest.fixture(scope="module")
def shipped_desk(shipped_home: Path) -> Desk:
    """All indicators, with their words."""
    return Desk.of(shipped_home)


@for_each(("indicator", "words", "figure", "asked"), CASES)
def test_a_total_of_a_mean_is_asked_about(
    shipped_desk: Desk, indicator: str, words: str, figure: str, asked: str
) -> None:
    row = f"Aarhus;2019;{figure}\nOdense;2019;{figure[:-1]}1\n"
    for place, table in (
        ("head", f"område;periode;{words}\n{row}"),
        ("title", f"{words}\n\nområde;periode;værdi\n{row}"),
    ):
        problems = [
            (problem.code, problem.severity)
            for problem in shipped_desk.check(table, indicator_id=indicator).problems
            if problem.code in ("head_words", "text_words")
        ]
        expected = [(f"{'head' if place == 'head' else 'text'}_words", "warning")]
        assert problems == (expected if asked in ("both", place) else [])
