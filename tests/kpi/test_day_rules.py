"""Every rule of *as of*: what it says of the day before a thing's day, of it, of the day after.

The thing is of DAY; what the rule is asked for is the day before, DAY, and the day after.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from kpi.charts.timeline import Moment
from kpi.domain.catalog import Catalog, by_id
from kpi.domain.model import Break
from kpi.domain.plan import Event, Initiative, Meeting, Plan, Status, Target
from kpi.domain.progress import baseline, progress_points, progress_text
from kpi.domain.targets import break_before, next_target
from kpi.domain.wording import Badge
from kpi.plan.checks import plan_problems
from kpi.plan.counts import newest_report
from kpi.views.meetings import follow_up, meetings_before, report_days, usual_meeting
from kpi.views.next_steps import next_steps
from kpi.views.plan import PlanRow, PlanSection, PlanView, silence_of
from tests.kpi.made import catalog, indicator, observation

DAY = date(2025, 3, 19)
EARLY, LATE, NOW = date(2024, 1, 10), date(2025, 9, 1), date(2026, 1, 1)
DAY_TEXT = "2025M03D19"
RATE = indicator()
Answer = object


def initiative(*days: date, started: str = "") -> Initiative:
    """An initiative that was reported on some days."""
    statuses = tuple(Status("a", day.isoformat(), "planned", "", "paper") for day in sorted(days))
    return Initiative("a", "work", "A", "", started, (), statuses)


def entered_on(day: date) -> Initiative:
    """An initiative with a status of EARLY that a person entered on a day."""
    status = Status("a", EARLY.isoformat(), "planned", "", "paper", False, entered=day)
    return Initiative("a", "work", "A", "", "", (), (status,))


def plan(*days: date, events: tuple[Event, ...] = ()) -> Plan:
    return Plan((initiative(*days),), events, ())


def with_meetings(*days: date) -> Catalog:
    meetings = [Meeting(day.isoformat(), day, "Udvalg", "") for day in days]
    return replace(catalog(), meetings=by_id(meetings, "meeting_id"))


def meeting_meant(known: Catalog, reports: Plan, day: date) -> date | None:
    meant = usual_meeting(known, reports, day)
    return meant.day if meant else None


def entered_meeting(asked: date) -> Answer:
    """The meeting meant on DAY among one that a person entered on the day that is asked for."""
    meeting = Meeting("m", EARLY, "Udvalg", "", entered=asked)
    known = replace(catalog(), meetings=by_id([meeting], "meeting_id"))
    return meeting_meant(known, plan(), DAY) is not None


def target(period: str = "2026", set_on: date | None = None, value: float = 80.0) -> Target:
    return Target(
        period, "rate", "aarhus", "all", period, value, "decided", "", "paper", set_on=set_on
    )


EVENT = Event("e", DAY.isoformat(), "day", "", "", "Fest", "paper")
ROWS = (observation(70.0, "2022"), observation(72.0, DAY_TEXT))


def happened_since(asked: date) -> Answer:
    """An event of DAY and a meeting of the day that is asked for."""
    meeting = Meeting("m", asked, "Udvalg", "")
    return len(follow_up(plan(EARLY, LATE, events=(EVENT,)), catalog(), meeting, NOW).happened)


def happened_by_report(asked: date) -> Answer:
    """An event of DAY; the newest report is of the day that is asked for."""
    meeting = Meeting("m", EARLY, "Udvalg", "")
    return len(follow_up(plan(EARLY, asked, events=(EVENT,)), catalog(), meeting, NOW).happened)


def plan_page(now: date, report: date) -> PlanView:
    row = PlanRow(
        initiative(report),
        None,
        Badge("planned", "Planlagt"),
        None,
        "planned",
        False,
        False,
        "",
        "",
        False,
        (),
    )
    section = PlanSection(catalog().themes["work"], "Arbejde", (row,))
    return PlanView("", "", None, now, (section,), (), (Moment(DAY, DAY, "Fest", "", False),))


def baseline_period(asked: date) -> Answer:
    decided = target(set_on=asked)
    point = baseline(progress_points(ROWS, decided, RATE), decided)
    return point and point[0].period.text


def compared_across_a_break(asked: date) -> Answer:
    """Whether a figure of DAY is compared with a target; a break follows the day asked for."""
    broken = replace(RATE, breaks=(Break(asked + timedelta(days=1), "Nye regler"),))
    return break_before(ROWS[1], target(DAY_TEXT, set_on=EARLY), broken) is None


def status_problem(asked: date, *, today: date = NOW, started: str = "") -> Answer:
    """What is wrong with a status of DAY."""
    row = {
        "initiative_id": "a", "date": asked.isoformat(), "state": "planned", "summary": "Ord",
        "source_id": "paper",
    }  # fmt: skip
    plan = Plan((initiative(started=started),), (), ())
    problems = plan_problems({"initiative_status": [(2, row)]}, plan, catalog(), today)
    return len([problem for problem in problems if problem.column == "date"])


def comment_problem(asked: date) -> Answer:
    """What is wrong with a comment of a day, on DAY."""
    row = {
        "comment_id": "a", "date": asked.isoformat(), "text": "Ord", "indicator_id": "rate",
        "area_id": "", "initiative_id": "",
    }  # fmt: skip
    problems = plan_problems({"comment": [(2, row)]}, plan(DAY), catalog(), DAY)
    return len([problem for problem in problems if problem.column == "date"])


def start_problem(asked: date) -> Answer:
    """What is wrong with a start after the status of DAY."""
    row = {
        "initiative_id": "a", "theme_id": "work", "title": "A", "responsible": "",
        "started": asked.isoformat(), "indicator_ids": "",
    }  # fmt: skip
    problems = plan_problems({"initiative": [(2, row)]}, plan(DAY), catalog(), NOW)
    return len([problem for problem in problems if problem.column == "started"])


# The rule; what it says when it is asked for the day before DAY, DAY, and the day after.
RULES: list[tuple[str, Callable[[date], Answer], tuple[Answer, Answer, Answer]]] = [
    ("a status is known on its day",
     lambda asked: initiative(DAY).status_on(asked) is not None, (False, True, True)),
    ("a status of an earlier day is known from the day it was entered",
     lambda asked: entered_on(DAY).status_on(asked) is not None, (False, True, True)),
    ("what is retired is offered until the day before",
     lambda asked: replace(catalog(), as_of=asked).is_retired(
         replace(RATE, retired=DAY.isoformat())),
     (False, True, True)),
    ("a figure of the last day before a break is counted as the target was",
     compared_across_a_break, (False, True, True)),
    ("a comment may be of today", comment_problem, (0, 0, 1)),
    ("a report counts on its day", lambda asked: len(report_days(plan(DAY), asked)), (0, 1, 1)),
    ("the newest report is known on its day",
     lambda asked: newest_report([initiative(DAY)], asked), (None, DAY, DAY)),
    ("a meeting is looked back to from the day after it",
     lambda asked: len(meetings_before(with_meetings(DAY), asked)), (0, 0, 1)),
    ("a meeting that was entered is meant from that day on",
     entered_meeting, (True, True, False)),
    # A report of the meeting's day was known there; without one the last meeting is meant.
    ("a report on the meeting's day was known at the meeting",
     lambda asked: meeting_meant(with_meetings(DAY, LATE), plan(asked, date(2025, 6, 1)), NOW),
     (LATE, DAY, LATE)),
    ("the newest report is not compared with the meeting of its own day",
     lambda asked: meeting_meant(with_meetings(EARLY, DAY), plan(EARLY, asked), NOW),
     (EARLY, EARLY, EARLY)),
    ("silence counts from a meeting before the newest report",
     lambda asked: silence_of([initiative(asked)], [DAY], NOW), (None, None, DAY)),
    ("an event of the meeting's own day is not since the meeting", happened_since, (1, 0, 0)),
    ("an event of the newest report's day is covered by it", happened_by_report, (0, 1, 1)),
    ("an event of the day does not lie ahead",
     lambda asked: len(next_steps(plan_page(asked, EARLY), catalog()).ahead), (1, 0, 0)),
    ("an event of the day has passed",
     lambda asked: len(next_steps(plan_page(asked, EARLY), catalog()).passed), (0, 1, 1)),
    ("no event of the newest report's day is without a report",
     lambda asked: len(next_steps(plan_page(NOW, asked), catalog()).passed), (1, 0, 0)),
    ("a target counts as ahead until its period's last day",
     lambda asked: getattr(next_target([target(DAY_TEXT), target("2026")], asked), "period", ""),
     (DAY_TEXT, DAY_TEXT, "2026")),
    ("the way to a target begins at the figure of the day it was set",
     baseline_period, ("2022", DAY_TEXT, DAY_TEXT)),
    ("a figure of the day a target was set is none since then",
     lambda asked: progress_text(ROWS[1:], target(set_on=asked), RATE, catalog())[:5],
     ("", "Endnu", "Endnu")),
    ("a status may be of the day of its initiative's start",
     lambda asked: status_problem(asked, started=DAY.isoformat()), (1, 0, 0)),
    ("a status may be of today", lambda asked: status_problem(asked, today=DAY), (0, 0, 1)),
    ("an initiative may start on the day of its first status", start_problem, (0, 0, 1)),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "expected"), [rule[1:] for rule in RULES],
                         ids=[rule[0] for rule in RULES])  # fmt: skip
def test_the_day_before_the_day_and_the_day_after(
    rule: Callable[[date], Answer], expected: tuple[Answer, Answer, Answer]
) -> None:
    days = (DAY - timedelta(days=1), DAY, DAY + timedelta(days=1))
    assert tuple(rule(day) for day in days) == expected
