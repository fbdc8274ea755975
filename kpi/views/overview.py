"""The front page: a card a theme, the area beside its peers, how far figures can be trusted."""

from collections.abc import Sequence
from dataclasses import dataclass

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.claims import DIFFERS, CheckedClaim
from kpi.compare import BETTER, SAME, WORSE, Figures, compare, compare_with_value
from kpi.measure import comparable_value
from kpi.model import AreaSet, Indicator, Observation
from kpi.store import Store
from kpi.verdicts import comparisons
from kpi.views.cards import Card, areas_in_focus, areas_to_compare, card, focus_row
from kpi.wording import in_text, period_name, place, share_of


@dataclass(frozen=True)
class HeatCell:
    """A value with its distance to the benchmark; `verdict` None where there is no value."""

    value: str
    gap: str
    verdict: str | None
    strength: int


@dataclass(frozen=True)
class HeatMap:
    """Areas by indicators. `columns` are (name, period), `benchmarks` the values held against."""

    title: str
    columns: tuple[tuple[str, str], ...]
    benchmarks: tuple[str, ...]
    rows: tuple[tuple[str, tuple[HeatCell, ...]], ...]
    note: str
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class Quality:
    """How many figures there are, how many of them are approximate or hidden.

    `claims` are the papers' derived numbers, `disputed` those that do not hold.
    """

    figures: int
    approximate: int
    hidden: int
    missing: int
    claims: int
    disputed: int


@dataclass(frozen=True)
class Overview:
    """Everything the front page shows."""

    area_name: str
    cards: tuple[Card, ...]
    heat_map: HeatMap | None
    quality: Quality


# Distances in percentage points from which a cell's tint deepens.
_STEPS = (2.5, 5.0, 7.2)
_MOST_COLUMNS = 6
# The value held against, its name and short name, and its own figure (None: a median).
Benchmark = tuple[float, str, str, Observation | None]
# Indicator, the area's own figure, all areas' figures, and what they are held against.
_Column = tuple[Indicator, Observation, dict[str, Observation | None], Benchmark]


def overview(
    store: Store, catalog: Catalog, claims: Sequence[CheckedClaim], home_id: str
) -> Overview:
    """The front page of an area: its themes' headline figures and its place among its set.

    `claims` are the papers' derived numbers, worked out again.
    """
    focus = areas_in_focus(home_id, catalog)
    others = areas_to_compare(home_id, catalog)
    figures = Figures(store.newest(list(catalog.indicators), focus, others))
    chosen = [
        row
        for theme in catalog.themes.values()
        if (row := _headline(catalog.indicators_of(theme.theme_id), focus, figures, catalog))
    ]
    long = [row for row in chosen if figures.before(row) is not None]
    country = catalog.country()
    ids = list({row.area_id for row in long} | ({country.area_id} if country else set()))
    keys = [(row.indicator_id, row.group_id) for row in long]
    history = Figures(store.histories(keys, ids) if long else ())
    sets = catalog.sets_of(home_id)
    return Overview(
        catalog.areas[home_id].name,
        tuple(card(row, figures, history, catalog, headline=True) for row in chosen),
        _heat_map(store, catalog, home_id, sets[0], figures) if sets else None,
        _quality(store, claims),
    )


def _headline(
    indicators: tuple[Indicator, ...], focus: tuple[str, ...], figures: Figures, catalog: Catalog
) -> Observation | None:
    """The theme's headline figure: the first share that can be compared, else the first figure."""
    rows = [
        row
        for indicator in indicators
        if indicator.headline and (row := focus_row(indicator, focus, figures))
    ]
    compared = [
        row
        for row in rows
        if catalog.indicators[row.indicator_id].is_proportion and comparisons(row, figures, catalog)
    ]
    return next(iter([*compared, *rows]), None)


