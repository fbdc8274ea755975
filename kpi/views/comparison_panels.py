"""The small charts of a comparison: of areas for each group, or of one area's groups."""

from collections.abc import Sequence
from dataclasses import replace

from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.model import AreaSet, Indicator, Observation
from kpi.domain.selection import Selection
from kpi.exhibits import Exhibit, area_panels_exhibit, group_panels_exhibit
from kpi.store import Store


def small_charts(
    store: Store,
    catalog: Catalog,
    indicator: Indicator,
    selection: Selection,
    rows: Sequence[Observation],
    among: AreaSet | None,
) -> list[Exhibit]:
    """Small charts: of areas for each group, or of the groups where one area alone has figures."""
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
            drawn = [
                area_panels_exhibit(
                    indicator, group_id, selection.omraader, figures, catalog, among
                )
                for group_id in groups
            ]
        exhibits += [
            replace(each, key=f"{each.key}-{kind}", selection=replace(
                selection, grupper=each.selection.grupper))
            for each in drawn
            if each is not None
        ]  # fmt: skip
    return exhibits
