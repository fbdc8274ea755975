"""What must be known of drawn values: caveats, remarks, and the line of their sources."""

from collections.abc import Sequence

from kpi.charts.marks import Scale
from kpi.domain import format as fmt
from kpi.domain.area_changes import grown_areas_remark
from kpi.domain.catalog import Catalog
from kpi.domain.model import Indicator, Observation
from kpi.domain.period_words import period_name
from kpi.domain.price_levels import prices_remark
from kpi.domain.wording import shortlist, source_line
from kpi.exhibits.comments import comments_on_figures
from kpi.exhibits.notes import notes_of
from kpi.exhibits.parts import Table
from kpi.exhibits.point_remarks import point_remark

# Said of a chart whose axis does not start at 0; nothing to know where there is no chart.
AXIS_STARTS = "-aksen begynder ved"
NOT_REPORTED = f"{fmt.MISSING} = ikke oplyst."
NO_EFFECT = (
    "Familierne i områderne er forskellige. En forskel kan derfor ikke tolkes som en effekt af "
    "Opgang til Opgang."
)


def sources_of(rows: tuple[Observation, ...], catalog: Catalog) -> str:
    """The source line of the rows drawn."""
    ids = dict.fromkeys(row.source_id for row in rows)
    return source_line(tuple(catalog.sources[source_id] for source_id in ids))


def caveats(
    rows: tuple[Observation, ...],
    indicator: Indicator,
    catalog: Catalog,
    *,
    with_remarks: bool = True,
) -> list[str]:
    """What must be known of the drawn values, and what their sources say; each remark once.

    `with_remarks`: what papers say of single values is among them.
    """
    remarks = [
        programme_remark(rows, catalog),
        doubt_remark(rows, indicator, catalog),
        ahead_remark(rows, indicator, catalog),
        _hidden_remark(rows, catalog),
        prices_remark(indicator, {row.period for row in rows}),
        grown_areas_remark(rows, catalog),
    ]
    notes = notes_of(rows, indicator.source_note, catalog)
    if remarks[0]:  # Of how many of a programme's people there are data decides what is compared.
        remarks[1:1] = notes
    remarks += comments_on_figures(indicator, rows, catalog)
    if with_remarks:
        remarks.append(point_remark(rows, catalog))
    if indicator.source_note:
        remarks.append(indicator.source_note.rstrip(".") + ".")
    if any(row.is_approximate for row in rows):
        # A single value is drawn as a number, without a marker.
        mark = "Åben markør og »ca.«" if len(rows) > 1 else "»ca.«"
        remarks.append(f"{mark}: Kilden oplyser tallet omtrentligt.")
    if any(row.is_bound for row in rows):
        remarks.append("Kilden oplyser en grænse eller et interval og intet præcist tal.")
    remarks += notes
    # A remark that another one begins with is said twice.
    distinct = [
        remark
        for remark in remarks
        if remark
        and not any(other != remark and other.startswith(remark.rstrip(".")) for other in remarks)
    ]
    return list(dict.fromkeys(distinct))


def programme_remark(rows: Sequence[Observation], catalog: Catalog) -> str:
    """The remark that no difference between a programme's areas, or to another area, is its effect.

    Empty where only bare counts are shown: nobody reads the number of participants as an effect.
    """
    areas = {
        row.area_id: catalog.areas[row.area_id].level
        for row in rows
        if row.denominator or not catalog.indicators[row.indicator_id].is_total
    }
    return NO_EFFECT if len(areas) > 1 and "programme_area" in areas.values() else ""


def doubt_remark(rows: Sequence[Observation], indicator: Indicator, catalog: Catalog) -> str:
    """Which of the values lie unusually far from all others, unconfirmed; empty for none."""
    doubted = [
        f"{catalog.areas[row.area_id].name} {fmt.display(row, indicator)} "
        f"({period_name(row.period, indicator, catalog)})"
        for row in rows
        if catalog.is_implausible(row)
    ]
    if not doubted:
        return ""
    return f"Usandsynligt tal, ikke bekræftet (åben markør): {shortlist(doubted)}."


def ahead_remark(rows: Sequence[Observation], indicator: Indicator, catalog: Catalog) -> str:
    """The drawn series' figures of periods that have not begun, which are not drawn; or empty."""
    ahead = [
        f"{catalog.areas[row.area_id].name} {fmt.display(row, indicator)} "
        f"({period_name(row.period, indicator, catalog)})"
        for key in dict.fromkeys(row[:3] for row in rows)
        for row in catalog.ahead_of(*key)
    ]
    if not ahead:
        return ""
    return f"Perioden er ikke begyndt, og tallet er derfor ikke vist: {shortlist(ahead)}."


def _hidden_remark(rows: Sequence[Observation], catalog: Catalog) -> str:
    """Why a value is hidden, with the least count its source shows; empty where none is."""
    hidden = [row for row in rows if row.status == "suppressed"]
    if not hidden:
        return ""
    least = max(catalog.sources[row.source_id].shown_from for row in hidden)
    if not least:
        return "Kilden har skjult tal (diskretioneret), så ingen kan genkendes."
    text = f"Antal under {least} er skjult (diskretioneret)"
    if any(not fmt.hidden(row.as_published).startswith("<") for row in hidden):
        # Hidden as a guard a number may be any.
        text += " og de tal, der kunne afsløre dem"
    return f"{text}, så ingen kan genkendes."


def axis_remark(start: float | None, scale: Scale, axis: str = "Y") -> str:
    """`Y-aksen begynder ved 64 %.`: said of each value axis that does not start at 0."""
    if start is None:
        return ""
    decimals = len(f"{start:.6f}".rstrip("0").partition(".")[2])
    text = f"{axis}{AXIS_STARTS} {fmt.number(start, decimals)}{scale.unit_mark}"
    return text.rstrip(".") + "."


def dash_remark(table: Table) -> str:
    """The explanation of the dash, which marks a value that is not reported; empty without one."""
    return NOT_REPORTED if any(fmt.MISSING in row for row in table.rows) else ""
