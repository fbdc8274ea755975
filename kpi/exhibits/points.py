"""The exhibits of one period: areas against each other, or population groups against each other."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from kpi.charts.dots import axis_start
from kpi.charts.marks import BENCHMARK, FOCUS, PEER, Dot, DotMarks, Marks, NumberMarks
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.compare import MEDIAN, Figures, compare_with_value
from kpi.domain.format import amount, display
from kpi.domain.judgement import compare_areas
from kpi.domain.measure import share
from kpi.domain.model import Indicator, Observation
from kpi.domain.period import Period
from kpi.domain.plan import Target
from kpi.domain.selection import Selection
from kpi.domain.targets import is_drawn_beside, target_amount, target_name, targets_of
from kpi.domain.wording import place, row_period_name, sentences, subtitle
from kpi.exhibits.one_measure import apart_remark, in_one_measure
from kpi.exhibits.parts import (
    MEDIAN_NAME,
    Exhibit,
    Table,
    axis_remark,
    caveats,
    dash_remark,
    dot_of,
    drawn_value,
    role_of,
    same_decimals,
    scale_of,
    sources_of,
    whose,
)
from kpi.exhibits.reading import many_comparisons, reading_of
from kpi.exhibits.targets import target_sentence
from kpi.exhibits.titles import (
    areas_title,
    doubt,
    gap_title,
    groups_title,
    unsure,
    value_title,
)

Marked = list[tuple[Dot, Observation]]


class _Chosen(NamedTuple):
    """The rows of a chart: as published, those its title is about, and those of another measure.

    Of `pair` the first is the figure, the second what it is compared
    with; `apart` are not drawn. `median`
    is the benchmark where no row is.
    """

    raw: tuple[Observation, ...]
    pair: tuple[Observation, ...]
    apart: tuple[Observation, ...]
    median: float | None = None


def points_exhibit(
    indicator: Indicator,
    group_id: str,
    area_ids: Sequence[str],
    period: Period,
    figures: Figures,
    catalog: Catalog,
    medians: Mapping[Period, float] | None = None,
) -> Exhibit | None:
    """One dot per area for one period, the first area strong; None where none has a value.

    With the country among them, stems start at its value and carry the difference to it; without
    it, or where the indicator is judged by the median, `medians` (period to the other
    municipalities' median, without the first area) is the benchmark. A single value is a number and
    no chart.
    """
    rows = (
        figures.at(indicator.indicator_id, area_id, group_id, period)
        for area_id in dict.fromkeys(area_ids)
    )
    raw, shown = _with_values([row for row in rows if row is not None], indicator)
    if not shown:
        return None
    own = next((row for row in shown if row.area_id == area_ids[0]), shown[0])
    shown, apart = in_one_measure(own, shown, indicator)
    raw = tuple(row for row in raw if row.area_id in {drawn.area_id for drawn in shown})
    row_by_area = {row.area_id: row for row in shown}
    focus_id = own.area_id
    roles = {area_id: role_of(area_id, focus_id, catalog) for area_id in row_by_area}
    middle = (medians or {}).get(period)
    if middle is not None and (indicator.benchmark == "median" or BENCHMARK not in roles.values()):
        roles = {area_id: PEER if role == BENCHMARK else role for area_id, role in roles.items()}
    else:
        middle = None
    benchmark = next(
        (row_by_area[area_id] for area_id, role in roles.items() if role == BENCHMARK), None
    )
    marked: Marked = []
    for area_id, row in row_by_area.items():
        role = roles[area_id]
        comparison = compare_areas(row, benchmark, catalog) if benchmark else None
        if middle is not None and role == FOCUS:
            comparison = compare_with_value(row, middle, indicator, "area_set", MEDIAN)
        dot = dot_of(catalog.areas[area_id].name, role, row, indicator, comparison, catalog)
        if dot:
            marked.append((dot, row))
    if middle is not None:
        title = _median_title(own, middle, indicator, catalog)
        chosen = _Chosen(raw, (own,), apart, middle)
        return _exhibit(title, "Område", marked, chosen, indicator, catalog)
    against = benchmark or next((row for row in shown if _is_beside(own, row, catalog)), None)
    against = None if against is own else against
    title = _areas_title(own, against, indicator, catalog)
    pair = (own, against) if against else (own,)
    chosen = _Chosen(raw, pair, apart)
    exhibit = _exhibit(title, "Område", marked, chosen, indicator, catalog)
    if against is None or against is not benchmark:
        return exhibit
    comparisons = [compare_areas(row, against, catalog) for row in shown if row is not against]
    many = many_comparisons(comparisons, f"til {place(catalog.areas[against.area_id].name)}")
    remarks = (*exhibit.remarks[:1], many, *exhibit.remarks[1:]) if many else exhibit.remarks
    return replace(exhibit, remarks=remarks)


def _is_beside(own: Observation, other: Observation, catalog: Catalog) -> bool:
    """Whether an area is what the chosen one is compared with: no part of itself."""
    mine, theirs = (catalog.areas[row.area_id] for row in (own, other))
    is_above = theirs.area_id == mine.parent_id
    return theirs is not mine and (theirs.level == mine.level or is_above)


def groups_exhibit(
    indicator: Indicator,
    area_id: str,
    group_ids: Sequence[str],
    period: Period,
    figures: Figures,
    catalog: Catalog,
) -> Exhibit | None:
    """One dot per population group for one area and period, the first group strong; stems from 0.

    None where none has a value. A single value is a number and no chart.
    """
    rows = (
        figures.at(indicator.indicator_id, area_id, group_id, period)
        for group_id in dict.fromkeys(group_ids)
    )
    raw, shown = _with_values([row for row in rows if row is not None], indicator)
    if not shown:
        return None
    own = shown[0]
    shown, apart = in_one_measure(own, shown, indicator)
    raw = tuple(row for row in raw if row.group_id in {drawn.group_id for drawn in shown})
    marked: Marked = []
    for row in shown:
        name = catalog.groups[row.group_id].name
        dot = dot_of(name, FOCUS if row is own else PEER, row, indicator, catalog=catalog)
        if dot:
            marked.append((dot, row))
    against = _reference(own, shown, catalog)
    area_name = catalog.areas[own.area_id].name
    if against is None:
        title = value_title(own, indicator, area_name, catalog)
    else:
        title = groups_title(own, against, indicator, area_name, catalog)
    pair = (own, against) if against else (own,)
    return _exhibit(title, "Gruppe", marked, _Chosen(raw, pair, apart), indicator, catalog)


def _with_values(
    rows: Sequence[Observation], indicator: Indicator
) -> tuple[tuple[Observation, ...], tuple[Observation, ...]]:
    """The rows that can be drawn: as they were published, and with equally many decimals."""
    raw = tuple(row for row in rows if drawn_value(row, indicator) is not None)
    return raw, same_decimals(raw, indicator)


def _reference(
    own: Observation, shown: Sequence[Observation], catalog: Catalog
) -> Observation | None:
    """The group that the first one is compared with: its own, or the only other beside it."""
    reference = catalog.groups[own.group_id].reference_group_id
    against = next((row for row in shown if row.group_id == reference), None)
    is_pair = len(shown) == 2 and "all" not in {drawn.group_id for drawn in shown}
    return against or (shown[1] if is_pair else None)


def _areas_title(
    own: Observation, against: Observation | None, indicator: Indicator, catalog: Catalog
) -> str:
    """The takeaway: shares with their counts, a gap where there is one, else the value itself."""
    name = catalog.areas[own.area_id].name
    if against is None:
        return value_title(own, indicator, name, catalog)
    other_name = catalog.areas[against.area_id].name
    comparison = compare_areas(own, against, catalog)
    # A bare count grows with the area, and small counts say little: the numbers are the finding.
    if share(own, indicator) or not comparison.in_percent or comparison.gap_points is None:
        return areas_title((own, name), (against, other_name), indicator, catalog)
    approximate = comparison.approximate
    gap = gap_title(name, comparison.gap_points, other_name, indicator, True, approximate)
    return gap + doubt([own, against], catalog) + unsure(comparison)


def _median_title(own: Observation, middle: float, indicator: Indicator, catalog: Catalog) -> str:
    """The chosen area's difference to the other municipalities' median, as a title."""
    comparison = compare_with_value(own, middle, indicator, "area_set", MEDIAN)
    name = catalog.areas[own.area_id].name
    if comparison.gap_points is None:
        return value_title(own, indicator, name, catalog)
    gap = gap_title(
        name,
        comparison.gap_points,
        MEDIAN_NAME,
        indicator,
        indicator.is_proportion,
        comparison.approximate,
    )
    return gap + doubt([own], catalog) + unsure(comparison)


def _exhibit(
    title: str,
    column: str,
    marked: Marked,
    chosen: _Chosen,
    indicator: Indicator,
    catalog: Catalog,
) -> Exhibit:
    pair = chosen.pair
    rows = tuple(row for _, row in marked)
    date = row_period_name(rows[0], indicator, catalog)
    under = subtitle(indicator, _same_of_all(column, rows, indicator, catalog), date, date)
    targets = [
        (target, row)
        for row in rows
        for target in targets_of(catalog.targets, row.indicator_id, row.area_id, row.group_id)
    ]
    beside = [
        (_target_dot(target, indicator, catalog), target)
        for target, row in targets
        if is_drawn_beside(row, indicator)
    ]
    table = _table(column, marked, beside, indicator)
    drawn = [dot for dot, target in beside if target.is_decided]
    if chosen.median is not None:
        dot, median_row = _median_row(chosen.median, len(table.columns), indicator)
        drawn.insert(0, dot)
        table = Table(table.columns, (*table.rows, median_row))
    about = f"{catalog.areas[rows[0].area_id].name}, {date}"
    marks = _marks([*(dot for dot, _ in marked), *drawn], about, rows, indicator)
    start = axis_start(marks.dots, marks.scale) if isinstance(marks, DotMarks) else None
    remarks = [
        reading_of(
            (*pair, *(row for row in rows if row not in pair)), indicator, catalog, chosen.median
        ),
        axis_remark(start, scale_of(indicator, rows), "X"),
        apart_remark(pair[0], chosen.apart, indicator, catalog),
        *(target_sentence(target, row, indicator, catalog) for target, row in targets),
        *caveats(rows, indicator, catalog),
        dash_remark(table),
    ]
    values = [(dot.name, display(row, indicator)) for dot, row in marked]
    values += [(dot.name, dot.text) for dot in drawn if dot.role == BENCHMARK]
    listed = "; ".join(f"{name}: {text}" for name, text in values)
    kind = "Punktdiagram" if isinstance(marks, DotMarks) else "Tal"
    group_ids = tuple(dict.fromkeys(row.group_id for row in rows))
    return Exhibit(
        key=f"niveau-{indicator.indicator_id}-{'-'.join(group_ids)}-{rows[0].area_id}",
        title=title,
        subtitle=under,
        marks=marks,
        alt=sentences(kind, title, under, listed),
        table=table,
        observations=chosen.raw,
        source=sources_of(rows, catalog),
        remarks=tuple(dict.fromkeys(filter(None, remarks))),
        selection=Selection(
            "sammenlign",
            noegletal=indicator.indicator_id,
            omraader=tuple(dict.fromkeys(row.area_id for row in rows)),
            grupper=group_ids,
        ),
    )


def _same_of_all(
    column: str, rows: Sequence[Observation], indicator: Indicator, catalog: Catalog
) -> tuple[str, ...]:
    """What all values have in common, for the subtitle: their group, or their area.

    A single value's group is named too.
    """
    group = whose(indicator, rows[0].group_id, catalog)
    if column == "Område":
        return group
    return (catalog.areas[rows[0].area_id].name, *(group if len(rows) == 1 else ()))


def _median_row(middle: float, columns: int, indicator: Indicator) -> tuple[Dot, tuple[str, ...]]:
    """The median as a dot and as a row of the table: no source has words for it."""
    dot = Dot(MEDIAN_NAME, BENCHMARK, middle, fmt.number(middle, indicator.decimals))
    cells = [MEDIAN_NAME, amount(middle, indicator, indicator.decimals), fmt.MISSING]
    return dot, tuple(cells[:columns])


def _marks(
    dots: Sequence[Dot], about: str, rows: Sequence[Observation], indicator: Indicator
) -> Marks:
    """The dots; of a single one its number, as one dot has nothing to be seen beside."""
    if len(dots) == 1:
        return NumberMarks(display(rows[0], indicator), about)
    return DotMarks(tuple(dots), scale_of(indicator, rows))


def _table(
    column: str, marked: Marked, targets: Sequence[tuple[Dot, Target]], indicator: Indicator
) -> Table:
    """One row per value, then the targets; the source's own words where it has any."""
    # A target's note is ours and is among the remarks.
    words = [*(row.as_published for _, row in marked), *(None for _ in targets)]
    values = [(dot.name, display(row, indicator)) for dot, row in marked]
    values += [(dot.name, dot.text) for dot, _ in targets]
    if not any(words):
        return Table((column, "Værdi"), tuple(values))
    # A number that only we wrote so is nobody's words.
    rows = tuple(
        (name, text, word or fmt.MISSING) for (name, text), word in zip(values, words, strict=True)
    )
    return Table((column, "Værdi", "Kildens ord"), rows)


def _target_dot(target: Target, indicator: Indicator, catalog: Catalog) -> Dot:
    """A target as a row of its own, hollow: it is no figure."""
    name, text = target_name(target, indicator, catalog), target_amount(target, indicator)
    return Dot(name, PEER, target.value, text, approximate=True, named=True)
