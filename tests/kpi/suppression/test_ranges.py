"""A rounded percentage is of as many persons as its sums leave it: 1 % of 600 may be three."""

from itertools import product
from math import ceil, floor
from random import Random

import pytest

from kpi.domain.period import parse_period
from kpi.suppression.areas import areas_of
from kpi.suppression.cells import Cell
from kpi.suppression.groups import parse_part_of
from kpi.suppression.hiding import what_to_hide

LIMIT = 5
GROUPS = {group_id: parse_part_of("all:s") for group_id in ("s1", "s2", "s3")}
QUARTERS = ("q1", "q2", "q3")
AREAS = areas_of(
    [("city", "municipality", None, None), *((each, "quarter", "city", None) for each in QUARTERS)]
)


def ends_of(persons: int, of_all: int) -> tuple[int, int]:
    """The fewest and the most persons of a percentage without decimals."""
    percent = round(100 * persons / of_all)
    return (
        max(ceil((percent - 0.5) * of_all / 100 - 1e-9), 0),
        min(floor((percent + 0.5) * of_all / 100 + 1e-9), of_all),
    )


def cell(place: str, persons: int, of_all: int, is_rounded: bool) -> Cell:
    ends = ends_of(persons, of_all)
    is_area, is_part = place.startswith("q"), place not in ("all", "city")
    return Cell(
        "share", place if is_area or place == "city" else "city",
        "all" if is_area or place == "city" else place, parse_period("2024"),
        round(round(100 * persons / of_all) * of_all / 100) if is_rounded else persons, of_all,
        LIMIT, "quarter" if is_area else "municipality", "city" if is_area and is_part else None,
        rounded=ends if is_rounded and ends[0] < ends[1] else None,
    )  # fmt: skip


@pytest.mark.parametrize("names", [("all", "s1", "s2", "s3"), ("city", *QUARTERS)])
def test_what_the_sum_leaves_of_a_rounded_number(names: tuple[str, ...]) -> None:
    chance, exact = Random(17), 0
    for _ in range(300):
        wholes = [chance.choice((100, 300, 600, 900)) for _ in names[1:]]
        persons = [chance.choice((chance.randint(0, 12), chance.randint(0, whole)))
                   for whole in wholes]  # fmt: skip
        marks = [chance.random() < 0.5 for _ in wholes]
        parts = [*map(cell, names[1:], persons, wholes, marks)]
        total = cell(names[0], sum(persons), sum(wholes), False)
        hidden = what_to_hide([total, *parts], GROUPS, AREAS).keys
        possible = [
            numbers
            for numbers in product(*(
                range(int(each.rounded[0]), int(each.rounded[1]) + 1) if each.rounded else [number]
                for each, number in zip(parts, persons, strict=True)
            ))
            if sum(numbers) == sum(persons)
        ]  # fmt: skip
        for part, whole, *numbers in zip(parts, wholes, *possible, strict=True):
            few = min(numbers[0], whole - numbers[0])
            if len({*numbers}) == 1 and 0 < few < LIMIT:
                exact += part.rounded is not None
                assert part.key in hidden, (persons, wholes, marks)
    assert exact
