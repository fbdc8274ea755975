"""Few persons beside numbers that nobody published and others imply are guarded like any others."""

from random import Random

import numpy as np
import pytest

from kpi.domain.period import parse_period
from kpi.suppression.areas import areas_of
from kpi.suppression.cells import Cell
from kpi.suppression.groups import NO_GROUPS, parse_part_of
from kpi.suppression.hiding import cells_to_hide, implies_few, what_to_hide
from kpi.suppression.screening import Figures, leave_few, sums_of

GROUPS = {"danish": parse_part_of("all:origin"), "foreign": parse_part_of("all:origin")}
AREAS = areas_of(
    [
        ("city", "city", None, None),
        *((f"q{number}", "quarter", "city", None) for number in range(3)),
    ]
)
GROUP_IDS, AREA_IDS = ["all", *GROUPS], ["city", "q0", "q1", "q2"]
SUMS = sums_of(GROUP_IDS, AREA_IDS, (GROUPS, NO_GROUPS), AREAS)


def cell(area: str, group: str, period: str, part: float, is_stock: bool = False) -> Cell:
    level, parent = ("city", None) if area == "city" else ("quarter", "city")
    return Cell(
        "cases", area, group, parse_period(period), part, None, 5, level, parent,
        is_stock=is_stock,
    )  # fmt: skip


def quick_look(cells: list[Cell]) -> bool:
    """What a publication asks first, of arrays."""
    periods = sorted({cell.period.text for cell in cells})
    figures = Figures(
        np.array([periods.index(cell.period.text) for cell in cells], dtype=np.int32),
        np.array([AREA_IDS.index(cell.area_id) for cell in cells], dtype=np.int32),
        np.array([GROUP_IDS.index(cell.group_id) for cell in cells], dtype=np.int32),
        np.array([cell.part for cell in cells], dtype=float),
        np.full(len(cells), np.nan),
        np.full(len(cells), 5, dtype=np.int32),
        np.full(len(cells), 7, dtype=np.int32),
    )
    of_periods = [parse_period(text) for text in periods]
    return leave_few(figures, SUMS, of_periods, any(cell.is_stock for cell in cells))


CASES = {
    "a group's halves": (
        [cell("city", "all", "2024", 100), cell("city", "danish", "2024H1", 50),
         cell("city", "danish", "2024H2", 47)],
        ("city", "danish", "2024H1")),
    "a quarter's halves": (
        [cell("city", "all", "2024", 100), cell("q0", "all", "2024H1", 50),
         cell("q0", "all", "2024H2", 47)],
        ("q0", "all", "2024H1")),
    "a quarter's halves and another quarter": (
        [cell("city", "all", "2024", 100), cell("q0", "all", "2024H1", 30),
         cell("q0", "all", "2024H2", 30), cell("q1", "all", "2024", 37)],
        ("q1", "all", "2024")),
    "a quarter's groups": (
        [cell("city", "all", "2024", 100), cell("q0", "danish", "2024", 50),
         cell("q0", "foreign", "2024", 47)],
        ("q0", "foreign", "2024")),
    "a group's quarters": (
        [cell("city", "all", "2024", 100), cell("q0", "danish", "2024", 50),
         cell("q1", "danish", "2024", 47)],
        ("q1", "danish", "2024")),
    "groups in half of the year": (
        [cell("city", "all", "2024", 100), cell("city", "danish", "2024H1", 50),
         cell("city", "foreign", "2024H1", 47)],
        ("city", "foreign", "2024H1")),
    "quarters in half of the year": (
        [cell("city", "all", "2024", 100), cell("q0", "all", "2024H1", 50),
         cell("q1", "all", "2024H1", 47)],
        ("q1", "all", "2024H1")),
    "counted on the last day of both": (
        [cell("city", "all", "2024", 100, True), cell("city", "danish", "2024M12", 97, True)],
        ("city", "danish", "2024M12")),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_few_beside_what_others_imply(case: str) -> None:
    """One number is hidden, and no more."""
    cells, guard = CASES[case]
    hidden = what_to_hide(cells, GROUPS, AREAS).keys
    assert {key[1:] for key in hidden} == {guard}
    assert implies_few(cells, GROUPS, AREAS)
    assert quick_look(cells)


@pytest.mark.parametrize("case", CASES)
def test_many_beside_what_others_imply(case: str) -> None:
    cells, _ = CASES[case]
    first, *others = cells
    more = [cell(*first.key[1:], part=110, is_stock=first.is_stock), *others]
    assert not what_to_hide(more, GROUPS, AREAS).keys
    assert not quick_look(more)


@pytest.mark.parametrize("seed", range(40))
def test_the_quick_look_misses_nothing(seed: int) -> None:
    """Numbers of which none is small, some of them missing."""
    chance = Random(seed)
    for _ in range(10):
        few = chance.choice([1, 3, 200])
        persons = {
            (area, group, half): few if chance.random() < 0.1 else chance.choice([0, 20, 40])
            for area in AREA_IDS[1:] for group in GROUPS for half in ("2024H1", "2024H2")
        }  # fmt: skip
        every = [
            cell(area, group, period, sum(
                number for (where, who, when), number in persons.items()
                if area in ("city", where) and group in ("all", who) and period in ("2024", when)
            ))
            for area in AREA_IDS for group in GROUP_IDS for period in ("2024", "2024H1", "2024H2")
        ]  # fmt: skip
        cells = [cell for cell in chance.sample(every, 6) if not cell.is_small]
        if cells and cells_to_hide(cells, GROUPS):
            assert quick_look(cells) or len({cell.period.kind for cell in cells}) > 1


def test_what_does_not_add_up_implies_nothing() -> None:
    """Persons who are in several quarters of a year: halves are no parts of it."""
    cells = [
        cell(area, "all", period, number)
        for area, numbers in (("q0", (70, 40, 41)), ("q1", (90, 60, 51)), ("q2", (50, 30, 30)))
        for period, number in zip(("2024", "2024H1", "2024H2"), numbers, strict=True)
    ]
    halves = [cell("city", "all", "2024H1", 80), cell("city", "all", "2024H2", 79)]
    assert not quick_look([*cells, *halves, cell("city", "danish", "2024", 157)])
