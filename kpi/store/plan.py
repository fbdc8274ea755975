"""The action plan's tables, as they were known by the end of a day (None: today)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from kpi.period import last_day
from kpi.plan import Event, Initiative, Plan, Status, Target
from kpi.store.metadata import Ask

# The same, of a question with bound parameters.
AskWith = Callable[[str, dict[str, Any]], list[tuple[Any, ...]]]


def read_plan(ask: Ask, as_of: date | None) -> Plan:
    """Initiatives, events and targets of a version.

    Statuses after `as_of` and initiatives without one by then are left out, as are targets of
    sources that were published later. Events are kept: they are dates, not findings.
    """
    statuses = [one for one in _statuses(ask) if as_of is None or one.day <= as_of]
    initiatives = _initiatives(ask, statuses)
    return Plan(
        tuple(one for one in initiatives if as_of is None or one.statuses),
        _events(ask),
        _targets(ask, as_of),
    )


def read_remarks(ask: AskWith, area_id: str, as_of: date | None) -> list[tuple[str, str, str]]:
    """What is said of an area beside figures: (date, text, source_id), newest first."""
    found = ask(
        """
        SELECT date, title, source_id FROM event WHERE area_id = $area
        UNION ALL
        SELECT initiative_status.date, initiative_status.summary, initiative_status.source_id
        FROM initiative_status
        JOIN initiative USING (initiative_id)
        JOIN area ON area.area_id = $area AND ends_with(initiative.title, ' ' || area.name)
        ORDER BY 1 DESC
        """,
        {"area": area_id},
    )
    return [
        (day, text, source_id)
        for day, text, source_id in found
        if as_of is None or last_day(day) <= as_of
    ]


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
