"""What rows of the action plan change: compared with the current plan, row by row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kpi.domain.catalog import Catalog
from kpi.domain.plan import Plan
from kpi.domain.vocabulary import ChangeKind
from kpi.tables.row_text import row_of
from kpi.tables.rows import as_number
from kpi.tables.spec import COLUMNS, SPECS, Row, cells_of

NEW: ChangeKind = "new"
CHANGED: ChangeKind = "changed"
SAME: ChangeKind = "same"


@dataclass(frozen=True)
class PlanChange:
    """A row of `table`, and the current row with the same id.

    `before` is the row with the same id; of a new status the initiative's newest one. None where
    there is none. `kind` is NEW, CHANGED or SAME; a status is never CHANGED: none is overwritten.
    """

    table: str
    row: Row
    before: Row | None
    kind: ChangeKind

    def differences(self) -> list[tuple[str, str, str]]:
        """The columns that differ: (column, today, then)."""
        before = self.before or {}
        return [
            (column, before.get(column, ""), text)
            for column, text in self.row.items()
            if self._plain(column, text) != self._plain(column, before.get(column, ""))
        ]

    def _plain(self, column: str, text: str) -> str | float:
        """Numbers as such: 80 and 80.0 are the same target."""
        number = as_number(text) if cells_of(self.table, column) == "number" else None
        return text if number is None else number


def plan_changes(
    rows: Mapping[str, Sequence[Row]], plan: Plan, catalog: Catalog
) -> list[PlanChange]:
    """Each row compared with the plan, in the tables' order. Other tables' rows are all new."""
    changes = []
    for table, entered in rows.items():
        if SPECS[table].part == "plan" and not SPECS[table].has_ids:
            changes += _status_changes(table, entered, plan)
            continue
        current = current_plan_rows(table, plan, catalog)
        for row in entered:
            before = current.get(next(iter(row.values()), ""))
            change = PlanChange(table, row, before, CHANGED if before else NEW)
            if before and not change.differences():
                change = PlanChange(table, row, before, SAME)
            changes.append(change)
    return changes


def _status_changes(table: str, rows: Sequence[Row], plan: Plan) -> list[PlanChange]:
    """Each status beside the initiative's newest; the same as the newest of its day is no news."""
    known = current_statuses(plan)
    changes = []
    for row in rows:
        statuses = known.setdefault(row["initiative_id"], [])
        of_day = [status for status in statuses if status["date"] == row["date"]]
        if of_day and of_day[-1] == row:
            changes.append(PlanChange(table, row, row, SAME))
            continue
        newest = max(statuses, key=lambda status: status["date"], default=None)
        changes.append(PlanChange(table, row, newest, NEW))
        statuses.append(row)
    return changes


def current_statuses(plan: Plan) -> dict[str, list[Row]]:
    """Each initiative's statuses as rows of text, oldest first, by initiative_id."""
    return {
        initiative.initiative_id: [
            row_of("initiative_status", status) for status in initiative.statuses
        ]
        for initiative in plan.initiatives
    }


def current_plan_rows(table: str, plan: Plan, catalog: Catalog) -> dict[str, Row]:
    """The current rows of a table with ids, by id; empty for every other table."""
    entities: Mapping[str, Iterable[object]] = {
        "source": catalog.sources.values(),
        "initiative": plan.initiatives,
        "event": plan.events,
        "meeting": catalog.meetings.values(),
        "target": plan.targets,
        "remark": catalog.remarks,
        "comment": catalog.comments,
    }
    rows = [row_of(table, entity) for entity in entities.get(table, ())]
    return {row[COLUMNS[table][0]]: row for row in rows}
