"""Shares of many more or fewer persons than before are asked about, though the share is right."""

import pytest

from tests.kpi.ingest.checked import Desk

HEAD = "nøgletal;område;periode;værdi;tæller;nævner;note\n"


def _asked(desk: Desk, denominators: dict[str, int], note: str = "") -> list[str]:
    """What is asked of 2025, after years of the denominators that the areas had."""
    before = {"aarhus": 20000, "odense": 12000, "randers": 400, "esbjerg": 40}
    rows = [
        f"employment_rate;{area};{year};50,0;{of_all // 2};{of_all};"
        for area, of_all in before.items()
        for year in (2023, 2024)
    ]
    rows += [
        f"employment_rate;{area};2025;50,0;{of_all // 2};{of_all};{note}"
        for area, of_all in (before | denominators).items()
    ]
    problems = desk.check(HEAD + "\n".join(rows) + "\n").problems
    return [problem.message for problem in problems if problem.message.startswith("Nævneren")]


@pytest.mark.parametrize(
    ("denominators", "note", "words"),
    [
        ({}, "", ""),
        ({"aarhus": 200000}, "", "Nævneren for Aarhus er 200.000 mod 20.000"),
        ({"odense": 1200, "randers": 4000}, "", "Det gælder 2 tal."),
        ({"aarhus": 36000}, "", ""),
        ({"esbjerg": 400}, "", ""),  # so few may become many
        ({"aarhus": 200000}, "Bekræftet i kilden", ""),
    ],
)
def test_denominators_far_from_those_before(
    real: Desk, denominators: dict[str, int], note: str, words: str
) -> None:
    messages = _asked(real, denominators, note)
    assert [words in message for message in messages] == [True] * bool(words), messages
