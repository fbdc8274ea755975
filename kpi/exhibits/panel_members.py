"""Which areas or groups small charts have, in which order, and what each is compared with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import NamedTuple

from kpi.charts.marks import BENCHMARK, PEER, Line, LinePoint, Role
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog, danish_order
from kpi.domain.compare import Comparison, compare
from kpi.domain.figures import Figures, are_alike
from kpi.domain.judgement import compare_areas
from kpi.domain.measure import comparable_value
from kpi.domain.model import AreaSet, Indicator, Observation
from kpi.domain.period import Period
from kpi.domain.period_words import period_name
from kpi.domain.vocabulary import LEVEL_NOUNS
from kpi.domain.wording import capital, in_text, signed_gap
from kpi.exhibits.one_measure import in_one_measure, measuring
from kpi.exhibits.parts import (
    MEDIAN_NAME,
    Table,
    benchmark_name,
    common_decimals,
    line_of,
    parted_points,
    same_decimals,
)
from kpi.exhibits.set_means import means_of_set, set_name

_FEWEST_OF_MEDIAN = 3
# A table of more periods has the first, the last and some between them.
_MOST_COLUMNS = 8


class Member(NamedTuple):
    """An area or a group with its series, oldest first, and the areas its median leaves out."""

    member_id: str
    name: str
    rows: tuple[Observation, ...]
    without: frozenset[str]


@dataclass(frozen=True)
class Shown:
    """What is drawn: the members in their order, and how each differs from the chosen one.

    `values` are the municipalities' by group and period; `newest` is the period that is compared.
    `published` are the rows with all of their decimals, which a mean is made of; `among` is the set
    that the reader chose, where the chosen area has a mean of it beside it.
    """

    indicator: Indicator
    catalog: Catalog
    members: tuple[Member, ...]
    own: Member
    newest: Period
    compared: Mapping[str, Comparison]
    values: Mapping[tuple[str, Period], Sequence[tuple[float, str]]]
    apart: tuple[Observation, ...]
    are_groups: bool
    published: tuple[Observation, ...] = ()
    among: AreaSet | None = None

    @property
    def rows(self) -> tuple[Observation, ...]:
        """The rows of all members."""
        return tuple(row for member in self.members for row in member.rows)

    @property
    def set_name(self) -> str:
        """What the mean of the chosen set is called in a sentence; empty where there is none."""
        return set_name(self.among, self.own.member_id, self.catalog) if self.among else ""

    @property
    def noun(self) -> str:
        """What the members are called, many: `kommuner`."""
        if self.are_groups:
            return "grupper"
        levels = {self.catalog.areas[member.member_id].level for member in self.members}
        return LEVEL_NOUNS.get(levels.pop(), "områder") if len(levels) == 1 else "områder"

    def at_newest(self, member: Member) -> Observation | None:
        """The member's row of the period that is compared."""
        return next((row for row in reversed(member.rows) if row.period == self.newest), None)


def shown_members(
    indicator: Indicator, members: Sequence[Member], figures: Figures, catalog: Catalog,
    are_groups: bool, among: AreaSet | None = None,
) -> Shown | None:  # fmt: skip
    """The members' series of one kind of period and one measure, in their order."""
    if not members:
        return None
    last = members[0].rows[-1]
    model = measuring([row for row in members[0].rows if are_alike(row, last)])
    apart: list[Observation] = []
    kept = []
    for member in members:
        alike = tuple(row for row in member.rows if are_alike(row, last))
        beside, others = in_one_measure(model, alike, indicator)
        apart += others
        if beside:
            kept.append(member._replace(rows=beside))
    if max((_count(member.rows, indicator) for member in kept), default=0) < 2:
        return None
    every = [row for member in kept for row in member.rows]
    # A set's members need not be drawn to be compared with.
    of_set = [
        row
        for area_id in (among.area_ids if among else ())
        for row in figures.series(indicator.indicator_id, area_id, last.group_id)
        if are_alike(row, last)
    ]
    published = tuple(dict.fromkeys([*every, *of_set]))
    decimals = common_decimals(every, indicator)
    kept = [
        member._replace(rows=same_decimals(member.rows, indicator, decimals)) for member in kept
    ]
    newest = max((row.period for row in every), key=lambda period: period.order)
    # All lines have the chosen one beside them, also where its own newest value is hidden.
    own = kept[0]
    shown = Shown(
        indicator, catalog, tuple(kept), own, newest, {}, _values(every, figures, indicator),
        tuple(apart), are_groups, published,
    )  # fmt: skip
    if among is not None and _mean_line(own, shown, among):
        shown = replace(shown, among=among)
    compared = _compared(shown)
    return _ordered(shown, compared)


def _count(rows: Sequence[Observation], indicator: Indicator) -> int:
    return sum(comparable_value(row, indicator) is not None or row.is_bound for row in rows)


def _values(
    rows: Sequence[Observation], figures: Figures, indicator: Indicator
) -> dict[tuple[str, Period], Sequence[tuple[float, str]]]:
    """The municipalities' values of each group and period, smallest first."""
    if not indicator.is_rate:
        return {}
    keys = {(row.group_id, row.period): row for row in rows}
    return {
        key: sorted((value, area_id) for area_id, value in figures.municipal_values(row).items())
        for key, row in keys.items()
    }


