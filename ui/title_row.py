"""The row at the top of every page: its title, a box beside it, and the search."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.search import show_search


def title_columns() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Room for the title and for a box beside it; spor.css stacks them in a narrow window."""
    with st.container(key="hoved"):
        head, beside = st.columns([2.2, 1], vertical_alignment="bottom")
    with beside, _row():
        pick = st.container()
        show_search()
    return head, pick


def title_alone() -> DeltaGenerator:
    """Room for the title of a page that has no box beside it; on a phone the search is under it."""
    with st.container(key="hoved-alene"), _row():
        head = st.container()
        show_search()
    return head


def _row() -> DeltaGenerator:
    return st.container(horizontal=True, wrap=False, vertical_alignment="bottom", gap="small")
