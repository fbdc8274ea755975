"""The action plan's page: each initiative with its state then and now, its figures, and when."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.charts.timeline import Moment
from kpi.compare import Figures
from kpi.exhibits.events import event_mark
from kpi.judgement import leading, verdict_badge
from kpi.model import Observation, Theme
from kpi.plan import (
    FIRST_TOLD,
    NO_STATUS,
    NOT_MENTIONED,
    STATE_NAMES,
    Initiative,
    Plan,
    Status,
)
from kpi.selection import Selection
from kpi.store import Store
from kpi.targets import target_told
from kpi.verdicts import comparisons
from kpi.views.cards import areas_in_focus, areas_to_compare, focus_row
from kpi.wording import Badge, capital, period_name

# The badge kind of each state; its word is the state's name.
_STATE_BADGES = {
    "planned": "planned",
    "in_progress": "in_progress",
    "in_operation": "in_operation",
    "completed": "completed",
    "blocked": "blocked",
}


@dataclass(frozen=True)
class LinkedFigure:
    """An indicator of an initiative: its newest value and verdict, and the target where one is."""

    name: str
    value: str
    period: str
    badge: Badge | None
    target: str
    selection: Selection


@dataclass(frozen=True)
class PlanRow:
    """An initiative. `then` (None: not told of yet) and `now` are its states.

    `moved` says whether they differ, `is_new` that it was first told of after `then`. `summary` is
    the newest status in its source's words; `silent` says since when nothing was told, empty where
    the newest report mentions it.
    """

    initiative: Initiative
    then: Badge | None
    now: Badge
    moved: bool
    is_new: bool
    summary: str
    told: str
    silent: str
    figures: tuple[LinkedFigure, ...]


@dataclass(frozen=True)
class PlanSection:
    """A track's or programme's initiatives."""

    theme: Theme
    title: str
    rows: tuple[PlanRow, ...]


@dataclass(frozen=True)
class PlanView:
    """Everything the action plan's page shows, as of a day, beside an earlier one (or None)."""

    title: str
    then: date | None
    now: date
    sections: tuple[PlanSection, ...]
    responsibles: tuple[str, ...]
    moments: tuple[Moment, ...]


@dataclass(frozen=True)
class PlanMove:
    """How many initiatives went from one state to another; `then` None where none was told of."""

    count: int
    then: Badge | None
    now: Badge
    what: str


@dataclass(frozen=True)
class PlanMoves:
    """The whole plan in a few lines: a takeaway, what it counts, and the moves, most first."""

    title: str
    subtitle: str
    moves: tuple[PlanMove, ...]


_ON_THE_WAY = ("in_progress", "in_operation", "completed")


def plan_moves(plan: Plan, catalog: Catalog, then: date, now: date) -> PlanMoves | None:
    """What has become of the plan's initiatives since a day; None where none is told of yet."""
    rows = []
    meetings = [one.day for one in catalog.meetings.values()]
    for theme_id in catalog.themes:
        found = plan.of_theme(theme_id)
        silence = _silence(found, meetings, now)
        rows += [_row(one, then, now, silence, ()) for one in found if one.status_on(now)]
    if not rows:
        return None
    counts = Counter((row.then, row.now, _what(row)) for row in rows)
    moves = [PlanMove(count, *key) for key, count in counts.items()]
    order = {"Skiftet tilstand": 0, FIRST_TOLD: 1, "Uændret": 2}
    moves.sort(key=lambda one: (order.get(one.what, 3), -one.count))
    start, end = (fmt.partial_date(one.isoformat()[:7]) for one in (then, now))
    under = f"Handleplanens {len(rows)} indsatser, {start} til {end}"
    return PlanMoves(_moves_title(rows, then), under, tuple(moves))


def _what(row: PlanRow) -> str:
    if row.is_new:
        return FIRST_TOLD
    if row.moved:
        return "Skiftet tilstand"
    return NOT_MENTIONED if row.silent else "Uændret"


