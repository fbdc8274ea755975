"""The script Streamlit runs: the page list, the top bar, and the one place that catches errors."""

import logging

import streamlit as st

from kpi.domain.errors import KpiError
from kpi.domain.pages import FRONT_PAGE
from ui.choose import until_the_end
from ui.embedded import show_embedded
from ui.housekeeping import note_visit
from ui.page import show_error
from ui.page_list import ICON, LOGO, listed
from ui.picture_mode import WIDTH, is_embedded, is_picture
from ui.search import forget_drawn
from ui.switches import shown_pages
from ui.title_row import title_of_an_end
from ui.toasts import show_toast
from ui.turns import turn

_LOG = logging.getLogger("spor")

note_visit()
forget_drawn()
page = st.navigation(listed(shown_pages()), position="hidden" if is_picture() else "top")
st.set_page_config(page_title=f"{page.title} · Spor", page_icon=ICON, layout="wide")
if not is_picture():
    st.logo(LOGO, size="large", icon_image=LOGO)
show_toast()
try:
    with (
        turn(),
        until_the_end(),
        st.container(width=WIDTH if is_picture() and not is_embedded() else "stretch"),
    ):
        if is_embedded():
            show_embedded(page.url_path or FRONT_PAGE)
        else:
            page.run()
except KpiError as error:
    # What something else caused is for whoever runs Spor; the rest the page says whole.
    cause = error if error.__cause__ else None
    _LOG.warning("page %s: %s", page.url_path or "overblik", error, exc_info=cause)
    with title_of_an_end():
        show_error(error)
