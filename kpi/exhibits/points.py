"""The exhibits of one period: areas against each other, or population groups against each other."""

from collections.abc import Sequence
from dataclasses import replace

from kpi.charts.marks import BENCHMARK, FOCUS, PEER, Role
from kpi.domain.catalog import Catalog
from kpi.domain.compare import MEDIAN, Comparison, compare_with_value
from kpi.domain.figures import Figures
from kpi.domain.judgement import benchmark_of, compare_areas
from kpi.domain.measure import share
from kpi.domain.model import Indicator, Observation
from kpi.domain.period import Period
from kpi.domain.verdicts import comparisons
from kpi.domain.vocabulary import NO_COMPARISON
from kpi.domain.wording import other_name, place
from kpi.exhibits.one_measure import in_one_measure
from kpi.exhibits.one_period import Chosen, Middle, one_period_exhibit
from kpi.exhibits.parts import (
    Exhibit,
    dot_of,
    drawn_value,
    role_of,
    same_decimals,
)
from kpi.exhibits.reading import many_comparisons
from kpi.exhibits.set_means import Middles, SetMeans
from kpi.exhibits.several_areas import several_areas_title
from kpi.exhibits.titles import (
    areas_title,
    doubt,
    gap_title,
    groups_title,
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
    raw, shown = _with_values([row for row in rows if row is not None], indicator)
    if not shown:
        return None
    own = next((row for row in shown if row.area_id == area_ids[0]), shown[0])
    shown, apart = in_one_measure(own, shown, indicator)
    raw = tuple(row for row in raw if row.area_id in {drawn.area_id for drawn in shown})
    middle = _middle_in(period, middles)
    is_of_set = middle is not None and isinstance(middles, SetMeans)
    if middle is None or (not is_of_set and indicator.judged_by == "mean"):
        published = next(row for row in raw if row.area_id == own.area_id)
        middle = _mean_of_set(published, figures, catalog) or middle
    is_first = is_of_set or indicator.judged_by != "area"
    roles, benchmark, middle = _roles(middle, is_first, own, shown, catalog)
    by_area = {row.area_id: compare_areas(row, benchmark, catalog) for row in shown if benchmark}
    if middle is not None:
        compared = compare_with_value(own, middle.value, indicator, "area_set", MEDIAN)
        by_area = {own.area_id: compared}
    marked = []
    for row in shown:
        name, role = catalog.areas[row.area_id].name, roles[row.area_id]
        dot = dot_of(name, role, row, indicator, by_area.get(row.area_id), catalog)
        if dot:
            marked.append((dot, row))
    if middle is not None:
        title = _middle_title(own, middle, indicator, catalog)
        chosen = Chosen(raw, (own,), apart, middle)
        exhibit = one_period_exhibit(title, "Område", marked, chosen, indicator, catalog)
        if not isinstance(middles, SetMeans) or not is_of_set:
            return exhibit
        return replace(exhibit, remarks=(*exhibit.remarks, middles.remark))
    level = catalog.areas[own.area_id].level
    beside = [row for row in shown if _is_beside(own, row, catalog)]
    alike = [row for row in beside if catalog.areas[row.area_id].level == level]
    if benchmark is None and len(alike) > 1:
        title = several_areas_title(own, alike, indicator, catalog)
        chosen = Chosen(raw, (own,), apart)
        return one_period_exhibit(title, "Område", marked, chosen, indicator, catalog)
    against = benchmark or next(iter(beside), None)
    against = None if against is own else against
    title = _areas_title(own, against, indicator, catalog)
    chosen = Chosen(raw, (own, against) if against else (own,), apart)
    exhibit = one_period_exhibit(title, "Område", marked, chosen, indicator, catalog)
    if against is None or against is not benchmark:
        return exhibit
    judged = [by_area[row.area_id] for row in shown if row is not against]
    return _with_sure_ones(exhibit, judged, against, catalog)


def _with_sure_ones(
    exhibit: Exhibit, judged: Sequence[Comparison], against: Observation, catalog: Catalog
) -> Exhibit:
    """The exhibit, and of several comparisons how many are sure as its second remark."""
    many = many_comparisons(judged, f"til {place(catalog.areas[against.area_id].name)}")
    remarks = (*exhibit.remarks[:1], many, *exhibit.remarks[1:]) if many else exhibit.remarks
    return replace(exhibit, remarks=remarks)


def _middle_in(period: Period, middles: Middles | None) -> Middle | None:
    if isinstance(middles, SetMeans):
        mean = middles.by_period.get(period)
        return None if mean is None else Middle(mean, middles.name)
    median = (middles or {}).get(period)
    return None if median is None else Middle(median)


def _mean_of_set(own: Observation, figures: Figures, catalog: Catalog) -> Middle | None:
    """The mean of the other areas of a set, where that is what the area is judged by."""
    judged = benchmark_of(comparisons(own, figures, catalog))
    if judged is None or judged.value is None or judged.verdict == NO_COMPARISON:
        return None
    if judged.kind != "area_set" or judged.with_id == MEDIAN:
        return None
    return Middle(judged.value, other_name(judged, catalog, catalog.areas[own.area_id]))


def _roles(
    middle: Middle | None,
    is_first: bool,
    own: Observation,
    shown: Sequence[Observation],
    catalog: Catalog,
) -> tuple[dict[str, Role], Observation | None, Middle | None]:
    """Each area's part in the chart, and what it is compared with: a row, or a middle of others.

    `is_first`: a middle comes before the country.
    """
    roles = {row.area_id: role_of(row.area_id, own.area_id, catalog) for row in shown}
    benchmark = next((row for row in shown if roles[row.area_id] == BENCHMARK), None)
    if middle is None or (benchmark and not is_first):
        return roles, benchmark, None
    return (
        {area_id: PEER if role == BENCHMARK else role for area_id, role in roles.items()},
        None,
        middle,
    )


def _is_beside(own: Observation, other: Observation, catalog: Catalog) -> bool:
    """Whether an area is what the chosen one is compared with: no part of itself."""
    mine, theirs = (catalog.areas[row.area_id] for row in (own, other))
    is_above = theirs.area_id == mine.parent_id
    return theirs is not mine and (theirs.level == mine.level or is_above)


def groups_exhibit(
    indicator: Indicator,
    area_id: str,
    group_ids: Sequence[str],
    period: Period,
    figures: Figures,
    catalog: Catalog,
) -> Exhibit | None:
    """One dot per population group for one area and period, the first group strong; stems from 0.

    None where none has a value. A single value is a number and no chart.
    """
    rows = (
        figures.at(indicator.indicator_id, area_id, group_id, period)
        for group_id in dict.fromkeys(group_ids)
    )
    raw, shown = _with_values([row for row in rows if row is not None], indicator)
    if not shown:
        return None
    own = shown[0]
    shown, apart = in_one_measure(own, shown, indicator)
    raw = tuple(row for row in raw if row.group_id in {drawn.group_id for drawn in shown})
    marked = []
    for row in shown:
        name = catalog.groups[row.group_id].name
        dot = dot_of(name, FOCUS if row is own else PEER, row, indicator, catalog=catalog)
        if dot:
            marked.append((dot, row))
    against = _reference(own, shown, catalog)
    area_name = catalog.areas[own.area_id].name
    if against is None:
        title = value_title(own, indicator, area_name, catalog)
    else:
        title = groups_title(own, against, indicator, area_name, catalog)
    pair = (own, against) if against else (own,)
    return one_period_exhibit(title, "Gruppe", marked, Chosen(raw, pair, apart), indicator, catalog)


def _with_values(
    rows: Sequence[Observation], indicator: Indicator
) -> tuple[tuple[Observation, ...], tuple[Observation, ...]]:
    """The rows that can be drawn: as they were published, and with equally many decimals."""
    raw = tuple(row for row in rows if drawn_value(row, indicator) is not None)
    return raw, same_decimals(raw, indicator)


def _reference(
    own: Observation, shown: Sequence[Observation], catalog: Catalog
) -> Observation | None:
    """The group that the first one is compared with: its own, or the only other beside it."""
    reference = catalog.groups[own.group_id].reference_group_id
    against = next((row for row in shown if row.group_id == reference), None)
    is_pair = len(shown) == 2 and "all" not in {drawn.group_id for drawn in shown}
    return against or (shown[1] if is_pair else None)


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
    gap = gap_title(name, comparison.gap_points, other_name, indicator, True, approximate)
    return gap + doubt([own, against], catalog) + unsure(comparison)


def _middle_title(own: Observation, middle: Middle, indicator: Indicator, catalog: Catalog) -> str:
    """The chosen area's difference to the median or mean of others, as a title."""
    comparison = compare_with_value(own, middle.value, indicator, "area_set", MEDIAN)
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
    )
    return gap + doubt([own], catalog) + unsure(comparison)
