"""The exhibit of all municipalities on a schematic map, coloured around the benchmark."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi.charts.marks import FOCUS, PEER, Palette, Tile, TileMarks
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog, danish_order
from kpi.domain.classes import MIDDLE, Classes, classes_around
from kpi.domain.compare import Comparison
from kpi.domain.measure import comparable_value
from kpi.domain.model import AreaSet, Indicator, Observation
from kpi.domain.ranking import Rank, rank
from kpi.domain.selection import Selection
from kpi.domain.vocabulary import EQUAL, SAME, VERDICT_NAMES
from kpi.domain.wording import capital, gap_text, listing, sentences, signed_gap
from kpi.exhibits.benchmarks import (
    Benchmark,
    benchmark_in,
    compared_with_benchmark,
    doubt_in_median,
    focus_reading,
)
from kpi.exhibits.caveats import caveats, dash_remark, sources_of
from kpi.exhibits.parts import Exhibit, Table, same_decimals
from kpi.exhibits.places import under_title
from kpi.exhibits.reading import many_comparisons
from kpi.exhibits.set_means import mean_remark
from kpi.exhibits.titles import other_group, surely

# With fewer municipalities a map is mostly empty.
FEWEST = 30
# A name of so many letters is written in its square as it is: »Aarhu« is nobody's name.
_LONGEST_WHOLE = 7
_HIDDEN = "·"
_PALETTES: Mapping[str, Palette] = {
    "higher_is_better": "rising", "lower_is_better": "falling", "neutral": "plain",
}  # fmt: skip
_ABOUT = (
    "Skematisk kort: hver firkant er en kommune, placeret omtrent hvor den ligger. Sort kant: den "
    "valgte kommune."
)


@dataclass(frozen=True)
class _Mapped:
    """The municipalities of the map that have a row, and how each with a value compares.

    `compared` leaves out values that are implausible: they are shown, and nothing is said of them.
    """

    indicator: Indicator
    catalog: Catalog
    focus_id: str
    drawn: tuple[Observation, ...]
    values: Mapping[str, float]
    benchmark: Benchmark
    compared: Mapping[str, Comparison]

    @property
    def against(self) -> str:
        """What they are compared with, in running text."""
        return self.benchmark.column if self.benchmark.among else self.benchmark.name

    def name(self, area_id: str) -> str:
        """What an area is called."""
        return self.catalog.areas[area_id].name

    def place(self, area_id: str) -> Rank | None:
        """An area's place among those whose value is believed."""
        believed = {each: self.values[each] for each in self.compared}
        return rank(believed, area_id, self.indicator, "municipality")

    def lying(self, side: int) -> set[str]:
        """The areas over (1) or under (-1) the benchmark, not by chance alone."""
        return {
            area_id
            for area_id, each in self.compared.items()
            if each.verdict not in (SAME, EQUAL) and (each.gap_points or 0.0) * side > 0
        }


def tile_map_exhibit(
    indicator: Indicator,
    rows: Sequence[Observation],
    marked_ids: Sequence[str],
    catalog: Catalog,
    selection: Selection,
    among: AreaSet | None = None,
) -> Exhibit | None:
    """Every municipality as a square, by how far it is from the country or a middle of others.

    The middle is the mean of `among`, the set that the reader chose, else the others' median.
    `rows` are one indicator, group and period. A municipality that does not certainly differ from
    its benchmark has the middle class. None with fewer than 30 municipalities that have a value, or
    without a benchmark.
    """
    mapped = _mapped(indicator, rows, marked_ids, catalog, among)
    if mapped is None:
        return None
    classes = classes_around(
        mapped.benchmark.dot.value, [*mapped.values.values()], indicator.decimals
    )
    marks = _marks(mapped, classes)
    title, table = _title(mapped), _table(mapped)
    measured = under_title(indicator, rows[0], catalog)
    under = f"{measured} · farven viser forskellen til {mapped.against}"
    if _has_doubtful(mapped, classes):
        under += ", den midterste farve hvor den ikke er statistisk sikker"
    raw = {row.area_id: row for row in rows}
    observations = tuple(raw[row.area_id] for row in mapped.drawn)
    if mapped.benchmark.country is not None:
        observations = (*observations, raw[mapped.benchmark.country.area_id])
    remarks = [
        _ABOUT,
        "Tallene er i tusinde." if classes.thousands else "",
        focus_reading(mapped.focus_id, mapped.drawn, mapped.benchmark, indicator, catalog),
        many_comparisons([*mapped.compared.values()], f"til {mapped.against}"),
        mean_remark(mapped.benchmark.among) if mapped.benchmark.among else "",
        doubt_in_median(
            [row for row in mapped.drawn if catalog.is_implausible(row)],
            mapped.focus_id,
            mapped.benchmark,
            indicator,
        ),
        _missing_remark(marks.tiles),
        *caveats(mapped.drawn, indicator, catalog),
        dash_remark(table),
    ]
    return Exhibit(
        f"kort-{indicator.indicator_id}-{rows[0].group_id}", title, under, marks,
        sentences("Skematisk kort", title, under, *_spoken(mapped)),
        table, observations, sources_of(observations, catalog),
        tuple(dict.fromkeys(filter(None, remarks))), selection,
    )  # fmt: skip


