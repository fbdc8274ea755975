"""Whose next step it is: what each unit has planned, blocked, or not told of lately."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kpi import format as fmt
from kpi.charts.timeline import Moment
from kpi.views.plan import PlanRow, PlanView
from kpi.wording import listing

NOT_TOLD = "Ansvarlig ikke oplyst"


@dataclass(frozen=True)
class NextStep:
    """A unit with its initiatives that wait for something, by what they wait for.

    Each is (title, when it was last told of; empty where it never was).
    """

    responsible: str
    planned: tuple[tuple[str, str], ...]
    blocked: tuple[tuple[str, str], ...]
    silent: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class NextSteps:
    """The units, those with most to begin first, and the plan's dates around the day.

    `passed` are the events since the newest report: nothing has been told of them. `report` is the
    day of that report in words, empty without one.
    """

    title: str
    units: tuple[NextStep, ...]
    ahead: tuple[Moment, ...]
    passed: tuple[Moment, ...]
    report: str


def next_steps(view: PlanView) -> NextSteps:
    """Who has to move, as of the plan's day. What is under way and told of lately is left out."""
    waiting: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for section in view.sections:
        for row in section.rows:
            if kind := _waits_for(row):
                who = row.initiative.responsible or NOT_TOLD
                waiting[who][kind].append((row.initiative.title, row.told))
    units = [
        NextStep(who, *(tuple(found[kind]) for kind in ("planned", "blocked", "silent")))
        for who, found in waiting.items()
    ]
    units.sort(key=lambda one: (-len(one.planned), -len(one.blocked), -len(one.silent)))
    told = [
        status.day
        for section in view.sections
        for row in section.rows
        for status in row.initiative.statuses
        if status.is_report and status.day <= view.now
    ]
    newest = max(told, default=None)
    shown = {"", *(section.theme.theme_id for section in view.sections)}
    near = [one for one in view.moments if one.theme_id in shown]
    events = [one for one in near if not one.is_meeting]
    return NextSteps(
        _title(units),
        tuple(units),
        tuple(one for one in near if one.last > view.now),
        tuple(one for one in events if newest and newest < one.last <= view.now),
        fmt.long_date(newest) if newest else "",
    )


def _waits_for(row: PlanRow) -> str:
    if row.now.kind in ("planned", "not_mentioned"):
        return "planned"
    if row.now.kind == "blocked":
        return "blocked"
    return "silent" if row.silent else ""


def _title(units: Sequence[NextStep]) -> str:
    """`seks skal i gang, én er blokeret og fem mangler nyt`."""
    counts = (
        (sum(len(one.planned) for one in units), "skal i gang", "skal i gang"),
        (sum(len(one.blocked) for one in units), "er blokeret", "er blokerede"),
        (sum(len(one.silent) for one in units), "mangler nyt", "mangler nyt"),
    )
    told = [
        f"{fmt.count_word(count)} {one if count == 1 else many}" for count, one, many in counts
        if count
    ]  # fmt: skip
    return listing(told) or "alle indsatser er i gang og omtalt"
