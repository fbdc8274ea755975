"""The exhibits of many areas in one period: in order, or by their difference to the country."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from kpi import format as fmt
from kpi.catalog import Catalog, danish_order
from kpi.charts.dots import axis_start
from kpi.charts.marks import BENCHMARK, FOCUS, PEER, Dot, DotMarks, RankMarks
from kpi.compare import Rank, rank
from kpi.exhibits.goals import target_remarks
from kpi.exhibits.parts import (
    MEDIAN_NAME,
    Exhibit,
    Table,
    axis_remark,
    benchmark_name,
    caveats,
    dash_remark,
    dot_of,
    same_decimals,
    scale_of,
    sources_of,
    whose,
)
from kpi.exhibits.reading import reading_of
from kpi.exhibits.titles import gap_title, unsure
from kpi.judgement import compare_areas
from kpi.measure import comparable_value, share
from kpi.model import Indicator, Observation
from kpi.selection import Selection
from kpi.wording import capital, period_name, sentences, subtitle

_ORDER = {
    "higher_is_better": "højest er bedst",
    "lower_is_better": "lavest er bedst",
    "neutral": "højest først; hverken højere eller lavere er bedre",
}
# Fewer areas than these have no order worth telling.
_FEWEST = 3
LEVEL_NOUNS = {"municipality": "kommuner", "region": "regioner"}


@dataclass(frozen=True)
class _Order:
    """Areas of one level: `ranked` best first with their `places`, `doubted` without a place."""

    level: str
    places: Mapping[str, Rank]
    ranked: Sequence[Observation]
    doubted: Sequence[Observation]
    focus_id: str


def ranking_exhibit(
    indicator: Indicator,
    rows: Sequence[Observation],
    marked_ids: Sequence[str],
    catalog: Catalog,
    selection: Selection,
) -> Exhibit | None:
    """Areas of one level in order, best first, the first marked one strong, the country a line.

    `rows` are one indicator, group and period. The rank is among areas with a value that can be
    believed; the others stand last, without a place. None with fewer than three. Equal values share
    the better place.
    """
    raw = {row.area_id: row for row in rows}
    rows = same_decimals(rows, indicator)
    order = _order(rows, marked_ids, indicator, catalog)
    if order is None:
        return None
    title = _ranking_title(order, indicator, catalog)
    under = f"{_under(indicator, rows[0], catalog)} · {_ORDER[indicator.direction]}"
    listed = [
        (
            f"{order.places[row.area_id].place}" if row.area_id in order.places else fmt.MISSING,
            catalog.areas[row.area_id].name,
            fmt.display(row, indicator),
        )
        for row in (*order.ranked, *order.doubted)
    ]
    _, best, best_value = listed[0]
    _, last, last_value = listed[len(order.ranked) - 1]
    country = _country(rows, order.ranked, order.focus_id, indicator, catalog)
    benchmark = _benchmark(country, order.ranked, order.focus_id, indicator, catalog)
    dots = _bars(order, listed, marked_ids, indicator, catalog)
    drawn = tuple(raw[row.area_id] for row in (*order.ranked, *order.doubted))
    remarks = [
        _reading(drawn, indicator, catalog),
        *target_remarks(order.ranked, order.focus_id, catalog),
        *caveats(drawn, indicator, catalog),
    ]
    return Exhibit(
        f"rangering-{indicator.indicator_id}-{rows[0].group_id}", title, under,
        RankMarks((*dots, *([benchmark] if benchmark else [])), scale_of(indicator)),
        sentences(
            "Søjlediagram", title, under,
            f"Først {best} med {best_value}, sidst {last} med {last_value}",
        ),
        Table(("Nr.", "Område", "Værdi"), tuple(listed)), drawn, sources_of(drawn, catalog),
        tuple(filter(None, remarks)), selection,
    )  # fmt: skip


def _order(
    rows: Sequence[Observation], marked_ids: Sequence[str], indicator: Indicator, catalog: Catalog
) -> _Order | None:
    """The areas of the marked ones' level in order; None with fewer than three to place."""
    level = _level(marked_ids, rows, catalog)
    alike = [row for row in rows if catalog.areas[row.area_id].level == level]
    doubted = [row for row in alike if catalog.is_implausible(row)]
    values = {
        row.area_id: value
        for row in alike
        if row not in doubted and (value := comparable_value(row, indicator)) is not None
    }
    if len(values) < _FEWEST:
        return None
    ranks = {area_id: rank(values, area_id, indicator, level) for area_id in values}
    places = {area_id: place for area_id, place in ranks.items() if place is not None}
    ranked = sorted(
        (row for row in alike if row.area_id in places),
        key=lambda row: (places[row.area_id].place, danish_order(catalog.areas[row.area_id].name)),
    )
    focus_id = next((each for each in marked_ids if each in places), ranked[0].area_id)
    return _Order(level, places, ranked, doubted, focus_id)


