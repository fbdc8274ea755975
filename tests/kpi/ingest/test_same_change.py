"""Published figures that all change alike are asked about: another measure of nearly the size."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.kpi.ingest.checked import Desk, municipal_figures
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
        ("persons", lambda _, value: round(value * 1.031), 3),
        ("persons", lambda number, value: round(value * (1.031 if number else 1)), 5),
        ("rate", lambda _, value: value + 0.8, 5),  # of few, too near what they are rounded to
        ("persons", lambda _, value: 2 * value, 8),  # asked about one by one
        ("rate", lambda _, value: value + 0.001, 8),  # within rounding
    ],
)
def test_the_same_some_or_each_its_own(
    desk: Desk, indicator: str, change: Change, areas: int
) -> None:
    assert not _asked(desk, indicator, change, areas)


@pytest.mark.parametrize(
    ("indicator", "change", "words"),
    [
        ("persons", lambda _, value: round(value * 1.1), "med samme faktor, +10,0 %"),
        ("rate", lambda _, value: value + 2, "lige meget, +2,0 procentpoint"),
    ],
)
def test_few_that_all_change_alike(desk: Desk, indicator: str, change: Change, words: str) -> None:
    (message,) = _asked(desk, indicator, change, 4)
    assert "4 af 4 udgivne tal" in message
    assert words in message.replace("\u00a0", " ")


YEARS = range(2012, 2023)
PRICES = {year: 1.021 ** (2022 - year) for year in YEARS}


def _in_years(desk: Desk, change: Callable[[int, int], float], areas: int) -> list[str]:
    """The messages at the published incomes of some years, each figure times its own change."""
    rows = HEAD
    for year in YEARS:
        known = municipal_figures(desk, "disposable_income", "all", str(year))
        names = AREAS[:areas]
        values = [round(known[name] * change(year, number)) for number, name in enumerate(names)]
        rows += rows_of("disposable_income", values, str(year), names)
    return [
        problem.message for problem in desk.check(rows).problems if problem.code == "same_change"
    ]


@pytest.mark.parametrize(
    ("change", "areas", "words"),
    [
        # Fixed prices: each year its own factor, and the newest none.
        (lambda year, _: PRICES[year], 8, "i 2021 med samme faktor, +2,1 %"),
        (lambda year, _: PRICES[year] / PRICES[2012], 8, "i 2022 med samme faktor, −18,8 %"),
        (lambda year, _: 1.03 if year == 2020 else 1, 8, "i 2020 med samme faktor, +3,0 %"),
        # Of few areas the years tell it.
        (lambda year, _: PRICES[year], 1, "fra +23,1 % til +2,1 %"),
        (lambda year, _: PRICES[year], 3, "De udgivne tal ændres med en faktor, der falder"),
        # Nobody's prices: corrections of their own, a few years, or growing to the newest.
        (lambda year, number: 1 + ((year * 7 + number * 5) % 11) / 100, 8, ""),
        (lambda year, _: PRICES[year] if year > 2015 else 1, 3, ""),
        (lambda year, _: 1 / PRICES[year] + 0.3, 3, ""),
    ],
)  # fmt: skip
def test_each_period_by_its_own_factor(
    shipped_home: Path, change: Callable[[int, int], float], areas: int, words: str
) -> None:
    messages = _in_years(Desk.of(shipped_home), change, areas)
    assert len(messages) == (1 if words else 0)
    assert words in "".join(messages).replace("\u00a0", " ")
