"""Keeping the plan up to date: a new status, always as a new row with day and source."""

from datetime import date, datetime

import streamlit as st

from kpi.catalog import Catalog
from kpi.errors import KpiError
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
        if pressed:
            _enter(
                {
                    "initiative_id": initiative_id,
                    "date": day.isoformat() if day else "",
                    "state": state,
                    "summary": summary.strip(),
                    "source_id": source_id,
                },
                by,
            )


def _enter(row: dict[str, str], by: str) -> None:
    try:
        with st.spinner("Gemmer …"):
            enter({"initiative_status": [row]}, by)
    except KpiError as error:
        st.error(
            f"**{plain(error.title)}.** " + plain(error.message).replace("\n", "  \n"),
            icon=":material/error:",
        )
        return
    st.rerun()
