"""The exhibit of what came of a programme: every outcome as "n af N", area against area."""

from collections.abc import Sequence
from dataclasses import dataclass

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.charts.marks import FOCUS, PEER, Dot, OutcomeMarks, OutcomeRow, Scale
from kpi.compare import SAME, Figures, compare
from kpi.exhibits.parts import Exhibit, Table, caveats, sources_of
from kpi.measure import interval, share
from kpi.model import Area, Indicator, Observation
from kpi.selection import Selection
from kpi.wording import in_text, listing, period_name, sentences


@dataclass(frozen=True)
class _Counted:
    """One area's outcome: `part` of `whole`."""

    area: Area
    row: Observation
    part: float
    whole: float
    low: float
    high: float

    @property
    def percent(self) -> float:
        return 100 * self.part / self.whole


def _counted(
    area: Area, row: Observation, counted: tuple[float, float], indicator: Indicator
) -> _Counted:
    percent = 100 * counted[0] / counted[1]
    return _Counted(area, row, *counted, *(interval(row, indicator) or (percent, percent)))


_Outcome = tuple[Indicator, list[_Counted]]


def outcomes_exhibit(
    area: Area, others: Sequence[Area], figures: Figures, catalog: Catalog
) -> Exhibit | None:
    """Shares of known groups in the area and in others with the same figure; None without any.

    Sections follow the groups, outcomes the indicators' order. Counts become shares of their group.
    """
    found: list[_Outcome] = []
    for indicator in catalog.indicators.values():
        own = figures.newest(indicator.indicator_id, area.area_id, indicator.default_group)
        shared = share(own, indicator) if own else None
        if own is None or shared is None:
            continue
        rows = [_counted(area, own, shared, indicator)]
        for other in others:
            row = figures.at(indicator.indicator_id, other.area_id, own.group_id, own.period)
            theirs = share(row, indicator) if row else None
            if row is not None and theirs is not None:
                rows.append(_counted(other, row, theirs, indicator))
        found.append((indicator, rows))
    if not found:
        return None
    order = list(catalog.groups)
    found.sort(key=lambda one: order.index(one[1][0].row.group_id))
    outcome_rows = tuple(
        OutcomeRow(
            catalog.groups[counted[0].row.group_id].name,
            indicator.name,
            tuple(
                Dot(
                    one.area.name, FOCUS if one.area is area else PEER, one.percent,
                    f"{fmt.n_of_n(one.part, one.whole)}  {fmt.percent(one.percent, 0)}",
                    one.row.is_approximate, low=one.low, high=one.high,
                )
                for one in counted
            ),
        )
        for indicator, counted in found
    )  # fmt: skip
    drawn = tuple(one.row for _, counted in found for one in counted)
    shown = list(dict.fromkeys(one.area.name for _, counted in found for one in counted))
    others_text = f" mod {listing(shown[1:])}" if len(shown) > 1 else ""
    title = f"{area.name}: {_strongest(found)}"
    under = f"Antal af alle i gruppen, {area.name}{others_text}, med 95 % usikkerhed"
    remarks = [
        _told_apart(area, found),
        *_missing_remarks(others, found),
        "Familierne i områderne er ikke ens, så en forskel viser ikke en effekt.",
        *_notes(drawn, found, catalog),
    ]
    return Exhibit(
        key=f"resultater-{area.area_id}",
        title=title,
        subtitle=under,
        marks=OutcomeMarks(tuple(outcome_rows), Scale(f"{fmt.NO_BREAK_SPACE}%", 0, top=100)),
        alt=sentences("Punktdiagram", title, under, _alt(outcome_rows)),
        table=_table(outcome_rows),
        observations=drawn,
        source=sources_of(drawn, catalog),
        remarks=tuple(filter(None, remarks)),
        selection=Selection("omraade", omraade=area.area_id),
    )


def _strongest(
    found: Sequence[_Outcome],
) -> str:
    headline = next((one for one in found if one[0].headline), found[0])
    indicator, counted = headline
    return f"{fmt.n_of_n(counted[0].part, counted[0].whole)} {in_text(indicator.name)}"


def _told_apart(area: Area, found: Sequence[_Outcome]) -> str:
    """On how many outcomes chance alone could not make the difference to the other areas."""
    compared = [
        compare(counted[0].row, other.row, indicator, "area", other.area.area_id)
        for indicator, counted in found
        for other in counted[1:]
    ]
    if not compared:
        return ""
    apart = sum(one.verdict != SAME for one in compared)
    if not apart:
        of = "den ene forskel" if len(compared) == 1 else f"nogen af de {len(compared)} forskelle"
        return f"Tilfældet alene kan forklare {of} mellem {area.name} og de andre."
    return (
        f"{fmt.count_word(apart).capitalize()} af {len(compared)} forskelle mellem {area.name} og "
        "de andre er større, end tilfældet kan forklare."
    )


def _missing_remarks(
    others: Sequence[Area],
    found: Sequence[_Outcome],
) -> list[str]:
    with_figures = {one.area.area_id for _, counted in found for one in counted}
    silent = [other.name for other in others if other.area_id not in with_figures]
    return [f"{listing(silent)} har endnu ingen tal."] if silent else []


def _notes(
    drawn: tuple[Observation, ...],
    found: Sequence[_Outcome],
    catalog: Catalog,
) -> list[str]:
    notes = list(dict.fromkeys(note for one, _ in found for note in caveats((), one, catalog)))
    periods = dict.fromkeys(
        period_name(counted[0].row.period, one, catalog) for one, counted in found
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
                *(
                    {dot.name: dot.text for dot in row.dots}.get(name, fmt.MISSING)
                    for name in names
                ),
            )
            for row in rows
        ),
    )
