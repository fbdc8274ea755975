"""Spor's entry point: `streamlit run app.py`."""

import streamlit as st

from kpi.system.one_thread import compute_in_one_thread
from ui.housekeeping import keep_house
from ui.middleware import MIDDLEWARE, ROUTES
from ui.session_lock import share_locks
from ui.starting import starting
from ui.unexpected import show_unexpected

compute_in_one_thread()
keep_house()
share_locks()
app = st.App(
    "ui/navigation.py",
    lifespan=starting,
    middleware=MIDDLEWARE,
    routes=ROUTES,
    on_script_error=show_unexpected,
)
