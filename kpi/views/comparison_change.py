"""What stays of a comparison when another indicator is chosen: whatever it has figures of."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from kpi.domain.area_presets import areas_of, is_preset
from kpi.domain.catalog import Catalog
from kpi.domain.selection import Selection
from kpi.store import Store
from kpi.views.focus import areas_to_draw


def with_indicator(
    store: Store, catalog: Catalog, selection: Selection, indicator_id: str, home_id: str
) -> Selection:
    """The comparison of another indicator: its areas that have figures, its groups, its diagram.

    Where no chosen area has a figure the usual ones come instead, in all periods as always: another
    indicator begins and ends elsewhere. Of the groups that were not chosen, that comes in place
    which has figures of most of the areas.
    """
    other = replace(selection, noegletal=indicator_id, omraader=(), grupper=(), fra="", til="")
    known = _areas_by_group(store, catalog, [indicator_id])[indicator_id]
    wanted = set(areas_of(selection.omraader, home_id, indicator_id, catalog))
    groups = [group_id for group_id in selection.grupper if wanted & known.get(group_id, set())]
    if not groups:
        best = _group_of_most(wanted, known)
        groups = [best] if best else []
    areas = set().union(*(known[group_id] for group_id in groups))
    kept = [
        name
        for name in selection.omraader
        if areas & set(areas_of([name], home_id, indicator_id, catalog))
    ]
    if not kept:
        return other
    names = [name for name in kept if not is_preset(name, catalog)]
    drawn = areas_to_draw(names, catalog.indicator(indicator_id), catalog) if names else ()
    kept = [name for name in kept if name in drawn or is_preset(name, catalog)]
    return replace(other, omraader=tuple(kept), grupper=tuple(groups))


def groups_of_areas(
    store: Store, catalog: Catalog, selections: Sequence[Selection], home_id: str
) -> list[str]:
    """For each comparison the group that has figures of most of its areas and sets.

    Empty where none has of any. The indicator's own group is taken where no other has more.
    """
    known = _areas_by_group(store, catalog, [each.noegletal for each in selections])
    return [
        _group_of_most(
            set(areas_of(each.omraader, home_id, each.noegletal, catalog)), known[each.noegletal]
        )
        for each in selections
    ]


def _group_of_most(wanted: Set[str], known: Mapping[str, Set[str]]) -> str:
    reach = {group_id: len(wanted & areas) for group_id, areas in known.items()}
    best = max(reach, key=lambda group_id: reach[group_id], default="")
    return best if reach.get(best) else ""


def _areas_by_group(
    store: Store, catalog: Catalog, indicator_ids: Sequence[str]
) -> dict[str, dict[str, set[str]]]:
    """Of each indicator the areas that have figures of each group: the usual groups first."""
    known = store.areas_by_group(indicator_ids) if indicator_ids else {}
    offered = [group.group_id for group in catalog.offered_groups()]
    by_indicator = {}
    for indicator_id in indicator_ids:
        usual = [each.default_group for each in catalog.by_theme(catalog.indicator(indicator_id))]
        by_indicator[indicator_id] = {
            group_id: areas
            for group_id in dict.fromkeys([*usual, *offered])
            if (areas := known.get((indicator_id, group_id)))
        }
    return by_indicator
