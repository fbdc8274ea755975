"""Which areas a page is about, which it is held against, and whose figure comes first."""

from collections.abc import Sequence

from kpi.domain.catalog import Catalog
from kpi.domain.compare import Figures
from kpi.domain.model import Indicator, Observation


def areas_in_focus(area_id: str, catalog: Catalog) -> tuple[str, ...]:
    """The area itself, then the programme and housing areas within it that are offered."""
    within = [
        area
        for area in catalog.areas.values()
        if area.parent_id == area_id and area.is_residential and not catalog.is_retired(area)
    ]
    # Programme areas first: of most indicators they are the ones that have figures.
    within.sort(key=lambda one: one.level != "programme_area")
    return (area_id, *(one.area_id for one in within))


def areas_to_compare(area_id: str, catalog: Catalog) -> tuple[str, ...]:
    """The country, the parent, fellow members of the area's sets, areas beside a programme area."""
    area = catalog.areas[area_id]
    country = catalog.country()
    found = [country.area_id] if country else []
    found += [area.parent_id] if area.parent_id else []
    found += [one for each in catalog.sets_of(area_id) for one in each.area_ids]
    if area.is_residential:
        found += [sibling.area_id for sibling in catalog.siblings(area)]
    return tuple(one for one in dict.fromkeys(found) if one != area_id)


def focus_row(
    indicator: Indicator, area_ids: Sequence[str], figures: Figures, group_id: str = ""
) -> Observation | None:
    """The newest value of a group in the first of the areas that has one.

    Without a group, that of the indicator's own.
    """
    for area_id in area_ids:
        row = figures.newest(indicator.indicator_id, area_id, group_id or indicator.default_group)
        if row is not None:
            return row
    return None
