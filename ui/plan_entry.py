"""Keeping the plan up to date: a new status, always as a new row with day and source."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import pandas as pd
import streamlit as st

from kpi.catalog import Catalog
from kpi.errors import KpiError
from kpi.export.plan_template import FILE_NAME, plan_template
from kpi.ingest.plan_files import COLUMN_NAMES, TABLE_NAMES, read_plan_file
from kpi.ingest.raw import Upload
from kpi.period import DENMARK
from kpi.plan import STATE_NAMES, Plan
from kpi.store.entering import enter
from ui.badges import plain
from ui.middleware import uploads_are_open

_MOST_LETTERS = 400


def show_entry(plan: Plan, catalog: Catalog) -> None:
    """A form for the newest state of an initiative; nothing where nothing is taken in."""
    if not uploads_are_open():
        return
    with st.expander("Før en ny status ind", icon=":material/edit:", key="ny-status"):
        st.markdown("En ny status lægges oven på de gamle; ingen af dem ændres eller slettes.")
        with st.form("ny-status-form", border=False, enter_to_submit=False):
            titles = {one.initiative_id: one.title for one in plan.initiatives}
            initiative_id = st.selectbox(
                "Indsats", list(titles), key="status-indsats", format_func=lambda one: titles[one]
            )
            left, middle, right = st.columns(3)
            with left:
                state = st.selectbox(
                    "Tilstand", list(STATE_NAMES), key="status-tilstand",
                    format_func=lambda one: STATE_NAMES[one],
                )  # fmt: skip
            with middle:
                day: date | None = st.date_input(
                    "Dato", value=datetime.now(DENMARK).date(), key="status-dato",
                    format="DD.MM.YYYY",
                )  # fmt: skip
            with right:
                source_id = st.selectbox(
                    "Kilde", list(catalog.sources), key="status-kilde",
                    format_func=lambda one: catalog.sources[one].title,
                )  # fmt: skip
            summary = st.text_area(
                "Hvad er der sket?", max_chars=_MOST_LETTERS, key="status-tekst", height="content"
            )
            by = st.text_input("Dit navn", max_chars=100, autocomplete="name", key="status-navn")
            pressed = st.form_submit_button("Før status ind", type="primary")
        _show_file(plan, catalog)
        if pressed:
            _enter_status(
                {
                    "initiative_id": initiative_id,
                    "date": day.isoformat() if day else "",
                    "state": state,
                    "summary": summary.strip(),
                    "source_id": source_id,
                },
                by,
            )


def _show_file(plan: Plan, catalog: Catalog) -> None:
    """Several rows at once, from the template; shown as they will be entered."""
    st.markdown("**Mange rækker på én gang:** udfyld skabelonen, og læg den op.")
    st.download_button(
        "Hent skabelon til handleplanen", lambda: plan_template(catalog, plan), FILE_NAME,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key="plan-skabelon", icon=":material/download:", on_click="ignore",
    )  # fmt: skip
    uploaded = st.file_uploader("Udfyldt skabelon (.xlsx eller .csv)", key="plan-fil")
    if uploaded is None:
        return
    try:
        rows = read_plan_file(Upload(uploaded.name, uploaded.getvalue()))
    except KpiError as error:
        _show_fault(error)
        return
    for table, found in rows.items():
        if found:
            st.markdown(f"**{TABLE_NAMES[table]}** ({len(found)} nye)")
            shown = [{COLUMN_NAMES[key]: plain(text) for key, text in row.items()} for row in found]
            st.table(
                pd.DataFrame(shown), border="horizontal", hide_index=True,
                alt=f"Nye rækker: {TABLE_NAMES[table]}",
            )  # fmt: skip
    by = st.text_input("Dit navn", max_chars=100, autocomplete="name", key="plan-fil-navn")
    if st.button("Før rækkerne ind", type="primary", key="plan-fil-ind"):
        _enter(rows, by)


def _enter_status(row: dict[str, str], by: str) -> None:
    _enter({"initiative_status": [row]}, by)


def _enter(rows: Mapping[str, Sequence[dict[str, str]]], by: str) -> None:
    try:
        with st.spinner("Gemmer …"):
            enter(rows, by)
    except KpiError as error:
        _show_fault(error)
        return
    st.rerun()


def _show_fault(error: KpiError) -> None:
    st.error(
        f"**{plain(error.title)}.** " + plain(error.message).replace("\n", "  \n"),
        icon=":material/error:",
    )
