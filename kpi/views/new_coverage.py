"""What a file covers of a new indicator: areas, periods and groups, in one line."""

from collections import Counter
from collections.abc import Mapping
from operator import attrgetter

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.period import parse_period
from kpi.domain.vocabulary import LEVEL_NOUNS, PERIOD_KIND_NAMES, PERIOD_KIND_PLURALS
from kpi.domain.wording import in_text, listing, place
from kpi.store.new_facts import NewFacts

_NOUNS: Mapping[str, str] = {**LEVEL_NOUNS, "programme_area": "programområder"}
_MOST_NAMED = 3


def coverage(facts: NewFacts, catalog: Catalog) -> str:
    """`hele landet og 98 kommuner · 60 måneder, august 2021 til juli 2026 · alle`."""
    return " · ".join(
        filter(None, (_areas(facts, catalog), _periods(facts), _groups(facts, catalog)))
    )


def _areas(facts: NewFacts, catalog: Catalog) -> str:
    areas = [catalog.areas[area_id] for area_id in facts.area_ids if area_id in catalog.areas]
    levels = Counter(area.level for area in areas)
    parts = []
    for level, count in levels.items():
        names = [area.name for area in areas if area.level == level]
        is_named = count == 1 or len(areas) <= _MOST_NAMED
        noun = _NOUNS.get(level, "områder")
        parts += list(map(place, names)) if is_named else [fmt.counted(count, noun, noun)]
    return listing(parts)


def _periods(facts: NewFacts) -> str:
    periods = sorted(map(parse_period, facts.periods), key=attrgetter("order"))
    if len(periods) <= 1:
        return periods[0].name() if periods else ""
    kinds = Counter(period.kind for period in periods)
    counts = [
        fmt.counted(count, PERIOD_KIND_NAMES[kind], PERIOD_KIND_PLURALS[kind])
        for kind, count in kinds.items()
    ]
    return f"{listing(counts)}, {periods[0].name()} til {periods[-1].name()}"


def _groups(facts: NewFacts, catalog: Catalog) -> str:
    names = [
        in_text(catalog.groups[group_id].name)
        for group_id in facts.group_ids
        if group_id in catalog.groups
    ]
    if len(names) > _MOST_NAMED:
        return fmt.counted(len(names), "gruppe", "grupper")
    return listing(names)
