"""The action plan's page: each initiative with its status then and now, its figures, and when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kpi.charts.timeline import Moment
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.judgement import figure_badges, leading
from kpi.domain.model import Observation, Theme
from kpi.domain.period_words import row_period_name
from kpi.domain.plan import NO_STATUS, Initiative, Meeting, Plan, Status
from kpi.domain.selection import Selection
from kpi.domain.targets import target_summary
from kpi.domain.verdicts import comparisons
from kpi.domain.vocabulary import STATE_NAMES, InitiativeState
from kpi.domain.wording import Badge, capital, counts_in_words, sentences
from kpi.exhibits.comments import comments_on_initiative
from kpi.exhibits.events import event_mark
from kpi.plan.cited import older_source
from kpi.plan.contradicted import NOT_BEGUN, contradicted
from kpi.plan.counts import (
    initiatives_text,
    newest_report,
    plan_scope,
    report_text,
    scope_text,
)
from kpi.store import Store
from kpi.views.beside import newest_beside
from kpi.views.focus import Focus, areas_to_compare, focus_of, focus_row

_NO_FIGURE = "ikke oplyst"
_NO_PLAN = "Handleplanen har endnu ingen indsatser"


@dataclass(frozen=True)
class LinkedFigure:
    """An indicator of an initiative: its newest value and verdict, and the target where one is.

    `badges` are its verdict, where there is something to compare the value with, and what a reader
    must know of it.
    """

    name: str
    value: str
    period: str
    badges: tuple[Badge, ...]
    target: str
    selection: Selection


@dataclass(frozen=True)
class PlanRow:
    """An initiative. `then` (None: not reported yet) and `now` are its states.

    `moved` says whether they differ, `is_new` that it was first reported after `then`. `summary`
    is the newest status in short, `reported_on` its date in Danish; `silent` whether the newest
    report on its theme leaves it out. `source_notes` say where its
    source cannot be right. `state_then` and `state` are the same as words (None: none).
    """

    initiative: Initiative
    then: Badge | None
    now: Badge
    state_then: InitiativeState | None
    state: InitiativeState | None
    moved: bool
    is_new: bool
    summary: str
    reported_on: str
    silent: bool
    figures: tuple[LinkedFigure, ...]
    comments: tuple[str, ...] = ()
    source_notes: tuple[str, ...] = ()


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
    subtitle: str
    then: date | None
    now: date
    sections: tuple[PlanSection, ...]
    responsibles: tuple[str, ...]
    moments: tuple[Moment, ...]


def plan_view(
    store: Store, catalog: Catalog, then: date | None, now: date, home_id: str
) -> PlanView:
    """The plan on `now` compared with `then`; initiatives in the table's order under their themes.

    Without `then` nothing is compared, and all states are of `now` alone.
    """
    plan = store.plan()
    focus = _focus(store, catalog, plan, home_id)
    figures = _figures(store, catalog, plan, focus, home_id)
    sections = []
    meetings = [meeting.day for meeting in catalog.meetings.values()]
    # The tracks first: what the title counts.
    for theme in sorted(catalog.themes.values(), key=lambda theme: not theme.plan_track):
        initiatives = plan.of_theme(theme.theme_id)
        silence = silence_of(initiatives, meetings, now)
        rows = tuple(
            replace(
                plan_row(
                    initiative,
                    then,
                    now,
                    silence,
                    _linked(initiative, plan, focus, figures, catalog, now),
                ),
                comments=tuple(comments_on_initiative(initiative.initiative_id, catalog)),
                source_notes=_older_source(initiative.status_on(now), catalog),
            )
            for initiative in initiatives
        )
        if rows:
            sections.append(PlanSection(theme, theme_name(theme), rows))
    sections = _with_contradictions(sections)
    title = _size_title(plan, catalog)
    if then:
        title = moved_title(counted_rows(sections), fmt.long_date(then), catalog)
    return PlanView(
        title, _subtitle(plan, now, catalog), then, now, tuple(sections),
        tuple(sorted({each.responsible for each in plan.initiatives if each.responsible})),
        moments(plan, catalog),
    )  # fmt: skip


def _older_source(status: Status | None, catalog: Catalog) -> tuple[str, ...]:
    note = older_source(status.date, catalog.sources.get(status.source_id)) if status else ""
    return (note,) if note else ()


def _with_contradictions(sections: Sequence[PlanSection]) -> list[PlanSection]:
    """Marks what is said of all initiatives where their own statuses say otherwise."""
    within = [row for section in sections if section.theme.plan_track for row in section.rows]
    planned = sum(row.state in NOT_BEGUN for row in within)
    silent = sum(row.silent for row in within)

    def marked(row: PlanRow) -> PlanRow:
        """With a note where it says of all initiatives what their own statuses do not."""
        note = contradicted(row.summary, len(within), planned, silent)
        return replace(row, source_notes=(*row.source_notes, note)) if note else row

    return [
        section
        if section.theme.plan_track
        else replace(section, rows=tuple(map(marked, section.rows)))
        for section in sections
    ]


def _size_title(plan: Plan, catalog: Catalog) -> str:
    if not plan.initiatives:
        return _NO_PLAN
    return f"Handleplanen har {scope_text(plan_scope(plan.initiatives, catalog))}"


def _subtitle(plan: Plan, now: date, catalog: Catalog) -> str:
    """How many initiatives the plan has and how old its newest report is; empty without a plan."""
    if not plan.initiatives:
        return ""
    scope = scope_text(plan_scope(plan.initiatives, catalog))
    return sentences(
        f"Integrationshandleplanens {scope}", report_text(plan.initiatives, now)
    ).rstrip(".")


def _focus(store: Store, catalog: Catalog, plan: Plan, home_id: str) -> Focus:
    return focus_of(store, catalog, _indicators(catalog, plan), home_id)


def _indicators(catalog: Catalog, plan: Plan) -> list[str]:
    """The indicators that initiatives of the plan name."""
    wanted = {indicator_id for each in plan.initiatives for indicator_id in each.indicator_ids}
    return [indicator for indicator in catalog.indicators if indicator in wanted]


def _figures(store: Store, catalog: Catalog, plan: Plan, focus: Focus, home_id: str) -> Figures:
    ids = _indicators(catalog, plan)
    if not ids:
        return Figures(())
    others = areas_to_compare(home_id, catalog)
    return newest_beside(store, catalog, ids, focus.all_ids, others)


def counted_rows(sections: Sequence[PlanSection]) -> list[PlanRow]:
    """The initiatives that a title counts: those of the tracks, where the plan has any."""
    tracks = [section for section in sections if section.theme.plan_track]
    return [row for section in tracks or sections for row in section.rows]


def moved_title(rows: Sequence[PlanRow], then: str, catalog: Catalog) -> str:
    """`9 af 22 indsatser i de 4 spor har fået ny status siden 24. juni 2024, og 2 er nye …`.

    `then` names the day, or the meeting. Only initiatives that were reported by then are counted;
    those without a status are not.
    """
    tracks = plan_scope([row.initiative for row in rows], catalog).tracks
    known = [row for row in rows if row.then]
    moved, new = sum(row.moved for row in known), sum(row.is_new for row in rows)
    if not known and not new:
        return "Handleplanen har endnu ingen indsatser med en status" if rows else _NO_PLAN
    of = len(known) or new
    of_word, moved_word, new_word, tracks_word = counts_in_words(of, moved, new, tracks)
    where = f" i de {tracks_word} spor" if tracks > 1 else ""
    since = f"siden {then}"
    came = f", og {_new(new, new_word)}" if new else ""
    if not known:
        noun = "indsats" if new == 1 else "indsatser"
        subject = f"{new_word} {noun}{where}"
        return f"{capital(subject)} er {_are_new(new)} {since}"
    if of == 1:
        return f"Den ene indsats{where} har {'' if moved else 'ikke '}fået ny status {since}{came}"
    if moved == of:
        every = "Begge" if of == 2 else f"Alle {of_word}"
        return f"{every} indsatser{where} har fået ny status {since}{came}"
    subject = capital(moved_word) if moved else "Ingen"
    return f"{subject} af {of_word} indsatser{where} har fået ny status {since}{came}"


def _are_new(count: int) -> str:
    return "ny i opfølgningen" if count == 1 else "nye i opfølgningen"


def _new(count: int, word: str) -> str:
    return f"{word} er {_are_new(count)}"


def theme_name(theme: Theme, *, short: bool = False) -> str:
    """`Spor 1: Mestring af det danske sprog`, short `Spor 1: Sprog`; without a track its name."""
    name = theme.short_name if short else theme.name
    return f"Spor {theme.plan_track}: {name}" if theme.plan_track else name


def track_name(theme: Theme) -> str:
    """`Spor 1 · Sprog` where there is little room; without a track its short name."""
    return f"Spor {theme.plan_track} · {theme.short_name}" if theme.plan_track else theme.short_name


def section_line(rows: Sequence[PlanRow], then: date | None) -> str:
    """`Alle tre har fået ny status; to er nye i opfølgningen`: of a track since `then`."""
    if then is None:
        return capital(initiatives_text(len(rows)))
    known = [row for row in rows if row.then]
    moved, new = sum(row.moved for row in known), sum(row.is_new for row in rows)
    moved_word, of_word, new_word = counts_in_words(moved, len(known), new)
    if not known:
        return capital(_new(new, new_word)) if new else "Ingen af dem har en status endnu"
    if not moved:
        subject = "Ingen"
    elif moved == len(known):
        subject = {1: "Den ene", 2: "Begge"}.get(moved, f"Alle {of_word}")
    else:
        subject = f"{capital(moved_word)} af {of_word}"
    return f"{subject} har fået ny status" + (f"; {_new(new, new_word)}" if new else "")


def silence_of(
    initiatives: Sequence[Initiative], meetings: Sequence[date], now: date
) -> date | None:
    """The day up to which a status is older than the newest report on these initiatives.

    Papers of one meeting carry different days, so it is the meeting before the newest of them. What
    a person writes of a single initiative is no report: it says nothing of the others.
    """
    days = [
        status.day
        for initiative in initiatives
        for status in initiative.statuses
        if status.day <= now and status.is_report
    ]
    if not days:
        return None
    return max((day for day in meetings if day < max(days)), default=None)


def plan_row(
    initiative: Initiative,
    then: date | None,
    now: date,
    silence: date | None,
    figures: tuple[LinkedFigure, ...],
) -> PlanRow:
    """An initiative with its status on both days; `silence` is silence_of its theme's."""
    before, status = initiative.status_on(then) if then else None, initiative.status_on(now)
    silent = False
    if status is not None and silence is not None and status.day <= silence:
        silent = True
    return PlanRow(
        initiative,
        state_badge(before) if before else None,
        state_badge(status) if status else Badge("not_mentioned", NO_STATUS),
        before.state if before else None,
        status.state if status else None,
        before is not None and status is not None and before.state != status.state,
        then is not None and before is None and status is not None,
        status.summary if status else "",
        fmt.partial_date(status.date) if status else "",
        silent,
        figures,
    )


