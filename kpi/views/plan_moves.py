"""How the states of the plan's tracks have changed since a day, as the front page says it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.model import Theme
from kpi.domain.plan import FIRST_REPORTED, NOT_MENTIONED, Plan
from kpi.domain.vocabulary import STATE_NAMES, STATE_PREDICATES, InitiativeState
from kpi.domain.wording import Badge, capital, counts_in_words, in_text, sentences
from kpi.plan.counts import ago, initiatives_text, newest_report, plan_scope, scope_text
from kpi.views.plan import PlanRow, moved_title, plan_row, silence_of

_MOVED, _AS_BEFORE = "Ny status", "Samme status"


@dataclass(frozen=True)
class PlanMove:
    """How many initiatives went from one status to another; `then` None where there was none."""

    count: int
    then: Badge | None
    now: Badge
    what: str


@dataclass(frozen=True)
class PlanMoves:
    """The tracks in a few lines: a takeaway, what is counted since `then`, and the moves."""

    title: str
    subtitle: str
    then: date
    moves: tuple[PlanMove, ...]


def plan_moves(plan: Plan, catalog: Catalog, then: date, now: date) -> PlanMoves | None:
    """How the states of the tracks' initiatives have changed since a day; None without any report.

    Where no theme is a track, of all initiatives.
    """
    meetings = [meeting.day for meeting in catalog.meetings.values()]
    rows = []
    for theme in _counted_themes(plan, catalog):
        initiatives = plan.of_theme(theme.theme_id)
        silence = silence_of(initiatives, meetings, now)
        rows += [
            plan_row(initiative, then, now, silence, ())
            for initiative in initiatives
            if initiative.status_on(now)
        ]
    if not rows:
        return None
    counts = Counter((row.then, row.now, _what(row)) for row in rows)
    moves = [PlanMove(count, *key) for key, count in counts.items()]
    order = {_MOVED: 0, FIRST_REPORTED: 1, _AS_BEFORE: 2}
    moves.sort(key=lambda move: (order.get(move.what, 3), -move.count))
    subtitle = _subtitle(plan, rows, then, now, catalog)
    return PlanMoves(_title(rows, then, catalog), subtitle, then, tuple(moves))


def _counted_themes(plan: Plan, catalog: Catalog) -> list[Theme]:
    """The tracks; where no initiative is in one, every theme."""
    themes = [theme for theme in catalog.themes.values() if plan.of_theme(theme.theme_id)]
    return [theme for theme in themes if theme.plan_track] or themes


def _what(row: PlanRow) -> str:
    if row.is_new:
        return FIRST_REPORTED
    if row.moved:
        return _MOVED
    return NOT_MENTIONED if row.silent else _AS_BEFORE


def _subtitle(plan: Plan, rows: Sequence[PlanRow], then: date, now: date, catalog: Catalog) -> str:
    """What is counted, the two days that it is counted between, and how old the later is."""
    counted = scope_text(plan_scope([row.initiative for row in rows], catalog))
    known = [initiative for initiative in plan.initiatives if initiative.status_on(now)]
    report, left_out = newest_report(known, now), len(known) - len(rows)
    newest = f" ({fmt.long_date(report)}, {ago(report, now)})" if report else ""
    return sentences(
        f"Handleplanens {counted}: status {fmt.long_date(then)} og seneste status{newest}",
        f"{capital(initiatives_text(left_out))} uden for sporene er ikke talt med"
        if left_out
        else "",
    )


def _title(rows: Sequence[PlanRow], then: date, catalog: Catalog) -> str:
    """`Otte af de elleve indsatser, der var planlagt 24. juni 2024, er i gang eller afsluttet …`.

    Where none of them is, how many have another status.
    """
    planned = [row for row in rows if row.state_then == "planned"]
    begun = sum(_is_on_the_way(row.state) for row in planned)
    if not begun:
        return moved_title(rows, fmt.long_date(then), catalog)
    planned_word, begun_words = in_text(STATE_NAMES["planned"]), STATE_PREDICATES["in_progress"]
    completed_word = in_text(STATE_NAMES["completed"])
    predicate = (
        f"der var {planned_word} {fmt.long_date(then)}, {begun_words} eller {completed_word}"
    )
    if len(planned) == 1:
        return f"Den ene indsats, {predicate} ifølge seneste status"
    begun_word, of_word = counts_in_words(begun, len(planned))
    of = f"de {of_word} indsatser"
    subject = f"Alle {of}" if begun == len(planned) else f"{capital(begun_word)} af {of}"
    return f"{subject}, {predicate} ifølge seneste status"


def _is_on_the_way(state: InitiativeState | None) -> bool:
    """Whether it is under way, in operation or completed."""
    match state:
        case "in_progress" | "in_operation" | "completed":
            return True
        case None | "planned" | "blocked":
            return False
    assert_never(state)
