"""The exhibits of one period: areas against each other, or population groups against each other."""

from collections.abc import Sequence

from kpi import charts
from kpi.catalog import Catalog
from kpi.charts.marks import BENCHMARK, FOCUS, PEER, Dot
from kpi.compare import Figures, compare
from kpi.exhibits.parts import (
    Exhibit,
    Table,
    caveats,
    dot_of,
    role_of,
    scale_of,
    sources_of,
)
from kpi.format import counts, display
from kpi.model import Indicator, Observation
from kpi.period import Period
from kpi.selection import Selection
from kpi.wording import gap_phrase, in_text, period_name, subtitle

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
    return _exhibit(title, "Gruppe", marked, tuple(row.group_id for row in found), indicator, catalog)


def _title(
    name: str,
    other_name: str | None,
    own: Observation,
    against: Observation | None,
    indicator: Indicator,
    catalog: Catalog,
) -> str:
    when = period_name(own.period, indicator, catalog)
    comparison = compare(own, against, indicator, "area", "") if against else None
    # A bare count grows with the area, so its difference is no finding.
    if comparison is None or comparison.gap_points is None or not comparison.in_percent:
        return f"{name}: {in_text(indicator.short_name)} {display(own, indicator)} i {when}"
    assert against is not None and other_name is not None
    approximate = own.is_approximate or against.is_approximate
    phrase = gap_phrase(
        comparison.gap_points, indicator, in_text(other_name), True, approximate
    )
    return f"{name} ligger {phrase}"


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
    dots = [dot for dot, _ in marked]
    when = period_name(rows[0].period, indicator, catalog)
    by_area = column == "Område"
    groups = (
        tuple(catalog.groups[one].name for one in group_ids)
        if by_area
        else (catalog.areas[rows[0].area_id].name,)
    )
    under = subtitle(indicator, groups, when, when)
    values = "; ".join(f"{dot.name}: {display(row, indicator)}" for dot, row in marked)
    with_counts = any(counts(row) for row in rows)
    columns = (column, "Værdi", *(("Antal",) if with_counts else ()), "Kildens ord")
    table = Table(
        columns,
        tuple(
            (
                dot.name,
                display(row, indicator),
                *((counts(row) or "–",) if with_counts else ()),
                row.as_published or "–",
            )
            for dot, row in marked
        ),
    )
    return Exhibit(
        key=f"niveau-{indicator.indicator_id}-{'-'.join(group_ids)}-{rows[0].area_id}",
        title=title,
        subtitle=under,
        figure=charts.dots(dots, scale_of(indicator)),
        alt=f"Punktdiagram. {title}. {under}. {values}.",
        table=table,
        observations=rows,
        source=sources_of(rows, catalog),
        remarks=tuple(caveats(rows, indicator, catalog)),
        selection=Selection(
            "sammenlign",
            noegletal=indicator.indicator_id,
            omraader=tuple(dict.fromkeys(row.area_id for row in rows)),
            grupper=tuple(dict.fromkeys(row.group_id for row in rows)),
        ),
    )
