"""The exhibits of many areas in one period: in order, or by their distance to the country."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from kpi import format as fmt
from kpi.catalog import Catalog, danish_order
from kpi.charts.marks import BENCHMARK, FOCUS, PEER, Dot, DotMarks, RankMarks
from kpi.compare import rank
from kpi.exhibits.goals import target_remarks
from kpi.exhibits.parts import Exhibit, Table, caveats, dot_of, scale_of, sources_of, whose
from kpi.exhibits.reading import reading_of
from kpi.measure import comparable_value, share
from kpi.model import Indicator, Observation
from kpi.selection import Selection
from kpi.wording import gap_phrase, period_name, place, sentences, subtitle

MEDIAN = "Median"


_ORDER = {
    "higher_is_better": "højest er bedst",
    "lower_is_better": "lavest er bedst",
    "neutral": "højest først; ingen retning er bedst",
}


def ranking_exhibit(
    indicator: Indicator,
    rows: Sequence[Observation],
    marked_ids: Sequence[str],
    catalog: Catalog,
    selection: Selection,
) -> Exhibit | None:
    """Areas of one level in order, best first, the first marked one strong, the country a line.

    `rows` are one indicator, group and period. The rank is among areas with a value; None with
    fewer than two. Equal values share the better place.
    """
    level = _level(marked_ids, rows, catalog)
    values = {
        row.area_id: value
        for row in rows
        if catalog.areas[row.area_id].level == level
        and (value := comparable_value(row, indicator)) is not None
    }
    if len(values) < 2:
        return None
    ranks = {one: rank(values, one, indicator, level) for one in values}
    places = {one: found for one, found in ranks.items() if found is not None}
    ranked = sorted(
        (row for row in rows if row.area_id in places),
        key=lambda row: (places[row.area_id].place, danish_order(catalog.areas[row.area_id].name)),
    )
    focus_id = next((one for one in marked_ids if one in places), ranked[0].area_id)
    own = places[focus_id]
    shared = " (delt)" if own.shared else ""
    title = f"{catalog.areas[focus_id].name} er nr. {own.place}{shared} af {own.of} med tal"
    under = f"{_under(indicator, rows[0], catalog)} · {_ORDER[indicator.direction]}"
    listed = [
        (
            f"{places[row.area_id].place}",
            catalog.areas[row.area_id].name,
            fmt.display(row, indicator),
        )
        for row in ranked
    ]
    (_, best, best_value), (_, last, last_value) = listed[0], listed[-1]
    dots = []
    for row, (number, name, _) in zip(ranked, listed, strict=True):
        role = FOCUS if row.area_id == focus_id else PEER
        dot = dot_of(f"{number}. {name}", role, row, indicator)
        if dot:
            dots.append(replace(dot, named=row.area_id in marked_ids))
    country = next((row for row in rows if catalog.areas[row.area_id].level == "country"), None)
    benchmark = _benchmark(country, ranked, indicator, catalog)
    drawn = tuple(ranked)
    return Exhibit(
        key=f"rangering-{indicator.indicator_id}-{rows[0].group_id}",
        title=title,
        subtitle=under,
        marks=RankMarks((*dots, *([benchmark] if benchmark else [])), scale_of(indicator)),
        alt=sentences(
            "Søjlediagram",
            title,
            under,
            f"Først {best} med {best_value}, sidst {last} med {last_value}",
        ),
        table=Table(("Nr.", "Område", "Værdi"), tuple(listed)),
        observations=drawn,
        source=sources_of(drawn, catalog),
        remarks=tuple(
            filter(
                None,
                [
                    _reading(drawn, indicator, catalog),
                    *target_remarks(ranked, focus_id, catalog),
                    *caveats(drawn, indicator, catalog),
                ],
            )
        ),
        selection=selection,
    )


def distance_exhibit(
    indicator: Indicator,
    rows: Sequence[Observation],
    area_ids: Sequence[str],
    catalog: Catalog,
    selection: Selection,
) -> Exhibit | None:
    """The chosen areas' distance to the country, or to the municipalities' median without one."""
    country = next((row for row in rows if catalog.areas[row.area_id].level == "country"), None)
    municipalities = [row for row in rows if catalog.areas[row.area_id].level == "municipality"]
    benchmark = _benchmark(country, municipalities, indicator, catalog)
    chosen = [
        row for row in rows if row.area_id in area_ids and (not country or row is not country)
    ]
    if benchmark is None or not chosen:
        return None
    focus_id = next((one for one in area_ids if any(r.area_id == one for r in chosen)), "")
    dots, table_rows, focus_gap = [], [], None
    for row in chosen:
        value = comparable_value(row, indicator)
        gap = None if value is None else round(value - benchmark.value, 10)
        role = FOCUS if row.area_id == focus_id else PEER
        name = catalog.areas[row.area_id].name
        dot = dot_of(name, role, row, indicator, gap)
        if dot is None or gap is None:
            table_rows.append((name, fmt.display(row, indicator), fmt.MISSING))
            continue
        focus_gap = gap if role == FOCUS else focus_gap
        dots.append(dot)
        table_rows.append((name, fmt.display(row, indicator), fmt.gap(gap, indicator)))
    if focus_gap is None:
        return None
    phrase = gap_phrase(focus_gap, indicator, place(benchmark.name), indicator.is_proportion)
    title = f"{catalog.areas[focus_id].name} ligger {phrase}"
    under = _under(indicator, rows[0], catalog)
    drawn = tuple(chosen) + ((country,) if country else ())
    listed = "; ".join(f"{name}: {value} ({gap})" for name, value, gap in table_rows)
    return Exhibit(
        f"afstand-{indicator.indicator_id}-{rows[0].group_id}", title, under,
        DotMarks((*dots, benchmark), scale_of(indicator)),
        sentences(
            "Punktdiagram", title, under, f"Målestok {benchmark.name}: {benchmark.text}", listed
        ),
        Table(("Område", "Værdi", f"Afstand til {place(benchmark.name)}"), tuple(table_rows)),
        drawn, sources_of(drawn, catalog),
        (*target_remarks(chosen, focus_id, catalog), *caveats(drawn, indicator, catalog)),
        selection,
    )  # fmt: skip


def median_of(rows: Sequence[Observation], indicator: Indicator) -> tuple[float, int] | None:
    """The median of the rows' values and how many have one; None with fewer than three."""
    values = [value for row in rows if (value := comparable_value(row, indicator)) is not None]
    return (median(values), len(values)) if len(values) > 2 else None