def _moves_title(rows: Sequence[PlanRow], then: date) -> str:
    """`Otte af 11 planlagte indsatser er i gang eller afsluttet`, else how many have moved."""
    planned = [row for row in rows if row.then and row.then.kind == "planned"]
    begun = sum(row.now.kind in _ON_THE_WAY for row in planned)
    if not begun:
        return _title(rows, then)
    if len(planned) == 1:
        return "Den ene planlagte indsats er i gang eller afsluttet"
    who = capital(fmt.count_word(begun))
    of = fmt.number(len(planned), 0)
    return f"{who} af {of} planlagte indsatser er i gang eller afsluttet"


def plan_view(
    store: Store, catalog: Catalog, then: date | None, now: date, home_id: str
) -> PlanView:
    """The plan on `now` beside `then`; initiatives in the table's order under their themes.

    Without `then` there is nothing to hold it against, and all states are of `now` alone.
    """
    plan = store.plan()
    figures = _figures(store, catalog, plan, home_id)
    focus = areas_in_focus(home_id, catalog)
    sections = []
    meetings = [one.day for one in catalog.meetings.values()]
    for theme in catalog.themes.values():
        found = plan.of_theme(theme.theme_id)
        silence = _silence(found, meetings, now)
        rows = tuple(
            _row(one, then, now, silence, _linked(one, plan, focus, figures, catalog, now))
            for one in found
        )
        if rows:
            sections.append(PlanSection(theme, _section_title(theme), rows))
    every = [row for section in sections for row in section.rows]
    names = sorted({one.responsible for one in plan.initiatives if one.responsible})
    return PlanView(
        _title(every, then), then, now, tuple(sections), tuple(names), moments(plan, catalog)
    )


def _figures(store: Store, catalog: Catalog, plan: Plan, home_id: str) -> Figures:
    wanted = {one for each in plan.initiatives for one in each.indicator_ids}
    ids = [one for one in catalog.indicators if one in wanted]
    focus = areas_in_focus(home_id, catalog)
    return Figures(store.newest(ids, focus, areas_to_compare(home_id, catalog)) if ids else ())


def _title(rows: Sequence[PlanRow], then: date | None) -> str:
    """`Ti af 23 indsatser har skiftet tilstand siden 24. juni 2024, og syv er omtalt første gang`.

    Of those that were told of by then; what has no status yet is not counted.
    """
    if then is None:
        return f"Handleplanen har {_many(rows)}"
    known = [row for row in rows if row.then]
    moved, new = sum(row.moved for row in known), sum(row.is_new for row in rows)
    since = f"siden {fmt.long_date(then)}"
    came = f", og {fmt.count_word(new)} er omtalt første gang" if new else ""
    if not known and not new:
        return "Handleplanen har endnu ingen indsatser" + (" med en status" if rows else "")
    if not known:
        what = "indsats" if new == 1 else "indsatser"
        return capital(f"{fmt.count_word(new)} {what} er omtalt første gang {since}")
    if len(known) == 1:
        has = "har" if moved else "har ikke"
        return f"Den ene indsats {has} skiftet tilstand {since}{came}"
    who = capital(fmt.count_word(moved)) if moved else "Ingen"
    return f"{who} af {fmt.number(len(known), 0)} indsatser har skiftet tilstand {since}{came}"


def _section_title(theme: Theme) -> str:
    return f"Spor {theme.plan_track}: {theme.name}" if theme.plan_track else theme.name


def _many(rows: Sequence[PlanRow]) -> str:
    """`23 indsatser`, and `endnu ingen indsatser`."""
    if len(rows) == 1:
        return "én indsats"
    return f"{len(rows)} indsatser" if rows else "endnu ingen indsatser"


