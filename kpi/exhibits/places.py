"""The exhibit of many areas in one period, in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from kpi.charts.marks import FOCUS, PEER, Dot, RankMarks
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog, danish_order
from kpi.domain.judgement import compare_areas
from kpi.domain.measure import comparable_value
from kpi.domain.model import AreaSet, Indicator, Observation
from kpi.domain.period_words import period_name
from kpi.domain.ranking import Rank, place_from_end, rank
from kpi.domain.selection import Selection
from kpi.domain.vocabulary import EQUAL, LEVEL_NOUNS, SAME, VERDICT_NAMES
from kpi.domain.wording import capital, counts_in_words, listing, sentences, shortlist, subtitle
from kpi.exhibits.benchmarks import benchmark_in, doubt_in_median, focus_reading
from kpi.exhibits.caveats import caveats, sources_of
from kpi.exhibits.parts import Exhibit, Table, dot_of, same_decimals, scale_of, whose
from kpi.exhibits.set_means import mean_remark
from kpi.exhibits.targets import target_remarks
from kpi.exhibits.titles import other_group

_ORDER: Mapping[str, str] = {
    "higher_is_better": "højest er bedst",
    "lower_is_better": "lavest er bedst",
    "neutral": "højest først; hverken højere eller lavere er bedre",
}
# With fewer areas a ranking says little and is not shown.
_FEWEST = 3


# More areas than these are counted where they share a place, not named.
_MOST_SHARING = 3


@dataclass(frozen=True)
class _Order:
    """Areas of one level: `ranked` best first with their `places`, `doubted` without a place.

    `unplaced` says of the chosen areas without a place, and of the doubted ones, why: by id.
    """

    level: str
    places: Mapping[str, Rank]
    ranked: Sequence[Observation]
    doubted: Sequence[Observation]
    focus_id: str
    unplaced: Mapping[str, str]

    @property
    def noun(self) -> str:
        """What the areas are called: `kommuner`."""
        return LEVEL_NOUNS.get(self.level, "områder")

    def sharing(self, row: Observation, catalog: Catalog) -> list[str]:
        """The areas that have the row's place, by name."""
        place = self.places[row.area_id].place
        alike = (row for row in self.ranked if self.places[row.area_id].place == place)
        return [catalog.areas[row.area_id].name for row in alike]


def ranking_exhibit(
    indicator: Indicator,
    rows: Sequence[Observation],
    marked_ids: Sequence[str],
    catalog: Catalog,
    selection: Selection,
    among: AreaSet | None = None,
) -> Exhibit | None:
    """Areas of one level in order, best first, the first marked one strong, the benchmark a line.

    The benchmark is the mean of `among`, the set that the reader chose, else the usual one.
    `rows` are one indicator, group and period. Only areas with a plausible value are ranked; the
    others come last, without a rank. None with fewer than three. Equal values share the better
    rank.
    """
    raw = {row.area_id: row for row in rows}
    rows = same_decimals(rows, indicator)
    order = _order(rows, marked_ids, indicator, catalog)
    if order is None:
        return None
    title = _ranking_title(order, rows[0].group_id, indicator, catalog) + _place_in(
        order, among, indicator, rows
    )
    under = f"{under_title(indicator, rows[0], catalog)} · {_ORDER[indicator.direction]}"
    listed = [
        (
            f"{order.places[row.area_id].place}" if row.area_id in order.places else fmt.MISSING,
            catalog.areas[row.area_id].name,
            fmt.display(row, indicator),
        )
        for row in (*order.ranked, *order.doubted)
    ]
    first, last = (
        f"{_some(order.sharing(order.ranked[end], catalog), order.noun)} med "
        f"{fmt.display(order.ranked[end], indicator)}"
        for end in (0, -1)
    )
    benchmark = benchmark_in([*raw.values()], order.focus_id, indicator, catalog, among)
    dots = _bars(order, listed, marked_ids, indicator, catalog)
    drawn = tuple(raw[row.area_id] for row in (*order.ranked, *order.doubted))
    remarks = [
        focus_reading(order.focus_id, drawn, benchmark, indicator, catalog),
        _place_by_chance(order, catalog),
        *_unplaced_remarks(order, catalog),
        doubt_in_median(order.doubted, order.focus_id, benchmark, indicator),
        mean_remark(benchmark.among) if benchmark and benchmark.among else "",
        *target_remarks(order.ranked, order.focus_id, catalog),
        *caveats(drawn, indicator, catalog),
    ]
    return Exhibit(
        f"rangering-{indicator.indicator_id}-{rows[0].group_id}", title, under,
        RankMarks((*dots, *([benchmark.dot] if benchmark else [])), scale_of(indicator)),
        sentences("Søjlediagram", title, under, f"Først {first}, sidst {last}"),
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
        # Bars of one place are as long as their values are, which differ by less than is shown.
        key=lambda row: (
            places[row.area_id].place,
            values[row.area_id] * (1 if indicator.direction == "lower_is_better" else -1),
            danish_order(catalog.areas[row.area_id].name),
        ),
    )
    of_level = [marked_id for marked_id in marked_ids if catalog.areas[marked_id].level == level]
    focus_id = next((area_id for area_id in of_level if area_id in places), "")
    row_by_area = {row.area_id: row for row in alike}
    unplaced = {
        area_id: _why_unplaced(row_by_area.get(area_id))
        for area_id in dict.fromkeys([*of_level, *(row.area_id for row in doubted)])
        if area_id not in places
    }
    # A title about another area than the chosen one would be read as about the chosen one.
    focus_id = focus_id or next(iter(of_level), ranked[0].area_id)
    return _Order(level, places, ranked, doubted, focus_id, unplaced)


