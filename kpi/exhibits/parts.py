"""An exhibit is a chart with everything that must stand beside it; the parts they are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import plotly.graph_objects as go

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.charts.drawing import draw
from kpi.charts.marks import BENCHMARK, FOCUS, PEER, Dot, Line, LinePoint, Marks, Scale
from kpi.exhibits.notes import notes_of
from kpi.measure import comparable_value, compares_in_percent, interval, share
from kpi.model import Indicator, Observation
from kpi.selection import Selection
from kpi.wording import in_text, period_name, signed_gap, source_line


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
    marks: Marks
    alt: str
    table: Table
    observations: tuple[Observation, ...]
    source: str
    remarks: tuple[str, ...]
    selection: Selection

    @cached_property
    def figure(self) -> go.Figure:
        """The marks as the pages draw them."""
        return draw(self.marks)


def scale_of(indicator: Indicator, rows: Sequence[Observation] = ()) -> Scale:
    """The value axis of an indicator; in percent also for counts whose whole is known."""
    if indicator.is_proportion or (rows and all(compares_in_percent(r, indicator) for r in rows)):
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
        counts = share(one, indicator)
        value = 100 * counts[0] / counts[1] if counts else one.value
        if value is not None:
            name_of_period = period_name(one.period, indicator, catalog)
            text = _label(one, indicator, counts)
            points.append(LinePoint(one.period, name_of_period, value, text, one.is_approximate))
    return Line(name, role, tuple(points))


def dot_of(
    name: str, role: str, row: Observation, indicator: Indicator, gap_points: float | None = None
) -> Dot | None:
    """A value as a dot, or None where it is hidden or missing."""
    value = comparable_value(row, indicator)
    if value is None:
        return None
    gap = "" if gap_points is None else signed_gap(gap_points, indicator, row.is_approximate)
    low, high = interval(row, indicator) or (None, None)
    text = label_of(row, indicator)
    return Dot(name, role, value, text, row.is_approximate, gap, low=low, high=high)


def label_of(row: Observation, indicator: Indicator) -> str:
    """A value as a label in a chart; with its counts where they are known: `21 af 68 · 31 %`."""
    return _label(row, indicator, share(row, indicator))


def _label(row: Observation, indicator: Indicator, counted: tuple[float, float] | None) -> str:
    if counted is None:
        return fmt.bare(row, indicator)
    return f"{fmt.n_of_n(*counted)} · {fmt.percent(100 * counted[0] / counted[1], 0)}"


def sources_of(rows: tuple[Observation, ...], catalog: Catalog) -> str:
    """The source line of the rows drawn."""
    ids = dict.fromkeys(row.source_id for row in rows)
    return source_line(tuple(catalog.sources[source_id] for source_id in ids))


def caveats(rows: tuple[Observation, ...], indicator: Indicator, catalog: Catalog) -> list[str]:
    """What the sources say of the drawn values, each remark once."""
    found = []
    if indicator.source_note:
        found.append(indicator.source_note.rstrip(".") + ".")
    approximate = [row for row in rows if row.is_approximate]
    if approximate:
        found.append("Hule mærker og »ca.«: kilden giver et omtrentligt tal.")
    found += notes_of(rows, indicator.source_note, catalog)
    # A remark that another one begins with is said twice.
    told = [
        one
        for one in found
        if not any(other != one and other.startswith(one.rstrip(".")) for other in found)
    ]
    return list(dict.fromkeys(told))


def whose(indicator: Indicator, group_id: str, catalog: Catalog) -> tuple[str, ...]:
    """The group as a subtitle names it; empty for everyone, and where a count's name says it."""
    if group_id == "all" or (indicator.kind == "count" and group_id == indicator.default_group):
        return ()
    return (in_text(catalog.groups[group_id].name),)


def axis_remark(start: float | None) -> str:
    """Says that the value axis does not start at 0, where it does not."""
    if start is None:
        return ""
    return f"Aksen begynder ved {fmt.number(start, 0)}."
