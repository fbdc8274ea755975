"""Why a diagram cannot be made of figures that exist, and where they are seen instead."""

from collections.abc import Callable, Mapping, Sequence
from typing import assert_never

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.measure import comparable_value, share
from kpi.domain.model import Indicator, Observation
from kpi.domain.period_words import when_row
from kpi.domain.selection import DIAGRAMS, Diagram, Selection
from kpi.domain.vocabulary import PeriodKind
from kpi.domain.wording import capital, in_text, listing, people, shortlist
from kpi.exhibits.distance import can_be_distances
from kpi.exhibits.funnel import FEWEST, can_be_funnel
from kpi.exhibits.places import can_be_ranked
from kpi.exhibits.tile_map import FEWEST as FEWEST_ON_MAP
from kpi.exhibits.tile_map import can_be_mapped


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


_DEPENDS_ON_SIZE = "antal afhænger af områdets størrelse"
_CAN_BE: Mapping[
    Diagram, Callable[[Sequence[Observation], Sequence[str], Indicator, Catalog], bool]
] = {
    "rangering": can_be_ranked, "afstand": can_be_distances, "kort": can_be_mapped,
    "tragt": can_be_funnel,
}  # fmt: skip


def unavailable(
    indicator: Indicator,
    selection: Selection,
    newest: Mapping[str, Sequence[Observation]],
    kinds: Sequence[PeriodKind],
    catalog: Catalog,
) -> dict[Diagram, str]:
    """The diagrams that none of the chosen groups fills, and why in a few words.

    `newest` are all areas' rows of each group's newest chosen period, `kinds` those of the chosen
    periods, each as often as it has one.
    """
    reasons: dict[Diagram, str] = {}
    for diagram, can_be in _CAN_BE.items():
        if indicator.is_total:
            reasons[diagram] = _DEPENDS_ON_SIZE
        elif not any(
            can_be(rows, selection.omraader, indicator, catalog) for rows in newest.values()
        ):
            reasons[diagram] = _why_not(diagram, indicator, newest)
    if all(kinds.count(kind) < 2 for kind in kinds):
        reasons["smaa"] = "der er kun tal for én periode"
    return reasons


def _why_not(
    diagram: Diagram, indicator: Indicator, newest: Mapping[str, Sequence[Observation]]
) -> str:
    """Why a diagram of one period cannot be filled, in a few words."""
    match diagram:
        case "rangering":
            return "færre end tre kommuner har tal"
        case "afstand":
            return "de valgte områder eller det, de skal sammenlignes med, har ingen tal"
        case "kort":
            return f"færre end {FEWEST_ON_MAP} kommuner har tal"
        case "tragt":
            counted = any(share(row, indicator) for rows in newest.values() for row in rows)
            few = f"færre end {fmt.count_word(FEWEST)} områder har både tæller og nævner"
            return few if counted else "kilden oplyser ikke antallene bag"
        case "udvikling" | "smaa":
            raise ValueError(f"{diagram} is of several periods")
    assert_never(diagram)


def unavailable_line(reasons: Mapping[Diagram, str]) -> str:
    """`Kan ikke vises: Kort (…), Tragtdiagram (…)`; diagrams of one reason stand together."""
    by_reason: dict[str, list[str]] = {}
    for diagram, name in DIAGRAMS.items():
        if diagram in reasons:
            by_reason.setdefault(reasons[diagram], []).append(name)
    parts = [f"{listing(names)} ({reason})" for reason, names in by_reason.items()]
    return f"Kan ikke vises: {', '.join(parts)}." if parts else ""


def too_short(indicator: Indicator) -> str:
    """Why there are figures and no small charts."""
    return (
        f"{DIAGRAMS['smaa']} kræver tal for mindst to perioder af samme slags. Det har "
        f"{in_text(indicator.name)} ikke i det valgte. Se tallene under "
        f"{DIAGRAMS['udvikling']}."
    )
