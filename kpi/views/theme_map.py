"""The map of an indicator on its theme's page: the same as on Sammenlign, seen from the area."""

from kpi.domain.catalog import Catalog
from kpi.domain.model import Indicator
from kpi.domain.selection import Selection
from kpi.exhibits import Exhibit
from kpi.exhibits.tile_map import FEWEST
from kpi.store import Store
from kpi.views.comparison import comparison_view
from kpi.views.shown_period import shown_periods


def may_be_mapped(store: Store, catalog: Catalog, indicator: Indicator, group_id: str) -> bool:
    """Whether what is shown of a group is of enough municipalities; hidden ones count too."""
    if indicator.is_total or not catalog.tiles:
        return False
    shown = shown_periods(store.coverage(indicator.indicator_id)).get(group_id)
    return shown is not None and shown.municipalities >= FEWEST


def indicator_map(
    store: Store,
    catalog: Catalog,
    indicator: Indicator,
    group_id: str,
    home_id: str,
    among: str = "",
) -> Exhibit | None:
    """The map of the newest figures of a group; None where too few of them may be shown.

    `among` is the set that the reader chose to compare with.
    """
    if not may_be_mapped(store, catalog, indicator, group_id):
        return None
    wanted = Selection(
        "sammenlign", noegletal=indicator.indicator_id, grupper=(group_id,), diagram="kort",
        omraader=(home_id, among) if among else (home_id,),
    )  # fmt: skip
    return next(iter(comparison_view(store, catalog, wanted, home_id).exhibits), None)
