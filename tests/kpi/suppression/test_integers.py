"""An integer program's solutions hold for every row, whatever rows it has."""

from itertools import permutations

import numpy as np
import pytest

from kpi.suppression.integers import Program, Row, Unknowns

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
