"""Nothing small can be computed from all that was ever shown: days, ranges, groups, corrections.

A reader with exact arithmetic tries. To him a number that stayed the same on two days is one.
"""

import os
from collections.abc import Collection, Sequence
from dataclasses import fields, replace
from fractions import Fraction
from random import Random

import pytest

from kpi.domain.period import parse_period
from kpi.suppression.cells import Cell, Key, new_cell
from tests.kpi.store.towns import AREAS, LIMIT, MEMBERS, SPANS, WHO, Town, number


def computed(
    sums: Sequence[Sequence[tuple[tuple[Key, int], int]]], known: Collection[tuple[Key, int]]
) -> set[tuple[Key, int]]:
    """The numbers that exact elimination leaves one value for."""
    pivots: dict[tuple[Key, int], dict[tuple[Key, int], Fraction]] = {}
    for terms in sums:
        line: dict[tuple[Key, int], Fraction] = {}
        for state, sign in terms:
            if state not in known:
                line[state] = line.get(state, Fraction(0)) + sign
        for pivot, other in list(pivots.items()):
            if line.get(pivot):
                line = _less(line, line[pivot], other)
        line = {state: factor for state, factor in line.items() if factor}
        if not line:
            continue
        pivot = min(line)
        line = {state: factor / line[pivot] for state, factor in line.items()}
        pivots = {
            column: _less(other, other[pivot], line) if other.get(pivot) else other
            for column, other in pivots.items()
        }
        pivots[pivot] = line
    return {
        pivot for pivot, line in pivots.items() if sum(1 for number in line.values() if number) == 1
    }


def _less(
    line: dict[tuple[Key, int], Fraction], times: Fraction, other: dict[tuple[Key, int], Fraction]
) -> dict[tuple[Key, int], Fraction]:
    states = {*line, *other}
    zero = Fraction(0)
    return {state: line.get(state, zero) - times * other.get(state, zero) for state in states}


def few_between(town: Town, known: Collection[tuple[Key, int]]) -> set[tuple[Key, Key]]:
    """Few persons between a group and one it is part of, both of which are shown on a day."""
    pairs = set()
    for truth in town.truths:
        for key in town.keys:
            for other in town.keys:
                is_within = key[:2] == other[:2] and key[3] == other[3] and (
                    MEMBERS[key[2]] > MEMBERS[other[2]]
                )  # fmt: skip
                if is_within and {(key, number(truth, key)), (other, number(truth, other))} <= {
                    *known
                } and 0 < number(truth, key) - number(truth, other) < LIMIT:  # fmt: skip
                    pairs.add((key, other))
    return pairs


def random_town(chance: Random) -> Town:
    areas, groups, spans = (
        chance.sample([*every], chance.randint(2, len(every)))
        for every in (("city", *AREAS), MEMBERS, SPANS)
    )
    keys = [("cases", area, group, span) for area in areas for group in groups for span in spans]
    most = chance.choice((1, 3, 12))
    truth = {
        (area, who, when): chance.randint(0, most)
        for area in AREAS for who in WHO for when in range(3)
    }  # fmt: skip
    town = Town()
    town.publish(truth, chance.sample(keys, chance.randint(2, len(keys))))
    for _ in range(chance.randint(1, 3)):
        if len(town.truths) > 1 and len(town.truths) not in town.gone and chance.random() < 0.3:
            town.withdraw()
            continue
        truth = dict(town.truths[-1])
        for atom in chance.sample([*truth], chance.randint(0, 3)):
            truth[atom] = chance.randint(0, most)
        town.publish(truth, chance.sample(keys, chance.randint(0, len(keys) // 2)))
    return town


@pytest.mark.some_cases
@pytest.mark.parametrize("seed", range(40 if "SPOR_SOAK" in os.environ else 6))
def test_nothing_small_is_computed_from_all_days(seed: int) -> None:
    town = random_town(Random(seed))
    sums = town.sums()
    every = {(row[:4], int(row.part or 0)) for row in town.rows}
    few = {figure for figure in every if 0 < figure[1] < LIMIT}
    shown = town.shown_now()
    assert shown.isdisjoint(few)
    assert computed(sums, shown).isdisjoint(few)
    assert not few_between(town, shown)
    # With all that was ever read besides, but for what was read before it had to be hidden.
    assert computed(sums, town.seen).isdisjoint(few - town.exposed)


def test_a_cell_made_in_one_go_is_as_any_other() -> None:
    names = {field.name for field in fields(Cell)}
    plain = Cell("i", "a", "g", parse_period("2020"), 7.0, 20.0, 5, "municipality", "dk")
    made = new_cell({name: getattr(plain, name) for name in names - {"is_published", "seen"}})
    assert made == plain
    assert (made.key, made.is_small) == (plain.key, plain.is_small)
    assert replace(made, part=3.0) == replace(plain, part=3.0)
