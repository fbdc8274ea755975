"""What an area is, in a line: its kind, where it lies, since when and until when it is one."""

from kpi.domain import format as fmt
from kpi.domain.area_changes import taken_over
from kpi.domain.catalog import Catalog
from kpi.domain.model import Area
from kpi.domain.vocabulary import LEVEL_NAMES
from kpi.domain.wording import listing

_LEVELS = {
    **LEVEL_NAMES,
    "country": "Det, som kommunerne sammenlignes med",
    "programme_area": "Område",
}


def area_line(area: Area, catalog: Catalog) -> str:
    """What kind of area it is, where, and in which set: `Kommune · 6-byerne`."""
    parent = catalog.areas.get(area.parent_id or "")
    sets = [area_set.name for area_set in catalog.sets_of(area.area_id)]
    if area.is_local and parent is not None:
        parts = [sets[0] if sets else _LEVELS[area.level], parent.name]
    else:
        parts = [_LEVELS[area.level], *sets]
    return " · ".join([*parts, *_life(area, catalog)])


def _life(area: Area, catalog: Catalog) -> list[str]:
    """From when to when it is an area, and what came before and after it."""
    before = taken_over(area, catalog)
    after = [
        catalog.areas[successor_id].name
        for successor_id in area.succeeded_by
        if successor_id in catalog.areas
    ]
    parts = []
    if area.valid_from:
        first = f"fra {fmt.partial_date(area.valid_from)}"
        former = before.pop(area.valid_from, [])
        parts.append(f"{first}, før {listing(former)}" if former else first)
    # What was there already has grown.
    for day, names in before.items():
        parts.append(f"fra {fmt.partial_date(day)} også {listing(names)}" if day
                     else f"også {listing(names)}")  # fmt: skip
    if area.valid_to:
        last = f"til {fmt.partial_date(area.valid_to)}"
        parts.append(f"{last}, derefter {listing(after)}" if after else last)
    if catalog.is_retired(area):
        parts.append(f"udgået {fmt.partial_date(area.retired)}")
    return parts
