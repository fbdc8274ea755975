"""An exhibit: a chart with its title, table, source and caveats, and the parts it is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import plotly.graph_objects as go

from kpi.charts.drawing import draw
from kpi.charts.marks import (
    BENCHMARK,
    FOCUS,
    PEER,
    Dot,
    Line,
    LinePoint,
    Marks,
    NumberMarks,
    Role,
    Scale,
)
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.compare import Comparison
from kpi.domain.measure import (
    comparable_value,
    compares_in_percent,
    interval,
    share,
    shown_counts,
)
from kpi.domain.model import Indicator, Observation
from kpi.domain.period_words import period_name
from kpi.domain.selection import Selection
from kpi.domain.series_break import is_across
from kpi.domain.wording import in_text, people, place, signed_gap

MEDIAN_NAME = "Median af de andre kommuner"
# Municipalities that are islands: one is on them, not in them.
_SCHOOLS = ("skole", "skolen", "gymnasium", "gymnasiet")
_ISLANDS = ("Bornholm", "Fanø", "Langeland", "Lolland", "Læsø", "Samsø", "Ærø")


# What a subtitle says of the numbers that are drawn, and what parts it from the rest.
GAP_NUMBERS, _PARTED = "blå tal:", " · "


@dataclass(frozen=True)
class Table:
    """The chart's numbers as text, one tuple a row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Exhibit:
    """A chart, its takeaway, what it measures, its numbers, its source, and the view it links to.

    `remarks` are the reader's caveats (Danish sentences), those that matter most first.
    `observations` are the raw rows drawn.
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

    @property
    def measure(self) -> str:
        """What is measured, shown under the title; empty where the marks themselves say it."""
        marks = self.marks
        is_in_marks = (
            isinstance(marks, NumberMarks) and marks.about.casefold() == self.subtitle.casefold()
        )
        return "" if is_in_marks else self.subtitle

    @property
    def measure_alone(self) -> str:
        """What is measured, for a number without its chart: without what explains the drawing."""
        parts = self.measure.split(_PARTED)
        return _PARTED.join(part for part in parts if not part.startswith(GAP_NUMBERS))

    @cached_property
    def figure(self) -> go.Figure:
        """The marks as the pages draw them."""
        return draw(self.marks)


def scale_of(indicator: Indicator, rows: Sequence[Observation] = ()) -> Scale:
    """The value axis of an indicator; in percent also for counts with a known denominator."""
    if indicator.is_proportion or (rows and all(compares_in_percent(r, indicator) for r in rows)):
        return Scale(f"{fmt.NO_BREAK_SPACE}%", indicator.decimals, top=100)
    rough = fmt.gap_decimals(indicator, approximate=True)
    marks = {"hours_per_week": "timer", "months": "måneder", "dkk_per_year": "kr."}
    mark = marks.get(indicator.unit)
    return Scale(fmt.NO_BREAK_SPACE + mark if mark else "", indicator.decimals, None, rough)


def role_of(area_id: str, focus_id: str, catalog: Catalog) -> Role:
    """Chosen area, benchmark (the country) or peer."""
    if area_id == focus_id:
        return FOCUS
    return BENCHMARK if catalog.areas[area_id].level == "country" else PEER


def common_decimals(rows: Sequence[Observation], indicator: Indicator) -> int:
    """As many decimals as any of the exact values has; the indicator's own where there is none."""
    written = [
        indicator.decimals if row.decimals is None else min(row.decimals, indicator.decimals)
        for row in rows
        if _is_exact(row)
    ]
    return max(written, default=indicator.decimals)


def same_decimals(
    rows: Sequence[Observation], indicator: Indicator, decimals: int | None = None
) -> tuple[Observation, ...]:
    """The rows with equally many decimals, as numbers beside each other are written.

    Rough values and limits keep what their source wrote: "ca. 10" is not "ca. 10,0".
    """
    wanted = common_decimals(rows, indicator) if decimals is None else decimals
    return tuple(row._replace(decimals=wanted) if _is_exact(row) else row for row in rows)


def _is_exact(row: Observation) -> bool:
    return row.value is not None and not row.is_approximate and not row.is_bound


def line_of(
    name: str,
    role: Role,
    rows: Sequence[Observation],
    indicator: Indicator,
    catalog: Catalog,
    decimals: int | None = None,
) -> Line:
    """A series as a line; hidden and missing values and breaks leave a gap, never 0.

    Its values have equally many decimals: `decimals`, else the most that any of them has.
    """
    points: list[LinePoint] = []
    is_hidden = False
    for row in same_decimals(rows, indicator, decimals):
        point = _point(row, indicator, catalog)
        if point is not None:
            points.append(point._replace(after_gap=is_hidden and bool(points)))
        is_hidden = point is None
    return Line(name, role, parted_points(points, indicator))


