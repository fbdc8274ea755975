"""Of how many a percentage is, where its row does not say and others imply it."""

from collections.abc import Iterator
from random import Random

import pytest

from kpi.suppression.areas import areas_of
from kpi.suppression.cells import Key
from kpi.suppression.denominators import Ways, implied_denominators
from kpi.suppression.groups import parse_part_of
from kpi.suppression.mixtures import Rate

GROUPS = {
    group_id: parse_part_of(text)
    for group_id, text in {
        "danish": "all:origin", "other": "all:origin", "women": "danish:sex", "men": "danish:sex",
    }.items()
}  # fmt: skip
AREAS = areas_of(
    [("town", "municipality", None, None), ("old", "quarter", None, None),
     ("older", "quarter", None, None), ("new", "quarter", "town", None)],
    [("old", "new"), ("older", "new")],
)  # fmt: skip
WAYS = Ways(AREAS, (GROUPS, {}))


def key(area_id: str, group_id: str = "all") -> Key:
    return "share", area_id, group_id, "2024"


def share(value: float, decimals: int = 1) -> Rate:
    return Rate(value, 0.5 * 10**-decimals, True)


def possible(value: float, decimals: int, of_all: int, persons: int) -> Iterator[tuple[int, int]]:
    """(persons, denominator) of each part of a total that may be written as the percentage."""
    rounding = 0.5 * 10**-decimals + 1e-9
    for number in range(1, of_all + 1):
        for part in range(min(number, persons) + 1):
            is_within = number - part <= of_all - persons
            if is_within and abs(100 * part / number - value) <= rounding:
                yield part, number


@pytest.mark.parametrize("seed", range(10))
def test_a_percentage_of_few_is_a_number_of_persons(seed: int) -> None:
    """Whenever all parts of the total that it may be have or lack the same number, and else not."""
    chance, determined = Random(seed), 0
    for _ in range(60):
        of_all, decimals = chance.randint(3, 40), chance.choice((0, 1, 2))
        persons, number = chance.randint(0, of_all), chance.randint(1, of_all)
        part = chance.randint(max(0, number - (of_all - persons)), min(number, persons))
        value = round(100 * part / number, decimals)
        worlds = [*possible(value, decimals, of_all, persons)]
        assert (part, number) in worlds
        denominators = implied_denominators(
            {key("town"): of_all}, {key("new", "danish")},
            {key("town"): Rate(100 * persons / of_all, 0, True),
             key("new", "danish"): share(value, decimals)}, WAYS,
        )  # fmt: skip
        having, lacking = {part for part, _ in worlds}, {every - part for part, every in worlds}
        is_told = any(len(numbers) == 1 and numbers != {0} for numbers in (having, lacking))
        assert (key("new", "danish") in denominators) == is_told, (of_all, persons, value)
        for of_part in denominators.values():
            determined += 1
            guess = round(value * of_part / 100)
            assert having == {guess} or lacking == {of_part - guess}
    assert determined


TABLES: dict[str, tuple[dict[Key, float], dict[Key, Rate], dict[Key, float]]] = {
    "what is left of a total beside a part that is known": (
        {key("town"): 60, key("town", "danish"): 40},
        {key("town"): share(40), key("town", "danish"): share(40), key("town", "other"): share(35)},
        {key("town", "other"): 20},
    ),
    "a part of a part, of 20 at most": (
        {key("town"): 60, key("town", "other"): 40},
        {key("town"): share(40), key("town", "other"): share(40),
         key("town", "women"): share(23.1)},
        {key("town", "danish"): 20, key("town", "women"): 13},
    ),
    "of more than twenty several numbers fit": (
        {key("town"): 60}, {key("town"): share(40), key("town", "women"): share(23.1)}, {},
    ),
    "what was merged is together what it became": (
        {key("new"): 100, key("older"): 80}, {key("old"): share(15)}, {key("old"): 20},
    ),
    "how many lack something follows from two percentages": (
        {key("town"): 100},
        {key("town"): share(98, 6), key("town", "danish"): share(98.9),
         key("town", "other"): share(85.7)},
        {key("town", "danish"): 93, key("town", "other"): 7},
    ),
}  # fmt: skip


def test_what_follows() -> None:
    for name, (known, rates, expected) in TABLES.items():
        lacking = {*rates, *expected} - known.keys()
        assert implied_denominators(known, lacking, rates, WAYS) == expected, name
