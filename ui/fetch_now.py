"""The button »Hent nu«: a fetch outside the page's run, and what it came to when it is over."""

import streamlit as st

from kpi.domain.errors import KpiError
from kpi.fetch.background import fetch_run
from kpi.views.fetch_lists import ended_words, is_trouble, running_words
from ui.badges import plain, small
from ui.doors import fetch_now
from ui.switches import uploads_are_open
from ui.upload_files import keep_message

# The start of the fetch that this session waits for the end of.
_AWAITED = "henter"
_FAULT = "henter-fejl"
_SECONDS = 2


def show_fetch_button(*, has_definitions: bool) -> None:
    """The button; while a fetch runs it says so, to whoever looks at the page."""
    if not (has_definitions and uploads_are_open()):
        return
    run = fetch_run()
    st.button(
        "Henter …" if run and run.is_running else "Hent nu",
        key="hent-nu",
        icon=":material/sync:",
        width="stretch",
        disabled=bool(run and run.is_running),
        help="Spørger alle kilder nu. Det, der er rent, udgives; resten venter på jer.",
        on_click=start_fetch,
    )


def start_fetch(*names: str, is_again: bool = False) -> None:
    """Starts a fetch of the definitions (none: of all) for this session; a click's callback.

    `is_again` fetches figures that were withdrawn once more.
    """
    try:
        st.session_state[_AWAITED] = fetch_now(names, is_again=is_again).started_at
    except KpiError as error:
        st.session_state[_FAULT] = f"{error.title}. {error.message}"
        # The fetch that runs is another person's: what it comes to is said here too.
        if (run := fetch_run()) is not None and run.is_running:
            st.session_state[_AWAITED] = run.started_at


def take_outcome() -> None:
    """Keeps what the fetch came to that this session asked for, once it is over, as a message."""
    if fault := st.session_state.pop(_FAULT, ""):
        keep_message(fault, is_warning=True)
    run, awaited = fetch_run(), st.session_state.get(_AWAITED)
    if run is None or awaited is None or (run.started_at == awaited and run.is_running):
        return
    del st.session_state[_AWAITED]
    if run.started_at == awaited:
        keep_message(ended_words(run), is_warning=is_trouble(run))


def show_fetching() -> None:
    """Says that a fetch runs; the page is drawn anew when it is over."""
    run = fetch_run()
    if run is not None and run.is_running:
        _watch()


@st.fragment(run_every=_SECONDS)
def _watch() -> None:
    run = fetch_run()
    if run is None or not run.is_running:
        st.rerun()
    st.markdown(small(f":material/sync: {plain(running_words(run))}"))
