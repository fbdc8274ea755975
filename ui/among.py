"""The box of the set that an area is drawn and placed among: its own, those like it, its region."""

from kpi.domain.area_presets import preset_name, sets_beside
from kpi.domain.catalog import Catalog
from kpi.domain.wording import capital
from ui.choose import choose_one


def choose_among(catalog: Catalog, area_id: str, wanted: str, key: str) -> str:
    """The set's id, empty for the area's own; no box where there is no other to choose."""
    area, own = catalog.areas[area_id], catalog.sets_of(area_id)
    own_id = own[0].set_id if own else ""
    offered = ("", *(name for name in sets_beside(area_id, catalog) if name != own_id))
    if len(offered) < 2:
        return ""

    def name_of(name: str) -> str:
        """A set's name with a capital letter."""
        if name:
            return capital(preset_name(name, area, catalog))
        return capital(own[0].name) if own else "Ingen andre kommuner"

    return choose_one("Vis sammen med", offered, wanted, name_of, key=f"{key}-{area_id}")
