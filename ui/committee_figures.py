"""The figures of a paper beside the slide of one: a section of the page that is drawn by itself."""

from typing import NamedTuple

import streamlit as st

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.export.paper import Paper
from ui.alone import is_alone
from ui.committee_list import (
    Places,
    Preview,
    show_list,
    show_preview,
    show_slide,
    show_small,
)
from ui.committee_state import arrange
from ui.turns import turn


class Pictures(NamedTuple):
    """Where the pictures go that are drawn when the rest of the page is there."""

    shown: Preview | None
    places: Places


# Which figure is shown decides nothing else on the page, which is not made again for it.
@st.fragment
def show_figures(paper: Paper, full_paper: Paper, catalog: Catalog) -> Pictures | None:
    """The list and the slide; what is yet to draw, unless they are drawn by themselves.

    By themselves they are of the paper that the page was made of. A press that arranged another one
    has the whole page made again.
    """
    if not is_alone():
        return _draw(paper, full_paper, catalog)
    with turn():
        if _is_other(paper, full_paper):
            st.rerun()
        show_pictures(paper, _draw(paper, full_paper, catalog))
    return None


def show_pictures(paper: Paper, pictures: Pictures | None) -> None:
    """Draws what was left to draw."""
    if pictures:
        show_preview(paper, pictures.shown)
        show_small(paper, pictures.places)


def _draw(paper: Paper, full_paper: Paper, catalog: Catalog) -> Pictures:
    # On a tablet spor.css puts the slide under the list, whose titles have no room beside it.
    with st.container(key="udvalg-figurer"):
        left, right = st.columns([1, 1.5], gap="large")
    with left:
        places = show_list(paper, full_paper)
    with right:
        shown = show_slide(paper, catalog)
    return Pictures(shown, places)


def _is_other(paper: Paper, full_paper: Paper) -> bool:
    """Whether what is arranged now is another paper, or cannot be one, which the page tells."""
    try:
        return arrange(full_paper).choice != paper.choice
    except KpiError:
        return True
