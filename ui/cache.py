"""The only caches: open versions and what pages computed from them, keyed by version and choices.

Everything kept here is a frozen value of an immutable version, so it is shared between sessions and
never copied. A new version makes new keys; old entries fall out by number.
"""

import logging
import os

import streamlit as st

from kpi.catalog import Catalog
from kpi.selection import Selection
from kpi.store import Store, current_version, home_folder, init, is_empty, open_store
from kpi.views.about import AboutView, about_view
from kpi.views.area import AreaView, area_view
from kpi.views.comparison import ComparisonView, comparison_view
from kpi.views.indicator import IndicatorView, indicator_view
from kpi.views.overview import Overview, overview
from kpi.views.theme import ThemeView, theme_view

_LOG = logging.getLogger(__name__)


def home_area() -> str:
    """The municipality that the pages start from: the setting KPI_AREA, or Aarhus."""
    return os.environ.get("KPI_AREA") or "aarhus"


def version() -> str:
    """The version that holds now; builds the first one where there is none.

    Raises KpiError when the store or data/ is broken.
    """
    home = home_folder()
    if is_empty(home):
        _LOG.info("no store yet: building the first version")
        with st.spinner("Bygger databasen første gang …"):
            init(home)
    return current_version(home)


@st.cache_resource(max_entries=3, show_spinner=False, on_release=Store.close)
def store(version_name: str) -> Store:
    """One connection per process and version."""
    return open_store(version=version_name)


@st.cache_resource(max_entries=3, show_spinner=False)
def catalog(version_name: str) -> Catalog:
    """The version's metadata."""
    return store(version_name).catalog()


@st.cache_resource(max_entries=8, show_spinner=False)
def overview_of(version_name: str, area_id: str) -> Overview:
    """The front page."""
    return overview(store(version_name), catalog(version_name), area_id)


@st.cache_resource(max_entries=32, show_spinner=False)
def theme_of(version_name: str, theme_id: str, area_id: str) -> ThemeView:
    """A theme's cards."""
    return theme_view(store(version_name), catalog(version_name), theme_id, area_id)


@st.cache_resource(max_entries=128, show_spinner=False)
def indicator_of(version_name: str, indicator_id: str, area_id: str) -> IndicatorView:
    """An indicator in depth."""
    known = catalog(version_name)
    return indicator_view(store(version_name), known, known.indicator(indicator_id), area_id)


@st.cache_resource(max_entries=128, show_spinner=False)
def area_of(version_name: str, area_id: str) -> AreaView:
    """An area's page."""
    return area_view(store(version_name), catalog(version_name), area_id)


@st.cache_resource(max_entries=128, show_spinner=False)
def comparison_of(version_name: str, selection: Selection, area_id: str) -> ComparisonView:
    """A free comparison."""
    return comparison_view(store(version_name), catalog(version_name), selection, area_id)


@st.cache_resource(max_entries=3, show_spinner=False)
def about_of(version_name: str) -> AboutView:
    """The catalogue page."""
    return about_view(store(version_name), catalog(version_name))
