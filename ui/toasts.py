"""A short message of what was done, shown by the run that follows it."""

import streamlit as st

_TOAST = "besked-efter"


def rerun_saying(text: str) -> None:
    """Draws the page again, which then says what was done.

    A message that is sent before the page is drawn again is often gone before a busy browser has
    drawn it, and the person presses once more.
    """
    st.session_state[_TOAST] = text
    st.rerun()


def show_toast() -> None:
    """Says what was done before this run, once."""
    if text := st.session_state.pop(_TOAST, ""):
        st.toast(text, icon=":material/check:")
