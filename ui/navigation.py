"""The script Streamlit runs: the page list, the top bar, and the one place that catches errors."""

import logging
from pathlib import Path

import streamlit as st

from kpi.domain.errors import KpiError
from ui.housekeeping import note_visit
from ui.middleware import uploads_are_open
from ui.page import show_error
from ui.picture_mode import WIDTH, is_picture

_LOG = logging.getLogger("spor")
_ROOT = Path(__file__).resolve().parents[1]

# Absolute paths: a pages/ folder beside the running script would be found by Streamlit itself, and
# deep links would then run a page without this script. Paths and parameters are also in PAGES of
# kpi/domain/selection.py.
PAGES = [
    st.Page(_ROOT / "pages" / "overblik.py", title="Overblik", url_path="overblik", default=True),
    st.Page(_ROOT / "pages" / "tema.py", title="Tema", url_path="tema"),
    st.Page(_ROOT / "pages" / "omraade.py", title="Område", url_path="omraade"),
    st.Page(_ROOT / "pages" / "sammenlign.py", title="Sammenlign", url_path="sammenlign"),
    st.Page(_ROOT / "pages" / "handleplan.py", title="Handleplan", url_path="handleplan"),
    st.Page(_ROOT / "pages" / "udvalg.py", title="Udvalg", url_path="udvalg"),
    st.Page(_ROOT / "pages" / "om.py", title="Om tallene", url_path="om"),
]
if uploads_are_open():
    PAGES.insert(
        -1, st.Page(_ROOT / "pages" / "indlaes.py", title="Indlæs data", url_path="indlaes")
    )

note_visit()
page = st.navigation(PAGES, position="hidden" if is_picture() else "top")
st.set_page_config(
    page_title=f"{page.title} · Spor", page_icon=str(_ROOT / "ui" / "ikon.svg"), layout="wide"
)
if not is_picture():
    st.logo(_ROOT / "ui" / "logo.svg", size="large", icon_image=_ROOT / "ui" / "logo.svg")
try:
    with st.container(width=WIDTH if is_picture() else "stretch"):
        page.run()
except KpiError as error:
    _LOG.warning("page %s: %s", page.url_path or "overblik", error, exc_info=True)
    show_error(error)
