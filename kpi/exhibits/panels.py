"""The exhibit of small charts: an area's or a group's development each, all with one scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import NamedTuple

from kpi.charts.marks import (
    BENCHMARK,
    FOCUS,
    PEER,
    EventMark,
    Line,
    LinePoint,
    Panel,
    PanelLine,
    PanelMarks,
    Role,
)
from kpi.charts.panels import MOST
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog, danish_order
from kpi.domain.compare import Comparison, compare
from kpi.domain.figures import Figures, are_alike
from kpi.domain.judgement import compare_areas
from kpi.domain.measure import comparable_value
from kpi.domain.model import Indicator, Observation
from kpi.domain.period import Period
from kpi.domain.period_words import period_name, when
from kpi.domain.selection import Selection
from kpi.domain.vocabulary import EQUAL, SAME
from kpi.domain.wording import capital, counts_in_words, sentences, signed_gap, subtitle
from kpi.exhibits.events import break_remark, events_of
from kpi.exhibits.one_measure import apart_remark, in_one_measure, measuring
from kpi.exhibits.parts import (
    Exhibit,
    Table,
    benchmark_name,
    caveats,
    common_decimals,
    dash_remark,
    inside,
    line_of,
    parted_points,
    same_decimals,
    scale_of,
    sources_of,
    whose,
)
from kpi.exhibits.places import LEVEL_NOUNS
from kpi.exhibits.reading import many_comparisons, reading_of
from kpi.exhibits.titles import gap_title, unsure

_FEWEST_OF_MEDIAN = 3
# A table of more periods has the first, the last and some between them.
_MOST_COLUMNS = 8


class _Member(NamedTuple):
    """An area or a group with its series, oldest first, and the areas its median leaves out."""

    member_id: str
    name: str
    rows: tuple[Observation, ...]
    without: frozenset[str]


@dataclass(frozen=True)
class _Shown:
    """What is drawn: the members in their order, and how each differs from the chosen one.

    `values` are the municipalities' by group and period; `newest` is the period that is compared.
    """

    indicator: Indicator
    catalog: Catalog
    members: tuple[_Member, ...]
    own: _Member
    newest: Period
    compared: Mapping[str, Comparison]
    values: Mapping[tuple[str, Period], Sequence[tuple[float, str]]]
    apart: tuple[Observation, ...]
    are_groups: bool

    @property
    def rows(self) -> tuple[Observation, ...]:
        """The rows of all members."""
        return tuple(row for member in self.members for row in member.rows)

    @property
    def noun(self) -> str:
        """What the members are called, many: `kommuner`."""
        if self.are_groups:
            return "grupper"
        levels = {self.catalog.areas[member.member_id].level for member in self.members}
        return LEVEL_NOUNS.get(levels.pop(), "områder") if len(levels) == 1 else "områder"

    def at_newest(self, member: _Member) -> Observation | None:
        """The member's row of the period that is compared."""
        return next((row for row in reversed(member.rows) if row.period == self.newest), None)


def area_panels_exhibit(
    indicator: Indicator, group_id: str, area_ids: Sequence[str], figures: Figures, catalog: Catalog
) -> Exhibit | None:
    """A panel for each area, the first area's line in all of them, best newest value first.

    A municipality has the median of all municipalities but itself and the first area beside it,
    where `figures` has the municipalities' values. None unless an area has two values.
    """
    own_id = next(
        (each for each in area_ids if figures.series(indicator.indicator_id, each, group_id)), ""
    )
    members = [
        _Member(area_id, catalog.areas[area_id].name, rows, frozenset((area_id, own_id)))
        for area_id in dict.fromkeys(area_ids)
        if (rows := figures.series(indicator.indicator_id, area_id, group_id))
    ]
    shown = _shown(indicator, members, figures, catalog, are_groups=False)
    return _exhibit(shown, whose(indicator, group_id, catalog)) if shown else None


