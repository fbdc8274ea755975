"""The action plan's tables as a person edits them: the current rows, and what an edit changes.

Whoever edits sees names, not ids. Nothing is overwritten: what is edited comes out as rows to enter
(kpi/store/entering.py).
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import count

from kpi.domain.catalog import Catalog
from kpi.domain.format import long_date
from kpi.domain.plan import Plan
from kpi.domain.wording import plain_id
from kpi.plan.changes import current_plan_rows, current_statuses
from kpi.tables.rows import typed_number
from kpi.tables.spec import COLUMNS, REQUIRED, SPECS, Row, cells_of

# What is filled in where nothing is written: a paper's figures are hidden below five persons.
FILLED_IN = {"min_cell": "5"}
# Of a paper only what it is called, by whom and when it came; its figures come another way.
_SHOWN = {"source": ("title", "publisher", "published")}

Cell = str | float | date | Sequence[str] | None


@dataclass(frozen=True)
class Sheet:
    """A table of the plan to edit. `rows` hold names where `choices` (column: name to id) has them.

    Empty cells are None, of several ids a list, numbers numbers, a day a date.
    `columns` are those a person sees, in order; every row also contains its id.
    """

    table: str
    columns: tuple[str, ...]
    choices: Mapping[str, Mapping[str, str]]
    rows: tuple[Mapping[str, Cell], ...]

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns that a row cannot do without."""
        key = COLUMNS[self.table][0]
        return tuple(
            column for column in self.columns if column == key or column in REQUIRED[self.table]
        )

    def rows_of(self, edited: Sequence[Mapping[str, Cell]]) -> list[Row]:
        """The edited rows as rows of text with ids, in their order; wholly empty ones are left out.

        A row without an id gets a free one, made of what it is called. Names that are no choice
        stay as they are.
        """
        key = COLUMNS[self.table][0]
        used = {str(row[key]) for row in self.rows}
        rows = []
        for cells in edited:
            row = {column: self._text(column, cells.get(column)) for column in COLUMNS[self.table]}
            if not any(row.values()):
                continue
            if SPECS[self.table].id_of and not row[key]:
                row[key] = free_id(self.table, row, used)
                used.add(row[key])
            rows.append(row)
        return rows

    def _text(self, column: str, cell: Cell) -> str:
        ids = self.choices.get(column, {})
        if cell is None:
            return ""
        if isinstance(cell, str):
            return (
                typed_number(cell)
                if cells_of(self.table, column) == "number"
                else ids.get(cell, cell.strip())
            )
        if isinstance(cell, date):
            return cell.isoformat()[:10]
        if isinstance(cell, Sequence):
            return ";".join(ids.get(name, name) for name in cell)
        return f"{cell:.15g}"


def carried_over(
    before: Sequence[Mapping[str, Cell]],
    edited: Sequence[Mapping[str, Cell]],
    now: Sequence[Mapping[str, Cell]],
    key: str,
) -> list[dict[str, Cell]]:
    """The rows of `now` with the cells that a person had changed in those `before`.

    Rows are known by the column `key`; what was changed in a row that is gone is left out.
    """
    changed = {
        row[key]: {column: cell for column, cell in after.items() if cell != row.get(column)}
        for row, after in zip(before, edited, strict=True)
    }
    return [{**row, **changed.get(row[key], {})} for row in now]


def sheet_of(table: str, plan: Plan, catalog: Catalog) -> Sheet:
    """The table's current rows, in its order; of statuses each initiative's newest."""
    if not SPECS[table].has_ids:
        current = [rows[-1] for rows in current_statuses(plan).values() if rows]
    else:
        current = list(current_plan_rows(table, plan, catalog).values())
    names = names_of(table, plan, catalog)
    columns = COLUMNS[table][1:] if SPECS[table].id_of else COLUMNS[table]
    columns = _SHOWN.get(table, columns)
    cells = tuple(
        {column: _cell(table, column, text, names.get(column, {})) for column, text in row.items()}
        for row in current
    )
    choices = {
        column: {name: id_ for id_, name in name_of.items()}
        for column, name_of in names.items()
        if column in columns
    }
    return Sheet(table, columns, choices, cells)


def names_of(table: str, plan: Plan, catalog: Catalog) -> dict[str, Mapping[str, str]]:
    """What the ids and words in a column are called, each name once (column: id to name)."""
    spec = SPECS[table]
    rows_called = _names_by_table(plan, catalog)
    names = {
        column.name: rows_called[column.refers_to] for column in spec.columns if column.refers_to
    }
    if spec.part == "plan":
        names |= {column.name: column.words for column in spec.columns if column.words}
    return {column: _apart(name_of) for column, name_of in names.items()}


def _names_by_table(plan: Plan, catalog: Catalog) -> dict[str, Mapping[str, str]]:
    """The names of the rows (table: id to name) of each table that one of the plan refers to."""
    return {
        "initiative": {
            initiative.initiative_id: initiative.title for initiative in plan.initiatives
        },
        "indicator": {id_: indicator.name for id_, indicator in catalog.indicators.items()},
        "theme": {id_: theme.name for id_, theme in catalog.themes.items()},
        "area": {area.area_id: area.name for area in catalog.sorted_areas(also=catalog.areas)},
        "population_group": {id_: group.name for id_, group in catalog.groups.items()},
        "source": {id_: source.title for id_, source in catalog.sources.items()},
        "meeting": {
            id_: f"{meeting.body}, {long_date(meeting.day)}"
            for id_, meeting in catalog.meetings.items()
        },
    }


def _apart(names: Mapping[str, str]) -> dict[str, str]:
    """The names with a capital, those of several ids with the id behind them."""
    written = list(names.values())
    return {
        id_: (name[:1].upper() + name[1:]) + (f" ({id_})" if written.count(name) > 1 else "")
        for id_, name in names.items()
    }


def _cell(table: str, column: str, text: str, names: Mapping[str, str]) -> Cell:
    cells = cells_of(table, column)
    if cells == "ids":
        return [names.get(id_, id_) for id_ in text.split(";") if id_]
    if not text:
        return None
    if cells == "number":
        return float(text)
    if cells == "day":
        return date.fromisoformat(text)
    return names.get(text, text)


def same_row(table: str, row: Row) -> tuple[str, ...]:
    """What a row is of, in small letters: two rows of which it is the same are one."""
    return tuple(row[column].casefold() for column in SPECS[table].same_by)


def free_id(table: str, row: Row, used: Set[str]) -> str:
    """An id for a row of a table with ids that no person needs to see, made of what it is called.

    None of those that are `used`.
    """
    wanted = plain_id(" ".join(row[column] for column in SPECS[table].id_of)) or "ny"
    return next(
        candidate
        for n in count(1)
        if (candidate := f"{wanted}_{n}" if n > 1 else wanted) not in used
    )
