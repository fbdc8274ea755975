"""An exhibit is a chart with everything that must stand beside it; the parts they are made of."""

from dataclasses import dataclass

import plotly.graph_objects as go

from kpi import format as fmt
from kpi.catalog import Catalog

from kpi.charts.marks import BENCHMARK, FOCUS, PEER, Dot, Line, LinePoint, Scale
from kpi.compare import comparable_value
from kpi.model import Indicator, Observation
from kpi.selection import Selection
from kpi.wording import period_name, source_line


@dataclass(frozen=True)
class Table:
    """The chart's numbers as text, one tuple a row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Exhibit:
    """A chart, its takeaway, what it measures, its numbers, its source, and the view it links to.

    `remarks` are the reader's caveats (Danish sentences). `observations` are the raw rows drawn.
    """

    key: str
    title: str
    subtitle: str
    figure: go.Figure
    alt: str
    table: Table
    observations: tuple[Observation, ...]
    source: str
    remarks: tuple[str, ...]
    selection: Selection


def scale_of(indicator: Indicator, in_percent: bool | None = None) -> Scale:
    """The value axis of an indicator; `in_percent` for counts drawn as shares."""
    if in_percent if in_percent is not None else indicator.is_proportion:
        return Scale(f"{fmt.NO_BREAK_SPACE}%", indicator.decimals, top=100)
    marks = {"hours_per_week": "timer", "months": "måneder", "dkk_per_year": "kr."}
    mark = marks.get(indicator.unit)
    return Scale(fmt.NO_BREAK_SPACE + mark if mark else "", indicator.decimals)


def role_of(area_id: str, focus_id: str, catalog: Catalog) -> str:
    """Chosen area, benchmark (the country) or peer."""
    if area_id == focus_id:
        return FOCUS
    return BENCHMARK if catalog.areas[area_id].level == "country" else PEER


def line_of(
    name: str, role: str, rows: tuple[Observation, ...], indicator: Indicator, catalog: Catalog
) -> Line:
    """A series as a line; hidden and missing values leave it out, never 0."""
    points = []
    for one in rows:
        value = comparable_value(one, indicator)
        if value is not None:
            name_of_period = period_name(one.period, indicator, catalog)
            points.append(
                LinePoint(
                    one.period, name_of_period, value, fmt.bare(one, indicator), one.is_approximate
                )
            )
    return Line(name, role, tuple(points))


def dot_of(
    name: str, role: str, row: Observation, indicator: Indicator, gap_points: float | None = None
) -> Dot | None:
    """A value as a dot, or None where it is hidden or missing."""
    value = comparable_value(row, indicator)
    if value is None:
        return None
    gap = "" if gap_points is None else fmt.number(gap_points, indicator.decimals, sign=True)
    return Dot(name, role, value, fmt.bare(row, indicator), row.is_approximate, gap)


def sources_of(rows: tuple[Observation, ...], catalog: Catalog) -> str:
    """The source line of the rows drawn."""
    ids = dict.fromkeys(row.source_id for row in rows)
    return source_line(tuple(catalog.sources[source_id] for source_id in ids))


def caveats(rows: tuple[Observation, ...], indicator: Indicator, catalog: Catalog) -> list[str]:
    """What the sources say of the drawn values, each remark once; most ten."""
    found = []
    if indicator.source_note:
        found.append(indicator.source_note.rstrip(".") + ".")
    approximate = [row for row in rows if row.is_approximate]
    if approximate:
        found.append("Hule mærker og »ca.«: kilden giver et omtrentligt tal.")
    notes = dict.fromkeys(row.note.rstrip(".") + "." for row in rows if row.note)
    return (found + [note for note in notes if note not in found])[:10]


def axis_remark(start: float | None) -> str:
    """Says that the value axis does not start at 0, where it does not."""
    if start is None:
        return ""
    return f"Aksen begynder ved {fmt.number(start, 0)}."


