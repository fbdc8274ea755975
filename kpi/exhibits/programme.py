"""The exhibit of what came of a programme: every outcome as "n af N", area against area."""

from collections.abc import Sequence

from kpi import charts, format as fmt
from kpi.catalog import Catalog
from kpi.charts.marks import FOCUS, PEER, Dot, OutcomeRow, Scale
from kpi.compare import Figures, share
from kpi.exhibits.parts import Exhibit, Table, caveats, sources_of
from kpi.model import Area, Indicator, Observation
from kpi.selection import Selection
from kpi.wording import in_text, listing, period_name


def outcomes_exhibit(
    area: Area, others: Sequence[Area], figures: Figures, catalog: Catalog
) -> Exhibit | None:
    """Shares of known groups in the area and the others that have the same figure; None without any.

    Sections follow the groups, outcomes the indicators' order. Counts become shares of their group.
    """
    found: list[tuple[Indicator, list[tuple[Area, Observation, float, float]]]] = []
    for indicator in catalog.indicators.values():
        own = figures.newest(indicator.indicator_id, area.area_id, indicator.default_group)
        counted = share(own, indicator) if own else None
        if own is None or counted is None:
            continue
        rows = [(area, own, *counted)]
        for other in others:
            row = figures.at(indicator.indicator_id, other.area_id, own.group_id, own.period)
            theirs = share(row, indicator) if row else None
            if row is not None and theirs is not None:
                rows.append((other, row, *theirs))
        found.append((indicator, rows))
    if not found:
        return None
    order = list(catalog.groups)
    found.sort(key=lambda one: order.index(one[1][0][1].group_id))
    outcome_rows = tuple(
        OutcomeRow(
            catalog.groups[rows[0][1].group_id].name,
            indicator.name,
            tuple(
                Dot(
                    where.name, FOCUS if where is area else PEER, 100 * part / whole,
                    f"{fmt.n_of_n(part, whole)}  {fmt.percent(100 * part / whole, 0)}",
                    row.is_approximate,
                )
                for where, row, part, whole in rows
            ),
        )
        for indicator, rows in found
    )  # fmt: skip
    drawn = tuple(row for _, rows in found for _, row, _, _ in rows)
    shown = list(dict.fromkeys(where.name for _, rows in found for where, *_ in rows))
    others_text = f" mod {listing(shown[1:])}" if len(shown) > 1 else ""
    title = f"{area.name}: {_strongest(found)}"
    under = f"Antal af alle i gruppen, {area.name}{others_text}. Usikkerheden er ikke vurderet"
    remarks = [
        *_missing_remarks(others, found),
        "Familierne i områderne er ikke ens, så en forskel viser ikke en effekt.",
        *_notes(drawn, found, catalog),
    ]
    return Exhibit(
        key=f"resultater-{area.area_id}",
        title=title,
        subtitle=under,
        figure=charts.outcomes(outcome_rows, Scale(f"{fmt.NO_BREAK_SPACE}%", 0, top=100)),
        alt=f"Punktdiagram. {title}. {under}. {_alt(outcome_rows)}",
        table=_table(outcome_rows),
        observations=drawn,
        source=sources_of(drawn, catalog),
        remarks=tuple(remarks),
        selection=Selection("omraade", omraade=area.area_id),
    )


def _strongest(
    found: Sequence[tuple[Indicator, list[tuple[Area, Observation, float, float]]]],
) -> str:
    headline = next((one for one in found if one[0].headline), found[0])
    indicator, rows = headline
    _, _, part, whole = rows[0]
    return f"{fmt.n_of_n(part, whole)} {in_text(indicator.name)}"


def _missing_remarks(
    others: Sequence[Area],
    found: Sequence[tuple[Indicator, list[tuple[Area, Observation, float, float]]]],
) -> list[str]:
    with_figures = {where.area_id for _, rows in found for where, *_ in rows}
    silent = [
        other.name
        for other in others
        if other.area_id not in with_figures
    ]
    return [f"{listing(silent)} har endnu ingen tal."] if silent else []


def _notes(
    drawn: tuple[Observation, ...],
    found: Sequence[tuple[Indicator, list[tuple[Area, Observation, float, float]]]],
    catalog: Catalog,
) -> list[str]:
    notes = list(dict.fromkeys(note for one, _ in found for note in caveats((), one, catalog)))
    periods = dict.fromkeys(
        period_name(rows[0][1].period, one, catalog) for one, rows in found
    )
    dates = f"Opgjort {listing(list(periods))}."
    said = dict.fromkeys(row.note.rstrip(".") + "." for row in drawn if row.note)
    return [dates, *notes, *said][:12]


def _alt(rows: Sequence[OutcomeRow]) -> str:
    return " ".join(
        f"{row.name}: " + "; ".join(f"{dot.name} {dot.text}" for dot in row.dots) + "."
        for row in rows
    )


def _table(rows: Sequence[OutcomeRow]) -> Table:
    names = list(dict.fromkeys(dot.name for row in rows for dot in row.dots))
    return Table(
        ("Gruppe", "Resultat", *names),
        tuple(
            (
                row.section,
                row.name,
                *({dot.name: dot.text for dot in row.dots}.get(name, fmt.MISSING) for name in names),
            )
            for row in rows
        ),
    )
