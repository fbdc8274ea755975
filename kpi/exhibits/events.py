"""The events that a development may be seen beside."""

from collections.abc import Sequence
from datetime import date

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.charts.marks import EventMark, Line
from kpi.charts.timeline import season
from kpi.model import Indicator, Observation
from kpi.plan import Event


def events_of(
    indicator: Indicator, rows: Sequence[Observation], lines: Sequence[Line], catalog: Catalog
) -> tuple[EventMark, ...]:
    """The events of the indicator's theme (or of all) in the areas drawn or within them.

    Oldest first; only those between the first and the last period of the lines.
    """
    areas = {row.area_id for row in rows}
    days = [point.period.end for line in lines for point in line.points]
    marks = [
        event_mark(one)
        for one in catalog.events
        if one.theme_id in ("", indicator.theme_id) and _within(one.area_id, areas, catalog)
    ]
    return tuple(one for one in marks if one.last >= min(days) and one.first <= max(days))


def _within(area_id: str, areas: set[str], catalog: Catalog) -> bool:
    area = catalog.areas.get(area_id)
    # Programme areas among the areas drawn: an event of one is not the others' doing.
    if not area_id or area_id in areas:
        return True
    return (
        area is not None
        and area.parent_id in areas
        and not any(catalog.areas[one].level == "programme_area" for one in areas)
    )


def event_mark(one: Event) -> EventMark:
    """An event as long as it may have lasted; its name without the time, which stands beside it."""
    if one.precision == "season":
        first, last = season(one.day)
        when = _season_name(first, last)
    else:
        first, last = (one.day if one.precision == "day" else one.day.replace(day=1)), one.day
        when = fmt.partial_date(one.date)
    return EventMark(first, last, one.title.removesuffix(f" ({when})"), when)


def _season_name(first: date, last: date) -> str:
    """`forår 2024`, and `vinter 2024-2025`, which lies in two years."""
    name = {3: "forår", 6: "sommer", 9: "efterår", 12: "vinter"}[first.month]
    return f"{name} {first.year}" + (f"-{last.year}" if last.year != first.year else "")


def events_remark(events: Sequence[EventMark]) -> str:
    """`Hændelser: 1 Opgang til Opgang starter i Viby Syd (juni 2024).`; empty without any."""
    if not events:
        return ""
    told = "; ".join(
        f"{number} {one.name} ({one.when})" for number, one in enumerate(events, start=1)
    )
    return f"Hændelser: {told}."
