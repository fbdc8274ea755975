"""Who follows up: what each unit has planned, what waits, and what has no new status."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from kpi.charts.timeline import Moment
from kpi.domain.catalog import Catalog
from kpi.domain.vocabulary import STATE_PREDICATES
from kpi.domain.wording import counts_in_words
from kpi.plan.counts import (
    newest_report,
    plan_scope,
    scope_text,
)
from kpi.views.plan import PlanRow, PlanView

NO_RESPONSIBLE = "Ansvarlig ikke oplyst"
_SILENT = "mangler statusopdatering"


@dataclass(frozen=True)
class NextStep:
    """A unit with its initiatives that wait for something, by what they wait for.

    Each is (title, the date of its newest status; empty where it has none).
    """

    responsible: str
    planned: tuple[tuple[str, str], ...]
    blocked: tuple[tuple[str, str], ...]
    silent: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class NextSteps:
    """The units, those with most planned first, and the plan's dates around the day.

    `scope` says which initiatives are counted. `passed` are the events since the newest report:
    no report covers them.
    """

    title: str
    scope: str
    units: tuple[NextStep, ...]
    ahead: tuple[Moment, ...]
    passed: tuple[Moment, ...]


def next_steps(view: PlanView, catalog: Catalog) -> NextSteps:
    """Who follows up, as of the plan's day. What is under way with a new status is left out."""
    waiting: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for section in view.sections:
        for row in section.rows:
            if kind := _waits_for(row):
                responsible = row.initiative.responsible or NO_RESPONSIBLE
                waiting[responsible][kind].append((row.initiative.title, row.reported_on))
    units = [
        NextStep(responsible, *(tuple(by_kind[kind]) for kind in ("planned", "blocked", "silent")))
        for responsible, by_kind in waiting.items()
    ]
    units.sort(key=lambda unit: (-len(unit.planned), -len(unit.blocked), -len(unit.silent)))
    initiatives = [row.initiative for section in view.sections for row in section.rows]
    newest = newest_report(initiatives, view.now)
    shown = {"", *(section.theme.theme_id for section in view.sections)}
    near = [moment for moment in view.moments if moment.theme_id in shown]
    events = [moment for moment in near if not moment.is_meeting]
    return NextSteps(
        _title(units),
        scope_text(plan_scope(initiatives, catalog)),
        tuple(units),
        tuple(moment for moment in near if moment.last > view.now),
        tuple(event for event in events if is_unreported(event, newest, view.now)),
    )


def is_unreported(moment: Moment, newest: date | None, now: date) -> bool:
    """Whether an event has passed since the newest report: nobody says what came of it."""
    return not moment.is_meeting and newest is not None and newest < moment.last <= now


def _waits_for(row: PlanRow) -> str:
    match row.state:
        case None | "planned":
            return "planned"
        case "blocked":
            return "blocked"
        case "in_progress" | "in_operation" | "completed":
            return "silent" if row.silent else ""
    assert_never(row.state)


def _title(units: Sequence[NextStep]) -> str:
    """`seks indsatser er planlagt, én afventer, og yderligere fem mangler statusopdatering`.

    Those that are planned or wait may lack a new status too, and are counted as such elsewhere.
    """
    counts = (
        (sum(len(unit.planned) for unit in units), STATE_PREDICATES["planned"]),
        (sum(len(unit.blocked) for unit in units), STATE_PREDICATES["blocked"]),
        (sum(len(unit.silent) for unit in units), _SILENT),
    )
    parts = [(count, words) for count, words in counts if count]
    if not parts:
        *those, last = (words for _, words in counts)
        return f"ingen indsatser {', '.join(those)} eller {last}"
    first, *rest = counts_in_words(*(count for count, _ in parts))
    # The first count names what all of them count.
    noun = "indsats" if parts[0][0] == 1 else "indsatser"
    if rest and parts[-1][1] == _SILENT:
        rest[-1] = f"yderligere {rest[-1]}"
    clauses = [
        f"{count} {words}"
        for count, (_, words) in zip([f"{first} {noun}", *rest], parts, strict=True)
    ]
    *earlier, last = clauses
    return f"{', '.join(earlier)}, og {last}" if earlier else last
