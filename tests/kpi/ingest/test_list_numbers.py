"""Codes of areas and places in a ranking, read as figures."""

import pytest

from kpi.domain.errors import Problem
from tests.kpi.ingest.checked import Desk

HEAD = "nøgletal;område;periode;værdi\n"
CODES = {
    "København": 101, "Odense": 461, "Esbjerg": 561, "Randers": 730, "Aarhus": 751, "Aalborg": 851,
}  # fmt: skip


def listed(desk: Desk, values: list[int]) -> list[Problem]:
    rows = zip(CODES, values, strict=True)
    content = "".join(f"workshops_held;{area};2025;{value}\n" for area, value in rows)
    problems = desk.check(HEAD + content).problems
    return [each for each in problems if "kolonnen med tallene" in each.hint]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (list(CODES.values()), "Alle 6 tal er områdernes koder, 101 for København."),
        ([4, 1, 6, 3, 2, 5], "De 6 tal er 1, 2, 3 og så videre til 6, hvert én gang."),
        ([101, 461, 561, 730, 751, 850], ""),
        ([4, 1, 6, 3, 2, 4], ""),
        ([1, 2, 3, 4, 5, 6], ""),  # as a filled column has them, which another rule says
    ],
)
def test_numbers_of_rows_are_no_figures(real: Desk, values: list[int], said: str) -> None:
    problems = listed(real, values)
    assert [(each.code, each.severity, each.row) for each in problems] == (
        [("swapped", "warning", 2)] if said else []
    )
    assert all(said in each.message for each in problems)
