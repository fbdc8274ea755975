"""Which areas a page is about, which they are compared with, and whose figure comes first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kpi.domain.area_presets import is_preset, preset
from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.model import Area, AreaSet, Indicator, Observation
from kpi.store import Store


@dataclass(frozen=True)
class Focus:
    """Which areas a page is about: `area_ids` of every indicator, and `schools` of some.

    A municipality has many schools: they are those of an indicator that none of the areas has a
    figure of, and that would else be said to have none.
    """

    area_ids: tuple[str, ...]
    schools: Mapping[str, tuple[str, ...]]

    def of(self, indicator_id: str) -> tuple[str, ...]:
        """The areas that the page is about, of an indicator."""
        return (*self.area_ids, *self.schools.get(indicator_id, ()))

    @property
    def all_ids(self) -> tuple[str, ...]:
        """Every area that is one of some indicator's."""
        schools = (area_id for area_ids in self.schools.values() for area_id in area_ids)
        return (*self.area_ids, *dict.fromkeys(schools))

    def holds(self, key: tuple[str, str, str]) -> bool:
        """Whether the area of a series (indicator, area, group) is one of its indicator's."""
        return key[1] in self.of(key[0])


def focus_of(store: Store, catalog: Catalog, indicator_ids: Sequence[str], area_id: str) -> Focus:
    """The areas in focus of each of the indicators, seen from an area."""
    area_ids = areas_in_focus(area_id, catalog)
    schools = [
        area.area_id
        for area in catalog.areas.values()
        if area.level == "school"
        and not catalog.is_retired(area)
        and _is_in(area, area_id, catalog)
    ]
    if not schools:
        return Focus(area_ids, {})
    known = store.known_areas(indicator_ids, [*area_ids, *schools])
    alone = {
        indicator_id: tuple(school for school in schools if (indicator_id, school) in known)
        for indicator_id in indicator_ids
        if not any((indicator_id, own) in known for own in area_ids)
    }
    return Focus(area_ids, {key: area_ids for key, area_ids in alone.items() if area_ids})


def _is_in(area: Area, area_id: str, catalog: Catalog) -> bool:
    """Whether an area lies within another one, at whatever depth."""
    above, seen = area.parent_id, set[str]()
    while above and above != area_id and above not in seen:
        seen.add(above)
        parent = catalog.areas.get(above)
        above = parent.parent_id if parent else None
    return above == area_id


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


def sets_to_compare(
    area_id: str, catalog: Catalog, among: str = "", indicator_id: str = ""
) -> tuple[AreaSet, ...]:
    """The sets whose members an area is drawn and placed among: the one asked for, else its own.

    One that the area is no member of, or that has no areas, leaves its own.
    """
    if among and is_preset(among, catalog):
        chosen = preset(among, catalog.areas[area_id], indicator_id, catalog)
        if chosen is not None and area_id in chosen.area_ids:
            return (chosen,)
    return catalog.sets_of(area_id)


def areas_to_compare(
    area_id: str, catalog: Catalog, among: str = "", indicator_id: str = ""
) -> tuple[str, ...]:
    """The country, the parent, fellow members of the area's sets, areas beside a programme area.

    `among` is the set to take in place of its own, such as the municipalities most like it.
    """
    area = catalog.areas[area_id]
    country = catalog.country()
    area_ids = [country.area_id] if country else []
    area_ids += [area.parent_id] if area.parent_id else []
    area_ids += [
        member_id
        for area_set in sets_to_compare(area_id, catalog, among, indicator_id)
        for member_id in area_set.area_ids
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