def _ranking_title(order: _Order, indicator: Indicator, catalog: Catalog) -> str:
    """`Fravær: Aarhus er nr. 6 af 97 kommuner`; of all that have a figure where none is doubted."""
    own = order.places[order.focus_id]
    shared = " (delt)" if own.shared else ""
    noun = LEVEL_NOUNS.get(order.level, "områder")
    among = f"{own.of} {noun}" if order.doubted else f"de {own.of} {noun}, der har tal"
    return (
        f"{capital(indicator.short_name)}: {catalog.areas[order.focus_id].name} er nr. "
        f"{own.place}{shared} af {among}"
    )


def _bars(
    order: _Order,
    listed: Sequence[tuple[str, str, str]],
    marked_ids: Sequence[str],
    indicator: Indicator,
    catalog: Catalog,
) -> list[Dot]:
    """A bar an area with its place and name; open and always named where the value is doubted."""
    dots = []
    for row, (number, name, _) in zip((*order.ranked, *order.doubted), listed, strict=True):
        role = FOCUS if row.area_id == order.focus_id else PEER
        is_placed = row.area_id in order.places
        dot = dot_of(f"{number}. {name}" if is_placed else f"{number} {name}", role, row, indicator)
        if dot:
            named = row.area_id in marked_ids or not is_placed
            dots.append(replace(dot, named=named, approximate=dot.approximate or not is_placed))
    return dots


def distance_exhibit(
    indicator: Indicator,
    rows: Sequence[Observation],
    area_ids: Sequence[str],
    catalog: Catalog,
    selection: Selection,
) -> Exhibit | None:
    """The chosen areas' difference to the country, or to the other municipalities' median.

    The median drawn is that of all but the first area; each area's own difference is to the median
    without itself.
    """
    raw = {row.area_id: row for row in rows}
    rows = same_decimals(rows, indicator)
    municipalities = [row for row in rows if catalog.areas[row.area_id].level == "municipality"]
    found = {row.area_id: row for row in rows}
    chosen = [
        found[one]
        for one in dict.fromkeys(area_ids)
        if one in found and catalog.areas[one].level != "country"
    ]
    focus_id = chosen[0].area_id if chosen else ""
    country = _country(rows, municipalities, focus_id, indicator, catalog)
    benchmark = _benchmark(country, municipalities, focus_id, indicator, catalog)
    if benchmark is None or not chosen:
        return None
    dots, table_rows, focus_gap = [], [], None
    for row in chosen:
        gap = _gap(row, country, municipalities, indicator, catalog)
        role = FOCUS if row.area_id == focus_id else PEER
        name = catalog.areas[row.area_id].name
        dot = dot_of(name, role, row, indicator, gap)
        if dot is None or gap is None:
            table_rows.append((name, fmt.display(row, indicator), fmt.MISSING))
            continue
        focus_gap = gap if role == FOCUS else focus_gap
        dots.append(replace(dot, approximate=True) if catalog.is_implausible(row) else dot)
        table_rows.append((name, fmt.display(row, indicator), fmt.gap(gap, indicator)))
    if focus_gap is None:
        return None
    scale = scale_of(indicator, [row for row in chosen if row.value is not None])
    approximate = found[focus_id].is_approximate or benchmark.approximate
    title = gap_title(
        catalog.areas[focus_id].name, focus_gap, benchmark.name, indicator, scale.top == 100,
        approximate,
    ) + unsure(compare_areas(found[focus_id], country, catalog) if country else None)  # fmt: skip
    under = _under(indicator, rows[0], catalog)
    drawn = tuple(raw[row.area_id] for row in (*chosen, *([country] if country else [])))
    listed = "; ".join(f"{name}: {value} ({gap})" for name, value, gap in table_rows)
    marks = DotMarks((*dots, benchmark), scale)
    against = benchmark_name(benchmark.name)
    # Each area has a median of its own, without itself: the column is of all of them.
    column = against if country else benchmark_name(MEDIAN_NAME)
    table = Table(("Område", "Værdi", f"Forskel til {column}"), tuple(table_rows))
    remarks = [
        _reading(chosen, indicator, catalog),
        axis_remark(axis_start(marks.dots, scale), scale, "X"),
        *target_remarks(chosen, focus_id, catalog),
        *caveats(drawn, indicator, catalog),
        dash_remark(table),
    ]
    return Exhibit(
        f"afstand-{indicator.indicator_id}-{rows[0].group_id}", title, under, marks,
        sentences(
            "Punktdiagram", title, under,
            f"Sammenligningsgrundlag {against}: {benchmark.text}", listed,
        ),
        table, drawn, sources_of(drawn, catalog), tuple(filter(None, remarks)), selection,
    )  # fmt: skip


