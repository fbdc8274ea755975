"""What is counted since a day in several programme areas that did not begin at one time."""

from collections.abc import Sequence

from kpi.domain.catalog import Catalog
from kpi.domain.model import Observation
from kpi.domain.wording import UNKNOWN, Badge, listing
from kpi.exhibits.events import event_mark


def unequal_time(rows: Sequence[Observation], catalog: Catalog) -> str:
    """`Opgang til Opgang starter i Viby Syd (juni 2024): Tallene er ikke talt over lige lang tid.`

    Of the plan's events in a programme area the first within what its figures are counted over.
    Empty where they are not counted since a day, and where all areas or none have such an event.
    """
    since = {
        row.area_id: row.period
        for row in rows
        if row.measured == "since" and catalog.areas[row.area_id].level == "programme_area"
    }
    begun: dict[str, str] = {}
    for event in sorted(catalog.events, key=lambda event: event.date):
        period, mark = since.get(event.area_id), event_mark(event)
        if period is not None and period.start < mark.first <= period.end:
            begun.setdefault(event.area_id, f"{mark.name} ({mark.when})")
    if not begun or len(begun) == len(since):
        return ""
    return f"{listing([*begun.values()])}: Tallene er ikke talt over lige lang tid."


def unequal_time_badges(rows: Sequence[Observation], catalog: Catalog) -> tuple[Badge, ...]:
    """That numbers which stand beside each other without their chart are counted unequally long."""
    if not unequal_time(rows, catalog):
        return ()
    return (Badge(UNKNOWN, "Ikke talt over lige lang tid"),)