def group_panels_exhibit(
    indicator: Indicator, area_id: str, group_ids: Sequence[str], figures: Figures, catalog: Catalog
) -> Exhibit | None:
    """A panel for each group of one area in their order, the first group's line in all of them.

    The median is that of the other municipalities in the panel's group. None unless a group has two
    values.
    """
    members = [
        _Member(group_id, catalog.groups[group_id].name, rows, frozenset((area_id,)))
        for group_id in dict.fromkeys(group_ids)
        if (rows := figures.series(indicator.indicator_id, area_id, group_id))
    ]
    shown = _shown(indicator, members, figures, catalog, are_groups=True)
    return _exhibit(shown, (catalog.areas[area_id].name,)) if shown else None


def _shown(
    indicator: Indicator, members: Sequence[_Member], figures: Figures, catalog: Catalog,
    are_groups: bool,
) -> _Shown | None:  # fmt: skip
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
    decimals = common_decimals(every, indicator)
    kept = [
        member._replace(rows=same_decimals(member.rows, indicator, decimals)) for member in kept
    ]
    newest = max((row.period for row in every), key=lambda period: period.order)
    # All lines have the chosen one beside them, also where its own newest value is hidden.
    own = kept[0]
    shown = _Shown(
        indicator, catalog, tuple(kept), own, newest, {}, _values(every, figures, indicator),
        tuple(apart), are_groups,
    )  # fmt: skip
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


def _compared(shown: _Shown) -> dict[str, Comparison]:
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


def _is_believed(row: Observation, shown: _Shown) -> bool:
    known = comparable_value(row, shown.indicator) is not None
    return known and not shown.catalog.is_implausible(row)


def _is_ordered(shown: _Shown) -> bool:
    """Whether the panels are in the order of their newest values.

    Not of groups, nor of areas within a municipality, which have no place among each other, nor of
    numbers that grow with the area.
    """
    return not (
        shown.are_groups
        or shown.indicator.is_total
        or any(shown.catalog.areas[member.member_id].is_local for member in shown.members)
    )


def _ordered(shown: _Shown, compared: Mapping[str, Comparison]) -> _Shown:
    """The members by newest value, best first (else highest first); who has none last, by name."""
    members = list(shown.members)
    sign = 1 if shown.indicator.direction == "lower_is_better" else -1

    def place(member: _Member) -> tuple[bool, float, str]:
        """The smallest first."""
        row = shown.at_newest(member)
        value = comparable_value(row, shown.indicator) if row else None
        is_last = row is None or value is None or not _is_believed(row, shown)
        return is_last, 0.0 if is_last else sign * (value or 0.0), danish_order(member.name)

    if _is_ordered(shown):
        members.sort(key=place)
    return replace(shown, members=tuple(members), compared=compared)


def _exhibit(shown: _Shown, whose_words: tuple[str, ...]) -> Exhibit:
    indicator, catalog, rows = shown.indicator, shown.catalog, shown.rows
    own_line = _line(shown.own, shown, FOCUS)
    panels = tuple(_panel(member, shown) for member in shown.members)
    periods = sorted({row.period for row in rows}, key=lambda period: period.order)
    first, last = (period_name(period, indicator, catalog) for period in (periods[0], periods[-1]))
    under = subtitle(indicator, whose_words, first, last)
    if _is_ordered(shown) and len(panels) > 1:
        way = "lavest" if indicator.direction == "lower_is_better" else "højest"
        under += f" · {way} først"
    if shown.compared:
        under += f" · i parentes: forskel til {_own_name(shown)}"
    title, table = _title(shown), _table(shown, periods)
    breaks = _breaks(shown, own_line)
    own_id = shown.own.rows[0].area_id
    remarks = [
        break_remark(breaks),
        _about(shown, panels),
        _reading(shown),
        many_comparisons([*shown.compared.values()], f"til {_own_name(shown)}"),
        _files_remark(panels),
        apart_remark(measuring(shown.own.rows), shown.apart, indicator, catalog),
        *caveats(rows, indicator, catalog),
        dash_remark(table),
    ]
    areas = (own_id, *(row.area_id for row in rows))
    group_ids = tuple(dict.fromkeys(row.group_id for row in rows))
    return Exhibit(
        f"smaa-{indicator.indicator_id}-{own_id if shown.are_groups else group_ids[0]}",
        title, under,
        PanelMarks(panels, own_line if own_line.points else None,
                   scale_of(indicator, [row for row in rows if row.value is not None]),
                   _legend(shown, own_line, panels), breaks),
        sentences("Små diagrammer", title, capital(under),
                  "; ".join(f"{panel.name} {panel.value}" for panel in panels[:MOST])),
        table, rows, sources_of(rows, catalog), tuple(dict.fromkeys(filter(None, remarks))),
        Selection(
            "sammenlign", noegletal=indicator.indicator_id, omraader=tuple(dict.fromkeys(areas)),
            grupper=group_ids, diagram="smaa",
        ),
    )  # fmt: skip


