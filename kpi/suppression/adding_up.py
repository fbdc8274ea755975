"""How percentages and means of a place add up: areas, groups and periods, and what is within what.

With keys that nobody published, where others leave them and they are in other sums.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set

from kpi.domain.period import Period, parse_period
from kpi.suppression.cells import Key, Sum, sum_of
from kpi.suppression.completing import ways_of_days, ways_of_periods
from kpi.suppression.denominators import Ways, lines_of, moved
from kpi.suppression.pairs import Constraints

# Periods with their signs in a sum.
_Line = tuple[tuple[str, int], ...]


def constraints_between(published: Set[Key], ways: Ways, is_stock: bool = False) -> Constraints:
    """How keys of one indicator and of near periods add up, and which are parts of others.

    With keys that nobody published, where others leave them and contain others in turn.
    """
    keys = published | _between(published, ways)
    sums: list[Sum] = []
    rests: list[Sum] = []
    lines = ways.lines(published)
    for its_place, others in lines_of(keys):
        complete: list[tuple[str, ...]] = []
        there = set[str]()
        for line in lines(its_place, others):
            some = [key for key in line if key in keys]
            if len(some) == len(line):
                complete.append(tuple(key[its_place] for key in line))
                there |= {key[its_place] for key in line if key in published}
            elif len(some) > 2 and line[0] in keys:
                rests.append(_total_and_parts(some))
        sums += [
            _total_and_parts([moved(others, its_place, id_) for id_ in ids])
            for ids in _without_composed(complete, there)
        ]
    rests += [
        _total_and_parts([whole, key])
        for key in sorted(keys) for whole in ways.containing(key) if whole in keys
    ]  # fmt: skip
    of_periods = _of_periods(published, is_stock)
    return Constraints([*sums, *of_periods.sums], [*rests, *of_periods.rests])


def _of_periods(published: Set[Key], is_stock: bool) -> Constraints:
    """Periods that add up to others, and those within others.

    What is counted on a day (`is_stock`) is that of the last one.
    """
    texts_by_series: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for key in published:
        texts_by_series[key[:3]].add(key[3])
    lines: dict[frozenset[str], tuple[Sequence[_Line], Sequence[_Line]]] = {}
    constraints = Constraints([], [])
    for series, texts in sorted(texts_by_series.items()):
        some = frozenset(texts)
        if some not in lines:
            periods = [parse_period(text) for text in sorted(some)]
            lines[some] = _lines_of_periods(periods, is_stock)
        for of_kind, every in zip(lines[some], (constraints.sums, constraints.rests), strict=True):
            every.extend(
                Sum(tuple((*series, text) for text, _ in line), tuple(sign for _, sign in line))
                for line in of_kind
            )
    return constraints


def _lines_of_periods(
    periods: Sequence[Period], is_stock: bool
) -> tuple[Sequence[_Line], Sequence[_Line]]:
    """Periods with their signs in sums; and those within others, after these."""
    ways = ways_of_days(periods) if is_stock else ways_of_periods(periods, is_stock=False)
    sums = [tuple((periods[place].text, sign) for place, sign in way) for way in ways]
    rests: list[_Line] = []
    for whole in () if is_stock else periods:
        within = [
            each for each in periods
            if each is not whole and whole.start <= each.start and each.end <= whole.end
        ]  # fmt: skip
        rests += [((whole.text, -1), (each.text, 1)) for each in within]
        apart: list[Period] = []
        for each in sorted(within, key=lambda each: (each.start - each.end, each.text)):
            if all(each.end < other.start or other.end < each.start for other in apart):
                apart.append(each)
        if len(apart) > 1:
            rests.append(((whole.text, -1), *((each.text, 1) for each in apart)))
    return sums, rests


def _between(published: Set[Key], ways: Ways) -> set[Key]:
    """The keys that nobody published, but that are all that a sum lacks, and are in others."""
    times: Counter[Key] = Counter()
    lines = ways.lines(published)
    for place, others in lines_of(published):
        for line in lines(place, others):
            missing = [key for key in line if key not in published]
            if len(missing) == 1:
                times[missing[0]] += 1
    around = {whole for key in published for whole in ways.containing(key)}
    return {key for key, count in times.items() if count > 1 or key in around}


def _total_and_parts(keys: Sequence[Key]) -> Sum:
    return sum_of(keys[0], keys[1:])


def _without_composed(
    ways: Sequence[tuple[str, ...]], published: Set[str]
) -> Iterator[tuple[str, ...]]:
    """The ways but those that follow from two others: a published part as its own parts."""
    every = {(total, frozenset(parts)) for total, *parts in ways}
    for total, *parts in ways:
        of_way = frozenset(parts)
        if not any(
            part in published and its < of_way and (total, (of_way - its) | {part}) in every
            for part, its in every
        ):
            yield (total, *parts)
