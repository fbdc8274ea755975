"""What the exhibits of one period have in common: a dot a row, targets beside them, and a table."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kpi.charts.dots import axis_start
from kpi.charts.marks import BENCHMARK, PEER, Dot, DotMarks, Marks, NumberMarks
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.format import amount, display
from kpi.domain.middle import Middle
from kpi.domain.model import Indicator, Observation
from kpi.domain.period_words import row_period_name
from kpi.domain.plan import Target
from kpi.domain.selection import Selection
from kpi.domain.targets import is_drawn_beside, target_amount, target_name, targets_of
from kpi.domain.wording import capital, sentences, subtitle
from kpi.exhibits.begun import unequal_time
from kpi.exhibits.caveats import axis_remark, caveats, dash_remark, sources_of
from kpi.exhibits.one_measure import apart_remark, in_one_measure
from kpi.exhibits.parts import (
    MEDIAN_NAME,
    Exhibit,
    Table,
    drawn_value,
    same_decimals,
    scale_of,
    whose,
)
from kpi.exhibits.reading import reading_of
from kpi.exhibits.targets import target_sentence

Marked = list[tuple[Dot, Observation]]


class NamedMiddle(NamedTuple):
    """A median or a mean of other areas to compare a figure with, and its name on the axis."""

    middle: Middle
    name: str = MEDIAN_NAME


class Chosen(NamedTuple):
    """The rows of a chart: as published, those its title is about, and those of another measure.

    Of `pair` the first is the figure, the second what it is compared with; `apart` are not drawn.
    `middle` is the benchmark where no row is.
    """

    raw: tuple[Observation, ...]
    pair: tuple[Observation, ...]
    apart: tuple[Observation, ...]
    middle: NamedMiddle | None = None


class Points(NamedTuple):
    """The rows that a chart draws: the one that it is about, and all of them, in order.

    `raw` are the same as published; `apart` are not drawn, as they are of another measure.
    """

    own: Observation
    shown: tuple[Observation, ...]
    raw: tuple[Observation, ...]
    apart: tuple[Observation, ...]


def points_of(rows: Iterable[Observation | None], indicator: Indicator) -> Points | None:
    """The rows that have a value, with equally many decimals, in the measure of the first of them.

    None where none has one.
    """
    raw = tuple(row for row in rows if row is not None and drawn_value(row, indicator) is not None)
    if not raw:
        return None
    alike = same_decimals(raw, indicator)
    shown, apart = in_one_measure(alike[0], alike, indicator)
    drawn = {(row.area_id, row.group_id) for row in shown}
    published = tuple(row for row in raw if (row.area_id, row.group_id) in drawn)
    return Points(alike[0], shown, published, apart)


def one_period_exhibit(
    title: str,
    column: str,
    marked: Marked,
    chosen: Chosen,
    indicator: Indicator,
    catalog: Catalog,
) -> Exhibit:
    """An exhibit of dots; a single value is a number. `column` says what a row is of."""
    rows = tuple(row for _, row in marked)
    date = row_period_name(rows[0], indicator, catalog)
    under = subtitle(indicator, _same_of_all(column, rows, indicator, catalog), date, date)
    targets = [
        (target, row)
        for row in rows
        for target in targets_of(catalog.targets, row.indicator_id, row.area_id, row.group_id)
    ]
    table, beside = _table_and_dots(column, marked, targets, chosen.middle, indicator, catalog)
    about = f"{catalog.areas[rows[0].area_id].name}, {date}"
    marks = _marks([*(dot for dot, _ in marked), *beside], about, rows, indicator)
    start = axis_start(marks.dots, marks.scale) if isinstance(marks, DotMarks) else None
    read = (*chosen.pair, *(row for row in rows if row not in chosen.pair))
    remarks = [
        reading_of(read, indicator, catalog, *(chosen.middle or ())),
        axis_remark(start, scale_of(indicator, rows), "X"),
        apart_remark(chosen.pair[0], chosen.apart, indicator, catalog),
        *(target_sentence(target, row, indicator, catalog) for target, row in targets),
        unequal_time(rows, catalog),
        *caveats(rows, indicator, catalog),
        dash_remark(table),
    ]
    values = [(dot.name, display(row, indicator)) for dot, row in marked]
    values += [(dot.name, dot.text) for dot in beside if dot.role == BENCHMARK]
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


def _table_and_dots(
    column: str,
    marked: Marked,
    targets: Sequence[tuple[Target, Observation]],
    middle: NamedMiddle | None,
    indicator: Indicator,
    catalog: Catalog,
) -> tuple[Table, list[Dot]]:
    """The table, and the dots beside those of figures: the middle, and targets that are decided."""
    beside = [
        (_target_dot(target, indicator, catalog), target)
        for target, row in targets
        if is_drawn_beside(row, target, indicator)
    ]
    table = _table(column, marked, beside, indicator)
    decided = [dot for dot, target in beside if target.is_decided]
    if middle is None:
        return table, decided
    dot, middle_row = _middle_row(middle, len(table.columns), indicator)
    return Table(table.columns, (*table.rows, middle_row)), [dot, *decided]


def _middle_row(
    middle: NamedMiddle, columns: int, indicator: Indicator
) -> tuple[Dot, tuple[str, ...]]:
    """The middle as a dot and as a row of the table: no source has words for it."""
    (value, _), name = middle
    dot = Dot(capital(name), BENCHMARK, value, fmt.number(value, indicator.decimals))
    cells = [dot.name, amount(value, indicator, indicator.decimals), fmt.MISSING]
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
