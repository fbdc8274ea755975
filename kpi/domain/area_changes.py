"""Areas that were merged and split: what each took over of which, and from when."""

from collections.abc import Sequence
from datetime import date, timedelta

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.model import Area, Observation
from kpi.domain.wording import capital, listing, shortlist


def taken_over(area: Area, catalog: Catalog) -> dict[str, list[str]]:
    """By the first day what the area took over: `Fanø`, or of a split area `en del af Gammelby`."""
    parts: dict[str, list[str]] = {}
    for before in catalog.predecessors(area.area_id):
        name = before.name if len(before.succeeded_by) == 1 else f"en del af {before.name}"
        parts.setdefault(_day_after(before.valid_to), []).append(name)
    return dict(sorted(parts.items()))


def grown_areas_remark(rows: Sequence[Observation], catalog: Catalog) -> str:
    """Which of the drawn areas took over others between their first and last drawn figure.

    Their figures before and after are of different places. Empty where none did.
    """
    if not any(area.succeeded_by for area in catalog.areas.values()):
        return ""
    spans: dict[str, tuple[date, date]] = {}
    for row in rows:
        first, last = spans.get(row.area_id, (row.period.start, row.period.end))
        spans[row.area_id] = min(first, row.period.start), max(last, row.period.end)
    grown = [
        f"{catalog.areas[area_id].name} omfatter fra {fmt.long_date(date.fromisoformat(day))} "
        f"også {listing(names)}"
        for area_id, (first, last) in spans.items()
        for day, names in taken_over(catalog.areas[area_id], catalog).items()
        if day and first.isoformat() < day <= last.isoformat()
    ]
    return f"{capital(shortlist(grown))}." if grown else ""


def _day_after(last: str) -> str:
    return (date.fromisoformat(last) + timedelta(days=1)).isoformat() if len(last) == 10 else ""
