"""Three and more numbers are seen to come to another by places that show it, not by chance."""

import random
from collections.abc import Sequence

import pytest

from kpi.suppression.several_parts import sums_of_several

Places = list[dict[str, int]]


def made(seed: int, parts: int, others: int, places: int, most: int = 900) -> Places:
    """Places where `all` is the sum of the parts, and others of any size stand beside."""
    chance = random.Random(seed)
    every = []
    for _ in range(places):
        of = {f"p{number}": chance.randint(1, most) for number in range(parts)}
        beside = {f"o{number:02}": chance.randint(1, parts * most) for number in range(others)}
        every.append({**of, "all": sum(of.values()), **beside})
    return every


def seen(places: Sequence[dict[str, int]]) -> set[tuple[str, frozenset[str]]]:
    return {(every, frozenset(parts)) for every, parts in sums_of_several(places)}


def of_all(parts: int) -> tuple[str, frozenset[str]]:
    return "all", frozenset(f"p{number}" for number in range(parts))


@pytest.mark.parametrize(
    ("parts", "others", "places"),
    [(3, 0, 1), (3, 6, 3), (5, 9, 4), (9, 4, 4), (3, 40, 4), (4, 40, 5)],
)
def test_numbers_that_come_to_another_are_seen(parts: int, others: int, places: int) -> None:
    for seed in range(3):
        assert seen(made(seed, parts, others, places)) == {of_all(parts)}


@pytest.mark.parametrize(("numbers", "places"), [(4, 3), (12, 2), (18, 1), (18, 4), (40, 2)])
def test_numbers_that_fit_by_chance_are_not(numbers: int, places: int) -> None:
    """Of 40 in 20 stores hardly one more is taken for a sum than chance is allowed."""
    by_chance = [
        seen([{f"o{n}": chance.randint(1, 2_000) for n in range(numbers)} for _ in range(places)])
        for chance in map(random.Random, range(20))
    ]
    assert sum(map(bool, by_chance)) <= 4


def test_one_place_in_ten_may_say_something_else() -> None:
    for wrong, is_part in ((1, True), (3, False)):
        places = made(1, 3, 0, 10)
        for place in places[-wrong:]:
            place["all"] += 7
        assert (of_all(3) in seen(places)) == is_part


def test_what_shorter_sums_tell_is_not_told_again() -> None:
    """Of two that come to a third, and this with others to all, the third is in the sum."""
    places = made(2, 4, 0, 4)
    for place in places:
        place["half"] = place["p0"] + place["p1"]
    assert seen(places) == {("all", frozenset({"half", "p2", "p3"}))}


def test_copies_of_a_number_are_one() -> None:
    places = [{**place, "copy": place["p1"]} for place in made(3, 3, 0, 4)]
    ((every, parts),) = seen(places)
    assert every == "all"
    assert len(parts) == 3
    assert {"p0", "p2"} < parts
