"""Whoever knows how guards are chosen, too, learns no small number from what is hidden.

Every small table is hidden in turn. Those that look the same are what he can mean: each hidden
number has several values among them, else the choice would have told it (minimality attack).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
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
Picture = frozenset[tuple[object, ...]]


@dataclass(frozen=True)
class Tables:
    """All tables of at most so many persons with the totals of a city, some places as given."""

    areas: str
    groups: tuple[str, ...]
    most: int
    limit: int
    has_totals: bool = False
    given: Table = field(default_factory=dict)

    def __iter__(self) -> Iterator[Table]:
        places = [*product(self.areas, self.groups)]
        ends = [[self.given[place]] if place in self.given else range(self.most + 1)
                for place in places]  # fmt: skip
        for numbers in product(*ends):
            if sum(numbers) <= self.most:
                table = dict(zip(places, numbers, strict=True))
                for group in self.groups:
                    table["city", group] = sum(table[area, group] for area in self.areas)
                yield with_totals(table) if self.has_totals else table

    def has_all_like(self, shown: Picture, some: Sequence[Table]) -> bool:
        """Whether all tables that look like some are among them, also larger ones."""
        of_all = "city", "all"
        is_total_shown = (of_all, some[0].get(of_all)) in shown
        is_far = max(map(persons, some)) < self.most - self.limit
        return shown >= {*self.given.items()} and (is_total_shown or is_far)


def persons(table: Table) -> int:
    """How many there are."""
    of_city = {group: number for (area, group), number in table.items() if area == "city"}
    return of_city.get("all", sum(of_city.values()))


def with_totals(table: Table) -> Table:
    """A table with everyone in each area, too."""
    areas = {area for area, _ in table}
    return table | {(area, "all"): sum(table[area, group] for group in GROUPS) for area in areas}


def picture(table: Table, limit: int) -> Picture:
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


def told(tables: Tables) -> list[Table]:
    """The tables in which a small number has one value in all that look the same."""
    alike: dict[Picture, list[Table]] = defaultdict(list)
    for table in tables:
        alike[picture(table, tables.limit)].append(table)
    return [
        some[0]
        for shown, some in alike.items()
        if tables.has_all_like(shown, some)
        for place in some[0]
        if len({table[place] for table in some}) == 1 and 0 < some[0][place] < tables.limit
    ]


@pytest.mark.parametrize(
    "tables",
    [
        Tables("ab", ("all",), 20, 5),
        Tables("ab", ("all",), 16, 4),
        Tables("abc", ("all",), 14, 4),
        # Of few everywhere, and beside 5 and 6.
        Tables("ab", (*GROUPS,), 8, 4, True, {("a", "danish"): 0}),
        Tables("ab", (*GROUPS,), 14, 4, True, {("a", "danish"): 0, ("b", "danish"): 5}),
        Tables("ab", (*GROUPS,), 14, 4, True, {("a", "danish"): 0, ("a", "non_western"): 5}),
        pytest.param(Tables("abc", ("all",), 20, 5), marks=pytest.mark.soak),
        pytest.param(Tables("ab", (*GROUPS,), 18, 4), marks=pytest.mark.soak),
        pytest.param(Tables("ab", (*GROUPS,), 14, 4, True), marks=pytest.mark.soak),
        pytest.param(Tables("ab", (*GROUPS,), 18, 5, True), marks=pytest.mark.soak),
    ],
    ids=str,
)
def test_no_choice_tells_a_small_number(tables: Tables) -> None:
    assert told(tables) == []