def state_badge(status: Status) -> Badge:
    """A state as a word with its icon."""
    return Badge(status.state, STATE_NAMES[status.state])


def _linked(
    initiative: Initiative, plan: Plan, focus: Focus, figures: Figures, catalog: Catalog, now: date
) -> tuple[LinkedFigure, ...]:
    # An initiative that carries an area's name is shown with that area's figures.
    own = [
        area_id
        for area_id in focus.area_ids
        if initiative.title.endswith(f" {catalog.areas[area_id].name}")
    ]
    set_here = [target for target in plan.targets if not target.is_the_laws]
    linked = []
    for indicator_id in initiative.indicator_ids:
        indicator = catalog.indicators.get(indicator_id)
        if indicator is None:
            continue
        area_ids = own or focus.of(indicator_id)
        row = focus_row(indicator, area_ids, figures)
        target = target_summary(set_here, indicator, row, area_ids, catalog, now)
        selection = Selection("tema", tema=indicator.theme_id, noegletal=indicator_id)
        if row is None:
            linked.append(LinkedFigure(indicator.short_name, _NO_FIGURE, "", (), target, selection))
            continue
        linked.append(
            LinkedFigure(
                indicator.short_name,
                fmt.display(row, indicator),
                row_period_name(row, indicator, catalog),
                _badges(row, figures, catalog),
                target,
                selection,
            )
        )
    return tuple(linked)


