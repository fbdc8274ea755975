"""Rows of the action plan about to be entered: what they change, who enters them, and doing it."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.plan import Plan
from kpi.plan.changes import SAME
from kpi.store.entering import check_rows, whole_rows
from kpi.tables.spec import Row
from kpi.views.entry import ChangeLine, change_lines
from ui.badges import plain, small
from ui.doors import enter
from ui.page import show_fault
from ui.toasts import rerun_saying
from ui.turns import waiting

# How often this person has entered rows, in the session.
ENTERED = "handleplan-indfoert"
_NOTHING_NEW = "Alle rækker står der allerede. Der er intet at registrere."


def offer_rows(
    rows: Mapping[str, Sequence[Row]],
    plan: Plan,
    catalog: Catalog,
    key: str,
    *,
    origin: str = "",
    lines: Mapping[str, Sequence[int]] | None = None,
    report_unchanged: bool = True,
) -> None:
    """What the rows change, or why they cannot be entered; a name and a button that enters them.

    `origin` is the file they come from, `lines` each row's line in it. With `report_unchanged` the
    page says how many of them are in the plan already.
    """
    try:
        changes = check_rows(whole_rows(rows), lines=lines)
    except KpiError as error:
        show_fault(error)
        return
    news = [change for change in changes if change.kind != SAME]
    if not news:
        if report_unchanged:
            st.info(_NOTHING_NEW, icon=":material/info:")
        return
    _show_changes(change_lines(news, plan, catalog))
    same = len(changes) - len(news)
    if same and report_unchanged:
        st.markdown(small(f"{same} {'række' if same == 1 else 'rækker'} står der allerede."))
    by = st.text_input("Dit navn", autocomplete="name", key=f"{key}-navn", persist_state="session")
    if st.button("Registrér rækkerne", type="primary", key=f"{key}-ind"):
        enter_rows(rows, by, origin, lines)


def enter_rows(
    rows: Mapping[str, Sequence[Row]],
    by: str,
    origin: str = "",
    lines: Mapping[str, Sequence[int]] | None = None,
) -> None:
    """Enters the rows, then draws the page again; an error that a person can mend is shown."""
    try:
        with waiting("Gemmer …"):
            done = enter(rows, by, origin=origin, lines=lines)
    except KpiError as error:
        show_fault(error)
        return
    if done.entry_id is None:
        st.info(_NOTHING_NEW, icon=":material/info:")
        return
    st.session_state[ENTERED] = st.session_state.get(ENTERED, 0) + 1
    rerun_saying("Det er registreret i handleplanen.")


def _show_changes(lines: Sequence[ChangeLine]) -> None:
    """The current and the new values, one row per change."""
    frame = pd.DataFrame(
        [
            {
                "Ændring": f"**{line.kind}**  \n{small(line.table)}",
                "Hvad": plain(line.name),
                "I dag": plain(line.before),
                "Bliver": plain(line.after),
            }
            for line in lines
        ]
    )
    st.table(frame, border="horizontal", hide_index=True, alt="Hvad rækkerne ændrer")