def section_line(rows: Sequence[PlanRow], then: date | None) -> str:
    """`3 af 3 har skiftet tilstand, og to er omtalt første gang`: of a track since `then`."""
    if then is None:
        return capital(_many(rows))
    known = [row for row in rows if row.then]
    if not known:
        return f"Ingen af dem var omtalt {fmt.long_date(then)}"
    new = sum(row.is_new for row in rows)
    came = f", og {fmt.count_word(new)} er omtalt første gang" if new else ""
    return f"{sum(row.moved for row in known)} af {len(known)} har skiftet tilstand{came}"


def _silence(found: Sequence[Initiative], meetings: Sequence[date], now: date) -> date | None:
    """The day up to which a status is older than the newest report on these initiatives.

    Papers of one meeting carry different days, so it is the meeting before the newest of them. What
    a person writes of a single initiative is no report: it says nothing of the others.
    """
    days = [
        status.day
        for one in found
        for status in one.statuses
        if status.day <= now and status.is_report
    ]
    if not days:
        return None
    return max((day for day in meetings if day < max(days)), default=None)


def _row(
    one: Initiative,
    then: date | None,
    now: date,
    silence: date | None,
    figures: tuple[LinkedFigure, ...],
) -> PlanRow:
    before, status = one.status_on(then) if then else None, one.status_on(now)
    silent = ""
    if status is not None and silence is not None and status.day <= silence:
        silent = f"Ikke omtalt siden {fmt.partial_date(status.date)}"
    return PlanRow(
        one,
        state_badge(before) if before else None,
        state_badge(status) if status else Badge("not_mentioned", NO_STATUS),
        before is not None and status is not None and before.state != status.state,
        then is not None and before is None and status is not None,
        status.summary if status else "",
        fmt.partial_date(status.date) if status else "",
        silent,
        figures,
    )


def state_badge(status: Status) -> Badge:
    """A state as a word with its icon."""
    return Badge(_STATE_BADGES[status.state], STATE_NAMES[status.state])


def _linked(
    one: Initiative,
    plan: Plan,
    focus: Sequence[str],
    figures: Figures,
    catalog: Catalog,
    now: date,
) -> tuple[LinkedFigure, ...]:
    # An initiative that carries an area's name is told by that area's figures.
    own = [area_id for area_id in focus if one.title.endswith(f" {catalog.areas[area_id].name}")]
    focus = own or focus
    found = []
    for indicator_id in one.indicator_ids:
        indicator = catalog.indicators.get(indicator_id)
        if indicator is None:
            continue
        row = focus_row(indicator, focus, figures)
        target = target_told(plan.targets, indicator, row, focus, catalog, now)
        selection = Selection("tema", tema=indicator.theme_id, noegletal=indicator_id)
        if row is None:
            found.append(
                LinkedFigure(indicator.short_name, fmt.MISSING, "", None, target, selection)
            )
            continue
        found.append(
            LinkedFigure(
                indicator.short_name,
                fmt.display(row, indicator),
                period_name(row.period, indicator, catalog),
                _verdict(row, figures, catalog),
                target,
                selection,
            )
        )
    return tuple(found)


def _verdict(row: Observation, figures: Figures, catalog: Catalog) -> Badge | None:
    comparison = leading(comparisons(row, figures, catalog))
    if comparison is None:
        return None
    indicator, area = catalog.indicators[row.indicator_id], catalog.areas[row.area_id]
    return verdict_badge(comparison, indicator, catalog, area)


def moments(plan: Plan, catalog: Catalog) -> tuple[Moment, ...]:
    """The plan's events and meetings as they stand on a time line."""
    marks = [(event_mark(one), one.theme_id) for one in plan.events]
    found = [
        Moment(one.first, one.last, one.name, one.when, False, theme_id) for one, theme_id in marks
    ]
    found += [
        Moment(one.day, one.day, one.body, fmt.long_date(one.day), True)
        for one in catalog.meetings.values()
    ]
    return tuple(sorted(found, key=lambda one: one.last))
