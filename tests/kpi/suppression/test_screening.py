"""Few persons between totals and parts, looked for in arrays: the same as looking one by one."""

import os
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.suppression import screening
from kpi.suppression.areas import areas_of
from kpi.suppression.groups import NO_GROUPS, PartOf
from kpi.suppression.screening import Figures, leave_few, sums_of

GROUPS = {
    "danish": (PartOf("all", "origin"),),
    "non_western": (PartOf("all", "origin"),),
    "men": (PartOf("all", "sex"),),
    "women": (PartOf("all", "sex"),),
    "danish_women": (PartOf("danish"), PartOf("women")),
}
GROUP_IDS = ["all", *GROUPS]
AREAS = {
    "north": frozenset({("country", "municipality")}),
    "south": frozenset({("country", "municipality")}),
    "island": frozenset({("south", "parish")}),
}
AREA_IDS = ["country", *AREAS]
SUMS = sums_of(GROUP_IDS, AREA_IDS, (GROUPS, NO_GROUPS), AREAS)
SPLITS: dict[str, list[tuple[str, ...]]] = {"all": [("danish", "non_western"), ("men", "women")]}
PAIRS = [
    ("all", "danish"), ("all", "non_western"), ("all", "men"), ("all", "women"),
    ("danish", "danish_women"), ("women", "danish_women"), ("all", "danish_women"),
]  # fmt: skip
LEVELS: list[tuple[str, tuple[str, ...]]] = [
    ("country", ("north", "south")),
    ("country", ("island",)),
    ("south", ("island",)),
]

Row = tuple[str, str, int, float, float, int]
# Persons, all of them, and the limit; nothing where there is no row.
Cell = tuple[float, float, int] | None
rows_of = st.lists(
    st.tuples(
        st.sampled_from(AREA_IDS), st.sampled_from(GROUP_IDS), st.integers(0, 3),
        st.sampled_from([float("nan"), 100.0, 200.0, 300.0, 303.0, 500.0]),
        st.sampled_from([float("nan"), 600.0, 800.0, 803.0, 1400.0]),
        st.sampled_from([0, 5]),
    ),
    min_size=1, max_size=30, unique_by=lambda row: row[:3],
)  # fmt: skip


def figures_of(rows: list[Row], origins: list[int] | None = None) -> Figures:
    area, group, period, persons, denominator, limit = zip(*rows, strict=True)
    return Figures(
        np.array(period, dtype=np.int32),
        np.array([AREA_IDS.index(each) for each in area], dtype=np.int32),
        np.array([GROUP_IDS.index(each) for each in group], dtype=np.int32),
        np.array(persons),
        np.array(denominator),
        np.array(limit, dtype=np.int32),
        np.array(origins or [7] * len(rows), dtype=np.int32),
    )


def leave_few_one_by_one(rows: list[Row]) -> bool:
    """The definition: of fewer than twenty rows below zero, so all are persons within persons."""
    cells: dict[tuple[str, str, int], Cell] = {row[:3]: row[3:] for row in rows}
    for area, period in product(AREA_IDS, range(4)):
        groups = {group: cells.get((area, group, period)) for group in GROUP_IDS}
        made = [
            made_of for parts in SPLITS["all"]
            if (made_of := _together([groups[part] for part in parts], len(parts)))
        ]  # fmt: skip
        wholes = {group: [cell] if cell else [] for group, cell in groups.items()}
        wholes["all"] += made
        for whole, part in PAIRS:
            if (cell := groups[part]) and any(_is_few(each, cell) for each in wholes[whole]):
                return True
        for parts in SPLITS["all"]:
            rest = _together([groups[part] for part in parts], 2)
            if rest and any(_is_rest_few(each, rest) for each in wholes["all"]):
                return True
    for period, group in product(range(4), GROUP_IDS):
        for whole, parts in LEVELS:
            of_whole = _cell(cells, whole, group, period)
            rest = _together([_cell(cells, part, group, period) for part in parts], 1)
            if of_whole and rest and _is_rest_few(of_whole, rest):
                return True
    return False


def _cell(cells: dict[tuple[str, str, int], Cell], area: str, group: str, period: int) -> Cell:
    """A published number, or that of everyone where a split of them is published."""
    if (cell := cells.get((area, group, period))) or group != "all":
        return cell
    made = [_together([cells.get((area, part, period)) for part in parts], 2)
            for parts in SPLITS["all"]]  # fmt: skip
    return next(filter(None, made), None)


def _together(cells: list[Cell], least: int) -> Cell:
    there = [cell for cell in cells if cell]
    if len(there) < least or not there:
        return None
    persons = [cell[0] for cell in there if not np.isnan(cell[0])]
    return (sum(persons) if persons else np.nan, sum(cell[1] for cell in there),
            max(cell[2] for cell in there))  # fmt: skip


def _is_few(whole: Cell, part: Cell) -> bool:
    assert whole
    assert part
    return _is_rest_few(whole, part) or 0 < whole[1] - part[1] < max(whole[2], part[2])


def _is_rest_few(whole: Cell, parts: Cell) -> bool:
    assert whole
    assert parts
    limit = max(whole[2], parts[2])
    persons = whole[0] - parts[0]
    return 0 < persons < limit or (persons >= 0 and 0 < whole[1] - parts[1] - persons < limit)