def parted_points(points: Sequence[LinePoint], indicator: Indicator) -> tuple[LinePoint, ...]:
    """The points of a line, oldest first, with a gap where a break in the series parts two."""
    return tuple(
        point._replace(after_gap=True)
        if before is not None and is_across(before.period, point.period, indicator)
        else point
        for before, point in zip((None, *points), points, strict=False)
    )


def _point(row: Observation, indicator: Indicator, catalog: Catalog) -> LinePoint | None:
    value = drawn_value(row, indicator)
    if value is None:
        return None
    return LinePoint(
        row.period,
        period_name(row.period, indicator, catalog),
        value,
        label_of(row, indicator),
        row.is_approximate,
        doubted=catalog.is_implausible(row),
        bound=row.bound,
        range_low=row.low if row.status == "range" else None,
        range_high=row.high if row.status == "range" else None,
        counts=share(row, indicator),
    )


def drawn_value(row: Observation, indicator: Indicator) -> float | None:
    """A value's position on the axis; of a range the middle, which is never drawn by itself.

    None where it is hidden or missing.
    """
    if row.status == "range" and row.low is not None and row.high is not None:
        return (row.low + row.high) / 2
    return row.value if row.is_bound else comparable_value(row, indicator)


def dot_of(
    name: str,
    role: Role,
    row: Observation,
    indicator: Indicator,
    against: Comparison | None = None,
    catalog: Catalog | None = None,
) -> Dot | None:
    """A value as a dot, a limit or a range as what it is; None where it is hidden or missing.

    `against` is what its gap is to. With a `catalog` an implausible value is open, and
    its gap is not shown.
    """
    value = drawn_value(row, indicator)
    if value is None:
        return None
    doubted = catalog is not None and catalog.is_implausible(row)
    gap = ""
    if against is not None and against.gap_points is not None and not doubted:
        gap = signed_gap(against.gap_points, indicator, against.approximate)
    low, high = interval(row, indicator) or (None, None)
    is_range = row.status == "range"
    return Dot(
        name, role, value, label_of(row, indicator), row.is_approximate or doubted, gap,
        low=low, high=high,
        bound=row.bound, range_low=row.low if is_range else None,
        range_high=row.high if is_range else None,
        period_name=period_name(row.period, indicator, catalog) if catalog else row.period.name(),
        counts=share(row, indicator),
    )  # fmt: skip


def dot_in_words(dot: Dot) -> str:
    """`Gellerup 21 af 68 · 31 % (sikkerhedsinterval 21-43 %)`."""
    if dot.low is None or dot.high is None:
        return f"{dot.name} {dot.text}"
    return f"{dot.name} {dot.text} (sikkerhedsinterval {fmt.interval(dot.low, dot.high)})"


def label_of(row: Observation, indicator: Indicator) -> str:
    """A value as a label in a chart; with its counts where they are known: `21 af 68 · 31 %`."""
    counted = shown_counts(row, indicator)
    if counted is None:
        return fmt.bare(row, indicator)
    return f"{fmt.n_of_n(*counted)} · {fmt.percent(100 * counted[0] / counted[1], 0)}"


def whose(indicator: Indicator, group_id: str, catalog: Catalog) -> tuple[str, ...]:
    """The group as a subtitle names it; empty for everyone, and where a count's name says it."""
    if group_id == "all" or (indicator.is_total and group_id == indicator.default_group):
        return ()
    return (people(catalog.groups[group_id].name),)


def inside(name: str) -> str:
    """Where figures are from: `i Aarhus`, `på Læsø`, `på Møllevangskolen`, `i hele landet`."""
    is_on = name in _ISLANDS or name.casefold().endswith(_SCHOOLS)
    return f"på {name}" if is_on else f"i {benchmark_name(name)}"


def benchmark_name(name: str) -> str:
    """An area or a median inside a sentence: `hele landet`, `medianen af de andre kommuner`."""
    if name.startswith("Median "):
        return f"medianen {name.removeprefix('Median ')}"
    return place(name)


def group_in_title(indicator: Indicator, group_id: str, catalog: Catalog) -> str:
    """The group as a title names it after the place: `, borgere med ikke-vestlig baggrund`."""
    return "".join(f", {in_text(name)}" for name in whose(indicator, group_id, catalog))
