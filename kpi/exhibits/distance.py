"""The exhibit of some areas in one period, by their difference to the country or a median."""

from collections.abc import Mapping, Sequence

from kpi.charts.dots import axis_start
from kpi.charts.marks import FOCUS, PEER, Dot, DotMarks
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.compare import Comparison
from kpi.domain.measure import comparable_value
from kpi.domain.model import AreaSet, Indicator, Observation
from kpi.domain.selection import Selection
from kpi.domain.wording import gap_text, sentences
from kpi.exhibits.benchmarks import Benchmark, benchmark_in, compared_with_benchmark, focus_reading
from kpi.exhibits.caveats import axis_remark, caveats, dash_remark, sources_of
from kpi.exhibits.parts import Exhibit, Table, dot_of, same_decimals, scale_of
from kpi.exhibits.places import under_title
from kpi.exhibits.reading import many_comparisons
from kpi.exhibits.set_means import mean_remark
from kpi.exhibits.targets import target_remarks
from kpi.exhibits.titles import doubt, gap_title, other_group, unsure


def distance_exhibit(
    indicator: Indicator,
    rows: Sequence[Observation],
    area_ids: Sequence[str],
    catalog: Catalog,
    selection: Selection,
    among: AreaSet | None = None,
) -> Exhibit | None:
    """The chosen areas' difference to the country, or to a middle of other municipalities.

    That is the mean of `among`, the set that the reader chose, else the median. What is drawn is
    without the first area; each area's own difference is to a middle without itself.
    """
    raw = {row.area_id: row for row in rows}
    rows = same_decimals(rows, indicator)
    chosen = _chosen(rows, area_ids, catalog)
    focus_id = chosen[0].area_id if chosen else ""
    benchmark = benchmark_in([*raw.values()], focus_id, indicator, catalog, among)
    if benchmark is None or not chosen:
        return None
    comparisons = {
        row.area_id: compared_with_benchmark(row, benchmark, [*raw.values()], indicator, catalog)
        for row in chosen
    }
    own = comparisons[focus_id]
    if own is None or own.gap_points is None:
        return None
    dots, table = _distances(chosen, comparisons, benchmark, indicator, catalog)
    scale = scale_of(indicator, [row for row in chosen if row.value is not None])
    title = gap_title(
        catalog.areas[focus_id].name, own.gap_points, benchmark.name, indicator,
        scale.top == 100, own.approximate,
        other_group(focus_id, rows[0].group_id, indicator, catalog),
    ) + doubt(chosen[:1], catalog) + unsure(own)  # fmt: skip
    under = under_title(indicator, rows[0], catalog)
    compared = [*chosen, benchmark.country] if benchmark.country else chosen
    drawn = tuple(raw[row.area_id] for row in compared)
    listed = "; ".join(f"{name}: {value} ({gap})" for name, value, gap in table.rows)
    marks = DotMarks((*dots, benchmark.dot), scale)
    comparisons_made = [each for each in comparisons.values() if each]
    remarks = [
        focus_reading(focus_id, drawn, benchmark, indicator, catalog),
        many_comparisons(comparisons_made, f"til {benchmark.column}"),
        axis_remark(axis_start(marks.dots, scale), scale, "X"),
        *target_remarks(chosen, focus_id, catalog),
        mean_remark(benchmark.among) if benchmark.among else "",
        *caveats(drawn, indicator, catalog),
        dash_remark(table),
    ]
    return Exhibit(
        f"afstand-{indicator.indicator_id}-{rows[0].group_id}", title, under, marks,
        sentences(
            "Punktdiagram", title, under,
            f"Sammenligningsgrundlag {benchmark.name}: {benchmark.dot.text}", listed,
        ),
        table, drawn, sources_of(drawn, catalog), tuple(filter(None, remarks)), selection,
    )  # fmt: skip


def can_be_distances(
    rows: Sequence[Observation], area_ids: Sequence[str], indicator: Indicator, catalog: Catalog
) -> bool:
    """Whether the first of the chosen areas differs from something: the country, or a median."""
    chosen = _chosen(rows, area_ids, catalog)
    if (
        not chosen
        or (benchmark := benchmark_in(rows, chosen[0].area_id, indicator, catalog)) is None
    ):
        return False
    own = compared_with_benchmark(chosen[0], benchmark, rows, indicator, catalog)
    return own is not None and own.gap_points is not None


def _chosen(
    rows: Sequence[Observation], area_ids: Sequence[str], catalog: Catalog
) -> list[Observation]:
    """The rows of the chosen areas in their order, without the country's."""
    row_by_area = {row.area_id: row for row in rows}
    return [
        row_by_area[area_id]
        for area_id in dict.fromkeys(area_ids)
        if area_id in row_by_area and catalog.areas[area_id].level != "country"
    ]


def _distances(
    chosen: Sequence[Observation],
    comparisons: Mapping[str, Comparison | None],
    benchmark: Benchmark,
    indicator: Indicator,
    catalog: Catalog,
) -> tuple[list[Dot], Table]:
    """The areas as dots, the first strong, and as a table with their difference.

    An area without a difference is in the table only. Where a difference is another than the bar
    shows, as it is to a middle without the area itself, the bars of the others have their values
    alone: a bar of 3,2 is not called 3,9.
    """
    dots, table_rows = [], []
    is_drawn = all(
        _is_as_drawn(row, comparisons[row.area_id], benchmark, indicator) for row in chosen
    )
    for row in chosen:
        comparison = comparisons[row.area_id]
        gap = comparison.gap_points if comparison else None
        name = catalog.areas[row.area_id].name
        role = FOCUS if row is chosen[0] else PEER
        said = comparison if is_drawn or role == FOCUS else None
        dot = dot_of(name, role, row, indicator, said, catalog)
        value = fmt.display(row, indicator)
        if dot is None or comparison is None or gap is None:
            table_rows.append((name, value, fmt.MISSING))
            continue
        dots.append(dot)
        table_rows.append((name, value, gap_text(gap, indicator, comparison.approximate)))
    without = "" if is_drawn else " uden området selv"
    columns = ("Område", "Værdi", f"Forskel til {benchmark.column}{without}")
    return dots, Table(columns, tuple(table_rows))


def _is_as_drawn(
    row: Observation, comparison: Comparison | None, benchmark: Benchmark, indicator: Indicator
) -> bool:
    """Whether an area's difference is the one to the line that is drawn across."""
    value = comparable_value(row, indicator)
    if comparison is None or comparison.gap_points is None or value is None:
        return True
    decimals = fmt.gap_decimals(indicator, comparison.approximate)
    drawn = fmt.shown_steps(value - benchmark.dot.value, decimals)
    return drawn == fmt.shown_steps(comparison.gap_points, decimals)
