"""The action plan's tables to edit on the page: what is changed becomes new rows."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import streamlit as st
from streamlit.column_config import (
    Column,
    DateColumn,
    MultiselectColumn,
    NumberColumn,
    SelectboxColumn,
    TextColumn,
)
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.column_types import ColumnConfig

from kpi.domain.catalog import Catalog
from kpi.domain.plan import Plan
from kpi.domain.wording import listing
from kpi.plan.editing import Cell, Sheet, carried_over, sheet_of
from kpi.plan.files import FILE_TABLES
from kpi.tables.spec import COLUMNS, Row, cells_of, file_name
from kpi.tables.table_spec import DATES
from ui.badges import small
from ui.plan_rows import ENTERED, offer_rows

_TABLES = [*(file_table for file_table in FILE_TABLES if file_table != "source"), "source"]
_CORRECT, _ADD = "Ret det, der står", "Tilføj en række"
# What is typed and not yet entered, so that looking at another table does not lose it.
_KEPT, _DRAFT = "rettelser", "kladder"
_DATE_HELP = "19.03.2025, marts 2025 eller 2025"
_HINTS = {**dict.fromkeys(DATES, _DATE_HELP), "period": "2025, 2025K2 eller 2024/2025"}
_ROW_PIXELS, _MOST_ROWS_SHOWN = 36, 12
# What is chosen by name is measured by its longest name, which may be a line of its own.
_WIDTHS_PIXELS = {
    "initiative_id": 280, "theme_id": 220, "indicator_id": 260, "source_id": 260,
    "indicator_ids": 320, "area_id": 120, "group_id": 120,
}  # fmt: skip


def show_editor(plan: Plan, catalog: Catalog) -> None:
    """A table of the plan to correct or add to, and what that would change."""
    left, right = st.columns(2)
    with left:
        table = st.segmented_control(
            "Tabel", _TABLES, format_func=FILE_TABLES.__getitem__, required=True,
            default="initiative", key="ret-tabel", wrap=True,
        )  # fmt: skip
    with right:
        # A paper is never changed: what cites it would cite another.
        ways = [_ADD] if table == "source" else [_CORRECT, _ADD]
        way = st.segmented_control(
            "Hvad vil du?", ways, required=True, default=ways[0],
            key="ret-eller-ny" if len(ways) > 1 else "tilfoej-kilde", wrap=True,
        )  # fmt: skip
    sheet = sheet_of(str(table), plan, catalog)
    if way == _CORRECT:
        rows = sheet.rows_of(_corrected(sheet))
    else:
        rows = sheet.rows_of([_added(sheet)])
        if not _is_ready(sheet, rows):
            return
    offer_rows({sheet.table: rows}, plan, catalog, key=f"ret-{table}", report_unchanged=way == _ADD)


def _corrected(sheet: Sheet) -> list[dict[str, Cell]]:
    """The current table, to be edited; returns the edited rows."""
    st.markdown(
        "Ret i felterne. Det, der står, overskrives ikke: rettelsen lægges oven på med dato og "
        "navn, og den kan fortrydes."
    )
    key, kept = f"ret-{sheet.table}", st.session_state.setdefault(_KEPT, {})
    standing, base, edited = kept.get(sheet.table, (sheet.rows, sheet.rows, sheet.rows))
    if standing != sheet.rows or key not in st.session_state:
        # Another table was looked at meanwhile, or someone entered something in this one.
        base = carried_over(standing, edited, sheet.rows, COLUMNS[sheet.table][0])
    frame = _frame(sheet.table, base)
    changed = st.data_editor(
        frame, key=key, hide_index=False, column_order=sheet.columns,
        column_config=_columns(sheet), placeholder="", row_height=_ROW_PIXELS,
        height=_ROW_PIXELS * (min(len(frame), _MOST_ROWS_SHOWN) + 1) + 2,
        alt=f"{FILE_TABLES[sheet.table]}, som kan rettes",
    )  # fmt: skip
    cells = _cells(changed)
    kept[sheet.table] = (sheet.rows, base, cells)
    return cells


def _added(sheet: Sheet) -> dict[str, Cell]:
    """The fields of one new row, side by side; empty again once it is entered."""
    entered, drafts = st.session_state.get(ENTERED, 0), st.session_state.setdefault(_DRAFT, {})
    for key in [key for key in drafts if not key.endswith(f"-{entered}")]:
        del drafts[key]  # of rows that were entered since
    row: dict[str, Cell] = {}
    places: list[DeltaGenerator] = []
    for column in sheet.columns:
        # A row of fields at a time: on a phone they are below each other in this order.
        places = places or list(st.columns(3))
        needed = "" if column in sheet.needed else " (kan udelades)"
        label = file_name(sheet.table, column).capitalize() + needed
        key = f"ny-{sheet.table}-{column}-{entered}"
        if key in drafts:
            st.session_state.setdefault(key, drafts[key])
        with places.pop(0):
            row[column] = drafts[key] = _field(sheet, column, label, key)
    return row


def _field(sheet: Sheet, column: str, label: str, key: str) -> Cell:
    cells = cells_of(sheet.table, column)
    if cells == "ids":
        return st.multiselect(label, list(sheet.choices[column]), key=key, placeholder="Vælg")
    if column in sheet.choices:
        return st.selectbox(
            label, list(sheet.choices[column]), index=None, key=key, placeholder="Vælg"
        )
    if cells == "day":
        day: date | None = st.date_input(label, value=None, key=key, format="DD.MM.YYYY")
        return day
    hint = _HINTS.get(cells, "")
    return st.text_input(label, key=key, placeholder=hint)


def _is_ready(sheet: Sheet, rows: Sequence[Row]) -> bool:
    """Whether what a row needs is filled in; else says what is missing, once it is begun."""
    if not rows:
        return False
    missing = [
        file_name(sheet.table, column)
        for column in sheet.columns
        if column in sheet.needed and not rows[0][column]
    ]
    if missing:
        st.markdown(small(f"Mangler endnu: {listing(missing)}."))
    return not missing


def _frame(table: str, rows: Sequence[Mapping[str, Cell]]) -> pd.DataFrame:
    """The rows numbered from 1, with the types that their cells edit."""
    frame = pd.DataFrame(list(rows), columns=list(COLUMNS[table]))
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    numbers = [name for name in COLUMNS[table] if cells_of(table, name) == "number"]
    return frame.astype(dict.fromkeys(frame.columns.difference(numbers), "object"))


def _cells(edited: pd.DataFrame) -> list[dict[str, Cell]]:
    """The edited rows; what is empty is None, however the editor marks it."""
    without_empty = edited.astype(object).where(edited.notna(), None)
    return [
        {str(name): cell for name, cell in row.items()} for row in without_empty.to_dict("records")
    ]


def _columns(sheet: Sheet) -> dict[str, ColumnConfig]:
    """How each column is edited: chosen by name from what is known, or written."""
    configured = {column: _column(sheet, column) for column in sheet.columns}
    return configured | {"_index": Column("Linje", disabled=True)}


def _column(sheet: Sheet, column: str) -> ColumnConfig:
    label, required = file_name(sheet.table, column).capitalize(), column in sheet.needed
    width = _WIDTHS_PIXELS.get(column)
    cells = cells_of(sheet.table, column)
    if cells == "ids":
        return MultiselectColumn(label, width=width, options=list(sheet.choices[column]))
    if column in sheet.choices:
        options = list(sheet.choices[column])
        return SelectboxColumn(label, width=width, required=required, options=options)
    if cells == "number":
        return NumberColumn(label, required=required, format="localized")
    if cells == "day":
        return DateColumn(label, required=required, format="DD.MM.YYYY")
    if cells in DATES:
        return TextColumn(label, required=required, help=_DATE_HELP)
    return TextColumn(label, required=required)
