"""Which numbers are hidden, and that no hidden one can be found by adding and subtracting."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from random import Random

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpi.domain.period import parse_period
from kpi.suppression.cells import Cell, Key, is_small
from kpi.suppression.groups import parse_part_of
from kpi.suppression.hiding import cells_to_hide


def cell(
    area: str, part: float | None, *, whole: float | None = None, group: str = "all",
    period: str = "2024", limit: int = 5,
) -> Cell:  # fmt: skip
    """A number of a city, or of one of its quarters."""
    level, parent = ("city", None) if area == "city" else ("quarter", "city")
    return Cell("cases", area, group, parse_period(period), part, whole, limit, level, parent)


def said(area: str, low: float, high: float) -> Cell:
    """A number that its source hides and says something of."""
    return replace(cell(area, None), said=(low, high))


def hidden(*cells: Cell) -> dict[tuple[str, str, str], bool]:
    """What is hidden: (area, group, period) to whether the number itself is small."""
    return {key[1:]: small for key, small in cells_to_hide(cells).items()}


@pytest.mark.parametrize(
    ("part", "whole", "limit", "small"),
    [
        (4, None, 5, True),
        (5, None, 5, False),
        (0, None, 5, False),  # nobody can be recognised in none
        (1, None, 5, True),
        (20, 22, 5, True),  # two lack it
        (22, 22, 5, False),
        (0, 3, 5, True),  # three lack it
        (10, 20, 5, False),
        (3, None, 0, False),  # public
    ],
)
def test_is_small(part: float, whole: float | None, limit: int, small: bool) -> None:
    assert (bool(limit) and is_small(part, whole, limit)) is small


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        # A single small number.
        ([cell("a", 3)], {("a", "all", "2024"): True}),
        ([cell("a", 30)], {}),
        ([cell("a", 3, limit=0)], {}),
        # Its total determines it: one of the others is hidden too, secondarily.
        (
            [cell("city", 33), cell("a", 3), cell("b", 10), cell("c", 20)],
            {("a", "all", "2024"): True, ("c", "all", "2024"): False},
        ),
        # Two small ones guard each other.
        (
            [cell("city", 31), cell("a", 3), cell("b", 2), cell("c", 26)],
            {("a", "all", "2024"): True, ("b", "all", "2024"): True},
        ),
        # Without a total nothing can be subtracted.
        ([cell("a", 3), cell("b", 10)], {("a", "all", "2024"): True}),
        # Groups add up to everyone.
        (
            [cell("a", 50), cell("a", 3, group="x"), cell("a", 47, group="y")],
            {("a", "x", "2024"): True, ("a", "y", "2024"): False},
        ),
        # Years fill a range, quarters a year.
        (
            [cell("a", 40, period="2023:2024"), cell("a", 3, period="2023"), cell("a", 37)],
            {("a", "all", "2023"): True, ("a", "all", "2024"): False},
        ),
        # Quarters that do not fill the year determine nothing.
        ([cell("a", 40), cell("a", 3, period="2024K1"), cell("a", 30, period="2024K2")],
         {("a", "all", "2024K1"): True}),
        # What the source hides itself is guarded in the same way.
        (
            [cell("city", 33), cell("a", None), cell("b", 13), cell("c", 20)],
            {("c", "all", "2024"): False},
        ),
        # Two of one to four that come to eight, or to two, are determined all the same.
        (
            [cell("city", 38), cell("a", 4), cell("b", 4), cell("c", 30)],
            {("a", "all", "2024"): True, ("b", "all", "2024"): True, ("c", "all", "2024"): False},
        ),
        (
            [cell("city", 32), cell("a", 1), cell("b", 1), cell("c", 30)],
            {("a", "all", "2024"): True, ("b", "all", "2024"): True, ("c", "all", "2024"): False},
        ),
        # And so are those of which two numbers are left: else more would be hidden for those of
        # eight alone.
        (
            [cell("city", 37), cell("a", 3), cell("b", 4), cell("c", 30)],
            {("a", "all", "2024"): True, ("b", "all", "2024"): True, ("c", "all", "2024"): False},
        ),
        (
            [cell("city", 12), cell("a", 2), cell("b", 5), cell("c", 5)],
            {("a", "all", "2024"): True, ("b", "all", "2024"): False, ("c", "all", "2024"): False,
             ("city", "all", "2024"): False},
        ),
        # A number that is none is no guard while another can be.
        (
            [cell("city", 8), cell("a", 4), cell("b", 4), cell("c", 0)],
            {("a", "all", "2024"): True, ("b", "all", "2024"): True,
             ("city", "all", "2024"): False},
        ),
        # Nor can a part be more than its total: what is left for both must be more than the one.
        (
            [cell("city", 31), cell("a", 1), cell("b", 0), cell("c", 30)],
            {("a", "all", "2024"): True, ("c", "all", "2024"): False},
        ),
        # What is hidden but not called small is five or more: of six one is left for the small one.
        (
            [cell("city", 46), cell("a", 1), cell("b", 40), cell("c", 5)],
            {("a", "all", "2024"): True, ("b", "all", "2024"): False, ("c", "all", "2024"): False},
        ),
        # How large it is does not count, so nobody knows that it is no more than those shown.
        (
            [cell("city", 20), cell("a", 4), cell("b", 8), cell("c", 8)],
            {("a", "all", "2024"): True, ("c", "all", "2024"): False},
        ),
        (
            [cell("city", 51), cell("a", 4), cell("b", 7), cell("c", 40)],
            {("a", "all", "2024"): True, ("c", "all", "2024"): False},
        ),
        # What a source says of a number that it hides itself narrows ours, and two of its own.
        (
            [cell("city", 48), said("a", 1, 4), cell("b", 4), cell("c", 40)],
            {("b", "all", "2024"): True, ("c", "all", "2024"): False},
        ),
        (
            [cell("city", 46), said("a", 1, 2), cell("b", 4), cell("c", 40)],
            {("b", "all", "2024"): True, ("c", "all", "2024"): False},
        ),
        (
            [cell("city", 48), said("a", 1, 4), said("b", 1, 4), cell("c", 40)],
            {("c", "all", "2024"): False},
        ),
        (
            [cell("city", 47), said("a", 1, 4), said("b", 1, 4), cell("c", 40)],
            {},
        ),
        # What its source publishes itself needs no guard.
        (
            [cell("city", 45), said("a", 1, 1), cell("b", 4), cell("c", 40)],
            {("b", "all", "2024"): True, ("c", "all", "2024"): False},
        ),
        # A public figure is of no use to hide while another can be.
        (
            [cell("city", 33, limit=0), cell("a", 3), cell("b", 10, limit=0), cell("c", 20)],
            {("a", "all", "2024"): True, ("c", "all", "2024"): False},
        ),
    ],
)  # fmt: skip
def test_what_is_hidden(cells: list[Cell], expected: dict[tuple[str, str, str], bool]) -> None:
    assert hidden(*cells) == expected


# Number of persons by quarter, group and year.
Town = dict[tuple[str, str, str], int]
GROUPS, YEARS = ("x", "y"), ("2023", "2024")
# Each sum lacks two numbers or more here, and yet all of them together leave one value for each.
TOLD_TOGETHER = dict(
    zip(
        [(quarter, group, year) for quarter in ("q0", "q1") for group in GROUPS for year in YEARS],
        [7, 0, 0, 2, 6, 8, 5, 0],
        strict=True,
    )
)


def determined(sums: list[tuple[Key, list[Key]]], hidden_keys: Collection[Key]) -> set[Key]:
    """The hidden numbers that a reader can compute: no change of it leaves all sums as they are.

    Exact linear algebra, where the program finds its way by steps.
    """
    order = sorted(hidden_keys)
    if not order:
        return set()
    equations = np.array(
        [
            [(key in parts) - (key == total) for key in order]
            for total, parts in sums
            if not {total, *parts}.isdisjoint(order)
        ],
        dtype=float,
    )
    _, sizes, directions = np.linalg.svd(equations)
    free = directions[int((sizes > 1e-9).sum()) :]
    return {key for key, moves in zip(order, free.T, strict=True) if not (abs(moves) > 1e-9).any()}


@st.composite
def towns(draw: st.DrawFn) -> Town:
    """A city of up to four quarters, with two groups of people, in two years."""
    quarters = [f"q{number}" for number in range(draw(st.integers(2, 4)))]
    some = st.integers(0, 8) | st.integers(0, 25)
    return {
        (quarter, group, year): draw(some)
        for quarter in quarters
        for group in GROUPS
        for year in YEARS
    }


def published(town: Town) -> list[Cell]:
    """The town's numbers with all their totals."""
    areas = sorted({area for area, _, _ in town})
    return [
        cell(
            area,
            sum(
                number
                for (quarter, of, year), number in town.items()
                if area in {"city", quarter}
                and group in {"all", of}
                and period in {year, "2023:2024"}
            ),
            group=group,
            period=period,
        )
        for area in ("city", *areas)
        for group in ("all", *GROUPS)
        for period in (*YEARS, "2023:2024")
    ]


