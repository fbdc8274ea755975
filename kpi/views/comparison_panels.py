"""The small charts of a comparison: of areas for each group, or of one area's groups."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.model import AreaSet, Indicator, Observation
from kpi.domain.selection import Selection
from kpi.exhibits import Exhibit, area_panels_exhibit, group_panels_exhibit
from kpi.exhibits.benchmarks import judging_set
from kpi.store import Store
from kpi.views.comparison_developments import members_of


def small_charts(
    store: Store,
    catalog: Catalog,
    indicator: Indicator,
    selection: Selection,
    rows: Sequence[Observation],
    newest: Mapping[str, Sequence[Observation]],
    among: AreaSet | None,
) -> list[Exhibit]:
    """Small charts: of areas for each group, or of the groups where one area alone has figures.

    `newest` are all areas' rows of each group's newest period, by which is seen what judges them.
    """
    exhibits = []
    keys = {(row.indicator_id, row.group_id, row.period.text) for row in rows}
    municipal = store.municipal(sorted(keys)) if indicator.is_rate else {}
    for kind in dict.fromkeys(row.period.kind for row in rows):
        members = [row for row in rows if row.period.kind == kind]
        figures = Figures(members, municipal)
        known = {row.group_id for row in members}
        groups = [group_id for group_id in selection.grupper if group_id in known]
        areas = {row.area_id for row in members}
        if len(groups) > 1 and len(areas) == 1:
            drawn = [group_panels_exhibit(indicator, areas.pop(), groups, figures, catalog)]
        else:
            drawn = []
            for group_id in groups:
                own_id = next(
                    each for each in selection.omraader
                    if figures.series(indicator.indicator_id, each, group_id)
                )  # fmt: skip
                judging = judging_set(newest.get(group_id, ()), own_id, indicator, catalog)
                beside = figures
                if among is None and judging is not None:
                    others = members_of(store, indicator, selection, group_id, judging)
                    alike = [row for row in others if row.period.kind == kind]
                    beside = Figures(dict.fromkeys([*members, *alike]), municipal)
                exhibit = area_panels_exhibit(
                    indicator, group_id, selection.omraader, beside, catalog, among or judging
                )
                drawn.append(exhibit)
        exhibits += [
            replace(each, key=f"{each.key}-{kind}", selection=replace(
                selection, grupper=each.selection.grupper))
            for each in drawn
            if each is not None
        ]  # fmt: skip
    return exhibits
