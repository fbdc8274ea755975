"""The row at the top of every page: its title, a box beside it, its guide, and the search."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpi.domain.pages import PAGES
from kpi.domain.selection import Selection
from ui.first_heading import note_box
from ui.page import show_link
from ui.picture_mode import is_picture
from ui.search import is_drawn, show_search


def title_columns(page: str, share: float = 1.8) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Room for the title and for a box beside it; spor.css stacks them in a narrow window.

    The title's room is `share` times the box's with guide and search.
    """
    note_box(True)
    with st.container(key="hoved"):
        head, beside = st.columns([share, 1], vertical_alignment="bottom")
    with beside, _row():
        pick = st.container()
        _show_guide(page)
        show_search()
    return head, pick


def title_alone(page: str) -> DeltaGenerator:
    """Room for the title of a page that has no box beside it; on a phone the search is under it."""
    note_box(False)
    with st.container(key="hoved-alene"), _row():
        head = st.container()
        _show_guide(page)
        show_search()
    return head


def title_of_an_end() -> DeltaGenerator:
    """Room for the title of a page that ends early, with the search unless it is there already."""
    return st.container() if is_drawn() else title_alone("")


def _show_guide(page: str) -> None:
    """A question mark, which leads to the page's part of the guides; spor.css hides its words.

    None of a page that ends early, whose name is empty.
    """
    guide = PAGES[page].guide if page else None
    if guide is not None and not is_picture():
        reader, part = guide
        with st.container(key="til-vejledning", width="content"):
            selection = Selection("vejledning", laeser=reader, afsnit=(part,))
            show_link(selection, "Vejledning til denne side", ":material/help:")


def _row() -> DeltaGenerator:
    return st.container(horizontal=True, wrap=False, vertical_alignment="bottom", gap="small")
