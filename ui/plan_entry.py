"""Keeping the plan up to date: a new status, its tables, a file; always as new rows."""

from datetime import date

import streamlit as st

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.period import today
from kpi.domain.plan import Plan
from kpi.domain.vocabulary import STATE_NAMES
from kpi.export.office_files import EXCEL
from kpi.export.plan_template import FILE_NAME, plan_template
from kpi.ingest.table.raw import Upload
from kpi.plan.cited import older_source
from kpi.plan.files import read_plan_file
from ui.badges import plain
from ui.handed_out import SECONDARY, show_download
from ui.page import show_fault
from ui.plan_editor import show_editor
from ui.plan_rows import enter_rows, offer_rows
from ui.switches import uploads_are_open

# The status that a person has been asked about.
_ASKED = "status-spurgt"


def show_entry(plan: Plan, catalog: Catalog) -> None:
    """Three ways to enter, each folded away; nothing where nothing is taken in."""
    if not uploads_are_open():
        return
    _show_status(plan, catalog)
    tables = st.expander(
        "Ret eller tilføj i handleplanens tabeller", icon=":material/edit_note:", key="ret-planen",
        on_change="rerun",
    )  # fmt: skip
    if tables.open:
        with tables:
            show_editor(plan, catalog)
    file = st.expander(
        "Indlæs mange rækker fra en fil", icon=":material/upload_file:", key="plan-fra-fil",
        on_change="rerun",
    )  # fmt: skip
    if file.open:
        with file:
            _show_file(plan, catalog)


def _show_status(plan: Plan, catalog: Catalog) -> None:
    """A form for the newest status of an initiative."""
    with st.expander("Registrér en ny status", icon=":material/edit:", key="ny-status"):
        st.markdown("En ny status lægges oven på de gamle; ingen af dem ændres eller slettes.")
        with st.form("ny-status-form", border=False, enter_to_submit=False):
            titles = {initiative.initiative_id: initiative.title for initiative in plan.initiatives}
            initiative_id = st.selectbox(
                "Indsats", list(titles), index=None, placeholder="Vælg", key="status-indsats",
                format_func=lambda initiative_id: titles[initiative_id],
            )  # fmt: skip
            left, middle, right = st.columns(3)
            now = today()
            with left:
                state = st.selectbox(
                    "Status", list(STATE_NAMES), index=None, placeholder="Vælg",
                    key="status-tilstand", format_func=lambda state: STATE_NAMES[state],
                )  # fmt: skip
            with middle:
                day: date | None = st.date_input(
                    "Statusdato", value=now, max_value=now, key="status-dato",
                    format="DD.MM.YYYY",
                )  # fmt: skip
            with right:
                source_id = st.selectbox(
                    "Kilde", list(catalog.sources), index=None, placeholder="Vælg",
                    key="status-kilde",
                    format_func=lambda source_id: catalog.sources[source_id].title,
                    help="Et nyt papir tilføjes under »Ret eller tilføj …«, tabellen Kilder.",
                )  # fmt: skip
            summary = st.text_area("Status i korte træk", key="status-tekst", height="content")
            by = st.text_input("Dit navn", autocomplete="name", key="status-navn")
            pressed = st.form_submit_button("Registrér status", type="primary")
        if pressed:
            status = {
                "initiative_id": initiative_id or "",
                "date": day.isoformat() if day else "",
                "state": state or "",
                "summary": summary.strip(),
                "source_id": source_id or "",
            }
            # What is missing is told of first.
            is_whole = by and all(text for name, text in status.items() if name != "summary")
            if not is_whole or _may_be_entered(status, catalog):
                enter_rows({"initiative_status": [status]}, by)


def _may_be_entered(status: dict[str, str], catalog: Catalog) -> bool:
    """Whether its source may have said it, or the person has been asked and says so again."""
    note = older_source(status["date"], catalog.sources.get(status["source_id"]))
    # Of what is written nothing is kept.
    asked = (status["initiative_id"], status["date"], status["source_id"])
    if not note or st.session_state.pop(_ASKED, None) == asked:
        return True
    st.session_state[_ASKED] = asked
    st.warning(
        f"{plain(note)}. Vælg en anden kilde, eller tryk på »Registrér status« igen.",
        icon=":material/warning:",
    )
    return False


def _show_file(plan: Plan, catalog: Catalog) -> None:
    """Several rows at once, from the template; shown as they will be entered."""
    st.markdown(
        "Udfyld skabelonen, og vælg filen her. Intet ændres, før du har set, hvad der sker."
    )
    show_download(
        "Hent skabelon til handleplanen",
        lambda: plan_template(catalog, plan),
        FILE_NAME,
        EXCEL,
        key="plan-skabelon",
        look=SECONDARY,
    )
    uploaded = st.file_uploader("Udfyldt skabelon (.xlsx eller .csv)", key="plan-fil")
    if uploaded is None:
        return
    try:
        rows = read_plan_file(Upload(uploaded.name, uploaded.getvalue()))
    except KpiError as error:
        show_fault(error)
        return
    offer_rows(rows.rows, plan, catalog, key="plan-fil", origin=uploaded.name, lines=rows.lines)
