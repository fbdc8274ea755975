"""Figures of the period before that were left standing: an area's, and rows after each other."""

import random
from collections.abc import Collection

import pytest

from tests.kpi.ingest.checked import Desk, municipal_figures

RATE = "employment_rate"


def _files(real: Desk, left: Collection[int], shuffled: bool = False) -> str:
    """A new year of a rate in which these rows have the figure of the year before."""
    chance = random.Random(7)
    before = municipal_figures(real, RATE, "all", "2021")
    rows = []
    for place, (area, value) in enumerate(before.items()):
        step = 0.0 if place in left else chance.choice((-0.6, -0.3, 0.1, 0.2, 0.4, 0.7))
        rows.append(f"{RATE};{area};2030;{value + step:.1f}\n")
    if shuffled:
        chance.shuffle(rows)
    return "nøgletal;område;periode;værdi\n" + "".join(rows)


def _named(real: Desk, content: str, words: str) -> int:
    checked = real.check(content, decimal="point")
    return sum(
        problem.code == "unchanged_period" and words in problem.message
        for problem in checked.problems
    )


@pytest.mark.parametrize(
    ("left", "count"),
    [
        (range(3, 6), 1), (range(20, 25), 1), ((3, 4, 5, 6, 70, 71, 72, 73), 2),
        ((), 0), ((3, 4), 0), ((3, 30, 60), 0),  # by chance some are the same
        (range(1, 90, 3), 0), (range(98), 0),  # all of them: unchanged_period of the year
    ],
)  # fmt: skip
def test_rows_after_each_other_that_nobody_typed_over(
    real: Desk, left: Collection[int], count: int
) -> None:
    assert _named(real, _files(real, left), "efter hinanden") == count


def test_a_stretch_is_one_of_the_file(real: Desk) -> None:
    assert not _named(real, _files(real, (3, 4, 5), shuffled=True), "efter hinanden")


@pytest.mark.parametrize(("same", "is_named"), [(4, True), (3, False), (0, False)])
def test_an_area_with_all_its_figures_of_the_year_before(
    desk: Desk, same: int, is_named: bool
) -> None:
    chance = random.Random(3)
    levels = {"share": 41.0, "new": 4200, "fresh": 2.0, "pay": 91000}
    rows = []
    for place, (indicator, level) in enumerate(levels.items()):
        value = level
        for year in range(2017, 2024):
            if year < 2023 or place >= same:
                value = round(value * chance.choice((0.94, 0.97, 1.02, 1.05)), 3)
            rows.append(f"{indicator};odense;{year};{value:g}\n")
    content = "nøgletal;område;periode;værdi\n" + "".join(rows)
    assert bool(_named(desk, content, "på tværs af")) is is_named
