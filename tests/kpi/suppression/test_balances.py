"""Sets of numbers are seen to come to as many as each other by places that show it."""

import random

import pytest

from kpi.suppression.balances import balances

Places = list[dict[str, int]]


def made(seed: int, left: int, right: int, others: int, places: int) -> Places:
    """Places where two sets of numbers come to the same, and others of any size stand beside."""
    chance = random.Random(seed)
    every = []
    for _ in range(places):
        of_left = [chance.randint(400, 900) for _ in range(left)]
        ends = sorted(chance.sample(range(1, sum(of_left)), right - 1))
        of_right = [
            after - end for end, after in zip([0, *ends], [*ends, sum(of_left)], strict=True)
        ]
        beside = [chance.randint(1, 900) for _ in range(others)]
        every.append({
            f"{side}{number}": size
            for side, sizes in zip("lro", (of_left, of_right, beside), strict=True)
            for number, size in enumerate(sizes)
        })  # fmt: skip
    return every


def seen(places: Places) -> set[frozenset[frozenset[str]]]:
    return {frozenset(map(frozenset, each)) for each in balances(places)}


@pytest.mark.parametrize(
    ("left", "right", "others", "places"),
    [(1, 1, 2, 2), (1, 2, 0, 2), (2, 2, 0, 2), (2, 2, 8, 4), (2, 3, 8, 5), (3, 3, 8, 5),
     (1, 4, 8, 4), (2, 2, 50, 5)],
)  # fmt: skip
def test_two_sets_that_come_to_the_same_are_seen(
    left: int, right: int, others: int, places: int
) -> None:
    sides = [[f"{side}{n}" for n in range(size)] for side, size in (("l", left), ("r", right))]
    for seed in range(2):
        every = made(seed, left, right, others, places)
        assert seen(every) == {frozenset(map(frozenset, sides))}
        for each in every[:1]:
            each["l0"] += 1
        assert seen(every) == set()


def test_what_is_declared_and_what_follows_is_not_told_again() -> None:
    """With a + b = t declared and t = c + d seen, a + b = c + d follows."""
    places = made(1, 2, 2, 0, 4)
    for each in places:
        each["t"] = each["l0"] + each["l1"]
    both = balances(places, [("t", ["l0", "l1"])])
    assert [{*each.columns} for each in both] == [{"t", "r0", "r1"}]
    assert balances(places, [("t", ["l0", "l1"]), ("t", ["r0", "r1"])]) == []


@pytest.mark.parametrize(("numbers", "places"), [(5, 1), (12, 2), (25, 3), (60, 4)])
def test_numbers_that_fit_by_chance_are_not(numbers: int, places: int) -> None:
    chance = random.Random(numbers)
    by_chance = [
        seen([{f"o{n}": chance.randint(1, 2_000) for n in range(numbers)} for _ in range(places)])
        for _ in range(5)
    ]
    assert sum(map(bool, by_chance)) <= 1