def _heat_map(
    store: Store, catalog: Catalog, home_id: str, area_set: AreaSet, figures: Figures
) -> HeatMap | None:
    area_ids = [home_id, *(one for one in area_set.area_ids if one != home_id)]
    order, groups = list(catalog.indicators), list(catalog.groups)
    keys = sorted(
        (key for key in figures if key[1] == home_id),
        key=lambda key: (order.index(key[0]), groups.index(key[2])),
    )
    columns: list[_Column] = []
    for indicator_id, _, group_id in keys:
        indicator = catalog.indicators[indicator_id]
        own = figures.newest(indicator_id, home_id, group_id)
        if own is None or not indicator.is_proportion or len(columns) == _MOST_COLUMNS:
            continue
        rows = {one: figures.at(indicator_id, one, group_id, own.period) for one in area_ids}
        if sum(row is not None for row in rows.values()) < 2:
            continue
        benchmark = _benchmark(store, catalog, own, indicator, figures)
        if benchmark:
            columns.append((indicator, own, rows, benchmark))
    if not columns:
        return None
    cells = {
        area_id: tuple(
            heat_cell(rows[area_id], benchmark, indicator)
            for indicator, _, rows, benchmark in columns
        )
        for area_id in area_ids
    }
    names = dict.fromkeys(benchmark[1] for *_, benchmark in columns)
    return HeatMap(
        _heat_title(catalog.areas[home_id].name, cells[home_id]),
        tuple(
            (_column_name(indicator, own, catalog), period_name(own.period, indicator, catalog))
            for indicator, own, *_ in columns
        ),
        tuple(
            f"{fmt.number(benchmark[0], indicator.decimals)} {benchmark[2]}"
            for indicator, *_, benchmark in columns
        ),
        tuple((catalog.areas[area_id].name, cells[area_id]) for area_id in area_ids),
        "Målestok: " + "; ".join(names) + ".",
        tuple(dict.fromkeys(own.source_id for _, own, *_ in columns)),
    )


def _benchmark(
    store: Store, catalog: Catalog, own: Observation, indicator: Indicator, figures: Figures
) -> Benchmark | None:
    """The country's value, else the municipalities' median."""
    country = catalog.country()
    if country:
        row = figures.at(own.indicator_id, country.area_id, own.group_id, own.period)
        value = comparable_value(row, indicator) if row else None
        if value is not None:
            return value, place(country.name), "landet", row
    found = store.median(own.indicator_id, own.group_id, own.period.text)
    if found is None:
        return None
    short = in_text(indicator.short_name)
    return found[0], f"for {short} medianen af {found[1]} kommuner", "median", None


def heat_cell(row: Observation | None, benchmark: Benchmark, indicator: Indicator) -> HeatCell:
    """A value beside its benchmark, with the verdict that its counts allow."""
    against, *_, theirs = benchmark
    value = comparable_value(row, indicator) if row else None
    if row is None or value is None:
        text = fmt.bare(row, indicator) if row else fmt.MISSING
        return HeatCell(text, "", None, 0)
    gap = round(value - against, 10)
    held = (
        compare(row, theirs, indicator, "area", theirs.area_id)
        if theirs
        else compare_with_value(row, against, indicator, "area_set", "median")
    )
    return HeatCell(
        fmt.bare(row, indicator),
        fmt.number(gap, indicator.decimals, sign=True),
        held.verdict,
        1 + sum(abs(gap) >= step for step in _STEPS),
    )


def _column_name(indicator: Indicator, own: Observation, catalog: Catalog) -> str:
    if own.group_id == indicator.default_group:
        return indicator.short_name
    return f"{indicator.short_name}, {in_text(catalog.groups[own.group_id].name)}"


def _heat_title(name: str, cells: tuple[HeatCell, ...]) -> str:
    better = sum(cell.verdict == BETTER for cell in cells)
    worse = sum(cell.verdict == WORSE for cell in cells)
    if not better and not worse:
        same = all(cell.verdict in (SAME, None) for cell in cells)
        told = "kan ikke skelnes fra målestokken" if same else "holdt op mod målestokken"
        return f"{name} {told} på {share_of(len(cells), len(cells), 'tal')}"
    of = f"af {fmt.count_word(len(cells))} tal"
    if not better or not worse:
        word, count = ("bedre", better) if better else ("dårligere", worse)
        shared = share_of(count, len(cells), "tal")
        return f"{name} ligger {word} end målestokken på {shared}"
    return (
        f"{name} ligger bedre end målestokken på {fmt.count_word(better)} {of} og dårligere på "
        f"{fmt.count_word(worse)}"
    )


def _quality(store: Store, claims: Sequence[CheckedClaim]) -> Quality:
    counts = store.status_counts()

    def total(*statuses: str) -> int:
        return sum(count for _, status, count in counts if status in statuses)

    return Quality(
        sum(count for *_, count in counts),
        total("approximate"),
        total("suppressed"),
        total("missing", "not_applicable"),
        len(claims),
        sum(one.verdict == DIFFERS for one in claims),
    )
