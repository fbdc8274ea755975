"""The action plan's tables, as they were known by the end of a day (None: today)."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from kpi.period import DENMARK, last_day
from kpi.plan import Event, Initiative, Plan, Status, Target
from kpi.store.metadata import Ask

# The same, of a question with bound parameters.
AskWith = Callable[[str, dict[str, Any]], list[tuple[Any, ...]]]


def read_plan(ask: Ask, as_of: date | None) -> Plan:
    """Initiatives, events and targets of a version.

    Statuses after `as_of` and initiatives without one by then are left out, as are targets of
    sources that were published later, and all that a person entered later, whatever day it is of.
    Other events are kept: they are dates, not findings.
    """
    statuses = [one for one in _statuses(ask, as_of) if as_of is None or one.day <= as_of]
    initiatives = _initiatives(ask, statuses)
    return Plan(
        tuple(one for one in initiatives if as_of is None or one.statuses),
        read_events(ask, as_of),
        read_targets(ask, as_of),
    )


def read_remarks(ask: AskWith, area_id: str, as_of: date | None) -> list[tuple[str, str, str]]:
    """What is said of an area beside figures: (date, text, source_id), newest first."""
    found = ask(
        """
        SELECT date, title, source_id, entered_at FROM event WHERE area_id = $area
        UNION ALL
        SELECT initiative_status.date, initiative_status.summary, initiative_status.source_id,
            initiative_status.entered_at
        FROM initiative_status
        JOIN initiative USING (initiative_id)
        JOIN area ON area.area_id = $area AND ends_with(initiative.title, ' ' || area.name)
        ORDER BY 1 DESC
        """,
        {"area": area_id},
    )
    return [
        (day, text, source_id)
        for day, text, source_id, entered_at in found
        if as_of is None or (last_day(day) <= as_of and _entered_by(entered_at, as_of))
    ]


def _entered_by(entered_at: datetime | None, as_of: date | None) -> bool:
    """Whether a row was there by the end of a day; rows of data/ are as old as their source."""
    if entered_at is None or as_of is None:
        return True
    return entered_at.replace(tzinfo=UTC).astimezone(DENMARK).date() <= as_of


def _entry_order(row: tuple[Any, ...]) -> tuple[bool, datetime | None]:
    # An init writes the rows of data/ anew, behind those that were entered.
    return row[-1] is not None, row[-1]


def _statuses(ask: Ask, as_of: date | None) -> list[Status]:
    """Oldest first; of one day's, rows of data/ before those that were entered, in their order."""
    rows = ask(
        """
        SELECT initiative_id, date, state, summary, source_id, entered_at FROM initiative_status
        """
    )
    ordered = sorted(rows, key=_entry_order)
    found = [Status(*row) for *row, entered_at in ordered if _entered_by(entered_at, as_of)]
    return sorted(found, key=lambda one: one.day)


def _initiatives(ask: Ask, statuses: list[Status]) -> list[Initiative]:
    rows = ask(
        """
        SELECT initiative_id, theme_id, title, coalesce(responsible, ''), coalesce(started, ''),
            coalesce(indicator_ids, ''), entered_at
        FROM initiative
        """
    )
    ordered = sorted(rows, key=_entry_order)
    return [
        Initiative(
            initiative_id, theme_id, title, responsible, started,
            tuple(filter(None, indicator_ids.split(";"))),
            tuple(one for one in statuses if one.initiative_id == initiative_id),
        )
        for initiative_id, theme_id, title, responsible, started, indicator_ids, _ in ordered
    ]  # fmt: skip


def read_events(ask: Ask, as_of: date | None) -> tuple[Event, ...]:
    """The events that were entered by the end of a day, the oldest first."""
    rows = ask(
        """
        SELECT event_id, date, precision, coalesce(area_id, ''), coalesce(theme_id, ''), title,
            source_id, entered_at
        FROM event
        """
    )
    found = [Event(*row) for *row, entered_at in rows if _entered_by(entered_at, as_of)]
    return tuple(sorted(found, key=lambda one: one.day))


def read_targets(ask: Ask, as_of: date | None) -> tuple[Target, ...]:
    """The targets that were known by the end of a day, by key and period."""
    rows = ask(
        """
        SELECT target_id, indicator_id, area_id, group_id, period, value, state,
            coalesce(note, ''), source_id, coalesce(published, ''), target.entered_at
        FROM target JOIN source USING (source_id)
        ORDER BY indicator_id, area_id, group_id, period
        """
    )
    return tuple(
        Target(*row)
        for *row, published, entered_at in rows
        if as_of is None
        or ((not published or last_day(published) <= as_of) and _entered_by(entered_at, as_of))
    )
