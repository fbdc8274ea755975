"""Sammenlign: compare freely."""

from dataclasses import replace

import streamlit as st

from kpi.views.comparison_change import with_indicator
from kpi.views.retired import retired_notes
from ui import cache
from ui.badges import plain
from ui.comparison import (
    choose_areas,
    choose_diagram_and_periods,
    choose_groups,
    choose_indicator,
)
from ui.exhibits import show_exhibit
from ui.opening import shown_version
from ui.page import show_title
from ui.panels import panels_of_each
from ui.picture_mode import is_picture
from ui.title_row import title_alone
from ui.url import selection_from_url, write_url

version = shown_version()
catalog = cache.catalog(version)
home = cache.home_area(catalog)
wanted = selection_from_url("sammenlign", catalog)
view = cache.comparison_of(version, wanted, home)
title = title_alone("sammenlign")

with st.container(border=not is_picture()):
    names = cache.indicator_choices_of(version)
    indicator_id = choose_indicator(catalog, names, view.selection.noegletal)
    if indicator_id != view.selection.noegletal:
        kept = with_indicator(cache.store(version), catalog, view.selection, indicator_id, home)
        view = cache.comparison_of(version, kept, home)
    left, right = st.columns([1.6, 1])
    with left:
        areas = choose_areas(catalog, view.selection, home)
    with right:
        groups = choose_groups(catalog, view.selection, view.choices)
    of_chosen = replace(view.selection, omraader=areas, grupper=groups)
    if areas and groups and of_chosen != view.selection:
        view = cache.comparison_of(version, of_chosen, home)
    chosen = choose_diagram_and_periods(catalog, view)

name = catalog.indicators[indicator_id].name
if view.choices.groups and not (areas and groups):
    with title:
        show_title(name, "Vælg mindst ét område og én gruppe")
    st.stop()
left_out = view.left_out
chosen = replace(chosen, omraader=areas, grupper=groups)
if chosen != view.selection:
    view = cache.comparison_of(version, chosen, home)
with title:
    sentence = view.selection.sentence(catalog, home)
    show_title(name, sentence[:1].upper() + sentence[1:])
for note in (*retired_notes(view.selection, catalog), *left_out, *view.notes):
    st.info(plain(note), icon=":material/info:")
most = panels_of_each(len(view.exhibits))
for exhibit in view.exhibits:
    show_exhibit(exhibit, most_panels=most)
if not view.exhibits and not left_out and not view.notes:
    st.warning(
        "Der er ingen tal at vise for det valgte. Vælg et område eller en gruppe mere, eller en "
        "længere periode.",
        icon=":material/search_off:",
    )
write_url(view.selection)
