"""The exhibit of a development: one indicator and group, several areas, two or more periods."""

from collections.abc import Iterable, Mapping, Sequence

from kpi.charts.marks import BENCHMARK, FOCUS, PEER, Line, LineMarks, LinePoint, Role
from kpi.charts.time_axis import axis_start
from kpi.domain import format as fmt
from kpi.domain.age import NOT_BEGUN
from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures, are_alike
from kpi.domain.measure import share
from kpi.domain.middle import Middle
from kpi.domain.model import Indicator, Observation
from kpi.domain.period import Period
from kpi.domain.period_words import period_name
from kpi.domain.selection import Selection
from kpi.domain.tendency import PERIODS, trend_sentence
from kpi.domain.wording import capital, sentences, subtitle
from kpi.exhibits.caveats import axis_remark, caveats, dash_remark, sources_of
from kpi.exhibits.drawn_lines import DrawnLines
from kpi.exhibits.events import break_remark, events_of, events_remark
from kpi.exhibits.line_sentences import (
    last_compared,
    lines_alt,
    lines_reading,
    lines_title,
    season_remark,
)
from kpi.exhibits.one_measure import apart_remark, in_one_measure, measuring
from kpi.exhibits.parts import (
    GAP_NUMBERS,
    MEDIAN_NAME,
    Exhibit,
    Table,
    benchmark_name,
    common_decimals,
    drawn_value,
    line_of,
    parted_points,
    role_of,
    scale_of,
    whose,
)
from kpi.exhibits.point_remarks import note_marks, point_remark
from kpi.exhibits.set_means import Middles, SetMeans
from kpi.exhibits.targets import lines_to_targets, progress_remarks, targets_ahead

# What heads the first column of a development's table.
PERIOD = "Periode"


def trend_exhibit(
    indicator: Indicator,
    group_id: str,
    area_ids: Sequence[str],
    figures: Figures,
    catalog: Catalog,
    middles: Middles | None = None,
    full_series: Figures | None = None,
) -> Exhibit | None:
    """Lines for the areas, the first with a value strong; None unless one of them has two values.

    Without a country among the areas, or where the indicator is judged by the median, `middles`
    (period to the other municipalities' median, without the first area) is the benchmark; means of
    a set that the reader chose are it always. Only periods like that of the first area's newest
    value are drawn. `full_series` is used to judge targets where `figures` has only a part of the
    series. Where the first area has no value, and no other but the country, the title is of what it
    has instead: hidden, or not reported.
    """
    series = {
        area_id: rows
        for area_id in area_ids
        if (rows := figures.series(indicator.indicator_id, area_id, group_id))
    }
    if not series:
        return None
    focus_id = _focus_of(series, indicator, catalog)
    # They leave the first area out, and so contain any other.
    middles = middles if focus_id == area_ids[0] else None
    newest = series[focus_id][-1]
    unshown = _without_a_value(series.get(area_ids[0], ()), focus_id, catalog)
    series, apart = _like_the_newest(series, focus_id, indicator)
    every = [row for rows in series.values() for row in rows]
    chosen = middles if isinstance(middles, SetMeans) else None
    by_period = _middle_by_period(middles)
    comes_first = bool(by_period) and (chosen is not None or indicator.judged_by == "median")
    is_bare_count = indicator.is_total and not any(share(row, indicator) for row in every)
    roles = _roles(series, focus_id, catalog, without_country=comes_first or is_bare_count)
    with_middle = bool(by_period) and BENCHMARK not in roles.values()
    # A middle has the indicator's decimals, and so have the values beside it.
    decimals = indicator.decimals if with_middle else common_decimals(every, indicator)
    lines = [
        line_of(catalog.areas[area_id].name, roles[area_id], rows, indicator, catalog, decimals)
        for area_id, rows in series.items()
    ]
    if max(len(line.points) for line in lines) < 2:
        return None
    if by_period and with_middle:
        name = capital(chosen.name) if chosen else MEDIAN_NAME
        lines.append(_middle_line(name, by_period, newest.period, indicator, catalog))
    lines = [line for line in lines if line.points]
    country_id = next((area_id for area_id, role in roles.items() if role == BENCHMARK), None)
    benchmark = next((line.name for line in lines if line.role == BENCHMARK), "")
    against = chosen.name if chosen else benchmark_name(benchmark)
    remark = chosen.remark if chosen else ""
    drawn = DrawnLines(
        lines, series, focus_id, country_id, against, remark, apart, by_period, unshown
    )
    return _exhibit(indicator, group_id, drawn, catalog, full_series or figures)


