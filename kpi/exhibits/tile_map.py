"""The exhibit of all municipalities on a schematic map, coloured around the benchmark."""

from collections import Counter
from collections.abc import Mapping, Sequence

from kpi.charts.marks import FOCUS, PEER, Palette, Tile, TileMarks
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog, danish_order
from kpi.domain.classes import MIDDLE, Classes, classes_around
from kpi.domain.compare import Comparison
from kpi.domain.measure import comparable_value
from kpi.domain.model import Indicator, Observation
from kpi.domain.selection import Selection
from kpi.domain.vocabulary import EQUAL, SAME
from kpi.domain.wording import capital, gap_text, listing, sentences
from kpi.exhibits.benchmarks import Benchmark, benchmark_in, compared_with_benchmark, focus_reading
from kpi.exhibits.parts import (
    Exhibit,
    Table,
    benchmark_name,
    caveats,
    dash_remark,
    same_decimals,
    sources_of,
)
from kpi.exhibits.places import under_title
from kpi.exhibits.reading import many_comparisons

# With fewer municipalities a map is mostly empty.
FEWEST = 30
_HIDDEN = "·"
_PALETTES: Mapping[str, Palette] = {
    "higher_is_better": "rising", "lower_is_better": "falling", "neutral": "plain",
}  # fmt: skip
_ABOUT = (
    "Skematisk kort: hver firkant er en kommune, placeret omtrent hvor den ligger. Sort kant: den "
    "valgte kommune."
)


def tile_map_exhibit(
    indicator: Indicator,
    rows: Sequence[Observation],
    marked_ids: Sequence[str],
    catalog: Catalog,
    selection: Selection,
) -> Exhibit | None:
    """Every municipality as a square, by how far it is from the country or the others' median.

    `rows` are one indicator, group and period. A municipality that does not certainly differ from
    its benchmark has the middle class. None with fewer than 30 municipalities that have a value, or
    without a benchmark.
    """
    raw = {row.area_id: row for row in rows}
    known = {row.area_id: row for row in same_decimals(rows, indicator)}
    drawn = tuple(known[area_id] for area_id in catalog.tiles if area_id in known)
    values = {
        row.area_id: value
        for row in drawn
        if (value := comparable_value(row, indicator)) is not None
    }
    focus_id = next((area_id for area_id in marked_ids if area_id in catalog.tiles), "")
    benchmark = benchmark_in(rows, focus_id or next(iter(values), ""), indicator, catalog)
    if len(values) < FEWEST or benchmark is None:
        return None
    compared = {
        area_id: compared_with_benchmark(known[area_id], benchmark, rows, indicator, catalog)
        for area_id in values
    }
    classes = classes_around(benchmark.dot.value, [*values.values()], indicator.decimals)
    steps = {
        area_id: MIDDLE if _is_alike(compared[area_id]) else classes.of(value)
        for area_id, value in values.items()
    }
    counts = Counter(steps.values())
    tiles = tuple(
        _tile(each, focus_id, known.get(each), steps.get(each), classes, indicator, catalog)
        for each in catalog.tiles
    )
    marks = TileMarks(
        tiles,
        tuple(
            (name, fmt.counted(counts[place], "kommune", "kommuner"))
            for place, name in enumerate(classes.names())
        ),
        _PALETTES[indicator.direction],
    )
    title = _title(focus_id, compared, benchmark, indicator, catalog)
    against = benchmark_name(benchmark.dot.name)
    under = f"{under_title(indicator, rows[0], catalog)} · farven viser forskellen til {against}"
    table = _table(drawn, compared, against, indicator, catalog)
    remarks = [
        _ABOUT,
        "Tallene er i tusinde." if classes.thousands else "",
        focus_reading(focus_id, drawn, benchmark, indicator, catalog),
        many_comparisons([each for each in compared.values() if each], f"til {against}"),
        _marks_of_missing(tiles),
        *caveats(drawn, indicator, catalog),
        dash_remark(table),
    ]
    observations = tuple(raw[row.area_id] for row in drawn)
    if benchmark.country is not None:
        observations = (*observations, raw[benchmark.country.area_id])
    return Exhibit(
        f"kort-{indicator.indicator_id}-{rows[0].group_id}", title, under, marks,
        sentences("Skematisk kort", title, under, *_spoken(drawn, compared, against, focus_id,
                                                           indicator, catalog)),
        table, observations, sources_of(observations, catalog),
        tuple(dict.fromkeys(filter(None, remarks))), selection,
    )  # fmt: skip


def _is_alike(comparison: Comparison | None) -> bool:
    return comparison is not None and comparison.verdict == SAME