def can_be_mapped(
    rows: Sequence[Observation], marked_ids: Sequence[str], indicator: Indicator, catalog: Catalog
) -> bool:
    """Whether enough municipalities have a value, and something to be compared with."""
    placed = [
        row
        for row in rows
        if row.area_id in catalog.tiles and comparable_value(row, indicator) is not None
    ]
    focus_id = next((area_id for area_id in marked_ids if area_id in catalog.tiles), "")
    return len(placed) >= FEWEST and (
        benchmark_in(rows, focus_id or placed[0].area_id, indicator, catalog) is not None
    )


def _mapped(
    indicator: Indicator,
    rows: Sequence[Observation],
    marked_ids: Sequence[str],
    catalog: Catalog,
    among: AreaSet | None,
) -> _Mapped | None:
    known = {row.area_id: row for row in same_decimals(rows, indicator)}
    drawn = tuple(known[area_id] for area_id in catalog.tiles if area_id in known)
    values = {
        row.area_id: value
        for row in drawn
        if (value := comparable_value(row, indicator)) is not None
    }
    focus_id = next((area_id for area_id in marked_ids if area_id in catalog.tiles), "")
    benchmark = benchmark_in(rows, focus_id or next(iter(values), ""), indicator, catalog, among)
    if len(values) < FEWEST or benchmark is None:
        return None
    compared = {
        row.area_id: comparison
        for row in drawn
        if row.area_id in values
        and not catalog.is_implausible(row)
        and (comparison := compared_with_benchmark(row, benchmark, rows, indicator, catalog))
    }
    return _Mapped(indicator, catalog, focus_id, drawn, values, benchmark, compared)


def _marks(mapped: _Mapped, classes: Classes) -> TileMarks:
    by_area = {row.area_id: row for row in mapped.drawn}
    steps = {
        area_id: MIDDLE if _is_alike(mapped.compared.get(area_id)) else classes.of(value)
        for area_id, value in mapped.values.items()
    }
    counts = Counter(steps.values())
    return TileMarks(
        tuple(
            _tile(mapped, area_id, by_area.get(area_id), steps.get(area_id), classes)
            for area_id in mapped.catalog.tiles
        ),
        tuple(
            (name, fmt.counted(counts[place], "kommune", "kommuner"))
            for place, name in enumerate(classes.names())
        ),
        _PALETTES[mapped.indicator.direction],
        _own(mapped, by_area.get(mapped.focus_id)),
    )


def _has_doubtful(mapped: _Mapped, classes: Classes) -> bool:
    """Whether a square has the middle class though its number is of another one."""
    return any(
        _is_alike(mapped.compared.get(area_id)) and classes.of(value) != MIDDLE
        for area_id, value in mapped.values.items()
    )


def _own(mapped: _Mapped, row: Observation | None) -> tuple[str, str] | None:
    """The chosen area's value, and its place and difference: `nr. 87 af 98 · 3,1 under ...`."""
    if row is None:
        return None
    value = f"{mapped.name(row.area_id)} {fmt.display_in_words(row, mapped.indicator)}"
    place, own = mapped.place(row.area_id), mapped.compared.get(row.area_id)
    shared = "delt " if place and place.shared else ""
    parts = [f"{shared}nr. {place.place} af {place.of}"] if place else []
    if own is not None and own.gap_points is not None:
        gap = gap_text(own.gap_points, mapped.indicator, own.approximate)
        parts.append(f"{gap} i forhold til {mapped.against}")
    return value, " · ".join(parts)


def _is_alike(comparison: Comparison | None) -> bool:
    return comparison is not None and comparison.verdict == SAME


