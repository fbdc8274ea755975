"""The exhibit of small charts: an area's or a group's development each, all with one scale."""

from collections.abc import Sequence

from kpi.charts.marks import FOCUS, PEER, EventMark, Line, Panel, PanelLine, PanelMarks
from kpi.charts.panels import MOST, axis_start_of
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.model import AreaSet, Indicator
from kpi.domain.period_words import period_name, when
from kpi.domain.selection import Selection
from kpi.domain.vocabulary import EQUAL, SAME
from kpi.domain.wording import capital, counts_in_words, listing, sentences, signed_gap, subtitle
from kpi.exhibits.caveats import axis_remark, caveats, dash_remark, sources_of
from kpi.exhibits.events import break_remark, events_of
from kpi.exhibits.one_measure import apart_remark, measuring
from kpi.exhibits.panel_members import (
    Member,
    Shown,
    is_ordered,
    line_of_member,
    median_line,
    middle_name,
    own_name,
    shown_members,
    table_of,
)
from kpi.exhibits.parts import Exhibit, inside, scale_of, whose
from kpi.exhibits.reading import many_comparisons, reading_of
from kpi.exhibits.titles import gap_title, groups_title, other_group, surely, unsure


def area_panels_exhibit(
    indicator: Indicator,
    group_id: str,
    area_ids: Sequence[str],
    figures: Figures,
    catalog: Catalog,
    among: AreaSet | None = None,
) -> Exhibit | None:
    """A panel for each area, the first area's line in all of them, best newest value first.

    A municipality has a middle of others beside it, without itself and the first area: the mean of
    `among`, the set that the reader chose or that the first area is judged by, else the median of
    all municipalities, where `figures` has their values. None unless an area has two values.
    """
    own_id = next(
        (each for each in area_ids if figures.series(indicator.indicator_id, each, group_id)), ""
    )
    members = [
        Member(area_id, catalog.areas[area_id].name, rows, frozenset((area_id, own_id)))
        for area_id in dict.fromkeys(area_ids)
        if (rows := figures.series(indicator.indicator_id, area_id, group_id))
    ]
    shown = shown_members(indicator, members, figures, catalog, are_groups=False, among=among)
    return _exhibit(shown, whose(indicator, group_id, catalog)) if shown else None


def group_panels_exhibit(
    indicator: Indicator, area_id: str, group_ids: Sequence[str], figures: Figures, catalog: Catalog
) -> Exhibit | None:
    """A panel for each group of one area in their order, the first group's line in all of them.

    The median is that of the other municipalities in the panel's group. None unless a group has two
    values.
    """
    members = [
        Member(group_id, catalog.groups[group_id].name, rows, frozenset((area_id,)))
        for group_id in dict.fromkeys(group_ids)
        if (rows := figures.series(indicator.indicator_id, area_id, group_id))
    ]
    shown = shown_members(indicator, members, figures, catalog, are_groups=True)
    return _exhibit(shown, (catalog.areas[area_id].name,)) if shown else None


def _exhibit(shown: Shown, whose_words: tuple[str, ...]) -> Exhibit:
    indicator, catalog, rows = shown.indicator, shown.catalog, shown.rows
    own_line = line_of_member(shown.own, shown, FOCUS)
    panels = tuple(_panel(member, shown) for member in shown.members)
    periods = sorted({row.period for row in rows}, key=lambda period: period.order)
    first, last = (period_name(period, indicator, catalog) for period in (periods[0], periods[-1]))
    under = subtitle(indicator, whose_words, first, last)
    if is_ordered(shown) and len(panels) > 1:
        way = "lavest" if indicator.direction == "lower_is_better" else "højest"
        under += f" · {way} først"
    if shown.compared:
        under += f" · i parentes: forskel til {own_name(shown)}"
    title, table = _title(shown), table_of(shown, periods)
    breaks = _breaks(shown, own_line)
    own_id = shown.own.rows[0].area_id
    marks = PanelMarks(
        panels, own_line if own_line.points else None,
        scale_of(indicator, [row for row in rows if row.value is not None]),
        _legend(shown, own_line, panels, breaks), breaks,
    )  # fmt: skip
    remarks = [
        break_remark(breaks),
        _about(shown, panels, axis_remark(axis_start_of(marks), marks.scale)),
        _reading(shown),
        many_comparisons([*shown.compared.values()], f"til {own_name(shown)}"),
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
        marks,
        sentences("Små diagrammer", title, capital(under),
                  "; ".join(f"{panel.name} {panel.value}" for panel in panels[:MOST])),
        table, rows, sources_of(rows, catalog), tuple(dict.fromkeys(filter(None, remarks))),
        Selection(
            "sammenlign", noegletal=indicator.indicator_id, omraader=tuple(dict.fromkeys(areas)),
            grupper=group_ids, diagram="smaa",
        ),
    )  # fmt: skip


def _panel(member: Member, shown: Shown) -> Panel:
    indicator, catalog = shown.indicator, shown.catalog
    is_own = member is shown.own
    line = line_of_member(member, shown, FOCUS if is_own else PEER)
    newest = shown.at_newest(member) or member.rows[-1]
    value = fmt.display_in_words(newest, indicator)
    if newest.period != shown.newest:
        value += f" ({period_name(newest.period, indicator, catalog)})"
    comparison = shown.compared.get(member.member_id)
    gap = ""
    if comparison is not None and comparison.gap_points is not None:
        gap = signed_gap(comparison.gap_points, indicator, comparison.approximate)
    middle = median_line(member, shown)
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
    member: Member, line: Line, middle: Line | None, value: str, gap: str, shown: Shown
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
        f"forskel til {own_name(shown)}: {gap}" if gap else "",
        f"{middle_name(shown)}: {middle.points[-1].text}" if middle else "",
        f"{fmt.count_word(hidden)} skjult"
        if (hidden := sum(row.status == "suppressed" for row in member.rows))
        else "",
    ]
    return sentences("; ".join(filter(None, parts)))