def _tile(
    area_id: str, focus_id: str, row: Observation | None, step: int | None, classes: Classes,
    indicator: Indicator, catalog: Catalog,
) -> Tile:  # fmt: skip
    place, name = catalog.tiles[area_id], catalog.areas[area_id].name
    role = FOCUS if area_id == focus_id else PEER
    value = comparable_value(row, indicator) if row else None
    is_hidden = row is not None and row.status == "suppressed"
    if row is None or value is None:
        text = _HIDDEN if is_hidden else fmt.MISSING
        words = fmt.display(row, indicator) if row else "ikke oplyst"
        return Tile(place.column, place.row, place.short, name, text, role, None, words, is_hidden)
    shown = fmt.display(row, indicator)
    return Tile(place.column, place.row, place.short, name, classes.text(value), role, step, shown)


def _title(
    focus_id: str, compared: Mapping[str, Comparison | None], benchmark: Benchmark,
    indicator: Indicator, catalog: Catalog,
) -> str:  # fmt: skip
    """`Beskæftigelse: Aarhus er en af 37 kommuner under hele landet`; counts the certain ones."""
    subject, against = capital(indicator.short_name), benchmark_name(benchmark.dot.name)
    above, below = (
        {area_id for area_id, each in compared.items() if _lies(each, side)} for side in (1, -1)
    )
    sure = (
        " statistisk sikkert" if any(each and each.is_judged for each in compared.values()) else ""
    )
    name = catalog.areas[focus_id].name if focus_id else ""
    for ids, side in ((above, "over"), (below, "under")):
        if focus_id in ids and len(ids) == 1:
            return f"{subject}: {name} ligger som den eneste kommune{sure} {side} {against}"
        if focus_id in ids:
            number = fmt.number(len(ids), 0)
            return f"{subject}: {name} er en af {number} kommuner{sure} {side} {against}"
    own = compared.get(focus_id)
    split = f"{len(above)} kommuner ligger{sure} over og {len(below)} under {against}"
    if own is None:
        return f"{subject}: {split}"
    if own.verdict == SAME:
        return f"{subject}: ingen sikker forskel mellem {name} og {against}; {split}"
    return f"{subject}: {name} er på niveau med {against}; {split}"


def _lies(comparison: Comparison | None, side: int) -> bool:
    """Whether an area lies over (1) or under (-1) the benchmark, and not by chance alone."""
    if comparison is None or comparison.gap_points is None:
        return False
    return comparison.verdict not in (SAME, EQUAL) and comparison.gap_points * side > 0


def _table(
    drawn: Sequence[Observation], compared: Mapping[str, Comparison | None], against: str,
    indicator: Indicator, catalog: Catalog,
) -> Table:  # fmt: skip
    """All municipalities with their difference, highest first, those without a value last."""

    def order(row: Observation) -> tuple[bool, float, str]:
        """The smallest first."""
        value = comparable_value(row, indicator)
        return value is None, -(value or 0), danish_order(catalog.areas[row.area_id].name)

    return Table(
        ("Område", "Værdi", f"Forskel til {against}"),
        tuple(
            (
                catalog.areas[row.area_id].name,
                fmt.display(row, indicator),
                _gap(compared.get(row.area_id), indicator),
            )
            for row in sorted(drawn, key=order)
        ),
    )


def _gap(comparison: Comparison | None, indicator: Indicator) -> str:
    if comparison is None or comparison.gap_points is None:
        return fmt.MISSING
    return gap_text(comparison.gap_points, indicator, comparison.approximate)


def _marks_of_missing(tiles: Sequence[Tile]) -> str:
    """What the squares without a number mean, where there are any."""
    hidden = any(tile.is_hidden for tile in tiles)
    missing = any(tile.step is None and not tile.is_hidden for tile in tiles)
    parts = [f"»{fmt.MISSING}« er ikke oplyst"] if missing else []
    parts += [f"»{_HIDDEN}« er skjult (diskretioneret)"] if hidden else []
    return f"I firkanterne: {' og '.join(parts)}." if parts else ""


def _spoken(
    drawn: Sequence[Observation], compared: Mapping[str, Comparison | None], against: str,
    focus_id: str, indicator: Indicator, catalog: Catalog,
) -> list[str]:  # fmt: skip
    """How many lie where, the chosen area, and the three highest and lowest, for who cannot see."""
    above, below = (sum(_lies(each, side) for each in compared.values()) for side in (1, -1))
    level = len(compared) - above - below
    ranked = sorted(
        (row for row in drawn if row.area_id in compared),
        key=lambda row: comparable_value(row, indicator) or 0.0,
    )

    def named(rows: Sequence[Observation]) -> str:
        """The areas with their values."""
        return listing(
            [f"{catalog.areas[row.area_id].name} {fmt.display(row, indicator)}" for row in rows]
        )

    own = next((row for row in drawn if row.area_id == focus_id), None)
    missing = len(catalog.tiles) - len(compared)
    return [
        f"{above} kommuner ligger over {against}, {below} under og {level} på niveau eller uden "
        "sikker forskel",
        f"{missing} har intet tal" if missing else "",
        named([own]) if own else "",
        f"Højest: {named(ranked[:-4:-1])}",
        f"Lavest: {named(ranked[:3])}",
    ]
