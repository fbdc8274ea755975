"""Spor's entry point: `streamlit run app.py`."""

import streamlit as st

from ui.housekeeping import keep_house
from ui.middleware import MIDDLEWARE, ROUTES
from ui.page import show_unexpected
from ui.starting import starting

keep_house()
app = st.App(
    "ui/navigation.py",
    lifespan=starting,
    middleware=MIDDLEWARE,
    routes=ROUTES,
    on_script_error=show_unexpected,
)
