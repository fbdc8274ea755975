"""The developments of a comparison: lines of areas, or levels where one period alone is known."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.model import AreaSet, Indicator, Observation
from kpi.domain.period import Period, parse_period
from kpi.domain.selection import Selection
from kpi.exhibits import Exhibit, groups_exhibit, points_exhibit, trend_exhibit
from kpi.exhibits.benchmarks import benchmark_in
from kpi.exhibits.set_means import Middles, SetMeans, means_of_set
from kpi.store import Store


def is_within(period: Period, selection: Selection) -> bool:
    """Whether a period is among the chosen ones."""
    after = not selection.fra or period.end >= parse_period(selection.fra).end
    return after and (not selection.til or period.end <= parse_period(selection.til).end)


def middles_of(
    store: Store,
    indicator: Indicator,
    selection: Selection,
    newest: Mapping[str, Sequence[Observation]],
    rows: Sequence[Observation],
    among: AreaSet | None,
    catalog: Catalog,
) -> dict[str, Middles]:
    """By group the mean of the chosen or judging set, else the others' median if it is asked.

    A development is compared with what the diagrams of its newest period are compared with.
    """
    middles: dict[str, Middles] = {}
    for group_id in selection.grupper:
        of_group = [row for row in rows if row.group_id == group_id]
        drawn = {row.area_id for row in of_group}
        focus_id = next((area_id for area_id in selection.omraader if area_id in drawn), "")
        benchmark = benchmark_in(newest.get(group_id, ()), focus_id, indicator, catalog, among)
        if benchmark is None or benchmark.middle is None:
            continue
        if benchmark.among is not None:
            own, members = benchmark.among, of_group
            if among is None:
                # Who is judged by them may be drawn alone.
                members = members_of(store, indicator, selection, group_id, own)
            by_period = means_of_set(members, frozenset((focus_id,)), own, catalog)
            middles[group_id] = SetMeans(by_period, benchmark.name, benchmark.among)
            continue
        key = indicator.indicator_id, group_id
        middles[group_id] = {
            period: value
            for period, value in store.medians([key], focus_id)[key].items()
            if is_within(period, selection)
        }
    return middles


def members_of(
    store: Store, indicator: Indicator, selection: Selection, group_id: str, among: AreaSet
) -> list[Observation]:
    """The rows of a set's members in the chosen periods, whether or not they are drawn."""
    every = store.series([indicator.indicator_id], list(among.area_ids), [group_id])
    return [row for row in every if is_within(row.period, selection)]


def developments(
    indicator: Indicator,
    selection: Selection,
    rows: Sequence[Observation],
    middles: Mapping[str, Middles],
    newest: Mapping[str, Sequence[Observation]],
    catalog: Catalog,
    full_series: Figures,
) -> list[Exhibit]:
    """An exhibit per group and kind of period, and the groups side by side where they are several.

    `newest` are all areas' rows of each group's newest period; `full_series` judges targets.
    """
    exhibits = []
    by_kind: dict[str, list[Observation]] = {}
    for row in rows:
        by_kind.setdefault(row.period.kind, []).append(row)
    for kind, members in by_kind.items():
        figures = Figures(members)
        groups = [
            group_id
            for group_id in selection.grupper
            if any(r.group_id == group_id for r in members)
        ]
        for group_id in groups:
            view = replace(selection, grupper=(group_id,))
            exhibit = trend_exhibit(
                indicator, group_id, selection.omraader, figures, catalog,
                middles.get(group_id), full_series,
            )  # fmt: skip
            alone = (
                sum(any(r.area_id == area_id for r in members) for area_id in selection.omraader)
                < 2
            )
            if exhibit is None and not (len(groups) > 1 and alone):
                others = [row for row in newest.get(group_id, ()) if row.period.kind == kind]
                beside = Figures(dict.fromkeys([*members, *others]))
                exhibit = _level(
                    indicator, group_id, selection.omraader, beside, catalog, middles.get(group_id)
                )
            if exhibit:
                exhibits.append(replace(exhibit, key=f"{exhibit.key}-{kind}", selection=view))
        if len(groups) > 1:
            levels = _group_levels(indicator, groups, selection.omraader, figures, catalog)
            # Where one group alone is shown it has the key of an exhibit of areas.
            exhibits += [replace(level, key=f"{level.key}-{kind}-grupper") for level in levels]
    return exhibits


def _level(
    indicator: Indicator,
    group_id: str,
    area_ids: Sequence[str],
    figures: Figures,
    catalog: Catalog,
    middles: Middles | None,
) -> Exhibit | None:
    known = [
        series
        for area_id in area_ids
        if (series := figures.series(indicator.indicator_id, area_id, group_id))
    ]
    if not known:
        return None
    # Areas may have a period each: the one that most of them have.
    areas_in = Counter(row.period for series in known for row in series)
    period = max(areas_in, key=lambda period: (areas_in[period], period.order))
    country = catalog.country()
    if country and len(known) > 1 and catalog.areas[known[0][0].area_id].level == "municipality":
        # As on the other diagrams, also where it is not chosen.
        area_ids = (*area_ids, country.area_id)
    return points_exhibit(
        indicator, group_id, area_ids, period, figures, catalog, middles,
    )  # fmt: skip


def _group_levels(
    indicator: Indicator,
    group_ids: Sequence[str],
    area_ids: Sequence[str],
    figures: Figures,
    catalog: Catalog,
) -> list[Exhibit]:
    """The chosen groups side by side in each area, in the newest period that two of them have."""
    exhibits = []
    for area_id in area_ids:
        groups_in = Counter(
            row.period
            for group_id in group_ids
            for row in figures.series(indicator.indicator_id, area_id, group_id)
        )
        joint = [period for period, groups in groups_in.items() if groups > 1]
        if not joint:
            continue
        period = max(joint, key=lambda period: period.order)
        exhibit = groups_exhibit(indicator, area_id, group_ids, period, figures, catalog)
        exhibits += [exhibit] if exhibit else []
    return exhibits
