"""Random indicators of which one says in parts what another says as a whole: no few follow.

At one place a part is small. Elsewhere all numbers show that they add up: over groups, over areas
or over periods; the parts of one indicator are the total of another, what a total leaves of a part
is another's, or the parts and a further number come to a third. Each place is one equation, so a
second number is hidden where the small one is; and none where the numbers do not add up.
"""

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest

from tests.kpi.store.random_counts import Key, awaiting, shown_of

pytestmark = pytest.mark.second_look

# What makes up a number: its place in a key, the total and its parts.
AXES = {
    "groups": (1, "all", ("danish", "non_western")),
    "areas": (0, "aarhus", ("gellerup", "viby_syd")),
    "periods": (2, "", ("H1", "H2")),
}
RELATIONS = ("total", "rest", "third")
HOW_OFTEN = (1, 2, 3, 5, 20)


@dataclass(frozen=True)
class Case:
    """Some indicators, called by the case's name and a letter, and what each says."""

    name: str
    rows: dict[Key, int]
    # The rows of the place at which one is small.
    of_few: frozenset[Key]
    adds_up: bool


def drawn(chance: random.Random, name: str, axis: str, relation: str) -> Case:
    """Numbers that add up along an axis, or do not."""
    adds_up = chance.random() < 0.8
    place, total, parts = AXES[axis]
    years = [str(year) for year in range(2023, 2003, -1)]
    areas = ("aarhus",) if axis == "areas" else ("odense", "randers", "aarhus")
    places = [(area, year) for year in years for area in areas][: chance.choice(HOW_OFTEN)]
    is_direct = chance.random() < 0.3
    rows: dict[Key, int] = {}
    of_few: set[Key] = set()
    for number, (area, year) in enumerate([("gellerup", "2024"), *places]):

        def key(letter: str, value: str) -> Key:
            """The key of an indicator's total or part."""
            those = [area, "all", year]  # noqa: B023
            those[place] = year + value if axis == "periods" else value  # noqa: B023
            return (f"{name}{letter}", *those)  # type: ignore[return-value]

        sizes = [chance.randint(300, 90_000), chance.randint(300, 90_000)]
        if not number:
            sizes = [chance.randint(300, 9_000), chance.randint(1, 4)]
        others = chance.randint(300, 90_000)
        of_all = sum(sizes) + (0 if adds_up else chance.randint(300, 90_000))
        first, second = (key("a", part) for part in parts)
        here = {first: sizes[0], second: sizes[1], key("b", total): of_all}
        if relation == "rest":
            here = {key("a", total): of_all, second: sizes[1], key("b", parts[0]): sizes[0]}
        if relation == "third":
            here |= {key("b", total): others, key("c", total): of_all + others}
        if number and is_direct and relation != "rest":
            here[key("a", total)] = sum(sizes)
        rows |= here
        of_few |= here.keys() if not number else set()
    return Case(name, rows, frozenset(of_few), adds_up)


def cases(seed: int) -> Iterator[Case]:
    """A case of each relation along each axis."""
    chance = random.Random(seed)
    for number, (axis, relation) in enumerate(product(AXES, RELATIONS)):
        yield drawn(chance, f"n{number}", axis, relation)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with indicators of which nothing is published."""
    groups = (
        "all,Alle,,\ndanish,Dansk baggrund,,all:origin\n"
        "non_western,Ikke-vestlig baggrund,,all:origin\n"
    )
    return awaiting(tmp_path_factory.mktemp("said"), groups, len(AXES) * len(RELATIONS), "abc")


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(1, 30))]
)
def test_one_says_in_parts_what_another_says_as_a_whole(
    seed: int, tiny: Path, tmp_path: Path
) -> None:
    shutil.copytree(tiny, tmp_path / "home")
    every = [*cases(seed)]
    counts = {key: number for case in every for key, number in case.rows.items()}
    hidden = counts.keys() - shown_of(counts, tmp_path / "home")
    more = 0
    for case in every:
        assert {key for key, number in case.rows.items() if number < 5} <= hidden
        assert hidden & case.rows.keys() <= case.of_few
        fewest = 2 if case.adds_up else 1
        assert len(hidden & case.of_few) >= fewest, case
        more += len(hidden & case.of_few) - fewest
    # By chance further sums and balances are seen: in most of thirty tables none, in one three.
    assert more <= 3
