"""The exhibit of a development: one indicator and group, several areas, two or more periods."""

from collections.abc import Mapping, Sequence

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.charts.marks import BENCHMARK, FOCUS, Line, LineMarks, LinePoint
from kpi.charts.trend import axis_start
from kpi.compare import Figures
from kpi.exhibits.events import events_of, events_remark
from kpi.exhibits.goals import goal_remarks, goals_of, ways_to
from kpi.exhibits.parts import (
    Exhibit,
    Table,
    axis_remark,
    caveats,
    line_of,
    role_of,
    scale_of,
    sources_of,
    whose,
)
from kpi.exhibits.reading import reading_of
from kpi.model import Indicator, Observation
from kpi.period import Period
from kpi.selection import Selection
from kpi.tendency import trend_sentence
from kpi.wording import (
    capital,
    gap_phrase,
    in_text,
    is_other_season,
    period_name,
    place,
    sentences,
    size,
    subtitle,
    when,
)


def trend_exhibit(
    indicator: Indicator,
    group_id: str,
    area_ids: Sequence[str],
    figures: Figures,
    catalog: Catalog,
    medians: Mapping[Period, float] | None = None,
    whole: Figures | None = None,
) -> Exhibit | None:
    """Lines for the areas, the first of them strong; None unless one of them has two values.

    Without a country among the areas, `medians` (period to the municipalities' median) is the
    benchmark. Only periods of the kind that the first area's newest value has are drawn. `whole`
    holds the series in full where `figures` do not: targets are judged by them.
    """
    series = {
        area_id: rows
        for area_id in area_ids
        if (rows := figures.series(indicator.indicator_id, area_id, group_id))
    }
    if not series:
        return None
    focus_id = area_ids[0] if area_ids[0] in series else next(iter(series))
    kind = series[focus_id][-1].period.kind
    series = {
        area_id: tuple(row for row in rows if row.period.kind == kind)
        for area_id, rows in series.items()
    }
    lines = [
        line_of(
            catalog.areas[area_id].name,
            role_of(area_id, focus_id, catalog),
            rows,
            indicator,
            catalog,
        )
        for area_id, rows in series.items()
    ]
    if max(len(line.points) for line in lines) < 2:
        return None
    if medians and not any(line.role == BENCHMARK for line in lines):
        lines.append(_median_line(medians, kind, indicator, catalog))
    lines = [line for line in lines if line.points]
    rows = tuple(row for found in series.values() for row in found)
    return _exhibit(indicator, group_id, lines, rows, catalog, whole or figures)


def _exhibit(
    indicator: Indicator,
    group_id: str,
    lines: list[Line],
    rows: tuple[Observation, ...],
    catalog: Catalog,
    whole: Figures,
) -> Exhibit:
    names = {point.period: point.period_name for line in lines for point in line.points}
    periods = sorted(names, key=lambda one: one.order)
    under = subtitle(
        indicator, whose(indicator, group_id, catalog), names[periods[0]], names[periods[-1]]
    )
    scale = scale_of(indicator)
    focus = next((line for line in lines if line.role == FOCUS), lines[0])
    benchmark = next((line for line in lines if line.role == BENCHMARK), None)
    title = _title(focus, benchmark, indicator, catalog)
    if benchmark:
        under += f" · afstand til {place(benchmark.name)} i blåt"
    season = is_other_season(focus.points[0].period, focus.points[-1].period, indicator, catalog)
    own = [row for row in rows if catalog.areas[row.area_id].name == focus.name]
    series = _whole(own, whole)
    goals = goals_of(series, catalog)
    ways = ways_to(goals, series, own, indicator, catalog)
    drawn = (*lines, *ways)
    shape = [
        axis_remark(axis_start(drawn, scale)),
        "Forår og efterår er ikke samme årstid." if season else "",
    ]
    reading = _reading(rows, focus, indicator, catalog)
    events = events_of(indicator, rows, lines, catalog)
    shape.append(events_remark(events))
    aims = goal_remarks(goals, series, indicator, catalog)
    tendency = trend_sentence(own, indicator)
    said = [reading, *aims, tendency, *shape, *caveats(rows, indicator, catalog)]
    selection = Selection(
        "sammenlign",
        noegletal=indicator.indicator_id,
        omraader=tuple(dict.fromkeys(row.area_id for row in rows)),
        grupper=(group_id,),
    )
    return Exhibit(
        key=f"udvikling-{indicator.indicator_id}-{group_id}",
        title=title,
        subtitle=under,
        marks=LineMarks(drawn, scale, events),
        alt=_alt(title, under, lines, ways),
        table=_table(lines, periods, names, ways),
        observations=rows,
        source=sources_of(rows, catalog),
        remarks=tuple(filter(None, said)),
        selection=selection,
    )


