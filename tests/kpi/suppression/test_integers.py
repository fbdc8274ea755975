"""An integer program's solutions hold for every row, whatever rows it has."""

from itertools import permutations, product
from random import Random

import numpy as np
import pytest

from kpi.suppression.integers import Contradictions, Program, Row, Unknowns

SUM, DIFFERENCE = Row({0: 1, 1: 1}, 7, 7), Row({0: 1, 1: -1}, 1, 1)
EMPTY, NEVER = Row({}, -1, 1), Row({}, 1, 2)


@pytest.mark.parametrize("rows", [*permutations([SUM, DIFFERENCE, EMPTY, EMPTY])])
def test_rows_without_terms_are_held_wherever_they_stand(rows: tuple[Row, ...]) -> None:
    unknowns = Unknowns()
    numbers = [unknowns.add(high=100), unknowns.add(high=100)]
    program = Program(unknowns, numbers, rows)
    assert program.is_solution(np.array([4, 3]))
    assert not program.is_solution(np.array([3, 4]))
    assert program.determined(numbers) == {0, 1}


@pytest.mark.parametrize("place", range(3))
def test_a_row_without_terms_may_never_hold(place: int) -> None:
    unknowns = Unknowns()
    numbers = [unknowns.add(high=100), unknowns.add(high=100)]
    rows = [SUM, DIFFERENCE]
    rows.insert(place, NEVER)
    assert not Program(unknowns, numbers, rows).is_solution(np.array([4, 3]))


def _contradicting(contradictions: Contradictions, odd: int = 1, total: int = 4) -> Unknowns:
    """Two numbers of a total that are no whole number apart, a further one, and rows that hold."""
    unknowns = Unknowns(contradictions=contradictions)
    first, second, third = (unknowns.add(high=100) for _ in range(3))
    unknowns.rows = [
        Row({first: 1, second: 1}, total, total, name=0),
        Row({first: 2, second: -2}, odd, odd, is_assumed=True, name=1),
        Row({second: 1, third: 1}, 5, 5, is_assumed=True, name=2),
    ]
    return unknowns


def test_what_gave_way_before_gives_way_without_another_long_search() -> None:
    contradictions = Contradictions()
    for total in range(4, 40):
        assert _contradicting(contradictions, total=total).determined(range(3), 100) == set()
        # Halves fit: only whole numbers contradict each other.
        assert contradictions.searches == 1
    assert contradictions.names == {1}


def test_what_holds_now_does_not_give_way_because_it_did_before() -> None:
    contradictions = Contradictions({1, 2})
    assert _contradicting(contradictions).determined(range(3), 100) == set()
    assert contradictions.names == {1}
    assert _contradicting(contradictions, odd=2, total=3).determined(range(3), 100) == {0, 1, 2}


def test_past_so_many_long_searches_every_number_counts_as_determined() -> None:
    contradictions = Contradictions(searches=20)
    assert _contradicting(contradictions).determined(range(3), 100) == {0, 1, 2}
    # What needs no search is answered all the same.
    assert _contradicting(contradictions, odd=2, total=3).determined(range(3), 100) == {0, 1, 2}
    contradictions.names = {1}
    assert _contradicting(contradictions).determined(range(3), 100) == set()


@pytest.mark.parametrize("seed", range(16))
def test_the_rows_that_stay_hold(seed: int) -> None:
    """Random rows, most of which no numbers fulfil together."""
    chance = Random(seed)
    unknowns = Unknowns()
    numbers = [unknowns.add(high=9) for _ in range(4)]
    unknowns.rows = [
        Row({each: chance.choice((-2, 1, 2)) for each in chance.sample(numbers, 2)}, low, low + 1,
            is_assumed=chance.random() < 0.5, name=name)
        for name, low in enumerate(chance.choices(range(-9, 12), k=7))
    ]  # fmt: skip
    every = {*range(7)}
    unknowns.contradictions.names = chance.choice((set(), every))
    program = Program(unknowns, numbers, unknowns.rows)
    if program.solution({}) is not None:
        return
    gone = program.leave_out_contradictions()
    assert gone
    assert {*gone} < every
    assert program.solution({}) is not None
    left = [row for row in unknowns.rows if row.name not in gone]
    for each in gone if unknowns.contradictions.searches == 0 else ():
        again = Program(unknowns, numbers, [*left, unknowns.rows[each]])
        assert again.solution({}) is None


@pytest.mark.parametrize("seed", range(12))
def test_what_a_large_total_fulfils_says_nothing(seed: int) -> None:
    """Numbers of which each is tried, within totals that may be as large as they like."""
    chance = Random(seed)
    unknowns = Unknowns()
    highs = chance.choices((1, 2, 3), k=5)
    parts = [unknowns.add(high=high) for high in highs]
    country, *regions = totals = [unknowns.add() for _ in range(3)]
    unknowns.rows = [
        Row({country: 1, **dict.fromkeys(regions, -1)}, 0, np.inf),
        *(Row({region: 1, **dict.fromkeys(parts[place::2], -1)}, 0, np.inf)
          for place, region in enumerate(regions)),
    ]  # fmt: skip
    if is_known := chance.random() < 0.5:
        unknowns.rows.append(Row({regions[0]: 1}, 0, most := chance.randrange(5)))
    first, second = chance.sample(parts, 2)
    unknowns.rows.append(Row({first: 1, second: 1}, total := chance.randrange(2, 5), total))
    solutions = [
        values for values in product(*(range(high + 1) for high in highs))
        if values[first] + values[second] == total
        and not (is_known and sum(values[::2]) > most)
    ]  # fmt: skip
    expected = {part for part in parts if len({values[part] for values in solutions}) == 1}
    assert unknowns.determined([*parts, *totals], 100) == expected or not solutions


def test_a_total_of_many_that_nobody_reports_contradicts_nothing() -> None:
    """It is far more than any number that is shown."""
    unknowns = Unknowns()
    parts = [unknowns.add() for _ in range(60)]
    region = unknowns.add()
    rows = [Row({region: 1, **dict.fromkeys(parts, -1)}, 0, np.inf)]
    rows += [Row({part: 1}, 50, 50) for part in parts]
    unknowns.rows = rows
    assert Program(unknowns, [*parts, region], rows).solution({}) is not None
    assert unknowns.determined(parts, 100) == {*parts}