def _level(marked_ids: Sequence[str], rows: Sequence[Observation], catalog: Catalog) -> str:
    levels = [catalog.areas[one].level for one in marked_ids]
    present = {catalog.areas[row.area_id].level for row in rows}
    wanted = [level for level in levels if level in ("region", "municipality") and level in present]
    return wanted[0] if wanted else "municipality"


def _benchmark(
    country: Observation | None,
    municipalities: Sequence[Observation],
    indicator: Indicator,
    catalog: Catalog,
) -> Dot | None:
    if country is not None:
        return dot_of(catalog.areas[country.area_id].name, BENCHMARK, country, indicator)
    found = median_of(municipalities, indicator)
    if found is None:
        return None
    value, count = found
    name = f"Medianen af {count} kommuner"
    return Dot(name, BENCHMARK, value, fmt.number(value, indicator.decimals))


def _under(indicator: Indicator, row: Observation, catalog: Catalog) -> str:
    when = period_name(row.period, indicator, catalog)
    return subtitle(indicator, whose(indicator, row.group_id, catalog), when, when)


def _reading(rows: Sequence[Observation], indicator: Indicator, catalog: Catalog) -> str:
    """Of many areas only whether anybody can tell what chance could do."""
    if any(share(row, indicator) for row in rows):
        return ""
    return reading_of(rows[:1], indicator, catalog)
