"""The exhibit of a development: one indicator and group, several areas, two or more periods."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from kpi.charts.marks import BENCHMARK, FOCUS, PEER, Line, LineMarks, LinePoint
from kpi.charts.time_axis import axis_start
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.compare import MEDIAN, Change, Comparison, change, compare_with_value
from kpi.domain.figures import Figures, are_alike
from kpi.domain.judgement import compare_areas
from kpi.domain.measure import share
from kpi.domain.model import Indicator, Observation
from kpi.domain.period import Period
from kpi.domain.period_words import is_other_season, period_name, when
from kpi.domain.selection import Selection
from kpi.domain.tendency import PERIODS, trend_sentence
from kpi.domain.wording import capital, gap_phrase, sentences, subtitle
from kpi.exhibits.events import break_remark, events_of, events_remark
from kpi.exhibits.one_measure import apart_remark, in_one_measure, measuring
from kpi.exhibits.parts import (
    MEDIAN_NAME,
    Exhibit,
    Table,
    axis_remark,
    benchmark_name,
    caveats,
    common_decimals,
    dash_remark,
    line_of,
    parted_points,
    role_of,
    scale_of,
    sources_of,
    whose,
)
from kpi.exhibits.point_remarks import note_marks, point_remark
from kpi.exhibits.reading import reading_of
from kpi.exhibits.set_means import Middles, SetMeans
from kpi.exhibits.targets import lines_to_targets, progress_remarks, targets_ahead
from kpi.exhibits.titles import (
    DOUBT,
    believed,
    change_title,
    earliest_alike,
    exact,
    gap_since,
    gap_title,
    unbroken,
    unsure,
)

OTHER_SEASON = "Forår og efterår er ikke samme årstid."


class _Drawn(NamedTuple):
    """What is drawn: the lines, the rows they are made of by area, and whose line is the strong.

    `country_id` is the area whose line is the benchmark; None where there is none, or a median or
    mean; `against` is what the benchmark is called within a sentence, `about_set` what the set is
    whose mean it is.
    `apart` are rows that are not drawn because their measure is another.
    """

    lines: list[Line]
    series: Mapping[str, tuple[Observation, ...]]
    focus_id: str
    country_id: str | None
    against: str
    about_set: str
    apart: tuple[Observation, ...] = ()

    @property
    def rows(self) -> tuple[Observation, ...]:
        """The rows of all areas that are drawn, area by area."""
        return tuple(row for rows in self.series.values() for row in rows)

    @property
    def focus(self) -> Line:
        """The strong line; without a chosen area the first."""
        return next((line for line in self.lines if line.role == FOCUS), self.lines[0])

    @property
    def benchmark(self) -> Line | None:
        """The benchmark's line; None where there is none."""
        return next((line for line in self.lines if line.role == BENCHMARK), None)


def trend_exhibit(
    indicator: Indicator,
    group_id: str,
    area_ids: Sequence[str],
    figures: Figures,
    catalog: Catalog,
    middles: Middles | None = None,
    full_series: Figures | None = None,
) -> Exhibit | None:
    """Lines for the areas, the first of them strong; None unless one of them has two values.

    Without a country among the areas, or where the indicator is judged by the median, `middles`
    (period to the other municipalities' median, without the first area) is the benchmark; means of
    a set that the reader chose are it always. Only periods like that of the first area's newest
    value are drawn. `full_series` is used to judge targets where `figures` has
    only a part of the series.
    """
    series = {
        area_id: rows
        for area_id in area_ids
        if (rows := figures.series(indicator.indicator_id, area_id, group_id))
    }
    if not series:
        return None
    focus_id = area_ids[0] if area_ids[0] in series else next(iter(series))
    newest = series[focus_id][-1]
    own = measuring([row for row in series[focus_id] if are_alike(row, newest)])
    apart: list[Observation] = []
    for area_id, rows in series.items():
        alike = tuple(row for row in rows if are_alike(row, newest))
        series[area_id], others = in_one_measure(own, alike, indicator)
        apart += others
    roles = {area_id: role_of(area_id, focus_id, catalog) for area_id in series}
    every = [row for rows in series.values() for row in rows]
    is_bare_count = indicator.is_total and not any(share(row, indicator) for row in every)
    chosen = middles if isinstance(middles, SetMeans) else None
    by_period = middles.by_period if isinstance(middles, SetMeans) else middles
    if is_bare_count or (by_period and (chosen or indicator.judged_by == "median")):
        roles = {area_id: PEER if role == BENCHMARK else role for area_id, role in roles.items()}
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
    drawn = _Drawn(
        lines, series, focus_id, country_id, against, chosen.remark if chosen else "", tuple(apart)
    )
    return _exhibit(indicator, group_id, drawn, catalog, full_series or figures)


