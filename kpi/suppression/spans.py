"""Constraints between periods: a year less its first half is the second, published or not.

Each period is a way from its first day to the day after its last one. Periods that make a ring of
ways add up; two days that shown periods connect have a known number between them.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from math import nan

import numpy as np

from kpi.domain.period import OVERLAPPING, Period
from kpi.suppression.cells import Cell, Key, Sum, is_small

Series = tuple[str, str, str]
# From a day to others, each by a period that is gone through forwards (1) or backwards (-1).
Ways = dict[date, list[tuple[date, Cell, int]]]


def timelines(known: Mapping[Key, Cell]) -> list[list[Cell]]:
    """The cells of each indicator, area and group whose periods may add up: not all of one kind."""
    by_series: dict[Series, list[Cell]] = defaultdict(list)
    for cell in known.values():
        by_series[cell.key[:3]].append(cell)
    return [
        sorted(cells, key=lambda cell: (days_of(cell), cell.key))
        for cells in by_series.values()
        if len(cells) > 1
        and len(kinds := {cell.period.kind for cell in cells}) + bool(kinds & {*OVERLAPPING}) > 1
    ]


def school_lines(lines: Iterable[Sequence[Cell]]) -> Iterator[list[Cell]]:
    """School years and the half-years beside them, which are their autumns and springs.

    No school is held in July, so readers add them up, though a school year ends with it.
    """
    for line in lines:
        kinds = {cell.period.kind for cell in line}
        if kinds >= {"school_year", "half"}:
            terms = [_as_term(cell) for cell in line]
            yield sorted(terms, key=lambda term: (days_of(term), term.key))


def _as_term(cell: Cell) -> Cell:
    """A half-year's number as one of the part of a school year that lies in it."""
    period = cell.period
    if period.kind != "half":
        return cell
    if period.start.month == 1:
        return replace(cell, period=replace(period, end=date(period.start.year, 7, 31)))
    return replace(cell, period=replace(period, start=date(period.start.year, 8, 1)))


def span_sums(cells: Iterable[Cell]) -> Iterator[Sum]:
    """Sums of which all others between the periods are made; `cells` come shortest first."""
    ways: Ways = defaultdict(list)
    for cell in cells:
        path = _path(ways, *_ends(cell))
        if path is None:
            connect(ways, cell)
        else:
            signs = (-1, *(sign for _, sign in path))
            yield Sum((cell.key, *(step.key for step, _ in path)), signs)


def few_spans(cells: Sequence[Cell], hidden: Set[Key]) -> Iterator[Cell]:
    """Stretches that nobody published, of few persons by the shown numbers: as cells to guard."""
    shown_cells = [
        cell
        for cell in cells
        if cell.key not in hidden and (cell.part is not None or cell.is_bound)
    ]
    limit = max(cell.limit for cell in cells)
    exact = {_ends(cell) for cell in cells if cell.part is not None}
    narrow = _bounded if any(cell.is_bound for cell in shown_cells) else _counted
    for start, end, most, of_all in narrow(shown_cells):
        if is_small(most, of_all, limit) and (start, end) not in exact:
            period = Period(f"{start}>{end}", "range", start, end - timedelta(days=1))
            yield Cell(
                *cells[0].key[:3], period, most, of_all, limit, "", None, is_published=False,
                version=f"~{most:g}",
            )  # fmt: skip


# Two days, the number between them, and of how many it is where that is known.
_Stretch = tuple[date, date, float, float | None]


def _counted(cells: Iterable[Cell]) -> Iterator[_Stretch]:
    """Each day, the next one that periods connect with it, and the number between them.

    Days further apart are connected by these, and have as few between them only if these do.
    """
    ways: Ways = defaultdict(list)
    for cell in cells:
        connect(ways, cell)
    placed: set[date] = set()
    for first in sorted(ways):
        if first in placed:
            continue
        height, of_all = {first: 0.0}, {first: 0.0}
        waiting = deque([first])
        while waiting:
            day = waiting.popleft()
            for other, cell, sign in ways[day]:
                if other not in height:
                    height[other] = height[day] + sign * (cell.part or 0.0)
                    of_all[other] = of_all[day] + sign * (nan if cell.whole is None else cell.whole)
                    waiting.append(other)
        placed |= height.keys()
        days = sorted(height)
        for start, end in pairwise(days):
            most, of_most = (round(each[end] - each[start], 6) for each in (height, of_all))
            yield start, end, most, of_most if of_most >= most >= 0 else None


def _bounded(cells: Sequence[Cell]) -> Iterator[_Stretch]:
    """Each two days and the most that can lie between them: by the shortest way (Floyd 1962)."""
    days = sorted({day for cell in cells for day in _ends(cell)})
    place = {day: number for number, day in enumerate(days)}
    most = np.full((len(days), len(days)), np.inf)
    np.fill_diagonal(most, 0)
    for cell in cells:
        start, end = (place[day] for day in _ends(cell))
        low, high = cell.bounds
        most[start, end] = min(most[start, end], high)
        most[end, start] = min(most[end, start], -low)
    for middle in range(len(days)):
        np.minimum(most, most[:, middle, None] + most[None, middle, :], out=most)
    for start, end in zip(*np.nonzero(np.isfinite(np.triu(most, 1))), strict=True):
        if start < end:
            yield days[start], days[end], round(float(most[start, end]), 6), None


def path_between(periods: Iterable[Period], wanted: Period) -> tuple[tuple[str, int], ...]:
    """The periods, each forwards (1) or backwards (-1), that together are another; () if none."""
    ((_, path),) = paths_between(periods, [wanted])
    return path


def paths_between(
    periods: Iterable[Period], wanted: Iterable[Period]
) -> Iterator[tuple[Period, tuple[tuple[str, int], ...]]]:
    """Each of some other periods, with those that together are it."""
    ways: Ways = defaultdict(list)
    for period in periods:
        connect(ways, Cell("", "", "", period, None, None, 0, "", None))
    for period in wanted:
        path = _path(ways, period.start, period.end + timedelta(days=1))
        yield period, tuple((cell.period.text, sign) for cell, sign in path or ())


def connect(ways: Ways, cell: Cell) -> None:
    """Adds the ways between the first day of a number's period and the day after its last one."""
    start, end = _ends(cell)
    ways[start].append((end, cell, 1))
    ways[end].append((start, cell, -1))


def _path(ways: Ways, start: date, end: date) -> list[tuple[Cell, int]] | None:
    """The periods, each with its direction, that lead from one day to another; None: none do."""
    if start not in ways or end not in ways:
        return None
    came: dict[date, tuple[date, Cell, int] | None] = {start: None}
    waiting = deque([start])
    while waiting and end not in came:
        day = waiting.popleft()
        for other, step_cell, sign in ways[day]:
            if other not in came:
                came[other] = (day, step_cell, sign)
                waiting.append(other)
    if end not in came:
        return None
    path = []
    while (step := came[end]) is not None:
        end, step_cell, sign = step
        path.append((step_cell, sign))
    return path


def _ends(cell: Cell) -> tuple[date, date]:
    """Its first day, and the day after its last one."""
    return cell.period.start, cell.period.end + timedelta(days=1)


def days_of(cell: Cell) -> int:
    """From its first day to its last one."""
    return (cell.period.end - cell.period.start).days
