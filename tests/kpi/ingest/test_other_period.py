"""Figures that stand a period beside their own are asked about, of one area or of all."""

import random
from collections.abc import Callable

import pytest

from kpi.store import init
from tests.kpi.data_folder import add_source, append, write_tiny
from tests.kpi.ingest.checked import Desk
from tests.kpi.ingest.plausible_rows import AREAS, HEAD, rows_of

YEARS = range(2015, 2025)
Level = Callable[[int, int], float]


def _level(area: int, year: int) -> float:
    """A number of persons that moves by its own part each year."""
    chance = random.Random(100 * year + area)
    return round(1800 * (1 + area) * (1 + 0.04 * (year - 2015) + 0.03 * chance.random()))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Eight areas with ten years of persons."""
    folder = tmp_path_factory.mktemp("years")
    data = write_tiny(folder / "data", "rate,aarhus,all,2022,50.0,,,final")
    for name in AREAS[3:]:
        append(data, "area.csv", f"{name},{name.title()},municipality,denmark,,")
    rows = [
        f"persons,{name},all,{year},{_level(number, year):g},,,final"
        for number, name in enumerate(AREAS)
        for year in YEARS
    ]
    add_source(data, "other", "2024-06-19", "\n".join(rows))
    init(folder / "home", data)
    return Desk.of(folder / "home")


def _moved(by: int, areas: range, noise: float = 0.0) -> Level:
    """The figures, those of some areas of as many years later, each with so much noise."""

    def level(area: int, year: int) -> float:
        part = noise * (2 * random.Random(year * area).random() - 1)
        return round(_level(area, year + by * (area in areas)) * (1 + part))

    return level


def _asked(desk: Desk, level: Level, years: range = YEARS, areas: int = len(AREAS)) -> list[str]:
    rows = "".join(
        rows_of("persons", [level(area, year) for area in range(areas)], str(year))
        for year in years
    )
    problems = desk.check(HEAD + rows).problems
    return [p.message for p in problems if "i stedet for deres egne" in p.message]


@pytest.mark.parametrize(
    ("level", "who", "which"),
    [
        (_moved(-1, range(1)), "Aarhus har", "før"),
        (_moved(1, range(2, 3)), "Randers har", "efter"),
        (_moved(-1, range(8)), "8 af 8 områder har", "før"),
        (_moved(-1, range(8), noise=0.003), "8 af 8 områder har", "før"),
        (_moved(1, range(3)), "Aarhus, Odense og Randers har", "efter"),
    ],
)
def test_a_row_or_all_rows_moved_by_a_cell(
    published: Desk, level: Level, who: str, which: str
) -> None:
    (message,) = _asked(published, level)
    assert f"{who} de udgivne tal for perioden {which}" in message


@pytest.mark.parametrize(
    ("level", "years"),
    [
        (_level, YEARS),
        (_moved(0, range(0), noise=0.02), YEARS),  # corrected, each a little
        (_moved(-1, range(8)), range(2023, 2025)),  # too few of each area
    ],
)
def test_figures_of_their_own_periods(published: Desk, level: Level, years: range) -> None:
    assert not _asked(published, level, years)


# Two published figures of each area are changed, to those of the year before; 2025 is new.
_LAST_YEARS = range(2023, 2026)


@pytest.mark.parametrize(
    ("level", "areas", "who"),
    [
        (_moved(-1, range(8)), 1, "Aarhus har"),
        (_moved(-1, range(8)), 3, "3 af 3 områder har"),
        (_moved(-1, range(1)), 1, "Aarhus har"),
    ],
)
def test_the_newest_years_of_few_areas_moved_onto_a_new_one(
    published: Desk, level: Level, areas: int, who: str
) -> None:
    """Of four areas and more their equal figures show it (copied.py); of fewer nothing else did."""
    (message,) = _asked(published, level, _LAST_YEARS, areas)
    assert f"{who} de udgivne tal for perioden før" in message


@pytest.mark.parametrize(
    ("level", "years"),
    [
        (_level, _LAST_YEARS),
        (_moved(-1, range(1), noise=0.002), _LAST_YEARS),  # near them, and none of them
        (_moved(-1, range(1)), range(2024, 2026)),  # one changed figure and a new one
        (lambda area, year: _level(area, min(year, 2024)), _LAST_YEARS),  # the last one once more
    ],
)
def test_figures_of_few_areas_that_are_not_moved(
    published: Desk, level: Level, years: range
) -> None:
    assert not _asked(published, level, years, 1)


def _heads_swapped(area: int, year: int) -> float:
    """The published figures of 2024 under 2025, and new ones under 2024."""
    return _level(area, 2024) if year == 2025 else round(1.02 * _level(area, 2024))


@pytest.mark.parametrize("areas", [2, 3])
def test_heads_of_a_new_year_and_the_one_before_are_swapped(published: Desk, areas: int) -> None:
    """Of four areas and more their equal figures show it (copied.py)."""
    (message,) = _asked(published, _heads_swapped, range(2024, 2026), areas)
    assert f"{areas} af {areas} områder har de udgivne tal for perioden før" in message


@pytest.mark.parametrize(
    ("level", "areas"),
    [
        (_heads_swapped, 1),  # of a single area it may be chance
        (lambda area, year: _heads_swapped(area, year) + (year == 2025 and area == 2), 3),
        (lambda area, year: round(_level(area, 2024) * (1.01 if year == 2024 else 1.02)), 3),
    ],
)
def test_a_new_year_beside_a_corrected_one(published: Desk, level: Level, areas: int) -> None:
    assert not _asked(published, level, range(2024, 2026), areas)
