"""Areas that became others: what was merged or divided is determined by what it became."""

from collections.abc import Mapping, Set
from itertools import combinations, product
from random import Random

import pytest

from kpi.domain.period import parse_period
from kpi.suppression.areas import areas_of, lying_within, ways_of_kinds
from kpi.suppression.cells import Cell
from kpi.suppression.hiding import what_to_hide

SCHOOLS = ("new", "old_a", "old_b", "other")
MERGED = [("old_a", "new"), ("old_b", "new")]
DIVIDED = [("new", "old_a"), ("new", "old_b")]


def hidden(numbers: Mapping[str, int], successions: list[tuple[str, str]]) -> set[str]:
    areas = areas_of(((school, "school", "city", None) for school in SCHOOLS), successions)
    cells = [
        Cell("cases", area_id, "all", parse_period("2023"), number, None, 5,
             *(("municipality", None) if area_id == "city" else ("school", "city")))
        for area_id, number in numbers.items()
    ]  # fmt: skip
    return {key[1] for key in what_to_hide(cells, areas=areas).keys}


@pytest.mark.parametrize("successions", [MERGED, DIVIDED])
def test_an_area_is_what_it_was_merged_of_and_what_it_became(
    successions: list[tuple[str, str]],
) -> None:
    assert hidden({"new": 43, "old_a": 40, "old_b": 3}, successions) == {"old_a", "old_b"}


@pytest.mark.parametrize(
    "successions",
    [
        [("old_a", "new"), ("old_b", "new"), ("old_b", "other")],  # part of it went elsewhere
        [],
    ],
)
def test_what_only_partly_became_another_determines_nothing(
    successions: list[tuple[str, str]],
) -> None:
    assert hidden({"new": 43, "old_a": 40, "old_b": 3}, successions) == {"old_b"}


@pytest.mark.parametrize("seed", range(10))
def test_several_areas_are_together_what_they_became(seed: int) -> None:
    """Old A became new and other, old B a part of other: only sums of both times say anything."""
    successions = [("old_a", "new"), ("old_a", "other"), ("old_b", "other")]
    chance = Random(seed)
    stayed, left, old_b = (chance.choice((1, 3, 7, 12, 30)) for _ in range(3))
    every = {"old_a": stayed + left, "old_b": old_b, "new": stayed, "other": left + old_b,
             "city": stayed + left + old_b}  # fmt: skip
    numbers = {name: every[name] for name in every if name != "city" or chance.random() < 0.5}
    atoms = {"old_a": (1, 1, 0), "old_b": (0, 0, 1), "new": (1, 0, 0), "other": (0, 1, 1),
             "city": (1, 1, 1)}  # fmt: skip
    gone = hidden(numbers, successions)
    small = {name for name, number in numbers.items() if 0 < number < 5}
    assert small <= gone
    assert not follows(atoms, numbers.keys() - gone) & small


def follows(atoms: Mapping[str, tuple[int, ...]], shown: Set[str]) -> set[str]:
    """The areas whose numbers shown ones come to when some are added and others subtracted."""
    sums = {
        tuple(
            sum(sign * atoms[name][place] for name, sign in zip(those, signs, strict=True))
            for place in range(3)
        )
        for count in range(1, len(shown) + 1)
        for those in combinations(sorted(shown), count)
        for signs in product((1, -1), repeat=count)
    }
    return {name for name, atom in atoms.items() if atom in sums}


@pytest.mark.parametrize("seed", range(25))
def test_no_small_number_follows_from_former_and_later_areas(seed: int) -> None:
    """The city is the later areas, and it is the former ones: each way is tried by subtraction."""
    chance = Random(seed)
    old_a, old_b, other = (chance.choice((0, 1, 3, 7, 30)) for _ in range(3))
    new = old_a + old_b
    every = {"city": new + other, "new": new, "old_a": old_a, "old_b": old_b, "other": other}
    numbers = {area_id: every[area_id] for area_id in every if chance.random() < 0.9}
    gone = hidden(numbers, MERGED)
    shown = numbers.keys() - gone
    small = {area_id for area_id, number in numbers.items() if 0 < number < 5}
    assert small <= gone
    atoms = {"city": (1, 1, 1), "new": (1, 1, 0), "old_a": (1, 0, 0), "old_b": (0, 1, 0),
             "other": (0, 0, 1)}  # fmt: skip
    assert not follows(atoms, shown) & small


@pytest.mark.parametrize("is_sum", [True, False])
@pytest.mark.parametrize("seed", range(3))
def test_areas_of_several_levels(seed: int, is_sum: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """They guard each other where they come to their total, and not where they overlap."""
    chance = Random(seed)
    levels = {"a1": "quarter", "a2": "quarter", "b1": "parish", "b2": "parish", "city": "city"}
    areas = areas_of((area, level, "city" if area != "city" else None, None)
                     for area, level in levels.items())  # fmt: skip
    cells = []
    for year in range(2019, 2025):
        numbers = {area: chance.randint(20, 400) for area in levels}
        if year == 2024:
            numbers["a1"] = 3
        parts = sum(size for area, size in numbers.items() if area != "city")
        numbers["city"] = parts if is_sum else parts - numbers["b2"] // 2
        cells += [
            Cell("cases", area, "all", parse_period(str(year)), size, None, 5, levels[area],
                 None if area == "city" else "city")
            for area, size in numbers.items()
        ]  # fmt: skip
    gone = {key[1] for key in what_to_hide(cells, areas=areas).keys}
    assert "a1" in gone
    monkeypatch.setattr("kpi.suppression.sums.makings_of_kinds", lambda *_: [])
    of_one_level = {key[1] for key in what_to_hide(cells, areas=areas).keys}
    # Each level by itself is taken for all of it, so that another is hidden in any case.
    assert gone - {"a1"} or not is_sum
    assert is_sum or gone == of_one_level


def test_a_succession_divides_its_own_level_only() -> None:
    """Two parishes became one; the quarters of the city are what they were."""
    levels = dict.fromkeys(("old_a", "old_b", "new"), "parish")
    levels |= dict.fromkeys(("north", "south"), "quarter")
    areas = areas_of([(area_id, level, "city", None) for area_id, level in levels.items()], MERGED)
    there = {area_id: ("city", level) for area_id, level in levels.items()}
    _, ways = lying_within(there | {"city": (None, "municipality")}, areas)
    assert {way for _, way in ways} == {
        ("city", "old_a", "old_b"), ("city", "new"), ("city", "north", "south"),
    }  # fmt: skip
    of_kinds = ways_of_kinds({*levels, "city"}, areas)
    assert ("city", "north", "old_a", "old_b", "south") in of_kinds
    assert ("city", "new", "north", "south") in of_kinds