def can_be_ranked(
    rows: Sequence[Observation], marked_ids: Sequence[str], indicator: Indicator, catalog: Catalog
) -> bool:
    """Whether enough areas of the marked ones' level have a value that is believed."""
    level = _level(marked_ids, rows, catalog)
    believed = sum(
        catalog.areas[row.area_id].level == level
        and comparable_value(row, indicator) is not None
        and not catalog.is_implausible(row)
        for row in rows
    )
    return believed >= _FEWEST


def _why_unplaced(row: Observation | None) -> str:
    """Why an area has no place, after "fordi"."""
    if row is None:
        return "tallet ikke er oplyst"
    match row.status:
        case "missing" | "not_applicable":
            return "tallet ikke er oplyst"
        case "at_least" | "at_most" | "range":
            return "kilden kun oplyser en grænse eller et interval"
        case "suppressed":
            return "tallet er skjult (diskretioneret)"
        case "final" | "preliminary" | "approximate":
            return "tallet er usandsynligt og ikke bekræftet"
    assert_never(row.status)


def _unplaced_remarks(order: _Order, catalog: Catalog) -> list[str]:
    """Which areas have no place and why, grouped by reason; not what the title says already."""
    reasons: dict[str, list[str]] = {}
    for area_id, why in order.unplaced.items():
        if area_id != order.focus_id:
            reasons.setdefault(why, []).append(catalog.areas[area_id].name)
    return [
        f"{shortlist(names)} har ingen placering, fordi {why}." for why, names in reasons.items()
    ]


def _place_by_chance(order: _Order, catalog: Catalog) -> str:
    """How many areas the focus area does not certainly differ from; empty without known counts."""
    own = next((row for row in order.ranked if row.area_id == order.focus_id), None)
    if own is None:
        return ""
    comparisons = [compare_areas(own, row, catalog) for row in order.ranked if row is not own]
    judged = [each for each in comparisons if each.is_judged]
    alike = sum(each.verdict in (SAME, EQUAL) for each in judged)
    if not alike or len(judged) < _FEWEST - 1:
        return ""
    number, of = counts_in_words(alike, len(judged))
    some = "" if alike == len(judged) else f"{number} af "
    others = f"{some}de {of} andre {order.noun}"
    return (
        f"Placeringen er usikker: Der er {VERDICT_NAMES[SAME]} mellem "
        f"{catalog.areas[order.focus_id].name} og {others}."
    )


def _some(names: Sequence[str], noun: str) -> str:
    """The names, or how many where they are many."""
    return listing(list(names)) if len(names) <= _MOST_SHARING else f"{len(names)} {noun}"


def _ranking_title(order: _Order, group_id: str, indicator: Indicator, catalog: Catalog) -> str:
    """`Fravær: Aarhus er nr. 6 af 97 kommuner`; of all that have a figure where none is doubted.

    Of a chosen area without a place it says why.
    """
    of_group = other_group(order.focus_id, group_id, indicator, catalog)
    subject, name = f"{capital(indicator.short_name)}{of_group}", catalog.areas[order.focus_id].name
    if order.focus_id in order.unplaced:
        return f"{subject}: {name} har ingen placering, fordi {order.unplaced[order.focus_id]}"
    own = order.places[order.focus_id]
    shared = " (delt)" if own.shared else ""
    among = f"{own.of} {order.noun}" if order.doubted else f"de {own.of} {order.noun}, der har tal"
    if indicator.direction == "neutral":
        # Counted from the nearer end, as on the area's own page.
        return f"{subject}: {name} er {place_from_end(own)} af {among}"
    return f"{subject}: {name} er nr. {own.place}{shared} af {among}"


def _place_in(
    order: _Order, among: AreaSet | None, indicator: Indicator, rows: Sequence[Observation]
) -> str:
    """The place in the set that the reader chose, behind that among all; empty without one."""
    members = {*among.area_ids, order.focus_id} if among else set()
    values = {
        row.area_id: value
        for row in rows
        if row.area_id in members
        and row.area_id in order.places
        and (value := comparable_value(row, indicator)) is not None
    }
    place = rank(values, order.focus_id, indicator, "") if len(values) >= _FEWEST else None
    if among is None or place is None or indicator.direction == "neutral":
        return ""
    shared = " (delt)" if place.shared else ""
    return f", og nr. {place.place}{shared} af {place.of} blandt {among.name}"


def _bars(
    order: _Order,
    listed: Sequence[tuple[str, str, str]],
    marked_ids: Sequence[str],
    indicator: Indicator,
    catalog: Catalog,
) -> list[Dot]:
    """An area's bar with place and name: open and always named where the value is implausible."""
    dots = []
    for row, (number, name, _) in zip((*order.ranked, *order.doubted), listed, strict=True):
        role = FOCUS if row.area_id == order.focus_id else PEER
        is_placed = row.area_id in order.places
        shown = f"{number}. {name}" if is_placed else f"{number} {name}"
        dot = dot_of(shown, role, row, indicator, catalog=catalog)
        if dot:
            dots.append(replace(dot, named=row.area_id in marked_ids or not is_placed))
    return dots


def _level(marked_ids: Sequence[str], rows: Sequence[Observation], catalog: Catalog) -> str:
    levels = [catalog.areas[marked_id].level for marked_id in marked_ids]
    present = {catalog.areas[row.area_id].level for row in rows}
    wanted = [level for level in levels if level in ("region", "municipality") and level in present]
    return wanted[0] if wanted else "municipality"


def under_title(indicator: Indicator, row: Observation, catalog: Catalog) -> str:
    """What a chart of many areas measures, and when."""
    when = period_name(row.period, indicator, catalog)
    return subtitle(indicator, whose(indicator, row.group_id, catalog), when, when)
