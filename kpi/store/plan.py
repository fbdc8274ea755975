"""The action plan's tables, as they were known by the end of a day (None: today)."""

from datetime import date

from kpi.period import last_day
from kpi.plan import Event, Initiative, Meeting, Plan, Status, Target
from kpi.store.metadata import Ask


def read_plan(ask: Ask, as_of: date | None) -> Plan:
    """Initiatives, meetings, events and targets of a version.

    Statuses after `as_of` and initiatives without one by then are left out, as are targets of
    sources that were published later. Meetings and events are kept: they are dates, not findings.
    """
    statuses = [one for one in _statuses(ask) if as_of is None or one.day <= as_of]
    initiatives = _initiatives(ask, statuses)
    return Plan(
        tuple(one for one in initiatives if as_of is None or one.statuses),
        _meetings(ask),
        _events(ask),
        _targets(ask, as_of),
    )


def _statuses(ask: Ask) -> list[Status]:
    found = [
        Status(*row)
        for row in ask(
            "SELECT initiative_id, date, state, summary, source_id FROM initiative_status"
        )
    ]
    return sorted(found, key=lambda one: one.day)


def _initiatives(ask: Ask, statuses: list[Status]) -> list[Initiative]:
    return [
        Initiative(
            initiative_id, theme_id, title, responsible, started,
            tuple(filter(None, indicator_ids.split(";"))),
            tuple(one for one in statuses if one.initiative_id == initiative_id),
        )
        for initiative_id, theme_id, title, responsible, started, indicator_ids in ask(
            """
            SELECT initiative_id, theme_id, title, coalesce(responsible, ''),
                coalesce(started, ''), coalesce(indicator_ids, '')
            FROM initiative
            """
        )
    ]  # fmt: skip


def _meetings(ask: Ask) -> tuple[Meeting, ...]:
    rows = ask("SELECT meeting_id, date, body, title FROM meeting ORDER BY date")
    return tuple(
        Meeting(meeting_id, date.fromisoformat(day), body, title)
        for meeting_id, day, body, title in rows
    )


def _events(ask: Ask) -> tuple[Event, ...]:
    found = [
        Event(*row)
        for row in ask(
            """
            SELECT event_id, date, precision, coalesce(area_id, ''), coalesce(theme_id, ''),
                title, source_id
            FROM event
            """
        )
    ]
    return tuple(sorted(found, key=lambda one: one.day))


def _targets(ask: Ask, as_of: date | None) -> tuple[Target, ...]:
    rows = ask(
        """
        SELECT target_id, indicator_id, area_id, group_id, period, value, state,
            coalesce(note, ''), source_id, coalesce(published, '')
        FROM target JOIN source USING (source_id)
        ORDER BY indicator_id, area_id, group_id, period
        """
    )
    return tuple(
        Target(*row)
        for *row, published in rows
        if as_of is None or not published or last_day(published) <= as_of
    )
