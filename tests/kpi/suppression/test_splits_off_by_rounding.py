"""What the parts of a total leave is rounding where these are seen, not declared, to be all of it.

Full-time persons are rounded one by one: 131 are 100 and 30 by their sources.
"""

import random
from collections.abc import Iterable

import pytest

from kpi.domain.period import parse_period
from kpi.suppression.cells import EVERYONE, Cell
from kpi.suppression.groups import SEEN, Groups, PartOf
from kpi.suppression.hiding import cells_to_hide

YEAR = parse_period("2024")
SEEN_SPLIT: Groups = dict.fromkeys(("insured", "others"), (PartOf(EVERYONE, f"{SEEN}1"),))
DECLARED: Groups = dict.fromkeys(("insured", "others"), (PartOf(EVERYONE, "benefit"),))
Place = tuple[int, int, int]


def cells(places: Iterable[Place], rounding: float = 0) -> list[Cell]:
    """All, and its two parts, at some places that have nothing in common.

    The second part is known as near as it is rounded.
    """
    return [
        Cell(
            "unemployed", f"a{number}", group_id, YEAR, part, None, 5, "municipality", None,
            rounded=(part - rounding, part + rounding) if rounding and group_id == "others"
            else None,
        )
        for number, place in enumerate(places)
        for group_id, part in zip((EVERYONE, *SEEN_SPLIT), place, strict=True)
    ]  # fmt: skip


def rounded(chance: random.Random) -> Place:
    parts = chance.uniform(20, 900), chance.uniform(20, 900)
    return round(sum(parts)), round(parts[0]), round(parts[1])


@pytest.mark.parametrize("seed", range(3))
def test_parts_that_are_rounded_leave_nobody(seed: int) -> None:
    chance = random.Random(seed)
    places = [*(rounded(chance) for _ in range(40)), (131, 100, 30), (130, 100, 31)]
    assert not cells_to_hide(cells(places), SEEN_SPLIT)
    # Of groups that are said to be all of it nobody knows why one is in none.
    assert cells_to_hide(cells(places), DECLARED)


def test_parts_that_are_not_rounded_leave_persons() -> None:
    """Where parts never come to more than the total, who is in none of them is a person."""
    places = [(130, 100, 30), (90, 50, 40), (131, 100, 30)]
    assert {key[1] for key in cells_to_hide(cells(places), SEEN_SPLIT)} == {"a2"}


@pytest.mark.parametrize("left", [2, 3, 4])
def test_more_than_rounding_leaves_are_persons(left: int) -> None:
    places = [(131, 100, 30), (130, 100, 31), (130 + left, 100, 30)]
    assert {key[1] for key in cells_to_hide(cells(places), SEEN_SPLIT)} == {"a2"}


@pytest.mark.parametrize(("rounding", "is_hidden"), [(2, True), (3, False), (9, False)])
def test_a_part_that_may_be_all_the_others(rounding: float, is_hidden: bool) -> None:
    """Of 133 persons 100 are one part, and about 30 by their percentage the other."""
    assert bool(cells_to_hide(cells([(133, 100, 30)], rounding), SEEN_SPLIT)) == is_hidden