def _compared(shown: Shown) -> dict[str, Comparison]:
    """How the members' newest values differ from the chosen one's; not of what is not believed."""
    indicator, catalog = shown.indicator, shown.catalog
    own = shown.at_newest(shown.own)
    if own is None or not _is_believed(own, shown) or indicator.is_total:
        return {}
    compared = {}
    for member in shown.members:
        row = shown.at_newest(member)
        if member is shown.own or row is None or not _is_believed(row, shown):
            continue
        compared[member.member_id] = (
            compare(row, own, indicator, "group", own.group_id)
            if shown.are_groups
            else compare_areas(row, own, catalog)
        )
    return {key: each for key, each in compared.items() if each.gap_points is not None}


def _is_believed(row: Observation, shown: Shown) -> bool:
    known = comparable_value(row, shown.indicator) is not None
    return known and not shown.catalog.is_implausible(row)


def is_ordered(shown: Shown) -> bool:
    """Whether the panels are in the order of their newest values.

    Not of groups, nor of areas within a municipality, which have no place among each other, nor of
    numbers that grow with the area.
    """
    return not (
        shown.are_groups
        or shown.indicator.is_total
        or any(shown.catalog.areas[member.member_id].is_local for member in shown.members)
    )


def _ordered(shown: Shown, compared: Mapping[str, Comparison]) -> Shown:
    """The members by newest value, best first (else highest first); who has none last, by name."""
    members = list(shown.members)
    sign = 1 if shown.indicator.direction == "lower_is_better" else -1

    def place(member: Member) -> tuple[bool, float, str]:
        """The smallest first."""
        row = shown.at_newest(member)
        value = comparable_value(row, shown.indicator) if row else None
        is_last = row is None or value is None or not _is_believed(row, shown)
        return is_last, 0.0 if is_last else sign * (value or 0.0), danish_order(member.name)

    if is_ordered(shown):
        members.sort(key=place)
    return replace(shown, members=tuple(members), compared=compared)


def own_name(shown: Shown) -> str:
    """The chosen area or group within a sentence."""
    name = shown.own.name
    return in_text(name) if shown.are_groups else benchmark_name(name)


def line_of_member(member: Member, shown: Shown, role: Role = PEER) -> Line:
    """A member's series as a line; without points where none of its values may be drawn."""
    return line_of(member.name, role, member.rows, shown.indicator, shown.catalog)


def median_line(member: Member, shown: Shown) -> Line | None:
    """The middle of the municipalities that are not in the panel; None where there is none.

    That is the mean of the chosen set, else the median of all.
    """
    indicator, catalog = shown.indicator, shown.catalog
    if catalog.areas[member.rows[0].area_id].level != "municipality":
        return None
    if shown.among is not None:
        return _mean_line(member, shown, shown.among)
    group_id = member.rows[0].group_id
    points = []
    for (group, period), values in shown.values.items():
        middle = _median_without(values, member.without) if group == group_id else None
        if middle is not None:
            points.append(
                LinePoint(
                    period,
                    period_name(period, indicator, catalog),
                    middle,
                    fmt.number(middle, indicator.decimals),
                )
            )
    points.sort(key=lambda point: point.period.order)
    if not points:
        return None
    return Line(MEDIAN_NAME, BENCHMARK, parted_points(points, indicator))


def _mean_line(member: Member, shown: Shown, among: AreaSet) -> Line | None:
    """The mean of a set's members that are not in the panel; None where it has no newest value."""
    indicator, catalog = shown.indicator, shown.catalog
    if not indicator.is_rate or catalog.areas[shown.own.member_id].level != "municipality":
        return None
    means = means_of_set(shown.published, member.without, among, catalog)
    if shown.newest not in means:
        return None
    points = tuple(
        LinePoint(
            period, period_name(period, indicator, catalog), mean.value,
            fmt.number(mean.value, indicator.decimals),
        )
        for period, mean in means.items()
    )  # fmt: skip
    name = capital(set_name(among, shown.own.member_id, catalog))
    return Line(name, BENCHMARK, parted_points(points, indicator))


def middle_name(shown: Shown) -> str:
    """The panels' middle within a sentence."""
    return shown.set_name or benchmark_name(MEDIAN_NAME)


def _median_without(values: Sequence[tuple[float, str]], without: frozenset[str]) -> float | None:
    """The median of the values of all but some areas; None with fewer than three others."""
    others = [value for value, area_id in values if area_id not in without]
    return round(median(others), 10) if len(others) >= _FEWEST_OF_MEDIAN else None


def table_of(shown: Shown, periods: Sequence[Period]) -> Table:
    """A row for each panel: its values by period, the newest difference last."""
    indicator, catalog = shown.indicator, shown.catalog
    chosen = _some(periods)
    rows = []
    for member in shown.members:
        texts = {row.period: fmt.bare(row, indicator) for row in member.rows}
        comparison = shown.compared.get(member.member_id)
        gap = (
            signed_gap(comparison.gap_points, indicator, comparison.approximate)
            if comparison is not None and comparison.gap_points is not None
            else fmt.MISSING
        )
        if member is shown.own:
            gap = fmt.number(0, indicator.decimals)
        cells = [texts.get(period, fmt.MISSING) for period in chosen]
        rows.append((member.name, *cells, *([gap] if shown.compared else [])))
    names = [period_name(period, indicator, catalog) for period in chosen]
    last = [f"Forskel til {own_name(shown)}"] if shown.compared else []
    first = "Gruppe" if shown.are_groups else "Område"
    return Table((first, *names, *last), tuple(rows))


def _some(periods: Sequence[Period]) -> list[Period]:
    """The periods, or of many the first, the last and some at about the same distance between."""
    if len(periods) <= _MOST_COLUMNS:
        return list(periods)
    last = len(periods) - 1
    places = (round(last * place / (_MOST_COLUMNS - 1)) for place in range(_MOST_COLUMNS))
    return [periods[place] for place in places]
