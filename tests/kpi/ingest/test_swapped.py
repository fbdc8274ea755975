"""Figures of groups, indicators and areas that are swapped are reported with both sides' names."""

import random
from collections.abc import Mapping, Sequence

import pytest

from tests.kpi.ingest.checked import Desk, municipal_figures

RATE, SCHOOL = "employment_rate", "school_absence"
MIDDLE, LOWER = "middle_school", "lower_secondary"
NEWEST = "2021"  # of the plan's employment rates
HEAD = "nøgletal;område;gruppe;periode;værdi\n"
Row = tuple[str, str, str, str, float]


def _moved(value: float, chance: random.Random, most: float = 0.2) -> float:
    return round(value + most * (2 * chance.random() - 1), 1)


def _reported(desk: Desk, rows: Sequence[Row]) -> list[str]:
    lines = "".join(
        f"{indicator};{area};{group};{period};{str(value).replace('.', ',')}\n"
        for indicator, area, group, period, value in rows
    )
    return [p.message for p in desk.check(HEAD + lines).problems if p.code == "swapped"]


def _of_groups(desk: Desk, areas: int, are_swapped: bool) -> list[Row]:
    """Next year's absence of the two groups, each continuing its own figures or the other's."""
    chance = random.Random(7)
    middle, lower = (
        municipal_figures(desk, SCHOOL, group, "2024/2025") for group in (MIDDLE, LOWER)
    )
    apart = sorted(middle.keys() & lower.keys(), key=lambda a: middle[a] - lower[a])[:areas]
    sources = (lower, middle) if are_swapped else (middle, lower)
    return [
        (SCHOOL, area, group, "2025/2026", _moved(source[area], chance))
        for area in apart
        for group, source in zip((MIDDLE, LOWER), sources, strict=True)
    ]


@pytest.mark.parametrize("areas", [1, 2, 3, 90])
def test_heads_of_two_groups(real: Desk, areas: int) -> None:
    assert not _reported(real, _of_groups(real, areas, are_swapped=False))
    (message,) = _reported(real, _of_groups(real, areas, are_swapped=True))
    assert message.startswith("Elevfravær: »Mellemtrin« og »Udskoling« har hinandens tal.")


@pytest.mark.parametrize(
    ("middle", "lower", "is_reported"),
    [
        ((5.0, 6.0), (6.0, 5.0), True),
        ((5.0, 5.7), (6.0, 5.3), False),  # neither near enough to the other's
        ((5.0, 5.4), (5.4, 5.0), False),  # too near each other from the beginning
        ((5.0, 6.0), (6.0, 6.1), False),  # one alone
    ],
)
def test_one_area_crosses_seldom(
    real: Desk, middle: tuple[float, float], lower: tuple[float, float], is_reported: bool
) -> None:
    """The figures before are those of the file itself."""
    rows = [
        (SCHOOL, "gellerup", group, f"{2015 + at}/{2016 + at}", value)
        for group, values in ((MIDDLE, middle), (LOWER, lower))
        for at, value in enumerate(values)
    ]
    assert bool(_reported(real, rows)) is is_reported


@pytest.mark.parametrize("are_swapped", [True, False])
def test_columns_of_two_indicators(desk: Desk, are_swapped: bool) -> None:
    """Each of them is right in the file's first year and the other's in its second."""
    levels = {"rate": 40.0, "share": 70.0}
    other = dict(zip(levels, reversed(levels.values()), strict=True)) if are_swapped else levels
    rows = [
        (indicator, area, "all", year, source[indicator] + at + 0.3 * (year == "2019"))
        for indicator in levels
        for at, area in enumerate(("aarhus", "odense", "randers", "vejle"))
        for year, source in (("2018", levels), ("2019", other))
    ]
    reported = _reported(desk, rows)
    assert bool(reported) is are_swapped
    assert all("»Beskæftigelse« og »Ny andel« har hinandens tal" in message for message in reported)


def _of_areas(desk: Desk, order: Mapping[str, str], areas: int = 98) -> list[Row]:
    chance = random.Random(5)
    before = municipal_figures(desk, RATE, "all", NEWEST)
    return [
        (RATE, area, "all", "2022", _moved(before[order.get(area, area)], chance, 0.5))
        for area in list(before)[:areas]
    ]


def test_two_areas(real: Desk) -> None:
    assert not _reported(real, _of_areas(real, {}))
    (message,) = _reported(real, _of_areas(real, {"aarhus": "alleroed", "alleroed": "aarhus"}))
    assert "»Aarhus«" in message
    assert "»Allerød«" in message


@pytest.mark.parametrize("seed", range(3))
def test_months_that_hardly_move(real: Desk, seed: int) -> None:
    """Figures of one decimal that stand or take a step of 0.1 change places by themselves."""
    chance = random.Random(seed)
    areas = list(municipal_figures(real, RATE, "all", NEWEST))
    earlier = {area: round(2 + 2 * chance.random(), 1) for area in areas}
    newest = {
        area: round(value + chance.choice((-0.2, -0.1, -0.1, -0.1, -0.1, 0, 0.1)), 1)
        for area, value in earlier.items()
    }
    rows = [
        (RATE, area, "all", month, value)
        for month, figures in (("2025M01", earlier), ("2025M02", newest))
        for area, value in figures.items()
    ]
    assert not _reported(real, rows)


@pytest.mark.parametrize(("areas", "is_reported"), [(98, True), (12, True), (11, False)])
def test_rows_that_are_shifted(real: Desk, areas: int, is_reported: bool) -> None:
    names = list(municipal_figures(real, RATE, "all", NEWEST))[:areas]
    order = dict(zip(names, [*names[3:], *names[:3]], strict=True))
    messages = _reported(real, _of_areas(real, order, areas))
    assert any("ligner ikke områdernes egne tidligere tal" in m for m in messages) is is_reported


@pytest.mark.soak
def test_every_published_year_continues_itself(real: Desk) -> None:
    """Each published period as the next one: no two areas and no order of areas is doubted."""
    for year in range(2010, int(NEWEST)):
        later = municipal_figures(real, RATE, "all", str(year + 1))
        rows = [(RATE, area, "all", "2025", value) for area, value in later.items()]
        earlier = municipal_figures(real, RATE, "all", str(year))
        rows += [(RATE, area, "all", "2024", value) for area, value in earlier.items()]
        assert not _reported(real, rows), year
