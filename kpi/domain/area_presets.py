"""Sets of areas that are chosen by one name: those of the tables, and those of a municipality.

An address carries the name, so that it shows the areas of the day it is opened: `similar` are
others for each indicator. The municipality whose sets they are is the first one among the chosen
areas that is one or lies in one, else the home area's.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, assert_never, get_args

from kpi.domain.catalog import SIMILAR, Catalog
from kpi.domain.errors import KpiError, choices_hint
from kpi.domain.model import Area, AreaSet

# Those of a municipality: most like it, of its region, and all.
OwnPreset = Literal["similar", "region", "all"]
ALL: OwnPreset = "all"
OWN_PRESETS: tuple[OwnPreset, ...] = get_args(OwnPreset)


def is_preset(name: str, catalog: Catalog) -> bool:
    """Whether a name is that of a set; an area of the same name comes first."""
    return name not in catalog.areas and (name in OWN_PRESETS or name in catalog.area_sets)


def check_area_or_preset(name: str, catalog: Catalog) -> None:
    """Raises KpiError, with the nearest areas, for what is neither an area nor a set."""
    if not is_preset(name, catalog):
        catalog.area(name)


def municipality_for(names: Sequence[str], home_id: str, catalog: Catalog) -> Area | None:
    """The municipality whose sets are meant: of the first chosen area in one, else of the home."""
    chosen = (catalog.areas[name] for name in (*names, home_id) if name in catalog.areas)
    return next(filter(None, map(catalog.municipality_of, chosen)), None)


def preset(name: str, own: Area | None, indicator_id: str, catalog: Catalog) -> AreaSet | None:
    """The set of this name with its areas, the municipality's own first; None where it has none."""
    if name in catalog.area_sets:
        members = catalog.area_sets[name]
        return AreaSet(name, members.name, _own_first(members.area_ids, own))
    for own_preset in OWN_PRESETS:
        if name == own_preset:
            return _of_municipality(own_preset, own, indicator_id, catalog)
    raise KpiError("Ukendt områdesæt", f"Områdesættet »{name}« findes ikke.")


def _of_municipality(
    name: OwnPreset, own: Area | None, indicator_id: str, catalog: Catalog
) -> AreaSet | None:
    match name:
        case "similar":
            return catalog.similar_to(own, indicator_id) if own else None
        case "region":
            return _region(own, catalog) if own else None
        case "all":
            areas = _municipalities(catalog)
            return AreaSet(name, "alle kommuner", _own_first([a.area_id for a in areas], own))
    assert_never(name)


def _region(own: Area, catalog: Catalog) -> AreaSet | None:
    region = catalog.areas.get(own.region_id)
    if region is None:
        return None
    members = [area.area_id for area in _municipalities(catalog) if area.region_id == own.region_id]
    return AreaSet("region", f"kommuner i {region.name}", _own_first(members, own))


def _municipalities(catalog: Catalog) -> Iterator[Area]:
    for area in catalog.areas.values():
        if area.level == "municipality" and not catalog.is_retired(area):
            yield area


def _own_first(area_ids: Sequence[str], own: Area | None) -> tuple[str, ...]:
    own_id = own.area_id if own else ""
    return tuple(sorted(area_ids, key=lambda area_id: area_id != own_id))


def areas_of(
    names: Sequence[str], home_id: str, indicator_id: str, catalog: Catalog
) -> tuple[str, ...]:
    """The areas that are meant by areas and sets, each once, in their order."""
    own = municipality_for(names, home_id, catalog)
    area_ids: list[str] = []
    for name in names:
        if is_preset(name, catalog):
            members = preset(name, own, indicator_id, catalog)
            area_ids += members.area_ids if members else ()
        else:
            area_ids.append(name)
    return tuple(dict.fromkeys(area_ids))


def chosen_set(
    names: Sequence[str], home_id: str, indicator_id: str, catalog: Catalog
) -> AreaSet | None:
    """The first chosen set of municipalities: what a municipality is then compared with.

    None without one. All municipalities together are no choice among them. Those that are like a
    municipality are without it.
    """
    own = municipality_for(names, home_id, catalog)
    for name in names:
        if name != ALL and is_preset(name, catalog):
            members = preset(name, own, indicator_id, catalog)
            if members is not None:
                area_ids = tuple(
                    area_id
                    for area_id in members.area_ids
                    if catalog.areas[area_id].level == "municipality"
                    and not (name == SIMILAR and own is not None and area_id == own.area_id)
                )
                if area_ids:
                    return AreaSet(name, members.name, area_ids)
    return None


def offered_presets(own: Area | None, indicator_id: str, catalog: Catalog) -> tuple[AreaSet, ...]:
    """The sets to choose from, those of the table first; without those that have no areas."""
    names = (*catalog.area_sets, *OWN_PRESETS)
    sets = (preset(name, own, indicator_id, catalog) for name in names)
    return tuple(filter(None, sets))


def sets_beside(area_id: str, catalog: Catalog) -> tuple[str, ...]:
    """The sets that an area can be drawn among on a page: its own, those like it, its region's."""
    own = catalog.areas[area_id]
    names = [area_set.set_id for area_set in catalog.sets_of(area_id)]
    if own.level == "municipality":
        names += [
            name for name in (SIMILAR, "region") if preset(name, own, "", catalog) is not None
        ]
    return tuple(names)


def check_set_beside(name: str, catalog: Catalog) -> None:
    """Raises KpiError for what is no set that an area can be drawn among."""
    offered = (*catalog.area_sets, SIMILAR, "region")
    if name not in offered:
        raise KpiError(
            "Ukendt områdesæt",
            f"Områdesættet »{name}« findes ikke. {choices_hint(name, offered)}",
        )


def preset_name(name: str, own: Area | None, catalog: Catalog) -> str:
    """What a set is called within a sentence, also where it has no areas: `kommuner som Aarhus`."""
    whose = own.name if own else "den valgte"
    match name:
        case "similar":
            return f"kommuner som {whose}"
        case "region":
            region = catalog.areas.get(own.region_id) if own else None
            return f"kommuner i {region.name}" if region else f"kommuner i samme region som {whose}"
        case "all":
            return "alle kommuner"
    return catalog.area_sets[name].name


def why_empty(name: str, own: Area | None, catalog: Catalog) -> str:
    """Why a set has no areas."""
    called = preset_name(name, own, catalog)
    if name == SIMILAR:
        return f"Der er ikke strukturtal nok til at finde {called}."
    return f"Spor kender ingen {called}."
