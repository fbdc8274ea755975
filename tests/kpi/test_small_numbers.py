"""Which numbers are hidden, and that no hidden one can be found by adding and subtracting."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.period import parse_period
from kpi.small_numbers import Cell, Key, cells_to_hide, is_small


def cell(
    area: str, part: float | None, *, whole: float | None = None, group: str = "all",
    period: str = "2024", limit: int = 5,
) -> Cell:  # fmt: skip
    """A number of a city, or of one of its quarters."""
    level, parent = ("city", None) if area == "city" else ("quarter", "city")
    return Cell("cases", area, group, parse_period(period), part, whole, limit, level, parent)


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
        # Its total would tell it: the smallest of the others is hidden too.
        (
            [cell("city", 33), cell("a", 3), cell("b", 10), cell("c", 20)],
            {("a", "all", "2024"): True, ("b", "all", "2024"): False},
        ),
        # Two small ones guard each other.
        (
            [cell("city", 33), cell("a", 3), cell("b", 4), cell("c", 26)],
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
        # Quarters that do not fill the year tell nothing.
        ([cell("a", 40), cell("a", 3, period="2024K1"), cell("a", 30, period="2024K2")],
         {("a", "all", "2024K1"): True}),
        # What the source hides itself is guarded in the same way.
        (
            [cell("city", 33), cell("a", None), cell("b", 13), cell("c", 20)],
            {("b", "all", "2024"): False},
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


def recovered(sums: list[tuple[Key, list[Key]]], shown: Mapping[Key, float]) -> dict[Key, float]:
    """All that a reader can work out: every sum of which one number is missing, again and again."""
    known = dict(shown)
    changed = True
    while changed:
        changed = False
        for total, parts in sums:
            missing = [key for key in (total, *parts) if key not in known]
            if len(missing) != 1:
                continue
            (key,) = missing
            if key == total:
                known[key] = sum(known[one] for one in parts)
            else:
                known[key] = known[total] - sum(known[one] for one in parts if one != key)
            changed = True
    return known


@st.composite
def towns(draw: st.DrawFn) -> list[Cell]:
    """A city and its quarters, everyone and two groups, two years and the range of both."""
    quarters = [f"q{number}" for number in range(draw(st.integers(2, 4)))]
    cells = []
    numbers: dict[tuple[str, str, str], int] = {}
    for area in quarters:
        for group in ("x", "y"):
            for year in ("2023", "2024"):
                numbers[area, group, year] = draw(st.integers(0, 25))
    for area in ("city", *quarters):
        for group in ("all", "x", "y"):
            for period in ("2023", "2024", "2023:2024"):
                part = sum(
                    number
                    for (one, of, year), number in numbers.items()
                    if (area in {"city", one}) and (group in {"all", of})
                    and (period in {year, "2023:2024"})
                )  # fmt: skip
                cells.append(cell(area, part, group=group, period=period))
    return draw(st.permutations(cells))


@given(towns())
def test_no_small_number_can_be_found_by_adding_and_subtracting(cells: list[Cell]) -> None:
    hidden_keys = cells_to_hide(cells)
    true = {one.key: float(one.part or 0) for one in cells}
    areas = sorted({one.area_id for one in cells} - {"city"})
    groups, periods = ("all", "x", "y"), ("2023", "2024", "2023:2024")
    sums = [
        (("cases", "city", group, period), [("cases", one, group, period) for one in areas])
        for group in groups
        for period in periods
    ]
    sums += [
        (("cases", area, "all", period), [("cases", area, group, period) for group in "xy"])
        for area in ("city", *areas)
        for period in periods
    ]
    sums += [
        (("cases", area, group, "2023:2024"),
         [("cases", area, group, year) for year in ("2023", "2024")])
        for area in ("city", *areas)
        for group in groups
    ]  # fmt: skip
    shown = {key: number for key, number in true.items() if key not in hidden_keys}
    found = recovered(sums, shown)
    assert {key for key in hidden_keys if key in found} == set()
    assert {key for key, number in shown.items() if 0 < number < 5} == set()