def _badges(row: Observation, figures: Figures, catalog: Catalog) -> tuple[Badge, ...]:
    """The figure's badges; none that says that nothing can be compared."""
    compared = comparisons(row, figures, catalog)
    return figure_badges(row, compared if leading(compared) else (), catalog)


def planned_remark(view: PlanView) -> str:
    """That the events after the newest report are plans; empty where there are none.

    No report says what came of them.
    """
    initiatives = [row.initiative for section in view.sections for row in section.rows]
    report = newest_report(initiatives, view.now)
    if report is None or all(moment.is_meeting or moment.last <= report for moment in view.moments):
        return ""
    return f"Hændelser efter {fmt.long_date(report)} står, som de var planlagt i seneste rapport"


def _is_known(meeting: Meeting, as_of: date | None) -> bool:
    """Whether a meeting was known on an earlier day: it was held, or a person had entered it."""
    if as_of is None or meeting.day <= as_of:
        return True
    return meeting.entered is not None and meeting.entered <= as_of


def moments(plan: Plan, catalog: Catalog) -> tuple[Moment, ...]:
    """The plan's events and the known meetings as moments of a time line, oldest first."""
    marks = [(event_mark(event), event.theme_id) for event in plan.events]
    dated = [
        Moment(mark.first, mark.last, mark.name, mark.when, False, theme_id)
        for mark, theme_id in marks
    ]
    dated += [
        Moment(meeting.day, meeting.day, meeting.body, fmt.long_date(meeting.day), True)
        for meeting in catalog.meetings.values()
        if _is_known(meeting, catalog.as_of)
    ]
    return tuple(sorted(dated, key=lambda moment: moment.last))
