"""The exhibits of one period: areas against each other, or population groups against each other."""

from collections.abc import Sequence

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.charts.marks import BENCHMARK, FOCUS, PEER, Dot, DotMarks
from kpi.compare import Figures, compare
from kpi.exhibits.parts import (
    Exhibit,
    Table,
    caveats,
    dot_of,
    role_of,
    scale_of,
    sources_of,
    whose,
)
from kpi.exhibits.reading import reading_of
from kpi.format import display
from kpi.measure import share
from kpi.model import Indicator, Observation
from kpi.period import Period
from kpi.plan import Target
from kpi.selection import Selection
from kpi.targets import is_drawn_beside, target_amount, target_name, targets_of
from kpi.wording import capital, gap_phrase, in_text, period_name, place, sentences, subtitle, when

Marked = list[tuple[Dot, Observation]]


def points_exhibit(
    indicator: Indicator,
    group_id: str,
    area_ids: Sequence[str],
    period: Period,
    figures: Figures,
    catalog: Catalog,
) -> Exhibit | None:
    """A dot an area for one period, the first area strong; None when fewer than one has a value.

    With the country among them, stems start at its value and carry the distance to it.
    """
    found = {
        area_id: row
        for area_id in area_ids
        if (row := figures.at(indicator.indicator_id, area_id, group_id, period)) is not None
        and row.value is not None
    }
    if not found:
        return None
    focus_id = area_ids[0] if area_ids[0] in found else next(iter(found))
    own = found[focus_id]
    benchmark = next(
        (row for key, row in found.items() if role_of(key, focus_id, catalog) == BENCHMARK), None
    )
    marked: Marked = []
    for area_id, row in found.items():
        gap = compare(row, benchmark, indicator, "area", area_id).gap_points if benchmark else None
        role = role_of(area_id, focus_id, catalog)
        dot = dot_of(catalog.areas[area_id].name, role, row, indicator, gap)
        if dot:
            marked.append((dot, row))
    against = benchmark or next((row for row in found.values() if row is not own), None)
    title = _title(
        catalog.areas[focus_id].name,
        catalog.areas[against.area_id].name if against else None,
        own, against, indicator, catalog,
    )  # fmt: skip
    return _exhibit(title, "Område", marked, (group_id,), indicator, catalog)


def groups_exhibit(
    indicator: Indicator,
    area_id: str,
    group_ids: Sequence[str],
    period: Period,
    figures: Figures,
    catalog: Catalog,
) -> Exhibit | None:
    """A dot a population group for one area and period, the first group strong; stems from 0."""
    found = [
        row
        for group_id in group_ids
        if (row := figures.at(indicator.indicator_id, area_id, group_id, period)) is not None
        and row.value is not None
    ]
    if not found:
        return None
    marked: Marked = []
    for row in found:
        role = FOCUS if row is found[0] else PEER
        dot = dot_of(catalog.groups[row.group_id].name, role, row, indicator)
        if dot:
            marked.append((dot, row))
    own = found[0]
    reference = catalog.groups[own.group_id].reference_group_id
    against = next((row for row in found if row.group_id == reference), None)
    title = _title(
        catalog.groups[own.group_id].name,
        catalog.groups[against.group_id].name if against else None,
        own, against, indicator, catalog,
    )  # fmt: skip
    return _exhibit(
        title, "Gruppe", marked, tuple(row.group_id for row in found), indicator, catalog
    )


def _title(
    name: str,
    other_name: str | None,
    own: Observation,
    against: Observation | None,
    indicator: Indicator,
    catalog: Catalog,
) -> str:
    """The takeaway: shares with their counts, a gap where there is one, else the value itself."""
    date = when(own.period, indicator, catalog)
    subject = capital(indicator.short_name)
    comparison = compare(own, against, indicator, "area", "")
    if against is None or other_name is None or comparison.gap_points is None:
        return f"{subject}: {display(own, indicator)} {date}"
    counted = share(own, indicator)
    # A bare count grows with the area, and small counts say little: the numbers are the finding.
    if counted or not comparison.in_percent:
        if own.area_id == against.area_id:
            name, other_name = f"for {in_text(name)}", f"for {in_text(other_name)}"
        else:
            name, other_name = f"i {place(name)}", f"i {place(other_name)}"
        return (
            f"{subject}: {display(own, indicator)} {name} mod {display(against, indicator)} "
            f"{other_name}"
        )
    other = place(other_name) if own.area_id != against.area_id else in_text(other_name)
    approximate = own.is_approximate or against.is_approximate
    return f"{name} ligger {gap_phrase(comparison.gap_points, indicator, other, True, approximate)}"


def _exhibit(
    title: str,
    column: str,
    marked: Marked,
    group_ids: tuple[str, ...],
    indicator: Indicator,
    catalog: Catalog,
) -> Exhibit | None:
    if not marked:
        return None
    rows = tuple(row for _, row in marked)
    date = period_name(rows[0].period, indicator, catalog)
    if column == "Område":
        named = whose(indicator, group_ids[0], catalog)
    else:
        named = (catalog.areas[rows[0].area_id].name,)
    under = subtitle(indicator, named, date, date)
    table = Table(
        (column, "Værdi", "Kildens ord"),
        tuple((dot.name, display(row, indicator), row.as_published or "–") for dot, row in marked),
    )
    aims = [
        (_target_dot(target, indicator, catalog), target)
        for row in rows
        if is_drawn_beside(row, indicator)
        for target in targets_of(catalog.targets, row.indicator_id, row.area_id, row.group_id)
    ]
    table = Table(
        table.columns,
        (*table.rows, *((dot.name, dot.text, target.note or fmt.MISSING) for dot, target in aims)),
    )
    drawn = [dot for dot, target in aims if target.is_decided]
    listed = "; ".join(f"{dot.name}: {display(row, indicator)}" for dot, row in marked)
    return Exhibit(
        key=f"niveau-{indicator.indicator_id}-{'-'.join(group_ids)}-{rows[0].area_id}",
        title=title,
        subtitle=under,
        marks=DotMarks((*(dot for dot, _ in marked), *drawn), scale_of(indicator, rows)),
        alt=sentences("Punktdiagram", title, under, listed),
        table=table,
        observations=rows,
        source=sources_of(rows, catalog),
        remarks=tuple(
            filter(None, [reading_of(rows, indicator, catalog), *caveats(rows, indicator, catalog)])
        ),
        selection=Selection(
            "sammenlign",
            noegletal=indicator.indicator_id,
            omraader=tuple(dict.fromkeys(row.area_id for row in rows)),
            grupper=tuple(dict.fromkeys(row.group_id for row in rows)),
        ),
    )


def _target_dot(target: Target, indicator: Indicator, catalog: Catalog) -> Dot:
    """A target as a row of its own, hollow: it is no figure."""
    name, text = target_name(target, indicator, catalog), target_amount(target, indicator)
    return Dot(name, PEER, target.value, text, approximate=True, named=True)
