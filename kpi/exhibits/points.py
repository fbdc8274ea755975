"""The exhibit of one period that sets areas against each other."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpi.charts.marks import BENCHMARK, PEER, Role
from kpi.domain.catalog import Catalog
from kpi.domain.compare import MEDIAN, Comparison, compare_with_middle
from kpi.domain.figures import Figures
from kpi.domain.judgement import benchmark_of, compare_areas, gap_alone_if_doubted
from kpi.domain.measure import measured, share
from kpi.domain.middle import Middle, mean_of
from kpi.domain.model import Indicator, Observation
from kpi.domain.period import Period
from kpi.domain.verdicts import comparisons
from kpi.domain.vocabulary import NO_COMPARISON
from kpi.domain.wording import other_name, place
from kpi.exhibits.one_period import (
    Chosen,
    Marked,
    NamedMiddle,
    Points,
    one_period_exhibit,
    points_of,
)
from kpi.exhibits.parts import (
    Exhibit,
    dot_of,
    role_of,
)
from kpi.exhibits.reading import many_comparisons
from kpi.exhibits.set_means import Middles, SetMeans
from kpi.exhibits.several_areas import several_areas_title
from kpi.exhibits.titles import (
    areas_title,
    doubt,
    gap_title,
    other_group,
    unsure,
    value_title,
)


def points_exhibit(
    indicator: Indicator,
    group_id: str,
    area_ids: Sequence[str],
    period: Period,
    figures: Figures,
    catalog: Catalog,
    middles: Middles | None = None,
) -> Exhibit | None:
    """One dot per area for one period, the first area strong; None where none has a value.

    With the country among them, stems start at its value and carry the difference to it; without
    it, or where the indicator is judged by the median, `middles` (period to the other
    municipalities' median, without the first area) is the benchmark, and without that the mean of
    its set that the area is judged by everywhere. Means of a set that the reader chose come
    before all. A single value is a number and no chart.
    """
    rows = (
        figures.at(indicator.indicator_id, area_id, group_id, period)
        for area_id in dict.fromkeys(area_ids)
    )
    points = points_of(rows, indicator)
    if points is None:
        return None
    own, shown = points.own, points.shown
    roles = {row.area_id: role_of(row.area_id, own.area_id, catalog) for row in shown}
    country = next((row for row in shown if roles[row.area_id] == BENCHMARK), None)
    if isinstance(middles, SetMeans) and (of_set := _mean_in(period, middles)):
        exhibit = _beside_a_middle(points, roles, of_set, indicator, catalog)
        return replace(exhibit, remarks=(*exhibit.remarks, middles.remark))
    if country is None or indicator.judged_by != "area":
        middle = _middle_of_all(points, period, middles, indicator, figures, catalog)
        if middle is not None:
            return _beside_a_middle(points, roles, middle, indicator, catalog)
    return _beside_areas(points, roles, country, indicator, catalog)


def _beside_a_middle(
    points: Points,
    roles: Mapping[str, Role],
    middle: NamedMiddle,
    indicator: Indicator,
    catalog: Catalog,
) -> Exhibit:
    """The exhibit where a median or mean is the benchmark: the country is one area of others."""
    own = points.own
    roles = {area_id: PEER if role == BENCHMARK else role for area_id, role in roles.items()}
    compared = gap_alone_if_doubted(
        compare_with_middle(own, middle.middle, indicator), own, catalog
    )
    marked = _marked(points, roles, {own.area_id: compared}, indicator, catalog)
    title = _middle_title(own, middle, compared, indicator, catalog)
    chosen = Chosen(points.raw, (own,), points.apart, middle)
    return one_period_exhibit(title, "Område", marked, chosen, indicator, catalog)


def _beside_areas(
    points: Points,
    roles: Mapping[str, Role],
    country: Observation | None,
    indicator: Indicator,
    catalog: Catalog,
) -> Exhibit:
    """The exhibit where the country is the benchmark, or none is.

    Without one several areas of a level are judged together, and two by their difference.
    """
    own = points.own
    by_area = {row.area_id: compare_areas(row, country, catalog) for row in points.shown if country}
    marked = _marked(points, roles, by_area, indicator, catalog)
    level = catalog.areas[own.area_id].level
    beside = [row for row in points.shown if _is_beside(own, row, catalog)]
    alike = [row for row in beside if catalog.areas[row.area_id].level == level]
    if country is None and len(alike) > 1:
        title = several_areas_title(own, alike, indicator, catalog)
        chosen = Chosen(points.raw, (own,), points.apart)
        return one_period_exhibit(title, "Område", marked, chosen, indicator, catalog)
    against = country or next(iter(beside), None)
    against = None if against is own else against
    title = _areas_title(own, against, indicator, catalog)
    chosen = Chosen(points.raw, (own, against) if against else (own,), points.apart)
    exhibit = one_period_exhibit(title, "Område", marked, chosen, indicator, catalog)
    if against is None or against is not country:
        return exhibit
    judged = [by_area[row.area_id] for row in points.shown if row is not against]
    return _with_sure_ones(exhibit, judged, against, catalog)


def _marked(
    points: Points,
    roles: Mapping[str, Role],
    by_area: Mapping[str, Comparison],
    indicator: Indicator,
    catalog: Catalog,
) -> Marked:
    """The dots of the rows that have one, each with its row."""
    marked = []
    for row in points.shown:
        name, compared = catalog.areas[row.area_id].name, by_area.get(row.area_id)
        dot = dot_of(name, roles[row.area_id], row, indicator, compared, catalog)
        if dot:
            marked.append((dot, row))
    return marked


def _with_sure_ones(
    exhibit: Exhibit, judged: Sequence[Comparison], against: Observation, catalog: Catalog
) -> Exhibit:
    """The exhibit, and of several comparisons how many are sure as its second remark."""
    many = many_comparisons(judged, f"til {place(catalog.areas[against.area_id].name)}")
    remarks = (*exhibit.remarks[:1], many, *exhibit.remarks[1:]) if many else exhibit.remarks
    return replace(exhibit, remarks=remarks)


def _mean_in(period: Period, middles: SetMeans) -> NamedMiddle | None:
    """The mean of the set that the reader chose, where it has one in the period."""
    mean = middles.by_period.get(period)
    return None if mean is None else NamedMiddle(mean, middles.name)


def _middle_of_all(
    points: Points,
    period: Period,
    middles: Middles | None,
    indicator: Indicator,
    figures: Figures,
    catalog: Catalog,
) -> NamedMiddle | None:
    """The others' median; where there is none, or the indicator is judged by a mean, its set's."""
    median = None if isinstance(middles, SetMeans) else (middles or {}).get(period)
    of_others = None if median is None else NamedMiddle(Middle(median))
    if of_others is not None and indicator.judged_by != "mean":
        return of_others
    published = next(row for row in points.raw if row.area_id == points.own.area_id)
    return _mean_of_set(published, figures, catalog) or of_others


def _mean_of_set(own: Observation, figures: Figures, catalog: Catalog) -> NamedMiddle | None:
    """The mean of the other areas of a set, where that is what the area is judged by."""
    judged = benchmark_of(comparisons(own, figures, catalog))
    if judged is None or judged.value is None or judged.verdict == NO_COMPARISON:
        return None
    if judged.kind != "area_set" or judged.with_id == MEDIAN:
        return None
    area, indicator = catalog.areas[own.area_id], catalog.indicators[own.indicator_id]
    among = catalog.area_sets.get(judged.with_id) or catalog.similar_to(area, own.indicator_id)
    rows = (
        figures.at(own.indicator_id, area_id, own.group_id, own.period)
        for area_id in (among.area_ids if among else ())
        if area_id != own.area_id
    )
    members = [measured(row, indicator) for row in rows if row is not None]
    return NamedMiddle(mean_of(members), other_name(judged, catalog, area))


def _is_beside(own: Observation, other: Observation, catalog: Catalog) -> bool:
    """Whether an area is what the chosen one is compared with: no part of itself."""
    mine, theirs = (catalog.areas[row.area_id] for row in (own, other))
    is_above = theirs.area_id == mine.parent_id
    return theirs is not mine and (theirs.level == mine.level or is_above)


def _areas_title(
    own: Observation, against: Observation | None, indicator: Indicator, catalog: Catalog
) -> str:
    """The takeaway: shares with their counts, a gap where there is one, else the value itself."""
    name = catalog.areas[own.area_id].name
    if against is None:
        return value_title(own, indicator, name, catalog)
    other_name = catalog.areas[against.area_id].name
    comparison = compare_areas(own, against, catalog)
    # A bare count grows with the area, and small counts say little: the numbers are the finding.
    if share(own, indicator) or not comparison.in_percent or comparison.gap_points is None:
        return areas_title((own, name), (against, other_name), indicator, catalog)
    approximate = comparison.approximate
    gap = gap_title(
        name, comparison.gap_points, other_name, indicator, True, approximate,
        other_group(own.area_id, own.group_id, indicator, catalog),
    )  # fmt: skip
    return gap + doubt([own, against], catalog) + unsure(comparison)


def _middle_title(
    own: Observation,
    middle: NamedMiddle,
    comparison: Comparison,
    indicator: Indicator,
    catalog: Catalog,
) -> str:
    """The chosen area's difference to the median or mean of others, as a title."""
    name = catalog.areas[own.area_id].name
    if comparison.gap_points is None:
        return value_title(own, indicator, name, catalog)
    gap = gap_title(
        name,
        comparison.gap_points,
        middle.name,
        indicator,
        indicator.is_proportion,
        comparison.approximate,
        other_group(own.area_id, own.group_id, indicator, catalog),
    )
    return gap + doubt([own], catalog) + unsure(comparison)