def _focus_of(
    series: Mapping[str, Sequence[Observation]], indicator: Indicator, catalog: Catalog
) -> str:
    """The first area that has a value of its newest kind; the country only where no other has one.

    Hidden values draw no line: a strong line without points would leave the benchmark's in its
    place, to be compared with itself. Without any value it is the first area.
    """
    first = next(iter(series))
    with_values = [
        area_id
        for area_id, rows in series.items()
        if any(drawn_value(row, indicator) is not None for row in rows if are_alike(row, rows[-1]))
    ]
    if first in with_values:
        return first
    of_others = (each for each in with_values if catalog.areas[each].level != "country")
    return next(of_others, with_values[0] if with_values else first)


def _middle_by_period(middles: Middles | None) -> Mapping[Period, Middle]:
    """The mean of a chosen set, or the median, in each period that has one."""
    if isinstance(middles, SetMeans):
        return middles.by_period
    return {period: Middle(median) for period, median in (middles or {}).items()}


def _roles(
    area_ids: Iterable[str], focus_id: str, catalog: Catalog, *, without_country: bool
) -> dict[str, Role]:
    """What each area's line is drawn as; `without_country` the country is one of the others."""
    roles = {area_id: role_of(area_id, focus_id, catalog) for area_id in area_ids}
    if not without_country:
        return roles
    return {area_id: PEER if role == BENCHMARK else role for area_id, role in roles.items()}


def _without_a_value(
    rows: Sequence[Observation], focus_id: str, catalog: Catalog
) -> Observation | None:
    """The newest of the first area's rows, where the country alone is drawn in its place."""
    is_replaced = bool(rows) and rows[-1].area_id != focus_id
    return rows[-1] if is_replaced and catalog.areas[focus_id].level == "country" else None


def _like_the_newest(
    series: Mapping[str, tuple[Observation, ...]], focus_id: str, indicator: Indicator
) -> tuple[dict[str, tuple[Observation, ...]], tuple[Observation, ...]]:
    """Each area's rows of periods and in a measure like the focus area's newest, and the others.

    Rows of other kinds of period are in neither.
    """
    newest = series[focus_id][-1]
    own = measuring([row for row in series[focus_id] if are_alike(row, newest)])
    drawn: dict[str, tuple[Observation, ...]] = {}
    apart: list[Observation] = []
    for area_id, rows in series.items():
        alike = tuple(row for row in rows if are_alike(row, newest))
        drawn[area_id], others = in_one_measure(own, alike, indicator)
        apart += others
    return drawn, tuple(apart)


def _exhibit(
    indicator: Indicator, group_id: str, drawn: DrawnLines, catalog: Catalog, full_series: Figures
) -> Exhibit:
    lines, rows, focus = drawn.lines, drawn.rows, drawn.focus
    names = {point.period: point.period_name for line in lines for point in line.points}
    shown = sorted(names, key=lambda period: period.order)
    under = subtitle(
        indicator, whose(indicator, group_id, catalog), names[shown[0]], names[shown[-1]]
    )
    if drawn.benchmark:
        under += f" · {GAP_NUMBERS} forskel til {drawn.against}"
    scale = scale_of(indicator, [row for row in rows if row.value is not None])
    title = lines_title(drawn, scale.top == 100, indicator, catalog)
    own = drawn.series.get(drawn.focus_id, ())
    series = _full_series(own, full_series)
    targets = targets_ahead(series, catalog)
    target_lines = lines_to_targets(targets, series, own, indicator, catalog)
    events = events_of(indicator, drawn.focus_id, lines, catalog)
    table = _table(drawn, indicator, catalog, target_lines)
    said = point_remark(rows, catalog, lettered=True)
    remarks = [
        break_remark(events),
        season_remark(focus, indicator, catalog),
        lines_reading(rows, drawn, indicator, catalog),
        last_compared(drawn, scale.top == 100, indicator, catalog),
        said,
        axis_remark(axis_start((*lines, *target_lines), scale), scale),
        apart_remark(own[-1], drawn.apart, indicator, catalog) if own else "",
        events_remark(events),
        drawn.about_set,
        *progress_remarks(targets, series, indicator, catalog),
        "" if any(map(catalog.is_implausible, own[-PERIODS:])) else trend_sentence(own, indicator),
        *caveats(rows, indicator, catalog, with_remarks=False),
        dash_remark(table),
    ]
    return Exhibit(
        key=f"udvikling-{indicator.indicator_id}-{group_id}",
        title=title,
        subtitle=under,
        marks=LineMarks((*lines, *target_lines), scale, events, note_marks(lines, rows, catalog)),
        alt=sentences(
            lines_alt(title, under, lines, target_lines, indicator, catalog),
            break_remark(events),
            said,
        ),
        table=table,
        observations=rows,
        source=sources_of(rows, catalog),
        remarks=tuple(filter(None, remarks)),
        selection=Selection(
            "sammenlign",
            noegletal=indicator.indicator_id,
            omraader=tuple(dict.fromkeys(row.area_id for row in rows)),
            grupper=(group_id,),
        ),
    )


