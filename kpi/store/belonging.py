"""Which indicators speak of the same persons, as far as what is published shows it.

Nothing says so. Whoever sees that two say the same wherever both are shown, or that two come to a
third, knows it; and of how many a percentage without counts is, readers know by its name: each way
in which it fits the counts of others is looked at.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import product

import duckdb

from kpi.store.numbers_said import saying_the_same, within_each_other
from kpi.store.splits_seen import read_splits
from kpi.suppression.joint import Persons
from kpi.suppression.statements import Series

# So many ways of a component are looked at.
_MOST_WAYS, _MOST_STEPS = 4, 3
_Ties = list[tuple[Series, Series]]
# A row of `rate_fits`.
_Fit = tuple[str, bool, str, str, str, float]


@dataclass(frozen=True)
class Belonging:
    """Indicators that hang together, and the ways in which their persons may be the same.

    `is_within`: some hang together only as one is nowhere more than another. That may be chance.
    """

    indicator_ids: list[str]
    ways: Sequence[Persons]
    is_within: bool = False


def belonging(
    connection: duckdb.DuckDBPyConnection, indicator_ids: Set[str]
) -> Iterator[Belonging]:
    """The components of some indicators, with what says something of their persons.

    Those last of which some are within others: what is settled without that is settled first.

    Expects the tables `split_seen` and `rate_fits`, and those of numbers_said.py.
    """
    small = {each for (each,) in connection.execute("FROM small_indicator").fetchall()}
    ids = indicator_ids & small
    if not ids:
        return
    splits = [
        (split.every, *split.parts) for split in read_splits(connection)
        if {its for its, _ in (split.every, *split.parts)} <= small
    ]  # fmt: skip
    fits = [
        row for row in connection.execute("FROM rate_fits ORDER BY ALL").fetchall()
        if {row[0], row[3]} <= small
    ]  # fmt: skip
    ids, equal = _reached(connection, ids, splits, fits)
    links = [(a[0], b[0]) for a, b in equal]
    links += [(a[0], each[0]) for a, *parts in splits for each in parts if a[0] in ids]
    links += [(row[0], row[3]) for row in fits if row[0] in ids]
    shares = {each for (each,) in connection.execute(_SHARES).fetchall()}
    within = _not_said_otherwise(within_each_other(connection, indicator_ids & ids), equal, splits)

    def belongings(within: Sequence[tuple[Series, Series]]) -> Iterator[Belonging]:
        """Those that hang together, some by being within another."""
        more = {each for pair in within for each, _ in pair}
        by_within = [(part[0], whole[0]) for part, whole in within]
        for component in _components(ids | more, [*links, *by_within]):
            if within and component.isdisjoint(more):
                continue
            ways = [
                _persons(component & shares, [*sorted(equal), *of_rates], component, splits, within)
                for of_rates in _ways_of_rates(component, fits)
            ]
            yield Belonging(sorted(component), ways, bool(within))

    yield from belongings(())
    if within:
        yield from belongings(within)


def _reached(
    connection: duckdb.DuckDBPyConnection, ids: Set[str], splits: Sequence[tuple[Series, ...]],
    fits: Sequence[_Fit],
) -> tuple[Set[str], Set[tuple[Series, Series]]]:  # fmt: skip
    """The indicators with those that they lead to, in few steps, and which series say the same."""
    equal: set[tuple[Series, Series]] = set()
    for _ in range(_MOST_STEPS):
        equal |= saying_the_same(connection, ids)
        more = {each for pair in equal for each, _ in pair}
        tied = [{its for its, _ in split} for split in splits]
        tied += [{share, other} for share, _, _, other, _, _ in fits]
        more = more.union(*(those for those in tied if not ids.isdisjoint(those)))
        if more <= ids:
            break
        ids |= more
    return ids, equal


def _not_said_otherwise(
    within: Iterable[tuple[Series, Series]], equal: Set[tuple[Series, Series]],
    splits: Iterable[tuple[Series, ...]],
) -> list[tuple[Series, Series]]:  # fmt: skip
    """Of numbers within others those of which nothing else is seen, each in its nearest whole."""
    parts = {(part, every) for every, *of_every in splits for part in of_every}
    known = parts | equal | {(second, first) for first, second in equal}
    nearest: dict[Series, Series] = {}
    for part, whole in within:
        if (part, whole) not in known:
            nearest.setdefault(part, whole)
    return sorted(nearest.items())


def _components(ids: Set[str], links: Iterable[tuple[str, str]]) -> Iterator[set[str]]:
    near: dict[str, set[str]] = defaultdict(set)
    for first, second in links:
        near[first].add(second)
        near[second].add(first)
    passed: set[str] = set()
    for start in sorted(ids):
        if start not in passed:
            component, waiting = {start}, [start]
            while waiting:
                fresh = near[waiting.pop()] - component
                component |= fresh
                waiting += sorted(fresh)
            passed |= component
            yield component


def _ways_of_rates(component: Set[str], fits: Sequence[_Fit]) -> list[_Ties]:
    """The ways in which percentages without counts may be of others, what is likeliest first."""
    by_share: dict[str, list[tuple[float, _Ties]]] = defaultdict(list)
    for share in sorted({row[0] for row in fits if row[0] in component}):
        own = [row for row in fits if row[0] == share]
        certain = [
            ((share, its), (other, name)) for _, is_sure, its, other, name, _ in own if is_sure
        ]
        if certain:
            by_share[share] = [(0.0, certain)]
            continue
        every: list[_Fit | None] = [row for row in own if row[2] == "denominator"]
        some: list[_Fit | None] = [row for row in own if row[2] != "denominator"]
        # One number of another cannot be both.
        for first, second in product([*every, None], [*some, None]):
            chosen = [row for row in (first, second) if row]
            if chosen and len({(row[3], row[4]) for row in chosen}) == len(chosen):
                weight = sum(row[5] for row in chosen) + 0.01 * len(chosen)
                those = [((share, row[2]), (row[3], row[4])) for row in chosen]
                by_share[share].append((weight, those))
        by_share[share].sort(key=lambda each: -each[0])
    ways = [
        [tie for _, of_share in way for tie in of_share]
        for way in product(*(each[:_MOST_WAYS] for each in by_share.values()))
    ]
    return ways[:_MOST_WAYS] or [[]]


def _persons(
    shares: Set[str], ties: Sequence[tuple[Series, Series]], component: Set[str],
    splits: Sequence[tuple[Series, ...]], within: Sequence[tuple[Series, Series]],
) -> Persons:  # fmt: skip
    """Which series are one; none that would make those who have something all, or none."""
    leader: dict[Series, Series] = {}

    def root_of(series: Series) -> Series:
        """The series that stands for all that are one."""
        while (above := leader.setdefault(series, series)) != series:
            series = above
        return series

    apart = [
        {root_of((share, name)) for name in ("denominator", "numerator", "remainder")}
        for share in shares
    ]
    for first, second in ties:
        if first[0] not in component:
            continue
        earlier, later = sorted((root_of(first), root_of(second)))
        is_both = any(
            {earlier, later} <= {root_of(each) for each in of_share} for of_share in apart
        )
        if earlier != later and not is_both:
            leader[later] = earlier
    of_shares = [
        ((each, "denominator"), (each, "numerator"), (each, "remainder")) for each in sorted(shares)
    ]
    every: dict[tuple[Series, ...], None] = {}
    for whole, *parts in [*of_shares, *(each for each in splits if each[0][0] in component)]:
        every[root_of(whole), *sorted(map(root_of, parts))] = None
    rests = set()
    for part, whole in within:
        if whole[0] in component:
            rest = whole[0], "beside " + " ".join(part)
            rests.add(rest)
            every[root_of(whole), root_of(part), rest] = None
    same = {series: root_of(series) for series in leader}
    return Persons(same, [each for each in every if len({*each}) == len(each)], rests)


_SHARES = """
SELECT indicator_id FROM counted_kind WHERE kind = 'proportion'
UNION
SELECT indicator_id FROM counting_rate
"""