def _gap(
    row: Observation,
    country: Observation | None,
    municipalities: Sequence[Observation],
    indicator: Indicator,
    catalog: Catalog,
) -> float | None:
    """The difference to the country, else a municipality's to the median of all others."""
    if country is not None:
        return compare_areas(row, country, catalog).gap_points
    if not _has_median(row.area_id, indicator, catalog):
        return None
    value = comparable_value(row, indicator)
    others = median_of_others(municipalities, row.area_id, indicator)
    return None if value is None or others is None else round(value - others[0], 10)


def median_of_others(
    rows: Sequence[Observation], area_id: str, indicator: Indicator
) -> tuple[float, int] | None:
    """The median of the other areas' values and how many have one; None with fewer than three."""
    values = [
        value
        for row in rows
        if row.area_id != area_id and (value := comparable_value(row, indicator)) is not None
    ]
    return (median(values), len(values)) if len(values) >= _FEWEST else None


def _level(marked_ids: Sequence[str], rows: Sequence[Observation], catalog: Catalog) -> str:
    levels = [catalog.areas[one].level for one in marked_ids]
    present = {catalog.areas[row.area_id].level for row in rows}
    wanted = [level for level in levels if level in ("region", "municipality") and level in present]
    return wanted[0] if wanted else "municipality"


def _country(
    rows: Sequence[Observation],
    municipalities: Sequence[Observation],
    focus_id: str,
    indicator: Indicator,
    catalog: Catalog,
) -> Observation | None:
    """The country's row; None where the indicator is judged by the median, and there is one."""
    country = next((row for row in rows if catalog.areas[row.area_id].level == "country"), None)
    by_median = indicator.benchmark == "median" and _has_median(focus_id, indicator, catalog)
    has_median = by_median and median_of_others(municipalities, focus_id, indicator) is not None
    return None if has_median else country


def _benchmark(
    country: Observation | None,
    municipalities: Sequence[Observation],
    focus_id: str,
    indicator: Indicator,
    catalog: Catalog,
) -> Dot | None:
    """The country, or for a municipality the median of the others."""
    if country is not None:
        return dot_of(catalog.areas[country.area_id].name, BENCHMARK, country, indicator)
    found = median_of_others(municipalities, focus_id, indicator)
    if found is None or not _has_median(focus_id, indicator, catalog):
        return None
    value, count = found
    name = f"Median af de {count} andre kommuner"
    return Dot(name, BENCHMARK, value, fmt.number(value, indicator.decimals))


def _has_median(area_id: str, indicator: Indicator, catalog: Catalog) -> bool:
    """Whether the others' median is there to compare with, as kpi.beside has it."""
    area = catalog.areas.get(area_id)
    has_kind = indicator.kind in ("proportion", "mean")
    return has_kind and area is not None and area.level == "municipality"


def _under(indicator: Indicator, row: Observation, catalog: Catalog) -> str:
    when = period_name(row.period, indicator, catalog)
    return subtitle(indicator, whose(indicator, row.group_id, catalog), when, when)


def _reading(rows: Sequence[Observation], indicator: Indicator, catalog: Catalog) -> str:
    """Of many areas only why no uncertainty is told."""
    if any(share(row, indicator) for row in rows):
        return ""
    return reading_of(rows[:1], indicator, catalog)