def _own_name(shown: _Shown) -> str:
    """The chosen area or group within a sentence."""
    name = shown.own.name
    return name if shown.are_groups else benchmark_name(name)


def _line(member: _Member, shown: _Shown, role: Role = PEER) -> Line:
    return line_of(member.name, role, member.rows, shown.indicator, shown.catalog)


def _panel(member: _Member, shown: _Shown) -> Panel:
    indicator, catalog = shown.indicator, shown.catalog
    is_own = member is shown.own
    line = _line(member, shown, FOCUS if is_own else PEER)
    newest = shown.at_newest(member) or member.rows[-1]
    value = fmt.display(newest, indicator)
    if newest.period != shown.newest:
        value += f" ({period_name(newest.period, indicator, catalog)})"
    comparison = shown.compared.get(member.member_id)
    gap = ""
    if comparison is not None and comparison.gap_points is not None:
        gap = signed_gap(comparison.gap_points, indicator, comparison.approximate)
    middle = _median_line(member, shown)
    hidden = tuple(
        (row.period, period_name(row.period, indicator, catalog))
        for row in member.rows
        if row.status == "suppressed"
    )
    return Panel(
        member.name, line, middle, value, _spoken(member, line, middle, value, gap, shown), gap,
        hidden, is_own,
    )  # fmt: skip


def _spoken(
    member: _Member, line: Line, middle: Line | None, value: str, gap: str, shown: _Shown
) -> str:
    """A panel for who cannot see it: its first and newest value, and what they are beside."""
    indicator, catalog = shown.indicator, shown.catalog
    newest = when(shown.newest, indicator, catalog)
    first = line.points[0] if line.points else None
    parts = [
        f"{member.name}: {value} {newest}",
        f"{first.text} {when(first.period, indicator, catalog)}"
        if first and first.period != shown.newest
        else "",
        f"forskel til {_own_name(shown)}: {gap}" if gap else "",
        f"medianen af de andre kommuner: {middle.points[-1].text}" if middle else "",
        f"{fmt.count_word(hidden)} skjult"
        if (hidden := sum(row.status == "suppressed" for row in member.rows))
        else "",
    ]
    return sentences("; ".join(filter(None, parts)))


def _median_line(member: _Member, shown: _Shown) -> Line | None:
    """The median of the municipalities that are not in the panel; None where there is none."""
    indicator, catalog = shown.indicator, shown.catalog
    if catalog.areas[member.rows[0].area_id].level != "municipality":
        return None
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
    name = "Median af de andre kommuner"
    return Line(name, BENCHMARK, parted_points(points, indicator))


def _median_without(values: Sequence[tuple[float, str]], without: frozenset[str]) -> float | None:
    """The median of the values of all but some areas; None with fewer than three others."""
    others = [value for value, area_id in values if area_id not in without]
    return round(median(others), 10) if len(others) >= _FEWEST_OF_MEDIAN else None


def _breaks(shown: _Shown, own_line: Line) -> tuple[EventMark, ...]:
    """The breaks of the series within what is drawn."""
    lines = [line for line in (_line(member, shown) for member in shown.members) if line.points]
    area_id = shown.own.rows[0].area_id
    events = events_of(shown.indicator, area_id, lines or [own_line], shown.catalog)
    return tuple(event for event in events if event.is_break)


def _legend(
    shown: _Shown, own_line: Line, panels: Sequence[Panel]
) -> tuple[tuple[PanelLine, str], ...]:
    """What each kind of line is; only of those that are drawn."""
    noun = {"kommuner": "kommunen", "grupper": "gruppen"}.get(shown.noun, "området")
    legend: list[tuple[PanelLine, str]] = []
    if any(panel.line.points and not panel.is_own for panel in panels):
        legend.append(("area", noun))
    if own_line.points:
        legend.append(("own", shown.own.name))
    own = next(panel for panel in panels if panel.is_own)
    if any(panel.median for panel in panels):
        legend.append(("median", _median_words(own, shown)))
    return tuple(legend)