@settings(max_examples=500 if "SPOR_SOAK" in os.environ else 30)
@given(rows_of, st.sampled_from([2_000_000, 24, 1]))
def test_arrays_say_what_the_definition_says(rows: list[Row], most_cells: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screening, "_MOST_CELLS", most_cells)
        assert leave_few(figures_of(rows), SUMS) == leave_few_one_by_one(rows)


NAN = float("nan")


@pytest.mark.parametrize(
    ("whole", "parts", "is_few"),
    [
        (("north", "all", 100.0, NAN), [("north", "danish", 97.0, NAN)], True),
        (("north", "all", 100.0, NAN), [("north", "danish", 95.0, NAN)], False),
        (("north", "all", 100.0, 503.0), [("north", "danish", 60.0, 500.0)], True),
        (("north", "all", 100.0, 505.0), [("north", "danish", 60.0, 500.0)], False),
        (("north", "all", 100.0, 150.0), [("north", "danish", 80.0, 128.0)], True),
        (("north", "all", 100.0, 150.0), [("north", "danish", 80.0, 125.0)], False),
        (("north", "danish", 100.0, NAN), [("north", "danish_women", 98.0, NAN)], True),
        (("north", "all", 100.0, NAN), [("north", "men", 50.0, NAN), ("north", "women", 47.0, NAN)],
         True),
        (("north", "all", 100.0, NAN), [("north", "men", 50.0, NAN), ("north", "women", 50.0, NAN)],
         False),
        (("north", "all", 100.0, 500.0),
         [("north", "men", 40.0, 198.0), ("north", "women", 50.0, 288.0)], True),
        (("north", "danish", 60.0, NAN),
         [("north", "non_western", 40.0, NAN), ("north", "women", 97.0, NAN)], True),
        (("north", "danish", 60.0, NAN),
         [("north", "non_western", 40.0, NAN), ("north", "women", 90.0, NAN)], False),
        (("country", "men", 100.0, NAN), [("north", "men", 50.0, NAN), ("south", "men", 47.0, NAN)],
         True),
        (("country", "men", 100.0, NAN), [("north", "men", 50.0, NAN), ("south", "men", 45.0, NAN)],
         False),
        (("country", "all", 100.0, NAN),
         [("north", "men", 50.0, NAN), ("north", "women", 47.0, NAN)], True),
        (("country", "men", 100.0, NAN), [("island", "men", 97.0, NAN)], True),
        (("country", "men", 100.0, NAN), [("island", "women", 97.0, NAN)], False),
    ],
)  # fmt: skip
def test_every_way_to_be_left_over_is_seen(
    whole: tuple[str, str, float, float],
    parts: list[tuple[str, str, float, float]],
    is_few: bool,
) -> None:
    rows = [(area, group, 0, *numbers, 5) for area, group, *numbers in (whole, *parts)]
    assert leave_few(figures_of(rows), SUMS) == is_few  # type: ignore[arg-type]
    assert leave_few_one_by_one(rows) == is_few  # type: ignore[arg-type]


def test_a_part_with_two_values_may_reveal_few_on_another_day() -> None:
    rows = [("north", "all", 0, 100.0, np.nan, 5), ("north", "danish", 0, 60.0, np.nan, 5)]
    assert not leave_few(figures_of(rows), SUMS)
    twice = [*rows, ("north", "danish", 0, 50.0, np.nan, 5)]
    assert leave_few(figures_of(twice, [7, 7, 8]), SUMS)
    assert not leave_few(figures_of([(*row[:5], 0) for row in twice], [7, 7, 8]), SUMS)


def test_parts_larger_than_their_total_are_no_persons_within_persons() -> None:
    few = [("north", "all", 0, 100.0, np.nan, 5), ("north", "danish", 0, 97.0, np.nan, 5)]

    def beside(count: int) -> list[Row]:
        return [
            ("south", group, period, persons, np.nan, 5)
            for period in range(1, count + 1)
            for group, persons in (("all", 100.0), ("danish", 160.0))
        ]

    assert leave_few(figures_of([*few, *beside(19)]), SUMS)
    assert not leave_few(figures_of([*few, *beside(20)]), SUMS)


def test_figures_of_one_group_and_no_total_are_not_looked_at() -> None:
    rows = [("north", "danish", period, 3.0 + period, np.nan, 5) for period in range(4)]
    assert not leave_few(figures_of(rows), SUMS)


def test_what_was_merged_or_divided_is_a_sum() -> None:
    """The first was merged with the second into `later`; few lived in the second."""
    pairs = [("first", "later"), ("second", "later")]
    levels = [
        (area_id, "municipality", "country", None) for area_id in ("first", "second", "later")
    ]
    areas = areas_of(levels, pairs)
    area_ids = ["first", "later"]
    sums = sums_of(["all"], area_ids, (NO_GROUPS,), areas)
    zeros = np.zeros(2, dtype=np.int32)

    def figures(first: float) -> Figures:
        return Figures(
            zeros, np.array([0, 1], dtype=np.int32), zeros, np.array([first, 43.0]),
            np.array([NAN, NAN]), np.array([5, 5], dtype=np.int32), zeros,
        )  # fmt: skip

    assert leave_few(figures(40.0), sums)
    assert not leave_few(figures(30.0), sums)
