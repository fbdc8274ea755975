"""What is said where the program fails: no detail on the page, all of it in the log."""

import logging

import streamlit as st

_LOG = logging.getLogger("spor")
UNEXPECTED = (
    "Noget gik galt i programmet. Tallene er uændrede. Genindlæs siden; kommer fejlen igen, så "
    "giv besked til den, der driver Spor: fejlen står i loggen."
)


def show_unexpected(error: Exception) -> bool:
    """Logs a fault of ours in full and shows it without detail; True keeps Streamlit silent."""
    _LOG.error("unexpected error", exc_info=error)
    st.error(UNEXPECTED, icon=":material/error:")
    return True
