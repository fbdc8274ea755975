"""What a file would change: the table, the counts, and small charts of before and after."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.ingest.checked import Checked
from kpi.views.upload_changes import (
    MOST_SHOWN,
    BeforeAfter,
    ChangeRow,
    before_after,
    change_rows,
)
from kpi.views.upload_counts import changes_line, nothing_new, row_counts
from ui.badges import plain, small
from ui.chart_config import CHART_CONFIG
from ui.exhibits import show_table
from ui.handed_out import show_download
from ui.page import show_heading
from ui.upload_files import KeyOf, key_of
from ui.upload_problems import in_lines

_MARKED = "background-color: #E5EFF8; color: #00437F; font-weight: 650"
_BOLD = "color: #00437F; font-weight: 650"
_ROWS_UNSCROLLED = 15
_COUNTS = {
    "changed": ":blue-badge[:material/edit: Ændret]",
    "new": ":blue-badge[:material/add_circle: Nyt tal]",
    "reattributed": ":gray-badge[:material/link: Samme tal, ny kilde]",
    "unchanged": ":gray-badge[:material/drag_handle: Uændret]",
    "hidden": ":gray-badge[:material/visibility_off: Skjult]",
    "error": ":red-badge[:material/cancel: Fejl]",
    "unused": ":gray-badge[:material/remove: Ikke brugt]",
    "all": "**I alt**",
}


def show_changes(
    checked: Checked,
    catalog: Catalog,
    title: str,
    written: Callable[[], bytes],
    key: KeyOf = key_of,
) -> None:
    """Every key that publishing adds or changes; words in the cells, so colour is not needed.

    `written` makes all of them as CSV, when somebody asks for it. `key` gives the file's fields
    their keys, here and below.
    """
    show_heading(title, changes_line(checked))
    if not checked.changes:
        st.info(plain(nothing_new(checked)), icon=":material/drag_handle:")
        return
    rows = change_rows(checked.changes, catalog)
    _show_table(rows)
    moved = checked.moved
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        show_download(
            "Alle ændringer (CSV)",
            written,
            "spor-aendringer.csv",
            "text/csv",
            key=key("aendringer-csv"),
        )
        if moved > MOST_SHOWN:
            shown = f"Viser {len(rows)} af {fmt.number(moved, 0)} ændringer, de ændrede tal først."
            st.markdown(small(f"{shown} Resten står i CSV-filen."))


def _show_table(rows: list[ChangeRow]) -> None:
    frame = pd.DataFrame(
        [
            {
                "Række": plain(row.row),
                "Hvad": _COUNTS[_kind(row)],
                "Nøgletal og gruppe": _what(row),
                "Område": plain(row.area),
                "Periode": unbroken(row.period),
                "Før": unbroken(row.before),
                "Efter": unbroken(row.after),
                "Forskel": unbroken(row.difference),
            }
            for row in rows
        ]
    )
    styles = pd.DataFrame("", index=frame.index, columns=frame.columns)
    for number, row in enumerate(rows):
        styles.loc[number, ["Efter", "Forskel"]] = _BOLD if row.is_new else _MARKED
    st.table(
        frame.style.apply(lambda _: styles, axis=None),
        border=True,
        hide_index=True,
        height="content" if len(rows) <= _ROWS_UNSCROLLED else 560,
        alt="Tal, der bliver ændret eller kommer til, før og efter",
    )


def _kind(row: ChangeRow) -> str:
    if row.is_new:
        return "new"
    if row.is_hidden:
        return "hidden"
    return "reattributed" if row.is_reattributed else "changed"


def _what(row: ChangeRow) -> str:
    """Indicator, group and, where sources differ, source in one cell: a column each is too wide."""
    beside = f"· {in_lines(plain(row.group))}"
    if row.source:
        beside += f" · Kilde:{fmt.NO_BREAK_SPACE}{in_lines(plain(row.source))}"
    return f"{in_lines(plain(row.indicator))} :gray[{beside}]"


def unbroken(text: str) -> str:
    """The text on one line."""
    return plain(text).replace(" ", fmt.NO_BREAK_SPACE)


def show_counts(checked: Checked) -> None:
    """The file's rows by what they come to."""
    show_heading("I tal", "Rækker i filen")
    rows = [
        {
            "Rækker": _COUNTS[kind],
            "Antal": f"**{fmt.number(count, 0)}**" if kind == "all" else fmt.number(count, 0),
        }
        for kind, count in row_counts(checked)
    ]
    st.table(
        pd.DataFrame(rows),
        border="horizontal",
        hide_index=True,
        hide_header=True,
        alt="Filens rækker: ændret, nyt, uændret, fejl og i alt",
    )


def show_before_after(checked: Checked, catalog: Catalog, key: KeyOf = key_of) -> None:
    """The largest change of up to three indicators, drawn."""
    drawn = before_after(checked.changes, catalog)
    if not drawn:
        return
    show_heading("Før og efter", "Den største ændring i hvert nøgletal")
    for number, (place, change_chart) in enumerate(
        zip(st.columns(3, gap="large"), drawn, strict=False)
    ):
        with place:
            show_change_chart(change_chart, key(f"foer-efter-{number}"))


def show_change_chart(change_chart: BeforeAfter, key: str, *, with_title: bool = True) -> None:
    """A change as a chart with its table."""
    with st.container(gap=None):
        if with_title:
            st.markdown(f":small[{plain(change_chart.title)}]")
        st.plotly_chart(
            change_chart.figure,
            theme=None,
            config=CHART_CONFIG,
            key=key,
            alt=change_chart.alt,
        )
        if change_chart.remark:
            st.markdown(small(plain(change_chart.remark)))
        with st.popover("Tabel", icon=":material/table:", type="tertiary", width="content"):
            show_table(change_chart.table, change_chart.title)
