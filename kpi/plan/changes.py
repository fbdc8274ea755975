"""What rows of the action plan change: held against the plan that stands, row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi.domain.catalog import Catalog
from kpi.domain.model import Source
from kpi.domain.plan import Event, Initiative, Meeting, Plan, Status, Target
from kpi.tables.spec import Row

NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass(frozen=True)
class PlanChange:
    """A row of `table`, and what stands in its place today.

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
    """Each row held against the plan, in the tables' order. Other tables' rows are all new."""
    found = []
    for table, given in rows.items():
        if table == "initiative_status":
            found += _status_changes(given, plan)
            continue
        standing = standing_rows(table, plan, catalog)
        for row in given:
            before = standing.get(next(iter(row.values()), ""))
            change = PlanChange(table, row, before, CHANGED if before else NEW)
            if before and not change.differences():
                change = PlanChange(table, row, before, SAME)
            found.append(change)
    return found


def _status_changes(rows: Sequence[Row], plan: Plan) -> list[PlanChange]:
    """Each status beside the initiative's newest; the same as the newest of its day is no news."""
    known = standing_statuses(plan)
    found = []
    for row in rows:
        told = known.setdefault(row["initiative_id"], [])
        of_day = [one for one in told if one["date"] == row["date"]]
        if of_day and of_day[-1] == row:
            found.append(PlanChange("initiative_status", row, row, SAME))
            continue
        newest = max(told, key=lambda one: one["date"], default=None)
        found.append(PlanChange("initiative_status", row, newest, NEW))
        told.append(row)
    return found


def standing_statuses(plan: Plan) -> dict[str, list[Row]]:
    """Each initiative's statuses as rows of text, oldest first, by initiative_id."""
    return {
        initiative.initiative_id: [_status_row(status) for status in initiative.statuses]
        for initiative in plan.initiatives
    }


def standing_rows(table: str, plan: Plan, catalog: Catalog) -> dict[str, Row]:
    """The rows of a table with ids as they stand, by id; empty for every other table."""
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


def source_row(one: Source) -> Row:
    """A source as its row of text."""
    return {
        "source_id": one.source_id, "title": one.title, "publisher": one.publisher,
        "published": one.published, "section": one.section, "min_cell": str(one.min_cell),
        "frequency": one.frequency, "next_release": one.next_release, "owner": one.owner,
    }  # fmt: skip


def _initiative_row(one: Initiative) -> Row:
    return {
        "initiative_id": one.initiative_id, "theme_id": one.theme_id, "title": one.title,
        "responsible": one.responsible, "started": one.started,
        "indicator_ids": ";".join(one.indicator_ids),
    }  # fmt: skip


def _status_row(one: Status) -> Row:
    return {
        "initiative_id": one.initiative_id, "date": one.date, "state": one.state,
        "summary": one.summary or "", "source_id": one.source_id,
    }  # fmt: skip


def _event_row(one: Event) -> Row:
    return {
        "event_id": one.event_id, "date": one.date, "precision": one.precision,
        "area_id": one.area_id, "theme_id": one.theme_id, "title": one.title,
        "source_id": one.source_id,
    }  # fmt: skip


def _meeting_row(one: Meeting) -> Row:
    return {
        "meeting_id": one.meeting_id, "date": one.day.isoformat(), "body": one.body,
        "title": one.title,
    }  # fmt: skip


def _target_row(one: Target) -> Row:
    return {
        "target_id": one.target_id, "indicator_id": one.indicator_id, "area_id": one.area_id,
        "group_id": one.group_id, "period": one.period, "value": f"{one.value:.15g}",
        "state": one.state, "note": one.note, "source_id": one.source_id,
    }  # fmt: skip
