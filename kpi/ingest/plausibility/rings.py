"""Areas that have each other's figures in turn: Aarhus those of Odense, Odense those of Esbjerg ...

A list that was sorted beside its names shifts them so. Two at a time: swapped.py.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import duckdb

from kpi.ingest.plausibility.swap_problem import PROBED_FIGURES

# Areas of a longer list: farther from their own than so many times the usual movement, and within
# so many of another's (of 173 published years and series none has such a ring, and of 148 none
# such a pair).
FAR, NEAR = 6.0, 3.0
# Smaller counts change places by themselves.
LEAST_COUNT = 20
# A short list: in another order its figures are together so many times nearer to those before, and
# they moved so many times what they did in any earlier step. Of 25,950 lists of two to eleven
# published figures five in another order are so, and two thirds of those in which some have each
# other's.
_MOST_AREAS, _TIMES, _TIMES_OF_STEPS, _FEWEST_STEPS = 11, 5.0, 2.0, 3
# Groups and indicators, in rings and in pairs, are compared in so many areas. Crossed they must be
# so many times nearer together, and nearer in so many of the areas; in fewer areas than these in
# all, much nearer, and so far apart that chance seldom makes them cross.
PROBED, TIMES_OF_MANY, PART = 12, 3.0, 0.8
FEWEST, TIMES_OF_FEW, GAP_OF_FEW = 3, 5.0, 0.08


@dataclass(frozen=True)
class Member:
    """A series of a ring, by its number: its new figure and record, and the one before."""

    number: int
    value: float
    earlier: float
    record: int


@dataclass(frozen=True)
class Ring:
    """Areas of one indicator, in the order in which each has the figure of the next."""

    indicator: int
    members: tuple[Member, ...]

    @property
    def areas(self) -> frozenset[int]:
        """The numbers of its areas."""
        return frozenset(member.number for member in self.members)


@dataclass(frozen=True)
class RingOfSeries:
    """Series, each an indicator and a group; the figures of one of the areas that have them."""

    series: tuple[tuple[int, int], ...]
    areas: int
    members: tuple[Member, ...]


def rings_in_long_lists(connection: duckdb.DuckDBPyConnection) -> list[Ring]:
    """The rings of three areas or more in series of six or more. Expects `moving` (swapped.py)."""
    limits = {"far": FAR, "near": NEAR, "least": LEAST_COUNT}
    following: dict[tuple[int, int, str], dict[int, tuple[Member, int]]] = defaultdict(dict)
    for indicator, group, level, area, next_area, *figures in connection.execute(
        _FOLLOWING, limits
    ).fetchall():
        following[indicator, group, level][area] = Member(area, *figures), next_area
    rings = []
    for (indicator, *_), members in following.items():
        steps = {area: next_area for area, (_, next_area) in members.items()}
        rings += [
            Ring(indicator, tuple(members[area][0] for area in ring))
            for ring in cycles(steps)
            if len(ring) > 2
        ]
    return rings


def rings_in_short_lists(connection: duckdb.DuckDBPyConnection) -> list[Ring]:
    """The rings of two areas or more in series of at most eleven. Expects `newest_figure`."""
    lists: dict[tuple[int, int, str], list[tuple[Member, float, float]]] = defaultdict(list)
    limits = {"most": _MOST_AREAS, "least": LEAST_COUNT}
    for number, group, level, area, value, earlier, record, own, own_before in connection.execute(
        _SHORT_LISTS, limits
    ).fetchall():
        lists[number, group, level].append((Member(area, value, earlier, record), own, own_before))
    doubted = []
    for (indicator, *_), figures in lists.items():
        if len(figures) < 2:
            continue
        new, before = [own for _, own, _ in figures], [own for *_, own in figures]
        order = _in_another_order(new, before)
        members = [member for member, *_ in figures]
        in_turn = [
            tuple(members[at] for at in ring)
            for ring in cycles(dict(enumerate(order)))
            if len(ring) > 1 and _are_nearer(ring, order, new, before)
        ]
        if in_turn:
            doubted.append((indicator, members, in_turn, _moved(new, before)))
    histories = _histories(connection, [member.record for _, members, *_ in doubted
                                        for member in members])  # fmt: skip
    rings = []
    for indicator, members, in_turn, moved in doubted:
        most = _most_moved([histories[member.record] for member in members])
        rings += [
            Ring(indicator, ring)
            for ring in in_turn
            if (len(ring) > 2 if most is None else moved >= _TIMES_OF_STEPS * most)
        ]
    return rings


def rings_of_series(connection: duckdb.DuckDBPyConnection) -> list[RingOfSeries]:
    """The rings of three groups or more of an indicator, or of three indicators of a group.

    Expects `newest_figure`.
    """
    numbers: dict[tuple[int, int], int] = {}
    crossings: dict[tuple[int, int], tuple[Any, ...]] = {}
    for indicator, group, other, other_group, *figures in connection.execute(
        _CROSSINGS, {"probed": PROBED, "part": PART}
    ).fetchall():
        pair = [numbers.setdefault(key, len(numbers))
                for key in ((indicator, group), (other, other_group))]  # fmt: skip
        crossings[pair[0], pair[1]] = tuple(figures)
    nearest: dict[int, int] = {}
    for (at, other), (_, crossed, *_) in crossings.items():
        if at not in nearest or crossed < crossings[at, nearest[at]][1]:
            nearest[at] = other
    series = list(numbers)
    rings = []
    for ring in cycles(nearest):
        areas, moved, crossed, gap, size = (
            [crossings[at, nearest[at]][place] for at in ring] for place in (2, 0, 1, 3, 4)
        )
        is_few = min(areas) < FEWEST
        times = TIMES_OF_FEW if is_few else TIMES_OF_MANY
        if (
            len(ring) > 2
            and sum(crossed) * times <= sum(moved)
            and (sum(gap) >= GAP_OF_FEW * sum(size) if is_few else sum(crossed) > 0)
        ):
            rings.append(RingOfSeries(
                tuple(series[at] for at in ring), max(areas),
                tuple(Member(series[at][1], *crossings[at, nearest[at]][5]) for at in ring),
            ))  # fmt: skip
    return rings


def cycles(following: Mapping[int, int]) -> list[list[int]]:
    """The cycles of a walk in which each number has at most one next.

    >>> cycles({1: 2, 2: 3, 3: 1, 4: 1})
    [[1, 2, 3]]
    """
    done: set[int] = set()
    rings = []
    for start in following:
        walk: dict[int, None] = {}
        at: int | None = start
        while at is not None and at not in done and at not in walk:
            walk[at] = None
            at = following.get(at)
        if at in walk:
            rings.append(list(walk)[list(walk).index(at) :])
        done |= walk.keys()
    return rings


def _in_another_order(new: Sequence[float], before: Sequence[float]) -> list[int]:
    """Whose earlier figure each new one is nearest to together; their own where that is no help.

    On a line the nearest order is the order by size.
    """
    own = list(range(len(new)))
    by_new, by_before = (sorted(own, key=figures.__getitem__) for figures in (new, before))
    order = [at for _, at in sorted(zip(by_new, by_before, strict=True))]
    moved = _moved(new, before)
    is_nearer = _moved(new, [before[at] for at in order]) * _TIMES <= moved and moved > 0
    return order if is_nearer else own


def _are_nearer(
    ring: Sequence[int], order: Sequence[int], new: Sequence[float], before: Sequence[float]
) -> bool:
    """Whether the members of one ring are that much nearer: others move by themselves."""
    common = math.fsum(new) / len(new) - math.fsum(before) / len(before)
    moved, crossed = (
        math.fsum(abs(new[at] - common - before[beside]) for at, beside in pairs)
        for pairs in (zip(ring, ring, strict=True), ((at, order[at]) for at in ring))
    )
    return crossed * _TIMES <= moved


def _moved(new: Sequence[float], before: Sequence[float]) -> float:
    """How far figures are from those before, beyond what they moved together."""
    common = math.fsum(new) / len(new) - math.fsum(before) / len(before)
    return math.fsum(abs(now - common - then) for now, then in zip(new, before, strict=True))


def _histories(
    connection: duckdb.DuckDBPyConnection, records: Sequence[int]
) -> Mapping[int, Mapping[str, float]]:
    """By record the earlier figures of its series, by period in their order."""
    histories: dict[int, dict[str, float]] = defaultdict(dict)
    if records:
        rows = connection.execute(_HISTORY, {"records": list(records)}).fetchall()
        for record, period, own in rows:
            histories[record][period] = own
    return histories


def _most_moved(histories: Sequence[Mapping[str, float]]) -> float | None:
    """The farthest that some series together moved in an earlier step; None of too few steps."""
    periods = [period for period in histories[0] if all(period in history for history in histories)]
    figures = [[history[period] for history in histories] for period in periods]
    steps = [_moved(later, earlier) for earlier, later in pairwise(figures)]
    return max(steps) if len(steps) >= _FEWEST_STEPS else None


# The area whose earlier figure each far one is nearest to.
_FOLLOWING = """
WITH far AS (
    FROM moving
    WHERE abs(own - own_before) > $far * usual
        AND (NOT is_quantity OR least(value, earlier) >= $least)
)
SELECT first.indicator, first.population_group, first.level, first.area,
    arg_min(second.area, abs(first.own - second.own_before)),
    any_value(first.value), any_value(first.earlier), any_value(first.record)
