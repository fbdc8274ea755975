"""Random numbers of groups and indicators that come to as many as others: no few follow.

Groups make up everyone of another indicator, or of their own, whether a split of them is declared
or not; two sets of indicators come to one total that nobody shows; and of the few there is a row,
or none. A reader who knows what adds up solves all that is shown by linear algebra.
"""

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from tests.kpi.store.random_counts import Key, awaiting, shown_of

FEW = ("gellerup", 2024)
# Of a split, of none of which anything is said, and of everyone without a split.
GROUPS = (("young", "middle", "old"), ("u1", "u2", "u3"), ("p1", "p2", "p3"), ("p1", "u2", "p3"))
KINDS = ("other", "own", "third", "balance", "chain")
LETTERS = "abcdef"

# An indicator's letter and a group.
Column = tuple[str, str]


@dataclass(frozen=True)
class Case:
    """What some indicators say, what adds up, and at the place of the few what these are."""

    rows: dict[Key, int]
    equations: list[dict[Column, int]]
    few: Column
    here: dict[Column, Key]
    adds_up: bool


def equations_of(kind: str, groups: tuple[str, ...]) -> list[dict[Column, int]]:
    """Totals with 1, parts with -1; or both sides of what nobody shows the total of."""
    parts: dict[Column, int] = {("a", group): -1 for group in groups}
    match kind:
        case "other":
            return [{**parts, ("b", "all"): 1}]
        case "own":
            return [{**parts, ("a", "all"): 1}]
        case "third":
            return [{**parts, ("c", "all"): -1, ("b", "all"): 1}]
        case "one":
            # One group is everyone of another indicator.
            return [{**parts, ("a", "all"): 1}, {("a", groups[-1]): -1, ("b", "all"): 1}]
        case "balance":
            sides = {("a", "all"): 1, ("b", "all"): 1, ("c", "all"): -1, ("d", "all"): -1}
            return [sides if len(groups) < 3 else {**sides, ("e", "all"): -1}]
        case _:
            return [{**parts, ("b", "all"): 1, ("c", "all"): 1},
                    {("b", "all"): -1, ("d", "all"): -1, ("e", "all"): 1}]  # fmt: skip


def drawn(chance: random.Random, number: int, kind: str) -> Case:
    """Numbers that add up, or do not: where the few are, and at other places."""
    groups = chance.choice(GROUPS)[: chance.choice((2, 3, 3))]
    if kind != "balance" and len(groups) < 3:
        groups = chance.choice(GROUPS[1:])[:2]
    equations, adds_up = equations_of(kind, groups), chance.random() < 0.8
    few = ("a", "all") if kind == "balance" else ("a", chance.choice(groups))
    if kind == "one":
        few = ("a", groups[0])
    is_absent, times = chance.random() < 0.4, chance.choice((3, 5, 8))
    rows: dict[Key, int] = {}
    here: dict[Column, Key] = {}
    for area, year in [FEW, *product(("odense", "randers"), range(2024 - times, 2024))]:
        sizes = {column: chance.randint(300, 9_000) for each in equations for column in each}
        if (area, year) == FEW:
            sizes[few] = chance.randint(1, 4)
        for each in equations:
            # What stands last makes it come out; `few` is never that.
            *_, last = (column for column in each if column != few)
            rest = sum(sign * sizes[column] for column, sign in each.items() if column != last)
            sizes[last] = -each[last] * rest
            if sizes[last] < 300:
                first = next(column for column in each if each[column] == -each[last]
                             and column != few)  # fmt: skip
                sizes[first] += 9_300 - sizes[last]
                sizes[last] = 9_300
            if not adds_up:
                sizes[last] += chance.randint(300, 9_000)
        for (letter, group), size in sizes.items():
            key = (f"n{number}{letter}", area, group, str(year))
            if (area, year) == FEW:
                here[letter, group] = key
            if not is_absent or (area, year) != FEW or (letter, group) != few:
                rows[key] = size
    return Case(rows, equations, few, here, adds_up)


def cases(seed: int) -> Iterator[Case]:
    """A case of each kind."""
    chance = random.Random(seed)
    for number, kind in enumerate(KINDS):
        yield drawn(chance, number, kind)


def is_determined(case: Case, shown: set[Key]) -> bool:
    """Whether the equations leave one value for the few, by the numbers that are shown."""
    open_ones = [column for column, key in case.here.items() if key not in shown]
    if case.few not in open_ones:
        return True
    matrix = np.array([[each.get(column, 0) for column in open_ones] for each in case.equations])
    few = np.array([[float(column == case.few) for column in open_ones]])
    rank = np.linalg.matrix_rank(matrix)
    return bool(np.linalg.matrix_rank(np.vstack([matrix, few])) == rank)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with indicators of which nothing is published."""
    lines = ["all,Alle,,"]
    lines += [f"{each},{each},,all:origin" for each in ("danish", "non_western")]
    lines += [f"{each},Gruppe {each},,all:age" for each in GROUPS[0]]
    lines += [f"{each},Gruppe {each},," for each in GROUPS[1]]
    lines += [f"{each},Gruppe {each},,all" for each in GROUPS[2]]
    groups = "\n".join([*lines, ""])
    return awaiting(tmp_path_factory.mktemp("balanced"), groups, len(KINDS), LETTERS)


def of_one_group(seed: int) -> Iterator[Case]:
    """Cases of a kind by themselves: one group is everyone of another indicator."""
    chance = random.Random(seed)
    for number in range(3):
        yield drawn(chance, number, "one")


@pytest.mark.parametrize("drawn_cases", [cases, of_one_group])
@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(1, 30))]
)
def test_no_few_follow_from_what_comes_to_as_much(
    seed: int, drawn_cases: Callable[[int], Iterator[Case]], tiny: Path, tmp_path: Path
) -> None:
    shutil.copytree(tiny, tmp_path / "home")
    every = [*drawn_cases(seed)]
    counts = {key: size for case in every for key, size in case.rows.items()}
    shown = shown_of(counts, tmp_path / "home")
    for case in every:
        hidden = case.rows.keys() - shown
        assert hidden <= {*case.here.values()}
        if case.adds_up:
            assert not is_determined(case, shown), case
        else:
            # Nobody is hidden beside the few but where groups without a word may be all.
            assert len(hidden) <= 2
        assert len(hidden) <= 1 + len(case.equations), case
