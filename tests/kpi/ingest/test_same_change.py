"""Published figures that all change alike are asked about: another measure of nearly the size."""

from collections.abc import Callable

import pytest

from tests.kpi.ingest.checked import Desk
from tests.kpi.ingest.plausible_rows import AREAS, HEAD, level, rows_of

Change = Callable[[int, float], float]


def _asked(desk: Desk, indicator: str, change: Change, areas: int = len(AREAS)) -> list[str]:
    """The messages at last year's figures, each changed."""
    values = [round(change(number, level(indicator, number)), 3) for number in range(areas)]
    problems = desk.check(HEAD + rows_of(indicator, values, "2022")).problems
    return [problem.message for problem in problems if problem.code == "same_change"]


@pytest.mark.parametrize(
    ("indicator", "change", "words"),
    [
        ("persons", lambda _, value: round(value * 1.031), "med samme faktor, +3,1 %"),
        ("persons", lambda _, value: round(value * 0.9), "med samme faktor, −10,0 %"),
        ("hours", lambda _, value: value * 1.02, "med samme faktor, +2,0 %"),
        ("rate", lambda _, value: value + 2, "lige meget, +2,0 procentpoint"),
        ("persons", lambda _, value: value + 40, "lige meget, +40 personer"),
    ],
)
def test_all_change_alike(desk: Desk, indicator: str, change: Change, words: str) -> None:
    (message,) = _asked(desk, indicator, change)
    assert "8 af 8 udgivne tal" in message
    assert words in message.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("indicator", "change", "areas"),
    [
        ("persons", lambda _, value: value, 8),
        ("persons", lambda number, value: round(value * (1.031 if number % 4 else 1)), 8),
        ("persons", lambda number, value: round(value * (1 + (number + 1) / 100)), 8),
        ("persons", lambda _, value: round(value * 1.031), 7),
        ("persons", lambda _, value: 2 * value, 8),  # asked about one by one
        ("rate", lambda _, value: value + 0.001, 8),  # within rounding
    ],
)
def test_the_same_some_or_each_its_own(
    desk: Desk, indicator: str, change: Change, areas: int
) -> None:
    assert not _asked(desk, indicator, change, areas)