def _exhibit(
    indicator: Indicator, group_id: str, drawn: _Drawn, catalog: Catalog, full_series: Figures
) -> Exhibit:
    lines, rows, focus = drawn.lines, drawn.rows, drawn.focus
    names = {point.period: point.period_name for line in lines for point in line.points}
    shown = sorted(names, key=lambda period: period.order)
    under = subtitle(
        indicator, whose(indicator, group_id, catalog), names[shown[0]], names[shown[-1]]
    )
    if drawn.benchmark:
        under += f" · blå tal: forskel til {drawn.against}"
    scale = scale_of(indicator, [row for row in rows if row.value is not None])
    title = _title(drawn, scale.top == 100, indicator, catalog)
    own = drawn.series.get(drawn.focus_id, ())
    series = _full_series(own, full_series)
    targets = targets_ahead(series, catalog)
    target_lines = lines_to_targets(targets, series, own, indicator, catalog)
    events = events_of(indicator, drawn.focus_id, lines, catalog)
    table = _table(drawn, indicator, catalog, target_lines)
    said = point_remark(rows, catalog, lettered=True)
    remarks = [
        break_remark(events),
        OTHER_SEASON if _looks_across_seasons(focus, indicator, catalog) else "",
        _reading(rows, drawn, indicator, catalog),
        _last_compared(drawn, scale.top == 100, indicator, catalog),
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
            _alt(title, under, lines, target_lines, indicator, catalog),
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


def _looks_across_seasons(focus: Line, indicator: Indicator, catalog: Catalog) -> bool:
    first, last = focus.points[0], focus.points[-1]
    return is_other_season(first.period, last.period, indicator, catalog)


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
    by_period: Mapping[Period, float],
    newest: Period,
    indicator: Indicator,
    catalog: Catalog,
) -> Line:
    points = tuple(
        LinePoint(
            period, period_name(period, indicator, catalog), value,
            fmt.number(value, indicator.decimals),
        )
        for period, value in sorted(by_period.items(), key=lambda middle: middle[0].order)
        if period.is_like(newest)
    )  # fmt: skip
    return Line(name, BENCHMARK, parted_points(points, indicator))


def _title(drawn: _Drawn, in_percent: bool, indicator: Indicator, catalog: Catalog) -> str:
    """The chosen area's difference to the benchmark, now and before; without one its own change.

    A value that is implausible is marked as doubted in the sentence. Where the newest figure is
    hidden, the sentence says of when it speaks.
    """
    focus, benchmark = drawn.focus, drawn.benchmark
    own = {row.period: row for row in drawn.series.get(drawn.focus_id, ())}
    points = exact(focus)
    # Of a figure that is hidden or missing there is a row, and no point.
    is_newest = not own or [*own][-1] == focus.points[-1].period
    theirs = {point.period: point for point in exact(benchmark)} if benchmark else {}
    if benchmark and points and points[-1] is focus.points[-1] and points[-1].period in theirs:
        last, other = points[-1], theirs[points[-1].period]
        gap = round(last.value - other.value, 10)
        approximate = last.approximate or other.approximate
        title = gap_title(focus.name, gap, drawn.against, indicator, in_percent, approximate)
        title += "" if is_newest else f" {when(last.period, indicator, catalog)}"
        title += DOUBT if last.doubted or other.doubted else ""

        comparison_in = partial(_comparison_in, drawn=drawn, indicator=indicator, catalog=catalog)

        since = gap_since(focus, benchmark, indicator, catalog, comparison_in)
        return title + unsure(comparison_in(last.period)) + since
    moved: Change | None = None
    sure = unbroken(believed(focus), indicator)
    if len(sure) > 1:
        first = earliest_alike(sure, sure[-1], indicator, catalog)
        now, then = own.get(sure[-1].period), own.get(first.period)
        moved = change(now, then, indicator) if now and then else None
    return change_title(focus, in_percent, moved, indicator, catalog, is_newest)