def _tile(
    mapped: _Mapped, area_id: str, row: Observation | None, step: int | None, classes: Classes
) -> Tile:
    place, name = mapped.catalog.tiles[area_id], mapped.name(area_id)
    short = name if len(name) <= _LONGEST_WHOLE else place.short
    role = FOCUS if area_id == mapped.focus_id else PEER
    words = fmt.display_in_words(row, mapped.indicator) if row else "ikke oplyst"
    if row is None or step is None:
        is_hidden = row is not None and row.status == "suppressed"
        text = _HIDDEN if is_hidden else fmt.MISSING
        return Tile(place.column, place.row, short, name, text, role, None, words, is_hidden)
    text = classes.text(mapped.values[area_id])
    is_hollow = row.is_approximate or mapped.catalog.is_implausible(row)
    return Tile(place.column, place.row, short, name, text, role, step, words, is_hollow=is_hollow)


def _title(mapped: _Mapped) -> str:
    """`Beskæftigelse: Aarhus er en af 37 kommuner under hele landet`; counts the certain ones."""
    of_group = other_group(
        mapped.drawn[0].area_id, mapped.drawn[0].group_id, mapped.indicator, mapped.catalog
    )
    subject, against = f"{capital(mapped.indicator.short_name)}{of_group}", mapped.against
    above, below = mapped.lying(1), mapped.lying(-1)
    sure = surely(mapped.compared.values())
    name = mapped.name(mapped.focus_id) if mapped.focus_id else ""
    for ids, side in ((above, "over"), (below, "under")):
        if mapped.focus_id in ids and len(ids) == 1:
            return f"{subject}: {name} ligger som den eneste kommune{sure} {side} {against}"
        if mapped.focus_id in ids:
            number = fmt.number(len(ids), 0)
            return f"{subject}: {name} er en af {number} kommuner{sure} {side} {against}"
    own = mapped.compared.get(mapped.focus_id)
    split = f"{len(above)} kommuner ligger{sure} over og {len(below)} under {against}"
    if own is None:
        return f"{subject}: {split}"
    if own.verdict == SAME:
        return f"{subject}: {VERDICT_NAMES[SAME]} mellem {name} og {against}; {split}"
    return f"{subject}: {name} er på niveau med {against}; {split}"


def _table(mapped: _Mapped) -> Table:
    """All municipalities with place and difference, lowest first, those without a value last."""

    def order(row: Observation) -> tuple[bool, float, str]:
        """The smallest first."""
        value = mapped.values.get(row.area_id)
        return value is None, value or 0, danish_order(mapped.name(row.area_id))

    unit = ", procentpoint" if mapped.indicator.is_proportion else ""
    return Table(
        ("Nr.", "Område", "Værdi", f"Forskel til {mapped.against}{unit}"),
        tuple(
            (
                _place(mapped.place(row.area_id)),
                mapped.name(row.area_id),
                fmt.display(row, mapped.indicator),
                _gap(mapped.compared.get(row.area_id), mapped.indicator),
            )
            for row in sorted(mapped.drawn, key=order)
        ),
    )


def _place(place: Rank | None) -> str:
    return str(place.place) if place else fmt.MISSING


def _gap(comparison: Comparison | None, indicator: Indicator) -> str:
    if comparison is None or comparison.gap_points is None:
        return fmt.MISSING
    return signed_gap(comparison.gap_points, indicator, comparison.approximate)


def _missing_remark(tiles: Sequence[Tile]) -> str:
    """What the squares without a number mean, where there are any."""
    hidden = any(tile.is_hidden for tile in tiles)
    missing = any(tile.step is None and not tile.is_hidden for tile in tiles)
    parts = [f"»{fmt.MISSING}« er ikke oplyst"] if missing else []
    parts += [f"»{_HIDDEN}« er skjult (diskretioneret)"] if hidden else []
    return f"I firkanterne: {' og '.join(parts)}." if parts else ""


def _spoken(mapped: _Mapped) -> list[str]:
    """How many lie where, the chosen area, and the three highest and lowest, for who cannot see."""
    above, below = len(mapped.lying(1)), len(mapped.lying(-1))
    level = len(mapped.compared) - above - below
    believed = (row for row in mapped.drawn if row.area_id in mapped.compared)
    ranked = sorted(believed, key=lambda row: mapped.values[row.area_id])

    def named(rows: Sequence[Observation]) -> str:
        """The areas with their values."""
        return listing(
            [
                f"{mapped.name(row.area_id)} {fmt.display_in_words(row, mapped.indicator)}"
                for row in rows
            ]
        )

    own = [row for row in mapped.drawn if row.area_id == mapped.focus_id]
    missing = len(mapped.catalog.tiles) - len(mapped.values)
    return [
        f"{above} kommuner ligger over {mapped.against}, {below} under og {level} på niveau eller "
        "uden sikker forskel",
        f"{missing} har intet tal" if missing else "",
        named(own),
        f"Højest: {named(ranked[:-4:-1])}",
        f"Lavest: {named(ranked[:3])}",
    ]