def _breaks(shown: Shown, own_line: Line) -> tuple[EventMark, ...]:
    """The breaks of the series within what is drawn."""
    every = (line_of_member(member, shown) for member in shown.members)
    lines = [line for line in every if line.points]
    area_id = shown.own.rows[0].area_id
    events = events_of(shown.indicator, area_id, lines or [own_line], shown.catalog)
    return tuple(event for event in events if event.is_break)


def _legend(
    shown: Shown, own_line: Line, panels: Sequence[Panel], breaks: Sequence[EventMark]
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
    if breaks:
        legend.append(("break", f"brud i serien {listing([event.when for event in breaks])}"))
    return tuple(legend)


def _median_words(own: Panel, shown: Shown) -> str:
    if shown.are_groups:
        return "median af de andre kommuner i gruppen"
    name = shown.set_name or "median af de andre kommuner"
    last = own.median.points[-1] if own.median else None
    if last is None or last.period != shown.newest:
        return name
    value = fmt.amount(last.value, shown.indicator, shown.indicator.decimals)
    at = when(last.period, shown.indicator, shown.catalog)
    return f"{name} ({value} {at})"


def _about(shown: Shown, panels: Sequence[Panel], starts: str) -> str:
    """What all panels have in common, what their median leaves out, and what a square means."""
    is_from_zero = all(row.value is None or row.value >= 0 for row in shown.rows) and not starts
    axis = "Alle felter har samme akse" + (", som begynder ved 0." if is_from_zero else ".")
    parts = [axis] if len(panels) > 1 else []
    parts += [starts] if starts else []
    if any(panel.median and not panel.is_own for panel in panels) and not shown.are_groups:
        is_own_left_out = shown.catalog.areas[shown.own.member_id].level == "municipality"
        without = f"feltets egen og {own_name(shown)}" if is_own_left_out else "feltets egen"
        parts.append(
            f"Den prikkede linje er gennemsnittet af {shown.among.name} uden {without}."
            if shown.among
            else f"Medianen er af alle andre kommuner end {without}."
        )
    if any(panel.hidden for panel in panels):
        parts.append("Firkant ved aksen: Tallet er skjult. Hul i linjen uden firkant: ikke oplyst.")
    return " ".join(parts)


def _reading(shown: Shown) -> str:
    """The chosen one's newest value and how sure it is; of amounts and bare counts nothing."""
    own = shown.at_newest(shown.own)
    return reading_of([own], shown.indicator, shown.catalog) if own else ""


def _files_remark(panels: Sequence[Panel]) -> str:
    if len(panels) <= MOST:
        return ""
    return f"Billede, slide og PDF viser de første {MOST} felter; tabellen og CSV-filen har alle."


def _title(shown: Shown) -> str:
    """How many lie over and under the chosen one; of two how they are beside each other."""
    first = shown.own.rows[0]
    area_name = shown.catalog.areas[first.area_id].name
    of_group = ""
    if not shown.are_groups:
        of_group = other_group(first.area_id, first.group_id, shown.indicator, shown.catalog)
    subject = capital(shown.indicator.short_name) + of_group
    if not shown.compared:
        return _title_without(shown, subject)
    if len(shown.compared) == 1:
        return _title_of_two(shown, area_name, of_group)
    if shown.are_groups:
        subject = f"{subject} {inside(area_name)}"
    compared = shown.compared.values()
    sure = surely(compared)
    above, below = (
        sum(
            each.verdict not in (SAME, EQUAL) and (each.gap_points or 0.0) * side > 0
            for each in compared
        )
        for side in (1, -1)
    )
    return f"{subject}: {_sides(above, below, len(compared), shown, sure)}"


def _sides(above: int, below: int, count: int, shown: Shown, sure: str) -> str:
    """`alle fem andre kommuner ligger over Aarhus`, `to af fem … over Aarhus og ingen under`."""
    over, under, of = (
        "ingen" if word in {"nul", "0"} else word for word in counts_in_words(above, below, count)
    )
    name = own_name(shown)
    for side, word in ((above, "over"), (below, "under")):
        if side == count:
            every = "begge de andre" if count == 2 else f"alle {of} andre"
            return f"{every} {shown.noun} ligger{sure} {word} {name}"
    return f"{over} af {of} andre {shown.noun} ligger{sure} over {name} og {under} under"


def _title_of_two(shown: Shown, area_name: str, of_group: str) -> str:
    """The other area's difference to the chosen one, or two groups' figures."""
    ((other_id, only),) = shown.compared.items()
    other = next(each for each in shown.members if each.member_id == other_id)
    own, theirs = shown.at_newest(shown.own), shown.at_newest(other)
    if shown.are_groups and own and theirs:
        return groups_title(own, theirs, shown.indicator, area_name, shown.catalog)
    gap = gap_title(
        other.name, only.gap_points or 0.0, shown.own.name, shown.indicator,
        only.in_percent, only.approximate, of_group,
    )  # fmt: skip
    return gap + unsure(only)


def _title_without(shown: Shown, subject: str) -> str:
    count = len(shown.members)
    if count == 1:
        return f"{subject} {inside(shown.catalog.areas[shown.own.rows[0].area_id].name)}"
    number = fmt.count_word(count)
    return f"{subject}: udviklingen i {number} {shown.noun}"