def _full_series(own: Sequence[Observation], figures: Figures) -> list[Observation]:
    """The full series of the rows drawn, up to the newest of them and of the same kind."""
    if not own:
        return []
    newest = own[-1]
    return [
        row
        for row in figures.series(newest.indicator_id, newest.area_id, newest.group_id)
        if are_alike(row, newest) and row.period.end <= newest.period.end
    ]


def _middle_line(
    name: str,
    by_period: Mapping[Period, Middle],
    newest: Period,
    indicator: Indicator,
    catalog: Catalog,
) -> Line:
    points = tuple(
        LinePoint(
            period, period_name(period, indicator, catalog), middle.value,
            fmt.number(middle.value, indicator.decimals),
        )
        for period, middle in sorted(by_period.items(), key=lambda each: each[0].order)
        if period.is_like(newest)
    )  # fmt: skip
    return Line(name, BENCHMARK, parted_points(points, indicator))


def _table(
    drawn: DrawnLines, indicator: Indicator, catalog: Catalog, target_lines: Sequence[Line]
) -> Table:
    """One row per period, then one per target with its value in the chosen area's column.

    A period whose values are all hidden has a row too: it explains the gap in the line.
    """
    lines = drawn.lines
    cells = [{point.period: point.text for point in line.points} for line in lines]
    columns = {line.name: texts for line, texts in zip(lines, cells, strict=True)}
    for area_id, rows in drawn.series.items():
        texts = columns.get(catalog.areas[area_id].name)
        if texts is not None:
            for row in rows:
                texts.setdefault(row.period, fmt.bare(row, indicator))
    periods = sorted(
        {period for texts in cells for period in texts}, key=lambda period: period.order
    )
    rows_of_periods = tuple(
        (
            period_name(period, indicator, catalog),
            *(texts.get(period, fmt.MISSING) for texts in cells),
        )
        for period in periods
    )
    rows_ahead = _rows_ahead(drawn, indicator, catalog)
    focus = next((place for place, line in enumerate(lines) if line.role == FOCUS), 0)
    after = [fmt.MISSING] * (len(lines) - focus - 1)
    target_rows = tuple(
        (target_line.name, *[fmt.MISSING] * focus, target_line.points[-1].text, *after)
        for target_line in target_lines
    )
    every = (*rows_of_periods, *rows_ahead, *target_rows)
    return Table((PERIOD, *(line.name for line in lines)), every)


def _rows_ahead(drawn: DrawnLines, indicator: Indicator, catalog: Catalog) -> list[tuple[str, ...]]:
    """A row for each period that has not begun: its figures are in the table, and not drawn."""
    texts: dict[Period, dict[str, str]] = {}
    for area_id, rows in drawn.series.items():
        for row in catalog.ahead_of(*rows[-1][:3]) if rows else ():
            name = catalog.areas[area_id].name
            texts.setdefault(row.period, {})[name] = fmt.bare(row, indicator)
    return [
        (
            f"{period_name(period, indicator, catalog)} ({NOT_BEGUN})",
            *(texts[period].get(line.name, fmt.MISSING) for line in drawn.lines),
        )
        for period in sorted(texts, key=lambda period: period.order)
    ]
