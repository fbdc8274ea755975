"""What each entry added and corrected of metadata and of the plan: the row before, and its own."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from kpi.additions.model import ADDABLE, LISTED
from kpi.plan.changes import CHANGED, NEW, SAME, PlanChange
from kpi.store.current_entries import danish_day
from kpi.store.metadata import Ask
from kpi.store.plan import read_hidden_remarks
from kpi.tables.spec import COLUMNS, SPECS, Row

_OF_PLAN = tuple(table for table, spec in SPECS.items() if spec.part == "plan")
# A row's moment (None: of data/), and its text by column.
_Moment = datetime | None
_Given = tuple[_Moment, Row]


def read_entry_changes(
    ask: Ask, entry_ids: Collection[int]
) -> Mapping[int, tuple[PlanChange, ...]]:
    """By entry the rows of indicators, areas, groups, sources, themes and the action plan it has.

    The text of a remark on a hidden figure is left out.
    A status takes no row's place: its `before` is the newest of its initiative that stood.
    Of any other row `before` is the one of the same id that stood when the entry was made: the
    newest earlier one that was not withdrawn by then. Withdrawals are known by their day: of an
    entry that is itself withdrawn, an earlier one that was withdrawn on the entry's own day is
    taken to have stood.
    """
    entered = {
        entry_id: (moment, withdrawn_on)
        for entry_id, moment, withdrawn_on in ask(
            "SELECT entry_id, entered_at, withdrawn_on FROM entry"
        )
    }
    withdrawn = {moment: day for moment, day in entered.values() if day is not None}
    moments = {entered[entry_id][0]: entry_id for entry_id in entry_ids if entry_id in entered}
    changes: dict[int, list[PlanChange]] = {entry_id: [] for entry_id in entry_ids}
    for table in (*ADDABLE, *_OF_PLAN):
        by_id: dict[str, list[_Given]] = {}
        for given in _given_rows(ask, table):
            by_id.setdefault(given[1][COLUMNS[table][0]], []).append(given)
        for rows in by_id.values():
            for moment, row in rows:
                if moment is not None and moment in moments:
                    before = _before(moment, rows, withdrawn, is_by_day=not SPECS[table].has_ids)
                    changes[moments[moment]].append(_change(table, row, before))
    return {entry_id: tuple(of_entry) for entry_id, of_entry in changes.items()}


def _change(table: str, row: Row, before: Row | None) -> PlanChange:
    """The change that a row is of the one that stood."""
    if before is None or not SPECS[table].has_ids:
        return PlanChange(table, row, before, NEW)
    change = PlanChange(table, row, before, CHANGED)
    return change if change.differences() else PlanChange(table, row, before, SAME)


def _before(
    moment: datetime, rows: list[_Given], withdrawn: Mapping[datetime, date], is_by_day: bool
) -> Row | None:
    """The row that stood at the moment, of rows of one id: the last entered, or of the last day."""

    def stood(other: _Moment) -> bool:
        """Whether a row was there, and not withdrawn by then."""
        if other is None:
            return True
        gone, day = withdrawn.get(other), danish_day(moment)
        if other >= moment or gone is None:
            return other < moment
        return gone > day or (gone == day and moment in withdrawn)

    standing = [given for given in rows if stood(given[0])]
    if not standing:
        return None
    if is_by_day:
        standing = [given for given in standing if given[1]["date"] == max(
            row["date"] for _, row in standing)]  # fmt: skip
    return max(standing, key=lambda given: (given[0] is not None, given[0] or moment))[1]


def _given_rows(ask: Ask, table: str) -> list[_Given]:
    """All rows of the ids that people have entered, with the columns that other tables keep."""
    rows = [
        (moment, dict.fromkeys(ADDABLE.get(table, ()), "") | row)
        for moment, row in _rows(ask, table)
    ]
    if table == "population_group":
        references = {
            (moment, row["group_id"]): row["reference_group_id"]
            for moment, row in _rows(ask, "group_reference")
        }
        for moment, row in rows:
            row["reference_group_id"] = references.get((moment, row["group_id"]), "")
    if table == "remark":
        hidden = read_hidden_remarks(ask)
        rows = [
            (moment, row | {"text": ""} if (row["remark_id"], moment) in hidden else row)
            for moment, row in rows
        ]
    if table == "area":
        sets: dict[tuple[_Moment, str], list[str]] = {}
        for moment, row in _rows(ask, "area_set"):
            sets.setdefault((moment, row["area_id"]), []).append(row["set_id"])
        for moment, row in rows:
            row["set_ids"] = ";".join(sorted(filter(None, sets.get((moment, row["area_id"]), ()))))
    return rows


def _rows(ask: Ask, table: str) -> list[_Given]:
    """Rows of one table of metadata, as text by column."""
    spec, columns = SPECS[table], COLUMNS[table]
    key = "area_id" if table == "area_set" else columns[0]
    named = ", ".join(f'"{column}"' for column in columns)
    given = ask(_OF_ENTERED_IDS.format(columns=named, rows=spec.rows_table, key=key))
    return [
        (moment, {column: _text(column, cell) for column, cell in zip(columns, cells, strict=True)})
        for moment, *cells in given
    ]


def _text(column: str, cell: Any) -> str:
    """A stored cell as files write it."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return f"{cell:.15g}"
    text = "" if cell is None else str(cell)
    if column in LISTED:
        return ";".join(part.strip() for part in text.split(";") if part.strip())
    return text


_OF_ENTERED_IDS = """
SELECT entered_at, {columns} FROM {rows}
WHERE {key} IN (SELECT {key} FROM {rows} WHERE entered_at IS NOT NULL)
"""