def sums_of(town: Town) -> list[tuple[Key, list[Key]]]:
    """All that adds up: quarters to the city, groups to everyone, years to both."""
    areas = sorted({area for area, _, _ in town})
    groups, periods = ("all", *GROUPS), (*YEARS, "2023:2024")
    sums: list[tuple[Key, list[Key]]] = [
        (("cases", "city", group, period), [("cases", area, group, period) for area in areas])
        for group in groups
        for period in periods
    ]
    sums += [
        (("cases", area, "all", period), [("cases", area, group, period) for group in GROUPS])
        for area in ("city", *areas)
        for period in periods
    ]
    sums += [
        (("cases", area, group, "2023:2024"), [("cases", area, group, year) for year in YEARS])
        for area in ("city", *areas)
        for group in groups
    ]
    return sums


@given(towns(), st.randoms())
@example(TOLD_TOGETHER, Random(0))
def test_no_small_number_can_be_found_by_adding_and_subtracting(town: Town, chance: Random) -> None:
    cells = published(town)
    chance.shuffle(cells)
    hidden_keys = cells_to_hide(cells)
    assert cells_to_hide(cells[::-1]) == hidden_keys
    assert determined(sums_of(town), hidden_keys) == set()
    shown = {cell.key: cell.part or 0 for cell in cells if cell.key not in hidden_keys}
    assert {key for key, number in shown.items() if 0 < number < 5} == set()


