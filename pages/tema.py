"""Tema: how is this track going?"""

from dataclasses import replace

import streamlit as st

from ui import cache
from ui.about import show_about, show_incomparable, show_no_figures
from ui.as_of import shown_version
from ui.badges import plain, small
from ui.cards import show_cards
from ui.choose import choose_one
from ui.exhibits import show_exhibit, show_later
from ui.page import show_heading, show_title
from ui.picture_mode import is_picture
from ui.plan import show_theme_plan
from ui.tables import show_rows
from ui.url import selection_from_url, write_url

version = shown_version()
catalog = cache.catalog(version)
home = cache.home_area(catalog)
wanted = selection_from_url("tema", catalog)
if wanted.noegletal and not wanted.tema:
    wanted = replace(wanted, tema=catalog.indicators[wanted.noegletal].theme_id)
if wanted.noegletal and catalog.indicators[wanted.noegletal].theme_id != wanted.tema:
    one = catalog.indicators[wanted.noegletal]
    st.warning(
        plain(f"{one.name} hører til {catalog.themes[one.theme_id].name}. Siden viser temaet."),
        icon=":material/link_off:",
    )
themes = list(catalog.themes)
head, pick = st.columns([2.7, 1], vertical_alignment="bottom")
with pick:
    theme_id = choose_one(
        "Tema", themes, wanted.tema or themes[0], lambda one: catalog.themes[one].name, key="tema"
    )
indicators = [one.indicator_id for one in catalog.indicators_of(theme_id)]
view = cache.theme_of(version, theme_id, home)
with head:
    show_title(view.title, view.theme.description)

box = f"noegletal-{theme_id}"


def choose(one: str) -> None:
    """A card's button chooses its indicator in the box beside the chart."""
    st.session_state[box] = one


show_cards(view.cards, columns=3, choose=choose)
st.space("small")
left, right = st.columns([1.65, 1], gap="large")
with right:
    chosen = choose_one(
        "Nøgletal",
        indicators,
        wanted.noegletal if wanted.noegletal in indicators else view.default_indicator,
        lambda one: catalog.indicators[one].short_name,
        key=box,
    )
    depth = cache.indicator_of(version, chosen, home)
    show_rows(depth.rows_of(depth.first))
    st.markdown(small(f":material/flag: {plain(depth.target)}"))
    show_about(version, depth.about)
    show_incomparable(depth.incomparable)
with left:
    if depth.exhibit:
        show_exhibit(depth.exhibit)
    elif not depth.later:
        show_no_figures(depth.indicator)
for counted in () if is_picture() else depth.later:
    more = st.expander(plain(counted.name), key=f"mere-{counted.group_id}", on_change="rerun")
    if more.open:
        with more:
            left, right = st.columns([1.65, 1], gap="large")
            with left:
                show_later(cache.exhibit_of(version, chosen, counted.group_id, home))
            with right:
                show_rows(depth.rows_of(counted))
show_theme_plan(version, theme_id, catalog, home)
if view.later:
    show_heading("Temaets øvrige nøgletal")
    show_cards(view.later, columns=3, choose=choose)
write_url(replace(wanted, tema=theme_id, noegletal=chosen))
