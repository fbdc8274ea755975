"""Sammenlign: compare freely."""

from dataclasses import replace

import streamlit as st

from kpi.views.comparison_change import with_indicator
from kpi.views.retired import retired_notes
from ui import cache
from ui.badges import plain
from ui.comparison import (
    area_box,
    diagram_boxes,
    group_box,
    indicator_box,
    lead_to_boxes,
)
from ui.comparison_charts import show_charts
from ui.opening import shown_version
from ui.page import show_title
from ui.picture_mode import is_picture
from ui.title_row import title_alone
from ui.url import selection_from_url, write_url

version = shown_version()
catalog = cache.catalog(version)
home = cache.home_area(catalog)
wanted = selection_from_url("sammenlign", catalog)
view = cache.comparison_of(version, wanted, home)
title = title_alone("sammenlign")
boxes = st.container(border=not is_picture(), key="sammenlign-valg")

# What a press asks for is drawn before the boxes and the title, which show or name it.
indicators = indicator_box(catalog, cache.indicator_choices_of(version), view.selection.noegletal)
indicator_id = indicators.chosen()
if indicator_id != view.selection.noegletal:
    kept = with_indicator(cache.store(version), catalog, view.selection, indicator_id, home)
    view = cache.comparison_of(version, kept, home)
areas_of = area_box(catalog, view.selection, home)
groups_of = group_box(catalog, view.selection, view.choices)
areas, groups = areas_of.chosen(), groups_of.chosen()
of_chosen = replace(view.selection, omraader=areas, grupper=groups)
if areas and groups and of_chosen != view.selection:
    view = cache.comparison_of(version, of_chosen, home)
diagrams = diagram_boxes(catalog, view)
left_out = view.left_out
chosen = replace(diagrams.chosen(), omraader=areas, grupper=groups)
is_answered = bool(areas and groups) or not view.choices.groups
if is_answered:
    if chosen != view.selection:
        view = cache.comparison_of(version, chosen, home)
    for note in (*retired_notes(view.selection, catalog), *left_out, *view.notes):
        st.info(plain(note), icon=":material/info:")
    show_charts(view)

with boxes:
    drawn_id = indicators.show()
    left, right = st.columns([1.6, 1])
    with left:
        drawn_areas = areas_of.show()
    with right:
        drawn_groups = groups_of.show()
    drawn = replace(diagrams.show(), omraader=drawn_areas, grupper=drawn_groups)
if (drawn_id, drawn) != (indicator_id, chosen):
    st.rerun()  # A box that could not keep its choice shows another one.
name = catalog.indicators[indicator_id].name
with title:
    if not is_answered:
        show_title(name, "Vælg mindst ét område og én gruppe")
        lead_to_boxes()
        st.stop()
    sentence = view.selection.sentence(catalog, home)
    show_title(name, sentence[:1].upper() + sentence[1:])
    lead_to_boxes()
if not (view.exhibits or left_out or view.notes):
    st.warning(
        "Der er ingen tal at vise for det valgte. Vælg et område eller en gruppe mere, eller en "
        "længere periode.",
        icon=":material/search_off:",
    )
write_url(view.selection)
