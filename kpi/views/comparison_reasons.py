"""Why a diagram cannot be made of figures that exist, and where they are seen instead."""

from collections.abc import Sequence

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.measure import comparable_value, share
from kpi.domain.model import Indicator, Observation
from kpi.domain.period_words import when_row
from kpi.domain.selection import DIAGRAMS, Selection
from kpi.domain.wording import capital, in_text, people, shortlist
from kpi.exhibits.funnel import FEWEST
from kpi.exhibits.tile_map import FEWEST as FEWEST_ON_MAP


def unrankable(indicator: Indicator, selection: Selection, catalog: Catalog) -> list[str]:
    """Why areas are not put in order, where that would mislead."""
    if indicator.is_total:
        return [
            "Antal afhænger af områdets størrelse. Derfor vises hverken placering eller forskel."
        ]
    local = {
        catalog.areas[area_id].level
        for area_id in selection.omraader
        if catalog.areas[area_id].is_local
    }
    if local and selection.diagram == "rangering":
        named = local == {"programme_area"}
        areas = "Opgang til Opgang-områderne" if named else "Områder i en kommune"
        return [f"{areas} er små og får ingen placering. Se dem under {DIAGRAMS['udvikling']}."]
    return []


def impossible(
    indicator: Indicator,
    group_id: str,
    rows: Sequence[Observation],
    selection: Selection,
    with_figures: Sequence[str],
    catalog: Catalog,
) -> list[str]:
    """Why a diagram of areas cannot be made of figures that exist, and where they are seen."""
    if indicator.is_total or unrankable(indicator, selection, catalog):
        return []
    chosen = [area_id for area_id in selection.omraader if area_id in with_figures]
    if not rows or not chosen:
        return []
    whose = f" ({people(catalog.groups[group_id].name)})" if len(selection.grupper) > 1 else ""
    name = f"{in_text(indicator.name)}{whose}"
    seen = f"Se tallene under {DIAGRAMS['udvikling']}."
    called = DIAGRAMS[selection.diagram or "udvikling"]
    period = when_row(rows[0], indicator, catalog)
    present = {row.area_id: row for row in rows if comparable_value(row, indicator) is not None}
    if selection.diagram == "tragt":
        counted = sum(share(row, indicator) is not None for row in rows)
        known = f"Kun {fmt.count_word(counted)} har" if counted else "Ingen har"
        return [
            f"{called} kræver mindst {fmt.count_word(FEWEST)} områder med både tæller og nævner. "
            f"{known} dem for {name} {period}. {seen}"
        ]
    if selection.diagram == "kort":
        placed = sum(area_id in catalog.tiles for area_id in present)
        return [
            f"{called} kræver tal for mindst {FEWEST_ON_MAP} kommuner og noget at sammenligne dem "
            f"med. {capital(fmt.count_word(placed))} kommuner har tal for {name} {period}. {seen}"
        ]
    if not any(area_id in present for area_id in chosen):
        areas = shortlist([catalog.areas[area_id].name for area_id in chosen])
        return [f"{areas} har ingen tal for {name} {period}. {seen}"]
    if selection.diagram == "afstand":
        return [
            f"{called} kræver et tal for hele landet eller en median af de andre kommuner. Det "
            f"findes ikke for {name} {period}. {seen}"
        ]
    if selection.diagram == "rangering":
        levels = (catalog.areas[area_id].level for area_id in chosen)
        level = next((level for level in levels if level != "country"), "municipality")
        count = sum(catalog.areas[area_id].level == level for area_id in present)
        noun = "kommuner" if level == "municipality" else "områder"
        return [
            f"{called} kræver mindst {fmt.count_word(3)} {noun}. {capital(fmt.count_word(count))} "
            f"har tal for {name} {period}. {seen}"
        ]
    raise AssertionError(f"no reason is known why {selection.diagram} cannot be made")


def too_short(indicator: Indicator) -> str:
    """Why there are figures and no small charts."""
    return (
        f"{DIAGRAMS['smaa']} kræver tal for mindst to perioder af samme slags. Det har "
        f"{in_text(indicator.name)} ikke i det valgte. Se tallene under "
        f"{DIAGRAMS['udvikling']}."
    )
