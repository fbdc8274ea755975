"""Taking something back: who and why, asked in one form everywhere."""

from collections.abc import Callable

import streamlit as st

from kpi.domain.errors import KpiError
from ui.page import show_fault
from ui.toasts import rerun_saying
from ui.turns import waiting
from ui.upload_files import NAME


def show_undo(
    key: str, question: str, button: str, undo: Callable[[str, str], object], done: str = ""
) -> None:
    """The form; `undo` gets the name and the reason, and the page runs again after it.

    The page then says `done`; without it, `undo` has kept a message of its own.
    """
    # A key pressed by mistake must not take figures back.
    with st.form(f"{key}-form", border=False, enter_to_submit=False):
        st.markdown(question)
        why = st.text_input("Hvorfor?", key=f"{key}-hvorfor")
        by = st.text_input(
            "Dit navn", autocomplete="name", key=f"{key}-navn",
            value=st.session_state.get(NAME) or "",
        )  # fmt: skip
        pressed = st.form_submit_button(button, type="primary", icon=":material/undo:")
    if not pressed:
        return
    if not (why.strip() and by.strip()):
        st.error("Skriv både hvorfor og dit navn.", icon=":material/error:")
        return
    try:
        with waiting("Fortryder …"):
            undo(by, why)
    except KpiError as error:
        show_fault(error)
        return
    if done:
        rerun_saying(done)
    st.rerun()
