"""Keeping the plan up to date: a new status, always as a new row with day and source."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import pandas as pd
import streamlit as st

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.errors import KpiError
from kpi.export.plan_template import FILE_NAME, plan_template
from kpi.ingest.plan_files import read_plan_file
from kpi.ingest.raw import Upload
from kpi.model import Entry
from kpi.period import DENMARK
from kpi.plan import STATE_NAMES, Plan
from kpi.plan_changes import SAME
from kpi.store.entering import check_rows, enter, whole_rows
from kpi.store.taking_back import take_back
from kpi.views.entry import ChangeLine, change_lines, entry_counts
from ui.badges import plain, small
from ui.middleware import uploads_are_open
from ui.page import show_fault
from ui.undo import danish_time, show_undo

_MOST_LETTERS, _MOST_SHOWN = 400, 20


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
        rows = whole_rows(read_plan_file(Upload(uploaded.name, uploaded.getvalue())))
        changes = check_rows(rows)
    except KpiError as error:
        show_fault(error)
        return
    _show_changes(change_lines(changes, plan, catalog))
    if all(one.kind == SAME for one in changes):
        st.info("Alle rækker står der allerede. Der er intet at føre ind.", icon=":material/info:")
        return
    by = st.text_input("Dit navn", max_chars=100, autocomplete="name", key="plan-fil-navn")
    if st.button("Før rækkerne ind", type="primary", key="plan-fil-ind"):
        _enter(rows, by, uploaded.name)


def _show_changes(lines: Sequence[ChangeLine]) -> None:
    """What stands and what comes, a row each."""
    frame = pd.DataFrame(
        [
            {
                "Ændring": f"**{one.kind}**  \n{small(one.table)}",
                "Hvad": plain(one.name),
                "I dag": plain(one.before),
                "Bliver": plain(one.after),
            }
            for one in lines
        ]
    )
    st.table(frame, border="horizontal", hide_index=True, alt="Hvad rækkerne ændrer")


def show_entries(entries: Sequence[Entry]) -> None:
    """What people have entered, newest first, with the way back; nothing where nothing is."""
    if not entries or not uploads_are_open():
        return
    with st.expander(f"Ført ind i handleplanen ({len(entries)}), og fortryd", key="indfoert",
                     icon=":material/history:"):  # fmt: skip
        for one in entries[:_MOST_SHOWN]:
            _show_entry(one)
        if len(entries) > _MOST_SHOWN:
            st.markdown(small(f"Viser de {_MOST_SHOWN} nyeste af {len(entries)}."))


def _show_entry(one: Entry) -> None:
    state = ":gray-badge[:material/undo: Fortrudt]" if one.withdrawn_on else ""
    gone = ""
    if one.withdrawn_on:
        day = fmt.partial_date(one.withdrawn_on)
        why = plain(one.withdrawn_why)
        gone = f"  \n:small[Fortrudt af {plain(one.withdrawn_by)}, {day}: {why}]"
    with (
        st.container(border=True),
        st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
        ),
    ):
        origin = f" · {plain(one.origin)}" if one.origin else ""
        st.markdown(
            f"**Nr. {one.entry_id} · {entry_counts(one)}** {state}  \n"
            + small(f"{plain(one.entered_by)}, {danish_time(one.entered_at)}{origin}")
            + gone,
            width="stretch",
        )
        if not one.withdrawn_on:
            with st.popover("Fortryd", icon=":material/undo:", key=f"tilbage-{one.entry_id}"):
                show_undo(
                    f"tilbage-{one.entry_id}",
                    f"**Fortryd indførsel nr. {one.entry_id}?** Det, der stod før den, gælder igen "
                    "med det samme.",
                    "Fortryd indførslen",
                    lambda by, why: take_back(one.entry_id, by, why),
                )


def _enter_status(row: dict[str, str], by: str) -> None:
    _enter({"initiative_status": [row]}, by)


def _enter(rows: Mapping[str, Sequence[dict[str, str]]], by: str, origin: str = "") -> None:
    try:
        with st.spinner("Gemmer …"):
            done = enter(rows, by, origin=origin)
    except KpiError as error:
        show_fault(error)
        return
    if done.entry_id is None:
        st.info("Det står der allerede. Intet er ændret.", icon=":material/info:")
        return
    st.rerun()
