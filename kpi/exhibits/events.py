"""The events and series breaks that are drawn in a development."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import assert_never

from kpi.charts.marks import EventMark, Line
from kpi.charts.timeline import season
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.model import Indicator
from kpi.domain.plan import Event
from kpi.domain.wording import listing
from kpi.exhibits.parts import inside


def events_of(
    indicator: Indicator, focus_id: str, lines: Sequence[Line], catalog: Catalog
) -> tuple[EventMark, ...]:
    """The events of the indicator's theme (or of all themes) in the focus area, oldest first.

    Breaks in the indicator's own series are among them. Events of an area around the focus area,
    and of no area, are included; those of areas within it are not: a programme of some families
    does not move a municipality's figure. Only events between the first and the last period drawn.
    """
    around = _with_parents(focus_id, catalog)
    points = [point for line in lines for point in line.points]
    days = [point.period.end for point in points]
    # A break parts what begins before it from what ends on its day or later.
    begun = min(point.period.start for point in points)
    marks = [
        replace(event_mark(event), area=_area_name(event.area_id, catalog))
        for event in catalog.events
        if event.theme_id in ("", indicator.theme_id) and event.area_id in around
    ]
    marks += [
        EventMark(
            series_break.day,
            series_break.day,
            f"brud i serien, {series_break.title}",
            fmt.long_date(series_break.day),
            is_break=True,
        )
        for series_break in indicator.breaks
    ]
    marks.sort(key=lambda mark: mark.last)
    return tuple(
        mark
        for mark in marks
        if (begun < mark.first if mark.is_break else mark.last >= min(days))
        and mark.first <= max(days)
    )


def break_remark(events: Sequence[EventMark]) -> str:
    """`Brud i serien 1. juli 2025: Tal før og efter kan ikke sammenlignes.`; empty without any."""
    days = [event.when for event in events if event.is_break]
    if not days:
        return ""
    return f"Brud i serien {listing(days)}: Tal før og efter kan ikke sammenlignes."


def _with_parents(area_id: str, catalog: Catalog) -> set[str]:
    """The area, every area that it lies in, and no area."""
    area_ids = {""}
    next_id: str | None = area_id
    while next_id and next_id in catalog.areas and next_id not in area_ids:
        area_ids.add(next_id)
        next_id = catalog.areas[next_id].parent_id
    return area_ids


def _area_name(area_id: str, catalog: Catalog) -> str:
    return catalog.areas[area_id].name if area_id in catalog.areas else ""


def event_mark(event: Event) -> EventMark:
    """An event as long as it may have lasted, its name without the time (`when`)."""
    first, last, when = event.day, event.day, fmt.partial_date(event.date)
    match event.precision:
        case "day":
            pass
        case "month":
            first = event.day.replace(day=1)
        case "season":
            first, last = season(event.day)
            when = _season_name(first, last)
        case _:
            assert_never(event.precision)
    return EventMark(first, last, event.title.removesuffix(f" ({when})"), when)


def _season_name(first: date, last: date) -> str:
    """`forår 2024`, and `vinter 2024-2025`, which lies in two years."""
    name = {3: "forår", 6: "sommer", 9: "efterår", 12: "vinter"}[first.month]
    return f"{name} {first.year}" + (f"-{last.year}" if last.year != first.year else "")


def events_remark(events: Sequence[EventMark]) -> str:
    """`Hændelser i Viby Syd: 1 Opgang til Opgang starter (juni 2024).`; empty without any.

    Where they are of several areas, each says its own.
    """
    if not events:
        return ""
    areas = list(dict.fromkeys(event.area for event in events))
    heading = f"Hændelser {inside(areas[0])}" if len(areas) == 1 and areas[0] else "Hændelser"
    listed = "; ".join(
        f"{number} {event.name} ({_where(event, areas)}{event.when})"
        for number, event in enumerate(events, start=1)
    )
    return f"{heading}: {listed}."


def _where(event: EventMark, areas: Sequence[str]) -> str:
    return f"{event.area}, " if event.area and len(areas) > 1 else ""
