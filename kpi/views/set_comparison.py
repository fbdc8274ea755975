"""Sammenlign with an indicator and a set of areas: the way there, where there are figures."""

from collections.abc import Collection, Sequence

from kpi.domain.area_presets import areas_of
from kpi.domain.catalog import Catalog
from kpi.domain.selection import Selection


def in_set(
    indicator_id: str,
    set_id: str,
    home_id: str,
    known: Collection[tuple[str, str]],
    catalog: Catalog,
    *,
    whose: str = "",
) -> Selection | None:
    """An indicator in the areas of a set; None without figures of the first and another one.

    The set is that of the home area's municipality, or of `whose`. `known` are the indicators with
    the areas that they have figures of: (indicator_id, area_id).
    """
    names = (whose, set_id) if whose else (set_id,)
    if not are_compared(indicator_id, areas_of(names, home_id, indicator_id, catalog), known):
        return None
    return Selection("sammenlign", noegletal=indicator_id, omraader=names)


def are_compared(
    indicator_id: str, area_ids: Sequence[str], known: Collection[tuple[str, str]]
) -> bool:
    """Whether the first of the areas, and another one, have figures of the indicator."""
    has = [(indicator_id, area_id) in known for area_id in area_ids]
    return any(has[:1]) and any(has[1:])
