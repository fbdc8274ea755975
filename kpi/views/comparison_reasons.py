"""Why a diagram cannot be made of figures that exist, and where they are seen instead."""

from collections.abc import Mapping, Sequence

from kpi.domain.catalog import Catalog
from kpi.domain.model import Indicator, Observation
from kpi.domain.period_words import when_row
from kpi.domain.selection import DIAGRAMS, Diagram, Selection
from kpi.domain.vocabulary import PeriodKind
from kpi.domain.wording import capital, in_text, listing, people, place, shortlist
from kpi.views.comparison_diagrams import OF_ONE_PERIOD, Undrawn


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
    undrawn = Undrawn(
        rows, chosen, indicator, catalog, f"{in_text(indicator.name)}{whose}",
        when_row(rows[0], indicator, catalog),
    )  # fmt: skip
    diagram = selection.diagram or "udvikling"
    seen = f"Se tallene under {DIAGRAMS['udvikling']}."
    needs = OF_ONE_PERIOD[diagram]
    if needs.is_of_chosen and not set(undrawn.present).intersection(chosen):
        hidden = hidden_areas(rows, chosen)
        without = [area_id for area_id in chosen if area_id not in hidden]
        if not without:
            return []  # hidden_note says what there is of them
        areas = shortlist([catalog.areas[area_id].name for area_id in without])
        return [f"{areas} har ingen tal for {undrawn.name} {undrawn.period}. {seen}"]
    return [f"{DIAGRAMS[diagram]} {needs.requires(undrawn)} {seen}"]


def hidden_areas(rows: Sequence[Observation], area_ids: Sequence[str]) -> list[str]:
    """Those of the areas that have rows and no value in any of them, some because it is hidden."""
    by_area: dict[str, list[Observation]] = {}
    for row in rows:
        by_area.setdefault(row.area_id, []).append(row)
    return [
        area_id
        for area_id in dict.fromkeys(area_ids)
        if (own := by_area.get(area_id))
        and all(row.value is None and not row.is_bound for row in own)
        and any(row.status == "suppressed" for row in own)
    ]


def hidden_note(
    rows: Sequence[Observation], area_ids: Sequence[str], indicator: Indicator, catalog: Catalog
) -> list[str]:
    """Which of the chosen areas are in no diagram because their figures are hidden.

    Hidden is neither missing nor 0: no other area or longer period would show them.
    """
    hidden = hidden_areas(rows, area_ids)
    if not hidden:
        return []
    areas = shortlist([place(catalog.areas[area_id].name) for area_id in hidden])
    return [
        f"{capital(areas)}: Alle tal for {in_text(indicator.name)} i det valgte er skjult "
        "(diskretioneret), så ingen kan genkendes."
    ]


_DEPENDS_ON_SIZE = "antal afhænger af områdets størrelse"


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
    for diagram, needs in OF_ONE_PERIOD.items():
        if indicator.is_total:
            reasons[diagram] = _DEPENDS_ON_SIZE
        elif not any(
            needs.can_be(rows, selection.omraader, indicator, catalog) for rows in newest.values()
        ):
            every = [row for rows in newest.values() for row in rows]
            reasons[diagram] = needs.lacks(every, indicator)
    if all(kinds.count(kind) < 2 for kind in kinds):
        reasons["smaa"] = "der er kun tal for én periode"
    return reasons


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
