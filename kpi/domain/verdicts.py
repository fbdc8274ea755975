"""All that figures are compared with, judged at once: the intervals of a page in a few steps."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from kpi.domain.catalog import Catalog
from kpi.domain.compare import MEDIAN, Comparison, Pair, judge, judge_alone, pair, pair_with_mean
from kpi.domain.figures import Figures
from kpi.domain.judgement import summary
from kpi.domain.measure import Measured, measured
from kpi.domain.model import Area, AreaSet, Observation
from kpi.domain.paired_statistics import Numbers, differences, proportion_intervals
from kpi.domain.vocabulary import BENCHMARKS, NO_COMPARISON, Benchmark

_UNKNOWN = (math.nan, math.nan)


def comparisons(own: Observation, figures: Figures, catalog: Catalog) -> tuple[Comparison, ...]:
    """All that a figure is compared with, most important first; only those that have a value.

    First the indicator's benchmark: what `Indicator.benchmark` names, else the first there is of
    country, median of the other municipalities, mean of the set's other members. Then parent, the
    sets' means, that of the similar municipalities, reference group, the fellow members of the
    area's sets and, for a programme area, the other programme areas. No mean or median contains the
    area itself. Figures that cannot be believed are compared with nothing, nor are means of them.
    """
    around = _around(catalog.areas[own.area_id], catalog)
    return tuple(judge_alone(pair) for pair in _pairs(own, around, figures, catalog))


def comparisons_of(
    rows: Sequence[Observation], figures: Figures, catalog: Catalog
) -> list[tuple[Comparison, ...]]:
    """What `comparisons` says of each of the rows, all intervals computed in one go."""
    around = {
        area_id: _around(catalog.areas[area_id], catalog) for area_id in {row[1] for row in rows}
    }
    pairs_by_row = [tuple(_pairs(own, around[own.area_id], figures, catalog)) for own in rows]
    judged = iter(judge_all([each for pairs in pairs_by_row for each in pairs]))
    return [tuple(next(judged) for _ in pairs) for pairs in pairs_by_row]


def judged_of(
    rows: Sequence[Observation], figures: Figures, catalog: Catalog
) -> list[tuple[Observation, Comparison]]:
    """Each row beside its benchmark, where there is one and a verdict can be given.

    Values that cannot be believed are left out, and those of which neither higher nor lower is
    better: they say nothing of how the area does.
    """
    believed = [row for row in rows if _counts(row, catalog)]
    return judged_among(believed, comparisons_of(believed, figures, catalog), catalog)


def judged_among(
    rows: Sequence[Observation], compared: Sequence[Sequence[Comparison]], catalog: Catalog
) -> list[tuple[Observation, Comparison]]:
    """What `judged_of` gives, of rows whose comparisons are at hand."""
    return [
        (row, each)
        for row, of_row in zip(rows, compared, strict=True)
        if _counts(row, catalog)
        for each in of_row
        if each.is_benchmark and each.verdict != NO_COMPARISON
    ]


def _counts(row: Observation, catalog: Catalog) -> bool:
    is_neutral = catalog.indicators[row.indicator_id].direction == "neutral"
    return not is_neutral and not catalog.is_implausible(row)


def summary_of(
    area: Area, rows: Sequence[Observation], figures: Figures, catalog: Catalog, shown: int = 0
) -> str:
    """A page's headline from the area's own figures on it; `shown` are all figures on the page.

    Empty where none has a benchmark.
    """
    return summary_among(area, rows, comparisons_of(rows, figures, catalog), catalog, shown)


def summary_among(
    area: Area,
    rows: Sequence[Observation],
    compared: Sequence[Sequence[Comparison]],
    catalog: Catalog,
    shown: int = 0,
) -> str:
    """The headline of `summary_of`, of rows whose comparisons are at hand."""
    benchmarks = [comparison for _, comparison in judged_among(rows, compared, catalog)]
    counted = judged_among(rows, compared, replace(catalog, implausible=frozenset()))
    doubted = len(counted) - len(benchmarks)
    return summary(area, benchmarks, catalog, shown or len(rows), doubted)


def judge_all(pairs: Sequence[Pair]) -> list[Comparison]:
    """What compare.judge_alone says of each pair, the intervals computed together."""
    low, high = (ends.tolist() for ends in _gap_intervals(pairs))
    return [
        judge(pair, None if math.isnan(lowest) else (lowest, highest))
        for pair, lowest, highest in zip(pairs, low, high, strict=True)
    ]


def _gap_intervals(pairs: Sequence[Pair]) -> tuple[Numbers, Numbers]:
    """The 95 % intervals of the pairs' gaps in percentage points; NaN where chance is not known.

    Two counted shares are compared as such (Newcombe); a share against a plain value by the share's
    own interval and that of the value.
    """
    own, other, theirs, reaches = [], [], [], []
    for each in pairs:
        own.append(each.own.counts if each.is_counted and each.own.counts else _UNKNOWN)
        other.append((each.other and each.other.counts) or _UNKNOWN)
        theirs.append(each.value)
        reaches.append(each.reach or _UNKNOWN)
    mine, others, (below, above) = (
        np.array(pairs_of, dtype=float).reshape(-1, 2).T for pairs_of in (own, other, reaches)
    )
    value = np.array(theirs, dtype=float)
    low, high = proportion_intervals(*mine)
    both_low, both_high = differences(*mine, *others)
    has_both = ~np.isnan(both_low)
    with np.errstate(all="ignore"):
        share = mine[0] / mine[1]
    gap = 100 * share - value
    lowest = gap - np.hypot(100 * (share - low), np.nan_to_num(above))
    highest = gap + np.hypot(100 * (high - share), np.nan_to_num(below))
    # Where a mean's own chance is not known, a gap can be too small for sure, not large enough.
    is_open = np.isnan(above) & ~((lowest <= 0) & (highest >= 0))
    return (
        np.where(has_both, 100 * both_low, np.where(is_open, np.nan, lowest)),
        np.where(has_both, 100 * both_high, np.where(is_open, np.nan, highest)),
    )


class _Around(NamedTuple):
    """The areas that any figure of an area is compared with: asked for once, not for each figure.

    `fellows` are the members of its sets and, of a residential area, its siblings.
    """

    area: Area
    above: tuple[str, ...]
    sets: tuple[AreaSet, ...]
    fellows: tuple[str, ...]


def _around(area: Area, catalog: Catalog) -> _Around:
    sets = catalog.sets_of(area.area_id)
    siblings = catalog.siblings(area) if area.is_residential else ()
    fellows = [area_id for set_ in sets for area_id in set_.area_ids]
    fellows += [sibling.area_id for sibling in siblings]
    return _Around(area, catalog.above(area), sets, tuple(fellows))


def _pairs(own: Observation, around: _Around, figures: Figures, catalog: Catalog) -> Iterator[Pair]:
    """The row beside each that it is compared with, those left out that have no value."""
    area, _, sets, fellows = around
    indicator = catalog.indicators[own.indicator_id]
    ours = measured(own, indicator)
    if ours.value is None:
        return
    alike = catalog.similar_to(area, own.indicator_id)
    # A bare count grows with the area: beside that of the area it is part of it says nothing.
    is_bare_count = indicator.is_total and not ours.in_percent
    above = () if is_bare_count else around.above
    # What cannot be believed is no measure of others, and neither is a mean that it stands in.
    doubted = catalog.doubted_areas(own)
    theirs: dict[str, Measured | None] = {}
    for area_id in (*above, *fellows, *(alike.area_ids if alike else ())):
        row = figures.at(own.indicator_id, area_id, own.group_id, own.period)
        theirs[area_id] = measured(row, indicator) if row and area_id not in doubted else None
    # Of different families: no effect of a programme is measured by comparing it with another, and
    # of a small area none is better for who lives there.
    is_neutral = area.is_local
    candidates = [
        pair(ours, theirs[area_id], "area", area_id, is_neutral, is_above=True) for area_id in above
    ]
    middle = figures.median_of_others(own) if area.level == "municipality" else None
    if middle:
        candidates.append(Pair(ours, "area_set", MEDIAN, middle[0], areas=middle[1]))
    for set_ in (*sets, *([alike] if alike else ())):
        if len(set_.area_ids) > 2 and not is_neutral:
            candidates.append(
                pair_with_mean(ours, {each: theirs[each] for each in set_.area_ids}, set_.set_id)
            )
    reference = catalog.groups[own.group_id].reference_group_id
    if reference:
        row = figures.at(own.indicator_id, own.area_id, reference, own.period)
        is_believed = row is not None and not catalog.is_implausible(row)
        reference_row = measured(row, indicator) if row and is_believed else None
        candidates.append(pair(ours, reference_row, "group", reference))
    candidates += [
        pair(ours, theirs[area_id], "area", area_id, is_neutral)
        for area_id in dict.fromkeys(fellows)
        if area_id != own.area_id
    ]
    yield from _benchmark_first(
        [candidate for candidate in candidates if candidate.value is not None], ours, catalog
    )


def _benchmark_first(candidates: Sequence[Pair], own: Measured, catalog: Catalog) -> list[Pair]:
    """The pairs, the benchmark before all others and marked; the median only as benchmark."""
    country = catalog.country()
    by_kind: dict[Benchmark, Pair] = {}
    for candidate in candidates:
        if (
            candidate.kind == "area"
            and country is not None
            and candidate.with_id == country.area_id
        ):
            by_kind["country"] = candidate
        elif candidate.kind == "area_set":
            by_kind.setdefault("median" if candidate.with_id == MEDIAN else "peers", candidate)
    # Where an indicator names no benchmark, or its own has no figure: the first that has one.
    order = (own.indicator.benchmark, *BENCHMARKS)
    chosen = next((by_kind[kind] for kind in order if kind in by_kind), None)
    others = [
        candidate
        for candidate in candidates
        if candidate is not chosen and candidate.with_id != MEDIAN
    ]
    return [chosen._replace(is_benchmark=True), *others] if chosen else others
