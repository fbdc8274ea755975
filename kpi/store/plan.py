"""The action plan's tables, as they were known by the end of a day (None: today).

Of rows of data/ a store that is opened as of a day holds only those whose source was known. Rows
that people entered count from that day on until they are withdrawn; of rows with the same id the
one entered last is current.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from kpi.domain.model import Entry
from kpi.domain.period import last_day
from kpi.domain.plan import Comment, Event, Initiative, Meeting, Plan, Remark, Status, Target
from kpi.domain.vocabulary import REMOVED_TEXT
from kpi.store.current_entries import danish_day, entry_order, is_current_on, last_of_each
from kpi.store.metadata import Ask
from kpi.tables.spec import SPECS

# The same, of a question with bound parameters.
AskWith = Callable[[str, dict[str, Any]], list[tuple[Any, ...]]]
# As many statuses that are entered together are a report; fewer are upkeep of single initiatives.
_FEWEST_IN_A_REPORT = 3


def read_plan(ask: Ask, as_of: date | None) -> Plan:
    """Initiatives, events and targets of a version.

    Statuses after `as_of` and initiatives without one by then are left out, as is all that a
    person entered later, whatever day it is of.
    """
    statuses = [status for status in _statuses(ask, as_of) if as_of is None or status.day <= as_of]
    initiatives = _initiatives(ask, statuses, as_of)
    return Plan(
        tuple(initiative for initiative in initiatives if as_of is None or initiative.statuses),
        read_events(ask, as_of),
        read_targets(ask, as_of),
    )


def read_remarks(ask: AskWith, area_id: str, as_of: date | None) -> list[tuple[str, str, str]]:
    """What is said of an area beside figures: (date, text, source_id), newest first."""
    plain: Ask = lambda sql: ask(sql, {})  # noqa: E731
    plan = read_plan(plain, as_of)
    ((name,),) = ask("SELECT name FROM area WHERE area_id = $area", {"area": area_id}) or [("",)]
    remarks = [
        (event.date, event.title, event.source_id)
        for event in plan.events
        if event.area_id == area_id and (as_of is None or event.day <= as_of)
    ]
    remarks += [
        (status.date, status.summary, status.source_id)
        for initiative in plan.initiatives
        if name and initiative.title.endswith(f" {name}")
        for status in initiative.statuses
    ]
    return sorted(remarks, key=lambda remark: remark[0], reverse=True)


def read_entries(ask: Ask, as_of: date | None = None) -> list[Entry]:
    """What people have entered beside data/ by a day, newest first, what was withdrawn too."""
    counted, named = [], []
    for table, spec in SPECS.items():
        if spec.nouns.one and spec.part in ("metadata", "plan"):
            entered = ask(_ENTERED_ROWS.format(spec.called_by or "NULL", spec.rows_table))
            counts = Counter(entered_at for entered_at, _ in entered)
            counted += [(entered_at, table, number) for entered_at, number in counts.items()]
            named += entered
    entries = ask(
        """
        SELECT entry_id, entered_at, strftime(entered_at, '%Y-%m-%dT%H:%M:%SZ'), entered_by,
            coalesce(origin, ''), coalesce(strftime(withdrawn_on, '%Y-%m-%d'), ''),
            coalesce(withdrawn_by, ''), coalesce(withdrawn_why, '')
        FROM entry ORDER BY entry_id DESC
        """
    )
    registrations = []
    for entry_id, entered_at, moment, by, origin, *withdrawn in entries:
        rows = tuple((table, number) for at, table, number in counted if at == entered_at)
        is_purged = origin == REMOVED_TEXT
        if not (rows or is_purged) or (as_of and danish_day(entered_at) > as_of):
            continue
        stood = as_of is not None and withdrawn[0] > as_of.isoformat() and not is_purged
        names = tuple(sorted(name for at, name in named if at == entered_at and name))
        day, who, why = ("", "", "") if stood else withdrawn
        registrations.append(Entry(entry_id, moment, by, origin, rows, day, who, why, names))
    return registrations


_ENTERED_ROWS = "SELECT entered_at, {} FROM {} WHERE entered_at IS NOT NULL"


def read_meetings(ask: Ask) -> list[Meeting]:
    """The meetings, oldest first. Later ones are kept for an earlier day: they are dates."""
    rows = ask("SELECT meeting_id, date, body, title, entered_at, entered_at FROM meeting")
    newest = last_of_each(rows, is_current_on(ask, None))
    meetings = [
        Meeting(
            meeting_id, date.fromisoformat(day), body, title or "",
            entered_at and danish_day(entered_at),
        )
        for meeting_id, day, body, title, entered_at in newest
    ]  # fmt: skip
    return sorted(meetings, key=lambda meeting: meeting.day)


def _statuses(ask: Ask, as_of: date | None) -> list[Status]:
    """Oldest first; of one day's, rows of data/ before those that were entered, in their order."""
    rows = ask(
        """
        SELECT initiative_id, date, state, coalesce(summary, ''), source_id, entered_at
        FROM initiative_status
        """
    )
    is_current = is_current_on(ask, as_of)
    together = Counter(row[-1] for row in rows)
    statuses = [
        Status(
            initiative_id, day, state, summary, source_id,
            is_report=entered_at is None or together[entered_at] >= _FEWEST_IN_A_REPORT,
            entered=entered_at and danish_day(entered_at),
        )
        for initiative_id, day, state, summary, source_id, entered_at in sorted(
            rows, key=entry_order
        )
        if is_current(entered_at)
    ]  # fmt: skip
    return sorted(statuses, key=lambda status: status.day)


