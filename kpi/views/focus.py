"""Which areas a page is about, which they are compared with, and whose figure comes first."""

from collections.abc import Iterable, Sequence

from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.model import Indicator, Observation


def areas_in_focus(area_id: str, catalog: Catalog) -> tuple[str, ...]:
    """The area itself, then the programme and housing areas and parishes within it, if offered."""
    within = [
        area
        for area in catalog.areas.values()
        if area.parent_id == area_id and area.is_residential and not catalog.is_retired(area)
    ]
    # Programme areas first: of most indicators they are the ones that have figures.
    within.sort(key=lambda area: area.level != "programme_area")
    return (area_id, *(area.area_id for area in within))


def own_first(area_ids: Iterable[str], home_id: str, catalog: Catalog) -> list[str]:
    """Areas each once, those that the pages are about before others of the same file."""
    own = areas_in_focus(home_id, catalog)
    return sorted(dict.fromkeys(area_ids), key=lambda area_id: area_id not in own)


def areas_to_compare(area_id: str, catalog: Catalog) -> tuple[str, ...]:
    """The country, the parent, fellow members of the area's sets, areas beside a programme area."""
    area = catalog.areas[area_id]
    country = catalog.country()
    area_ids = [country.area_id] if country else []
    area_ids += [area.parent_id] if area.parent_id else []
    area_ids += [
        member_id for area_set in catalog.sets_of(area_id) for member_id in area_set.area_ids
    ]
    if area.is_residential:
        area_ids += [sibling.area_id for sibling in catalog.siblings(area)]
    return tuple(other_id for other_id in dict.fromkeys(area_ids) if other_id != area_id)


def areas_to_draw(
    area_ids: Sequence[str], indicator: Indicator, catalog: Catalog
) -> tuple[str, ...]:
    """The areas to draw in one chart, the first of them strong.

    A count of the country would press all others flat against the axis, and says nothing of them.
    """
    country = catalog.country()
    if not indicator.is_total or country is None or area_ids[0] == country.area_id:
        return tuple(area_ids)
    return tuple(area_id for area_id in area_ids if area_id != country.area_id)


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
