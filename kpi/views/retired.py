"""What a page that is shown by its address says of things that are no longer in use."""

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.model import Area, Indicator, PopulationGroup
from kpi.domain.selection import Selection
from kpi.domain.wording import shortlist


def retired_notes(selection: Selection, catalog: Catalog) -> tuple[str, ...]:
    """One sentence of the indicator, areas and groups that are out of use; none where none are."""
    chosen: list[Indicator | Area | PopulationGroup | None] = [
        catalog.indicators.get(selection.noegletal),
        # An address may also name sets of areas.
        *map(catalog.areas.get, selection.omraader),
        *map(catalog.groups.get, selection.grupper),
    ]
    retired = [
        f"»{entry.name}« (fra {fmt.partial_date(entry.retired)})"
        for entry in chosen
        if entry and catalog.is_retired(entry)
    ]
    if not retired:
        return ()
    return (
        f"Taget ud af brug og kan ikke længere vælges: {shortlist(retired)}. Tallene bliver "
        "stående her.",
    )