def _initiatives(ask: Ask, statuses: list[Status], as_of: date | None) -> list[Initiative]:
    rows = ask(
        """
        SELECT initiative_id, theme_id, title, coalesce(responsible, ''), coalesce(started, ''),
            coalesce(indicator_ids, ''), entered_at
        FROM initiative
        """
    )
    return [
        Initiative(
            initiative_id, theme_id, title, responsible, started,
            tuple(filter(None, indicator_ids.split(";"))),
            tuple(status for status in statuses if status.initiative_id == initiative_id),
        )
        for initiative_id, theme_id, title, responsible, started, indicator_ids in last_of_each(
            rows, is_current_on(ask, as_of)
        )
    ]  # fmt: skip


def read_events(ask: Ask, as_of: date | None) -> tuple[Event, ...]:
    """The events that were known by the end of a day, the oldest first; also those that lay ahead.

    What had happened is known from the day that a source reported it.
    """
    rows = ask(
        """
        SELECT event_id, date, precision, coalesce(area_id, ''), coalesce(theme_id, ''),
            title, source_id, entered_at
        FROM event
        """
    )
    events = [Event(*row) for row in last_of_each(rows, is_current_on(ask, as_of))]
    return tuple(sorted(events, key=lambda event: event.day))


def read_targets(ask: Ask, as_of: date | None) -> tuple[Target, ...]:
    """The targets that were known by the end of a day, by key and period."""
    rows = ask(
        """
        SELECT target_id, indicator_id, area_id, group_id, period, value, state,
            coalesce(note, ''), source_id, coalesce(published, ''), target.entered_at
        FROM target JOIN source USING (source_id)
        """
    )
    known = [
        (*row, _set_on(published, entered_at), entered_at) for *row, published, entered_at in rows
    ]
    targets = [Target(*row) for row in last_of_each(known, is_current_on(ask, as_of))]
    return tuple(sorted(targets, key=_target_order))


def read_point_remarks(ask: Ask, as_of: date | None) -> tuple[Remark, ...]:
    """The remarks on single figures that were known by the end of a day, in the order entered.

    None that `read_hidden_remarks` names.
    """
    hidden = read_hidden_remarks(ask)
    rows = ask(
        """
        SELECT remark_id, indicator_id, area_id, group_id, period, text, source_id, entered_at
        FROM remark
        """
    )
    known = [
        (*row, moment and danish_day(moment), moment)
        for *row, moment in rows
        if (row[0], moment) not in hidden
    ]
    return tuple(Remark(*row) for row in last_of_each(known, is_current_on(ask, as_of)))


def read_hidden_remarks(ask: Ask) -> frozenset[tuple[str, datetime | None]]:
    """The remarks, by id and moment, whose text is not put out: of hidden figures.

    As a note of its source, a remark may contain the number. So may one on a figure that was hidden
    until it was corrected or withdrawn, unless it came after what is shown today.
    """
    # Few remarks are on such figures: of a million others none is asked for.
    if not ask(_IS_ANY_ON_HIDDEN):
        return frozenset()
    return frozenset(ask(_ON_HIDDEN))


_IS_ANY_ON_HIDDEN = """
FROM remark SEMI JOIN hidden_row USING (indicator_id, area_id, group_id, period) LIMIT 1
"""
_ON_HIDDEN = """
SELECT DISTINCT remark_id, entered_at
FROM remark
SEMI JOIN hidden_row USING (indicator_id, area_id, group_id, period)
LEFT JOIN (
    SELECT indicator_id, area_id, group_id, period, published_at
    FROM current_observation
    SEMI JOIN remark USING (indicator_id, area_id, group_id, period)
    JOIN batch USING (batch_id)
    WHERE NOT is_hidden
) AS shown USING (indicator_id, area_id, group_id, period)
WHERE NOT coalesce(published_at <= entered_at, false)
"""


def read_comments(ask: Ask, as_of: date | None) -> tuple[Comment, ...]:
    """What the administration had said by the end of a day, oldest first."""
    rows = ask(
        """
        SELECT comment_id, date, author, text, coalesce(indicator_id, ''), coalesce(area_id, ''),
            coalesce(initiative_id, ''), coalesce(meeting_id, ''), entered_at
        FROM comment
        """
    )
    known = [(*row, moment and danish_day(moment), moment) for *row, moment in rows]
    comments = [Comment(*row) for row in last_of_each(known, is_current_on(ask, as_of))]
    given = [comment for comment in comments if not as_of or comment.date <= as_of.isoformat()]
    return tuple(sorted(given, key=lambda comment: comment.date))


def _set_on(published: str, entered_at: datetime | None) -> date | None:
    if published:
        return last_day(published)
    return danish_day(entered_at) if entered_at else None


def _target_order(target: Target) -> tuple[str, str, str, str]:
    return target.indicator_id, target.area_id, target.group_id, target.period
