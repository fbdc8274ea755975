"""A theme's page in parts: what its address asks for, and one indicator in depth."""

from dataclasses import replace

import streamlit as st

from kpi.domain.catalog import Catalog
from kpi.domain.model import Theme
from kpi.domain.selection import Selection
from kpi.views.indicator import IndicatorView
from ui import cache
from ui.about import show_about, show_incomparable, show_no_figures
from ui.badges import plain, small
from ui.exhibits import show_exhibit, show_later
from ui.page import two_columns
from ui.picture_mode import is_picture
from ui.tables import show_rows


def with_theme(wanted: Selection, catalog: Catalog) -> Selection:
    """The theme that an indicator's link leaves out; a note where the two do not fit."""
    if not wanted.noegletal:
        return wanted
    indicator = catalog.indicators[wanted.noegletal]
    if not wanted.tema:
        return replace(wanted, tema=indicator.theme_id)
    if indicator.theme_id != wanted.tema:
        theme = catalog.themes[indicator.theme_id]
        st.warning(
            plain(f"{indicator.name} hører til {theme.name}. Siden viser temaet."),
            icon=":material/link_off:",
        )
    return wanted


def show_no_indicators(theme: Theme) -> None:
    """Says that a theme has no indicators that are offered, and where they are made."""
    st.info(
        f"Temaet »{plain(theme.name)}« har endnu ingen nøgletal. De oprettes på siden Indlæs data.",
        icon=":material/info:",
    )


def show_figures(depth: IndicatorView, version: str) -> None:
    """What the indicator's newest figures are compared with, its target, and its definition."""
    show_rows(depth.rows_of(depth.first))
    st.markdown(small(f":material/flag: {plain(depth.target)}"))
    show_about(version, depth.about)
    show_incomparable(depth.incomparable)


def show_chart(depth: IndicatorView) -> None:
    """The indicator's first exhibit; says so where there is none."""
    if depth.exhibit:
        show_exhibit(depth.exhibit)
    elif not depth.later:
        show_no_figures(depth.indicator)


def show_other_counts(depth: IndicatorView, version: str, home_id: str) -> None:
    """The other groups and kinds of period, each drawn when it is opened."""
    for counted in () if is_picture() else depth.later:
        more = st.expander(plain(counted.name), key=f"mere-{counted.group_id}", on_change="rerun")
        if not more.open:
            continue
        indicator_id = depth.indicator.indicator_id
        with more:
            left, right = two_columns(counted.group_id, 1.65)
            with left:
                show_later(cache.exhibit_of(version, indicator_id, counted.group_id, home_id))
            with right:
                show_rows(depth.rows_of(counted))
