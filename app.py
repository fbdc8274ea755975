"""Spor's entry point: `streamlit run app.py`."""

import streamlit as st

from ui.middleware import MIDDLEWARE, ROUTES
from ui.page import show_unexpected
from ui.starting import starting

app = st.App(
    "ui/navigation.py",
    lifespan=starting,
    middleware=MIDDLEWARE,
    routes=ROUTES,
    on_script_error=show_unexpected,
)