def _last_compared(drawn: _Drawn, in_percent: bool, indicator: Indicator, catalog: Catalog) -> str:
    """When the chosen area was last beside the benchmark, where its newest figure stands alone.

    `I 2025 er der ingen tal for hele landet; i 2024 lå Aarhus 3,1 procentpoint under hele landet.`:
    else a difference would be gone with the first new figure. Empty where there is none.
    """
    own, benchmark = believed(drawn.focus), drawn.benchmark
    if benchmark is None or not own or own[-1] is not drawn.focus.points[-1]:
        return ""
    theirs = {point.period: point for point in believed(benchmark)}
    newest = own[-1].period
    common = [point for point in unbroken(own, indicator) if point.period in theirs]
    # Of one that is hidden there is a row.
    is_there = drawn.country_id is not None and _row_at(drawn.country_id, newest, drawn) is not None
    if not common or is_there or newest in theirs:
        return ""
    last = common[-1]
    other = theirs[last.period]
    gap = gap_phrase(
        round(last.value - other.value, 10), indicator, drawn.against, in_percent,
        last.approximate or other.approximate,
    )  # fmt: skip
    now, then = (when(period, indicator, catalog) for period in (newest, last.period))
    chance = unsure(_comparison_in(last.period, drawn, indicator, catalog))
    return (
        f"{capital(now)} er der ingen tal for {drawn.against}; {then} lå {drawn.focus.name} "
        f"{gap}{chance}."
    )


def _comparison_in(
    period: Period, drawn: _Drawn, indicator: Indicator, catalog: Catalog
) -> Comparison | None:
    """The chosen area's figure of a period beside the benchmark: the country's row, or a median."""
    own = _row_at(drawn.focus_id, period, drawn)
    if own is None or drawn.benchmark is None:
        return None
    if (country_id := drawn.country_id) is not None:
        other = _row_at(country_id, period, drawn)
        return compare_areas(own, other, catalog) if other else None
    middle = _middle_at(period, drawn)
    if middle is None:
        return None
    return compare_with_value(own, middle, indicator, "area_set", MEDIAN)


def _row_at(area_id: str, period: Period, drawn: _Drawn) -> Observation | None:
    return next((row for row in drawn.series.get(area_id, ()) if row.period == period), None)


def _middle_at(period: Period, drawn: _Drawn) -> float | None:
    """The median or mean of others in a period, where that is the benchmark."""
    if drawn.benchmark is None or drawn.country_id is not None:
        return None
    return next((point.value for point in drawn.benchmark.points if point.period == period), None)


def _alt(
    title: str,
    under: str,
    lines: Sequence[Line],
    target_lines: Sequence[Line],
    indicator: Indicator,
    catalog: Catalog,
) -> str:
    described = []
    for line in lines:
        first, last = (
            f"{point.text} {when(point.period, indicator, catalog)}"
            for point in (line.points[0], line.points[-1])
        )
        described.append(f"{line.name}: {last if first == last else f'{first}, {last}'}")
    described += [
        f"{target_line.name}: {target_line.points[-1].text}" for target_line in target_lines
    ]
    return sentences("Linjediagram", title, capital(under), "; ".join(described))


def _table(
    drawn: _Drawn, indicator: Indicator, catalog: Catalog, target_lines: Sequence[Line]
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
    focus = next((place for place, line in enumerate(lines) if line.role == FOCUS), 0)
    after = [fmt.MISSING] * (len(lines) - focus - 1)
    target_rows = tuple(
        (target_line.name, *[fmt.MISSING] * focus, target_line.points[-1].text, *after)
        for target_line in target_lines
    )
    return Table(("Periode", *(line.name for line in lines)), (*rows_of_periods, *target_rows))


def _reading(
    rows: Sequence[Observation], drawn: _Drawn, indicator: Indicator, catalog: Catalog
) -> str:
    """The newest values beside each other: the chosen area's, then the benchmark's."""
    period = drawn.focus.points[-1].period
    newest = [row for row in rows if row.period == period]
    order = [drawn.focus_id, drawn.country_id]
    newest.sort(key=lambda row: order.index(row.area_id) if row.area_id in order else 2)
    return reading_of(newest, indicator, catalog, _middle_at(period, drawn), drawn.against)
