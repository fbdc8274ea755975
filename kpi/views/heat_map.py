"""An area beside the other members of its set: a heat map of its figures and theirs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.compare import MEDIAN, Comparison
from kpi.domain.figures import Figures
from kpi.domain.judgement import benchmark_of, lacks_uncertainty
from kpi.domain.model import Area, AreaSet, Indicator, Observation
from kpi.domain.period_words import row_period_name
from kpi.domain.verdicts import comparisons
from kpi.domain.vocabulary import Verdict
from kpi.domain.wording import in_text, other_name, signed_gap
from kpi.store import Store
from kpi.views.beside import newest_beside
from kpi.views.focus import areas_to_compare, sets_to_compare


@dataclass(frozen=True)
class HeatCell:
    """A value with its gap to the benchmark; `verdict` None where there is no value, or one
    that is implausible. `is_sure` is False where no confidence interval is known.
    """

    value: str
    gap: str
    verdict: Verdict | None
    strength: int
    is_sure: bool = True


@dataclass(frozen=True)
class HeatMap:
    """Areas by indicators. `columns` are (name, period), `benchmarks` the values compared with."""

    title: str
    columns: tuple[tuple[str, str], ...]
    benchmarks: tuple[str, ...]
    rows: tuple[tuple[str, tuple[HeatCell, ...]], ...]
    note: str
    source_ids: tuple[str, ...]
    lacks_uncertainty: bool = False


# Distances in percentage points from which a cell's tint deepens.
_STEPS = (2.5, 5.0, 7.2)
_MOST_COLUMNS = 6


@dataclass(frozen=True)
class _Column:
    """One key of the heat map: its heading, its benchmark's value and name, and the cells."""

    name: str
    period: str
    benchmark: str
    benchmark_name: str
    cells: Mapping[str, HeatCell]
    source_id: str
    lacks_uncertainty: bool


def heat_map(store: Store, catalog: Catalog, home_id: str, among: str = "") -> HeatMap | None:
    """The area and its fellows, at most six figures each; None for an area of no set.

    Nor is there one where the area has no figure that is compared with a benchmark. `among` is the
    set of its fellows, where it is not its own.
    """
    sets = sets_to_compare(home_id, catalog, among)
    if not sets:
        return None
    offered = [indicator.indicator_id for indicator in catalog.offered_indicators()]
    others = areas_to_compare(home_id, catalog, among)
    figures = newest_beside(store, catalog, offered, [home_id], others)
    return _heat_map(catalog, home_id, sets[0], figures)


def _heat_map(
    catalog: Catalog, home_id: str, area_set: AreaSet, figures: Figures
) -> HeatMap | None:
    area_ids = [home_id, *(area_id for area_id in area_set.area_ids if area_id != home_id)]
    order, groups = list(catalog.indicators), list(catalog.groups)
    keys = sorted(
        (key for key in figures if key[1] == home_id and catalog.is_in_use(key[0], key[2])),
        key=lambda key: (order.index(key[0]), groups.index(key[2])),
    )
    chosen: dict[tuple[str, str, str], _Column] = {}
    # Important indicators have their columns before others; all stand in the tables' order.
    for key in sorted(keys, key=lambda key: not catalog.indicators[key[0]].headline):
        own = figures.newest(*key)
        if own is None or len(chosen) == _MOST_COLUMNS:
            continue
        column = _column(own, area_ids, figures, catalog)
        if column:
            chosen[key] = column
    columns = [chosen[key] for key in keys if key in chosen]
    if not columns:
        return None
    return HeatMap(
        peers_title(catalog.areas[home_id], area_set, catalog),
        tuple((column.name, column.period) for column in columns),
        tuple(column.benchmark for column in columns),
        tuple(
            (catalog.areas[area_id].name, tuple(column.cells[area_id] for column in columns))
            for area_id in area_ids
        ),
        _heat_note(columns),
        tuple(dict.fromkeys(column.source_id for column in columns)),
        any(column.lacks_uncertainty for column in columns),
    )


def peers_title(home: Area, area_set: AreaSet, catalog: Catalog) -> str:
    """`Aarhus og resten af 6-byerne`, `Aarhus og kommuner som Aarhus`."""
    rest = "resten af " if area_set.set_id in catalog.area_sets else ""
    return f"{home.name} og {rest}{area_set.name}"


def _column(
    own: Observation, area_ids: Sequence[str], figures: Figures, catalog: Catalog
) -> _Column | None:
    """The areas' figures of one key; None for a figure without benchmark, or of one area alone."""
    indicator = catalog.indicators[own.indicator_id]
    rows = {
        area_id: figures.at(own.indicator_id, area_id, own.group_id, own.period)
        for area_id in area_ids
    }
    if not indicator.is_proportion or sum(row is not None for row in rows.values()) < 2:
        return None
    compared = {
        area_id: benchmark_of(comparisons(row, figures, catalog)) if row else None
        for area_id, row in rows.items()
    }
    mine = compared[own.area_id]
    if mine is None:
        return None
    name = other_name(mine, catalog, catalog.areas[own.area_id])
    return _Column(
        _column_name(indicator, own, catalog),
        row_period_name(own, indicator, catalog),
        f"{fmt.number(mine.value, indicator.decimals)} {short_benchmark(mine)}",
        name if mine.kind == "area" else f"for {in_text(indicator.short_name)} {name}",
        {
            area_id: _doubt(heat_cell(row, compared[area_id], indicator), row, catalog)
            for area_id, row in rows.items()
        },
        own.source_id,
        any(each and lacks_uncertainty(each, indicator) for each in compared.values()),
    )


def _doubt(cell: HeatCell, row: Observation | None, catalog: Catalog) -> HeatCell:
    """The cell without a verdict, where its value is implausible."""
    return replace(cell, verdict=None) if row and catalog.is_implausible(row) else cell


def short_benchmark(comparison: Comparison) -> str:
    """What a column's benchmark is, beside its value: `landet`, `median`, `gennemsnit`."""
    match comparison.kind:
        case "area":
            return "landet"
        case "area_set":
            return "median" if comparison.with_id == MEDIAN else "gennemsnit"
        case "group" | "target":
            raise ValueError(f"no figure is judged by a {comparison.kind}")
    assert_never(comparison.kind)


def heat_cell(
    row: Observation | None, comparison: Comparison | None, indicator: Indicator
) -> HeatCell:
    """A value beside its benchmark, with the verdict that its counts allow."""
    if row is None or comparison is None or comparison.gap_points is None:
        return HeatCell(fmt.bare(row, indicator) if row else fmt.MISSING, "", None, 0)
    gap = comparison.gap_points
    return HeatCell(
        fmt.bare(row, indicator),
        signed_gap(gap, indicator, comparison.approximate),
        comparison.verdict,
        1 + sum(abs(gap) >= step for step in _STEPS),
        not lacks_uncertainty(comparison, indicator),
    )


def _heat_note(columns: Sequence[_Column]) -> str:
    names = dict.fromkeys(column.benchmark_name for column in columns)
    return f"Sammenligningsgrundlag: {'; '.join(names)}."


def _column_name(indicator: Indicator, own: Observation, catalog: Catalog) -> str:
    if own.group_id == indicator.default_group:
        return indicator.short_name
    return f"{indicator.short_name}, {in_text(catalog.groups[own.group_id].name)}"
