"""Areas, groups and indicators that have each other's figures in turn are reported together."""

import random
from collections.abc import Mapping, Sequence

import pytest

from kpi.ingest.plausibility.rings import cycles
from tests.kpi.ingest.checked import Desk, municipal_figures

RATE = "employment_rate"
NEWEST = "2021"  # of the plan's employment rates
HEAD = "nøgletal;område;gruppe;periode;værdi\n"
CITIES = ("koebenhavn", "aarhus", "odense", "aalborg", "esbjerg", "randers")
GROUPS = ("danish", "non_western", "non_western_women")


def _reported(desk: Desk, rows: Sequence[str]) -> list[str]:
    checked = desk.check(HEAD + "".join(rows))
    return [problem.message for problem in checked.problems if problem.code == "swapped"]


def _in_turn(*areas: str) -> dict[str, str]:
    """Each has the figure of the next."""
    return dict(zip(areas, (*areas[1:], areas[0]), strict=True))


def _of_areas(desk: Desk, order: Mapping[str, str], areas: Sequence[str], seed: int) -> list[str]:
    chance = random.Random(seed)
    before = municipal_figures(desk, RATE, "all", NEWEST)
    return [
        f"{RATE};{area};all;2022;{before[order.get(area, area)] + chance.uniform(-0.2, 0.2):.1f}\n"
        .replace(".", ",")
        for area in areas or before
    ]  # fmt: skip


def test_cycles() -> None:
    assert cycles({1: 2, 2: 3, 3: 1, 4: 1, 5: 5}) == [[1, 2, 3], [5]]
    assert cycles({1: 2, 2: 3}) == []


@pytest.mark.parametrize(
    ("order", "areas", "count"),
    [
        ({}, CITIES, 0),
        (_in_turn(*CITIES), CITIES, 6),
        (_in_turn("koebenhavn", "aarhus", "esbjerg"), CITIES, 3),
        (_in_turn("koebenhavn", "aarhus", "esbjerg"), ("koebenhavn", "aarhus", "esbjerg"), 3),
        (_in_turn("koebenhavn", "esbjerg"), ("koebenhavn", "esbjerg", "aarhus"), 2),
        (_in_turn("aarhus", "gentofte", "lolland"), (), 3),
        ({}, (), 0),
    ],
)
def test_areas(real: Desk, order: Mapping[str, str], areas: Sequence[str], count: int) -> None:
    """In a short list and in one of all municipalities (`areas` empty)."""
    messages = _reported(real, _of_areas(real, order, areas, seed=3))
    assert [message.count(" mod ") for message in messages] == [min(count, 5)] * bool(count)
    assert all(("på skift" in message) is (count > 2) for message in messages)


def test_a_year_that_moved_as_others_did(real: Desk) -> None:
    """Published years as the next ones, of cities in many choices."""
    years = {
        year: municipal_figures(real, RATE, "all", str(year)) for year in range(2015, int(NEWEST))
    }
    for year, figures in years.items():
        rows = [
            f"{RATE};{area};all;{at};{value:.1f}\n".replace(".", ",")
            for at, source in ((2024, figures), (2025, years.get(year + 1, figures)))
            for area, value in source.items()
            if area in CITIES
        ]
        assert not _reported(real, rows), year


@pytest.mark.parametrize("areas", [("aarhus",), CITIES])
@pytest.mark.parametrize("order", [(0, 1, 2), (1, 2, 0), (2, 0, 1)])
def test_groups(real: Desk, order: Sequence[int], areas: Sequence[str]) -> None:
    """The figures before are those of the file itself."""
    chance = random.Random(4)
    levels = (75.0, 58.0, 52.0)
    rows = [
        f"{RATE};{area};{group};{year};{levels[source] + at + 0.4 * chance.uniform(-1, 1):.1f}\n"
        .replace(".", ",")
        for at, area in enumerate(areas)
        for year in ("2021", "2022", "2023")
        for group, source in zip(GROUPS, order if year == "2023" else (0, 1, 2), strict=True)
    ]  # fmt: skip
    messages = _reported(real, rows)
    assert len(messages) == (order != (0, 1, 2))
    assert all("har hinandens tal på skift" in message for message in messages)