def _whole(own: Sequence[Observation], figures: Figures) -> list[Observation]:
    """The whole series of the rows drawn, up to the newest of them and of the same kind."""
    if not own:
        return []
    newest = own[-1]
    return [
        row
        for row in figures.series(newest.indicator_id, newest.area_id, newest.group_id)
        if row.period.kind == newest.period.kind and row.period.end <= newest.period.end
    ]


def _median_line(
    medians: Mapping[Period, float], kind: str, indicator: Indicator, catalog: Catalog
) -> Line:
    points = tuple(
        LinePoint(
            period, period_name(period, indicator, catalog), value,
            fmt.number(value, indicator.decimals),
        )
        for period, value in sorted(medians.items(), key=lambda one: one[0].order)
        if period.kind == kind
    )  # fmt: skip
    return Line("Kommunernes median", BENCHMARK, points)


def _title(focus: Line, benchmark: Line | None, indicator: Indicator, catalog: Catalog) -> str:
    first, last = focus.points[0], focus.points[-1]
    theirs = {point.period: point.value for point in benchmark.points} if benchmark else {}
    if benchmark and last.period in theirs:
        gap = round(last.value - theirs[last.period], 10)
        phrase = gap_phrase(gap, indicator, place(benchmark.name), True)
        title = f"{focus.name} ligger {phrase}"
        common = [point for point in focus.points if point.period in theirs]
        if len(common) > 1:
            earlier = round(common[0].value - theirs[common[0].period], 10)
            title += _since(gap, earlier, indicator, common[0].period_name)
        return title
    change = round(last.value - first.value, 10)
    if fmt.rounds_to_zero(change, indicator.decimals):
        return f"{focus.name}: {in_text(indicator.short_name)} er uændret siden " + when(
            first.period, indicator, catalog
        ).removeprefix("i ")
    went = "steget" if change > 0 else "faldet"
    approximate = first.approximate or last.approximate
    return (
        f"{focus.name}: {in_text(indicator.short_name)} er {went} "
        f"{size(change, indicator, indicator.is_proportion, approximate)} "
        f"siden {when(first.period, indicator, catalog).removeprefix('i ')}"
    )


def _since(gap: float, earlier: float, indicator: Indicator, when: str) -> str:
    moved = fmt.round_half_up(abs(gap), indicator.decimals) - fmt.round_half_up(
        abs(earlier), indicator.decimals
    )
    if gap * earlier < 0:
        return f", modsat i {when}"
    if moved == 0:
        return f", lige så langt som i {when}"
    return f", {'længere fra' if moved > 0 else 'tættere på'} end i {when}"


def _alt(title: str, under: str, lines: Sequence[Line], ways: Sequence[Line]) -> str:
    described = []
    for line in lines:
        first, last = line.points[0], line.points[-1]
        described.append(
            f"{line.name}: {first.text} i {first.period_name}, {last.text} i {last.period_name}"
        )
    described += [f"{way.name}: {way.points[-1].text}" for way in ways]
    return sentences("Linjediagram", title, capital(under), "; ".join(described))


def _table(
    lines: Sequence[Line],
    periods: Sequence[Period],
    names: Mapping[Period, str],
    ways: Sequence[Line],
) -> Table:
    """A row a period, and one a target, whose value stands under the chosen area."""
    by_period = [{point.period: point.text for point in line.points} for line in lines]
    rows = tuple(
        (names[period], *(found.get(period, fmt.MISSING) for found in by_period))
        for period in periods
    )
    focus = next((place for place, line in enumerate(lines) if line.role == FOCUS), 0)
    after = [fmt.MISSING] * (len(lines) - focus - 1)
    aims = tuple((way.name, *[fmt.MISSING] * focus, way.points[-1].text, *after) for way in ways)
    return Table(("Periode", *(line.name for line in lines)), (*rows, *aims))


def _reading(
    rows: Sequence[Observation], focus: Line, indicator: Indicator, catalog: Catalog
) -> str:
    """The newest values beside each other, the chosen area's first."""
    newest = [row for row in rows if row.period == focus.points[-1].period]
    newest.sort(key=lambda row: catalog.areas[row.area_id].name != focus.name)
    return reading_of(newest, indicator, catalog)
