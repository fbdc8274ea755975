"""Spor's entry point: `streamlit run app.py`."""

import streamlit as st

from ui.middleware import MIDDLEWARE, ROUTES
from ui.page import show_unexpected

app = st.App(
    "ui/navigation.py", middleware=MIDDLEWARE, routes=ROUTES, on_script_error=show_unexpected
)
