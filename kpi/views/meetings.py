"""Meetings to look back to: which there are, the usual one, and what has changed since."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.plan import Initiative, Meeting, Plan
from kpi.domain.wording import Badge, capital, counts_in_words
from kpi.exhibits.events import event_mark
from kpi.plan.counts import plan_scope, scope_text
from kpi.views.plan import state_badge

MOVED, UNCHANGED, SILENT = "Ny status", "Samme status", "Ingen nyere status"
# In the order of what a reader asks for first, with the words of a count of them.
_OUTCOMES = {
    MOVED: "har fået ny status", UNCHANGED: "har samme status", SILENT: "mangler statusopdatering",
}  # fmt: skip


@dataclass(frozen=True)
class FollowUpRow:
    """An initiative's status as known at a meeting, and its newer status.

    `after` is None and `after_words` and `after_day` are empty where there is no newer one.
    """

    initiative: Initiative
    outcome: str
    before: Badge
    before_words: str
    after: Badge | None
    after_words: str
    after_day: str


@dataclass(frozen=True)
class FollowUp:
    """A meeting and each initiative that had a status by then, changed ones first.

    `happened` are the events since, (when, what), up to `until`: the day of the newest report,
    after which nothing is known of the initiatives; None without a report.
    """

    meeting: Meeting
    title: str
    rows: tuple[FollowUpRow, ...]
    happened: tuple[tuple[str, str], ...]
    until: date | None = None


def meetings_before(catalog: Catalog, day: date) -> tuple[Meeting, ...]:
    """The meetings held before a day, oldest first."""
    return tuple(meeting for meeting in catalog.meetings.values() if meeting.day < day)


def usual_meeting(catalog: Catalog, plan: Plan, day: date) -> Meeting | None:
    """The meeting that a day is compared with, unless a person chooses another; None without one.

    It is the last one before the newest report at which the report before that was known. Without
    two reports it is the last meeting before the day. Pages and papers count what is new from it,
    whatever body meets. A meeting that was entered after the day is none: a paper that was handed
    in must not change.
    """
    meetings = [
        meeting
        for meeting in meetings_before(catalog, day)
        if meeting.entered is None or meeting.entered <= day
    ]
    days = report_days(plan, day)
    # Papers of one meeting carry different days: a report ends where a meeting lies between.
    last = [meeting for meeting in meetings if days and meeting.day < max(days)]
    earlier = [known for known in days if last and known <= last[-1].day]
    fitting = [meeting for meeting in meetings if earlier and meeting.day <= max(earlier)]
    return (fitting or meetings or (None,))[-1]


def report_days(plan: Plan, day: date) -> frozenset[date]:
    """The days of the reports by a day; upkeep of a single initiative is none."""
    return frozenset(
        status.day
        for initiative in plan.initiatives
        for status in initiative.statuses
        if status.is_report and status.day <= day
    )


def follow_up(plan: Plan, catalog: Catalog, meeting: Meeting, now: date) -> FollowUp:
    """Each initiative's status by a meeting and by `now`, and the events between."""
    rows = [
        row
        for theme_id in catalog.themes
        for initiative in plan.of_theme(theme_id)
        if (row := _row(initiative, meeting.day, now)) is not None
    ]
    order = list(_OUTCOMES)
    rows.sort(key=lambda row: order.index(row.outcome))
    marks = [event_mark(event) for event in plan.events]
    until = max(report_days(plan, now), default=None)
    # Of a month that the meeting lies in nobody knows whether it was before it.
    happened = tuple(
        (mark.when, mark.name) for mark in marks if meeting.day < mark.first <= (until or now)
    )
    return FollowUp(meeting, _title(rows, catalog), tuple(rows), happened, until)


def _row(initiative: Initiative, then: date, now: date) -> FollowUpRow | None:
    before, after = initiative.status_on(then), initiative.status_on(now)
    if before is None or after is None:
        return None
    if after == before:
        return FollowUpRow(initiative, SILENT, state_badge(before), before.summary, None, "", "")
    outcome = UNCHANGED if after.state == before.state else MOVED
    return FollowUpRow(
        initiative, outcome, state_badge(before), before.summary, state_badge(after), after.summary,
        fmt.partial_date(after.date),
    )  # fmt: skip


def _title(rows: Sequence[FollowUpRow], catalog: Catalog) -> str:
    """`Af 22 indsatser i 4 spor: 9 har fået ny status, 6 har samme status, og 7 mangler …`."""
    if not rows:
        return "Ingen indsatser havde en status ved mødet"
    counts = Counter(row.outcome for row in rows)
    outcomes = [outcome for outcome in _OUTCOMES if counts[outcome]]
    scope = plan_scope([row.initiative for row in rows], catalog)
    spelled = counts_in_words(*(counts[outcome] for outcome in outcomes), len(rows))
    *earlier, last = [
        f"{number} {_OUTCOMES[outcome]}" for number, outcome in zip(spelled, outcomes, strict=False)
    ]
    listed = f"{', '.join(earlier)}, og {last}" if earlier else last
    if len(rows) == 1:
        return capital(listed)
    return f"Af {scope_text(scope, len(rows))}: {listed}"
