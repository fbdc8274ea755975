"""Spor's entry point: `streamlit run app.py`."""

import streamlit as st

from ui.middleware import MIDDLEWARE, ROUTES

app = st.App("ui/navigation.py", middleware=MIDDLEWARE, routes=ROUTES)
