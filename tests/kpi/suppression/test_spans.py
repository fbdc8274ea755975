"""Months, quarters, years, ranges and limits: none of them together reveals few persons."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.domain.paired_statistics import Numbers
from kpi.domain.period import Period, parse_period
from kpi.suppression.cells import Cell
from kpi.suppression.hiding import cells_to_hide

EXACT = None


def figure(period: str, *said: float | None, limit: int = 5, whole: float | None = None) -> Cell:
    """One number, or the two ends of what is said of it."""
    is_bound = len(said) == 2
    low, high = said if len(said) == 2 else (None, None)
    part = None if is_bound else said[0]
    return Cell(
        "cases", "a", "all", parse_period(period), part, whole, limit, "quarter", "city",
        low, high, is_bound,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "small", "beside"),
    [
        # A range less a month is the other range.
        ([figure("2023M04:2024M03", 50), figure("2023M04", 47), figure("2023M05:2024M03", 3)],
         {"2023M05:2024M03"}, {"2023M04"}),
        # Periods of several kinds fill one.
        ([figure("2024:2025M03", 50), figure("2024", 47), figure("2025K1", 3)],
         {"2025K1"}, {"2024"}),
        # What is revealed was published by nobody.
        ([figure("2024:2025M03", 50), figure("2024", 47)], set(), {"2024"}),
        ([figure("2024", 50), figure("2024K1", 20), figure("2024M04:2024M09", 27)],
         set(), {"2024K1"}),
        ([figure("2024:2025M03", 49, 50), figure("2024", 47)], set(), {"2024:2025M03"}),
        ([figure("2024:2025M03", 55), figure("2024", 47)], set(), set()),
        ([figure("2024:2025M03", 47), figure("2024", 47)], set(), set()),
        ([figure("2024:2025M03", 50, limit=0), figure("2024", 47, limit=0)], set(), set()),
        # Few of a stretch that nobody published lack it: 9 of 11 have it.
        ([figure("2024", 51, whole=101), figure("2024H1", 42, whole=90)], set(), {"2024H1"}),
        ([figure("2024", 51, whole=104), figure("2024H1", 42, whole=90)], set(), set()),
        ([figure("2024", 51, whole=101), figure("2024H1", 42)], set(), set()),
        # A school year is its autumn and its spring, though it begins in August.
        ([figure("2023/2024", 43), figure("2023H2", 40), figure("2024H1", 3)],
         {"2024H1"}, {"2023H2"}),
        ([figure("2023/2024", 43), figure("2023H2", 40)], set(), {"2023H2"}),
        ([figure("2023/2024", 43), figure("2023H1", 40)], set(), set()),
        # A limit in a sum with a small number narrows it down, wherever it is.
        ([figure("2024K1", 25), figure("2024M01", 10), figure("2024M02", 12, 13),
          figure("2024M03", 3)], {"2024M03"}, {"2024M02"}),
        ([figure("2024K1", 25, 26), figure("2024M01", 10), figure("2024M02", 12),
          figure("2024M03", 3)], {"2024M03"}, {"2024K1"}),
        ([figure("2024K1", 25, None), figure("2024M01", 10), figure("2024M02", 12),
          figure("2024M03", 3)], {"2024M03"}, {"2024K1"}),
        # The sum holds what may be fifty to three.
        ([figure("2024K1", 25), figure("2024M01", 10), figure("2024M02", 12),
          figure("2024M03", None, 50)], {"2024M03"}, {"2024M01"}),
        ([figure("2024K1", 75), figure("2024M01", 10), figure("2024M02", 12),
          figure("2024M03", None, 60)], set(), set()),
        # Few may have it, or lack it, at an end of what is said.
        ([figure("2024", 30, None, whole=33)], {"2024"}, set()),
        ([figure("2024", None, 31, whole=33)], {"2024"}, set()),
        ([figure("2024", 30, None, whole=60)], set(), set()),
    ],
)  # fmt: skip
def test_what_periods_and_limits_reveal(
    cells: list[Cell], small: set[str], beside: set[str]
) -> None:
    hidden = cells_to_hide(cells)
    assert {key[3] for key, is_small in hidden.items() if is_small} == small
    assert {key[3] for key, is_small in hidden.items() if not is_small} == beside
    assert cells_to_hide(cells[::-1]) == hidden


MONTHS = 6
# The first and last month of each period that a file may have.
SPANS = {
    **{f"2024M{month:02d}": (month, month) for month in range(1, MONTHS + 1)},
    "2024K1": (1, 3), "2024K2": (4, 6), "2024H1": (1, 6),
    **{
        f"2024M{first:02d}:2024M{last:02d}": (first, last)
        for first, last in ((1, 2), (1, 4), (2, 3), (2, 5), (2, 6), (3, 6), (4, 5))
    },
}  # fmt: skip
AREAS = ("a", "b")


@dataclass(frozen=True)
class Table:
    """The true numbers by area and month, and what a file says: exactly, or between two ends."""

    months: dict[str, tuple[int, ...]]
    said: dict[tuple[str, str], tuple[float | None, float | None] | None]

    def true(self, area: str, first: int, last: int) -> int:
        areas = AREAS if area == "city" else (area,)
        return sum(sum(self.months[area][first - 1 : last]) for area in areas)

    def cells(self) -> list[Cell]:
        made = []
        for (area, text), said in self.said.items():
            low, high = said or (None, None)
            level, parent = ("city", None) if area == "city" else ("quarter", "city")
            part = None if said else self.true(area, *SPANS[text])
            period: Period = parse_period(text)
            made.append(
                Cell("cases", area, "all", period, part, None, 5, level, parent,
                     low, high, said is not None)
            )  # fmt: skip
        return made


def line(area: str, first: int, last: int) -> Numbers:
    """Which months of which areas a number is made of."""
    row = np.zeros((len(AREAS), MONTHS))
    for place, area_id in enumerate(AREAS):
        if area in (area_id, "city"):
            row[place, first - 1 : last] = 1
    return row.ravel()


def weights(lines: list[Numbers], wanted: Numbers) -> Numbers | None:
    """How often to add each line to have the wanted one; None where no such sum exists."""
    if not lines:
        return None
    matrix = np.array(lines).T
    solution = np.linalg.lstsq(matrix, wanted, rcond=None)[0].astype(np.float64)
    return solution if np.allclose(matrix @ solution, wanted, atol=1e-8) else None


@st.composite
def tables(draw: st.DrawFn, areas: tuple[str, ...]) -> Table:
    some = st.integers(0, 4) | st.integers(0, 40) | st.integers(10, 40)
    months = {area: tuple(draw(st.lists(some, min_size=MONTHS, max_size=MONTHS))) for area in AREAS}
    table = Table(months, {})
    spans = draw(st.lists(st.sampled_from(list(SPANS)), min_size=2, max_size=8, unique=True))
    for text in spans:
        for area in areas:
            number = table.true(area, *SPANS[text])
            how = draw(st.sampled_from(["exact", "exact", "exact", "range", "least", "most"]))
            low, high = number - draw(st.integers(0, 3)), number + draw(st.integers(1, 4))
            table.said[area, text] = {
                "exact": EXACT, "range": (max(low, 0), high),
                "least": (max(low, 0), None), "most": (None, high),
            }[how]  # fmt: skip
    return table


def reachable(table: Table) -> tuple[list[str], list[str]]:
    """What a reader learns of few persons: exactly, and of hidden numbers with help of limits."""
    hidden = {(key[1], key[3]) for key in cells_to_hide(table.cells())}
    exact = [line(area, *SPANS[text]) for (area, text), said in table.said.items()
             if said is EXACT and (area, text) not in hidden]  # fmt: skip
    bounded = [line(area, *SPANS[text]) for (area, text), said in table.said.items()
               if said is not EXACT and (area, text) not in hidden]  # fmt: skip
    spans = [(first, last) for first in range(1, MONTHS + 1) for last in range(first, MONTHS + 1)]
    determined = [
        f"{area} {first}-{last}"
        for area in sorted({area for area, _ in table.said})
        for first, last in spans
        if 0 < table.true(area, first, last) < 5
        and weights(exact, line(area, first, last)) is not None
    ]
    narrowed = [
        f"{area} {text}"
        for area, text in sorted(hidden)
        if 0 < table.true(area, *SPANS[text]) < 5
        and weights(exact + bounded, line(area, *SPANS[text])) is not None
    ]
    return determined, narrowed


@given(tables(("a",)))
def test_nothing_small_can_be_computed_of_one_areas_periods(table: Table) -> None:
    assert reachable(table) == ([], [])


@given(tables(("city", *AREAS)))
def test_nor_of_several_areas_periods(table: Table) -> None:
    assert reachable(table) == ([], [])


@given(tables(("a",)))
def test_no_limits_hold_a_stretch_below_the_sources_limit(table: Table) -> None:
    """The most that can be between two days, by any way of shown periods: never one to four."""
    hidden = {key[3] for key in cells_to_hide(table.cells())}
    steps: list[tuple[int, int, float]] = []
    for (_, text), said in table.said.items():
        if text not in hidden:
            first, last = SPANS[text]
            low, high = said or (table.true("a", first, last),) * 2
            steps += [(first, last + 1, np.inf if high is None else high)]
            steps += [(last + 1, first, -(low or 0))]
    for start, end in combinations(range(1, MONTHS + 2), 2):
        most = dict.fromkeys(range(1, MONTHS + 2), np.inf) | {start: 0.0}
        for _ in range(MONTHS + 1):
            for begin, stop, length in steps:
                most[stop] = min(most[stop], most[begin] + length)
        assert not 0 < most[end] < 5, (start, end)
