"""A table that people read, sort and take along. Sorted it is by sort.js, in the browser."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Literal
from urllib.parse import urlsplit

import streamlit as st

from kpi.domain.pages import PAGES
from kpi.domain.period import today
from kpi.export.office_files import EXCEL
from kpi.export.table_file import TableFile, table_csv, table_workbook
from ui.as_of import shown_as, shown_day
from ui.badges import plain, unmarked
from ui.finished_table import finished_table
from ui.handed_out import Look, show_download
from ui.picture_mode import is_picture

# A row is a mapping of columns (as they are read) to cells (markdown).
Row = Mapping[str, str]


def draw_table(
    rows: Sequence[Row],
    title: str,
    name: str,
    *,
    most: int | None = None,
    filed: Callable[[], Sequence[Row]] | None = None,
) -> None:
    """The rows as a table, the first `most` of them, with its files under it.

    `title` is what those hear who do not see it, and what its files are called within; `name` is
    unlike those of the page's other tables. The files have all rows, or those that `filed` makes:
    what is written for a reader is not always what can be counted with.
    """
    columns = dict.fromkeys(name for row in rows[:most] for name in row)
    cells = [[row.get(name, "") for name in columns] for row in rows[:most]]
    # A column named by a day must not be read as the start of a list.
    table = finished_table([plain(name) for name in columns], cells)
    st.table(table, border="horizontal", hide_index=True, alt=title)
    show_files(title, name, filed or (lambda: rows))


def show_files(title: str, name: str, rows: Callable[[], Sequence[Row]]) -> None:
    """The buttons for a table's files; they are made when pressed. None in a picture."""
    if is_picture():
        return
    # Asked now: the button's own call runs outside the visitor's session.
    page, day = _page(), shown_day()
    file_name = f"spor-{page}-{name}-{day.isoformat()}"
    with st.container(
        horizontal=True, horizontal_alignment="right", gap="small", key=f"tabelfiler-{name}"
    ):
        for kind, label, mime in _KINDS:
            show_download(
                label,
                partial(_file, kind, title, rows, page, day),
                f"{file_name}.{kind}",
                mime,
                key=f"tabel-{kind}-{name}",
                look=Look(tip=f"Hent tabellen som {label}"),
            )


_Kind = Literal["xlsx", "csv"]
_KINDS: tuple[tuple[_Kind, str, str], ...] = (("xlsx", "Excel", EXCEL), ("csv", "CSV", "text/csv"))


def _page() -> str:
    """The page that is open, by its path."""
    path = urlsplit(st.context.url or "").path.rstrip("/").rpartition("/")[2]
    return path if path in PAGES else "overblik"


def _file(
    kind: _Kind,
    title: str,
    rows: Callable[[], Sequence[Row]],
    page: str,
    day: date,
) -> bytes:
    about = (("Side", PAGES[page].title), ("Data", shown_as(day)))
    table = table_file(title, rows(), about)
    return table_workbook(table, today()) if kind == "xlsx" else table_csv(table)


def table_file(
    title: str, rows: Sequence[Row], about: tuple[tuple[str, str], ...] = ()
) -> TableFile:
    """The rows as they are read, for a file."""
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    return TableFile(
        title,
        columns,
        tuple(tuple(unmarked(row.get(name, "")) for name in columns) for row in rows),
        about,
    )