def _median_words(own: Panel, shown: _Shown) -> str:
    if shown.are_groups:
        return "median af de andre kommuner i gruppen"
    last = own.median.points[-1] if own.median else None
    if last is None or last.period != shown.newest:
        return "median af de andre kommuner"
    value = fmt.amount(last.value, shown.indicator, shown.indicator.decimals)
    at = when(last.period, shown.indicator, shown.catalog)
    return f"median af de andre kommuner ({value} {at})"


def _about(shown: _Shown, panels: Sequence[Panel]) -> str:
    """What all panels have in common, what their median leaves out, and what a square means."""
    parts = ["Alle felter har samme akse, som begynder ved 0."] if len(panels) > 1 else []
    if any(panel.median and not panel.is_own for panel in panels) and not shown.are_groups:
        parts.append(
            f"Medianen er af alle andre kommuner end feltets egen og {_own_name(shown)}."
            if shown.catalog.areas[shown.own.member_id].level == "municipality"
            else "Medianen er af alle andre kommuner end feltets egen."
        )
    if any(panel.hidden for panel in panels):
        parts.append("Firkant ved aksen: Tallet er skjult. Hul i linjen uden firkant: ikke oplyst.")
    return " ".join(parts)


def _reading(shown: _Shown) -> str:
    """The chosen one's newest value and how sure it is; of amounts and bare counts nothing."""
    own = shown.at_newest(shown.own)
    return reading_of([own], shown.indicator, shown.catalog) if own else ""


def _files_remark(panels: Sequence[Panel]) -> str:
    if len(panels) <= MOST:
        return ""
    return f"Billede, slide og PDF viser de første {MOST} felter; tabellen og CSV-filen har alle."


def _title(shown: _Shown) -> str:
    """How many lie over and under the chosen one; of two how far the other one is from it."""
    subject = capital(shown.indicator.short_name)
    name, compared = _own_name(shown), shown.compared
    if not compared:
        return _title_without(shown, subject)
    if len(compared) == 1 and not shown.are_groups:
        ((other_id, only),) = compared.items()
        other = next(each.name for each in shown.members if each.member_id == other_id)
        gap = gap_title(
            other, only.gap_points or 0.0, shown.own.name, shown.indicator,
            only.in_percent, only.approximate,
        )  # fmt: skip
        return gap + unsure(only)
    sure = " statistisk sikkert" if any(each.is_judged for each in compared.values()) else ""
    above, below = (
        sum(
            each.verdict not in (SAME, EQUAL) and (each.gap_points or 0.0) * side > 0
            for each in compared.values()
        )
        for side in (1, -1)
    )
    over, under, of = counts_in_words(above, below, len(compared))
    verb = "har" if shown.are_groups else "ligger"
    sides = ("højere", "lavere") if shown.are_groups else ("over", "under")
    than = f"end {name}" if shown.are_groups else name
    return (
        f"{subject}: {over} af {of} andre {shown.noun} {verb}{sure} {sides[0]} {than} og "
        f"{under} {sides[1]}"
    )


def _title_without(shown: _Shown, subject: str) -> str:
    count = len(shown.members)
    if count == 1:
        return f"{subject} {inside(shown.catalog.areas[shown.own.rows[0].area_id].name)}"
    number = fmt.count_word(count)
    return f"{subject}: udviklingen i {number} {shown.noun}"


def _table(shown: _Shown, periods: Sequence[Period]) -> Table:
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
    last = [f"Forskel til {_own_name(shown)}"] if shown.compared else []
    first = "Gruppe" if shown.are_groups else "Område"
    return Table((first, *names, *last), tuple(rows))


def _some(periods: Sequence[Period]) -> list[Period]:
    """The periods, or of many the first, the last and some at about the same distance between."""
    if len(periods) <= _MOST_COLUMNS:
        return list(periods)
    last = len(periods) - 1
    places = (round(last * place / (_MOST_COLUMNS - 1)) for place in range(_MOST_COLUMNS))
    return [periods[place] for place in places]
