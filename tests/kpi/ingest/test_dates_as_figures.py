"""Days and years in the column of figures are asked about; counts of that size are not."""

import pytest

from tests.kpi.ingest.checked import Desk

HEAD = "nøgletal;område;periode;værdi\n"
COUNTED = "NSK-sager"


def _rows(indicator: str, *figures: tuple[str, str]) -> str:
    areas = ("Aarhus", "Odense", "Aalborg")
    return HEAD + "".join(
        f"{indicator};{area};{period};{value}\n"
        for area, (period, value) in zip(areas, figures, strict=False)
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (_rows(COUNTED, ("2024", "20250131"), ("2024", "20250228")), "Alle 2 tal er datoer"),
        (_rows(COUNTED, ("2024", "20250131")), "Tallet er en dato"),
        (_rows(COUNTED, ("2024", "2024"), ("2023", "2023")), "Alle 2 tal er deres egne årstal"),
        (_rows(COUNTED, ("2024", "2024")), ""),  # one count may be so
        (_rows(COUNTED, ("2024", "2024"), ("2024", "2025")), ""),
        (_rows(COUNTED, ("2024", "20250131"), ("2024", "20259931")), ""),  # no such day
        (_rows(COUNTED, ("2024", "20250131"), ("2024", "31")), ""),
    ],
)
def test_figures_that_are_days_or_years(real: Desk, content: str, words: str) -> None:
    problems = [problem for problem in real.check(content).problems if problem.code == "scale"]
    assert [words in problem.message for problem in problems] == [True] * bool(words)
    answered = real.check(content, scale=1.0)
    assert "scale" not in [problem.code for problem in answered.problems]