# All numbers beside the small one are missing, and yet each of them can be found from others.
LONELY = {
    (quarter, group, year): 50 for quarter in ("q0", "q1") for group in GROUPS for year in YEARS
}
LONELY["q0", "x", "2023"] = 3
BESIDE_IT = [3, 9, 13, 14, 15, 21]  # places among the published numbers


@given(towns(), st.lists(st.integers(0, 44), max_size=20))
@example(LONELY, BESIDE_IT)
def test_nor_where_other_numbers_are_missing(town: Town, missing: list[int]) -> None:
    """Missing for all: public where it is known, so nobody minds that it can be computed."""
    cells = [
        replace(cell, part=None, limit=0) if place in missing else cell
        for place, cell in enumerate(published(town))
    ]
    hidden_keys = cells_to_hide(cells)
    gone = hidden_keys.keys() | {cell.key for cell in cells if cell.part is None}
    assert determined(sums_of(town), gone).isdisjoint(hidden_keys)


def test_hiding_takes_no_more_than_it_must() -> None:
    """A lone small number in a table of thousands costs one number a sum, not the table."""
    town = {
        (f"q{n}", group, year): 50 + 3 * n
        for n in range(40) for group in GROUPS for year in YEARS
    }  # fmt: skip
    town["q7", "x", "2023"] = 3
    assert len(cells_to_hide(published(town))) == 8


