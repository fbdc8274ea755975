"""Whoever knows how guards are chosen, too, learns no small number from what is hidden.

Every small table is hidden in turn. Those that look the same are what he can mean: each hidden
number has several values among them, else the choice would have told it (minimality attack).
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pytest

from kpi.domain.period import parse_period
from kpi.suppression.cells import Cell
from kpi.suppression.groups import parse_part_of
from kpi.suppression.hiding import cells_to_hide

YEAR = parse_period("2024")
GROUPS = {group_id: parse_part_of("all:origin") for group_id in ("danish", "non_western")}
# An area and a group, and how many.
Table = dict[tuple[str, str], int]


def tables(areas: str, groups: tuple[str, ...], most: int) -> Iterator[Table]:
    """All tables of so many persons at most, with their totals."""
    places = [*product(areas, groups)]
    for numbers in product(range(most + 1), repeat=len(places)):
        if sum(numbers) <= most:
            table = dict(zip(places, numbers, strict=True))
            yield table | {
                ("city", group): sum(table[area, group] for area in areas) for group in groups
            }


def picture(table: Table, limit: int) -> frozenset[tuple[object, ...]]:
    """What is shown of a table: numbers, `<` or nothing."""
    cells = {
        place: Cell(
            "x", *place, YEAR, number, None, limit, "city" if place[0] == "city" else "quarter",
            None if place[0] == "city" else "city",
        )
        for place, number in table.items()
    }  # fmt: skip
    hidden = cells_to_hide(cells.values(), GROUPS)
    return frozenset(
        (place, {True: "<", False: "hidden", None: cell.part}[hidden.get(cell.key)])
        for place, cell in cells.items()
    )


def told(areas: str, groups: tuple[str, ...], most: int, limit: int) -> list[Table]:
    """The tables in which a small number has one value in all that look the same."""
    alike: dict[frozenset[tuple[object, ...]], list[Table]] = defaultdict(list)
    for table in tables(areas, groups, most):
        alike[picture(table, limit)].append(table)
    # Of more persons those that look the same may be too large to be among them.
    return [
        some[0]
        for some in alike.values()
        if max(sum(table["city", group] for group in groups) for table in some) < most - limit
        for place in some[0]
        if len({table[place] for table in some}) == 1 and 0 < some[0][place] < limit
    ]


@pytest.mark.parametrize(
    ("areas", "groups", "most", "limit"),
    [("ab", ("all",), 20, 5), ("ab", ("all",), 16, 4), ("abc", ("all",), 14, 4),
     pytest.param("abc", ("all",), 20, 5, marks=pytest.mark.soak),
     pytest.param("ab", (*GROUPS,), 18, 4, marks=pytest.mark.soak)],
)  # fmt: skip
def test_no_choice_tells_a_small_number(
    areas: str, groups: tuple[str, ...], most: int, limit: int
) -> None:
    assert told(areas, groups, most, limit) == []
