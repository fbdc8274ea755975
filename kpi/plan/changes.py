"""What rows of the action plan change: compared with the current plan, row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi.domain.catalog import Catalog
from kpi.domain.model import Source
from kpi.domain.plan import Event, Initiative, Meeting, Plan, Status, Target
from kpi.tables.spec import Row

NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass(frozen=True)
class PlanChange:
    """A row of `table`, and the current row with the same id.

    `before` is the row with the same id; of a new status the initiative's newest one. None where
    there is none. `kind` is NEW, CHANGED or SAME; a status is never CHANGED: none is overwritten.
    """

    table: str
    row: Row
    before: Row | None
    kind: str

    def differences(self) -> list[tuple[str, str, str]]:
        """The columns that differ: (column, today, then)."""
        before = self.before or {}
        return [
            (column, before.get(column, ""), text)
            for column, text in self.row.items()
            if _plain(column, text) != _plain(column, before.get(column, ""))
        ]


def plan_changes(
    rows: Mapping[str, Sequence[Row]], plan: Plan, catalog: Catalog
) -> list[PlanChange]:
    """Each row compared with the plan, in the tables' order. Other tables' rows are all new."""
    changes = []
    for table, entered in rows.items():
        if table == "initiative_status":
            changes += _status_changes(entered, plan)
            continue
        current = current_plan_rows(table, plan, catalog)
        for row in entered:
            before = current.get(next(iter(row.values()), ""))
            change = PlanChange(table, row, before, CHANGED if before else NEW)
            if before and not change.differences():
                change = PlanChange(table, row, before, SAME)
            changes.append(change)
    return changes


def _status_changes(rows: Sequence[Row], plan: Plan) -> list[PlanChange]:
    """Each status beside the initiative's newest; the same as the newest of its day is no news."""
    known = current_statuses(plan)
    changes = []
    for row in rows:
        statuses = known.setdefault(row["initiative_id"], [])
        of_day = [status for status in statuses if status["date"] == row["date"]]
        if of_day and of_day[-1] == row:
            changes.append(PlanChange("initiative_status", row, row, SAME))
            continue
        newest = max(statuses, key=lambda status: status["date"], default=None)
        changes.append(PlanChange("initiative_status", row, newest, NEW))
        statuses.append(row)
    return changes


def current_statuses(plan: Plan) -> dict[str, list[Row]]:
    """Each initiative's statuses as rows of text, oldest first, by initiative_id."""
    return {
        initiative.initiative_id: [_status_row(status) for status in initiative.statuses]
        for initiative in plan.initiatives
    }


def current_plan_rows(table: str, plan: Plan, catalog: Catalog) -> dict[str, Row]:
    """The current rows of a table with ids, by id; empty for every other table."""
    if table == "source":
        return {source.source_id: source_row(source) for source in catalog.sources.values()}
    if table == "initiative":
        return {
            initiative.initiative_id: _initiative_row(initiative) for initiative in plan.initiatives
        }
    if table == "event":
        return {event.event_id: _event_row(event) for event in plan.events}
    if table == "meeting":
        return {meeting.meeting_id: _meeting_row(meeting) for meeting in catalog.meetings.values()}
    if table == "target":
        return {target.target_id: _target_row(target) for target in plan.targets}
    return {}


def _plain(column: str, text: str) -> str | float:
    """Numbers as such: 80 and 80.0 are the same target."""
    if column != "value":
        return text
    try:
        return float(text)
    except ValueError:
        return text


def source_row(source: Source) -> Row:
    """A source as its row of text."""
    return {
        "source_id": source.source_id, "title": source.title, "publisher": source.publisher,
        "published": source.published, "section": source.section, "min_cell": str(source.min_cell),
        "frequency": source.frequency, "next_release": source.next_release, "owner": source.owner,
    }  # fmt: skip


def _initiative_row(initiative: Initiative) -> Row:
    return {
        "initiative_id": initiative.initiative_id, "theme_id": initiative.theme_id,
        "title": initiative.title,
        "responsible": initiative.responsible, "started": initiative.started,
        "indicator_ids": ";".join(initiative.indicator_ids),
    }  # fmt: skip


def _status_row(status: Status) -> Row:
    return {
        "initiative_id": status.initiative_id, "date": status.date, "state": status.state,
        "summary": status.summary or "", "source_id": status.source_id,
    }  # fmt: skip


def _event_row(event: Event) -> Row:
    return {
        "event_id": event.event_id, "date": event.date, "precision": event.precision,
        "area_id": event.area_id, "theme_id": event.theme_id, "title": event.title,
        "source_id": event.source_id,
    }  # fmt: skip


def _meeting_row(meeting: Meeting) -> Row:
    return {
        "meeting_id": meeting.meeting_id, "date": meeting.day.isoformat(), "body": meeting.body,
        "title": meeting.title,
    }  # fmt: skip


def _target_row(target: Target) -> Row:
    return {
        "target_id": target.target_id, "indicator_id": target.indicator_id,
        "area_id": target.area_id,
        "group_id": target.group_id, "period": target.period, "value": f"{target.value:.15g}",
        "state": target.state, "note": target.note, "source_id": target.source_id,
    }  # fmt: skip
