"""Numbers that nobody published and others imply: no hidden one follows by way of them."""

import os
from random import Random

import numpy as np
import pytest

from kpi.domain.period import parse_period
from kpi.suppression.cells import Cell, Key
from kpi.suppression.groups import parse_part_of
from kpi.suppression.hiding import cells_to_hide

AREAS = {"city": {0, 1, 2}, "q0": {0}, "q1": {1}, "q2": {2}}
# Of two origins, two sexes and two degrees of readiness.
GROUPS = {
    "all": {*range(8)}, "danish": {0, 1, 2, 3}, "foreign": {4, 5, 6, 7}, "danish_women": {0, 1},
    "danish_men": {2, 3}, "ready": {0, 2, 4, 6}, "not_ready": {1, 3, 5, 7},
}  # fmt: skip
WITHIN = {
    group_id: parse_part_of(text)
    for group_id, text in {
        "danish": "all:origin", "foreign": "all:origin", "danish_women": "danish:sex",
        "danish_men": "danish:sex", "ready": "all:readiness", "not_ready": "all:readiness",
        "danish_ready": "danish:readiness;ready:origin", "foreign_ready":
        "foreign:readiness;ready:origin", "foreign_not_ready": "foreign:readiness;not_ready:origin",
    }.items()
}  # fmt: skip
PERIODS = {
    "2024": {0, 1, 2}, "2024H1": {0, 1}, "2024H2": {2}, "2024K1": {0}, "2024K2": {1},
    "2024M04:2024M12": {1, 2},
}  # fmt: skip


def cell(area: str, group: str, period: str, part: float, is_stock: bool = False) -> Cell:
    level, parent = ("city", None) if area == "city" else ("quarter", "city")
    return Cell(
        "cases", area, group, parse_period(period), part, None, 5, level, parent,
        is_stock=is_stock,
    )  # fmt: skip


def hidden(*cells: Cell) -> set[tuple[str, ...]]:
    return {key[1:] for key in cells_to_hide(cells, WITHIN)}


@pytest.mark.parametrize(
    ("cells", "beside"),
    [
        # A group's half less its second quarter is its first, which nobody published.
        ([cell("q0", "danish", "2024K1", 11), cell("q0", "danish_women", "2024K1", 4),
          cell("q0", "danish_men", "2024H1", 12), cell("q0", "danish_men", "2024K2", 5)],
         {("q0", "danish", "2024K1")}),
        # Everyone of the city in the quarter: of the year less the others.
        ([cell("q0", "danish", "2024", 3), cell("q0", "all", "2024", 40),
          cell("city", "foreign", "2024", 67), cell("q1", "foreign", "2024", 30)],
         {("q0", "all", "2024")}),
        # Counted on a day, the year's number is its last month's.
        ([cell("q0", "danish", "2024", 3, True), cell("q0", "foreign", "2024", 97, True),
          cell("q0", "all", "2024M12", 100, True)],
         {("q0", "foreign", "2024")}),
        ([cell("q0", "danish", "2024", 3), cell("q0", "foreign", "2024", 97),
          cell("q0", "all", "2024M12", 100)], set()),
        # Ready people of other origin, of whom nobody published a number, are in two splits.
        ([cell("q0", "ready", "2024", 60), cell("q0", "danish_ready", "2024", 40),
          cell("q0", "foreign", "2024", 23), cell("q0", "foreign_not_ready", "2024", 3)],
         {("q0", "foreign", "2024")}),
    ],
)  # fmt: skip
def test_by_way_of_what_nobody_published(cells: list[Cell], beside: set[tuple[str, ...]]) -> None:
    small = {cell.key[1:] for cell in cells if cell.is_small}
    assert hidden(*cells) == small | beside


@pytest.mark.parametrize(
    ("holding", "broken", "is_guarded"), [(2, 1, True), (9, 4, True), (1, 3, False)]
)
def test_areas_that_mostly_add_up_do_so_where_a_number_is_missing(
    holding: int, broken: int, is_guarded: bool
) -> None:
    """Everyone of the city in a half less two quarters' and the third's second quarter is 2.

    Elsewhere a total is an older one than its parts: that the areas add up is seen all the same.
    """
    cells = [
        cell("city", "all", "2024H1", 36), cell("q0", "all", "2024H1", 11),
        cell("q1", "all", "2024H1", 10), cell("q2", "all", "2024K1", 2),
        cell("q2", "all", "2024K2", 13),
    ]  # fmt: skip
    for year in range(2000, 2000 + holding + broken):
        total = 60 if year < 2000 + holding else 75
        cells.append(cell("city", "all", f"{year}", total))
        cells += [cell(area, "all", f"{year}", 20) for area in ("q0", "q1", "q2")]
    assert (len(hidden(*cells)) > 1) == is_guarded


def made_of(key: Key) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Which persons, by area, kind and time, a number is of."""
    atoms = np.zeros((3, 8, 3))
    atoms[
        np.ix_(*(sorted(members) for members in (AREAS[key[1]], GROUPS[key[2]], PERIODS[key[3]])))
    ] = 1
    return atoms.ravel()


@pytest.mark.some_cases
@pytest.mark.parametrize("seed", range(60 if "SPOR_SOAK" in os.environ else 20))
def test_no_small_number_is_made_of_shown_ones(seed: int) -> None:
    """A reader who knows who is in which number adds and subtracts all that is shown."""
    chance = Random(seed)
    most = chance.choice((1, 2, 6, 12))
    persons = np.array([chance.randint(0, most) for _ in range(72)], dtype=float)
    every = [("cases", *place) for place in
             ((a, g, p) for a in AREAS for g in GROUPS for p in PERIODS)]  # fmt: skip
    keys = chance.sample(every, chance.randint(5, len(every)))
    cells = [cell(*key[1:], part=float(made_of(key) @ persons)) for key in keys]
    gone = cells_to_hide(cells, WITHIN)
    shown = [key for key in keys if key not in gone]
    small = [cell.key for cell in cells if cell.is_small]
    assert not {*small} & {*shown}
    if not shown or not small:
        return
    _, sizes, directions = np.linalg.svd(np.array([made_of(key) for key in shown]))
    free = directions[int((sizes > 1e-9).sum()) :]
    assert [key for key in small if not (abs(free @ made_of(key)) > 1e-9).any()] == []