@pytest.mark.parametrize("everyone", range(85, 97))
def test_what_is_hidden_reveals_no_small_number(everyone: int) -> None:
    """Whoever publishes a guess of everyone sees the same hidden for each small number."""
    groups = {f"s{n}": parse_part_of("all:s") for n in range(1, 5)}
    answers = {
        frozenset(
            cells_to_hide(
                [cell("a", everyone), cell("a", small, group="s1"), cell("a", 47, group="s2"),
                 cell("a", 40, group="s3")],
                groups,
            )
        )
        for small in range(1, 5)
    }  # fmt: skip
    assert len(answers) == 1


def alike(town: Town, hidden_keys: Mapping[Key, bool]) -> Iterator[Town]:
    """All towns of one year whose pages look the same: `<5` is one to four, `skjult` none or more.

    Quarter by quarter, group by group.
    """
    cells = {
        cell.key: int(cell.part or 0) for cell in published(town) if cell.period.text == "2023"
    }
    within = {key: [atom for atom in town if key[1] in {"city", atom[0]} and key[2] in
                    {"all", atom[1]}] for key in cells}  # fmt: skip
    atoms = [*town]
    done = {key: atoms.index(those[-1]) for key, those in within.items()}

    def looks_alike(key: Key, number: int) -> bool:
        if key not in hidden_keys:
            return number == cells[key]
        return 0 < number < 5 if hidden_keys[key] else number == 0 or number >= 5

    def filled(start: dict[tuple[str, str, str], int]) -> Iterator[Town]:
        place = len(start)
        if place == len(atoms):
            yield start
            return
        for number in range(40):
            more = {**start, atoms[place]: number}
            totals = {
                key: sum(more.get(atom, 0) for atom in those) for key, those in within.items()
                if atoms[place] in those
            }  # fmt: skip
            if any(key not in hidden_keys and totals[key] > cells[key] for key in totals):
                return
            if all(looks_alike(key, totals[key]) for key in totals if done[key] == place):
                yield from filled(more)

    return filled({})


@pytest.mark.parametrize("seed", range(40))
def test_what_is_called_small_or_not_leaves_several_numbers(seed: int) -> None:
    """Whole numbers, `<5` and `skjult`: at least two towns differ in each small number."""
    chance = Random(seed)
    most = chance.choice((4, 6, 9, 14))
    town = {
        (f"q{n}", group, "2023"): chance.randint(0, most)
        for n in range(chance.randint(2, 3)) for group in GROUPS
    }  # fmt: skip
    cells = [cell for cell in published(town) if cell.period.text == "2023"]
    hidden_keys = cells_to_hide(cells)
    open_still = {key for key, is_small in hidden_keys.items() if is_small}
    true = {cell.key: cell.part for cell in cells}
    for other in islice(alike(town, hidden_keys), 20_000):
        numbers = {cell.key: cell.part for cell in published(other) if cell.key in open_still}
        open_still -= {key for key, number in numbers.items() if number != true[key]}
        if not open_still:
            break
    assert open_still == set()


def test_a_number_that_nobody_has_read_is_hidden_first() -> None:
    """Also beside a small one that was read: hiding 6 hides it from nobody who remembers it."""
    read = [
        replace(each, was_shown=True) for each in (cell("city", 29), cell("a", 3), cell("b", 6))
    ]
    keys = cells_to_hide([*read, cell("c", 20)])
    assert {key[1]: is_small for key, is_small in keys.items()} == {"a": True, "c": False}


@pytest.mark.parametrize("before", [2, 19, 20, 50])
def test_a_number_that_was_corrected_before_others_came_is_in_no_sum_with_them(before: int) -> None:
    """One of 50 is 3 by now, when the others come: 50, 20 and 40 are not 63."""
    later = [cell("a", 3), cell("b", 20), cell("c", 40), cell("city", 63)]
    cells = [
        replace(cell("a", before), version="@1", seen=frozenset({0}), was_shown=before >= 5),
        *(replace(each, seen=frozenset({1})) for each in later),
    ]
    keys = cells_to_hide(cells)
    assert {key[1] for key in keys if key[3] == "2024"} == {"a", "c"}
