"""A few areas with an earlier year's figures among new ones are reported by name."""

import random

import pytest

from kpi.ingest.plausibility.mixed_years import Repeated
from tests.kpi.ingest.checked import Desk
from tests.kpi.ingest.plausible_rows import AREAS, HEAD, level, text
from tests.tables import for_each

YEARS = ("2023", "2024", "2025")


def _figures(indicator: str, decimals: int) -> dict[tuple[str, str], float]:
    chance = random.Random(3)
    size = 10 if indicator == "persons" else 1
    return {
        (area, year): round(size * level(indicator, number) * (1 + at / 4 + chance.random() / 50),
                            decimals)
        for number, area in enumerate(AREAS)
        for at, year in enumerate(YEARS)
    }  # fmt: skip


def _reported(desk: Desk, indicator: str, figures: dict[tuple[str, str], float]) -> list[str]:
    rows = [f"{indicator};{area};{year};{text(v)};\n" for (area, year), v in figures.items()]
    checked = desk.check(HEAD + "".join(rows))
    return [p.message for p in checked.problems if "præcis" in p.message]


@pytest.mark.parametrize("earlier", ["2023", "2024"])
def test_one_count_of_an_earlier_year(desk: Desk, earlier: str) -> None:
    figures = _figures("persons", 0)
    assert not _reported(desk, "persons", figures)
    figures["vejle", "2025"] = figures["vejle", earlier]
    (message,) = _reported(desk, "persons", figures)
    assert f"Vejle har i 2025 præcis det tal, der er i {earlier}" in message


def test_a_small_count_may_repeat_itself(desk: Desk) -> None:
    figures = _figures("few", 0)
    figures["vejle", "2025"] = figures["vejle", "2023"]
    assert not _reported(desk, "few", figures)


def test_a_single_percentage_may_repeat_itself(desk: Desk) -> None:
    figures = _figures("rate", 1)
    figures["vejle", "2025"] = figures["vejle", "2023"]
    assert not _reported(desk, "rate", figures)


@for_each(
    ("hits", "count", "part", "is_reported"),
    [
        (3, 98, 0.001, False),  # at least four
        (8, 98, 0.001, True),
        (5, 98, 0.001, False),
        (13, 98, 0.014, False),  # as published: employment of 2022 and 2023
        (27, 98, 0.04, True),
        (98, 98, 0.04, False),  # all: copied.py
        (4, 6, 0.01, True),
        (4, 6, 0.05, False),
    ],
)
def test_how_many_percentages_are_no_chance(
    hits: int, count: int, part: float, is_reported: bool
) -> None:
    areas = tuple(range(hits))
    repeated = Repeated(0, 0, "2025", "2023", count, areas, (), part, None, None, 1.0)
    assert repeated.reported == (areas if is_reported else ())


@pytest.mark.parametrize(("quarters", "is_asked"), [(4, False), (1, True)])
def test_a_series_that_often_repeats_itself_may_do_so_again(
    real: Desk, quarters: int, is_asked: bool
) -> None:
    """Ten of twelve areas have the last quarter's share: as always, or as never before."""
    rows, last = [], []
    periods = [f"{year}K{quarter}" for year in (2018, 2019, 2020) for quarter in (1, 2, 3, 4)]
    for at, area in enumerate((*AREAS, "aalborg", "horsens", "herning", "viborg")):
        values = [60 + at + (step + at) // quarters / 5 for step in range(len(periods))]
        rows += [
            f"{area};{period};{value:.1f}" for period, value in zip(periods, values, strict=True)
        ]
        last.append(f"{area};2021K1;{values[-1] + (0.2 if at < 2 else 0):.1f}")
    lines = [f"employment_rate;{row}" for row in [*rows, *last]]
    checked = real.check("\n".join(["indicator;area;period;value", *lines, ""]))
    assert any(p.code == "unchanged_period" for p in checked.problems) is is_asked
