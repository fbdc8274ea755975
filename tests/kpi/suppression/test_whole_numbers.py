"""Searches that are given up show nothing: what is not proven open is taken for determined."""

from random import Random
from time import thread_time

import numpy as np
import pytest

from kpi.domain.period import parse_period
from kpi.suppression import equations, whole_numbers
from kpi.suppression.cells import Cell, Key, Sum, sum_of
from kpi.suppression.groups import parse_part_of
from kpi.suppression.hiding import what_to_hide
from kpi.suppression.whole_numbers import determined_together


def cell(area: str, part: float | None, group: str = "all", period: str = "2024") -> Cell:
    level, parent = ("city", None) if area == "city" else ("quarter", "city")
    return Cell("cases", area, group, parse_period(period), part, None, 5, level, parent)


def system(*sums: dict[str, int]) -> tuple[list[Sum], dict[Key, Cell], set[Key]]:
    """Totals that are shown, each of quarters that are not; the small quarters last."""
    known: dict[Key, Cell] = {}
    those = []
    for place, parts in enumerate(sums):
        total = cell("city", sum(parts.values()), period=str(2000 + place))
        cells = [cell(area, part) for area, part in parts.items()]
        known |= {each.key: each for each in (total, *cells)}
        those.append(sum_of(total.key, [each.key for each in cells]))
    return those, known, {key for key in known if key[1] != "city"}


@pytest.mark.parametrize(
    ("sums", "expected"),
    [
        # 7 is 3 and 4 or 4 and 3.
        ([{"a": 3, "b": 4}], set()),
        # Two of three are 5, two others 6, the last two 7: 2, 3 and 4.
        ([{"a": 2, "b": 3}, {"a": 2, "c": 4}, {"b": 3, "c": 4}], {"a", "b", "c"}),
        ([{"a": 2, "b": 3}, {"a": 2, "c": 4}], set()),
        # Of two that are 8 each is 4.
        ([{"a": 4, "b": 4}, {"b": 4, "c": 3}], {"a", "b", "c"}),
        # A guard is none, or at least five.
        ([{"a": 1, "b": 5}, {"b": 5, "c": 2}], {"a", "b", "c"}),
        ([{"a": 4, "b": 9}, {"b": 9, "c": 2}], set()),
    ],
)
def test_what_several_sums_determine(sums: list[dict[str, int]], expected: set[str]) -> None:
    those, known, unknown = system(*sums)
    assert {key[1] for key in determined_together(those, known, unknown, unknown)} == expected


def test_a_search_that_is_given_up_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    those, known, unknown = system({"a": 2, "b": 3}, {"a": 2, "c": 4})
    monkeypatch.setattr(whole_numbers, "_MOST_STEPS", 1)
    assert determined_together(those, known, unknown, unknown) == unknown
    # Given up while other values are tried.
    monkeypatch.setattr(whole_numbers, "_MOST_STEPS", 2)
    assert determined_together(those, known, unknown, unknown)


def test_steps_that_lead_nowhere_show_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two unknown numbers of a sum are open; without a step to see it both are determined."""
    sums = equations.equations_of([[0, 1, 2]], [[-1, 1, 1]])
    unknown = np.array([False, True, True])
    assert equations.determined(sums, unknown).tolist() == []
    monkeypatch.setattr(equations, "_MOST_STEPS", 0)
    assert equations.determined(sums, unknown).tolist() == [1, 2]


def test_where_steps_lead_nowhere_more_is_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = [cell("city", 58), cell("a", 3), cell("b", 2), cell("c", 20), cell("d", 33)]
    few = what_to_hide(cells).keys
    monkeypatch.setattr(equations, "_MOST_STEPS", 0)
    assert {key[1] for key in few} == {"a", "b"}
    assert {key[1] for key in what_to_hide(cells).keys} == {"a", "b", "c", "city", "d"}


@pytest.mark.soak
def test_an_ordinary_table_takes_no_seconds() -> None:
    """Forty areas by two sexes and three ages in ten years, a sixth of the numbers small."""
    groups = {name: parse_part_of(f"all:{'sex' if name in 'mw' else 'age'}") for name in "mwabc"}
    chance = Random(1)
    cells = []
    for year in range(2010, 2020):
        people = {
            (str(area), sex, age): int(chance.expovariate(1 / 5))
            for area in range(40) for sex in "mw" for age in "abc"
        }  # fmt: skip
        for area in ("city", *map(str, range(40))):
            for group in ("all", *groups):
                part = sum(
                    count for (where, sex, age), count in people.items()
                    if area in ("city", where) and group in ("all", sex, age)
                )  # fmt: skip
                cells.append(cell(area, part, group, str(year)))
    start = thread_time()
    hiding = what_to_hide(cells, groups)
    assert sum(hiding.keys.values()) > 300
    assert thread_time() - start < 5