FROM far AS first
JOIN far AS second USING (indicator, population_group, level)
WHERE first.area <> second.area
    AND abs(first.own - second.own_before) <= $near * first.usual
GROUP BY ALL
ORDER BY ALL
"""
# Series of one period and area; of indicators those of one unit and kind.
_CROSSINGS = f"""{PROBED_FIGURES},
pair AS (
    SELECT first.indicator, first.population_group, second.indicator AS other,
        second.population_group AS other_group, first.area, first.record, first.value,
        first.earlier, abs(first.value - first.earlier) AS moved,
        abs(first.value - second.earlier) AS crossed,
        abs(first.earlier - second.earlier) AS gap
    FROM figure AS first
    JOIN figure AS second USING (area, period)
    WHERE (first.indicator = second.indicator) <> (first.population_group = second.population_group)
)
SELECT indicator, population_group, other, other_group, sum(moved), sum(crossed), count(*),
    sum(gap), sum(greatest(abs(value), abs(earlier))),
    arg_min((value, earlier, record), area)
FROM pair
GROUP BY indicator, population_group, other, other_group
HAVING count(*) FILTER (crossed < moved) >= $part * count(*)
ORDER BY ALL
"""  # noqa: S608
# Of totals the logarithm, so that all of them move alike.
_SHORT_LISTS = """
WITH short AS (
    SELECT indicator, population_group, level
    FROM newest_figure
    WHERE earlier IS NOT NULL
    GROUP BY indicator, population_group, level
    HAVING count(*) BETWEEN 2 AND $most
)
SELECT indicator, population_group, level, area, value, earlier, record,
    if(is_quantity, ln(value), value), if(is_quantity, ln(earlier), earlier)
FROM newest_figure
SEMI JOIN short USING (indicator, population_group, level)
JOIN known_indicator ON known_indicator.number = newest_figure.indicator
WHERE earlier IS NOT NULL AND (NOT is_quantity OR least(value, earlier) >= $least)
ORDER BY indicator, population_group, record
"""
_HISTORY = """
SELECT record, earlier_figure.period,
    if(is_quantity, ln(earlier_figure.earlier), earlier_figure.earlier)
FROM earlier_figure
JOIN newest_figure USING (record)
JOIN known_indicator ON known_indicator.number = newest_figure.indicator
WHERE record IN (SELECT unnest($records::INTEGER[]))
    AND (NOT is_quantity OR earlier_figure.earlier > 0)
ORDER BY period_end, earlier_figure.period
"""
